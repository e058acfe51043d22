"""Which rows does a filled-in sheet hold, and in which column does each field stand?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from touchpoints.faults import hint
from workbench.language.language import LANGUAGES
from workbench.sheet.columns import Column, Sheet
from workbench.sheet.grid import Grid, cell_name
from workbench.sheet.headings import heading, headings, title
from workbench.sheet.remarks import Remark, Spot

_HEAD_WITHIN = 10
"""The headings are looked for in so many rows."""


@dataclass(frozen=True)
class Filled:
    """A row as it was filled in.

    Attributes:
        spot: its first cell.
        cells: what stands in each field.
        columns: in which column.
    """

    spot: Spot
    cells: dict[str, Any]
    columns: dict[str, int]

    def at(self, name: str) -> Spot:
        """The cell of a field; the first of the row when it has none."""
        return Spot(self.spot.sheet, self.spot.row, self.columns.get(name, self.spot.column))


@dataclass
class Taken:
    """What a sheet holds, what about it was noticed, and which cells cannot be read for it."""

    rows: list[Filled] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)
    refused: set[Spot] = field(default_factory=set)


def take(sheet: Sheet, name: str, grid: Grid) -> Taken:
    """The rows of a sheet that stands in a workbook under a name."""
    taken = Taken()
    head = _head(sheet, grid)
    if head is None:
        known = ", ".join(heading(column, _language(sheet, name)) for column in sheet.columns[:4])
        taken.remarks.append(Remark(Spot(name), f"no row of headings here (known: {known}, …); put them back"))
        return taken
    places = _columns(sheet, name, grid, head, taken)
    if not taken.remarks or not any(one.is_error for one in taken.remarks):
        taken.fields = {column.name for column in places.values()}
        _look_over(name, grid, head, places, taken)
        taken.rows = list(_rows(name, grid, head, places))
    return taken


def _head(sheet: Sheet, grid: Grid) -> int | None:
    """The row with the headings: the one that has most of them."""
    known = headings(sheet)
    counts = [sum(_key(cell) in known for cell in row) for row in grid.cells[:_HEAD_WITHIN]]
    most = max(counts, default=0)
    return counts.index(most) if most >= min(2, len(known)) else None


def _columns(sheet: Sheet, name: str, grid: Grid, head: int, taken: Taken) -> dict[int, Column]:
    known = headings(sheet)
    found: dict[int, Column] = {}
    for index, cell in enumerate(grid.cells[head]):
        spot = Spot(name, head, index)
        column = known.get(_key(cell))
        if column in found.values() and column is not None:
            taken.remarks.append(Remark(spot, f"heading '{cell}' stands here twice; delete one of the two columns"))
        elif column is not None:
            found[index] = column
        elif any(row[index] not in ("", None) for row in grid.cells[head + 1 :] if index < len(row)):
            spoken = [heading(one, code) for code in LANGUAGES for one in sheet.columns]
            what = f"heading '{cell}' is unknown" if _key(cell) else "a column without heading"
            near = hint(str(cell), spoken, most=5) if _key(cell) else "; delete it, or give it a heading"
            taken.remarks.append(Remark(spot, f"{what}, and there are values below it{near}"))
    for column in sheet.columns:
        if column not in found.values() and column.kind != "read":
            spoken_name = heading(column, _language(sheet, name))
            message = f"column '{spoken_name}' is not here; "
            message += "rows cannot be told apart without it; put it back" if column.is_key else "its values stay"
            taken.remarks.append(Remark(Spot(name, head), message, is_error=column.is_key))
    return found


def _language(sheet: Sheet, name: str) -> Any:
    return next((code for code in LANGUAGES if title(sheet, code) == name), "en")


def _key(cell: Any) -> str:
    return " ".join(str(cell).split()).casefold()


def _look_over(name: str, grid: Grid, head: int, places: dict[int, Column], taken: Taken) -> None:
    """Cells that are merged or worked out, and rows that are hidden."""
    last = max(places)
    for (row, column), (end_row, end_column) in grid.merged:
        if end_row >= head and column <= last:
            area = f"{cell_name(row, column)}:{cell_name(end_row, end_column)}"
            message = f"{area} is merged and holds one value; unmerge it and fill in each cell"
            taken.remarks.append(Remark(Spot(name, row, column), message))
            area_rows, area_columns = range(row, end_row + 1), range(column, end_column + 1)
            taken.refused |= {Spot(name, one, other) for one in area_rows for other in area_columns}
    for row, column in sorted(grid.formulas):
        if row > head and column in places and places[column].kind != "read":
            worked_out = grid.cells[row][column] if row < len(grid.cells) and column < len(grid.cells[row]) else ""
            now = f"now {worked_out}" if worked_out not in ("", None) else "without a result"
            message = f"is a formula ({now}); put the value itself in its place"
            taken.remarks.append(Remark(Spot(name, row, column), message))
    hidden = [row for row in sorted(grid.hidden) if head < row < len(grid.cells) and _says(grid.cells[row], places)]
    if hidden:
        rows = ", ".join(str(row + 1) for row in hidden[:8]) + (", …" if len(hidden) > 8 else "")
        message = f"hidden rows are read too ({len(hidden)}: {rows})"
        taken.remarks.append(Remark(Spot(name, hidden[0]), message, is_error=False))


def _rows(name: str, grid: Grid, head: int, places: dict[int, Column]) -> Iterator[Filled]:
    columns = {column.name: index for index, column in places.items()}
    for row, cells in enumerate(grid.cells[head + 1 :], start=head + 1):
        if _says(cells, places):
            yield Filled(
                Spot(name, row, min(places)),
                {column.name: cells[index] if index < len(cells) else "" for index, column in places.items()},
                columns,
            )


def _says(cells: list[Any], places: dict[int, Column]) -> bool:
    """Whether anything stands in a row that is not only there to read."""
    return any(
        index < len(cells) and cells[index] is not None and str(cells[index]).strip() != ""
        for index, column in places.items()
        if column.kind != "read"
    )
