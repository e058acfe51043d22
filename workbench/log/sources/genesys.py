"""How does a Genesys Cloud conversation (analytics conversation detail) become one contact?

A conversation has participants (customer, menu, queue, agents), each with sessions, each with segments of time. They
collapse into one row:

* `@wait_s`: from the first queue to the first agent; without an agent, until the last queue ended. Alerting is waiting.
  Waiting in a further queue after a transfer is not in it.
* `@handling_s`: talk, hold and after-call work of every agent, overlapping sessions of one agent counted once.
* `@desks`: the distinct queues that agents answered for; an agent without a queue is a desk of its own.
* `@outcome`: answered; abandoned or unanswered when there was a queue and no agent, by who ended it.

What names an agent is looked at and not given on. Any other name is a path in the conversation, `divisionIds[0]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench.log.profile import Profile
from workbench.log.sources.batch import Batch
from workbench.log.sources.json_file import json_batches
from workbench.log.sources.json_path import value_at
from workbench.log.sources.json_stream import Json

_CUSTOMERS, _AGENTS, _MENUS = ("customer", "external"), ("agent", "user"), ("ivr", "workflow", "botflow")
_WORK = {"interact": "talk", "hold": "hold", "wrapup": "wrap_up"}
_SIDE_SESSIONS = ("cobrowse", "screenshare", "screenmonitoring")
_ENDED_BY_US = ("system", "timeout", "error", "transportFailure", "noAnswerTransfer", "notAvailableTransfer")


def read_genesys(file: Path, profile: Profile, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """The conversations of a file, one row each; the file is an array, pages with `conversations`, or one a line.

    Raises:
        LogError: the file is no JSON, or no conversation has a start.
    """
    getters = {name: value_at(name) for name in wanted if not name.startswith("@")}

    def columns(record: Json) -> list[dict[str, str | None]]:
        return [{**{name: get(record) for name, get in getters.items()}, **collapsed(record)}]

    return json_batches(file, profile, wanted, columns, profile.records or "conversations")


@dataclass(frozen=True, slots=True)
class _Segment:
    """A piece of time of a participant."""

    participant: int
    purpose: str
    kind: str
    start: datetime
    end: datetime
    queue: str | None
    ended_by: str | None
    code: str | None


def collapsed(conversation: Json) -> dict[str, str | None]:
    """The row of a conversation, under names that start with `@`.

    Example:
        >>> def part(purpose, start, end):
        ...     times = {"segmentStart": f"2026-07-01T09:{start}Z", "segmentEnd": f"2026-07-01T09:{end}Z"}
        ...     segment = {"segmentType": "interact", "queueId": "q", **times}
        ...     return {"purpose": purpose, "sessions": [{"segments": [segment]}]}
        >>> parts = [part("acd", "00:10", "00:30"), part("agent", "00:40", "02:40")]
        >>> row = collapsed({"participants": parts})
        >>> row["@wait_s"], row["@handling_s"], row["@desks"], row["@outcome"]
        ('30.0', '120.0', '1', 'answered')
    """
    participants = [one for one in _list(conversation, "participants") if isinstance(one, dict)]
    segments = sorted(_segments(participants), key=lambda one: one.start)
    queued = [one for one in segments if one.purpose == "acd"]
    worked = [one for one in segments if one.purpose in _AGENTS and one.kind in _WORK]
    talked = [one for one in worked if one.kind == "interact"]
    queues = [one.queue for one in (*queued, *talked) if one.queue]
    codes = [one.code for one in worked if one.code]
    customer = _customer(participants)
    direction = _direction(conversation, participants, customer)
    answered = talked[0].start if talked else None
    return {
        **_durations(segments, worked),
        "@customer_contact": _text(customer, "externalContactId"),
        "@customer_phone": None if _address(customer, "@") else _address(customer),
        "@customer_email": _address(customer, "@"),
        "@media": _media(customer or (participants[0] if participants else {})),
        "@direction": direction,
        "@answered_at": answered.isoformat() if answered else None,
        "@first_queue": queues[0] if queues else None,
        "@last_queue": queues[-1] if queues else None,
        "@wrap_up_code": codes[-1] if codes else None,
        "@wait_s": _wait(queued, answered, bool(conversation.get("conversationEnd"))),
        "@desks": str(len({one.queue or f"agent {one.participant}" for one in talked})) if talked else None,
        "@outcome": _outcome(conversation, queued, talked, direction),
    }


def _segments(participants: list[dict[str, Any]]) -> Iterator[_Segment]:
    """Every segment with a start and an end."""
    for number, participant in enumerate(participants):
        purpose = _text(participant, "purpose") or ""
        for session in _list(participant, "sessions"):
            if _text(session, "mediaType") in _SIDE_SESSIONS:
                continue
            for one in _list(session, "segments"):
                start, end = _moment(one, "segmentStart"), _moment(one, "segmentEnd")
                if start and end and end >= start:
                    yield _Segment(
                        number, purpose, _text(one, "segmentType") or "", start, end, _text(one, "queueId"),
                        _text(one, "disconnectType"), _text(one, "wrapUpCode"),
                    )  # fmt: skip


def _durations(segments: list[_Segment], worked: list[_Segment]) -> dict[str, str | None]:
    """Seconds in the menu, and of the agents' work; none where there was no agent."""
    menu = _covered(one for one in segments if one.purpose in _MENUS)
    found: dict[str, str | None] = {"@ivr_s": str(menu)}
    for name, kinds in (("handling", tuple(_WORK)), *((word, (kind,)) for kind, word in _WORK.items())):
        found[f"@{name}_s"] = str(_covered(one for one in worked if one.kind in kinds)) if worked else None
    return found


def _covered(segments: Iterable[_Segment]) -> float:
    """Seconds that participants spend in segments; for one participant overlaps count once."""
    total, who, until = 0.0, -1, None
    for one in sorted(segments, key=lambda one: (one.participant, one.start)):
        before = until if one.participant == who else None
        total += max(0.0, (one.end - max(one.start, before or one.start)).total_seconds())
        who, until = one.participant, max(one.end, before or one.end)
    return round(total, 3)


def _wait(queued: list[_Segment], answered: datetime | None, ended: bool) -> str | None:
    if not queued:
        return "0"
    until = answered if answered else max(one.end for one in queued) if ended else None
    return str(max(0.0, round((until - queued[0].start).total_seconds(), 3))) if until else None


def _outcome(conversation: Json, queued: list[_Segment], talked: list[_Segment], direction: str | None) -> str | None:
    """What became of it; nothing when it still runs, or when only a menu and the customer know."""
    if talked:
        return "answered"
    if direction != "inbound" or not queued or not conversation.get("conversationEnd"):
        return None
    return "unanswered" if queued[-1].ended_by in _ENDED_BY_US else "abandoned"


def _customer(participants: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((one for one in participants if one.get("purpose") in _CUSTOMERS), None)


def _direction(conversation: Json, participants: list[dict[str, Any]], customer: dict[str, Any] | None) -> str | None:
    if participants and customer is None and all(one.get("purpose") in _AGENTS for one in participants):
        return "internal"
    return _text(conversation, "originatingDirection") or _text(_session(customer), "direction")


def _address(customer: dict[str, Any] | None, having: str = "") -> str | None:
    """The number or address of the customer, which a profile may only use as a key."""
    session = _session(customer)
    outbound = _text(session, "direction") == "outbound"
    names = ("dnis", "addressTo") if outbound else ("ani", "addressFrom")
    found = next((text for name in names if (text := _text(session, name))), None)
    return found if found and having in found else None


def _media(participant: dict[str, Any]) -> str | None:
    """The kind of medium; of a message its kind of message, where that is said."""
    session = _session(participant)
    return _text(session, "messageType") or _text(session, "mediaType")


def _session(participant: dict[str, Any] | None) -> dict[str, Any]:
    sessions = [one for one in _list(participant, "sessions") if _text(one, "mediaType") not in _SIDE_SESSIONS]
    return sessions[0] if sessions else {}


def _list(holder: Any, name: str) -> list[Any]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(holder: Any, name: str) -> str | None:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, str) and found else None


def _moment(holder: Any, name: str) -> datetime | None:
    text = _text(holder, name)
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
