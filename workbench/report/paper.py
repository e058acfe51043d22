"""How does a report become a PDF: real text, bookmarks, page numbers, pictures that read out what they show?

The texts go to the typesetter as data, never as markup, so that a name in a model cannot give orders.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from journeys.drawing import FONT, POINTS_PER_PX, convert
from workbench.language.language import Language
from workbench.report.blocks import (
    Block,
    Chapter,
    Figure,
    Figures,
    Fold,
    KeyMessages,
    Paragraph,
    Picture,
    Report,
    Rows,
    Warnings,
)
from workbench.report.places import brief
from workbench.report.table_view import ColumnView, RowView, TableView, table_view
from workbench.tables import visible

LONGEST = 400
"""Longer texts are cut on paper; the page shows them whole."""
_WIDE_PT, _HIGH_PT = 760.0, 468.0
"""The room for a picture on a landscape page [pt]."""
_CAPTION_PT, _UNDER_TITLE_PT = 26.0, 405.0
_SIZE = re.compile(r'\s(width|height)="([\d.]+)(?:px|pt)?"')
_UNBROKEN = re.compile(r"\S{40,}")
_BREAKS = re.compile(r"(?<=[/._,;:=&?-])(?=\w)")
_ROOMY, _TIGHT = 8, 12
"""Tables of more columns are set smaller, and smaller again."""


def write_pdf(report: Report, path: Path, language: Language) -> None:
    """Write the report as PDF."""
    folder = resources.files("workbench") / "report"
    with tempfile.TemporaryDirectory() as made, resources.as_file(folder / "fonts") as fonts:
        root = Path(made)
        (root / "report.typ").write_text((folder / "report.typ").read_text(encoding="utf-8"), encoding="utf-8")
        data = _Data(language, root).of(report)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        path.write_bytes(typst.compile(str(root / "report.typ"), root=str(root), font_paths=[str(fonts)]))


class _Data:
    """The report as plain data for the typesetter; pictures are put beside it as files."""

    def __init__(self, language: Language, folder: Path) -> None:
        self._language = language
        self._folder = folder
        self._pictures = 0

    def of(self, report: Report) -> dict[str, Any]:
        text = self._language.text
        return {
            "lang": self._language.code,
            "font": FONT,
            "title": _cut(report.title, 160),
            "short": _cut(report.title, 80),
            "subtitle": _cut(report.subtitle),
            "words": {"kicker": text("report.kicker"), "contents": text("report.contents")},
            "chapters": [self._chapter(one) for one in report.chapters if one.anchor != "sources"],
        }

    def _chapter(self, chapter: Chapter) -> dict[str, Any]:
        blocks = [made for block in chapter.blocks for made in self._block(block)]
        if blocks and blocks[0]["kind"] == "picture":
            blocks[0] |= {"wide": False, **_scaled(blocks[0], _UNDER_TITLE_PT)}
        return {"title": _cut(chapter.title), "step": chapter.step, "blocks": blocks}

    def _block(self, block: Block) -> Iterator[dict[str, Any]]:
        if isinstance(block, Paragraph):
            yield {"kind": "paragraph", "text": _cut(block.text, 2_000), "size": 9}
        elif isinstance(block, Figures):
            yield {"kind": "figures", "items": [_figure(one) for one in block.items]}
        elif isinstance(block, KeyMessages):
            items = [
                {"question": one.question, "sentence": _cut(one.sentence, 900), "figure": _figure(one.figure)}
                for one in block.items
            ]
            yield {"kind": "messages", "items": items}
        elif isinstance(block, Picture):
            yield self._picture(block)
        elif isinstance(block, Fold):
            yield from (self._picture(one) for one in block.pictures)
        elif isinstance(block, Rows):
            yield self._rows(block)
        elif isinstance(block, Warnings):
            yield {"kind": "warnings", "lines": [_cut(line) for line in block.lines]}

    def _picture(self, picture: Picture) -> dict[str, Any]:
        self._pictures += 1
        name = f"{self._pictures}.pdf"
        (self._folder / name).write_bytes(convert(picture.svg, "pdf"))
        width, height = _size_pt(picture, _HIGH_PT - (_CAPTION_PT if picture.caption else 0.0))
        return {
            "kind": "picture", "file": name, "alt": _cut(picture.alternative, 4_000), "caption": _cut(picture.caption),
            "wide": picture.wide, "width": width, "height": height,
        }  # fmt: skip

    def _rows(self, block: Rows) -> dict[str, Any]:
        seen = table_view(block.table, self._language, block.most)
        left = self._language.text("report.left_out", count=self._language.show(len(seen.more), "count"))
        columns = len(seen.columns)
        return {
            "kind": "rows",
            "title": seen.title,
            "headings": [_cut(one.heading) for one in seen.columns],
            "numeric": [one.is_numeric for one in seen.columns],
            "widths": _widths(seen),
            "size": 7.6 if columns <= _ROOMY else 6.9 if columns <= _TIGHT else 6.2,
            "rows": [_row(one, seen.columns) for one in seen.rows],
            "more": left if seen.more else "",
            "notes": [_cut(note, 1_200) for note in seen.notes],
        }


def _row(row: RowView, columns: Sequence[ColumnView]) -> dict[str, Any]:
    cells = [_places(cell) if one.is_place else _cut(cell) for cell, one in zip(row.cells, columns, strict=True)]
    return {"cells": cells, "place": _places(row.place)}


def _places(text: str) -> str:
    """The places of a row, as short as can be."""
    return _cut(", ".join(written for _, written in brief(text)))


def _figure(figure: Figure) -> dict[str, Any]:
    details = [_cut(one) for one in (figure.detail, figure.range, figure.grade) if one]
    return {"value": _cut(figure.value), "label": _cut(figure.label), "details": details,
            "source": _cut(figure.source)}  # fmt: skip


def _size_pt(picture: Picture, highest_pt: float) -> tuple[float, float]:
    """Width and height on paper: as drawn, or made smaller until it fits; wide pictures fill the page [pt]."""
    root = picture.svg.partition(">")[0]
    stated = {key: float(value) for key, value in _SIZE.findall(root)}
    width, height = (stated.get(side, 600.0) * POINTS_PER_PX for side in ("width", "height"))
    largest = min(_WIDE_PT / width, highest_pt / height)
    part = largest if picture.wide else min(1.0, largest)
    return round(width * part, 2), round(height * part, 2)


def _scaled(picture: dict[str, Any], highest_pt: float) -> dict[str, float]:
    part = min(1.0, highest_pt / picture["height"])
    return {"width": picture["width"] * part, "height": picture["height"] * part}


def _widths(seen: TableView) -> list[float]:
    """How the columns share the width: by the length of what stands in them, within bounds."""
    widths = []
    for at, column in enumerate(seen.columns):
        longest = max((len(row.cells[at]) for row in seen.rows), default=0)
        word = max((len(part) for part in column.heading.split()), default=0)
        least, most = (7, 12) if column.is_numeric else (7, 26)
        widths.append(float(min(most, max(least, longest, word))))
    if widths:
        widths[0] = max(widths[0], 16.0)
    return widths


def _cut(text: str, longest: int = LONGEST) -> str:
    """A text of bounded length that can be broken into lines.

    Example:
        >>> _cut("a" * 500, 5)
        'aaaa…'
    """
    text = visible(text)
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return _UNBROKEN.sub(lambda found: _breakable(found[0]), text)


def _breakable(word: str) -> str:
    """A long word with places to break it: after signs, or where there are none, anywhere."""
    parts = _BREAKS.split(word)
    cut = (part[at : at + 20] for part in parts for at in range(0, len(part), 20))
    return "\u200b".join(cut)
