"""How does the week of a team look: people needed in every half hour, and where too few are there?"""

from __future__ import annotations

from typing import Any

import numpy as np

from workbench.analysis.staffing.need import TeamNeed
from workbench.analysis.staffing.staffing import Staffing
from workbench.analysis.staffing.tables import DAYS, clock
from workbench.analysis.staffing.week import PER_DAY
from workbench.language.language import Language
from workbench.pictures.charts import INK, Specification, as_svg, layered, names, numbers

SHORT, ENOUGH, SPARE = "#ee8a4a", "#f7f7f7", "#62aede"
"""Too few, just right, spare: told apart by colour-blind readers too, and light enough for dark figures."""

_CELL_WIDTH, _CELL_HEIGHT = 58, 20


def week_map(staffing: Staffing, team: str) -> str:
    """The week of a team as SVG: weekdays across, half hours down, in each field the people needed.

    Colours say how many are short or spare where the model tells how many there are.

    Raises:
        ValueError: no such team has contacts.
    """
    need, language = staffing.need(team), staffing.language
    data = _cells(need, language)
    days = [language.word(f"day_{DAYS[day]}") for day in sorted({cell["order"] // PER_DAY for cell in data})]
    bare = {"title": None, "domain": False, "ticks": False}
    shared = {"x": names("day", sort=days, axis={**bare, "orient": "top", "labelAngle": 0}),
              "y": names("time", axis=bare)}  # fmt: skip
    known = need.present is not None
    fields = {
        "mark": {"type": "rect", "stroke": "white", "strokeWidth": 2},
        "encoding": {"color": _colour(data, language) if known else {"value": "#e8eef2"}},
    }
    figures = {"mark": {"type": "text", "fontSize": 11, "color": INK}, "encoding": {"text": names("shown")}}
    key = "chart.week" if known else "chart.week_needed"
    chart = layered(data, shared, [fields, figures], width={"step": _CELL_WIDTH}, height={"step": _CELL_HEIGHT})
    heading = language.text(key, team=need.team.label(language.code), present=language.show(need.present, "number"))
    return as_svg(chart, heading, data, language)


def _cells(need: TeamNeed, language: Language) -> list[dict[str, Any]]:
    needed, cells = need.needed(), []
    for cell in np.flatnonzero(need.open > 0).tolist():
        people = float(np.ceil(needed[cell] - 1e-9))
        spare = 0.0 if need.present is None else need.present - float(needed[cell])
        day = language.word(f"day_{DAYS[cell // PER_DAY]}")
        cells.append(
            {
                "name": f"{day} {clock(cell)}", "day": day, "time": clock(cell), "order": cell, "spare": spare,
                "shown": language.number(people),
            }
        )  # fmt: skip
    return cells


def _colour(data: list[dict[str, Any]], language: Language) -> Specification:
    reach = float(np.ceil(max(1.0, *(abs(cell["spare"]) for cell in data))))
    short, enough, spare = (language.text(f"chart.week_{key}") for key in ("short", "enough", "spare"))
    say = f"datum.value == 0 ? '{enough}' : abs(datum.value) + ' ' + (datum.value < 0 ? '{short}' : '{spare}')"
    legend = {"title": None, "labelExpr": say, "gradientLength": 140, "values": [-reach, 0, reach]}
    scale = {"domain": [-reach, 0, reach], "range": [SHORT, ENOUGH, SPARE]}
    return numbers("spare", scale=scale, legend=legend)
