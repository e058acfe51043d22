"""What we work out from the inventory and its journeys, and show.

In a notebook: `import workbench as wb`, `project = wb.open("examples/gemeente")`, then `wb.effort(project)` and so on;
every result displays itself.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.analysis.case.business import case
    from workbench.analysis.content.content import content
    from workbench.analysis.effort import effort
    from workbench.analysis.flow import flow
    from workbench.analysis.matrix import matrix
    from workbench.analysis.maturity import maturity
    from workbench.analysis.missing import missing
    from workbench.analysis.moments import moments
    from workbench.analysis.overview import overview
    from workbench.analysis.staffing.staffing import staffing
    from workbench.analysis.steering.steering import steering
    from workbench.analysis.systems import systems
    from workbench.analysis.targets.targets import targets
    from workbench.language.language import Code
    from workbench.pictures.picture import landscape, picture
    from workbench.project import Project

_PICTURES = ("landscape", "picture")
_ANALYSES = ("case", "content", "effort", "flow", "matrix", "maturity", "missing", "moments", "overview",
             "staffing", "steering", "systems", "targets")  # fmt: skip
_MODULES = {
    "case": "case.business",
    "content": "content.content",
    "staffing": "staffing.staffing",
    "steering": "steering.steering",
    "targets": "targets.targets",
}
"""Analyses of several modules, with the one that holds the function."""

__all__ = [
    "case",
    "content",
    "effort",
    "flow",
    "landscape",
    "matrix",
    "maturity",
    "missing",
    "moments",
    "open",
    "overview",
    "picture",
    "staffing",
    "steering",
    "systems",
    "targets",
]


def open(root: str, lang: Code | None = None) -> Project:
    """Open the project in a folder, with results in `nl` or `en` when not in its own language.

    Raises:
        ModelError: the model has errors; all of them are in the message.
    """
    from workbench.project import open_project

    return open_project(root, lang).require_sound()


def __getattr__(name: str) -> Any:
    """Analyses are imported when they are first asked for, so that `import workbench` stays light."""
    if name in _ANALYSES:
        return getattr(importlib.import_module(f"workbench.analysis.{_MODULES.get(name, name)}"), name)
    if name in _PICTURES:
        return getattr(importlib.import_module("workbench.pictures.picture"), name)
    raise AttributeError(f"module 'workbench' has no attribute {name!r}")
