"""Do the clocks of the simulation keep the opening hours, the week and the summer time?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from touchpoints.records.hours import Hours
from workbench.simulation.calendar import (
    DAY_S,
    FREE_HOURS,
    OFFICE_HOURS,
    ROUND_THE_CLOCK,
    STAFFED_HOURS,
    WEEK_S,
    WEEKDAYS,
    arrival_clock,
    office_clock,
    offsets_s,
    to_utc,
    wall_seconds,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SHOP = Hours.parse(["mon-fri 09:00-12:00", "mon-fri 13:00-17:30", "sat 10:00-12:00"])


def test_profiles_have_a_value_for_every_hour_and_day() -> None:
    assert len(STAFFED_HOURS) == len(FREE_HOURS) == 24
    assert len(WEEKDAYS) == 7
    assert min(*STAFFED_HOURS, *FREE_HOURS, *WEEKDAYS) > 0


@pytest.mark.parametrize("hours", [SHOP, OFFICE_HOURS, ROUND_THE_CLOCK, Hours.parse("sun 23:58-24:00")])
def test_what_the_clock_shows_is_when_it_shows_it(hours: Hours) -> None:
    clock = arrival_clock(hours, STAFFED_HOURS)
    readings = np.random.default_rng(1).uniform(-50, 5_000, 2_000)
    wall_s = clock.when(readings)
    np.testing.assert_allclose(clock.read(wall_s), readings, atol=1e-6)
    for moment_s in wall_s[:200]:
        day, second = divmod(moment_s % WEEK_S, DAY_S)
        widened = int(second // 300 * 5 + 4)  # hours are widened to whole five minutes
        assert hours.is_open(int(day), widened)


def test_a_week_of_arrivals_is_seven_days_of_arrivals() -> None:
    clock = arrival_clock(SHOP, STAFFED_HOURS)
    starts = np.random.default_rng(2).uniform(0, 1e9, 100)
    np.testing.assert_allclose(clock.read(starts + WEEK_S) - clock.read(starts), 7.0, atol=1e-6)


def test_busy_hours_and_days_are_busy_in_proportion() -> None:
    clock = arrival_clock(ROUND_THE_CLOCK, FREE_HOURS)
    hour_s = 3_600.0
    monday_20, monday_4, saturday_20 = 20 * hour_s, 4 * hour_s, 5 * DAY_S + 20 * hour_s
    run = [float(np.diff(clock.read(np.array([at, at + hour_s])))[0]) for at in (monday_20, monday_4, saturday_20)]
    assert run[0] / run[1] == pytest.approx(FREE_HOURS[20] / FREE_HOURS[4])
    assert run[0] / run[2] == pytest.approx(WEEKDAYS[0] / WEEKDAYS[5])


def test_office_time_stands_still_at_night() -> None:
    clock = office_clock(SHOP)
    friday_1700 = 4 * DAY_S + 17 * 3_600.0
    done = clock.when(clock.read(np.array([friday_1700])) + np.array([3 * 3_600.0]))
    # half an hour on Friday, two hours on Saturday, half an hour on Monday from nine
    assert done[0] == pytest.approx(7 * DAY_S + 9.5 * 3_600)


def test_hours_that_never_open_are_refused() -> None:
    with pytest.raises(ValueError, match="hours must be open at some time of the week"):
        office_clock(Hours(()))


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25)])
def test_office_hours_become_the_right_moments(day: date) -> None:
    wall_s = np.array([wall_seconds(day) + hour * 3_600 for hour in (0, 4, 8.5, 17, 23.5)])
    expected = [
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM).timestamp()
        for hour, minute in ((0, 0), (4, 0), (8, 30), (17, 0), (23, 30))
    ]
    np.testing.assert_allclose(to_utc(wall_s, AMSTERDAM), expected, atol=1e-6)


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_time_never_runs_backwards(zone: str) -> None:
    wall_s = np.arange(wall_seconds(date(2026, 1, 1)), wall_seconds(date(2027, 1, 1)), 600.0)
    moments = to_utc(wall_s, ZoneInfo(zone))
    assert np.all(np.diff(moments) > 0)


def test_offsets_of_winter_and_summer() -> None:
    moments = np.array(
        [int(datetime(2026, month, day, hour, tzinfo=UTC).timestamp())
         for month, day, hour in ((3, 29, 0), (3, 29, 1), (10, 25, 0), (10, 25, 1))]
    )  # fmt: skip
    assert offsets_s(moments, AMSTERDAM).tolist() == [3_600, 7_200, 7_200, 3_600]


def test_nothing_is_no_moment() -> None:
    assert len(to_utc(np.array([]), AMSTERDAM)) == 0
