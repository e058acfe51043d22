"""What does the log say about how many journeys start, where, and who makes them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from journeys.graph import mix_of, starts_of
from touchpoints.inventory import Inventory, evidence_at
from touchpoints.records.journey import Journey
from workbench.log.engine import Log
from workbench.log.selection import EVERYTHING, Selection
from workbench.validation.claim import Claim, Kind
from workbench.validation.counts import Days, days_of, rate
from workbench.validation.drift import trend
from workbench.validation.followed import Contact, first_contacts, starts_table
from workbench.validation.observed import counted
from workbench.validation.rows import Row
from workbench.validation.sight import Sight


def start_rows(inventory: Inventory, log: Log, sight: Sight, selection: Selection = EVERYTHING) -> Iterator[Row]:
    """Where journeys start, and by which persona, against the first contacts in the log."""
    days = first_contacts(log, selection)
    if days is None or not log.has("reason"):
        return
    table = starts_table(log, days)
    table = table.mutate(month=table.day.truncate("M"))
    keys = ["touchpoint", "reason", "persona", "month"]
    found = log.rows(table.group_by(keys).agg(n=table.n.sum()))
    by_contact: dict[Contact, list[dict[str, Any]]] = {}
    for row in found:
        by_contact.setdefault((row["touchpoint"], row["reason"]), []).append(row)
    for name, journey in inventory.journeys.items():
        if name in sight.unseen or not _all_start_in_sight(journey, sight):
            continue
        own = [row for contact in sight.starts[name] for row in by_contact.get(contact, ())]
        steps = {contact: step for step, contact in sight.steps[name].items()}
        if journey.start:
            seen = [(steps[row["touchpoint"], row["reason"]], row["month"], int(row["n"])) for row in own]
            yield _row(journey, ("start",), starts_of(journey), seen)
        if journey.personas and log.has("persona"):
            mix = {str(persona): share for persona, share in mix_of(journey).items()}
            seen = [(row["persona"], row["month"], int(row["n"])) for row in own if row["persona"] in mix]
            yield _row(journey, ("personas",), mix, seen)


def _all_start_in_sight(journey: Journey, sight: Sight) -> bool:
    return set(starts_of(journey)) <= set(sight.steps[journey.id])


def _row(journey: Journey, path: tuple[str, ...], modelled: dict[str, float], seen: list[tuple[str, date, int]]) -> Row:
    hits: Counter[str] = Counter()
    months: dict[date, Counter[str]] = {}
    for target, month, n in seen:
        hits[target] += n
        months.setdefault(month, Counter())[target] += n
    kind: Kind = "start" if path == ("start",) else "personas"
    return Row(journey, path, kind, modelled, hits, months)


def start_rates(inventory: Inventory, log: Log, sight: Sight, selection: Selection = EVERYTHING) -> Iterator[Claim]:
    """The journeys that start in a month, against the first contacts in the log.

    Where journeys are stitched by customer, one that starts while another goes on is not seen to start.
    """
    days = first_contacts(log, selection)
    if days is None or not log.has("reason") or not log.has("case_key"):
        return
    counts = _daily_starts(log, days)
    for journey in inventory.journeys.values():
        if journey.starts is None or journey.id in sight.unseen or not _all_start_in_sight(journey, sight):
            continue
        own = [counts.counts[contact] for contact in sight.starts[journey.id] if contact in counts.counts]
        if not own:
            continue
        found = rate(counts, np.sum(own, axis=0))
        name = f"journeys/{journey.id}/starts"
        yield Claim(
            name=name,
            kind="starts",
            unit="1/month",
            modelled=journey.starts.point,
            low=journey.starts.low,
            high=journey.starts.high,
            evidence=evidence_at(journey, ("starts",)),
            place=journey.where("starts"),
            seen=counted(found, journey.starts),
            trend=trend(found.months),
            covers=(name,),
        )


def _daily_starts(log: Log, days: Selection) -> Days:
    table = starts_table(log, days)
    found = log.arrow(table.group_by(["touchpoint", "reason", "day"]).agg(n=table.n.sum()))
    assert days.since is not None
    assert days.until is not None
    return days_of(found, ("touchpoint", "reason"), days.since, days.until)
