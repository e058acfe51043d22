"""Which planned journey does each journey in the log belong to?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.alignment import Alignments, alignments
from journeys.conformance.edges import edge_fitness
from journeys.conformance.follows import Codes, Counts, Variants
from workbench.validation.conformance.planned import PlannedJourney

LEAST_FITNESS = 0.5
"""A case belongs to no planned journey when more than half of it would have to change."""

NONE = -1


@dataclass(frozen=True, eq=False)
class Own:
    """The variants that belong to one planned journey.

    Attributes:
        variants: their numbers.
        aligned: their optimal alignments, in that order.
        edge_fitness: share of their moves that are planned, in that order [1].
    """

    variants: Counts
    aligned: Alignments
    edge_fitness: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Assignment:
    """The planned journey of every variant.

    Attributes:
        runs: the variants of the log.
        journey: the number of the planned journey of each variant; −1 for none.
        fitness: the alignment fitness with it, or with the nearest journey [1].
        nearest: the journey that comes nearest; −1 where none has a contact of it.
        own: per planned journey what belongs to it.
    """

    runs: Variants
    journey: Counts
    fitness: NDArray[np.float64]
    nearest: Counts
    own: tuple[Own, ...]

    @cached_property
    def edge_fitness(self) -> NDArray[np.float64]:
        """Share of the moves of each variant that its journey plans [1]; not a number for those without one."""
        found = np.full(len(self.runs), np.nan)
        for own in self.own:
            found[own.variants] = own.edge_fitness
        return found


def assign(journeys: Sequence[PlannedJourney], runs: Variants, least_fitness: float = LEAST_FITNESS) -> Assignment:
    """The journey with the highest alignment fitness for every variant; of equals the first in the model.

    A variant of which every journey would have to change more than 1 − `least_fitness` belongs to none.

    Raises:
        ValueError: the least fitness is not from 0 to 1.
    """
    if not 0 <= least_fitness <= 1:
        raise ValueError(f"least_fitness must be from 0 to 1, got {least_fitness!r}")
    best = np.zeros(len(runs))
    nearest = np.full(len(runs), NONE, np.int64)
    for number, planned in enumerate(journeys):
        some = np.flatnonzero(_touched(planned, runs))
        fitness = alignments(planned.plan, *part(runs, some)).fitness
        better = fitness > best[some]
        best[some[better]] = fitness[better]
        nearest[some[better]] = number
    journey = np.where(best >= least_fitness, nearest, NONE)
    own = []
    for number, planned in enumerate(journeys):
        some = np.flatnonzero(journey == number)
        codes, offsets = part(runs, some)
        own.append(Own(some, alignments(planned.plan, codes, offsets), edge_fitness(planned.plan, codes, offsets)))
    return Assignment(runs, journey, best, nearest, tuple(own))


def _touched(planned: PlannedJourney, runs: Variants) -> NDArray[np.bool_]:
    """The variants with any contact that a step of the journey leaves."""
    if not len(runs.codes):
        return np.zeros(len(runs), bool)
    found: NDArray[np.bool_] = np.logical_or.reduceat(planned.plan.known[runs.codes], runs.offsets[:-1])
    return found


def part(runs: Variants, some: Counts) -> tuple[Codes, Counts]:
    """Some of the variants as coded arrays of their own."""
    lengths = np.diff(runs.offsets)[some]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    places = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1], lengths) + np.repeat(runs.offsets[some], lengths)
    return runs.codes[places], offsets
