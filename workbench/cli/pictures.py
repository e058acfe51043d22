"""Which commands draw: map, landscape?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT

if TYPE_CHECKING:
    from workbench.pictures.picture import Picture
    from workbench.project import Project

KINDS = ("wall", "lanes", "blueprint", "emotion")
PAPERS = ("screen", "a4", "a3")
_OUT = click.Path(dir_okay=False)
_LANG = click.option(
    "--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default."
)


@click.command(name="map")
@PROJECT
@click.option("--journey", help="The journey to draw; all of them when not given, a file each.")
@click.option("--kind", type=click.Choice(KINDS), default="wall", show_default=True,
              help="Wall map, overview with a lane per channel, service blueprint, or emotion curves.")  # fmt: skip
@click.option("--against", metavar="JOURNEY", help="Draw the journey (ist) against this one (soll).")
@click.option("--actual", is_flag=True, help="Draw the journeys with what the contact log shows of them.")
@click.option("--phase", help="Draw only this phase.")
@click.option("--paper", type=click.Choice(PAPERS), default="screen", show_default=True,
              help="One tall picture, or sheets of A4 or A3 landscape, a file each.")  # fmt: skip
@click.option("--out", default="map.svg", type=_OUT, help="File ending in .svg, .png or .pdf.")
@_LANG
def map_(
    project: str, journey: str | None, kind: str, against: str | None, actual: bool, phase: str | None, paper: str,
    out: str, lang: str | None,
) -> None:  # fmt: skip
    """Draw journeys: as wall map, overview, service blueprint or emotion curves, ist and soll, or beside the log."""
    from touchpoints.faults import hint
    from workbench.pictures.picture import picture
    from workbench.project import open_project

    path = _path(out)
    if against is not None and (journey is None or phase is not None or kind != "wall"):
        raise UserError("--against needs --journey, and goes with neither --kind nor --phase", USAGE)
    if actual and (against is not None or phase is not None or kind != "wall"):
        raise UserError("--actual goes with neither --against, --kind nor --phase", USAGE)
    if kind == "lanes" and paper != "screen":
        raise UserError("--paper is for the other kinds; the overview with lanes is one picture", USAGE)
    found = open_project(project, lang).require_sound()  # type: ignore[arg-type]
    names = list(found.inventory.journeys)
    for asked in (journey, against):
        if asked is not None and asked not in names:
            raise UserError(f"no journey '{asked}'{hint(asked, names)}", USAGE)
    if not names:
        raise UserError("the model has no journey to draw; add one under `journeys:`")
    if actual:
        _save_actual(found, journey, paper, path)
        return
    chosen = [journey] if journey else names
    for name in chosen:
        target = path if len(chosen) == 1 else path.with_name(f"{path.stem}-{name}{path.suffix}")
        phases = list(found.inventory.journeys[name].phases)
        if phase is not None and phase not in phases:
            raise UserError(f"journey '{name}' has no phase '{phase}'{hint(phase, phases)}", USAGE)
        _save(partial(picture, found, name, kind, against=against, phase=phase, paper=paper), target)  # type: ignore[arg-type]


def _save_actual(project: Project, journey: str | None, paper: str, path: Path) -> None:
    """Draw one journey, or all that the log shows, beside what the log shows of them."""
    from workbench.log.opening import open_project_log
    from workbench.pictures.actual import actual_picture, drawable
    from workbench.validation.conformance.conformance import conformance

    with open_project_log(project) as log:
        result = conformance(project, log)
    shown = drawable(result)
    if journey is not None and journey not in shown:
        raise UserError(f"the log holds too little of journey '{journey}' to draw it")
    if not shown:
        raise UserError("the log holds too little of every journey to draw one; `workbench conform` says what it holds")
    chosen = [journey] if journey else list(shown)
    for name in chosen:
        target = path if len(chosen) == 1 else path.with_name(f"{path.stem}-{name}{path.suffix}")
        _save(partial(actual_picture, project, result, name, paper), target)


@click.command()
@PROJECT
@click.option("--hours", type=click.Choice(["staff", "customer"]), default="staff", show_default=True,
              help="Whose hours colour the touchpoints.")  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), default=None, help="Draw only the touchpoints with most contacts.")
@click.option("--out", default="landscape.svg", type=_OUT, help="File ending in .svg, .png or .pdf.")
@_LANG
def landscape(project: str, hours: str, top: int | None, out: str, lang: str | None) -> None:
    """Draw the contact landscape: touchpoints, the systems they use and lack, and the teams behind them."""
    from workbench.pictures.picture import landscape as draw
    from workbench.project import open_project

    path = _path(out)
    _save(partial(draw, open_project(project, lang).require_sound(), hours, top), path)  # type: ignore[arg-type]


def _path(out: str) -> Path:
    from journeys.drawing import FORMATS

    path = Path(out)
    if path.suffix.lower().lstrip(".") not in FORMATS:
        raise UserError(f"--out must end in one of {', '.join(FORMATS)}, got '{path.name}'", USAGE)
    return path


def _save(draw: Callable[[], Picture], path: Path) -> None:
    """Draw, and write each sheet to a file of its own, numbered when there are several."""
    from journeys.drawing import DrawingError

    try:
        for file in draw().save(path):
            click.echo(str(file))
    except DrawingError as error:
        raise UserError(str(error)) from error
