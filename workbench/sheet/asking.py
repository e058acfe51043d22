"""What does a filled-in workbook ask of a model: which changes, for which cells, and what may be taken out?"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.editing.change import Change, FieldPath
from workbench.sheet.columns import Sheet
from workbench.sheet.remarks import Spot
from workbench.sheet.taking import Filled


@dataclass(frozen=True, slots=True)
class Options:
    """What may be taken out of the model: records whose row is gone, values whose cell is empty."""

    remove: bool = False
    clear: bool = False


@dataclass(frozen=True)
class Asked:
    """A change that a cell or a row asks for."""

    change: Change
    spot: Spot


@dataclass(frozen=True)
class Standing:
    """A row of the workbook, and what of the model it stands for: a record, or a part at a path in one."""

    sheet: Sheet
    filled: Filled
    record: str
    path: FieldPath = ()
