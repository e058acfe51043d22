"""Which lines of the model does the workbook name, so that every place leads to its line?"""

from __future__ import annotations

from workbench.language.language import Language
from workbench.office.excel.book import HEAD_ROW, Sheet
from workbench.report.blocks import Sources

_WIDTHS = (46.0, 120.0)


def rows_of(sources: Sources) -> dict[str, int]:
    """The row in which every line will stand, by its place.

    Example:
        >>> from workbench.report.blocks import SourceFile
        >>> rows_of(Sources((SourceFile("model/a.yaml", ((7, "teams:"),)),)))
        {'model/a.yaml:7': 4}
    """
    places = (f"{file.name}:{number}" for file in sources.files for number, _ in file.lines)
    return {place: row for row, place in enumerate(places, HEAD_ROW + 1)}


def write_lines(sheet: Sheet, sources: Sources, chapter: str, language: Language) -> int:
    """The lines with their places; returns how many there are."""
    heads = [language.column("place")[0], language.text("office.line")]
    sheet.top(language.text("office.lines"), chapter)
    sheet.widths(_WIDTHS)
    sheet.heads(HEAD_ROW, heads, (False, False), _WIDTHS)
    row = HEAD_ROW
    for file in sources.files:
        for number, text in file.lines:
            row += 1
            sheet.write(row, 0, f"{file.name}:{number}", "line_place")
            sheet.write(row, 1, f"{' ' * (len(text) - len(text.lstrip()))}{text.lstrip()}", "line")
    sheet.made.freeze_panes(HEAD_ROW + 1, 0)
    sheet.on_paper(HEAD_ROW)
    return row - HEAD_ROW
