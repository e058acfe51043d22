"""Which commands are for a workshop: new, sheet?"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from workbench.cli.failures import FINDINGS, USAGE, UserError


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
    click.echo(f"next: workbench check {shlex.quote(folder)}", err=True)


@click.group()
def sheet() -> None:
    """Take the inventory to a workshop as an Excel workbook, and back."""


@sheet.command(name="export")
@click.argument("project", type=click.Path(file_okay=False))
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The workbook to write (.xlsx).")
@click.option("--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default.")
def export_(project: str, out: str, lang: Any) -> None:
    """Write the inventory of PROJECT as a workbook to fill in together; never over another file."""
    from workbench.project import open_project
    from workbench.sheet.export import SheetError, export_sheet

    if Path(out).exists():
        raise UserError(f"{out} is there already; name another file, or delete it first", USAGE)
    if Path(out).suffix.lower() != ".xlsx":
        raise UserError(f"--out must end in .xlsx, got {out!r}", USAGE)
    found = open_project(project, lang).require_sound()
    try:
        rows = export_sheet(found, Path(out))
    except SheetError as error:
        raise UserError(str(error)) from error
    for name, count in rows.items():
        click.echo(f"{out}: {name}, {count} rows")


@sheet.command(name="import")
@click.argument("project", type=click.Path(file_okay=False))
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--write", is_flag=True, help="Write the change into the files of the model.")
@click.option("--remove", is_flag=True, help="Take records out of the model whose row is gone.")
@click.option("--clear", is_flag=True, help="Take values out of the model whose cell is empty.")
@click.pass_context
def import_(ctx: click.Context, project: str, file: str, write: bool, remove: bool, clear: bool) -> None:
    """Show what the filled-in workbook FILE changes in PROJECT, as a diff of its YAML; written only with --write.

    Faults come all at once, by sheet and cell. What somebody changed in the model since the workbook was made is
    shown, and not overwritten.
    """
    from workbench.cli.show import inert
    from workbench.sheet.grid import GridError
    from workbench.sheet.importing import import_sheet
    from workbench.sheet.remarks import closing

    try:
        found = import_sheet(project, file, remove, clear)
    except GridError as error:
        raise UserError(str(error)) from error
    for remark in found.remarks:
        click.echo(str(remark), err=True)
    click.echo(inert(found.diff), nl=False)
    click.echo(closing(found.remarks), err=True)
    if found.errors:
        ctx.exit(FINDINGS)
    if write:
        for name in found.write().files:
            click.echo(str(Path(project) / name), err=True)
