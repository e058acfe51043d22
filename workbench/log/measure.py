"""What is the answer to a question to the log: a number per group, with n, interval and what to know about it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, overload

import numpy as np

from workbench.language.language import Language
from workbench.log.coding import Coded, Numbers
from workbench.log.notes import Note, note, texts
from workbench.result import Result
from workbench.tables import Table, table

SMALL = 30
"""Groups with fewer contacts are too small to be ranked."""

Unit = Literal["1/month", "s", "share", "points"]
Names = Mapping[str, Mapping[str, str]]
"""Dimension: the label of each word, as the model gives it."""

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


class Cells(Sequence[Cell]):
    """The answers for many groups, in columns; a cell is made when somebody asks for it.

    Example:
        >>> cells = Cells((), np.array([200.0]), np.array([0.25]))
        >>> cells[0]
        Cell(group=(), n=200, value=0.25, low=None, high=None, sd=None)
    """

    def __init__(
        self,
        keys: Sequence[Coded],
        n: Numbers,
        value: Numbers,
        low: Numbers | None = None,
        high: Numbers | None = None,
        sd: Numbers | None = None,
    ) -> None:
        self.keys = tuple(keys)
        self.n = n
        self.values = (value, low, high, sd)

    def __len__(self) -> int:
        return len(self.n)

    def __iter__(self) -> Iterator[Cell]:
        return map(Cell, self.groups, *self.columns())

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, at: int | slice) -> Cell | tuple[Cell, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        columns = (None if values is None else _plain(values[at]) for values in self.values)
        return Cell(self.groups[at], int(self.n[at]), *columns)

    @cached_property
    def groups(self) -> list[tuple[str | None, ...]]:
        """The group of each cell."""
        return list(zip(*(key.values() for key in self.keys), strict=True)) if self.keys else [()] * len(self)

    @cached_property
    def place(self) -> Mapping[tuple[str | None, ...], int]:
        """The place of each group."""
        return {group: at for at, group in enumerate(self.groups)}

    def columns(self) -> list[list[Any]]:
        """The columns n, value, low, high and sd."""
        size = len(self)
        plain = ([None] * size if values is None else list(map(_plain, values.tolist())) for values in self.values)
        return [self.n.astype(np.int64).tolist(), *plain]


def _plain(value: float) -> float | None:
    return None if value != value else float(value)


@dataclass(frozen=True, repr=False)
class Measure(Result):
    """The answer to one question, per group; groups that are too small to be shown are not among them.

    Example:
        >>> share = Measure("abandonment", "share", (), (Cell((), 200, 0.25, 0.19, 0.31),))
        >>> share.value, share.n, share.of().high
        (0.25, 200, 0.31)
    """

    name: str
    unit: Unit
    by: tuple[str, ...]
    cells: Sequence[Cell]
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)
    names: Names = field(default_factory=dict)

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
        """The cell of a group; one without a value when the log has no such group, or does not show it."""
        if isinstance(self.cells, Cells):
            at = self.cells.place.get(group)
            return Cell(group, 0, None) if at is None else self.cells[at]
        return next((cell for cell in self.cells if cell.group == group), Cell(group, 0, None))

    def tables(self) -> tuple[Table, ...]:
        """One row a group."""
        values = _COLUMNS[self.unit]
        rows = [
            (
                *named(cell.group, self.by, self.names),
                cell.n,
                *(cell.value, cell.low, cell.high, cell.sd)[: len(values)],
            )
            for cell in self.cells
        ]
        return (table(f"log_{self.name}", (*self.by, "n", *values), rows, texts(self.notes, self.language)),)


def named(group: Iterable[str | None], by: Sequence[str], names: Names) -> list[str | None]:
    """A group by the labels of the model, as far as it has them.

    Example:
        >>> named(("kcc", "2026-01"), ("touchpoint", "month"), {"touchpoint": {"kcc": "Contact centre"}})
        ['Contact centre', '2026-01']
    """
    return [word if word is None else names.get(name, {}).get(word, word) for name, word in zip(by, group, strict=True)]


def measure(name: str, unit: Unit, by: Iterable[str], cells: Cells, notes: Iterable[Note]) -> Measure:
    """A measure of some cells, with a warning when some of their groups are small."""
    return Measure(name, unit, tuple(by), cells, (*notes, *small_groups(cells.n)))


def small_groups(n: Numbers) -> tuple[Note, ...]:
    """A warning when some groups of several are too small to be ranked."""
    small = int((n < SMALL).sum())
    return (note("small_groups", small=small, groups=len(n), least=SMALL),) if small and len(n) > 1 else ()
