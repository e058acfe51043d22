"""How does what is typed in a cell become a change of the model, and what when it cannot?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from touchpoints.collections import BY_ID, key_fields
from workbench.app.editions import Edition
from workbench.app.workshop.forms import Cell, columns_of, path_of, text_now
from workbench.editing.apply import apply
from workbench.editing.change import ABSENT, Change, ConflictError, Edit, EditingError
from workbench.editing.plan import plan
from workbench.editing.snapshot import Snapshot
from workbench.editing.soundness import UnsoundError
from workbench.language.language import Language
from workbench.project import Project, open_project
from workbench.sheet.cells import CellError, read, shown
from workbench.sheet.columns import Column


@dataclass(frozen=True)
class Outcome:
    """What became of a change.

    Attributes:
        kind: done and written; wrong, with lines that say why; a conflict with what somebody else wrote; or gone, for
            the row is not in the model any more.
        lines: messages in the form of the checker.
        now: the text that stands in the cell now, unless what was typed is wrong.
        undo: the edit that takes it back.
    """

    kind: Literal["done", "wrong", "conflict", "gone"]
    lines: tuple[str, ...] = ()
    now: str = ""
    undo: Edit | None = None


DONE, GONE = Outcome("done"), Outcome("gone")


def set_cell(edition: Edition, cell: Cell, column: Column, before: str, text: str, language: Language) -> Outcome:
    """Write what was typed in a cell, when the cell still held what the viewer saw.

    Args:
        edition: the model that the viewer saw.
        cell: which cell.
        column: what may stand in it.
        before: the text that the viewer saw there.
        text: the text that shall stand there.
        language: the language of the words.
    """
    root = edition.sound.root
    try:
        snapshot = Snapshot.read(root)
        if not snapshot.broken and snapshot.value(cell.table, cell.key) is ABSENT:
            return GONE
        now, value = text_now(column, snapshot, edition, cell.table, cell.key, language)
        if now == text:
            return Outcome("done", now=now)
        if now != before:
            return Outcome("conflict", now=now)
        made = _written(root, [_change(snapshot, cell, column, value, text, language)], column, language)
        return replace(made, now=cell_now(edition, cell, column, language)) if made.kind == "done" else made
    except (CellError, EditingError) as error:
        return _refused(error)


def take_theirs(edition: Edition, cell: Cell, column: Column, language: Language) -> Outcome:
    """Let stand what is in the file."""
    try:
        return Outcome("done", now=cell_now(edition, cell, column, language))
    except EditingError as error:
        return _refused(error)


def cell_now(edition: Edition, cell: Cell, column: Column, language: Language) -> str:
    """The text that a cell would show with the files as they are now."""
    return text_now(column, Snapshot.read(edition.sound.root), edition, cell.table, cell.key, language)[0]


def _change(snapshot: Snapshot, cell: Cell, column: Column, value: Any, text: str, language: Language) -> Change:
    after = read(column, text, language).value
    if after is ABSENT and value is ABSENT:
        after = None  # which takes away what is inherited
    return snapshot.change(cell.table, cell.key, path_of(column, snapshot, cell.table, cell.key, language), after)


def _written(root: Path, changes: Iterable[Change], column: Column | None, language: Language) -> Outcome:
    try:
        made = apply(root, Edit(tuple(changes)))
    except ConflictError as error:
        now = error.conflicts[0].now
        return Outcome("conflict", now=shown(column, now, language) if column else str(error))
    return Outcome("done", undo=made.inverse)


def _refused(error: CellError | EditingError) -> Outcome:
    if isinstance(error, CellError):
        return Outcome("wrong", (f"{error} [{error.rule}]",))
    if isinstance(error, UnsoundError):
        return Outcome("wrong", tuple(fault.render() for fault in error.faults))
    return Outcome("wrong", tuple(str(error).splitlines()))


def add_row(edition: Edition, table: str, texts: Mapping[str, str], language: Language) -> Outcome:
    """Add a record with what was typed in an empty row."""
    try:
        key, record = _record(table, texts, language)
        snapshot = Snapshot.read(edition.sound.root)
        if snapshot.value(table, key) is not ABSENT:
            return Outcome("wrong", (language.text("workshop.there_already", what=key),))
        return _written(edition.sound.root, [Change(table, key, (), ABSENT, record)], None, language)
    except (CellError, EditingError) as error:
        return _refused(error)


def _record(table: str, texts: Mapping[str, str], language: Language) -> tuple[str, dict[str, Any]]:
    record: dict[str, Any] = {}
    keys: list[str] = []
    for column in columns_of(table):
        value = read(column, texts.get(column.name, ""), language).value
        if column.is_key:
            keys.append("" if value is ABSENT else str(value))
        if value is ABSENT or (column.is_key and table in BY_ID):
            continue
        here = record
        *outer, last = column.path
        for name in outer:
            here = here.setdefault(name, {})
        here[last] = value
    needed = keys[:2] if table == "volumes" else keys
    if not all(needed):
        names = ", ".join(key_fields(table)[:2] or ("id",))
        raise EditingError(language.text("workshop.needs_key", fields=names))
    return "/".join(key for key in keys if key), record


def remove_row(edition: Edition, table: str, key: str) -> Outcome:
    """Take a record out of the model, when nothing else in it needs it."""
    root = edition.sound.root
    try:
        value = Snapshot.read(root).value(table, key)
        if value is ABSENT:
            return DONE
        return _written(root, [Change(table, key, (), value, ABSENT)], None, Language())
    except EditingError as error:
        return _refused(error)


def take_back(edition: Edition, edit: Edit) -> Outcome:
    """Undo an edit, unless somebody changed the same since."""
    try:
        made = apply(edition.sound.root, edit)
    except EditingError as error:
        return _refused(error)
    return Outcome("done", undo=made.inverse)


def preview(
    edition: Edition, cell: Cell, column: Column, text: str, language: Language
) -> tuple[Project | None, Outcome]:
    """The model as it would be with what is being typed, written nowhere; None with what would be wrong."""
    snapshot, root = edition.snapshot, edition.sound.root
    try:
        _, value = text_now(column, snapshot, edition, cell.table, cell.key, language)
        made = plan(snapshot, Edit((_change(snapshot, cell, column, value, text, language),)))
    except (CellError, EditingError) as error:
        return None, _refused(error)
    if not made.after:
        return edition.sound, DONE
    project = open_project(root, instead=made.after)
    if project.errors:
        return None, Outcome("wrong", tuple(fault.render() for fault in project.errors))
    return project, DONE
