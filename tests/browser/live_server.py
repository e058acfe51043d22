"""How do the tests serve a live page: a small project of its own, by the command itself?"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 90

MODEL = """# A small model; comments stay.
channels:
  phone: {extends: library.phone}
  web: {extends: library.web}
  email: {extends: library.email}
teams:
  kcc: {name: {nl: Klantcontactcentrum, en: Contact centre}, people: 8, fte: 6.4, cost_per_hour: EUR 45/hour}
personas:
  starter: {name: {nl: Starter, en: Starter}, digital_readiness: 5/5}
  senior: {name: {nl: Oudere, en: Senior}, digital_readiness: 2/5}
touchpoints:
  line: {name: {nl: Telefoonlijn, en: Contact line}, channel: phone, owner: kcc}
  site: {name: {nl: Website, en: Web site}, channel: web, human_fallback: yes}
  mailbox: {name: {nl: Postvak, en: Mailbox}, channel: email, owner: kcc}
reasons:
  how: {name: {nl: Hoe verhuis ik, en: How do I move}, category: information, complexity: 1/5, emotion: 1/5}
  status: {name: {nl: Status, en: Status}, category: information, status_question: yes, failure_demand: yes}
volumes:
  - {touchpoint: line, reason: how, contacts: 900/month, handling_time: 5m30s, wait: 40s}
  - {touchpoint: line, reason: status, contacts: 1200..1500/month, handling_time: 4m10s, wait: 40s}
  - {touchpoint: mailbox, reason: how, contacts: 300/month, handling_time: 6m}
content:
  move_page: {title: Moving house, answers: [how], kind: web_page, fit_for: [web],
              reviewed: 2026-03-01, review_every: 6 months}
journeys:
  move:
    name: {nl: Verhuizen, en: Moving house}
    starts: 900/month
    phases: [orient, act]
    personas: {starter: 60%, senior: 40%}
    gave_up: {penalty: 45m}
    steps:
      search: {name: {nl: Zoekt, en: Searches}, phase: orient, touchpoint: site, reason: how, own_time: 5m,
               next: {submit: 62%, call: 30%, gave_up: rest},
               by_persona: {senior: {next: {submit: 35%, call: 60%, gave_up: rest}}}}
      call: {name: {nl: Belt, en: Calls}, phase: orient, touchpoint: line, reason: how,
             next: {submit: 90%, gave_up: 10%}}
      submit: {name: {nl: Meldt, en: Reports}, phase: act, touchpoint: site, own_time: 10m,
               next: {resolved: 95%, call: 5%}}
moments_of_truth:
  - {at: move/submit, importance: {customer: 5/5, organisation: 4/5}, now: need_met, ambition: easy,
     behaviours: [calls back]}
scenarios:
  online:
    name: {nl: Eerst online, en: Online first}
    start: 2027-01
    measures:
      - {kind: shift, reasons: [how], from: line, to: site, eligible: 60%, adoption: 15%..30%, resolved: 60%..80%}
      - {kind: handling_time, touchpoints: [line], reduction: 10%..25%}
    investments: [{what: knowledge base, once: EUR 20000, running: EUR 200/month}]
    ramp: 6 months
    horizon: 36 months
    discount_rate: 2.25%
    cashable: 50%..80%
  answers:
    name: {nl: Eerst antwoorden, en: Answers first}
    start: 2027-01
    measures: [{kind: eliminate, reasons: [status], share: 10%..25%, cost_each: EUR 0.08}]
    investments: [{what: messages, once: EUR 6000}]
    horizon: 36 months
    discount_rate: 2.25%
    cashable: 60%
"""


@dataclass(frozen=True)
class Live:
    """A running live page: its address, the folder of its project, its process."""

    url: str
    folder: Path
    process: subprocess.Popen[str]


def project(folder: Path, model: str = MODEL) -> Path:
    """A small project in a folder."""
    (folder / "model").mkdir(parents=True)
    (folder / "workbench.yaml").write_text("name: {nl: Gemeente, en: Municipality}\nlanguage: en\ncurrency: EUR\n")
    (folder / "model" / "model.yaml").write_text(model, encoding="utf-8")
    return folder


@contextmanager
def served(
    folder: Path, options: Sequence[str] = (), settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Live]:
    """The live page of a project, on a free port of loopback, until the end of the block; settings are variables."""
    command = [sys.executable, "-m", "workbench", "serve", str(folder), "--port", "0", *options]
    log = folder / "serve.log"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **settings}
    with log.open("w") as errors, subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
    ) as process:  # fmt: skip
        try:
            yield Live(_url(process, log), folder, process)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def _url(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        assert waiting.select(_SECONDS), f"not served within {_SECONDS} s: {log.read_text()}"
        line = process.stdout.readline()
    assert line.startswith("http"), f"not served: {line}{log.read_text()}"
    return line.split()[0]
