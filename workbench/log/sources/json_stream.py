"""Which records does a JSON file hold? Read one by one, so that memory does not grow with the file.

Three forms serve: one object a line; an array; an object (or several, the pages of an interface) with the array under a
name. Numbers stay the text they are written as, so that no id loses a digit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from workbench.log.errors import LogError
from workbench.log.sources.batch import Unreadable, short

Json = Any
"""A value of JSON: text, yes or no, nothing, a list, or a mapping."""

LARGEST_RECORD = 16 * 2**20
"""The longest record or line [characters]."""

_CHUNK = 2**18
_LONGEST_LIST = 1000
_BLANKS = " \t\r\n\x1e"
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def json_records(file: Path, text: IO[str], within: str | None = None) -> Iterator[tuple[int, Json | Unreadable]]:
    """The records of a file with the lines they start in; in a file of one object a line, bad lines are passed by.

    Args:
        file: the file, for messages.
        text: its text.
        within: the name of the array that holds the records, in a file that is an object.

    Raises:
        LogError: it is no JSON, is cut off, is nested too deeply, or a record is too long.
    """
    first, line = "", 0
    while not first.strip(_BLANKS):
        first, line = text.readline(LARGEST_RECORD), line + 1
        if not first:
            return
    try:
        whole = _DECODER.decode(first.strip(_BLANKS))
    except (json.JSONDecodeError, RecursionError):
        whole = None
    if isinstance(whole, dict):
        yield from _of_lines(text, within, first, line)
    else:
        yield from _of_document(_Source(file, text, first, line), within)


def _of_lines(text: IO[str], within: str | None, first: str, line: int) -> Iterator[tuple[int, Json | Unreadable]]:
    """The records of a file of one object a line."""
    written = first
    while written:
        if len(written) >= LARGEST_RECORD and written[-1] != "\n":
            yield line, Unreadable(line, f"is longer than {LARGEST_RECORD:,} characters")
            while written and written[-1] != "\n":
                written = text.readline(LARGEST_RECORD)
        elif written.strip(_BLANKS):
            for value in _of_line(written, within, line):
                yield line, value
        written, line = text.readline(LARGEST_RECORD), line + 1


def _of_line(written: str, within: str | None, line: int) -> list[Json | Unreadable]:
    try:
        value = _DECODER.decode(written.strip(_BLANKS))
    except json.JSONDecodeError as error:
        return [Unreadable(line, f"is no JSON ({error.msg})")]
    except RecursionError:
        return [Unreadable(line, "is nested too deeply")]
    if not isinstance(value, dict):
        return [Unreadable(line, "is no object")]
    inner = value.get(within) if within else None
    if not isinstance(inner, list):
        return [value]
    return [one if isinstance(one, dict) else Unreadable(line, "is no object") for one in inner]


def _of_document(source: _Source, within: str | None) -> Iterator[tuple[int, Json | Unreadable]]:
    """The records of arrays and objects that stand one after the other."""
    while sign := source.peek():
        if sign not in "[{":
            raise source.refused("stands where a list or an object is wanted; is the file JSON?", shown=True)
        for line, value in source.elements() if sign == "[" else source.members(within):
            yield line, value if isinstance(value, dict) else Unreadable(line, "is no object")


class _Source:
    """Text that is read on as it is used up, and the line it has come to."""

    def __init__(self, file: Path, text: IO[str], start: str, line: int) -> None:
        self._file, self._text = file, text
        self._buffer, self._at, self._ended = start, 0, False
        self.line = line

    def refused(self, why: str, *, shown: bool = False) -> LogError:
        """The error for what cannot be read here."""
        what = f"'{short(self._buffer[self._at : self._at + 20], 20)}' " if shown else ""
        return LogError(f"{self._file}:{self.line}: {what}{why}")

    def peek(self) -> str:
        """The next sign that is no blank; nothing at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _BLANKS:
                self.line += self._buffer[self._at] == "\n"
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._read(_CHUNK)

    def _read(self, size: int) -> None:
        more = self._text.read(size)
        self._ended = not more
        self._buffer, self._at = self._buffer[self._at :] + more, 0

    def _take(self, sign: str) -> None:
        found = self.peek()
        if found != sign:
            why = f"stands where '{sign}' is wanted" if found else f"ends where '{sign}' is wanted; is it cut off?"
            raise self.refused(why, shown=bool(found))
        self._at += 1

    def value(self) -> Json:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or self._ended:  # else a number could go on
                    self.line += self._buffer.count("\n", self._at, end)
                    self._at = end
                    return value
            except json.JSONDecodeError as error:
                if self._ended:
                    self.line += self._buffer.count("\n", self._at, error.pos)
                    raise self.refused(f"is no JSON ({error.msg}), or the file is cut off") from None
            except RecursionError:
                raise self.refused("a record is nested too deeply") from None
            length = len(self._buffer) - self._at
            if length > LARGEST_RECORD:
                raise self.refused(f"a record is longer than {LARGEST_RECORD:,} characters, or is no JSON")
            self._read(max(_CHUNK, length))

    def elements(self) -> Iterator[tuple[int, Json]]:
        """The elements of the array that starts here."""
        self._take("[")
        if self.peek() == "]":
            self._take("]")
            return
        while True:
            self.peek()
            yield self.line, self.value()
            if self.peek() == "]":
                self._take("]")
                return
            self._take(",")

    def members(self, within: str | None) -> Iterator[tuple[int, Json]]:
        """The records in the object that starts here: those of its array `within`, or else the object itself."""
        line = self.line
        if within is None:
            yield line, self.value()
            return
        whole: dict[str, Json] = {}
        found = False
        self._take("{")
        while self.peek() != "}":
            name = str(self.value())
            self._take(":")
            if name == within and self.peek() == "[":
                found = True
                yield from self.elements()
            elif self.peek() == "[":
                # Another array may be as long as the file: no more of it than a record may hold is kept.
                whole[name] = [value for place, (_, value) in enumerate(self.elements()) if place < _LONGEST_LIST]
            else:
                whole[name] = self.value()
            if self.peek() == ",":
                self._take(",")
        self._take("}")
        if not found:
            yield line, whole
