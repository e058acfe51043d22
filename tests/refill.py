"""How is a workbook filled in by a test as a person would, cell by cell?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

FORMATS = {"date": {"num_format": "d-m-yyyy"}, "time": {"num_format": "h:mm"}, "percent": {"num_format": "0%"}}


class Formula(str):
    """A cell that is worked out; programs that write files leave out its result."""

    result: Any = 12


class Unworked(Formula):
    """One whose result was not stored."""

    result = ""


def cells_of(file: Path) -> dict[str, list[list[Any]]]:
    """What stands in a workbook, by sheet."""
    with CalamineWorkbook.from_path(str(file)) as book:
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


class Rows:
    """New rows of a workbook, filled in below those that are there by the headings of their columns.

    Attributes:
        cells: what is filled in, as `refill` takes it.
        first: the cell at the left of the row filled in last.
    """

    def __init__(self, file: Path, head: int = 2) -> None:
        self._found = cells_of(file)
        self._head = head
        self._used = {name: max([head, *(i for i, row in enumerate(rows) if any(map(str, row)))])
                      for name, rows in self._found.items()}  # fmt: skip
        self.cells: dict[str, Any] = {}
        self.first = ""

    def add(self, sheet: str, values: Mapping[str, Any]) -> Rows:
        """One more row on a sheet."""
        from workbench.sheet.grid import cell_name

        self._used[sheet] += 1
        headings = self._found[sheet][self._head]
        self.first = f"{sheet}!{cell_name(self._used[sheet], 0)}"
        for heading, value in values.items():
            self.cells[f"{sheet}!{cell_name(self._used[sheet], headings.index(heading))}"] = value
        return self


def refill(
    file: Path,
    out: Path,
    cells: Mapping[str, Any] | None = None,
    drop: Iterable[str] = (),
    merge: Iterable[str] = (),
    hide: Iterable[str] = (),
    without: Iterable[str] = (),
    rename: Mapping[str, str] | None = None,
    order: Mapping[str, Any] | None = None,
) -> Path:
    """The workbook with other cells.

    Args:
        file: the workbook.
        out: the one to write.
        cells: `Sheet!D14`: value.
        drop: rows to delete, as `Sheet!14`.
        merge: areas, as `Sheet!B4:B6`.
        hide: rows, as `Sheet!14`.
        without: sheets to leave out.
        rename: sheets with another name.
        order: sheet: a function that puts its rows below the headings in another order.
    """
    from workbench.sheet.grid import place

    found = cells_of(file)
    for name, value in (cells or {}).items():
        sheet, cell = name.split("!")
        row, column = place(cell)
        found[sheet] += [[] for _ in range(row + 1 - len(found[sheet]))]
        found[sheet][row] += [""] * (column + 1 - len(found[sheet][row]))
        found[sheet][row][column] = value
    for sheet, key in (order or {}).items():
        found[sheet][3:] = sorted(found[sheet][3:], key=key)
    gone = {(name.split("!")[0], int(name.split("!")[1]) - 1) for name in drop}
    with xlsxwriter.Workbook(str(out), {"strings_to_formulas": False}) as book:
        formats = {name: book.add_format(how) for name, how in FORMATS.items()}
        for sheet, rows in found.items():
            if sheet in without:
                continue
            page = book.add_worksheet((rename or {}).get(sheet, sheet))
            kept = [row for index, row in enumerate(rows) if (sheet, index) not in gone]
            for index, row in enumerate(kept):
                for column, value in enumerate(row):
                    _write(page, index, column, value, formats)
            for area in (one.split("!")[1] for one in merge if one.startswith(f"{sheet}!")):
                start, end = (place(cell) for cell in area.split(":"))
                page.merge_range(*start, *end, kept[start[0]][start[1]])
            for row in (int(one.split("!")[1]) - 1 for one in hide if one.startswith(f"{sheet}!")):
                page.set_row(row, None, None, {"hidden": True})
    return out


def _write(page: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(value, Formula):
        page.write_formula(row, column, str(value), None, value.result)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, datetime | date):
        page.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, time):
        page.write_datetime(row, column, value, formats["time"])
    elif isinstance(value, float) and 0 < value < 1:
        page.write_number(row, column, value, formats["percent"])
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif value != "":
        page.write_string(row, column, str(value))
