"""How does YAML text become plain values that know where they stand, and back? This is the one door to YAML.

YAML 1.2 core: `yes`, `no` and `on` are words, `012`, `1_200` and `1:30` are not numbers. Numbers that can be
read in two ways (`1.200`) stay text, so that whoever reads a quantity can refuse them with both readings.
"""

from __future__ import annotations

import gc
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.nodes import MappingNode as MappingNode
from yaml.nodes import Node as Node
from yaml.nodes import ScalarNode as ScalarNode
from yaml.nodes import SequenceNode as SequenceNode

from touchpoints.faults import Fault, Place
from touchpoints.located import Located

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 60
MAX_EXPANSION = 200_000

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")
_AMBIGUOUS = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}\Z")
_MARKERS_IN_A_ROW = re.compile(r"(?:[-?:]\s++){100,}+")
_LONGEST_KEY = 1024
_BRACKETS = re.compile(r"[\[\]{}]")


class _Parser(CParser):
    """PyYAML's C composer with every scalar left as text: words and numbers are told apart here."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        return "s" if kind is ScalarNode else "m" if kind is MappingNode else "q"

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def read_yaml(data: bytes, file: str) -> tuple[Located | None, list[Fault]]:
    """The tree of values in a YAML text, or None, and what is wrong with it.

    Args:
        data: the bytes of the file, UTF-8 with or without a byte order mark.
        file: the name that places carry.

    Example:
        >>> tree, faults = read_yaml(b"a: {b: no, c: 012}", "x.yaml")
        >>> tree.plain(), tree.at("a", "c").column, faults
        ({'a': {'b': 'no', 'c': '012'}}, 12, [])
    """
    if len(data) > MAX_BYTES:
        message = f"file is {len(data) / 2**20:.0f} MiB; a model file may have {MAX_BYTES // 2**20} MiB"
        return None, [Fault(Place(file), "file-too-large", message)]
    text, faults = _decode(data, file)
    if text is None:
        return None, faults
    if _too_deep(text):
        message = "brackets or dashes nested by the thousand; close or delete them"
        return None, [Fault(Place(file), "yaml-nesting", message)]
    with without_garbage_collection():
        try:
            node = _Parser(text).get_single_node()
        except yaml.MarkedYAMLError as error:
            return None, [_syntax_fault(error, text, file)]
        except yaml.YAMLError as error:
            return None, [_character_fault(error, text, file)]
        if node is None:
            return None, [Fault(Place(file), "file-empty", "the file holds nothing; fill it or delete it")]
        builder = _Builder(file)
        tree = builder.build(node, 0, 1, 1)
    return tree, builder.faults


def compose(text: str) -> Node | None:
    """The nodes of a YAML text, with the marks where each starts and ends; None when there are none or it is broken."""
    if _too_deep(text):
        return None
    try:
        node: Node | None = _Parser(text).get_single_node()
    except yaml.YAMLError:
        return None
    return node


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Hundreds of thousands of small live objects make every collection slow and find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _decode(data: bytes, file: str) -> tuple[str | None, list[Fault]]:
    head = data[:100]
    half_empty = len(head) > 3 and not (any(head[::2]) and any(head[1::2]))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or half_empty:
        return None, [Fault(Place(file), "file-encoding", "the file is UTF-16; save it as UTF-8")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        reading = bytes([byte]).decode("cp1252", "replace")
        message = f"byte 0x{byte:02x} is not UTF-8 (in Windows-1252 it is '{reading}'); save the file as UTF-8"
        return None, [Fault(Place(file, line), "file-encoding", message)]


def _too_deep(text: str) -> bool:
    """Whether nesting would overrun the C composer's stack (checked first: it cannot be caught later)."""
    runs = _MARKERS_IN_A_ROW.finditer(text)
    if any(len(line) > 1000 for run in runs for line in run.group().splitlines()):
        return True  # every level stands further to the right
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        if depth > 1000:
            return True
    return False


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    lines = text.splitlines()
    source = lines[line - 1] if line <= len(lines) else ""
    place = Place(file, line, column)
    if "\t" in source[: len(source) - len(source.lstrip())] or source[column - 1 : column] == "\t":
        return Fault(place, "yaml-tab", "a tab stands where YAML wants spaces; indent with spaces")
    problem = " ".join(str(part) for part in (error.problem, error.context) if part)
    opened = error.context_mark
    if opened and opened.line + 1 < line and ("quoted scalar" in problem or "flow" in problem):
        # The parser stops where it can go no further; the mend is where the quote or bracket opens.
        what = "quote" if "quoted scalar" in problem else "bracket"
        message = f"the {what} that opens here is not closed (noticed on line {line}); close it"
        return Fault(Place(file, opened.line + 1, opened.column + 1), "yaml-syntax", f"not valid YAML: {message}")
    if "single document" in problem:
        problem = "a second document starts with '---'; put it in a file of its own, or delete the line"
    elif "could not find expected ':'" in problem:
        problem += "; after a key comes a colon and a space; check also the indents of this line and the one before"
    elif "mapping values are not allowed" in problem and column > _LONGEST_KEY:
        problem = f"a key has more than {_LONGEST_KEY:,} characters; shorten it"
    elif "mapping values are not allowed" in problem:
        problem += "; a text with ': ' in it needs quotes, and a key needs its own line"
    elif "block scalar" in problem:
        problem = "'>' and '|' start a block of text; put the value in quotes"
    elif "recursive" in problem or "undefined alias" in problem:
        return Fault(place, "yaml-alias", f"{problem}; write the values out")
    elif "duplicate anchor" in problem:
        problem += "; give each anchor its own name"
    else:
        problem += "; check indents, brackets and quotes on this line and the one before"
    return Fault(place, "yaml-syntax", f"not valid YAML: {problem}")


def _character_fault(error: yaml.YAMLError, text: str, file: str) -> Fault:
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if found is None:
        return Fault(Place(file), "yaml-syntax", f"not valid YAML: {str(error).splitlines()[0]}")
    line = text.count("\n", 0, found.start()) + 1
    message = f"control character U+{ord(found.group()):04X} is not allowed; delete it"
    return Fault(Place(file, line), "yaml-syntax", message)


class _Builder:
    """Turns composed nodes into located values, once per node even where aliases repeat it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._shared: dict[int, tuple[Any, int]] = {}
        self._open: set[int] = set()
        self._built = 0

    def fault(self, rule: str, line: int, column: int, message: str) -> None:
        self.faults.append(Fault(Place(self.file, line, column), rule, message))

    def build(self, node: Node, depth: int, line: int, column: int) -> Located:
        """The located value of a node that stands at a line and column."""
        value, _ = self._value(node, depth, line, column)
        return Located(value, self.file, line, column)

    def _value(self, node: Node, depth: int, line: int, column: int) -> tuple[Any, int]:
        """The value of a node and how many values it stands for when every alias is written out."""
        self._built += 1
        if type(node) is ScalarNode:
            if node.tag != "s":
                self.fault("yaml-tag", line, column, f"tag '{_tag(node)}' is not allowed; delete it")
                return None, 1
            return (_scalar(node.value) if not node.style else node.value), 1
        key = id(node)
        if key in self._shared:
            return self._shared[key]
        if key in self._open:
            self.fault("yaml-alias", line, column, "an alias refers to what it is part of; write it out")
            return None, 1
        if depth > MAX_DEPTH:
            self.fault("yaml-nesting", line, column, f"nested deeper than {MAX_DEPTH} levels; close the brackets")
            return None, 1
        self._open.add(key)
        value, size = self._mapping(node, depth) if type(node) is MappingNode else self._sequence(node, depth)
        self._open.discard(key)
        if node.tag not in ("m", "q"):
            self.fault("yaml-tag", line, column, f"tag '{_tag(node)}' is not allowed; delete it")
            value = None
        if size > max(MAX_EXPANSION, 10 * self._built):
            self.fault("yaml-alias", line, column, f"aliases expand to {size:,} values; write the values out")
            value, size = None, 1
        self._shared[key] = value, size
        return value, size

    def _sequence(self, node: Node, depth: int) -> tuple[Any, int]:
        items = []
        size = 1
        for part in node.value:
            mark = part.start_mark
            line, column = mark.line + 1, mark.column + 1
            value, inner = self._value(part, depth + 1, line, column)
            items.append(Located(value, self.file, line, column))
            size += inner
        return items, size

    def _mapping(self, node: MappingNode, depth: int) -> tuple[Any, int]:
        parts: dict[str, Located] = {}
        size = 1
        for key_node, part in node.value:
            mark = key_node.start_mark
            line, column = mark.line + 1, mark.column + 1
            key = self._key(key_node, line, column)
            if key is None:
                continue
            if key in parts:
                message = f"'{key}' stands here and in line {parts[key].line}; delete or rename one"
                self.fault("yaml-duplicate-key", line, column, message)
                continue
            value, inner = self._value(part, depth + 1, line, column)
            if value is None and node.flow_style and key[:1].isdigit() and parts:
                before = next(reversed(parts))
                written = parts[before].value if not isinstance(parts[before].value, dict | list) else "…"
                message = f"'{before}: {written},{key}' was split by its comma; write a dot, or use quotes"
                self.fault("comma-split", line, column, message)
                continue
            if value == "" and getattr(part, "style", None) in ("|", ">"):
                sign = part.style
                message = f"{key}: '{sign}' starts a block of text here, and it is empty; put the value in quotes"
                self.fault("null-value", line, column, message)
                continue
            parts[key] = Located(value, self.file, line, column)
            size += inner
        return parts, size

    def _key(self, node: Node, line: int, column: int) -> str | None:
        if type(node) is not ScalarNode or node.tag != "s":
            self.fault("yaml-key", line, column, "a key must be a plain word; write it as `word: value`")
            return None
        if not node.style and node.value in _NULLS:
            self.fault("yaml-key", line, column, "a key is missing before the colon; write `word: value`")
            return None
        if node.value == "<<" and not node.style:
            self.fault("yaml-merge-key", line, column, "'<<' is not part of YAML 1.2; write `extends: ID`")
            return None
        return str(node.value)


def _tag(node: Node) -> str:
    return str(node.tag).replace("tag:yaml.org,2002:", "!!")


def _scalar(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core schema, numbers that can be read in two ways left as text.

    Example:
        >>> [_scalar(text) for text in ("12", "1.5", "1.200", "no", "true", "1:30", "012", "~")]
        [12, 1.5, '1.200', 'no', True, '1:30', '012', None]
    """
    first = text[:1]
    if first.isdigit() or first in ("-", "+", "."):
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text) and not _AMBIGUOUS.match(text):
            return float(text)
        return text
    if text in _NULLS:
        return None
    return _BOOLEANS.get(text, text)


def write_yaml(value: Any) -> str:
    """The YAML text of plain values (dict, list, text, number, bool, None) in their order; `read_yaml` gives them back.

    Raises:
        ValueError: a value is none of these, or no YAML reads back as it (18 digits and more, half a surrogate pair).

    Example:
        >>> print(write_yaml({"share": "62%", "day": "12", "list": ["no", True, 1.125], "note": "a: b"}), end="")
        share: 62%
        day: '12'
        list:
          - no
          - true
          - 1.1250
        note: 'a: b'
    """
    return _serialized(_written(value))


def write_flow(value: Any) -> str:
    """The YAML text of plain values on one line, safe between braces.

    Raises:
        ValueError: as `write_yaml`.

    Example:
        >>> write_flow({"grade": "measured", "source": "log, phone", "n": 12}), write_flow("62%"), write_flow("no: 1")
        ("{grade: measured, source: 'log, phone', n: 12}", '62%', "'no: 1'")
    """
    node = SequenceNode("q", [_in_flow(_written(value))], flow_style=True)
    return _serialized(node).rstrip("\n")[1:-1]


def _serialized(node: Node) -> str:
    r"""The text of a node, in which signs that nobody sees are escaped; they stand between double quotes only.

    Example:
        >>> print(write_yaml({"name": "safe\u202etxt.exe"}), end="")
        name: "safe\u202Etxt.exe"
    """
    text: str = yaml.serialize(node, Dumper=_Emitter, allow_unicode=True, width=MAX_BYTES)
    return text if text.replace("\n", "").isprintable() else "".join(map(_seen, text))


def _seen(sign: str) -> str:
    """A sign as it is written: those that nobody sees by their number, but for spaces and the joiners of letters."""
    if sign.isprintable() or sign in "\n\u200c\u200d" or unicodedata.category(sign) == "Zs":
        return sign
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def _in_flow(node: Node) -> Node:
    if isinstance(node, ScalarNode):
        node.style = '"' if node.style == "|" else node.style
        return node
    assert isinstance(node, MappingNode | SequenceNode)
    node.flow_style = True
    for part in node.value:
        for inner in part if isinstance(part, tuple) else (part,):
            _in_flow(inner)
    return node


class _Emitter(yaml.Dumper):
    """PyYAML's emitter without tags: `_written` has chosen which scalars are quoted."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        return "s" if kind is ScalarNode else "m" if kind is MappingNode else "q"

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _written(value: Any) -> Node:
    """The node of a value; text is left unquoted only where it is read back as that text."""
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return MappingNode("m", [(_written(key), _written(part)) for key, part in value.items()], flow_style=not value)
    if isinstance(value, list | tuple):
        return SequenceNode("q", [_written(part) for part in value], flow_style=not value)
    if isinstance(value, str):
        return ScalarNode("s", value, style=_style(value))
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    text = text.replace("inf", "1e999")
    text += "0" if _AMBIGUOUS.match(text) else ""
    if type(_scalar(text)) is not type(value) or _scalar(text) != value:
        raise ValueError(f"value must be a dict of texts, list, text, plain number, bool or None, got {value!r}")
    return ScalarNode("s", text)


def _style(text: str) -> str | None:
    """How a text is quoted: not at all where that is safe, as a block where it has lines, else with quotes."""
    if all(line.isprintable() for line in text.split("\n")):
        if "\n" in text:
            return '"' if text[0].isspace() else "|"
        return "'" if _scalar(text) != text or text == "<<" else None
    text.encode("utf-8")  # half a surrogate pair cannot be written
    return '"'
