"""How do the contacts of a month spread over the half hours of a week and the days of a year?

A week has 336 half hours, the first from Monday 0:00. An ordinary week is one without a public holiday: what customers
would have called about on a holiday, they call about on other days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import holidays
import numpy as np
from babel.core import get_global

from touchpoints.arrivals import library_arrivals
from touchpoints.quantities import DAYS_PER_YEAR
from touchpoints.records.hours import Hours
from touchpoints.records.organisation import Settings
from workbench.analysis.staffing.erlang import Floats

HALF_HOUR_S = 1_800
PER_DAY = 48
HALF_HOURS = 7 * PER_DAY
ROUND_THE_CLOCK = Hours.parse("mon-sun 00:00-24:00")


@lru_cache(maxsize=256)
def open_part(hours: Hours) -> Floats:
    """Which part of each half hour of the week lies in the opening hours [1].

    Example (open from 8:45 on: half of the half hour before nine):
        >>> open_part(Hours.parse("mon 08:45-09:30"))[16:20].tolist()
        [0.0, 0.5, 1.0, 0.0]
    """
    starts = np.arange(PER_DAY) * 30
    part = np.zeros((7, PER_DAY))
    for day, opens, closes in hours.stretches:
        part[day] += np.clip(np.minimum(starts + 30, closes) - np.maximum(starts, opens), 0, 30) / 30
    flat = part.ravel()
    flat.setflags(write=False)  # kept for all who ask for the same hours
    return flat


def library_week(hours: Hours, staffed: bool) -> Floats:
    """The share of a week's contacts that comes in each half hour, by the library's profile [1].

    Example (on an office week more come on Monday than on Friday, and nobody at night):
        >>> week = library_week(Hours.parse("mon-fri 08:00-18:00"), staffed=True).reshape(7, 48)
        >>> round(float(week.sum()), 12), round(float(week[0].sum() / week[4].sum()), 6), float(week[:, :16].sum())
        (1.0, 1.352941, 0.0)
    """
    arrivals = library_arrivals()
    by_hour = arrivals.staffed_hours if staffed else arrivals.free_hours
    weights = np.outer(arrivals.weekdays, np.repeat(by_hour, 2)).ravel() * open_part(hours)
    return np.asarray(weights / (weights.sum() or 1.0))


@dataclass(frozen=True)
class WorkYear:
    """The days that staffing is worked out for.

    Attributes:
        first: the first day.
        days: how many.
        country: whose public holidays count, None when they are not known.
    """

    first: date
    days: int
    country: str | None

    @cached_property
    def holidays(self) -> dict[date, str]:
        """The public holidays by their English names."""
        return self.holidays_in("en")

    def holidays_in(self, language: str) -> dict[date, str]:
        """The public holidays by their names in a language, or in that of the country where it has no such names."""
        if self.country is None:
            return {}
        last = self.first + timedelta(days=self.days - 1)
        years, code = range(self.first.year, last.year + 1), {"en": "en_US"}.get(language, language)
        found = holidays.country_holidays(self.country, years=years, language=code)
        return {day: name for day, name in sorted(found.items()) if self.first <= day <= last}

    @cached_property
    def weekdays(self) -> tuple[int, ...]:
        """The weekday of every day, 0 = Monday; -1 for a public holiday."""
        days = (self.first + timedelta(days=number) for number in range(self.days))
        return tuple(-1 if day in self.holidays else day.weekday() for day in days)

    @cached_property
    def _weekday_counts(self) -> Floats:
        """How often each weekday comes that is no public holiday."""
        return np.bincount([day for day in self.weekdays if day >= 0], minlength=7).astype(float)

    def ordinary_weeks(self, week: Floats) -> float:
        """In how many ordinary weeks a year's contacts come, when none come on holidays.

        Example (2026, office on Mondays only: Easter and Whit Monday and the King's birthday are closed, 52 are not):
            >>> year = WorkYear(date(2026, 1, 1), 365, "NL")
            >>> round(year.ordinary_weeks(library_week(Hours.parse("mon 09:00-12:00"), True)) * 365 / 365.25, 6)
            49.0
        """
        by_day = week.reshape(7, PER_DAY).sum(axis=1)
        open_days = by_day @ self._weekday_counts
        return float(open_days / (by_day.sum() or 1.0) * DAYS_PER_YEAR / self.days)

    def over(self, week: Floats, on_holidays: Floats | None = None) -> Floats:
        """The half hours of all days, from those of a week; zero on holidays unless `on_holidays` is given."""
        by_day = np.vstack([week.reshape(7, PER_DAY), np.zeros(PER_DAY)])
        found = by_day[list(self.weekdays)]
        if on_holidays is not None:
            for number, weekday in enumerate(self.weekdays):
                if weekday < 0:
                    real = (self.first + timedelta(days=number)).weekday()
                    found[number] = on_holidays.reshape(7, PER_DAY)[real]
        return found.ravel()


def work_year(settings: Settings) -> WorkYear:
    """The year from the start of the model's period, or else this calendar year, in the country of its time zone."""
    first = settings.period.start if settings.period else date(date.today().year, 1, 1)
    country = get_global("zone_territories").get(settings.time_zone)
    return WorkYear(first, 365, country if country and _is_known(country) else None)


def _is_known(country: str) -> bool:
    """Whether the holidays of a country are known; asking for the list of all would load every country."""
    try:
        holidays.country_holidays(country, years=[])
    except NotImplementedError:
        return False
    return True
