"""What is a report made of, before it is rendered?

A chapter is a row of blocks, and every renderer (page, print, office, live) takes the same ones. A text may hold places
(`model/volumes.yaml:57`); `workbench.report.leads` finds them and the `Sources` block tells which lines they lead to.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from workbench.tables import Table

_LABEL = re.compile(r'<svg[^>]*?\saria-label="([^"]*)"')
_TOLD = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A number a manager looks at, and what it rests on; every text is written in the language of the report.

    Attributes:
        value: the number with its unit.
        label: what it is.
        detail: what else belongs to it.
        range: the ends between which it lies, in eight of ten cases; empty when it is a count without a range.
        grade: how hard it is: the weakest evidence grade that it rests on, or how many numbers have which.
        source: file:line of the record it stands on, or of the number that moves it most.
    """

    value: str
    label: str
    detail: str
    range: str = ""
    grade: str = ""
    source: str = ""


@dataclass(frozen=True)
class Figures:
    """Figures beside one another."""

    items: tuple[Figure, ...]


@dataclass(frozen=True)
class KeyMessage:
    """A manager's question, a sentence that says what to do, and the figure it rests on.

    Attributes:
        chapter: the anchor of the chapter that tells more.
        more: what belongs to the sentence, for who reads on.
    """

    question: str
    sentence: str
    figure: Figure
    chapter: str = ""
    more: str = ""


@dataclass(frozen=True)
class KeyMessages:
    """The questions a manager asks, answered one by one."""

    items: tuple[KeyMessage, ...]


@dataclass(frozen=True)
class Picture:
    """An SVG picture with a caption, and the table that says the same.

    Attributes:
        svg: the picture; its text alternative is inside.
        caption: what to see in it.
        wide: whether it needs the whole width (on paper: a landscape page).
        behind: the table behind the picture, folded out below it.
        beside: the key of the table in the same chapter that says the same, when it stands there anyway.
    """

    svg: str
    caption: str
    wide: bool = False
    behind: Table | None = None
    beside: str = ""

    @cached_property
    def alternative(self) -> str:
        """What the picture reads out: its label, or else its title and description.

        Example:
            >>> Picture('<svg role="img" aria-label="Calls: 1 &amp; 2"></svg>', "").alternative
            'Calls: 1 & 2'
        """
        label = _LABEL.search(self.svg)
        if label:
            return html.unescape(label[1])
        return html.unescape(". ".join(text.strip() for _, text in _TOLD.findall(self.svg)[:2]))


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


@dataclass(frozen=True)
class SourceFile:
    """A file of the model, or of the built-in library.

    Attributes:
        name: its name within the project, or the library.
        lines: its lines by number; those left out are not in it.
        of: how many lines the file has; 0 when nobody counted.
    """

    name: str
    lines: tuple[tuple[int, str], ...]
    of: int = 0


@dataclass(frozen=True)
class Sources:
    """The files on which the report stands, so that every place in it can be looked up in the report itself."""

    files: tuple[SourceFile, ...]

    @cached_property
    def anchors(self) -> dict[str, str]:
        """The anchor of every line that is here, by its place.

        Example:
            >>> Sources((SourceFile("model/a.yaml", ((7, "teams:"),)),)).anchors
            {'model/a.yaml:7': 'source-1-7'}
        """
        return {
            f"{file.name}:{number}": f"source-{at}-{number}"
            for at, file in enumerate(self.files, 1)
            for number, _ in file.lines
        }


Block = Paragraph | Figures | KeyMessages | Picture | Fold | Rows | Warnings | Sources


@dataclass(frozen=True)
class Chapter:
    """A chapter with its anchor, its number among the seven steps (or none) and its blocks."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    step: int | None = None

    def pictures(self) -> Iterator[Picture]:
        """All pictures, those folded away too."""
        for block in self.blocks:
            if isinstance(block, Picture):
                yield block
            elif isinstance(block, Fold):
                yield from block.pictures

    def tables(self) -> Iterator[Table]:
        """All tables, those behind pictures too."""
        for block in self.blocks:
            if isinstance(block, Rows):
                yield block.table
        yield from (one.behind for one in self.pictures() if one.behind is not None)


@dataclass(frozen=True)
class Report:
    """A whole report."""

    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]

    @property
    def sources(self) -> Sources:
        """The lines of the model that places in the report lead to."""
        blocks = (block for chapter in self.chapters for block in chapter.blocks)
        return next((block for block in blocks if isinstance(block, Sources)), Sources(()))
