"""Where do journeys deviate from what was planned, and what does it take of customers and staff?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import Counts
from journeys.graph import times_of
from touchpoints.inventory import Inventory
from workbench.log.intervals import wilson
from workbench.log.traces import Contact
from workbench.validation.conformance.assignment import NONE, Assignment, Own, part
from workbench.validation.conformance.paths import core_weights, skips
from workbench.validation.conformance.planned import PlannedJourney
from workbench.validation.conformance.times import ContactTimes, Spent, total

DeviationKind = Literal[
    "unmodelled_step", "other_journey_step", "skipped_step", "extra_loop", "out_of_order", "alternative_journey"
]


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that happens and was not planned, or the reverse.

    Attributes:
        kind: unmodelled_step (a contact that no journey has), other_journey_step (of another journey), skipped_step,
            extra_loop (a step again), out_of_order (a step where the plan has it not), alternative_journey (a sequence
            that no planned journey resembles).
        journey: the planned journey; for an alternative the nearest, None when none has a contact of it.
        step: the step concerned, when it is one.
        contacts: the contact, or all those of an alternative.
        cases: cases that show it.
        of: the cases of the journey; for an alternative all cases.
        n: how often it happens.
        n_per_month: the same per month [1/month].
        low, high: the 95% interval of the share cases/of.
        spent: what it takes per month; negative for skipped steps, whose time is not spent.
        place: file:line of the step, touchpoint or journey concerned.
    """

    kind: DeviationKind
    journey: str | None
    step: str | None
    contacts: tuple[Contact, ...]
    cases: int
    of: int
    n: int
    n_per_month: float
    low: float
    high: float
    spent: Spent
    place: str | None

    @property
    def share(self) -> float:
        """Share of the cases that show it [1]."""
        return self.cases / self.of


@dataclass(frozen=True)
class Found:
    """The deviations that may be shown, and how many were too small."""

    deviations: tuple[Deviation, ...]
    too_small: int


class Deviations:
    """All that deviations of one log are counted with."""

    def __init__(
        self,
        inventory: Inventory,
        journeys: Sequence[PlannedJourney],
        words: Sequence[Contact],
        assigned: Assignment,
        cases: Counts,
        months: float,
        least: int,
        times: ContactTimes,
    ) -> None:
        self._inventory, self._journeys, self._words, self._assigned = inventory, journeys, words, assigned
        self._cases, self._months, self._least, self._times = cases, months, least, times
        self._planned_words = np.zeros(len(words), bool)
        for planned in journeys:
            self._planned_words |= planned.plan.known

    def found(self) -> Found:
        """Deviations by what they take of customers and staff, most first."""
        every = [one for planned, own in zip(self._journeys, self._assigned.own, strict=True)
                 for one in self._of_journey(planned, own)]  # fmt: skip
        alternatives, too_small = self._alternatives()
        # Those that do not show it are a group as well.
        shown = [one for one in every if one.cases >= self._least and not 0 < one.of - one.cases < self._least]
        return Found(
            tuple(sorted([*shown, *alternatives], key=lambda one: (-_weight(one.spent), -one.cases, str(one)))),
            len(every) - len(shown) + too_small,
        )

    def _of_journey(self, planned: PlannedJourney, own: Own) -> Iterator[Deviation]:
        of = int(self._cases[own.variants].sum())
        weights = core_weights(own, self._cases)
        cores, steps = skips(planned, own)
        for step, n, cases in _counted(steps, cores, weights):
            yield self._step_deviation("skipped_step", planned, step, None, n, cases, of)
        for kind, cores, keys in self._extras(planned, own):
            for key, n, cases in _counted(keys, cores, weights):
                word, step = divmod(key, len(planned.plan.steps))
                yield self._step_deviation(kind, planned, step, word, n, cases, of)
        codes, offsets = part(self._assigned.runs, own.variants)
        foreign = ~planned.plan.known[codes]
        runs = np.repeat(np.arange(len(own.variants)), np.diff(offsets))[foreign]
        for word, n, cases in _counted(codes[foreign].astype(np.int64), runs, self._cases[own.variants]):
            kind = "other_journey_step" if self._planned_words[word] else "unmodelled_step"
            contact = self._words[word]
            spent = self._times.of(contact)
            yield self._deviation(kind, planned.journey.id, None, (contact,), n, cases, of, spent, self._place(contact))

    def _extras(self, planned: PlannedJourney, own: Own) -> Iterator[tuple[DeviationKind, Counts, Counts]]:
        """Extra contacts of the journey's own steps: the core, and word × steps + the step they repeat."""
        plan = planned.plan
        n = len(plan.steps)
        core, _, after, word = own.aligned.extras
        done = np.unique(own.aligned.hops[0] * (n + 1) + own.aligned.hops[3])
        step = plan.sees.argmax(axis=0)[word]
        repeated = np.isin(core * (n + 1) + step, done)
        for other in range(n):
            better = plan.sees[other, word] & np.isin(core * (n + 1) + other, done) & (~repeated | (after == other))
            step, repeated = np.where(better, other, step), repeated | better
        keys = word * n + step
        yield "extra_loop", core[repeated], keys[repeated]
        yield "out_of_order", core[~repeated], keys[~repeated]

    def _step_deviation(
        self, kind: DeviationKind, planned: PlannedJourney, at: int, word: int | None, n: int, cases: int, of: int
    ) -> Deviation:
        name = planned.plan.steps[at]
        step = planned.journey.steps[name]
        own_time = times_of(self._inventory, step, None).get("own_time")
        contact = (step.touchpoint, step.reason) if word is None else self._words[word]
        spent = self._times.of(contact, own_time.point if own_time else 0.0)
        sign = -1.0 if kind == "skipped_step" else 1.0
        place = str(planned.journey.where("steps", name))
        return self._deviation(kind, planned.journey.id, name, (contact,), n, cases, of, spent.times(sign), place)

    def _alternatives(self) -> tuple[list[Deviation], int]:
        """The variants of no planned journey, contacts that the inventory counts outside journeys left out."""
        runs = self._assigned.runs
        numbers = np.flatnonzero((self._assigned.journey == NONE) & (self._cases > 0) & ~self.outside)
        counts = self._cases[numbers]
        large = numbers[counts >= self._least]
        rest = int(counts[counts < self._least].sum())
        if 0 < rest < self._least and len(large):
            # The rest together would be told by the total of all; the smallest shown goes with it.
            large = np.delete(large, int(self._cases[large].argmin()))
        of = int(self._cases.sum())
        found = []
        for variant in large.tolist():
            contacts = tuple(self._words[code] for code in runs.sequence(variant))
            near = int(self._assigned.nearest[variant])
            journey = self._journeys[near].journey if near != NONE else None
            cases = int(self._cases[variant])
            spent = total([self._times.of(contact) for contact in contacts])
            place = str(journey.place) if journey else self._place(contacts[0])
            found.append(
                self._deviation(
                    "alternative_journey",
                    journey.id if journey else None,
                    None,
                    contacts,
                    cases,
                    cases,
                    of,
                    spent,
                    place,
                )
            )
        return found, len(numbers) - len(large)

    @property
    def outside(self) -> NDArray[np.bool_]:
        """The variants of one contact that no planned journey resembles, and that the inventory counts as it is."""
        runs = self._assigned.runs
        counted = {(volume.touchpoint, volume.reason) for volume in self._inventory.volumes.values()}
        touchpoints = {touchpoint for touchpoint, _ in counted}
        inventoried = np.array(
            [word in counted or (word[1] is None and word[0] in touchpoints) for word in self._words], bool
        )
        single = np.diff(runs.offsets) == 1
        found: NDArray[np.bool_] = np.zeros(len(runs), bool)
        found[single] = inventoried[runs.codes[runs.offsets[:-1][single]]]
        found &= self._assigned.journey == NONE
        return found

    def _deviation(
        self,
        kind: DeviationKind,
        journey: str | None,
        step: str | None,
        contacts: tuple[Contact, ...],
        n: int,
        cases: int,
        of: int,
        spent: Spent,
        place: str | None,
    ) -> Deviation:
        per_month = n / self._months
        low, high = wilson(cases, of)
        return Deviation(
            kind, journey, step, contacts, cases, of, n, per_month, low, high, spent.times(per_month), place
        )

    def _place(self, contact: Contact) -> str | None:
        """Where the contact's volume, else its touchpoint, stands in the model."""
        for volume in self._inventory.volumes.values():
            if (volume.touchpoint, volume.reason) == contact:
                return str(volume.place)
        touchpoint = self._inventory.touchpoints.get(contact[0]) if contact[0] else None
        return str(touchpoint.place) if touchpoint else None


def _counted(keys: Counts, where: Counts, weights: Counts) -> Iterator[tuple[int, int, int]]:
    """Each key with how often it happens and in how many cases; `where` is the core or variant of each event."""
    if not len(keys):
        return
    often = np.bincount(keys, weights[where]).astype(np.int64)
    size = int(where.max()) + 1
    once = np.unique(keys * size + where)
    cases = np.bincount(once // size, weights[once % size]).astype(np.int64)
    for key in np.flatnonzero(often).tolist():
        yield key, int(often[key]), int(cases[key])


def _weight(spent: Spent) -> float:
    """By how much time a deviation is ranked [s]."""
    return abs(spent.customer_s or 0.0) + abs(spent.staff_s or 0.0)
