"""Is a plan of 10,000 candidates chosen within two seconds, and how much faster than by a dense program?"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from journeys.reconcile import Reconciled
from tests.bench.ratio import Ratio
from workbench.analysis.steering.candidates import INSTRUMENTS, Candidate
from workbench.analysis.steering.plan import Limits, plan
from workbench.analysis.steering.shift import ShiftYield
from workbench.analysis.workload import Work

CANDIDATES, LIMIT_S = 10_000, 2.0


def bench() -> Iterator[Ratio]:
    """The time of the plan against the limit."""
    found = _candidates()
    human = sum({one.work.key: one.work.contacts_per_year for one in found}.values())
    limits = Limits(0.05 * human, 1e5, {f"t{i}": 2e4 for i in range(10)})
    times = []
    for _ in range(3):
        started = time.perf_counter()
        chosen = plan(found, limits)
        times.append(time.perf_counter() - started)
    assert chosen.binding
    yield Ratio(f"a plan of {len(found):,} candidates / {LIMIT_S:.0f} s", min(times), LIMIT_S, 1.0)


def _candidates() -> list[Candidate]:
    rng = random.Random(1)
    found = []
    for line in range(CANDIDATES // 20):
        contacts = rng.uniform(500, 50_000)
        pair = Reconciled("line", f"r{line}", contacts / 12, None, ())
        work = Work("line", f"r{line}", "phone", None, contacts / 12, 300.0, 60.0, 45.0, 0.0, True, True, pair, ())
        for to in rng.sample(range(10), 5):
            for instrument in INSTRUMENTS:
                moved = ShiftYield(contacts, 0.6, rng.uniform(0.05, 0.5), rng.uniform(0.5, 0.9))
                cost = moved.gross * rng.uniform(0, 0.5)
                worth = moved.net * rng.uniform(1, 8) - cost
                found.append(Candidate(work, f"t{to}", instrument, moved, True, 0.0, None, cost, worth, ()))
    return found
