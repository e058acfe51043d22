"""How does a new store come from the old one and the staging area, with the order-dependent work done once?

Every question about order (what came before, how long since the last contact) is answered here, row by row, and every
count a screen needs is added up per day; the measures only add up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ibis

from workbench.log.accounts import TABLES
from workbench.log.contact import FIELDS, INBOUND, REPEAT_NOTIONS, WORDS
from workbench.log.errors import LogError
from workbench.log.notes import Note, note
from workbench.log.rollups import rollups
from workbench.log.sql import literal
from workbench.log.store import VERSION, Connection, table_of, write_meta

_BUCKET_SHARE, _BUCKET_CONTACTS = 0.05, 50
_ORDER = "started_at, file_id, record"


def build_store(
    connection: Connection,
    *,
    has_old: bool,
    replaced: Iterable[int],
    settings: Mapping[str, Any],
    progress: Callable[[float], None],
) -> None:
    """Fill an empty database from the attached `staging`, and from the attached `old` when there is one.

    Args:
        connection: the new store, with `staging` and perhaps `old` attached.
        has_old: whether there is an old store.
        replaced: the files of the old store that are left out.
        settings: time_zone, window_days and key_mark of the store.
        progress: is told the share of the work that is done.

    Raises:
        LogError: the contacts do not add up to the accounts.
    """
    out = ", ".join(str(file_id) for file_id in replaced) or "-1"
    parts = ["staging"] if not has_old else ["old", "staging"]
    connection.execute(TABLES)
    for table in ("file", "file_count", "quarantine"):
        for part in parts:
            where = f"WHERE file_id NOT IN ({out})" if part == "old" else ""
            connection.execute(f"INSERT INTO {table} SELECT * FROM {part}.{table} {where}")
    progress(0.05)
    columns = ", ".join(("file_id", "record", "line", *FIELDS))
    selects = [
        f"SELECT {columns} FROM {part}.contact" + (f" WHERE file_id NOT IN ({out})" if part == "old" else "")
        for part in parts
    ]
    connection.execute(f"CREATE TEMP VIEW incoming AS {' UNION ALL BY NAME '.join(map(_as_text, selects))}")
    coded = _code_words(connection)
    person = _repeat_key(connection)
    progress(0.2)
    connection.execute(_contact_sql(coded, person, str(settings["time_zone"])))
    progress(0.8)
    _check_accounts(connection)
    first, last = connection.execute("SELECT min(started_at), max(started_at) FROM contact").fetchone() or (None, None)
    for name, expression in rollups(table_of(connection, "contact"), int(settings["window_days"]), last).items():
        connection.execute(f"CREATE TABLE {name} AS {ibis.to_sql(expression, dialect='duckdb')}")
    write_meta(
        connection,
        {
            **settings,
            "version": VERSION,
            "repeat_key": person,
            "first_at": first.isoformat() if first else None,
            "last_at": last.isoformat() if last else None,
            "notes": [one.model_dump() for one in _notes(connection)],
        },
    )
    progress(1.0)


def _repeat_key(connection: Connection) -> str:
    """Who comes back: the customer, or in a log that knows no customers the case."""
    customers = _scalar(connection, "SELECT count(customer_key) FROM incoming")
    return (
        "customer_key" if customers or not _scalar(connection, "SELECT count(case_key) FROM incoming") else "case_key"
    )


def _as_text(select: str) -> str:
    """Words as text, so that two stores' codes can meet."""
    texts = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in WORDS)
    return f"SELECT * REPLACE ({texts}) FROM ({select})"


def _code_words(connection: Connection) -> set[str]:
    """Make a dictionary type `word_FIELD` for every field with words in it; the fields that have one."""
    coded = set()
    for name in WORDS:
        connection.execute(
            f"CREATE TEMP TABLE words AS SELECT DISTINCT {name} AS word FROM incoming WHERE {name} IS NOT NULL"
        )
        if _scalar(connection, "SELECT count(*) FROM words"):
            connection.execute(f"CREATE TYPE word_{name} AS ENUM (SELECT word FROM words ORDER BY word)")
            coded.add(name)
        connection.execute("DROP TABLE words")
    return coded


def _contact_sql(coded: set[str], person: str, time_zone: str) -> str:
    """All contacts in the order of their journeys, each with what went before it and how long ago.

    A journey is the contacts of a case or, without a case, of a customer. Only what the customer starts is a repeat.
    """
    words = ", ".join(f"CAST({name} AS word_{name}) AS {name}" for name in WORDS if name in coded)
    replaced = f"REPLACE ({words})" if words else ""
    local = f"timezone({literal(time_zone)}, timezone('UTC', started_at))"
    gaps, windows = [], []
    for notion, same in REPEAT_NOTIONS.items():
        key = ("customer", *same)
        windows.append(f"{notion}_window AS (PARTITION BY {', '.join(key)} ORDER BY {_ORDER})")
        known = " AND ".join(f"{part} IS NOT NULL" for part in key)
        before = f"epoch_us(started_at) - epoch_us(lag(started_at) OVER {notion}_window)"
        after = f"epoch_us(lead(started_at) OVER {notion}_window) - epoch_us(started_at)"
        gaps.append(f"{known} AS {notion}_known")
        gaps.append(f"CASE WHEN {known} THEN CAST(({before}) // 1000000 AS INTEGER) END AS {notion}_since_s")
        gaps.append(f"CASE WHEN {known} THEN CAST(({after}) // 1000000 AS INTEGER) END AS {notion}_until_s")
    return f"""
        CREATE TABLE contact AS
        WITH coded AS (
            SELECT * {replaced}, coalesce(case_key, customer_key) AS journey,
                   CASE WHEN {INBOUND} THEN {person} END AS customer,
                   CAST({local} AS DATE) AS day,
                   CAST(hour({local}) * 2 + minute({local}) // 30 AS UTINYINT) AS half_hour
            FROM incoming),
        linked AS (
            SELECT *,
                   CASE WHEN journey IS NOT NULL THEN lag(touchpoint) OVER journey_window END AS previous,
                   CASE WHEN journey IS NOT NULL THEN CAST(row_number() OVER journey_window AS INTEGER) END AS step,
                   {", ".join(gaps)}
            FROM coded
            WINDOW journey_window AS (PARTITION BY journey ORDER BY {_ORDER}), {", ".join(windows)})
        SELECT * EXCLUDE (customer) FROM linked ORDER BY journey, {_ORDER}"""


def _notes(connection: Connection) -> Iterable[Note]:
    """What a reader of the log should know: what its profiles say, and what is found in the contacts themselves."""
    for (text,) in connection.execute("SELECT DISTINCT note FROM file WHERE note IS NOT NULL ORDER BY 1").fetchall():
        yield Note.model_validate_json(text)
    most = _scalar(
        connection,
        "SELECT max(n) FROM (SELECT count(*) AS n FROM contact WHERE customer_key IS NOT NULL GROUP BY customer_key)",
    )
    known = _scalar(connection, "SELECT count(customer_key) FROM contact")
    if most >= _BUCKET_CONTACTS and most > _BUCKET_SHARE * known:
        yield note("bucket", most=most, known=known)
    clock = _scalar(connection, "SELECT sum(n) FROM file_count WHERE kind = 'clock'")
    if clock:
        yield note("clock", count=clock)


def _check_accounts(connection: Connection) -> None:
    accepted = _scalar(connection, "SELECT coalesce(sum(accepted), 0) FROM file")
    contacts = _scalar(connection, "SELECT count(*) FROM contact")
    if accepted != contacts:
        raise LogError(
            f"the accounts say {accepted:,} accepted rows and {contacts:,} are there; the store is unchanged"
        )


def _scalar(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0] or 0) if row else 0
