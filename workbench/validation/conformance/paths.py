"""How often is each planned move made, and which moves are made that were not planned?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import Counts
from workbench.log.following import hidden_counts
from workbench.log.intervals import wilson
from workbench.validation.conformance.assignment import Own
from workbench.validation.conformance.planned import PlannedJourney

START, STOP = "start", "stop"
"""Where a journey comes from and goes to; resolved and given up look the same in a log."""

PathKind = Literal["planned", "skipping", "extra"]


@dataclass(frozen=True, slots=True)
class Path:
    """A move from one step to another, planned or made.

    Attributes:
        journey, source, target: ids; `start` and `stop` are the outside.
        kind: planned; skipping (steps in between were planned and not seen); extra (a step again, or out of order).
        planned_share: of those at the source [1]; 0 when it is not planned.
        n: how often it was made; None when too few to show. Hidden steps are passed on the shortest way.
        of: how often anything was done after the source; None too where hidden steps are the source or may follow it,
            for who stops there leaves no trace.
        low, high: the 95% interval of the share n/of.
        place: file:line of the step or its transition.
    """

    journey: str
    source: str
    target: str
    kind: PathKind
    planned_share: float
    n: int | None
    of: int | None
    low: float | None
    high: float | None
    place: str

    @property
    def share(self) -> float | None:
        """The share of those at the source who make the move [1]."""
        return self.n / self.of if self.n is not None and self.of else None


@dataclass(frozen=True, slots=True)
class StepCount:
    """How often a step is done.

    Attributes:
        planned_visits: per journey [1].
        n: how often it was done; None when too few to show, or when no log can see it.
        skipped: how often it was skipped.
        hidden: whether no log can see it.
    """

    journey: str
    step: str
    planned_visits: float
    n: int | None
    skipped: int | None
    hidden: bool
    place: str


def paths_of(planned: PlannedJourney, own: Own, cases: Counts, least: int) -> tuple[Path, ...]:
    """The moves of a journey, planned ones first; of small groups the number is not told.

    Args:
        planned: the journey.
        own: what belongs to it.
        cases: how many cases run as each variant of the log.
        least: the smallest number that is shown.
    """
    n, plan = len(planned.plan.steps), planned.plan
    made, extra = _made(planned, own, core_weights(own, cases))
    hidden, leaving = hidden_counts(made, least), made.sum(axis=1)
    moves: list[tuple[int, int, PathKind]] = [(a, b, "planned") for a, b in _cells(plan.moves)]
    moves += [(a, b, "skipping") for a, b in _cells(made) if not plan.moves[a, b] and not hidden[a, b]]
    moves += [(a, b, "extra") for a, b in _cells(extra) if extra[a, b] >= least]
    shares, names = planned.planned_shares, (*plan.steps, STOP)
    hidden_steps = np.append(~plan.visible, False)
    untold = hidden_steps | (plan.moves & hidden_steps).any(axis=1)
    found = []
    for a, b, kind in sorted(moves, key=lambda move: (move[2] != "planned", move[2], move[0] != n)):
        many, of = int(extra[a, b] if kind == "extra" else made[a, b]), int(leaving[a])
        known = of >= least and not (kind != "extra" and hidden[a, b])
        shared = known and not untold[a]
        low, high = wilson(many, of) if shared and many <= of else (None, None)
        found.append(
            Path(
                planned.journey.id, START if a == n else names[a], names[b], kind,
                float(shares[a, b]) if kind == "planned" else 0.0,
                many if known else None, of if shared else None, low, high, _place(planned, a, b),
            )
        )  # fmt: skip
    return tuple(found)


def _made(planned: PlannedJourney, own: Own, weights: Counts) -> tuple[Counts, Counts]:
    """How often each move was made, hidden steps passed on the shortest way; and each extra contact after each step."""
    plan, size = planned.plan, len(planned.plan.steps) + 1
    made, extra = np.zeros((size, size), np.int64), np.zeros((size, size), np.int64)
    core, _, source, target = own.aligned.hops
    for a, b, many in _summed(source, target, weights[core], size):
        for before, after in [(a, b)] if plan.skipped[a, b] else pairwise([a, *plan.between(a, b), b]):
            made[before, after] += many
    core, _, after_step, word = own.aligned.extras
    for a, b, many in _summed(after_step, plan.sees.argmax(axis=0)[word], weights[core], size):
        extra[a, b] += many
    return made, extra


def _cells(matrix: NDArray[Any]) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in zip(*np.nonzero(matrix), strict=True)]


def steps_of(planned: PlannedJourney, own: Own, cases: Counts, least: int) -> tuple[StepCount, ...]:
    """How often each step of a journey is done and skipped; of small groups the number is not told."""
    plan, weights = planned.plan, core_weights(own, cases)
    core, _, _, target = own.aligned.hops
    done = np.bincount(target, weights[core], minlength=len(plan.steps) + 1).astype(np.int64)
    missed = np.bincount(*_skipped(planned, own, weights), minlength=len(plan.steps)).astype(np.int64)

    def shown(count: int) -> int | None:
        return None if 0 < count < least else count

    return tuple(
        StepCount(
            planned.journey.id, step, planned.flow.visits[f"{planned.journey.id}/{step}"],
            shown(int(done[i])) if plan.visible[i] else None,
            shown(int(missed[i])) if plan.visible[i] else None,
            not plan.visible[i], str(planned.journey.where("steps", step)),
        )
        for i, step in enumerate(plan.steps)
    )  # fmt: skip


def core_weights(own: Own, cases: Counts) -> Counts:
    """How many cases run as each core of the aligned variants."""
    weights = np.bincount(own.aligned.cores.of, cases[own.variants], minlength=len(own.aligned.cores))
    return weights.astype(np.int64)


def skips(planned: PlannedJourney, own: Own) -> tuple[Counts, Counts]:
    """The core and the step of every skipped step."""
    plan = planned.plan
    core, _, source, target = own.aligned.hops
    skipping = np.flatnonzero(plan.skipped[source, target] > 0)
    pair = source[skipping] * (len(plan.steps) + 1) + target[skipping]
    cores, steps = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for one in np.unique(pair).tolist():
        own_cores = core[skipping[pair == one]]
        for step in plan.between(*divmod(one, len(plan.steps) + 1)):
            if plan.visible[step]:
                cores.append(own_cores)
                steps.append(np.full(len(own_cores), step))
    return np.concatenate(cores), np.concatenate(steps)


def _skipped(planned: PlannedJourney, own: Own, weights: Counts) -> tuple[Counts, Counts]:
    cores, steps = skips(planned, own)
    return steps, weights[cores]


def _summed(a: Counts, b: Counts, weights: Counts, size: int) -> list[tuple[int, int, int]]:
    """The weight of each pair that has any."""
    total = np.bincount(a * size + b, weights, minlength=1).astype(np.int64)
    return [(*divmod(key, size), int(total[key])) for key in np.flatnonzero(total).tolist()]


def _place(planned: PlannedJourney, source: int, target: int) -> str:
    """Where the move stands in the model, or would."""
    steps, journey = planned.plan.steps, planned.journey
    if source == len(steps):
        return str(journey.where("start") if journey.start else journey.where("steps", steps[target]))
    return str(journey.where("steps", steps[source], "next"))
