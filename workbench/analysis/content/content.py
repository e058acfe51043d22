"""Which answers are missing, expired, unfit or not to be found, what does it cost, and what has to be reviewed?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchpoints.inventory import Assumption, Inventory
from workbench.analysis.content.asked import Coverage, asked
from workbench.analysis.content.calendar import Review, Slot, reviews, slots
from workbench.analysis.content.questions import Judged, Logged, judge, logged
from workbench.analysis.content.search import ContentIndex, Found
from workbench.analysis.content.shelf_life import reference_day
from workbench.analysis.content.show import Shown
from workbench.analysis.steering.candidates import Candidate
from workbench.analysis.steering.steering import Steering, steering
from workbench.analysis.workload import assumption_of, distinct, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table

GATE = "gate_no_content"


@dataclass(frozen=True, repr=False)
class ContentCheck(Result):
    """How the answers stand where they are asked, what rests on the gaps, and when reviews are due.

    Attributes:
        coverage: every reason at every touchpoint with the state of its answer.
        unblocks: moves that a missing answer blocks, worth most first.
        reviews: the next review of every item.
        today: the day against which shelf life is held.
        questions: what an agent would find for the questions that were given.
        logged: how a file of questions fares, if one was given.
    """

    coverage: Coverage
    unblocks: tuple[Candidate, ...]
    reviews: tuple[Review, ...]
    today: date
    questions: tuple[Judged, ...]
    logged: Logged | None
    inventory: Inventory
    index: ContentIndex
    inputs: tuple[Assumption, ...]
    language: Language

    def search(self, question: str) -> tuple[Found, ...]:
        """What an agent would find for a question."""
        return self.index.search(question)

    @property
    def calendar(self) -> tuple[Slot, ...]:
        """The reviews per month and owner."""
        return slots(self.reviews, self.today)

    def tables(self) -> tuple[Table, ...]:
        """Questions first, when some were given; then coverage, gaps, what is blocked, risks, calendar and items."""
        shown = Shown(self.inventory, self.language, self.today)
        made = [
            shown.coverage(self.coverage),
            shown.gaps(self.coverage),
            shown.unblocks(self.unblocks),
            shown.risks(self.coverage),
            shown.calendar(self.calendar),
            shown.reviews(self.reviews),
        ]
        asked_for = [shown.questions(self.questions)] if self.questions else []
        if self.logged is not None:
            asked_for.append(shown.logged(self.logged))
        return (*asked_for, *made)


def content(
    project: Project,
    language: Language | None = None,
    questions: Iterable[str] = (),
    log: Iterable[str] | None = None,
    steered: Steering | None = None,
) -> ContentCheck:
    """How the content inventory answers what customers ask.

    Args:
        project: the project.
        language: of the tables; the project's when not given.
        questions: for which to tell what an agent would find.
        log: logged questions; redacted before anything else, and not kept.
        steered: the moves between touchpoints, when they were worked out already.
    """
    inventory = project.inventory
    today = reference_day(inventory)
    works = workload(project)
    index = ContentIndex(inventory)
    coverage = Coverage(asked(inventory, works, index, today))
    steered = steered or steering(project, language)
    blocked = tuple(one for one in steered.blocked if GATE in one.gates)
    shelf_lives = [
        assumption_of(f"content/{one.id}", one, "review_every", one.review_every)
        for one in inventory.content.values()
        if one.review_every is not None
    ]
    used = distinct([*(one.work for one in coverage.lines), *(one.work for one in blocked)])
    return ContentCheck(
        coverage=coverage,
        unblocks=blocked,
        reviews=reviews(inventory.content.values(), works),
        today=today,
        questions=tuple(judge(index, question, today) for question in questions),
        logged=logged(index, log, today, inventory.settings.privacy.suppress_below) if log is not None else None,
        inventory=inventory,
        index=index,
        inputs=(*used, *shelf_lives, *(one for one in steered.assumptions if one.name.startswith("steering/"))),
        language=language or project.language,
    )
