"""What does a reader see of a table: which headings, which cells, and where each row comes from?"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.language.language import Language
from workbench.result import NUMERIC
from workbench.tables import Table


@dataclass(frozen=True)
class ColumnView:
    """A column as it is read: numbers are set to the right, places in the model are links."""

    heading: str
    is_numeric: bool
    is_place: bool


@dataclass(frozen=True)
class RowView:
    """The cells of a row, and its places in the model (several are set apart by semicolons)."""

    cells: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class TableView:
    """A table as it is read: the place of a row is no column of its own but belongs to its first cell.

    Attributes:
        rows: those that show at once.
        more: the others.
    """

    title: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    more: tuple[RowView, ...]
    notes: tuple[str, ...]


def table_view(table: Table, language: Language, most: int | None = None) -> TableView:
    """A table as it is read in a language, of which `most` rows show at once."""
    units, headings = table.units(), table.headings(language)
    kept = [index for index, column in enumerate(table.columns) if column != "place"]
    place = table.columns.index("place") if "place" in table.columns else None
    columns = tuple(
        ColumnView(headings[index], units[index] in NUMERIC, table.columns[index].endswith("_place")) for index in kept
    )
    rows = [
        RowView(tuple(row[index] for index in kept), row[place] if place is not None and table_row[place] else "")
        for row, table_row in zip(table.shown(language), table.rows, strict=True)
    ]
    at = len(rows) if most is None else most
    return TableView(
        title=table.title(language),
        columns=columns,
        rows=tuple(rows[:at]),
        more=tuple(rows[at:]),
        notes=table.notes,
    )
