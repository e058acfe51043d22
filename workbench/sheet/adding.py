"""What does a new row add to a model, unless the workbook was taken over before and the model holds it already?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from touchpoints.collections import BY_ID, key_fields
from touchpoints.extend import LIBRARY_PREFIX
from touchpoints.library import library_trees
from touchpoints.yaml_alignment import same
from workbench.editing.change import ABSENT, Change, FieldPath
from workbench.sheet.columns import Sheet
from workbench.sheet.record_check import Model
from workbench.sheet.rows import Row, RowKey


class Additions:
    """The new rows of one sheet as changes of the model."""

    def __init__(self, sheet: Sheet, model: Model, base: Mapping[RowKey, Row]) -> None:
        self.sheet = sheet
        self.model = model
        self.base = base
        self._since: dict[str, _AddedSince] = {}
        self._places: dict[str, int] = {}

    def change(self, key: RowKey, fields: Mapping[str, Any]) -> Change | None:
        """The change that a row asks for; None when it was made already.

        Args:
            key: what its key columns hold.
            fields: its values, deeper ones under a name with dots.
        """
        value = self._value(key, fields)
        if self.sheet.is_numbered and self._added_since(key[0]).takes(value):
            return None
        record, path = self._place(key, fields)
        now = ABSENT if self.sheet.is_numbered else self.model.snapshot.value(self.sheet.collection, record, path)
        return None if holds(now, value) else Change(self.sheet.collection, record, path, ABSENT, value)

    def _value(self, key: RowKey, fields: Mapping[str, Any]) -> dict[str, Any]:
        is_lent = not self.sheet.inside and key[0] in library_trees(self.sheet.collection)
        value: dict[str, Any] = {"extends": f"{LIBRARY_PREFIX}{key[0]}"} if is_lent else {}
        for name, part in fields.items():
            *outer, last = name.split(".")
            here = value
            for one in outer:
                here = here.setdefault(one, {})
            here[last] = part
        return value

    def _place(self, key: RowKey, fields: Mapping[str, Any]) -> tuple[str, FieldPath]:
        """The key of the record, and where the row stands in it."""
        collection, inside = self.sheet.collection, self.sheet.inside
        if inside and not self.sheet.is_numbered:
            return key[0], (inside, key[1])
        if inside:
            return key[0], (inside, self._next(key[0], len(self._held(key[0]))))
        if collection in BY_ID:
            return key[0], ()
        if not self.sheet.is_numbered:
            return "/".join(part for part in key if part), ()
        about = [str(fields[name]) for name in key_fields(collection) if name in fields]
        return "/".join([*about, str(self._next("", len(self._held("")) + 1))]), ()

    def _next(self, holder: str, first: int) -> int:
        """The place of the next new row in a list."""
        self._places[holder] = self._places.get(holder, first - 1) + 1
        return self._places[holder]

    def _held(self, holder: str) -> list[Any]:
        """The list that rows with a number stand in, as the files have it: in a record, or all of a collection."""
        value, collection = self.model.snapshot.value, self.sheet.collection
        if not self.sheet.inside:
            return [value(collection, key) for key in getattr(self.model.project.inventory, collection)]
        own = value(collection, holder, (self.sheet.inside,))
        return own if isinstance(own, list) else []

    def _added_since(self, holder: str) -> _AddedSince:
        holder = holder if self.sheet.inside else ""
        if holder not in self._since:
            before = [row.own for row in self.base.values() if row.record == holder or not self.sheet.inside]
            self._since[holder] = _AddedSince(self._held(holder), before)
        return self._since[holder]


def holds(now: Any, value: Any) -> bool:
    """Whether what the model holds says all that a row says; parts that have rows of their own stand beside it.

    Example:
        >>> holds({"name": "Plan", "measures": [1]}, {"name": "Plan"}), holds({"name": "Plan"}, {"name": "Plan B"})
        (True, False)
    """
    if isinstance(now, dict) and isinstance(value, dict):
        return all(key in now and holds(now[key], part) for key, part in value.items())
    return same(now, value)


class _AddedSince:
    """What stands in a list and did not when the workbook was made; each of its items answers one new row."""

    def __init__(self, now: Iterable[Any], before: Iterable[Any]) -> None:
        self._items = list(now)
        for item in before:
            self.takes(item)

    def takes(self, value: Any) -> bool:
        """Whether an item is the value; it then answers no other."""
        place = next((place for place, item in enumerate(self._items) if same(item, value)), None)
        if place is not None:
            del self._items[place]
        return place is not None
