"""Does a journey that is discovered in a simulated log have the steps and shares that it was simulated with?"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from touchpoints.records.journey import resolve_shares
from workbench.cli.main import cli
from workbench.log.discovered_model import discovered_yaml
from workbench.log.discovery import discover
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.project import open_project
from workbench.simulation.simulate import simulate

MODEL = """
touchpoints:
  line: {name: {nl: Telefoonlijn, en: Phone line}, channel: phone}
  site: {name: {nl: Website, en: Site}, channel: web}
  desk: {name: {nl: Balie, en: Desk}, channel: counter}
  post: {name: {nl: Brief, en: Letter}, channel: letter}
reasons:
  move_how: {name: {nl: Hoe verhuizen, en: How to move}, category: information}
  move_do: {name: {nl: Verhuizen, en: Move}, category: request}
  pay_tax: {name: {nl: Belasting betalen, en: Pay tax}, category: request}
  tax_late: {name: {nl: Aanmaning, en: Reminder}, category: complaint}
volumes:
  - {touchpoint: line, reason: move_how, contacts: 100/month, handling_time: 3m}
  - {touchpoint: line, reason: move_do, contacts: 100/month, handling_time: 3m}
  - {touchpoint: line, reason: tax_late, contacts: 100/month, handling_time: 3m}
  - {touchpoint: desk, reason: move_do, contacts: 100/month, handling_time: 3m}
"""
JOURNEYS = """
journeys:
  move:
    starts: 700/month
    start: {look: 80%, ask: 20%}
    steps:
      look: {touchpoint: site, reason: move_how, next: {tell: 55%, ask: 30%, resolved: 15%}}
      ask: {touchpoint: line, reason: move_how, next: {tell: 50%, visit: 40%, resolved: rest}}
      tell: {touchpoint: site, reason: move_do, next: {resolved: 85%, ask: 10%, gave_up: 5%}}
      visit: {touchpoint: desk, reason: move_do, next: {resolved: rest}}
  tax:
    starts: 300/month
    steps:
      pay: {touchpoint: post, reason: pay_tax, next: {late: 25%, resolved: rest}}
      late: {touchpoint: line, reason: tax_late, next: {late: 20%, resolved: rest}}
"""


@pytest.fixture
def simulated(tmp_path: Path, write_project: Callable[..., Path]) -> Path:
    root = write_project(MODEL + JOURNEYS, "name: Test\nlanguage: en\n")
    project = open_project(root).require_sound()
    simulate(project.inventory, tmp_path / "log.csv", seed=11, contacts=40_000)
    ingest([tmp_path / "log.csv"], load_profile("generic_csv"), project.store_file, bytes(range(32)))
    return root


def _contact(step: Any) -> tuple[str | None, str | None]:
    return step.touchpoint, step.reason


def test_what_was_simulated_is_discovered_and_loads_as_a_model(simulated: Path, tmp_path: Path) -> None:
    truth = open_project(simulated).inventory.journeys
    (simulated / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    done = CliRunner().invoke(cli, ["journeys", "discover", str(simulated), "--out", str(simulated / "model/f.yaml")])
    assert done.exit_code == 0, done.output
    checked = CliRunner().invoke(cli, ["check", str(simulated), "--no-missing"])
    assert checked.exit_code == 0, checked.output
    assert "0 errors" in checked.output
    found = open_project(simulated).require_sound().inventory.journeys
    assert list(found) == ["move_how", "pay_tax"]
    for true, made in zip((truth["move"], truth["tax"]), found.values(), strict=True):
        contacts = {name: _contact(step) for name, step in made.steps.items()}
        assert set(contacts.values()) == {_contact(step) for step in true.steps.values()}
        for step in true.steps.values():
            row = _by_contact(resolve_shares(step.next or {}), true)
            name = next(name for name, contact in contacts.items() if contact == _contact(step))
            seen = _by_contact(resolve_shares(made.steps[name].next or {}), made)
            assert set(seen) == set(row)
            n = _n(simulated, _contact(step))
            for target, share in row.items():
                # Four standard errors, and a tenth of a percent of rounding.
                assert abs(seen[target] - share) <= 4 * math.sqrt(share * (1 - share) / n) + 0.001, (name, target)
        assert made.starts is not None
        assert true.starts is not None
        assert made.starts.point == pytest.approx(true.starts.point, rel=0.06)
        assert sum(resolve_shares(made.start).values() if made.start else [1.0]) == pytest.approx(1)
        assert made.evidence is not None
        assert made.evidence.grade == "measured"
        assert made.evidence.date is not None
        assert made.evidence.period is not None
    starts = _by_contact(resolve_shares(found["move_how"].start or {}), found["move_how"])
    assert starts["site", "move_how"] == pytest.approx(0.8, abs=0.02)


def _by_contact(row: dict[str, float], journey: Any) -> dict[Any, float]:
    """Shares by the contact that follows; being helped and giving up look the same in a log."""
    shares: dict[Any, float] = {}
    for target, share in row.items():
        key = _contact(journey.steps[target]) if target in journey.steps else "stop"
        shares[key] = shares.get(key, 0.0) + share
    return {key: share for key, share in shares.items() if share > 0}


def _n(root: Path, contact: tuple[str | None, str | None]) -> int:
    project = open_project(root)
    with open_log(project.store_file) as log:
        table = log.table("contact")
        own = table.filter(
            (table.touchpoint.cast("string") == contact[0])
            & (table.reason.cast("string") == contact[1])
            & table.case_key.notnull()
        )
        (row,) = log.rows(own.agg(n=own.count()))
    return int(row["n"])


ROWS = [
    # 40 cases of two contacts, four of which have a rare one between; 12 that only ring, 3 about something else.
    *[(f"a{i}", ["web:Order now", "phone:Where is it?"]) for i in range(36)],
    *[(f"r{i}", ["web:Order now", "fax:odd", "phone:Where is it?"]) for i in range(4)],
    *[(f"p{i}", ["phone:Complaint"]) for i in range(12)],
    *[(f"x{i}", ["phone:Other"]) for i in range(3)],
]


@pytest.fixture
def small(read: Any) -> Any:
    lines = ["case_key,started_at,touchpoint,channel,reason"]
    for case, contacts in ROWS:
        for place, contact in enumerate(contacts):
            channel, _, reason = contact.partition(":")
            lines.append(f"{case},2026-03-02T1{place}:00:00,{channel} line,{channel},{reason}")
    lines.append("end,2026-04-30T10:00:00,phone line,phone,Complaint")
    return read("\n".join(lines) + "\n", "generic_csv", suppress_below=10).log


def test_rare_contacts_are_folded_and_small_groups_left_out(small: Any, load: Any) -> None:
    found = discover(small, load(""), min_share=0.0)
    order, complaint = found.found
    assert (order.journeys, complaint.journeys, found.others) == (40, 13, 3)
    assert list(order.steps) == [("web line", "Order now"), ("phone line", "Where is it?")]
    assert order.left_out == 4
    assert order.steps["web line", "Order now"].shares == {("phone line", "Where is it?"): 1.0}
    assert complaint.steps["phone line", "Complaint"].n == 12
    text = discovered_yaml(found, small, load(""))
    assert "# A few journeys start in other ways" in text
    assert "fax" not in text
    assert "Other" not in text
    assert "# 40 journeys in the log; fewer than 10 contacts of it are too rare to be steps" in text


def test_words_become_ids_and_names_of_the_model_are_used(small: Any, write_project: Any) -> None:
    own = "touchpoints: {helpline: {name: Phone line, channel: phone}}\njourneys: {order_now: {steps: {a: {}}}}\n"
    root = write_project(own)
    text = discovered_yaml(discover(small, open_project(root).inventory), small, open_project(root).inventory)
    (root / "model" / "found.yaml").write_text(text, encoding="utf-8")
    inventory = open_project(root).require_sound().inventory
    assert set(inventory.journeys) == {"order_now", "order_now_2", "complaint"}
    steps = inventory.journeys["order_now_2"].steps
    assert [step.touchpoint for step in steps.values()] == ["web_line", "helpline"]
    assert inventory.touchpoints["web_line"].channel == "web"
    assert inventory.reasons["where_is_it"].label("en") == "Where is it?"
    assert steps["phone_line"].label("nl") == "Phone line: Where is it?"


def test_groups_by_category_or_none(small: Any, load: Any) -> None:
    assert len(discover(small, load(""), by="none").found) == 1
    reasons = "reasons:\n  complaint: {category: complaint}\n"
    assert discover(small, load(reasons), by="category").found[0].firsts == (None,)
    with pytest.raises(ValueError, match="min_share must be"):
        discover(small, load(""), min_share=1.0)
    with pytest.raises(ValueError, match="by must be"):
        discover(small, load(""), by="colour")  # type: ignore[arg-type]


def test_steps_that_only_lead_to_one_another_say_nothing(read: Any, load: Any) -> None:
    """Cases that go back and forth every other day until the log ends: nobody was seen to stop."""
    lines = ["case_key,started_at,touchpoint"]
    for case in range(30):
        for place in range(15):
            lines.append(f"c{case},2026-03-{1 + 2 * place:02}T10:00:00,{'ab'[place % 2]}")
    log = read("\n".join(lines) + "\n", "generic_csv").log
    text = discovered_yaml(discover(log, load("")), log, load(""))
    assert text.count("# too few contacts, or none that ended, to say where it leads") == 1
    assert text.count("100%") == 1


def test_signs_that_nobody_sees_stay_out_of_the_model(read: Any, write_project: Any) -> None:
    lines = ["case_key,started_at,touchpoint,channel,reason"]
    for case in range(30):
        lines += [
            f"c{case},2026-03-01T10:00:00,we\u202eb,web,or\u202eder",
            f"c{case},2026-03-01T11:00:00,\u200f\u202d,phone,ask",
        ]
    lines.append("end,2026-04-30T10:00:00,we\u202eb,web,ask")
    log = read("\n".join(lines) + "\n", "generic_csv").log
    root = write_project("touchpoints: {}\n")
    text = discovered_yaml(discover(log, open_project(root).inventory), log, open_project(root).inventory)
    (root / "model" / "found.yaml").write_text(text, encoding="utf-8")
    inventory = open_project(root).require_sound().inventory
    assert {one.label("en") for one in inventory.touchpoints.values()} >= {"web"}
    assert {one.label("en") for one in inventory.reasons.values()} == {"order", "ask"}
    assert len(inventory.touchpoints) == 2


def test_a_file_is_never_overwritten(simulated: Path) -> None:
    out = simulated / "there.yaml"
    out.write_text("x: 1\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["journeys", "discover", str(simulated), "--out", str(out)])
    assert done.exit_code != 0
    assert out.read_text(encoding="utf-8") == "x: 1\n"
