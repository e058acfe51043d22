"""What would a filled-in workbook change in the model, and what is wrong with it, cell by cell?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from touchpoints.faults import hint
from workbench.editing.apply import Applied, apply
from workbench.editing.change import ABSENT, Change, Edit
from workbench.editing.plan import Plan, plan
from workbench.editing.snapshot import Snapshot
from workbench.editing.soundness import UnsoundError, require_sound
from workbench.language.language import LANGUAGES, Language
from workbench.project import Project, open_project
from workbench.sheet.asking import Asked, Options, Standing
from workbench.sheet.basis import NAME, Basis, BasisError, read_basis
from workbench.sheet.columns import SHEETS, Sheet
from workbench.sheet.export import LISTS
from workbench.sheet.faulty_cells import in_cells
from workbench.sheet.grid import Grids, read_grids
from workbench.sheet.headings import intro, title
from workbench.sheet.reading import SheetReading
from workbench.sheet.record_check import Model
from workbench.sheet.remarks import Remark, Spot, in_order
from workbench.sheet.rows import Row, RowKey, rows_of
from workbench.sheet.taking import Taken, take


@dataclass(frozen=True)
class Imported:
    """What a workbook would change.

    Attributes:
        root: the project's folder.
        plan: the change of the files; None when the workbook has errors.
        edit: the changes.
        remarks: errors and warnings by cell.
    """

    root: Path
    plan: Plan | None
    edit: Edit
    remarks: tuple[Remark, ...]

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What keeps it from being taken over."""
        return tuple(one for one in self.remarks if one.is_error)

    @property
    def diff(self) -> str:
        """The change of the files as a unified diff; empty when there is none, or the workbook has errors."""
        return self.plan.diff if self.plan else ""

    def write(self) -> Applied:
        """Write the files.

        Raises:
            EditingError: somebody changed the same fields meanwhile, or the files cannot be written.
        """
        return apply(self.root, self.edit)


def import_sheet(root: str | Path, file: str | Path, remove: bool = False, clear: bool = False) -> Imported:
    """What a filled-in workbook would change in a project; nothing is written.

    Args:
        root: the project's folder.
        file: the workbook.
        remove: take records out of the model whose row is gone.
        clear: take values out of the model whose cell is empty.

    Raises:
        ModelError: the model has errors itself.
        GridError: the file is no workbook.
        OSError: it cannot be read.
    """
    grids = read_grids(Path(file))
    project = open_project(root).require_sound()
    snapshot = Snapshot.read(root)
    remarks: list[Remark] = []
    basis = _basis(grids, remarks)
    language = Language(basis.code if basis else project.language.code, project.language.currency)
    taken = _taken(grids, language, remarks)
    model = Model(project, snapshot, language, {key: own.rows for key, (_, own) in taken.items()})
    asked: list[Asked] = []
    standing: list[Standing] = []
    gone: dict[str, set[str]] = {}
    for key, sheet in SHEETS.items():  # records before their parts
        if key not in taken:
            continue
        name, own = taken[key]
        rows = basis.rows.get(key, {}) if basis else _rows(sheet, project, snapshot, language)
        if any(one.is_error for one in own.remarks) and not own.rows:
            continue
        reading = SheetReading(sheet, model, Options(remove, clear), rows, gone.get(sheet.collection, ()))
        reading.read(own, name)
        asked += reading.asked
        standing += reading.standing
        remarks += reading.remarks
        if not sheet.inside:
            gone[sheet.collection] = reading.removed
    asked.sort(key=lambda one: _removal_last(one.change))
    edit = Edit(tuple(one.change for one in asked))
    made = None
    if not any(one.is_error for one in remarks):
        made = _planned(snapshot, edit, asked, standing, remarks)
    return Imported(Path(root), made, edit, in_order(remarks, grids))


def _basis(grids: Grids, remarks: list[Remark]) -> Basis | None:
    try:
        return read_basis(grids[NAME].cells)
    except (KeyError, BasisError):
        message = "the hidden sheet 'basis' is missing or damaged: what changed in the model since cannot be noticed"
        remarks.append(Remark(Spot(NAME), message, is_error=False))
        return None


def _rows(sheet: Sheet, project: Project, snapshot: Snapshot, language: Language) -> dict[RowKey, Row]:
    return {row.key: row for row in rows_of(sheet, project, snapshot, language)}


def _taken(grids: Grids, language: Language, remarks: list[Remark]) -> dict[str, tuple[str, Taken]]:
    """The sheets that are there, by key, with their names; what is not there is noted."""
    found: dict[str, tuple[str, Taken]] = {}
    names = {title(sheet, code): key for code in LANGUAGES for key, sheet in SHEETS.items()}
    for name, grid in grids.items():
        key = names.get(name)
        if key is not None and key not in found:
            found[key] = (name, take(SHEETS[key], name, grid))
            remarks += found[key][1].remarks
        elif name not in (NAME, LISTS, *(intro("sheet", code) for code in LANGUAGES)) and any(map(any, grid.cells)):
            message = f"sheet '{name}' is not one of this workbook; it is left alone{hint(name, names, most=5)}"
            remarks.append(Remark(Spot(name), message, is_error=False))
    for key, sheet in SHEETS.items():
        if key not in found:
            name = title(sheet, language.code)
            remarks.append(Remark(Spot(name), "the sheet is not here; what it held stays as it is", is_error=False))
    return found


def _removal_last(change: Change) -> tuple[bool, int]:
    """Removals come last, from the end of a list to its start, so that places hold."""
    if change.after is not ABSENT:
        return False, 0
    place = change.path[-1] if change.path else change.key.rpartition("/")[2]
    return True, -int(place) if str(place).isdigit() else 0


def _planned(
    snapshot: Snapshot, edit: Edit, asked: list[Asked], standing: list[Standing], remarks: list[Remark]
) -> Plan | None:
    """The change of the files; conflicts and errors it would bring are noted with their cells."""
    made = plan(snapshot, edit)
    spots = {id(one.change): one.spot for one in asked}
    for conflict in made.conflicts:
        message = f"the model was changed since the workbook was made: {conflict}"
        remarks.append(Remark(spots[id(conflict.change)], message))
    if made.conflicts:
        return None
    try:
        require_sound(snapshot.root, made.after)
    except UnsoundError as error:
        remarks += list(in_cells(error.faults, made, standing))
        return None
    return made
