"""What became of every row of every file that was read?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from workbench.log.engine import Log
from workbench.log.store import Connection
from workbench.tables import Table, table

Status = Literal["added", "known"]
Kind = Literal["nulled", "filtered", "quarantined", "clock"]

TABLES = """
CREATE TABLE IF NOT EXISTS file (
    file_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, digest VARCHAR NOT NULL, profile VARCHAR NOT NULL,
    reading VARCHAR NOT NULL, ingested_at TIMESTAMP NOT NULL, first_at TIMESTAMP, last_at TIMESTAMP,
    rows_read BIGINT NOT NULL, accepted BIGINT NOT NULL, duplicate BIGINT NOT NULL, filtered BIGINT NOT NULL,
    quarantined BIGINT NOT NULL, note VARCHAR,
    CHECK (rows_read = accepted + duplicate + filtered + quarantined));
CREATE TABLE IF NOT EXISTS file_count (
    file_id INTEGER NOT NULL, kind VARCHAR NOT NULL, field VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    n BIGINT NOT NULL, first_lines BIGINT[] NOT NULL, example VARCHAR);
CREATE TABLE IF NOT EXISTS quarantine (
    file_id INTEGER NOT NULL, line BIGINT NOT NULL, reason VARCHAR NOT NULL, start_text VARCHAR);
CREATE TABLE IF NOT EXISTS alias (file_id INTEGER NOT NULL, id UUID NOT NULL, customer_key UUID);
CREATE TABLE IF NOT EXISTS forgotten (customer_key UUID NOT NULL);
"""
"""The accounts in SQL; the identity is a constraint, so a file that does not add up cannot be written.

`alias` says which other identifiers of a file belong to a customer, `forgotten` who never comes back: pseudonyms all.
"""


FORGOTTEN = "forgotten"
"""Why a row is filtered whose customer asked to be forgotten."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows or values of a file that were left out for one reason: how many, and where to find them.

    Attributes:
        kind: `filtered`, `quarantined`, `nulled` (the row is kept), or `clock` (the row is kept; the clock changed).
        field: the field of the contact; empty when the row itself is meant.
        reason: why.
        n: the number of rows (of kind `nulled`, counted over all rows read).
        first_lines: the first lines of the file where it occurs.
        example: the first such value, masked.
    """

    kind: Kind
    field: str
    reason: str
    n: int
    first_lines: tuple[int, ...] = ()
    example: str | None = None


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the rows of one file: rows read = accepted + duplicate + filtered + quarantined.

    Example:
        >>> account = FileAccount(1, "a.csv", "generic_csv", "added", 10, 6, 1, 2, 1)
        >>> print(account)
        a.csv: 10 rows read = 6 accepted + 1 duplicate + 2 filtered + 1 quarantined
    """

    file_id: int
    name: str
    profile: str
    status: Status
    rows_read: int
    accepted: int
    duplicate: int
    filtered: int
    quarantined: int
    left_out: tuple[LeftOut, ...] = ()
    """What was left out, why, and where."""

    def __post_init__(self) -> None:
        total = self.accepted + self.duplicate + self.filtered + self.quarantined
        if self.rows_read != total:
            raise ValueError(f"rows_read must be the sum of what became of the rows, {total}, got {self.rows_read!r}")

    @property
    def counts(self) -> tuple[tuple[Kind, str, str, int], ...]:
        """Kind, field, reason and number of rows of what was left out."""
        return tuple((one.kind, one.field, one.reason, one.n) for one in self.left_out)

    def reasons(self, kind: Kind) -> dict[str, int]:
        """The number of rows of a kind by reason (by field, for values that were nulled)."""
        totals: dict[str, int] = defaultdict(int)
        for which, field, reason, n in self.counts:
            if which == kind:
                totals[field if kind == "nulled" else reason] += n
        return dict(totals)

    @property
    def nulled(self) -> Mapping[str, int]:
        """Field: the number of values that could not be read and were left out, their rows kept."""
        return self.reasons("nulled")

    def __str__(self) -> str:
        known = " (already in the log)" if self.status == "known" else ""
        return (
            f"{self.name}: {self.rows_read:,} rows read = {self.accepted:,} accepted + {self.duplicate:,} duplicate + "
            f"{self.filtered:,} filtered + {self.quarantined:,} quarantined{known}"
        )


def write_account(connection: Connection, account: FileAccount, digest: str, reading: str, note: str | None) -> None:
    """Store the account of a file whose contacts are in the table `contact`; the row in `file` comes last."""
    rows = [
        (account.file_id, one.kind, one.field, one.reason, one.n, list(one.first_lines), one.example)
        for one in account.left_out
    ]
    if rows:
        connection.executemany("INSERT INTO file_count VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute(
        """INSERT INTO file SELECT $id, $name, $digest, $profile, $reading,
               CAST(timezone('UTC', now()) AS TIMESTAMP), min(started_at), max(started_at),
               $rows_read, $accepted, $duplicate, $filtered, $quarantined, $note
           FROM contact WHERE file_id = $id""",
        {
            "id": account.file_id, "name": account.name, "digest": digest, "profile": account.profile,
            "reading": reading, "rows_read": account.rows_read, "accepted": account.accepted,
            "duplicate": account.duplicate, "filtered": account.filtered, "quarantined": account.quarantined,
            "note": note,
        },
    )  # fmt: skip


def read_accounts(
    connection: Connection, schema: str = "main", status: Status = "known"
) -> dict[tuple[str, str], FileAccount]:
    """The accounts in a database by the digest of the file and the way it was read."""
    left_out: dict[int, list[LeftOut]] = defaultdict(list)
    for file_id, kind, field, reason, n, lines, example in connection.execute(
        f"SELECT file_id, kind, field, reason, n, first_lines, example FROM {schema}.file_count ORDER BY ALL"
    ).fetchall():
        left_out[file_id].append(LeftOut(kind, field, reason, n, tuple(lines), example))
    accounts = {}
    for digest, reading, file_id, name, profile, read, accepted, duplicate, filtered, quarantined in connection.execute(
        "SELECT digest, reading, file_id, name, profile, rows_read, accepted, duplicate, filtered, quarantined "
        f"FROM {schema}.file ORDER BY file_id"
    ).fetchall():
        accounts[digest, reading] = FileAccount(
            file_id, name, profile, status, read, accepted, duplicate, filtered, quarantined, tuple(left_out[file_id])
        )
    return accounts


def accounts_tables(accounts: Iterable[FileAccount], notes: Iterable[str] = ()) -> tuple[Table, ...]:
    """What became of the rows of each file; then why rows and values were left out."""
    accounts = tuple(accounts)
    rows = [
        (a.name, a.profile, a.status, a.rows_read, a.accepted, a.duplicate, a.filtered, a.quarantined) for a in accounts
    ]
    why = [
        (a.name, one.kind, one.field or None, one.reason, one.n, ", ".join(map(str, one.first_lines)), one.example)
        for a in accounts
        for one in a.left_out
    ]
    main = ("file", "profile", "file_status", "rows_read", "accepted", "duplicate", "filtered", "quarantined")
    return (
        table("log_accounts", main, rows, notes),
        table("log_left_out", ("file", "left_out", "field", "why", "n", "first_lines", "masked_example"), why),
    )


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that is no contact: where it stands, why, and its start as it is written, letters masked."""

    file: str
    line: int
    reason: str
    start_text: str | None


def quarantined_rows(log: Log, most: int | None = None) -> tuple[QuarantinedRow, ...]:
    """The rows in quarantine, in the order of files and lines.

    Args:
        log: an open log.
        most: no more than so many.
    """
    rows, files = log.table("quarantine"), log.table("file")
    found = rows.join(files, "file_id").select("name", "line", "reason", "start_text", "file_id")
    ordered = found.order_by(["file_id", "line"])
    return tuple(
        QuarantinedRow(row["name"], row["line"], row["reason"], row["start_text"])
        for row in log.rows(ordered if most is None else ordered.limit(most))
    )


def log_accounts(log: Log) -> tuple[FileAccount, ...]:
    """The accounts of all files in a log."""
    files, counts = log.table("file"), log.table("file_count")
    left_out: dict[int, list[LeftOut]] = defaultdict(list)
    for row in log.rows(counts.order_by(["file_id", "kind", "field", "reason"])):
        found = LeftOut(row["kind"], row["field"], row["reason"], row["n"], tuple(row["first_lines"]), row["example"])
        left_out[row["file_id"]].append(found)
    totals = ("rows_read", "accepted", "duplicate", "filtered", "quarantined")
    return tuple(
        FileAccount(
            row["file_id"], row["name"], row["profile"], "known",
            **{name: row[name] for name in totals}, left_out=tuple(left_out[row["file_id"]]),
        )
        for row in log.rows(files.order_by("file_id"))
    )  # fmt: skip
