"""Which chart shows a week in fields, weekdays across and times down?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.pictures.svg import RULE, letters, rect
from workbench.pictures.plot import INK, MUTED, SIZE, framed

_LEFT, _TOP = 46.0, 22.0
_INSIDE = 11.0


@dataclass(frozen=True)
class Field:
    """A field of the week: its day and time, what it says aloud and in the field, and its colours."""

    day: str
    time: str
    name: str
    shown: str
    colour: str
    ink: str = INK


def week(
    found: Sequence[Field],
    days: Sequence[str],
    size: tuple[float, float],
    heading: str,
    legend: Sequence[tuple[str, str]] = (),
) -> str:
    """The fields of a week, and what their colours mean.

    Args:
        found: the fields; those that are not there stay empty.
        days: what stands across, in order.
        size: width and height of a field [px].
        heading: the title.
        legend: words with their colours, from the top down.
    """
    wide, high = size
    times = sorted({one.time for one in found})
    shapes = [letters([day], _LEFT + wide * (at + 0.5), 2, SIZE, "middle", colour=MUTED)
              for at, day in enumerate(days)]  # fmt: skip
    shapes += [letters([time], _LEFT - 8, _TOP + high * at + (high - SIZE) / 2 - 1, SIZE, "end", colour=MUTED)
               for at, time in enumerate(times)]  # fmt: skip
    for one in found:
        x, y = _LEFT + wide * days.index(one.day), _TOP + high * times.index(one.time)
        shapes += [
            rect(x + 1, y + 1, wide - 2, high - 2, fill=one.colour, rx=2),
            letters([one.shown], x + wide / 2, y + (high - _INSIDE) / 2 - 1, _INSIDE, "middle", colour=one.ink),
        ]
    right, bottom = _LEFT + wide * len(days), _TOP + high * len(times)
    for at, (word, colour) in enumerate(legend):
        y = _TOP + 20 * at
        shapes += [rect(right + 18, y + 1, 13, 13, fill=colour, rx=2, stroke=RULE, stroke_width=0.5),
                   letters([word], right + 38, y + 1, SIZE, colour=MUTED)]  # fmt: skip
    width = right + (150 if legend else 4)
    return framed(shapes, width, max(bottom, _TOP + 20 * len(legend)) + 6, heading,
                  (f"{one.name} {one.shown}" for one in found))  # fmt: skip
