"""Is written work answered first come, first served, in working hours only?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.analysis.staffing.backlog import Backlog

unhurried = settings(max_examples=80)


def one_by_one(arrivals: list[int], opened: list[int], per_half_hour: int, limit: int, office: bool) -> tuple[int, int]:
    """A queue of single letters: in every open half hour so many leave; how many of those due by the end were on time.

    Letters come at the start of a half hour; a letter is on time when it has left before the half hour, counted in
    half hours of the clock or of the office, in which its limit ends.
    """
    waiting: list[int] = []
    left: dict[int, int] = {}
    number, came = 0, []
    for slot, (count, is_open) in enumerate(zip(arrivals, opened, strict=True)):
        for _ in range(count):
            waiting.append(number)
            came.append(slot)
            number += 1
        for _ in range(per_half_hour if is_open else 0):
            if waiting:
                left[waiting.pop(0)] = slot
    clock = np.concatenate([[0], np.cumsum(opened)]) if office else np.arange(len(opened) + 1)
    due = [i for i in range(number) if clock[came[i]] + limit <= clock[-1]]
    on_time = sum(i in left and clock[left[i] + 1] <= clock[came[i]] + limit for i in due)
    return on_time, len(due)


@unhurried
@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=8, max_size=80),
    st.integers(1, 5), st.integers(1, 12), st.booleans(),
)  # fmt: skip
def test_as_a_queue_of_single_letters(
    slots: list[tuple[int, bool]], per_half_hour: int, limit: int, office: bool
) -> None:
    arrivals, opened = [count for count, _ in slots], [int(is_open) for _, is_open in slots]
    on_time, due = one_by_one(arrivals, opened, per_half_hour, limit, office)
    backlog = Backlog(
        np.array(arrivals, float), np.array(opened, float), 1_800.0 / per_half_hour, 1.0, limit * 1_800.0, office
    )
    found = backlog.answered_within(1.0)
    assert found * due == pytest.approx(on_time, abs=1e-6) if due else found == 1.0


def week(count: float = 1.0) -> np.ndarray:
    """Mondays of eight open hours from nine, once a week, ten weeks long; all letters come on Monday at nine."""
    arrivals, opened = np.zeros(3_360), np.zeros(3_360)
    arrivals[18::336] = count
    for half in range(16):
        opened[18 + half :: 336] = 1
    return np.stack([arrivals, opened])


def test_the_deadline_counts_working_hours_only() -> None:
    """Sixteen letters of half an hour fill one person's Monday: all within eight working hours, half within four."""
    arrivals, opened = week(16)
    whole_day = Backlog(arrivals, opened, 1_800.0, 1.0, 8 * 3_600.0, True)
    half_day = Backlog(arrivals, opened, 1_800.0, 1.0, 4 * 3_600.0, True)
    assert whole_day.answered_within(1.0) == pytest.approx(1.0)
    assert half_day.answered_within(1.0) == pytest.approx(0.5)
    assert half_day.answered_within(2.0) == pytest.approx(1.0)
    by_the_clock = Backlog(arrivals, opened, 1_800.0, 1.0, 5 * 3_600.0, False)
    assert by_the_clock.answered_within(1.0) == pytest.approx(10 / 16)


def test_letters_of_the_night_wait_for_the_morning() -> None:
    """A letter of Sunday is answered on Monday: late by the clock, in time by working hours."""
    arrivals, opened = week(0)
    arrivals[10] = 1
    by_the_office = Backlog(arrivals, opened, 1_800.0, 1.0, 3_600.0, True)
    by_the_clock = Backlog(arrivals, opened, 1_800.0, 1.0, 3_600.0, False)
    assert by_the_office.answered_within(1.0) == 1.0
    assert by_the_clock.answered_within(1.0) == 0.0


def test_more_work_than_people_can_do_is_ever_later() -> None:
    arrivals, opened = week(20)
    backlog = Backlog(arrivals, opened, 1_800.0, 1.0, 8 * 3_600.0, True)
    assert backlog.load == pytest.approx(20 / 16)
    assert backlog.answered_within(1.0) < backlog.answered_within(1.2) < backlog.answered_within(1.25)
    assert backlog.answered_within(1.25) == pytest.approx(1.0)


def test_people_for_a_deadline() -> None:
    """Half of them within four hours takes one person; all within four hours two; the cap of 80% a quarter more."""
    arrivals, opened = week(16)
    assert Backlog(arrivals, opened, 1_800.0, 1.0, 8 * 3_600.0, True).people(0.95) == pytest.approx(1.0, abs=0.01)
    assert Backlog(arrivals, opened, 1_800.0, 1.0, 4 * 3_600.0, True).people(1.0) == pytest.approx(2.0, abs=0.01)
    assert Backlog(arrivals, opened, 1_800.0, 0.8, 4 * 3_600.0, True).people(1.0) == pytest.approx(2.5, abs=0.01)
    assert Backlog(np.zeros(336), np.ones(336), 1_800.0, 1.0, 3_600.0, True).people(0.9) == 0.0


def test_a_tighter_promise_never_takes_fewer() -> None:
    arrivals, opened = week(30)
    needed = [
        Backlog(arrivals, opened, 600.0, 0.85, hours * 3_600.0, True).people(share)
        for hours in (1, 4, 8)
        for share in (0.99, 0.9, 0.5)
    ]
    by_hours = np.array(needed).reshape(3, 3)
    assert (np.diff(by_hours, axis=1) <= 1e-9).all()
    assert (np.diff(by_hours, axis=0) <= 1e-9).all()


def test_hours_that_never_open_are_refused() -> None:
    with pytest.raises(ValueError, match="open must be above 0"):
        Backlog(np.ones(336), np.zeros(336), 600.0, 0.85, 3_600.0, True).people(0.9)
