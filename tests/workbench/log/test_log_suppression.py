"""Can nobody who asks everything and subtracts find a group that is too small to be shown?"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from workbench.log import suppression
from workbench.log.suppression import withheld

LEAST = 10


def _tables(size):
    """Counts of cells, many of them small, in one to three dimensions of two to four words."""
    shape = st.lists(st.integers(2, 4), min_size=size[0], max_size=size[1])
    count = st.one_of(st.just(0), st.integers(1, 12), st.integers(10, 200))
    return shape.flatmap(
        lambda words: st.lists(count, min_size=int(np.prod(words)), max_size=int(np.prod(words))).map(
            lambda counts: np.array(counts, float).reshape(words)
        )
    )


def _answers(table, least=LEAST):
    """What is shown of each table that leaves some dimensions out: by those that stay, each cell with its number."""
    shown = {}
    axes = range(table.ndim)
    for kept in (kept for number in range(table.ndim + 1) for kept in combinations(axes, number)):
        sums = table.sum(axis=tuple(axis for axis in axes if axis not in kept))
        groups = [group for group in np.ndindex(sums.shape) if sums[group] > 0]
        hidden = withheld(groups, [sums[group] for group in groups], least)
        shown[kept] = {group: float(sums[group]) for group in groups if group not in hidden}
    return shown


@settings(max_examples=150)
@given(_tables((1, 3)))
def test_subtracting_what_is_shown_never_leaves_a_small_group(table):
    shown = _answers(table)
    for coarse, fine in combinations(shown, 2):
        if not set(coarse) < set(fine):
            continue
        places = [fine.index(axis) for axis in coarse]
        for total, whole in shown[coarse].items():
            parts = [n for group, n in shown[fine].items() if tuple(group[place] for place in places) == total]
            for rest in [whole - sum(parts), *(whole - part for part in parts)]:
                assert rest == 0 or rest >= LEAST


@settings(max_examples=150)
@given(_tables((2, 2)))
def test_no_small_cell_has_one_value_only_in_a_table_with_its_totals(table):
    assert not _one_value_only(_answers(table), table, LEAST)


def _one_value_only(shown, table, least):
    """The small cells whose least and greatest possible number, by linear programming, are the same."""
    cells = [cell for cell in np.ndindex(table.shape) if cell not in shown[0, 1]]
    sums, totals = [], []
    for kept in ((), (0,), (1,)):
        for group, whole in shown[kept].items():
            sums.append([float(tuple(cell[axis] for axis in kept) == group) for cell in cells])
            known = (n for cell, n in shown[0, 1].items() if tuple(cell[axis] for axis in kept) == group)
            totals.append(whole - sum(known))
    found = []
    for cell in cells:
        if 0 < table[cell] < least:
            aim = np.array([float(other == cell) for other in cells])
            ends = [linprog(way * aim, A_eq=sums or None, b_eq=totals or None, bounds=(0, None)) for way in (1, -1)]
            bounded = ends[1].status == 0
            if bounded and -ends[1].fun - ends[0].fun < 1e-6:
                found.append(cell)
    return found


def test_a_single_small_group_takes_the_smallest_of_its_line_with_it():
    groups = [("phone", "move"), ("phone", "pass"), ("web", "move"), ("web", "pass")]
    # The line of phone and that of move need a second cell, and so do then those of web and pass.
    assert withheld(groups, [3, 20, 30, 40], LEAST) == frozenset(groups)
    assert withheld(groups, [30, 20, 30, 40], LEAST) == frozenset()
    assert withheld(groups, [3, 20, 30, 40], 1) == frozenset()


def test_small_groups_that_hide_each_other_take_nothing_with_them():
    assert withheld(["a", "b", "c", "d"], [6, 7, 50, 60], LEAST) == {"a", "b"}
    assert withheld(["a", "b", "c", "d"], [2, 3, 50, 60], LEAST) == {"a", "b", "c"}
    assert withheld(["a"], [3], LEAST) == {"a"}
    assert withheld([], [], LEAST) == frozenset()


STAIRCASE = np.array([[5, 6, 50, 50], [7, 8, 4, 50], [50, 50, 9, 6], [50, 50, 5, 7]], float)
"""Its small cells are two in each line; rows 1, 2 less columns 1, 2 leave the 4, though."""


def test_a_cell_that_only_several_totals_together_give_away(monkeypatch):
    groups = list(np.ndindex(STAIRCASE.shape))
    counts = [STAIRCASE[group] for group in groups]
    hidden = withheld(groups, counts, 8)
    assert (1, 2) in hidden
    assert not _one_value_only(_answers(STAIRCASE, 8), STAIRCASE, 8)
    monkeypatch.setattr(suppression, "AUDITED", 0)
    assert withheld(groups, counts, 8) < hidden
    assert _one_value_only(_answers(STAIRCASE, 8), STAIRCASE, 8) == [(1, 2)]


def test_wrong_arguments_are_told():
    with pytest.raises(ValueError, match="counts must be one for each of 2 groups, got 1"):
        withheld(["a", "b"], [1], LEAST)
    with pytest.raises(ValueError, match="least must be at least 1, got 0"):
        withheld(["a"], [1], 0)
