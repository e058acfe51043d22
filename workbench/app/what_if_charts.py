"""Which pictures answer a slider at once? Plain SVG, since a chart library takes ten times as long as the answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeys.pictures.svg import amount, document, letters, line, path, rect, tag
from workbench.analysis.case.what_if import Band, Outcome
from workbench.analysis.uncertainty import Draws
from workbench.language.language import Language
from workbench.pictures.charts import ACCENT, GRID, INK, MUTED, PALETTE

_WIDTH, _HEIGHT = 620.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 78.0, 14.0, 16.0, 44.0
_OTHER = "#8a6d3b"
_LETTERS = 11.5


def fan(found: Outcome, band: Band, other: Outcome, title: str, language: Language) -> str:
    """The discounted total so far, by month: the middle with its band from P10 to P90, and the other one dashed."""
    lows, highs = band.cumulative[:, 0], band.cumulative[:, 1]
    everything = np.concatenate([found.cumulative, lows, highs, other.cumulative, [0.0]])
    ticks = nice_ticks(float(everything.min()), float(everything.max()))
    months = max(found.months, other.months, 1)

    def x(month: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * month / months

    def y(money: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (ticks[-1] - money) / (ticks[-1] - ticks[0])

    def through(values: Draws) -> list[str]:
        return [f"{amount(x(month))} {amount(y(float(money)))}" for month, money in enumerate(values)]

    shapes = [_grid(tick, y(tick), language) for tick in ticks]
    for month in range(0, months + 1, 12 if months > 18 else 6):
        label = language.number(month)
        shapes.append(letters([label], x(month), _HEIGHT - _BOTTOM + 8, _LETTERS, anchor="middle", colour=MUTED))
    shapes += [
        letters([language.text("chart.month")], (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 18, _LETTERS, anchor="middle",
                colour=MUTED),
        path(f"M{'L'.join(through(highs))}L{'L'.join(reversed(through(lows)))}Z", fill=ACCENT, fill_opacity="0.2"),
        path(f"M{'L'.join(through(other.cumulative))}", fill="none", stroke=_OTHER, stroke_width=2,
             stroke_dasharray="5 4"),
        path(f"M{'L'.join(through(found.cumulative))}", fill="none", stroke=ACCENT, stroke_width=2.6),
    ]  # fmt: skip
    end = found.months
    shapes.append(tag("circle", cx=x(end), cy=y(float(found.cumulative[-1])), r=4, fill=ACCENT))
    said = language.text(
        "live.fan_said", npv=language.show(found.npv, "money"), low=language.show(band.low, "money"),
        high=language.show(band.high, "money"), other=language.show(other.npv, "money"), months=found.months,
    )  # fmt: skip
    return document(shapes, _WIDTH, _HEIGHT, title, said)


def _grid(tick: float, at: float, language: Language) -> str:
    rule = line(_LEFT, at, _WIDTH - _RIGHT, at, INK if tick == 0 else GRID, stroke_width=1.0)
    label = language.show(tick, "money") if tick else "0"
    return rule + letters([label], _LEFT - 8, at - _LETTERS * 0.62, _LETTERS, anchor="end", colour=MUTED)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values from below the lowest to above the highest.

    Example:
        >>> nice_ticks(-130.0, 40.0)
        [-150.0, -100.0, -50.0, 0.0, 50.0]
    """
    width = (high - low) or abs(high) or 1.0
    rough = width / (most - 1)
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough))
    first, last = np.floor(low / step), np.ceil(high / step)
    return [float(step * count) for count in np.arange(first, max(last, first + 1) + 1)]


def hours(found: Outcome, title: str, language: Language) -> str:
    """Where the hours of a year go: today, what vanishes, moves and becomes shorter, what comes back, and after."""
    left = found.hours.middle("baseline")
    parts: list[tuple[str, float, float, str]] = [("ist_h_per_year", 0.0, left, "stays")]
    for column, part in (("eliminated_h", "eliminated"), ("shifted_h", "shifted"), ("saved_h", "saved")):
        size = found.hours.middle(part)
        parts.append((column, left - size, left, "gone"))
        left -= size
    added = found.hours.middle("added")
    parts.append(("added_h", left, left + added, "worse"))
    parts.append(("soll_h_per_year", 0.0, left + added, "stays"))
    tops = [end for _, _, end, _ in parts]
    lowest = min(low for _, low, _, _ in parts[1:-1])
    floor = 0.0 if lowest < 0.5 * max(tops) else 0.9 * lowest
    return _steps(parts, floor, max(tops) or 1.0, title, language)


def _steps(
    parts: Sequence[tuple[str, float, float, str]], floor: float, top: float, title: str, language: Language
) -> str:
    row = 40.0
    left, right = 168.0, 84.0
    scale = (_WIDTH - left - right) / ((top - floor) or 1.0)
    shapes, said = [], []
    for index, (column, low, high, kind) in enumerate(parts):
        at = 8 + row * index
        heading = language.column(column)[0]
        size = high - low
        value = language.show(size, "hours")
        start, end = left + (max(low, floor) - floor) * scale, left + (high - floor) * scale
        shapes += [
            letters([heading], left - 10, at + 7, 12.5, anchor="end"),
            rect(start, at, max(end - start, 1.0 if size else 0.0), 26, fill=PALETTE[kind], rx=2),
            letters([f"−{value}" if kind == "gone" and size else value], end + 7, at + 7, 12.5, bold=True),
        ]
        said.append(f"{heading} {value}")
    if floor:
        shapes.append(letters([language.text("chart.cut")], left, 8 + row * len(parts) + 2, 11, colour=MUTED))
    return document(shapes, _WIDTH, 8 + row * len(parts) + 22, title, "; ".join(said))
