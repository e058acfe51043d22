"""What is the answer to a question to the log: a number per group, with n, interval and what to know about it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from workbench.language.language import Language
from workbench.log.notes import Note, note, texts
from workbench.result import Result
from workbench.tables import Table, table

SMALL = 30
"""Groups with fewer contacts are too small to be ranked."""

Unit = Literal["1/month", "s", "share", "points"]

_COLUMNS: dict[Unit, tuple[str, ...]] = {
    "1/month": ("contacts_per_month", "contacts_low", "contacts_high"),
    "s": ("mean_s", "mean_low_s", "mean_high_s", "sd_s"),
    "share": ("log_share", "log_share_low", "log_share_high"),
    "points": ("score", "score_low", "score_high", "score_sd"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer for one group; `low` and `high` are a 95% interval, `sd` a standard deviation."""

    group: tuple[str | None, ...]
    n: int
    value: float | None
    low: float | None = None
    high: float | None = None
    sd: float | None = None


@dataclass(frozen=True)
class Measure(Result):
    """The answer to one question, per group.

    Example:
        >>> share = Measure("abandonment", "share", (), (Cell((), 200, 0.25, 0.19, 0.31),))
        >>> share.value, share.n, share.of().high
        (0.25, 200, 0.31)
    """

    name: str
    unit: Unit
    by: tuple[str, ...]
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)

    @property
    def total(self) -> Cell:
        """The one cell of an answer that is not grouped; without a value when the log does not say.

        Raises:
            ValueError: it is grouped.
        """
        if self.by:
            raise ValueError(f"by must be empty to ask for the total, got {self.by!r}")
        return self.of()

    @property
    def value(self) -> float | None:
        """The value of an answer that is not grouped; None when the log does not say."""
        return self.total.value

    @property
    def n(self) -> int:
        """What the value of an answer that is not grouped rests on."""
        return self.total.n

    def of(self, *group: str | None) -> Cell:
        """The cell of a group; one without a value when the log has no such group."""
        return next((cell for cell in self.cells if cell.group == group), Cell(group, 0, None))

    def tables(self) -> tuple[Table, ...]:
        """One row a group."""
        values = _COLUMNS[self.unit]
        rows = [
            (*cell.group, cell.n, *(cell.value, cell.low, cell.high, cell.sd)[: len(values)]) for cell in self.cells
        ]
        return (table(f"log_{self.name}", (*self.by, "n", *values), rows, texts(self.notes, self.language)),)


def measure(name: str, unit: Unit, by: Iterable[str], cells: Iterable[Cell], notes: Iterable[Note]) -> Measure:
    """A measure of some cells, with a warning when some of their groups are small."""
    found = tuple(cells)
    small = sum(cell.n < SMALL for cell in found)
    warned = [note("small_groups", small=small, groups=len(found), least=SMALL)] if small and len(found) > 1 else []
    return Measure(name, unit, tuple(by), found, (*notes, *warned))
