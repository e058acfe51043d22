"""How fast is a week of twenty teams staffed, against half a second and against plain Python?"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import numpy as np

import workbench as wb
from tests.bench.ratio import Ratio, paired
from workbench.analysis.staffing.agents import Promise, Queue, fewest_agents
from workbench.analysis.staffing.erlang import erlang_c
from workbench.analysis.staffing.staffing import staffing

TEAMS, HALF_HOURS = 20, 336
WITHIN_S, AT_LEAST = 20.0, 0.8


def bench() -> Iterator[Ratio]:
    """The band of a week, large centres, a whole project."""
    rng = np.random.default_rng(0)
    handling_s = np.repeat(rng.uniform(150, 420, (TEAMS, 1)), HALF_HOURS, axis=1)
    rates = rng.uniform(0.0, 0.25, (TEAMS, HALF_HOURS))
    queue, promise = Queue(rates, handling_s, 180.0), Promise(WITHIN_S, AT_LEAST, 0.85)

    def ours() -> None:
        low, high = fewest_agents(queue, promise)
        assert (low <= high).all()

    def patient_only() -> None:
        fewest_agents(Queue(rates, handling_s), Promise(WITHIN_S, AT_LEAST))

    def plain() -> None:
        for rate, handled_s in zip(rates.ravel().tolist(), handling_s.ravel().tolist(), strict=True):
            _plain(rate, handled_s)

    start = time.perf_counter()
    ours()
    name = f"{HALF_HOURS} half hours x {TEAMS} teams, agents by Erlang C and A"
    yield Ratio(f"{name} / 0.5 s, first call", time.perf_counter() - start, 0.5, 1.0)
    yield Ratio(f"{name} / 0.5 s, later", paired(ours, lambda: None)[0], 0.5, 1.0)
    yield Ratio("Erlang C alone / the same recursion in plain Python", *paired(patient_only, plain), 1.0)
    loads = np.linspace(4_000, 4_990, HALF_HOURS)
    large = paired(lambda: erlang_c(loads / 300, 300.0, 5_000, WITHIN_S), lambda: [_blocking(a, 5_000) for a in loads])
    yield Ratio(f"{HALF_HOURS} half hours of 5,000 agents / plain Python", *large, 1.0)
    project = wb.open("examples/gemeente")
    yield Ratio(
        "all of the municipality's staffing / 2 s", paired(lambda: staffing(project), lambda: None)[0], 2.0, 1.0
    )


def _plain(rate: float, handled_s: float) -> int:
    """The fewest agents, one more at a time, with the recursion carried along."""
    load = rate * handled_s
    inverse, number = 1.0, 0
    while True:
        number += 1
        inverse = 1.0 + number / load * inverse if load else 1.0
        if number > load:
            waits = 1.0 / (inverse - load / number * (inverse - 1.0))
            if 1.0 - waits * math.exp(-(number - load) * WITHIN_S / handled_s) >= AT_LEAST:
                return number


def _blocking(load: float, agents: int) -> float:
    inverse = 1.0
    for number in range(1, agents + 1):
        inverse = 1.0 + number / load * inverse
    return 1.0 / inverse
