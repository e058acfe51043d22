"""What followed each contact of a journey, in the part of the log whose sequels are known?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import ibis

from workbench.log.engine import Log
from workbench.log.selection import EVERYTHING, Selection
from workbench.validation.counts import covered

Contact = tuple[str | None, str | None]
"""Touchpoint and reason, by which a step is seen."""

Follows = Literal["within", "beyond", "never", "rare"]


@dataclass(frozen=True, slots=True)
class Followed:
    """So many contacts of one kind, by the first of their journey and by what came next (see `log.passages`)."""

    first: Contact
    here: Contact
    next: Contact | None
    follows: Follows
    persona: str | None
    month: date
    n: int
    gap_s: float


def settled(log: Log, selection: Selection = EVERYTHING, windows: int = 1) -> Selection | None:
    """The days of a selection after which the log goes on for so many repeat windows; None when there are none.

    Whether a later contact is followed is not known yet. Leaving out only those that were not followed would make
    every sequel look more likely, so all of them are left out.
    """
    ends = covered(log, EVERYTHING)
    if ends is None:
        return None
    last = ends[1] - timedelta(days=windows * log.window_days)
    until = min(last, selection.until or last)
    since = selection.since or ends[0]
    return Selection(selection.where, since, until) if since <= until else None


def followed(log: Log, firsts: Collection[Contact], selection: Selection = EVERYTHING) -> Iterator[Followed]:
    """What followed the contacts of journeys that started with one of some contacts."""
    days = settled(log, selection)
    if days is None or not firsts:
        return
    table = days.of(log.table("passage"))
    own = table.filter(table.first_touchpoint.isin(sorted({str(first[0]) for first in firsts})))
    own = own.mutate(month=own.day.truncate("M"))
    keys = ["first_touchpoint", "first_reason", "touchpoint", "reason", "next_touchpoint", "next_reason", "follows",
            "persona", "month"]  # fmt: skip
    for row in log.rows(own.group_by(keys).agg(n=own.n.sum(), gap_s=own.gap_s.sum())):
        first = (row["first_touchpoint"], row["first_reason"])
        if first in firsts:
            after = (row["next_touchpoint"], row["next_reason"])
            yield Followed(
                first,
                (row["touchpoint"], row["reason"]),
                None if row["follows"] in ("never", "rare") else after,
                row["follows"],
                row["persona"],
                row["month"],
                int(row["n"]),
                float(row["gap_s"]),
            )


def first_contacts(log: Log, selection: Selection = EVERYTHING) -> Selection | None:
    """The days whose first contacts are the first of their journey.

    In the first repeat window of a log, journeys go on that began before it; their first contact is not there.
    """
    ends = covered(log, EVERYTHING)
    if ends is None:
        return None
    first = ends[0] + timedelta(days=log.window_days)
    since = max(first, selection.since or first)
    until = min(ends[1], selection.until or ends[1])
    return Selection(selection.where, since, until) if since <= until else None


def starts_table(log: Log, selection: Selection) -> ibis.Table:
    """The first contacts of journeys in the days of a selection."""
    table = selection.of(log.table("passage"))
    return table.filter(table.is_first)
