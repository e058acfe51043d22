"""Which sheets let a controller follow the money: workload, and per scenario its outcomes, minutes and months?"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

from xlsxwriter.utility import xl_rowcol_to_cell

from workbench.analysis.case.business import Case
from workbench.analysis.case.lines import Line, lines_of
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.case.values import Points
from workbench.analysis.workload import unvisited, workload
from workbench.office.excel.book import Book, Entry
from workbench.office.excel.case_inputs import WIDTHS, write_inputs
from workbench.office.excel.case_plan import FULL, plan
from workbench.office.excel.cash_sheet import place_cash, write_cash
from workbench.office.excel.minutes_sheet import write_minutes
from workbench.office.excel.scenario_sheet import FIRST_INPUT, NPV_CELL, write_results
from workbench.office.excel.workload_sheet import Workload, write_workload
from workbench.project import Project

STEP = 7
"""Of the seven steps, the business case."""


def add_case(book: Book, project: Project, case: Case, chapter: str) -> None:
    """Sheets that calculate every scenario from its inputs."""
    if not case.scenarios:
        return
    lines = lines_of((*workload(project), *unvisited(project)), Points())
    text = book.language.text
    sheet = book.add(f"{STEP} {text('office.workload_short')}", STEP)
    workload_sheet = write_workload(sheet, lines, project.inventory, chapter, book.language)
    book.entries.append(Entry(chapter, sheet.name, text("office.workload"), len(lines)))
    for letter, one in zip(_letters(), case.scenarios, strict=False):
        _add_scenario(book, project, one, letter, workload_sheet, lines, chapter)


def _letters() -> Iterable[str]:
    """A to z, then aa, ab and so on."""
    yield from ascii_lowercase
    yield from (first + second for first in ascii_lowercase for second in ascii_lowercase)


def _add_scenario(
    book: Book, project: Project, one: ScenarioCase, letter: str, workload_sheet: Workload, lines: tuple[Line, ...],
    chapter: str,
) -> None:  # fmt: skip
    language, inventory = book.language, project.inventory
    outcome, minutes_sheet, cash_sheet = (
        book.add(f"{STEP}{letter} {language.text(f'office.{key}_short')}", STEP) for key in ("case", "minutes", "cash")
    )
    planned = plan(one, letter, lines)
    name = one.scenario.label(language.code)
    outcome.top(language.text("office.case", name=name), chapter)
    outcome.widths(WIDTHS)
    inputs, after = write_inputs(outcome, FIRST_INPUT, planned, inventory, language)
    cash = place_cash(cash_sheet, planned)
    levels = {stage.month: cash.levels(stage.month) for stage in planned.stages if stage.month != FULL}
    minutes = write_minutes(minutes_sheet, planned, inputs, workload_sheet, levels, inventory, chapter, language)
    write_cash(cash, planned, inputs, minutes, chapter, language)
    write_results(outcome, planned, inputs, workload_sheet, minutes, cash, language)
    book.outcomes.append((outcome.name, xl_rowcol_to_cell(*NPV_CELL), one.worth.npv))
    outcome.notes(after + 1, [language.text("office.case_note")], WIDTHS)
    outcome.made.freeze_panes(3, 1)
    outcome.on_paper()
    for sheet, key in ((outcome, "case"), (minutes_sheet, "minutes"), (cash_sheet, "cash")):
        book.entries.append(Entry(chapter, sheet.name, language.text(f"office.{key}", name=name), None))
