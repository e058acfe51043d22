"""How is the workbook for a workshop written?"""

from __future__ import annotations

import importlib
import math
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from touchpoints.collections import BY_ID
from touchpoints.library import library_trees
from workbench.editing.snapshot import Snapshot
from workbench.language.language import Code, Language, catalogue
from workbench.project import Project
from workbench.sheet.basis import NAME, basis_cells
from workbench.sheet.cells import label
from workbench.sheet.columns import EVIDENCE, SHEETS, Column, Sheet
from workbench.sheet.grid import cell_name
from workbench.sheet.headings import about, form, heading, intro, note, step, title
from workbench.sheet.rows import Row, rows_of

SPARE = 60
"""So many empty rows are made ready below the last one."""
LISTS = "lists"
_PRINTED = 260
"""So many characters of a row fit a sheet of paper (A3) and can still be read."""
_HEAD = 2
"""The row of headings, counted from zero: above it stand the question and a blank."""
_INK, _PAPER = "#1d2b36", "#ffffff"
_STEPS = {1: "#1f5f8b", 2: "#2b7a78", 3: "#5b7f2b", 4: "#8a6d1f", 5: "#8a4b2a", 6: "#7a3b5e", 7: "#4b4f8a"}
_WIDTHS = {"key": 22, "read": 52, "name": 34, "text": 30, "word": 18, "words": 26, "yes_no": 11, "ref": 25, "refs": 34,
           "quantity": 19, "number": 10, "day": 13, "month": 11, "list": 32, "mapping": 36, "names": 36}  # fmt: skip


class SheetError(ValueError):
    """A workbook that cannot be written or read, said in one line."""


def export_sheet(project: Project, out: Path, language: Language | None = None) -> dict[str, int]:
    """Write the workbook of a project, and say how many rows each sheet has.

    Args:
        project: a project whose model has no errors.
        out: the file, which may not be there yet.
        language: the language of headings, notes and words; the project's when not given.

    Raises:
        SheetError: the extra `office` is not installed.
    """
    try:
        xlsxwriter: Any = importlib.import_module("xlsxwriter")
    except ImportError as error:
        raise SheetError("writing workbooks needs the extra: pip install 'journey-workbench[office]'") from error
    language = language or project.language
    snapshot = Snapshot.read(project.root)
    rows = {key: rows_of(sheet, project, snapshot, language) for key, sheet in SHEETS.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        _Book(book, project, language).write(rows)
    return {title(SHEETS[key], language.code): len(own) for key, own in rows.items()}


class _Book:
    """A workbook while it is written."""

    def __init__(self, book: Any, project: Project, language: Language) -> None:
        self.book = book
        self.project = project
        self.language = language
        self.code = language.code
        self._formats: dict[tuple[Any, ...], Any] = {}

    def write(self, rows: Mapping[str, list[Row]]) -> None:
        """All sheets."""
        self.book.set_properties({"title": self._called()})
        first = self.book.add_worksheet(intro("sheet", self.code))
        pages = {key: self.book.add_worksheet(title(sheet, self.code)) for key, sheet in SHEETS.items()}
        lists = self.book.add_worksheet(LISTS)
        names = self._lists(lists, rows)
        for key, page in pages.items():
            self._page(page, SHEETS[key], rows[key], names)
        self._intro(first, rows)
        lists.hide()
        hidden = self.book.add_worksheet(NAME)
        for index, cells in enumerate(basis_cells(self.code, rows)):
            for column, text in enumerate(cells):
                hidden.write_string(index, column, text)
        hidden.very_hidden()
        first.activate()

    def format(self, **how: Any) -> Any:
        """A cell format, made once."""
        key = tuple(sorted(how.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": "Calibri", "font_size": 11, **how})
        return self._formats[key]

    def _called(self) -> str:
        return str(intro("title", self.code)).format(name=self.project.inventory.label(self.code))

    def _page(self, page: Any, sheet: Sheet, rows: list[Row], names: Mapping[str, str]) -> None:
        colour = _STEPS[step(sheet)]
        columns = sheet.columns
        keys = sum(column.is_key for column in columns)
        last = _HEAD + len(rows) + SPARE
        page.set_tab_color(colour)
        page.hide_gridlines(2)
        page.set_row(0, 24)
        page.write_string(0, 0, about(sheet, self.code), self.format(bold=True, font_size=14, font_color=colour))
        page.set_row(1, 6)
        page.set_row(_HEAD, 34)
        for index, column in enumerate(columns):
            page.set_column(index, index, _width(column, self.code), self._cell(column))
            page.write_string(_HEAD, index, heading(column, self.code), self._head(column, colour))
            text = note(sheet, column, self.code)
            size = {"x_scale": 2.2, "y_scale": 0.35 + 0.22 * (2 + len(text) // 42), "font_size": 9}
            page.write_comment(_HEAD, index, text, {**size, "author": "", "color": "#fffbe6"})
            self._choose(page, column, index, last, names)
        for index in range(1, len(columns)):
            page.write_blank(0, index, None, self.format())
        for index in range(len(columns)):
            page.write_blank(1, index, None, self.format())
        for place, row in enumerate(rows, start=_HEAD + 1):
            lines = max(_lines(row.cells[column.name], _width(column, self.code) - 2) for column in columns)
            if lines > 1:  # else it grows by itself when somebody writes more
                page.set_row(place, 15 * lines + 1)
            for index, column in enumerate(columns):
                page.write_string(place, index, row.cells[column.name], self._cell(column))
        for place in range(_HEAD + 1 + len(rows), last + 1):
            for index, column in enumerate(columns):
                page.write_blank(place, index, None, self._cell(column))
        page.freeze_panes(_HEAD + 1, keys)
        page.autofilter(_HEAD, 0, last, len(columns) - 1)
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(math.ceil(sum(_width(column, self.code) for column in columns) / _PRINTED), 0)
        page.repeat_rows(_HEAD)
        page.repeat_columns(0, keys - 1)
        page.print_area(0, 0, _HEAD + len(rows) + 5, len(columns) - 1)
        page.set_footer("&L&A&R&P / &N")

    def _head(self, column: Column, colour: str) -> Any:
        shade = "#6b7480" if column.name in EVIDENCE else colour
        return self.format(bold=True, font_color=_PAPER, bg_color=shade, text_wrap=True, valign="vcenter", indent=1,
                           border=1, border_color="#c9d1d8", num_format="@")  # fmt: skip

    def _cell(self, column: Column) -> Any:
        how: dict[str, Any] = {"num_format": "@", "text_wrap": True, "valign": "top", "align": "left", "indent": 1,
                               "border": 1, "border_color": "#dfe4e8", "font_color": _INK}  # fmt: skip
        if column.is_key:
            how |= {"bold": True, "bg_color": "#f3f6f8"}
        elif column.name in EVIDENCE or column.kind == "read":
            how |= {"bg_color": "#f1f1f1"}
        return self.format(**how)

    def _choose(self, page: Any, column: Column, index: int, last: int, names: Mapping[str, str]) -> None:
        """The list that a cell offers; a list of several, or of ids that may still come, forbids nothing."""
        if column.words:
            words = [label(column, word, self.language) for word in column.words]
            source: Any = words if len(",".join(words)) <= 255 else None
            source = source or f"={names['|'.join(words)]}"
        elif column.collection in names:
            source = f"={names[column.collection]}"
        else:
            return
        strict = column.kind in ("word", "yes_no")
        several = column.kind in ("refs", "words")
        options = {"validate": "list", "source": source, "error_type": "stop" if strict else "warning",
                   "show_error": not several, "error_title": heading(column, self.code)[:32],
                   "error_message": form("choice", self.code)}  # fmt: skip
        page.data_validation(_HEAD + 1, index, last, index, options)

    def _lists(self, page: Any, rows: Mapping[str, list[Row]]) -> dict[str, str]:
        """The ids to choose from, on a hidden sheet; ids of new rows come in by themselves."""
        wanted = {column.collection for sheet in SHEETS.values() for column in sheet.columns if column.collection}
        names = {}
        for index, collection in enumerate(sorted(wanted)):
            sheet = SHEETS.get(collection)
            own = [row.record for row in rows[collection]] if sheet else []
            offered = dict.fromkeys([*getattr(self.project.inventory, collection), *self._lent(collection)])
            others = [key for key in offered if key not in own]
            page.write_string(0, index, collection)
            for place, key in enumerate(others, start=1):
                page.write_string(place, index, key)
            end = len(others)
            if sheet:
                end += len(own) + SPARE
                for place in range(len(own) + SPARE):
                    cell = f"{_quoted(title(sheet, self.code))}!$A${_HEAD + 2 + place}"
                    key = own[place] if place < len(own) else ""
                    page.write_formula(len(others) + 1 + place, index, f'=IF({cell}="","",{cell})', None, key)
            letter = cell_name(0, index).removesuffix("1")
            area = f"{LISTS}!${letter}$2:${letter}${end + 1}"
            name = f"ids_{collection}"
            self.book.define_name(name, f'=OFFSET({LISTS}!${letter}$2,0,0,MAX(1,COUNTIF({area},"?*")),1)')
            names[collection] = name
        self._words(page, names, len(wanted))
        return names

    def _words(self, page: Any, names: dict[str, str], start: int) -> None:
        """Lists of words that are too long to stand in a rule of their own."""
        for sheet in SHEETS.values():
            for column in sheet.columns:
                words = [label(column, word, self.language) for word in column.words]
                if len(",".join(words)) > 255 and "|".join(words) not in names:
                    index = start + sum(name.startswith("words_") for name in names.values())
                    for place, word in enumerate(words, start=1):
                        page.write_string(place, index, word)
                    name, letter = f"words_{index}", cell_name(0, index).removesuffix("1")
                    self.book.define_name(name, f"={LISTS}!${letter}$2:${letter}${len(words) + 1}")
                    names["|".join(words)] = name

    def _lent(self, collection: str) -> list[str]:
        """What the library offers beside the project's own; only channels are few enough to list them all."""
        return list(library_trees(collection)) if collection in ("channels", "systems") and collection in BY_ID else []

    def _intro(self, page: Any, rows: Mapping[str, list[Row]]) -> None:
        """The sheet that says how it works."""
        code = self.code
        page.hide_gridlines(2)
        for index, width in enumerate((3, 8, 22, 84, 10)):
            page.set_column(index, index, width)
        big = self.format(bold=True, font_size=20, font_color=_STEPS[1])
        plain = self.format(text_wrap=True, valign="top", font_color=_INK)
        strong = self.format(bold=True, font_size=13, font_color=_INK)
        page.write_string(0, 1, self._called(), big)
        page.set_row(0, 34)
        at = self._paragraph(page, 1, intro("lead", code))
        at = self._title(page, at + 1, intro("rules_title", code), strong)
        for number, rule in enumerate(intro("rules", code), start=1):
            page.write_string(at, 1, str(number), self.format(bold=True, align="center", valign="top"))
            page.merge_range(at, 2, at, 4, "", plain)
            page.write_string(at, 2, rule, plain)
            page.set_row(at, 15.5 * (_lines(rule, 125)))
            at += 1
        at = self._title(page, at + 1, intro("sheets_title", code), strong)
        for index, word in enumerate(intro("columns", code)):
            page.write_string(at, 1 + index, word, self.format(bold=True, bottom=2, bottom_color=_INK))
        for key, sheet in SHEETS.items():
            at += 1
            colour = _STEPS[step(sheet)]
            page.write_string(at, 1, str(step(sheet)), self.format(bold=True, align="center", font_color=_PAPER,
                                                                   bg_color=colour))  # fmt: skip
            name = title(sheet, code)
            link = self.format(font_color=colour, bold=True, underline=1)
            page.write_url(at, 2, f"internal:{_quoted(name)}!A{_HEAD + 1}", link, name)
            page.write_string(at, 3, about(sheet, code), plain)
            page.write_number(at, 4, len(rows[key]), self.format(align="right"))
        at = self._title(page, at + 2, intro("forms_title", code), strong)
        for name, words in catalogue("sheet")["intro"]["form_names"].items():
            page.write_string(at, 2, words[code], self.format(bold=True, valign="top"))
            page.write_string(at, 3, form(name, code), plain)
            at += 1
        at = self._title(page, at + 1, intro("left_title", code), strong)
        at = self._paragraph(page, at, intro("left", code))
        at = self._paragraph(page, at + 1, intro("back", code))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 1)
        page.print_area(0, 0, at, 4)

    def _title(self, page: Any, at: int, text: str, how: Any) -> int:
        page.write_string(at, 1, text, how)
        page.set_row(at, 22)
        return at + 1

    def _paragraph(self, page: Any, at: int, text: str) -> int:
        plain = self.format(text_wrap=True, valign="top", font_color=_INK)
        page.merge_range(at, 1, at, 4, "", plain)
        page.write_string(at, 1, text, plain)
        page.set_row(at, 15.5 * (_lines(text, 135)))
        return at + 1


def _quoted(name: str) -> str:
    """The name of a sheet as formulas write it."""
    return "'{}'".format(name.replace("'", "''"))


def _width(column: Column, code: Code) -> int:
    """The width of a column: its longest heading word fits in bold beside the arrow of the filter [characters]."""
    own = {"number": 7, "at": 34, "phase": 16, "tone": 18, "title": 36, "why": 46, "id": 25, "evidence.source": 36}
    return max(own.get(column.name, _WIDTHS[column.kind]), max(map(len, heading(column, code).split())) + 5)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column.

    Example:
        >>> _lines("", 10), _lines("one two three", 10), _lines("x" * 25, 10)
        (1, 2, 3)
    """
    return sum(max(1, len(textwrap.wrap(line, width))) for line in text.split("\n"))
