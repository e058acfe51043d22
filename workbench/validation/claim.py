"""What is an assumption that the log can speak to, held beside what the log says?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from touchpoints.faults import Place
from touchpoints.records.base import FieldEvidence
from workbench.validation.drift import Trend
from workbench.validation.verdict import Observation, tolerated

Kind = Literal[
    "contacts", "starts", "handling_time", "wait", "answer_time", "abandoned", "unanswered", "handed_off",
    "resolved_first_time", "effort_score", "next", "start", "personas",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What assumptions are about, by the field of the model that holds them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One assumption that the log can speak to.

    Attributes:
        name: what is assumed, as `Inventory.assumptions` names it: collection/id/field.
        kind: the field that holds it.
        unit: 1/month, s, share or points.
        modelled, low, high: the assumption with its range.
        evidence: where it comes from.
        place: where it stands.
        seen: what the log says.
        trend: how that moves over the months, when there are enough of them.
        covers: the assumptions it decides on, itself included.
        direct: whether the model states this very number, or it follows from several of them.
    """

    name: str
    kind: Kind
    unit: str
    modelled: float
    low: float
    high: float
    evidence: FieldEvidence
    place: Place
    seen: Observation
    trend: Trend | None = None
    covers: tuple[str, ...] = ()
    direct: bool = True

    @property
    def is_share(self) -> bool:
        """Whether it is a share, with the tolerance of shares."""
        return self.unit == "share"

    @property
    def grade(self) -> str:
        """The evidence grade."""
        return self.evidence.grade or "assumed"

    @property
    def agreeing(self) -> tuple[float, float]:
        """The values that agree with the assumption in practice."""
        return tolerated(self.modelled, self.low, self.high, self.is_share)

    @property
    def distance(self) -> float:
        """How far off the assumption is, in tolerances."""
        low, high = self.agreeing
        return abs(self.seen.value - self.modelled) / ((high - low) / 2 or 1.0)
