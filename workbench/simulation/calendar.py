"""When do contacts arrive, and how does clock time on the wall become a moment?

Wall time is counted in seconds from Monday 5 January 1970 00:00, without time zone: weeks repeat in it. A week clock
counts up only where something can happen, Λ(t); what falls Λ⁻¹(Λ(t) + x) lies in the opening hours for every x.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from touchpoints.arrivals import library_arrivals
from touchpoints.records.hours import Hours

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DAY_S = 86_400
WEEK_S = 7 * DAY_S
MONDAY = date(1970, 1, 5)

_SLOT_S = 300
_SLOTS_PER_HOUR = 12

_LIBRARY = library_arrivals()

OFFICE_HOURS = _LIBRARY.hours
"""The hours of a staffed touchpoint for which neither it nor its owner states any."""

ROUND_THE_CLOCK = Hours.parse("mon-sun 00:00-24:00")

WEEKDAYS = _LIBRARY.weekdays
"""Default contacts per open hour on Monday … Sunday, relative; declared, not measured."""

STAFFED_HOURS = _LIBRARY.staffed_hours
"""Default contacts per hour of the day where people answer, relative: a morning peak, a dip at noon."""

FREE_HOURS = _LIBRARY.free_hours
"""Default contacts per hour of the day where nobody needs to be there, relative: the evening counts."""


@dataclass(frozen=True, eq=False)
class WeekClock:
    """A clock that runs at the rate of a week's profile.

    Attributes:
        per_week: how far it runs in a week.
        starts_s: where in the week each running slot starts [s].
        before: how far it has run at that point.
        rates: how fast it runs in the slot [1/s].
    """

    per_week: float
    starts_s: Floats
    before: Floats
    rates: Floats

    def read(self, wall_s: Floats) -> Floats:
        """Λ(t): how far the clock has run at a wall time."""
        weeks, in_week = np.divmod(wall_s, WEEK_S)
        slot = np.maximum(np.searchsorted(self.starts_s, in_week, side="right") - 1, 0)
        run = self.before[slot] + self.rates[slot] * np.clip(in_week - self.starts_s[slot], 0, _SLOT_S)
        return np.asarray(weeks * self.per_week + run)

    def when(self, reading: Floats) -> Floats:
        """Λ⁻¹: the wall time at which the clock shows a reading."""
        weeks, run = np.divmod(reading, self.per_week)
        slot = np.maximum(np.searchsorted(self.before, run, side="right") - 1, 0)
        return np.asarray(weeks * WEEK_S + self.starts_s[slot] + (run - self.before[slot]) / self.rates[slot])


def arrival_clock(hours: Hours, profile: tuple[float, ...]) -> WeekClock:
    """The clock of arrivals: one per day on the average of a week, by weekday and hour within the opening hours.

    Args:
        hours: when contacts are possible, widened to whole five minutes.
        profile: contacts per hour of the day, relative, 24 values.

    Example (open on Mondays only, so a week's arrivals fall there):
        >>> clock = arrival_clock(Hours.parse("mon 09:00-10:00"), FREE_HOURS)
        >>> clock.read(np.array([9.5 * 3600, 2.0 * DAY_S])).round(9).tolist()
        [3.5, 7.0]
        >>> (clock.when(np.array([3.5, 10.5])) / 3600).round(6).tolist()
        [9.5, 177.5]
    """
    by_slot = np.repeat(np.array(profile, dtype=np.float64), _SLOTS_PER_HOUR)
    return _clock(hours, np.outer(WEEKDAYS, by_slot).ravel(), 7.0)


def office_clock(hours: Hours) -> WeekClock:
    """The clock of office time [s]: it runs in the opening hours only.

    Example (24 working hours from Monday 12:00 end on Thursday 10:30):
        >>> clock = office_clock(OFFICE_HOURS)
        >>> done = clock.when(clock.read(np.array([12 * 3600.0])) + 24 * 3600)
        >>> divmod(float(done[0]) / 3600, 24)
        (3.0, 10.5)
    """
    return _clock(hours, np.ones(WEEK_S // _SLOT_S), 60 * 60 * hours.per_week_h)


def _clock(hours: Hours, weights: Floats, per_week: float) -> WeekClock:
    is_open = np.zeros(len(weights), dtype=bool)
    per_day = DAY_S // _SLOT_S
    for day, start, end in hours.stretches:
        is_open[day * per_day + start * 60 // _SLOT_S : day * per_day + -(-end * 60 // _SLOT_S)] = True
    if not is_open.any():
        raise ValueError(f"hours must be open at some time of the week, got {hours!r}")
    slots = np.flatnonzero(is_open)
    run = weights[slots] / weights[slots].sum() * per_week
    before = np.concatenate([[0.0], np.cumsum(run)[:-1]])
    return WeekClock(per_week, slots.astype(np.float64) * _SLOT_S, before, run / _SLOT_S)


def wall_seconds(day: date) -> float:
    """The wall time of a day's first moment [s].

    Example:
        >>> wall_seconds(date(1970, 1, 6))
        86400.0
    """
    return float((day - MONDAY).days * DAY_S)


def to_utc(wall_s: Floats, zone: ZoneInfo) -> Floats:
    """The moments of wall times [s since 1970-01-01 UTC], in the same order.

    Where the clock changes, the four wall hours after midnight stand for three or five: no hour is skipped or used
    twice, and what is later on the wall is later in time.

    Example (the summer night of 2026 in Amsterdam: noon before is UTC+1, noon after UTC+2):
        >>> noon = np.array([wall_seconds(date(2026, 3, 28)), wall_seconds(date(2026, 3, 29))]) + DAY_S / 2
        >>> float(np.diff(to_utc(noon, ZoneInfo("Europe/Amsterdam")))[0]) / 3600
        23.0
    """
    if not len(wall_s):
        return wall_s
    first, last = int(wall_s.min() // DAY_S), int(wall_s.max() // DAY_S) + 1
    knots = [day * DAY_S + hour * 3_600 for day in range(first, last + 1) for hour in (0, 4)]
    moments = [_moment(knot, zone) for knot in knots]
    return np.asarray(np.interp(wall_s, knots, moments))


def _moment(wall_s: int, zone: ZoneInfo) -> float:
    wall = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=zone) + timedelta(seconds=wall_s)
    return wall.timestamp()


def offsets_s(utc_s: Integers, zone: ZoneInfo) -> Integers:
    """How far the clock on the wall is ahead of UTC at each moment [s].

    Example:
        >>> offsets_s(np.array([0]), ZoneInfo("Europe/Amsterdam")).tolist()
        [3600]
    """
    quarters, where = np.unique(utc_s // 900, return_inverse=True)
    return np.array([_offset(int(quarter) * 900, zone) for quarter in quarters], dtype=np.int64)[where]


def _offset(utc_s: int, zone: ZoneInfo) -> int:
    there = datetime.fromtimestamp(utc_s, UTC).astimezone(zone)
    offset = there.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
