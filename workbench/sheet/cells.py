"""How is a value of the model written in a cell, and what does a cell mean?

Cells are text in the model's own notation. What a spreadsheet makes of it all the same (62% is the number 0.62, 2/5
the second of May) is taken back where only one reading is possible, and else refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from touchpoints.dutch_units import in_english
from touchpoints.faults import hint
from touchpoints.quantities import Change, Duration, Number, Scale, Share
from touchpoints.yaml_tree import read_yaml, write_flow
from workbench.editing.change import ABSENT
from workbench.language.language import Language
from workbench.sheet.columns import Column
from workbench.sheet.names import names_text, names_value

LONGEST = 32_000
"""So many characters fit a cell."""


_LARGEST = 1e15
_MINUS = "\u2212"
"""The sign before negative numbers in print, which the report uses."""
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d+(?:\.\.\d+(?:[.,]\d+)?)?\s*%)")
"""The comma in a percentage; between parts of a mapping no percentage follows at once."""


class CellError(ValueError):
    """A cell that cannot be read, said in one line; with the rule of the model that it breaks."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell means, and what was made of it on the way."""

    value: Any
    remark: str = ""


def shown(column: Column, value: Any, language: Language) -> str:
    """The text of a cell for a value as written in the model.

    Example:
        >>> language = Language("nl")
        >>> shown(Column("name", "name"), {"nl": "Balie", "en": "Desk"}, language)
        'Balie'
        >>> shown(Column("systems", "refs"), ["crm", "mail"], language)
        'crm, mail'
        >>> shown(Column("next", "mapping"), {"resolved": "62%", "call": "rest"}, language)
        'resolved: 62%, call: rest'
    """
    if value is ABSENT or value is None:
        return ""
    if column.kind == "name" and isinstance(value, dict):
        other = "en" if language.code == "nl" else "nl"
        return str(value.get(language.code) or value.get(other) or "")
    if column.words:
        words = value if isinstance(value, list) else [value]
        return ", ".join(label(column, _yes_no(word), language) for word in words)
    if column.kind == "names":
        return names_text(value, language) if isinstance(value, dict | list) else str(value)
    if isinstance(value, dict):
        text = write_flow(value)
        return text[1:-1] if column.kind == "mapping" and value else text
    if isinstance(value, list):
        parts = [item if isinstance(item, str) else write_flow(item) for item in value]
        return ", ".join(parts) if not any("," in part for part in parts) else write_flow(value)
    return value if isinstance(value, str) else write_flow(value)


def label(column: Column, word: str, language: Language) -> str:
    """A word of the model as people say it; the word itself where two of a column would be called alike."""
    said = language.word(word)
    return said if sum(language.word(one) == said for one in column.words) == 1 else word


def read(column: Column, cell: Any, language: Language) -> Read:
    """What a cell means, ABSENT when it is empty.

    Raises:
        CellError: it cannot be read, or can be read in two ways.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return Read(ABSENT)
    if isinstance(cell, bool):
        cell = "yes" if cell else "no"
    if isinstance(cell, date | datetime | time | timedelta):
        return _of_time(column, cell)
    if isinstance(cell, int | float) and not column.words:
        return _of_number(column, cell)
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
    return Read(_of_text(column, text, language))


def _of_text(column: Column, text: str, language: Language) -> Any:
    if column.words:
        found = [_word(column, part, language) for part in (_split(text) if column.kind == "words" else [text])]
        return found if column.kind == "words" else found[0]
    if column.kind == "refs":
        return _split(text)
    if column.kind == "list":
        return _flow(text) if text.startswith("[") else _split(text)
    if column.kind == "names":
        return _names(text)
    if column.kind == "mapping" and (":" in text or text.startswith("{")):
        text = _DECIMAL_COMMA.sub(".", text)
        return _flow(text if text.startswith("{") else f"{{{text}}}")
    if column.kind == "quantity":
        text = in_english(text.replace(_MINUS, "-"))
        if text.startswith("{"):
            return _flow(text)
    if column.kind == "number":
        text = text.replace(_MINUS, "-").removeprefix("+")
        text = text.replace(",", ".") if re.fullmatch(r"-?\d+,(?!\d{3}\Z)\d+", text) else text
    if column.kind in ("number", "quantity", "key"):
        return plain_number(text)
    return text


def _names(text: str) -> Any:
    """Ids with what people call them."""
    try:
        return names_value(_flow("[{}]".format(text.replace("\n", ", "))))
    except ValueError as error:
        raise CellError("yaml-syntax", f"'{text}' cannot be read; write it like find, act: Do it yourself") from error


def _of_number(column: Column, cell: float) -> Read:
    """A cell that holds a bare number."""
    if not abs(cell) < _LARGEST:
        raise CellError("out-of-range", f"is the number {cell:g}, which is too large for a model")
    number = int(cell) if float(cell).is_integer() else cell
    text = repr(number)
    if column.quantity in (Share, Change):
        percent = f"{float(cell) * 100:.10g}%"
        if column.quantity is Share and not 0 <= cell <= 1:
            raise CellError("out-of-range", f"is the number {text}, and a share is written {text}%")
        return Read(percent)
    if column.kind == "day" and 20_000 <= cell <= 80_000:
        day = date(1899, 12, 30) + timedelta(days=int(cell))
        raise CellError("quantity", f"is the bare number {text}; if the day {day} is meant, write that")
    if column.kind == "number" or column.quantity is Number or column.kind == "key":
        return Read(number)
    if column.kind == "names":
        return Read([text])
    if column.quantity is not None or column.kind in ("text", "name", "month", "day"):
        return Read(text if column.quantity is None else number)
    return Read(text)


def _of_time(column: Column, cell: date | time | timedelta) -> Read:
    """A cell that holds a date or a time of the clock."""
    day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None
    if column.kind == "day" and day:
        return Read(day.isoformat())
    if column.kind == "month" and day:
        return Read(day.isoformat()[:7])
    if column.quantity is Scale and day and 5 in (day.day, day.month) and min(day.day, day.month) <= 5:
        place = day.month if day.day == 5 else day.day
        return Read(f"{place}/5", f"the spreadsheet made the date {day} of it; read as {place}/5")
    if column.quantity is not None and column.quantity.UNIT == Duration.UNIT:
        raise CellError("quantity", f"is the time of the clock {cell}; write how long it takes, like 4m10s")
    if column.kind in ("text", "name") and day:
        return Read(day.isoformat())
    raise CellError("quantity", f"is a date or time ({cell}); make it text, and write it as the note at the top says")


def _word(column: Column, text: str, language: Language) -> str:
    """The word of the model behind what people say, in any language."""
    wanted = text.casefold().strip()
    for word in column.words:
        said = {word, word.replace("_", " "), *(label(column, word, Language(code)) for code in ("nl", "en"))}
        if wanted in {one.casefold() for one in said}:
            return word
    known = [label(column, word, language) for word in column.words]
    raise CellError("unknown-word", f"'{text}' is unknown{hint(text, known, most=20)}")


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _flow(text: str) -> Any:
    """What a text means as YAML on one line."""
    tree, faults = read_yaml(text.encode("utf-8", "replace"), "cell")
    if tree is None or faults:
        raise CellError("yaml-syntax", f"'{text}' cannot be read; write it like a: 62%, b: rest")
    return tree.plain()


def plain_number(text: str) -> Any:
    """A number where the text is one and would be written the same, else the text.

    Example:
        >>> plain_number("8"), plain_number("1.50"), plain_number("012")
        (8, '1.50', '012')
    """
    try:
        number = float(text)
        value: Any = int(text) if re.fullmatch(r"-?\d+", text) else number
    except ValueError:
        return text
    return value if _number_text(value) == text else text


def _number_text(value: Any) -> str:
    """A number as the model writes it, empty when it cannot."""
    try:
        return write_flow(value)
    except ValueError:
        return ""


def _yes_no(word: Any) -> str:
    return {True: "yes", False: "no"}.get(word, str(word)) if isinstance(word, bool) else str(word)
