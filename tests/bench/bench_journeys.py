"""How fast are flow and all sensitivities of a large journey graph, against the factorisation they need?"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.sparse import linalg

import workbench as wb
from journeys.chain import Chain, chain_of
from journeys.graph import RESOLVED
from journeys.sensitivity import Sensitivity
from tests.bench.ratio import Ratio, paired
from workbench.analysis.effort_draws import effort_draws

STEPS, BLOCK, CROSSING = 10_000, 10, 0.02
MEMORY_MIB = 2_048


def journeys_in_blocks(steps: int = STEPS) -> nx.DiGraph[str]:
    """Journey patterns of ten steps with three ways on within the pattern, one in fifty to another, and an end."""
    rng = np.random.default_rng(0)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for i in range(steps):
        graph.add_node(f"s{i}", start=float(i % BLOCK == 0) * BLOCK / steps, customer_s=float(rng.uniform(10, 600)))
    graph.add_node(RESOLVED)
    for i in range(steps):
        block, targets = i // BLOCK * BLOCK, set()
        if i % BLOCK < BLOCK - 1:
            targets.add(i + 1)
        while len(targets) < 3:
            crosses = rng.random() < CROSSING
            targets.add(int(rng.integers(steps)) if crosses else block + int(rng.integers(BLOCK)))
        shares = rng.dirichlet(np.ones(4))
        for target, share in zip([*(f"s{j}" for j in sorted(targets)), RESOLVED], shares, strict=True):
            graph.add_edge(f"s{i}", target, share=float(share), friction_s=float(rng.uniform(0, 300)))
    return graph


def bench() -> Iterator[Ratio]:
    """Flow and sensitivities, assembly, a naive version, draws, memory."""
    graph = journeys_in_blocks()
    chain = chain_of(graph)
    matrix = (sparse.eye_array(len(chain.steps)) - chain.q).tocsc()

    def fresh() -> Chain:
        return Chain(chain.steps, chain.edges, chain.start, chain.visit_s, chain.penalty_s)

    def factorise() -> None:
        linalg.splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})

    def everything() -> None:
        found = Sensitivity(fresh())
        assert np.isfinite(found.by_time).all()
        assert len(found.by_share) == len(chain.edges)

    size = f"{len(chain.steps):,} steps, {len(chain.edges):,} transitions"
    yield Ratio(f"{size}: flow and all sensitivities / factorisation", *paired(everything, factorise, 9), 3)
    yield Ratio("assembly from the graph / factorisation", *paired(lambda: chain_of(graph), factorise, 9), 10)
    yield Ratio(
        "flow alone / the same in plain Python on networkx", *paired(lambda: fresh().visits, _naive(graph), 1), None
    )
    project = wb.open("examples/gemeente")
    start = time.perf_counter()
    effort_draws(project, 10_000)
    yield Ratio("10,000 draws of the municipality / 2 s", time.perf_counter() - start, 2.0, 1.0)
    yield Ratio("100,000 steps: peak memory / 2 GiB", _memory_mib(), MEMORY_MIB, 1.0, "MiB")


def _naive(graph: nx.DiGraph[str]):
    """Expected visits by repeated passing on, dict by dict, until nothing is left to pass on."""

    def run() -> None:
        here = {node: graph.nodes[node].get("start", 0.0) for node in graph if node != RESOLVED}
        visits = dict.fromkeys(here, 0.0)
        while sum(here.values()) > 1e-9:
            after = dict.fromkeys(here, 0.0)
            for node, mass in here.items():
                visits[node] += mass
                if mass:
                    for target, edge in graph.adj[node].items():
                        if target != RESOLVED:
                            after[target] += mass * edge["share"]
            here = after

    return run


def _memory_mib() -> float:
    code = (
        "from tests.bench.bench_journeys import *\n"
        "found = Sensitivity(chain_of(journeys_in_blocks(100_000)))\n"
        "assert len(found.by_share) == len(found.chain.edges)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


__all__ = ["Sensitivity", "bench", "chain_of", "journeys_in_blocks", "resource"]
