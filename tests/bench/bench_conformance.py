"""How fast is conformance of all cases, and does PM4Py count the same and judge alike?

BENCH_CONTACTS is the size of the log, ten million when it is not set; BENCH_SAMPLE that of the sample PM4Py gets.
PM4Py (AGPL) is a peer, never a dependency: with BENCH_PEERS=1 it is installed in an environment of its own under
build/peers; where that is there it is used, and else the comparison is left out.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from journeys.conformance.alignment import alignments
from journeys.conformance.edges import edge_fitness
from journeys.conformance.follows import coded, directly_follows, variants
from journeys.conformance.footprint import CAUSAL, PARALLEL, footprint, footprint_agreement
from tests.bench.ratio import Ratio, paired
from workbench.log.courses import courses
from workbench.log.directly_follows import directly_follows as directly_follows_of_store
from workbench.log.engine import Log
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.log.traces import Traces, traces
from workbench.project import Project, open_project
from workbench.validation.conformance.assignment import assign, part
from workbench.validation.conformance.conformance import conformance
from workbench.validation.conformance.planned import planned_journeys

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "build" / "peers"
CONTACTS = int(float(os.environ.get("BENCH_CONTACTS", "1e7")))
SAMPLE = int(float(os.environ.get("BENCH_SAMPLE", "1e6")))
"""So many contacts are given to PM4Py, which takes minutes for them; its times are compared per contact."""

MODEL = """
touchpoints: {site: {}, line: {}, portal: {}, mail: {}, desk: {}, chat: {}, app: {}}
reasons: {how: {}, tell: {}, status: {}}
journeys:
  move:
    starts: 1000/month
    steps:
      search: {touchpoint: site, reason: how, next: {call: 30%, notify: 60%, gave_up: 10%}}
      call: {touchpoint: line, reason: how, next: {call: 10%, think: 20%, notify: 60%, visit: 10%}}
      think: {own_time: 5m, next: {notify: 70%, gave_up: 30%}}
      notify: {touchpoint: portal, reason: tell, next: {confirm: 85%, call: 15%}}
      visit: {touchpoint: desk, reason: tell, next: confirm}
      confirm: {touchpoint: mail, reason: tell, next: {status: 25%, resolved: 75%}}
      status: {touchpoint: line, reason: status, next: {status: 15%, resolved: 85%}}
"""
ELSEWHERE = tuple(f"{place}/other_{i}" for i in range(40) for place in ("chat", "app", "line", "site"))
"""Contacts of other needs, of as many reasons as a real log tells apart: most variants occur once."""
FEW = 4
"""So many of them in a second log, where most cases share their variant: what the peer, too, can do at once."""
LONGEST = 40


def bench() -> Iterator[Ratio]:
    """Courses, counts and conformance on our own, then against PM4Py, with many kinds of needs and with few."""
    for kinds in (len(ELSEWHERE), FEW):
        with tempfile.TemporaryDirectory() as name:
            yield from _one_log(Path(name), kinds)
    if _has_peers():
        yield from _real_logs()


def _one_log(folder: Path, kinds: int) -> Iterator[Ratio]:
    project = _project(folder)
    rows = write_log(folder / "log.parquet", project, CONTACTS, kinds)
    ingest([folder / "log.parquet"], load_profile("generic_parquet"), folder / "log.duckdb", bytes(range(32)))
    peer = _peer(folder, project, rows) if _has_peers() else None
    with open_log(folder / "log.duckdb") as log:
        print(f"{log.contacts:,} contacts, {kinds} kinds of other needs, {len(courses(log).runs):,} variants")
        if kinds > FEW:
            yield from _alone(project, log)
        if peer is not None:
            yield from _against(project, log, peer)
            if kinds > FEW:
                yield from _agreement(project, log, peer)


def _alone(project: Project, log: Log) -> Iterator[Ratio]:
    columns = log.table("contact").select("case_key", "touchpoint", "reason", "started_at")

    def everything() -> None:
        assert conformance(project, log).cases

    def scan() -> None:
        log.arrow(columns)

    size = f"{log.contacts:,} contacts"
    yield Ratio(f"{size}: traces / columns read", *paired(lambda: traces(log), scan), None)
    yield Ratio("the same: conformance with deviations and all cases / columns read", *paired(everything, scan), None)


def _against(project: Project, log: Log, peer: dict[str, Any]) -> Iterator[Ratio]:
    """CPU time of all threads per contact, in µs; PM4Py's is that of the sample."""
    ours_s = _cpu_s(lambda: directly_follows_of_store(log))
    each = f"CPU µs/contact, {peer['contacts']:,} in the sample"
    yield _each("directly-follows from the store / PM4Py", ours_s, log, peer, "dfg_s", 1 / 200, each)
    found = traces(log)
    ours_s = _cpu_s(lambda: directly_follows(found.codes, found.offsets, len(found.words)))
    yield _each("directly-follows of the contacts themselves / PM4Py", ours_s, log, peer, "dfg_s", None, each)
    ours_s = _cpu_s(lambda: _edges(project, log))
    yield _each("edge fitness of all cases / PM4Py's token replay", ours_s, log, peer, "replay_s", 1 / 500, each)
    ours_s = _cpu_s(lambda: _alignments(project, log))
    yield _each("optimal alignment of all cases / PM4Py's token replay", ours_s, log, peer, "replay_s", None, each)


def _cpu_s(call: Callable[[], Any], runs: int = 5) -> float:
    """The median CPU time of a call, over all threads [s]; other work on the machine does not change it."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        call()
        taken.append(time.process_time() - started)
    return median(taken)


def _each(what: str, ours_s: float, log: Log, peer: dict[str, Any], key: str, limit: float | None, note: str) -> Ratio:
    return Ratio(what, ours_s / log.contacts * 1e6, peer[key] / peer["contacts"] * 1e6, limit, "µ", note)


def _edges(project: Project, log: Log) -> Any:
    """The edge fitness of every case of the log, from the store on."""
    found = courses(log)
    (planned,) = planned_journeys(project, found.words, reasons=True)
    return edge_fitness(planned.plan, found.runs.codes, found.runs.offsets)[found.runs.of]


def _alignments(project: Project, log: Log) -> Any:
    """The alignment fitness of every case of the log, from the store on."""
    found = courses(log)
    planned = planned_journeys(project, found.words, reasons=True)
    return assign(planned, found.runs).fitness[found.runs.of]


def _agreement(project: Project, log: Log, peer: dict[str, Any]) -> Iterator[Ratio]:
    """Costs that are not PM4Py's; and where its token replay judges otherwise than our measures."""
    words = sorted({word for variant, _ in peer["variants"] for word in variant})
    contacts = [tuple(word.split("/")) for word in words]
    (planned,) = planned_journeys(project, contacts, reasons=True)  # type: ignore[arg-type]
    number = {word: i for i, word in enumerate(words)}
    journeys = coded([[number[word] for word in variant] for variant, _ in peer["costs"]])
    aligned, edges = alignments(planned.plan, *journeys), edge_fitness(planned.plan, *journeys).tolist()
    costs, fitness = aligned.cost.tolist(), aligned.fitness.tolist()
    differ = sum(int(ours) != cost for ours, (_, cost) in zip(costs, peer["costs"], strict=True))
    yield Ratio(f"alignment costs of {len(costs)} variants unlike PM4Py's", differ, 1.0, 0.0, " ")
    frequent = {tuple(variant): n for variant, n in peer["variants"]}
    replayed = {tuple(variant): value for variant, value in peer["fitness"]}
    rows = [
        (abs(ours - replayed[tuple(variant)]), ours, edge, replayed[tuple(variant)], frequent[tuple(variant)], variant)
        for (variant, _), ours, edge in zip(peer["costs"], fitness, edges, strict=True)
    ]
    rows.sort(key=lambda row: -row[0])
    print("where alignment and token replay disagree most, of the most frequent variants:")
    print(f"  {'alignment':>9} {'edges':>9} {'replay':>9} {'cases':>7}  contacts")
    for _, ours, edge, theirs, n, variant in rows[:8]:
        print(f"  {ours:9.3f} {edge:9.3f} {theirs:9.3f} {n:7,}  {' → '.join(variant)}")
    for what, at in (("alignment", 1), ("edge", 2)):
        mean = float(np.average([abs(row[at] - row[3]) for row in rows], weights=[row[4] for row in rows]))
        yield Ratio(f"mean difference of {what} fitness and token replay, by case", mean, 1.0, None, " ")


def _project(folder: Path) -> Project:
    (folder / "model").mkdir()
    (folder / "workbench.yaml").write_text("name: bench\n", encoding="utf-8")
    (folder / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    return open_project(folder).require_sound()


def write_log(file: Path, project: Project, contacts: int, kinds: int) -> pa.Table:
    """Journeys of the plan, of which 3% of the contacts are left out, 3% done again, and 10% more are of other needs.

    The other needs are of so many kinds.

    Contacts of a case are an hour apart; cases start at any moment of a year.
    """
    rng = np.random.default_rng(1)
    flow, journey = project.flows["move"], project.inventory.journeys["move"]
    steps = list(journey.steps)
    shares = np.array([[flow.edges.get((f"move/{a}", f"move/{b}"), 0) / flow.visits[f"move/{a}"] for b in steps]
                       for a in steps])  # fmt: skip
    upto = np.cumsum(shares, axis=1)
    cases = int(contacts / (flow.contacts * 1.1))
    at, going = np.zeros(cases, np.int64), np.arange(cases)
    parts: list[tuple[Any, Any]] = []
    while len(going) and len(parts) < LONGEST:
        parts.append((going, at))
        drawn = rng.random(len(going))
        after = (drawn[:, None] >= upto[at]).sum(axis=1)
        going, at = going[after < len(steps)], after[after < len(steps)]
    case = np.concatenate([part[0] for part in parts])
    step = np.concatenate([part[1] for part in parts])
    place = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    words = [*(f"{one.touchpoint}/{one.reason}" for one in journey.steps.values()), *ELSEWHERE[:kinds]]
    seen = np.array([one.touchpoint is not None for one in journey.steps.values()])[step] & (
        rng.random(len(step)) >= 0.03
    )
    more = rng.random(len(step))
    again, other = np.flatnonzero(seen & (more < 0.03)), np.flatnonzero(seen & (more > 0.9))
    foreign = len(steps) + rng.integers(kinds, size=len(other))
    case = np.concatenate([case[seen], case[again], case[other]])
    word = np.concatenate([step[seen], step[again], foreign])
    minutes = np.concatenate([place[seen] * 60, place[again] * 60 + 20, place[other] * 60 + 40])
    first = rng.integers(0, 365 * 24 * 60, cases)
    order = np.lexsort((minutes, case))[:contacts]
    at_us = (first[case[order]] + minutes[order]).astype("int64") * 60_000_000 + 1_735_689_600_000_000
    touchpoints = pa.array([one.split("/")[0] for one in words])
    reasons = pa.array([one.split("/")[1] for one in words])
    codes = pa.array(word[order].astype(np.int32))
    table = pa.table(
        {
            "case_key": pa.array(case[order]).cast(pa.string()),
            "started_at": pa.array(at_us, pa.timestamp("us", "UTC")),
            "touchpoint": touchpoints.take(codes),
            "reason": reasons.take(codes),
        }
    )
    parquet.write_table(table, file)
    return table


def _has_peers() -> bool:
    """Whether the peers are there; made when asked for."""
    python = PEERS / "bin" / "python"
    if not python.exists() and os.environ.get("BENCH_PEERS") == "1":
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        wanted = ["-r", str(Path(__file__).with_name("peers.txt"))]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=True)
    if not python.exists():
        print("PM4Py is not in build/peers; BENCH_PEERS=1 installs it there, and its comparison is left out now")
    return python.exists()


def _run_peer(*words: str | Path) -> None:
    script = Path(__file__).with_name("peer_pm4py.py")
    command = [str(PEERS / "bin" / "python"), str(script), *map(str, words)]
    subprocess.run(command, check=True, capture_output=True)


def _peer(folder: Path, project: Project, rows: pa.Table) -> dict[str, Any]:
    """What PM4Py finds in the first cases of the log."""
    journey = project.inventory.journeys["move"]
    part = rows.slice(0, SAMPLE).to_pydict()
    with (folder / "sample.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["case", "at", "word"])
        words = (f"{a}/{b}" for a, b in zip(part["touchpoint"], part["reason"], strict=True))
        writer.writerows(zip(part["case_key"], part["started_at"], words, strict=True))
    moves = [["start", next(iter(journey.steps))]]
    for name, step in journey.steps.items():
        assert step.next is not None
        moves += [[name, target if target in journey.steps else "stop"] for target in step.next]
    named = {name: f"{one.touchpoint}/{one.reason}" for name, one in journey.steps.items() if one.touchpoint}
    plan = {"steps": list(journey.steps), "moves": moves, "words": named}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    started = time.perf_counter()
    _run_peer("speed", folder)
    print(f"PM4Py took {time.perf_counter() - started:.0f} s for {min(SAMPLE, len(rows)):,} contacts")
    found: dict[str, Any] = json.loads((folder / "speed.json").read_text())
    return found


REAL: dict[str, tuple[str, str, dict[str, Any], dict[str, str]]] = {
    "helpdesk": ("helpdesk.xes.gz", "xes", {"reasons": False}, {}),
    "service": (
        "callcentre_service.csv",
        "service_desk",
        {"notion": "case", "reasons": False},
        {"Inbound Call": "inbound_call", "Inbound Email": "inbound_email", "Handle Case": "handle_case",
         "Handle Email": "handle_email", "Call Outbound": "outbound_call", "Email Outbound": "outbound_email"},
    ),
    "bank": ("anonymous_bank_1999_02.txt.gz", "technion_call_centre", {"window_days": float("inf")}, {}),
}  # fmt: skip
"""Log: its file, profile, how its journeys are read, and our words for those of the file."""


def _real_logs() -> Iterator[Ratio]:
    """How many counts of the real logs are not PM4Py's: none is wanted."""
    data = Path(os.environ.get("WORKBENCH_DATA", ROOT.parent / "shared" / "data"))
    if not data.is_dir():
        print("the real logs are not here; set WORKBENCH_DATA")
        return
    with tempfile.TemporaryDirectory() as name:
        _run_peer("logs", data, name)
        theirs = json.loads((Path(name) / "logs.json").read_text())
        for key, (file, profile, how, renamed) in REAL.items():
            store = Path(name) / f"{key}.duckdb"
            ingest([data / file], load_profile(profile), store, bytes(range(32)))
            with open_log(store) as log:
                for what, differ in _differences(traces(log, **how), theirs[key], renamed, key == "bank"):
                    yield Ratio(f"{key}: {what} unlike PM4Py's", float(differ), 1.0, 0.0, " ")


def _differences(
    made: Traces, theirs: dict[str, Any], renamed: dict[str, str], by_reason: bool
) -> Iterator[tuple[str, float]]:
    own = [str(reason if by_reason else touchpoint) for touchpoint, reason in made.words]
    if by_reason:
        renamed = _paired_by_count(made, own, theirs)

    def word(name: str) -> str:
        return renamed.get(name, name)

    counts = directly_follows(made.codes, made.offsets, len(own)).toarray()
    inside = {(own[a], own[b]): int(counts[a, b]) for a, b in zip(*np.nonzero(counts[:-1, :-1]), strict=True)}
    yield (
        "directly-follows counts",
        len({(word(a), word(b), n) for a, b, n in theirs["dfg"]} ^ {(*k, n) for k, n in inside.items()}),
    )
    for name, ours in (("starts", counts[-1, :-1]), ("ends", counts[:-1, -1])):
        mine = {own[i]: int(n) for i, n in enumerate(ours) if n}
        yield name, len({(word(a), n) for a, n in theirs[name].items()} ^ set(mine.items()))
    runs = variants(made.codes, made.offsets)
    mine_runs = {(tuple(own[code] for code in runs.sequence(i)), int(n)) for i, n in enumerate(runs.counts)}
    yield "variants", len({(tuple(map(word, one)), n) for one, n in theirs["variants"]} ^ mine_runs)
    relations = footprint(counts)
    for name, kind in (("sequence", CAUSAL), ("parallel", PARALLEL)):
        pairs = {(own[a], own[b]) for a, b in zip(*np.nonzero(relations[:-1, :-1] == kind), strict=True)}
        yield f"footprint relations ({name})", len({(word(a), word(b)) for a, b in theirs[name]} ^ pairs)
    often = np.flatnonzero(runs.counts[runs.of] > 1)
    common = variants(*part(replace(runs, offsets=made.offsets, codes=made.codes), often))
    other = footprint(directly_follows(common.codes, common.offsets, len(own)))
    same = footprint_agreement(relations[:-1, :-1], other[:-1, :-1])
    yield "agreement of footprints", float(abs(same - theirs["agreement"]) > 1e-12)


def _paired_by_count(made: Traces, own: list[str], theirs: dict[str, Any]) -> dict[str, str]:
    """The profile gives reasons other names: those of equal total count are the same, and no two totals are equal."""
    totals = dict(zip(np.bincount(made.codes, minlength=len(own)).tolist(), own, strict=True))
    assert len(totals) == len(own)
    counted: dict[str, int] = dict.fromkeys(theirs["starts"], 0)
    for variant, n in theirs["variants"]:
        for name in variant:
            counted[name] = counted.get(name, 0) + n
    return {name: totals[n] for name, n in counted.items() if n in totals}
