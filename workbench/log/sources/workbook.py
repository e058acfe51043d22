"""How is a sheet of an Excel workbook read?"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from touchpoints.faults import hint
from workbench.log.errors import LogError
from workbench.log.profile import Layout
from workbench.log.sources.batch import ROWS_PER_BATCH, Batch, require_columns, text_batch

_LARGEST = 2 * 2**30
_SUSPECT, _DENSEST = 100 * 2**20, 100
"""A workbook of rows packs to a tenth or so; one that unpacks to more than this, a hundredfold, is not one."""


def read_workbook(file: Path, profile: Layout, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """The records of a worksheet, in batches; dates and times become text in the ISO form.

    Raises:
        LogError: the file is no workbook, or lacks the sheet or a column the profile needs.
    """
    sheet = _sheet(file, profile)
    numbered = islice(enumerate(sheet.iter_rows(), start=1), profile.skip_lines, None)
    rows = ((line, row) for line, row in numbered if any(cell != "" for cell in row))
    header = list(profile.header or [(cell_text(cell) or "").strip() for cell in next(rows, (0, []))[1]])
    if not header:
        raise LogError(f"{file}: the sheet has no row of column names; is it empty, or is 'skip_lines' wrong?")
    require_columns(file, profile.required, header)
    places = {name: header.index(name) for name in wanted if name in header}
    columns: dict[str, list[str | None]] = {name: [] for name in places}
    lines: list[int] = []
    for line, row in rows:
        for name, place in places.items():
            columns[name].append(cell_text(row[place]) if place < len(row) else None)
        lines.append(line)
        if len(lines) >= ROWS_PER_BATCH:
            yield text_batch(columns, lines, (), line / max(1, sheet.total_height))
            columns, lines = {name: [] for name in places}, []
    yield text_batch(columns, lines, (), 1.0)


def sheet_header(file: Path, layout: Layout) -> list[str]:
    """The names in the first row of a sheet that says anything.

    Raises:
        LogError: the file is no workbook, or lacks the sheet.
    """
    rows = (row for row in _sheet(file, layout).iter_rows() if any(cell != "" for cell in row))
    return [(cell_text(cell) or "").strip() for cell in next(rows, [])]


def _sheet(file: Path, profile: Layout) -> CalamineSheet:
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                plain, on_disk = sum(part.file_size for part in packed.infolist()), max(1, file.stat().st_size)
                if plain > _LARGEST:
                    raise LogError(f"{file}: unpacks to more than {_LARGEST // 2**30} GiB; save it as CSV or Parquet")
                if plain > _SUSPECT and plain > _DENSEST * on_disk:
                    times = f"{plain // on_disk:,} times its size"
                    raise LogError(f"{file}: unpacks to {times}, as no log does; save it as CSV or Parquet")
        book = CalamineWorkbook.from_path(str(file))
        if not book.sheet_names:
            raise LogError(f"{file}: the workbook has no sheets")
        name = profile.sheet or book.sheet_names[0]
        if name not in book.sheet_names:
            raise LogError(f"{file}: sheet '{name}' is missing{hint(name, book.sheet_names)}")
        return book.get_sheet_by_name(name)
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise LogError(f"{file}: cannot be read as an Excel workbook ({error}); is it one?") from error


def cell_text(cell: Any) -> str | None:
    """A cell as text: whole numbers without a point, dates and times in the ISO form, nothing for an empty cell.

    Example:
        >>> [cell_text(cell) for cell in (12.0, 1.5, True, date(2021, 1, 2), timedelta(hours=30), "")]
        ['12', '1.5', 'true', '2021-01-02', '30:00:00', None]
    """
    if cell == "" or cell is None:
        return None
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(cell)
