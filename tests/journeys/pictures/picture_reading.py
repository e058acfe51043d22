"""How does a test read a picture: its texts, where they stand, and whether two stand in one place?"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from journeys.pictures.lettering import width_px

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Letters:
    """A line of text with the box it takes."""

    text: str
    size: float
    fill: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Letters) -> bool:
        """Whether the two share more than a hair's breadth."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1.0 and high > 1.5


def root_of(svg: str) -> ET.Element:
    """The picture as XML, read by a parser that refuses what is not well formed."""
    return ET.fromstring(svg)


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a picture."""
    root = root_of(svg)
    return float(root.attrib["width"]), float(root.attrib["height"])


def letters_of(svg: str) -> list[Letters]:
    """Every line of text that stands upright, with its box."""
    found: list[Letters] = []
    _collect(root_of(svg), 0.0, 0.0, found)
    return found


def _collect(element: ET.Element, x: float, y: float, found: list[Letters]) -> None:
    moved = element.get("transform", "")
    if "rotate" in moved:
        return
    if moved:
        place = re.fullmatch(r"translate\((-?[\d.]+) (-?[\d.]+)\)", moved)
        assert place, moved
        x, y = x + float(place[1]), y + float(place[2])
    if element.tag == f"{SVG}text":
        spans = [child for child in element if child.tag == f"{SVG}tspan"] or [element]
        found.extend(_line(element, span, x, y) for span in spans)
        return
    for child in element:
        _collect(child, x, y, found)


def _line(text: ET.Element, span: ET.Element, x: float, y: float) -> Letters:
    size = float(text.attrib["font-size"])
    words = span.text or ""
    wide = width_px(words, size, text.get("font-weight") == "bold")
    start = float(span.get("x", text.get("x", "0"))) + x
    anchor = text.get("text-anchor", "start")
    left = start - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    base = float(span.get("y", text.get("y", "0"))) + y
    return Letters(words, size, text.get("fill", ""), left, base - 0.72 * size, left + wide, base + 0.2 * size)


def overlaps(svg: str) -> list[tuple[str, str]]:
    """The pairs of texts that stand in one place."""
    lines = sorted((one for one in letters_of(svg) if one.text.strip()), key=lambda one: one.top)
    pairs = []
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            if other.top > one.bottom:
                break
            if one.covers(other):
                pairs.append((one.text, other.text))
    return pairs


def outside(svg: str) -> list[str]:
    """The texts that stick out of the picture."""
    width, height = size_of(svg)
    return [
        one.text
        for one in letters_of(svg)
        if one.left < 0 or one.top < 0 or one.right > width + 0.5 or one.bottom > height
    ]


def plain(svg: str) -> str:
    """All letters of the picture's texts without spaces and hyphens, as they break lines."""
    return squeezed("".join(one.text for one in letters_of(svg)))


def squeezed(text: str) -> str:
    """A text without what the breaking of lines changes."""
    return re.sub(r"[\s\u00a0-]", "", text)


def titles_of(svg: str) -> list[str]:
    """The words that a pointer over the parts shows."""
    return [element.text or "" for element in root_of(svg).iter(f"{SVG}title")]
