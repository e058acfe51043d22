"""Which knowledge items are used, and in what share of the contacts that use any?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from ibis import _

from workbench.log.disclosure import disclosed, fits_months
from workbench.log.engine import Log
from workbench.log.intervals import wilson_intervals
from workbench.log.measure import Cells, Measure, measure
from workbench.log.measures import absent, no_cells
from workbench.log.selection import EVERYTHING, Groups, Selection, grouped


def content_items(log: Log, by: Sequence[str] = (), selection: Selection = EVERYTHING) -> Measure:
    """The share of each item among the contacts in which an item was used, which are the n, per group."""
    names = (*by, "content_id")
    if not log.has("content_id"):
        return measure("content_items", "share", names, no_cells(names), absent(log, "content_id"))
    if fits_months(log, by, selection):
        rows, count = log.table("content"), _.n.sum()
    else:
        contact = log.table("contact")
        rows, count = contact.filter(contact.content_id.notnull()), _.count()
    seen, seen_all = (disclosed(log, grouping, selection, count, rows) for grouping in (names, by))
    items = grouped(log, seen.rows(rows), names, n=count)
    whole = grouped(log, seen_all.rows(rows), by, n=count)
    wholes = dict(zip(_groups(whole), whole["n"], strict=True))
    n = np.array([wholes.get(group[:-1], 0.0) for group in _groups(items)])
    known = (items["n"] <= n) & (n > 0)
    items, n = items.of(known), n[known]
    hits = items["n"]
    cells = Cells(items.keys, n, hits / n, *wilson_intervals(hits, n))
    return measure("content_items", "share", names, cells, seen.notes)


def _groups(found: Groups) -> list[tuple[Any, ...]]:
    return list(zip(*(key.values() for key in found.keys), strict=True)) if found.keys else [()] * found.size
