"""How do the chapters of the report look on the live page? By the report's own templates, with links to files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from workbench.app.scope import Scope
from workbench.language.language import Language
from workbench.report.blocks import Block, Chapter, Fold, Picture, Rows, Sources
from workbench.report.leads import Leads, brief
from workbench.report.places import leads_of
from workbench.report.table_view import RowView, TableView, table_view
from workbench.tables import Table

UNIT_UNSAID = ("what_if", "log_selected")
"""Tables whose values say their unit themselves, so that the column of units need not show."""


@dataclass(frozen=True)
class Frame:
    """Where blocks are shown: in which language, for whose contacts, on which page; and what can be downloaded.

    Attributes:
        formats: the endings that tables can be downloaded in.
    """

    language: Language
    scope: Scope
    page: str
    formats: tuple[str, ...] = ("csv",)

    def text(self, key: str, **values: object) -> str:
        """A sentence of the catalogue."""
        return self.language.text(key, **values)

    @cached_property
    def _leads(self) -> Leads:
        return leads_of(self.scope.inventory)

    def linked(self, text: str) -> Markup:
        """A text in which every place leads to its line."""
        return joined(
            _link(piece.to, piece.text) if piece.to else escape(piece.text) for piece in self._leads.pieces(text)
        )

    def sourced(self, places: str) -> Markup:
        """The places of a row, as short as can be, each a link."""
        return Markup("; ").join(
            _link(place, written) if self._leads.of(place) else escape(written) for place, written in brief(places)
        )

    def view(self, table: Table, most: int | None = None) -> TableView:
        """What shows of a table: the rows within the scope, and a note on those that are not."""
        kept, left_out = self.scope.of(table)
        found = table_view(kept, self.language, most)
        if table.key in UNIT_UNSAID:
            found = _without(found, table.columns.index("unit"))
        if not left_out:
            return found
        note = self.text("live.left_out", count=self.language.show(left_out, "count"))
        return replace(found, notes=(*found.notes, note))

    def downloads(self, table: Table, at: int | str) -> Markup:
        """Links to a table of this page as files; the page adds its choices when they are followed."""
        title, link = table.title(self.language), Markup('<a href="{}" download title="{}" aria-label="{}">{}</a>')
        links = joined(
            link.format(f"table/{self.page}-{at}.{ending}", title,
                        self.text("live.download", title=title, ending=ending.upper()), ending.upper())
            for ending in self.formats
        )  # fmt: skip
        return Markup('<p class="downloads">{}</p>').format(links)

    @cached_property
    def _given(self) -> dict[str, Any]:
        """What the templates ask of a frame."""
        return {"frame": self, "language": self.language, "view": self.view, "downloads": self.downloads}

    def chapter(self, chapter: Chapter) -> Markup:
        """A chapter under its heading."""
        anchors = next((one.anchors for one in chapter.blocks if isinstance(one, Sources)), {})
        made = _environment().get_template("chapter.html.j2")
        return Markup(made.render(self._given, chapter=chapter, anchors=anchors, tables_of=_Counted().of))

    def table(self, table: Table, most: int | None = None, at: str = "") -> Markup:
        """A table of its own, with its downloads when it has a name for them."""
        made: Any = _environment().get_template("blocks.html.j2").make_module({**self._given, "anchors": {}})
        return joined([Markup(made.table(table, most)), self.downloads(table, at) if at else ""])


@cache
def _environment() -> Environment:
    """The templates of blocks, compiled once; what differs between frames comes with each use."""
    where = {"chapter.html.j2": "app", "blocks.html.j2": "report"}
    folder = resources.files("workbench")
    templates = {name: (folder / part / name).read_text(encoding="utf-8") for name, part in where.items()}
    environment = Environment(
        loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(svg=Markup, places=_linked, source=_sourced)
    environment.globals.update(kind_of=lambda block: type(block).__name__, zip=zip)
    return environment


@pass_context
def _linked(context: Context, text: str) -> Markup:
    found: Markup = context["frame"].linked(text)
    return found


@pass_context
def _sourced(context: Context, places: str) -> Markup:
    found: Markup = context["frame"].sourced(places)
    return found


def _without(found: TableView, column: int) -> TableView:
    """A table without one of its columns."""

    def kept(cells: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(cell for at, cell in enumerate(cells) if at != column)

    rows, more = (tuple(RowView(kept(row.cells), row.place) for row in part) for part in (found.rows, found.more))
    return replace(found, columns=kept(found.columns), rows=rows, more=more)


def _link(place: str, written: str) -> Markup:
    """A link to a line of the model."""
    address = quote(place, safe="/:")
    return Markup('<a href="?page=sources&amp;at={}" data-at="{}">{}</a>').format(address, place, written)


@dataclass
class _Counted:
    """Numbers the tables of a chapter as `tables_of` does."""

    so_far: int = 0

    def of(self, block: Block) -> list[tuple[Table, int]]:
        found = [(table, self.so_far + at) for at, table in enumerate(_tables(block))]
        self.so_far += len(found)
        return found


def _tables(block: Block) -> Iterator[Table]:
    if isinstance(block, Rows):
        yield block.table
    pictures = (block,) if isinstance(block, Picture) else block.pictures if isinstance(block, Fold) else ()
    yield from (one.behind for one in pictures if one.behind is not None)


def tables_of(chapter: Chapter) -> tuple[Table, ...]:
    """The tables of a chapter, those behind pictures too, in the order in which they stand there."""
    return tuple(table for block in chapter.blocks for table in _tables(block))


def joined(parts: Iterable[Markup | str]) -> Markup:
    """Views after one another."""
    return Markup("").join(parts)
