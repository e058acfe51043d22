"""Are all derivatives and finite changes exact?"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.chain import Chain, Edges, chain_of
from journeys.graph import GAVE_UP, RESOLVED
from journeys.sensitivity import Sensitivity, improvements


def random_journey(seed: int) -> nx.DiGraph[str]:
    """A journey with loops, self-loops, friction on every edge, times and a penalty."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 12))
    graph: nx.DiGraph[str] = nx.DiGraph()
    starts = rng.dirichlet(np.ones(n))
    for i in range(n):
        graph.add_node(f"s{i}", start=starts[i], customer_s=rng.uniform(0, 900), penalty_s=rng.uniform(0, 5000))
    for i in range(n):
        others = rng.choice(n, size=int(rng.integers(1, n + 1)), replace=False)
        targets = [f"s{j}" for j in others] + [RESOLVED, GAVE_UP]
        row = rng.dirichlet(np.ones(len(targets)))
        for target, share in zip(targets, row, strict=True):
            graph.add_edge(f"s{i}", target, share=share, friction_s=rng.uniform(0, 300))
    return graph


def complex_effort(chain: Chain, shares: np.ndarray, visit_s: np.ndarray) -> complex:
    """E by a dense solve in complex numbers, a second computation without the sparse code."""
    n = len(chain.steps)
    q = np.zeros((n, n), dtype=complex)
    cost = visit_s.astype(complex)
    for source, target, share, leaving in zip(
        chain.edges.source, chain.edges.target, shares, chain.leaving_s, strict=True
    ):
        cost[source] += share * leaving
        if target < n:
            q[source, target] += share
    return complex(chain.start @ np.linalg.solve(np.eye(n) - q, cost))


@settings(max_examples=200)
@given(st.integers(0, 10**9))
def test_every_derivative_equals_a_complex_step(seed: int) -> None:
    chain = chain_of(random_journey(seed))
    found = Sensitivity(chain)
    step = 1e-30
    shares, visit_s = chain.edges.share.astype(complex), chain.visit_s.astype(complex)
    assert complex_effort(chain, shares, visit_s).real == pytest.approx(chain.effort_s, rel=1e-9)
    for i in range(len(chain.steps)):
        moved = visit_s.copy()
        moved[i] += 1j * step
        assert complex_effort(chain, shares, moved).imag / step == pytest.approx(found.by_time[i], rel=1e-6)
    scale = max(1.0, chain.effort_s)
    for edge in range(len(chain.edges)):
        row = chain.edges.source == chain.edges.source[edge]
        others = row.copy()
        others[edge] = False
        moved = shares.copy()
        moved[edge] += 1j * step
        moved[others] *= 1 - 1j * step / (1 - shares[edge])
        value = complex_effort(chain, moved, visit_s).imag / step
        assert value == pytest.approx(found.by_share[edge], rel=1e-6, abs=1e-9 * scale)
        alternative = int(np.flatnonzero(others)[0])
        moved = shares.copy()
        moved[edge] += 1j * step
        moved[alternative] -= 1j * step
        value = complex_effort(chain, moved, visit_s).imag / step
        assert value == pytest.approx(found.against(edge, alternative), rel=1e-6, abs=1e-9 * scale)


@settings(max_examples=200)
@given(st.integers(0, 10**9), st.floats(0.01, 1.0))
def test_improvements_equal_a_fresh_solve_and_never_raise_giving_up(seed: int, relative: float) -> None:
    chain = chain_of(random_journey(seed))
    found = improvements(Sensitivity(chain), relative)
    for one in found:
        edges = chain.edges
        row = edges.source == edges.source[one.edge]
        stays = row & (edges.target != len(chain.steps) + 1)
        stays[one.edge] = False
        shares = edges.share.copy()
        shares[one.edge] -= one.points
        shares[stays] += one.points * edges.share[stays] / edges.share[stays].sum()
        changed = Chain(
            chain.steps, Edges(edges.source, edges.target, shares, edges.friction_s), chain.start, chain.visit_s,
            chain.penalty_s,
        )  # fmt: skip
        assert chain.effort_s - changed.effort_s == pytest.approx(one.saved_s, rel=1e-6, abs=1e-9 * chain.effort_s)
        gave_up = edges.target == len(chain.steps) + 1
        assert (shares[gave_up] <= edges.share[gave_up] + 1e-15).all()


def test_the_loop_of_the_design() -> None:
    """In a loop of share .9 ten points less are −90 to first order and −47 exactly, for the worked costs below.

    One step of 10 s that loops with .9 and gives its other .1 to the end: u = 100, v = 10. Raising the way out by
    δ = .09: v δ (0 − u) = −90 to first order; 10/(1 − .81) = 52.63, so the exact change is −47.37.
    """
    loop: nx.DiGraph[str] = nx.DiGraph()
    loop.add_node("a", start=1.0, customer_s=10.0)
    loop.add_edge("a", "a", share=0.9)
    loop.add_edge("a", RESOLVED, share=0.1)
    found = Sensitivity(chain_of(loop))
    assert 0.09 * found.against(1, 0) == pytest.approx(-90)
    assert found.finite_change(0, {0: -1.0, 1: 1.0}, 0.09) == pytest.approx(10 / 0.19 - 100)
    assert round(found.finite_change(0, {0: -1.0, 1: 1.0}, 0.09)) == -47


def test_a_row_that_lets_nobody_out_is_refused() -> None:
    loop: nx.DiGraph[str] = nx.DiGraph()
    loop.add_node("a", start=1.0, customer_s=10.0)
    loop.add_edge("a", "a", share=0.9)
    loop.add_edge("a", RESOLVED, share=0.1)
    with pytest.raises(ValueError, match="delta must leave a way out"):
        Sensitivity(chain_of(loop)).finite_change(0, {0: 1.0, 1: -1.0}, 0.1)


def test_large_graphs_that_fill_in_are_iterated() -> None:
    rng = np.random.default_rng(3)
    n = 8_000
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from((f"s{i}", {"start": 1 / n, "customer_s": 60.0}) for i in range(n))
    for i in range(n):
        targets = rng.choice(n, size=3, replace=False)
        graph.add_edges_from(((f"s{i}", f"s{j}") for j in targets), share=0.25)
        graph.add_edge(f"s{i}", RESOLVED, share=0.25)
    chain = chain_of(graph)
    assert chain.solver.iterates
    assert chain.absorbed(RESOLVED) == pytest.approx(1.0, abs=1e-9)
    assert chain.effort_s == pytest.approx(240.0, rel=1e-9)
