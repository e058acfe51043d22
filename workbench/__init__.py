"""What we work out from the inventory and its journeys, and show.

In a notebook: `import workbench as wb`, `project = wb.open("examples/gemeente")`, then `wb.effort(project)` and so on.
Every result shows itself; `result["name"]` is one of its tables, `result.to_frame()` a pandas frame,
`wb.chart(result)` a picture of it, and `result.assumptions` the numbers it rests on, with grade and file:line.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.analysis.case.business import case
    from workbench.analysis.content.content import content
    from workbench.analysis.difference import difference
    from workbench.analysis.effort import effort
    from workbench.analysis.flow import flow
    from workbench.analysis.matrix import matrix
    from workbench.analysis.maturity import maturity
    from workbench.analysis.missing import missing
    from workbench.analysis.moments import moments
    from workbench.analysis.overview import overview
    from workbench.analysis.staffing.effect import people_effect
    from workbench.analysis.staffing.erlang import erlang_a, erlang_c
    from workbench.analysis.staffing.need import full_time
    from workbench.analysis.staffing.staffing import staffing
    from workbench.analysis.steering.steering import steering
    from workbench.analysis.systems import systems
    from workbench.analysis.targets.targets import targets
    from workbench.cli.reporting import write_report
    from workbench.language.language import Code
    from workbench.logbook import actual_journeys, discover, ingest, measure, open_log, simulate, spread
    from workbench.pictures.chart import chart, charts
    from workbench.pictures.picture import landscape, picture
    from workbench.project import Project
    from workbench.validation.calibration import calibrate
    from workbench.validation.conformance.conformance import conformance
    from workbench.validation.hypotheses import hypotheses
    from workbench.validation.ledger import ledger
    from workbench.validation.prediction import prediction

_FUNCTIONS: dict[str, str] = {
    # the model, step by step
    "overview": "analysis.overview",
    "missing": "analysis.missing",
    "matrix": "analysis.matrix",
    "steering": "analysis.steering.steering",
    "content": "analysis.content.content",
    "flow": "analysis.flow",
    "effort": "analysis.effort",
    "moments": "analysis.moments",
    "systems": "analysis.systems",
    "staffing": "analysis.staffing.staffing",
    "targets": "analysis.targets.targets",
    "maturity": "analysis.maturity",
    "case": "analysis.case.business",
    "difference": "analysis.difference",
    # what can be worked out without a model
    "erlang_a": "analysis.staffing.erlang",
    "erlang_c": "analysis.staffing.erlang",
    "full_time": "analysis.staffing.need",
    "people_effect": "analysis.staffing.effect",
    # pictures
    "picture": "pictures.picture",
    "landscape": "pictures.picture",
    "chart": "pictures.chart",
    "charts": "pictures.chart",
    # the contact log, and the model against it
    "simulate": "logbook",
    "ingest": "logbook",
    "open_log": "logbook",
    "measure": "logbook",
    "spread": "logbook",
    "actual_journeys": "logbook",
    "discover": "logbook",
    "ledger": "validation.ledger",
    "conformance": "validation.conformance.conformance",
    "hypotheses": "validation.hypotheses",
    "calibrate": "validation.calibration",
    "prediction": "validation.prediction",
    # for those who read no notebook
    "write_report": "cli.reporting",
}
"""What a notebook calls, and the module that holds it; each is imported when it is first asked for."""

__all__ = [
    "actual_journeys",
    "calibrate",
    "case",
    "chart",
    "charts",
    "conformance",
    "content",
    "difference",
    "discover",
    "effort",
    "erlang_a",
    "erlang_c",
    "flow",
    "full_time",
    "hypotheses",
    "ingest",
    "landscape",
    "ledger",
    "matrix",
    "maturity",
    "measure",
    "missing",
    "moments",
    "open",
    "open_log",
    "overview",
    "people_effect",
    "picture",
    "prediction",
    "simulate",
    "spread",
    "staffing",
    "steering",
    "systems",
    "targets",
    "write_report",
]


def open(root: str | Path, lang: Code | None = None) -> Project:
    """Open the project in a folder, with results in `nl` or `en` when not in its own language.

    Raises:
        ModelError: the model has errors; all of them are in the message.
    """
    from workbench.project import open_project

    return open_project(root, lang).require_sound()


def __getattr__(name: str) -> Any:
    """Functions are imported when they are first asked for, so that `import workbench` stays light."""
    if name in _FUNCTIONS:
        found = getattr(importlib.import_module(f"workbench.{_FUNCTIONS[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module 'workbench' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_FUNCTIONS})
