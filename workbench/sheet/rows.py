"""Which rows does a model have, and what stands in their cells?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from touchpoints.collections import BY_ID
from touchpoints.library import library_trees
from touchpoints.records.base import Part
from workbench.editing.change import ABSENT, FieldPath
from workbench.editing.snapshot import Snapshot, value_at
from workbench.language.language import Language
from workbench.project import Project
from workbench.sheet.cells import shown
from workbench.sheet.columns import Column, Sheet

RowKey = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A record, or a part of one, as a row.

    Attributes:
        key: what its key columns hold.
        record: the key of the record in its collection.
        path: where the row stands in that record; empty for the record itself.
        own: what the files hold of it, without what it inherits; ABSENT when they hold nothing.
        cells: the text of each column, by name.
    """

    key: RowKey
    record: str
    path: FieldPath
    own: Any
    cells: Mapping[str, str]


def rows_of(sheet: Sheet, project: Project, snapshot: Snapshot, language: Language) -> list[Row]:
    """The rows of a sheet, in the order of the model."""
    found = []
    for key, record, path, part in _parts(sheet, project):
        own = snapshot.value(sheet.collection, record)
        own = ABSENT if own is ABSENT else value_at(own, path)
        written = part.written.plain() if part else {}
        cells = {column.name: _cell(sheet, column, key, written, language) for column in sheet.columns}
        found.append(Row(key, record, path, own, cells))
    return found


def _parts(sheet: Sheet, project: Project) -> Iterator[tuple[RowKey, str, FieldPath, Part | None]]:
    """What becomes a row: key cells, record, path in it, and the part of the model."""
    inventory = project.inventory
    records: Mapping[str, Any] = getattr(inventory, sheet.collection)
    lent = {key for collection, key in inventory.from_library if collection == sheet.collection}
    own = {key: record for key, record in records.items() if key not in lent}
    if sheet.key == "maturity":
        for key in dict.fromkeys([*library_trees("maturity_questions"), *own]):
            yield (key,), key, (), own.get(key)
        return
    for place, (key, record) in enumerate(own.items(), start=1):
        if not sheet.inside:
            yield row_key(sheet, key, place), key, (), record
            continue
        inner = getattr(record, sheet.inside)
        for name, part in inner.items() if isinstance(inner, Mapping) else enumerate(inner):
            shown_name = name if isinstance(name, str) else str(name + 1)
            yield (key, shown_name), key, (sheet.inside, name), part


def row_key(sheet: Sheet, key: str, place: int) -> RowKey:
    """What the key columns of a record hold.

    Example:
        >>> from workbench.sheet.columns import SHEETS
        >>> row_key(SHEETS["volumes"], "kcc/move_how", 1), row_key(SHEETS["targets"], "kcc/wait/3", 3)
        (('kcc', 'move_how', ''), ('3',))
    """
    if sheet.is_numbered:
        return (str(place),)
    if sheet.collection in BY_ID:
        return (key,)
    keys = [column for column in sheet.columns if column.is_key]
    parts = key.split("/") if len(keys) > 1 else [key]
    return (*parts, *[""] * (len(keys) - len(parts)))


def _cell(sheet: Sheet, column: Column, key: RowKey, written: Any, language: Language) -> str:
    if column.is_key:
        keys = [one.name for one in sheet.columns if one.is_key]
        return key[keys.index(column.name)]
    if column.kind == "read":
        question = library_trees("maturity_questions").get(key[0])
        return str(question.plain()["question"][language.code]) if question else ""
    return shown(column, value_at(written, column.path), language)
