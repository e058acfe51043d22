"""How is a file of JSON records read, each value by its path?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from touchpoints.faults import hint
from workbench.log.errors import LogError
from workbench.log.profile import Profile
from workbench.log.sources.batch import ROWS_PER_BATCH, Batch, Unreadable, short, text_batch
from workbench.log.sources.json_path import value_at
from workbench.log.sources.json_stream import Json, json_records
from workbench.log.sources.packed import open_unpacked
from workbench.log.sources.text import open_text

Columns = Callable[[Json], Iterable[Mapping[str, str | None]]]
"""What a record says under the names of columns: one row, or several."""


def read_json(file: Path, profile: Profile, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """The records of a JSON file, plain or gz, in batches; a member that a record lacks is absent.

    Raises:
        LogError: the file is no JSON, or no record has the time a contact starts.
    """
    getters = {name: value_at(name) for name in wanted}

    def columns(record: Json) -> list[dict[str, str | None]]:
        return [{name: get(record) for name, get in getters.items()}]

    return json_batches(file, profile, wanted, columns)


def json_batches(
    file: Path, profile: Profile, wanted: tuple[str, ...], columns: Columns, within: str | None = None
) -> Iterator[Batch]:
    """The rows that `columns` makes of the records of a file, in batches."""
    rows: dict[str, list[str | None]] = {name: [] for name in wanted}
    lines: list[int] = []
    unreadable: list[Unreadable] = []
    started = False
    with open_unpacked(file) as (data, done):
        text = open_text(data, profile.encoding)
        for line, record in json_records(file, text, within or profile.records):
            if isinstance(record, Unreadable):
                unreadable.append(record)
            else:
                for row in columns(record):
                    lines.append(line)
                    for name, values in rows.items():
                        values.append(row.get(name))
            if len(lines) + len(unreadable) >= ROWS_PER_BATCH:
                _require_start(file, profile, rows, started, record)
                started = True
                yield text_batch(rows, lines, unreadable, done())
                rows, lines, unreadable = {name: [] for name in wanted}, [], []
        if lines:
            _require_start(file, profile, rows, started, record)
        yield text_batch(rows, lines, unreadable, 1.0)


def _require_start(
    file: Path, profile: Profile, rows: Mapping[str, list[str | None]], started: bool, record: Any
) -> None:
    """Refuse a file in which nothing stands where contacts start; it is another export than the profile is for."""
    wanted = profile.columns["started_at"].columns
    if started or any(any(rows[name]) for name in wanted):
        return
    known = [short(name) for name in record][:200] if isinstance(record, dict) else []
    raise LogError(f"{file}: no record has '{wanted[0]}'{hint(wanted[0], known, most=30)}; is 'records' right?")
