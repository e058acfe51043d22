"""Which slides make up the presentation of a project? At most twelve, by the seven steps, one message each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench.language.language import Language
from workbench.office.slides.contacts_story import channels, coverage, value_matrix
from workbench.office.slides.deck import Deck
from workbench.office.slides.journeys_story import hotspots, journey_map, maturity, people, status_questions
from workbench.office.slides.message import Answered, Message
from workbench.office.slides.worth_story import against_log, hours, steering, tornado, worth
from workbench.project import Project
from workbench.report.answers import Answers
from workbench.report.blocks import KeyMessages, Report
from workbench.report.build import answers_of, report_of

MOST = 12
"""So many slides a meeting sits through."""
STORY: tuple[Callable[[Answers], Message | None], ...] = (
    channels, value_matrix, coverage, journey_map, hotspots, status_questions, people, maturity, steering, worth, hours,
    tornado, against_log,
)  # fmt: skip
"""In the order of the steps; what the model cannot tell yet has no slide."""


def write_slides(project: Project, path: Path, language: Language | None = None) -> None:
    """Write the report as slides with charts that can be edited."""
    with answers_of(project, language) as answers:
        made = presentation(answers, report_of(answers))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made)


def presentation(answers: Answers, report: Report) -> bytes:
    """The slides of a report that was worked out already."""
    deck = Deck(answers.language)
    deck.cover(report.title, report.subtitle, answers.text("report.kicker"))
    for number, message in enumerate(messages(answers, report), 2):
        deck.add(message, number)
    return deck.saved()


def messages(answers: Answers, report: Report) -> list[Message]:
    """The messages after the cover; of too many those of the least rank are left out, the last first."""
    found = [one for one in (summary(answers, report), *(tell(answers) for tell in STORY)) if one is not None]
    while len(found) > MOST - 1:
        found.remove(max(reversed(found), key=lambda one: one.rank))
    return found


def summary(answers: Answers, report: Report) -> Message | None:
    """The first page of the report: its sentences and figures."""
    first, show = report.chapters[0], answers.language.show
    works = answers.overview.works
    contacts = sum(work.contacts_per_year for work in works)
    if not contacts:
        return None
    items = tuple(one for block in first.blocks if isinstance(block, KeyMessages) for one in block.items)
    notes = tuple(
        " ".join(part for part in (one.question, one.sentence, one.more, f"({one.figure.source})") if part)
        for one in items
    )
    title = answers.text(
        "slide.summary", contacts=show(contacts, "count"), hours=show(answers.effort.customer_h_per_year, "hours"),
        money=show(sum(work.cost_per_year for work in works), "money"),
    )  # fmt: skip
    return Message(first.title, title, Answered(items), (), "", notes)
