"""Which command makes a report?"""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT
from workbench.formats import ENDINGS, FormatError, ending_of, write_report


@click.command()
@PROJECT
@click.option("--out", default="report.html", type=click.Path(dir_okay=False), show_default=True,
              help=f"The file to write, ending in {', '.join(ENDINGS)}.")  # fmt: skip
@click.option("--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default.")
def report(project: str, out: str, lang: str | None) -> None:
    """Write the report as one file: a page that works without a network, a PDF, a workbook or slides."""
    from workbench.project import open_project

    try:
        ending_of(Path(out))
        write_report(open_project(project, lang).require_sound(), Path(out))  # type: ignore[arg-type]
    except FormatError as error:
        raise UserError(str(error), USAGE) from error
    click.echo(out)
