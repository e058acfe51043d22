"""What do the files of a project hold at one moment, and where does a record stand in them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from touchpoints.collections import BY_ID, LISTS, SINGLES, known_keys, list_key
from touchpoints.extend import LIBRARY_PREFIX
from touchpoints.faults import Fault, Place, hint
from touchpoints.files import SETTINGS_FILE, project_bytes
from touchpoints.library import library_trees
from touchpoints.located import Located
from touchpoints.yaml_tree import read_yaml
from workbench.editing.change import ABSENT, Change, EditingError, FieldPath

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Spot:
    """A record in a file: the file, and the path to the record in it."""

    file: str
    path: FieldPath


@dataclass(frozen=True)
class Snapshot:
    """The files of a project as they were read at one moment.

    Attributes:
        root: the project's folder.
        files: what each holds, by its name relative to the folder.
    """

    root: Path
    files: Mapping[str, bytes]

    @classmethod
    def read(cls, root: str | Path) -> Snapshot:
        """The files as they are now.

        Raises:
            EditingError: one of them cannot be read.
        """
        files, _, faults = project_bytes(Path(root))
        unread = [fault for fault in faults if fault.rule != "file-empty"]
        if unread:
            raise EditingError("\n".join(fault.render() for fault in unread))
        return cls(Path(root), files)

    @cached_property
    def _read(self) -> tuple[dict[str, Located], tuple[Fault, ...]]:
        trees, faults = {}, []
        for name, data in self.files.items():
            tree, wrong = read_yaml(data, name)
            if tree is not None and isinstance(tree.value, dict):
                trees[name] = tree
            faults += [fault for fault in wrong if fault.rule != "file-empty"]
        return trees, tuple(faults)

    @property
    def trees(self) -> Mapping[str, Located]:
        """The values in each file that can be read and holds a mapping."""
        return self._read[0]

    @property
    def broken(self) -> tuple[Fault, ...]:
        """What keeps files from being read as YAML; a record in one of them cannot be found."""
        return self._read[1]

    @cached_property
    def plain(self) -> Mapping[str, dict[str, Any]]:
        """The same without their places."""
        return {name: tree.plain() for name, tree in self.trees.items()}

    @cached_property
    def finder(self) -> Finder:
        """Finds records in the files."""
        return Finder(self.plain)

    def text(self, name: str) -> str | None:
        """The text of a file, None when there is none."""
        data = self.files.get(name)
        return None if data is None else data.decode("utf-8-sig")

    def value(self, collection: str, key: str, path: FieldPath = ()) -> Any:
        """What is written in a field of a record, or as the record; ABSENT when nothing is.

        Inherited values are not written: what comes from `extends` or from the library is absent here.
        """
        spot = self.finder.spot(collection, key, path)
        return ABSENT if spot is None else value_at(self.plain[spot.file], (*spot.path, *path), collection)

    def change(self, collection: str, key: str, path: FieldPath, after: Any) -> Change:
        """The change of a field to a new value, based on what is written now.

        A record that the library lends to the project is written into it first, as one that extends the library's.
        """
        if path and collection in BY_ID and self.value(collection, key) is ABSENT and key in library_trees(collection):
            value = after
            for part in reversed(path):
                value = {part: value}
            return Change(collection, key, (), ABSENT, {"extends": f"{LIBRARY_PREFIX}{key}", **value})
        return Change(collection, key, path, self.value(collection, key, path), after)

    def place(self, spot: Spot, path: FieldPath = ()) -> Place:
        """Where a field stands, or the record that lacks it."""
        tree = self.trees.get(spot.file)
        return tree.at(*spot.path, *path).place if tree else Place(spot.file)


def require_collection(collection: str) -> None:
    """Refuse what is no top-level key.

    Raises:
        EditingError: it is none.
    """
    if collection not in known_keys():
        raise EditingError(f"no collection '{collection}'{hint(collection, known_keys(), most=20)}")


class Finder:
    """Finds records in the values of files, each list gone through once."""

    def __init__(self, plain: Mapping[str, Mapping[str, Any]]) -> None:
        self.plain = plain
        self._lists: dict[str, dict[str, list[tuple[str, Spot]]]] = {}

    def spot(self, collection: str, key: str, path: FieldPath = (), wanted: Any = ABSENT) -> Spot | None:
        """Where a record stands; None when it is not there.

        Args:
            collection: a top-level key of the model.
            key: the record's.
            path: a field, which decides where a part that exists once stands in several files.
            wanted: the value at the field, which tells apart targets that are about the same.

        Raises:
            EditingError: there is no such collection.
        """
        require_collection(collection)
        if collection in BY_ID:
            found = [Spot(name, (collection, key)) for name, values in holders(self.plain, collection) if key in values]
            return found[0] if found else None
        if collection in SINGLES:
            files = [(name, values) for name, values in holders(self.plain, collection) if values]
            own = [name for name, values in files if path and path[0] in values] or [name for name, _ in files]
            return Spot(own[0], (collection,)) if own else None
        alike = self._alike(collection).get(_about(collection, key), [])
        same = [spot for name, spot in alike if name == key]
        if collection != "targets":
            return same[0] if same else None
        spots = [spot for _, spot in alike]
        fitting = [spot for spot in spots if value_at(self.plain[spot.file], (*spot.path, *path)) == wanted]
        choice = fitting if wanted is not ABSENT and fitting else spots
        return next((spot for spot in same if spot in choice), choice[0] if choice else None)

    def forget(self, collection: str) -> None:
        """Go through a list anew the next time; records were added or taken away."""
        self._lists.pop(collection, None)

    def _alike(self, collection: str) -> dict[str, list[tuple[str, Spot]]]:
        """The records of a list with their keys, by what they are about."""
        if collection not in self._lists:
            found: dict[str, list[tuple[str, Spot]]] = {}
            count = 0
            for name, values in holders(self.plain, collection):
                for index, item in enumerate(values):
                    count += 1
                    key = list_key(collection, item if isinstance(item, dict) else {}, count)
                    found.setdefault(_about(collection, key), []).append((key, Spot(name, (collection, index))))
            self._lists[collection] = found
        return self._lists[collection]


def _about(collection: str, key: str) -> str:
    """What a record of a list is about: of a target, its key without the number."""
    head, _, last = key.rpartition("/")
    return head if collection == "targets" and last.isdigit() else key


def holders(plain: Mapping[str, Mapping[str, Any]], collection: str) -> Iterator[tuple[str, Any]]:
    """The files that hold records of a collection, and those records."""
    kind = list if collection in LISTS else dict
    for name, values in plain.items():
        if isinstance(values.get(collection), kind) and (name != SETTINGS_FILE or collection == "drivers"):
            yield name, values[collection]


def value_at(values: Any, path: FieldPath, collection: str = "") -> Any:
    """The value at a path, ABSENT when there is none; a plain text serves for the name in both languages.

    Example:
        >>> value_at({"name": "Desk"}, ("name", "nl")), value_at({"a": [1]}, ("a", 1)) is ABSENT
        ('Desk', True)
    """
    here = values
    for place, key in enumerate(path):
        inner = _inner(here, key)
        if inner is ABSENT and not isinstance(here, dict | list):  # written short, as a single value
            is_name = key in ("nl", "en") and isinstance(here, str) and place == len(path) - 1
            return here if is_name or (place == 2 and key == short_field(collection)) else ABSENT
        here = inner
    return here


def _inner(values: Any, key: str | int) -> Any:
    if isinstance(values, dict) and key in values:
        return values[key]
    if isinstance(values, list) and isinstance(key, int) and 0 <= key < len(values):
        return values[key]
    return ABSENT


def short_field(collection: str) -> str:
    """The field that a record of a collection stands for when it is written as a single value."""
    return BY_ID[collection].SHORT if collection in BY_ID else ""


def encoded(text: str, like: bytes | None) -> bytes:
    r"""The bytes of a text, with a byte order mark where the file has one.

    Example:
        >>> encoded("a: 1", b"\xef\xbb\xbfa: 2")
        b'\xef\xbb\xbfa: 1'
    """
    return (_BOM if like is not None and like.startswith(_BOM) else b"") + text.encode("utf-8")
