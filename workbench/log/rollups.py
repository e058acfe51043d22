"""What is added up once, so that a question need not go to the contacts? Each roll-up is an expression over `contact`.

The expressions are Ibis, so that every engine makes the same roll-ups.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis

from workbench.log.buckets import bucket_of
from workbench.log.contact import DIMENSIONS, FIELDS, REPEAT_NOTIONS, SERVED
from workbench.log.passages import passages, passed

_DAY_S = 86_400


def rollups(
    contact: ibis.Table, window_days: int, last_at: datetime | None, chained: ibis.Table | None = None
) -> dict[str, ibis.Table]:
    """Every roll-up of a log by its name.

    Args:
        contact: the contacts, with what went before each.
        window_days: the repeat window [d].
        last_at: the start of the last contact (UTC), None when there is none.
        chained: what `passed` gives of the contacts, when that is known already.
    """
    follows = passed(contact, window_days) if chained is None else chained
    return {
        "daily": _daily(contact, window_days, last_at),
        "transition": _transition(contact),
        "field": _field(contact),
        "passage": passages(follows, contact.count().as_scalar()),
        "times": _times(contact),
        "arrival": _arrival(contact),
        "score": _score(contact),
        "content": _content(contact),
    }


def seconds_between(earlier: ibis.Value, later: ibis.Value) -> ibis.Value:
    """The time from one moment to another [s], in whole microseconds; differences in seconds differ per engine."""
    return later.delta(earlier, unit="microsecond").cast("float64") / 1e6


def inbound(contact: ibis.Table) -> ibis.Value:
    """Whether the customer began, as far as the log says."""
    return contact.direction.isnull() | (contact.direction == "inbound")


def _daily(contact: ibis.Table, window_days: int, last_at: datetime | None) -> ibis.Table:
    """What the measures need, added up per day and dimension.

    An episode is a contact that repeats no other within the window; it is settled when none follows within the window.
    Episodes that start less than a window before the end of the log are not counted: nobody knows what follows.
    """
    sums: dict[str, ibis.Value] = {"n": contact.count()}
    answer_s = seconds_between(contact.started_at, contact.answered_at)
    for name, value in (
        ("handling", contact.handling_time_s),
        ("wait", contact.wait_s),
        ("answer", answer_s),
    ):
        sums |= {
            f"{name}_n": value.count(),
            f"{name}_sum": value.sum().fill_null(0.0),
            f"{name}_sumsq": (value * value).sum().fill_null(0.0),
        }
    sums |= {
        "queued_n": _count(contact, contact.wait_s > 0),
        "resolved_n": contact.resolved.count(),
        "resolved_yes": _count(contact, contact.resolved),
        "layers_n": contact.layer_count.count(),
        "content_n": contact.content_id.count(),
        "handed_off": _count(contact, contact.layer_count > 1),
        "ended_n": _count(contact, inbound(contact) & contact.outcome.notnull()),
    }
    sums |= _switches(contact, window_days, last_at)
    for notion in REPEAT_NOTIONS:
        sums |= _repeats(contact, notion, window_days, last_at)
    return _per(contact, ("day", *DIMENSIONS), sums)


def _count(contact: ibis.Table, condition: ibis.Value) -> ibis.Value:
    """How many contacts meet a condition; some engines answer nothing where it is unknown for all."""
    return contact.count(where=condition).fill_null(0)


def _repeats(contact: ibis.Table, notion: str, window_days: int, last_at: datetime | None) -> dict[str, ibis.Value]:
    window_s = window_days * _DAY_S
    known, since, until = (contact[f"{notion}_{part}"] for part in ("known", "since_s", "until_s"))
    whole = _followed(contact, window_days, last_at)
    first = known & (since.isnull() | (since > window_s)) & whole
    settled = first & (until.isnull() | (until > window_s))
    return {
        f"{notion}_n": _count(contact, known),
        f"{notion}_repeats": _count(contact, since <= window_s),
        f"{notion}_episodes": _count(contact, first),
        f"{notion}_settled": _count(contact, settled),
        f"{notion}_net_episodes": _count(contact, first & resolvable(contact)),
        f"{notion}_net_settled": _count(contact, settled & resolvable(contact)),
    }


def resolvable(contact: ibis.Table) -> ibis.Value:
    """Whether a contact could settle the matter at once: somebody handled it, and one desk was enough."""
    handled = contact.outcome.isnull() | contact.outcome.isin(list(SERVED))
    return handled & (contact.layer_count.isnull() | (contact.layer_count <= 1))


def _switches(contact: ibis.Table, window_days: int, last_at: datetime | None) -> dict[str, ibis.Value]:
    """After how many contacts the next for the same reason, within the window, comes through another channel.

    The next contact for the same reason is on the same channel exactly when it is also the next for that reason on
    that channel.
    """
    next_s, same_s = contact.reason_until_s, contact.channel_until_s
    asked = contact.channel_known & _followed(contact, window_days, last_at)
    switched = asked & (next_s <= window_days * _DAY_S) & (same_s.isnull() | (same_s > next_s))
    return {"switch_n": _count(contact, asked), "switched": _count(contact, switched)}


def _followed(contact: ibis.Table, window_days: int, last_at: datetime | None) -> ibis.Value:
    """Whether the log tells all that came within the window after a contact."""
    return ibis.literal(False) if last_at is None else contact.started_at <= _naive(last_at, window_days)


def _naive(last_at: datetime, window_days: int) -> ibis.Value:
    """The last moment whose window is over, as the store writes moments: in UTC, without saying so."""
    return ibis.literal((last_at - timedelta(days=window_days)).replace(tzinfo=None))


def _transition(contact: ibis.Table) -> ibis.Table:
    """How often each touchpoint follows each, per day."""
    followed = contact.filter(contact.step > 1)
    return _per(followed, ("day", "previous", "touchpoint"), {"n": followed.count()})


def _times(contact: ibis.Table) -> ibis.Table:
    """How many times fall in each bucket, per month: handling of what was handled, wait, and time until an answer."""
    handled = contact.outcome.isnull() | contact.outcome.isin(list(SERVED))
    parts = [
        ("handling_time_s", contact.handling_time_s, handled),
        ("wait_s", contact.wait_s, ibis.literal(True)),
        ("answer_time_s", seconds_between(contact.started_at, contact.answered_at), ibis.literal(True)),
    ]
    unions = []
    for field, time_s, counts in parts:
        known = contact.filter(counts & time_s.notnull()).mutate(time_s=time_s)
        keyed = known.mutate(day=known.day.truncate("M"), field=ibis.literal(field), bucket=bucket_of(known.time_s))
        keys = ("field", "day", *(name for name in DIMENSIONS if name != "outcome"), "bucket")
        unions.append(keyed.group_by(list(keys)).agg(n=keyed.count().cast("int32")))
    return ibis.union(*unions).order_by(list(unions[0].columns))


def _arrival(contact: ibis.Table) -> ibis.Table:
    """How many contacts of customers begin in each half hour of each day."""
    begun = contact.filter(contact.direction.isnull() | (contact.direction != "internal"))
    return _per(begun, ("day", "half_hour", "touchpoint", "channel"), {"n": begun.count().cast("int32")})


def _score(contact: ibis.Table) -> ibis.Table:
    """How often each score was given on its scale, per month."""
    scored = contact.filter(contact.effort_score.notnull())
    monthly = scored.mutate(day=scored.day.truncate("M"))
    return _per(monthly, ("day", *DIMENSIONS, "effort_scale", "effort_score"), {"n": monthly.count()})


def _content(contact: ibis.Table) -> ibis.Table:
    """How many contacts each knowledge item was used in, per month."""
    used = contact.filter(contact.content_id.notnull())
    monthly = used.mutate(day=used.day.truncate("M"))
    return _per(monthly, ("day", *DIMENSIONS, "content_id"), {"n": monthly.count()})


def _per(table: ibis.Table, keys: tuple[str, ...], sums: dict[str, ibis.Value]) -> ibis.Table:
    """Sums per group, in the order of the groups."""
    return table.group_by(list(keys)).agg(**sums).order_by(list(keys))


def _field(contact: ibis.Table) -> ibis.Table:
    """Field of the contact: the number of contacts that have it."""
    counts = contact.agg(**{name: contact[name].count() for name in FIELDS})
    return counts.pivot_longer(list(FIELDS), names_to="field", values_to="known")
