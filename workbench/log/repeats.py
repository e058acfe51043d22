"""How many customers come back, and how many are helped the first time?

An episode starts with a contact of a customer that repeats no other within the window; each further contact within the
window of the one before it (the window rolls, its last moment included) is a repeat. An episode is settled the first
time when no contact follows within the window. Episodes that start less than a window before the end of the log are
left out: nobody knows yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import ibis

from workbench.log.contact import REPEAT_NOTIONS
from workbench.log.engine import Log
from workbench.log.measure import Measure
from workbench.log.measures import share_measure
from workbench.log.notes import Note, field_note, note
from workbench.log.selection import EVERYTHING, Selection, summed

KEYS = ("customer_key", "case_key")


def first_contact_resolution(
    log: Log,
    by: Sequence[str] = (),
    selection: Selection = EVERYTHING,
    *,
    notion: str = "reason",
    window_days: int | None = None,
    key: str | None = None,
    log_end: datetime | None = None,
) -> Measure:
    """Share of episodes that are settled with their first contact, grouped by that contact.

    Args:
        log: an open log.
        by: how to group.
        selection: the contacts that start an episode.
        notion: what makes a contact a repeat: `reason` (the same), `channel` (the same reason and channel) or `any`.
        window_days: the window [d]; the store's when not given.
        key: who comes back, `customer_key` or `case_key`; the store's when not given.
        log_end: when the log ends, when that is later than its last contact.

    Raises:
        ValueError: an argument is not one of the above.
    """
    days, who = _checked(log, notion, window_days, key)
    if days == log.window_days and who == log.meta["repeat_key"] and log_end is None:
        table = selection.of(log.table("daily"))
        hits, n = table[f"{notion}_settled"], table[f"{notion}_episodes"]
        rows = log.rows(summed(table, by, hits=hits.sum(), n=n.sum()))
    else:
        end = log_end or log.last_at or datetime.now(UTC)
        last_start = (end - timedelta(days=days)).astimezone(UTC).replace(tzinfo=None)
        table = selection.of(_gaps(log, notion, who))
        window = days * 86_400
        first = table.filter(
            (table.since_s.isnull() | (table.since_s > window)) & (table.started_at <= ibis.literal(last_start))
        )
        settled = first.until_s.isnull() | (first.until_s > window)
        rows = log.rows(summed(first, by, hits=settled.sum(), n=first.count()))
    return share_measure("first_contact_resolution", by, rows, _notes(log, notion, days, who))


def repeat_share(
    log: Log,
    by: Sequence[str] = (),
    selection: Selection = EVERYTHING,
    *,
    notion: str = "reason",
    window_days: int | None = None,
    key: str | None = None,
) -> Measure:
    """Share of contacts that are repeats; arguments as in `first_contact_resolution`."""
    days, who = _checked(log, notion, window_days, key)
    if days == log.window_days and who == log.meta["repeat_key"]:
        table = selection.of(log.table("daily"))
        hits, n = table[f"{notion}_repeats"], table[f"{notion}_n"]
        rows = log.rows(summed(table, by, hits=hits.sum(), n=n.sum()))
    else:
        table = selection.of(_gaps(log, notion, who))
        hits = (table.since_s <= days * 86_400).fill_null(False)
        rows = log.rows(summed(table, by, hits=hits.sum(), n=table.count()))
    return share_measure("repeat_share", by, rows, _notes(log, notion, days, who))


def _checked(log: Log, notion: str, window_days: int | None, key: str | None) -> tuple[int, str]:
    if notion not in REPEAT_NOTIONS:
        raise ValueError(f"notion must be of {', '.join(REPEAT_NOTIONS)}, got {notion!r}")
    if key is not None and key not in KEYS:
        raise ValueError(f"key must be of {', '.join(KEYS)}, got {key!r}")
    if window_days is not None and not 1 <= window_days <= 365:
        raise ValueError(f"window_days must be from 1 to 365, got {window_days!r}")
    return window_days or log.window_days, key or str(log.meta["repeat_key"])


def _gaps(log: Log, notion: str, key: str) -> ibis.Table:
    """The contacts that can be repeats, with the seconds since the one before and until the next."""
    contact = log.table("contact")
    if key == log.meta["repeat_key"]:
        known = contact.filter(contact[f"{notion}_known"])
        return known.mutate(since_s=known[f"{notion}_since_s"], until_s=known[f"{notion}_until_s"])
    same = [key, *REPEAT_NOTIONS[notion]]
    known = contact.filter(contact.direction.isnull() | (contact.direction == "inbound"))
    for name in same:
        known = known.filter(known[name].notnull())
    window = ibis.window(group_by=same, order_by=[known.started_at, known.file_id, known.record])
    started = known.started_at
    since = started.delta(started.lag().over(window), unit="microsecond") // 1_000_000
    until = started.lead().over(window).delta(started, unit="microsecond") // 1_000_000
    return known.mutate(since_s=since, until_s=until)


def _notes(log: Log, notion: str, days: int, key: str) -> tuple[Note, ...]:
    if not log.has(key):
        return (field_note("no_repeats", key),)
    if notion != "any" and not log.has("reason"):
        return (field_note("absent", "reason"), note("ask_any"))
    notes = [field_note(f"repeat_{notion}", key, days=days)]
    unknown = log.contacts - log.known[key]
    if unknown:
        notes.append(field_note("without", key, unknown=unknown, contacts=log.contacts))
    return tuple(notes)
