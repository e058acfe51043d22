"""Where do the columns, rows and teams of a contact landscape stand?"""

from __future__ import annotations

from journeys.pictures.bands import MARGIN_PX
from journeys.pictures.wires import Wires

CHANNEL_PX, NAME_PX, NUMBER_PX, TEAM_PX = 80.0, 172.0, 69.0, 176.0
"""Widths of the columns of channels, touchpoints, numbers and teams."""
ROW_PX = 25.0
_GAP_PX, _LINKS_PX, _HEAD_PX = 14.0, 96.0, 150.0
_SYSTEM_PX = (24.0, 38.0)
_THINNEST_PX, _WIDEST_PX = 1.0, 13.0
_FILLED = 0.15
"""The part of the height that all wires together may fill."""
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
    """How wide each wire is: as its contacts, and all together no more than a part of the height [px]."""
    contacts = [wire.contacts or 0.0 for wire in found.wires]
    most = max(contacts)
    if not most:
        return [_THINNEST_PX] * len(contacts)
    room_px = _FILLED * ROW_PX * len(contacts)
    widest_px = min(_WIDEST_PX, max(_WIDEST_PX / 2, room_px * most / sum(contacts)))
    return [_THINNEST_PX + (widest_px - _THINNEST_PX) * one / most for one in contacts]


def team_boxes(found: Wires, at: Places, widths: list[float]) -> dict[str, tuple[float, float]]:
    """The upper edge and height of each team's box: as high as its wires, spread over the height of the rows."""
    heights: dict[str, float] = {}
    for team, _ in found.teams:
        wires = sum(widths[index] + AIR_PX for index, wire in enumerate(found.wires) if wire.team == team)
        heights[team] = max(_LEAST_TEAM_PX, wires + 8)
    spare = at.bottom - at.rows - sum(heights.values())
    between = max(_BETWEEN_PX, spare / len(heights))
    boxes = {}
    y = at.rows + max(0.0, between / 2 if between > _BETWEEN_PX else 0.0)
    for team, height in heights.items():
        boxes[team] = (y, height)
        y += height + between
    return boxes
