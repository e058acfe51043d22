"""Which changes does one sheet ask for, row by row, and which of its cells cannot be right?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from touchpoints.collections import BY_ID, key_fields
from touchpoints.faults import hint
from touchpoints.yaml_alignment import same
from workbench.editing.change import ABSENT, Change, FieldPath
from workbench.editing.snapshot import value_at
from workbench.sheet.adding import Additions
from workbench.sheet.asking import Asked, Options, Standing
from workbench.sheet.cells import CellError, read
from workbench.sheet.columns import SHEETS, Column, Sheet
from workbench.sheet.headings import title
from workbench.sheet.names import is_reordered, names_over
from workbench.sheet.record_check import Model, faults_of, name_of
from workbench.sheet.remarks import Remark, Spot
from workbench.sheet.rows import Row, RowKey
from workbench.sheet.taking import Filled, Taken


class SheetReading:
    """One sheet that is held against the model.

    Attributes:
        base: the rows it had when the workbook was made.
        gone: the records that are taken out of the model, where its rows are parts of records.
        removed: the records of its own rows that are.
        asked, standing, remarks: what came of it.
    """

    def __init__(
        self, sheet: Sheet, model: Model, options: Options, base: Mapping[RowKey, Row], gone: Collection[str] = ()
    ) -> None:
        self.sheet = sheet
        self.model = model
        self.options = options
        self.base = base
        self.gone = gone
        self.removed: set[str] = set()
        self.asked: list[Asked] = []
        self.standing: list[Standing] = []
        self.remarks: list[Remark] = []
        self._seen: dict[RowKey, Filled] = {}
        self._additions = Additions(sheet, model, base)
        self._refused: set[Spot] = set()

    def read(self, taken: Taken, name: str) -> None:
        """Work out what the rows ask for."""
        self._refused = {
            one.spot for one in taken.remarks if one.is_error and isinstance(one.spot, Spot)
        } | taken.refused
        nameless = {filled.spot for filled in taken.rows if self._is_nameless(filled)}
        for filled in taken.rows:
            if filled.spot in nameless:
                self._values(filled)  # what is wrong with them is told as well
            else:
                self._row(filled)
        for key, row in self.base.items():
            if key not in self._seen and not nameless:
                self._gone(row, name)

    def _is_nameless(self, filled: Filled) -> bool:
        """Whether what says which row it is was refused already; that is told once."""
        return any(filled.at(column.name) in self._refused for column in self.sheet.columns if column.is_key)

    def error(self, spot: Spot, message: str, rule: str = "") -> None:
        """Note something that keeps the workbook from being taken over."""
        self.remarks.append(Remark(spot, message, rule))

    def warn(self, spot: Spot, message: str) -> None:
        """Note something worth knowing."""
        self.remarks.append(Remark(spot, message, is_error=False))

    def _row(self, filled: Filled) -> None:
        key = self._key(filled)
        if key is None:
            self._values(filled)  # what is wrong with them is told as well
        elif key in self._seen:
            who, other = name_of(self.sheet, key), self._seen[key].spot.row + 1
            self.error(filled.spot, f"{who} stands in row {other} too; delete or rename one", "duplicate-id")
        elif key in self.base:
            self._seen[key] = filled
            self.standing.append(Standing(self.sheet, filled, self.base[key].record, self.base[key].path))
            self._changed(filled, self.base[key])
        elif self.sheet.is_numbered and key[-1]:
            message = f"there is no {name_of(self.sheet, key)}; leave the number empty in a new row"
            self.error(filled.at("number"), message, "unknown-reference")
        else:
            if not self.sheet.is_numbered:
                self._seen[key] = filled
            self._new(filled, key)

    def _values(self, filled: Filled) -> dict[str, Any]:
        """The values of all cells that say something."""
        values = {column.name: self._value(column, filled) for column in self.sheet.columns if column.kind != "read"}
        return {name: value for name, value in values.items() if value is not ABSENT}

    def _value(self, column: Column, filled: Filled) -> Any:
        """The value of a cell; ABSENT too when it cannot be read, which is noted once."""
        cell = "" if filled.at(column.name) in self._refused else filled.cells.get(column.name, "")
        try:
            found = read(column, cell, self.model.language)
        except CellError as error:
            remark = Remark(filled.at(column.name), f"{column.name} {error}", error.rule)
            self.remarks += [] if remark in self.remarks else [remark]
            return ABSENT
        if found.remark:
            self.warn(filled.at(column.name), f"{column.name}: {found.remark}")
        return self._by_id(column, found.value)

    def _by_id(self, column: Column, value: Any) -> Any:
        """References by id, where a cell names records as people call them."""
        if column.kind == "ref" and isinstance(value, str):
            return self.model.meant(column.collection, value)
        if column.kind == "refs" and isinstance(value, list):
            return [self.model.meant(column.collection, one) for one in value]
        return value

    def _key(self, filled: Filled) -> RowKey | None:
        """What says which row it is; None when that cannot be."""
        keys = [column for column in self.sheet.columns if column.is_key]
        names = [column.name for column in keys]
        values = [self._value(column, filled) for column in keys]
        key = tuple("" if value is ABSENT else str(value) for value in values)
        if "id" in names and not key[names.index("id")]:
            self.error(filled.at("id"), "the id is missing; give the row a short name of its own", "missing-key")
            return None
        return key if not self.sheet.holder or self._has_holder(filled, key[0]) else None

    def _has_holder(self, filled: Filled, name: str) -> bool:
        """Whether the record that a row is part of is there, or comes with a row of its own."""
        holder, holders = self.sheet.holder, self.model.holders[self.sheet.collection] - {*self.gone}
        if name in holders:
            return True
        where = title(SHEETS[self.sheet.collection], self.model.language.code)
        if not name:
            message = f"the {holder} is missing{hint(name, holders)}" if holders else f"the {holder} is missing"
        elif name in self.gone:
            message = f"{holder} '{name}' has no row any more on the sheet '{where}'; delete its rows here too"
        else:
            message = f"unknown {holder} '{name}'{hint(name, holders)}; a new one gets a row on the sheet '{where}'"
        self.error(filled.at(holder), message, "unknown-reference")
        return False

    def _changed(self, filled: Filled, row: Row) -> None:
        """What a row that the model has asks for."""
        fields: dict[str, Any] = {}
        for column in self.sheet.columns:
            if column.is_key or column.kind == "read" or column.name not in filled.columns:
                continue
            if filled.at(column.name) in self._refused:
                continue
            if _text(filled.cells[column.name]) == _text(row.cells[column.name]):
                continue
            noted = len(self.remarks)
            value, before = self._value(column, filled), read(column, row.cells[column.name], self.model.language).value
            if column.kind == "names" and is_reordered(value, before):
                self.warn(filled.at(column.name), f"{column.name} keep their order; put them in another in the model")
            if same(value, before) or (value is ABSENT and len(self.remarks) > noted):
                continue
            if value is ABSENT:
                self._emptied(filled, row, column)
            elif self.sheet.key == "targets" and column.name in key_fields("targets"):
                message = f"{column.name} says which target it is; leave the number empty to add another"
                self.error(filled.at(column.name), message)
            else:
                own = ABSENT if row.own is ABSENT else value_at(row.own, column.path)
                fields[column.name] = self._over(column, value, before, own)
        if not fields or not self._right(filled, row.key, row, fields):
            return
        if row.own is ABSENT and not row.path:
            self._add(filled, row.key, fields)
            return
        for column in self.sheet.columns:
            if column.name in fields:
                self._ask(column, filled, row, fields[column.name])

    def _over(self, column: Column, value: Any, before: Any, own: Any) -> Any:
        """A new value in the place of another; what a mapping lacks of an inherited one is taken away with null."""
        if column.kind == "names":
            return names_over(value, before, own, self.model.language)
        if own is ABSENT and isinstance(value, dict) and isinstance(before, dict):
            return value | {key: None for key in before if key not in value}
        return value

    def _ask(self, column: Column, filled: Filled, row: Row, value: Any) -> None:
        """The change of one cell."""
        path = self._path(column, row)
        own = ABSENT if row.own is ABSENT else value_at(row.own, path)
        if path == (_short(self.sheet),) and not isinstance(row.own, dict):
            own = row.own
        change = Change(self.sheet.collection, row.record, (*row.path, *path), own, value)
        self.asked.append(Asked(change, filled.at(column.name)))

    def _path(self, column: Column, row: Row) -> FieldPath:
        """Where a changed cell goes: a name in two languages changes in one of them only."""
        if column.kind != "name":
            return column.path
        own = ABSENT if row.own is ABSENT else value_at(row.own, column.path)
        inherited = own is ABSENT and row.cells[column.name] != ""
        return (*column.path, self.model.language.code) if isinstance(own, dict) or inherited else column.path

    def _emptied(self, filled: Filled, row: Row, column: Column) -> None:
        """A cell that was emptied: said, and taken out of the model only when asked for."""
        own = ABSENT if row.own is ABSENT else value_at(row.own, column.path)
        spot = filled.at(column.name)
        was = f"{column.name} is empty here and '{row.cells[column.name]}' in the model"
        if own is ABSENT:
            self.warn(spot, f"{was}, which comes from what it extends; it stays")
        elif not self.options.clear:
            self.warn(spot, f"{was}; it stays (--clear takes it out)")
        else:
            change = Change(self.sheet.collection, row.record, (*row.path, *column.path), own, ABSENT)
            self.asked.append(Asked(change, spot))

    def _gone(self, row: Row, name: str) -> None:
        """A row that is not there any more: said, and taken out of the model only when asked for."""
        if row.own is ABSENT:
            return
        now = self.model.snapshot.value(self.sheet.collection, row.record, row.path)
        if now is ABSENT or (self.sheet.inside and row.record in self.gone):
            return
        if not self.options.remove:
            message = (
                f"{name_of(self.sheet, row.key)} has no row any more; it stays in the model (--remove takes it out)"
            )
            self.warn(Spot(name), message)
            return
        self.removed.add(row.record)
        change = Change(self.sheet.collection, row.record, row.path, row.own, ABSENT)
        self.asked.append(Asked(change, Spot(name)))

    def _new(self, filled: Filled, key: RowKey) -> None:
        """A row that the model does not have yet."""
        values = self._values(filled)
        fields = {name: value for name, value in values.items() if name not in ("id", "number", self.sheet.holder)}
        if not self._right(filled, key, None, fields):
            return
        self._add(filled, key, fields)

    def _add(self, filled: Filled, key: RowKey, fields: Mapping[str, Any]) -> None:
        """What a new row asks for, if the model does not hold it yet."""
        change = self._additions.change(key, fields)
        if change is not None:
            self.standing.append(Standing(self.sheet, filled, change.key, change.path))
            self.asked.append(Asked(change, filled.spot))

    def _right(self, filled: Filled, key: RowKey, row: Row | None, fields: Mapping[str, Any]) -> bool:
        """Whether the record would be right with these fields; what is not is noted with its cell."""
        found = list(faults_of(self.sheet, self.model, filled, key, row, fields))
        noted = {one.spot for one in self.remarks if one.is_error}
        self.remarks += [one for one in found if one.spot not in noted or one.rule != "missing-key"]
        return not any(one.is_error for one in found)


def _short(sheet: Sheet) -> str:
    return BY_ID[sheet.collection].SHORT if sheet.collection in BY_ID else ""


def _text(cell: Any) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else str(cell)
