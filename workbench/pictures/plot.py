"""Where does a number stand in a chart, and what frames it: axes, grid, heading, key?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from journeys.pictures.lettering import clean, fitted, width_px
from journeys.pictures.svg import INK as INK
from journeys.pictures.svg import amount, document, group, letters, line, rect
from workbench.language.language import Language

MUTED, GRID = "#5b6773", "#dfe4e9"
ACCENT = "#0b6e8f"
PALETTE = {"stays": "#5b6773", "gone": "#0072b2", "worse": "#d55e00", "light": "#9fb3c2"}
SIZE = 11.5
"""Of the letters on axes [px]."""
HEADING = 30.0
"""The room that a heading takes [px]."""

_LONGEST = 90
_BOLD = 14.0


@dataclass(frozen=True)
class Axis:
    """Values along a line of a chart.

    Attributes:
        ticks: the round values written along it, the first at its start and the last at its end.
        start, end: where these stand [px].
    """

    ticks: tuple[float, ...]
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands [px].

        Example:
            >>> Axis((0.0, 50.0, 100.0), 300.0, 100.0).at(25.0)
            250.0
        """
        return self.start + (self.end - self.start) * (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def nice_ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round values from below the lowest to above the highest.

    Example:
        >>> nice_ticks(-130.0, 40.0)
        (-150.0, -100.0, -50.0, 0.0, 50.0)
    """
    width = (high - low) or abs(high) or 1.0
    rough = width / (most - 1)
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough))
    first, last = np.floor(low / step), np.ceil(high / step)
    return tuple(float(step * count) for count in np.arange(first, max(last, first + 1) + 1))


def levels(axis: Axis, left: float, right: float, unit: str, language: Language) -> list[str]:
    """The grid of an axis that goes up: a line for each tick, its value to the left of it."""
    shapes = []
    for tick in axis.ticks:
        y, written = axis.at(tick), _written(tick, unit, language)
        shapes += [line(left, y, right, y, INK if tick == 0 else GRID, stroke_width=1),
                   letters([written], left - 8, y - SIZE * 0.62, SIZE, "end", colour=MUTED)]  # fmt: skip
    return shapes


def uprights(axis: Axis, top: float, bottom: float, unit: str, language: Language) -> list[str]:
    """The grid of an axis that goes across: a line for each tick, its value below it."""
    shapes = []
    for tick in axis.ticks:
        x = axis.at(tick)
        shapes += [line(x, top, x, bottom, GRID, stroke_width=1),
                   letters([_written(tick, unit, language)], x, bottom + 6, SIZE, "middle", colour=MUTED)]  # fmt: skip
    return shapes


def _written(tick: float, unit: str, language: Language) -> str:
    return language.show(tick, unit) if tick else "0"


def key(parts: Iterable[tuple[str, str]], x: float, y: float) -> tuple[list[str], float]:
    """What colours mean, beside one another; and where the last word ends [px].

    Args:
        parts: each a word and its colour.
        x: where the first begins [px].
        y: the upper edge [px].
    """
    shapes = []
    for word, colour in parts:
        shapes += [rect(x, y + 1, 11, 11, fill=colour, rx=2), letters([word], x + 17, y, SIZE, colour=MUTED)]
        x += 17 + width_px(word, SIZE) + 20
    return shapes, x - 20


def framed(shapes: Iterable[str], width: float, height: float, heading: str, said: Iterable[str]) -> str:
    """A chart under its heading, which reads out its numbers."""
    title = fitted(heading, width - 4, _BOLD, bold=True)
    drawn = [letters([title], 2, 2, _BOLD, bold=True, colour=INK), group(shapes, 0, HEADING)]
    return document(drawn, width, height + HEADING, short(heading), "; ".join(said))


def short(text: str) -> str:
    r"""A name or heading no longer than a chart has room for, on one line.

    Example:
        >>> short("Calls\nabout bills"), len(short("x" * 5000))
        ('Calls about bills', 90)
    """
    one = clean(text)
    return one if len(one) <= _LONGEST else one[: _LONGEST - 1] + "…"


def between(low: str, high: str, part: float) -> str:
    """A colour between two.

    Example:
        >>> between("#000000", "#ff0080", 0.5)
        '#800040'
    """
    ends = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (low, high))
    return "#" + "".join(f"{round(a + (b - a) * min(1.0, max(0.0, part))):02x}" for a, b in zip(*ends, strict=True))


def curve(points: Sequence[tuple[float, float]]) -> str:
    """A line through points, as the data of a path."""
    return "M" + "L".join(f"{amount(x)} {amount(y)}" for x, y in points)
