"""How does a report become one self-contained HTML file that asks nothing of the network?"""

from __future__ import annotations

from functools import cache, partial
from importlib import resources
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from workbench.language.language import Language
from workbench.report.blocks import Report
from workbench.report.leads import Leads, brief
from workbench.report.table_view import table_view
from workbench.tables import visible

_PARTS = ("page.html.j2", "blocks.html.j2", "page.css", "print.css")


def render(report: Report, language: Language) -> str:
    """The report as HTML."""
    folder = resources.files("workbench") / "report"
    templates = {name: (folder / name).read_text(encoding="utf-8") for name in _PARTS}
    environment = Environment(
        loader=DictLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    anchors = report.sources.anchors
    leads = Leads.to(anchors)
    environment.filters.update(
        svg=Markup, places=cache(partial(linked, leads=leads)), source=cache(partial(_source, leads=leads))
    )
    environment.globals.update(
        language=language,
        anchors=anchors,
        kind_of=lambda block: type(block).__name__,
        zip=zip,
        view=lambda table, most=None: table_view(table, language, most),
    )
    style = Markup(templates["page.css"] + templates["print.css"])
    return environment.get_template("page.html.j2").render(report=report, lang=language.code, style=style)


def write_page(report: Report, path: Path, language: Language) -> None:
    """Write the report as one HTML file that needs no network."""
    path.write_text(render(report, language), encoding="utf-8")


def linked(text: str, leads: Leads) -> Markup:
    """A text in which every place that the report holds leads to its line.

    Example:
        >>> str(linked("<b> a.yaml:7", Leads.to({"a.yaml:7": "source-1-7"})))
        '&lt;b&gt; <a href="#source-1-7">a.yaml:7</a>'
    """
    return Markup("").join(
        Markup('<a href="#{}">{}</a>').format(piece.to, piece.text) if piece.to else escape(piece.text)
        for piece in leads.pieces(visible(text))
    )


def _source(places: str, leads: Leads) -> Markup:
    """The places of a row, as short as can be, each a link."""
    shown = Markup('<a href="#{}" aria-label="{}">{}</a>')
    return Markup(", ").join(
        shown.format(to, place, _breaking(written)) if (to := leads.of(place)) else _breaking(written)
        for place, written in brief(visible(places))
    )


def _breaking(place: str) -> Markup:
    """A place that breaks between folders, where it has to break."""
    return Markup("/<wbr>").join(place.split("/"))
