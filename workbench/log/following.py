"""How often does each contact directly follow each in the journeys of a log, and which of the counts may be shown?"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import directly_follows
from workbench.log.suppression import withheld
from workbench.log.traces import Traces


def followed_counts(found: Traces) -> NDArray[np.int64]:
    """How often each contact is directly followed by each; the last row holds the starts, the last column the ends."""
    counts: NDArray[np.int64] = directly_follows(found.codes, found.offsets, len(found.words)).toarray()
    return counts


def settled_counts(found: Traces, last_at: datetime | None, window_days: float) -> NDArray[np.int64]:
    """The same of the contacts of which it is known what followed: those at least a window before the log's end.

    Of later ones only those that were followed early would be known, and going on would look too likely. Starts count
    all.

    Raises:
        ValueError: the traces were read without their times.
    """
    if found.started_at is None:
        raise ValueError("found must be read with times, got none")
    size = len(found.words) + 1
    after = np.append(found.codes[1:], size - 1).astype(np.int64)
    after[found.offsets[1:] - 1] = size - 1
    known = found.started_at <= _limit(last_at, window_days)
    counts = np.bincount(found.codes[known] * np.int64(size) + after[known], minlength=size * size)
    counts = counts.reshape(size, size).astype(np.int64)
    counts[-1, :-1] = np.bincount(found.codes[found.offsets[:-1]], minlength=size - 1)
    return counts


def settled(found: Traces, last_at: datetime | None, window_days: float) -> NDArray[np.bool_]:
    """Which journeys began so long before the end of the log that a single contact is surely all there was.

    Raises:
        ValueError: the traces were read without their times.
    """
    if found.started_at is None:
        raise ValueError("found must be read with times, got none")
    begun: NDArray[np.bool_] = found.started_at[found.offsets[:-1]] <= _limit(last_at, window_days)
    return begun


def _limit(last_at: datetime | None, window_days: float) -> float:
    """The last moment of which it is known what followed [µs since 1970]."""
    return (last_at - timedelta(days=window_days)).timestamp() * 1e6 if last_at else -np.inf


def hidden_counts(counts: NDArray[np.int64], least: int) -> NDArray[np.bool_]:
    """Which counts of a table as `settled_counts` gives it are not shown.

    Each row adds up to a number that is shown, so in each of them what is small is withheld with others beside it. How
    often a contact was reached is the sum of a column with its start: where one count of a column is withheld, its
    start is as well.
    """
    hidden = np.zeros_like(counts, dtype=bool)
    for i, row in enumerate(counts):
        at = np.flatnonzero(row).tolist()
        hidden[i, [j for (j,) in withheld([(j,) for j in at], row[at].tolist(), least)]] = True
    starts: NDArray[np.bool_] = hidden[-1, :]
    starts[:-1] |= (hidden[:-1, :-1].sum(axis=0) == 1) & (counts[-1, :-1] > 0)
    for j in np.argsort(counts[-1], kind="stable").tolist():
        if not starts.any() or (counts[-1][starts].sum() >= least and starts.sum() > 1):
            break
        starts[j] |= counts[-1, j] > 0
    return hidden
