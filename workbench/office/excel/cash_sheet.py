"""What money comes and goes in every month of a scenario, and what is it worth today, as formulas?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from touchpoints.quantities import Money
from workbench.analysis.case.flows import per_year
from workbench.analysis.workload import MONTHS_PER_YEAR
from workbench.language.language import DASH, Language
from workbench.office.excel.book import HEAD_ROW, Sheet
from workbench.office.excel.case_inputs import Inputs
from workbench.office.excel.case_plan import Plan, levels_in
from workbench.office.excel.minutes_sheet import Minutes, stage_name
from workbench.office.number_formats import number_format, with_unit
from workbench.office.text import shortened

BEFORE = ("month_number", "month_of_year", "stage")
AFTER: tuple[tuple[str, str], ...] = (
    ("labour_saved", "money"), ("contact_saved", "money"), ("measure_cost", "money"), ("once", "money"),
    ("running_cost", "money"), ("cash_flow", "money"), ("discount_factor", "decimal"), ("discounted", "money"),
    ("discounted_so_far", "money"), ("so_far", "money"), ("discounted_all", "money"), ("owed_after", "count"),
    ("owed_discounted_after", "count"),
)  # fmt: skip
"""The columns after the levels of the measures, and their units."""
_SUMMED = ("labour_saved", "contact_saved", "measure_cost", "once", "running_cost", "cash_flow", "discounted",
           "discounted_all")  # fmt: skip


@dataclass(frozen=True)
class Cash:
    """Where the months of a scenario stand.

    Attributes:
        first, last: the rows of month 0 and of the last month.
        start: the column of the first figure after the levels.
    """

    sheet: Sheet
    first: int
    last: int
    start: int

    def column(self, name: str) -> int:
        """Where a figure stands."""
        return self.start + [key for key, _ in AFTER].index(name)

    def range(self, name: str) -> str:
        """The months of a figure, as formulas name them."""
        ends = [xl_rowcol_to_cell(row, self.column(name), True, True) for row in (self.first, self.last)]
        return f"'{self.sheet.name}'!{ends[0]}:{ends[1]}"

    def levels(self, month: int) -> list[str]:
        """The cells that say how far each measure has come in a month."""
        return [self.sheet.address(self.first + month, len(BEFORE) + at) for at in range(self.start - len(BEFORE))]


def place_cash(sheet: Sheet, plan: Plan) -> Cash:
    """Where everything will stand, before anything is written."""
    first = HEAD_ROW + 1
    return Cash(sheet, first, first + plan.months, len(BEFORE) + len(plan.measures))


def write_cash(cash: Cash, plan: Plan, inputs: Inputs, minutes: Minutes, chapter: str, language: Language) -> None:
    """The months: how far the measures have come, what they bring and cost, discounted and added up."""
    sheet, when = cash.sheet, plan.one.worth.timeline
    names = [one.label(language.code).strip() or language.word(one.kind) for one in plan.measures]
    heads = [language.column(key)[0] for key in BEFORE] + [shortened(name, 60) for name in names]
    heads += [with_unit(language.column(key)[0], unit, language) for key, unit in AFTER]
    widths = [8.0, 16.0, 14.0, *(15.0 for _ in names), *(14.0 for _ in AFTER)]
    sheet.top(language.text("office.cash", name=plan.one.scenario.label(language.code)), chapter)
    sheet.widths(widths)
    sheet.heads(HEAD_ROW, heads, (index not in (1, 2) for index in range(len(heads))), widths)
    values = _values(plan)
    for month in range(plan.months + 1):
        row = cash.first + month
        sheet.write(row, 0, month, "number", "0")
        first = _later(when.first, month - 1) if when.first and month else None
        sheet.write(row, 1, first, "date", number_format("month", language))
        stage = plan.stage_of[month - 1] if month else None
        sheet.write(row, 2, DASH if stage is None else stage_name(stage, language))
        _levels(cash, row, month, plan, inputs, language)
        _figures(cash, row, month, plan, inputs, minutes, {key: one[month] for key, one in values.items()}, language)
    _totals(cash, values, language)
    notes = [language.text("office.cash_note")]
    notes += [] if plan.by_month else [language.text("office.too_many")]
    sheet.notes(cash.last + 3, notes, widths)
    sheet.made.freeze_panes(HEAD_ROW + 1, 3)
    sheet.on_paper(HEAD_ROW)


def _later(first: date, months: int) -> date:
    """The first day of the month that is so many months later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _levels(cash: Cash, row: int, month: int, plan: Plan, inputs: Inputs, language: Language) -> None:
    """How far each measure has come on average over a month: it grows evenly over the ramp."""
    ramp = inputs.of(plan.one.scenario.ramp)
    at = xl_rowcol_to_cell(row, 0, col_abs=True)
    reached = levels_in(plan.one, month) if month else (0.0,) * len(plan.measures)
    for index, (delay, value) in enumerate(zip(inputs.delays, reached, strict=True)):
        ends = [_area(f"({at}-{back}{delay})", ramp) for back in ("", "1-")]
        text = f"={ends[0]}-{ends[1]}"
        cash.sheet.formula(row, len(BEFORE) + index, text, value, "number", number_format("share", language))


def _area(time: str, ramp: str) -> str:
    """Months of full effect until a time since the start."""
    return f"IF({time}<=0,0,IF({time}<{ramp},{time}^2/(2*{ramp}),{time}-{ramp}/2))"


def _figures(
    cash: Cash, row: int, month: int, plan: Plan, inputs: Inputs, minutes: Minutes, values: dict[str, float],
    language: Language,
) -> None:  # fmt: skip
    at = {key: xl_rowcol_to_cell(row, cash.column(key)) for key, _ in AFTER}
    number, stage = (xl_rowcol_to_cell(row, column, col_abs=True) for column in (0, 2))
    scenario = plan.one.scenario
    cashable = inputs.of(scenario.cashable) if scenario.cashable is not None else "1"
    before = {key: f"{xl_rowcol_to_cell(row - 1, cash.column(key))}+" if month else "" for key, _ in AFTER}
    flow = "+".join(at[key] for key in ("contact_saved", "measure_cost", "once", "running_cost"))
    texts = {
        "labour_saved": f"{minutes.sum('labour_saved', stage)}/{MONTHS_PER_YEAR}",
        "contact_saved": f"{minutes.sum('contact_saved', stage)}/{MONTHS_PER_YEAR}",
        "measure_cost": f"-{minutes.sum('extra_per_year', stage)}/{MONTHS_PER_YEAR}",
        "once": _paid(number, "=", [one.once for one in scenario.investments], inputs),
        "running_cost": _paid(number, ">", [one.running for one in scenario.investments], inputs),
        "cash_flow": f"{at['labour_saved']}*{cashable}+{flow}",
        "discount_factor": f"(1+{inputs.of(scenario.discount_rate)})^(-{number}/{MONTHS_PER_YEAR})",
        "discounted": f"{at['cash_flow']}*{at['discount_factor']}",
        "discounted_so_far": f"{before['discounted_so_far']}{at['discounted']}",
        "so_far": f"{before['so_far']}{at['cash_flow']}",
        "discounted_all": f"({at['labour_saved']}+{flow})*{at['discount_factor']}",
        "owed_after": f'IF({at["so_far"]}<0,{number},"")',
        "owed_discounted_after": f'IF({at["discounted_so_far"]}<0,{number},"")',
    }
    for key, unit in AFTER:
        style = number_format(unit, language, 6 if key == "discount_factor" else None)
        if not plan.by_month and key in ("labour_saved", "contact_saved", "measure_cost"):
            cash.sheet.write(row, cash.column(key), values[key], "given", style)
            continue
        value: float | str = values[key]
        owed = {"owed_after": "so_far", "owed_discounted_after": "discounted_so_far"}.get(key)
        if owed is not None:
            value = month if values[owed] < 0 else ""
        cash.sheet.formula(row, cash.column(key), f"={texts[key]}", value, "number", style)


def _paid(month: str, when: str, amounts: Sequence[Money | None], inputs: Inputs) -> str:
    """Amounts that are paid in, or in every month after, that of their payment."""
    parts = [
        f"({month}{when}{payment})*{inputs.of(money)}{f'/{MONTHS_PER_YEAR}' if money.per == 'year' else ''}"
        for money, payment in zip(amounts, inputs.payments, strict=True)
        if money is not None
    ]
    return f"-({'+'.join(parts)})" if parts else "0"


def _values(plan: Plan) -> dict[str, list[float]]:
    """What the formulas come to now, by the flows of the business case."""
    found, when, scenario = plan.one.worth.middle, plan.one.worth.timeline, plan.one.scenario
    months = range(plan.months + 1)
    stages = [None, *plan.stage_of]
    once, running = np.zeros(len(months)), np.zeros(len(months))
    for investment, month in zip(scenario.investments, when.payments, strict=True):
        if month <= plan.months:
            once[month] -= investment.once.point if investment.once else 0.0
            running[month + 1 :] -= per_year(investment.running) / MONTHS_PER_YEAR
    hard = np.array([float(found.hard(month)[0]) for month in months])
    discounted = np.array([float(one[0]) for one in found.discounted()])
    rate = float(found.rate[0])
    return {
        "labour_saved": found.labour[:, 0].tolist(),
        "contact_saved": [plan.sum(stage, "contact_saved") / MONTHS_PER_YEAR for stage in stages],
        "measure_cost": [-plan.sum(stage, "extra") / MONTHS_PER_YEAR for stage in stages],
        "once": once.tolist(),
        "running_cost": running.tolist(),
        "cash_flow": hard.tolist(),
        "discount_factor": [(1 + rate) ** (-month / MONTHS_PER_YEAR) for month in months],
        "discounted": discounted.tolist(),
        "discounted_so_far": np.cumsum(discounted).tolist(),
        "so_far": np.cumsum(hard).tolist(),
        "discounted_all": [float(one[0]) for one in found.discounted(with_soft=True)],
        "owed_after": [0.0 for _ in months],
        "owed_discounted_after": [0.0 for _ in months],
    }


def _totals(cash: Cash, values: dict[str, list[float]], language: Language) -> None:
    row = cash.last + 1
    for column in range(cash.start + len(AFTER)):
        cash.sheet.write(row, column, language.text("office.total") if not column else None, "total_text")
    for key in _SUMMED:
        first, last = (xl_rowcol_to_cell(at, cash.column(key)) for at in (cash.first, cash.last))
        style = number_format("money", language)
        cash.sheet.formula(row, cash.column(key), f"=SUM({first}:{last})", sum(values[key]), "total", style)
