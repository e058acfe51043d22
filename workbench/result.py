"""What do all results offer: tables, a frame, a view in a notebook, and the assumptions they rest on?"""

from __future__ import annotations

import html
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

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """The numbers of the model it rests on, with grade and place."""
        return ()

    def to_frame(self) -> pd.DataFrame:
        """The main table as a pandas frame."""
        return self.tables()[0].to_frame()

    def _repr_html_(self) -> str:
        return "".join(to_html(one, self.language) for one in self.tables())


NUMERIC = frozenset({"count", "decimal", "number", "share", "s", "hours", "money", "by_row"})


def to_html(table: Table, language: Language) -> str:
    """A table as HTML, every text escaped.

    Example:
        >>> from workbench.tables import table
        >>> "&lt;b&gt;" in to_html(table("effort", ["step"], [["<b>"]]), Language("en"))
        True
    """
    numeric = [unit in NUMERIC for unit in table.units()]

    def cell(tag: str, text: str, is_number: bool) -> str:
        kind = ' class="n"' if is_number else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{kind}>{html.escape(text)}</{tag}>"

    head = "".join(map(cell, ["th"] * len(numeric), table.headings(language), numeric))
    body = "".join(
        "<tr>" + "".join(map(cell, ["td"] * len(numeric), row, numeric)) + "</tr>" for row in table.shown(language)
    )
    notes = "".join(f'<p class="note">{html.escape(note)}</p>' for note in table.notes)
    caption = html.escape(table.title(language))
    return (
        f'<div class="table"><table><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{notes}"
    )
