"""What do all results offer: tables, a frame, a view in a notebook, and the assumptions they rest on?"""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING

from touchpoints.inventory import Assumption
from workbench.language.language import Language
from workbench.tables import Table

if TYPE_CHECKING:
    import pandas as pd


class Result:
    """A frozen answer to one question; classes that derive from it say what its tables are."""

    language: Language = Language()

    def tables(self) -> tuple[Table, ...]:
        """The tables, the main one first."""
        raise NotImplementedError

    inputs: tuple[Assumption, ...] = ()

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """The numbers of the model it rests on, with grade and place."""
        return self.inputs

    def to_frame(self) -> pd.DataFrame:
        """The main table as a pandas frame."""
        return self.tables()[0].to_frame()

    def __getitem__(self, key: str) -> One:
        """One of the tables by its name, as a result of its own: `result["improvements"]`."""
        found = {table.key: table for table in self.tables()}
        if key not in found:
            raise KeyError(f"key must be one of {', '.join(found)}, got {key!r}")
        return One(found[key], self.assumptions, self.language)

    def head(self, rows: int = 10) -> One:
        """The first rows of the main table."""
        first = self.tables()[0]
        ids = first.ids[:rows]
        return One(replace(first, rows=first.rows[:rows], ids=ids), self.assumptions, self.language)

    def _repr_html_(self) -> str:
        return "".join(to_html(one, self.language) for one in self.tables())


class One(Result):
    """A single table of a result."""

    def __init__(self, table: Table, assumptions: tuple[Assumption, ...], language: Language) -> None:
        self._table = table
        self.inputs = assumptions
        self.language = language

    def tables(self) -> tuple[Table, ...]:
        """The one table."""
        return (self._table,)


NUMERIC = frozenset({"count", "decimal", "number", "share", "s", "hours", "money", "p", "by_row"})


def to_html(table: Table, language: Language) -> str:
    """A table as HTML, every text escaped.

    Example:
        >>> from workbench.tables import table
        >>> "&lt;b&gt;" in to_html(table("effort", ["step"], [["<b>"]]), Language("en"))
        True
    """
    numeric = [unit in NUMERIC for unit in table.units()]

    def cell(tag: str, text: str, is_number: bool) -> str:
        kind = ' style="text-align:right"' if is_number else ' style="text-align:left"'
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{kind}>{html.escape(text)}</{tag}>"

    head = "".join(map(cell, ["th"] * len(numeric), table.headings(language), numeric))
    body = "".join(
        "<tr>" + "".join(map(cell, ["td"] * len(numeric), row, numeric)) + "</tr>" for row in table.shown(language)
    )
    notes = "".join(f'<p class="note">{html.escape(note)}</p>' for note in table.notes)
    caption = html.escape(table.title(language))
    return (
        f'<div class="table"><table><caption style="text-align:left;font-weight:bold">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{notes}"
    )
