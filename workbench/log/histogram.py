"""How is a time spread, in bars of equal width? From the counts per bucket that the log keeps ready."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from ibis import _

from workbench.language.language import Language
from workbench.log.buckets import bucket_edges
from workbench.log.engine import Log
from workbench.log.measures import absent
from workbench.log.notes import Note, note, texts
from workbench.log.selection import EVERYTHING, Selection
from workbench.log.suppression import withheld
from workbench.result import Result
from workbench.tables import Table, table

TIMES = {"handling_time_s": "handling_time_s", "wait_s": "wait_s", "answer_time_s": "answered_at"}
"""The times there are, and the field that each needs."""
WIDTHS_S = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800)
"""Widths of bars that people can read [s]."""
_COVERED = 0.95


@dataclass(frozen=True, slots=True)
class Bar:
    """So many contacts between two times; `n` is None when too few to show, `high_s` for all that is longer."""

    low_s: float
    high_s: float | None
    n: int | None


@dataclass(frozen=True, repr=False)
class Histogram(Result):
    """How a time is spread.

    Attributes:
        time: handling_time_s, wait_s or answer_time_s.
        n: contacts in all, those in bars that are not shown included.
        zero: contacts of no time at all (who did not queue), which are in no bar; None when too few to show.
    """

    time: str
    bars: tuple[Bar, ...]
    n: int
    zero: int | None
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)

    def tables(self) -> tuple[Table, ...]:
        """One row a bar."""
        shown = [(bar.low_s, bar.high_s, bar.n, bar.n / self.n) for bar in self.bars if bar.n is not None]
        columns = ("time_from_s", "time_to_s", "n", "log_share")
        return (table(f"log_spread_{self.time}", columns, shown, texts(self.notes, self.language)),)


def histogram(
    log: Log, time: str = "handling_time_s", selection: Selection = EVERYTHING, *, most_bars: int = 16
) -> Histogram:
    """How a time is spread over the contacts, in bars that hold 19 of 20 and a last one for all that is longer.

    A time falls in a bar by the middle of its bucket, which is off by 1.3% at most.

    Args:
        log: an open log.
        time: handling_time_s (of contacts that were handled), wait_s or answer_time_s.
        selection: which contacts; days are taken as months.
        most_bars: bars before the last one.

    Raises:
        ValueError: `time` is none of the above, or `most_bars` is not positive.
    """
    if time not in TIMES:
        raise ValueError(f"time must be of {', '.join(TIMES)}, got {time!r}")
    if most_bars < 1:
        raise ValueError(f"most_bars must be at least 1, got {most_bars!r}")
    counts = np.zeros(len(bucket_edges()) - 1, dtype=np.int64)
    rows = selection.of(log.table("times"))
    for row in log.rows(rows.filter(rows.field == time).group_by("bucket").agg(n=_.n.sum())):
        counts[row["bucket"]] += row["n"]
    zero, spread = int(counts[0]), counts[1:]
    missing = absent(log, TIMES[time])
    if not spread.sum():
        return Histogram(time, (), 0, None, missing)
    edges = bucket_edges()
    middles = np.sqrt(edges[1:-1] * edges[2:])
    reach_s = float(middles[np.searchsorted(np.cumsum(spread), _COVERED * spread.sum())])
    width = next((one for one in WIDTHS_S if reach_s / one <= most_bars), WIDTHS_S[-1])
    last = int(np.ceil(reach_s / width))
    places = np.minimum(middles // width, last).astype(np.int64)
    n = np.bincount(places, spread, last + 1).astype(int).tolist()
    hidden = withheld([(place,) for place in range(-1, last + 1)], [zero, *n], log.suppress_below)
    bars = [
        Bar(place * width, (place + 1) * width if place < last else None, None if (place,) in hidden else many)
        for place, many in enumerate(n)
    ]
    notes = (note("bars_withheld", count=len(hidden), least=log.suppress_below),) if hidden else ()
    return Histogram(time, tuple(bars), int(counts.sum()), None if (-1,) in hidden else zero, (*notes, *missing))
