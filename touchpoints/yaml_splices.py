"""Which pieces of a YAML text have to change so that it holds other values?

A removed key or item takes along the comments on its lines, those inside it, and those directly above it; a comment
behind a blank line, or above the first of its siblings, is a heading and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from touchpoints.yaml_alignment import Entry, aligned_items, aligned_keys, same
from touchpoints.yaml_entry import WIDTH, entry
from touchpoints.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode, write_flow


class EditError(ValueError):
    """A text that cannot be changed as asked, said in one line."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A piece of the text and what comes in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Child:
    """A key with its value, or an item of a list."""

    key: str | None
    start: int
    head_end: int
    """Behind the colon or the dash."""
    end: int
    """Behind the last character of the value."""
    value: Node


def splices(text: str, root: Node, old: Any, new: Any) -> Iterator[Splice]:
    """The pieces of a text to be replaced, in no order, none of which overlap.

    Args:
        text: YAML without faults.
        root: its nodes.
        old: the values it holds.
        new: the values it shall hold.

    Raises:
        EditError: what changes stands behind an alias.
    """
    counts: dict[int, int] = {}
    _count(root, counts)
    return _Rewrite(text, counts).changed(root, old, new, 0, 0, False, 0)


def _count(node: Node, counts: dict[int, int]) -> None:
    """How often each node occurs; one behind an alias occurs more than once."""
    counts[id(node)] = counts.get(id(node), 0) + 1
    if counts[id(node)] > 1:
        return
    for child in node.value if not isinstance(node, ScalarNode) else ():
        for part in child if isinstance(child, tuple) else (child,):
            _count(part, counts)


class _Rewrite:
    """One text that is to hold other values."""

    def __init__(self, text: str, counts: Mapping[int, int]) -> None:
        self.text = text
        self.counts = counts
        found = re.search(r"\r\n|\n|\r", text)
        self.line_end = found.group() if found else "\n"

    def changed(
        self, node: Node, old: Any, new: Any, head_end: int, column: int, in_flow: bool, depth: int
    ) -> Iterator[Splice]:
        """What has to change at a node; `head_end` and `column` are those of the key or dash before it."""
        if same(old, new):
            return
        if self.counts[id(node)] > 1:
            raise EditError(f"line {node.start_mark.line + 1}: the value stands behind an alias; write it out")
        in_flow = in_flow or bool(getattr(node, "flow_style", False))
        fits = isinstance(new, dict) if isinstance(node, MappingNode) else isinstance(new, list)
        if isinstance(node, ScalarNode) or not fits or not new or not old:
            yield from self._replaced(node, new, head_end, column, in_flow, depth)
            return
        children = list(self._children(node))
        plan = aligned_keys(old, new) if isinstance(old, dict) else aligned_items(old, new)
        if not plan.kept:
            yield from self._all_replaced(node, children, new, in_flow)
            return
        for index, value in plan.kept.items():
            child = children[index]
            part = old[child.key] if isinstance(old, dict) else old[index]
            inner = node.start_mark.column
            yield from self.changed(child.value, part, value, child.head_end, inner, in_flow, depth + 1)
        removed = [index for index in range(len(children)) if index not in plan.kept]
        if in_flow:
            yield from self._taken_from_flow(node, children, removed)
            yield from self._put_in_flow(children, plan.added)
        else:
            yield from self._taken_from_block(node, children, removed)
            yield from self._put_in_block(node, children, plan.added, _TOP if depth == 0 else _levels(children))

    def _children(self, node: Node) -> Iterator[_Child]:
        if isinstance(node, MappingNode):
            for key, value in node.value:
                head_end = self.text.find(":", key.end_mark.index, value.start_mark.index + 1)
                head_end = key.end_mark.index if head_end < 0 else head_end + 1
                end = max(head_end, self._content_end(value))
                yield _Child(key.value, key.start_mark.index, head_end, end, value)
            return
        assert isinstance(node, SequenceNode)
        at = node.start_mark.index
        dash = re.compile(rf"^ {{{node.start_mark.column}}}-", re.MULTILINE)
        for index, value in enumerate(node.value):
            start = value.start_mark.index
            if not node.flow_style:
                found = dash.search(self.text, at, start) if index else None
                start = found.end() - 1 if found else at
            end = max(start + (not node.flow_style), self._content_end(value))
            yield _Child(None, start, start + (not node.flow_style), end, value)
            at = end

    def _content_end(self, node: Node) -> int:
        """Where a node's last character stands; the mark of a block comes after the blanks and comments behind it."""
        while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        end: int = node.end_mark.index
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            written = self.text[node.start_mark.index : end]
            keeps = "+" in written.split("\n", 1)[0].split("#", 1)[0]
            return end - 1 if keeps else node.start_mark.index + len(written.rstrip())
        return end

    def _replaced(
        self, node: Node, new: Any, head_end: int, column: int, in_flow: bool, depth: int
    ) -> Iterator[Splice]:
        """Another value in the place of one."""
        start, end = node.start_mark.index, self._content_end(node)
        if isinstance(node, ScalarNode) and not isinstance(new, dict | list):
            written = self._scalar(node, new)
            if start == end:  # an empty value: `key:` without anything
                written = ("" if start and self.text[start - 1].isspace() else " ") + written
            yield Splice(start, end, written)
            return
        nothing = start == end or (isinstance(node, MappingNode | SequenceNode) and not node.value)
        block = isinstance(node, MappingNode | SequenceNode) and not node.flow_style
        if depth == 0 or self.text[head_end:start].strip() or (in_flow and not (nothing and depth == 1)):
            yield Splice(start, end, (" " if start == end else "") + write_flow(new))
            return
        if block and not new:  # the comments in it go too
            assert isinstance(node, MappingNode | SequenceNode)
            end = self._extent(list(self._children(node))[-1], node.start_mark.column)
        levels = _TOP if depth == 1 and nothing and _holds_records(new) else int(block)
        first, *rest = entry(":", new, levels, WIDTH - column)
        yield from self._put(head_end, end, [first.removeprefix(":"), *rest], column)

    def _put(self, start: int, end: int, lines: list[str], column: int) -> Iterator[Splice]:
        """Lines in the place of a piece, the first before a comment that follows it, the others below."""
        yield Splice(start, end, lines[0])
        if lines[1:]:
            at = self._line(end)
            yield Splice(at, at, "".join(self.line_end + " " * column + line for line in lines[1:]))

    def _scalar(self, node: ScalarNode, new: Any) -> str:
        """A value in the quotes of the one it replaces, with the comment behind the sign of a block of text."""
        if isinstance(new, str) and node.style == "'" and new.isprintable():
            return "'" + new.replace("'", "''") + "'"
        if isinstance(new, str) and node.style == '"' and new.isprintable():
            return '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"'
        written = write_flow(new)
        if node.style in ("|", ">"):
            header = self.text[node.start_mark.index : node.end_mark.index].splitlines()[0]
            comment = re.search(r"\s#.*", header)
            written += f" {comment.group()}" if comment else ""
        return written

    def _all_replaced(self, node: Node, children: list[_Child], new: Any, in_flow: bool) -> Iterator[Splice]:
        """Other children in the place of all."""
        if in_flow:
            yield Splice(node.start_mark.index, node.end_mark.index, write_flow(new))
            return
        parts = new.items() if isinstance(new, dict) else [(None, part) for part in new]
        column = node.start_mark.column
        lines = [line for key, value in parts for line in self._lines(key, value, _levels(children), column)]
        yield from self._put(children[0].start, children[-1].end, lines, column)

    def _lines(self, key: str | None, value: Any, levels: int, column: int) -> list[str]:
        return entry("-" if key is None else f"{write_flow(key)}:", value, levels, WIDTH - column)

    def _put_in_flow(self, children: list[_Child], added: Mapping[int, list[Entry]]) -> Iterator[Splice]:
        for after, parts in added.items():
            written = [(f"{write_flow(key)}: " if key is not None else "") + write_flow(value) for key, value in parts]
            if after < 0:
                yield Splice(children[0].start, children[0].start, "".join(f"{one}, " for one in written))
            else:
                at = children[after].end
                yield Splice(at, at, "".join(f", {one}" for one in written))

    def _put_in_block(
        self,
        node: Node,
        children: list[_Child],
        added: Mapping[int, list[Entry]],
        levels: int,
    ) -> Iterator[Splice]:
        column = node.start_mark.column
        indent = " " * column
        for after, parts in added.items():
            lines = [line for key, value in parts for line in self._lines(key, value, levels, column)]
            if after < 0:
                at = children[0].start
                yield Splice(at, at, "".join(line + self.line_end + indent for line in lines))
            else:
                at = self._extent(children[after], column)
                yield Splice(at, at, "".join(self.line_end + indent + line for line in lines))

    def _taken_from_flow(self, node: Node, children: list[_Child], removed: list[int]) -> Iterator[Splice]:
        close = node.end_mark.index - 1
        for first, last in _runs(removed):
            start, end = children[first].start, children[last].end
            following = children[last + 1].start if last + 1 < len(children) else close
            comma = self._comma(end, following)
            if comma is not None:
                end = comma
                spaces = re.compile(r"[ \t]*").match(self.text, end)
                assert spaces is not None
                if last + 1 < len(children):
                    end = spaces.end()
                line = self.text.rfind("\n", 0, start) + 1
                if self.text[line:start].strip() == "" and self.text[spaces.end() : spaces.end() + 1] in ("\n", "\r"):
                    start, end = line, self._next_line(spaces.end())
            elif first:
                before = children[first - 1].end
                start = before if "#" not in self.text[before:start] else start
            yield Splice(start, end, "")

    def _taken_from_block(self, node: Node, children: list[_Child], removed: list[int]) -> Iterator[Splice]:
        column = node.start_mark.column
        for first, last in _runs(removed):
            start = children[first].start
            line = self.text.rfind("\n", 0, start) + 1
            if self.text[line:start].strip():  # stands behind a dash: the next one takes its place
                yield Splice(start, children[last + 1].start, "")
                continue
            start = self._own_comments(line, column) if first else line
            end = self._next_line(self._extent(children[last], column))
            if end == len(self.text) and not self.text.endswith(("\n", "\r")) and start:
                start -= 2 if self.text[start - 2 : start] == "\r\n" else 1
            yield Splice(start, end, "")

    def _own_comments(self, line: int, column: int) -> int:
        """The start of the comment directly above a line, if nothing but another sibling stands above that."""
        at = line
        while at:
            above = self.text.rfind("\n", 0, at - 1) + 1
            written = self.text[above:at].strip("\r\n")
            if not written.strip():
                return line
            if not written.lstrip().startswith("#") or len(written) - len(written.lstrip()) != column:
                return at
            at = above
        return line

    def _extent(self, child: _Child, column: int) -> int:
        """The end of the last line of a child, the comments inside it included."""
        found = at = self._line(child.end)
        while at < len(self.text):
            start = self._next_line(at)
            at = self._line(start)
            written = self.text[start:at]
            inside = len(written) - len(written.lstrip(" ")) > column
            if written.lstrip().startswith("#") and inside:
                found = at
            elif written.strip():
                break
        return found

    def _line(self, at: int) -> int:
        """The end of the line on which a place is."""
        found = _LINE.match(self.text, at)
        assert found is not None
        return found.end()

    def _next_line(self, at: int) -> int:
        """The start of the line behind the one that ends at a place."""
        return at + (2 if self.text[at : at + 2] == "\r\n" else 1 if at < len(self.text) else 0)

    def _comma(self, at: int, close: int) -> int | None:
        """The place behind the comma that follows a value between braces, when there is one."""
        rest = re.sub(r"#[^\r\n]*", lambda comment: " " * len(comment.group()), self.text[at:close])
        found = rest.find(",")
        return None if found < 0 else at + found + 1


_LINE = re.compile(r"[^\r\n]*")
_TOP = 2
"""At the top of a file a new key gets lines of its own, and so do the records in it."""


def _holds_records(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(part, dict) for part in parts)


def _levels(children: Iterable[_Child]) -> int:
    """One when most of the mappings and lists that stand here have lines of their own, else none."""
    inner = [one.value for one in children if isinstance(one.value, MappingNode | SequenceNode) and one.value.value]
    flow = [bool(node.flow_style) for node in inner]
    return int(flow.count(False) > flow.count(True))


def _runs(removed: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of neighbours.

    Example:
        >>> list(_runs([1, 2, 4]))
        [(1, 2), (4, 4)]
    """
    first = None
    for place, index in enumerate(removed):
        first = index if first is None else first
        if place + 1 == len(removed) or removed[place + 1] != index + 1:
            yield first, index
            first = None
