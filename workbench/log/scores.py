"""How easy do customers find it? Scores after the contact, each scale for itself.

CES2 asks whether the organisation made it easy, from 1 to 7 (7: very easy); CES1 how much effort it took, from 1 to 5
(1: very little). Scales are never put together; scores on any other scale have a mean under its own name, no more.

References:
    Dixon, Freeman and Toman (2010), Stop trying to delight your customers, Harvard Business Review 88(7/8) (CES1).
    Dixon, Toman and DeLisi (2013), The Effortless Experience, app. E (CES2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import ibis
import numpy as np
from ibis import _

from workbench.language.language import Language
from workbench.log.coding import Numbers, combined
from workbench.log.disclosure import Disclosed, disclosed, fits_months
from workbench.log.engine import Log
from workbench.log.intervals import Z_95, mean_intervals, wilson_intervals
from workbench.log.measure import Cells, Measure, Names, measure, named, small_groups
from workbench.log.measures import absent, no_cells
from workbench.log.notes import Note, note, texts
from workbench.log.selection import EVERYTHING, Selection, grouped
from workbench.result import Result
from workbench.tables import Table, table


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of effort: its hardest and its easiest score; which scores are easy, very easy, and hard."""

    hardest: float
    easiest: float
    easy: float
    very_easy: float
    hard: float

    def at_least(self, scores: Numbers, limit: float) -> Numbers:
        """Which scores are as easy as a limit, or easier."""
        easier = scores >= limit if self.easiest > self.hardest else scores <= limit
        return easier.astype(np.float64)


SCALES = {"ces2": Scale(1, 7, easy=5, very_easy=6, hard=3), "ces1": Scale(5, 1, easy=2, very_easy=2, hard=4)}


@dataclass(frozen=True, repr=False)
class EffortScores(Result):
    """Customer effort scores per scale and group, each part with its 95% interval.

    Attributes:
        mean: the mean score [points].
        positive: the share that found it easy (CES2: 5 to 7; CES1: 1 or 2).
        top_two: the share of the two easiest scores.
        net: the share that found it easy less the share that found it hard (CES2: 1 to 3; CES1: 4 or 5).
        index: the mean effort from 0 (none) to 1, (easiest − score) / (easiest − hardest).
    """

    by: tuple[str, ...]
    mean: Cells
    positive: Cells
    top_two: Cells
    net: Cells
    index: Cells
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)
    names: Names = field(default_factory=dict)

    def tables(self) -> tuple[Table, ...]:
        """One row a scale and group."""
        parts = ("score", "positive", "top_two", "net", "effort_index")
        columns = [f"{part}{end}" for part in parts for end in ("", "_low", "_high")]
        cells = zip(self.mean, self.positive, self.top_two, self.net, self.index, strict=True)
        rows = [
            (
                *named(own[0].group, self.by, self.names),
                own[0].n,
                *(end for one in own for end in (one.value, one.low, one.high)),
            )
            for own in cells
        ]
        return (table("log_effort_scores", (*self.by, "n", *columns), rows, texts(self.notes, self.language)),)


def effort_scores(log: Log, by: Sequence[str] = (), selection: Selection = EVERYTHING) -> EffortScores:
    """Customer effort scores per scale and group; scores on other scales than CES1 and CES2 are left out."""
    names = ("effort_scale", *by)
    if not log.has("effort_score"):
        nothing = no_cells(names)
        return EffortScores(names, nothing, nothing, nothing, nothing, nothing, absent(log, "effort_score"))
    seen, table_of_scores, n = _source(log, names, selection)
    known = seen.rows(table_of_scores).filter(_.effort_scale.isin(list(SCALES)))
    counts = grouped(log, known, (*names, "effort_score"), n=n)
    *keys, last = counts.keys
    scales = [SCALES[word] for word in keys[0].values()]
    group = combined([key.codes for key in keys])
    first = np.unique(group, return_index=True)[1]
    score = np.array([0.0, *last.words[1:]], dtype=float)[last.codes]

    def summed(values: Numbers) -> Numbers:
        return np.bincount(group, counts["n"] * values, len(first)).astype(float)

    total = summed(np.ones_like(score))
    easy, top, hard = (
        summed(np.array([_flag(scale, one, what) for scale, one in zip(scales, score, strict=True)], dtype=float))
        for what in ("easy", "very_easy", "hard")
    )
    mean = mean_intervals(total, summed(score), summed(score**2))
    easiest, hardest = (
        np.array([getattr(scales[at], end) for at in first], dtype=float) for end in ("easiest", "hardest")
    )
    index = np.sort([(easiest - end) / (easiest - hardest) for end in mean[1:3]], axis=0)
    net = (easy - hard) / total
    reach = Z_95 * np.sqrt(np.maximum(0.0, (easy + hard) / total - net**2) / total)
    shown = [key.of(first) for key in keys]
    return EffortScores(
        names,
        Cells(shown, total, *mean),
        Cells(shown, total, easy / total, *wilson_intervals(easy, total)),
        Cells(shown, total, top / total, *wilson_intervals(top, total)),
        Cells(shown, total, net, np.maximum(-1.0, net - reach), np.minimum(1.0, net + reach)),
        Cells(shown, total, (easiest - mean[0]) / (easiest - hardest), *index),
        (*seen.notes, *small_groups(total)),
    )


def _flag(scale: Scale, score: float, what: str) -> float:
    up = 1.0 if scale.easiest > scale.hardest else -1.0
    limit = getattr(scale, what)
    return float(up * score <= up * limit if what == "hard" else up * score >= up * limit)


def effort_score(log: Log, by: Sequence[str] = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean score after the contact [points], on the scale that the log states; per scale when it has several."""
    if not log.has("effort_score"):
        return measure("effort_score", "points", by, no_cells(by), absent(log, "effort_score"))
    score = log.table("score")
    scales = sorted(str(row["effort_scale"] or "?") for row in log.rows(score.select("effort_scale").distinct()))
    names = tuple(by) if len(scales) == 1 else ("effort_scale", *by)
    seen, rows, n = _source(log, names, selection)
    one = _.n if "n" in rows.columns else 1
    total, squares = (_.effort_score * one).sum(), (_.effort_score * _.effort_score * one).sum()
    groups = grouped(log, seen.rows(rows), names, n=n, total=total, squares=squares)
    groups = groups.of(groups["n"] > 0)
    cells = Cells(groups.keys, groups["n"], *mean_intervals(groups["n"], groups["total"], groups["squares"]))
    return measure("effort_score", "points", names, cells, (note("scale", scales=", ".join(scales)), *seen.notes))


def _source(log: Log, names: Sequence[str], selection: Selection) -> tuple[Disclosed, ibis.Table, ibis.Deferred]:
    """What may be shown, the scores per month or else those of the contacts, and how they are counted."""
    if fits_months(log, names, selection):
        rows, n = log.table("score"), _.n.sum()
    else:
        contact = log.table("contact")
        rows, n = contact.filter(contact.effort_score.notnull()), _.count()
    return disclosed(log, names, selection, n, rows), rows, n
