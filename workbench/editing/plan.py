"""What would the files hold after an edit, and which of its changes collide with those of others?"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from touchpoints.collections import BY_ID, LISTS, SINGLES, key_fields
from touchpoints.files import SETTINGS_FILE
from touchpoints.yaml_alignment import same
from touchpoints.yaml_edit import rewritten
from touchpoints.yaml_entry import entry
from touchpoints.yaml_tree import read_yaml
from workbench.editing.change import ABSENT, Change, Conflict, Edit, EditingError
from workbench.editing.lines import merged, unified_diff
from workbench.editing.snapshot import (
    Finder,
    Snapshot,
    Spot,
    encoded,
    holders,
    short_field,
    value_at,
)


@dataclass(frozen=True)
class Plan:
    """An edit worked out on the files of a project; nothing is written yet.

    Attributes:
        snapshot: the files it was worked out on.
        edit: what was asked.
        after: the bytes of the files that change; None for a file that is to go.
        conflicts: changes whose field holds another value than the one they were based on.
    """

    snapshot: Snapshot
    edit: Edit
    after: Mapping[str, bytes | None]
    conflicts: tuple[Conflict, ...]

    @cached_property
    def texts(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The text of each file that changes, before and after."""
        return {
            name: (self.snapshot.text(name), None if data is None else data.decode("utf-8-sig"))
            for name, data in self.after.items()
        }

    @property
    def diff(self) -> str:
        """The change of all files as a unified diff."""
        before = {name: text for name, (text, _) in self.texts.items() if text is not None}
        after = {name: text for name, (_, text) in self.texts.items() if text is not None}
        return unified_diff(before, after)


def plan(snapshot: Snapshot, edit: Edit) -> Plan:
    """Work out an edit on the files as they are.

    A change whose field already holds the new value is done. Changes that collide are left out and told as conflicts.

    Raises:
        EditingError: there is no such collection, a change would rename a record, or a text does not allow it.
    """
    draft = _Draft(snapshot)
    conflicts = []
    for _, group in groupby(edit.changes, key=lambda change: change.after is ABSENT):
        conflicts += [conflict for change in group if (conflict := draft.change(change))]
        draft.write()
    after = draft.texts()
    for name in list(after):
        restored = _restored(snapshot, draft, name, edit)
        if restored is not ABSENT:
            after[name] = restored
    data = {
        name: None if text is None else encoded(text, snapshot.files.get(name))
        for name, text in after.items()
        if text != snapshot.text(name)
    }
    return Plan(snapshot, edit, data, tuple(conflicts))


_SHORT = {model.SHORT for model in BY_ID.values()}


class _Draft:
    """The values of all files while changes are made in them, and the texts that hold them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.plain: dict[str, dict[str, Any]] = dict(snapshot.plain)
        self._finder = Finder(self.plain)
        self._text: dict[str, str] = {}
        self._dirty: set[str] = set()

    def texts(self) -> dict[str, str | None]:
        """The texts that were worked out so far."""
        return dict(self._text)

    def change(self, change: Change) -> Conflict | None:
        """Make a change in the values, unless another value stands there than it was based on."""
        self._refuse_renaming(change)
        spot = self._finder.spot(change.collection, change.key, change.path, change.before)
        if spot is None and self.snapshot.broken:
            raise EditingError("\n".join(fault.render() for fault in self.snapshot.broken))
        is_new_target = change.collection == "targets" and not change.path and change.before is ABSENT
        spot = None if is_new_target else spot
        now = value_at(self.plain[spot.file], (*spot.path, *change.path), change.collection) if spot else ABSENT
        if not same(now, change.before) or (spot is None and change.path and change.collection not in SINGLES):
            return None if same(now, change.after) and now is not ABSENT else self._conflict(change, spot, now)
        if same(change.before, change.after):
            return None
        if spot is None:
            spot = self._new_spot(change)
        self._put(spot, change)
        if not change.path:
            self._finder.forget(change.collection)
        return None

    def write(self) -> None:
        """Bring the texts up to the values."""
        for name in self._dirty:
            before = self._text.get(name, self.snapshot.text(name))
            values = self.plain[name]
            try:
                self._text[name] = _new_text(values) if before is None else rewritten(before, values)
            except ValueError as error:
                raise EditingError(f"{name}: {error}") from error
        self._dirty.clear()

    def _conflict(self, change: Change, spot: Spot | None, now: Any) -> Conflict:
        where = spot or Spot(_home(self.plain, change.collection), ())
        return Conflict(change, now, self.snapshot.place(where, change.path if spot else ()))

    def _refuse_renaming(self, change: Change) -> None:
        if change.path and str(change.path[0]) in key_fields(change.collection):
            raise EditingError(f"{change.where} says which record it is; remove the record and add another")
        if not change.path and isinstance(change.after, dict) and change.collection in LISTS:
            own = "/".join(str(change.after[name]) for name in key_fields(change.collection) if name in change.after)
            if change.collection != "targets" and own != change.key:
                raise EditingError(f"{change.where} cannot hold a record about '{own}'")

    def _new_spot(self, change: Change) -> Spot:
        """Where a new record goes: to the file that holds most of its collection."""
        name = _home(self.plain, change.collection)
        collection = change.collection
        values = self._own(name)
        empty: Any = [] if collection in LISTS else {}
        if not isinstance(values.get(collection), type(empty)):
            values[collection] = empty
        path = (collection,) if collection in SINGLES else (collection, change.key)
        return Spot(name, (collection, len(values[collection])) if collection in LISTS else path)

    def _own(self, name: str) -> dict[str, Any]:
        """The values of a file, to be changed."""
        if self.plain.get(name) is self.snapshot.plain.get(name):
            self.plain[name] = deepcopy(self.snapshot.plain.get(name, {}))
        self._dirty.add(name)
        return self.plain[name]

    def _put(self, spot: Spot, change: Change) -> None:
        """Set or take away a value; a mapping that is left empty goes too."""
        path = (*spot.path, *change.path)
        if change.path == (short_field(change.collection),) and change.after is not ABSENT:
            record = value_at(self.plain[spot.file], spot.path)
            path = path if isinstance(record, dict) else spot.path
        chain: list[Any] = [self._own(spot.file)]
        for place, key in enumerate(path[:-1]):
            inner = value_at(chain[-1], (key,))
            if not isinstance(inner, dict | list):
                inner = _opened(inner, path[place + 1], change.collection)
                _set(chain[-1], key, inner)
            chain.append(inner)
        if change.after is not ABSENT:
            _set(chain[-1], path[-1], deepcopy(change.after))
            return
        del chain[-1][path[-1]]
        for depth in range(len(path) - 1, len(spot.path), -1):
            if chain[depth] == {} and isinstance(chain[depth - 1], dict):
                del chain[depth - 1][path[depth - 1]]


def _new_text(values: Mapping[str, Any]) -> str:
    """The text of a new file, each record on lines of its own."""
    return "".join(f"{line}\n" for key, value in values.items() for line in entry(f"{key}:", value, levels=2))


def _opened(value: Any, key: str | int, collection: str) -> Any:
    """A mapping or list in the place of a single value, so that a key can be added beside what it stands for."""
    if value is ABSENT or value is None:
        return [] if isinstance(key, int) else {}
    if key in ("nl", "en"):
        return {"nl": value, "en": value}
    return {short_field(collection): value} if short_field(collection) else {}


def _set(here: Any, key: str | int, value: Any) -> None:
    if isinstance(here, list) and isinstance(key, int) and key >= len(here):
        here.append(value)
    else:
        here[key] = value


def _home(plain: Mapping[str, Mapping[str, Any]], collection: str) -> str:
    """The file that holds most records of a collection; one of its name when none does."""
    held = [(len(records), name) for name, records in holders(plain, collection)]
    held += [(0, name) for name, values in plain.items() if collection in values and name != SETTINGS_FILE]
    most = max((count for count, _ in held), default=0)
    return next((name for count, name in held if count == most), f"model/{collection}.yaml")


def _restored(snapshot: Snapshot, draft: _Draft, name: str, edit: Edit) -> Any:
    """The text of a file with what an edit knows of it brought back, if it holds the values asked for; else ABSENT."""
    current = snapshot.text(name)
    if name not in edit.texts or current is None:
        return ABSENT
    before, after = edit.texts[name]
    if after is None:
        return None if current == before else ABSENT
    text = after if current == before else merged(current, before or "", after)
    if text is None:
        return ABSENT
    tree, faults = read_yaml(text.encode(), name)
    if tree is None or faults or not same(_meaning(tree.plain()), _meaning(draft.plain[name])):
        return ABSENT
    return text


def _meaning(values: Any) -> Any:
    """The values without what may be written or not: empty mappings and lists, the long form of a short one."""
    if isinstance(values, list):
        return [_meaning(item) for item in values]
    if not isinstance(values, dict):
        return values
    if values.keys() == {"nl", "en"} and same(values["nl"], values["en"]):
        return values["nl"]
    if len(values) == 1 and values.keys() <= _SHORT:
        return next(iter(values.values()))
    found = {key: _meaning(value) for key, value in values.items()}
    return {key: value for key, value in found.items() if value not in ({}, [])}
