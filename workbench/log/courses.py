"""Which course (variant) does each journey of the log take, and when does it begin and end?

The store keeps the courses of its own journeys: cases, or else episodes of customers within its window. Other notions
and other windows, and engines that keep none, are answered from the contacts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeys.conformance.follows import Variants, variants
from workbench.log.engine import Log
from workbench.log.traces import Contact, Notion, Traces, coded_contacts, notion_of, traces

LONG_PAUSE = 0.99
"""A pause longer than this share of the pauses within cases is taken for the end of a case."""


@dataclass(frozen=True, eq=False)
class Courses:
    """The journeys of a log by their course.

    Attributes:
        words: the different contacts; a code is an index in it.
        runs: the variants as codes of these, and the variant of every journey.
        begun_at, ended_at: when the first and the last contact of each journey started [µs since 1970, UTC]; None
            when not asked for.
        long_pause_s: the pause that 99 in 100 pauses within journeys do not exceed [s].
    """

    words: tuple[Contact, ...]
    runs: Variants
    begun_at: NDArray[np.int64] | None = None
    ended_at: NDArray[np.int64] | None = None
    long_pause_s: float = 0.0

    def __len__(self) -> int:
        return len(self.runs.of)

    @property
    def contacts(self) -> int:
        """The contacts of all journeys."""
        return int(np.diff(self.runs.offsets) @ self.runs.counts)


def courses(
    log: Log,
    notion: Notion | None = None,
    *,
    reasons: bool = True,
    window_days: float | None = None,
    times: bool = False,
) -> Courses:
    """The course of every journey of a log.

    Args:
        log: an open log.
        notion: `case`, or `customer` for the episodes of a customer; cases where the log has them when not given.
        reasons: whether contacts differ by reason too, or by touchpoint alone.
        window_days: the gap beyond which a customer's next contact starts a new episode [d]; the store's repeat window
            when not given.
        times: whether to give begin and end of every journey, and the long pause.

    Raises:
        ValueError: the notion is not one of these, or the window is not positive.
    """
    told_apart = reasons or not log.has("reason")
    its_own = notion in (None, notion_of(log)) and window_days in (None, log.window_days)
    if not (log.keeps_courses and told_apart and its_own):
        return _worked_out(traces(log, notion, reasons=reasons, window_days=window_days, times=times))
    words, runs = _kept(log)
    if not times:
        return Courses(words, runs)
    moments = log.arrow(log.table("trace").select("begun_at", "ended_at"))
    begun_at, ended_at = (moments[name].cast(pa.int64()).to_numpy() for name in ("begun_at", "ended_at"))
    return Courses(words, runs, begun_at, ended_at, float(log.meta["long_pause_s"] or 0))


def _kept(log: Log) -> tuple[tuple[Contact, ...], Variants]:
    """What the store keeps."""
    rows = log.arrow(log.table("variant"))
    of = log.arrow(log.table("trace").select("variant"))["variant"].to_numpy().astype(np.int64)
    codes, words = coded_contacts([rows["touchpoint"], rows["reason"]])
    lengths = np.bincount(rows["variant"].to_numpy())
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return words, Variants(codes, offsets, np.bincount(of, minlength=len(lengths)).astype(np.int64), of)


def _worked_out(found: Traces) -> Courses:
    """The courses of journeys that were read contact by contact."""
    runs = variants(found.codes, found.offsets)
    if found.started_at is None:
        return Courses(found.words, runs)
    pauses_s = np.delete(np.diff(found.started_at), found.offsets[1:-1] - 1) // 1_000_000
    long_pause_s = float(np.quantile(pauses_s, LONG_PAUSE, method="inverted_cdf")) if len(pauses_s) else 0.0
    ends = found.started_at[found.offsets[:-1]], found.started_at[found.offsets[1:] - 1]
    return Courses(found.words, runs, *ends, long_pause_s)
