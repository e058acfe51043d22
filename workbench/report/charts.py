"""Which charts does a report show? One Altair specification per chart, as SVG with a text alternative."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

from journeys.drawing import FONT
from workbench.language.language import Language

INK, MUTED, GRID = "#1d2733", "#5b6773", "#dfe4e9"
ACCENT = "#0b6e8f"
_ZERO = "datum.value == 0 ? '0' : datum.label"
"""Zero has no prefix."""
PALETTE = {"stays": "#5b6773", "gone": "#0072b2", "worse": "#d55e00", "light": "#9fb3c2"}

Row = tuple[str, float]


def bars(rows: Sequence[Row], heading: str, axis: str, unit: str, language: Language, colour: str = ACCENT) -> str:
    """Horizontal bars, longest first, each with its value."""
    data = [
        {"name": name, "value": value, "shown": language.show(value, unit)}
        for name, value in sorted(rows, key=lambda row: -row[1])
    ]
    base = alt.Chart(values(data)).encode(
        y=alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=330, labelPadding=6)),
        x=alt.X("value:Q", axis=alt.Axis(title=axis, format="~s", tickCount=5, labelExpr=_ZERO)),
    )
    labels = base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(text="shown:N")
    chart = base.mark_bar(color=colour, cornerRadiusEnd=2) + labels
    return as_svg(chart.properties(width=420, height=alt.Step(24)), heading, data)


def waterfall(parts: Sequence[tuple[str, float, str]], heading: str, axis: str, language: Language) -> str:
    """From ist to soll: each part starts where the one before ended.

    Args:
        parts: name, value and kind (`total` stands on the axis, `gone` goes down, `added` goes up).
        heading: the title.
        axis: what is measured.
        language: for the values.
    """
    data: list[dict[str, Any]] = []
    level = 0.0
    for name, value, kind in parts:
        if kind == "total":
            start, end, level = 0.0, value, value
        else:
            start, end = level, level + (value if kind == "added" else -value)
            level = end
        sign = {"total": "", "gone": "−", "added": "+"}[kind]
        shown = f"{sign}{language.show(value, 'hours')}"
        row = {"name": name, "start": start, "end": end, "top": max(start, end), "kind": kind, "shown": shown}
        data.append({**row, "value": value})
    base = alt.Chart(values(data)).encode(
        x=alt.X("name:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, labelLimit=110)),
    )
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["total", "gone", "added"], range=[PALETTE["stays"], PALETTE["gone"], PALETTE["worse"]]),
        legend=None,
    )
    boxes = base.mark_bar(size=54, cornerRadius=2).encode(
        y=alt.Y("start:Q", axis=alt.Axis(title=axis, format="~s", tickCount=5, labelExpr=_ZERO)),
        y2="end:Q",
        color=colour,
    )
    labels = base.mark_text(dy=-8, fontSize=11, color=INK).encode(y="top:Q", text="shown:N")
    return as_svg((boxes + labels).properties(width=alt.Step(94), height=240), heading, data)


def values(data: Sequence[dict[str, Any]]) -> Any:
    """Rows as the data of a chart."""
    return alt.Data(values=data)  # type: ignore[no-untyped-call]


def as_svg(chart: Any, heading: str, data: Sequence[dict[str, Any]]) -> str:
    """The chart as SVG that reads out its numbers."""
    specification = (
        chart.properties(title=heading)
        .configure(font=FONT, background="white")
        .configure_title(anchor="start", fontSize=14, color=INK, offset=10)
        .configure_axis(
            labelColor=INK, titleColor=MUTED, gridColor=GRID, domainColor=GRID, tickColor=GRID,
            titleFontWeight="normal", labelFontSize=11,
        )
        .configure_view(stroke=None)
        .to_dict(validate=False)
    )  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(specification)
    spoken = html.escape(f"{heading}: " + "; ".join(f"{row['name']} {row['shown']}" for row in data), quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{spoken}" ', 1)
