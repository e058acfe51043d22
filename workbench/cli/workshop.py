"""Which commands are for a workshop: new, sheet?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbench.cli.failures import USAGE, UserError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=True))
@click.option("--from", "names", multiple=True, required=True, metavar="PATTERN",
              help="A journey pattern (`workbench library journeys` lists them) or `empty`; repeatable.")  # fmt: skip
@click.option("--name", help="The project's name; the folder's when not given.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", help="Language of the project and its comments.")
def new(folder: str, names: tuple[str, ...], name: str | None, lang: Any) -> None:
    """Start a project in DIR, with what to fill in at the head of each file; the model has no errors."""
    from workbench.starting import StartError, start_project

    try:
        files = start_project(Path(folder), names, lang, name)
    except StartError as error:
        raise UserError(str(error), USAGE) from error
    for file in files:
        click.echo(str(file))
    click.echo(f"next: workbench check {folder}", err=True)


@click.group()
def sheet() -> None:
    """Take the inventory to a workshop as an Excel workbook, and back."""
