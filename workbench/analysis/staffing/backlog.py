"""How many people answer e-mails, letters and forms before their deadline?

A backlog is worked off first come, first served, in opening hours only. Contacts come as they do in an average week,
all the year round; people work at an even pace, busy for at most the share of their time that the occupancy cap allows.
What chance adds to an average week has to fit into the rest of their time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbench.analysis.staffing.erlang import Floats
from workbench.analysis.staffing.week import HALF_HOUR_S

_PRECISION = 0.005
"""People are told to two decimals."""


@dataclass(frozen=True, eq=False)
class _Course:
    """How the year of a backlog goes, whoever is there.

    Attributes:
        came: the contacts that came until the end of each half hour.
        worked: the half hours that people worked until then.
        cell, part: the deadlines, one for the contacts of each half hour: the half hour and the part of it.
        before, count: how many came before those contacts, and how many they are.
    """

    came: Floats
    worked: Floats
    cell: NDArray[np.intp]
    part: Floats
    before: Floats
    count: Floats

    @cached_property
    def total(self) -> float:
        return float(self.count.sum())


@dataclass(frozen=True, eq=False)
class Backlog:
    """Work that waits for its turn, a cell per half hour of a year.

    Attributes:
        arrivals: contacts per half hour [1].
        open: which part of each half hour people work [1].
        work_s: their time per contact [s].
        busy: the share of their time that goes into it [1].
        limit_s: the time within which contacts are answered [s].
        office: whether the limit counts opening hours only.
    """

    arrivals: Floats
    open: Floats
    work_s: float
    busy: float
    limit_s: float
    office: bool

    @property
    def load(self) -> float:
        """The people who could just keep up, never idle, with the time left over spent otherwise [1]."""
        room = self.open.sum() * HALF_HOUR_S * self.busy
        work = self.arrivals.sum() * self.work_s
        return float(work / room) if room else float("inf") if work else 0.0

    def answered_within(self, people: float) -> float:
        """The share that is answered before the deadline [1].

        Completions by time t: D(t) = C(t) − max(0, supₛ≤ₜ (C(s) − A(s))), with A and C the contacts that came and the
        contacts that could have been answered until then; a contact is on time when D reaches its number before its
        deadline.

        Example (ten contacts come at once on Monday at nine and take half an hour each; by noon one person has answered
        six of them):
            >>> come, opened = np.zeros(336), np.zeros(336)
            >>> come[18], opened[18:34] = 10, 1
            >>> round(Backlog(come, opened, 1800.0, 1.0, 3 * 3600.0, True).answered_within(1.0), 2)
            0.6
        """
        return self._on_time(self._course(), people)

    def _on_time(self, course: _Course, people: float) -> float:
        if not course.total:
            return 1.0
        possible = people * self.busy * HALF_HOUR_S / self.work_s * course.worked
        # Contacts come at the start of their half hour; those of the half hour at hand can be answered in it.
        idle = np.maximum.accumulate(np.maximum(0.0, possible[1:] - course.came[1:]))
        done = possible
        done[1:] -= idle
        reached = done[course.cell] + course.part * (done[course.cell + 1] - done[course.cell])
        on_time = np.clip(reached - course.before, 0.0, course.count)
        return float(on_time.sum() / course.total)

    def _course(self) -> _Course:
        """When what comes has to be answered; what is due after the year's end is left out."""
        came = np.concatenate([[0.0], np.cumsum(self.arrivals)])
        worked = np.concatenate([[0.0], np.cumsum(self.open)])
        clock = worked if self.office else np.arange(len(self.open) + 1, dtype=np.float64)
        until = clock[:-1] + self.limit_s / HALF_HOUR_S
        known = until <= clock[-1]
        cell = np.minimum(np.searchsorted(clock, until[known], side="right") - 1, len(clock) - 2)
        length = clock[cell + 1] - clock[cell]
        part = np.divide(until[known] - clock[cell], length, out=np.ones(len(cell)), where=length > 0)
        return _Course(came, worked, cell, part, came[:-1][known], self.arrivals[known])

    def people(self, at_least: float) -> float:
        """The fewest people with whom at least this share is answered before the deadline [1], to two decimals.

        They are never fewer than those who just keep up.

        Raises:
            ValueError: nobody ever works, so that no number of people would do.
        """
        if not self.arrivals.sum():
            return 0.0
        if not self.open.any():
            raise ValueError("open must be above 0 at some time, got hours that never open")
        least, course = self.load, self._course()
        low, high = least, least
        while self._on_time(course, high) < at_least and high < 1_000 * least:
            high *= 1.25
        if high == low:
            return low
        while high - low > _PRECISION:
            middle = (low + high) / 2
            low, high = (low, middle) if self._on_time(course, middle) >= at_least else (middle, high)
        return high
