"""What does the log say about a row of shares that sum to one?

The last share of a row follows from the others, so a row of K shares is K − 1 assumptions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from touchpoints.inventory import evidence_at
from touchpoints.quantities import Share
from touchpoints.records.journey import Journey, Rest
from workbench.log.dirichlet import dirichlet_intervals
from workbench.validation.claim import Claim, Kind
from workbench.validation.drift import Month, trend
from workbench.validation.stitching import Corrected
from workbench.validation.verdict import Observation

STOP = "stop"
"""No further contact in the journey: resolved and given up look the same in a log."""

ELSEWHERE = "elsewhere"
"""A contact to which the model leads nobody from here."""

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Row:
    """A row of shares of a journey, and how often each was seen.

    Attributes:
        journey: the journey.
        path: where the row stands in it: ("steps", STEP, "next"), ("start",), ("personas",).
        kind: next, start or personas.
        modelled: the share of each target that a log can show; 1 in all [1].
        hits: how often each was seen, targets outside the row together as `elsewhere`.
        months: the same per month.
        direct: whether the model states these very shares, so that they can be calibrated.
        corrected: the shares without what followed by chance, where contacts are stitched by customer.
        elsewhere: how often each contact outside the row was seen.
    """

    journey: Journey
    path: tuple[str, ...]
    kind: Kind
    modelled: Mapping[str, float]
    hits: Mapping[str, int]
    months: Mapping[date, Mapping[str, int]]
    direct: bool = True
    corrected: Mapping[str, Corrected] | None = None
    elsewhere: Mapping[tuple[str | None, str | None], int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """The contacts it rests on."""
        return sum(self.hits.values())

    def seen(self) -> dict[str, Observation]:
        """The observed share of every target, the standard error being that of the modelled share (a score test)."""
        n = self.n
        targets = [
            target for target in (*self.modelled, ELSEWHERE) if self.modelled.get(target) or self.hits.get(target)
        ]
        counts = [self.hits.get(target, 0) for target in targets]
        found = {}
        for target, hits, ends in zip(targets, counts, dirichlet_intervals(counts), strict=True):
            share = self.modelled.get(target, 0.0)
            se = math.sqrt(max(share * (1 - share), 0.25 / n) / n)
            one = Observation(hits / n, *ends, se, n)
            if self.corrected is not None and target in self.corrected:
                one = _widened(self.corrected[target], one)
            found[target] = one
        return found


def _widened(right: Corrected, plain: Observation) -> Observation:
    """The corrected share; half of what it was moved by is added to the interval, and to the standard error."""
    doubt = abs(right.moved) / 2
    reach = Z_95 * right.se + doubt
    se = math.hypot(max(right.se, plain.se), doubt / Z_95)
    return Observation(right.share, max(0.0, right.share - reach), min(1.0, right.share + reach), se, plain.n)


def claims_of(row: Row) -> Iterator[Claim]:
    """The assumptions of a row that are independent of each other.

    Left out is no further contact, which is no single share of the model; else the share written as `rest`; else the
    largest.
    """
    seen = row.seen() if row.n else {}
    if len(seen) < 2:
        return
    implied = _implied(row, list(seen))
    for target, observation in seen.items():
        if target == implied:
            continue
        share = row.modelled.get(target, 0.0)
        place = row.journey.where(*row.path, target) if target != ELSEWHERE else row.journey.where(*row.path)
        name = f"journeys/{row.journey.id}/{'.'.join((*row.path, target))}"
        yield Claim(
            name=name,
            kind=row.kind,
            unit="share",
            modelled=share,
            low=share,
            high=share,
            evidence=evidence_at(row.journey, (*row.path, target)),
            place=place,
            seen=observation,
            trend=trend(list(_months(row, target))),
            covers=tuple(_covered(row, target, implied)),
            direct=row.direct and target != ELSEWHERE,
        )


def _implied(row: Row, targets: list[str]) -> str:
    if STOP in targets:
        return STOP
    rest = [target for target in targets if isinstance(stated(row).get(target), Rest)]
    return rest[0] if rest else max(row.modelled, key=lambda target: row.modelled[target])


def stated(row: Row) -> Mapping[str, Share | Rest]:
    """The row as the model writes it; empty when it writes none."""
    here: object = row.journey
    for key in row.path:
        here = here.get(key) if isinstance(here, Mapping) else getattr(here, key, None)
    return here if isinstance(here, Mapping) else {}


def _covered(row: Row, target: str, implied: str) -> Iterator[str]:
    """The assumptions that a claim decides on: its own share, and with the first of a row the one that follows."""
    prefix = f"journeys/{row.journey.id}/{'.'.join(row.path)}."
    yield prefix + target
    if implied == STOP:
        yield from (f"{prefix}{end}" for end in ("resolved", "gave_up"))
    else:
        yield prefix + implied


def _months(row: Row, target: str) -> Iterator[Month]:
    whole = row.n
    share = row.hits.get(target, 0) / whole
    spread = math.sqrt(max(share * (1 - share), 0.25 / whole))
    for start in sorted(row.months):
        n = sum(row.months[start].values())
        if n:
            yield Month(start, row.months[start].get(target, 0) / n, spread / math.sqrt(n), n)
