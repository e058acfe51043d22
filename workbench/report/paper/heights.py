"""About how high is a block on paper, before the typesetter has set it?

The lines of a text follow from the widths of its letters; the rest are the distances of `report.typ`. On the reports of
the municipality a table comes out within five points of what is said here.
"""

from __future__ import annotations

import math
from typing import Any

from journeys.pictures.lettering import width_px
from workbench.report.paper.tables import LINE
from workbench.report.paper.text import Said

BETWEEN_PT = 12.0
"""The distance between blocks [pt]."""
_TITLE_PT = 23.0
_NOTE_PT, _NOTE_LINE_PT = 7.5, 8.8


def height_pt(block: dict[str, Any]) -> float:
    """About how high a block is, the space before it included [pt]."""
    kind = block["kind"]
    if kind == "picture":
        lines = _lines(block["caption"], _NOTE_PT, max(block["width"], 300.0))
        return float(block["height"]) + BETWEEN_PT + lines * _NOTE_LINE_PT + (2 if lines else 0)
    if kind == "pair":
        return max(height_pt(one) for one in block["items"])
    if kind == "rows":
        return sum(parts_pt(block))
    if kind == "paragraph":
        return _lines(block["text"], 9.0, 510.0) * 11.7 + 3
    if kind == "warnings":
        return 18 + sum(_lines(line, 7.8, 730.0) * 12.5 for line in block["lines"])
    return 52.0


def parts_pt(block: dict[str, Any]) -> list[float]:
    """How high the parts of a table are that are not broken: with the first its title, with the last the notes [pt]."""
    rows = iter(block["heights"])
    steps = [sum(next(rows) for _ in range(count)) for count in block["together"]] or [0.0]
    steps[0] += _TITLE_PT + headings_pt(block)
    steps[-1] += _notes(block)
    return steps


def headings_pt(block: dict[str, Any]) -> float:
    """How high the headings of a table are, which stand on every page that it takes [pt]."""
    size = float(block["size"])
    pairs = zip(block["headings"], block["widths"], strict=True)
    lines = [math.ceil(width_px(heading, size, bold=True) * 1.1 / max(width - 8.5, 8)) for heading, width in pairs]
    return (max(lines, default=1) * LINE - 0.45) * size + 5.2


def _notes(block: dict[str, Any]) -> float:
    room = max(min(sum(block["widths"]), 560.0), 100.0)
    lines = sum(_lines(note, _NOTE_PT, room) for note in block["notes"])
    return lines * _NOTE_LINE_PT + 3.2 if lines else 0.0


def _lines(said: Said, size: float, room: float) -> int:
    """On how many lines a text is set."""
    text = said if isinstance(said, str) else "".join(one["t"] + one.get("tail", "") for one in said)
    return math.ceil(width_px(text, size) / room)
