"""How is the absorbing Markov chain of a journey solved?

Q holds the shares between steps, N = (I − Q)⁻¹ the expected visits (Kemeny & Snell, Finite Markov Chains, 1960,
theorem 3.2.4). N is never formed: one sparse factorisation of I − Q answers both vN-type and Nc-type questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

from journeys.graph import END_NODES

Vector = NDArray[np.float64]

ROW_TOLERANCE = 1e-6


class UnsolvableError(ValueError):
    """A chain that has no finite solution, with the steps that make it so."""


@dataclass(frozen=True, eq=False)
class Chain:
    """The chain of one journey or of several.

    Attributes:
        steps: the nodes, in the order of all vectors (length n).
        q: shares between steps [1], n × n, sparse.
        start: share of starts per step [1].
        ends: share that goes straight to each end [1], by end.
    """

    steps: tuple[str, ...]
    q: sparse.csr_array
    start: Vector
    ends: dict[str, Vector]

    @cached_property
    def _factors(self) -> Any:
        matrix = sparse.eye_array(len(self.steps), format="csc") - self.q.tocsc()
        try:
            return linalg.splu(matrix.tocsc(), permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})
        except RuntimeError as error:
            raise UnsolvableError(f"steps that never end: {', '.join(self.steps[:10])}") from error

    @cached_property
    def visits(self) -> Vector:
        """Expected visits per started journey, v = sᵀN [1].

        Example (the drunkard's walk of Kemeny & Snell on three places between two ends, started in the middle):
            >>> walk = nx.DiGraph()
            >>> walk.add_nodes_from([("a", {"start": 0}), ("b", {"start": 1}), ("c", {"start": 0})])
            >>> walk.add_weighted_edges_from([("a", "b", .5), ("b", "a", .5), ("b", "c", .5), ("c", "b", .5),
            ...     ("a", "gave_up", .5), ("c", "resolved", .5)], weight="share")
            >>> chain_of(walk).visits.round(9).tolist()
            [1.0, 2.0, 1.0]
        """
        return self.solve_left(self.start)

    def solve_left(self, weights: Vector) -> Vector:
        """The row vector wᵀN."""
        return np.asarray(self._factors.solve(weights, trans="T"))

    def solve_right(self, costs: Vector) -> Vector:
        """Cost-to-go: the column vector Nc, the expected total of c from each step on."""
        return np.asarray(self._factors.solve(costs))

    def absorbed(self, end: str) -> float:
        """Share of the starts that comes to an end [1]."""
        shares = self.ends.get(end)
        return float(self.visits @ shares) if shares is not None else 0.0

    @property
    def contacts_variance(self) -> float:
        """Variance of the number of steps per started journey [1]: sᵀ(2N − I)t − (sᵀt)², t = N1.

        Source: Kemeny & Snell 1960, theorem 3.2.5.
        """
        length = self.solve_right(np.ones(len(self.steps)))
        mean = float(self.start @ length)
        second = float(self.start @ (2 * self.solve_right(length) - length))
        return second - mean**2


def chain_of(graph: nx.DiGraph[str], steps: Iterable[str] | None = None) -> Chain:
    """The chain of a journey graph, or of some of its steps (one journey's, say).

    Raises:
        UnsolvableError: a row of shares does not sum to one; the steps are named.

    Example:
        >>> walk = nx.DiGraph()
        >>> walk.add_node("a", start=1)
        >>> walk.add_edge("a", "resolved", share=.9)
        >>> chain_of(walk)
        Traceback (most recent call last):
        journeys.chain.UnsolvableError: shares do not sum to one: a (0.9)
    """
    nodes = tuple(node for node in (graph if steps is None else steps) if node not in END_NODES)
    index = {node: i for i, node in enumerate(nodes)}
    rows, columns, shares = [], [], []
    ends = {end: np.zeros(len(nodes)) for end in END_NODES}
    totals = np.zeros(len(nodes))
    for node, i in index.items():
        for target, edge in graph.adj[node].items():
            share = edge["share"]
            totals[i] += share
            if target in ends:
                ends[target][i] += share
            elif target in index:
                rows.append(i)
                columns.append(index[target])
                shares.append(share)
    off = np.flatnonzero(np.abs(totals - 1) > ROW_TOLERANCE)
    if len(off):
        named = ", ".join(f"{nodes[i]} ({totals[i]:.6g})" for i in off[:10])
        raise UnsolvableError(f"shares do not sum to one: {named}")
    q = sparse.csr_array((shares, (rows, columns)), shape=(len(nodes), len(nodes)))
    start = np.array([graph.nodes[node].get("start", 0.0) for node in nodes], dtype=float)
    return Chain(nodes, q, start, ends)
