"""Without case keys: is what follows by chance taken away again?

By simulation: needs of customers whose sequels are known, and other needs that come up at a constant rate. Stitched by
customer, the plain shares are off; corrected, they are what the needs were drawn with.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from touchpoints.inventory import Inventory
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.validation.rows import Row
from workbench.validation.sight import sight_of
from workbench.validation.stitching import disturbance
from workbench.validation.transitions import transition_rows

MODEL = """
touchpoints: {line: {channel: phone}, site: {channel: web}}
reasons: {move: {}, status: {}, other: {}}
journeys:
  moving:
    starts: 1000/month
    steps:
      search: {touchpoint: site, reason: move, next: {call: 40%, resolved: 60%}}
      call: {touchpoint: line, reason: move, next: {chase: 30%, resolved: 70%}}
      chase: {touchpoint: line, reason: status, next: resolved}
"""
CALL, CHASE = 0.4, 0.3
CUSTOMERS, DAYS, MOVES_PER_DAY, OTHER_PER_DAY = 10_000, 180, 0.006, 0.016
"""In a window of seven days one customer in seven has another need."""


def draw(seed: int, with_cases: bool) -> pd.DataFrame:
    """Customers who move, and have other needs, as chance will have it."""
    rng = np.random.default_rng(seed)
    rows = []
    start = datetime(2026, 1, 5, 8)
    for customer in range(CUSTOMERS):
        for number in range(rng.poisson(MOVES_PER_DAY * DAYS)):
            at, case = rng.uniform(0, DAYS), f"m{customer}.{number}"
            rows.append((customer, case, at, "site", "move"))
            if rng.random() < CALL:
                at += rng.exponential(1.0)
                rows.append((customer, case, at, "line", "move"))
                if rng.random() < CHASE:
                    rows.append((customer, case, at + rng.exponential(1.0), "line", "status"))
        for number in range(rng.poisson(OTHER_PER_DAY * DAYS)):
            where = ("line", "site")[rng.integers(2)]
            rows.append((customer, f"o{customer}.{number}", rng.uniform(0, DAYS), where, "other"))
    frame = pd.DataFrame(rows, columns=["customer_key", "case_key", "at", "touchpoint", "reason"])
    frame["started_at"] = [start + timedelta(days=float(at)) for at in frame.pop("at")]
    frame["started_at"] = frame["started_at"].dt.tz_localize("UTC")
    frame["customer_key"] = "k" + frame["customer_key"].astype(str)
    frame["contact_id"] = [f"c{i}" for i in range(len(frame))]
    frame["channel"] = frame["touchpoint"].map({"line": "phone", "site": "web"})
    return frame if with_cases else frame.drop(columns="case_key")


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    made: dict[bool, Path] = {}

    def log_of(with_cases: bool) -> Path:
        if with_cases not in made:
            folder = tmp_path_factory.mktemp("stitched")
            draw(1, with_cases).to_parquet(folder / "log.parquet")
            store = folder / "log.duckdb"
            ingest([str(folder / "log.parquet")], load_profile("generic_parquet"), store, bytes(range(32)),
                   time_zone="Europe/Amsterdam")  # fmt: skip
            made[with_cases] = store
        return made[with_cases]

    return log_of


def rows_of(inventory: Inventory, store: Path) -> dict[str, Row]:
    with open_log(store) as log:
        exact = log.exact
        found = transition_rows(inventory, exact, sight_of(inventory, exact), disturbance(exact))
        return {row.path[1]: row for row in found}


def test_the_disturbance_is_what_was_drawn(logged: Callable[[bool], Path]) -> None:
    with open_log(logged(False)) as log:
        found = disturbance(log.exact)
    assert found is not None
    assert found.share == pytest.approx(1 - np.exp(-(MOVES_PER_DAY + OTHER_PER_DAY) * 7), rel=0.05)
    assert found.about["line", "other"] == pytest.approx(found.about["site", "other"], rel=0.1)


def test_shares_are_corrected_and_their_intervals_widened(
    logged: Callable[[bool], Path], load: Callable[..., Inventory]
) -> None:
    rows, known = (rows_of(load(MODEL), logged(with_cases)) for with_cases in (False, True))
    for step, target in (("search", "call"), ("call", "chase"), ("search", "stop"), ("call", "stop")):
        row = rows[step]
        plain, true = row.hits[target] / row.n, known[step].hits[target] / known[step].n
        seen = row.seen()[target]
        assert abs(seen.value - true) < abs(plain - true)
        assert seen.low <= true <= seen.high
        assert seen.high - seen.low > 2 * 1.96 * np.sqrt(plain * (1 - plain) / row.n)
    assert rows["search"].hits["stop"] / rows["search"].n < 1 - CALL - 0.05, "other needs follow: too few stop"
    assert rows["search"].seen()["stop"].value == pytest.approx(1 - CALL, abs=0.02)


def test_with_cases_nothing_is_corrected(logged: Callable[[bool], Path], load: Callable[..., Inventory]) -> None:
    rows = rows_of(load(MODEL), logged(True))
    assert all(row.corrected is None for row in rows.values())
    assert rows["search"].seen()["call"].value == pytest.approx(CALL, abs=0.02)
    assert "elsewhere" not in rows["search"].hits
