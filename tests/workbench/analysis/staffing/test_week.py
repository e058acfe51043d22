"""Do the weeks of staffing and of the simulation agree, and are holidays closed?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from touchpoints.arrivals import library_arrivals
from touchpoints.records.hours import Hours
from touchpoints.records.organisation import Settings
from workbench.analysis.staffing.week import (
    HALF_HOUR_S,
    HALF_HOURS,
    ROUND_THE_CLOCK,
    WorkYear,
    library_week,
    open_part,
    work_year,
)
from workbench.simulation.calendar import FREE_HOURS, OFFICE_HOURS, STAFFED_HOURS, arrival_clock

OFFICE = Hours.parse("mon-fri 08:30-17:00")


@pytest.mark.parametrize("hours", [OFFICE, ROUND_THE_CLOCK, Hours.parse(["mon 08:45-10:05", "sat 23:00-24:00"])])
@pytest.mark.parametrize("staffed", [True, False])
def test_one_source_for_staffing_and_simulation(hours: Hours, staffed: bool) -> None:
    clock = arrival_clock(hours, STAFFED_HOURS if staffed else FREE_HOURS)
    edges = np.arange(HALF_HOURS + 1) * float(HALF_HOUR_S)
    simulated = np.diff(clock.read(edges)) / 7
    np.testing.assert_allclose(library_week(hours, staffed), simulated, atol=1e-12)


def test_opening_hours_in_half_hours() -> None:
    part = open_part(OFFICE)
    assert part.sum() / 2 == OFFICE.per_week_h == 42.5
    assert np.flatnonzero(part)[[0, -1]].tolist() == [17, 4 * 48 + 33]
    assert open_part(Hours.parse("sun 08:45-09:30")).sum() == pytest.approx(1.5)


def test_dutch_holidays_of_2026_from_the_calendar() -> None:
    """Easter is on 5 April 2026; the others follow from it, the King's birthday and Christmas are fixed."""
    year = WorkYear(date(2026, 1, 1), 365, "NL")
    closed = {date(2026, 1, 1), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25),
              date(2026, 12, 25)}  # fmt: skip
    assert closed <= set(year.holidays)
    assert not {date(2026, 5, 5), date(2026, 4, 7)} & set(year.holidays)
    assert year.weekdays[0] == -1
    assert year.weekdays[1] == 4
    assert WorkYear(date(2026, 1, 1), 365, None).holidays == {}


def test_closed_days_make_ordinary_weeks_fuller() -> None:
    office = open_part(OFFICE)
    year = WorkYear(date(2026, 1, 1), 365, "NL")
    on_weekdays = sum(day.weekday() < 5 for day in year.holidays)
    even = office / office.sum()
    assert year.ordinary_weeks(even) == pytest.approx((261 - on_weekdays) / 5 * 365.25 / 365, rel=1e-12)
    over = year.over(office)
    assert over.sum() / 2 == pytest.approx((261 - on_weekdays) * 8.5)
    assert len(over) == 365 * 48
    always = year.over(np.ones(HALF_HOURS), np.ones(HALF_HOURS))
    assert always.sum() == 365 * 48


@pytest.mark.parametrize(
    ("zone", "country"), [("Europe/Amsterdam", "NL"), ("Asia/Jerusalem", "IL"), ("UTC", None), ("Europe/Berlin", "DE")]
)
def test_the_country_is_that_of_the_time_zone(zone: str, country: str | None) -> None:
    assert work_year(Settings(time_zone=zone)).country == country


def test_the_year_is_that_of_the_model() -> None:
    settings = Settings.model_validate({"period": {"start": "2025-10-01", "end": "2026-09-30"}})
    assert work_year(settings).first == date(2025, 10, 1)


def test_the_library_says_when_offices_are_open() -> None:
    assert library_arrivals().hours == OFFICE_HOURS == OFFICE
