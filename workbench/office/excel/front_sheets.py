"""What does a reader see first: the messages of the report, and what is on which sheet?"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.language.language import Language
from workbench.office.excel.book import HEAD_ROW, Book, Sheet, lines_of, quoted
from workbench.office.text import shortened
from workbench.report.blocks import Chapter, Figure, Figures, KeyMessage, KeyMessages, Paragraph, Report

_WIDTHS = (44.0, 74.0, 46.0)
_CONTENTS = (40.0, 30.0, 78.0, 10.0)
_LONGEST_IN_FORMULA = 250
"""Excel takes no longer text in a formula."""


def write_front(sheet: Sheet, report: Report, language: Language) -> None:
    """The first page of the report: questions, sentences and figures with range, grade and place."""
    first = report.chapters[0]
    sheet.write(0, 0, report.title, "title")
    sheet.write(1, 0, report.subtitle, "subtitle")
    sheet.widths(_WIDTHS)
    _follows_not(sheet, language)
    row = _blocks(sheet, HEAD_ROW, first)
    sheet.link(row + 1, 0, sheet.book.contents_name, f"{sheet.book.contents_name} →")
    _legend(sheet, row + 3, language)
    sheet.on_paper()
    sheet.made.fit_to_pages(1, 1)


def _follows_not(sheet: Sheet, language: Language) -> None:
    """A line that shows once an input was changed: texts and tables stay as they were, other sheets calculate."""
    outcomes = sheet.book.outcomes
    if not outcomes:
        return
    cells = [(f"{quoted(name)}!{cell}", f"{value:.2f}") for name, cell, value in outcomes]
    changes = ",".join(f"{cell}-({value}),({value})-{cell}" for cell, value in cells)
    names = ", ".join(name for name, _, _ in outcomes)
    said = shortened(language.text("office.changed", sheets=names), _LONGEST_IN_FORMULA).replace('"', '""')
    sheet.formula(HEAD_ROW - 1, 0, f'=IF(MAX({changes})>0.5,"{said}","")', "", "changed")


def _blocks(sheet: Sheet, row: int, chapter: Chapter) -> int:
    """The blocks of the first chapter below one another; returns the row after them."""
    for block in chapter.blocks:
        if isinstance(block, KeyMessages):
            for message in block.items:
                row = _message(sheet, row, message)
        elif isinstance(block, Figures):
            for figure in block.items:
                row = _figure(sheet, row, figure)
        elif isinstance(block, Paragraph):
            sheet.made.merge_range(row, 0, row, 2, "", sheet.book.styles.of("sentence"))
            sheet.write(row, 0, block.text, "sentence")
            sheet.height(row, [block.text], [sum(_WIDTHS) * 0.85], 17)
            row += 1
    return row


def _message(sheet: Sheet, row: int, message: KeyMessage) -> int:
    """A question with its answer, the figure beside it."""
    answer = " ".join(part for part in (message.sentence, message.more) if part)
    sheet.write(row, 0, message.question, "question")
    sheet.write(row, 1, answer, "answer")
    sheet.write(row, 2, None, "answer")
    sheet.height(row, [message.question, answer], [_WIDTHS[0], _WIDTHS[1] * 0.92], 17)
    return _figure(sheet, row + 1, message.figure)


def _figure(sheet: Sheet, row: int, figure: Figure) -> int:
    rests = " · ".join(part for part in (figure.range, figure.grade, figure.source) if part)
    sheet.write(row, 0, figure.value, "figure")
    label = " · ".join(part for part in (figure.label, figure.detail) if part)
    sheet.write(row, 1, label, "figure_text")
    sheet.write(row, 2, rests, "figure_place")
    sheet.made.set_row(row, max(30.0, 16.0 * max(lines_of(label, _WIDTHS[1]), lines_of(rests, _WIDTHS[2] * 1.2))))
    return row + 1


def _legend(sheet: Sheet, row: int, language: Language) -> None:
    """What the looks of cells mean."""
    sheet.section(row, language.text("office.legend"), 3)
    for at, look in enumerate(("input", "given", "stated", "total"), row + 1):
        sheet.write(at, 0, language.text(f"office.look_{look}"), f"{look}_legend")
        sheet.write(at, 1, language.text(f"office.look_{look}_means"), "text")
        sheet.write(at, 2, None)
        sheet.height(at, [language.text(f"office.look_{look}_means")], [_WIDTHS[1]])


def write_contents(sheet: Sheet, book: Book, language: Language) -> None:
    """Every sheet with a way to it, by chapter."""
    heads: Sequence[str] = [language.text(f"office.contents_{key}") for key in ("chapter", "sheet", "what", "rows")]
    sheet.write(0, 0, book.contents_name, "title")
    sheet.write(1, 0, book.project, "subtitle")
    sheet.widths(_CONTENTS)
    sheet.heads(HEAD_ROW, heads, (False, False, False, True), _CONTENTS)
    before = ""
    for row, one in enumerate(book.entries, HEAD_ROW + 1):
        sheet.write(row, 0, one.chapter if one.chapter != before else None)
        sheet.link(row, 1, one.sheet, one.sheet)
        sheet.write(row, 2, one.title)
        sheet.write(row, 3, one.rows, "number", "0")
        sheet.height(row, [one.chapter if one.chapter != before else "", one.title], [_CONTENTS[0], _CONTENTS[2]])
        before = one.chapter
    sheet.made.freeze_panes(HEAD_ROW + 1, 0)
    sheet.on_paper(HEAD_ROW)
