"""Does what people say about shares of contacts hold in the log, such as "the phone no longer leads"?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from touchpoints.faults import hint
from workbench.language.language import Language
from workbench.log.engine import Log
from workbench.log.notes import Note, field_note, note, texts
from workbench.log.selection import EVERYTHING, Selection
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table
from workbench.validation.hypothesis import Days, Hypothesis, parse_hypothesis
from workbench.validation.share_comparison import (
    Comparison,
    periods_against,
    share_against,
    trend,
    words_against,
)
from workbench.validation.share_counts import Counted, counted_shares
from workbench.validation.verdict import SIGNIFICANCE, adjusted

Answer = Literal["holds", "fails", "undecided", "too_few", "withheld"]
LEAST_WEEKS, LEAST_PERIODS, LEAST_CONTACTS = 5, 4, 30
"""Below so many weeks days are the periods (with the weekend as noise, so more is undecided); below so many periods,
or contacts, nothing is concluded."""
_COLLECTIONS = {"channel": "channels", "touchpoint": "touchpoints", "reason": "reasons", "persona": "personas"}


@dataclass(frozen=True)
class Tried:
    """One claim with what the log says; `p` is corrected when several claims were tried at once.

    Attributes:
        share: of the word, None when it is withheld.
        rival: the other word that it was held against, if any.
        periods, unit: how many weeks or days the counts were taken over.
    """

    hypothesis: Hypothesis
    verdict: Answer
    share: float | None = None
    comparison: Comparison | None = None
    rival: str | None = None
    p: float | None = None
    n: int | None = None
    periods: int = 0
    unit: Literal["week", "day"] = "week"


@dataclass(frozen=True, repr=False)
class Hypotheses(Result):
    """The claims that were tried, in the order in which they were asked."""

    tried: tuple[Tried, ...]
    project: Project
    language: Language
    notes: tuple[Note, ...] = ()

    def tables(self) -> tuple[Table, ...]:
        """One row a claim."""
        columns = ["claim", "claim_verdict", "log_share", "unit", "observed", "observed_low", "observed_high",
                   "held_against", "p_value", "n", "periods", "dispersion"]  # fmt: skip
        rows = [self._row(one) for one in self.tried]
        return (table("hypotheses", columns, rows, [*self.sentences, *texts(self.notes, self.language)],
                      [one.hypothesis.text for one in self.tried]),)  # fmt: skip

    def _row(self, one: Tried) -> dict[str, Any]:
        row: dict[str, Any] = {"claim": self.claim(one), "claim_verdict": one.verdict, "log_share": one.share}
        found = one.comparison
        if found is None:
            return row
        unit, scale = _unit(one.hypothesis)
        return row | {
            "unit": unit, "observed": found.value * scale, "observed_low": found.low * scale,
            "observed_high": found.high * scale, "held_against": found.against * scale, "p_value": one.p,
            "n": one.n, "periods": one.periods, "dispersion": found.dispersion,
        }  # fmt: skip

    def claim(self, one: Tried) -> str:
        """The claim as people say it."""
        asked, said = one.hypothesis, {"word": self._label(one.hypothesis.dimension, one.hypothesis.word)}
        key: str = asked.relation
        if isinstance(asked.other, float):
            said["other"] = self.language.show(asked.other, "share")
        elif isinstance(asked.other, Days):
            key, said["other"] = f"{key}_period", self._days(asked.other)
        elif asked.other is not None:
            key, said["other"] = f"{key}_word", self._label(asked.dimension, asked.other)
        told = self.language.text(f"hypothesis.{key}", **said)
        return told[:1].upper() + told[1:]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the log says about each claim, a sentence each."""
        return tuple(self._sentence(one) for one in self.tried)

    def _sentence(self, one: Tried) -> str:
        text, show, found = self.language.text, self.language.show, one.comparison
        said = {"claim": self.claim(one), "verdict": self.language.word(one.verdict)}
        if found is None:
            return text(f"hypothesis.{one.verdict}", **said)
        unit, scale = _unit(one.hypothesis)
        low, high = (show(end * scale, unit) for end in (found.low, found.high))
        rival = text("hypothesis.rival", word=self._label(one.hypothesis.dimension, one.rival)) if one.rival else ""
        p = show(one.p, "p")
        p = f"p {p}" if p.startswith("<") else f"p = {p}"
        if unit != "share":
            value = show(found.value * scale, unit)
            kind = "change" if unit == "points_per_month" else "difference"
            rival += text(f"hypothesis.{kind}", value=value, low=low, high=high, unit=self.language.word(unit))
            interval = ""
        else:
            interval = text("hypothesis.interval", low=low, high=high)
        return text("hypothesis.sentence", **said, share=show(one.share, "share"), interval=interval, rival=rival, p=p,
                    n=show(one.n, "count"))  # fmt: skip

    def _label(self, dimension: str, word: str) -> str:
        known = getattr(self.project.inventory, _COLLECTIONS[dimension]) if dimension in _COLLECTIONS else {}
        return known[word].label(self.language.code) if word in known else self.language.word(word)

    def _days(self, days: Days) -> str:
        return f"{self.language.show(days.first, 'date')} – {self.language.show(days.last, 'date')}"


def hypotheses(
    project: Project,
    log: Log,
    claims: Sequence[str | Hypothesis],
    selection: Selection = EVERYTHING,
    language: Language | None = None,
) -> Hypotheses:
    """Try claims about shares of contacts against the log.

    A claim holds when the 95% interval lies wholly on its side of what it is held against, fails when it lies wholly
    on the other side, and is undecided else. Several claims at once are corrected for (Benjamini–Yekutieli). A claim
    about a word that has, in some month (or day, where the period does not begin and end with one), fewer contacts
    than the project shows is withheld, lest two answers be subtracted.

    Args:
        project: for labels.
        log: an open log.
        claims: as in `parse_hypothesis`.
        selection: the contacts and days that the claims are about.
        language: of the result.

    Raises:
        ValueError: a claim has no such form, names a word that the log does not know, or an overlapping period.
    """
    asked = [parse_hypothesis(one) if isinstance(one, str) else one for one in claims]
    counted = {one.dimension: counted_shares(log, one.dimension, selection.where) for one in asked}
    tried = [_tried(one, counted[one.dimension], selection, log.suppress_below) for one in asked]
    corrected = iter(adjusted([one.comparison.p for one in tried if one.comparison]).tolist())
    done = []
    for one in tried:
        p = next(corrected) if one.comparison else None
        done.append(one if p is None else replace(one, p=p, verdict=_verdict(one, p)))
    notes = [note("over_dispersed")] if any(one.comparison for one in done) else []
    notes += [field_note("without_word", name, contacts=one.unknown) for name, one in counted.items() if one.unknown]
    if len(asked) > 1:
        notes.append(note("corrected", count=len(asked)))
    return Hypotheses(tuple(done), project, language or project.language, tuple(notes))


def _tried(asked: Hypothesis, counted: Counted, selection: Selection, least: int) -> Tried:
    """What the log says about one claim, not yet corrected."""
    for word in (asked.word, asked.other):
        if isinstance(word, str) and word not in counted.words:
            shown = sorted(one for one in counted.words if counted.total(one) >= least)
            raise ValueError(f"the log has no {asked.dimension} {word!r}{hint(word, shown)}")
    before = asked.other if isinstance(asked.other, Days) else None
    first = selection.since or (before.last + timedelta(days=1) if before else date.min)
    now = Days(first, selection.until or date.max)
    if before and before.first <= now.last and now.first <= before.last:
        raise ValueError(f"period must not overlap with the days that the claim is about, got {asked.text!r}")
    parts = [counted.within(days) for days in (now, before) if days]
    rival = asked.other if isinstance(asked.other, str) else None
    if asked.relation in ("leading", "not_leading"):
        others = [word for word in counted.words if word != asked.word]
        rival = max(others, key=lambda word: (parts[0].total(word), word), default=None)
    named = [asked.word, *([rival] if rival else [])]
    is_monthly = all(_in_months(days) for days in (now, before) if days)
    if any(part.cells and part.smallest(named, is_monthly) < least for part in parts):
        return Tried(asked, "withheld", rival=rival)
    compared = _compared(asked, parts, rival)
    whole = sum(parts[0].total(word) for word in parts[0].words)
    share = parts[0].total(asked.word) / whole if whole else None
    if compared is None:
        return Tried(asked, "too_few", share, rival=rival, n=whole)
    found, unit, periods = compared
    shown_rival = rival if asked.relation in ("leading", "not_leading") else None
    return Tried(asked, "undecided", share, found, shown_rival, None, whole, periods, unit)


def _in_months(days: Days) -> bool:
    """Whether a period begins and ends with a month, so that two answers differ by whole months."""
    return days.first.day == 1 and (days.last == date.max or (days.last + timedelta(days=1)).day == 1)


def _compared(
    asked: Hypothesis, parts: Sequence[Counted], rival: str | None
) -> tuple[Comparison, Literal["week", "day"], int] | None:
    """The comparison that a claim asks for, over weeks or else days; None when there are too few."""
    unit: Literal["week", "day"] = "week" if min(len(part.by("week")) for part in parts) >= LEAST_WEEKS else "day"
    sizes = [part.by(unit) for part in parts]
    hits = [part.by(unit, asked.word) for part in parts]
    periods = len(sizes[0])
    if any(len(size) < LEAST_PERIODS or size.sum() < LEAST_CONTACTS for size in sizes):
        return None
    if isinstance(asked.other, float):
        return share_against(hits[0], sizes[0], asked.other), unit, periods
    if asked.relation in ("falling", "rising"):
        if not 0 < hits[0].sum() < sizes[0].sum():
            return None
        return trend(hits[0], sizes[0], parts[0].middles(unit)), unit, periods
    if len(parts) > 1:
        return periods_against(hits[0], sizes[0], hits[1], sizes[1]), unit, periods
    others = parts[0].by(unit, rival) if rival else np.zeros(periods)
    return words_against(hits[0], others, sizes[0]), unit, periods


def _unit(asked: Hypothesis) -> tuple[str, float]:
    """The unit of what is observed, and the factor that brings it to that unit."""
    if isinstance(asked.other, float):
        return "share", 1.0
    return ("points_per_month" if asked.relation in ("falling", "rising") else "percentage_points"), 100.0


def _verdict(one: Tried, p: float) -> Answer:
    """Whether a claim holds: surely on its side, surely on the other, or neither."""
    found = one.comparison
    if found is None or p > SIGNIFICANCE:
        return "undecided"
    is_lower = found.value < found.against
    return "holds" if is_lower == (one.hypothesis.relation in ("below", "falling", "not_leading")) else "fails"
