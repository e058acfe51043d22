"""How are times spread, and how many stay within a limit?

A distribution is answered from histograms per month, where a quantile is off by 1.3% at most; a question by day, week
or weekday, about outcomes, or for exact numbers goes to the contacts themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import numpy as np
from ibis import _

from workbench.language.language import Language
from workbench.log.buckets import quantiles_of_buckets, quantiles_of_values
from workbench.log.coding import Codes, Numbers, combined
from workbench.log.contact import FIELDS, SERVED
from workbench.log.disclosure import Disclosed, disclosed, fits_months
from workbench.log.engine import Log
from workbench.log.intervals import mean_intervals, quantile_ranks
from workbench.log.measure import Cells, Measure, Names, measure, named, small_groups
from workbench.log.measures import HANDLED, absent, no_cells, share_measure
from workbench.log.notes import Note, field_note, note, texts
from workbench.log.rollups import seconds_between
from workbench.log.selection import EVERYTHING, Groups, Selection, grouped
from workbench.result import Result
from workbench.tables import Table, table

QUANTILES = (0.1, 0.5, 0.9)
"""What a distribution is described by, beside mean and standard deviation."""

_PARTS = {"handling_time_s": "handling", "wait_s": "wait", "answer_time_s": "answer"}
_SOURCES = {"answer_time_s": "answered_at"}


@dataclass(frozen=True, repr=False)
class Distribution(Result):
    """How a time is spread: mean, standard deviation, P10, P50 and P90, with 95% intervals."""

    time: str
    by: tuple[str, ...]
    mean: Cells
    quantiles: Mapping[float, Cells]
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)
    names: Names = field(default_factory=dict)

    def tables(self) -> tuple[Table, ...]:
        """One row a group; and one a group and quantile, with its interval."""
        groups = [named(group, self.by, self.names) for group in self.mean.groups]
        means = list(zip(*self.mean.columns(), strict=True))
        found = {q: list(zip(*cells.columns(), strict=True)) for q, cells in self.quantiles.items()}
        spread = [
            (*group, *means[at], *(found[q][at][1] for q in QUANTILES)) for at, group in enumerate(groups)
        ]  # fmt: skip
        each = [(*group, q, *found[q][at][:4]) for at, group in enumerate(groups) for q in QUANTILES]
        columns = (*self.by, "n", "mean_s", "mean_low_s", "mean_high_s", "sd_s", "p10_s", "p50_s", "p90_s")
        return (
            table(f"log_spread_{self.time}", columns, spread, texts(self.notes, self.language)),
            table("log_quantiles", (*self.by, "quantile", "n", "quantile_s", "mean_low_s", "mean_high_s"), each),
        )


def distribution(
    log: Log,
    time: str = "handling_time_s",
    by: Sequence[str] = (),
    selection: Selection = EVERYTHING,
    *,
    exact: bool = False,
) -> Distribution:
    """How a time is spread over the contacts.

    Args:
        log: an open log.
        time: handling_time_s (of contacts that were handled), wait_s or answer_time_s.
        by: how to group.
        selection: which contacts.
        exact: go to the contacts, also where the histograms have an answer.

    Raises:
        ValueError: `time` is none of the above.
    """
    if time not in _PARTS:
        raise ValueError(f"time must be of {', '.join(_PARTS)}, got {time!r}")
    stored = _SOURCES.get(time, time)
    if not log.has(stored):
        return Distribution(time, tuple(by), no_cells(by), dict.fromkeys(QUANTILES, no_cells(by)), absent(log, stored))
    daily = log.table("daily")
    where = HANDLED if time == "handling_time_s" else ibis.literal(True)
    n, total, squares = (_[f"{_PARTS[time]}_{part}"].sum(where=where) for part in ("n", "sum", "sumsq"))
    seen = disclosed(log, by, selection, n, daily, _.n.sum())
    groups = grouped(log, seen.rows(daily), by, n=n, total=total, squares=squares)
    groups = groups.of(groups["n"] > 0)
    mean = Cells(groups.keys, groups["n"], *mean_intervals(groups["n"], groups["total"], groups["squares"]))
    from_months = not exact and fits_months(log, by, selection) and "outcome" not in (*by, *selection.where)
    if from_months:
        rows = log.table("times")
        counts = grouped(log, seen.rows(rows.filter(rows.field == time)), (*by, "bucket"), n=_.n.sum())
    else:
        counts = _values(log, seen, time, by, handled=time == "handling_time_s")
    notes = (note("histogram"),) if from_months else ()
    found = {q: _quantile_cells(by, counts, q, buckets=from_months) for q in QUANTILES}
    return Distribution(
        time, tuple(by), mean, found, (*notes, *absent(log, stored), *seen.notes, *small_groups(mean.n))
    )


def quantile(
    log: Log,
    field: str,
    q: float = 0.5,
    by: Sequence[str] = (),
    selection: Selection = EVERYTHING,
    *,
    served: bool = False,
) -> Measure:
    """The q-quantile of a time [s], exact, linear between two neighbours; the median when q is not given.

    Args:
        log: an open log.
        field: handling_time_s, wait_s or ivr_time_s.
        q: from 0 to 1.
        by: how to group.
        selection: which contacts.
        served: only the contacts that were handled.

    Raises:
        ValueError: `field` is no time, or `q` is no share.
    """
    if not 0 <= q <= 1:
        raise ValueError(f"q must be from 0 to 1, got {q!r}")
    rows = _times(log, field, served)
    notes = (field_note("quantile", field, q=f"{q:g}"), *absent(log, field))
    seen = disclosed(log, by, selection, _.count(), rows)
    counts = _values(log, seen, field, by, handled=served)
    return measure("quantile", "s", by, _quantile_cells(by, counts, q, buckets=False), (*notes, *seen.notes))


def share_within(
    log: Log,
    field: str,
    limit_s: float,
    by: Sequence[str] = (),
    selection: Selection = EVERYTHING,
    *,
    served: bool = False,
) -> Measure:
    """Share of contacts whose time is at most a limit [s]; arguments as in `quantile`."""
    rows = _times(log, field, served)
    seen = disclosed(log, by, selection, _.count(), rows)
    groups = grouped(log, seen.rows(rows), by, hits=(_[field] <= limit_s).sum(), n=_.count())
    notes = (field_note("within", field, limit=f"{limit_s:g}"), *absent(log, field))
    return share_measure("within", by, groups, seen, notes)


def _times(log: Log, field: str, served: bool) -> ibis.Table:
    times = [name for name, spec in FIELDS.items() if spec.kind == "seconds"]
    if field not in times:
        raise ValueError(f"field must be of {', '.join(times)}, got {field!r}")
    contact = log.table("contact")
    rows = contact.filter(contact[field].notnull())
    return rows.filter(rows.outcome.isnull() | rows.outcome.isin(list(SERVED))) if served else rows


def _values(log: Log, seen: Disclosed, time: str, by: Sequence[str], *, handled: bool) -> Groups:
    """How often each value occurs in each group, from the contacts."""
    contact = log.table("contact")
    if time == "answer_time_s":
        contact = contact.mutate(answer_time_s=seconds_between(contact.started_at, contact.answered_at))
    rows = contact.filter(contact[time].notnull())
    rows = rows.filter(HANDLED) if handled else rows
    return grouped(log, seen.rows(rows), (*by, time), n=_.count())


def _quantile_cells(by: Sequence[str], counts: Groups, q: float, *, buckets: bool) -> Cells:
    """The quantile of each group with its interval, from counts per bucket or per value, the last key."""
    *keys, last = counts.keys
    group: Codes = combined([key.codes for key in keys]) if by else np.zeros(counts.size, np.int64)
    values = np.array([0.0, *last.words[1:]], dtype=float)[last.codes]
    first = np.unique(group, return_index=True)[1]
    n = np.bincount(group, counts["n"], len(first)).astype(float)

    def at(ranks: Numbers) -> Numbers:
        if buckets:
            return quantiles_of_buckets(group, values.astype(np.int64), counts["n"], ranks)
        return quantiles_of_values(group, values, counts["n"], ranks)

    ranks = quantile_ranks(n, q) if len(first) else ()
    return Cells([key.of(first) for key in keys], n, *(map(at, ranks) if len(first) else (n,)))
