"""In which cell of a workbook stands what is wrong with the files as they would be?

The place of a fault in the YAML is taken back to the record and field it stands for, and these to their row and
column. What has no cell keeps its file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from touchpoints.faults import Fault, Place
from touchpoints.located import Located
from workbench.editing.change import ABSENT, Change, FieldPath
from workbench.editing.plan import Plan
from workbench.editing.snapshot import Snapshot
from workbench.sheet.asking import Standing
from workbench.sheet.remarks import Remark, Spot

_Rows = Mapping[tuple[str, FieldPath], Standing]


def in_cells(faults: Iterable[Fault], made: Plan, standing: Iterable[Standing]) -> Iterator[Remark]:
    """The faults of changed files, each at the cell that holds what is wrong, else at its file and line."""
    files = {name: data for name, data in {**made.snapshot.files, **made.after}.items() if data is not None}
    after = Snapshot(made.snapshot.root, files)
    rows = _rows(after, standing, [one for one in made.edit.changes if one.after is ABSENT])
    paths: dict[str, dict[Place, FieldPath]] = {}
    for fault in faults:
        file = fault.place.file
        if file not in paths:
            paths[file] = dict(_paths(after.trees[file])) if file in after.trees else {}
        spot = _cell(rows, file, paths[file].get(fault.place, ()))
        if spot is None:
            yield Remark(fault.place, fault.message, fault.rule)
        else:
            yield Remark(spot, f"{fault.message} ({fault.place})", fault.rule)


def _rows(after: Snapshot, standing: Iterable[Standing], removals: Sequence[Change]) -> _Rows:
    """The rows by the file and the path at which what they stand for will stand."""
    found = {}
    for row in standing:
        key, path = _moved_up(row, [one for one in removals if one.collection == row.sheet.collection])
        spot = after.finder.spot(row.sheet.collection, key)
        if spot is not None:
            found[spot.file, (*spot.path, *path)] = row
    return found


def _moved_up(row: Standing, removals: Sequence[Change]) -> tuple[str, FieldPath]:
    """The key and path of a row; what has a number of its own moves up when others before it are taken out."""
    key, path = row.record, row.path
    if row.sheet.collection == "targets":
        about, number = _numbered(key)
        return f"{about}{number - sum(_numbered(one.key)[1] < number for one in removals)}", path
    index = path[-1] if path else ""
    if isinstance(index, int):
        out = [one.path[-1] for one in removals if one.key == key and one.path[:-1] == path[:-1]]
        path = (*path[:-1], index - sum(isinstance(one, int) and one < index for one in out))
    return key, path


def _numbered(key: str) -> tuple[str, int]:
    """What a target is about, up to its number."""
    number = key.rpartition("/")[2]
    return key.removesuffix(number), int(number)


def _paths(tree: Located, path: FieldPath = ()) -> Iterator[tuple[Place, FieldPath]]:
    """Where the parts of a file stand; of those that start at one place the innermost comes last."""
    yield tree.place, path
    if isinstance(tree.value, dict):
        for key, part in tree.value.items():
            yield from _paths(part, (*path, key))
    elif isinstance(tree.value, list):
        for index, part in enumerate(tree.value):
            yield from _paths(part, (*path, index))


def _cell(rows: _Rows, file: str, path: FieldPath) -> Spot | None:
    """The cell that holds a part of a file; None when no cell does."""
    for end in range(len(path), 0, -1):
        row = rows.get((file, path[:end]))
        if row is not None:
            rest = path[end:]
            held = [one for one in row.sheet.columns if rest[: len(one.path)] == one.path and one.kind != "read"]
            return row.filled.at(held[0].name) if held else None if rest else row.filled.spot
    return None
