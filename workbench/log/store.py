"""Where are contacts kept, and who may open it? This is the one door to DuckDB."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable, Node

from workbench.log.engine import SUPPRESS_BELOW, Log
from workbench.log.errors import LogError, LogInUseError

VERSION = "3"
"""The layout of the store; another one is built anew from the files."""

Connection = duckdb.DuckDBPyConnection
DatabaseError = duckdb.Error


@dataclass(frozen=True, slots=True)
class Resources:
    """What the engine may use: memory [MiB] and threads; it spills to disk beyond the memory."""

    memory_mib: int = 1024
    threads: int | None = None

    def __post_init__(self) -> None:
        if self.memory_mib < 128:
            raise ValueError(f"memory_mib must be at least 128, got {self.memory_mib!r}")
        if self.threads is not None and self.threads < 1:
            raise ValueError(f"threads must be at least 1, got {self.threads!r}")


BUILDING = Resources(memory_mib=512)
"""What building a store takes unless told otherwise.

What an engine has beyond its limit and the passes over arrays come on top: ten million contacts take 1.6 GiB in all.
With twice the limit they took 2 GiB, and no less time.
"""


@contextmanager
def engine(resources: Resources, spill: Path) -> Iterator[Connection]:
    """An engine without a file of its own; what does not fit in memory spills to a folder that is gone afterwards."""
    with _connection(":memory:", resources, spill, read_only=False) as connection:
        yield connection


def attach(connection: Connection, file: Path, alias: str, *, read_only: bool) -> None:
    """Open a store, or make one, beside others under an alias.

    Raises:
        LogError: the file is no database, is damaged, or another process is writing to it.
    """
    path = str(file).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{path}' AS {alias} {'(READ_ONLY)' if read_only else ''}")
    except duckdb.Error as error:
        raise _unopened(file, error) from error


@contextmanager
def _connection(file: str, resources: Resources, spill: Path, *, read_only: bool) -> Iterator[Connection]:
    config: dict[str, Any] = {
        "memory_limit": f"{resources.memory_mib}MiB",
        "temp_directory": str(spill),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if resources.threads is not None:
        config["threads"] = resources.threads
    try:
        connection = duckdb.connect(file, read_only=read_only, config=config)
    except duckdb.Error as error:
        raise _unopened(Path(file), error) from error
    try:
        # SET enable_progress_bar fails in a notebook without ipywidgets.
        connection.execute("SET TimeZone = 'UTC'; PRAGMA disable_progress_bar")
        yield connection
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)


def _unopened(file: Path, error: duckdb.Error) -> LogError:
    if "lock on file" in str(error):
        return LogInUseError(f"{file}: another process is writing to it; wait until it is done")
    return LogError(f"{file}: cannot be opened as a contact log ({first_line(error)})")


def first_line(error: Exception) -> str:
    """The message of an error, without the query behind it."""
    return str(error).strip().partition("\n")[0]


class StoredLog(Log):
    """A contact log in a store of DuckDB."""

    in_order = True
    keeps_courses = True

    def __init__(self, file: Path, connection: Connection, suppress_below: int = SUPPRESS_BELOW) -> None:
        self.file = file
        self.suppress_below = suppress_below
        self.connection = connection
        self._backend = ibis.duckdb.from_connection(connection)
        self._tables: dict[str, ibis.Table] = {}

    def table(self, name: str) -> ibis.Table:
        """A table of the store, looked up once."""
        if name not in self._tables:
            self._tables[name] = self._backend.table(name).unbind()
        return self._tables[name]

    def arrow(self, expression: ibis.Table) -> pa.Table:
        """The columns of an expression; words that the store codes stay coded, for ten million texts take seconds."""
        given = expression.op().find(InMemoryTable)
        for table in given:
            self.connection.register(table.name, table.data.to_pyarrow(table.schema))
        try:
            found = self.connection.execute(query_of(expression)).to_arrow_table()
        finally:
            for table in given:
                self.connection.unregister(table.name)
        wanted = zip(found.schema, expression.schema().to_pyarrow(), strict=True)
        return found.cast(pa.schema([own if pa.types.is_dictionary(own.type) else field for own, field in wanted]))

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """What the store says about itself."""
        return read_meta(self.connection)

    def write_parquet(self, expression: ibis.Table, folder: Path, by: Sequence[str] = ()) -> None:
        """Write the rows of an expression as a folder of Parquet, with a folder inside for each value of `by`."""
        options = f", PARTITION_BY ({', '.join(by)})" if by else ", PER_THREAD_OUTPUT"
        query, path = query_of(expression), str(folder).replace("'", "''")
        self.connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd{options})")


def query_of(expression: ibis.Table) -> str:
    """The query of an expression; one that was asked before, over tables of the same columns, is not written anew."""
    # Data that came with the expression must not be kept.
    op = expression.op()
    return (_written if op.find(InMemoryTable) else _kept)(op)


def _written(op: Node) -> str:
    return str(ibis.to_sql(op.to_expr(), dialect="duckdb"))


_kept = lru_cache(maxsize=512)(_written)


@contextmanager
def open_log(
    file: str | Path, resources: Resources | None = None, suppress_below: int = SUPPRESS_BELOW
) -> Iterator[StoredLog]:
    """The contact log in a store, open for reading; groups of fewer contacts than `suppress_below` are not shown.

    The log of a project, with the project's own setting, is opened by `workbench.log.opening.open_project_log`.

    Raises:
        LogError: there is no store, or it is not one of this version.
    """
    if suppress_below < 1:
        raise ValueError(f"suppress_below must be at least 1, got {suppress_below!r}")
    path = Path(file)
    if not path.is_file():
        raise LogError(f"{path}: there is no contact log yet; run `workbench log ingest`")
    spill = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with _connection(str(path), resources or Resources(), spill, read_only=True) as connection:
        require_version(path, connection)
        yield StoredLog(path, connection, suppress_below)


def tables_of(connection: Connection, *names: str) -> tuple[ibis.Table, ...]:
    """Tables to write expressions over: of the database in use, or of another when the name begins with it."""
    backend = ibis.duckdb.from_connection(connection)
    parts = (name.rpartition(".") for name in names)
    found = (backend.table(name, database=(schema, "main") if schema else None) for schema, _, name in parts)
    return tuple(table.unbind() for table in found)


def require_version(file: Path, connection: Connection, schema: str = "main") -> None:
    """Refuse a file that is not a store of this version.

    Raises:
        LogError: it is not.
    """
    try:
        found = read_meta(connection, schema).get("version")
    except duckdb.Error as error:
        raise LogError(f"{file}: is not a contact log ({first_line(error)})") from error
    if found != VERSION:
        raise LogError(f"{file}: was made in layout {found}, this is layout {VERSION}; delete it and ingest again")


def read_meta(connection: Connection, schema: str = "main") -> dict[str, Any]:
    """What a store says about itself."""
    rows = connection.execute(f"SELECT key, value FROM {schema}.meta").fetchall()
    return {key: json.loads(value) for key, value in rows}


def write_meta(connection: Connection, values: Mapping[str, Any], schema: str = "main") -> None:
    """Replace what a store says about itself."""
    connection.execute(f"CREATE OR REPLACE TABLE {schema}.meta (key VARCHAR NOT NULL, value VARCHAR NOT NULL)")
    rows = [(key, json.dumps(value)) for key, value in values.items()]
    connection.executemany(f"INSERT INTO {schema}.meta VALUES (?, ?)", rows)
