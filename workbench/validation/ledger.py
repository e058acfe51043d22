"""Which assumptions of the model does the contact log confirm, and which does it contradict?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from touchpoints.inventory import Assumption, Inventory
from workbench.language.language import Language
from workbench.log.engine import Log
from workbench.log.notes import note, texts
from workbench.log.selection import EVERYTHING, Selection
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table
from workbench.validation.claim import Claim
from workbench.validation.counts import covered
from workbench.validation.coverage import Silent, silent
from workbench.validation.drift import Trend
from workbench.validation.labels import label_of, label_of_contact
from workbench.validation.observed import observed
from workbench.validation.rows import Row, claims_of
from workbench.validation.sight import Sight, sight_of
from workbench.validation.starts import start_rates, start_rows
from workbench.validation.stitching import Disturbance, disturbance
from workbench.validation.transitions import transition_rows
from workbench.validation.unmodelled import Unmatched, contacts_in, unmatched
from workbench.validation.verdict import (
    SIGNIFICANCE,
    VERDICTS,
    Verdict,
    adjusted,
    decide,
    needed,
    p_value,
    tolerated,
)

ORDER = VERDICTS
"""The verdicts in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One assumption with its verdict.

    Attributes:
        claim: the assumption and what the log says.
        label: what people call it.
        adjusted_p: the chance of so large a difference, corrected for the number of assumptions.
        verdict: what follows.
        needed: how many contacts would decide it, when there are too few.
        drifting: whether it moves over the months, more than chance and more than the tolerance; None when there are
            too few months to tell.
    """

    claim: Claim
    label: str
    adjusted_p: float
    verdict: Verdict
    needed: int | None
    drifting: bool | None


@dataclass(frozen=True, repr=False)
class Ledger(Result):
    """The validation ledger: contradictions first, the largest deviations first.

    Attributes:
        entries: the assumptions with their verdicts.
        unmatched: what only one of log and model knows.
        silent: the numbers of the model that the log says nothing about.
        notes: what a reader of the log should know.
        inventory: the model.
        least: observations of fewer contacts are not shown.
        rows: the rows of shares that the entries are about.
    """

    entries: tuple[Entry, ...]
    unmatched: tuple[Unmatched, ...]
    silent: tuple[Silent, ...]
    notes: tuple[str, ...]
    inventory: Inventory
    least: int
    rows: tuple[Row, ...]
    inputs: tuple[Assumption, ...]
    language: Language

    def count(self, verdict: Verdict) -> int:
        """How many assumptions got a verdict."""
        return sum(entry.verdict == verdict for entry in self.entries)

    @property
    def drifting(self) -> tuple[Entry, ...]:
        """The assumptions that move over the months."""
        return tuple(entry for entry in self.entries if entry.drifting)

    def tables(self) -> tuple[Table, ...]:
        """The ledger; what only one of log and model knows; what drifts; what needs more; where the log is silent."""
        found = (self._ledger(), self._unmatched(), self._drift(), self._needed(), self._silent())
        return tuple(one for index, one in enumerate(found) if one.rows or not index)

    def _ledger(self) -> Table:
        columns = ["assumption", "unit", "modelled", "grade", "observed", "observed_low", "observed_high", "n",
                   "verdict", "drift", "place"]  # fmt: skip
        rows, hidden = [], 0
        for entry in self.entries:
            one, seen = entry.claim, entry.claim.seen
            shown = seen.n >= self.least
            hidden += not shown
            values = (seen.value, seen.low, seen.high, seen.n) if shown else (None,) * 4
            drift = None if entry.drifting is None else "drifting" if entry.drifting else "steady"
            rows.append((entry.label, one.unit, one.modelled, one.grade, *values, entry.verdict, drift,
                         str(one.place)))  # fmt: skip
        notes = self.notes
        if hidden:
            notes += texts([note("ledger_hidden", hidden=hidden, least=self.least)], self.language)
        return table("ledger", columns, rows, notes, [entry.claim.name for entry in self.entries])

    def _unmatched(self) -> Table:
        rows = []
        for one in self.unmatched:
            contact = label_of_contact(self.inventory, one.contact, self.language)
            after = label_of_contact(self.inventory, one.after, self.language) if one.after else None
            before, then = (contact, after) if one.side == "journey_unmodelled" else (after, contact)
            path = " → ".join(part for part in (before, then) if part)
            shown = one.n is None or one.n >= self.least
            if shown:
                rows.append((one.side, path, one.n, one.share, str(one.place) if one.place else None))
        hidden = len(self.unmatched) - len(rows)
        notes = texts([note("unmatched_hidden", hidden=hidden, least=self.least)], self.language) if hidden else ()
        return table(
            "unmatched", ["unmatched", "contact_path", "contacts_in_log", "share_in_log", "place"], rows, notes
        )

    def _drift(self) -> Table:
        rows = []
        for entry in self.drifting:
            one, moved = entry.claim, entry.claim.trend
            if moved is not None and min(moved.first.n, moved.last.n) >= self.least:
                rows.append((entry.label, one.unit, moved.first.value, moved.last.value, moved.change, moved.low,
                             moved.high, str(one.place)))  # fmt: skip
        columns = ["assumption", "unit", "from_month", "to_month", "change", "change_low", "change_high", "place"]
        return table("ledger_drift", columns, rows)

    def _needed(self) -> Table:
        few = sorted((entry for entry in self.entries if entry.needed), key=lambda entry: entry.needed or 0)
        rows = [
            (entry.label, entry.claim.seen.n if entry.claim.seen.n >= self.least else None, entry.needed)
            for entry in few
        ]
        return table("ledger_needed", ["assumption", "n", "needed"], rows)

    def _silent(self) -> Table:
        counts = Counter(one.why for one in self.silent)
        rows = []
        for why, count in counts.most_common():
            example = next(one.assumption for one in self.silent if one.why == why)
            rows.append((why, count, str(example.place)))
        return table("ledger_silent", ["silent", "assumptions_count", "example"], rows)


def ledger(project: Project, log: Log, language: Language | None = None) -> Ledger:
    """Every number of the model that the log can speak to, with its verdict.

    A value that was calibrated on contacts of this log is held against later ones only. The correction for testing
    many assumptions (Benjamini–Yekutieli) covers the contradictions, and apart from them the drifts.
    """
    inventory = project.inventory
    language = language or project.language
    exact = log.exact
    sight = sight_of(inventory, exact)
    found = gather(inventory, exact, sight)
    claims = found.claims
    held_out = _held_out(inventory, exact, sight, claims)
    fresh = [held_out.get(claim.name, claim) for claim in claims]
    corrected = adjusted([p_value(one.seen, one.low, one.high) if one else 1.0 for one in fresh])
    moving = adjusted([claim.trend.p if claim.trend else 1.0 for claim in claims])
    entries = []
    for claim, own, p, trend_p in zip(claims, fresh, corrected.tolist(), moving.tolist(), strict=True):
        shown = own or claim
        verdict = decide(own.seen, own.agreeing, p) if own else "calibrated"
        more = needed(shown.seen, shown.agreeing) if verdict == "too_few" else None
        shown = replace(shown, trend=claim.trend)
        drifting = _drifts(claim, trend_p)
        entries.append(Entry(shown, label_of(inventory, claim.name, language), p, verdict, more, drifting))
    entries.sort(key=lambda entry: (ORDER.index(entry.verdict), -entry.claim.distance, entry.claim.name))
    names = {name for claim in claims for name in claim.covers}
    numbers = list(inventory.assumptions())
    contacts = contacts_in(exact)
    return Ledger(
        entries=tuple(entries),
        unmatched=unmatched(inventory, exact, sight, found.rows, contacts),
        silent=tuple(silent(inventory, exact, sight, contacts, [one for one in numbers if one.name not in names])),
        notes=(*texts(log.notes, language), *_method_notes(exact, found.by_chance, language)),
        inventory=inventory,
        least=log.suppress_below,
        rows=found.rows,
        inputs=tuple(one for one in numbers if one.name in names),
        language=language,
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a part of the log says about a model.

    Attributes:
        claims: all assumptions that it can speak to.
        rows: the rows of shares among them.
        by_chance: how often another need of a customer comes up, where journeys are stitched by customer.
    """

    claims: tuple[Claim, ...]
    rows: tuple[Row, ...]
    by_chance: Disturbance | None


def gather(inventory: Inventory, log: Log, sight: Sight, selection: Selection = EVERYTHING) -> Gathered:
    """All assumptions that the contacts of a selection can speak to.

    Args:
        inventory: a model without errors.
        log: an open log that withholds nothing (`log.exact`).
        sight: how the journeys of the model show in it.
        selection: the contacts that count.
    """
    by_chance = disturbance(log, selection)
    starts, passed = (
        start_rows(inventory, log, sight, selection),
        transition_rows(inventory, log, sight, by_chance, selection),
    )
    rows = (*starts, *passed)
    claims = [*observed(inventory, log, selection), *start_rates(inventory, log, sight, selection)]
    claims += [claim for row in rows for claim in claims_of(row)]
    return Gathered(tuple(claims), rows, by_chance)


def _held_out(inventory: Inventory, log: Log, sight: Sight, claims: Iterable[Claim]) -> dict[str, Claim | None]:
    """The claims that contacts of this log set: what later contacts say, or None when there are none that do."""
    ends = covered(log, EVERYTHING)
    if ends is None:
        return {}
    found: dict[str, Claim | None] = {}
    later: dict[date, dict[str, Claim]] = {}
    for claim in claims:
        period = claim.evidence.period
        if period is None or period.end < ends[0] or period.start > ends[1]:
            continue
        if period.end not in later:
            after = Selection(since=period.end + timedelta(days=1))
            later[period.end] = {one.name: one for one in gather(inventory, log, sight, after).claims}
        found[claim.name] = later[period.end].get(claim.name)
    return found


def _drifts(claim: Claim, adjusted_p: float) -> bool | None:
    """Whether a number moves more than chance and more than its tolerance."""
    moved: Trend | None = claim.trend
    if moved is None:
        return None
    low, high = tolerated(claim.seen.value, claim.seen.value, claim.seen.value, claim.is_share)
    return adjusted_p <= SIGNIFICANCE and abs(moved.change) > (high - low) / 2


def _method_notes(log: Log, by_chance: Disturbance | None, language: Language) -> Iterator[str]:
    """What a reader should know of how journeys were put together."""
    if by_chance is not None:
        yield language.text("log.stitched", share=language.share(by_chance.share), days=log.window_days)
