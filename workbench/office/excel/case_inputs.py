"""Which numbers of a scenario may a controller change, and where does each come from?"""

from __future__ import annotations

from dataclasses import dataclass, field

from touchpoints.estimate import Estimate
from touchpoints.inventory import Assumption, Inventory
from touchpoints.quantities import Money, Rate, Share, Span
from touchpoints.records.scenario import Shift
from workbench.analysis.case.lines import cost_at
from workbench.analysis.case.minutes import hitting
from workbench.analysis.naming import name_of, origin_of
from workbench.analysis.workload import SECONDS_PER_HOUR
from workbench.language.language import Language
from workbench.office.excel.book import LINE_HEIGHT, Sheet
from workbench.office.excel.case_plan import Plan
from workbench.office.number_formats import number_format, unit_sign

WIDTHS = (58.0, 17.0, 15.0, 15.0, 14.0, 34.0, 30.0)
"""Widths of the columns of the sheet."""
_TINY = 1e-9
_FIXED = ("ramp", "horizon", "human_floor")
"""The layout of the months rests on these, or no formula does; they are changed in the model."""


@dataclass
class Inputs:
    """Where the numbers of a scenario stand on its sheet, as formulas name them.

    Attributes:
        cells: by the identity of the number.
        delays: the months before each measure starts.
        payments: the month in which each investment is paid.
        elsewhere: seconds, price of an hour, cost beside it of one contact of a line at another touchpoint.
    """

    cells: dict[int, str] = field(default_factory=dict)
    delays: list[str] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)
    elsewhere: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)

    def of(self, estimate: Estimate | None) -> str:
        """The cell of a number; zero for none."""
        return self.cells[id(estimate)] if estimate is not None else "0"


def write_inputs(sheet: Sheet, row: int, plan: Plan, inventory: Inventory, language: Language) -> tuple[Inputs, int]:
    """The numbers of a scenario below one another, from a row on; returns where they are, and the row after them."""
    found = Inputs()
    sheet.section(row, language.text("office.inputs"), 7)
    row += 1
    for column, key in enumerate(("assumption", "value", "low_end", "high_end", "grade", "source", "place")):
        sheet.write(
            row,
            column,
            language.column(key)[0],
            "head_number" if 1 <= column <= 3 else "head" if column else "head_first",
        )
    row += 1
    prefix = f"scenarios/{plan.one.scenario.id}/"
    for one in (known for known in inventory.assumptions() if known.name.startswith(prefix)):
        _input(sheet, row, one, _short(inventory, plan, one, language), language)
        found.cells[id(one.estimate)] = sheet.address(row, 1)
        row += 1
    return found, _given(sheet, row, plan, inventory, found, language)


def _short(inventory: Inventory, plan: Plan, one: Assumption, language: Language) -> str:
    """The name of a number without that of its scenario."""
    label = plan.one.scenario.label(language.code)
    return name_of(inventory, one.name, language).removeprefix(f"{label} · ").removeprefix(f"{label}: ")


def _input(sheet: Sheet, row: int, one: Assumption, name: str, language: Language) -> None:
    estimate, source = one.estimate, origin_of(one.evidence, one.place, language)
    number = estimate_format(estimate, language)
    if isinstance(estimate, Money) and estimate.per:
        name += f" [{language.text('office.per', what=language.word(f'per_{estimate.per}'))}]"
    sheet.write(row, 0, name)
    sheet.height(row, [name, source or ""], [WIDTHS[0], WIDTHS[5]])
    sheet.write(row, 1, estimate.point, "given" if one.name.endswith(_FIXED) else "input", number)
    for column, end in ((2, estimate.low), (3, estimate.high)):
        sheet.write(row, column, end if estimate.is_range else None, "number", number)
    sheet.write(row, 4, language.word(one.grade))
    sheet.write(row, 5, source)
    sheet.write(row, 6, str(one.place), "place")


def estimate_format(estimate: Estimate, language: Language) -> str:
    """The number format of a number of the model."""
    ends = (estimate.point, estimate.low, estimate.high)
    if isinstance(estimate, Share):
        return number_format("share", language, 0 if _whole(*(100 * end for end in ends)) else 2)
    whole = _whole(*ends)
    unit = "money" if isinstance(estimate, Money) else "number"
    return number_format(unit, language, 0 if whole else 2 if isinstance(estimate, Money | Rate | Span) else 3)


def _whole(*values: float) -> bool:
    return all(abs(value - round(value)) < _TINY for value in values)


def _given(sheet: Sheet, row: int, plan: Plan, inventory: Inventory, found: Inputs, language: Language) -> int:
    """Months of start and payment, and what a contact takes elsewhere: the sheets are laid out by them."""
    scenario, when, code = plan.one.scenario, plan.one.worth.timeline, language.code
    for measure, delay in zip(plan.measures, when.delays, strict=True):
        name = measure.label(code).strip() or language.word(measure.kind)
        found.delays.append(_row(sheet, row, language.text("office.delay", name=name), delay, str(measure.place)))
        row += 1
    for investment, month in zip(scenario.investments, when.payments, strict=True):
        paid = language.text("office.payment", name=investment.what.text(code))
        found.payments.append(_row(sheet, row, paid, month, str(investment.place)))
        row += 1
    return _elsewhere(sheet, row, plan, inventory, found, language)


def _row(sheet: Sheet, row: int, name: str, value: float, place: str) -> str:
    sheet.write(row, 0, name)
    sheet.height(row, [name], WIDTHS)
    sheet.write(row, 1, value, "given", "0")
    for column in range(2, 6):
        sheet.write(row, column, None)
    sheet.write(row, 6, place, "place")
    return sheet.address(row, 1)


def _elsewhere(sheet: Sheet, row: int, plan: Plan, inventory: Inventory, found: Inputs, language: Language) -> int:
    """What a contact takes at the touchpoint it moves to, once for every line and touchpoint."""
    pairs = {(line.work.key, measure.to): line for line in plan.touched
             for _, measure in hitting(plan.one.scenario, line.work) if isinstance(measure, Shift)}  # fmt: skip
    if not pairs:
        return row
    row += 1
    sheet.section(row, language.text("office.elsewhere"), 7)
    row += 1
    for column, key in enumerate(("what", "time", "hour", "each")):
        heading = language.text(f"office.elsewhere_{key}", currency=unit_sign("money", language))
        sheet.write(row, column, heading, "head_number" if column else "head_first")
    sheet.made.set_row(row, 2 * LINE_HEIGHT + 3)
    money = number_format("money", language, 2)
    for (key, to), line in pairs.items():
        row += 1
        there = cost_at(plan.lines, line, to)
        hours, labour, each = (float(one[0]) for one in (there.handling_h, there.labour, there.contact))
        reason = inventory.reasons[line.work.reason].label(language.code) if line.work.reason else ""
        sheet.write(row, 0, f"{reason} → {inventory.touchpoints[to].label(language.code)}")
        sheet.write(row, 1, hours * SECONDS_PER_HOUR, "input", number_format("s", language))
        sheet.write(row, 2, labour / hours if hours else 0.0, "input", money)
        sheet.write(row, 3, each, "input", money)
        found.elsewhere[key, to] = (sheet.address(row, 1), sheet.address(row, 2), sheet.address(row, 3))
    return row + 1
