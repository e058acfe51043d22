"""Which commands hold the model against the contact log: validate, calibrate?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbench.cli.failures import FINDINGS, UserError
from workbench.cli.model import PROJECT
from workbench.cli.show import inert, output_options, show

if TYPE_CHECKING:
    from workbench.project import Project


@click.command()
@PROJECT
@click.option("--strict", is_flag=True, help="End with exit status 1 when the log contradicts an assumption.")
@click.option("--predict", is_flag=True, help="Instead: does the first part of the log predict the rest?")
@output_options
@click.pass_context
def validate(ctx: click.Context, /, project: str, strict: bool, predict: bool, **how: Any) -> None:
    """Which assumptions of the model the log confirms, and which it contradicts."""
    from workbench.log.opening import open_project_log
    from workbench.validation.ledger import ledger
    from workbench.validation.prediction import prediction

    found = _sound(project, how.pop("lang"))
    with open_project_log(found) as log:
        if predict:
            show(prediction(found, log), **how)
            return
        result = ledger(found, log)
    show(result, **how)
    if strict and result.count("contradicted"):
        ctx.exit(FINDINGS)


@click.command()
@PROJECT
@click.option("--write", is_flag=True, help="Write the change into the files of the model.")
@click.option(
    "--only",
    multiple=True,
    help="A verdict, a kind (handling_time, next …) or a pattern (volumes/phone/*); repeatable.",
)
@output_options
def calibrate(project: str, write: bool, only: tuple[str, ...], **how: Any) -> None:
    """Propose measured values as a change of the YAML; written only with --write.

    Proposed is what the log contradicts, and what it knows well enough and does not confirm. Comments, order and
    notation stay. A new value gets grade `measured` with n and the days of the log; later contacts can validate it.
    """
    from workbench.log.opening import open_project_log
    from workbench.validation.calibration import CalibrationError
    from workbench.validation.calibration import calibrate as propose

    found = _sound(project, how.pop("lang"))
    with open_project_log(found) as log:
        result = propose(found, log, only=only)
    if how["as_json"] or how["as_csv"]:
        show(result, **how)
    else:
        click.echo(inert(result.diff), nl=False)
        for one in result.unwritten:
            click.echo(f"not written: {one.proposal.name} → {one.proposal.new}: {one.why}", err=True)
        click.echo(found.language.text("calibration.count", count=len(result.proposals)), err=True)
    if write:
        try:
            files = result.write()
        except CalibrationError as error:
            raise UserError(str(error)) from error
        for name in files:
            click.echo(f"{found.root / name}", err=True)


def _sound(project: str, lang: str | None) -> Project:
    from workbench.project import open_project

    return open_project(project, lang).require_sound()  # type: ignore[arg-type]
