"""Which sheets make up the workbook of a project? Its first page, contents, every table, and the sums behind them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import xlsxwriter

from workbench.language.language import Language
from workbench.office.excel.assumptions_sheet import write_assumptions
from workbench.office.excel.book import Book, Entry
from workbench.office.excel.case_sheets import STEP, add_case
from workbench.office.excel.front_sheets import write_contents, write_front
from workbench.office.excel.lines_sheet import rows_of, write_lines
from workbench.office.excel.sheet_names import short_title
from workbench.office.excel.table_sheet import write_table
from workbench.office.text import office_text, shortened
from workbench.project import Project
from workbench.report.answers import Answers
from workbench.report.blocks import Chapter, Picture, Report, Sources
from workbench.report.build import answers_of, report_of
from workbench.tables import Table

_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_DATA = re.compile(r": (?=[^:;]*\d)")
_ABOUT = 90
"""So many signs tell what a picture is about."""
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""A text stays a text, whatever it looks like."""


def write_workbook(project: Project, path: Path, language: Language | None = None) -> None:
    """Write the report as a workbook with typed cells, sums as formulas and inputs marked."""
    with answers_of(project, language) as answers:
        made = workbook(answers, report_of(answers))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made)


def workbook(answers: Answers, report: Report) -> bytes:
    """The workbook of a report that was worked out already."""
    language, made = answers.language, BytesIO()
    with xlsxwriter.Workbook(made, _PLAIN) as file:
        file.set_properties({"title": office_text(report.title, 250), "comments": office_text(report.subtitle, 250)})
        book = Book(file, language, report.title)
        book.places = rows_of(report.sources)
        front = book.add(report.chapters[0].title)
        contents = book.add(book.contents_name)
        for chapter in report.chapters:
            _add_chapter(book, chapter, answers)
        write_front(front, report, language)
        write_contents(contents, book, language)
    return made.getvalue()


def _add_chapter(book: Book, chapter: Chapter, answers: Answers) -> None:
    """A sheet for every table of a chapter; the business case brings its calculation along."""
    title = f"{chapter.step} · {chapter.title}" if chapter.step else chapter.title
    for table, about in _tables(chapter, book.language):
        sheet = book.add(_name(table, chapter, book.language), chapter.step)
        if table.key == "assumptions":
            rows = write_assumptions(sheet, answers.project.inventory, title, book.language)
        else:
            write_table(sheet, table, title, book.language)
            sheet.write(2, 0, about, "subtitle")
            rows = len(table.rows)
        name = f"{table.title(book.language)}: {about}" if about else table.title(book.language)
        book.entries.append(Entry(title, sheet.name, name, rows))
    for block in chapter.blocks:
        if isinstance(block, Sources):
            lines = book.add_lines()
            rows = write_lines(lines, block, title, book.language)
            book.entries.append(Entry(title, lines.name, book.language.text("office.lines"), rows))
    if chapter.step == STEP:
        add_case(book, answers.project, answers.case, title)


def _tables(chapter: Chapter, language: Language) -> Iterator[tuple[Table, str]]:
    """The tables of a chapter; one behind a picture with what the picture is called."""
    behind = {id(one.behind): one for one in chapter.pictures() if one.behind is not None}
    for table in chapter.tables():
        picture = behind.get(id(table))
        about = shortened(_heading(picture), _ABOUT) if picture is not None else ""
        yield table, about if about != table.title(language) else ""


def _heading(picture: Picture) -> str:
    """What a picture is called: its title, or what its text alternative says before the first number it reads out."""
    title = _TITLE.search(picture.svg)
    return html.unescape(title[1]) if title else _DATA.split(picture.alternative, maxsplit=1)[0]


def _name(table: Table, chapter: Chapter, language: Language) -> str:
    """A short name for the sheet of a table, with the number of its step."""
    short = short_title(table.key, language) or table.title(language)
    return f"{chapter.step} {short}" if chapter.step else short
