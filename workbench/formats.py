"""In which file formats is the report of a project written, and by what?"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.language.language import Language
    from workbench.project import Project

_FROM_REPORT: dict[str, tuple[str, str]] = {
    ".html": ("workbench.report.page", "write_page"),
    ".pdf": ("workbench.report.paper.pdf", "write_pdf"),
}
"""By ending: the module and the function that writes a made report (report, path, language)."""

_FROM_PROJECT: dict[str, tuple[str, str]] = {
    ".xlsx": ("workbench.office.excel.workbook", "write_workbook"),
    ".pptx": ("workbench.office.slides.presentation", "write_slides"),
}
"""Formats that calculate or draw from the results themselves (project, path, language)."""

ENDINGS = (*_FROM_REPORT, *_FROM_PROJECT)

_EXTRAS = {"typst": "print", "xlsxwriter": "office", "pptx": "office"}
"""What an optional package comes with."""


class FormatError(ValueError):
    """A file that cannot be written: its ending is not known, or what the format needs is not installed."""


def write_report(project: Project, path: str | Path, language: Language | None = None) -> Path:
    """Write the report of a project as the file whose ending says the format: .html, .pdf, .xlsx or .pptx.

    Args:
        project: with a sound model.
        path: the file; its folder is made.
        language: of the report, the project's when not given.

    Returns:
        The file.

    Raises:
        FormatError: the ending is none of these, an optional package is not installed, or there is a workbook of a
            workshop in that place.
    """
    file = Path(path)
    ending = ending_of(file)
    language = language or project.language
    if file.exists() and _is_of_workshop(file):
        raise FormatError(f"{file}: is a workbook of a workshop, which a report would take the place of; name another")
    if ending in _FROM_PROJECT:
        write, made = _function(file, *_FROM_PROJECT[ending]), project
        file.parent.mkdir(parents=True, exist_ok=True)
        write(made, file, language)
        return file
    write = _function(file, *_FROM_REPORT[ending])
    from workbench.report.build import report

    built = report(project, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    write(built, file, language)
    return file


def _is_of_workshop(file: Path) -> bool:
    from workbench.sheet.basis import holds_basis

    return holds_basis(file)


def ending_of(file: Path) -> str:
    """The ending of a file, when a report can be written with it.

    Raises:
        FormatError: it cannot.

    Example:
        >>> ending_of(Path("Report.HTML"))
        '.html'
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise FormatError(f"{file}: a report ends in {', '.join(ENDINGS)}; name the file so")
    return ending


def _function(file: Path, module: str, function: str) -> Callable[..., Any]:
    """A writer; its module is loaded only now."""
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(error.name or "")
        if extra is None:
            raise
        needs = f"needs the extra `{extra}`: pip install 'journey-workbench[{extra}]'"
        raise FormatError(f"{file}: {needs}") from error
    return found
