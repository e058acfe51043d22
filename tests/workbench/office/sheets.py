"""What stands in a workbook, read from its XML, and what do its formulas come to, worked out apart?

A second computation for the tests: formulas are translated to Python and evaluated from the inputs up, without looking
at the values that were written beside them. It knows the few functions that the workbook uses and refuses any other.
"""

from __future__ import annotations

import re
import zipfile
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from scipy import optimize

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cell = tuple[str, int, int]

_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")|(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)|(?P<function>[A-Z]+)\("
    r"|(?P<sheet>'(?:[^']|'')+'!)?(?P<from>\$?[A-Z]+\$?\d+)(?::(?P<to>\$?[A-Z]+\$?\d+))?|(?P<sign><=|>=|<>|[-+*/^(),=<>]))"
)


class Workbook:
    """A workbook by sheet: values, formulas and formats of its cells, rows and columns from zero."""

    def __init__(self, made: bytes) -> None:
        self.file = zipfile.ZipFile(BytesIO(made))
        self.values: dict[Cell, Any] = {}
        self.formulas: dict[Cell, str] = {}
        self.styles: dict[Cell, int] = {}
        self.hidden: set[tuple[str, int]] = set()
        self.sheets = self._names()
        texts = [
            "".join(part.text or "" for part in one.iter(f"{MAIN}t"))
            for one in self.xml("xl/sharedStrings.xml").iter(f"{MAIN}si")
        ]
        for name, part in self.sheets.items():
            for row in self.xml(part).iter(f"{MAIN}row"):
                if row.get("hidden") == "1":
                    self.hidden.add((name, int(row.get("r", "0")) - 1))
                for cell in row.iter(f"{MAIN}c"):
                    self._read(name, cell, texts)

    def xml(self, part: str) -> ET.Element:
        """A part of the file."""
        return ET.fromstring(self.file.read(part))

    def _names(self) -> dict[str, str]:
        relations = {one.get("Id"): one.get("Target") for one in self.xml("xl/_rels/workbook.xml.rels")}
        sheets = self.xml("xl/workbook.xml").iter(f"{MAIN}sheet")
        return {str(one.get("name")): f"xl/{relations[one.get(RELATION)]}" for one in sheets}

    def _read(self, sheet: str, cell: ET.Element, texts: list[str]) -> None:
        at = (sheet, *place(str(cell.get("r"))))
        self.styles[at] = int(cell.get("s", "0"))
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if formula is not None:
            self.formulas[at] = formula.text or ""
        if value is None or value.text is None:
            return
        kind = cell.get("t")
        self.values[at] = texts[int(value.text)] if kind == "s" else value.text if kind == "str" else float(value.text)

    @cached_property
    def looks(self) -> list[tuple[str, str]]:
        """Fill and number format of every style."""
        root = self.xml("xl/styles.xml")
        own = {one.get("numFmtId"): str(one.get("formatCode")) for one in root.iter(f"{MAIN}numFmt")}
        fills = [
            next((str(colour.get("rgb")) for colour in one.iter(f"{MAIN}fgColor")), "")
            for one in root.iter(f"{MAIN}fill")
        ]
        cells = root.find(f"{MAIN}cellXfs")
        assert cells is not None
        return [(fills[int(one.get("fillId", "0"))], own.get(one.get("numFmtId"), "")) for one in cells]

    def find(self, sheet: str, text: str) -> tuple[int, int]:
        """The first cell of a sheet that holds a text."""
        found = sorted((row, column) for (name, row, column), value in self.values.items()
                       if name == sheet and value == text)  # fmt: skip
        assert found, f"no {text!r} on {sheet!r}"
        return found[0]


def place(name: str) -> tuple[int, int]:
    """Row and column of a cell, from zero.

    Example:
        >>> place("$C$5"), place("AA1")
        ((4, 2), (0, 26))
    """
    letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", name).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


class Calculation:
    """The cells of a workbook, calculated from its formulas; `changed` cells have another value than was written."""

    def __init__(self, book: Workbook, changed: dict[Cell, float] | None = None) -> None:
        self.book = book
        self._known: dict[Cell, Any] = dict(changed or {})

    def value(self, cell: Cell) -> Any:
        """What a cell comes to; nothing is None."""
        if cell not in self._known:
            formula = self.book.formulas.get(cell)
            self._known[cell] = self.book.values.get(cell) if formula is None else self._evaluate(formula, cell[0])
        return self._known[cell]

    def _evaluate(self, formula: str, sheet: str) -> Any:
        text, at = [], 0
        while at < len(formula):
            found = _TOKEN.match(formula, at)
            assert found, f"cannot read {formula[at:]!r} in {formula!r}"
            text.append(self._python(found, sheet))
            at = found.end()
        return eval("".join(text), {"self": self, **_FUNCTIONS})

    def _python(self, found: re.Match[str], sheet: str) -> str:
        if found["text"]:
            return repr(found["text"][1:-1].replace('""', '"'))
        if found["number"]:
            return f"{found['number']}." if "." not in found["number"] else found["number"]
        if found["function"]:
            name = _NAMES[found["function"]]
            return name if name.endswith(",") else f"{name}("
        if found["from"]:
            name = found["sheet"][1:-2].replace("''", "'") if found["sheet"] else sheet
            if found["to"]:
                return f"self.range({name!r},{place(found['from'])},{place(found['to'])})"
            return f"self.number(({name!r},*{place(found['from'])}))"
        return {"^": "**", "=": "==", "<>": "!="}.get(found["sign"], found["sign"])

    def number(self, cell: Cell) -> Any:
        """A cell in a sum; an empty one is nought."""
        value = self.value(cell)
        return 0.0 if value is None else value

    def range(self, sheet: str, start: tuple[int, int], end: tuple[int, int]) -> list[tuple[Cell, Any]]:
        """The cells of a range with their values."""
        cells = [(sheet, row, column) for row in range(start[0], end[0] + 1) for column in range(start[1], end[1] + 1)]
        return [(cell, self.value(cell)) for cell in cells]


def _numbers(*parts: Any) -> list[float]:
    found = [value for part in parts for value in ([one for _, one in part] if isinstance(part, list) else [part])]
    return [value for value in found if isinstance(value, float | int)]


def _sum_if(summed: Any, where: Any, wanted: Any) -> float:
    return sum(value or 0.0 for (_, value), (_, key) in zip(summed, where, strict=True) if key == wanted)


def _internal_rate(flows: Any, guess: float) -> float:
    money = _numbers(flows)
    return float(optimize.newton(lambda rate: sum(one / (1 + rate) ** at for at, one in enumerate(money)), guess))


def _subtotal(book: Workbook, kind: float, cells: Any) -> float:
    assert kind == 109
    return sum(value for (sheet, row, _), value in cells
               if (sheet, row) not in book.hidden and isinstance(value, float | int))  # fmt: skip


_FUNCTIONS: dict[str, Any] = {
    "_sum": lambda *parts: sum(_numbers(*parts)), "_max": lambda *parts: max(_numbers(*parts), default=0.0),
    "_count": lambda *parts: len(_numbers(*parts)), "_sumifs": _sum_if, "_irr": _internal_rate,
    "_round": lambda value, digits: round(value, int(digits)), "_subtotal": _subtotal,
    "_index": lambda cells, at: cells[int(at) - 1][1] if 0 < at <= len(cells) else 0.0,
    "_iferror": lambda value, other: value, "_if": lambda test, yes, no: yes if test else no,
}  # fmt: skip
_NAMES = {
    "SUM": "_sum", "MAX": "_max", "COUNT": "_count", "SUMIFS": "_sumifs", "IRR": "_irr", "ROUND": "_round",
    "SUBTOTAL": "_subtotal(self.book,", "INDEX": "_index", "IFERROR": "_iferror", "IF": "_if",
}  # fmt: skip
