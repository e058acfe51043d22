"""Which groups of a table are too small to be shown, and which others have to go with them?

A group of 0 < n < k contacts is withheld. What is withheld could be found by subtraction, so along every line of the
table (the groups that add up to a total somebody may also ask for) further groups, the smallest first, are withheld
until those of the line are at least two and together at least k. A total that is itself withheld stays so: of the
groups it consists of, so many are withheld that the rest does not give it away. And where the totals together leave
only one number that a small group can have, one more group goes.

Groups without contacts are not listed, and neither are those withheld: a reader cannot tell one from the other, only
how many were withheld.

Limits, which hold for every cell suppression of linked tables: what a reader knows from elsewhere (that a reason only
ever occurs in one month) narrows what a withheld group can be; tables that share no question with each other are
decided apart; the last rule is for tables of up to 2,000 combinations, and excludes exact numbers, not narrow ranges.

References:
    Willenborg and de Waal (2001), Elements of Statistical Disclosure Control, ch. 4-6.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import lsmr

from workbench.log.coding import combined

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.float64]
Group = TypeVar("Group", bound=Hashable)

AUDITED = 2_000
"""Tables of more combinations of words are not examined for totals that together leave one answer."""


def withheld(groups: Sequence[Group], counts: Sequence[float], least: int) -> frozenset[Group]:
    """The groups of a complete table that are not shown.

    Groups are words, or tuples of as many words as the table has dimensions. The table must be complete: all groups
    whose totals anybody may ask for, not the part that one question shows.

    Args:
        groups: each group once.
        counts: the number of contacts (customers, cases) of each.
        least: k, the smallest number that is shown; 1 shows everything.

    Example:
        >>> sorted(withheld(["move", "pass", "tax", "waste"], [3, 12, 40, 90], 10))
        ['move', 'pass']
        >>> sorted(withheld(["move", "pass", "tax"], [4, 7, 40], 10))
        ['move', 'pass']

    Raises:
        ValueError: groups and counts differ in number, or `least` is below 1.
    """
    if len(groups) != len(counts):
        raise ValueError(f"counts must be one for each of {len(groups)} groups, got {len(counts)!r}")
    if least < 1:
        raise ValueError(f"least must be at least 1, got {least!r}")
    if not groups:
        return frozenset()
    words = [group if isinstance(group, tuple) else (group,) for group in groups]
    axes = [(coded(column),) for column in zip(*words, strict=True)]
    hidden = hidden_cells(axes, [np.asarray(counts, dtype=float)], least)
    return frozenset(group for group, flag in zip(groups, hidden, strict=True) if flag)


def coded(words: Sequence[Hashable]) -> Codes:
    """A number for each word, equal for equal words.

    Example:
        >>> coded(["phone", "web", "phone"]).tolist()
        [0, 1, 0]
    """
    codes: dict[Hashable, int] = {}
    return np.fromiter((codes.setdefault(word, len(codes)) for word in words), np.int64, len(words))


def hidden_cells(axes: Sequence[Sequence[Codes]], bases: Sequence[Counts], least: int) -> Flags:
    """For each cell of a complete table whether it is withheld.

    Args:
        axes: for each axis its levels (day, week, month), each with the code of every cell at that level; the finest
            levels together tell the cells apart. Each combination of levels, and leaving an axis out, is a table that
            may be asked for as well.
        bases: the counts of the cells. Of several (contacts, then those with a waiting time) the last are those that
            are shown; what is withheld for one is withheld for those after it.
        least: k.
    """
    if least <= 1 or not any(((base > 0) & (base < least)).any() for base in bases):
        return np.zeros(len(bases[0]), dtype=bool)
    tables = _tables(axes, len(bases[0]))
    known: list[Flags] = [np.zeros(table.size, dtype=bool) for table in tables]
    for base in bases:
        for table, hidden in zip(tables, known, strict=True):
            counts = table.summed(base)
            np.logical_or(hidden, (counts > 0) & (counts < least), out=hidden)
            totals = [_Total(tables[at].cell_of[table.first], known[at], grid) for at, grid in table.coarser.items()]
            _hide_more(table, counts, hidden, totals, least)
    return known[-1][tables[-1].cell_of]


@dataclass(frozen=True)
class _Table:
    """One of the tables that can be asked for.

    Attributes:
        cell_of: the cell that each of the finest cells belongs to.
        first: for each cell one of its finest cells.
        place: for each cell its place in the grid of all combinations; None when the grid is too large to examine.
        coarser: the tables of which this one gives a finer view, by their place in the list, with the cell of theirs
            for each place of the grid (-1: none).
    """

    cell_of: Codes
    first: Codes
    place: Codes | None
    grid: int
    coarser: Mapping[int, Codes | None]

    @property
    def size(self) -> int:
        return len(self.first)

    def summed(self, counts: Counts) -> Counts:
        return np.bincount(self.cell_of, counts, self.size).astype(np.float64)


@dataclass(frozen=True)
class _Total:
    """The lines of a table that add up to the cells of a coarser one: of each cell, and of each place of the grid."""

    line_of: Codes
    hidden: Flags
    """The totals that are withheld themselves."""
    grid_line_of: Codes | None

    @property
    def lines(self) -> int:
        return len(self.hidden)


def _tables(axes: Sequence[Sequence[Codes]], cells: int) -> list[_Table]:
    """All tables, a coarser one always before a finer one, the finest last."""
    whole: Codes = np.zeros(cells, dtype=np.int64)
    per_axis = [_distinct([whole, *levels]) for levels in axes]
    maps = [[[_map(fine, coarse) for coarse in levels] for fine in levels] for levels in per_axis]
    choices = sorted(product(*(range(len(levels)) for levels in per_axis)), key=lambda at: (sum(at), at))
    tables: list[_Table] = []
    for choice in choices:
        levels = [per_axis[axis][level] for axis, level in enumerate(choice)]
        cell_of, first = _compact(combined(levels) if levels else whole)
        sizes = [int(level.max(initial=0)) + 1 for level in levels]
        grid = math.prod(sizes)
        place = _ravel([level[first] for level in levels], sizes, len(first)) if grid <= AUDITED else None
        coarser: dict[int, Codes | None] = {}
        for at, table in enumerate(tables):
            steps = [maps[axis][own][its] for axis, (own, its) in enumerate(zip(choice, choices[at], strict=True))]
            down = [step for step in steps if step is not None]
            if len(down) == len(steps):
                coarser[at] = None if place is None else _grid_lines(table, sizes, down)
        tables.append(_Table(cell_of, first, place, grid, coarser))
    return tables


def _ravel(codes: Sequence[Codes], sizes: Sequence[int], rows: int) -> Codes:
    """The place of each combination in the grid."""
    place: Codes = np.zeros(rows, dtype=np.int64)
    for code, size in zip(codes, sizes, strict=True):
        place = place * size + code
    return place


def _grid_lines(coarser: _Table, sizes: Sequence[int], down: Sequence[Codes]) -> Codes:
    """For each place of a grid the cell of a coarser table that it adds to; -1 where that has no contacts."""
    places = np.unravel_index(np.arange(math.prod(sizes)), sizes) if sizes else ()
    codes = [step[at] for step, at in zip(down, places, strict=True)]
    theirs = _ravel(codes, [int(step.max(initial=0)) + 1 for step in down], math.prod(sizes))
    assert coarser.place is not None
    cell_at: Codes = np.full(coarser.grid, -1, dtype=np.int64)
    cell_at[coarser.place] = np.arange(coarser.size)
    return cell_at[theirs]


def _compact(codes: Codes) -> tuple[Codes, Codes]:
    """Codes without gaps, and for each one place where it stands."""
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return inverse.astype(np.int64), first.astype(np.int64)


def _distinct(levels: Sequence[Codes]) -> list[Codes]:
    """The levels from coarse to fine, each division of the cells once."""
    found: list[Codes] = []
    for level in sorted((_compact(level)[0] for level in levels), key=lambda level: int(level.max(initial=0))):
        if not any(determines(level, other) and determines(other, level) for other in found):
            found.append(level)
    return found


def determines(fine: Codes, coarse: Codes) -> bool:
    """Whether cells that are together in the fine level are so in the coarse one.

    Example:
        >>> determines(np.array([0, 1, 2]), np.array([0, 0, 1])), determines(np.array([0, 0, 1]), np.array([0, 1, 2]))
        (True, False)
    """
    return _map(fine, coarse) is not None


def _map(fine: Codes, coarse: Codes) -> Codes | None:
    """The coarse code of each fine one; None when the fine level does not tell."""
    found = np.zeros(int(fine.max(initial=0)) + 1, dtype=np.int64)
    found[fine] = coarse
    return found if (found[fine] == coarse).all() else None


def _hide_more(table: _Table, counts: Counts, hidden: Flags, totals: Sequence[_Total], least: int) -> None:
    """Withhold further cells until no line, and no combination of lines, gives one away."""
    while True:
        before = -1
        while before != (before := int(hidden.sum())):
            for total in totals:
                _hide_in_lines(counts, hidden, total, least)
        exposed = _exposed(table, counts, hidden, totals, least)
        if not exposed.any():
            return
        if not any(_hide_beside(counts, hidden, exposed, total) for total in reversed(totals)):
            return


def _hide_in_lines(counts: Counts, hidden: Flags, total: _Total, least: int) -> None:
    """Withhold the smallest cells of each line until those withheld are two and at least k, or the line is empty.

    Where the total itself is withheld, one that is at least k will do, as nobody can subtract from that total.
    """
    number = np.bincount(total.line_of, hidden, total.lines)
    amount = np.bincount(total.line_of, counts * hidden, total.lines)
    enough = np.where(total.hidden, 1, 2)
    lacking = ((number > 0) | total.hidden) & ((amount < least) | (number < enough))
    rows = np.flatnonzero(lacking[total.line_of] & ~hidden & (counts > 0))
    if not len(rows):
        return
    rows = rows[np.lexsort((rows, counts[rows], total.line_of[rows]))]
    line = total.line_of[rows]
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    lengths = np.diff(np.r_[starts, len(rows)])
    running = np.cumsum(counts[rows]) - counts[rows]
    taken = running - np.repeat(running[starts], lengths)
    rank = np.arange(len(rows)) - np.repeat(starts, lengths)
    hidden[rows[(amount[line] + taken < least) | (number[line] + rank < enough[line])]] = True


def _exposed(table: _Table, counts: Counts, hidden: Flags, totals: Sequence[_Total], least: int) -> Flags:
    """The small withheld cells that have the same number in every table with what is shown.

    Whatever can be added to the unknown cells (those withheld and those without contacts, which a reader cannot tell
    apart) without changing a total lies in the null space of the totals; a cell where a random vector of that space
    is zero is fixed.
    """
    small = hidden & (counts < least)
    if table.place is None or not totals or not small.any():
        return np.zeros(len(counts), dtype=bool)
    unknown = np.ones(table.grid, dtype=bool)
    unknown[table.place[~hidden & (counts > 0)]] = False
    columns = np.flatnonzero(unknown)
    rows, at, offset = [], [], 0
    for total in totals:
        assert total.grid_line_of is not None
        line = total.grid_line_of[columns]
        told = np.flatnonzero((line >= 0) & ~total.hidden[line])
        rows.append(line[told] + offset)
        at.append(told)
        offset += total.lines
    row, column = np.concatenate(rows), np.concatenate(at)
    sums = sparse.csr_matrix((np.ones(len(row)), (row, column)), (offset, len(columns)))
    vector = np.random.default_rng(1).normal(size=len(columns))
    kept = lsmr(sums, np.asarray(sums @ vector), atol=1e-12, btol=1e-12, maxiter=4 * len(columns) + 100)[0]
    free = np.zeros(table.grid)
    free[columns] = vector - kept
    return small & (np.abs(free[table.place]) < 1e-6)


def _hide_beside(counts: Counts, hidden: Flags, exposed: Flags, total: _Total) -> bool:
    """Withhold the smallest shown cell in each line of an exposed one; whether there was any."""
    lines = np.zeros(total.lines, dtype=bool)
    lines[total.line_of[exposed]] = True
    rows = np.flatnonzero(lines[total.line_of] & ~hidden & (counts > 0))
    if not len(rows):
        return False
    rows = rows[np.lexsort((rows, counts[rows], total.line_of[rows]))]
    _, first = np.unique(total.line_of[rows], return_index=True)
    hidden[rows[first]] = True
    return True
