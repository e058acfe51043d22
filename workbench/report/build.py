"""Which chapters make up the report of a project?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from workbench.language.language import Language
from workbench.log.opening import has_log, open_project_log
from workbench.project import Project
from workbench.report import chapters
from workbench.report.answers import Answers
from workbench.report.blocks import Chapter, Paragraph, Report
from workbench.report.case_chapter import business_case
from workbench.report.content_chapter import content_chapter
from workbench.report.first_page import first_page
from workbench.report.organisation_chapter import organisation_chapter, systems_chapter
from workbench.report.places import sources
from workbench.report.staffing_chapter import staffing_chapter


def report(project: Project, language: Language | None = None) -> Report:
    """The report of a project, by the seven steps, held against its contact log when it has one."""
    with answers_of(project, language) as answers:
        return report_of(answers)


@contextmanager
def answers_of(project: Project, language: Language | None = None) -> Iterator[Answers]:
    """What the chapters draw on, with the contact log open as long as it is needed."""
    with open_project_log(project) if has_log(project) else nullcontext() as log:
        yield Answers(project, language or project.language, log)


def report_of(answers: Answers) -> Report:
    """The report from results that are at hand."""
    project, language = answers.project, answers.language
    made = [
        first_page(answers),
        chapters.contact_points(answers),
        chapters.reasons(answers),
        content_chapter(answers),
        chapters.journeys(answers),
        systems_chapter(answers),
        organisation_chapter(answers),
        staffing_chapter(answers),
        business_case(answers),
        log_chapter(answers),
        chapters.gaps(answers),
        chapters.assumptions(answers),
    ]
    held = sources(project, made, language)
    if held.files:
        blocks = (Paragraph(language.text("report.sources")), held)
        made.append(Chapter("sources", language.text("chapter.sources"), blocks))
    name = project.inventory.label(language.code)
    return Report(name, _subtitle(project, language), tuple(made))


def log_chapter(answers: Answers) -> Chapter:
    """Whether the log agrees; the engine of logs is loaded only where there is one."""
    if answers.log is None:
        return Chapter("log", answers.text("chapter.log"), (Paragraph(answers.text("nothing.log")),))
    from workbench.report.log_chapter import validation

    return validation(answers)


def _subtitle(project: Project, language: Language) -> str:
    inventory = project.inventory
    counts = language.text(
        "report.counts",
        touchpoints=len(inventory.touchpoints),
        reasons=len(inventory.reasons),
        journeys=len(inventory.journeys),
        content=len(inventory.content),
    )
    period = inventory.settings.period
    if period is None:
        return counts
    dates = f"{language.show(period.start, 'date')} – {language.show(period.end, 'date')}"
    return f"{dates} · {counts}"
