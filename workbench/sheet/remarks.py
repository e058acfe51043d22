"""What is wrong with a workbook, or worth knowing, and in which cell?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

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


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about one cell, or about a line of the model; an error keeps the workbook from being taken over.

    Example:
        >>> str(Remark(Spot("Contacts", 13, 3), "wait '40' has no unit; write it like 40s", "unit-missing"))
        "Contacts!D14: wait '40' has no unit; write it like 40s [unit-missing]"
    """

    spot: Spot | Place
    message: str
    rule: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        said = f"{self.spot}: {'' if self.is_error else 'warning: '}{self.message}"
        fault = Fault(Place(""), self.rule or "quantity", said)  # which keeps it on one readable line
        return f"{fault.message} [{self.rule}]" if self.rule else fault.message


def in_order(remarks: Iterable[Remark], sheets: Iterable[str]) -> tuple[Remark, ...]:
    """Remarks once each, sheet by sheet, and what is said of lines of the model last."""
    order = {name: place for place, name in enumerate(sheets)}

    def place(one: Remark) -> tuple[int, tuple[str, int, int], str]:
        name, row, column = astuple(one.spot)
        return order.get(name, len(order)), (name, row, column), one.message

    return tuple(dict.fromkeys(sorted(remarks, key=place)))


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
