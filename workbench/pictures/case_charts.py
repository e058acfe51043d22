"""Which charts show a business case: the fan of cash, the tornado, where the hours of a year go?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeys.pictures.lettering import width_px, wrapped
from journeys.pictures.svg import letters, line, path, rect, tag
from touchpoints.inventory import Inventory
from workbench.analysis.case.minutes import Minutes
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.naming import name_of
from workbench.analysis.uncertainty import Draws
from workbench.language.language import Language
from workbench.pictures.plot import (
    ACCENT,
    GRID,
    INK,
    MUTED,
    PALETTE,
    SIZE,
    Axis,
    curve,
    framed,
    key,
    levels,
    nice_ticks,
    uprights,
)

_WIDTH, _HEIGHT = 640.0, 262.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 78.0, 78.0, 26.0, 40.0
_OTHER = "#8a6d3b"
_SWINGS = 10
_NAMES, _ROW = 250.0, 36.0
_PARTS = (
    ("ist_h_per_year", "baseline", "stays"), ("eliminated_h", "eliminated", "gone"), ("shifted_h", "shifted", "gone"),
    ("saved_h", "saved", "gone"), ("added_h", "added", "worse"), ("soll_h_per_year", "soll", "stays"),
)  # fmt: skip


def fan(one: ScenarioCase, language: Language) -> str:
    """The running total of the discounted cash of a scenario, by month: the middle, and the band of P10 to P90."""
    lows, middles, highs = np.asarray(one.worth.cumulative).T
    name = one.scenario.label(language.code)
    said = [
        f"{month} {language.show(float(low), 'money')} … {language.show(float(high), 'money')}"
        for month, (low, _, high) in enumerate(one.worth.cumulative)
        if month % 12 == 0 or month == len(middles) - 1
    ]
    return cash_fan(middles, (lows, highs), language.text("chart.fan", name=name), said, language)


def cash_fan(
    middle: Draws, band: tuple[Draws, Draws], heading: str, said: Sequence[str], language: Language,
    other: Draws | None = None,
) -> str:  # fmt: skip
    """Discounted cash so far, by month.

    Args:
        middle: month by month from 0 [currency].
        band: its P10 and P90.
        heading: the title.
        said: the text alternative.
        language: for the amounts.
        other: another one to compare it with, dashed.
    """
    lows, highs = band
    lines = [middle, lows, highs, np.zeros(1), *([] if other is None else [other])]
    ticks = nice_ticks(min(float(each.min()) for each in lines), max(float(each.max()) for each in lines))
    money = Axis(ticks, _HEIGHT - _BOTTOM, _TOP)
    months = max(len(middle), 0 if other is None else len(other)) - 1
    right = _WIDTH - _RIGHT

    def points(values: Draws) -> list[tuple[float, float]]:
        return [(_LEFT + (right - _LEFT) * at / max(months, 1), money.at(float(value)))
                for at, value in enumerate(values)]  # fmt: skip

    shapes = [letters([language.text("chart.cumulative")], 2, 0, SIZE, colour=MUTED)]
    shapes += levels(money, _LEFT, right, "money", language)
    for month in range(0, months + 1, 12 if months > 18 else 6):
        x = _LEFT + (right - _LEFT) * month / max(months, 1)
        shapes.append(letters([language.number(month)], x, _HEIGHT - _BOTTOM + 7, SIZE, "middle", colour=MUTED))
    shapes.append(letters([language.text("chart.month")], (_LEFT + right) / 2, _HEIGHT - 17, SIZE, "middle",
                          colour=MUTED))  # fmt: skip
    shapes.append(path(curve([*points(highs), *reversed(points(lows))]) + "Z", fill=ACCENT, fill_opacity="0.2"))
    if other is not None:
        shapes.append(path(curve(points(other)), fill="none", stroke=_OTHER, stroke_width=2, stroke_dasharray="5 4"))
    shapes.append(path(curve(points(middle)), fill="none", stroke=ACCENT, stroke_width=2.6))
    shapes.append(tag("circle", cx=points(middle)[-1][0], cy=points(middle)[-1][1], r=4, fill=ACCENT))
    ends = [(points(each)[-1], float(each[-1]), each is middle) for each in (highs, middle, lows)]
    shapes += _ends(ends, language)
    return framed(shapes, _WIDTH, _HEIGHT, heading, said)


def _ends(ends: Sequence[tuple[tuple[float, float], float, bool]], language: Language) -> list[str]:
    """The last amounts beside their lines, moved apart where they would cover one another."""
    shapes, lowest = [], -SIZE
    for (x, y), money, is_bold in ends:
        top = max(y - SIZE * 0.62, lowest)
        shapes.append(letters([language.show(money, "money")], x + 9, top, SIZE, bold=is_bold, colour=INK))
        lowest = top + SIZE + 2
    return shapes


def tornado(one: ScenarioCase, inventory: Inventory, language: Language) -> str:
    """What each number alone does to the worth of a scenario: from its low to its high end, the widest on top."""
    label, middle = one.scenario.label(language.code), one.worth.npv
    swings = one.swings[:_SWINGS]
    ends = [worth for swing in swings for worth in (swing.worth_at_low, swing.worth_at_high)]
    left, right = _NAMES + 14, _WIDTH - 44
    money = Axis(nice_ticks(min([middle, *ends]), max([middle, *ends]), 5), left, right)
    top, bottom = 26.0, 30.0 + _ROW * len(swings)
    low, high = language.text("chart.low"), language.text("chart.high")
    shapes, _ = key([(low, PALETTE["worse"]), (high, PALETTE["gone"])], left, 2)
    shapes += uprights(money, top, bottom, "money", language)
    said = []
    for number, swing in enumerate(swings):
        at = top + 4 + _ROW * number
        name = name_of(inventory, swing.assumption.name, language)
        name = name.removeprefix(f"{label} · ").removeprefix(f"{label}: ")
        lines = wrapped(name, _NAMES, SIZE, language.code, most=2)
        shapes.append(letters(lines, left - 9, at + (_ROW - 8 - 13 * len(lines)) / 2, SIZE, "end", colour=INK))
        for worth, colour in ((swing.worth_at_low, PALETTE["worse"]), (swing.worth_at_high, PALETTE["gone"])):
            x = min(money.at(worth), money.at(middle))
            shapes.append(rect(x, at + 5, abs(money.at(worth) - money.at(middle)), 18, fill=colour))
        shown = (language.show(worth, "money") for worth in (swing.worth_at_low, swing.worth_at_high))
        said.append(f"{name} {low} {next(shown)}, {high} {next(shown)}")
    shapes.append(line(money.at(middle), top, money.at(middle), bottom, INK, stroke_width=1))
    shapes.append(letters([language.text("chart.npv")], (left + right) / 2, bottom + 23, SIZE, "middle", colour=MUTED))
    return framed(shapes, _WIDTH, bottom + 42, language.text("chart.tornado", name=label), said)


def hours(found: Minutes, name: str, language: Language) -> str:
    """Where the hours of a year go: today, what vanishes, moves and becomes shorter, what comes back, and after.

    Changes that are small against the whole would be hairlines on an axis from zero: the axis then begins where they
    can be seen, and says so.
    """
    spans: list[tuple[str, float, float, str]] = []
    left = 0.0
    for column, part, kind in _PARTS:
        size = found.middle(part)
        begin = 0.0 if kind == "stays" else left - size if kind == "gone" else left
        spans.append((language.column(column)[0], begin, begin + size, kind))
        left = begin if kind == "gone" else begin + size
    top = max(end for _, _, end, _ in spans)
    lowest = min(end if kind == "stays" else begin for _, begin, end, kind in spans)
    floor = max(0.0, lowest - 0.6 * (top - lowest)) if top - lowest < 0.25 * top else 0.0
    names = max(width_px(heading, 12.5) for heading, *_ in spans) + 12
    scale = (_WIDTH - names - 84.0) / ((top - floor) or 1.0)
    shapes, said = [], []
    for row, (heading, begin, end, kind) in enumerate(spans):
        at, size = 2 + 34.0 * row, end - begin
        value = language.show(size, "hours")
        x, right = names + (max(begin, floor) - floor) * scale, names + (end - floor) * scale
        sign = {"gone": "−", "worse": "+", "stays": ""}[kind] if size else ""
        shapes += [
            letters([heading], names - 10, at + 5, 12.5, "end"),
            rect(x, at, max(right - x, 1.0 if size else 0.0), 24, fill=PALETTE[kind], rx=2),
            letters([f"{sign}{value}"], right + 7, at + 5, 12.5, bold=kind == "stays"),
        ]
        said.append(f"{heading} {sign}{value}")
    bottom = 34.0 * len(spans)
    shapes.append(line(names, 0, names, bottom, GRID, stroke_width=1))
    unit = language.text("chart.hours")
    note = f"{unit} {language.text('chart.cut')}" if floor else unit
    shapes.append(letters([note], names, bottom + 4, SIZE, colour=MUTED))
    return framed(shapes, _WIDTH, bottom + 24, language.text("chart.waterfall", name=name), said)
