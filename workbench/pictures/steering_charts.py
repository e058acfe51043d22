"""Which pictures show channel steering and the value of contacts: flows between touchpoints, bubbles in four fields?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from journeys.pictures.lettering import fitted, wrapped
from journeys.pictures.svg import INK, MUTED, RULE, SOFTER, amount, document, letters, path, rect, tag
from workbench.language.language import Language

_WIDTH, _BAR, _GAP, _HEIGHT = 760.0, 14.0, 14.0, 300.0
_LABEL, _TOP = 200.0, 46.0
_STAYS, _BACK = "#0b6e8f", "#d55e00"
_FIELD, _LARGEST = 372.0, 36.0
FIELDS = {"eliminate": "#d55e00", "automate": "#0072b2", "simplify": "#b8860b", "leverage": "#009e73"}
"""The fields of the value matrix with their colours."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Contacts a year that move from one touchpoint to another: helped there, and come back."""

    source: str
    target: str
    net: float
    back: float

    @property
    def gross(self) -> float:
        """All that try [1/year]."""
        return self.net + self.back


def sankey(streams: Sequence[Stream], heading: str, words: dict[str, str], language: Language) -> str:
    """Streams of contacts between touchpoints, as wide as they are large; those that come back in orange.

    Args:
        streams: at least one that moves anything.
        heading: the title.
        words: `net` and `back` of the legend.
        language: for the numbers.
    """
    sources, targets = _sums(streams, "source"), _sums(streams, "target")
    scale = (_HEIGHT - _GAP * (max(len(sources), len(targets)) - 1)) / sum(stream.gross for stream in streams)
    left, right = _places(sources, scale), _places(targets, scale)
    shapes = [letters([heading], 0, 2, 14, bold=True), *_legend(words)]
    x_left, x_right = _LABEL, _WIDTH - _LABEL - _BAR
    used_left, used_right = dict(left), dict(right)
    for stream in sorted(streams, key=lambda one: (-one.gross, one.source, one.target)):
        for size, colour in ((stream.net, _STAYS), (stream.back, _BACK)):
            wide = size * scale
            if wide <= 0:
                continue
            y1, y2 = used_left[stream.source], used_right[stream.target]
            shapes.append(_band(x_left + _BAR, y1, x_right, y2, wide, colour))
            used_left[stream.source], used_right[stream.target] = y1 + wide, y2 + wide
    for places, sums, x in ((left, sources, x_left), (right, targets, x_right)):
        for name, y in places.items():
            high = max(1.0, sums[name] * scale)
            shapes.append(rect(x, y, _BAR, high, fill=INK))
            text = f"{language.show(sums[name], 'count')}"
            at, anchor = (x - 8, "end") if x == x_left else (x + _BAR + 8, "start")
            shown = fitted(name, _LABEL - 20, 12)
            shapes.append(letters([shown, text], at, y + max(0.0, min(high / 2 - 15, 20)), 12, anchor))
    spoken = "; ".join(
        f"{one.source} → {one.target}: {language.show(one.net, 'count')} {words['net']}, "
        f"{language.show(one.back, 'count')} {words['back']}"
        for one in streams
    )
    sides = ((left, sources), (right, targets))
    ends = [y + sums[name] * scale for places, sums in sides for name, y in places.items()]
    return document(shapes, _WIDTH, max(ends) + 30, heading, spoken)


def _sums(streams: Sequence[Stream], side: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for stream in streams:
        name = getattr(stream, side)
        found[name] = found.get(name, 0.0) + stream.gross
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _places(sums: dict[str, float], scale: float) -> dict[str, float]:
    """Where each bar begins; never closer than two lines of its label."""
    found, y = {}, _TOP
    for name, size in sums.items():
        found[name] = y
        y += max(size * scale, 18.0) + _GAP
    return found


def _band(x1: float, y1: float, x2: float, y2: float, wide: float, colour: str) -> str:
    middle = (x1 + x2) / 2
    ahead = ((middle, y1), (middle, y2), (x2, y2))
    back = ((middle, y2 + wide), (middle, y1 + wide), (x1, y1 + wide))
    curves = (" ".join(f"{amount(x)} {amount(y)}" for x, y in curve) for curve in (ahead, back))
    points = f"M{amount(x1)} {amount(y1)} C{next(curves)} V{amount(y2 + wide)} C{next(curves)} Z"
    return path(points, fill=colour, fill_opacity=0.45)


def _legend(words: dict[str, str]) -> list[str]:
    shapes, x = [], 0.0
    for word, colour in ((words["net"], _STAYS), (words["back"], _BACK)):
        shapes += [rect(x, 24, 12, 12, fill=colour, fill_opacity=0.6), letters([word], x + 18, 24, 11, colour=MUTED)]
        x += 30 + 7 * len(word)
    return shapes


@dataclass(frozen=True, slots=True)
class Bubble:
    """A contact reason: its field of the matrix, and how many contacts it has a year."""

    name: str
    field: str
    contacts: float


def bubbles(found: Sequence[Bubble], heading: str, words: dict[str, str], language: Language) -> str:
    """The four fields of the value matrix with a bubble per reason, its area in proportion to its contacts.

    Args:
        found: reasons of the four fields; others are not drawn.
        heading: the title.
        words: the names of the fields, and `organisation`, what is beside and above one another.
        language: for the numbers.
    """
    drawn = sorted((one for one in found if one.field in FIELDS), key=lambda one: (-one.contacts, one.name))
    largest = max((one.contacts for one in drawn), default=1.0) or 1.0
    corners = {"automate": (0, 0), "leverage": (1, 0), "eliminate": (0, 1), "simplify": (1, 1)}
    shapes = [letters([heading], 0, 2, 14, bold=True)]
    top = 34.0
    for field, (column, row) in corners.items():
        x, y = column * (_FIELD + 8), top + row * (_FIELD + 8)
        shapes.append(rect(x, y, _FIELD, _FIELD, fill=SOFTER, stroke=RULE))
        shapes.append(letters([words[field]], x + 10, y + 8, 13, bold=True, colour=FIELDS[field]))
        shapes += _field([one for one in drawn if one.field == field], x, y, largest, language.code)
    bottom = top + 2 * _FIELD + 8
    shapes.append(letters([words["organisation"]], _FIELD + 4, bottom + 6, 11, "middle", colour=MUTED))
    spoken = "; ".join(f"{one.name}: {words[one.field]}, {language.show(one.contacts, 'count')}" for one in drawn)
    return document(shapes, 2 * _FIELD + 8, bottom + 30, heading, spoken)


def _field(found: Sequence[Bubble], x: float, y: float, largest: float, language: str) -> list[str]:
    """The bubbles of a field in rows, the largest first; what does not fit is left to the table."""
    shapes: list[str] = []
    left, line, high = x + 10, y + 34, 0.0
    for one in found:
        radius = max(5.0, _LARGEST * math.sqrt(one.contacts / largest))
        wide = max(2 * radius, 80.0)
        if left + wide > x + _FIELD - 6:
            left, line, high = x + 10, line + high + 8, 0.0
        if line + 2 * radius + 28 > y + _FIELD:
            continue
        middle = left + wide / 2
        circle = tag("circle", cx=middle, cy=line + radius, r=radius, fill=FIELDS[one.field], fill_opacity=0.55)
        lines = wrapped(one.name, wide + 2, 10, language, most=2)
        label = letters(lines, middle, line + 2 * radius + 2, 10, "middle")
        shapes += [circle, label]
        left, high = left + wide + 8, max(high, 2 * radius + 27)
    return shapes
