"""What does the built-in library offer to every project?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from touchpoints.extend import extend_library
from touchpoints.located import Located
from touchpoints.yaml_tree import read_yaml

PREFIX = "library/"


@cache
def library_trees(key: str) -> Mapping[str, Located]:
    """The library's records under a top-level key, by id, as written.

    Example:
        >>> "phone" in library_trees("channels")
        True
    """
    folder = resources.files("touchpoints") / "library"
    files = _files(folder / key) if (folder / key).is_dir() else [folder / f"{_FILE_OF.get(key, key)}.yaml"]
    parts: dict[str, Located] = {}
    for file in files:
        if not file.is_file():
            continue
        name = f"{PREFIX}{key}/{file.name}" if (folder / key).is_dir() else f"{PREFIX}{file.name}"
        tree, faults = read_yaml(file.read_bytes(), name)
        if tree is None or faults:
            raise ValueError(f"the built-in library is broken: {faults}")
        if key in tree.value:
            parts.update(tree.value[key].value)
    return parts


_FILE_OF = {
    "maturity_questions": "maturity",
    "maturity_aspects": "maturity",
    "vision_questions": "maturity",
    "uncertainty": "friction",
}


@cache
def library_files() -> tuple[str, ...]:
    """The names of all files of the library, as places write them.

    Example:
        >>> {"library/channels.yaml", "library/journeys/move_house.yaml"} <= set(library_files())
        True
    """
    folder = resources.files("touchpoints") / "library"
    inner = (f"{one.name}/{file.name}" for one in folder.iterdir() if one.is_dir() for file in _files(one))
    return tuple(f"{PREFIX}{name}" for name in sorted((*(file.name for file in _files(folder)), *inner)))


def library_record(collection: str, name: str) -> Located:
    """One record of the library with all it takes over from others."""
    tree, faults = extend_library(collection, name, library_trees(collection))
    if faults:
        raise ValueError(f"the built-in library is broken: {faults}")
    return tree


def library_text(key: str, name: str) -> str:
    """The text of the library's file of one record, where each has a file of its own.

    Example:
        >>> library_text("journeys", "move_house").count("journeys:")
        1
    """
    file = resources.files("touchpoints") / "library" / key / f"{name}.yaml"
    return file.read_text(encoding="utf-8")


def _files(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
