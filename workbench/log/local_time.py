"""On which day and in which half hour of a time zone does a moment fall?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Micros = npt.NDArray[np.int64]

_DAY_US, _HALF_HOUR_US = 86_400_000_000, 1_800_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LocalClock:
    """The offsets of a time zone over a period: thousands of times faster than asking a calendar for every contact.

    Attributes:
        changes_us: from when each offset holds [µs since 1970, UTC], ascending.
        offsets_us: what is added to UTC from then on [µs].

    Example:
        The clock of Amsterdam goes back on 26 October 2025 at 1:00 UTC; half past one UTC is then half past two:

        >>> at = datetime(2025, 10, 26, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
        >>> clock = local_clock("Europe/Amsterdam", *at)
        >>> days, half_hours = clock.read(np.array([int(one.timestamp()) * 1_000_000 for one in at]))
        >>> [str(day) for day in days], half_hours.tolist()
        (['2025-10-26', '2025-10-26'], [5, 5])
    """

    changes_us: Micros
    offsets_us: Micros

    def read(self, moments_us: Micros) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.uint8]]:
        """The local day, and the half hour of that day from 0 to 47.

        Args:
            moments_us: moments [µs since 1970, UTC] within the period of the clock.
        """
        place = np.searchsorted(self.changes_us, moments_us, side="right") - 1
        local = moments_us + self.offsets_us[np.maximum(place, 0)]
        days = local // _DAY_US
        return days.astype("datetime64[D]"), ((local - days * _DAY_US) // _HALF_HOUR_US).astype(np.uint8)


def local_clock(time_zone: str, first: datetime, last: datetime) -> LocalClock:
    """The clock of a time zone between two moments; a change is found by halving the day in which it lies."""
    zone = ZoneInfo(time_zone)
    at = first.astimezone(UTC) - timedelta(days=1)
    end = last.astimezone(UTC) + timedelta(days=1)
    found = [(at, _offset(zone, at))]
    while at < end:
        then = at + timedelta(days=1)
        if _offset(zone, then) != found[-1][1]:
            change = _change(zone, at, then)
            found.append((change, _offset(zone, change)))
        at = then
    micros = [((moment - _EPOCH) // timedelta(microseconds=1), offset) for moment, offset in found]
    return LocalClock(*(np.array(column, dtype=np.int64) for column in zip(*micros, strict=True)))


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    """What the zone adds to UTC at a moment [µs]."""
    return (moment.astimezone(zone).utcoffset() or timedelta()) // timedelta(microseconds=1)


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second in which the offset changes between two moments."""
    old, seconds = _offset(zone, before), (int(before.timestamp()), int(after.timestamp()))
    low, high = seconds
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, datetime.fromtimestamp(middle, UTC)) == old:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
