"""What form does a file have, and what do its first records hold?"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from workbench.log.errors import LogError
from workbench.log.profile import SEPARATORS, Format, Layout
from workbench.log.sources.batch import LINE, Unreadable, is_value
from workbench.log.sources.json_stream import LARGEST_RECORD, Json, json_records
from workbench.log.sources.packed import open_unpacked
from workbench.log.sources.reading import read_table, require_file
from workbench.log.sources.text import marked_encoding, open_text
from workbench.log.sources.workbook import sheet_header

MOST = 50_000
_MOST_JSON = 5_000
_LINES = 200
_SIGNS = "\t;,|"


@dataclass(frozen=True)
class Sample:
    """A file's form, how it is laid out, and its first records by column."""

    file: Path
    format: Format
    settings: dict[str, str] = field(default_factory=dict)
    """Key of the profile: its value as YAML writes it."""
    seen: tuple[str, ...] = ()
    """What was seen of the file as a whole."""
    columns: dict[str, list[str | None]] = field(default_factory=dict)
    whole: bool = True
    """Whether these are all records."""

    @property
    def rows(self) -> int:
        """The number of records looked at."""
        return max(map(len, self.columns.values()), default=0)


def sample_of(file: Path) -> Sample:
    """The first records of a file, whatever its form.

    Raises:
        LogError: it is not a file with records.
    """
    require_file(file)
    with open_unpacked(file) as (data, _):
        start = data.read(4096)
    if start.startswith(b"PAR1"):
        return _parquet(file)
    if start.startswith(b"PK\x03\x04"):
        return _workbook(file)
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<"):
        return Sample(file, "xes", seen=(f"attributes: {', '.join(_attributes(file))}",))
    if text[:1] in (b"{", b"["):
        return _json(file)
    return _delimited(file)


def _attributes(file: Path) -> list[str]:
    with open_unpacked(file) as (data, _):
        start = data.read(2**20).decode("utf-8", "replace")
    return sorted({name for name in re.findall(r'key="([^"]{1,60})"', start) if name.isprintable()})[:40]


def _parquet(file: Path) -> Sample:
    try:
        names = pq.read_schema(file).names
    except (OSError, ValueError) as error:
        raise LogError(f"{file}: cannot be read as Parquet ({str(error).splitlines()[0]})") from error
    return _table(file, Layout(format="parquet"), names, {}, ())


def _workbook(file: Path) -> Sample:
    layout = Layout(format="xlsx")
    names = [name for name in sheet_header(file, layout) if name]
    return _table(file, layout, names, {}, ("the first sheet is read; `sheet` names another",))


def _delimited(file: Path) -> Sample:
    with open_unpacked(file) as (data, _):
        marked = marked_encoding(data)
        text = open_text(data, "auto")
        encoding = text.encoding
        lines = list(islice(iter(lambda: text.readline(LARGEST_RECORD), ""), _LINES))
    if not any(map(str.strip, lines)):
        raise LogError(f"{file}: holds no lines of text")
    separator, skip = _separator(lines)
    rows = list(csv.reader(lines[skip:], delimiter=separator))
    header = [name.strip() for name in rows[0]]
    named = not any(map(is_value, header)) and len(set(header)) == len(header)
    names = header if named else [f"column_{place}" for place in range(1, len(header) + 1)]
    word = next((word for word, sign in SEPARATORS.items() if sign == separator), separator)
    settings = {"separator": word, "encoding": "utf-8" if marked else encoding}
    seen = [f"encoding: {'a byte order mark says ' + marked if marked else 'its bytes are sound ' + encoding}"]
    if skip:
        settings["skip_lines"] = str(skip)
        seen.append(f"{skip} lines above the line of column names")
    if not named:
        settings["header"] = f"[{', '.join(names)}]"
        seen.append("the first line holds values and no names; name the columns under `header`")
    layout = Layout(format="delimited", separator=separator, encoding=encoding, skip_lines=skip,
                    header=None if named else tuple(names))  # fmt: skip
    return _table(file, layout, names, settings, tuple(seen))


def _separator(lines: list[str]) -> tuple[str, int]:
    """The sign that parts most lines into the same number of fields, and the lines before the first of these."""
    best = (0.0, ",", 0)
    for place, sign in enumerate(_SIGNS):
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            continue
        width, n = Counter(filter(None, widths)).most_common(1)[0]
        score = (n / len(widths) if width > 1 else 0.0) + width / 10_000 - place / 100_000
        if score > best[0]:
            best = (score, sign, widths.index(width))
    return best[1], best[2] if best[2] <= 20 else 0


def _table(file: Path, layout: Layout, names: list[str], settings: dict[str, str], seen: tuple[str, ...]) -> Sample:
    columns: dict[str, list[str | None]] = {name: [] for name in names}
    unreadable: list[Unreadable] = []
    whole = True
    for batch in read_table(file, layout, tuple(names)):
        for name, values in batch.table.to_pydict().items():
            if name != LINE:
                columns[name] += [None if value in (None, "") else str(value) for value in values]
        unreadable += batch.unreadable
        if max(map(len, columns.values()), default=0) >= MOST:
            whole = batch.done >= 1.0
            break
    if unreadable:
        seen = (*seen, f"{len(unreadable)} lines cannot be read as records; they go to quarantine with their line")
    return Sample(file, layout.format, settings, seen, columns, whole)


def _json(file: Path) -> Sample:
    within = _array_name(file)
    settings = {"records": within} if within else {}
    columns: dict[str, list[str | None]] = {}
    rows = 0
    with open_unpacked(file) as (data, _):
        for _, record in islice(json_records(file, open_text(data, "utf-8"), within), _MOST_JSON):
            if isinstance(record, Unreadable):
                continue
            for path, value in _plain_values(record):
                column = columns.setdefault(path, [])
                column += [None] * (rows - len(column))
                column.append(value)
            rows += 1
    columns = {path: [*column, *[None] * (rows - len(column))] for path, column in columns.items()}
    seen = ("lists inside a record are not looked into; a path such as people[role=customer].id reaches them",)
    return Sample(file, "json", settings, seen, columns, rows < _MOST_JSON)


def _array_name(file: Path) -> str | None:
    """The name of the array that holds the records, in a file that is an object."""
    with open_unpacked(file) as (data, _):
        start = open_text(data, "utf-8").read(2**18).lstrip()
    if not start.startswith("{"):
        return None
    try:
        with open_unpacked(file) as (data, _):
            first = next(json_records(file, open_text(data, "utf-8")), (0, None))[1]
    except LogError:
        found = re.search(r'"(\w+)"\s*:\s*\[\s*\{', start)
        return found[1] if found else None
    if not isinstance(first, dict):
        return None
    lists = {
        name: value for name, value in first.items() if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    return max(lists, key=lambda name: len(lists[name])) if lists and len(first) <= 8 else None


def _plain_values(record: Json, before: str = "", depth: int = 0) -> Iterator[tuple[str, str | None]]:
    """The paths of plain values in a record."""
    members: dict[str, Any] = record
    for name, value in members.items():
        path = f"{before}{name}"
        if isinstance(value, dict) and depth < 4:
            yield from _plain_values(value, f"{path}.", depth + 1)
        elif isinstance(value, bool):
            yield path, "true" if value else "false"
        elif isinstance(value, str):
            yield path, value.strip() or None
