"""How large is a picture on paper, and which small ones stand beside one another?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from journeys.drawing import POINTS_PER_PX
from workbench.report.blocks import Picture
from workbench.report.paper.tables import ROOM_PT

HIGH_PT = 468.0
"""The height for a picture on a landscape page [pt]."""
_GAP_PT = 18.0
_LEAST_PART = 0.72
"""A picture is not made smaller than this to stand beside another: its letters have to stay legible."""
_SIZE = re.compile(r'\s(width|height)="([\d.]+)(?:px|pt)?"')


def size_pt(picture: Picture, highest_pt: float = HIGH_PT) -> tuple[float, float]:
    """Width and height on paper: as drawn, or made smaller until it fits; wide pictures fill the page [pt]."""
    root = picture.svg.partition(">")[0]
    stated = {key: float(value) for key, value in _SIZE.findall(root)}
    width, height = (stated.get(side, 600.0) * POINTS_PER_PX for side in ("width", "height"))
    largest = min(ROOM_PT / width, highest_pt / height)
    part = largest if picture.wide else min(1.0, largest)
    return round(width * part, 2), round(height * part, 2)


def paired(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks, with two pictures that follow one another beside each other where both stay legible."""
    waiting: dict[str, Any] | None = None
    for block in blocks:
        if not _fits_half(block):
            if waiting:
                yield waiting
            waiting = None
            yield block
        elif waiting is None:
            waiting = block
        else:
            yield {"kind": "pair", "items": [_half(waiting), _half(block)]}
            waiting = None
    if waiting:
        yield waiting


def _fits_half(block: dict[str, Any]) -> bool:
    return block["kind"] == "picture" and not block["wide"] and block["width"] * _LEAST_PART <= _half_pt()


def _half_pt() -> float:
    return (ROOM_PT - _GAP_PT) / 2


def _half(picture: dict[str, Any]) -> dict[str, Any]:
    part = min(1.0, _half_pt() / picture["width"])
    return picture | {"width": picture["width"] * part, "height": picture["height"] * part}
