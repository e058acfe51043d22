"""How does a table of the report become a sheet: typed cells, units, filters, sums as formulas?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from workbench.language.language import Language
from workbench.office.excel.book import HEAD_ROW, Sheet, width_of
from workbench.office.excel.totals import SUMS
from workbench.office.number_formats import (
    MINUTES_FROM_S,
    SECONDS_PER_MINUTE,
    TYPED,
    decimals_of,
    is_number,
    number_format,
    with_unit,
)
from workbench.office.text import office_text
from workbench.tables import Table

_PLACES = ("place", "content_place")
_TEXT_SAMPLE = 400
"""So many rows decide how wide a column is."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is written: heading with unit, look, format, and what its values are divided by."""

    heading: str
    unit: str
    look: str
    number: str
    divide: float
    width: float


def write_table(sheet: Sheet, table: Table, chapter: str, language: Language) -> None:
    """A table on its sheet."""
    columns = [_column(table, index, language) for index in range(len(table.columns))]
    widths = [one.width for one in columns]
    sheet.top(table.title(language), chapter)
    sheet.widths(widths)
    sheet.heads(HEAD_ROW, [one.heading for one in columns], (one.look == "number" for one in columns), widths)
    units = table.columns.index("unit") if "unit" in table.columns else None
    for at, row in enumerate(table.rows, HEAD_ROW + 1):
        own = str(row[units]) if units is not None else ""
        for index, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write(sheet, (at, index), value, column, own, language)
        texts = [office_text(str(value)) if isinstance(value, str) else "" for value in row]
        sheet.height(at, texts, widths)
    after = HEAD_ROW + 1 + len(table.rows)
    if table.rows:
        sheet.made.autofilter(HEAD_ROW, 0, after - 1, len(columns) - 1)
        after = _totals(sheet, table, columns, after, language)
    sheet.notes(after + 1, table.notes, widths)
    sheet.made.freeze_panes(HEAD_ROW + 1, 1)
    sheet.on_paper(HEAD_ROW)


def _column(table: Table, index: int, language: Language) -> Column:
    heading, unit = language.column(table.columns[index])
    values = [row[index] for row in table.rows]
    numbers = [float(value) for value in values if is_number(value)]
    divide = 1.0
    if unit == "s" and max(map(abs, numbers), default=0.0) >= MINUTES_FROM_S:
        unit, divide = "min", SECONDS_PER_MINUTE
    heading = with_unit(heading, unit, language)
    if unit in TYPED or unit == "by_row":
        number = number_format(unit, language, decimals_of(unit, numbers)) if unit in TYPED else ""
        shown = [language.number(value / divide, 2 if unit in ("decimal", "min") else 0) for value in numbers]
        return Column(heading, unit, "number", number, divide, width_of(heading, (f"{one}   " for one in shown)))
    if unit == "date":
        return Column(heading, unit, "date", number_format("date", language), 1.0, width_of(heading, ["30 sept. 2026"]))
    look = "place" if table.columns[index] in _PLACES else "text"
    if look == "text" and values and len(numbers) == len([one for one in values if one is not None]):
        look = "number"
    words = (language.show(value, unit) for value in values[:_TEXT_SAMPLE])
    return Column(heading, unit, look, "", 1.0, width_of(heading, words))


def _write(sheet: Sheet, at: tuple[int, int], value: Any, column: Column, own: str, language: Language) -> None:
    """A cell of a table; where every row has its own unit, in the format of that."""
    if column.unit == "by_row":
        number = number_format(own, language, decimals_of(own, [value])) if own in TYPED and is_number(value) else ""
        if own == "s" and number:
            number += '" s"'
        sheet.write(*at, value if number or value is None else language.show(value, own), "number", number)
    elif is_number(value):
        sheet.write(*at, value / column.divide if column.divide != 1.0 else value, column.look, column.number)
    elif value is None or isinstance(value, date):
        sheet.write(*at, value, column.look, column.number)
    else:
        sheet.write(*at, language.show(value, column.unit), column.look)


def _totals(sheet: Sheet, table: Table, columns: Sequence[Column], row: int, language: Language) -> int:
    """A row of sums that follow the filter; returns the row after it."""
    summed = SUMS.get(table.key, ())
    if not any(name in table.columns for name in summed) or len(table.rows) < 2:
        return row
    for index, (name, column) in enumerate(zip(table.columns, columns, strict=True)):
        numbers = [line[index] for line in table.rows if is_number(line[index])]
        if name in summed and numbers:
            first, last = (xl_rowcol_to_cell(at, index) for at in (HEAD_ROW + 1, row - 1))
            total = sum(numbers) / column.divide
            sheet.formula(row, index, f"=SUBTOTAL(109,{first}:{last})", total, "total", column.number)
        else:
            sheet.write(row, index, language.text("office.total") if not index else None, "total_text")
    return row + 1
