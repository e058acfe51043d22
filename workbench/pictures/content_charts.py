"""Which charts show the content: how far it covers what is asked, and when what has to be reviewed?"""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
from babel.dates import format_date

from workbench.analysis.content.asked import STATES, Coverage
from workbench.analysis.content.calendar import Slot
from workbench.language.language import Language
from workbench.pictures.charts import ACCENT, INK, PALETTE, as_svg, short, values

_COLOURS = dict(
    zip(STATES, (ACCENT, "#7fb8cc", "#f2d16b", "#e69f00", "#d55e00", "#a5668b", PALETTE["stays"]), strict=True)
)
_LABELLED = 0.06
"""A part of a bar narrower than this share carries no number."""


def coverage_bars(coverage: Coverage, heading: str, words: dict[str, str], language: Language) -> str:
    """Two bars of 100%: contacts and staff hours, by the state of the answer where the question is asked.

    Args:
        coverage: of a model with contacts.
        heading: the title.
        words: names of the bars, `contacts` and `hours`, and of the axis, `share`.
        language: for the states and shares.
    """
    data: list[dict[str, Any]] = []
    shares = {"contacts": coverage.share_of_contacts, "hours": coverage.share_of_hours}
    for bar, share_of in shares.items():
        level = 0.0
        for order, state in enumerate(STATES):
            share = share_of(state) or 0.0
            if share > 0:
                shown = language.show(share, "share")
                data.append({"bar": words[bar], "state": language.word(state), "order": order, "share": share,
                             "middle": level + share / 2, "shown": shown, "label": shown if share >= _LABELLED else "",
                             "name": f"{words[bar]}, {language.word(state)}"})  # fmt: skip
                level += share
    states = [state for state in STATES if any(row["state"] == language.word(state) for row in data)]
    scale = alt.Scale(domain=[language.word(one) for one in states], range=[_COLOURS[one] for one in states])
    base = alt.Chart(values(data)).encode(
        y=alt.Y("bar:N", sort=None, axis=alt.Axis(title=None, labelLimit=200, labelPadding=6))
    )
    axis = alt.Axis(title=words["share"], format="%", tickCount=5)
    legend = alt.Legend(title=None, orient="bottom", columns=3, labelColor=INK, labelLimit=260)
    boxes = base.mark_bar(stroke="white").encode(
        x=alt.X("share:Q", stack="zero", axis=axis, scale=alt.Scale(domain=[0, 1])),
        color=alt.Color("state:N", scale=scale, legend=legend),
        order="order:Q",
    )
    light = alt.condition(
        " || ".join(f"datum.order == {STATES.index(one)}" for one in ("answer_valid", "answer_tacit", "answer_missing",
                                                                       "answer_unfit")),
        alt.value("white"), alt.value(INK),
    )  # fmt: skip
    labels = base.mark_text(fontSize=11).encode(x="middle:Q", text="label:N", color=light)
    return as_svg((boxes + labels).properties(width=520, height=alt.Step(40)), heading, data, language)


def calendar_chart(slots: tuple[Slot, ...], today: date, heading: str, names: dict[str | None, str],
                   words: dict[str, str], language: Language) -> str:  # fmt: skip
    """The number of reviews per owner and month: what is overdue, then twelve months.

    Args:
        slots: the reviews per month and owner.
        today: the day from which the months run.
        heading: the title.
        names: what owners are called, with None for content that nobody owns.
        words: `overdue`.
        language: for the names of the months.
    """
    months = _months(today)
    columns = [words["overdue"], *(_month(month, language) for month in months)]
    data = [
        {"owner": short(names[slot.owner]),
         "month": words["overdue"] if slot.month is None else _month(slot.month, language),
         "count": len(slot.reviews), "late": slot.month is None, "shown": str(len(slot.reviews)),
         "name": f"{names[slot.owner]}, {words['overdue'] if slot.month is None else _month(slot.month, language)}"}
        for slot in slots if is_drawn(slot, today)
    ]  # fmt: skip
    owners = sorted({str(row["owner"]) for row in data}, key=lambda one: (one == short(names.get(None, "")), one))
    base = alt.Chart(values(data)).encode(
        x=alt.X("month:N", scale=alt.Scale(domain=columns), axis=alt.Axis(title=None, labelAngle=0, orient="top")),
        y=alt.Y("owner:N", sort=owners, axis=alt.Axis(title=None, labelLimit=220, labelPadding=6)),
    )
    colour = alt.condition("datum.late", alt.value(PALETTE["worse"]), alt.value(ACCENT))
    dots = base.mark_circle(opacity=1).encode(
        size=alt.Size("count:Q", scale=alt.Scale(domain=[0, 6], range=[120, 620], clamp=True), legend=None),
        color=colour,
    )
    labels = base.mark_text(fontSize=11, color="white", fontWeight="bold").encode(text="shown:N")
    chart = (dots + labels).properties(width=alt.Step(44), height=alt.Step(34))
    return as_svg(chart, heading, data, language)


def is_drawn(slot: Slot, today: date) -> bool:
    """Whether the calendar reaches as far as the slot."""
    return slot.month is None or slot.month in _months(today)


def _months(today: date) -> list[date]:
    """The month of a day and the twelve after it."""
    at = [today.month - 1 + later for later in range(13)]
    return [date(today.year + month // 12, month % 12 + 1, 1) for month in at]


def _month(month: date, language: Language) -> str:
    """The month in short, with its year."""
    return str(format_date(month, "MMM yy", locale=language.locale)).replace(".", "")
