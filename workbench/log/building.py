"""How does a new store come from the old one and the staging area, with the order-dependent work done once?

Every question about order (what came before, how long since the last contact) is answered here, row by row, and every
count a screen needs is added up per day; the measures only add up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from workbench.log.accounts import FORGOTTEN, TABLES
from workbench.log.arranging import arrange
from workbench.log.contact import FIELDS, WORDS
from workbench.log.course_keeping import keep_courses, long_pause_s
from workbench.log.errors import LogError
from workbench.log.notes import Note, note
from workbench.log.rollups import rollups
from workbench.log.store import VERSION, Connection, query_of, tables_of, write_meta

_ACCOUNTS = ("file", "file_count", "quarantine", "alias")
_BUCKET_SHARE, _BUCKET_CONTACTS = 0.05, 50


def build_store(
    connection: Connection,
    *,
    has_old: bool,
    replaced: Iterable[int],
    forgotten: Iterable[UUID],
    settings: Mapping[str, Any],
    progress: Callable[[float], None],
) -> None:
    """Fill an empty database from the attached `staging`, and from the attached `old` when there is one.

    Args:
        connection: the new store, with `staging` and perhaps `old` attached.
        has_old: whether there is an old store.
        replaced: the files of the old store that are left out.
        forgotten: the customers of the old store that are left out, beside those it has forgotten already.
        settings: time_zone, window_days and key_mark of the store.
        progress: is told the share of the work that is done.

    Raises:
        LogError: the contacts do not add up to the accounts.
    """
    _take_accounts(connection, forgotten)
    out = ", ".join(str(file_id) for file_id in replaced) or "-1"
    if has_old:
        _take_old_accounts(connection, out)
    _gather_incoming(connection, out if has_old else None)
    progress(0.05)
    person = arrange(connection, str(settings["time_zone"]), int(settings["window_days"]), progress)
    progress(0.8)
    _check_accounts(connection)
    first, last = connection.execute("SELECT min(started_at), max(started_at) FROM contact").fetchone() or (None, None)
    pause_s = _add_up(connection, int(settings["window_days"]), last)
    facts = {
        "version": VERSION,
        "repeat_key": person,
        "first_at": first.isoformat() if first else None,
        "last_at": last.isoformat() if last else None,
        "long_pause_s": pause_s,
        "notes": [one.model_dump() for one in _notes(connection)],
    }
    write_meta(connection, {**settings, **facts})
    progress(1.0)


def _take_accounts(connection: Connection, forgotten: Iterable[UUID]) -> None:
    """The accounts of the files that come in, and who is forgotten from now on."""
    connection.execute(TABLES)
    connection.execute(
        "INSERT INTO forgotten SELECT unnest($ids) UNION FROM staging.forgotten", {"ids": list(forgotten)}
    )
    for table in _ACCOUNTS:
        connection.execute(f"INSERT INTO {table} FROM staging.{table}")


def _take_old_accounts(connection: Connection, out: str) -> None:
    """The accounts of the old store's files but those `out`, less the contacts of who is forgotten."""
    for table in _ACCOUNTS:
        connection.execute(f"INSERT INTO {table} FROM old.{table} WHERE file_id NOT IN ({out})")
    connection.execute("INSERT INTO forgotten FROM old.forgotten EXCEPT FROM forgotten")
    _leave_out_forgotten(connection)


def _gather_incoming(connection: Connection, out: str | None) -> None:
    """The view `incoming` of the contacts of both; `out` are the files of the old store left out, None without one."""
    columns = ", ".join(("file_id", "record", "line", *FIELDS))
    incoming = [f"SELECT {columns} FROM staging.contact"]
    if out is not None:
        kept = f"old.contact ANTI JOIN forgotten USING (customer_key) WHERE file_id NOT IN ({out})"
        incoming.append(f"SELECT {columns} FROM {kept}")
    connection.execute(f"CREATE TEMP VIEW incoming AS {' UNION ALL BY NAME '.join(map(_as_text, incoming))}")


def _add_up(connection: Connection, window_days: int, last: datetime | None) -> int | None:
    """Make the sums per day and the courses of the arranged contacts; gives the long pause [s]."""
    contact, passed = tables_of(connection, "contact", "memory.passed")
    for name, expression in rollups(contact, window_days, last, passed).items():
        _keep(connection, name, query_of(expression))
    pause_s = long_pause_s(connection)
    connection.execute("DROP TABLE memory.passed")
    keep_courses(connection)
    return pause_s


def _keep(connection: Connection, name: str, sql: str) -> None:
    """Make a table of what a query gives; sums of whole numbers, which DuckDB widens to 128 bits, in 64."""
    wide = f"SELECT column_name FROM (DESCRIBE {sql}) WHERE column_type = 'HUGEINT'"
    casts = ", ".join(f"CAST({column} AS BIGINT) AS {column}" for (column,) in connection.execute(wide).fetchall())
    connection.execute(f"CREATE TABLE {name} AS SELECT * {f'REPLACE ({casts})' if casts else ''} FROM ({sql})")


def _leave_out_forgotten(connection: Connection) -> None:
    """Account for the contacts of forgotten customers: rows that were accepted are filtered now."""
    connection.execute(
        f"""CREATE TEMP TABLE gone AS SELECT file_id, count(*) AS n
            FROM old.contact SEMI JOIN forgotten USING (customer_key) SEMI JOIN file USING (file_id) GROUP BY file_id;
        UPDATE file SET accepted = accepted - gone.n, filtered = filtered + gone.n, first_at = left_at.first_at,
            last_at = left_at.last_at
            FROM gone LEFT JOIN (
                SELECT file_id, min(started_at) AS first_at, max(started_at) AS last_at
                FROM old.contact ANTI JOIN forgotten USING (customer_key) GROUP BY file_id) left_at USING (file_id)
            WHERE file.file_id = gone.file_id;
        UPDATE gone SET n = gone.n + before.n FROM file_count before
            WHERE before.file_id = gone.file_id AND before.kind = 'filtered' AND before.reason = '{FORGOTTEN}';
        DELETE FROM file_count USING gone WHERE file_count.file_id = gone.file_id AND kind = 'filtered'
            AND reason = '{FORGOTTEN}';
        INSERT INTO file_count SELECT file_id, 'filtered', '', '{FORGOTTEN}', n, [], NULL FROM gone;
        DELETE FROM alias USING forgotten
            WHERE alias.id = forgotten.customer_key OR alias.customer_key = forgotten.customer_key"""
    )


def _as_text(select: str) -> str:
    """Words as text, so that two stores' codes can meet."""
    texts = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in WORDS)
    return f"SELECT * REPLACE ({texts}) FROM ({select})"


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
