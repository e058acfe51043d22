"""How many opening hours lie between two moments?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from touchpoints.records.hours import Hours

Moments = NDArray[np.datetime64]
_SECOND = np.timedelta64(1, "s")


def opening_seconds(
    started: Moments, ended: Moments, hours: Hours, holidays: Collection[date] = ()
) -> NDArray[np.float64]:
    """The opening time between two moments of the local clock [s]; nothing is open on public holidays.

    Example (from Friday 16:00 to Monday 10:00 on office days from 9 to 17 there are two hours):
        >>> from_, to = np.array(["2026-11-20T16:00"], "M8[s]"), np.array(["2026-11-23T10:00"], "M8[s]")
        >>> opening_seconds(from_, to, Hours.parse("mon-fri 09:00-17:00")).tolist()
        [7200.0]
    """
    if not started.size:
        return np.zeros(0)
    first, last = (one.astype("M8[D]") for one in (np.minimum(started, ended).min(), np.maximum(started, ended).max()))
    begin = first.astype("M8[s]")
    clock, opened = [0.0], [0.0]
    day: date = first.astype(object)
    for number in range(int((last - first).astype(int)) + 1):
        at = day + timedelta(days=number)
        for weekday, opens, closes in hours.stretches:
            if weekday == at.weekday() and at not in holidays:
                clock += [number * 86_400.0 + 60 * opens, number * 86_400.0 + 60 * closes]
                opened += [opened[-1], opened[-1] + 60.0 * (closes - opens)]
    until = [np.interp((moments - begin) / _SECOND, clock, opened) for moments in (started, ended)]
    return np.asarray(until[1] - until[0])
