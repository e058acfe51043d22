"""Which charts compare amounts as bars, lying by name or standing side by side?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.pictures.lettering import fitted, width_px
from journeys.pictures.svg import letters, rect
from workbench.language.language import Language
from workbench.pictures.plot import ACCENT, INK, MUTED, SIZE, Axis, framed, levels, nice_ticks, short

Row = tuple[str, float]

_NAMES, _LENGTH, _LINE, _NAME = 300.0, 400.0, 27.0, 12.0
_HIGH, _BELOW = 158.0, 24.0


def bars(rows: Sequence[Row], heading: str, axis: str, unit: str, language: Language, colour: str = ACCENT) -> str:
    """Lying bars, longest first, each with its name and its value.

    Args:
        rows: names and values, none below zero.
        heading: the title.
        axis: what is measured.
        unit: in which the values are shown.
        language: for the values.
        colour: of the bars.
    """
    ordered = sorted(rows, key=lambda row: -row[1])
    names = [fitted(name, _NAMES, _NAME) for name, _ in ordered]
    left = max(width_px(name, _NAME) for name in names) + 12
    longest = ordered[0][1] or 1.0
    shapes, said = [letters([axis], left, 0, SIZE, colour=MUTED)], []
    for number, ((name, value), written) in enumerate(zip(ordered, names, strict=True)):
        at, length, shown = 22 + number * _LINE, _LENGTH * value / longest, language.show(value, unit)
        shapes += [
            letters([written], left - 9, at + 3.5, _NAME, "end", colour=INK),
            rect(left, at, max(length, 1.0), 20, fill=colour, rx=2),
            letters([shown], left + length + 7, at + 3.5, _NAME, colour=INK),
        ]
        said.append(f"{short(name)} {shown}")
    return framed(shapes, left + _LENGTH + 70, 22 + len(ordered) * _LINE, heading, said)


@dataclass(frozen=True)
class Column:
    """A standing bar: its name, its value, what stands below it, and its colour."""

    name: str
    value: float
    below: str
    colour: str = ACCENT


def columns(found: Sequence[Column], width: float, heading: str, axis: str, language: Language) -> str:
    """Standing bars side by side, with as many names below them as there is room for."""
    scale = Axis(nice_ticks(0.0, max((one.value for one in found), default=0.0), 5), _HIGH, 26)
    left = 14 + max(width_px(language.show(tick, "count"), SIZE) for tick in scale.ticks)
    step = (width - left) / max(1, len(found))
    shapes = [letters([axis], 0, 0, SIZE, colour=MUTED), *levels(scale, left, width, "count", language)]
    said, free = [], left
    # The last name stays, whatever is left out before it.
    ends = left + step * (len(found) - 0.5) - width_px(found[-1].below, SIZE) / 2 - 10 if found else width
    for number, one in enumerate(found):
        x, y = left + step * number, scale.at(one.value)
        shapes.append(rect(x + step * 0.06, y, step * 0.88, _HIGH - y, fill=one.colour, rx=min(2.0, step / 4)))
        said.append(f"{short(one.name)} {language.show(one.value, 'count')}")
        half = width_px(one.below, SIZE) / 2
        if x + step / 2 - half >= free and (x + step / 2 + half <= ends or one is found[-1]):
            shapes.append(letters([one.below], x + step / 2, _HIGH + 6, SIZE, "middle", colour=MUTED))
            free = x + step / 2 + half + 10
    return framed(shapes, width + 10, _HIGH + _BELOW, heading, said)
