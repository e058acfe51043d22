"""How is one file read into the staging area: converted, sorted into accepted and not, counted?

The staging area is a DuckDB file beside the store; it holds pseudonyms and typed fields only. A file is done when its
account stands in it; what a crash left of a file without an account is taken out by the next ingest. One transaction
per file would do the same, but keep every batch in memory until its end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pyarrow as pa

from workbench.log import remarks
from workbench.log.accounts import TABLES, FileAccount, write_account
from workbench.log.contact import FIELDS
from workbench.log.conversion import Conversion, sql_name
from workbench.log.customer_links import add_pairs, create_links, customers, link_file_profile, link_of, link_pairs
from workbench.log.errors import LogError
from workbench.log.lacking import remark
from workbench.log.profile import Profile
from workbench.log.pseudonym import hmac_blocks
from workbench.log.remarks import Remarks, nulled_sql
from workbench.log.sources.batch import LINE
from workbench.log.sources.reading import read_batches, read_columns
from workbench.log.store import Connection

_COLUMNS = ", ".join(
    (
        "file_id INTEGER, record BIGINT, line BIGINT",
        *(f"{name} {field.sql_type}" for name, field in FIELDS.items()),
        remarks.COLUMNS,
    )
)

_NAMES = ", ".join(("file_id, record, line", *FIELDS, "filtered, unusable, clock, start_text, nulled"))
_MANY_WORDS, _MOSTLY_DIFFERENT = 100, 0.9


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
    connection.execute(f"CREATE TABLE contact ({_COLUMNS})")


def clear_unfinished(connection: Connection) -> None:
    """Take out what a crash left of a file that was not read to its end."""
    for table in ("contact", "quarantine", "file_count", "alias"):
        connection.execute(f"DELETE FROM {table} WHERE file_id NOT IN (SELECT file_id FROM file)")


def stage_file(
    connection: Connection,
    reading: Reading,
    key: bytes,
    file_id: int,
    present: str,
    forgotten: Sequence[UUID],
    progress: Callable[[float], None],
) -> FileAccount:
    """Read a file into the staging area; its account is written last.

    Args:
        connection: the staging area.
        reading: the file and how it is read.
        key: the key of the pseudonyms.
        file_id: the number of the file in the store.
        present: SQL that gives the contact ids that are there already.
        forgotten: the customers whose contacts are not taken.
        progress: is told the share of the file that has been read.

    Raises:
        LogError: the file cannot be read as its profile says; the file is unfinished then.
    """
    own = f"file_id = {file_id}"
    rows, left_out = _load(connection, reading, key, file_id, progress)
    if left_out.total("filtered", "quarantined"):
        connection.execute(
            "INSERT INTO quarantine SELECT file_id, line, unusable, start_text FROM contact "
            f"WHERE {own} AND filtered IS NULL AND unusable IS NOT NULL ORDER BY record"
        )
        connection.execute(f"DELETE FROM contact WHERE {own} AND (filtered IS NOT NULL OR unusable IS NOT NULL)")
    left_out.forgotten(_forget(connection, file_id, forgotten))
    duplicate = _remove_duplicates(connection, reading.profile, file_id, present)
    accepted = _scalar(connection, f"SELECT count(*) FROM contact WHERE {own}")
    filtered, quarantined = left_out.total("filtered"), left_out.total("quarantined")
    account = FileAccount(
        file_id, reading.file.name, reading.profile.id, "added", rows, accepted, duplicate, filtered, quarantined,
        left_out.found,
    )  # fmt: skip
    said = remark(reading.profile)
    write_account(connection, account, reading.digest, reading.mark, said.model_dump_json() if said else None)
    return account


def _load(
    connection: Connection, reading: Reading, key: bytes, file_id: int, progress: Callable[[float], None]
) -> tuple[int, Remarks]:
    """Convert all batches of a file; the number of rows read, and what is to be left out of them."""
    rows, left_out, blocks = 0, Remarks(reading.profile), hmac_blocks(key)
    if not reading.file.stat().st_size:
        return rows, left_out
    if link_of(reading.profile):
        _link(connection, reading, blocks)
        connection.execute(f"INSERT INTO alias SELECT {file_id}, id, customer FROM linked")
    for batch in read_batches(reading.file, reading.profile):
        if batch.unreadable:
            left_out.unreadable(batch.unreadable)
            lines = {"line": [bad.line for bad in batch.unreadable], "why": [bad.reason for bad in batch.unreadable]}
            connection.register("unreadable", pa.table(lines))
            connection.execute(f"INSERT INTO quarantine SELECT {file_id}, line, why, NULL FROM unreadable")
            connection.unregister("unreadable")
        if batch.table.num_rows:
            conversion = _with_customers(connection, reading, batch.table, rows, blocks)
            if not rows:
                _refuse_free_text(connection, reading, conversion)
            sql = f"SELECT {file_id} AS file_id, *, {nulled_sql(conversion)} AS nulled FROM ({conversion.select()})"
            connection.execute(f"INSERT INTO contact SELECT {_NAMES} FROM ({sql})", _named(sql, blocks))
            left_out.batch(connection, file_id, rows, batch.table)
            connection.unregister("batch")
        rows += batch.table.num_rows + len(batch.unreadable)
        progress(batch.done)
    return rows, left_out


def _refuse_free_text(connection: Connection, reading: Reading, conversion: Conversion) -> None:
    """Refuse a field of words that differ from row to row, before any of it is written.

    Raises:
        LogError: they do; it is free text, or names of people.
    """
    words = conversion.vocabularies()
    if not words:
        return
    asked = ", ".join(f"approx_count_distinct({text}), count({text})" for text in words.values())
    found = connection.execute(f"SELECT {asked} FROM batch").fetchone() or ()
    for field, distinct, known in zip(words, found[::2], found[1::2], strict=True):
        if distinct >= _MANY_WORDS and distinct > _MOSTLY_DIFFERENT * known:
            column = reading.profile.columns[field].columns[0]
            raise LogError(
                f"{reading.file}: column '{column}' differs from row to row (about {distinct:,} words in {known:,} "
                f"rows), so it is free text or names people; map another column to '{field}', or name the field "
                "under 'free_text' in the profile"
            )


def _named(sql: str, blocks: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of the key that a query asks for."""
    return {name: block for name, block in blocks.items() if f"${name}" in sql}


def _link(connection: Connection, reading: Reading, blocks: Mapping[str, bytes]) -> None:
    """Find out which identifiers in a file, and in the profile's link file, belong to one customer."""
    profile = reading.profile
    link, other = link_of(profile), link_file_profile(profile)
    assert link is not None
    files = [reading] if other is None else [reading, replace(reading, file=Path(link.file or ""), profile=other)]
    create_links(connection)
    for one in files:
        wanted = (*one.profile.columns["started_at"].sources, *one.profile.columns["customer_key"].sources)
        for batch in read_columns(one.file, one.profile, tuple(dict.fromkeys(wanted))):
            if batch.table.num_rows:
                conversion = _register(connection, one, batch.table, 0)
                add_pairs(connection, _identifiers(connection, conversion, blocks))
                connection.unregister("batch")
    link_pairs(connection, link.most)


def _identifiers(connection: Connection, conversion: Conversion, blocks: Mapping[str, bytes]) -> pa.Table:
    sql = conversion.identifiers()
    return connection.execute(sql, _named(sql, blocks)).to_arrow_table()


def _with_customers(
    connection: Connection, reading: Reading, table: pa.Table, before: int, blocks: Mapping[str, bytes]
) -> Conversion:
    """Make a batch known as `batch`, with the customer whose identifiers are linked when the profile says so."""
    conversion = _register(connection, reading, table, before)
    if link_of(reading.profile) and "customer_key" in conversion.mapped:
        found = customers(connection, _identifiers(connection, conversion, blocks))
        connection.unregister("batch")
        _register(connection, reading, table, before, customer=found)
    return conversion


def _register(
    connection: Connection, reading: Reading, table: pa.Table, before: int, customer: pa.ChunkedArray | None = None
) -> Conversion:
    """Make a batch known to SQL as `batch` under safe column names."""
    names = [name for name in table.column_names if name != LINE]
    safe = {name: sql_name(reading.profile, name) for name in names} | {LINE: "line"}
    records = pa.array(np.arange(before + 1, before + table.num_rows + 1))
    renamed = table.rename_columns([safe[name] for name in table.column_names]).append_column("record", records)
    if customer is not None:
        renamed = renamed.append_column("customer", customer)
    connection.register("batch", renamed)
    described = connection.execute("SELECT column_name, column_type FROM (DESCRIBE batch)").fetchall()
    types = dict(described)
    return Conversion(reading.profile, {name: types[safe[name]] for name in names}, reading.time_zone)


def _forget(connection: Connection, file_id: int, customers: Sequence[UUID]) -> int:
    """Take the contacts of customers out, by whichever of their identifiers; the number of contacts."""
    if not customers:
        return 0
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE known_as AS
            SELECT unnest($ids) AS id UNION SELECT customer_key FROM alias
            WHERE file_id = {file_id} AND id IN (SELECT unnest($ids)) AND customer_key IS NOT NULL;
        """,
        {"ids": list(customers)},
    )
    # What this file links to a forgotten customer is forgotten with it, and its links leave no trace.
    connection.execute(
        f"""INSERT INTO forgotten SELECT id FROM alias WHERE file_id = {file_id} AND customer_key IN (FROM known_as)
            UNION SELECT id FROM known_as WHERE id NOT IN (SELECT unnest($ids));
        """,
        {"ids": list(customers)},
    )
    connection.execute(
        f"DELETE FROM alias WHERE file_id = {file_id} AND (id IN (FROM known_as) OR customer_key IN (FROM known_as))"
    )
    return _scalar(connection, f"DELETE FROM contact WHERE file_id = {file_id} AND customer_key IN (FROM known_as)")


def _remove_duplicates(connection: Connection, profile: Profile, file_id: int, present: str) -> int:
    """Take contacts out that are there already, in this file or before; the number of contacts."""
    own, removed = f"file_id = {file_id}", 0
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE repeated AS SELECT contact_id, min(record) AS first FROM contact "
        f"WHERE {own} GROUP BY contact_id HAVING count(*) > 1"
    )
    if _scalar(connection, "SELECT count(*) FROM repeated"):
        if profile.identical_rows == "keep" and "contact_id" not in profile.columns:
            _number_alike(connection, own)
        else:
            removed += _scalar(
                connection,
                f"DELETE FROM contact USING repeated WHERE {own} AND contact.contact_id = repeated.contact_id "
                "AND record > first",
            )
    return removed + _scalar(connection, f"DELETE FROM contact WHERE {own} AND contact_id IN ({present})")


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
