"""How do contacts as they were read become the table `contact`: sorted, coded, each with what came before it?

DuckDB sorts, and spills to disk when memory is short; the sorted contacts stream through passes over arrays back into
the store. Windows in SQL gave the same columns at four times the cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from itertools import chain

import pyarrow as pa

from workbench.log.contact import FIELDS, INBOUND, REPEAT_NOTIONS, WORDS
from workbench.log.course_keeping import COURSE, course_columns
from workbench.log.local_time import LocalClock, local_clock
from workbench.log.passages import COLUMNS
from workbench.log.sequence import (
    FOLLOWS,
    clock_columns,
    journey_columns,
    passage_columns,
    repeat_columns,
    whole_groups,
)
from workbench.log.store import Connection

_ORDER = "started_at, file_id, record"
_ROWS_PER_BATCH = 122_880
"""Twice as many cost half a GiB more, and saved a tenth of the time of this step."""
_OWNERS = ("case_key", "customer_key")
_GAPS = {
    f"{notion}_{part}": kind
    for notion in REPEAT_NOTIONS
    for part, kind in (("known", "BOOLEAN"), ("since_s", "INTEGER"), ("until_s", "INTEGER"))
}
_BEGAN = f"{INBOUND} AS inbound"


def arrange(connection: Connection, time_zone: str, window_days: int, progress: Callable[[float], None]) -> str:
    """Make the table `contact` of a new store from `incoming`; says who comes back: customer_key or case_key.

    Beside it come `memory.passed`, each contact of a journey with what follows, for the roll-up of these, and
    `memory.course`, each journey with the sequence of its contacts.

    A journey is the contacts of a case or, without a case, of a customer. Only what the customer starts is a repeat.

    Args:
        connection: the new store, with a view `incoming` of contacts as they were read.
        time_zone: the zone whose days and half hours are counted in.
        window_days: the longest gap within an episode of a customer [d].
        progress: is told the share of the work that is done.
    """
    counts = ", ".join(f"count({name})" for name in FIELDS)
    found = connection.execute(f"SELECT {counts}, min(started_at), max(started_at) FROM incoming").fetchone() or ()
    known = {name: n for name, n in zip(FIELDS, found, strict=False) if n}
    coded = [name for name in WORDS if name in known]
    _code_words(connection, coded)
    connection.execute(f"CREATE TABLE contact ({_columns(coded)})")
    connection.execute(f"CREATE OR REPLACE TABLE memory.passed ({_passed_columns(coded)})")
    connection.execute(f"CREATE OR REPLACE TABLE memory.course ({COURSE})")
    person = "case_key" if "customer_key" not in known and "case_key" in known else "customer_key"
    progress(0.2)
    if known:
        first, last = (moment.replace(tzinfo=UTC) for moment in found[-2:])
        _write(connection, known, person, local_clock(time_zone, first, last), window_days, progress)
    return person


def _code_words(connection: Connection, coded: list[str]) -> None:
    """Make a dictionary type `word_FIELD` of the words of each field."""
    for name in coded:
        words = f"SELECT DISTINCT {name} AS word FROM incoming WHERE {name} IS NOT NULL ORDER BY word"
        connection.execute(f"CREATE TYPE word_{name} AS ENUM ({words})")


def _columns(coded: list[str]) -> str:
    """The columns of `contact` and their types."""
    types = {name: f"word_{name}" if name in coded else field.sql_type for name, field in FIELDS.items()}
    place = {"file_id": "INTEGER", "record": "BIGINT", "line": "BIGINT"}
    derived = {"journey": "UUID", "day": "DATE", "half_hour": "UTINYINT", "previous": types["touchpoint"]}
    return ", ".join(f"{name} {kind}" for name, kind in (place | types | derived | {"step": "INTEGER"} | _GAPS).items())


def _passed_columns(coded: list[str]) -> str:
    """The columns of `memory.passed` and their types."""
    kinds = {"day": "DATE", "is_first": "BOOLEAN", "follows": f"ENUM {FOLLOWS}", "gap_s": "BIGINT"}
    words = {name: name.removeprefix("first_").removeprefix("next_") for name in COLUMNS if name not in kinds}
    types = {name: f"word_{word}" if word in coded else "VARCHAR" for name, word in words.items()}
    return ", ".join(f"{name} {(kinds | types)[name]}" for name in COLUMNS)


def _write(
    connection: Connection,
    known: Mapping[str, int],
    person: str,
    clock: LocalClock,
    window_days: int,
    progress: Callable[[float], None],
) -> None:
    """Sort all contacts by journey, see what came before each, and store them in that order."""
    owners = [name for name in _OWNERS if name in known]
    place = ["file_id", "record", "line"]
    if len(owners) < 2:
        # A journey is its owner, so it is sorted once, and repeats are seen on the way.
        alone, rows = True, "incoming"
        fields = [_coded(name) for name in known if name not in owners]
        columns = [*place, *fields, f"{owners[0] if owners else 'CAST(NULL AS UUID)'} AS journey", _BEGAN]
        chosen = ["* EXCLUDE (inbound)", *(f"journey AS {owner}" for owner in owners)]
    else:
        _write_gaps(connection, known, person)
        alone, rows = False, "incoming LEFT JOIN memory.gap USING (file_id, record)"
        columns = [*place, *map(_coded, known), f"coalesce({', '.join(owners)}) AS journey", *_GAPS]
        flags = (f"coalesce({gap}, false) AS {gap}" for gap, kind in _GAPS.items() if kind == "BOOLEAN")
        chosen = [f"* REPLACE ({', '.join(flags)})"]
    reader = _sorted(connection, f"SELECT {', '.join(columns)} FROM {rows}", "journey")

    def derived() -> Iterator[pa.RecordBatch]:
        done, cases, window_s = 0, "case_key" in known, window_days * 86_400
        for batch in whole_groups(reader, "journey"):
            local = clock_columns(batch, clock)
            passed = passage_columns(batch, "journey", cases=cases, window_s=window_s)
            in_journey = batch["journey" if alone else "case_key"].is_valid()
            follows = pa.record_batch(passed | {"day": local["day"]}).filter(in_journey)
            _insert(connection, "memory.passed", "FROM arranged", iter([follows]))
            taken = course_columns(batch, "journey", done, in_journey=in_journey, cases=cases, window_s=window_s)
            _insert(connection, "memory.course", "FROM arranged", iter([taken]))
            more = local | journey_columns(batch, "journey")
            yield _with(batch, more | (repeat_columns(batch, "journey") if alone else {}))
            done += len(batch)
            progress(0.2 + 0.6 * done / known["started_at"])

    _insert(connection, "contact", f"SELECT {', '.join(chosen)} FROM arranged", derived())


def _write_gaps(connection: Connection, known: Mapping[str, int], person: str) -> None:
    """The repeats of persons whose contacts do not lie together, for they are sorted by case."""
    types = ", ".join(f"{gap} {kind}" for gap, kind in _GAPS.items())
    connection.execute(f"CREATE OR REPLACE TABLE memory.gap (file_id INTEGER, record BIGINT, {types})")
    same = sorted({name for names in REPEAT_NOTIONS.values() for name in names if name in known})
    columns = ("file_id", "record", "started_at", *map(_coded, same), f"{person} AS person", _BEGAN)
    reader = _sorted(
        connection, f"SELECT {', '.join(columns)} FROM incoming WHERE {person} IS NOT NULL AND {INBOUND}", "person"
    )
    batches = (_with(batch, repeat_columns(batch, "person")) for batch in whole_groups(reader, "person"))
    _insert(connection, "memory.gap", f"SELECT file_id, record, {', '.join(_GAPS)} FROM arranged", batches)


def _coded(name: str) -> str:
    return f"CAST({name} AS word_{name}) AS {name}" if name in WORDS else name


def _sorted(connection: Connection, select: str, key: str) -> pa.RecordBatchReader:
    """The rows of a query in the order of a key, time, file and record; the next query of the connection ends them."""
    connection.execute("SET arrow_lossless_conversion = true")
    return connection.execute(f"{select} ORDER BY {key}, {_ORDER}").to_arrow_reader(_ROWS_PER_BATCH)


def _with(batch: pa.RecordBatch, more: Mapping[str, pa.Array]) -> pa.RecordBatch:
    return pa.record_batch([*batch.columns, *more.values()], names=[*batch.schema.names, *more])


def _insert(connection: Connection, table: str, select: str, batches: Iterator[pa.RecordBatch]) -> None:
    """Append what a query makes of a stream, called `arranged` in it, to a table in the order of the stream."""
    first = next(batches, None)
    if first is None:
        return
    arranged = pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))
    with connection.cursor() as other:
        other.execute("USE built")
        other.register("arranged", arranged)
        other.execute(f"INSERT INTO {table} BY NAME {select}")
