"""How is the course of every journey worked out once, while a store is built, so that nobody goes to the contacts?

Journeys with the same contacts in the same order are one variant. They are told apart by a random number of 128 bits:
two of ten million different sequences share one by chance less than once in 10²⁴.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeys.conformance.follows import hashes
from workbench.log.courses import LONG_PAUSE
from workbench.log.sequence import codes_of, micros_of, starts_of, words_of
from workbench.log.store import Connection

COURSE = "low UBIGINT, high UBIGINT, first_row BIGINT, contacts INTEGER, begun_at TIMESTAMP, ended_at TIMESTAMP"
"""The columns of `memory.course`."""


def course_columns(
    batch: pa.RecordBatch, journey: str, row: int, *, in_journey: pa.Array, cases: bool, window_s: int
) -> pa.RecordBatch:
    """A row per journey: its number, the first of its contacts in the table, how many they are, begin and end.

    Args:
        batch: contacts of whole journeys, in order.
        journey: the column that says which journey a contact is of.
        row: the place of the first contact of the batch in the table.
        in_journey: whether each contact is of a journey.
        cases: whether a journey is a case; else it is an episode of a customer, and a longer gap begins another.
        window_s: the longest gap within an episode [s].
    """
    starts, _ = starts_of(batch[journey])
    moments = micros_of(batch)
    if not cases:
        starts[1:] |= np.diff(moments) > window_s * 1_000_000
    first = np.flatnonzero(starts)
    offsets = np.append(first, len(batch)).astype(np.int64)
    touchpoints, _ = codes_of(words_of(batch, "touchpoint"))
    reasons, size = codes_of(words_of(batch, "reason"))
    codes = (touchpoints * size + reasons).astype(np.int32)
    words = (len(words_of(batch, "touchpoint").dictionary) + 1) * size
    columns: dict[str, NDArray[Any]] = {
        "low": hashes(codes, offsets, words, 0),
        "high": hashes(codes, offsets, words, 1),
        "first_row": row + first,
        "contacts": np.diff(offsets).astype(np.int32),
        "begun_at": moments[first].view("datetime64[us]"),
        "ended_at": moments[offsets[1:] - 1].view("datetime64[us]"),
    }
    own = in_journey.to_numpy(zero_copy_only=False)[first]
    return pa.record_batch({name: pa.array(values[own]) for name, values in columns.items()})


def keep_courses(connection: Connection) -> None:
    """Make `trace` (a row per journey: variant, begin, end) and `variant` (a row per contact of each) of a new store.

    Variants are numbered from the most frequent on, of equals from the one that stands first.

    Args:
        connection: the new store, with its contacts and `memory.course`.
    """
    connection.execute(
        """CREATE TEMP TABLE course_kind AS
            SELECT low, high, min(first_row) AS first_row, any_value(contacts) AS contacts,
                CAST(row_number() OVER (ORDER BY count(*) DESC, min(first_row)) - 1 AS INTEGER) AS variant
            FROM memory.course GROUP BY low, high;
        CREATE TABLE trace AS
            SELECT variant, begun_at, ended_at
            FROM memory.course JOIN course_kind USING (low, high) ORDER BY course.first_row;
        CREATE TABLE variant AS
            SELECT variant, touchpoint, reason FROM contact JOIN
                (SELECT variant, unnest(range(first_row, first_row + contacts)) AS place FROM course_kind)
                ON contact.rowid = place
            ORDER BY variant, place;
        DROP TABLE course_kind; DROP TABLE memory.course"""
    )


def long_pause_s(connection: Connection) -> int | None:
    """The pause that 99 in 100 pauses within journeys do not exceed [s]; none when there are no pauses."""
    found = connection.execute(f"SELECT quantile_disc(gap_s, {LONG_PAUSE}) FROM memory.passed").fetchall()
    seconds: int | None = found[0][0]
    return seconds
