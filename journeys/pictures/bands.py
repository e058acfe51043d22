"""How does a long row of steps break into bands one below another, and bands into sheets?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MARGIN_PX = 20.0
LANE_NAMES_PX = 104.0
COLUMN_PX = 122.0
"""The narrowest column in which Dutch text reads well."""
_WIDEST_PX = 250.0
_BAND, _CUT_PHASE, _UNEVEN = 1_000.0, 12.0, 1.0
"""What a band, a cut within a phase, and an empty column (squared) weigh in the choice."""


@dataclass(frozen=True)
class Paper:
    """The room for a picture [px, 96 an inch]; without a height it is as tall as it must be."""

    width_px: float
    height_px: float | None = None


PAPERS = {"screen": Paper(1100), "a4": Paper(1122, 793), "a3": Paper(1587, 1122), "report": Paper(1100, 720)}
"""One tall picture; A4 and A3 landscape; what a printed page of the report holds."""


@dataclass(frozen=True)
class Frame:
    """Where the columns of a picture stand: the names of the lanes at the left, then a column per step."""

    width_px: float
    columns: int
    left_px: float = MARGIN_PX + LANE_NAMES_PX

    @property
    def column_px(self) -> float:
        """The width of a column."""
        return min(_WIDEST_PX, (self.width_px - MARGIN_PX - self.left_px) / self.columns)

    @property
    def right_px(self) -> float:
        """The right edge of the last column."""
        return self.left_px + self.columns * self.column_px

    def left_of(self, column: int) -> float:
        """The left edge of a column."""
        return self.left_px + column * self.column_px

    def middle_of(self, column: int) -> float:
        """The middle of a column."""
        return self.left_of(column) + self.column_px / 2


def most_columns(width_px: float) -> int:
    """How many columns fit a width.

    Example:
        >>> most_columns(1100), most_columns(1587)
        (8, 12)
    """
    return max(1, int((width_px - 2 * MARGIN_PX - LANE_NAMES_PX + 50) // COLUMN_PX))


def bands(phases: Sequence[str], most: int) -> list[tuple[int, int]]:
    """First and last-but-one places of each band: as few as fit, even, and cut between phases where that costs little.

    Args:
        phases: the phase of each step in order.
        most: steps a band may hold.

    Example:
        >>> bands(["a", "a", "a", "b", "b", "b", "b", "b", "c", "c"], 7)
        [(0, 3), (3, 10)]
        >>> bands(["a"] * 10, 7)
        [(0, 5), (5, 10)]
    """
    count = len(phases)
    fewest = -(-count // most)
    even = count / fewest if fewest else 0.0
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for end in range(1, count + 1):
        for start in range(max(0, end - most), end):
            cut = _CUT_PHASE if end < count and phases[end - 1] == phases[end] else 0.0
            cost = best[start][0] + _BAND + cut + _UNEVEN * (even - (end - start)) ** 2
            if cost < best[end][0] - 1e-9:
                best[end] = (cost, start)
    found = []
    end = count
    while end > 0:
        start = best[end][1]
        found.append((start, end))
        end = start
    return found[::-1]


def sheets(heights_px: Sequence[float], room_px: float | None) -> list[tuple[int, int]]:
    """Which bands share a sheet: as many as fit below one another, at least one.

    Example:
        >>> sheets([300, 300, 500, 900], 700)
        [(0, 2), (2, 3), (3, 4)]
        >>> sheets([300, 300], None)
        [(0, 2)]
    """
    found: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for index, height_px in enumerate(heights_px):
        if room_px is not None and index > start and used + height_px > room_px:
            found.append((start, index))
            start, used = index, 0.0
        used += height_px
    return [*found, (start, len(heights_px))] if heights_px else []
