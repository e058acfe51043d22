"""Which command holds the journeys of the log against the planned ones: conform?"""

from __future__ import annotations

from typing import Any

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show


@click.command()
@PROJECT
@click.option("--notion", type=click.Choice(["case", "customer"]), help="What a journey is; the case by default.")
@click.option("--window", type=float, help="Days without contact after which a journey is over; the repeat window.")
@click.option("--least-fitness", type=float, default=0.5, help="Alignment fitness that a planned journey asks [0–1].")
@output_options
def conform(project: str, notion: Any, window: float | None, least_fitness: float, **how: Any) -> None:
    """Whether journeys in the log go as planned: fit per journey, deviations and what they take, moves.

    Each case is aligned with every planned journey and belongs to the one that explains it best. Steps that no log
    can see are not missed.
    """
    from workbench.log.opening import open_project_log
    from workbench.project import open_project
    from workbench.validation.conformance.conformance import conformance

    found = open_project(project, how.pop("lang")).require_sound()
    with open_project_log(found) as opened:
        try:
            result = conformance(found, opened, notion=notion, window_days=window, least_fitness=least_fitness)
        except ValueError as error:
            raise UserError(str(error), USAGE) from error
    show(result, **how)
