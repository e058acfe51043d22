"""What does a scenario bring, as formulas on the sheets of its minutes and months, beside the inputs that move it?"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.workload import MONTHS_PER_YEAR
from workbench.language.language import DASH, Language
from workbench.office.excel.book import HEAD_ROW, Sheet
from workbench.office.excel.case_inputs import Inputs
from workbench.office.excel.case_plan import FULL, Plan
from workbench.office.excel.cash_sheet import Cash
from workbench.office.excel.minutes_sheet import Minutes, stage_name
from workbench.office.excel.workload_sheet import COST, HOURS, Workload
from workbench.office.number_formats import number_format, with_unit

RESULTS = 21
"""So many outcomes stand above the inputs."""
FIRST_INPUT = HEAD_ROW + RESULTS + 4
"""The row where the inputs begin."""
NPV_CELL = (HEAD_ROW + 1, 1)
"""Row and column of the net present value."""


@dataclass(frozen=True, slots=True)
class _Result:
    """An outcome: what it is called, in what unit, its formula and what that comes to now."""

    column: str
    unit: str
    formula: str
    value: float | str


def write_results(
    sheet: Sheet, plan: Plan, inputs: Inputs, workload: Workload, minutes: Minutes, cash: Cash, language: Language
) -> None:
    """The outcomes of a scenario: worth, a year at full effect, the ledger of hours and its check."""
    row = HEAD_ROW
    sheet.section(row, language.text("office.results"), 7)
    low, _, high = plan.one.worth.interval
    money = number_format("money", language)
    found = [
        *_worth(plan.one, cash, language),
        *_year(plan.one, row, inputs, workload, minutes, language),
        *_hours(plan.one, row, workload, minutes, language),
    ]
    assert len(found) == RESULTS
    for at, one in enumerate(found, row + 1):
        sheet.write(at, 0, with_unit(language.column(one.column)[0], one.unit, language))
        number = number_format(one.unit, language, 1 if one.unit == "hours" else None)
        if one.formula:
            sheet.formula(at, 1, f"={one.formula}", one.value, "result", number)
        else:
            sheet.write(at, 1, one.value, "result", number)
        for column in range(2, 7):
            sheet.write(at, column, None)
    sheet.write(row + 1, 2, low, "given", money)
    sheet.write(row + 1, 3, high, "given", money)
    sheet.write(row + 1, 5, language.text("office.drawn"), "place")


def _worth(one: ScenarioCase, cash: Cash, language: Language) -> list[_Result]:
    worth = one.worth
    rate = worth.rate.only
    flows = cash.range("cash_flow")
    irr = f'IFERROR((1+IRR({flows},0.01))^{MONTHS_PER_YEAR}-1,"{DASH}")' if rate is not None else ""
    payback = _payback(cash, "so_far", "owed_after")
    discounted = _payback(cash, "discounted_so_far", "owed_discounted_after")
    never = language.text("office.never")
    return [
        _Result("npv", "money", f"SUM({cash.range('discounted')})", worth.npv),
        _Result("npv_all", "money", f"SUM({cash.range('discounted_all')})", worth.npv_all),
        _Result("irr", "share", irr, rate if rate is not None else language.text("case.no_irr")),
        _Result("payback_years", "decimal", payback.format(never=never), _or(worth.payback, never)),
        _Result("discounted_payback_years", "decimal", discounted.format(never=never),
                _or(worth.discounted_payback, never)),
    ]  # fmt: skip


def _or(value: float | None, never: str) -> float | str:
    return never if value is None else value


def _payback(cash: Cash, total: str, owed: str) -> str:
    """Years until the running total is no longer negative for good, straight between two months."""
    totals, months = cash.range(total), cash.range(owed)
    last = f"MAX({months})"
    below, above = f"INDEX({totals},{last}+1)", f"INDEX({totals},{last}+2)"
    end = cash.last - cash.first
    return f'IF(COUNT({months})=0,0,IF({last}={end},"{{never}}",({last}-{below}/({above}-{below}))/{MONTHS_PER_YEAR}))'


def _year(
    one: ScenarioCase, top: int, inputs: Inputs, workload: Workload, minutes: Minutes, language: Language
) -> list[_Result]:
    """A year at full effect [currency/year]; rows name those above them."""
    full = f'"{stage_name(FULL, language)}"'
    row = top + 1 + 5 + 1
    saved, extra, running = (f"B{row + at + 1}" for at in range(3))
    paid = f"{minutes.sum('contact_saved', full)}-{extra}-{running}"
    cashable = one.scenario.cashable
    cash = f"{minutes.sum('labour_saved', full)}*{inputs.of(cashable)}+{paid}" if cashable else ""
    yearly = [
        f"{inputs.of(each.running)}*{1 if each.running.per == 'year' else MONTHS_PER_YEAR}"
        for each in one.scenario.investments
        if each.running is not None
    ]
    once = [inputs.of(each.once) for each in one.scenario.investments if each.once is not None]
    return [
        _Result("ist_per_year", "money", workload.sum(COST), one.ist_per_year),
        _Result("saved_per_year", "money", f"{minutes.sum('labour_saved', full)}+{minutes.sum('contact_saved', full)}",
                one.saved_per_year),
        _Result("extra_per_year", "money", minutes.sum("extra_per_year", full), one.extra_per_year),
        _Result("running_per_year", "money", "+".join(yearly) or "0", one.running_per_year),
        _Result("net_benefit_per_year", "money", f"{saved}-{extra}-{running}", one.net_per_year),
        _Result("cash_per_year", "money", cash, _or(one.cash_per_year, DASH)),
        _Result("once", "money", "+".join(once) or "0", one.once),
    ]  # fmt: skip


def _hours(one: ScenarioCase, top: int, workload: Workload, minutes: Minutes, language: Language) -> list[_Result]:
    """The minute ledger at full effect [h/year]; what no measure touches stays."""
    full, middle = f'"{stage_name(FULL, language)}"', one.hours.middle
    row = top + 1 + 5 + 7
    ist, *parts = (f"B{row + at + 1}" for at in range(7))

    def part(column: str) -> str:
        return minutes.sum(column, full)

    untouched = f"({workload.sum(HOURS)}-{part('ist_h_per_year')})"
    return [
        _Result("ist_h_per_year", "hours", workload.sum(HOURS), middle("baseline")),
        _Result("eliminated_h", "hours", part("eliminated_h"), middle("eliminated")),
        _Result("shifted_h", "hours", part("shifted_h"), middle("shifted")),
        _Result("leaked_h", "hours", part("leaked_h"), middle("leaked")),
        _Result("saved_h", "hours", part("saved_h"), middle("saved")),
        _Result("remaining_h", "hours", f"{part('remaining_h')}+{untouched}", middle("remaining")),
        _Result("added_h", "hours", f"{part('heavier_h')}+{part('elsewhere_h')}", middle("added")),
        _Result("soll_h_per_year", "hours", f"{parts[2]}+{parts[4]}+{parts[5]}", middle("soll")),
        _Result("ledger_check", "hours", f"ROUND({'+'.join(parts[:5])}-{ist},6)", 0.0),
    ]
