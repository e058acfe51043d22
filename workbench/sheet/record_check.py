"""Would a record be right with what a row says, and if not, in which cell is it wrong?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from touchpoints.collections import BY_ID, SINGULAR
from touchpoints.extend import merge
from touchpoints.faults import Place, hint
from touchpoints.library import library_record, library_trees
from touchpoints.located import Located
from touchpoints.records.base import Part, Record, references
from touchpoints.validate import check_id, validate
from workbench.editing.snapshot import Snapshot
from workbench.language.language import LANGUAGES, Language
from workbench.project import Project
from workbench.sheet.columns import MEASURES, SHEETS, Sheet
from workbench.sheet.headings import title
from workbench.sheet.remarks import Remark, Spot, of_fault
from workbench.sheet.rows import Row, RowKey
from workbench.sheet.taking import Filled


@dataclass(frozen=True)
class Model:
    """The model that a workbook is held against.

    Attributes:
        project, snapshot: as they are now.
        language: that of the workbook's words.
        rows: the rows of the workbook, by the key of their sheet.
    """

    project: Project
    snapshot: Snapshot
    language: Language
    rows: Mapping[str, Sequence[Filled]]

    @cached_property
    def known(self) -> Mapping[str, set[str]]:
        """The ids of each collection, those of new rows and of the library included."""
        inventory = self.project.inventory
        return {key: {*getattr(inventory, key), *library_trees(key), *self.filled_in(key)} for key in BY_ID}

    def filled_in(self, collection: str) -> dict[str, str]:
        """What the records that have a row of their own are called there, by id."""
        rows = self.rows.get(collection, ()) if collection in BY_ID else ()
        texts = [(str(row.cells.get("id") or "").strip(), str(row.cells.get("name") or "").strip()) for row in rows]
        return {key: name for key, name in texts if key}

    @cached_property
    def holders(self) -> Mapping[str, set[str]]:
        """The records that rows can be parts of, by collection: the project's own, and those with a new row."""
        lent = self.project.inventory.from_library
        own = {one.collection: getattr(self.project.inventory, one.collection) for one in SHEETS.values() if one.inside}
        return {
            key: {name for name in held if (key, name) not in lent} | {*self.filled_in(key)}
            for key, held in own.items()
        }

    def has_parts(self, collection: str, record: str) -> bool:
        """Whether rows of another sheet say that they are parts of a record."""
        parts = [sheet for sheet in SHEETS.values() if sheet.inside and sheet.collection == collection]
        texts = {str(row.cells.get(sheet.holder) or "") for sheet in parts for row in self.rows.get(sheet.key, ())}
        return any(self.meant(collection, text.strip()) == record for text in texts)

    def meant(self, collection: str, text: str) -> str:
        """The id of the one record that is called so in any language; the text itself where none or several are."""
        found = self._called.get(collection, {}).get(text.casefold(), set())
        return next(iter(found)) if len(found) == 1 and text not in self.known.get(collection, ()) else text

    @cached_property
    def _called(self) -> dict[str, dict[str, set[str]]]:
        """The ids by what records are called, in small letters, by collection; the library's where no other is."""
        own: dict[tuple[str, str], set[str]] = {}
        for collection, key, record in self.project.inventory.records():
            own[collection, key] = {record.label(code) for code in LANGUAGES}
        for collection in BY_ID:
            for key, name in self.filled_in(collection).items():
                own.setdefault((collection, key), set()).update({name} - {""})
        lent = {
            (collection, key): _names(tree) for collection in BY_ID for key, tree in library_trees(collection).items()
        }
        found: dict[str, dict[str, set[str]]] = {}
        for names in (own, lent):
            there = {(collection, name) for collection, called in found.items() for name in called}
            for (collection, key), said in names.items():
                for name in {one.casefold() for one in said}:
                    if (collection, name) not in there:
                        found.setdefault(collection, {}).setdefault(name, set()).add(key)
        return found


def _names(tree: Located) -> set[str]:
    name = tree.plain().get("name")
    return {str(text) for text in (name.values() if isinstance(name, dict) else [name]) if text}


def faults_of(
    sheet: Sheet, model: Model, filled: Filled, key: RowKey, row: Row | None, fields: Mapping[str, Any]
) -> Iterator[Remark]:
    """What is wrong with the record of a row, each at its cell.

    Args:
        sheet: where the row stands.
        model: what it is held against.
        filled: the row as filled in.
        key: what its key columns hold.
        row: the row as the model has it; None when it is new.
        fields: the values that are new.
    """
    child = _tree(filled, fields)
    part = _part(model.project, sheet, row) if row else None
    whole = merge(part.written, child) if part and isinstance(part.written.value, dict) else child
    if row is None and not sheet.inside and key[0] in library_trees(sheet.collection):
        whole = merge(library_record(sheet.collection, key[0]), child)
    who = name_of(sheet, key)
    if row is None and "id" in filled.columns:
        yield from map(of_fault, check_id(key[-1], who, _place(filled, "id")))
    kind = fields.get("kind") or whole.at("kind").value
    if sheet.key == "measures" and (not isinstance(kind, str) or kind not in MEASURES):
        yield Remark(filled.at("kind"), "the kind of measure is missing; choose one", "missing-key")
        return
    if sheet.key == "journeys" and "steps" not in whole.value:
        if not model.has_parts(sheet.collection, key[0]):
            where = title(SHEETS["steps"], model.language.code)
            yield Remark(filled.spot, f"{who} has no steps; give it at least one on the sheet '{where}'", "missing-key")
        whole = merge(whole, _tree(filled, {"steps": {"first": {}}}))  # whose own rows are looked at by themselves
    of = MEASURES[kind] if sheet.key == "measures" else sheet.models[0]
    extra = {"id": "/".join(key)} if issubclass(of, Record) and not sheet.inside else None
    found, faults = validate(of, whole, who, extra)
    yield from (of_fault(fault) for fault in faults if fault.place.file == filled.spot.sheet)
    for collection, name, path in references(found) if found else ():
        place = whole.at(*path).place
        known = model.known.get(collection, set())
        if place.file == filled.spot.sheet and name not in known:
            message = f"{who}: unknown {SINGULAR[collection]} '{name}'{hint(name, known)}"
            yield Remark(Spot(place.file, place.line - 1, place.column - 1), message, "unknown-reference")


def name_of(sheet: Sheet, key: RowKey) -> str:
    """How messages name a row.

    Example:
        >>> from workbench.sheet.columns import SHEETS
        >>> name_of(SHEETS["volumes"], ("kcc", "move_how", ""))
        "volume 'kcc/move_how'"
    """
    one = {"steps": "step", "measures": "measure", "investments": "investment"}.get(sheet.key)
    return f"{one or SINGULAR[sheet.collection]} '{'/'.join(part for part in key if part)}'"


def _part(project: Project, sheet: Sheet, row: Row) -> Part | None:
    """The part of the model that a row stands for, as it is now."""
    found: Any = getattr(project.inventory, sheet.collection).get(row.record)
    if found is not None and row.path:
        inner, key = getattr(found, sheet.inside), row.path[-1]
        if isinstance(inner, Mapping):
            found = inner.get(key)
        else:
            found = inner[key] if isinstance(key, int) and key < len(inner) else None
    return found if isinstance(found, Part) else None


def _place(filled: Filled, name: str) -> Place:
    spot = filled.at(name)
    return Place(spot.sheet, spot.row + 1, spot.column + 1)


def _tree(filled: Filled, fields: Mapping[str, Any]) -> Located:
    """Fields as a record whose values stand in cells."""
    root = Located({}, filled.spot.sheet, filled.spot.row + 1, filled.spot.column + 1)
    for name, value in fields.items():
        spot = filled.at(name)

        def located(value: Any, spot: Spot = spot) -> Located:
            inner = value
            if isinstance(value, dict):
                inner = {key: located(part, spot) for key, part in value.items() if part is not None}
            elif isinstance(value, list):
                inner = [located(part, spot) for part in value]
            return Located(inner, spot.sheet, spot.row + 1, spot.column + 1)

        here = root
        *outer, last = name.split(".")
        for one in outer:
            here = here.value.setdefault(one, located({}))
        here.value[last] = located(value)
    return root
