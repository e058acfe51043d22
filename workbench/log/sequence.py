"""What came before each contact, and how long ago? Worked out in one pass over contacts in their order.

Contacts come sorted by who they are of (a journey, or who repeats), then time, file and record. The answers are those
of `derivation` and `passages`, which ask any engine the same by windows; here each batch is a few passes over arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from workbench.log.contact import REPEAT_NOTIONS
from workbench.log.local_time import LocalClock, Micros

Flags = npt.NDArray[np.bool_]

FOLLOWS = ("never", "within", "beyond")
_NEVER, _WITHIN, _BEYOND = range(3)
_LONGEST_S = np.iinfo(np.int32).max


def whole_groups(batches: Iterable[pa.RecordBatch], key: str) -> Iterator[pa.RecordBatch]:
    """The same rows in other batches, none of which parts the rows of one key; rows without a key may be parted.

    Args:
        batches: rows in the order of the key, those without one last.
        key: the column of the key, a UUID.

    Example:
        >>> from uuid import UUID
        >>> def part(*numbers: int) -> pa.RecordBatch:
        ...     return pa.record_batch({"key": pa.array([UUID(int=number).bytes for number in numbers], pa.uuid())})
        >>> [len(batch) for batch in whole_groups([part(1, 2), part(2, 2), part(2, 3, 3)], "key")]
        [1, 4, 2]
    """
    held: list[pa.RecordBatch] = []
    for batch in batches:
        starts, known = starts_of(batch[key])
        cut = len(batch) if not len(batch) or not known[-1] else int(np.flatnonzero(starts)[-1])
        if cut:
            yield _joined([*held, batch.slice(0, cut)])
            held = []
        if cut < len(batch):
            held.append(batch.slice(cut))
    if held:
        yield _joined(held)


def clock_columns(batch: pa.RecordBatch, clock: LocalClock) -> dict[str, pa.Array]:
    """The local day and half hour of each contact."""
    days, half_hours = clock.read(micros_of(batch))
    return {"day": pa.array(days), "half_hour": pa.array(half_hours)}


def journey_columns(batch: pa.RecordBatch, journey: str) -> dict[str, pa.Array]:
    """The touchpoint before each contact of a journey, and the contact's place in it from one.

    Args:
        batch: contacts of whole journeys, in order.
        journey: the column that says which journey a contact is of.
    """
    starts, known = starts_of(batch[journey])
    at = np.arange(len(batch), dtype=np.int32)
    step = at - np.maximum.accumulate(np.where(starts, at, 0)) + 1
    before = words_of(batch, "touchpoint").take(pa.array(at - 1, mask=starts | ~known))
    return {"previous": before, "step": pa.array(step, mask=~known)}


def repeat_columns(batch: pa.RecordBatch, person: str) -> dict[str, pa.Array]:
    """Whether each contact can be a repeat, and the whole seconds [s] since the one before and until the next.

    Only what the customer began is a repeat; two contacts count as the same in the ways of `REPEAT_NOTIONS`.

    Args:
        batch: all contacts of some persons, in order, with the flag `inbound`.
        person: the column that says who comes back.
    """
    starts, known = starts_of(batch[person])
    owner, moments = np.cumsum(starts, dtype=np.int64), micros_of(batch)
    able = known & _flags(batch["inbound"])
    columns: dict[str, pa.Array] = {}
    for notion, same in REPEAT_NOTIONS.items():
        key, there = owner, able
        for name in same:
            codes, size = codes_of(words_of(batch, name))
            key = key * size + codes
            there = there & (codes < size - 1)
        rows = np.flatnonzero(there)
        if same:
            rows = rows[np.argsort(key[rows], kind="stable")]
        again = np.diff(key[rows]) == 0
        gap_s = np.minimum(np.diff(moments[rows])[again] // 1_000_000, _LONGEST_S)
        columns[f"{notion}_known"] = pa.array(there)
        columns[f"{notion}_since_s"] = _spread(gap_s, rows[1:][again], len(batch))
        columns[f"{notion}_until_s"] = _spread(gap_s, rows[:-1][again], len(batch))
    return columns


def passage_columns(batch: pa.RecordBatch, journey: str, *, cases: bool, window_s: int) -> dict[str, pa.Array]:
    """Each contact with the first one of its journey and what follows it: the columns of `workbench.log.passages`.

    Args:
        batch: contacts of whole journeys, in order.
        journey: the column that says which journey a contact is of.
        cases: whether a journey is a case; else it is an episode of a customer, and a longer gap begins another.
        window_s: the longest gap within an episode [s].
    """
    starts, _ = starts_of(batch[journey])
    at, ends = np.arange(len(batch)), np.append(starts[1:], True)
    gap_s = np.append(np.diff(micros_of(batch)) // 1_000_000, 0)
    apart = np.append(True, gap_s[:-1] > window_s) & (not cases)
    is_first = starts | apart
    first = pa.array(np.maximum.accumulate(np.where(is_first, at, 0)))
    following = pa.array(np.minimum(at + 1, len(at) - 1), mask=ends)
    follows = np.where(gap_s <= window_s, _WITHIN, np.where(gap_s <= 2 * window_s, _BEYOND, _NEVER))
    follows = np.where(ends, _NEVER, _WITHIN if cases else follows).astype(np.int8)
    columns = {
        "is_first": pa.array(is_first),
        "follows": pa.DictionaryArray.from_arrays(follows, FOLLOWS),
        "gap_s": pa.array(gap_s, mask=ends),
    }
    for name in ("touchpoint", "reason"):
        words = words_of(batch, name)
        columns |= {name: words, f"first_{name}": words.take(first), f"next_{name}": words.take(following)}
    return columns | {"persona": words_of(batch, "persona")}


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)


def starts_of(keys: pa.Array) -> tuple[Flags, Flags]:
    """Where another key begins than in the row before, and where there is a key."""
    known = _flags(keys.is_valid())
    halves = np.frombuffer(keys.storage.buffers()[1], dtype=np.uint64).reshape(-1, 2)
    halves = halves[keys.offset : keys.offset + len(keys)]
    starts = np.ones(len(keys), dtype=np.bool_)
    starts[1:] = (halves[1:] != halves[:-1]).any(axis=1) | (known[1:] != known[:-1])
    return starts, known


def micros_of(batch: pa.RecordBatch) -> Micros:
    """When each contact started [µs since 1970, UTC]."""
    return batch["started_at"].view(pa.int64()).to_numpy()  # type: ignore[no-any-return]


def _flags(column: pa.Array) -> Flags:
    return column.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def words_of(batch: pa.RecordBatch, name: str) -> pa.DictionaryArray:
    """A column of words; a log that has none of them has no such column."""
    if name in batch.schema.names:
        return batch[name]
    return pa.DictionaryArray.from_arrays(pa.nulls(len(batch), pa.int8()), pa.array([], pa.string()))


def codes_of(words: pa.DictionaryArray) -> tuple[npt.NDArray[np.int64], int]:
    """The code of each word, and the number of codes; the last code stands for no word."""
    size = len(words.dictionary) + 1
    return words.indices.fill_null(size - 1).to_numpy().astype(np.int64), size


def _spread(values: npt.NDArray[np.int64], rows: npt.NDArray[np.intp], length: int) -> pa.Array:
    """A column that has the values in some rows and nothing in the others."""
    column, missing = np.zeros(length, dtype=np.int32), np.ones(length, dtype=np.bool_)
    column[rows], missing[rows] = values, False
    return pa.array(column, mask=missing)
