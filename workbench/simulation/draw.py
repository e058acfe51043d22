"""Which contacts happen, in the order of time?

Starts of journeys and of single contacts are Poisson on the clock of their touchpoint; a journey walks from stop to
stop by the shares of its row; times are lognormal (Brown et al., Statistical analysis of a telephone call center,
JASA 100, 2005, section 4: service times of a call centre are lognormal). Contacts are drawn by stretches of whole
weeks and held back until their moment comes, so that a log of any length needs the memory of a stretch.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from touchpoints.quantities import DAYS_PER_MONTH
from workbench.simulation.calendar import (
    DAY_S,
    WEEK_S,
    Floats,
    Integers,
    WeekClock,
    arrival_clock,
    office_clock,
    to_utc,
)
from workbench.simulation.plan import END, GAP_DAYS, Plan, Stop, mean_repeat_days

K = TypeVar("K", bound=Hashable)

HANDLING_CV = 1.0
"""Coefficient of variation (SD ÷ mean) of handling time; declared. The calls in Brown et al. have 1.1 to 1.3."""

WAIT_CV = 1.0
"""Coefficient of variation of the wait of those who wait, and of answer times; declared."""

GAP_CV = 1.5
"""Coefficient of variation of the time between two steps of a journey; declared."""

NOT_QUEUED = 0.4
"""Share of contacts without any wait (all who hang up have waited); declared."""

CONTACTS_PER_STRETCH = 100_000
"""About how many contacts are drawn at a time."""

MEAN_MONTHS_BETWEEN = 24
"""How many months a customer lets pass on the average before they start again, for whatever reason; declared."""

ANSWERED, SELF_SERVED, ABANDONED, UNANSWERED = range(4)
OUTCOMES = ("answered", "self_served", "abandoned", "unanswered")
"""The words of the coded outcomes."""


@dataclass(frozen=True, eq=False)
class Contacts:
    """Contacts in the order of their start; NaN and -1 stand for what the model does not say.

    Times are in seconds since 1970-01-01 UTC, customers, cases and stops are numbers.
    """

    started_s: Floats
    answered_s: Floats
    ended_s: Floats
    handling_s: Floats
    wait_s: Floats
    stop: Integers
    customer: Integers
    case: Integers
    outcome: Integers
    resolved: Integers
    layers: Integers

    def __len__(self) -> int:
        return len(self.started_s)

    def where(self, rows: NDArray[np.bool_] | Integers | slice) -> Contacts:
        """Some of the contacts."""
        return Contacts(*(getattr(self, field.name)[rows] for field in fields(self)))


def _joined(parts: list[Contacts]) -> Contacts:
    return Contacts(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Contacts)))


def draw(plan: Plan, start_s: float, end_s: float, zone: ZoneInfo, window_days: int, seed: int) -> Iterator[Contacts]:
    """Contacts that start from one wall time to another, in stretches that follow one another in time.

    Journeys that started before are drawn too, so that the first day is a day like any other; what happens after
    the end is not shown, as in any export.

    Args:
        plan: what there is to draw.
        start_s: wall time of the start [s].
        end_s: wall time of the end [s], which may be infinite.
        zone: the time zone of the wall.
        window_days: within how many days a contact for the same reason is a repeat [days].
        seed: the same seed draws the same contacts.
    """
    drawing = _Drawing(plan, zone, window_days, seed)
    weeks = max(1, round(CONTACTS_PER_STRETCH / plan.contacts_per_month * DAYS_PER_MONTH / 7))
    here_s = start_s - WEEK_S * np.ceil(_WARM_UP_MEANS * plan.longest_mean_days / 7)
    first_s = float(to_utc(np.array([start_s]), zone)[0])
    pending: list[Contacts] = []
    while here_s < end_s:
        next_s = min(here_s + weeks * WEEK_S, start_s if here_s < start_s else end_s)
        limit_s = float(to_utc(np.array([next_s]), zone)[0])
        all_of_it = _joined([*pending, *drawing.stretch(here_s, next_s)])
        due = all_of_it.started_s < limit_s
        ready = all_of_it.where(due & (all_of_it.started_s >= first_s))
        pending = [all_of_it.where(~due)]
        if len(ready):
            yield ready.where(np.argsort(ready.started_s, kind="stable"))
        here_s = next_s


_WARM_UP_MEANS = 8
"""How many mean durations before the start of the log journeys are drawn; e⁻⁸ of the exponential ones lasts longer."""


@dataclass(frozen=True, eq=False)
class _Walkers:
    """Those who are on their way: where, when (wall time), whose, in which case."""

    stop: Integers
    wall_s: Floats
    customer: Integers
    case: Integers


class _Drawing:
    """The plan in arrays, and the state of the draw: the random numbers and the number of cases so far."""

    def __init__(self, plan: Plan, zone: ZoneInfo, window_days: int, seed: int) -> None:
        self.zone = zone
        self.window_days = window_days
        self.rng = np.random.default_rng(seed)
        self.cases = 0
        stops = plan.stops
        arrivals = _distinct([(stop.hours, stop.profile) for stop in stops])
        offices = _distinct([stop.office for stop in stops])
        self.arrivals = [arrival_clock(*key) for key in arrivals]
        self.offices = [office_clock(key) for key in offices]
        self.arrival_of = np.array([arrivals[stop.hours, stop.profile] for stop in stops])
        self.office_of = np.array([offices[stop.office] if stop.answer_in_office_time else -1 for stop in stops])
        self.next, self.cumulative = _rows(stops)
        personas = _distinct([stop.persona for stop in stops])
        self.persona_of = np.array([personas[stop.persona] for stop in stops])
        self.customers = (max(100, round(MEAN_MONTHS_BETWEEN * plan.starts_per_month)), len(personas))
        self.seen = np.array([stop.touchpoint is not None for stop in stops])
        self.repeats = np.array([stop.repeats for stop in stops])
        self.self_service = np.array([stop.self_service for stop in stops])
        self.per_day = _numbers(stops, "starts_per_month") / DAYS_PER_MONTH
        self.handling_s = _numbers(stops, "handling_s")
        self.wait_s = _numbers(stops, "wait_s")
        self.answer_s = _numbers(stops, "answer_s")
        self.own_time_s = _numbers(stops, "own_time_s")
        self.abandoned = _numbers(stops, "abandoned")
        self.unanswered = _numbers(stops, "unanswered")
        self.handed_off = _numbers(stops, "handed_off")

    def stretch(self, from_s: float, to_s: float) -> Iterator[Contacts]:
        """All contacts of the journeys that start in a stretch of wall time."""
        walkers = self._starts(from_s, to_s)
        while len(walkers.stop):
            choice = np.sum(self.rng.random(len(walkers.stop))[:, None] >= self.cumulative[walkers.stop], axis=1)
            following = self.next[walkers.stop, choice]
            contacts, free_s = self._visit(walkers, following)
            yield contacts.where(self.seen[walkers.stop])
            going = following >= 0
            gone = _Walkers(following[going], walkers.wall_s[going], walkers.customer[going], walkers.case[going])
            walkers = self._move(gone, free_s[going])

    def _starts(self, from_s: float, to_s: float) -> _Walkers:
        """New journeys and single contacts: Poisson, at the rate of their stop on its clock."""
        readings = np.array([clock.read(np.array([from_s, to_s])) for clock in self.arrivals])
        low, length = readings[self.arrival_of, 0], np.diff(readings)[self.arrival_of, 0]
        stop = np.repeat(np.arange(len(length)), self.rng.poisson(self.per_day * length))
        wall_s = low[stop] + length[stop] * self.rng.random(len(stop))
        for clock, rows in self._by_clock(stop):
            wall_s[rows] = clock.when(wall_s[rows])
        many, personas = self.customers
        customer = self.rng.integers(many, size=len(stop)) * personas + self.persona_of[stop]
        case = np.where(self.repeats[stop], -1, self.cases + np.arange(len(stop)))
        self.cases += len(stop)
        return _Walkers(stop, wall_s, customer, case)

    def _visit(self, walkers: _Walkers, following: Integers) -> tuple[Contacts, Floats]:
        """The contacts of all who are at a stop, and the wall time at which each of them is free again."""
        stop, started_s = walkers.stop, np.floor(walkers.wall_s)
        outcome = self._outcomes(stop)
        served = (outcome == ANSWERED) | (outcome == SELF_SERVED)
        wait_s = self._waits(stop, outcome == ABANDONED)
        handling_s = np.where(served, np.round(self._lognormal(self.handling_s[stop], HANDLING_CV)), np.nan)
        begun_s = started_s + np.nan_to_num(wait_s)
        done_s = begun_s + np.nan_to_num(handling_s)
        reply_s = self._replies(stop, started_s)
        later = ~np.isnan(reply_s)
        layers = np.where(self.rng.random(len(stop)) < self.handed_off[stop], 2, 1)
        contacts = Contacts(
            started_s=self._utc(started_s),
            answered_s=np.where(served, self._utc(np.where(later, reply_s, begun_s)), np.nan),
            ended_s=np.where(outcome == UNANSWERED, np.nan, self._utc(np.where(later & served, reply_s, done_s))),
            handling_s=handling_s,
            wait_s=wait_s,
            stop=stop,
            customer=walkers.customer,
            case=walkers.case,
            outcome=outcome,
            resolved=np.where(served & (following != END["unknown"]), following == END["resolved"], -1),
            layers=np.where((outcome == ANSWERED) & ~np.isnan(self.handed_off[stop]), layers, -1),
        )
        waits_for_reply = later & served & ~self.repeats[stop]
        return contacts, np.where(waits_for_reply, reply_s, done_s) + self.own_time_s[stop]

    def _outcomes(self, stop: Integers) -> Integers:
        """What becomes of each contact."""
        luck = self.rng.random(len(stop))
        served = np.where(self.self_service[stop], SELF_SERVED, ANSWERED)
        lost = np.where(luck < self.abandoned[stop], ABANDONED, UNANSWERED)
        return np.where(luck < self.abandoned[stop] + self.unanswered[stop], lost, served)

    def _waits(self, stop: Integers, abandoned: NDArray[np.bool_]) -> Floats:
        """Waits: none for those who did not queue, longer for the others, so that the mean over all holds [s]."""
        patient = 1 - self.abandoned[stop]
        unqueued = np.minimum(NOT_QUEUED, patient)
        queued = abandoned | (self.rng.random(len(stop)) * patient >= unqueued)
        mean_s = self.wait_s[stop] / np.maximum(1 - unqueued, 1 - NOT_QUEUED)
        wait_s = np.round(self._lognormal(mean_s, WAIT_CV))
        return np.where(queued | np.isnan(wait_s), wait_s, 0.0)

    def _replies(self, stop: Integers, started_s: Floats) -> Floats:
        """The wall times of replies that come later, as for letters; NaN where answers are given at once."""
        needed_s = self._lognormal(self.answer_s[stop], WAIT_CV)
        reply_s = started_s + needed_s
        for index, clock in enumerate(self.offices):
            rows = np.flatnonzero(self.office_of[stop] == index)
            reply_s[rows] = clock.when(clock.read(started_s[rows]) + needed_s[rows])
        return reply_s

    def _move(self, walkers: _Walkers, free_s: Floats) -> _Walkers:
        """The walkers at their next contact: a gap after they are free, or for a repeat within the window."""
        gap_days = self._lognormal(np.full(len(free_s), GAP_DAYS), GAP_CV)
        position = self.rng.random(len(free_s))
        wall_s = free_s + gap_days * DAY_S
        for clock, rows in self._by_clock(np.where(self.seen[walkers.stop], walkers.stop, -1)):
            now = clock.read(free_s[rows])
            window_days = clock.read(walkers.wall_s[rows] + self.window_days * DAY_S) - now
            repeat_days = self._repeat_days(position[rows], np.maximum(window_days, 0))
            wall_s[rows] = clock.when(now + np.where(self.repeats[walkers.stop[rows]], repeat_days, gap_days[rows]))
        return _Walkers(walkers.stop, wall_s, walkers.customer, walkers.case)

    def _repeat_days(self, position: Floats, window_days: Floats) -> Floats:
        """Exponential times that are cut off at the window [days]."""
        mean_days = mean_repeat_days(self.window_days)
        return np.asarray(-mean_days * np.log1p(position * np.expm1(-window_days / mean_days)))

    def _lognormal(self, mean: Floats, cv: float) -> Floats:
        """Lognormal values: σ² = ln(1 + cv²), μ = ln mean − σ²/2."""
        sigma = np.sqrt(np.log1p(cv**2))
        return np.asarray(mean * np.exp(sigma * self.rng.standard_normal(len(mean)) - sigma**2 / 2))

    def _by_clock(self, stop: Integers) -> Iterator[tuple[WeekClock, Integers]]:
        """The clocks of arrivals, each with the rows whose stop follows it (a stop of -1 follows none)."""
        which = np.where(stop < 0, -1, self.arrival_of[stop])
        for index, clock in enumerate(self.arrivals):
            yield clock, np.flatnonzero(which == index)

    def _utc(self, wall_s: Floats) -> Floats:
        return np.floor(to_utc(wall_s, self.zone))


def _distinct(keys: Sequence[K]) -> dict[K, int]:
    """Each distinct key with a number, in the order of first appearance."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}


def _numbers(stops: Sequence[Stop], name: str) -> Floats:
    """A number of every stop, NaN where it has none."""
    return np.array([getattr(stop, name) for stop in stops], dtype=np.float64)


def _rows(stops: Sequence[Stop]) -> tuple[Integers, Floats]:
    """For each stop its successors, ends as negative numbers, and their cumulated shares; filled up at the right."""
    index = {stop.name: number for number, stop in enumerate(stops)} | END
    width = max(len(stop.next) for stop in stops)
    following = np.full((len(stops), width), END["unknown"])
    cumulative = np.ones((len(stops), width))
    for number, stop in enumerate(stops):
        shares = np.array([share for _, share in stop.next])
        following[number, : len(shares)] = [index[name] for name, _ in stop.next]
        cumulative[number, : len(shares)] = np.cumsum(shares) / shares.sum()
        cumulative[number, len(shares) - 1 :] = 1.0
    return following, cumulative
