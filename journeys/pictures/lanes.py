"""How do lanes lie below one another, each with its name at the left and a cell per column?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journeys.pictures.bands import MARGIN_PX, Frame
from journeys.pictures.lettering import width_px, wrapped
from journeys.pictures.svg import INK, MUTED, PAPER, group, height_of, letters, line, rect

PAD_PX = 6.0
NAME, TEXT, SMALL = 10.5, 10.5, 10.0
"""Sizes of letters: names of lanes, texts in cells, small texts [px]."""


@dataclass(frozen=True)
class Lane:
    """A lane of a band.

    Attributes:
        name: what stands at the left.
        height_px: of the lane.
        shapes: drawn from the lane's upper edge, x from the picture's left edge.
        under: shapes under the name.
        fill: the background.
    """

    name: str
    height_px: float
    shapes: tuple[str, ...]
    under: tuple[str, ...] = ()
    fill: str = PAPER


def stacked(lanes: Sequence[Lane], frame: Frame, language: str) -> tuple[list[str], float]:
    """The lanes of a band below one another: the shapes, and the height they take."""
    shapes: list[str] = []
    y = 0.0
    for lane in lanes:
        if not lane.height_px:
            continue
        if lane.fill != PAPER:
            shapes.append(rect(MARGIN_PX, y, frame.right_px - MARGIN_PX, lane.height_px, fill=lane.fill))
        shapes.append(line(MARGIN_PX, y, frame.right_px, y))
        room_px = frame.left_px - MARGIN_PX - PAD_PX
        name = wrapped(lane.name, room_px, NAME, language, bold=True, most=4)
        shapes.append(letters(name, MARGIN_PX + 2, y + PAD_PX, NAME, bold=True))
        shapes.append(group([*lane.shapes, *lane.under], y=y))
        y += lane.height_px
    shapes.append(line(MARGIN_PX, y, frame.right_px, y))
    return shapes, y


def name_height(name: str, frame: Frame, language: str) -> float:
    """The height that the name of a lane needs [px]."""
    room_px = frame.left_px - MARGIN_PX - PAD_PX
    return height_of(wrapped(name, room_px, NAME, language, bold=True, most=4), NAME) + 2 * PAD_PX


def text_lane(
    name: str,
    texts: Sequence[str],
    frame: Frame,
    language: str,
    fill: str = PAPER,
    bold_first: Sequence[str] = (),
    mark: Callable[[float, float], str] | None = None,
    most: int = 24,
) -> Lane | None:
    """A lane with a text per column; None when all are empty.

    Args:
        name: of the lane.
        texts: a text per column; its lines stay apart.
        frame: the columns.
        language: for syllables.
        fill: the background.
        bold_first: a bold line above each text.
        mark: draws a mark before a text that is not empty.
        most: lines of a text.
    """
    heads = list(bold_first) or [""] * len(texts)
    if not any(texts) and not any(heads):
        return None
    indent = 14.0 if mark else 0.0
    room_px = frame.column_px - 2 * PAD_PX - indent
    shapes, tallest = [], 0.0
    for column, (head, text) in enumerate(zip(heads, texts, strict=True)):
        x = frame.left_of(column) + PAD_PX
        first = wrapped(head, room_px, TEXT, language, bold=True, most=3) if head else []
        parts = text.split("\n") if text else []
        rest = [one for part in parts for one in wrapped(part, room_px, TEXT, language, most=most)]
        top = PAD_PX + height_of(first, TEXT)
        shapes.append(letters(first, x + indent, PAD_PX, TEXT, bold=True))
        shapes.append(letters(rest, x + indent, top, TEXT))
        if mark and text:
            shapes.append(mark(x + 5, PAD_PX + TEXT * 0.55))
        tallest = max(tallest, top + height_of(rest, TEXT) + PAD_PX)
    return Lane(name, max(tallest, name_height(name, frame, language)), tuple(shapes), fill=fill)


def phase_heads(phases: Sequence[tuple[str, str]], frame: Frame, language: str) -> tuple[list[str], float]:
    """Bars over the columns of each phase.

    Args:
        phases: id and label of the phase of each column.
        frame: the columns.
        language: for syllables.
    """
    spans: list[tuple[str, int, int]] = []
    for column, (phase, label) in enumerate(phases):
        if spans and phases[spans[-1][1]][0] == phase:
            spans[-1] = (spans[-1][0], spans[-1][1], column)
        else:
            spans.append((label, column, column))
    if not any(label for label, _, _ in spans):
        return [], 0.0
    shapes, tallest = [], 0.0
    bars = []
    for label, first, last in spans:
        x, width = frame.left_of(first) + 2, (last - first + 1) * frame.column_px - 4
        lines = wrapped(label, width - 12, 12, language, bold=True, most=3)
        tallest = max(tallest, height_of(lines, 12) + 9)
        bars.append((x, width, lines))
    for x, width, lines in bars:
        shapes.append(rect(x, 0, width, tallest, rx=4, fill="#d9e3ea"))
        top = (tallest - height_of(lines, 12)) / 2
        shapes.append(letters(lines, x + width / 2, top, 12, anchor="middle", bold=True))
    return shapes, tallest + 6


def heading(
    title: str, lines: Sequence[str], picture_px: float, language: str, note: str = ""
) -> tuple[list[str], float]:
    """The head of a picture: its title, and lines below it; a note stands at the right."""
    room_px = picture_px - 2 * MARGIN_PX
    shapes = [letters([note], picture_px - MARGIN_PX, MARGIN_PX + 4, 11, anchor="end", colour=MUTED)]
    names = wrapped(title, room_px - (110 if note else 0), 19, language, bold=True, most=3)
    shapes.append(letters(names, MARGIN_PX, MARGIN_PX, 19, bold=True))
    y = MARGIN_PX + height_of(names, 19) + 4
    for text in lines:
        shown = wrapped(text, room_px, 12, language, most=4) if text else []
        shapes.append(letters(shown, MARGIN_PX, y, 12, colour=INK))
        y += height_of(shown, 12) + (3 if shown else 0)
    return shapes, y + 10


LegendItem = tuple[Callable[[float, float], str], float, str]
"""What draws the sample from its left edge and middle, how wide it is [px], and the words beside it."""


def legend(items: Sequence[LegendItem], picture_px: float) -> tuple[list[str], float]:
    """Samples with words, in rows as wide as the picture."""
    shapes, x, y = [], MARGIN_PX, 16.0
    for draw, sample_px, words in items:
        needs = sample_px + 5 + width_px(words, SMALL)
        if x > MARGIN_PX and x + needs > picture_px - MARGIN_PX:
            x, y = MARGIN_PX, y + 18
        shapes.append(draw(x, y))
        shapes.append(letters([words], x + sample_px + 5, y - SMALL * 0.6, SMALL, colour=MUTED))
        x += needs + 20
    return shapes, y + 14
