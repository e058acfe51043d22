"""How does the week of a team look: people needed in every half hour, and where too few are there?"""

from __future__ import annotations

import numpy as np

from workbench.analysis.staffing.staffing import Staffing
from workbench.analysis.staffing.tables import DAYS, clock
from workbench.analysis.staffing.week import PER_DAY
from workbench.pictures.fields import Field, week
from workbench.pictures.plot import between

SHORT, ENOUGH, SPARE = "#ee8a4a", "#f7f7f7", "#62aede"
"""Too few, just right, spare: told apart by colour-blind readers too, and light enough for dark figures."""
UNKNOWN = "#e8eef2"

_SIZE = (58.0, 20.0)


def week_map(staffing: Staffing, team: str) -> str:
    """The week of a team as SVG: weekdays across, half hours down, in each field the people needed.

    Colours say how many are short or spare where the model tells how many there are.

    Raises:
        ValueError: no such team has contacts.
    """
    need, language = staffing.need(team), staffing.language
    needed, cells = need.needed(), np.flatnonzero(need.open > 0).tolist()
    spare = {cell: 0.0 if need.present is None else need.present - float(needed[cell]) for cell in cells}
    reach = float(np.ceil(max(1.0, *(abs(one) for one in spare.values())))) if spare else 1.0
    names = {day: language.word(f"day_{DAYS[day]}") for day in sorted({cell // PER_DAY for cell in cells})}
    fields = [
        Field(
            names[cell // PER_DAY], clock(cell), f"{names[cell // PER_DAY]} {clock(cell)}",
            language.number(float(np.ceil(needed[cell] - 1e-9))),
            UNKNOWN if need.present is None else _shade(spare[cell] / reach),
        )
        for cell in cells
    ]  # fmt: skip
    most, legend = language.number(reach), []
    if need.present is not None:
        short, enough, over = (language.text(f"chart.week_{one}") for one in ("short", "enough", "spare"))
        legend = [(f"{most} {short}", SHORT), (enough, ENOUGH), (f"{most} {over}", SPARE)]
    label = need.team.label(language.code)
    heading = language.text("chart.week" if need.present is not None else "chart.week_needed", team=label,
                            present=language.show(need.present, "number"))  # fmt: skip
    return week(fields, list(names.values()), _SIZE, heading, legend)


def _shade(spare: float) -> str:
    """The colour of what is spare (above zero) or short, as a part of the most there is."""
    return between(ENOUGH, SPARE, spare) if spare > 0 else between(ENOUGH, SHORT, -spare)
