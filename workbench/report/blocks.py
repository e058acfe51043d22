"""What is a report made of, before it is rendered?"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.tables import Table


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A number a manager looks at: value, what it is, and what it rests on."""

    value: str
    label: str
    detail: str
    source: str = ""


@dataclass(frozen=True)
class Figures:
    """Figures beside one another."""

    items: tuple[Figure, ...]


@dataclass(frozen=True)
class Picture:
    """An SVG picture with a caption; the text alternative is inside the SVG."""

    svg: str
    caption: str
    wide: bool = False


@dataclass(frozen=True)
class Fold:
    """Pictures that a reader may fold out."""

    summary: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Rows:
    """A table, of which some rows show and the others unfold."""

    table: Table
    most: int = 12


@dataclass(frozen=True)
class Warnings:
    """Findings about the model, one line each."""

    lines: tuple[str, ...]


Block = Paragraph | Figures | Picture | Fold | Rows | Warnings


@dataclass(frozen=True)
class Chapter:
    """A chapter with its anchor, its number among the seven steps (or none) and its blocks."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    step: int | None = None


@dataclass(frozen=True)
class Report:
    """A whole report."""

    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]
