"""What follows from the contacts as they were read: their journey, day, what came before and how long ago?

One Ibis expression, for an engine that keeps contacts as they come. The embedded store derives the same columns faster,
in its own way, while it is built.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from workbench.log.contact import FIELDS, REPEAT_NOTIONS
from workbench.log.rollups import inbound

CANONICAL = ("file_id", "record", "line", *FIELDS)
"""The columns of a contact as it was read; all others follow from these."""


def derived(contact: ibis.Table, local: ibis.Value, repeat_key: str) -> ibis.Table:
    """The contacts, each with its journey, local day and half hour, what went before it and how long ago.

    A journey is the contacts of a case or, without a case, of a customer. Only what the customer starts is a repeat.

    Args:
        contact: the contacts as they were read (`CANONICAL`).
        local: `contact.started_at` on the clock of the log's time zone.
        repeat_key: who comes back, `customer_key` or `case_key`.
    """
    coded = contact.mutate(
        journey=ibis.coalesce(contact.case_key, contact.customer_key),
        customer=inbound(contact).ifelse(contact[repeat_key], ibis.null("string")),
        day=local.date(),
        half_hour=local.hour() * 2 + local.minute() // 30,
    )
    known = coded.journey.notnull()
    window = _window(coded, ("journey",))
    columns: dict[str, ibis.Value] = {
        "previous": known.ifelse(coded.touchpoint.lag().over(window), ibis.null("string")),
        "step": known.ifelse(ibis.row_number().over(window) + 1, ibis.null("int64")),
    }
    for notion, same in REPEAT_NOTIONS.items():
        columns |= _gaps(coded, notion, ("customer", *same))
    return coded.mutate(**columns).drop("customer")


def _gaps(coded: ibis.Table, notion: str, same: Sequence[str]) -> dict[str, ibis.Value]:
    """Whether a contact can be a repeat, and the whole seconds since the one before and until the next."""
    known = coded[same[0]].notnull()
    for name in same[1:]:
        known = known & coded[name].notnull()
    window, started = _window(coded, same), coded.started_at
    since = started.delta(started.lag().over(window), unit="microsecond") // 1_000_000
    until = started.lead().over(window).delta(started, unit="microsecond") // 1_000_000
    return {
        f"{notion}_known": known,
        f"{notion}_since_s": known.ifelse(since, ibis.null("int64")),
        f"{notion}_until_s": known.ifelse(until, ibis.null("int64")),
    }


def _window(coded: ibis.Table, same: Sequence[str]) -> Any:
    """Contacts that have something in common, in the order of time; who is nobody's is alone.

    Without that, all contacts of unknown customers would come to one worker of a cluster.
    """
    owner = ibis.coalesce(coded[same[0]], coded.contact_id)
    order = [coded.started_at, coded.file_id, coded.record]
    return ibis.window(group_by=[owner, *same[1:]], order_by=order)
