"""What do the small marks look like that stand beside words: faces, grades, stars, arrows, personas?"""

from __future__ import annotations

import math

from journeys.pictures.svg import INK, PAPER, amount, path, tag
from touchpoints.records.base import Grade

BLUE, VERMILLION, GREEN, PURPLE, OCHRE = "#0072b2", "#c04f00", "#00734f", "#9c3f80", "#8a6100"
"""After Okabe and Ito (2008), Color Universal Design; darkened so that text in them stands out 4.5 : 1 on white."""
HEAT = ("#ffffff", "#fdf0d5", "#fbdd9f", "#f5bd5a", "#e69f00")
PERSONAS = (
    (BLUE, "circle", ""),
    (VERMILLION, "square", "7 3"),
    ("#009e73", "triangle", "2 3"),
    (PURPLE, "diamond", "9 3 2 3"),
    (OCHRE, "down", "4 4"),
    (INK, "cross", "12 4"),
)
"""Colour, marker and dashes of the personas in one curve: each is told apart by three signs."""
_FILLED: dict[Grade, float] = {"assumed": 0.0, "workshop": 0.33, "measured": 0.67, "validated": 1.0}


def heat(value: float, most: float) -> str:
    """The colour of a value on a scale from none to the most."""
    share = value / most if most > 0 else 0.0
    return HEAT[min(len(HEAT) - 1, max(0, math.ceil(share * (len(HEAT) - 1) - 1e-9)))]


def _poly(points: list[tuple[float, float]], **attributes: str | float | None) -> str:
    return tag("polygon", points=" ".join(f"{amount(x)},{amount(y)}" for x, y in points), **attributes)


def check(x: float, y: float, size: float = 10, colour: str = GREEN) -> str:
    """A tick in a square of a size, middle at x, y."""
    s = size / 10
    points = f"M{amount(x - 4 * s)} {amount(y)}l{amount(3 * s)} {amount(3 * s)}l{amount(5 * s)} {amount(-6.5 * s)}"
    return path(points, fill="none", stroke=colour, stroke_width=2)


def cross(x: float, y: float, size: float = 10, colour: str = VERMILLION) -> str:
    """A cross in a square of a size."""
    r = size * 0.35
    points = (
        f"M{amount(x - r)} {amount(y - r)}l{amount(2 * r)} {amount(2 * r)}"
        f"m0 {amount(-2 * r)}l{amount(-2 * r)} {amount(2 * r)}"
    )
    return path(points, fill="none", stroke=colour, stroke_width=2)


def plus(x: float, y: float, size: float = 10, colour: str = GREEN) -> str:
    """A plus."""
    r = size * 0.42
    points = f"M{amount(x - r)} {amount(y)}h{amount(2 * r)}M{amount(x)} {amount(y - r)}v{amount(2 * r)}"
    return path(points, fill="none", stroke=colour, stroke_width=2)


def bolt(x: float, y: float, size: float = 11, colour: str = VERMILLION) -> str:
    """A flash of lightning: it hurts."""
    ends = ((0.1, -0.5), (-0.35, 0.1), (-0.02, 0.1), (-0.12, 0.5), (0.35, -0.12), (0.03, -0.12))
    return _poly([(x + size * dx, y + size * dy) for dx, dy in ends], fill=colour)


def again(x: float, y: float, size: float = 10, colour: str = VERMILLION) -> str:
    """An arrow that comes round to where it began."""
    r = size * 0.38
    start = f"M{amount(x + r * 0.9)} {amount(y - r * 0.5)}"
    round_ = f"A{amount(r)} {amount(r)} 0 1 0 {amount(x + r)} {amount(y + r * 0.3)}"
    head = arrow_head(x + r * 1.05, y - r * 0.1, "down", 5, colour)
    return path(start + round_, fill="none", stroke=colour, stroke_width=1.6) + head


def star(x: float, y: float, radius: float = 7, colour: str = OCHRE) -> str:
    """A star of five points."""
    points = []
    for index in range(10):
        r = radius if index % 2 == 0 else radius * 0.42
        angle = math.pi * index / 5 - math.pi / 2
        points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    return _poly(points, fill="#f2c14e", stroke=colour, stroke_width=1)


def arrow_head(x: float, y: float, direction: str, size: float, colour: str) -> str:
    """A triangle with its point at x, y."""
    half = size * 0.6
    ends = {
        "right": [(x, y), (x - size, y - half), (x - size, y + half)],
        "left": [(x, y), (x + size, y - half), (x + size, y + half)],
        "down": [(x, y), (x - half, y - size), (x + half, y - size)],
        "up": [(x, y), (x - half, y + size), (x + half, y + size)],
    }
    return _poly(ends[direction], fill=colour)


def face(x: float, y: float, mood: int, radius: float = 7) -> str:
    """A face that smiles, looks straight or frowns, for a mood of -2 to 2."""
    bend = mood / 2 * radius * 0.45
    half, middle = radius * 0.5, y + radius * 0.35 - bend * 0.3
    mouth = f"M{amount(x - half)} {amount(middle)}q{amount(half)} {amount(2 * bend)} {amount(radius)} 0"
    eyes = (tag("circle", cx=x + side * radius * 0.35, cy=y - radius * 0.25, r=0.9, fill=INK) for side in (-1, 1))
    head = tag("circle", cx=x, cy=y, r=radius, fill=PAPER, stroke=INK, stroke_width=1.2)
    return head + "".join(eyes) + path(mouth, fill="none", stroke=INK, stroke_width=1.2)


def grade_mark(x: float, y: float, grade: Grade | None, radius: float = 6) -> str:
    """A circle, fuller the better a number is founded; crossed when contradicted, dashed where there is no number."""
    dash = None if grade else "2 2"
    ring = tag("circle", cx=x, cy=y, r=radius, fill=PAPER, stroke=INK, stroke_width=1.2, stroke_dasharray=dash)
    if grade is None:
        return ring
    if grade == "contradicted":
        return ring + cross(x, y, radius * 1.6)
    share = _FILLED[grade]
    if share == 0:
        return ring
    if share == 1:
        return tag("circle", cx=x, cy=y, r=radius, fill=INK, stroke=INK, stroke_width=1.2)
    angle = 2 * math.pi * share
    end_x, end_y = x + radius * math.sin(angle), y - radius * math.cos(angle)
    large = 1 if share > 0.5 else 0
    pie = (
        f"M{amount(x)} {amount(y)}V{amount(y - radius)}A{radius} {radius} 0 {large} 1 {amount(end_x)} {amount(end_y)}Z"
    )
    return ring + path(pie, fill=INK)


def persona_mark(x: float, y: float, index: int, radius: float = 4.5) -> str:
    """The marker of a persona by its place in the row."""
    colour, kind, _ = PERSONAS[index % len(PERSONAS)]
    r = radius
    if kind == "circle":
        return tag("circle", cx=x, cy=y, r=r, fill=colour)
    if kind == "square":
        return tag("rect", x=x - r * 0.9, y=y - r * 0.9, width=r * 1.8, height=r * 1.8, fill=colour)
    if kind == "cross":
        return plus(x, y, r * 2.4, colour)
    ends = {
        "triangle": [(x, y - r * 1.2), (x + r * 1.1, y + r * 0.8), (x - r * 1.1, y + r * 0.8)],
        "down": [(x, y + r * 1.2), (x + r * 1.1, y - r * 0.8), (x - r * 1.1, y - r * 0.8)],
        "diamond": [(x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)],
    }
    return _poly(ends[kind], fill=colour)
