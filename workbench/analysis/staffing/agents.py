"""How many agents does a queue need to keep its promise?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.analysis.staffing.erlang import Floats, Waiting, Whole, erlang_a, erlang_c

Truths = NDArray[np.bool_]
Cells = Floats | float
"""A number per cell, or one for all."""

_ROUNDING = 1e-12
"""A promise of 80% is kept by 0.8 as a computer writes it."""


@dataclass(frozen=True, eq=False)
class Promise:
    """What queues shall keep to; a number for all cells, or one per cell.

    Attributes:
        within_s: the limit of the service level [s].
        at_least: the share answered within it [1].
        max_occupancy: the highest share of their time that agents are busy [1].
        max_wait_s: the longest mean wait [s].
        max_abandoned: the highest share that hangs up [1]; where nobody hangs up it is kept.
    """

    within_s: Cells
    at_least: Cells
    max_occupancy: Cells = 1.0
    max_wait_s: Cells = np.inf
    max_abandoned: Cells = 1.0

    def __post_init__(self) -> None:
        for name in ("at_least", "max_abandoned"):
            share = np.asarray(getattr(self, name))
            if not ((share >= 0) & (share <= 1)).all():
                raise ValueError(f"{name} must be between 0 and 1, got {getattr(self, name)!r}")
        occupancy = np.asarray(self.max_occupancy)
        if not ((occupancy > 0) & (occupancy <= 1)).all():
            raise ValueError(f"max_occupancy must be above 0 and at most 1, got {self.max_occupancy!r}")

    def kept(self, found: Waiting) -> Truths:
        """Where customers and agents meet what is promised."""
        level = found.service_level >= np.asarray(self.at_least) - _ROUNDING
        rest = (found.wait_s <= self.max_wait_s) & (found.abandoned <= self.max_abandoned)
        kept: Truths = level & rest & (found.occupancy <= np.asarray(self.max_occupancy) + _ROUNDING)
        return kept

    def of(self, cells: Truths) -> Promise:
        """The promise of some of the cells."""
        return Promise(*_some(self, cells))


@dataclass(frozen=True, eq=False)
class Queue:
    """Contacts that wait for agents, a cell per half hour (and team); a number for all cells, or one per cell.

    An agent who handles k contacts at once is k places, each of which takes h·(1 + σ(k − 1)) per contact: longer than
    the h of one at a time, because attention is divided. The slowing of a full desk is taken throughout, which is on
    the safe side.

    Attributes:
        rate_per_s: λ [1/s].
        handling_s: h, mean handling time of one contact at a time [s].
        patience_s: mean patience [s].
        concurrency: k, contacts at once [1].
        slowing: σ, how much longer a contact takes per further contact at once [1].

    References:
        Tezcan and Zhang (2014), Routing and staffing in customer service chat systems with impatient customers,
        Operations Research 62, 943-956: service slows with the number handled at once.
    """

    rate_per_s: Cells
    handling_s: Cells
    patience_s: Cells = np.inf
    concurrency: Cells = 1.0
    slowing: Cells = 0.0

    def __post_init__(self) -> None:
        if not (np.asarray(self.concurrency) >= 1).all():
            raise ValueError(f"concurrency must be at least 1, got {self.concurrency!r}")

    @property
    def slowed_s(self) -> Floats:
        """How long a contact takes at the concurrency [s].

        Example (two at once, each 40% slower than alone):
            >>> float(Queue(0.01, 600.0, concurrency=2.0, slowing=0.4).slowed_s)
            840.0
        """
        slower = 1 + np.asarray(self.slowing) * (np.asarray(self.concurrency) - 1)
        return np.asarray(np.asarray(self.handling_s) * slower)

    @property
    def work_s(self) -> Floats:
        """The agent's time that a contact takes [s]."""
        return np.asarray(self.slowed_s / self.concurrency)

    @property
    def load(self) -> Floats:
        """Agents that would be busy without a pause [1]; fewer than this can never keep up."""
        return np.asarray(self.rate_per_s * self.work_s)

    def patient(self, agents: ArrayLike, within_s: ArrayLike) -> Waiting:
        """What customers meet when nobody hangs up (Erlang C)."""
        return erlang_c(self.rate_per_s, self.slowed_s, self._places(agents), within_s)

    def impatient(self, agents: ArrayLike, within_s: ArrayLike) -> Waiting:
        """What customers meet when they hang up once their patience is gone (Erlang A)."""
        return erlang_a(self.rate_per_s, self.slowed_s, self._places(agents), self.patience_s, within_s)

    def _places(self, agents: ArrayLike) -> Floats:
        return np.asarray(np.floor(np.asarray(agents) * np.asarray(self.concurrency) + _ROUNDING))

    def of(self, cells: Truths) -> Queue:
        """Some of the cells."""
        return Queue(*_some(self, cells))


def _some(whole: Promise | Queue, cells: Truths) -> list[Floats]:
    return [np.broadcast_to(getattr(whole, one.name), cells.shape)[cells] for one in fields(whole)]


def fewest_agents(queue: Queue, promise: Promise) -> tuple[Whole, Whole]:
    """The smallest numbers of agents that keep a promise, low and high end of the band in which the need lies.

    One end is Erlang A, in which some hang up, the other Erlang C, in which nobody does. Mostly A is the low end, for
    who hangs up shortens the queue; where patience is shorter than the limit, or few may hang up, it is the high end.
    Where there are no contacts nobody is needed.

    Example (10 erlang of calls of 180 s; 80% within 20 s; patience of 2 minutes; then an occupancy of 70% at most):
        >>> calls = Queue(np.array([10 / 180]), 180.0, patience_s=120.0)
        >>> [int(number[0]) for number in fewest_agents(calls, Promise(20.0, 0.8))]
        [12, 14]
        >>> [int(number[0]) for number in fewest_agents(calls, Promise(20.0, 0.8, max_occupancy=0.7))]
        [14, 15]
    """
    busy = np.asarray(queue.rate_per_s) > 0
    low = np.zeros(busy.shape, dtype=np.int64)
    high = low.copy()
    if busy.any():
        queue, promise = queue.of(busy), promise.of(busy)

        def impatient(agents: Whole, cells: Truths) -> Truths:
            wanted = promise.of(cells)
            return wanted.kept(queue.of(cells).impatient(agents, wanted.within_s))

        waiting = _when_all_wait(queue, promise)
        enough = impatient(waiting, np.ones(len(waiting), dtype=bool))
        hanging_up = _first_above(np.where(enough, 0, waiting), impatient, np.where(enough, waiting, 0))
        low[busy], high[busy] = np.minimum(hanging_up, waiting), np.maximum(hanging_up, waiting)
    return low, high


def _when_all_wait(queue: Queue, promise: Promise) -> Whole:
    """The fewest agents that keep the promise when nobody hangs up: one place more at a time, as the recursion goes."""
    parts = (
        queue.rate_per_s,
        queue.slowed_s,
        promise.within_s,
        promise.at_least,
        promise.max_occupancy,
        promise.max_wait_s,
    )
    rate, handling, within, at_least, cap, max_wait = (np.asarray(part, dtype=np.float64) for part in parts)
    load, inverse, cells = rate * handling, np.ones(len(rate)), np.arange(len(rate))
    places = np.zeros(len(rate), dtype=np.int64)
    number = 0
    while len(cells):
        number += 1
        room = number - load
        # Beyond any number, for thousands of places, the inverse is endless and nobody waits.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            inverse = 1.0 + number / load * inverse
            waits = 1.0 / (load / number + (1.0 - load / number) * inverse)
            kept = (1.0 - waits * np.exp(-room / handling * within) >= at_least - _ROUNDING) & (room > 0)
            kept &= (load / number <= cap + _ROUNDING) & (waits * handling / room <= max_wait)
        if kept.any():
            places[cells[kept]] = number
            left = ~kept
            cells, load, inverse, handling = cells[left], load[left], inverse[left], handling[left]
            within, at_least, cap, max_wait = within[left], at_least[left], cap[left], max_wait[left]
    agents: Whole = np.ceil(places / np.asarray(queue.concurrency) - _ROUNDING).astype(np.int64)
    return agents


_Kept = Callable[[Whole, Truths], Truths]
"""Whether so many agents keep the promise, for some of the cells."""


def _first_above(low: Whole, kept: _Kept, good: Whole | None = None) -> Whole:
    """The first number above `low` with which the promise is kept: in doubling steps, then by halves.

    Where a number is known to be good (above zero in `good`) it is not asked about again.
    """
    known = np.zeros(len(low), dtype=bool) if good is None else good > 0
    high, step = low + 1 if good is None else np.where(known, good, low + 1), 1
    open_ = ~known
    while True:
        open_[open_] = ~kept(high[open_], open_) if open_.any() else False
        if not open_.any():
            return _between(low, high, kept)
        low = np.where(open_, high, low)
        step *= 2
        high = np.where(open_, high + step, high)


def _between(low: Whole, high: Whole, kept: _Kept) -> Whole:
    """The first number above `low` with which the promise is kept; with `high` it is."""
    low, high = low.copy(), high.copy()
    while (open_ := high - low > 1).any():
        middle = (low + high) // 2
        good = np.zeros(len(low), dtype=bool)
        good[open_] = kept(middle[open_], open_)
        high = np.where(good, middle, high)
        low = np.where(open_ & ~good, middle, low)
    return high
