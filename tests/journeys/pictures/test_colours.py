"""Can texts be read on their background, and colours be told apart by who sees fewer of them?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations
from typing import Any

import pytest
from picture_models import BANDED, KINDS
from picture_reading import SVG, root_of

from journeys.pictures.compare import Version, compare
from journeys.pictures.landscape import landscape
from journeys.pictures.marks import HEAT, PERSONAS
from journeys.pictures.svg import INK

Box = tuple[float, float, float, float, str]


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def faint(element: ET.Element, x: float, y: float, boxes: list[Box], found: list[tuple[str, str, str]]) -> None:
    """Texts that stand out less than 4.5 : 1 from the last box drawn under them."""
    place = element.get("transform", "")
    if place.startswith("translate"):
        dx, dy = place[len("translate(") : place.index(")")].split()
        x, y = x + float(dx), y + float(dy)
    if "rotate" in place:
        boxes = [(-1e9, -1e9, 1e9, 1e9, "#ffffff")]
    if element.tag == f"{SVG}rect" and element.get("fill", "none") != "none":
        left, top = float(element.get("x", "0")) + x, float(element.get("y", "0")) + y
        boxes.append(
            (
                left,
                top,
                left + float(element.attrib["width"]),
                top + float(element.attrib["height"]),
                element.attrib["fill"],
            )
        )
    elif element.tag == f"{SVG}text":
        spans = [child for child in element if child.tag == f"{SVG}tspan"] or [element]
        at_x, at_y = float(spans[0].get("x", "0")) + x, float(spans[0].get("y", "0")) + y - 3
        under = next(fill for a, b, c, d, fill in reversed(boxes) if a <= at_x <= c and b <= at_y <= d)
        if contrast(element.attrib["fill"], under) < 4.5:
            found.append(("".join(element.itertext()), element.attrib["fill"], under))
    for child in element:
        faint(child, x, y, boxes, found)


def faint_texts(svg: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    faint(root_of(svg), 0.0, 0.0, [], found)
    return found


def test_texts_stand_out(gemeente: Any, flows: Any) -> None:
    hours = {name: float(place) for place, name in enumerate(gemeente.touchpoints)}
    pictures = [svg for kind in BANDED for flow in flows.values() for svg in KINDS[kind](gemeente, flow, "nl")]
    pictures += [landscape(gemeente, hours, hours, "nl")]
    one, other = (Version(gemeente, flows[name]) for name in ("move_house", "building_permit"))
    pictures += compare(one, other, "nl")
    assert sum(svg.count("<text") for svg in pictures) > 1_000
    for svg in pictures:
        assert faint_texts(svg) == []


def test_a_faint_text_is_found() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><rect x="0" y="0" width="9" height="9" fill="#ffffff"/>'
        '<text x="1" y="5" fill="#999999">grey</text></svg>'
    )
    assert faint_texts(svg) == [("grey", "#999999", "#ffffff")]


def test_letters_stand_out_on_every_heat() -> None:
    assert min(contrast(INK, fill) for fill in HEAT) >= 4.5


def seen_by(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """A colour as people see it who lack one kind of cones."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return tuple(sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in matrix)


# Machado, Oliveira and Fernandes (2009), IEEE Transactions on Visualization and Computer Graphics 15(6), severity 1
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))


@pytest.mark.parametrize("matrix", [PROTANOPIA, DEUTERANOPIA], ids=["protanopia", "deuteranopia"])
def test_the_first_personas_differ_for_colour_blind_readers(matrix: Any) -> None:
    for (one, _, _), (other, _, _) in combinations(PERSONAS[:3], 2):
        a, b = seen_by(one, matrix), seen_by(other, matrix)
        assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 > 0.1


def test_personas_differ_by_more_than_colour() -> None:
    assert len({mark for _, mark, _ in PERSONAS}) == len({dash for _, _, dash in PERSONAS}) == len(PERSONAS)
