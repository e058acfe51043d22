"""Which command makes a report, and in which formats?"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT

if TYPE_CHECKING:
    from workbench.language.language import Language
    from workbench.project import Project

WRITERS: dict[str, tuple[str, str]] = {
    ".html": ("workbench.report.page", "write_page"),
    ".pdf": ("workbench.report.paper", "write_pdf"),
}
"""By ending: the module and the function that writes a report in that format (report, path, language)."""

OFFICE: dict[str, tuple[str, str]] = {
    ".xlsx": ("workbench.office.excel.workbook", "write_workbook"),
    ".pptx": ("workbench.office.slides.presentation", "write_slides"),
}
"""Formats that calculate or draw from the results themselves (project, path, language); they need the extra office."""


@click.command()
@PROJECT
@click.option("--out", default="report.html", type=click.Path(dir_okay=False), show_default=True,
              help=f"The file to write, ending in {', '.join((*WRITERS, *OFFICE))}.")  # fmt: skip
@click.option("--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default.")
def report(project: str, out: str, lang: str | None) -> None:
    """Write the report as one file: a page that works without a network, a PDF, a workbook or slides."""
    _require_known(Path(out))
    from workbench.project import open_project

    write_report(open_project(project, lang).require_sound(), Path(out))  # type: ignore[arg-type]
    click.echo(out)


def write_report(project: Project, path: Path, language: Language | None = None) -> None:
    """Write the report of a project in the format that the ending of the file names.

    Raises:
        UserError: the ending is not known, or what the format needs is not installed.
    """
    ending = _require_known(path)
    if ending in OFFICE:
        _office(ending, path)(project, path, language)
        return
    module, function = WRITERS[ending]
    write = getattr(importlib.import_module(module), function)
    from workbench.report.build import report as build

    language = language or project.language
    made = build(project, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(made, path, language)


def _office(ending: str, path: Path) -> Callable[[Project, Path, Language | None], None]:
    """The function that writes an office file."""
    module, function = OFFICE[ending]
    try:
        found: Callable[[Project, Path, Language | None], None] = getattr(importlib.import_module(module), function)
    except ModuleNotFoundError as error:
        if error.name not in ("xlsxwriter", "pptx"):
            raise
        raise UserError(f"{path}: needs the extra `office`: pip install 'journey-workbench[office]'", USAGE) from error
    return found


def _require_known(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in WRITERS and ending not in OFFICE:
        raise UserError(f"{path}: a report ends in {', '.join((*WRITERS, *OFFICE))}; name the file so", USAGE)
    return ending
