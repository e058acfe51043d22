"""How often does each contact directly follow each in the journeys of a log, and which of the counts may be shown?"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import directly_follows
from workbench.log.suppression import withheld
from workbench.log.traces import Traces


def settled_counts(found: Traces, last_at: datetime | None, window_days: float) -> NDArray[np.int64]:
    """How often each contact is directly followed by each; the last row holds the starts, the last column the stops.

    A journey whose last contact is less than a window before the end of the log may go on: it has no stop.
    """
    counts: NDArray[np.int64] = directly_follows(found.codes, found.offsets, len(found.words)).toarray()
    ends = found.codes[found.offsets[1:] - 1]
    counts[:, -1] -= np.bincount(ends[~settled(found, last_at, window_days)], minlength=len(counts))
    return counts


def settled(found: Traces, last_at: datetime | None, window_days: float) -> NDArray[np.bool_]:
    """Which journeys had their last contact at least a window before the end of the log, so that they are surely over.

    Raises:
        ValueError: the traces were read without their times.
    """
    if found.started_at is None:
        raise ValueError("found must be read with times, got none")
    if last_at is None:
        return np.zeros(len(found), dtype=bool)
    limit = (last_at - timedelta(days=window_days)).timestamp() * 1e6
    over: NDArray[np.bool_] = found.started_at[found.offsets[1:] - 1] <= limit
    return over


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
