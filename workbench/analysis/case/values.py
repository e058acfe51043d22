"""Which value does a number of the model take, in every column of a calculation?

The same formulas run over one column of middle values, over thousands of draws, and over a column for each number
that is moved while the others stay.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from touchpoints.estimate import Estimate
from touchpoints.inventory import Assumption
from workbench.analysis.uncertainty import Draws, Sampler


class Values(Protocol):
    """Gives every number of the model its columns."""

    @property
    def draws(self) -> int:
        """How many columns."""

    def of(self, estimate: Estimate | None) -> Draws:
        """The columns of a number, in the unit of its class; zeros for none."""


@dataclass(frozen=True)
class Points:
    """One column: the middle values."""

    draws: int = 1

    def of(self, estimate: Estimate | None) -> Draws:
        """The middle value."""
        return np.full(self.draws, estimate.point if estimate is not None else 0.0)


@dataclass(frozen=True)
class Swings:
    """A first column of middle values, then two for every assumption: it alone at its low and at its high end.

    The ends are the 10th and 90th percentile, for a number without a range by the declared spread of its grade.
    """

    sampler: Sampler
    assumptions: Sequence[Assumption]
    _at: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._at.update({id(one.estimate): index for index, one in enumerate(self.assumptions)})

    @property
    def draws(self) -> int:
        """One column and two for every assumption."""
        return 1 + 2 * len(self.assumptions)

    def of(self, estimate: Estimate | None) -> Draws:
        """The middle value everywhere but in the two columns that are the number's own."""
        columns = np.full(self.draws, estimate.point if estimate is not None else 0.0)
        index = self._at.get(id(estimate)) if estimate is not None else None
        if estimate is not None and index is not None:
            columns[1 + 2 * index : 3 + 2 * index] = self.ends(estimate)
        return columns

    def ends(self, estimate: Estimate) -> tuple[float, float]:
        """The low and the high end of a number."""
        if estimate.is_range:
            return estimate.low, estimate.high
        reach = self.sampler.half_width(estimate)
        return max(estimate.LOWEST, estimate.point - reach), min(estimate.HIGHEST, estimate.point + reach)


@dataclass(frozen=True)
class Multiplied:
    """Middle values, but for some numbers that take a multiple of theirs in every column, at most their highest."""

    estimates: Collection[int]
    """The identities of these numbers."""
    multiples: Draws

    @property
    def draws(self) -> int:
        """One column for every multiple."""
        return len(self.multiples)

    def of(self, estimate: Estimate | None) -> Draws:
        """The columns of a number."""
        if estimate is None:
            return np.zeros(self.draws)
        if id(estimate) not in self.estimates:
            return np.full(self.draws, estimate.point)
        return np.minimum(estimate.HIGHEST, estimate.point * self.multiples)


@dataclass(frozen=True)
class Chosen:
    """Columns of other values, but for some numbers that are set to one value in every column."""

    others: Values
    set_to: Mapping[int, float]
    """The identity of a number: its value."""

    @property
    def draws(self) -> int:
        """As many columns as the others have."""
        return self.others.draws

    def of(self, estimate: Estimate | None) -> Draws:
        """The columns of a number."""
        found = self.set_to.get(id(estimate)) if estimate is not None else None
        return self.others.of(estimate) if found is None else np.full(self.draws, found)
