"""Does a difference between two models say what was changed, and what that does to hours, money and effort?"""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.analysis.difference import difference
from workbench.project import Project, open_project

MODEL = """
channels: {phone: {cost_per_hour: EUR 60}}
touchpoints: {line: {channel: phone}}
reasons: {r: {}, q: {}}
volumes:
  - {touchpoint: line, reason: r, contacts: 1000/month, handling_time: 6m, wait: 1m}
  - {touchpoint: line, reason: q, contacts: 100/month, handling_time: 10m}
"""


@pytest.fixture
def opened(tmp_path: Path):
    def opened(name: str, text: str) -> Project:
        folder = tmp_path / name
        (folder / "model").mkdir(parents=True)
        (folder / "workbench.yaml").write_text("name: x\ncurrency: EUR\n")
        (folder / "model" / "model.yaml").write_text(text)
        return open_project(folder).require_sound()

    return opened


def test_a_shorter_call_saves_hours_money_and_effort(opened) -> None:
    """12,000 contacts a year, six minutes instead of five: 200 hours and EUR 12,000; a caller's time goes down too."""
    found = difference(opened("a", MODEL), opened("b", MODEL.replace("6m,", "5m,")))
    change = {one.key: one.change for one in found.totals}
    assert change["contacts_per_year"] == 0
    assert change["staff_h_per_year"] == pytest.approx(-200)
    assert change["cost_per_year"] == pytest.approx(-12_000)
    assert change["customer_h_per_year"] == pytest.approx(-200)
    (number,) = found.numbers
    assert number.name == "volumes/line/r/handling_time"
    assert number.before is not None
    assert number.after is not None
    assert (number.before.estimate.text, number.after.estimate.text) == ("6m", "5m")
    assert [one.change for one in found.parts] == [pytest.approx(-200)] * 2  # of customers, and of staff


def test_writing_a_number_otherwise_is_no_difference(opened) -> None:
    found = difference(
        opened("a", MODEL), opened("b", MODEL.replace("6m,", "360s,").replace("1000/month", "12000/year"))
    )
    assert found.numbers == ()
    assert found.parts == ()
    assert not any(one.differs for one in found.totals)


def test_what_only_one_model_has_is_named_with_its_place(opened) -> None:
    more = MODEL.replace("q: {}}", "q: {}, z: {}}")
    found = difference(opened("a", MODEL), opened("b", more + "teams: {t: {people: 3}}\n"))
    assert {(one.side, one.collection, one.label) for one in found.records} == {
        ("after", "reasons", "z"), ("after", "teams", "t"),
    }  # fmt: skip
    assert all(one.place.startswith("model/model.yaml:") for one in found.records)
    back = difference(opened("c", more), opened("d", MODEL))
    assert [(one.side, one.label) for one in back.records] == [("before", "z")]


def test_there_and_back_are_opposite(opened) -> None:
    one, two = opened("a", MODEL), opened("b", MODEL.replace("1000/month", "800/month").replace("EUR 60", "EUR 66"))
    there, back = difference(one, two), difference(two, one)
    for ahead, behind in zip(there.totals, back.totals, strict=True):
        assert ahead.change == pytest.approx(-(behind.change or 0.0))
