"""Which cases lie wholly inside the log, so that neither their beginning nor their end is cut off?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from workbench.log.courses import Courses
from workbench.log.measures import DAYS_PER_MONTH
from workbench.log.traces import DAY_US, Notion

MOST_OF_LOG = 0.25
"""At most this share of the log's length is left out at either end."""


@dataclass(frozen=True, eq=False)
class Whole:
    """The cases that lie wholly inside the log.

    Attributes:
        flags: for each case whether it does.
        margin_days: how long before their first and after their last contact the log must go on [d].
        months: in how long so many cases start [months].
    """

    flags: NDArray[np.bool_]
    margin_days: float
    months: float


def whole_cases(found: Courses, notion: Notion, window_days: float, first_at: datetime, last_at: datetime) -> Whole:
    """The cases with no contact in the margins of the log.

    The margin is the window; for cases, between whose contacts more time may lie, it is at least the pause that 99 in
    100 pauses within cases do not exceed.

    Raises:
        ValueError: the courses were read without their times.
    """
    begun, ended = found.begun_at, found.ended_at
    if begun is None or ended is None:
        raise ValueError("found must be read with times, got none")
    first, last = first_at.timestamp() * 1e6, last_at.timestamp() * 1e6
    margin = window_days * DAY_US
    if notion == "case":
        margin = max(margin, found.long_pause_s * 1e6)
    margin = min(margin, MOST_OF_LOG * (last - first))
    flags = (begun >= first + margin) & (ended <= last - margin)
    since = int((begun >= first + margin).sum())
    span_months = (last - first - margin) / DAY_US / DAYS_PER_MONTH
    months = span_months * int(flags.sum()) / since if since else 0.0
    return Whole(flags, margin / DAY_US, months or 1.0)
