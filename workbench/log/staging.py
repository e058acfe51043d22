"""How is one file read into the staging area: converted, sorted into accepted and not, counted?

The staging area is a DuckDB file beside the store. Each file is one transaction, so that what was read before a crash
need not be read again. It holds pseudonyms and typed fields only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from workbench.log.accounts import TABLES, FileAccount, Kind, write_account
from workbench.log.contact import FIELDS
from workbench.log.conversion import Conversion
from workbench.log.profile import Profile
from workbench.log.pseudonym import hmac_blocks
from workbench.log.sources.batch import LINE, Batch
from workbench.log.sources.reading import read_batches
from workbench.log.store import Connection

_NAMES = ", ".join(FIELDS)
_COLUMNS = ", ".join(f"{name} {field.sql_type}" for name, field in FIELDS.items())

Counts = Counter[tuple[Kind, str, str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, and how it is to be read."""

    file: Path
    digest: str
    profile: Profile
    time_zone: str
    mark: str
    """What changes when the file would be read in another way."""


def create_staging(connection: Connection) -> None:
    """Make the tables of an empty staging area."""
    connection.execute(TABLES)
    connection.execute(f"CREATE TABLE contact (file_id INTEGER, record BIGINT, line BIGINT, {_COLUMNS})")


def stage_file(
    connection: Connection,
    reading: Reading,
    key: bytes,
    file_id: int,
    present: str,
    progress: Callable[[float], None],
) -> FileAccount:
    """Read a file into the staging area in one transaction.

    Args:
        connection: the staging area.
        reading: the file and how it is read.
        key: the key of the pseudonyms.
        file_id: the number of the file in the store.
        present: SQL that gives the contact ids that are there already.
        progress: is told the share of the file that has been read.

    Raises:
        LogError: the file cannot be read as its profile says; the staging area is as before.
    """
    connection.execute("BEGIN")
    try:
        rows, counts = _load(connection, reading, key, file_id, progress)
        duplicate = _remove_duplicates(connection, reading.profile, file_id, present)
        accepted = _scalar(connection, f"SELECT count(*) FROM contact WHERE file_id = {file_id}")
        account = FileAccount(
            file_id, reading.file.name, reading.profile.id, "added", rows, accepted, duplicate,
            sum(n for (kind, _, _), n in counts.items() if kind == "filtered"),
            sum(n for (kind, _, _), n in counts.items() if kind == "quarantined"),
            tuple((kind, field, reason, n) for (kind, field, reason), n in sorted(counts.items())),
        )  # fmt: skip
        note = reading.profile.note.model_dump_json() if reading.profile.note else None
        write_account(connection, account, reading.digest, reading.mark, note)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return account


def _load(
    connection: Connection, reading: Reading, key: bytes, file_id: int, progress: Callable[[float], None]
) -> tuple[int, Counts]:
    """All batches of a file; the number of rows read, and what was counted on the way."""
    counts: Counts = Counter()
    rows = 0
    for batch in read_batches(reading.file, reading.profile):
        _load_batch(connection, reading, key, file_id, batch, rows, counts)
        rows += batch.table.num_rows + len(batch.unreadable)
        progress(batch.done)
    return rows, counts


def _load_batch(
    connection: Connection, reading: Reading, key: bytes, file_id: int, batch: Batch, before: int, counts: Counts
) -> None:
    if batch.unreadable:
        bad_lines = pa.table({"line": [x.line for x in batch.unreadable], "why": [x.reason for x in batch.unreadable]})
        connection.register("bad_lines", bad_lines)
        connection.execute("INSERT INTO quarantine SELECT $file, line, why, NULL FROM bad_lines", {"file": file_id})
        connection.unregister("bad_lines")
        counts.update(("quarantined", "", _general(bad.reason)) for bad in batch.unreadable)
    if not batch.table.num_rows:
        return
    conversion = _register(connection, reading, batch.table, before)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE converted AS {conversion.select()}", _blocks(conversion, key))
    connection.unregister("batch")
    _count(connection, conversion, counts)
    connection.execute(
        "INSERT INTO quarantine SELECT $file, line, unusable, start_text FROM converted "
        "WHERE filtered IS NULL AND unusable IS NOT NULL ORDER BY record",
        {"file": file_id},
    )
    connection.execute(
        f"INSERT INTO contact SELECT $file, record, line, {_NAMES} FROM converted "
        "WHERE filtered IS NULL AND unusable IS NULL",
        {"file": file_id},
    )


def _register(connection: Connection, reading: Reading, table: pa.Table, before: int) -> Conversion:
    """Make a batch known to SQL as `batch` under safe column names."""
    described = connection.from_arrow(table.drop_columns([LINE]))
    types = {
        name: "VARCHAR" if str(kind).startswith("ENUM") else str(kind)
        for name, kind in zip(table.drop_columns([LINE]).column_names, described.types, strict=True)
    }
    conversion = Conversion(reading.profile, types, reading.time_zone)
    safe = table.rename_columns(["line" if name == LINE else conversion.column(name) for name in table.column_names])
    records = pa.array(range(before + 1, before + table.num_rows + 1), pa.int64())
    connection.register("batch", safe.append_column("record", records))
    return conversion


def _blocks(conversion: Conversion, key: bytes) -> dict[str, bytes]:
    """The parts of the key that the SQL names."""
    sql = conversion.select()
    return {name: block for name, block in hmac_blocks(key).items() if f"${name}" in sql}


def _count(connection: Connection, conversion: Conversion, counts: Counts) -> None:
    """Add up what was filtered, quarantined, nulled and moved by the clock."""
    usable = "filtered IS NULL AND unusable IS NULL"
    questions: list[tuple[Kind, str, str, str]] = [
        ("filtered", "", "filtered", "filtered IS NOT NULL"),
        ("quarantined", "", "unusable", "filtered IS NULL AND unusable IS NOT NULL"),
        ("clock", "started_at", "clock", f"clock IS NOT NULL AND {usable}"),
        *(("nulled", name, f"why_{name}", f"why_{name} IS NOT NULL") for name in conversion.nullable),
    ]
    totals = ", ".join(f"count(*) FILTER (WHERE {test})" for *_, test in questions)
    found = connection.execute(f"SELECT {totals} FROM converted").fetchone() or ()
    for (kind, field, column, test), total in zip(questions, found, strict=True):
        if total:
            sql = f"SELECT {column}, count(*) FROM converted WHERE {test} GROUP BY 1"
            for reason, n in connection.execute(sql).fetchall():
                counts[kind, field, reason] += n


def _remove_duplicates(connection: Connection, profile: Profile, file_id: int, present: str) -> int:
    """Take contacts out that are there already, in this file or before; the number taken out."""
    own = f"file_id = {file_id}"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE repeated AS SELECT contact_id, min(record) AS first FROM contact "
        f"WHERE {own} GROUP BY contact_id HAVING count(*) > 1"
    )
    before = _scalar(connection, f"SELECT count(*) FROM contact WHERE {own}")
    if _scalar(connection, "SELECT count(*) FROM repeated"):
        if profile.identical_rows == "keep" and "contact_id" not in profile.columns:
            _number_alike(connection, own)
        else:
            connection.execute(
                f"DELETE FROM contact USING repeated WHERE {own} AND contact.contact_id = repeated.contact_id "
                "AND record > first"
            )
    connection.execute(f"DELETE FROM contact WHERE {own} AND contact_id IN ({present})")
    return before - _scalar(connection, f"SELECT count(*) FROM contact WHERE {own}")


def _number_alike(connection: Connection, own: str) -> None:
    """Rows that are alike and are all kept: the second gets the id of a second, in whichever file it stands."""
    connection.execute(
        f"""UPDATE contact SET contact_id = CAST(md5(CAST(contact.contact_id AS VARCHAR) || ':' || place) AS UUID)
            FROM (SELECT record AS alike, row_number() OVER (PARTITION BY contact_id ORDER BY record) AS place
                  FROM contact WHERE {own} AND contact_id IN (SELECT contact_id FROM repeated)) numbered
            WHERE {own} AND record = alike AND place > 1"""
    )


def _scalar(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _general(reason: str) -> str:
    """A reason without its numbers, so that lines of one kind are counted together."""
    return "is inside an open quote" if "quote that opens" in reason else reason
