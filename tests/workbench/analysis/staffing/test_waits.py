"""Is a stated wait that the people who are there would not give told with its place?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from workbench.analysis.staffing.staffing import Staffing, staffing

Write = Callable[..., Path]

MODEL = """
channels: {phone: {extends: library.phone}, counter: {extends: library.counter}}
teams: {desk: {people: PEOPLE, fte: PEOPLE, hours: [mon-fri 09:00-17:00]}}
touchpoints: {line: {channel: phone, owner: desk}}
reasons: {a: {}, b: {}, c: {}}
volumes:
  - {touchpoint: line, reason: a, contacts: 100/month, handling_time: 4m, wait: WAIT_A}
  - {touchpoint: line, reason: b, contacts: 300/month, handling_time: 4m, wait: WAIT_B}
  - {touchpoint: line, reason: c, contacts: 50/month, handling_time: 4m}
"""


@pytest.fixture
def found(write_project: Write) -> Callable[..., Staffing]:
    def make(people: int, wait_a: str, wait_b: str) -> Staffing:
        text = MODEL.replace("PEOPLE", str(people)).replace("WAIT_A", wait_a).replace("WAIT_B", wait_b)
        return staffing(wb.open(str(write_project(text))))

    return make


def test_the_stated_wait_is_the_mean_over_contacts_that_have_one(found: Callable[..., Staffing]) -> None:
    told = found(50, "10s", "50s").stated["desk/phone"]
    assert told.wait_s == pytest.approx((100 * 10 + 300 * 50) / 400)
    assert told.place.line == 8, "where most contacts have theirs"


def test_many_people_and_a_long_wait_do_not_agree(found: Callable[..., Staffing]) -> None:
    [one] = [one for one in found(50, "10s", "50s").findings if one.kind.startswith("waits_")]
    assert (one.kind, one.record, one.values["stated"]) == ("waits_longer", "desk", pytest.approx(40))
    assert one.values["modelled"] < 0.1, "fifty people, and five calls an hour"


def test_few_people_and_a_short_wait_do_not_agree(found: Callable[..., Staffing]) -> None:
    few = found(1, "1s", "1s")
    [one] = [one for one in few.findings if one.kind.startswith("waits_")]
    assert one.kind == "waits_shorter"
    row = next(one for one in few.tables() if one.key == "staffing_now").records()[0]
    assert (row["wait_now_s"], row["wait_stated_s"]) == (one.values["modelled"], pytest.approx(1))


def test_waits_that_are_much_the_same_are_not_told(found: Callable[..., Staffing]) -> None:
    few = found(1, "1s", "1s")
    modelled = next(one for one in few.tables() if one.key == "staffing_now").records()[0]["wait_now_s"]
    assert modelled > 15
    for factor in (0.55, 1.0, 1.9):
        wait = f"{modelled * factor:.1f}s"
        assert not [one for one in found(1, wait, wait).findings if one.kind.startswith("waits_")]
    for factor in (0.45, 2.1):
        wait = f"{modelled * factor:.1f}s"
        assert [one for one in found(1, wait, wait).findings if one.kind.startswith("waits_")]


def test_a_few_seconds_are_not_worth_a_word(found: Callable[..., Staffing]) -> None:
    assert not [one for one in found(50, "10s", "10s").findings if one.kind.startswith("waits_")]
