"""How is the absorbing Markov chain of a journey made from the graph, and what does it say?

Q holds the shares between steps, N = (I − Q)⁻¹ the expected visits (Kemeny & Snell, Finite Markov Chains, 1960,
theorem 3.2.4). N is never formed: one sparse factorisation of I − Q answers both vN-type and Nc-type questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from journeys.graph import END_NODES, GAVE_UP
from journeys.solving import Solver, UnsolvableError, Vector

Integers = NDArray[np.int64]

ROW_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Edges:
    """The transitions as arrays; ends stand behind the steps: target n + i is the i-th of `END_NODES`."""

    source: Integers
    target: Integers
    share: Vector
    friction_s: Vector

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, eq=False)
class Chain:
    """The chain of one journey or of several.

    Attributes:
        steps: the nodes, in the order of all vectors (length n).
        edges: the transitions, ends included.
        start: share of starts per step [1].
        visit_s: customer time of a visit, w [s].
        penalty_s: what giving up at a step costs [s].
    """

    steps: tuple[str, ...]
    edges: Edges
    start: Vector
    visit_s: Vector
    penalty_s: Vector

    @cached_property
    def q(self) -> sparse.csr_array:
        """Shares between steps [1], n × n, sparse."""
        n, inner = len(self.steps), self.edges.target < len(self.steps)
        places = (self.edges.source[inner], self.edges.target[inner])
        return sparse.csr_array((self.edges.share[inner], places), shape=(n, n))

    @cached_property
    def solver(self) -> Solver:
        """The factorisation of I − Q.

        Raises:
            UnsolvableError: some steps cannot end; the first of them are named.
        """
        try:
            return Solver(self.q)
        except UnsolvableError as error:
            raise UnsolvableError(f"{error}: {', '.join(self.steps[:10])}") from error

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
        return self.solver.left(self.start)

    @cached_property
    def leaving_s(self) -> Vector:
        """What follows each transition at once: its friction, and the penalty where it gives up [s]."""
        gives_up = self.edges.target == len(self.steps) + END_NODES.index(GAVE_UP)
        return self.edges.friction_s + np.where(gives_up, self.penalty_s[self.edges.source], 0.0)

    @cached_property
    def costs_s(self) -> Vector:
        """Customer time of a visit with that of leaving it, c_i = w_i + Σ_k q_ik f_ik (+ penalty) [s]."""
        leaving = np.bincount(self.edges.source, self.edges.share * self.leaving_s, minlength=len(self.steps))
        return self.visit_s + leaving

    @cached_property
    def to_go_s(self) -> Vector:
        """Cost-to-go: the customer time still to come from each step on, u = Nc [s]."""
        return self.solver.right(self.costs_s)

    @property
    def effort_s(self) -> float:
        """Customer time of a started journey, E = sᵀu [s]."""
        return float(self.start @ self.to_go_s)

    @cached_property
    def passages(self) -> Vector:
        """Expected passages of each transition per started journey, v_i q_ij [1]."""
        return self.visits[self.edges.source] * self.edges.share

    def absorbed(self, end: str) -> float:
        """Share of the starts that comes to an end [1]."""
        return float(self.passages[self.edges.target == len(self.steps) + END_NODES.index(end)].sum())

    @property
    def length_variance(self) -> float:
        """Variance of the number of steps per started journey [1]: sᵀ(2N − I)t − (sᵀt)², t = N1.

        Source: Kemeny & Snell 1960, theorem 3.2.5.
        """
        length = self.solver.right(np.ones(len(self.steps)))
        mean = float(self.start @ length)
        second = float(self.start @ (2 * self.solver.right(length) - length))
        return second - mean**2

    def without(self, gone: Iterable[int]) -> Chain:
        """The chain in which every transition into some steps, and every start there, gives up instead."""
        n = len(self.steps)
        removed = np.isin(self.edges.target, np.fromiter(gone, dtype=np.int64))
        target = np.where(removed, n + END_NODES.index(GAVE_UP), self.edges.target)
        start = self.start.copy()
        start[np.fromiter(gone, dtype=np.int64)] = 0.0
        edges = Edges(self.edges.source, target, self.edges.share, self.edges.friction_s)
        return Chain(self.steps, edges, start, self.visit_s, self.penalty_s)


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
        journeys.solving.UnsolvableError: shares do not sum to one: a (0.9)
    """
    nodes = tuple(node for node in (graph if steps is None else steps) if node not in END_NODES)
    index: dict[str, int] = {node: i for i, node in enumerate(nodes)}
    index |= {end: len(nodes) + i for i, end in enumerate(END_NODES)}
    sources: list[int] = []
    targets: list[int] = []
    shares: list[float] = []
    frictions: list[float] = []
    adjacency: Mapping[str, Mapping[str, Mapping[str, float]]] = graph.adj
    for i, node in enumerate(nodes):
        for target, edge in adjacency[node].items():
            sources.append(i)
            targets.append(index[target])
            shares.append(edge["share"])
            frictions.append(edge.get("friction_s", 0.0))
    edges = Edges(
        np.array(sources, dtype=np.int64), np.array(targets, dtype=np.int64), np.array(shares), np.array(frictions)
    )
    _require_whole_rows(nodes, edges)
    return Chain(nodes, edges, *(_attribute(graph, nodes, name) for name in ("start", "customer_s", "penalty_s")))


def _attribute(graph: nx.DiGraph[str], nodes: tuple[str, ...], name: str) -> Vector:
    data = graph.nodes
    return np.array([data[node].get(name, 0.0) for node in nodes], dtype=float)


def _require_whole_rows(nodes: tuple[str, ...], edges: Edges) -> None:
    totals = np.bincount(edges.source, edges.share, minlength=len(nodes))
    off = np.flatnonzero(np.abs(totals - 1) > ROW_TOLERANCE)
    if len(off):
        named = ", ".join(f"{nodes[i]} ({totals[i]:.6g})" for i in off[:10])
        raise UnsolvableError(f"shares do not sum to one: {named}")
