"""Does a simulation of single calls, by a library that knows no Erlang formula, give what the formulas say?"""

from __future__ import annotations

from collections.abc import Callable

import ciw
import numpy as np
import pytest
from scipy import stats

from workbench.analysis.staffing.erlang import Waiting, erlang_a, erlang_c

pytestmark = pytest.mark.slow

RUNS, WARM_UP_MIN, LONG_MIN, LIMIT_MIN = 12, 60.0, 1_800.0, 20 / 60


def simulated(rate: float, handling_min: float, agents: int, patience_min: float | None, seed: int) -> list[float]:
    """One long day: share that waited, mean wait [min], share that hung up, share answered within the limit."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate)],
        service_distributions=[ciw.dists.Exponential(1 / handling_min)],
        number_of_servers=[agents],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience_min) if patience_min else None],
    )
    ciw.seed(seed)
    day = ciw.Simulation(network)
    day.simulate_until_max_time(WARM_UP_MIN + LONG_MIN + 60.0)
    records = day.get_all_records(only=["service", "renege"])
    calls = [one for one in records if WARM_UP_MIN <= one.arrival_date < WARM_UP_MIN + LONG_MIN]
    waits = np.array([one.waiting_time for one in calls])
    gone = np.array([one.record_type == "renege" for one in calls])
    return [
        float((waits > 0).mean()), float(waits.mean()), float(gone.mean()),
        float((~gone & (waits <= LIMIT_MIN)).mean()),
    ]  # fmt: skip


def compare(found: Waiting, draw: Callable[[int], list[float]]) -> None:
    """Each mean over the days lies within 99.9% of Student's t around what the formula says, by the days' own error."""
    days = np.array([draw(seed) for seed in range(RUNS)])
    means, errors = days.mean(axis=0), days.std(axis=0, ddof=1) / np.sqrt(RUNS)
    expected = [
        float(found.wait_probability), float(found.wait_s) / 60, float(found.abandoned), float(found.service_level),
    ]  # fmt: skip
    reach = float(stats.t.ppf(0.9995, RUNS - 1))
    for name, mean, error, formula in zip(("waits", "wait", "hangs up", "level"), means, errors, expected, strict=True):
        assert error < 0.15 * max(formula, 0.05), f"{name}: too few calls to tell"
        assert abs(mean - formula) <= reach * error + 1e-12, f"{name}: {mean} against {formula}, ± {error}"


@pytest.mark.parametrize(("rate", "handling_min", "agents"), [(10 / 3, 3.0, 13), (2.0, 5.0, 13)])
def test_erlang_c_is_what_happens(rate: float, handling_min: float, agents: int) -> None:
    found = erlang_c(rate / 60, handling_min * 60, agents, LIMIT_MIN * 60)
    compare(found, lambda seed: simulated(rate, handling_min, agents, None, seed))


@pytest.mark.parametrize(
    ("rate", "handling_min", "agents", "patience_min"),
    [(10 / 3, 3.0, 11, 1.0), (4.0, 3.0, 10, 3.0)],
)
def test_erlang_a_is_what_happens(rate: float, handling_min: float, agents: int, patience_min: float) -> None:
    """The last has more load than agents: twelve erlang for ten."""
    found = erlang_a(rate / 60, handling_min * 60, agents, patience_min * 60, LIMIT_MIN * 60)
    compare(found, lambda seed: simulated(rate, handling_min, agents, patience_min, seed))
