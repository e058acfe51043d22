"""What stands in the way of moving a contact to another touchpoint, and what would open the way?"""

from __future__ import annotations

from collections.abc import Iterator

from touchpoints.inventory import Inventory
from touchpoints.records.contact import Channel
from workbench.analysis.workload import Work

IMPORTANT = 4.0
"""A moment of truth from this importance to the customer [of 5] stays with people."""
STAY = frozenset({"gate_moment_of_truth", "gate_emotion"})
"""Gates that are not there to be opened: the contact had better stay where it is."""


def gates(inventory: Inventory, work: Work, to: str) -> Iterator[str]:
    """What blocks the move of a contact to a touchpoint, by name."""
    target = inventory.touchpoints[to]
    channel = inventory.channels.get(target.channel) if target.channel else None
    if not work.customer_present and channel is not None and channel.customer_present and not channel.self_service:
        yield "gate_in_writing"
    if _at_moment_of_truth(inventory, work):
        yield "gate_moment_of_truth"
    if work.reason is not None and channel is not None:
        yield from _reason_gates(inventory, work.reason, channel)
    if channel is not None and channel.self_service:
        if target.human_fallback is not True:
            yield "gate_no_human_fallback"
            if _vulnerable(inventory, work):
                yield "gate_vulnerable_persona"
        if not _content_for(inventory, work.reason, channel.id):
            yield "gate_no_content"


def _reason_gates(inventory: Inventory, reason_id: str, channel: Channel) -> Iterator[str]:
    reason = inventory.reasons[reason_id]
    if reason.emotion and channel.max_emotion and reason.emotion.point > channel.max_emotion.point:
        yield "gate_emotion"
    if reason.complexity and channel.max_complexity and reason.complexity.point > channel.max_complexity.point:
        yield "gate_complexity"
    if reason.identification and channel.identification == "no":
        yield "gate_identification"


def _at_moment_of_truth(inventory: Inventory, work: Work) -> bool:
    for moment in inventory.moments_of_truth.values():
        journey, _, name = moment.at.partition("/")
        step = inventory.journeys[journey].steps[name]
        important = moment.importance and moment.importance.customer and moment.importance.customer.point >= IMPORTANT
        if important and (step.touchpoint, step.reason) == (work.touchpoint, work.reason):
            return True
    return False


def _vulnerable(inventory: Inventory, work: Work) -> bool:
    """Whether a vulnerable persona makes a journey that has this contact."""
    for node in work.reconciled.steps:
        personas = inventory.journeys[node.partition("/")[0]].personas or {}
        if any(inventory.personas[persona].vulnerable for persona in personas):
            return True
    return False


def _content_for(inventory: Inventory, reason: str | None, channel: str) -> bool:
    return any(
        reason in content.answers and channel in content.fit_for and content.kind != "tacit"
        for content in inventory.content.values()
    )


def stays(blocked: tuple[str, ...]) -> bool:
    """Whether a contact that these gates block had better stay where it is.

    Example:
        >>> stays(("gate_no_content",)), stays(("gate_no_content", "gate_emotion"))
        (False, True)
    """
    return not STAY.isdisjoint(blocked)
