"""Does the first part of the log predict the rest, as often as its intervals promise?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.language.language import Language
from workbench.log.engine import Log
from workbench.log.intervals import wilson
from workbench.log.notes import note, texts
from workbench.log.selection import EVERYTHING, Selection
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table
from workbench.validation.claim import Claim, Kind
from workbench.validation.counts import covered
from workbench.validation.ledger import gather
from workbench.validation.sight import sight_of
from workbench.validation.verdict import LEAST_CONTACTS

PROMISED = 0.95
"""How often the interval should hold."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """A number measured in the first part, and what it turned out to be in the rest.

    Attributes:
        claim: the assumption, with what the first part says.
        later: the value in the rest.
        low, high: where 95% of such values should lie, given both parts' numbers of contacts.
    """

    claim: Claim
    later: float
    low: float
    high: float

    @property
    def held(self) -> bool:
        """Whether it did."""
        return self.low <= self.later <= self.high


@dataclass(frozen=True, repr=False)
class Prediction(Result):
    """How often the first part of the log predicted the rest, in all and per kind of number."""

    predicted: tuple[Predicted, ...]
    first: tuple[date, date] | None
    rest: tuple[date, date] | None
    notes: tuple[str, ...]
    language: Language

    @property
    def coverage(self) -> float | None:
        """The share of intervals that held; None when there was nothing to predict."""
        return sum(one.held for one in self.predicted) / len(self.predicted) if self.predicted else None

    def tables(self) -> tuple[Table, ...]:
        """Coverage in all and per kind, with the 95% interval of the share."""
        counts: Counter[Kind] = Counter(one.claim.kind for one in self.predicted)
        held: Counter[Kind] = Counter(one.claim.kind for one in self.predicted if one.held)
        everything = (("all_kinds", len(self.predicted), sum(held.values())),)
        rows = [
            (kind, n, hits, hits / n, *wilson(hits, n))
            for kind, n, hits in (*everything, *((kind, n, held[kind]) for kind, n in counts.most_common()))
            if n
        ]
        columns = ["about", "predictions", "held", "held_share", "log_share_low", "log_share_high"]
        return (table("prediction", columns, rows, self.notes, [row[0] for row in rows]),)


def prediction(project: Project, log: Log, language: Language | None = None, share: float = 2 / 3) -> Prediction:
    """Measure every number in the first part of the log, and hold its interval against the rest.

    The value of the rest lies within x̄ ± 1.96 √(s₁² + s₂²) in 95 of 100 cases when nothing moves: its own chance
    counts too, s₂ = s₁ √(n₁/n₂).

    Args:
        project: a project whose model has no errors.
        log: its contact log.
        language: the language of the tables.
        share: the first part's share of the days [1].

    Raises:
        ValueError: the share is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"share must be between 0 and 1, got {share!r}")
    language = language or project.language
    exact = log.exact
    ends = covered(exact, EVERYTHING)
    if ends is None or (ends[1] - ends[0]).days < 2:
        return Prediction((), None, None, texts([note("prediction_short")], language), language)
    split = ends[0] + timedelta(days=round(((ends[1] - ends[0]).days + 1) * share))
    first, rest = Selection(since=ends[0], until=split - timedelta(days=1)), Selection(since=split, until=ends[1])
    sight = sight_of(project.inventory, exact)
    before, after = (gather(project.inventory, exact, sight, part).claims for part in (first, rest))
    found = tuple(_pairs(before, {claim.name: claim for claim in after}))
    days = {
        "first": f"{ends[0]:%Y-%m-%d} – {split - timedelta(days=1):%Y-%m-%d}",
        "rest": f"{split:%Y-%m-%d} – {ends[1]:%Y-%m-%d}",
    }
    notes = texts([note("prediction_parts", **days, least=LEAST_CONTACTS)], language)
    return Prediction(found, (ends[0], split - timedelta(days=1)), (split, ends[1]), notes, language)


def _pairs(before: Iterable[Claim], after: dict[str, Claim]) -> Iterable[Predicted]:
    for claim in before:
        later = after.get(claim.name)
        if later is None or min(claim.seen.n, later.seen.n) < LEAST_CONTACTS:
            continue
        low, high = (_spread(end, claim, later) for end in (claim.seen.low, claim.seen.high))
        yield Predicted(claim, later.seen.value, low, high)


def _spread(end: float, claim: Claim, later: Claim) -> float:
    """An end of the interval, moved out for the chance of the rest."""
    return claim.seen.value + (end - claim.seen.value) * math.sqrt(1 + claim.seen.n / later.seen.n)
