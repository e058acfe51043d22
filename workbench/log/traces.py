"""What is the sequence of contacts of every journey in the log, as coded arrays?

A journey (a trace, in process mining) is a case, or an episode of a customer: contacts of which each follows the one
before within a window. Contacts in between belong to one journey whatever they are about, so a case key is to be
preferred where the log has one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from workbench.log.engine import Log

Contact = tuple[str | None, str | None]
"""Touchpoint and reason of a contact; None where the log does not say, or is not asked."""

Notion = Literal["case", "customer"]
NOTIONS: tuple[Notion, ...] = ("case", "customer")
"""What makes contacts one journey."""

DAY_US = 86_400_000_000


@dataclass(frozen=True, eq=False)
class Traces:
    """The journeys of a log, one after the other, in coded arrays.

    Attributes:
        words: the different contacts; a code is an index in it.
        codes: the contacts of all journeys, each journey's in the order of time (length n).
        offsets: where each journey starts in `codes`, and n at the end (length journeys + 1).
        started_at: when each contact started [µs since 1970, UTC], when asked for.

    Example:
        >>> traces = Traces((("web", None), ("phone", None)), np.array([0, 1, 1], np.int32), np.array([0, 2, 3]))
        >>> list(traces)
        [(('web', None), ('phone', None)), (('phone', None),)]
    """

    words: tuple[Contact, ...]
    codes: NDArray[np.int32]
    offsets: NDArray[np.int64]
    started_at: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[tuple[Contact, ...]]:
        ends = zip(self.offsets[:-1].tolist(), self.offsets[1:].tolist(), strict=True)
        return (tuple(self.words[code] for code in self.codes[start:end]) for start, end in ends)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many contacts each journey has."""
        return np.diff(self.offsets)


def notion_of(log: Log) -> Notion:
    """What makes a journey in this log: the case where it knows cases, else the customer."""
    return "case" if log.has("case_key") else "customer"


def traces(
    log: Log,
    notion: Notion | None = None,
    *,
    reasons: bool = True,
    window_days: float | None = None,
    times: bool = False,
) -> Traces:
    """The journeys of a log.

    Contacts without a case (notion `case`), or of customers who are not known (notion `customer`), belong to none.

    Args:
        log: an open log.
        notion: `case`, or `customer` for the episodes of a customer; cases where the log has them when not given.
        reasons: whether contacts differ by reason too, or by touchpoint alone.
        window_days: the gap beyond which a customer's next contact starts a new episode [d]; the store's repeat window
            when not given, `math.inf` for one journey per customer.
        times: whether to give the start of every contact.

    Raises:
        ValueError: the notion is not one of these, or the window is not positive.
    """
    notion = notion_of(log) if notion is None else notion
    if notion not in NOTIONS:
        raise ValueError(f"notion must be of {', '.join(NOTIONS)}, got {notion!r}")
    if window_days is not None and not window_days > 0:
        raise ValueError(f"window_days must be above 0, got {window_days!r}")
    window = float(log.window_days if window_days is None else window_days)
    cut = notion == "customer" and not math.isinf(window)
    columns = log.arrow(_contacts(log, notion, reasons=reasons, times=times or cut))
    codes, words = coded_contacts([columns[name] for name in ("touchpoint", "reason")[: 2 if reasons else 1]])
    first = _numbers(columns["step"]) == 1
    started_at = _numbers(columns["started_at"].cast(pa.int64())) if times or cut else None
    if cut and started_at is not None:
        first[1:] |= np.diff(started_at) > window * DAY_US
    offsets = np.append(np.flatnonzero(first), len(first)).astype(np.int64)
    return Traces(words, codes, offsets, started_at if times else None)


def _contacts(log: Log, notion: Notion, *, reasons: bool, times: bool) -> ibis.Table:
    """The contacts of all journeys in order: the place in the journey, the words, the start when needed."""
    contact = log.table("contact")
    key = "case_key" if notion == "case" else "customer_key"
    # To read the keys takes as long as all else.
    own = contact if log.known.get(key) == log.contacts else contact.filter(contact[key].notnull())
    names = ["touchpoint", *(["reason"] if reasons else []), *(["started_at"] if times else [])]
    if notion == "customer" and log.has("case_key"):
        # The store keeps its order by case, so customers' contacts are put in order here.
        order = [own.started_at, own.file_id, own.record]
        own = own.mutate(step=ibis.row_number().over(group_by=own.customer_key, order_by=order).cast("int32") + 1)
        return own.order_by(["customer_key", "step"]).select("step", *names)
    return (own if log.in_order else own.order_by(["journey", "step"])).select("step", *names)


def coded_contacts(columns: list[pa.ChunkedArray]) -> tuple[NDArray[np.int32], tuple[Contact, ...]]:
    """One code for each combination of words that occurs, and what it stands for."""
    combined, sizes, dictionaries = None, [], []
    for column in columns:
        array = column.dictionary_encode().unify_dictionaries().combine_chunks()
        array = array if isinstance(array, pa.DictionaryArray) else _joined(array)
        found: list[Any] = [*array.dictionary.to_pylist(), None]
        own = _numbers(array.indices.fill_null(len(found) - 1))
        if combined is None:
            combined = own.astype(np.int32)
        else:
            combined *= len(found)
            combined += own
        sizes.append(len(found))
        dictionaries.append(found)
    assert combined is not None
    occurs = np.zeros(int(np.prod(sizes)), bool)
    occurs[combined] = True
    used = np.flatnonzero(occurs)
    parts = np.unravel_index(used, sizes)
    named = [[words[code] for code in part.tolist()] for words, part in zip(dictionaries, parts, strict=True)]
    contacts: list[Contact] = list(zip(named[0], named[1] if len(named) > 1 else [None] * len(used), strict=True))
    # In the order of the words, whatever order the engine numbers them in.
    order = sorted(range(len(used)), key=lambda i: [(word is None, word or "") for word in contacts[i]])
    compact = np.zeros(len(occurs), np.int32)
    compact[used[order]] = np.arange(len(used), dtype=np.int32)
    return compact[combined], tuple(contacts[i] for i in order)


def _joined(array: pa.ChunkedArray) -> pa.DictionaryArray:
    """A chunked array of no or one chunk as an array."""
    return array.chunk(0) if array.num_chunks else pa.array([], pa.string()).dictionary_encode()


def _numbers(column: Any) -> NDArray[Any]:
    """A column without nulls as a numpy array that may be written to."""
    array: NDArray[Any] = column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy()
    return array
