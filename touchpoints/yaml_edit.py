"""How are values of a YAML text changed so that everything else in it stays as it was written?

New values are spliced in at the marks of the parser; comments, order, quotes, blank lines and line ends are not
touched. What comes out is read again, and must hold what was asked for and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from touchpoints.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode, compose, read_yaml, write_flow

Path = tuple[str | int, ...]


class EditError(ValueError):
    """A text that cannot be changed as asked, said in one line."""


@dataclass(frozen=True, slots=True)
class _Splice:
    """A piece of the text and what comes in its place."""

    start: int
    end: int
    text: str


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
    root = compose(text)
    if root is None:
        raise EditError("the text cannot be read")
    wanted: dict[Any, Any] = {}
    for path, value in changes.items():
        here = wanted
        for key in path[:-1]:
            here = here.setdefault(key, {})
        here[path[-1]] = value
    counts: dict[int, int] = {}
    _count(root, counts)
    splices = sorted(_splices(text, root, wanted, counts), key=lambda one: (one.start, one.end))
    parts, at = [], 0
    for one in splices:
        parts += [text[at : one.start], one.text]
        at = one.end
    result = "".join([*parts, text[at:]])
    _verify(text, result, wanted)
    return result


def _count(node: Node, counts: dict[int, int]) -> None:
    """How often each node occurs; one behind an alias occurs more than once."""
    counts[id(node)] = counts.get(id(node), 0) + 1
    if counts[id(node)] > 1:
        return
    for child in node.value if not isinstance(node, ScalarNode) else ():
        for part in child if isinstance(child, tuple) else (child,):
            _count(part, counts)


def _splices(text: str, node: Node, wanted: Mapping[Any, Any], counts: Mapping[int, int]) -> Iterator[_Splice]:
    """What has to change in a mapping or list."""
    if isinstance(node, SequenceNode):
        for index, value in wanted.items():
            if not isinstance(index, int) or index >= len(node.value):
                raise EditError(f"line {node.start_mark.line + 1}: there is no item {index!r} in the list")
            yield from _replaced(text, node.value[index], value, counts)
        return
    if not isinstance(node, MappingNode):
        raise EditError(f"line {node.start_mark.line + 1}: a mapping is wanted here")
    known = {key.value: part for key, part in node.value if isinstance(key, ScalarNode)}
    added = {}
    for key, value in wanted.items():
        if key in known:
            yield from _replaced(text, known[key], value, counts)
        else:
            added[key] = value
    if added:
        yield _added(text, node, added)


def _replaced(text: str, node: Node, value: Any, counts: Mapping[int, int]) -> Iterator[_Splice]:
    if counts[id(node)] > 1:
        raise EditError(f"line {node.start_mark.line + 1}: the value stands behind an alias; write it out")
    if isinstance(value, Mapping) and isinstance(node, MappingNode | SequenceNode):
        yield from _splices(text, node, value, counts)
        return
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, ScalarNode):
        end = _content_end(node)
    new = write_flow(value) if not isinstance(node, ScalarNode) else _in_style(node, value)
    block = isinstance(node, ScalarNode) and node.style in ("|", ">")
    if block and text[start:end].endswith(("\n", "\r")):
        new += _line_end(text)
    if start == end:  # an empty value: `key:` without anything
        space = "" if start and text[start - 1].isspace() else " "
        new = space + new
    yield _Splice(start, end, new)


def _in_style(node: ScalarNode, value: Any) -> str:
    """A value in the quotes of the one it replaces."""
    if isinstance(value, str) and node.style == "'":
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, str) and node.style == '"' and value.isprintable():
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return write_flow(value)


def _added(text: str, node: MappingNode, added: Mapping[str, Any]) -> _Splice:
    """New keys at the end of a mapping, on lines of their own or between its braces."""
    written = [f"{write_flow(key)}: {write_flow(value)}" for key, value in added.items()]
    if node.flow_style:
        close = node.end_mark.index - 1
        at = _content_end(node.value[-1][1]) if node.value else node.start_mark.index + 1
        comma = _comma(text, at, close)
        if comma is not None:
            return _Splice(comma, comma, " " + ", ".join(written) + ",")
        return _Splice(at, at, (", " if node.value else "") + ", ".join(written))
    last = node.value[-1][1]
    at = _content_end(last)
    indent = " " * node.start_mark.column
    line_end = _line_end(text)
    if isinstance(last, ScalarNode) and last.style in ("|", ">") and text[at - 1 : at] in ("\n", "\r"):
        return _Splice(at, at, "".join(f"{indent}{line}{line_end}" for line in written))
    stop = re.compile(r"[\r\n]|\Z").search(text, at)
    assert stop is not None
    return _Splice(stop.start(), stop.start(), "".join(f"{line_end}{indent}{line}" for line in written))


def _comma(text: str, at: int, close: int) -> int | None:
    """The place behind the comma after the last value of a flow mapping, when there is one."""
    rest = re.sub(r"#[^\r\n]*", lambda comment: " " * len(comment.group()), text[at:close])
    found = rest.find(",")
    return None if found < 0 else at + found + 1


def _content_end(node: Node) -> int:
    """Where a node's last character stands; the mark of a block comes after the comments that follow it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    return end


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"


def _verify(before: str, after: str, wanted: Mapping[Any, Any]) -> None:
    old, _ = read_yaml(before.encode(), "before")
    new, faults = read_yaml(after.encode(), "after")
    if faults or old is None or new is None or new.plain() != _laid(old.plain(), wanted):
        why = faults[0].message if faults else "another value would change with it"
        raise EditError(f"the change cannot be written into this text: {why}; write the value by hand")


def _laid(plain: Any, wanted: Any) -> Any:
    """The values with the changes laid over them."""
    if not isinstance(wanted, Mapping):
        return wanted
    if isinstance(plain, list):
        return [_laid(item, wanted[index]) if index in wanted else item for index, item in enumerate(plain)]
    if not isinstance(plain, dict):
        return {key: _laid(None, value) for key, value in wanted.items()}
    return plain | {key: _laid(plain.get(key), value) for key, value in wanted.items()}
