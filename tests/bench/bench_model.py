"""How fast is a large model read and checked, against PyYAML's plain C loader on the same text?"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.bench.ratio import Ratio, paired
from touchpoints.load import load_inventory

TOUCHPOINTS = 20_000

HEAD = """channels: {phone: {}, web: {}, email: {}}
teams: {kcc: {people: 8, fte: 6.4, cost_per_hour: EUR 45/hour, shrinkage: 30%}}
systems: {crm: {kind: contact_register}, cases: {kind: case_system}}
touchpoints:
"""
ONE = """  touchpoint_{i}:
    name: {{nl: Contactpunt {i}, en: Contact point {i}}}
    channel: {channel}
    owner: kcc
    direction: inbound
    actors: [citizen, partner]
    layers: [kcc]
    systems: [crm, cases]
    customer_view: yes
    knowledge_support: partial
    asks_for: {{bsn: used, income: unused}}
    tone: helpful
    public: no
    human_fallback: yes
    obstacles: [{{kind: authorisation, what: may not change an address}}]
    evidence: {{grade: workshop, source: workshop, date: 2026-10-02}}
"""


def bench() -> Iterator[Ratio]:
    """Reading, and the start of the command line."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        text = HEAD + "".join(ONE.format(i=i, channel=("phone", "web", "email")[i % 3]) for i in range(TOUCHPOINTS))
        (root / "model").mkdir()
        (root / "workbench.yaml").write_text("name: large\n", encoding="utf-8")
        (root / "model" / "touchpoints.yaml").write_text(text, encoding="utf-8")

        def ours() -> None:
            assert not load_inventory(root).errors

        def plain() -> None:
            yaml.load(text, Loader=yaml.CSafeLoader)

        def plain_without_collector() -> None:
            gc.disable()
            plain()
            gc.enable()

        yield Ratio(f"read and check {TOUCHPOINTS:,} touchpoints / plain C loader", *paired(ours, plain), 1.5)
        yield Ratio("the same / C loader with the garbage collector off", *paired(ours, plain_without_collector), None)
    yield Ratio("workbench --help / bare Python with click", *_help(), None)


def _help() -> tuple[float, float]:
    def run(*code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *code], check=True, capture_output=True)
        return time.perf_counter() - start

    return paired(lambda: run("-m", "workbench", "--help"), lambda: run("-c", "import click"), runs=5)
