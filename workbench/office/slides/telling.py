"""What do all slides tell alike: the step, short names, and where their numbers come from?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from touchpoints.inventory import Assumption
from touchpoints.records.base import GRADES
from workbench.analysis.naming import name_of
from workbench.language.quantity import written
from workbench.office.text import shortened
from workbench.report.answers import Answers

_NAME = 60
_SOURCES = 12
_HUNDREDTH = 0.005


def in_step(answers: Answers, step: int) -> str:
    """Where in the seven steps a slide belongs."""
    return f"{step} · {answers.text(f'chapter.{step}')}"


def named(name: str, most: int = _NAME) -> str:
    """A name that fits in a sentence."""
    return shortened(name, most)


def owned(name: str, most: int = _NAME) -> str:
    """A name of whose and what (`Knowledge base: running cost`), shortened so that what it is stays.

    Example:
        >>> owned("Knowledge base and training of the editors: running cost", 40)
        'Knowledge base and…: running cost'
    """
    owner, sign, what = name.rpartition(": ")
    if len(name) <= most or not sign or len(what) > most // 2:
        return shortened(name, most)
    return f"{shortened(owner, most - len(what) - 2)}: {what}"


def top(rows: Iterable[tuple[str, float | None]], most: int, least: float = _HUNDREDTH) -> list[tuple[str, float]]:
    """The largest rows, those too small to see left out.

    Example:
        >>> top([("a", 1.0), ("b", 300.0), ("c", None), ("d", 7.0)], 2)
        [('b', 300.0), ('d', 7.0)]
    """
    known = sorted(((name, value) for name, value in rows if value and value > 0), key=lambda row: -row[1])
    return [(name, value) for name, value in known[:most] if value >= least * known[0][1]]


def by_grade(answers: Answers, used: Iterable[Assumption]) -> tuple[str, ...]:
    """How many numbers have which grade, and the places of the first of them; each number once."""
    found = list({one.name: one for one in used}.values())
    if not found:
        return ()
    counts = {grade: sum(one.grade == grade for one in found) for grade in GRADES}
    told = ", ".join(f"{answers.language.word(grade)} {count}" for grade, count in counts.items() if count)
    inventory, language = answers.project.inventory, answers.language
    lines = [
        f"{shortened(name_of(inventory, one.name, language), 120)}: {written(one.estimate, language)} "
        f"({language.word(one.grade)}, {one.place})"
        for one in found[:_SOURCES]
    ]
    return (answers.text("slide.grades", count=len(found), grades=told), *lines)


def places(answers: Answers, rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Which lines of the model the rows of a table stand on."""
    found = dict.fromkeys(str(row["place"]) for row in rows if row.get("place"))
    if not found:
        return ()
    return (answers.text("slide.places", places=", ".join(list(found)[:_SOURCES])),)
