"""What do all results offer: tables, a frame, a view in a notebook, and the assumptions they rest on?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from touchpoints.inventory import Assumption
from workbench.in_notebook import result_html
from workbench.language.language import Language
from workbench.tables import NUMERIC, Table, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NUMERIC", "Assumptions", "One", "Result"]


class Result:
    """A frozen answer to one question; classes that derive from it say what its tables are."""

    language: Language = Language()

    def tables(self) -> tuple[Table, ...]:
        """The tables, the main one first."""
        raise NotImplementedError

    inputs: tuple[Assumption, ...] = ()

    @property
    def assumptions(self) -> Assumptions:
        """The numbers of the model it rests on, with grade and place; in a notebook they show as a table."""
        return Assumptions(self.inputs, self.language)

    def to_frame(self) -> pd.DataFrame:
        """The main table as a pandas frame, with unrounded values."""
        return self.tables()[0].to_frame()

    def __getitem__(self, key: str) -> One:
        """One of the tables by its name, as a result of its own: `result["improvements"]`.

        Raises:
            KeyError: there is no such table; the message names those there are.
        """
        found = {table.key: table for table in self.tables()}
        if key not in found:
            raise KeyError(f"key must be one of {', '.join(found)}, got {key!r}")
        return One(found[key], self.assumptions, self.language)

    def head(self, rows: int = 10) -> One:
        """The first rows of the main table."""
        first = self.tables()[0]
        cut = replace(first, rows=first.rows[:rows], ids=first.ids[:rows], of=first.of or len(first.rows))
        return One(cut, self.assumptions, self.language)

    def where(self, **values: Any) -> One:
        """The rows of the main table that have these values: `result.where(status_question=True)`.

        Raises:
            KeyError: there is no such column; the message names those there are.
        """
        first = self.tables()[0]
        for column in values:
            if column not in first.columns:
                raise KeyError(f"column must be one of {', '.join(first.columns)}, got {column!r}")
        wanted = [(first.columns.index(column), value) for column, value in values.items()]
        kept = [at for at, row in enumerate(first.rows) if all(row[column] == value for column, value in wanted)]
        ids = tuple(first.ids[at] for at in kept) if first.ids else ()
        cut = replace(first, rows=tuple(first.rows[at] for at in kept), ids=ids, of=first.of or len(first.rows))
        return One(cut, self.assumptions, self.language)

    def __repr__(self) -> str:
        """Its tables by name with how many rows each has, so that a prompt shows where to look."""
        found = ", ".join(f"{table.key} ({len(table.rows)})" for table in self.tables())
        return f"<{type(self).__name__}: {found}>"

    def _repr_html_(self) -> str:
        return result_html(self.tables(), self.language)


class One(Result):
    """A single table of a result."""

    def __init__(self, table: Table, assumptions: tuple[Assumption, ...], language: Language) -> None:
        self._table = table
        self.inputs = assumptions
        self.language = language

    def tables(self) -> tuple[Table, ...]:
        """The one table."""
        return (self._table,)


class Assumptions(tuple[Assumption, ...]):
    """Numbers of a model, each with its grade, its source and where it stands; a table in a notebook.

    Example:
        >>> len(Assumptions(())), list(Assumptions(()).to_frame().columns)[:3]
        (0, ['assumption', 'value', 'grade'])
    """

    language: Language

    def __new__(cls, assumptions: Iterable[Assumption] = (), language: Language | None = None) -> Assumptions:
        """The assumptions, to be shown in a language."""
        made = super().__new__(cls, assumptions)
        made.language = language or Language()
        return made

    def table(self) -> Table:
        """One row a number."""
        columns = ["assumption", "value", "grade", "source", "as_of", "place"]
        return table("assumptions", columns, [
            (one.name, one.estimate.text, one.grade, one.evidence.source, one.evidence.date, str(one.place))
            for one in self
        ])  # fmt: skip

    def to_frame(self) -> pd.DataFrame:
        """The numbers as a pandas frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return result_html([self.table()], self.language)
