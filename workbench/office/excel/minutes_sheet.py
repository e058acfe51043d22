"""What becomes of every minute of every line of work, as formulas that add up?

One row per line and stage of the ramp; the filter shows the year at full effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from touchpoints.inventory import Inventory
from workbench.language.language import Language
from workbench.office.excel.book import HEAD_ROW, Sheet
from workbench.office.excel.case_inputs import Inputs
from workbench.office.excel.case_plan import FULL, Plan
from workbench.office.excel.ledger_formulas import AT, COLUMNS, LedgerRow, formulas, outcomes
from workbench.office.excel.workload_sheet import Workload
from workbench.office.number_formats import number_format, with_unit

SUMMED = COLUMNS[AT["ist_h_per_year"] :]
"""The columns that add up."""


@dataclass(frozen=True)
class Minutes:
    """Where the ledger of a scenario stands.

    Attributes:
        first, last: its rows.
    """

    sheet: Sheet
    first: int
    last: int

    def sum(self, column: str, stage: str) -> str:
        """The sum of a column over the lines in a stage, for a formula; `stage` is a text in quotes or a cell."""
        return f"SUMIFS({self._range(column)},{self._range('stage')},{stage})"

    def _range(self, column: str) -> str:
        letter = xl_col_to_name(AT[column], True)
        return f"'{self.sheet.name}'!${letter.lstrip('$')}${self.first + 1}:${letter.lstrip('$')}${self.last + 1}"


def stage_name(stage: int, language: Language) -> str:
    """What a stage is called: full effect, or the first month in which the measures have come so far."""
    return language.text("office.full") if stage == FULL else language.text("office.month", month=stage)


def write_minutes(
    sheet: Sheet, plan: Plan, inputs: Inputs, workload: Workload, levels: Mapping[int, Sequence[str]],
    inventory: Inventory, chapter: str, language: Language,
) -> Minutes:  # fmt: skip
    """The ledger, line by line; `levels` are the cells that say how far each measure has come, by stage."""
    heads = [with_unit(language.column(name)[0], unit, language) for name, unit in COLUMNS]
    widths = [13.0, 24.0, 30.0, *(12.0 for _ in COLUMNS[3:])]
    name = plan.one.scenario.label(language.code)
    sheet.top(language.text("office.minutes", name=name), chapter)
    sheet.widths(widths)
    sheet.heads(HEAD_ROW, heads, (unit != "text" for _, unit in COLUMNS), widths)
    formats = [number_format(unit, language, _decimals(column)) if unit != "text" else "" for column, unit in COLUMNS]
    row, totals = HEAD_ROW + 1, dict.fromkeys((column for column, _ in SUMMED), 0.0)
    for stage in plan.stages:
        for line, effect in zip(plan.touched, plan.effects[stage.month], strict=True):
            one = LedgerRow(plan, stage, line, effect, inputs, workload, levels.get(stage.month))
            values = _write_line(sheet, row, one, inventory, formats)
            if stage.month == FULL:
                totals = {column: total + values[column] for column, total in totals.items()}
            else:
                sheet.made.set_row(row, None, None, {"hidden": True})
            row += 1
    last = max(row - 1, HEAD_ROW + 1)
    sheet.made.autofilter(HEAD_ROW, 0, last, len(COLUMNS) - 1)
    if len(plan.stages) > 1:
        sheet.made.filter_column(0, f"x == {stage_name(FULL, language)}")
    _totals(sheet, row, totals, formats, language)
    sheet.notes(row + 2, [language.text("office.minutes_note"), language.text("case.words")], widths)
    sheet.made.freeze_panes(HEAD_ROW + 1, 3)
    sheet.on_paper(HEAD_ROW)
    return Minutes(sheet, HEAD_ROW + 1, last)


def _decimals(column: str) -> int | None:
    return {"cost_per_hour": 2, "cost_per_contact": 2}.get(
        column, 1 if column.endswith(("_h", "_h_per_year", "_check")) else None
    )


def _write_line(
    sheet: Sheet, row: int, one: LedgerRow, inventory: Inventory, formats: Sequence[str]
) -> dict[str, float]:
    """A line of work in a stage; returns what its formulas come to."""
    work, code = one.line.work, sheet.book.language.code
    sheet.write(row, 0, stage_name(one.stage.month, sheet.book.language))
    sheet.write(row, 1, inventory.touchpoints[work.touchpoint].label(code))
    sheet.write(row, 2, inventory.reasons[work.reason].label(code) if work.reason else None)
    values = outcomes(one)
    for name, text in formulas(row, one).items():
        sheet.formula(row, AT[name], f"={text}", values[name], "number", formats[AT[name]])
    return values


def _totals(sheet: Sheet, row: int, totals: dict[str, float], formats: Sequence[str], language: Language) -> None:
    """Sums of the rows that the filter shows: at first those at full effect."""
    for index in range(AT["ist_h_per_year"]):
        sheet.write(row, index, language.text("office.total") if not index else None, "total_text")
    for name, total in totals.items():
        first, last = (xl_rowcol_to_cell(at, AT[name]) for at in (HEAD_ROW + 1, max(row - 1, HEAD_ROW + 1)))
        sheet.formula(row, AT[name], f"=SUBTOTAL(109,{first}:{last})", total, "total", formats[AT[name]])
