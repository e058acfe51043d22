"""How does the total effort of a journey change with each share and each time? Exact, from one factorisation.

With u the cost-to-go, v the visits and g_ij = u_j + f_ij what follows a transition (u(resolved) = 0, u(gave_up) = its
penalty), the derivative of E = sᵀu in a share or a time needs no further solve; a finite change along one row needs one
column of N (Sherman & Morrison, Annals of Mathematical Statistics 21, 1950, 124-127).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from journeys.chain import Chain, Integers
from journeys.graph import END_NODES, GAVE_UP
from journeys.solving import Vector


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Derivatives of the effort E of a started journey [s], one per transition of the chain and one per step.

    Example (a loop of share 0.9 that costs 10 s a turn; ten points less to the loop, all of them to the end):
        >>> import networkx as nx
        >>> from journeys.chain import chain_of
        >>> loop = nx.DiGraph()
        >>> loop.add_node("a", start=1, customer_s=10)
        >>> loop.add_edge("a", "a", share=.9); loop.add_edge("a", "resolved", share=.1)
        >>> found = Sensitivity(chain_of(loop))
        >>> round(found.against(0, 1), 6), round(found.finite_change(0, {0: -1.0, 1: 1.0}, 0.1), 6)
        (1000.0, -50.0)
    """

    chain: Chain

    @cached_property
    def following_s(self) -> Vector:
        """g, the customer time that follows each transition [s]."""
        n = len(self.chain.steps)
        to_go = np.concatenate([self.chain.to_go_s, np.zeros(len(END_NODES))])
        return to_go[self.chain.edges.target] + self.chain.leaving_s if n else np.zeros(0)

    @cached_property
    def by_time(self) -> Vector:
        """∂E/∂w_i = v_i: seconds of effort per second of every visit to a step [1]."""
        return self.chain.visits

    @cached_property
    def by_share(self) -> Vector:
        """∂E/∂q_ij [s per unit of share], the other shares of the row giving way in proportion.

        v_i [g_ij − (u_i − w_i)] / (1 − q_ij); not a number where q_ij = 1, for there is no other share to give way.
        """
        edges, chain = self.chain.edges, self.chain
        mean_following = (chain.to_go_s - chain.visit_s)[edges.source]
        room = 1.0 - edges.share
        with np.errstate(divide="ignore", invalid="ignore"):
            value = chain.visits[edges.source] * (self.following_s - mean_following) / room
        return np.where(room > 1e-12, value, np.nan)

    def against(self, edge: int, alternative: int) -> float:
        """∂E/∂q of a transition raised at the cost of another of the same row: v_i [g_ij − g_ik] [s].

        Raises:
            ValueError: the two leave different steps.
        """
        source = self.chain.edges.source
        if source[edge] != source[alternative]:
            raise ValueError(f"alternative must leave the same step, got {alternative!r}")
        return float(self.chain.visits[source[edge]] * (self.following_s[edge] - self.following_s[alternative]))

    def finite_change(self, step: int, direction: dict[int, float], delta: float) -> float:
        """The exact change of E when the row of a step moves by δ along a direction [s].

        ΔE = v_i δ (d·g) / (1 − δ d·N_{·i}).

        Args:
            step: the step whose row changes.
            direction: change per transition (by its index), summing to zero.
            delta: how far; shares must stay between 0 and 1.

        Raises:
            ValueError: the direction does not sum to zero, or the changed row lets nobody out.
        """
        if abs(sum(direction.values())) > 1e-9:
            raise ValueError(f"direction must sum to zero, got {sum(direction.values())!r}")
        chain, n = self.chain, len(self.chain.steps)
        column = self.column(step)
        gain = sum(d * self.following_s[edge] for edge, d in direction.items())
        targets = {edge: int(chain.edges.target[edge]) for edge in direction}
        back = sum(d * column[targets[edge]] for edge, d in direction.items() if targets[edge] < n)
        room = 1.0 - delta * back
        if room <= 0:
            raise ValueError(f"delta must leave a way out of the step, got {delta!r}")
        return float(chain.visits[step] * delta * gain / room)

    def column(self, step: int) -> Vector:
        """N_{·i}: expected visits to a step from every step [1]."""
        unit = np.zeros(len(self.chain.steps))
        unit[step] = 1.0
        return self.chain.solver.right(unit)


@dataclass(frozen=True, slots=True)
class Improvement:
    """Fewer customers on one transition, and what that saves.

    Attributes:
        edge: index of the transition.
        points: how many of its customers go elsewhere, as a share of all who leave the step [1].
        saved_s: customer time saved per started journey [s].
    """

    edge: int
    points: float
    saved_s: float


def improvements(sensitivity: Sensitivity, relative: float = 0.10, most: int = 50) -> tuple[Improvement, ...]:
    """What it saves when fewer customers take a transition, best first, exact for a finite change.

    A part `relative` of those who take the transition goes on by the other transitions of the step instead, in
    proportion to their shares; giving up is never raised: it gets none of them.

    Args:
        sensitivity: of the chain.
        relative: the part that goes elsewhere, above 0 and at most 1.
        most: transitions looked at exactly: those with the largest change to first order.

    Raises:
        ValueError: `relative` is not above 0 and at most 1.
    """
    if not 0 < relative <= 1:
        raise ValueError(f"relative must be above 0 and at most 1, got {relative!r}")
    chain, edges = sensitivity.chain, sensitivity.chain.edges
    n = len(chain.steps)
    others, following = _elsewhere(sensitivity, n + END_NODES.index(GAVE_UP))
    points = relative * edges.share
    with np.errstate(divide="ignore", invalid="ignore"):
        first_order = chain.visits[edges.source] * points * (sensitivity.following_s - following / others)
    candidates = np.flatnonzero((others > 1e-12) & (points > 0) & (first_order > 0))
    chosen = candidates[np.argsort(-first_order[candidates], kind="stable")][:most]
    found = []
    for edge in chosen.tolist():
        direction = _direction(chain, edge, n + END_NODES.index(GAVE_UP))
        change = sensitivity.finite_change(int(edges.source[edge]), direction, float(points[edge]))
        found.append(Improvement(edge, float(points[edge]), -change))
    return tuple(sorted(found, key=lambda one: (-one.saved_s, one.edge)))


def _elsewhere(sensitivity: Sensitivity, gave_up: int) -> tuple[Vector, Vector]:
    """Per transition: the shares of the others of its row that do not give up, and the time that follows these."""
    edges, n = sensitivity.chain.edges, len(sensitivity.chain.steps)
    goes_on = np.where(edges.target == gave_up, 0.0, edges.share)
    shares: Vector = np.bincount(edges.source, goes_on, minlength=n).astype(float)[edges.source] - goes_on
    weighted = goes_on * sensitivity.following_s
    following: Vector = np.bincount(edges.source, weighted, minlength=n).astype(float)[edges.source] - weighted
    return shares, following


def _direction(chain: Chain, edge: int, gave_up: int) -> dict[int, float]:
    """One customer less on a transition, spread over the other transitions of its step that do not give up."""
    edges = chain.edges
    row: Integers = np.flatnonzero(edges.source == edges.source[edge])
    others = [int(one) for one in row if one != edge and edges.target[one] != gave_up]
    total = float(edges.share[others].sum())
    return {edge: -1.0} | {one: float(edges.share[one]) / total for one in others if edges.share[one] > 0}
