"""What is a slide before it is drawn: one message, what shows it, and what it rests on?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.report.blocks import KeyMessage

Kind = Literal["bars", "stacked", "columns", "lines", "radar"]


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values of a chart, one a category; None where there is none.

    Attributes:
        muted: the categories that the message is not about, drawn lighter.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    dashed: bool = False
    muted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can be edited in the office program: bars lie, columns stand.

    Attributes:
        unit: of the values, for their format.
        axis: what the values are.
        labelled: whether values stand at the bars.
        decimals: of the values; those usual for the unit when not given.
    """

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    axis: str
    labelled: bool = True
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with what it says in words."""

    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A manager's questions answered: a sentence each, with its figure."""

    items: tuple[KeyMessage, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One slide.

    Attributes:
        step: where in the seven steps, in words.
        title: the message, a full sentence.
        body: what shows it.
        points: short facts beside it.
        foot: how to read it.
        notes: what to say, and on which lines of the model with which grade it rests.
        rank: slides of the highest ranks go first when there are too many.
    """

    step: str
    title: str
    body: Chart | Drawing | Answered
    points: tuple[str, ...] = ()
    foot: str = ""
    notes: tuple[str, ...] = ()
    rank: int = 1
