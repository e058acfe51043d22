"""What does the contact log look like: how times are spread, when contacts come, and how many each week?"""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from workbench.language.language import Language
from workbench.log.arrivals import Arrivals
from workbench.log.histogram import Histogram
from workbench.pictures.charts import ACCENT, INK, ZERO, as_svg, values
from workbench.tables import Table, table

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
    chart = (
        alt.Chart(values(data))
        .mark_bar(cornerRadiusEnd=1)
        .encode(
            x=alt.X("from:N", sort=order, axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True)),
            y=alt.Y("value:Q", axis=alt.Axis(title=language.text("chart.spread_contacts"), format="~s", tickCount=4,
                                             labelExpr=ZERO)),
            color=alt.condition("datum.last", alt.value("#9fb3c2"), alt.value(ACCENT)),
        )
    )  # fmt: skip
    return as_svg(chart.properties(width=560, height=160), heading, data, language)


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
    base = alt.Chart(values(data)).encode(
        x=alt.X("day:N", sort=days, scale=alt.Scale(domain=days),
                axis=alt.Axis(title=None, orient="top", labelAngle=0, domain=False, ticks=False)),
        y=alt.Y("time:N", axis=alt.Axis(title=None, domain=False, ticks=False)),
    )  # fmt: skip
    legend = alt.Legend(title=language.text("chart.rhythm_contacts"), gradientLength=140)
    fields = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color("value:Q", scale=alt.Scale(range=["#eef5f8", ACCENT], zero=True), legend=legend)
    )
    numbers = base.mark_text(fontSize=10).encode(
        text="shown:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    )
    return as_svg((fields + numbers).properties(width=alt.Step(58), height=alt.Step(18)), heading, data, language)


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
    chart = (
        alt.Chart(values(data))
        .mark_bar(color=ACCENT, cornerRadiusEnd=1)
        .encode(
            x=alt.X("name:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True)),
            y=alt.Y("value:Q", axis=alt.Axis(title=language.text("chart.spread_contacts"), format="~s", tickCount=4,
                                             labelExpr=ZERO)),
        )
    )  # fmt: skip
    return as_svg(chart.properties(width=min(700, max(240, 74 * len(data))), height=150), heading, data, language)
