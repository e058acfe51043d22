"""Which commands tell whether promises are kept, which systems are lacking and how mature the organisation is?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show

if TYPE_CHECKING:
    from workbench.analysis.maturity import Maturity


@click.command()
@PROJECT
@click.option("--no-log", is_flag=True, help="Hold the targets against the model only, also when there is a log.")
@output_options
def targets(project: str, no_log: bool, lang: str | None, **how: Any) -> None:
    """Which targets are met, by the model and by the log, and what it would take to meet the rest."""
    from workbench.analysis.targets.targets import targets as analysis
    from workbench.log.opening import has_log, open_project_log
    from workbench.project import open_project

    opened = open_project(project, lang).require_sound()  # type: ignore[arg-type]
    if has_log(opened) and not no_log:
        with open_project_log(opened) as log:
            result = analysis(opened, log=log)
    else:
        result = analysis(opened)
    show(result, **how)


@click.command()
@PROJECT
@output_options
def systems(project: str, lang: str | None, **how: Any) -> None:
    """Which systems touchpoints lack, which status questions an integration would remove, what stands in the way."""
    from workbench.analysis.systems import systems as analysis
    from workbench.project import open_project

    show(analysis(open_project(project, lang).require_sound()), **how)  # type: ignore[arg-type]


@click.command()
@PROJECT
@click.option("--picture", "out", type=click.Path(dir_okay=False), help="Write the radar as .svg, .png or .pdf.")
@output_options
def maturity(project: str, out: str | None, lang: str | None, **how: Any) -> None:
    """How ready the organisation is, aspect by aspect; what is bought too early; where messages differ."""
    from workbench.analysis.maturity import maturity as analysis
    from workbench.project import open_project

    found = analysis(open_project(project, lang).require_sound())  # type: ignore[arg-type]
    if out is not None:
        _draw(found, Path(out))
    show(found, **how)


def _draw(found: Maturity, path: Path) -> None:
    from journeys.drawing import FORMATS, save
    from workbench.pictures.radar import radar

    if path.suffix.lower().lstrip(".") not in FORMATS:
        raise UserError(f"--picture must end in one of {', '.join(FORMATS)}, got '{path.name}'", USAGE)
    save(radar(found), path)
