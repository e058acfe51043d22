"""What stands in the cells of an Excel workbook, and what about them cannot be taken for what it seems?"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

_LARGEST_FILE = 64 * 2**20
_LARGEST_UNPACKED = 512 * 2**20
_MOST_ROWS = 100_000


class GridError(ValueError):
    """A file that is no workbook, said in one line."""


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet.

    Attributes:
        cells: rows of values: text, number, yes or no, date or time; empty text where there is nothing.
        merged: the areas that are one cell: first row and column, last row and column, from zero.
        formulas: the places of cells that are worked out: row and column, from zero.
        hidden: the rows that are hidden, by a filter or by hand, from zero.
    """

    cells: list[list[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    formulas: frozenset[tuple[int, int]]
    hidden: frozenset[int]


def read_grids(file: Path) -> dict[str, Grid]:
    """The sheets of a workbook by name.

    Raises:
        GridError: the file is no .xlsx workbook, is too large, or is protected by a password.
        OSError: it cannot be read.
    """
    if file.stat().st_size > _LARGEST_FILE:
        raise GridError(f"{file}: the file is larger than {_LARGEST_FILE // 2**20} MiB; is it the workbook?")
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
                raise GridError(f"{file}: unpacks to more than {_LARGEST_UNPACKED // 2**20} MiB; is it the workbook?")
            markup = _markup(packed)
        with CalamineWorkbook.from_path(str(file)) as book:
            return {name: _grid(book, name, markup.get(name, "")) for name in book.sheet_names}
    except (zipfile.BadZipFile, KeyError) as error:
        raise GridError(f"{file}: is no Excel workbook; save it as .xlsx, without a password") from error
    except CalamineError as error:
        raise GridError(f"{file}: cannot be read as a workbook ({error})") from error


def _grid(book: CalamineWorkbook, name: str, markup: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > _MOST_ROWS:
        raise GridError(f"sheet '{name}' has {sheet.total_height:,} rows; delete what is not of the workbook")
    cells = sheet.to_python(skip_empty_area=False)
    formulas = {place(found[1]) for found in _FORMULA.finditer(markup)}
    hidden = {int(found[1]) - 1 for found in _HIDDEN.finditer(markup)}
    return Grid(cells, tuple(sheet.merged_cell_ranges or ()), frozenset(formulas), frozenset(hidden))


_CELL = r"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^>]*>\s*"
_FORMULA = re.compile(_CELL + r"<(?:\w+:)?f[\s/>]")
_HIDDEN = re.compile(r"<(?:\w+:)?row\s(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d{1,7})\"")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")


def _markup(packed: zipfile.ZipFile) -> dict[str, str]:
    """The XML of each sheet by its name."""
    targets = {}
    for link in _LINK.findall(_text(packed, "xl/_rels/workbook.xml.rels")):
        targets[_attribute(link, "Id")] = _attribute(link, "Target")
    found = {}
    for sheet in _SHEET.findall(_text(packed, "xl/workbook.xml")):
        target = targets.get(_attribute(sheet, r"\w+:id"), "").removeprefix("/xl/")
        if f"xl/{target}" in packed.namelist():
            found[unescape(_attribute(sheet, "name"))] = _text(packed, f"xl/{target}")
    return found


def _text(packed: zipfile.ZipFile, name: str) -> str:
    return packed.read(name).decode("utf-8", "replace")


def _attribute(element: str, name: str) -> str:
    found = re.search(rf"\s{name}=\"([^\"]*)\"", element)
    return found[1] if found else ""


def place(name: str) -> tuple[int, int]:
    """Row and column of a cell, from zero.

    Example:
        >>> place("D14"), place("AA1")
        ((13, 3), (0, 26))
    """
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :]) - 1, column - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell, row and column from zero.

    Example:
        >>> cell_name(13, 3), cell_name(0, 26)
        ('D14', 'AA1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


Grids = Mapping[str, Grid]
