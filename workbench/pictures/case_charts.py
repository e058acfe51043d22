"""Which charts show a business case: the fan of cash, the tornado, the steps from ist to soll?"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from journeys.pictures.lettering import clean
from workbench.analysis.case.tornado import Swing
from workbench.analysis.case.worth import Worth
from workbench.language.language import Language
from workbench.pictures.charts import (
    ACCENT,
    INK,
    MUTED,
    PALETTE,
    ZERO,
    Specification,
    as_svg,
    layered,
    names,
    numbers,
)  # fmt: skip

_NAME_WIDTH = 48
_LINES = "split(datum.label, '|')"


def fan(worth: Worth, heading: str, words: dict[str, str], language: Language) -> str:
    """The running total of the discounted cash per month: the middle, and the band of P10 to P90.

    Args:
        worth: of one scenario.
        heading: the title.
        words: of the axes: `month` and `money`.
        language: for the amounts.
    """
    data = [
        {"month": month, "low": float(low), "middle": float(mid), "high": float(high), "name": str(month),
         "shown": f"{language.show(float(low), 'money')} … {language.show(float(high), 'money')}"}
        for month, (low, mid, high) in enumerate(worth.cumulative)
    ]  # fmt: skip
    spoken = [data[0], *data[12::12], data[-1]]
    for end in ("low", "middle", "high"):
        data[-1][f"{end}_shown"] = language.show(data[-1][end], "money")
    money = {"title": words["money"], "format": "~s", "tickCount": 6, "labelExpr": ZERO}
    month = numbers("month", axis={"title": words["month"], "tickMinStep": 6}, scale={"nice": False})
    layers: list[Specification] = [
        {"mark": {"type": "area", "color": ACCENT, "opacity": 0.22},
         "encoding": {"y": numbers("low", axis=money), "y2": {"field": "high"}}},
        {"mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.5}, "encoding": {"y": numbers("middle")}},
        {"data": {"values": [{"level": 0}]}, "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
         "encoding": {"x": None, "y": numbers("level")}},
    ]  # fmt: skip
    beside = {"type": "text", "align": "left", "dx": 6, "fontSize": 11, "color": INK}
    layers += [
        {"data": {"values": data[-1:]}, "mark": beside,
         "encoding": {"y": numbers(end), "text": names(f"{end}_shown")}}
        for end in ("low", "middle", "high")
    ]  # fmt: skip
    return as_svg(layered(data, {"x": month}, layers, width=560, height=250), heading, spoken, language)


def tornado(
    swings: Sequence[tuple[Swing, str]], middle: float, heading: str, words: dict[str, str], language: Language
) -> str:
    """What each number alone does to the worth: a bar from its low to its high end, the widest on top.

    Args:
        swings: each with the name of its number.
        middle: the worth from the middle values [currency].
        heading: the title.
        words: `money` of the axis, `low` and `high` of the legend.
        language: for the amounts.
    """
    data: list[dict[str, Any]] = []
    for swing, name in swings:
        for word, value in (("low", swing.worth_at_low), ("high", swing.worth_at_high)):
            shown = language.show(value, "money")
            data.append({"name": _in_lines(name), "end": words[word], "from": middle, "to": value, "shown": shown})
    order = list(dict.fromkeys(row["name"] for row in data))
    colours = {"domain": [words["low"], words["high"]], "range": [PALETTE["worse"], PALETTE["gone"]]}
    money = {"title": words["money"], "format": "~s", "tickCount": 6, "labelExpr": ZERO}
    lines = {"title": None, "labelLimit": 330, "labelPadding": 6, "labelExpr": _LINES}
    boxes = {
        "mark": {"type": "bar", "height": 15},
        "encoding": {
            "y": names("name", sort=order, axis=lines),
            "x": numbers("from", axis=money, scale={"zero": False}),
            "x2": {"field": "to"},
            "color": names("end", scale=colours, legend={"title": None, "orient": "top", "labelColor": INK}),
        },
    }
    rule = {
        "data": {"values": [{"level": middle}]},
        "mark": {"type": "rule", "color": INK},
        "encoding": {"x": numbers("level", axis=money)},
    }
    return as_svg(layered(data, {}, [boxes, rule], width=430, height={"step": 34}), heading, data, language)


def _in_lines(name: str) -> str:
    """A long name in two lines; charts split it at the bar."""
    return "|".join(textwrap.wrap(clean(name).replace("|", "/"), _NAME_WIDTH, max_lines=2, placeholder="…"))


def steps(parts: Sequence[tuple[str, float, str]], heading: str, axis: str, language: Language) -> str:
    """From ist to soll, each part where the one before ended.

    Changes that are small against the whole would be hairlines on an axis from zero: the axis then begins where they
    can be seen, and says so.

    Args:
        parts: name, value and kind (`total` stands on the axis, `gone` goes down, `added` goes up).
        heading: the title.
        axis: what is measured.
        language: for the values.
    """
    data: list[Specification] = []
    level = 0.0
    for name, value, kind in parts:
        start = 0.0 if kind == "total" else level
        level = {"total": value, "gone": level - value, "added": level + value}[kind]
        sign = {"total": "", "gone": "−", "added": "+"}[kind]
        shown = f"{sign}{language.show(value, 'hours')}" if value or kind == "total" else language.show(0.0, "hours")
        data.append({"name": name, "start": start, "end": level, "kind": kind, "shown": shown})
    floor, highest = _ends(data)
    for row in data:
        row["start"] = max(row["start"], floor)
        row["top"] = max(row["start"], row["end"])
    title = [axis, language.text("chart.cut")] if floor else axis
    scale = {"domain": [floor, highest + 0.12 * (highest - floor)], "nice": False}
    colours = {"domain": ["total", "gone", "added"], "range": [PALETTE["stays"], PALETTE["gone"], PALETTE["worse"]]}
    written = "~s" if highest - floor >= 5_000 else ",.0f" if language.code == "en" else ".0f"
    hours = {"title": title, "format": written, "tickCount": 5, "titleColor": MUTED}
    shared = {"x": names("name", sort=None, axis={"title": None, "labelAngle": 0, "labelLimit": 110})}
    layers: list[Specification] = [
        {"mark": {"type": "bar", "size": 54},
         "encoding": {"y": numbers("start", axis=hours, scale=scale), "y2": {"field": "end"},
                      "color": names("kind", scale=colours, legend=None)}},
        {"mark": {"type": "text", "dy": -8, "fontSize": 11, "color": INK},
         "encoding": {"y": numbers("top", scale=scale, axis=hours), "text": names("shown")}},
    ]  # fmt: skip
    return as_svg(layered(data, shared, layers, width={"step": 94}, height=240), heading, data, language)


def _ends(data: Sequence[Specification]) -> tuple[float, float]:
    """Where the axis begins, zero unless the changes would be hairlines, and the highest level."""
    highest = max(max(row["start"], row["end"]) for row in data)
    lowest = min(row["end"] for row in data)
    is_cut = highest > 0 and (highest - lowest) < 0.25 * highest
    return max(0.0, lowest - 0.6 * (highest - lowest)) if is_cut else 0.0, highest
