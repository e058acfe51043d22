"""How is delimited text read: any encoding, gz or not, quotes, lines with too many or too few fields?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.log.errors import LogError
from workbench.log.profile import Layout
from workbench.log.sources.batch import ROWS_PER_BATCH, Batch, Unreadable, require_columns, short, text_batch
from workbench.log.sources.packed import open_unpacked
from workbench.log.sources.text import open_text, other_form

if TYPE_CHECKING:
    import _csv

_LONGEST_LINE = 2**20


def read_delimited(file: Path, profile: Layout, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """The records of a text file, in batches.

    Raises:
        LogError: the file is no delimited text, or lacks a column the profile needs.
    """
    with open_unpacked(file) as (data, done):
        text = open_text(data, profile.encoding)
        try:
            for columns, lines, unreadable in _records(file, text, profile, wanted):
                yield text_batch(columns, lines, unreadable, done())
        except UnicodeError as error:
            raise LogError(
                f"{file}: is not {text.encoding} ({error}); state another 'encoding' in the profile"
            ) from error


def _records(
    file: Path, text: io.TextIOWrapper, profile: Layout, wanted: tuple[str, ...]
) -> Iterator[tuple[dict[str, list[str | None]], list[int], list[Unreadable]]]:
    """Wanted columns, line numbers and unreadable lines of each batch."""
    binary = other_form(text)
    numbered = _lines(file, text)
    try:
        for _ in range(profile.skip_lines):
            next(numbered, None)
        header, first = _header(file, numbered, profile)
        require_columns(file, profile.required, header)
    except LogError as error:
        if binary:  # a file with its columns is read, whatever else is in it
            raise LogError(f"{file}: is no text table but {binary}") from error
        raise
    places = {name: header.index(name) for name in wanted if name in header}
    separator = _separator(profile, first)
    rows = _rows(numbered, separator, profile.quotes, profile.skip_lines + (not profile.header), len(header))
    kept: list[list[str]] = []
    lines: list[int] = []
    unreadable: list[Unreadable] = []
    for line, outcome in rows:
        if isinstance(outcome, Unreadable):
            unreadable.append(outcome)
        else:
            kept.append(outcome)
            lines.append(line)
        if len(kept) + len(unreadable) >= ROWS_PER_BATCH:
            yield {name: [row[place] for row in kept] for name, place in places.items()}, lines, unreadable
            kept, lines, unreadable = [], [], []
    yield {name: [row[place] for row in kept] for name, place in places.items()}, lines, unreadable


def _lines(file: Path, text: io.TextIOWrapper) -> Iterator[str]:
    """The physical lines; one without an end in sight is refused before it fills the memory."""
    for number, line in enumerate(iter(lambda: text.readline(_LONGEST_LINE), ""), start=1):
        if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
            raise LogError(f"{file}:{number}: a line of more than {_LONGEST_LINE:,} characters; this is no text file")
        yield line


def _header(file: Path, numbered: Iterator[str], profile: Layout) -> tuple[list[str], str]:
    """The column names and the line they stand in."""
    if profile.header:
        return list(profile.header), ""
    first = next(numbered, None)
    if first is None or not first.strip():
        raise LogError(f"{file}: the file has no line of column names; is it empty, or is 'skip_lines' wrong?")
    separator = _separator(profile, first)
    try:
        names = next(_reader(iter([first]), separator, profile.quotes))
    except csv.Error as error:
        raise LogError(f"{file}:1: the line of column names cannot be read ({error}): '{short(first)}'") from error
    return [name.strip() for name in names], first


def _separator(profile: Layout, first: str) -> str:
    """The separator; `auto` takes the candidate that the line of names has most."""
    if profile.separator != "auto":
        return profile.separator
    return max(("\t", ";", ",", "|"), key=lambda sign: (first.count(sign), sign == ","))


def _reader(lines: Iterator[str], separator: str, quotes: bool) -> _csv.Reader:
    # Strict, so that a quote that is never closed is an error and not a field that swallows the rest of the file.
    if quotes:
        return csv.reader(lines, delimiter=separator, strict=True)
    return csv.reader(lines, delimiter=separator, strict=True, quoting=csv.QUOTE_NONE)


def _rows(
    numbered: Iterator[str], separator: str, quotes: bool, before: int, width: int
) -> Iterator[tuple[int, list[str] | Unreadable]]:
    """Each record with its first line; every physical line of a record that cannot be read."""
    reader = _reader(numbered, separator, quotes)
    while True:
        line = before + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = _csv_reason(str(error), line)
        else:
            if not row:
                continue
            if len(row) > width and not any(cell.strip() for cell in row[width:]):
                row = row[:width]
            if len(row) == width:
                yield line, row
                continue
            reason = f"has {len(row)} fields where the header has {width}"
        for number in range(line, before + reader.line_num + 1):
            yield number, Unreadable(number, reason)


def _csv_reason(message: str, line: int) -> str:
    if "unexpected end" in message or "larger than field limit" in message:
        return f"lies inside a quote that opens in line {line} and is not closed"
    return f"has a quote inside a quoted value ({message})" if "expected after" in message else message
