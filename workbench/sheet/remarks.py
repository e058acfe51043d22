"""What is wrong with a workbook, or worth knowing, and in which cell?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from touchpoints.faults import Fault, Place
from workbench.sheet.grid import cell_name


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A cell: the name of its sheet, row and column from zero."""

    sheet: str
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.sheet}!{cell_name(self.row, self.column)}"


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing about one cell; an error keeps the workbook from being taken over.

    Example:
        >>> str(Remark(Spot("Contacts", 13, 3), "wait '40' has no unit; write it like 40s", "unit-missing"))
        "Contacts!D14: wait '40' has no unit; write it like 40s [unit-missing]"
    """

    spot: Spot
    message: str
    rule: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        fault = Fault(Place(""), self.rule or "quantity", self.message)  # which keeps it on one readable line
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{self.spot}: {'' if self.is_error else 'warning: '}{fault.message}{rule}"


def of_fault(fault: Fault) -> Remark:
    """A fault of a record whose places are cells: line and column count from one."""
    spot = Spot(fault.place.file, fault.place.line - 1, fault.place.column - 1)
    return Remark(spot, fault.message, fault.rule, fault.is_error)


def closing(remarks: Iterable[Remark]) -> str:
    """The last line of an account.

    Example:
        >>> closing([Remark(Spot("a"), "x")])
        '1 error, 0 warnings'
    """
    remarks = list(remarks)
    errors = sum(one.is_error for one in remarks)
    counts = ((errors, "error"), (len(remarks) - errors, "warning"))
    return ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts)
