"""Which commands tell whether promises are kept, which systems are lacking and how mature the organisation is?"""

from __future__ import annotations

from typing import Any

import click

from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show


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
