"""What does a planned journey allow, as far as a log can see it?

A step is seen by the words (touchpoint and reason) it may leave in a log. A step that no word can come from is hidden:
a customer may pass it without a trace, so it is never missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

NO_WAY = 1 << 30
"""The cost of what cannot be reached."""


@dataclass(frozen=True, eq=False)
class Plan:
    """The moves that a planned journey allows, over n steps and w words.

    Attributes:
        steps: the names of the steps.
        moves: whether one leads to the other, (n + 1) × (n + 1); index n is the outside: its row holds the starts, its
            column the ends.
        sees: whether a word can come from a step, n × w.

    Example (search, then a visit that no log sees, then a call; or nothing more after the search):
        >>> moves = np.zeros((4, 4), bool)
        >>> for a, b in [(3, 0), (0, 1), (1, 2), (2, 3), (0, 3)]:
        ...     moves[a, b] = True
        >>> plan = Plan(("search", "visit", "call"), moves, np.array([[1, 0], [0, 0], [0, 1]], bool))
        >>> int(plan.skipped[0, 2]), plan.between(0, 2), int(plan.skipped[3, 2]), int(plan.skipped[3, 3])
        (0, (1,), 1, 1)
    """

    steps: tuple[str, ...]
    moves: Flags
    sees: Flags

    def __post_init__(self) -> None:
        n = len(self.steps)
        if self.moves.shape != (n + 1, n + 1):
            raise ValueError(f"moves must be {n + 1} × {n + 1}, got {self.moves.shape!r}")
        if self.sees.shape[:1] != (n,):
            raise ValueError(f"sees must have {n} rows, got {self.sees.shape[0]!r}")

    @cached_property
    def visible(self) -> Flags:
        """Whether any word can come from each step."""
        found: Flags = np.logical_or.reduce(self.sees, axis=1)
        return found

    @cached_property
    def known(self) -> Flags:
        """Whether each word can come from any step."""
        found: Flags = np.logical_or.reduce(self.sees, axis=0)
        return found

    @cached_property
    def _passing(self) -> Integers:
        """What coming to each node costs: K for a visible step, and one for the way, so that short ways win ties.

        No way has K = n + 2 moves, so the whole K in its cost are its visible steps. Nodes n and n + 1 are start and
        end.
        """
        return np.append(self.visible, [False, False]).astype(np.int64) * (len(self.steps) + 2) + 1

    @cached_property
    def _ways(self) -> tuple[Integers, Integers]:
        """The cost of the cheapest way between all nodes, and the last node before the target on each."""
        n = len(self.steps)
        source, target = np.nonzero(self.moves)
        target = np.where(target == n, n + 1, target)
        graph = sparse.csr_array((self._passing[target], (source, target)), shape=(n + 2, n + 2))
        found, before = csgraph.dijkstra(graph, return_predecessors=True)
        return np.where(np.isinf(found), NO_WAY, found).astype(np.int64), before.astype(np.int64)

    @cached_property
    def _returns(self) -> Integers:
        """The cost of the cheapest way from each step back to itself by each first step, n × n."""
        n = len(self.steps)
        back = self._passing[:n] + self._ways[0][:n, :n].T
        return np.where(self.moves[:n, :n], back, NO_WAY)

    @cached_property
    def skipped(self) -> Integers:
        """The fewest visible steps that lie between two, (n + 1) × (n + 1); `NO_WAY` where no way leads there.

        Row n is from the start, column n to the end; [n, n] is the fewest visible steps of a whole journey.
        """
        n = len(self.steps)
        ways = self._ways[0][np.ix_([*range(n), n], [*range(n), n + 1])]
        ways[range(n), range(n)] = self._returns.min(axis=1, initial=NO_WAY)
        passed = ways // (n + 2) - np.append(self.visible, False)
        return np.where(ways >= NO_WAY, NO_WAY, passed)

    def between(self, source: int, target: int) -> tuple[int, ...]:
        """The steps on the cheapest way from one step to another, both left out; n is the start and the end.

        Raises:
            ValueError: no way leads there.
        """
        n = len(self.steps)
        if self.skipped[source, target] >= NO_WAY:
            raise ValueError(f"target must be reached from step {source}, got {target!r}")
        if source == target and source < n:
            first = int(self._returns[source].argmin())
            return () if first == source else (first, *self._inner(first, target))
        return self._inner(source, n + 1 if target == n else target)

    def _inner(self, source: int, target: int) -> tuple[int, ...]:
        _, before = self._ways
        steps: list[int] = []
        here = int(before[source, target])
        while here != source:
            steps.append(here)
            here = int(before[source, here])
        return tuple(reversed(steps))

    @cached_property
    def word_moves(self) -> Flags:
        """Whether the plan lets one word directly follow another, hidden steps passed; the outside comes last."""
        n, words = self.sees.shape
        seen = np.zeros((n + 1, words + 1), np.int64)
        seen[:n, :words] = self.sees
        seen[n, words] = 1
        found: Flags = (seen.T @ (self.skipped == 0).astype(np.int64) @ seen) > 0
        return found


def union(plans: Sequence[Plan]) -> Plan:
    """A plan that allows what any of some plans over the same steps and words allows."""
    moves = np.logical_or.reduce([plan.moves for plan in plans])
    return Plan(plans[0].steps, moves, plans[0].sees)
