"""Which assumptions of the model does the contact log confirm, and which does it contradict?"""

from __future__ import annotations

from dataclasses import dataclass

from touchpoints.inventory import Assumption, Inventory, evidence_at
from workbench.language.language import Language
from workbench.log.engine import Log
from workbench.log.measures import volume
from workbench.log.notes import texts
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table
from workbench.validation.observed import BY, Pairing, observed
from workbench.validation.transitions import STOP, Passage, observed_passages
from workbench.validation.verdict import Observation, Verdict, adjusted, decide, needed, p_value, tolerated

ORDER: tuple[Verdict, ...] = ("contradicted", "validated", "undecided", "too_few")


@dataclass(frozen=True)
class Claim:
    """One assumption that the log can speak to.

    Attributes:
        name: what is assumed, by the model's own ids.
        unit: 1/month, s or share.
        modelled, low, high: the assumption with its range.
        seen: what the log says.
        place: file:line of the assumption.
    """

    name: str
    label: str
    unit: str
    modelled: float
    low: float
    high: float
    grade: str
    seen: Observation
    place: str

    @property
    def agreeing(self) -> tuple[float, float]:
        """The values that agree with the assumption in practice."""
        return tolerated(self.modelled, self.low, self.high, self.unit == "share")

    @property
    def distance(self) -> float:
        """How far off the assumption is, in tolerances."""
        low, high = self.agreeing
        return abs(self.seen.value - self.modelled) / ((high - low) / 2 or 1.0)


@dataclass(frozen=True)
class Entry:
    """One assumption with its verdict; `needed` contacts would decide it when there are too few."""

    claim: Claim
    adjusted_p: float
    verdict: Verdict
    needed: int | None


@dataclass(frozen=True)
class Unmatched:
    """Contacts in the log that the model lacks, or a volume of the model that the log never shows."""

    side: str
    touchpoint: str | None
    reason: str | None
    contacts: int | None
    place: str | None


@dataclass(frozen=True)
class Ledger(Result):
    """The validation ledger: contradictions first, the largest deviations first."""

    entries: tuple[Entry, ...]
    unmatched: tuple[Unmatched, ...]
    notes: tuple[str, ...]
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def _label(self, collection: str, key: str | None) -> str | None:
        """What people call it; the log's own word where the model does not know it."""
        record = getattr(self.inventory, collection).get(key)
        return record.label(self.language.code) if record else key

    def count(self, verdict: Verdict) -> int:
        """How many assumptions got a verdict."""
        return sum(entry.verdict == verdict for entry in self.entries)

    def tables(self) -> tuple[Table, ...]:
        """The ledger; what matches nothing."""
        columns = ["assumption", "unit", "modelled", "modelled_low", "modelled_high", "grade", "observed",
                   "observed_low", "observed_high", "n", "verdict", "needed", "place"]  # fmt: skip
        rows = [
            (one.label, one.unit, one.modelled, one.low, one.high, one.grade, one.seen.value, one.seen.low,
             one.seen.high, one.seen.n, entry.verdict, entry.needed, one.place)
            for entry in self.entries
            for one in (entry.claim,)
        ]  # fmt: skip
        ledger = table("ledger", columns, rows, self.notes, [entry.claim.name for entry in self.entries])
        rest = [
            (one.side, self._label("touchpoints", one.touchpoint), self._label("reasons", one.reason), one.contacts,
             one.place)
            for one in self.unmatched
        ]  # fmt: skip
        other = table("unmatched", ["unmatched", "touchpoint", "reason", "contacts_in_log", "place"], rest)
        return (ledger, other) if rest else (ledger,)


def ledger(project: Project, log: Log, language: Language | None = None) -> Ledger:
    """Every number of the model that the log can speak to, with its verdict.

    The correction for testing many assumptions (Benjamini–Yekutieli) covers the contradictions.
    """
    inventory = project.inventory
    language = language or project.language
    pairs = list(observed(inventory, log))
    claims = [_claim_of_volume(inventory, pair, language) for pair in pairs]
    claims += [_claim_of_passage(inventory, passage, language) for passage in observed_passages(inventory, log)]
    corrected = adjusted([p_value(claim.seen, claim.low, claim.high) for claim in claims])
    entries = []
    for claim, p in zip(claims, corrected.tolist(), strict=True):
        verdict = decide(claim.seen, claim.agreeing, p)
        more = needed(claim.seen, claim.agreeing) if verdict == "too_few" else None
        entries.append(Entry(claim, p, verdict, more))
    entries.sort(key=lambda entry: (ORDER.index(entry.verdict), -entry.claim.distance, entry.claim.name))
    inputs = tuple(pair.assumption for pair in pairs)
    return Ledger(tuple(entries), _unmatched(inventory, log), texts(log.notes, language), inventory, inputs, language)


def _claim_of_volume(inventory: Inventory, pair: Pairing, language: Language) -> Claim:
    assumption, estimate = pair.assumption, pair.assumption.estimate
    return Claim(
        name=assumption.name,
        label=_label_of_volume(inventory, assumption.name, language),
        unit=pair.unit,
        modelled=estimate.point,
        low=estimate.low,
        high=estimate.high,
        grade=assumption.grade,
        seen=pair.seen,
        place=str(assumption.place),
    )


def _claim_of_passage(inventory: Inventory, passage: Passage, language: Language) -> Claim:
    share = passage.modelled
    path = ("steps", passage.step, "next", passage.target)
    return Claim(
        name=f"journeys/{passage.journey}/{passage.step} → {passage.target}",
        label=_label_of_passage(inventory, passage, language),
        unit="share",
        modelled=share,
        low=share,
        high=share,
        grade=evidence_at(inventory.journeys[passage.journey], path).grade or "assumed",
        seen=passage.seen,
        place=str(passage.place),
    )


def _label_of_volume(inventory: Inventory, name: str, language: Language) -> str:
    _, touchpoint, reason, field = name.split("/")
    code = language.code
    what = language.text(f"ledger.{field}")
    return f"{inventory.touchpoints[touchpoint].label(code)} · {inventory.reasons[reason].label(code)}: {what}"


def _label_of_passage(inventory: Inventory, passage: Passage, language: Language) -> str:
    journey, code = inventory.journeys[passage.journey], language.code
    steps = journey.steps
    after = language.text("ledger.stop") if passage.target == STOP else steps[passage.target].label(code)
    return f"{journey.label(code)}: {steps[passage.step].label(code)} → {after}"


def _unmatched(inventory: Inventory, log: Log) -> tuple[Unmatched, ...]:
    """Touchpoints with reasons that only one of the two knows, largest first."""
    cells = {cell.group: cell.n for cell in volume(log, BY).cells}
    steps = {(s.touchpoint, s.reason) for j in inventory.journeys.values() for s in j.steps.values()}
    known = {(one.touchpoint, one.reason) for one in inventory.volumes.values()} | steps
    found = [Unmatched("only_in_log", group[0], group[1], n, None) for group, n in cells.items() if group not in known]
    found.sort(key=lambda one: -(one.contacts or 0))
    lacking = [
        Unmatched("only_in_model", one.touchpoint, one.reason, None, str(one.place))
        for one in inventory.volumes.values()
        if (one.touchpoint, one.reason) not in cells
    ]
    return (*found, *lacking)
