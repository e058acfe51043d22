"""Does the chain give the numbers of the textbook and of the design?"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from journeys.chain import chain_of
from journeys.flow import journey_flows
from journeys.graph import GAVE_UP, RESOLVED
from journeys.solving import UnsolvableError

WEB_PHONE_EMAIL = """
channels: {web: {}, phone: {}, email: {}}
touchpoints: {site: {channel: web}, line: {channel: phone}, mail: {channel: email}}
reasons: {r: {}}
friction: {channel_switch: 0s, hand_off: 0s, repeat: 0s}
journeys:
  j:
    starts: 1000/month
    start: {web: 60%, phone: 30%, email: 10%}
    steps:
      web: {touchpoint: site, reason: r, next: {web: 10%, phone: 30%, email: 10%, resolved: 40%, gave_up: 10%}}
      phone: {touchpoint: line, reason: r, handling_time: 6m,
              next: {web: 5%, phone: 15%, email: 10%, resolved: 65%, gave_up: 5%}}
      email: {touchpoint: mail, reason: r, handling_time: 9m,
              next: {web: 5%, phone: 25%, email: 20%, resolved: 40%, gave_up: 10%}}
"""


def drunkards_walk() -> nx.DiGraph[str]:
    """Kemeny & Snell: five places, the outer two absorbing, half to each side."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for node in "abc":
        graph.add_node(node, start=1 / 3)
    half = [("a", GAVE_UP), ("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("c", RESOLVED)]
    graph.add_edges_from(half, share=0.5)
    return graph


def test_drunkards_walk_has_the_textbook_fundamental_matrix() -> None:
    chain = chain_of(drunkards_walk())
    fundamental = np.array([chain.solver.left(row) for row in np.eye(3)])
    np.testing.assert_allclose(fundamental, [[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]], atol=1e-12)
    np.testing.assert_allclose(chain.solver.right(np.ones(3)), [3, 4, 3], atol=1e-12)


def test_drunkards_walk_from_the_middle_has_variance_eight() -> None:
    graph = drunkards_walk()
    nx.set_node_attributes(graph, {"a": 0.0, "b": 1.0, "c": 0.0}, "start")
    chain = chain_of(graph)
    assert chain.length_variance == pytest.approx(8, abs=1e-12)
    assert chain.absorbed(RESOLVED) == pytest.approx(0.5)


def test_web_phone_email_of_the_design(load) -> None:
    flow = journey_flows(load(WEB_PHONE_EMAIL))["j"]
    assert [round(flow.visits[f"j/{step}"], 6) for step in ("web", "phone", "email")] == [0.722174, 0.696757, 0.302366]
    assert round(flow.contacts, 6) == 1.721297
    assert round(flow.effort_s / 60, 6) == 6.901840
    assert round(flow.resolved, 6) == 0.862708
    assert flow.resolved + flow.gave_up == pytest.approx(1, abs=1e-12)


def test_rows_off_one_are_refused_by_name() -> None:
    graph = drunkards_walk()
    graph.edges["b", "c"]["share"] = 0.4
    with pytest.raises(UnsolvableError, match=r"b \(0.9\)"):
        chain_of(graph)


def test_a_simulated_walk_agrees_with_the_formula(load) -> None:
    inventory = load(WEB_PHONE_EMAIL)
    flow = journey_flows(inventory)["j"]
    rng = np.random.default_rng(1)
    steps = ["web", "phone", "email"]
    rows = {
        "web": [0.10, 0.30, 0.10, 0.50],
        "phone": [0.05, 0.15, 0.10, 0.70],
        "email": [0.05, 0.25, 0.20, 0.50],
    }
    walkers = 20_000
    lengths = np.zeros(walkers)
    for walker in range(walkers):
        here = rng.choice(3, p=[0.6, 0.3, 0.1])
        while here < 3:
            lengths[walker] += 1
            here = rng.choice(4, p=rows[steps[here]])
    error = lengths.std() / walkers**0.5
    assert abs(lengths.mean() - flow.contacts) < 4 * error
    assert lengths.var() == pytest.approx(flow.length_variance, rel=0.05)
