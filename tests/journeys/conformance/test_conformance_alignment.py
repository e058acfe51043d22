"""Are the alignments optimal? Held against a shortest path over the product of plan and journey, state by state."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest

from journeys.conformance.alignment import align, alignments
from journeys.conformance.edges import edge_fitness
from journeys.conformance.follows import coded
from journeys.conformance.plan import Plan, union

WORDS = 4


def _random_plan(rng: np.random.Generator) -> Plan:
    """Some steps in any order, of which some leave no word, some the same word as another, some one of two words."""
    n = int(rng.integers(1, 6))
    moves = rng.random((n + 1, n + 1)) < 0.35
    moves[n, n] = rng.random() < 0.1
    order = rng.permutation(n)
    for a, b in itertools.pairwise([n, *order.tolist(), n]):
        moves[a, b] = True
    sees = np.zeros((n, WORDS), bool)
    for step in range(n):
        if rng.random() < 0.75:
            sees[step, rng.integers(WORDS - 1)] = True
        if rng.random() < 0.15:
            sees[step, rng.integers(WORDS - 1)] = True
    return Plan(tuple(f"s{step}" for step in range(n)), moves, sees)


def _cost(plan: Plan, journey: list[int]) -> int:
    """The cheapest way through (contacts read, step done): extra and skipped cost one, done and hidden nothing."""
    n = len(plan.steps)
    graph = nx.DiGraph()
    for read, here in itertools.product(range(len(journey) + 1), range(n + 1)):
        if read < len(journey):
            graph.add_edge((read, here), (read + 1, here), weight=1)
        for step in np.flatnonzero(plan.moves[here, :n]).tolist():
            visible = bool(plan.sees[step].any())
            graph.add_edge((read, here), (read, step), weight=int(visible))
            if read < len(journey) and plan.sees[step, journey[read]]:
                graph.add_edge((read, here), (read + 1, step), weight=0)
        if plan.moves[here, n] and read == len(journey):
            graph.add_edge((read, here), "end", weight=0)
    return int(nx.dijkstra_path_length(graph, (0, n), "end"))


@pytest.mark.parametrize("seed", range(60))
def test_costs_are_those_of_the_shortest_path(seed):
    rng = np.random.default_rng(seed)
    plan = _random_plan(rng)
    journeys = [rng.integers(0, WORDS, int(rng.integers(1, 8))).tolist() for _ in range(20)]
    found = alignments(plan, *coded(journeys))
    assert found.cost.tolist() == [_cost(plan, journey) for journey in journeys]
    shortest = _cost(plan, [])
    for journey, cost, fitness in zip(journeys, found.cost, found.fitness, strict=True):
        assert fitness == pytest.approx(1 - cost / (len(journey) + shortest))
        assert 0 <= fitness <= 1


@pytest.mark.parametrize("seed", range(40))
def test_an_alignment_replays_journey_and_plan_at_its_cost(seed):
    rng = np.random.default_rng(1_000 + seed)
    plan = _random_plan(rng)
    n, steps = len(plan.steps), {name: i for i, name in enumerate(plan.steps)}
    for _ in range(10):
        journey = rng.integers(0, WORDS, int(rng.integers(1, 8))).tolist()
        moves = align(plan, journey)
        assert [move.word for move in moves if move.word is not None] == journey
        assert sum(move.kind in ("skipped", "extra") for move in moves) == _cost(plan, journey)
        walk = [n, *(steps[move.step] for move in moves if move.step is not None), n]
        assert all(plan.moves[a, b] for a, b in itertools.pairwise(walk))
        for move in moves:
            if move.kind == "done":
                assert plan.sees[steps[move.step], move.word]
            if move.step is not None:
                assert plan.sees[steps[move.step]].any() == (move.kind != "hidden")


@pytest.mark.parametrize("seed", range(20))
def test_hops_and_extras_add_up_to_the_cost(seed):
    rng = np.random.default_rng(2_000 + seed)
    plan = _random_plan(rng)
    journeys = [rng.integers(0, WORDS, int(rng.integers(1, 8))).tolist() for _ in range(30)]
    found = alignments(plan, *coded(journeys))
    core, _, source, target = found.hops
    skipped = np.bincount(core, plan.skipped[source, target], minlength=len(found.cores))
    extra = np.bincount(found.extras[0], minlength=len(found.cores))
    unknown = [sum(not plan.known[word] for word in journey) for journey in journeys]
    assert (skipped + extra)[found.cores.of].tolist() == (found.cost - unknown).tolist()


def test_a_step_hidden_from_the_log_is_never_missed():
    moves = np.zeros((4, 4), bool)
    moves[3, 0] = moves[0, 1] = moves[1, 2] = moves[2, 3] = True
    seen = Plan(("search", "visit", "call"), moves, np.array([[1, 0], [0, 0], [0, 1]], bool))
    assert alignments(seen, *coded([[0, 1]])).cost.tolist() == [0]
    assert edge_fitness(seen, *coded([[0, 1]])).tolist() == [1.0]
    unseen = Plan(("search", "visit", "call"), moves, np.zeros((3, 2), bool))
    assert alignments(unseen, *coded([[0], []])).cost.tolist() == [1, 0]
    assert alignments(unseen, *coded([[]])).fitness.tolist() == [1.0]


@pytest.mark.parametrize("seed", range(20))
def test_edge_fitness_counts_the_moves_a_walk_through_the_plan_allows(seed):
    rng = np.random.default_rng(3_000 + seed)
    plan = _random_plan(rng)
    n = len(plan.steps)
    visible = plan.sees.any(axis=1)
    graph = nx.DiGraph()
    for a, b in zip(*np.nonzero(plan.moves), strict=True):
        graph.add_edge("start" if a == n else int(a), "end" if b == n else int(b))

    def allowed(before: int | str, after: int | str) -> bool:
        sources = [before] if before == "start" else [s for s in range(n) if plan.sees[s, before]]
        targets = {"end"} if after == "end" else {s for s in range(n) if plan.sees[s, after]}
        waiting, met = list(sources), set()
        while waiting:
            here = waiting.pop()
            for step in graph.successors(here) if here in graph else ():
                if step in targets:
                    return True
                if step != "end" and not visible[step] and step not in met:
                    met.add(step)
                    waiting.append(step)
        return False

    journeys = [rng.integers(0, WORDS, int(rng.integers(1, 8))).tolist() for _ in range(20)]
    expected = [
        np.mean([allowed(a, b) for a, b in itertools.pairwise(["start", *journey, "end"])]) for journey in journeys
    ]
    assert edge_fitness(plan, *coded(journeys)).tolist() == pytest.approx(expected)


def test_a_union_allows_what_any_of_its_plans_allows():
    rng = np.random.default_rng(5)
    moves = [rng.random((4, 4)) < 0.3 for _ in range(2)]
    sees = np.eye(3, WORDS, dtype=bool)
    whole = union([Plan(("a", "b", "c"), one, sees) for one in moves])
    assert (whole.moves == (moves[0] | moves[1])).all()


def test_a_plan_of_the_wrong_size_is_refused():
    with pytest.raises(ValueError, match="moves must be 3 × 3, got"):
        Plan(("a", "b"), np.zeros((2, 2), bool), np.zeros((2, 1), bool))
    with pytest.raises(ValueError, match="sees must have 2 rows, got 1"):
        Plan(("a", "b"), np.zeros((3, 3), bool), np.zeros((1, 1), bool))
