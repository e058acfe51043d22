"""What is a table of results, before anyone renders it?"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.language.language import Language

if TYPE_CHECKING:
    import pandas as pd


NUMERIC = frozenset({"count", "decimal", "number", "share", "s", "hours", "money", "p", "rate", "by_row"})
"""The units of columns that hold numbers, which stand right."""


@dataclass(frozen=True)
class Table:
    """Rows of values under columns that the catalogue names and gives a unit.

    Attributes:
        key: the name of the table; its title is the text `table.<key>`.
        columns: keys of the catalogue; a column of unit `by_row` has the unit that the column `unit` names.
        rows: one value per column.
        notes: remarks that belong under it, in the language of the result.
        ids: a stable name per row for exports; none when rows have no name of their own.
        of: how many rows there are, when these are only the first of them.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    of: int = 0

    def title(self, language: Language) -> str:
        """The heading in a language."""
        return language.text(f"table.{self.key}")

    def headings(self, language: Language) -> list[str]:
        """The column headings in a language."""
        return [language.column(column)[0] for column in self.columns]

    def units(self) -> list[str]:
        """The unit of each column."""
        return [Language().column(column)[1] for column in self.columns]

    def shown(self, language: Language) -> list[list[str]]:
        """The rows as people read them."""
        units = self.units()
        unit_at = self.columns.index("unit") if "unit" in self.columns else None

        def shown(row: tuple[Any, ...]) -> list[str]:
            own = str(row[unit_at]) if unit_at is not None else "text"
            return [
                language.show(value, own if unit == "by_row" else unit) for value, unit in zip(row, units, strict=True)
            ]

        return [[visible(cell) for cell in shown(row)] for row in self.rows]

    def records(self) -> list[dict[str, Any]]:
        """The rows with unrounded values, for JSON and further work."""
        named = [{"id": name} for name in self.ids] or [{} for _ in self.rows]
        return [first | dict(zip(self.columns, row, strict=True)) for first, row in zip(named, self.rows, strict=True)]

    def to_frame(self) -> pd.DataFrame:
        """The table as a pandas frame with unrounded values."""
        import pandas as pd

        return pd.DataFrame(self.records(), columns=["id", *self.columns] if self.ids else list(self.columns))


def visible(text: str) -> str:
    """A text without signs that nobody sees but that steer how it is shown (control signs, reversed writing).

    Example:
        >>> visible("safe\u202etxt.exe")
        'safetxt.exe'
    """
    if text.isprintable():
        return text  # has none of these signs
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf") or sign == "\u200d")


def table(
    key: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any] | Sequence[Any]],
    notes: Iterable[str] = (),
    ids: Iterable[str] = (),
) -> Table:
    """A table from rows that are mappings by column or sequences in the order of the columns."""
    made = tuple(
        tuple(row.get(column) for column in columns) if isinstance(row, Mapping) else tuple(row) for row in rows
    )
    return Table(key, tuple(columns), made, tuple(notes), tuple(ids))


def csv_text(table: Table, top: int | None = None) -> str:
    """A table as CSV with unrounded values; texts that a spreadsheet would run as a formula are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(["id"] if table.ids else []), *table.columns])
    for record in table.records()[:top]:
        writer.writerow([defused(value) for value in record.values()])
    return out.getvalue()


def defused(value: Any) -> Any:
    """A text that starts like a formula with a quote in front, so that a spreadsheet shows it as text.

    Signs that nobody sees (control signs, reversed writing) are left out, for a terminal obeys them.

    Example:
        >>> defused("=HYPERLINK(1)"), defused(-2.5), defused("phone")
        ("'=HYPERLINK(1)", -2.5, 'phone')
    """
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
