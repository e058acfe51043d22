"""What PM4Py says, and how long it takes; runs in the peers' own environment, never in that of the workbench.

`python peer_pm4py.py speed FOLDER` reads sample.csv and plan.json and writes speed.json;
`python peer_pm4py.py logs DATA FOLDER` reads the real logs and writes logs.json.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pm4py
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"


def speed(folder: Path) -> dict[str, Any]:
    """Times [s] and results of directly-follows, token replay and alignments on the sample."""
    frame = pd.read_csv(folder / "sample.csv", dtype={"case": str, "word": str})
    frame = frame.rename(columns={"case": CASE, "word": ACTIVITY, "at": TIME})
    frame[TIME] = pd.to_datetime(frame[TIME])
    frame = pm4py.format_dataframe(frame, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
    net, first, last = petri_net(json.loads((folder / "plan.json").read_text()))
    dfg_s, (dfg, _, _) = timed(lambda: pm4py.discover_dfg(frame))
    variants_s, variants = timed(lambda: pm4py.get_variants(frame))
    log = pm4py.convert_to_event_log(frame)
    replay_s, replayed = timed(lambda: pm4py.conformance_diagnostics_token_based_replay(log, net, first, last))
    fitness: dict[tuple[str, ...], float] = {}
    for trace, found in zip(log, replayed, strict=True):
        fitness[tuple(event[ACTIVITY] for event in trace)] = found["trace_fitness"]
    frequent = [variant for variant, _ in sorted(variants.items(), key=lambda item: -count(item[1]))][:400]
    few = pd.DataFrame(
        [(str(i), word, pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(minutes=at))
         for i, variant in enumerate(frequent) for at, word in enumerate(variant)],
        columns=[CASE, ACTIVITY, TIME],
    )  # fmt: skip
    align_s, aligned = timed(
        lambda: pm4py.conformance_diagnostics_alignments(pm4py.convert_to_event_log(few), net, first, last)
    )
    costs = {tuple(variant): one["cost"] // 10_000 for variant, one in zip(frequent, aligned, strict=True)}
    return {
        "contacts": len(frame),
        "cases": int(frame[CASE].nunique()),
        "dfg_s": dfg_s,
        "variants_s": variants_s,
        "replay_s": replay_s,
        "align_s": align_s,
        "aligned": len(frequent),
        "dfg": [[a, b, int(n)] for (a, b), n in dfg.items()],
        "variants": [[list(variant), count(n)] for variant, n in variants.items()],
        "fitness": [[list(variant), value] for variant, value in fitness.items()],
        "costs": [[list(variant), int(cost)] for variant, cost in costs.items()],
    }


def timed(call: Any) -> tuple[float, Any]:
    """The CPU seconds a call takes, which other work on the machine does not change, and its answer."""
    started = time.process_time()
    found = call()
    return time.process_time() - started, found


def count(value: Any) -> int:
    """The number of cases of a variant, which PM4Py gives as a number or as a list."""
    return int(value) if isinstance(value, int) else len(value)


def petri_net(plan: dict[str, Any]) -> tuple[PetriNet, Marking, Marking]:
    """A planned journey as a state machine: a place behind each step, a transition per move."""
    net = PetriNet("plan")
    places = {step: PetriNet.Place(f"after {step}") for step in [*plan["steps"], "start", "stop"]}
    net.places.update(places.values())
    for number, (source, target) in enumerate(plan["moves"]):
        label = plan["words"].get(target)
        transition = PetriNet.Transition(f"move {number}", label)
        net.transitions.add(transition)
        add_arc_from_to(places[source], transition, net)
        add_arc_from_to(transition, places[target], net)
    return net, Marking({places["start"]: 1}), Marking({places["stop"]: 1})


def logs(data: Path) -> dict[str, Any]:
    """Directly-follows counts, variants and footprints of the real logs."""
    return {
        "helpdesk": described(pm4py.read_xes(str(data / "helpdesk.xes.gz"))),
        "service": described(_service(pd.read_csv(data / "callcentre_service.csv"))),
        "bank": described(_bank(data / "anonymous_bank_1999_02.txt.gz")),
    }


def _service(rows: pd.DataFrame) -> pd.DataFrame:
    rows["at"] = pd.to_datetime(rows["Start Date"], format="%d.%m.%y %H:%M", utc=True)
    rows = rows.rename(columns={"ServiceID": CASE, "Operation": ACTIVITY, "at": TIME})
    return rows[[CASE, ACTIVITY, TIME]].sort_values(TIME, kind="stable")


def _bank(file: Path) -> pd.DataFrame:
    rows = pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False).rename(columns=str.strip)
    rows = rows.apply(lambda column: column.str.strip())
    rows = rows[(rows["outcome"] != "PHANTOM") & (rows["customer_id"] != "0")]
    rows["at"] = pd.to_datetime(rows["date"] + " " + rows["vru_entry"], format="%y%m%d %H:%M:%S", utc=True)
    rows = rows.rename(columns={"customer_id": CASE, "type": ACTIVITY, "at": TIME})
    return rows[[CASE, ACTIVITY, TIME]].sort_values(TIME, kind="stable")


def described(frame: pd.DataFrame) -> dict[str, Any]:
    """What PM4Py finds in a log, and how it agrees by footprint with its variants that occur more than once."""
    frame = pm4py.format_dataframe(frame, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
    dfg, starts, ends = pm4py.discover_dfg(frame)
    runs = {tuple(variant): count(n) for variant, n in pm4py.get_variants(frame).items()}
    common = pm4py.filter_variants(frame, [variant for variant, n in runs.items() if n > 1])
    prints = [pm4py.discover_footprints(part) for part in (frame, common)]
    words = sorted(frame[ACTIVITY].unique())
    return {
        "dfg": [[a, b, int(n)] for (a, b), n in dfg.items()],
        "starts": {word: int(n) for word, n in starts.items()},
        "ends": {word: int(n) for word, n in ends.items()},
        "variants": [[list(variant), n] for variant, n in runs.items()],
        "sequence": sorted(prints[0]["sequence"]),
        "parallel": sorted(prints[0]["parallel"]),
        "agreement": agreement(words, *prints),
    }


def agreement(words: list[str], one: dict[str, Any], other: dict[str, Any]) -> float:
    """Share of the pairs of activities that PM4Py's footprints relate alike."""

    def relation(found: dict[str, Any], a: str, b: str) -> str:
        if (a, b) in found["parallel"] or (b, a) in found["parallel"]:
            return "parallel"
        return "before" if (a, b) in found["sequence"] else "after" if (b, a) in found["sequence"] else "none"

    pairs = list(itertools.product(words, repeat=2))
    return sum(relation(one, a, b) == relation(other, a, b) for a, b in pairs) / len(pairs)


def main() -> None:
    """Run a job and write what it found as JSON."""
    job, *where = sys.argv[1:]
    folder = Path(where[-1])
    found = speed(folder) if job == "speed" else logs(Path(where[0]))
    (folder / f"{job}.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
