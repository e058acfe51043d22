"""Which charts show a business case: the fan of cash, the tornado, the steps from ist to soll?"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt

from journeys.pictures.lettering import clean
from workbench.analysis.case.tornado import Swing
from workbench.analysis.case.worth import Worth
from workbench.language.language import Language
from workbench.pictures.charts import ACCENT, INK, MUTED, PALETTE, ZERO, as_svg, values

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
    base = alt.Chart(values(data)).encode(
        x=alt.X("month:Q", axis=alt.Axis(title=words["month"], tickMinStep=6), scale=alt.Scale(nice=False))
    )
    money = alt.Axis(title=words["money"], format="~s", tickCount=6, labelExpr=ZERO)
    band = base.mark_area(color=ACCENT, opacity=0.22).encode(y=alt.Y("low:Q", axis=money), y2="high:Q")
    line = base.mark_line(color=ACCENT, strokeWidth=2.5).encode(y=alt.Y("middle:Q", axis=money))
    zero = alt.Chart(values([{"level": 0}])).mark_rule(color=INK, strokeWidth=1).encode(y=alt.Y("level:Q", axis=money))
    last = alt.Chart(values(data[-1:])).encode(x="month:Q")
    ends = [
        last.mark_text(align="left", dx=6, fontSize=11, color=INK).encode(y=f"{end}:Q", text=f"{end}_shown:N")
        for end in ("low", "middle", "high")
    ]
    for end in ("low", "middle", "high"):
        data[-1][f"{end}_shown"] = language.show(data[-1][end], "money")
    chart = (band + line + zero + ends[0] + ends[1] + ends[2]).properties(width=560, height=250)
    return as_svg(chart, heading, spoken, language)


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
    names = list(dict.fromkeys(row["name"] for row in data))
    base = alt.Chart(values(data)).encode(
        y=alt.Y("name:N", sort=names, axis=alt.Axis(title=None, labelLimit=330, labelPadding=6, labelExpr=_LINES)),
    )
    colours = alt.Scale(domain=[words["low"], words["high"]], range=[PALETTE["worse"], PALETTE["gone"]])
    money = alt.Axis(title=words["money"], format="~s", tickCount=6, labelExpr=ZERO)
    boxes = base.mark_bar(height=15).encode(
        x=alt.X("from:Q", axis=money, scale=alt.Scale(zero=False)),
        x2="to:Q",
        color=alt.Color("end:N", scale=colours, legend=alt.Legend(title=None, orient="top", labelColor=INK)),
    )
    rule = alt.Chart(values([{"level": middle}])).mark_rule(color=INK).encode(x=alt.X("level:Q", axis=money))
    return as_svg((boxes + rule).properties(width=430, height=alt.Step(34)), heading, data, language)


def _in_lines(name: str) -> str:
    """A long name in two lines; charts split it at the bar."""
    return "|".join(textwrap.wrap(clean(name).replace("|", "/"), _NAME_WIDTH, max_lines=2, placeholder="…"))


def steps(parts: Sequence[tuple[str, float, str]], heading: str, axis: str, language: Language) -> tuple[str, bool]:
    """From ist to soll, each part where the one before ended; and whether the axis begins above zero.

    Changes that are small against the whole would be hairlines on an axis from zero: the axis then begins where they
    can be seen, and whoever shows the chart has to say so.

    Args:
        parts: name, value and kind (`total` stands on the axis, `gone` goes down, `added` goes up).
        heading: the title.
        axis: what is measured.
        language: for the values.
    """
    data: list[dict[str, Any]] = []
    level = 0.0
    for name, value, kind in parts:
        start = 0.0 if kind == "total" else level
        level = {"total": value, "gone": level - value, "added": level + value}[kind]
        sign = {"total": "", "gone": "−", "added": "+"}[kind]
        shown = f"{sign}{language.show(value, 'hours')}" if value or kind == "total" else language.show(0.0, "hours")
        data.append({"name": name, "start": start, "end": level, "kind": kind, "shown": shown})
    highest = max(max(row["start"], row["end"]) for row in data)
    lowest = min(row["end"] for row in data)
    cut = highest > 0 and (highest - lowest) < 0.25 * highest
    floor = max(0.0, lowest - 0.6 * (highest - lowest)) if cut else 0.0
    for row in data:
        row["start"] = max(row["start"], floor)
        row["top"] = max(row["start"], row["end"])
    scale = alt.Scale(domain=[floor, highest + 0.12 * (highest - floor)], nice=False)
    base = alt.Chart(values(data)).encode(
        x=alt.X("name:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, labelLimit=110)),
    )
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["total", "gone", "added"], range=[PALETTE["stays"], PALETTE["gone"], PALETTE["worse"]]),
        legend=None,
    )
    format_ = "~s" if highest - floor >= 5_000 else ",.0f" if language.code == "en" else ".0f"
    hours = alt.Axis(title=axis, format=format_, tickCount=5, titleColor=MUTED)
    boxes = base.mark_bar(size=54).encode(y=alt.Y("start:Q", axis=hours, scale=scale), y2="end:Q", color=colour)
    labels = base.mark_text(dy=-8, fontSize=11, color=INK).encode(y=alt.Y("top:Q", scale=scale), text="shown:N")
    return as_svg((boxes + labels).properties(width=alt.Step(94), height=240), heading, data, language), cut
