"""Which pictures can be drawn of a project, and how do they show themselves in a notebook?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from journeys.drawing import save
from journeys.pictures.blueprint import blueprint
from journeys.pictures.compare import Version, compare
from journeys.pictures.emotion import emotion_curve
from journeys.pictures.landscape import landscape as draw_landscape
from journeys.pictures.lanes_map import lanes_map
from journeys.pictures.wall_map import wall_map
from workbench.analysis.loads import loads
from workbench.project import Project

Kind = Literal["wall", "lanes", "blueprint", "emotion"]
KINDS: tuple[Kind, ...] = get_args(Kind)


_SHEET = "display:inline-block;max-width:100%;overflow-x:auto;padding:10px;border-radius:4px;background:#fff"
"""A picture keeps its own paper, also on a dark page."""


@dataclass(frozen=True)
class Picture:
    """A drawn picture, on one sheet or several; it shows itself in a notebook."""

    sheets: tuple[str, ...]

    def _repr_html_(self) -> str:
        return "\n".join(f'<div style="{_SHEET}">{sheet}</div>' for sheet in self.sheets)

    def save(self, path: str | Path) -> tuple[Path, ...]:
        """Write it as .svg, .png or .pdf; several sheets to files numbered from one.

        Raises:
            ValueError: the ending is another one.
        """
        target = Path(path)
        many = len(self.sheets) > 1
        files = [target.with_name(f"{target.stem}-{n}{target.suffix}") if many else target for n in self._numbers()]
        for file, svg in zip(files, self.sheets, strict=True):
            save(svg, file)
        return tuple(files)

    def _numbers(self) -> Sequence[int]:
        return range(1, len(self.sheets) + 1)


def picture(
    project: Project,
    journey: str,
    kind: Kind = "wall",
    *,
    against: str | None = None,
    phase: str | None = None,
    paper: str = "screen",
) -> Picture:
    """Draw a journey: wall map, overview with a lane per channel, blueprint or emotion curves; or ist against soll.

    Args:
        project: with a sound model.
        journey: which one.
        kind: what to draw.
        against: another journey (soll) to hold it against.
        phase: draw only this phase.
        paper: screen, a4 or a3.

    Raises:
        DrawingError: the journey is too large for a picture.
        ValueError: there is no such journey or kind.
    """
    inventory, language = project.inventory, project.language.code
    for name in (journey, against):
        if name is not None and name not in inventory.journeys:
            raise ValueError(f"journey must be one of {', '.join(inventory.journeys)}, got {name!r}")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    flow = project.flows[journey]
    if against is not None:
        ist, soll = Version(inventory, flow), Version(inventory, project.flows[against])
        return Picture(tuple(compare(ist, soll, language, paper)))
    if kind == "lanes":
        return Picture((lanes_map(inventory, flow, language, phase),))
    draw = {"wall": wall_map, "blueprint": blueprint, "emotion": emotion_curve}[kind]
    return Picture(tuple(draw(inventory, flow, language, paper, phase)))


def landscape(project: Project, hours: Literal["staff", "customer"] = "staff", top: int | None = None) -> Picture:
    """Draw the contact landscape: touchpoints, the systems they use and lack, and the teams behind them."""
    carried = loads(project)
    svg = draw_landscape(
        project.inventory, carried.contacts_per_year, carried.hours(hours), project.language.code, hours, top
    )
    return Picture((svg,))
