"""Which charts does a report show? One Altair specification per chart, as SVG with a text alternative."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import vl_convert

from journeys.drawing import FONT
from journeys.pictures.lettering import clean
from workbench.language.language import Language

INK, MUTED, GRID = "#1d2733", "#5b6773", "#dfe4e9"
ACCENT = "#0b6e8f"
ZERO = "datum.value == 0 ? '0' : datum.label"
"""Zero has no prefix."""
PALETTE = {"stays": "#5b6773", "gone": "#0072b2", "worse": "#d55e00", "light": "#9fb3c2"}

_LOCALES: dict[str, Literal["nl-NL", "en-GB"]] = {"nl": "nl-NL", "en": "en-GB"}
_LONGEST = 90
_SAID = re.compile(r' (?:role="[\w-]+"|aria-[\w-]+="[^"]*")')
"""What the drawing program says of single marks, in English; the picture as a whole reads out its numbers."""

Row = tuple[str, float]


def bars(rows: Sequence[Row], heading: str, axis: str, unit: str, language: Language, colour: str = ACCENT) -> str:
    """Horizontal bars, longest first, each with its value."""
    data = [
        {"name": short(name), "value": value, "shown": language.show(value, unit)}
        for name, value in sorted(rows, key=lambda row: -row[1])
    ]
    base = alt.Chart(values(data)).encode(
        y=alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=330, labelPadding=6)),
        x=alt.X("value:Q", axis=alt.Axis(title=axis, format="~s", tickCount=5, labelExpr=ZERO)),
    )
    labels = base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(text="shown:N")
    chart = base.mark_bar(color=colour, cornerRadiusEnd=2) + labels
    return as_svg(chart.properties(width=420, height=alt.Step(24)), heading, data, language)


def short(text: str) -> str:
    r"""A name or heading no longer than a chart has room for, on one line.

    Example:
        >>> short("Calls\nabout bills"), len(short("x" * 5000))
        ('Calls about bills', 90)
    """
    line = clean(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def values(data: Sequence[dict[str, Any]]) -> Any:
    """Rows as the data of a chart."""
    return alt.Data(values=data)  # type: ignore[no-untyped-call]


def as_svg(chart: Any, heading: str, data: Sequence[dict[str, Any]], language: Language) -> str:
    """The chart as SVG that reads out its numbers, those on its axes written as the language does."""
    heading = short(heading)
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
    svg: str = vl_convert.vegalite_to_svg(specification, format_locale=_LOCALES[language.code], allowed_base_urls=[])
    rows = (f"{short(str(row['name']))} {row['shown']}" for row in data)
    spoken = html.escape(f"{heading}: " + "; ".join(rows), quote=True)
    return _SAID.sub("", svg).replace("<svg ", f'<svg role="img" aria-label="{spoken}" ', 1)
