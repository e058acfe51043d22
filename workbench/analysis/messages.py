"""Do customers hear the same on every touchpoint, in the same tone?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from touchpoints.inventory import Inventory
from touchpoints.records.organisation import Content
from workbench.analysis.content.shelf_life import due_day, reference_day


@dataclass(frozen=True)
class Message:
    """A difference in what customers hear about one reason.

    Attributes:
        kind: message_tone, message_owner, message_expired or message_level.
        channel: on which two items answer the same reason; None for a difference of tone.
        said: touchpoint or content, with its tone, owner, state or language level.
    """

    kind: str
    reason: str
    channel: str | None
    said: tuple[tuple[str, str], ...]
    places: tuple[str, ...]


def messages(inventory: Inventory) -> tuple[Message, ...]:
    """Where touchpoints differ in tone, and where two items answer the same reason on the same channel differently."""
    return (*_tones(inventory), *_contents(inventory, reference_day(inventory)))


def _tones(inventory: Inventory) -> Iterator[Message]:
    """Reasons that are asked at touchpoints of different tone."""
    where: dict[str, dict[str, str]] = {}
    steps = [
        (step.touchpoint, step.reason) for journey in inventory.journeys.values() for step in journey.steps.values()
    ]
    for touchpoint, reason in [(one.touchpoint, one.reason) for one in inventory.volumes.values()] + steps:
        tone = inventory.touchpoints[touchpoint].tone if touchpoint else None
        if touchpoint and reason and tone:
            where.setdefault(reason, {})[touchpoint] = tone
    for reason, tones in where.items():
        if len({tone.strip().lower() for tone in tones.values()}) > 1:
            places = tuple(str(inventory.touchpoints[key].where("tone")) for key in tones)
            yield Message("message_tone", reason, None, tuple(tones.items()), places)


def _contents(inventory: Inventory, today: date) -> Iterator[Message]:
    """Items that answer one reason on one channel with different owners, levels, or one of them out of date."""
    by_use: dict[tuple[str, str], list[Content]] = {}
    for item in inventory.content.values():
        for reason in item.answers if item.kind != "tacit" else ():
            for channel in item.fit_for:
                by_use.setdefault((reason, channel), []).append(item)
    for (reason, channel), items in by_use.items():
        expired = {item.id: (due_day(item) or today) < today for item in items}
        valid = [item for item in items if not expired[item.id]]
        if len(items) > len(valid) > 0:
            said = {item.id: "answer_expired" if expired[item.id] else "answer_valid" for item in items}
            yield _of("message_expired", reason, channel, items, said)
        for kind, field in (("message_owner", "owner"), ("message_level", "language_level")):
            stated = {item.id: str(getattr(item, field)) for item in valid if getattr(item, field) is not None}
            if len(set(stated.values())) > 1:
                yield _of(kind, reason, channel, [item for item in valid if item.id in stated], stated)


def _of(kind: str, reason: str, channel: str, items: list[Content], said: dict[str, str]) -> Message:
    pairs = tuple((item.id, said[item.id]) for item in items)
    return Message(kind, reason, channel, pairs, tuple(str(item.place) for item in items))
