"""How often does each contact of a journey lead to each next one? Added up once, so that nobody asks the contacts.

A journey is a case or, in a log without cases, an episode of a customer: contacts of which each follows the one before
within the repeat window. An episode mixes other needs of the same customer in; what follows in the window after the
repeat window says how often that happens by chance.
"""

from __future__ import annotations

from typing import Any

import ibis

MOST = 100_000
"""A next contact, or a first one, that is rarer than one in so many contacts is counted without its words."""

_CONTACT = ("touchpoint", "reason")
_HERE = ("persona", "first_touchpoint", "first_reason", "is_first", *_CONTACT)
_NEXT = ("next_touchpoint", "next_reason", "follows")
COLUMNS = ("day", *_HERE, *_NEXT, "gap_s")
"""A contact of a journey with what follows it."""


def passages(passed: ibis.Table, contacts: ibis.Value) -> ibis.Table:
    """Contacts per day, by the first contact of their journey, themselves, and what follows.

    Columns: day, persona, first_touchpoint, first_reason, is_first (whether it is the first itself), touchpoint,
    reason, next_touchpoint, next_reason, follows (`within` the journey, `beyond` it but within a second window,
    `never`, or `rare`: within, by a contact too rare to be named), n, and gap_s, the seconds until what follows.

    Args:
        passed: each contact of a journey with what follows, as `passed` gives it.
        contacts: the number of contacts in the log.
    """
    counted = passed.group_by(["day", *_HERE, *_NEXT]).agg(n=passed.count(), gap_s=passed.gap_s.sum())
    words = [name for name in (*_HERE, *_NEXT) if name != "is_first"]
    return _without_rare(counted.mutate(**{name: counted[name].cast("string") for name in words}), contacts)


def passed(contact: ibis.Table, window_days: int) -> ibis.Table:
    """Each contact of a journey, with the first contact of the journey and what follows: the columns of `COLUMNS`.

    The embedded store derives the same faster, in its own way, while it is built.

    Args:
        contact: the contacts, with journey, step and day.
        window_days: the repeat window [d].
    """
    window_s = window_days * 86_400
    known = contact.filter(contact.case_key.notnull() | (contact.case_key.count().as_scalar() == 0))
    own = known.filter(known.journey.notnull()).select(
        "day",
        "journey",
        "step",
        persona=known.persona.cast("string"),
        touchpoint=known.touchpoint.cast("string"),
        reason=known.reason.cast("string"),
        at=known.started_at,
        in_case=known.case_key.notnull(),
    )
    order = ibis.window(group_by="journey", order_by="step")
    since_s = own.at.delta(own.at.lag().over(order), unit="microsecond") // 1_000_000
    until_s = own.at.lead().over(order).delta(own.at, unit="microsecond") // 1_000_000
    linked = own.mutate(
        is_first=(own.step == 1) | (~own.in_case & (since_s > window_s)).fill_null(False),
        next_touchpoint=own.touchpoint.lead().over(order),
        next_reason=own.reason.lead().over(order),
        gap_s=until_s,
        follows=ibis.cases(
            (until_s.isnull(), "never"),
            (own.in_case | (until_s <= window_s), "within"),
            (until_s <= 2 * window_s, "beyond"),
            else_="never",
        ),
    )
    running = ibis.cumulative_window(group_by="journey", order_by="step")
    parts = linked.mutate(episode=linked.is_first.cast("int32").sum().over(running))
    episode = ibis.window(group_by=["journey", "episode"], order_by="step")
    whole = parts.mutate(
        first_touchpoint=_first(parts.touchpoint, episode),
        first_reason=_first(parts.reason, episode),
    )
    return whole.select(*COLUMNS)


def _first(word: ibis.Value, window: Any) -> ibis.Value:
    """The first word of a window, or none where it is missing: engines do not agree on whether `first` skips those."""
    return word.fill_null("").first().over(window).nullif("")


def _without_rare(counted: ibis.Table, contacts: ibis.Value) -> ibis.Table:
    """The same with rare words left out, so that a log without any order cannot make it as long as the log."""
    firsts = [name for name in _HERE if name.startswith("first_")]
    often = counted.n.sum().over(ibis.window(group_by=[*firsts, *_CONTACT, *_NEXT])) * MOST >= contacts
    first_often = counted.n.sum().over(ibis.window(group_by=[*firsts, *_CONTACT])) * MOST >= contacts
    judged = counted.mutate(often=often, first_often=first_often)
    nothing = ibis.null("string")
    follows = judged.follows
    lumped = judged.mutate(
        follows=(judged.often | (follows != "within")).ifelse(follows, "rare"),
        gap_s=(follows == "never").ifelse(0, judged.gap_s),
        **{name: (judged.often & (follows != "never")).ifelse(judged[name], nothing) for name in _NEXT[:2]},
        **{name: judged.first_often.ifelse(judged[name], nothing) for name in firsts},
    )
    keys = ["day", *_HERE, *_NEXT]
    return lumped.group_by(keys).agg(n=lumped.n.sum(), gap_s=lumped.gap_s.sum()).order_by(keys)
