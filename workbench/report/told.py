"""Which numbers do the sentences of a page tell, and in which table does each stand?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.language.language import Language
from workbench.tables import Table, table

How = Literal["told_row", "told_row_minus", "told_sum", "told_part", "told_unanswered", "told_count"]
"""A cell; a cell without its minus; the sum of a column; a cell as a part of that sum; the sum of the rows without a
valid answer; how many rows."""


@dataclass(frozen=True)
class Stands:
    """Where a number of a page stands among the tables of the report.

    Attributes:
        table, column: their keys.
        how: how the number comes about from them.
        place: file:line of what it is about.
    """

    table: str
    column: str
    how: How = "told_row"
    place: str = ""


@dataclass
class Told:
    """The numbers that a page tells, in the order in which they are told.

    A number is written for a sentence by `tell`, which notes it; so a sentence has none that is not in the table.
    """

    language: Language
    _rows: list[tuple[Any, ...]] = field(default_factory=list)

    def tell(
        self, key: str, value: float | None, unit: str, stands: Stands, ends: tuple[float, float] | None = None
    ) -> str:
        """A number as it is written in a sentence.

        Args:
            key: what it is: the text `told.<key>`.
            value: the number; None when it is not known, which is not noted.
            unit: its unit.
            stands: where it stands.
            ends: the ends between which it lies.
        """
        if value is not None:
            low, high = ends or (None, None)
            heading = self.language.column(stands.column)[0]
            self._rows.append(
                (self.language.text(f"told.{key}"), value, low, high, unit, stands.how,
                 self.language.text(f"table.{stands.table}"), heading, stands.place)
            )  # fmt: skip
        return self.language.show(value, unit)

    def table(self) -> Table:
        """All of them."""
        columns = ["told", "told_value", "end_low", "end_high", "unit", "told_how", "in_table", "in_column", "place"]
        return table("first_numbers", columns, self._rows)
