"""How is a journey told in words, for those who cannot see its picture?"""

from __future__ import annotations

from collections.abc import Sequence

from journeys.flow import JourneyFlow
from journeys.graph import END_NODES
from journeys.pictures.shown import NOBODY, ShownJourney, ShownStep
from journeys.pictures.words import Words


def spoken(journey: ShownJourney, words: Words, steps: Sequence[ShownStep]) -> str:
    """Some steps of a journey in sentences: where each happens, what it takes, and where customers go from it."""
    said = [figures(journey.flow, words)]
    for step in steps:
        onward = ", ".join(f"{_target(way.target, journey, words)} {words.share(way.share)}" for way in step.ways)
        where = step.touchpoint_label or words.text("own_channel")
        time = words.time(step.customer_s_per_visit)
        said.append(f"{step.number}. {step.label} ({where}, {time}): {onward}.")
    return " ".join(said)


def _target(target: str, journey: ShownJourney, words: Words) -> str:
    return words.text(target) if target in END_NODES else words.text("onward", number=journey.numbers[target])


def figures(flow: JourneyFlow, words: Words) -> str:
    """The totals of a journey on one line."""
    parts = []
    if flow.starts_per_month is not None:
        parts.append(words.text("starts_per_month", count=words.count(flow.starts_per_month)))
    parts.append(words.text("figure_resolved", share=words.share(flow.resolved)))
    if flow.gave_up > NOBODY:
        parts.append(words.text("figure_gave_up", share=words.share(flow.gave_up)))
    if flow.unknown > NOBODY:
        parts.append(words.text("figure_unknown", share=words.share(flow.unknown)))
    parts.append(words.text("figure_contacts", number=words.count(flow.contacts, 1)))
    parts.append(words.text("figure_effort", time=words.time(flow.effort_s)))
    parts.append(words.text("figure_staff", time=words.time(sum(flow.staff_s.values()))))
    return " · ".join(parts) + "."
