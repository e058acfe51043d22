"""Which charts show the content: how far it covers what is asked, and when what has to be reviewed?"""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date

from workbench.analysis.content.asked import STATES, Coverage
from workbench.analysis.content.calendar import Slot
from workbench.language.language import Language
from workbench.pictures.charts import ACCENT, INK, PALETTE, as_svg, either, layered, names, numbers, short

_COLOURS = dict(
    zip(STATES, (ACCENT, "#7fb8cc", "#f2d16b", "#e69f00", "#d55e00", "#a5668b", PALETTE["stays"]), strict=True)
)
_DARK = ("answer_valid", "answer_tacit", "answer_missing", "answer_unfit")
"""States whose colour needs white figures."""
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
    scale = {"domain": [language.word(one) for one in states], "range": [_COLOURS[one] for one in states]}
    legend = {"title": None, "orient": "bottom", "columns": 3, "labelColor": INK, "labelLimit": 260}
    axis = {"title": words["share"], "format": "%", "tickCount": 5}
    dark = " || ".join(f"datum.order == {STATES.index(one)}" for one in _DARK)
    shared = {"y": names("bar", sort=None, axis={"title": None, "labelLimit": 200, "labelPadding": 6})}
    boxes = {
        "mark": {"type": "bar", "stroke": "white"},
        "encoding": {
            "x": numbers("share", stack="zero", axis=axis, scale={"domain": [0, 1]}),
            "color": names("state", scale=scale, legend=legend),
            "order": numbers("order"),
        },
    }
    labels = {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {"x": numbers("middle"), "text": names("label"), "color": either(dark, "white", INK)},
    }
    chart = layered(data, shared, [boxes, labels], width=520, height={"step": 40})
    return as_svg(chart, heading, data, language)


def calendar_chart(slots: tuple[Slot, ...], today: date, heading: str, owners: dict[str | None, str],
                   words: dict[str, str], language: Language) -> str:  # fmt: skip
    """The number of reviews per owner and month: what is overdue, then twelve months.

    Args:
        slots: the reviews per month and owner.
        today: the day from which the months run.
        heading: the title.
        owners: what owners are called, with None for content that nobody owns.
        words: `overdue`.
        language: for the names of the months.
    """
    months = _months(today)
    columns = [words["overdue"], *(_month(month, language) for month in months)]
    data = [
        {"owner": short(owners[slot.owner]),
         "month": words["overdue"] if slot.month is None else _month(slot.month, language),
         "count": len(slot.reviews), "late": slot.month is None, "shown": str(len(slot.reviews)),
         "name": f"{owners[slot.owner]}, {words['overdue'] if slot.month is None else _month(slot.month, language)}"}
        for slot in slots if is_drawn(slot, today)
    ]  # fmt: skip
    order = sorted({str(row["owner"]) for row in data}, key=lambda one: (one == short(owners.get(None, "")), one))
    shared = {
        "x": names("month", scale={"domain": columns}, axis={"title": None, "labelAngle": 0, "orient": "top"}),
        "y": names("owner", sort=order, axis={"title": None, "labelLimit": 220, "labelPadding": 6}),
    }
    sizes = {"domain": [0, 6], "range": [120, 620], "clamp": True}
    dots = {
        "mark": {"type": "circle", "opacity": 1},
        "encoding": {
            "size": numbers("count", scale=sizes, legend=None),
            "color": either("datum.late", PALETTE["worse"], ACCENT),
        },
    }
    labels = {
        "mark": {"type": "text", "fontSize": 11, "color": "white", "fontWeight": "bold"},
        "encoding": {"text": names("shown")},
    }
    chart = layered(data, shared, [dots, labels], width={"step": 44}, height={"step": 34})
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
