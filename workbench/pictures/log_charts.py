"""What does the contact log look like: how times are spread, when contacts come, and how many each week?"""

from __future__ import annotations

from datetime import date
from typing import Any

from workbench.language.language import Language
from workbench.log.arrivals import Arrivals
from workbench.log.histogram import Histogram
from workbench.pictures.charts import ACCENT, INK, ZERO, Specification, as_svg, either, layered, names, numbers
from workbench.tables import Table, table

_LEVEL = {"title": None, "labelAngle": 0, "labelOverlap": True}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def spread_chart(found: Histogram, heading: str, language: Language) -> str:
    """Bars of a histogram, each over its own times; the last, for all that is longer, is paler."""
    data: list[dict[str, Any]] = []
    for bar in found.bars:
        if bar.n is not None:
            low, is_last = language.show(bar.low_s, "s"), bar.high_s is None
            to = language.show(bar.high_s, "s") if bar.high_s is not None else language.text("chart.spread_longer")
            data.append({"name": f"{low} – {to}", "value": bar.n, "shown": language.show(bar.n, "count"),
                         "from": f"≥ {low}" if is_last else low, "last": is_last})  # fmt: skip
    order = [row["from"] for row in data]
    bars = _upright(names("from", sort=order, axis=_LEVEL), language, 160, 560)
    bars["encoding"]["color"] = either("datum.last", "#9fb3c2", ACCENT)
    return as_svg({"data": {"values": data}, **bars}, heading, data, language)


def _upright(across: Specification, language: Language, height: int, width: int) -> Specification:
    """Bars that stand on an axis, as high as their contacts."""
    axis = {"title": language.text("chart.spread_contacts"), "format": "~s", "tickCount": 4, "labelExpr": ZERO}
    return {
        "mark": {"type": "bar", "color": ACCENT, "cornerRadiusEnd": 1},
        "encoding": {"x": across, "y": numbers("value", axis=axis)},
        "width": width,
        "height": height,
    }


def rhythm_chart(found: Arrivals, heading: str, language: Language) -> str:
    """Mean contacts of every hour of the week: weekdays across, hours down, darker the more."""
    sums = _by_hour(found)
    days = [language.word(f"day_{name}") for name in DAYS]
    most = max(sums.values(), default=1.0)
    data = [
        {"name": f"{days[weekday - 1]} {hour:02}:00", "day": days[weekday - 1], "time": f"{hour:02}:00", "value": value,
         "shown": language.number(value, 1 if value < 9.95 else 0), "dark": value > 0.55 * most}
        for (weekday, hour), value in sorted(sums.items())
    ]  # fmt: skip
    bare = {"title": None, "domain": False, "ticks": False}
    shared = {
        "x": names("day", sort=days, scale={"domain": days}, axis={**bare, "orient": "top", "labelAngle": 0}),
        "y": names("time", axis=bare),
    }
    legend = {"title": language.text("chart.rhythm_contacts"), "gradientLength": 140}
    shade = numbers("value", scale={"range": ["#eef5f8", ACCENT], "zero": True}, legend=legend)
    fields = {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 2}, "encoding": {"color": shade}}
    figures = {
        "mark": {"type": "text", "fontSize": 10},
        "encoding": {"text": names("shown"), "color": either("datum.dark", "white", INK)},
    }
    chart = layered(data, shared, [fields, figures], width={"step": 58}, height={"step": 18})
    return as_svg(chart, heading, data, language)


def _by_hour(found: Arrivals) -> dict[tuple[int, int], float]:
    """Mean contacts by weekday (1 = Monday) and hour."""
    sums: dict[tuple[int, int], float] = {}
    for cell in found.cells:
        weekday, half_hour = (int(str(part)) for part in cell.group[-2:])
        key = weekday, half_hour // 2
        sums[key] = sums.get(key, 0.0) + (cell.value or 0.0)
    return sums


def hours_table(found: Arrivals) -> Table:
    """The same as a table: mean contacts of every hour of the week."""
    rows = [(f"day_{DAYS[day - 1]}", f"{hour:02}:00", value) for (day, hour), value in sorted(_by_hour(found).items())]
    return table("hour_contacts", ["week_day", "hour_from", "contacts_per_hour"], rows)


def weeks_chart(weeks: list[tuple[date, int]], heading: str, language: Language) -> str:
    """Contacts of each week as bars over time."""
    data = [{"name": language.show(week, "date"), "value": n, "shown": language.show(n, "count")} for week, n in weeks]
    width = min(700, max(240, 74 * len(data)))
    chart = _upright(names("name", sort=None, axis=_LEVEL), language, 150, width)
    return as_svg({"data": {"values": data}, **chart}, heading, data, language)
