"""Is the full ledger of a large log and a large model made within two seconds?

The number of contacts is that of the environment variable BENCH_CONTACTS, ten million when it is not set.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.bench_log import CONTACTS, write_log
from tests.bench.ratio import Ratio
from touchpoints.yaml_tree import write_yaml
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.project import Project, open_project
from workbench.validation.ledger import ledger

LIMIT_S = 2.0
TOUCHPOINTS, REASONS, JOURNEYS = 12, 40, 20


def bench() -> Iterator[Ratio]:
    """The ledger of 480 volumes with five numbers each and twenty journeys: from the open log to all verdicts."""
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "log.parquet", Path(folder) / "log.duckdb"
        write_log(file, CONTACTS)
        ingest([str(file)], load_profile("generic_parquet"), store, bytes(range(32)), time_zone="Europe/Amsterdam")
        project = _project(Path(folder) / "model")
        with open_log(store) as log:
            took = []
            for _ in range(3):
                started = time.perf_counter()
                found = ledger(project, log)
                took.append(time.perf_counter() - started)
        name = f"full ledger of {CONTACTS:,} contacts, {len(found.entries):,} assumptions / 2 s"
        yield Ratio(name, median(took), LIMIT_S, 1.0)


def _project(folder: Path) -> Project:
    """A model of the bench log: every touchpoint with every reason, and journeys between them."""
    pairs = [(f"touchpoint_{i}", f"reason_{j}") for i in range(TOUCHPOINTS) for j in range(REASONS)]
    volumes = [
        {"touchpoint": touchpoint, "reason": reason, "contacts": "1000/month", "handling_time": "200s", "wait": "40s",
         "abandoned": "10%", "resolved_first_time": "90%"}
        for touchpoint, reason in pairs
    ]  # fmt: skip
    journeys = {}
    for k in range(JOURNEYS):
        steps = {}
        for at in range(4):
            touchpoint, reason = pairs[k + REASONS * at]
            following = {"resolved": "rest"} | ({f"s{at + 1}": "40%"} if at < 3 else {})
            steps[f"s{at}"] = {"touchpoint": touchpoint, "reason": reason, "next": following}
        journeys[f"journey_{k}"] = {"starts": "900/month", "steps": steps}
    model = {
        "touchpoints": {f"touchpoint_{i}": {"channel": "phone"} for i in range(TOUCHPOINTS)},
        "reasons": {f"reason_{j}": {} for j in range(REASONS)},
        "volumes": volumes,
        "journeys": journeys,
    }
    (folder / "model").mkdir(parents=True)
    (folder / "workbench.yaml").write_text("name: Bench\n", encoding="utf-8")
    (folder / "model" / "model.yaml").write_text(write_yaml(model), encoding="utf-8")
    return open_project(folder).require_sound()
