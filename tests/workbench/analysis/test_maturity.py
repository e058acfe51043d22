"""Are scores means of what was answered, is buying too early told, and are differing messages found?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from touchpoints.library import library_trees
from workbench.pictures.radar import radar

MODEL = """
maturity:
  management_understands: {answer: 2/5, why: counts only, evidence: {grade: workshop, source: board}}
  shared_vision: {answer: 3/5}
  promises: {answer: 1/5}
  mandate: {answer: 4/5}
  connected_systems: {answer: 5/5}
vision: {for_whom: everyone, staff_may_spend: EUR 25, staff_belief: 2/5}
scenarios:
  bot:
    investments:
      - {what: a chatbot, once: EUR 1000}
teams: {a: {}, b: {}}
channels: {web: {extends: library.web}}
touchpoints:
  site: {channel: web, tone: warm}
  office: {tone: formal}
  shop: {tone: Warm}
reasons: {move: {}, pay: {}}
volumes:
  - {touchpoint: site, reason: move, contacts: 10/month}
  - {touchpoint: office, reason: move, contacts: 10/month}
  - {touchpoint: site, reason: pay, contacts: 10/month}
  - {touchpoint: shop, reason: pay, contacts: 10/month}
content:
  new: {answers: [move], kind: web_page, fit_for: [web], owner: a, reviewed: 2026-06-01, review_every: 1 year,
        language_level: B1}
  old: {answers: [move], kind: web_page, fit_for: [web], owner: a, reviewed: 2020-06-01, review_every: 1 year}
  other: {answers: [move], kind: web_page, fit_for: [web], owner: b, reviewed: 2026-06-01, review_every: 1 year,
          language_level: C1}
  alone: {answers: [pay], kind: web_page, fit_for: [web], owner: a, reviewed: 2020-06-01, review_every: 1 year}
"""
SETTINGS = "name: Test\nperiod: {start: 2026-01-01, end: 2026-12-31}\n"

Write = Callable[..., Path]


def test_the_scan_has_nine_questions_in_three_parts_and_five_aspects(write_project: Write) -> None:
    found = wb.maturity(wb.open(str(write_project())))
    assert len(found.questions) == len(library_trees("maturity_questions")) == 9
    assert [len(one.questions) for one in found.parts] == [3, 3, 3]
    assert sum(len(one.questions) for one in found.aspects) == 9
    assert all(one.mean is None for one in (*found.aspects, *found.parts))
    assert (found.is_answered, found.tools) == (False, ())


def test_means_leave_out_what_is_not_answered(write_project: Write) -> None:
    found = wb.maturity(wb.open(str(write_project(MODEL, SETTINGS))))
    means = {one.of: one.mean for one in (*found.aspects, *found.parts)}
    # insight (2 + 5) / 2, speed (1 + 4) / 2; reachability has one answer of two; vision (2 + 3 + 1) / 3
    assert (means["insight"], means["speed"], means["reachability"]) == (3.5, 2.5, 3.0)
    assert (means["knowledge"], means["learning"]) == (None, None)
    assert (means["vision"], means["organisation"], means["means"]) == (2.0, 4.0, 5.0)
    rows = {row["aspect"]: row for row in found["maturity_aspects"].tables()[0].records()}
    assert (rows["reachability"]["answered_questions"], rows["reachability"]["all_questions"]) == (1, 2)
    assert rows["reachability"]["unanswered_questions"] == "Ownership of contact"
    first = found["maturity"].tables()[0].records()[0]
    assert (first["answer_of_5"], first["why"], first["grade"], first["source"]) == (
        2,
        "counts only",
        "workshop",
        "board",
    )
    assert "model.yaml:3" in first["place"]


def test_tools_come_last(write_project: Write) -> None:
    found = wb.maturity(wb.open(str(write_project(MODEL, SETTINGS))))
    assert [one.of for one in found.low_parts] == ["vision"]
    (row,) = found["maturity_order"].tables()[0].records()
    assert row["investment"] == "a chatbot"
    assert "model.yaml:12" in row["place"]
    better = MODEL.replace("1/5", "4/5")
    assert wb.maturity(wb.open(str(write_project(better, SETTINGS)))).tools == ()


def test_messages_that_differ(write_project: Write) -> None:
    found = wb.maturity(wb.open(str(write_project(MODEL, SETTINGS))))
    by_kind = {one.kind: one for one in found.messages}
    # A capital is no other tone; an item that expired alone contradicts nothing.
    assert {(one.kind, one.reason) for one in found.messages} == {
        ("message_tone", "move"), ("message_expired", "move"), ("message_owner", "move"), ("message_level", "move"),
    }  # fmt: skip
    assert by_kind["message_tone"].said == (("site", "warm"), ("office", "formal"))
    assert by_kind["message_owner"].said == (("new", "a"), ("other", "b"))
    assert dict(by_kind["message_expired"].said)["old"] == "answer_expired"
    assert all(place.startswith("model/model.yaml:") for one in found.messages for place in one.places)


def test_the_radar_tells_what_is_not_answered(write_project: Write) -> None:
    root = str(write_project(MODEL, SETTINGS))
    svg = radar(wb.maturity(wb.open(root)))
    # Three points; only reachability, speed and insight are neighbours, so two lines.
    assert svg.count("<circle") == 3
    assert svg.count('stroke-width="2.5"') == 2
    assert svg.count("no answer") == 4  # two aspects, shown and in the text alternative
    assert "2.5 (2 of 2 answered)" in svg
    assert "Bereikbaarheid" in radar(wb.maturity(wb.open(root, lang="nl")))


def test_vision_with_places(write_project: Write) -> None:
    found = wb.maturity(wb.open(str(write_project(MODEL, SETTINGS))))
    rows = {row["id"]: row for row in found["vision"].tables()[0].records()}
    assert rows["staff_belief"]["answer_text"] == "2/5"
    assert rows["staff_may_spend"]["answer_text"] == "€25.00"
    assert "model.yaml:8" in rows["for_whom"]["place"]
    assert (rows["why"]["answer_text"], rows["why"]["place"]) == (None, "")


@pytest.mark.parametrize("code", ["nl", "en"])
def test_no_word_is_missing_in_a_language(write_project: Write, code: str) -> None:
    project = wb.open(str(write_project(MODEL, SETTINGS)), lang=code)  # type: ignore[arg-type]
    for one in wb.maturity(project).tables():
        for row in one.shown(project.language):
            assert not any("message_" in text or "answer_" in text for text in row)
