"""How well does each planned journey fit what the log shows of it, by four methods?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.earth_mover import EarthMover, earth_movers_conformance
from journeys.conformance.follows import Counts, directly_follows
from journeys.conformance.footprint import footprint, footprint_agreement
from journeys.conformance.language import shares_of, stochastic_language
from workbench.log.intervals import wilson
from workbench.validation.conformance.assignment import Assignment, part
from workbench.validation.conformance.planned import PlannedJourney

MOST_SEQUENCES = 100
"""So many sequences of log and plan are held against each other by the earth-mover's method."""


@dataclass(frozen=True, slots=True)
class JourneyFit:
    """How well a planned journey fits its cases; each number is named by its method.

    Attributes:
        journey: id.
        cases: cases that belong to it.
        contacts: their contacts.
        alignment_fitness: mean over the cases of 1 − optimal alignment cost / worst cost [1].
        alignment_low: the value that nine in ten cases reach [1].
        fitting: share of the cases that need no change at all [1]; None when too few to show do, or do not.
        fitting_low, fitting_high: its 95% interval.
        edge_fitness: share of all moves, start and end included, that are planned [1].
        footprint: share of the pairs of contacts with the same relation in log and plan [1].
        earth_mover: earth-mover's stochastic conformance, which holds the mix too against the plan.
        hidden_steps: steps that no log can see.
        place: file:line.
    """

    journey: str
    cases: int
    contacts: int
    alignment_fitness: float
    alignment_low: float
    fitting: float | None
    fitting_low: float | None
    fitting_high: float | None
    edge_fitness: float
    footprint: float
    earth_mover: EarthMover
    hidden_steps: int
    place: str


def journey_fit(
    planned: PlannedJourney, number: int, assigned: Assignment, cases: Counts, least: int
) -> JourneyFit | None:
    """The fit of a planned journey; None when no case belongs to it.

    Args:
        planned: the journey.
        number: its place among the journeys of the assignment.
        assigned: which variants belong to which journey.
        cases: how many cases run as each variant.
        least: the smallest number that is shown.
    """
    own = assigned.own[number]
    weights = cases[own.variants]
    whole = int(weights.sum())
    if not whole:
        return None
    lengths = np.diff(assigned.runs.offsets)[own.variants]
    fitting = int(weights[own.aligned.cost == 0].sum())
    small = 0 < fitting < least or 0 < whole - fitting < least
    low, high = (None, None) if small else wilson(fitting, whole)
    return JourneyFit(
        journey=planned.journey.id,
        cases=whole,
        contacts=int(weights @ lengths),
        alignment_fitness=float(weights @ own.aligned.fitness) / whole,
        alignment_low=_lower(own.aligned.fitness, weights, 0.1),
        fitting=None if small else fitting / whole,
        fitting_low=low,
        fitting_high=high,
        edge_fitness=float((weights * (lengths + 1)) @ own.edge_fitness) / float(weights @ (lengths + 1)),
        footprint=_footprint(planned, *part(assigned.runs, own.variants[weights > 0])),
        earth_mover=_earth_mover(planned, assigned, own.variants, weights),
        hidden_steps=int((~planned.plan.visible).sum()),
        place=str(planned.journey.place),
    )


def _lower(values: NDArray[np.float64], weights: Counts, share: float) -> float:
    """The smallest value such that at least a share of the cases lie at or below it."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, share * reached[-1])])


def _footprint(planned: PlannedJourney, codes: NDArray[np.int32], offsets: Counts) -> float:
    """Agreement over the contacts that either the plan or its cases have."""
    words = planned.plan.sees.shape[1]
    there = planned.plan.known.copy()
    there[codes] = True
    kept = np.append(np.flatnonzero(there), words)
    log = footprint(directly_follows(codes, offsets, words))[np.ix_(kept, kept)]
    return footprint_agreement(log, footprint(planned.plan.word_moves)[np.ix_(kept, kept)])


def _earth_mover(planned: PlannedJourney, assigned: Assignment, variants: Counts, weights: Counts) -> EarthMover:
    order = np.argsort(-weights, kind="stable")[:MOST_SEQUENCES]
    most = {assigned.runs.sequence(int(variants[i])): float(weights[i]) for i in order if weights[i] > 0}
    shares, _ = shares_of(most, MOST_SEQUENCES)
    kept = sum(most.values()) / float(weights.sum())
    expected, _ = stochastic_language(planned.mix, most=MOST_SEQUENCES)
    return earth_movers_conformance({one: share * kept for one, share in shares.items()}, expected)
