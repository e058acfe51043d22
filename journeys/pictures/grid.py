"""Where do the steps of a journey stand in the overview: columns by what leads to them, a lane per channel?"""

from __future__ import annotations

from dataclasses import dataclass

from journeys.graph import GAVE_UP, RESOLVED, UNKNOWN
from journeys.pictures.shown import ShownJourney, ShownStep, Way
from journeys.pictures.words import Words

POINTS = 72.0
COLUMN_IN, ROW_IN, NODE_W_IN, NODE_H_IN = 2.0, 1.08, 1.4, 0.8
"""Sizes of the grid and of the boxes in it, in the inches of Graphviz."""


@dataclass(frozen=True)
class Grid:
    """Where each node stands: column and row, which rows each lane takes, which columns each phase."""

    cells: dict[str, tuple[int, int]]
    lanes: tuple[tuple[str, int, int], ...]
    phases: tuple[tuple[str, int, int], ...]
    columns: int
    rows: int

    def at_in(self, node: str) -> tuple[float, float]:
        """The middle of a node in inches from the lower left."""
        column, row = self.cells[node]
        return (column + 0.5) * COLUMN_IN, (self.rows - row - 0.5) * ROW_IN

    @property
    def width_px(self) -> float:
        """Of all columns."""
        return self.columns * COLUMN_IN * POINTS

    @property
    def height_px(self) -> float:
        """Of all rows."""
        return self.rows * ROW_IN * POINTS


def grid_of(journey: ShownJourney, words: Words) -> Grid:
    """The grid of a journey, its ends at the right."""
    columns = _columns(journey)
    lanes = list(dict.fromkeys(_lane(step, words) for step in journey.steps))
    cells: dict[str, tuple[int, int]] = {}
    placed: list[tuple[str, int, int]] = []
    row = 0
    for lane in lanes:
        filled: dict[int, int] = {}
        for step in journey.steps:
            if _lane(step, words) == lane:
                column = columns[step.id]
                cells[step.id] = (column, row + filled.get(column, 0))
                filled[column] = filled.get(column, 0) + 1
        placed.append((lane, row, max(filled.values())))
        row += max(filled.values())
    last = max(columns.values()) + 1
    ends = [end for end in (RESOLVED, GAVE_UP, UNKNOWN) if any(way.target == end for way in _ways(journey))]
    rows = max(row, len(ends))
    for index, end in enumerate(ends):
        cells[end] = (last, index if index == 0 else rows - len(ends) + index)
    return Grid(cells, tuple(placed), _spans(journey, columns), last + 1, rows)


def _ways(journey: ShownJourney) -> list[Way]:
    return [way for step in journey.steps for way in step.ways]


def _columns(journey: ShownJourney) -> dict[str, int]:
    """A column per step: behind the steps that lead to it, and behind the phases before its own."""
    columns: dict[str, int] = {}
    floor, phase = 0, journey.steps[0].phase
    for step in journey.steps:
        if step.phase != phase:
            floor, phase = max(columns.values()) + 1, step.phase
        before = [one for one in journey.steps if one.id in columns and any(way.target == step.id for way in one.ways)]
        columns[step.id] = max([floor, *(columns[one.id] + 1 for one in before)])
    return columns


def _spans(journey: ShownJourney, columns: dict[str, int]) -> tuple[tuple[str, int, int], ...]:
    spans = []
    for phase, _ in journey.phases:
        own = [columns[step.id] for step in journey.steps if step.phase == phase]
        spans.append((phase, min(own), max(own)))
    return tuple(spans)


def _lane(step: ShownStep, words: Words) -> str:
    return step.channel_label or words.text("own_channel")
