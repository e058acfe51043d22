"""Which tables are filled in at a workshop, and what stands in their cells?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from touchpoints.collections import BY_ID
from workbench.app.choices import TABLES
from workbench.app.editions import Edition
from workbench.editing.change import ABSENT, FieldPath
from workbench.editing.snapshot import Snapshot, value_at
from workbench.language.language import Language
from workbench.sheet.cells import shown
from workbench.sheet.columns import SHEETS, Column, Sheet
from workbench.sheet.rows import Row, rows_of

_FIELDS: dict[str, tuple[str, ...]] = {
    "touchpoints": ("name", "channel", "owner", "direction", "systems", "customer_view", "knowledge_support",
                    "human_fallback"),
    "reasons": ("name", "category", "complexity", "emotion", "value.customer", "value.organisation", "status_question",
                "failure_demand"),
    "volumes": ("contacts", "handling_time", "wait", "answer_time", "resolved_first_time", "handed_off",
                "evidence.grade", "evidence.source"),
    "content": ("title", "answers", "kind", "fit_for", "owner", "reviewed", "review_every"),
    "moments_of_truth": ("importance.customer", "importance.organisation", "now", "ambition", "may_spend"),
}  # fmt: skip
"""The tables, with the fields that show beside what says which record it is."""

NAMES = TABLES


def sheet_of(name: str) -> Sheet:
    """The sheet of the workbook for workshops that holds the same records."""
    return SHEETS[name]


def columns_of(name: str) -> tuple[Column, ...]:
    """The columns of a table: what says which record it is, then its fields."""
    own = {column.name: column for column in SHEETS[name].columns}
    keys = [column for column in own.values() if column.is_key]
    return (*keys, *(own[field] for field in _FIELDS[name] if field in own))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the field of a record."""

    table: str
    key: str
    column: str

    @property
    def id(self) -> str:
        """Its name on the page."""
        return f"cell:{self.table}:{self.key}:{self.column}"


def cell_of(event: Mapping[str, Any]) -> tuple[Cell, Column] | None:
    """The cell that an event is about; None when there is none such."""
    table, key, name = event.get("table"), event.get("key"), event.get("column")
    if not isinstance(table, str) or table not in _FIELDS or not isinstance(key, str):
        return None
    found = next((column for column in columns_of(table) if column.name == name and not column.is_key), None)
    return (Cell(table, key, found.name), found) if found else None


def rows(edition: Edition, table: str, language: Language) -> list[Row]:
    """The rows of a table as the edition has them."""
    return rows_of(SHEETS[table], edition.sound, edition.snapshot, language)


def path_of(column: Column, snapshot: Snapshot, table: str, key: str, language: Language) -> FieldPath:
    """Where the value of a cell stands in its record; a name in two languages has one in each."""
    found = snapshot.value(table, key, column.path)
    if column.kind == "name" and isinstance(found, dict):
        return (*column.path, language.code)
    return column.path


def text_now(
    column: Column, snapshot: Snapshot, edition: Edition, table: str, key: str, language: Language
) -> tuple[str, Any]:
    """The text that a cell would show with these files, and the value that is written there (ABSENT when inherited)."""
    path = path_of(column, snapshot, table, key, language)
    value = snapshot.value(table, key, path)
    if value is not ABSENT:
        return shown(column, snapshot.value(table, key, column.path), language), value
    record = getattr(edition.sound.inventory, table).get(key)
    inherits = record is not None and table in BY_ID and "extends" in _plain(snapshot.value(table, key))
    return (shown(column, value_at(record.written.plain(), column.path), language) if inherits else ""), ABSENT


def _plain(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
