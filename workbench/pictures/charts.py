"""How is a chart written down and drawn? One Vega-Lite specification per chart, as SVG with a text alternative."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, Literal

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

_GRAMMAR = "https://vega.github.io/schema/vega-lite/v6.json"
_LOOK = {
    "font": FONT,
    "background": "white",
    "title": {"anchor": "start", "fontSize": 14, "color": INK, "offset": 10},
    "axis": {"labelColor": INK, "titleColor": MUTED, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID,
             "titleFontWeight": "normal", "labelFontSize": 11},
    "view": {"stroke": None},
}  # fmt: skip

Row = tuple[str, float]
Specification = dict[str, Any]
"""A part of a chart in the Vega-Lite grammar: plain data, which the drawing program reads as it is."""


def bars(rows: Sequence[Row], heading: str, axis: str, unit: str, language: Language, colour: str = ACCENT) -> str:
    """Horizontal bars, longest first, each with its value."""
    data = [
        {"name": short(name), "value": value, "shown": language.show(value, unit)}
        for name, value in sorted(rows, key=lambda row: -row[1])
    ]
    shared = {
        "y": names("name", sort=None, axis={"title": None, "labelLimit": 330, "labelPadding": 6}),
        "x": numbers("value", axis={"title": axis, "format": "~s", "tickCount": 5, "labelExpr": ZERO}),
    }
    layers: list[Specification] = [
        {"mark": {"type": "bar", "color": colour, "cornerRadiusEnd": 2}},
        {"mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11, "color": INK},
         "encoding": {"text": names("shown")}},
    ]  # fmt: skip
    return as_svg(layered(data, shared, layers, width=420, height={"step": 24}), heading, data, language)


def numbers(field: str, **more: Any) -> Specification:
    """A channel of a chart that shows a number of each row."""
    return {"field": field, "type": "quantitative", **more}


def names(field: str, **more: Any) -> Specification:
    """A channel of a chart that shows a name of each row."""
    return {"field": field, "type": "nominal", **more}


def either(test: str, then: str, otherwise: str) -> Specification:
    """A colour that depends on the row."""
    return {"condition": {"test": test, "value": then}, "value": otherwise}


def layered(
    data: Sequence[Specification], shared: Specification, layers: Sequence[Specification], **size: Any
) -> Specification:
    """A chart of layers over the same rows and axes."""
    return {"data": {"values": list(data)}, "encoding": shared, "layer": list(layers), **size}


def short(text: str) -> str:
    r"""A name or heading no longer than a chart has room for, on one line.

    Example:
        >>> short("Calls\nabout bills"), len(short("x" * 5000))
        ('Calls about bills', 90)
    """
    line = clean(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def as_svg(chart: Specification, heading: str, data: Sequence[Specification], language: Language) -> str:
    """The chart as SVG that reads out its numbers, those on its axes written as the language does."""
    heading = short(heading)
    specification = {"$schema": _GRAMMAR, "title": heading, "config": _LOOK, **chart}
    svg: str = vl_convert.vegalite_to_svg(specification, format_locale=_LOCALES[language.code], allowed_base_urls=[])
    rows = (f"{short(str(row['name']))} {row['shown']}" for row in data)
    spoken = html.escape(f"{heading}: " + "; ".join(rows), quote=True)
    return _SAID.sub("", svg).replace("<svg ", f'<svg role="img" aria-label="{spoken}" ', 1)
