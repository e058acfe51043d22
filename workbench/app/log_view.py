"""What does the contact log say of the chosen channel, persona and month?"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from workbench.app.choices import Choices
from workbench.language.language import Language
from workbench.log import measures, repeats
from workbench.log.engine import Log
from workbench.log.measure import Measure
from workbench.log.notes import texts
from workbench.log.selection import Selection
from workbench.tables import Table, table

MEASURES = (
    measures.volume, measures.handling_time, measures.wait, measures.answer_time, measures.abandonment,
    measures.unanswered, repeats.first_contact_resolution, repeats.repeat_share, measures.hand_off,
)  # fmt: skip


def selected(log: Log, choices: Choices, language: Language) -> Table:
    """Every measure of the log for what was chosen, with its interval; what is withheld or not there has no value."""
    selection = _selection(choices)
    rows: list[tuple[Any, ...]] = []
    said: list[str] = []
    for ask in MEASURES:
        found: Measure = ask(log, selection=selection)
        cell = found.of()
        name = language.text(f"table.log_{found.name}")
        rows.append((name, cell.value, cell.low, cell.high, cell.n if cell.value is not None else None, found.unit))
        said += texts(found.notes, language)
    columns = ["log_measure", "observed", "observed_low", "observed_high", "n", "unit"]
    return table("log_selected", columns, rows, dict.fromkeys(said), [ask.__name__ for ask in MEASURES])


def _selection(choices: Choices) -> Selection:
    named = {"channel": choices.channel, "persona": choices.persona}
    where = {name: (word,) for name, word in named.items() if word}
    if not choices.period:
        return Selection(where)
    year, month = map(int, choices.period.split("-"))
    return Selection(where, date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
