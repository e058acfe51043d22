"""How does a report become a PDF: real text, bookmarks, page numbers, pictures that read out what they show?

The texts go to the typesetter as data, never as markup, so that a name in a model cannot give orders.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from journeys.drawing import FONT, convert
from workbench.language.language import Language
from workbench.report.blocks import (
    Block,
    Chapter,
    Figure,
    Figures,
    Fold,
    KeyMessage,
    KeyMessages,
    Paragraph,
    Picture,
    Report,
    Rows,
    Warnings,
)
from workbench.report.leads import Leads
from workbench.report.paper.lines import annex
from workbench.report.paper.pages import arranged
from workbench.report.paper.pictures import HIGH_PT, paired, size_pt
from workbench.report.paper.tables import breaks, heights_pt, letters_pt, together, widths_pt
from workbench.report.paper.text import Links, cut
from workbench.report.table_view import ColumnView, RowView, table_view

_CAPTION_PT = 26.0


def write_pdf(report: Report, path: Path, language: Language) -> None:
    """Write the report as PDF."""
    folder = resources.files("workbench") / "report"
    template = (folder / "paper" / "report.typ").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as made, resources.as_file(folder / "fonts") as fonts:
        root = Path(made)
        (root / "report.typ").write_text(template, encoding="utf-8")
        data = _Data(report, language, root).made()
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        path.write_bytes(typst.compile(str(root / "report.typ"), root=str(root), font_paths=[str(fonts)]))


class _Data:
    """The report as plain data for the typesetter; pictures are put beside it as files."""

    def __init__(self, report: Report, language: Language, folder: Path) -> None:
        self._report = report
        self._language = language
        self._folder = folder
        self._links = Links(Leads.to(report.sources.anchors))
        self._chapters = [one for one in report.chapters if one.anchor != "sources"]
        self._pictures = 0

    def made(self) -> dict[str, Any]:
        text, report = self._language.text, self._report
        first, *others = [self._chapter(one) for one in self._chapters]
        for chapter, (blocks, room) in zip(others, arranged([one["blocks"] for one in others]), strict=True):
            chapter |= {"blocks": blocks, "room": room}
        files = annex(report.sources, self._links.named)
        lines = {"title": text("chapter.sources"), "intro": text("report.lines"), "files": files}
        return {
            "lang": self._language.code,
            "font": FONT,
            "title": cut(report.title, 160),
            "short": cut(report.title, 80),
            "subtitle": cut(report.subtitle),
            "words": {"kicker": text("report.kicker"), "contents": text("report.contents")},
            "chapters": [first, *others],
            "annex": lines if files else None,
        }

    def _chapter(self, chapter: Chapter) -> dict[str, Any]:
        blocks = list(paired(made for block in chapter.blocks for made in self._block(block)))
        return {
            "title": cut(chapter.title), "step": chapter.step, "id": f"chapter-{chapter.anchor}", "blocks": blocks
        }  # fmt: skip

    def _block(self, block: Block) -> Iterator[dict[str, Any]]:
        if isinstance(block, Paragraph):
            yield {"kind": "paragraph", "text": self._links.said(block.text, 2_000)}
        elif isinstance(block, Figures):
            yield {"kind": "figures", "items": [self._figure(one) for one in block.items]}
        elif isinstance(block, KeyMessages):
            yield {"kind": "messages", "items": [self._message(one) for one in block.items]}
        elif isinstance(block, Picture):
            yield self._picture(block)
        elif isinstance(block, Fold):
            yield from (self._picture(one) for one in block.pictures)
        elif isinstance(block, Rows):
            yield self._rows(block)
        elif isinstance(block, Warnings):
            yield {"kind": "warnings", "lines": [self._links.said(line) for line in block.lines]}

    def _message(self, message: KeyMessage) -> dict[str, Any]:
        known = message.chapter in {one.anchor for one in self._chapters}
        return {
            "question": message.question,
            "to": f"chapter-{message.chapter}" if known else "",
            "sentence": self._links.said(message.sentence, 900),
            "more": self._links.said(message.more, 900) if message.more else "",
            "figure": self._figure(message.figure),
        }

    def _figure(self, figure: Figure) -> dict[str, Any]:
        details = [self._links.said(one) for one in (figure.detail, figure.range, figure.grade) if one]
        return {"value": cut(figure.value), "label": cut(figure.label), "details": details,
                "source": self._links.places(figure.source) if figure.source else ""}  # fmt: skip

    def _picture(self, picture: Picture) -> dict[str, Any]:
        self._pictures += 1
        name = f"{self._pictures}.pdf"
        (self._folder / name).write_bytes(convert(picture.svg, "pdf"))
        width, height = size_pt(picture, HIGH_PT - (_CAPTION_PT if picture.caption else 0.0))
        return {
            "kind": "picture", "file": name, "alt": cut(picture.alternative, 4_000),
            "caption": self._links.said(picture.caption), "wide": picture.wide, "width": width, "height": height,
        }  # fmt: skip

    def _rows(self, block: Rows) -> dict[str, Any]:
        seen = table_view(block.table, self._language, block.most)
        left = self._language.text("report.left_out", count=self._language.show(len(seen.more), "count"))
        size = letters_pt(seen)
        widths = widths_pt(seen, size)
        heights = heights_pt(seen, widths, size)
        return {
            "kind": "rows",
            "title": seen.title,
            "headings": [cut(one.heading) for one in seen.columns],
            "numeric": [one.is_numeric for one in seen.columns],
            "places": [one.is_place for one in seen.columns],
            "widths": widths,
            "breaks": breaks(seen, widths, size),
            "size": size,
            "rows": [self._row(one, seen.columns) for one in seen.rows],
            "heights": heights,
            "together": together(heights),
            "notes": [*([left] if seen.more else []), *(self._links.said(note, 1_200) for note in seen.notes)],
        }

    def _row(self, row: RowView, columns: Sequence[ColumnView]) -> dict[str, Any]:
        places, said = self._links.places, self._links.said
        cells = [places(cell) if one.is_place else said(cell) for cell, one in zip(row.cells, columns, strict=True)]
        return {"cells": cells, "place": places(row.place) if row.place else ""}
