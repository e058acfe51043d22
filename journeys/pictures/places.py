"""Where do the columns, rows and teams of a contact landscape stand?"""

from __future__ import annotations

from journeys.pictures.bands import MARGIN_PX
from journeys.pictures.wires import Wires

CHANNEL_PX, NAME_PX, NUMBER_PX, TEAM_PX = 84.0, 178.0, 62.0, 176.0
"""Widths of the columns of channels, touchpoints, numbers and teams."""
ROW_PX = 25.0
_GAP_PX, _LINKS_PX, _HEAD_PX = 14.0, 96.0, 150.0
_SYSTEM_PX = (24.0, 38.0)
_WIDEST_PX = 13.0
_LEAST_TEAM_PX, _BETWEEN_PX = 40.0, 8.0
AIR_PX = 2.5
"""Room between wires that come in at a team."""


class Places:
    """Where columns and rows of a landscape stand."""

    def __init__(self, found: Wires, least_px: float) -> None:
        self.name = MARGIN_PX + CHANNEL_PX
        self.contacts = self.name + NAME_PX
        self.hours = self.contacts + NUMBER_PX
        self.systems = self.hours + NUMBER_PX + _GAP_PX
        room = least_px - MARGIN_PX - TEAM_PX - _LINKS_PX - self.systems
        self.system = min(_SYSTEM_PX[1], max(_SYSTEM_PX[0], room / max(1, len(found.systems))))
        self.links = self.systems + self.system * len(found.systems)
        self.team = max(least_px - MARGIN_PX - TEAM_PX, self.links + _LINKS_PX)
        self.width = self.team + TEAM_PX + MARGIN_PX
        self.rows = _HEAD_PX + 18.0
        self.bottom = self.rows + ROW_PX * len(found.wires)

    def row(self, index: int) -> float:
        """The middle of a row."""
        return self.rows + ROW_PX * (index + 0.5)

    def column(self, index: int) -> float:
        """The middle of a system's column."""
        return self.systems + self.system * (index + 0.5)


def wire_widths(found: Wires) -> list[float]:
    """How wide each wire is [px]."""
    most = max((wire.contacts or 0.0 for wire in found.wires), default=0.0)
    return [1.0 + (_WIDEST_PX - 1.0) * (wire.contacts or 0.0) / most if most else 1.0 for wire in found.wires]


def team_boxes(found: Wires, at: Places, widths: list[float]) -> dict[str, tuple[float, float]]:
    """The upper edge and height of each team's box: beside its touchpoints, none over another."""
    wanted: list[tuple[str, float, float]] = []
    for team, _ in found.teams:
        rows = [index for index, wire in enumerate(found.wires) if wire.team == team]
        height = max(_LEAST_TEAM_PX, sum(widths[index] + AIR_PX for index in rows) + 8)
        weights = [1.0 + (found.wires[index].contacts or 0.0) for index in rows]
        middle = sum(at.row(index) * weight for index, weight in zip(rows, weights, strict=True)) / sum(weights)
        wanted.append((team, middle - height / 2, height))
    placed: list[tuple[str, float, float]] = []
    y = at.rows
    for team, top, height in wanted:
        y = max(y, top)
        placed.append((team, y, height))
        y += height + _BETWEEN_PX
    over = placed[-1][1] + placed[-1][2] - at.bottom
    settled: dict[str, tuple[float, float]] = {}
    limit = placed[-1][1] + placed[-1][2] - max(0.0, over)
    for team, top, height in reversed(placed):
        top = min(top, limit - height)  # noqa: PLW2901
        settled[team] = (top, height)
        limit = top - _BETWEEN_PX
    lift = max(0.0, at.rows - min(top for top, _ in settled.values()))
    return {team: (top + lift, height) for team, (top, height) in settled.items()}
