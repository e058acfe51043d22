"""How many customers come back, how many are helped the first time, and how many change channel?

An episode starts with a contact of a customer that repeats no other within the window; each further contact within the
window of the one before it (the window rolls, its last moment included) is a repeat. An episode is settled the first
time when no contact follows within the window. Episodes that start less than a window before the end of the log are
left out (censored): nobody knows yet. Only what the customer begins counts, outbound contacts do not.

Gross resolution counts every episode. Net resolution leaves out those that could not be settled at once: nobody handled
the first contact (abandoned, unanswered, blocked), or more than one desk had to.

References:
    Rumburg (2011), Metric of the month: first contact resolution rate, HDI SupportWorld (gross and net).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import ibis
from ibis import _

from workbench.log.contact import REPEAT_NOTIONS
from workbench.log.disclosure import disclosed
from workbench.log.engine import Log
from workbench.log.measure import Measure
from workbench.log.measures import share_measure, share_of_days
from workbench.log.notes import Note, field_note, note
from workbench.log.rollups import resolvable
from workbench.log.selection import EVERYTHING, Selection, grouped

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
    net: bool = False,
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
        net: leave out episodes that could not be settled at once.

    Raises:
        ValueError: an argument is not one of the above.
    """
    days, who = _checked(log, notion, window_days, key)
    name = "net_first_contact_resolution" if net else "first_contact_resolution"
    notes = (*_notes(log, notion, days, who), note("net" if net else "gross"))
    if days == log.window_days and who == log.meta["repeat_key"] and log_end is None:
        part = f"{notion}_net" if net else notion
        return share_of_days(
            log, by, selection, name, "started_at", _[f"{part}_settled"].sum(), _[f"{part}_episodes"].sum(), notes
        )
    table = _gaps(log, notion, who)
    window_s = days * 86_400
    first = (table.since_s.isnull() | (table.since_s > window_s)) & (
        table.started_at <= _last_start(log, days, log_end)
    )
    table = table.filter(first & resolvable(table) if net else first)
    seen = disclosed(log, by, selection, _.count(), table)
    settled = _.until_s.isnull() | (_.until_s > window_s)
    groups = grouped(log, seen.rows(table), by, hits=settled.sum(), n=_.count())
    return share_measure(name, by, groups, seen, notes)


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
    notes = _notes(log, notion, days, who)
    if days == log.window_days and who == log.meta["repeat_key"]:
        hits, n = _[f"{notion}_repeats"].sum(), _[f"{notion}_n"].sum()
        return share_of_days(log, by, selection, "repeat_share", "started_at", hits, n, notes)
    table = _gaps(log, notion, who)
    seen = disclosed(log, by, selection, _.count(), table)
    hits = (_.since_s <= days * 86_400).fill_null(False).sum()
    groups = grouped(log, seen.rows(table), by, hits=hits, n=_.count())
    return share_measure("repeat_share", by, groups, seen, notes)


def channel_switch(
    log: Log, by: Sequence[str] = (), selection: Selection = EVERYTHING, *, any_reason: bool = False
) -> Measure:
    """Share of contacts after which the customer's next one, within the window, comes through another channel.

    Contacts less than a window before the end of the log are left out. Without `any_reason` the next contact is the
    next for the same reason.
    """
    days, who = _checked(log, "any" if any_reason else "reason", None, None)
    notes = _notes(log, "any" if any_reason else "reason", days, who)
    if not log.has("channel"):
        return share_of_days(log, by, selection, "channel_switch", "channel", _.switched.sum(), _.switch_n.sum())
    if not any_reason:
        hits, n = _.switched.sum(), _.switch_n.sum()
        return share_of_days(log, by, selection, "channel_switch", "started_at", hits, n, notes)
    known = _gaps(log, "any", who)
    order = ibis.window(group_by=who, order_by=[known.started_at, known.file_id, known.record])
    table = known.mutate(next_channel=known.channel.lead().over(order))
    table = table.filter(table.channel.notnull() & (table.started_at <= _last_start(log, days, None)))
    seen = disclosed(log, by, selection, _.count(), table)
    hits = ((_.until_s <= days * 86_400) & (_.next_channel != _.channel)).fill_null(False).sum()
    groups = grouped(log, seen.rows(table), by, hits=hits, n=_.count())
    return share_measure("channel_switch", by, groups, seen, notes)


def _last_start(log: Log, days: int, log_end: datetime | None) -> ibis.Value:
    """The last moment whose window is over, in UTC as the log writes moments."""
    end = log_end or log.last_at or datetime.now(UTC)
    return ibis.literal((end - timedelta(days=days)).astimezone(UTC).replace(tzinfo=None))


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
    if unknown >= log.suppress_below:
        notes.append(field_note("without", key, unknown=unknown, contacts=log.contacts))
    elif unknown:
        notes.append(field_note("without_few", key, least=log.suppress_below))
    return tuple(notes)
