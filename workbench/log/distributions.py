"""How are times spread, and how many stay within a limit? Answered from the contacts themselves."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from workbench.log.contact import FIELDS, SERVED
from workbench.log.engine import Log
from workbench.log.measure import Cell, Measure, measure
from workbench.log.measures import absent, share_measure
from workbench.log.notes import field_note
from workbench.log.selection import EVERYTHING, Selection, summed


def quantile(
    log: Log,
    field: str,
    q: float = 0.5,
    by: Sequence[str] = (),
    selection: Selection = EVERYTHING,
    *,
    served: bool = False,
) -> Measure:
    """The q-quantile of a time [s], linear between two neighbours; the median when q is not given.

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
    table = _times(log, field, selection, served)
    rows = log.rows(summed(table, by, n=table[field].count(), value=table[field].quantile(q)))
    cells = [Cell(tuple(row[key] for key in by), int(row["n"]), row["value"]) for row in rows if row["n"]]
    return measure("quantile", "s", by, cells, (field_note("quantile", field, q=f"{q:g}"), *absent(log, field)))


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
    table = _times(log, field, selection, served)
    hits = (table[field] <= limit_s).sum()
    rows = log.rows(summed(table, by, hits=hits, n=table[field].count()))
    notes = (field_note("within", field, limit=f"{limit_s:g}"), *absent(log, field))
    return share_measure("within", by, rows, notes)


def _times(log: Log, field: str, selection: Selection, served: bool) -> ibis.Table:
    times = [name for name, spec in FIELDS.items() if spec.kind == "seconds"]
    if field not in times:
        raise ValueError(f"field must be of {', '.join(times)}, got {field!r}")
    table = selection.of(log.table("contact"))
    table = table.filter(table[field].notnull())
    return table.filter(table.outcome.isnull() | table.outcome.isin(list(SERVED))) if served else table
