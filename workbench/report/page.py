"""How does a report become one self-contained HTML file that asks nothing of the network?"""

from __future__ import annotations

from importlib import resources

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from workbench.language.language import Language
from workbench.report.blocks import Report, Rows
from workbench.result import NUMERIC


def render(report: Report, language: Language) -> str:
    """The report as HTML."""
    folder = resources.files("workbench") / "report"
    templates = {name: (folder / name).read_text(encoding="utf-8") for name in ("page.html.j2", "page.css")}
    environment = Environment(
        loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["svg"] = Markup
    environment.globals.update(style=Markup(templates["page.css"]), kind_of=lambda block: type(block).__name__)
    return environment.get_template("page.html.j2").render(
        report=report, language=language, lang=language.code, view=lambda rows: _view(rows, language)
    )


def _view(rows: Rows, language: Language) -> dict[str, object]:
    """What the template needs of a table; the source of a row stands small under its first cell."""
    table = rows.table
    units, headings = table.units(), table.headings(language)
    kept = [index for index, column in enumerate(table.columns) if column != "place"]
    place = table.columns.index("place") if "place" in table.columns else None
    shown = [
        {"cells": [row[index] for index in kept], "place": row[place] if place is not None else ""}
        for row in table.shown(language)
    ]
    return {
        "title": table.title(language),
        "headings": [headings[index] for index in kept],
        "numeric": [units[index] in NUMERIC for index in kept],
        "rows": shown[: rows.most],
        "more": shown[rows.most :],
        "notes": table.notes,
    }
