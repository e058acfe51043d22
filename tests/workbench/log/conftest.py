"""What do the tests of the contact log share?"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench.log.courses import courses
from workbench.log.engine import Log
from workbench.log.ingest import IngestResult, ingest
from workbench.log.profile import Profile
from workbench.log.profile_files import load_profile, parse_profile
from workbench.log.rollups import rollups
from workbench.log.store import open_log

KEY = bytes(range(32))


@dataclass
class Read:
    """A file that was read into a log of its own."""

    result: IngestResult
    log: Log

    @property
    def account(self) -> Any:
        return self.result.files[0]

    def column(self, field: str) -> list[Any]:
        """The values of a field in the order of the file."""
        contact = self.log.table("contact")
        rows = self.log.rows(contact.order_by(["file_id", "record"]).select(field))
        return [row[field] for row in rows]


def profile_of(text: str) -> Profile:
    """A profile from YAML, or a built-in one by its name."""
    return parse_profile(text.encode(), "test.yaml") if ":" in text else load_profile(text)


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Callable[..., Read]]:
    """Read content (text, bytes, or a file) with a profile (YAML, or a name) into a new log, and open it.

    Nothing is withheld unless asked: `suppress_below` is 1 when not given.
    """
    with ExitStack() as stack:

        def read_content(content: str | bytes | Path, profile: str, *, suppress_below: int = 1, **options: Any) -> Read:
            file = content if isinstance(content, Path) else tmp_path / "log.csv"
            folder = Path(tempfile.mkdtemp(dir=tmp_path))
            if isinstance(content, str | bytes):
                file.write_bytes(content.encode() if isinstance(content, str) else content)
            store = folder / "log.duckdb"
            result = ingest([file], profile_of(profile), store, KEY, **options)
            return Read(result, stack.enter_context(open_log(store, suppress_below=suppress_below)))

        yield read_content


@pytest.fixture(scope="session")
def content_of() -> Callable[[Path], tuple[Any, ...]]:
    """All that a store says of contacts in any order, but for the files and lines in which they stood."""

    def content(store: Path) -> tuple[Any, ...]:
        with open_log(store) as log:
            contact = log.table("contact")
            kept = log.rows(contact.drop("file_id", "record", "line"))
            names = rollups(contact, log.window_days, log.last_at)
            added = {name: sorted(map(repr, log.rows(log.table(name)))) for name in names}
            words = "SELECT type_name, labels FROM duckdb_types() WHERE labels IS NOT NULL"
            coded = sorted(map(repr, log.connection.execute(words).fetchall()))
            told = ("first_at", "last_at", "repeat_key", "notes", "window_days", "long_pause_s")
            return sorted(map(repr, kept)), added, _courses(log), coded, {name: log.meta[name] for name in told}

    return content


def _courses(log: Log) -> list[str]:
    """Every journey as its contacts, with begin and end."""
    found = courses(log, times=True)
    variants = [[found.words[code] for code in found.runs.sequence(i)] for i in range(len(found.runs))]
    assert found.begun_at is not None
    assert found.ended_at is not None
    ends = zip(found.runs.of.tolist(), found.begun_at.tolist(), found.ended_at.tolist(), strict=True)
    return sorted(repr((variants[i], *at)) for i, *at in ends)


@pytest.fixture(scope="session")
def key() -> bytes:
    """The key of the pseudonyms in tests."""
    return KEY


@pytest.fixture(scope="session")
def as_csv() -> Callable[[list[dict[str, Any]]], str]:
    """Make canonical CSV from rows with any of the fields."""

    def write(rows: list[dict[str, Any]]) -> str:
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines = [",".join(names), *(",".join(_cell(row.get(name)) for name in names) for row in rows)]
        return "\n".join(lines) + "\n"

    return write


def _cell(value: Any) -> str:
    return "" if value is None else json.dumps(value) if isinstance(value, str) and "," in value else str(value)
