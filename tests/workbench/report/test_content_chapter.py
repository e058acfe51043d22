"""Does the chapter on content show coverage, gaps and calendar, in both languages?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from workbench.analysis.content.calendar import Slot
from workbench.pictures.content_charts import is_drawn
from workbench.project import open_project
from workbench.report.answers import Answers
from workbench.report.blocks import Picture, Rows
from workbench.report.content_chapter import content_chapter

GEMEENTE = Path(__file__).parents[3] / "examples" / "gemeente"


@pytest.mark.parametrize(
    ("lang", "covered", "late"), [("nl", "geldig antwoord 60%", "te laat"), ("en", "valid answer 60%", "overdue")]
)
def test_the_chapter_shows_pictures_and_tables(lang, covered: str, late: str) -> None:
    project = open_project(GEMEENTE, lang)
    chapter = content_chapter(Answers(project, project.language))
    bars, calendar = (block.svg for block in chapter.blocks if isinstance(block, Picture))
    assert covered in bars
    assert late in calendar
    assert [block.table.key for block in chapter.blocks if isinstance(block, Rows)] == [
        "content_coverage", "content_gaps", "content_unblocks", "content_risks", "content_calendar", "content_reviews",
    ]  # fmt: skip


def test_the_shares_in_the_picture_are_those_of_the_inventory() -> None:
    """The gemeente's inbound contacts with a reason that have a reviewed item fit for their channel, counted apart."""
    project = open_project(GEMEENTE, "en")
    inventory, end = project.inventory, project.inventory.settings.period.end
    covered = total = 0.0
    for volume in inventory.volumes.values():
        touchpoint = inventory.touchpoints[volume.touchpoint]
        if volume.reason is None or volume.contacts is None or touchpoint.direction == "outbound":
            continue
        total += volume.contacts.point
        covered += volume.contacts.point * any(
            volume.reason in one.answers and touchpoint.channel in one.fit_for and one.kind != "tacit"
            and one.reviewed is not None and (end - one.reviewed).days <= one.review_every.point * 365.25 / 12
            for one in inventory.content.values()
        )  # fmt: skip
    found = Answers(project, project.language).content.coverage
    assert found.share_of_contacts("answer_valid", "answer_not_findable") == pytest.approx(covered / total, abs=0.01)


def test_an_empty_model_says_so(write_project) -> None:
    project = open_project(write_project("reasons: {r: {}}\n"), "en")
    assert [getattr(block, "text", "") for block in content_chapter(Answers(project, project.language)).blocks] == [
        "The model holds no content yet."
    ]


@pytest.mark.parametrize(
    ("month", "drawn"), [(None, True), (date(2026, 12, 1), True), (date(2027, 12, 1), True), (date(2028, 1, 1), False)]
)
def test_the_calendar_reaches_a_year_ahead(month: date | None, drawn: bool) -> None:
    assert is_drawn(Slot(month, None, ()), date(2026, 12, 31)) is drawn
