"""How are values of a YAML text changed so that everything else in it stays as it was written?

New values are spliced in at the marks of the parser; comments, order, quotes, blank lines and line ends are not
touched. What comes out is read again, and must hold what was asked for and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from touchpoints.yaml_alignment import same
from touchpoints.yaml_splices import EditError as EditError
from touchpoints.yaml_splices import splices
from touchpoints.yaml_tree import compose, read_yaml

Path = tuple[str | int, ...]


def edited(text: str, changes: Mapping[Path, Any]) -> str:
    """The text with the values at some paths replaced, or added where a mapping lacks the key.

    A path is made of keys, and of indices in lists. A value is a text, a number, or a mapping of these; a mapping is
    laid over what is there, key by key, and takes the place of a single value.

    Args:
        text: YAML without faults.
        changes: path: new value.

    Raises:
        EditError: a value stands behind an alias, a list has no such item, or the text would not be read back as asked.

    Example:
        >>> print(edited("a: {b: 4m10s}  # by phone", {("a", "b"): "5m", ("a", "c"): 12}))
        a: {b: 5m, c: 12}  # by phone
    """
    wanted: dict[Any, Any] = {}
    for path, value in changes.items():
        here = wanted
        for key in path[:-1]:
            here = here.setdefault(key, {})
        here[path[-1]] = value
    return rewritten(text, _laid(_values(text), wanted))


def rewritten(text: str, values: Any) -> str:
    r"""The text changed as little as it takes to hold other values; keys are added and removed, never put in order.

    Args:
        text: YAML without faults.
        values: plain values: dict, list, text, number, bool or None.

    Raises:
        EditError: what changes stands behind an alias, or the text would not be read back as asked.

    Example:
        >>> print(rewritten("a: {b: 1, c: 2}  # both\nd: [x]\n", {"a": {"c": 3}, "d": ["x", "y"]}), end="")
        a: {c: 3}  # both
        d: [x, y]
    """
    old = _values(text)
    if same(old, values):
        return text
    root = compose(text)
    assert root is not None
    parts, at = [], 0
    for one in sorted(splices(text, root, old, values), key=lambda one: (one.start, one.end)):
        parts += [text[at : one.start], one.text]
        at = one.end
    result = "".join([*parts, text[at:]])
    read, faults = read_yaml(result.encode(), "after")
    if faults or read is None or not same(read.plain(), values):
        why = faults[0].message if faults else "another value would change with it"
        raise EditError(f"the change cannot be written into this text: {why}; write the value by hand")
    return result


def _values(text: str) -> Any:
    """The values in a text.

    Raises:
        EditError: it has faults.
    """
    tree, faults = read_yaml(text.encode(), "before")
    if tree is None or faults:
        place = f"line {faults[0].place.line}: {faults[0].message}" if faults else "it is empty"
        raise EditError(f"the text cannot be read: {place}")
    return tree.plain()


def _laid(plain: Any, wanted: Any) -> Any:
    """The values with the changes laid over them."""
    if not isinstance(wanted, Mapping):
        return wanted
    if isinstance(plain, list):
        for index in wanted:
            if not isinstance(index, int) or index >= len(plain):
                raise EditError(f"there is no item {index!r} in the list")
        return [_laid(item, wanted[index]) if index in wanted else item for index, item in enumerate(plain)]
    if not isinstance(plain, dict):
        return {key: _laid(None, value) for key, value in wanted.items()}
    return plain | {key: _laid(plain.get(key), value) for key, value in wanted.items()}
