"""Which command tells whether there is staff enough?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show

if TYPE_CHECKING:
    from workbench.analysis.staffing.agents import Promise
    from workbench.analysis.staffing.staffing import Staffing


@click.command()
@PROJECT
@click.option("--target", help="A service level for every queue, such as 80%/20s, instead of what the model promises.")
@click.option("--no-log", is_flag=True, help="Spread contacts by the library's day profile, also when there is a log.")
@click.option("--team", help="Draw the week of this team; the first that lacks people when not given.")
@click.option("--picture", "out", type=click.Path(dir_okay=False), help="Write the week as .svg, .png or .pdf.")
@output_options
def staff(
    project: str, target: str | None, no_log: bool, team: str | None, out: str | None, lang: str | None, **how: Any
) -> None:
    """Whether teams have the people for what they promise: per half hour, in FTE, and what customers meet now."""
    from workbench.analysis.staffing.staffing import staffing
    from workbench.log.opening import open_project_log
    from workbench.project import open_project

    opened = open_project(project, lang).require_sound()  # type: ignore[arg-type]
    wanted = _promise(target) if target is not None else None
    if opened.store_file.is_file() and not no_log:
        with open_project_log(opened) as log:
            result = staffing(opened, log=log, target=wanted)
    else:
        result = staffing(opened, target=wanted)
    if out is not None:
        _draw(result, team, Path(out))
    show(result, **how)


def _draw(result: Staffing, team: str | None, path: Path) -> None:
    """Write the week of a team as a picture."""
    from journeys.drawing import FORMATS, save
    from workbench.pictures.week_map import week_map

    names = [need.team.id for need in result.needs]
    if path.suffix.lower().lstrip(".") not in FORMATS:
        raise UserError(f"--picture must end in one of {', '.join(FORMATS)}, got '{path.name}'", USAGE)
    if not names:
        raise UserError("no team has contacts that people answer, so there is no week to draw")
    if team is not None and team not in names:
        raise UserError(f"--team must be one of {', '.join(names)}, got '{team}'", USAGE)
    save(week_map(result, team or result.tightest.team.id), path)


def _promise(text: str) -> Promise:
    """The promise of a text such as `80%/20s`."""
    from touchpoints.numbers import QuantityError
    from touchpoints.quantities import Duration, Share
    from workbench.analysis.staffing.agents import Promise

    share, _, limit = text.partition("/")
    try:
        return Promise(Duration.parse(limit).point, Share.parse(share).point)
    except QuantityError as error:
        raise UserError(f"--target must be a share and a time such as 80%/20s, got '{text}' ({error})", USAGE) from None
