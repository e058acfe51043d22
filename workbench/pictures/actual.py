"""How does a planned journey look beside what the log shows of it?"""

from __future__ import annotations

from journeys.pictures.actual import actual_map
from journeys.pictures.seen import Actual, Move, Visits
from workbench.log.journeys import contact_label
from workbench.pictures.picture import Picture
from workbench.project import Project
from workbench.validation.conformance.conformance import Conformance
from workbench.validation.conformance.deviations import Deviation

MOST_NAMED = 4
"""So many deviations that belong to no step are named under the title."""


def drawable(result: Conformance) -> tuple[str, ...]:
    """The planned journeys of which the log holds enough to draw."""
    drawn = {path.journey for path in result.paths if path.n}
    return tuple(name for name in result.inventory.journeys if name in drawn)


def actual_picture(project: Project, result: Conformance, journey: str, paper: str = "screen") -> Picture:
    """The picture of a planned journey with the shares, visits and deviations of the log.

    Raises:
        DrawingError: the journey is too large for a picture.
        ValueError: the log does not hold enough of the journey, or there is no such paper.
    """
    if journey not in drawable(result):
        raise ValueError(f"journey must be one that the log shows ({', '.join(drawable(result))}), got {journey!r}")
    svgs = actual_map(project.inventory, project.flows[journey], actual_of(result, journey),
                      result.language.code, paper)  # fmt: skip
    return Picture(svgs)


def actual_of(result: Conformance, journey: str) -> Actual:
    """What the log shows of a planned journey."""
    cases = next(one.cases for one in result.groups if one.name == journey) or 0
    moves = []
    for path in result.paths:
        if path.journey == journey:
            planned = path.planned_share if path.kind == "planned" else None
            each = path.n / cases if path.n is not None and cases else None
            moves.append(Move(path.source, path.target, planned, path.share, path.low, path.high, each))
    own = [one for one in result.deviations if one.journey == journey]
    visits = {}
    for step in result.steps:
        if step.journey == journey:
            actual = step.n / cases if step.n is not None and cases else None
            remarks = tuple(_remark(result, one) for one in own if one.step == step.step)
            visits[step.step] = Visits(step.planned_visits, actual, step.hidden, remarks)
    rest = [one for one in own if one.step is None and one.kind != "alternative_journey"]
    return Actual(cases, tuple(moves), visits, tuple(_line(result, rest)))


def _remark(result: Conformance, one: Deviation) -> str:
    language = result.language
    return language.text("actual.remark", kind=language.word(one.kind), share=language.show(one.share, "share"),
                         number=language.show(one.n_per_month, "number"))  # fmt: skip


def _line(result: Conformance, rest: list[Deviation]) -> list[str]:
    """Contacts of the journey that are no step of it, the most frequent first."""
    if not rest:
        return []
    language = result.language
    rest = sorted(rest, key=lambda one: -one.cases)
    named = [
        language.text("actual.unmodelled", number=language.show(one.n_per_month, "number"),
                      what=" → ".join(contact_label(contact, result.inventory, language) for contact in one.contacts),
                      share=language.show(one.share, "share"))
        for one in rest[:MOST_NAMED]
    ]  # fmt: skip
    more = [language.text("actual.more", count=len(rest) - MOST_NAMED)] if len(rest) > MOST_NAMED else []
    return [language.text("actual.not_planned", what="; ".join([*named, *more]))]
