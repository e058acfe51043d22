"""Which contacts, times and prices does every calculation start from?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from touchpoints.inventory import Inventory
from touchpoints.records.base import GRADES
from workbench.analysis.case.lines import Line
from workbench.analysis.workload import SECONDS_PER_HOUR, Work
from workbench.language.language import Language
from workbench.office.excel.book import HEAD_ROW, Sheet, width_of
from workbench.office.number_formats import number_format, with_unit

_COLUMNS = ("touchpoint", "reason", "contacts_per_year", "handling_s", "cost_per_hour", "cost_per_contact",
            "staff_h_per_year", "cost_per_year", "grade", "place")  # fmt: skip
_UNITS = {2: "count", 3: "s", 4: "money", 5: "money", 6: "hours", 7: "money"}
CONTACTS, HANDLING, PER_HOUR, PER_CONTACT, HOURS, COST = range(2, 8)


@dataclass(frozen=True)
class Workload:
    """Where the numbers of every line of work stand.

    Attributes:
        rows: the row of each line, by its key.
        total: the row of the sums.
    """

    sheet: Sheet
    rows: Mapping[str, int]
    total: int

    def cell(self, line: Line, column: int) -> str:
        """A number of a line, as formulas name it."""
        return self.sheet.address(self.rows[line.work.key], column)

    def sum(self, column: int) -> str:
        """The sum of a column, as formulas name it."""
        return self.sheet.address(self.total, column)


def write_workload(
    sheet: Sheet, lines: Sequence[Line], inventory: Inventory, chapter: str, language: Language
) -> Workload:
    """Contacts, time and price of every touchpoint and reason as inputs; hours and cost as formulas on them."""
    formats = {at: number_format(unit, language, 2 if at in (PER_HOUR, PER_CONTACT) else 0)
               for at, unit in _UNITS.items()}  # fmt: skip
    units = [_UNITS.get(at, "text") for at in range(len(_COLUMNS))]
    headings = [with_unit(language.column(name)[0], unit, language) for name, unit in zip(_COLUMNS, units, strict=True)]
    names = [_names(line.work, inventory, language) for line in lines]
    widths = [width_of(headings[0], (one for one, _ in names)), width_of(headings[1], (one for _, one in names)),
              *(14.0 for _ in _UNITS), 14.0, 44.0]  # fmt: skip
    sheet.top(language.text("office.workload"), chapter)
    sheet.widths(widths)
    sheet.heads(HEAD_ROW, headings, (at in _UNITS for at in range(len(headings))), widths)
    rows: dict[str, int] = {}
    for row, (line, (touchpoint, reason)) in enumerate(zip(lines, names, strict=True), HEAD_ROW + 1):
        rows[line.work.key] = row
        sheet.write(row, 0, touchpoint)
        sheet.write(row, 1, reason)
        _line(sheet, row, line, formats)
        sheet.write(row, 8, language.word(_weakest(line.work)))
        places = " · ".join(dict.fromkeys(str(one.place) for one in line.work.assumptions))
        sheet.write(row, 9, places, "place")
        sheet.height(row, [touchpoint, reason, places], [widths[0], widths[1], widths[9]])
    last = HEAD_ROW + len(lines)
    total = last + 1
    sheet.made.autofilter(HEAD_ROW, 0, max(last, HEAD_ROW + 1), len(_COLUMNS) - 1)
    for at in range(len(_COLUMNS)):
        sheet.write(total, at, language.text("office.total") if not at else None, "total_text")
    for at, value in ((CONTACTS, sum(float(one.contacts[0]) for one in lines)),
                      (HOURS, sum(float(one.hours[0]) for one in lines)),
                      (COST, sum(float(one.cost[0]) for one in lines))):  # fmt: skip
        first, end = (xl_rowcol_to_cell(row, at) for row in (HEAD_ROW + 1, last))
        sheet.formula(total, at, f"=SUM({first}:{end})", value, "total", formats[at])
    sheet.notes(total + 2, [language.text("office.workload_note")], widths)
    sheet.made.freeze_panes(HEAD_ROW + 1, 2)
    sheet.on_paper(HEAD_ROW)
    return Workload(sheet, rows, total)


def _line(sheet: Sheet, row: int, line: Line, formats: Mapping[int, str]) -> None:
    work = line.work
    stated = {CONTACTS: work.contacts_per_year, HANDLING: work.handling_s, PER_HOUR: work.cost_per_hour,
              PER_CONTACT: work.cost_per_contact or None}  # fmt: skip
    for at, value in stated.items():
        sheet.write(row, at, value, "input", formats[at])
    contacts, handling, hour, each, hours = (xl_rowcol_to_cell(row, at) for at in range(CONTACTS, HOURS + 1))
    for at, text, found in ((HOURS, f"={contacts}*{handling}/{SECONDS_PER_HOUR}", line.hours),
                            (COST, f"={hours}*{hour}+{contacts}*{each}", line.cost)):  # fmt: skip
        sheet.formula(row, at, text, float(found[0]), "number", formats[at])


def _names(work: Work, inventory: Inventory, language: Language) -> tuple[str, str]:
    reason = inventory.reasons[work.reason].label(language.code) if work.reason else ""
    return inventory.touchpoints[work.touchpoint].label(language.code), reason


def _weakest(work: Work) -> str:
    """The weakest grade of the numbers of a line."""
    ranks = {grade: rank for rank, grade in enumerate(("contradicted", *(g for g in GRADES if g != "contradicted")))}
    return min((one.grade for one in work.assumptions), key=lambda grade: ranks[grade], default="assumed")
