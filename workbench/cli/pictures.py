"""Which commands draw: map?"""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT


@click.command(name="map")
@PROJECT
@click.option("--journey", help="The journey to draw; all of them when not given, a file each.")
@click.option("--out", default="map.svg", type=click.Path(dir_okay=False), help="File ending in .svg, .png or .pdf.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default.")
def map_(project: str, journey: str | None, out: str, lang: str | None) -> None:
    """Draw the map of a journey: phases across, a lane per channel, edges as wide as their flow."""
    from journeys.drawing import FORMATS, DrawingError, save
    from journeys.map import journey_map
    from touchpoints.faults import hint
    from workbench.project import open_project

    path = Path(out)
    if path.suffix.lower().lstrip(".") not in FORMATS:
        raise UserError(f"--out must end in one of {', '.join(FORMATS)}, got '{path.name}'", USAGE)
    found = open_project(project).require_sound()
    names = list(found.inventory.journeys)
    if journey is not None and journey not in names:
        raise UserError(f"no journey '{journey}'{hint(journey, names)}", USAGE)
    if not names:
        raise UserError("the model has no journey to draw; add one under `journeys:`")
    chosen = [journey] if journey else names
    for name in chosen:
        target = path if len(chosen) == 1 else path.with_name(f"{path.stem}-{name}{path.suffix}")
        try:
            save(journey_map(found.inventory, found.flows[name], lang or found.inventory.settings.language), target)
        except DrawingError as error:
            raise UserError(str(error)) from error
        click.echo(str(target))
