"""How do the cells of the workbook look, and how does a reader tell inputs from outcomes?"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from workbench.pictures.plot import ACCENT, GRID, INK, MUTED

INPUT_COLOUR, INPUT_FIELD = "#1f4e9e", "#fff6d6"
"""Blue on pale yellow, as models of finance mark what may be changed."""
GIVEN_FIELD = "#eef1f4"
_LINE = {"bottom": 4, "bottom_color": GRID}
_HEAD = {"bold": True, "text_wrap": True, "valign": "bottom", "bg_color": "#e6eef2", "bottom": 2,
         "bottom_color": ACCENT}  # fmt: skip
_NUMBER = {"align": "right", "valign": "top", **_LINE}

LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 16},
    "subtitle": {"font_color": MUTED, "font_size": 12},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT, "top": 1, "top_color": ACCENT},
    "head": {**_HEAD, "align": "left", "indent": 1},
    "head_first": _HEAD,
    "head_number": {**_HEAD, "align": "right"},
    "text": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1, **_LINE},
    "first": {"text_wrap": True, "valign": "top", **_LINE},
    "date": {"align": "left", "valign": "top", "indent": 1, **_LINE},
    "number": _NUMBER,
    "place": {"text_wrap": True, "valign": "top", "font_color": MUTED, "font_size": 9, "align": "left", "indent": 1,
              **_LINE},
    "total": {"bold": True, "align": "right", "top": 1, "top_color": INK, "bg_color": "#f5f7f9"},
    "total_text": {"bold": True, "top": 1, "top_color": INK, "bg_color": "#f5f7f9"},
    "input": {"font_color": INPUT_COLOUR, "bg_color": INPUT_FIELD, "border": 1, "border_color": "#e3d59a",
              "align": "right", "valign": "top", "locked": False},
    "stated": {**_NUMBER, "font_color": INPUT_COLOUR},
    "given": {**_NUMBER, "bg_color": GIVEN_FIELD},
    "result": {**_NUMBER, "bold": True},
    "line": {"font_name": "Consolas", "font_size": 9},
    "line_place": {"font_size": 9, "font_color": MUTED},
    "changed": {"bold": True, "font_color": "#b3261e"},
    "note": {"text_wrap": True, "valign": "top", "font_color": MUTED, "italic": True},
    "link": {"font_color": ACCENT, "underline": 1, "valign": "top"},
    "question": {"text_wrap": True, "valign": "top", "bold": True, "font_size": 12},
    "answer": {"text_wrap": True, "valign": "top", "font_size": 12},
    "sentence": {"text_wrap": True, "valign": "top", "font_size": 12, **_LINE},
    "figure": {"bold": True, "font_size": 18, "font_color": ACCENT, "valign": "vcenter", "align": "left", **_LINE},
    "figure_text": {"text_wrap": True, "valign": "vcenter", **_LINE},
    "figure_place": {"text_wrap": True, "valign": "vcenter", "font_color": MUTED, "font_size": 9, **_LINE},
}  # fmt: skip
"""The looks by name. `input` is a number of the model that formulas follow, `stated` one that is told only,
`given` one that the layout of the sheet rests on."""

LOOKS |= {f"{look}_legend": {**LOOKS[look], "align": "left"} for look in ("input", "given", "stated", "total")}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def of(self, look: str, number: str = "") -> Format:
        """The format of a look, with a number format where it holds a number."""
        key = (look, number)
        if key not in self._made:
            more = {"num_format": number} if number else {}
            self._made[key] = self._book.add_format({"font_color": INK, **LOOKS[look], **more})
        return self._made[key]
