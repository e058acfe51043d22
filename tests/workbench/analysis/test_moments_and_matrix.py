"""Are moments ranked, phases told apart and reasons placed as worked by hand?"""

from __future__ import annotations

import pytest

from workbench.analysis.matrix import matrix
from workbench.analysis.moments import moments
from workbench.project import open_project

MODEL = """
channels: {phone: {}, web: {self_service: yes}}
touchpoints: {line: {channel: phone}, site: {channel: web}}
reasons:
  both: {value: {customer: value, organisation: value}, failure_demand: no}
  theirs: {value: {customer: value, organisation: irritant}, failure_demand: no}
  ours: {value: {customer: irritant, organisation: value}, failure_demand: yes}
  neither: {value: {customer: irritant, organisation: irritant}, failure_demand: yes}
  open_question: {value: {customer: irritant}}
volumes:
  - {touchpoint: line, reason: both, contacts: 100/month, handling_time: 6m}
  - {touchpoint: line, reason: theirs, contacts: 82/month, handling_time: 6m}
  - {touchpoint: line, reason: ours, contacts: 40/month, handling_time: 6m}
  - {touchpoint: line, reason: neither, contacts: 41/month, handling_time: 60m}
  - {touchpoint: line, reason: open_question, contacts: 7/month}
journeys:
  j:
    phases: [first, second, third, fourth]
    steps:
      a: {phase: first, touchpoint: line, next: b}
      b: {phase: second, touchpoint: site, next: c}
      c: {phase: third, touchpoint: line, next: d}
      d: {phase: fourth, touchpoint: line, next: resolved}
moments_of_truth:
  - {at: j/a, importance: {customer: 5/5, organisation: 4/5}, now: need_met, ambition: special, behaviours: [listens],
     may_spend: EUR 25}
  - {at: j/b, importance: {customer: 3/5, organisation: 3/5}, now: need_met, ambition: easy}
  - {at: j/c, importance: {customer: 2/5, organisation: 1/5}, now: special, ambition: special, behaviours: [smiles]}
"""


@pytest.fixture
def project(write_project):
    return open_project(write_project(MODEL))


def test_priority_is_importance_times_importance_times_gap(project) -> None:
    """5 × 4 × (9 − 6.5) = 50; 3 × 3 × (8 − 6.5) = 13.5; 2 × 1 × 0 = 0."""
    found = moments(project).moments
    assert [(one.record.at, one.priority) for one in found] == [("j/a", 50.0), ("j/b", 13.5), ("j/c", 0.0)]


def test_phases_excel_stay_easy_or_are_throttled_back(project) -> None:
    found = {one.phase: one.service for one in moments(project).phases}
    assert found == {"first": "excel", "second": "keep_easy", "third": "throttle_back", "fourth": "keep_easy"}


def test_findings_name_the_moment_without_means_and_the_one_without_a_person(project) -> None:
    found = {(one.rule, one.place.line) for one in moments(project).findings}
    line = next(i for i, text in enumerate(MODEL.splitlines(), start=1) if "at: j/b" in text)
    assert found == {("ambition-without-means", line), ("moment-without-human", line)}


def test_reasons_go_where_their_value_says(project) -> None:
    actions = {one.reason: one.action for one in matrix(project).reasons}
    assert actions == {
        "both": "leverage", "theirs": "automate", "ours": "simplify", "neither": "eliminate",
        "open_question": "undecided",
    }  # fmt: skip


def test_failure_demand_has_the_wilson_interval_of_the_design(project) -> None:
    """40 + 41 of 263 contacts judged: 81/263 → [25.5%, 36.6%]; 7 were not judged."""
    found = matrix(project).failure
    assert (found.contacts, found.of, found.unjudged) == (81, 263, 7)
    assert f"{found.low:.1%} {found.high:.1%}" == "25.5% 36.6%"
