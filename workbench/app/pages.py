"""Which pages are there, in the order of the seven steps, and what stands on each?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.report import chapters
from workbench.report.answers import Answers
from workbench.report.blocks import Chapter
from workbench.report.build import log_chapter
from workbench.report.case_chapter import business_case
from workbench.report.content_chapter import content_chapter
from workbench.report.first_page import first_page
from workbench.report.organisation_chapter import organisation_chapter, systems_chapter
from workbench.report.staffing_chapter import staffing_chapter


@dataclass(frozen=True)
class Page:
    """A page: its name in the address, the text of its title, its number among the seven steps, and its chapter.

    Attributes:
        make: the chapter of the report that stands on it; None for a page of its own.
        narrowed_by: which choices leave out what is about others.
    """

    name: str
    title: str
    step: int | None = None
    make: Callable[[Answers], Chapter] | None = None
    narrowed_by: tuple[str, ...] = ()


PAGES = (
    Page("summary", "chapter.summary", None, first_page),
    Page("contact-points", "chapter.1", 1, chapters.contact_points, ("channel",)),
    Page("reasons", "chapter.2", 2, chapters.reasons),
    Page("content", "chapter.3", 3, content_chapter, ("channel",)),
    Page("journeys", "chapter.4", 4, chapters.journeys, ("channel", "persona")),
    Page("systems", "chapter.5", 5, systems_chapter, ("channel",)),
    Page("organisation", "chapter.6", 6, organisation_chapter, ("channel",)),
    Page("staffing", "chapter.staffing", 6, staffing_chapter, ("channel",)),
    Page("case", "chapter.7", 7, business_case, ("channel",)),
    Page("log", "chapter.log", None, log_chapter, ("channel", "persona", "period")),
    Page("missing", "chapter.missing", None, chapters.gaps),
    Page("assumptions", "chapter.assumptions", None, chapters.assumptions),
    Page("sources", "chapter.sources"),
    Page("scenarios", "live.scenarios"),
    Page("workshop", "live.workshop"),
)
NAMES = tuple(page.name for page in PAGES)
READ_ONLY = tuple(name for name in NAMES if name != "workshop")
"""The pages where nobody may change the model."""
BY_NAME = {page.name: page for page in PAGES}
