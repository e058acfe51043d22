"""Which built reports do the tests share? Each is built once a process."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from tests.hostile import hostile_project
from touchpoints.inventory import Inventory
from workbench.language.language import Language
from workbench.project import open_project
from workbench.report.blocks import Report
from workbench.report.build import report
from workbench.report.page import render

GEMEENTE = Path(__file__).parents[1] / "examples" / "gemeente"


@functools.cache
def gemeente_inventory() -> Inventory:
    """The model of the municipality."""
    return open_project(GEMEENTE).inventory


@functools.cache
def gemeente_report(lang: str) -> tuple[Report, Language]:
    """The report of the municipality in a language."""
    project = open_project(GEMEENTE, lang).require_sound()  # type: ignore[arg-type]
    return report(project, project.language), project.language


@functools.cache
def gemeente_page(lang: str) -> str:
    """The same as HTML."""
    return render(*gemeente_report(lang))


@functools.cache
def hostile_report(lang: str) -> tuple[Report, Language]:
    """The report of a model with hostile text in every field that takes text."""
    with tempfile.TemporaryDirectory() as folder:
        project = open_project(hostile_project(Path(folder)), lang).require_sound()  # type: ignore[arg-type]
        return report(project, project.language), project.language


@functools.cache
def hostile_page(lang: str) -> str:
    """The same as HTML."""
    return render(*hostile_report(lang))
