"""Is the organisation ready: what does it say of itself, aspect by aspect, and is the order kept (tools last)?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from touchpoints.inventory import Assumption, Inventory, evidence_at
from touchpoints.library import library_trees
from touchpoints.quantities import Money, Scale
from touchpoints.records.base import Label
from touchpoints.records.organisation import MaturityAnswer
from workbench.analysis.messages import Message, messages
from workbench.analysis.workload import assumption_of
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table

ASPECTS = ("reachability", "speed", "insight", "knowledge", "learning")
PARTS = ("vision", "organisation", "means")
LOW = 3.0
"""Below the middle of the scale: tools bought now would speed up what is not in order."""


@dataclass(frozen=True)
class Question:
    """A question of the scan with its answer, none when nobody answered it.

    Attributes:
        score: from 1 to 5.
    """

    id: str
    part: str
    aspect: str
    order: int
    text: dict[str, str]
    name: dict[str, str]
    answer: MaturityAnswer | None

    @property
    def score(self) -> float | None:
        """The answer from 1 to 5."""
        return self.answer.answer.point if self.answer is not None and self.answer.answer is not None else None


@dataclass(frozen=True)
class Score:
    """The mean of the answers that there are: what is not answered is told, and counts for nothing."""

    of: str
    questions: tuple[Question, ...]

    @property
    def answered(self) -> tuple[Question, ...]:
        """The questions with an answer."""
        return tuple(one for one in self.questions if one.score is not None)

    @property
    def mean(self) -> float | None:
        """Σ answers / number of answers, from 1 to 5; None without any."""
        scores = [one.score for one in self.answered if one.score is not None]
        return sum(scores) / len(scores) if scores else None


@dataclass(frozen=True)
class Tool:
    """Money that a scenario spends while vision or organisation score low."""

    scenario: str
    what: Label
    place: str


@dataclass(frozen=True, repr=False)
class Maturity(Result):
    """The scan, its scores, the vision, what is bought too early, and where messages differ.

    Attributes:
        aspects, parts: scores.
        tools: investments while vision or organisation score below the middle of the scale.
        messages: where customers hear different things.
    """

    questions: tuple[Question, ...]
    aspects: tuple[Score, ...]
    parts: tuple[Score, ...]
    tools: tuple[Tool, ...]
    messages: tuple[Message, ...]
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    @property
    def low_parts(self) -> tuple[Score, ...]:
        """Vision and organisation, where they score below the middle of the scale."""
        return tuple(one for one in self.parts[:2] if one.mean is not None and one.mean < LOW)

    @property
    def is_answered(self) -> bool:
        """Whether any question has an answer."""
        return any(one.score is not None for one in self.questions)

    def tables(self) -> tuple[Table, ...]:
        """Scores per aspect and part; the answers; the vision; findings on the order; messages that differ."""
        found = (self._scores("aspect", self.aspects), self._scores("part", self.parts), self._answers(),
                 self._vision(), self._order(), self._messages())  # fmt: skip
        return found[0], *(one for one in found[1:] if one.rows)

    def _scores(self, what: str, scores: tuple[Score, ...]) -> Table:
        code = self.language.code
        rows = []
        for one in scores:
            open_ = [q.name[code] for q in one.questions if q.score is None]
            rows.append((one.of, one.mean, len(one.answered), len(one.questions), "; ".join(open_) or None))
        columns = [what, "score_of_5", "answered_questions", "all_questions", "unanswered_questions"]
        note = self.language.text("maturity.mean")
        return table(f"maturity_{what}s", columns, rows, [note], [one.of for one in scores])

    def _answers(self) -> Table:
        rows = []
        for one in self.questions:
            answer = one.answer
            evidence = evidence_at(answer, ("answer",)) if answer is not None else None
            rows.append(
                (
                    one.text[self.language.code], one.part, one.aspect, one.score,
                    answer.why.text(self.language.code) if answer is not None and answer.why else None,
                    evidence.grade if evidence else None, evidence.source if evidence else None,
                    evidence.date if evidence else None, str(answer.place) if answer is not None else "",
                )
            )  # fmt: skip
        columns = ["question", "part", "aspect", "answer_of_5", "why", "grade", "source", "as_of", "place"]
        return table("maturity", columns, rows, ids=[one.id for one in self.questions])

    def _vision(self) -> Table:
        """The vision questions, and how far staff believe in it."""
        vision, rows = self.inventory.vision, []
        asked = library_trees("vision_questions")
        for key, tree in asked.items():
            value = getattr(vision, key)
            place = str(vision.where(key)) if value is not None else ""
            rows.append((tree.plain()["question"][self.language.code], self._shown(value), place))
        return table("vision", ["question", "answer_text", "place"], rows, ids=list(asked))

    def _shown(self, value: object) -> str | None:
        if isinstance(value, Label):
            return value.text(self.language.code)
        if isinstance(value, Money):
            return self.language.show(value.point, "money")
        return f"{self.language.show(value.point, 'number')}/5" if isinstance(value, Scale) else None

    def _order(self) -> Table:
        parts = ", ".join(
            f"{self.language.word(one.of)} {self.language.show(one.mean, 'number')}" for one in self.low_parts
        )
        rows = [
            (
                self.inventory.scenarios[one.scenario].label(self.language.code), one.what.text(self.language.code),
                self.language.text("maturity.too_early", parts=parts, low=self.language.show(LOW, "number")), one.place,
            )
            for one in self.tools
        ]  # fmt: skip
        return table("maturity_order", ["scenario", "investment", "finding", "place"], rows)

    def _messages(self) -> Table:
        rows = [
            (self.inventory.reasons[one.reason].label(self.language.code), one.kind, self._said(one),
             "; ".join(one.places))
            for one in self.messages
        ]  # fmt: skip
        return table("messages", ["reason", "message_conflict", "finding", "place"], rows)

    def _said(self, one: Message) -> str:
        """Who says what: the touchpoints with their tone, or the items with what tells them apart."""
        records: dict[str, Any] = {**self.inventory.touchpoints, **self.inventory.content}
        parts = [f"{records[key].label(self.language.code)}: {self._what(one, what)}" for key, what in one.said]
        if one.channel is not None:
            parts.append(self.inventory.channels[one.channel].label(self.language.code))
        return "; ".join(parts)

    def _what(self, one: Message, what: str) -> str:
        team = self.inventory.teams.get(what) if one.kind == "message_owner" else None
        return team.label(self.language.code) if team is not None else self.language.word(what)


def maturity(project: Project, language: Language | None = None) -> Maturity:
    """The nine questions by aspect and part, the vision, the order (tools last), and consistency of messages."""
    inventory = project.inventory
    questions = tuple(sorted(_questions(inventory), key=lambda one: one.order))
    aspects = tuple(Score(key, tuple(one for one in questions if one.aspect == key)) for key in ASPECTS)
    parts = tuple(Score(key, tuple(one for one in questions if one.part == key)) for key in PARTS)
    is_early = any(one.mean is not None and one.mean < LOW for one in parts[:2])
    return Maturity(
        questions,
        aspects,
        parts,
        tuple(_tools(inventory)) if is_early else (),
        messages(inventory),
        inventory,
        tuple(_inputs(questions)),
        language or project.language,
    )


def _questions(inventory: Inventory) -> Iterator[Question]:
    for key, tree in library_trees("maturity_questions").items():
        asked = tree.plain()
        yield Question(
            key, asked["part"], asked["aspect"], int(asked["order"]), asked["question"], asked["name"],
            inventory.maturity.get(key),
        )  # fmt: skip


def _tools(inventory: Inventory) -> Iterator[Tool]:
    """All that scenarios buy: which of it is a tool the model does not say."""
    for scenario in inventory.scenarios.values():
        for number, investment in enumerate(scenario.investments):
            yield Tool(scenario.id, investment.what, str(scenario.where("investments", number)))


def _inputs(questions: tuple[Question, ...]) -> Iterator[Assumption]:
    for one in questions:
        if one.answer is not None and one.answer.answer is not None:
            yield assumption_of(f"maturity/{one.id}", one.answer, "answer", one.answer.answer)
