"""What does every reader of a source give: records in batches, each with the line it stands in?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from touchpoints.faults import hint
from workbench.log.errors import LogError

LINE = "@line"
"""The column of every batch that holds the line, sheet row or record number, counted from one."""

ROWS_PER_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that could not be read as a record, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records in file order: the wanted columns and their lines; what could not be read; the share of the file.

    Texts have no blanks around them.
    """

    table: pa.Table
    unreadable: tuple[Unreadable, ...]
    done: float


def text_batch(
    columns: Mapping[str, Sequence[str | None]], lines: Sequence[int], unreadable: Iterable[Unreadable], done: float
) -> Batch:
    """A batch of text columns.

    Example:
        >>> text_batch({"a": [" x", None]}, [2, 3], [], 1.0).table.to_pydict()
        {'a': ['x', None], '@line': [2, 3]}
    """
    arrays = {name: trimmed(pa.array(values, pa.string())) for name, values in columns.items()}
    arrays[LINE] = pa.array(lines, pa.int64())
    return Batch(pa.table(arrays), tuple(unreadable), min(1.0, done))


def trimmed(array: pa.Array) -> pa.Array:
    """Texts without blanks around them; arrays of another type as they are.

    Example:
        >>> trimmed(pa.array([" a b ", None])).to_pylist()
        ['a b', None]
    """
    if pa.types.is_dictionary(array.type):
        return trimmed(array.cast(array.type.value_type))
    text = pa.types.is_string(array.type) or pa.types.is_large_string(array.type)
    return pc.utf8_trim_whitespace(array) if text else array


_VALUE = re.compile(r"[-+]?[\d.,:/ -]*\d[\d.,:/ TZ+-]*|[^@\s]+@[^@\s]+\.\w+")


def is_value(text: str) -> bool:
    """Whether a text is a number, a time, a telephone number or an address: what no column is called.

    Example:
        >>> is_value("2026-03-01T10:00:00"), is_value("06-12345678"), is_value("started_at"), is_value("phone 2")
        (True, True, False, False)
    """
    return _VALUE.fullmatch(text) is not None


def require_columns(file: Path, required: Iterable[str], header: Sequence[str]) -> None:
    """Refuse a file that lacks a column the profile needs, or has it twice.

    Raises:
        LogError: it does; the nearest known column is named.
    """
    for name in required:
        if header.count(name) > 1:
            raise LogError(f"{file}: column '{name}' stands in it {header.count(name)} times; rename all but one")
        if name not in header:
            if any(map(is_value, header)):
                # What stands there may be of a customer: it is not told.
                raise LogError(
                    f"{file}: column '{short(name)}' is missing, and the first row looks like a contact; "
                    "put the names of the columns above it, or state them as `header` in the profile"
                )
            known = [part for part in dict.fromkeys(header) if part][:200]
            raise LogError(
                f"{file}: column '{short(name)}' is missing{hint(name, [short(part) for part in known], most=30)}"
            )


def short(text: str, most: int = 60) -> str:
    r"""A text fit for a message: printable and not too long.

    Example:
        >>> short("a\0b")
        'a·b'
    """
    plain = "".join(sign if sign.isprintable() else "·" for sign in text[: most + 1])
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
