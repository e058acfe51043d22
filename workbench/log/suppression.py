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
decided apart; the last rule looks at up to 2,000 withheld groups; and it excludes exact numbers, not narrow ranges.

References:
    Willenborg and de Waal (2001), Elements of Statistical Disclosure Control, ch. 4-6.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import lsmr

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.float64]
Group = TypeVar("Group", bound=Hashable)

AUDITED = 2_000
"""Tables with more withheld groups are not examined for totals that together leave one answer."""


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
    tables = list(_tables(axes))
    known: list[Flags] = [np.zeros(table.size, dtype=bool) for table in tables]
    for base in bases:
        for table, hidden in zip(tables, known, strict=True):
            counts = table.summed(base)
            np.logical_or(hidden, (counts > 0) & (counts < least), out=hidden)
            totals = [_Total(*table.within(tables[at]), known[at]) for at in table.coarser]
            _hide_more(counts, hidden, totals, least)
    return known[-1][tables[-1].cell_of]


@dataclass(frozen=True)
class _Table:
    """One of the tables that can be asked for: the cell that each of the finest cells belongs to."""

    cell_of: Codes
    first: Codes
    """For each cell one of its finest cells."""
    coarser: tuple[int, ...]
    """The tables of which this one gives a finer view, by their place in the list."""

    @property
    def size(self) -> int:
        return len(self.first)

    def summed(self, counts: Counts) -> Counts:
        return np.bincount(self.cell_of, counts, self.size).astype(np.float64)

    def within(self, coarser: _Table) -> tuple[Codes, int]:
        """For each cell the cell of a coarser table, and how many that table has."""
        return coarser.cell_of[self.first], coarser.size


@dataclass(frozen=True)
class _Total:
    """The lines of a table that add up to the cells of a coarser one."""

    line_of: Codes
    lines: int
    hidden: Flags
    """The totals that are withheld themselves."""


def _tables(axes: Sequence[Sequence[Codes]]) -> Iterator[_Table]:
    """All tables, a coarser one always before a finer one, the finest last."""
    size = len(axes[0][0]) if axes else 1
    whole: Codes = np.zeros(size, dtype=np.int64)
    per_axis = [_distinct([whole, *levels]) for levels in axes]
    choices = sorted(product(*(range(len(levels)) for levels in per_axis)), key=lambda at: (sum(at), at))
    refines = [[[determines(fine, coarse) for coarse in levels] for fine in levels] for levels in per_axis]
    for index, choice in enumerate(choices):
        coarser = tuple(
            other
            for other in range(len(choices))
            if other != index
            and all(refines[axis][own][its] for axis, (own, its) in enumerate(zip(choice, choices[other], strict=True)))
        )
        code = whole
        for axis, level in enumerate(choice):
            code = _compact(code * (int(per_axis[axis][level].max(initial=0)) + 1) + per_axis[axis][level])[0]
        cell_of, first = _compact(code)
        yield _Table(cell_of, first, coarser)


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
    """Whether cells that are together in the fine level are so in the coarse one."""
    place = np.zeros(int(fine.max(initial=0)) + 1, dtype=np.int64)
    place[fine] = coarse
    return bool((place[fine] == coarse).all())


def _hide_more(counts: Counts, hidden: Flags, totals: Sequence[_Total], least: int) -> None:
    """Withhold further cells until no line, and no combination of lines, gives one away."""
    while True:
        before = -1
        while before != (before := int(hidden.sum())):
            for total in totals:
                _hide_in_lines(counts, hidden, total, least)
        if not (exposed := _exposed(counts, hidden, totals, least)).any():
            return
        if not any(_hide_beside(counts, hidden, exposed, total) for total in reversed(totals)):
            return


def _hide_in_lines(counts: Counts, hidden: Flags, total: _Total, least: int) -> None:
    """Withhold the smallest cells of each line until those withheld are two and at least k, or the line is empty."""
    number = np.bincount(total.line_of, hidden, total.lines)
    amount = np.bincount(total.line_of, counts * hidden, total.lines)
    lacking = ((number > 0) | total.hidden) & ((amount < least) | (number < 2))
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
    hidden[rows[(amount[line] + taken < least) | (number[line] + rank < 2)]] = True


def _exposed(counts: Counts, hidden: Flags, totals: Sequence[_Total], least: int) -> Flags:
    """The small withheld cells that have the same number in every table with the totals that are shown.

    Whatever can be added to a table without changing a total lies in the null space of the totals; a cell where a
    random vector of that space is zero is fixed.
    """
    found: Flags = np.zeros(len(counts), dtype=bool)
    rows = np.flatnonzero(hidden)
    if not 0 < len(rows) <= AUDITED:
        return found
    parts = [_sums(total.line_of[rows], total.lines)[~total.hidden] for total in totals]
    if not parts:
        return found
    sums = sparse.vstack(parts).tocsr()
    vector = np.random.default_rng(1).normal(size=len(rows))
    free = vector - lsmr(sums, sums @ vector, atol=1e-12, btol=1e-12, maxiter=4 * len(rows) + 100)[0]
    found[rows] = (np.abs(free) < 1e-6) & (counts[rows] < least)
    return found


def _sums(line_of: Codes, lines: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(line_of)), (line_of, np.arange(len(line_of)))), (lines, len(line_of)))


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
