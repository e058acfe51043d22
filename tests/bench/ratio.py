"""What is one measurement: ours against a peer, in one run?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Ratio:
    """Ours against a peer; at most `limit` is wanted (None: only shown)."""

    name: str
    ours: float
    peer: float
    limit: float | None
    unit: str = "s"
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours divided by the peer's."""
        return self.ours / self.peer

    @property
    def kept(self) -> bool:
        """Whether the ratio is at most what is wanted."""
        return self.limit is None or self.ratio <= self.limit


def paired(ours: Callable[[], Any], peer: Callable[[], Any], runs: int = 3) -> tuple[float, float]:
    """Median seconds of both, run in turn so that a machine that slows down slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for call, taken in zip((ours, peer), times, strict=True):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return median(times[0]), median(times[1])
