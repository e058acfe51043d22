"""Which lines of which files does a report show, so that every place that it names can be looked up in it?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import resources

from touchpoints.files import SETTINGS_FILE
from touchpoints.inventory import Inventory
from touchpoints.library import PREFIX, library_files
from workbench.language.language import Language
from workbench.project import Project
from workbench.report.blocks import (
    Block,
    Chapter,
    Figures,
    KeyMessages,
    Paragraph,
    Picture,
    Rows,
    SourceFile,
    Sources,
    Warnings,
)
from workbench.report.leads import Leads
from workbench.tables import Table

WHOLE_LINES = 6_000
"""A model of no more lines is shown whole; of a larger one the lines that the report names, and those around them."""
AROUND = 3
"""So many lines before and after a named one, beside the keys under which it stands."""


def sources(project: Project, chapters: Iterable[Chapter], language: Language) -> Sources:
    """The files that the chapters name, whole when the model is small, else the lines named and those around them."""
    leads, named = leads_of(project.inventory), dict[str, set[int]]()
    for chapter in chapters:
        for text in _texts(chapter, language):
            for place in leads.named(text):
                named.setdefault(place.file, set()).add(place.line)
    own = {name: lines for name in (*project.inventory.files, SETTINGS_FILE) if (lines := _own_lines(project, name))}
    whole = sum(len(lines) for lines in own.values()) <= WHOLE_LINES
    found = []
    for name in sorted(named, key=lambda one: (one.startswith(PREFIX), one)):
        lines = own.get(name) or file_lines(project, name)
        if lines:
            found.append(SourceFile(name, _kept(lines, named[name], whole and name in own), len(lines)))
    return Sources(tuple(found))


def leads_of(inventory: Inventory) -> Leads:
    """The places of all files that the model was read from, those of the built-in library among them."""
    return Leads((*inventory.files, SETTINGS_FILE, *library_files()))


def _kept(lines: list[str], named: Collection[int], whole: bool) -> tuple[tuple[int, str], ...]:
    numbered = dict(enumerate(lines, 1))
    near = {line + step for line in named for step in range(-AROUND, AROUND + 1)}
    if not whole:
        keys = keys_above(numbered)
        near |= {key for line in named for key in chain_of(line, keys)}
    return tuple((number, text) for number, text in numbered.items() if whole or number in near)


def keys_above(lines: Mapping[int, str]) -> dict[int, int]:
    """The key under which each line stands: the nearest line before it that is indented less, comments apart.

    Example:
        >>> keys_above({1: "teams:", 2: "  kcc:", 3: "    people: 8", 4: "    fte: 6"})
        {2: 1, 3: 2, 4: 2}
    """
    open_keys: list[tuple[int, int]] = []
    found = {}
    for number, line in lines.items():
        text = line.strip()
        if not text:
            continue
        depth = indent(line)
        while open_keys and open_keys[-1][0] >= depth:
            open_keys.pop()
        if open_keys:
            found[number] = open_keys[-1][1]
        if not text.startswith("#"):
            open_keys.append((depth, number))
    return found


def chain_of(number: int, keys: Mapping[int, int]) -> Iterator[int]:
    """The keys above a line, from the nearest to the outermost.

    Example:
        >>> list(chain_of(4, {2: 1, 3: 2, 4: 2}))
        [2, 1]
    """
    while number in keys:
        number = keys[number]
        yield number


def indent(line: str) -> int:
    """By how many spaces a line is indented."""
    return len(line) - len(line.lstrip(" "))


def file_lines(project: Project, name: str) -> list[str]:
    """The lines of a file that the model was read from, or of the built-in library; none of any other file."""
    return _library_lines(name) if name.startswith(PREFIX) else _own_lines(project, name)


def _own_lines(project: Project, name: str) -> list[str]:
    if name not in project.inventory.files:
        return []
    try:
        return (project.root / name).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []


def _library_lines(name: str) -> list[str]:
    file = resources.files("touchpoints") / name
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() and ".." not in name else []


def _texts(chapter: Chapter, language: Language) -> Iterator[str]:
    """Every text of a chapter that may name a place."""
    for block in chapter.blocks:
        yield from _of_block(block)
    for picture in chapter.pictures():
        yield picture.caption
    for table in chapter.tables():
        yield from _of_table(table, language)


def _of_block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Warnings):
        yield from block.lines
    elif isinstance(block, Figures | KeyMessages):
        for item in block.items:
            figure = item if isinstance(block, Figures) else item.figure  # type: ignore[union-attr]
            yield from (figure.detail, figure.source)  # type: ignore[union-attr]
            yield getattr(item, "sentence", "")
    elif isinstance(block, Picture | Rows):
        return


def _of_table(table: Table, language: Language) -> Iterator[str]:
    yield from table.notes
    for row in table.rows:
        yield from (cell for cell in row if isinstance(cell, str) and ".y" in cell)
