"""Do lacking systems, status questions, obstacles and unused data come out as worked by hand, with their places?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb

MODEL = """
channels:
  phone: {extends: library.phone}
  portal: {extends: library.portal}
systems:
  cases: {kind: case_system}
  know: {kind: knowledge_base}
teams: {desk: {cost_per_hour: EUR 30}}
touchpoints:
  line:
    channel: phone
    owner: desk
    systems: [know]
    needs_systems: [know]
    asks_for: {birth_date: unused, name: used}
    obstacles:
      - {kind: authorisation, what: may not refund}
  mine: {channel: portal, systems: [cases]}
reasons:
  how: {}
  status: {status_question: yes, needs_systems: [cases]}
volumes:
  - {touchpoint: line, reason: how, contacts: 100/month, handling_time: 10m}
  - {touchpoint: line, reason: status, contacts: 60/month, handling_time: 5m}
  - {touchpoint: mine, reason: status, contacts: 500/month}
"""

Write = Callable[..., Path]


def test_by_hand(write_project: Write) -> None:
    found = wb.systems(wb.open(str(write_project(MODEL))))
    (lacking,) = found.lacking
    # A need that is filled does not lack; 720 contacts of five minutes draw on the case system.
    assert (lacking.touchpoint.id, lacking.system, lacking.reasons) == ("line", "cases", ("status",))
    assert (lacking.contacts_per_year, lacking.staff_h_per_year) == pytest.approx((720, 60))
    assert "model.yaml:21" in lacking.place
    # In the portal they are answered as they should be.
    assert found.status_totals() == pytest.approx((720, 60, 1800))
    tables = {one.key: one.records() for one in found.tables()}
    (status,) = tables["status_questions"]
    assert (status["system_to_connect"].lower(), status["cost_per_year"]) == ("cases", pytest.approx(1800))
    (obstacle,) = tables["obstacles"]
    assert obstacle["obstacle_kind"] == "authorisation"
    assert obstacle["at_stake_h_per_year"] == pytest.approx(260)
    assert "model.yaml:17" in obstacle["place"]
    (unused,) = tables["unused_data"]
    assert (unused["asked_data"], unused["contacts_per_year"]) == ("birth date", pytest.approx(1920))
    kinds = {row["system_kind"]: row for row in tables["system_kinds"]}
    assert len(kinds) == 6
    assert (kinds["case_system"]["used_at"], kinds["case_system"]["lacking_at"]) == (1, 1)
    assert (kinds["finance"]["used_at"], kinds["finance"]["lacking_at"]) == (0, 0)


def test_a_touchpoint_that_names_the_system_itself_lacks_it_for_all_contacts(write_project: Write) -> None:
    found = wb.systems(wb.open(str(write_project(MODEL.replace("needs_systems: [know]", "needs_systems: [cases]", 1)))))
    (lacking,) = found.lacking
    assert (lacking.reasons, lacking.contacts_per_year) == ((), pytest.approx(1920))


def test_nothing_is_known(write_project: Write) -> None:
    found = wb.systems(wb.open(str(write_project())))
    assert [one.key for one in found.tables()] == ["systems_lacking"]
    assert found.status_totals() == (0, 0, 0)
