"""How do drawn contacts become a log file in the columns of a contact?

CSV has wall times with their offset from UTC, Parquet has moments. The file appears when it is whole, never in part.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from workbench.simulation.calendar import Floats, Integers, offsets_s
from workbench.simulation.draw import OUTCOMES, Contacts
from workbench.simulation.plan import Stop

SOURCE = "simulated"
"""The word of the column `source`: nobody takes such a log for a real one."""

_MOMENT = pa.timestamp("ms", tz="UTC")
_WORDS = ("channel", "touchpoint", "direction", "reason", "persona", "owner")

SCHEMA = pa.schema(
    {
        "contact_id": pa.string(),
        "customer_key": pa.string(),
        "case_key": pa.string(),
        "started_at": _MOMENT,
        "answered_at": _MOMENT,
        "ended_at": _MOMENT,
        "channel": pa.string(),
        "touchpoint": pa.string(),
        "direction": pa.string(),
        "reason": pa.string(),
        "persona": pa.string(),
        "handling_time_s": pa.int32(),
        "wait_s": pa.int32(),
        "outcome": pa.string(),
        "resolved": pa.bool_(),
        "layer_count": pa.int16(),
        "agent_group": pa.string(),
        "source": pa.string(),
    }
)
"""The columns of a simulated log, all of them fields of a contact; times in whole seconds."""


class LogFile(AbstractContextManager["LogFile"]):
    """A log file that is written in pieces."""

    def __init__(self, path: Path, stops: tuple[Stop, ...], zone: ZoneInfo) -> None:
        """Open a file for the contacts of some stops.

        Raises:
            ValueError: the name ends neither in .csv nor in .parquet.
        """
        kind = path.suffix.lower()
        if kind not in (".csv", ".parquet"):
            raise ValueError(f"out must end in .csv or .parquet, got {str(path)!r}")
        self.rows = 0
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        self._zone = zone
        self._as_text = kind == ".csv"
        self._words = {name: pa.array([getattr(stop, name) for stop in stops], pa.string()) for name in _WORDS}
        schema = SCHEMA
        if self._as_text:
            schema = pa.schema([field.with_type(_text_type(field.type)) for field in SCHEMA])
            self._writer = pa_csv.CSVWriter(self._part, schema, write_options=_plain())
        else:
            self._writer = pa_parquet.ParquetWriter(self._part, schema, compression="zstd")
        self._schema = schema

    def add(self, contacts: Contacts) -> None:
        """Write contacts behind those written before."""
        columns = {**self._keys(contacts), **self._times(contacts), **self._facts(contacts)}
        batch = pa.record_batch([columns[name] for name in self._schema.names], schema=self._schema)
        self._writer.write_batch(batch)
        self.rows += len(contacts)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._writer.close()
        if kind is None:
            os.replace(self._part, self._path)
        else:
            self._part.unlink(missing_ok=True)

    def _keys(self, contacts: Contacts) -> dict[str, pa.Array]:
        numbers = np.arange(self.rows + 1, self.rows + len(contacts) + 1)
        return {
            "contact_id": _key("K", numbers),
            "customer_key": _key("C", contacts.customer),
            "case_key": _key("J", contacts.case),
        }

    def _times(self, contacts: Contacts) -> dict[str, pa.Array]:
        times = {"started_at": contacts.started_s, "answered_at": contacts.answered_s, "ended_at": contacts.ended_s}
        if self._as_text:
            return {name: _wall_text(time_s, self._zone) for name, time_s in times.items()}
        return {name: pc.multiply(_whole(time_s), 1000).cast(_MOMENT) for name, time_s in times.items()}

    def _facts(self, contacts: Contacts) -> dict[str, pa.Array]:
        words = {name: self._words[name].take(pa.array(contacts.stop)) for name in _WORDS}
        words["agent_group"] = words.pop("owner")
        return {
            **words,
            "handling_time_s": _whole(contacts.handling_s).cast(pa.int32()),
            "wait_s": _whole(contacts.wait_s).cast(pa.int32()),
            "outcome": pa.array(OUTCOMES).take(pa.array(contacts.outcome)),
            "resolved": _known(contacts.resolved).cast(pa.bool_()),
            "layer_count": _known(contacts.layers).cast(pa.int16()),
            "source": pa.array([SOURCE]).take(pa.array(np.zeros(len(contacts), dtype=np.int64))),
        }


def write_log(
    path: Path,
    stops: tuple[Stop, ...],
    zone: ZoneInfo,
    stretches: Iterator[Contacts],
    most: int | None = None,
    told: Callable[[int], None] | None = None,
) -> tuple[int, float]:
    """Write contacts until there are no more, or as many as wanted; their number, and the last one's start [s].

    Args:
        path: the file, .csv or .parquet.
        stops: the stops that contacts refer to by number.
        zone: the time zone of the wall.
        stretches: the contacts, in the order of time.
        most: how many contacts at most; None for all.
        told: is called with the number written so far.
    """
    last_s = 0.0
    with LogFile(path, stops, zone) as file:
        for contacts in stretches:
            wanted = contacts if most is None else contacts.where(slice(0, most - file.rows))
            file.add(wanted)
            last_s = float(wanted.started_s[-1])
            if told is not None:
                told(file.rows)
            if file.rows == most:
                break
    return file.rows, last_s


def _plain() -> pa_csv.WriteOptions:
    return pa_csv.WriteOptions(quoting_style="none", quoting_header="none")


def _text_type(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_timestamp(kind) else kind


def _known(numbers: Integers) -> pa.Array:
    """Whole numbers; none where they are negative."""
    return pa.array(numbers, mask=numbers < 0)


def _whole(numbers: Floats) -> pa.Array:
    """Rounded numbers; none where they are not a number."""
    return pa.array(np.nan_to_num(numbers).astype(np.int64), mask=np.isnan(numbers))


def _key(letter: str, numbers: Integers) -> pa.Array:
    """Keys such as C000123."""
    digits = pc.utf8_lpad(_known(numbers).cast(pa.string()), width=6, padding="0")
    return pc.binary_join_element_wise(letter, digits, "")


def _wall_text(utc_s: Floats, zone: ZoneInfo) -> pa.Array:
    """Wall times with their offset, such as 2026-03-29T03:15:00+02:00."""
    moments = np.nan_to_num(utc_s).astype(np.int64)
    ahead = offsets_s(moments, zone)
    wall = pa.array(moments + ahead, mask=np.isnan(utc_s)).cast(pa.timestamp("s"))
    date_and_time = pc.replace_substring(wall.cast(pa.string()), " ", "T", max_replacements=1)
    distinct, which = np.unique(ahead, return_inverse=True)
    endings = pa.array([_offset_text(int(offset)) for offset in distinct], pa.string()).take(pa.array(which))
    return pc.binary_join_element_wise(date_and_time, endings, "")


def _offset_text(offset_s: int) -> str:
    """An offset from UTC as it is written.

    Example:
        >>> _offset_text(7200), _offset_text(-12600)
        ('+02:00', '-03:30')
    """
    sign = "-" if offset_s < 0 else "+"
    return f"{sign}{abs(offset_s) // 3600:02}:{abs(offset_s) // 60 % 60:02}"
