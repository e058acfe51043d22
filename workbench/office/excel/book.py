"""What do all sheets of the workbook share: names, looks, the way back to the contents, print set-up?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from workbench.language.language import Language
from workbench.office.excel.sheet_names import SheetNames
from workbench.office.excel.styles import Styles
from workbench.office.number_formats import is_number
from workbench.office.text import office_text

HEAD_ROW = 3
"""Title, chapter with the way back, an empty row, then the headings of the columns."""
PAPER_A4 = 9
_NARROW, _WIDE = 9, 52
LINE_HEIGHT = 15.0
_MOST_LINES = 8
_MOST_LINKS = 60_000
"""A sheet takes 65,530 links; places beyond are text."""
_SIGNS_PER_WIDTH = 1.08
"""Letters are narrower than the digit that widths are measured in."""
TAB_COLOURS = ("#0b6e8f", "#2f8f9d", "#5b8c5a", "#b8860b", "#b5651d", "#8a5a83", "#1f4e9e")
OTHER_TAB = "#9fb3c2"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: chapter, sheet, what is on it, how many rows."""

    chapter: str
    sheet: str
    title: str
    rows: int | None


class Book:
    """The workbook while it is made; `places` says in which row a line of the model stands."""

    def __init__(self, book: Workbook, language: Language, project: str) -> None:
        self.file = book
        self.language = language
        self.styles = Styles(book)
        self.project = office_text(project, 200)
        self.entries: list[Entry] = []
        self._names = SheetNames()
        self.lines_name = self._names.take(language.text("office.lines"))
        self.places: dict[str, int] = {}
        self.outcomes: list[tuple[str, str, float]] = []
        """Sheets that calculate, the cell with their outcome, and what it comes to before anybody changes an input."""

    def add(self, name: str, step: int | None = None) -> Sheet:
        """A new sheet at the end, under a name that is free."""
        return self._made(self._names.take(name), step)

    def add_lines(self) -> Sheet:
        """The sheet that places lead to, whose name is kept from the start."""
        return self._made(self.lines_name, None)

    def _made(self, name: str, step: int | None) -> Sheet:
        made = self.file.add_worksheet(name)
        made.set_tab_color(TAB_COLOURS[step - 1] if step and step <= len(TAB_COLOURS) else OTHER_TAB)
        made.hide_gridlines(2)
        return Sheet(self, made)

    @property
    def contents_name(self) -> str:
        """What the sheet with the contents is called."""
        return self.language.text("office.contents")


class Sheet:
    """A sheet, written cell by cell; rows and columns count from zero."""

    def __init__(self, book: Book, made: Worksheet) -> None:
        self.book = book
        self.made = made
        self._links = 0

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return str(self.made.get_name())

    def address(self, row: int, column: int) -> str:
        """The cell as formulas on other sheets name it."""
        return f"{quoted(self.name)}!{xl_rowcol_to_cell(row, column, True, True)}"

    def write(self, row: int, column: int, value: Any, look: str = "text", number: str = "") -> None:
        """A cell, typed: a number, a date, nothing, or else a text that stays a text."""
        style = self.book.styles.of("first" if look == "text" and not column else look, number)
        if look == "place" and value in self.book.places and self._links < _MOST_LINKS:
            self._links += 1
            self.link(row, column, self.book.lines_name, value, self.book.places[value], "place")
        elif value is None or (isinstance(value, float) and math.isnan(value)):
            self.made.write_blank(row, column, None, style)
        elif is_number(value):
            self.made.write_number(row, column, value, style)
        elif isinstance(value, date):
            self.made.write_datetime(row, column, value, style)
        else:
            self.made.write_string(row, column, office_text(str(value)), style)

    def formula(
        self, row: int, column: int, text: str, value: float | str, look: str = "number", number: str = ""
    ) -> None:
        """A formula with the value it has now, so that viewers that do not calculate show it too."""
        self.made.write_formula(row, column, text, self.book.styles.of(look, number), value)

    def link(self, row: int, column: int, sheet: str, text: str, to: int = 0, look: str = "link") -> None:
        """A way to a row of another sheet."""
        target = f"internal:{quoted(sheet)}!A{to + 1}"
        self.made.write_url(row, column, target, self.book.styles.of(look), office_text(text, 255))

    def section(self, row: int, text: str, columns: int) -> None:
        """A heading within the sheet, over some columns."""
        for column in range(columns):
            self.write(row, column, text if not column else None, "section")

    def top(self, title: str, chapter: str) -> None:
        """Title, chapter and the way back to the contents."""
        self.write(0, 0, title, "title")
        self.link(1, 0, self.book.contents_name, f"← {self.book.contents_name} · {chapter}")

    def heads(self, row: int, headings: Sequence[str], numeric: Iterable[bool], widths: Sequence[float]) -> None:
        """The headings of columns, as high as the longest needs."""
        for column, (heading, is_numeric) in enumerate(zip(headings, numeric, strict=True)):
            self.write(row, column, heading, "head_number" if is_numeric else "head" if column else "head_first")
        self.made.set_row(row, LINE_HEIGHT * max(map(lines_of, headings, widths), default=1) + 3)

    def widths(self, widths: Sequence[float]) -> None:
        """Widths of the columns from the first on, in signs."""
        for column, width in enumerate(widths):
            self.made.set_column(column, column, width)

    def height(self, row: int, texts: Sequence[str], widths: Sequence[float], each: float = LINE_HEIGHT) -> None:
        """Make a row as high as its longest text needs, within bounds."""
        needed = max(map(lines_of, texts, widths), default=1)
        if needed > 1:
            self.made.set_row(row, each * min(needed, _MOST_LINES) + 1)

    def notes(self, row: int, notes: Sequence[str], widths: Sequence[float]) -> int:
        """Remarks below one another over the width of the sheet; returns the row after them."""
        last, room = 0, widths[0]
        while last + 1 < len(widths) and room < 150:
            last += 1
            room += widths[last]
        for note in notes:
            text = office_text(note)
            if last:
                self.made.merge_range(row, 0, row, last, "", self.book.styles.of("note"))
            self.write(row, 0, text, "note")
            self.made.set_row(row, LINE_HEIGHT * min(lines_of(text, room), 12) + 3)
            row += 1
        return row

    def on_paper(self, head: int | None = None) -> None:
        """Landscape A4, as wide as a page, headings on every page, name and page number below."""
        self.made.set_landscape()
        self.made.set_paper(PAPER_A4)
        self.made.fit_to_pages(1, 0)
        self.made.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.made.set_footer(f"&L&8{self.book.project.replace('&', '&&')[:120]}&C&8&A&R&8&P / &N")
        if head is not None:
            self.made.repeat_rows(head)


def width_of(heading: str, shown: Iterable[str], most: float = _WIDE) -> float:
    """The width of a column: what its cells need, within bounds; headings may break between words."""
    words = max((len(word) for word in heading.split()), default=0)
    needed = max((len(text) for text in shown), default=0)
    return float(min(max(needed + 2, words + 3, len(heading) / 3 + 2, _NARROW), most))


def quoted(name: str) -> str:
    """The name of a sheet as formulas write it.

    Example:
        >>> quoted("7 Scenario's")
        "'7 Scenario''s'"
    """
    return "'{}'".format(name.replace("'", "''"))


def lines_of(text: str, width: float) -> int:
    """So many lines a text takes in a column, words kept whole."""
    lines, used, width = 1, 0, width * _SIGNS_PER_WIDTH
    for word in text.split():
        long = len(word)
        if used and used + 1 + long > width - 1:
            lines, used = lines + 1, 0
        lines += max(0, math.ceil(long / max(width - 1, 1)) - 1)
        used += long + (1 if used else 0)
    return lines
