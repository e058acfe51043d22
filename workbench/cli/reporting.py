"""Which commands make a report: report, demo?"""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.model import PROJECT


@click.command()
@PROJECT
@click.option("--out", default="report.html", type=click.Path(dir_okay=False), help="The HTML file to write.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default.")
def report(project: str, out: str, lang: str | None) -> None:
    """Write the report as one HTML file that works without a network."""
    from workbench.project import open_project
    from workbench.report.build import write_report

    write_report(open_project(project, lang).require_sound(), Path(out))  # type: ignore[arg-type]
    click.echo(out)
