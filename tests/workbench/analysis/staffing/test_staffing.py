"""Do people needed and there come out of a model as worked by hand, and is what lacks said with file and line?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import workbench as wb
from workbench.analysis.staffing.agents import Promise
from workbench.analysis.staffing.effect import people_effect
from workbench.analysis.staffing.erlang import erlang_a, erlang_c
from workbench.analysis.staffing.need import whole_people
from workbench.analysis.staffing.present import met, shared_out
from workbench.analysis.staffing.staffing import Staffing, staffing
from workbench.project import Project

ROOT = Path(__file__).resolve().parents[4]

MODEL = """
channels:
  phone: {extends: library.phone}
  email: {extends: library.email}
teams:
  desk:
    people: 6
    fte: 5
    shrinkage: 30%
    max_occupancy: 85%
    hours_per_week: 36
    patience: 3m
    hours: [mon-fri 09:00-17:00]
touchpoints:
  line: {channel: phone, owner: desk}
  mail: {channel: email, owner: desk}
reasons: {a: {}, b: {}}
volumes:
  - {touchpoint: line, reason: a, contacts: 3000..5000/month, handling_time: 4m}
  - {touchpoint: mail, reason: a, contacts: 500/month, handling_time: 6m}
targets:
  - {touchpoint: line, measure: service_level, limit: 30s, at_least: 80%}
  - {touchpoint: mail, measure: answered_within, limit: 16 working hours, at_least: 90%}
"""
SETTINGS = "name: Test\ntime_zone: UTC\nperiod: {start: 2026-01-01, end: 2026-12-31}\n"

Write = Callable[..., Path]


@pytest.fixture
def project(write_project: Write) -> Project:
    return wb.open(str(write_project(MODEL, SETTINGS)))


@pytest.fixture
def found(project: Project) -> Staffing:
    return staffing(project)


def test_contacts_of_a_week_add_up(found: Staffing) -> None:
    """4,000 a month are 48,000 a year; without holidays all of the year's weeks are ordinary."""
    (group,) = found.need("desk").groups
    open_days = [day for day in found.year.weekdays if 0 <= day < 5]
    weights = {0: 1.15, 1: 1.05, 2: 1.0, 3: 0.95, 4: 0.85}
    weeks = sum(weights[day] for day in open_days) / sum(weights.values()) * 365.25 / 365
    assert group.contacts.sum() == pytest.approx(48_000 / weeks, rel=1e-12)
    busiest = int(np.argmax(group.contacts))
    assert divmod(busiest, 48) == (0, 20)  # Monday at ten, the highest hour of the profile on the highest day


def test_needs_are_erlang_per_half_hour(found: Staffing) -> None:
    (group,) = found.need("desk").groups
    for cell in (18, 20, 24, 48 + 30, 4 * 48 + 33):
        load = group.contacts[cell] / 1_800 * 240

        def keeps(number: int, cell: int = cell, load: float = load) -> bool:
            found = erlang_c(group.contacts[cell] / 1_800, 240.0, number, 30.0)
            return bool(found.service_level >= 0.8 and load / number <= 0.85)

        number = int(group.most[cell])
        assert keeps(number)
        assert not keeps(number - 1)
        assert group.least[cell] <= number
    assert group.most[17] == group.most[34] == 0


def test_full_time_equivalents_by_hand(found: Staffing) -> None:
    """High: all hours of the queue and 0.…  people for the mail all week, of weeks of 36 h of which 70% is there."""
    need = found.need("desk")
    (group,), (mail,) = need.groups, need.written
    hours = group.most.sum() / 2 + mail.people * 40
    assert need.hours_needed[1] == pytest.approx(hours)
    assert need.fte_needed[1] == pytest.approx(hours / 36 / 0.7)
    assert mail.people >= 500 * 12 * 360 / 3_600 / (261 * 8 * 0.85) * 0.999  # what keeps up
    assert need.present == pytest.approx(5 * 36 * 0.7 / 40)
    row = found.tables()[0].records()[0]
    assert row["fte_whole"] == whole_people(need.fte_needed[1])
    assert row["fte_gap"] == pytest.approx(5 - need.fte_needed[1])
    assert row["place"] == "model/model.yaml:6"


def test_the_low_end_fills_the_time_between_calls(found: Staffing) -> None:
    need = found.need("desk")
    (group,) = need.groups
    free = np.maximum(0, group.least - group.queue.load / 0.85)[group.open > 0].mean()
    left = max(0.0, need.written_people - free)
    assert need.hours_needed[0] == pytest.approx(group.least.sum() / 2 + left * 40)
    assert need.hours_needed[0] < need.hours_needed[1]


def test_what_customers_meet_now(found: Staffing) -> None:
    """3.15 people are there: 15% of the time four, else three, weighed by contacts."""
    need = found.need("desk")
    (group,) = need.groups
    (agents,) = shared_out(need)
    assert agents[group.open > 0] == pytest.approx(3.15)
    rate = group.contacts / 1_800
    three, four = (erlang_a(rate, 240.0, number, 180.0, 30.0) for number in (3, 4))
    expected = ((0.85 * three.abandoned + 0.15 * four.abandoned) * group.contacts).sum() / group.contacts.sum()
    assert met(group, agents).abandoned == pytest.approx(float(expected))


def test_an_unstable_queue_says_how_many_at_least(write_project: Write) -> None:
    model = MODEL.replace("fte: 5", "fte: 2").replace("3000..5000/month", "4000/month")
    found = staffing(wb.open(str(write_project(model, SETTINGS))))
    unstable = next(one for one in found.findings if one.kind == "unstable")
    (group,) = found.need("desk").groups
    load = float(group.queue.load.max())
    assert unstable.values["least"] == int(np.floor(load)) + 1
    assert found.need("desk").present == pytest.approx(2 * 36 * 0.7 / 40)
    assert str(unstable.place) == "model/model.yaml:6"
    table = next(one for one in found.tables() if one.key == "staffing_findings")
    said = next(row["finding"] for row in table.records() if "Phone" in row["finding"])
    assert f"at least {int(np.floor(load)) + 1} are needed" in said


def test_what_lacks_is_said_with_its_place(write_project: Write) -> None:
    model = (
        MODEL.replace("    hours: [mon-fri 09:00-17:00]\n", "")
        .replace("    fte: 5\n", "")
        .replace("    people: 6\n", "")
    )
    model = model.replace("touchpoints:\n", "touchpoints:\n  counter: {channel: phone}\n").replace(
        "volumes:\n",
        "volumes:\n  - {touchpoint: counter, reason: a, contacts: 9/month, handling_time: 1m}\n"
        "  - {touchpoint: line, reason: b, contacts: 100/month}\n",
    )
    found = staffing(wb.open(str(write_project(model, SETTINGS))))
    kinds = {(one.kind, one.record): str(one.place) for one in found.findings}
    assert set(kinds) == {
        ("no_hours", "desk"),
        ("no_people", "desk"),
        ("no_team", "counter"),
        ("no_handling_time", "line"),
    }
    lines = model.splitlines()
    assert kinds["no_handling_time", "line"].endswith(f":{lines.index(next(x for x in lines if 'reason: b' in x)) + 1}")
    assert found.need("desk").open.sum() / 2 == 42.5  # the library's office week
    row = found.tables()[0].records()[0]
    assert row["fte_gap"] is row["present_people"] is row["short_half_hours"] is None


def test_numbers_of_the_library_say_where_they_stand(write_project: Write) -> None:
    model = MODEL.replace("    shrinkage: 30%\n", "").replace("    patience: 3m\n", "")
    found = staffing(wb.open(str(write_project(model, SETTINGS))))
    places = {one.name: str(one.place) for one in found.assumptions}
    assert places["staffing/shrinkage"].startswith("library/staffing.yaml:")
    assert places["staffing/patience"].startswith("library/staffing.yaml:")
    assert places["volumes/line/a/contacts"].startswith("model/model.yaml:")
    assert found.need("desk").shrinkage == pytest.approx(0.30)


def test_a_target_of_ones_own(project: Project) -> None:
    """Nearly all within a second takes more people than the 80% within 30 s that the model promises."""
    strict = staffing(project, target=Promise(1.0, 0.99)).need("desk")
    usual = staffing(project).need("desk")
    assert (strict.groups[0].most >= usual.groups[0].most).all()
    assert strict.hours_needed[1] > usual.hours_needed[1]
    assert strict.groups[0].promise.within_s == 1.0


def test_people_of_a_change_beside_the_linear_figure(project: Project) -> None:
    """A tenth of the calls: nine tenths less work, but people stay at the line."""
    same = people_effect(project, {})["desk"]
    assert same.before == same.after
    assert same.fte_linear == pytest.approx(same.fte_before)
    less = people_effect(project, {("line", "a"): (400.0, 240.0), ("mail", "a"): (0.0, 360.0)})["desk"]
    whole = 4_000 * 240 + 500 * 360
    assert less.fte_linear == pytest.approx(less.fte_before * 400 * 240 / whole)
    assert less.fte_after > 1.2 * less.fte_linear
    assert less.after < less.before
    more = people_effect(project, {("line", "a"): (8_000.0, 240.0)})["desk"]
    assert more.after > more.before
    new = people_effect(project, {("line", "b"): (100.0, 300.0)})["desk"]
    assert new.fte_after >= new.fte_before


def test_pooling_takes_no_more_people(write_project: Write) -> None:
    model = MODEL.replace("teams:\n", "teams:\n  other: {fte: 4, hours: [mon-fri 09:00-17:00], shrinkage: 30%}\n")
    model = model.replace("touchpoints:\n", "touchpoints:\n  other_line: {channel: phone, owner: other}\n").replace(
        "volumes:\n", "volumes:\n  - {touchpoint: other_line, reason: b, contacts: 2000/month, handling_time: 5m}\n"
    )
    found = staffing(wb.open(str(write_project(model, SETTINGS))))
    pools = {(one.kind, one.name): one for one in found.pools}
    phone = pools["channel", "phone"]
    assert phone.queues == 2
    assert phone.apart_h == pytest.approx(sum(group.most.sum() / 2 for need in found.needs for group in need.groups))
    assert phone.pooled_h < phone.apart_h
    between = pools["between", "desk"]
    assert between.apart_h == pytest.approx(found.need("desk").hours_needed[1])
    assert between.pooled_h <= between.apart_h


def test_the_rule_of_thumb_in_both_readings(write_project: Write) -> None:
    """Six people with 4,500 contacts a month: 750 each; with eleven people 409 each; with five it is no team for it."""
    answers = []
    for people in (6, 11, 5):
        (thumb,) = staffing(
            wb.open(str(write_project(MODEL.replace("people: 6", f"people: {people}"), SETTINGS)))
        ).thumbs
        answers.append((thumb.per_person, thumb.per_team, round(thumb.each_per_month or 0)))
    assert answers == [(True, True, 750), (False, True, 409), (False, False, 900)]


def test_levers_follow_their_number(found: Staffing) -> None:
    levers = {one.kind: one for one in found.levers}
    need = found.need("desk")
    shrinkage = levers["shrinkage"]
    assert shrinkage.fte_low == pytest.approx(need.hours_needed[1] / 36 / (1 - shrinkage.low))
    assert shrinkage.fte_high == pytest.approx(need.hours_needed[1] / 36 / (1 - shrinkage.high))
    assert levers["handling_time"].fte_low < need.fte_needed[1] < levers["handling_time"].fte_high
    assert levers["contacts"].low == pytest.approx((3_000 + 500 * 0.5) / 4_500)
    assert levers["patience"].fte_low <= levers["patience"].fte_high
    assert str(levers["patience"].source.place) == "model/model.yaml:12"
    swings = [one.swing for one in found.levers]
    assert swings == sorted(swings, reverse=True)


def test_labels_and_both_languages(project: Project) -> None:
    for code in ("nl", "en"):
        result = staffing(wb.open(str(project.root), lang=code))
        for table in result.tables():
            assert table.title(result.language)
            assert table.headings(result.language)
            assert table.shown(result.language)


@pytest.mark.parametrize("example", ["gemeente", "bank"])
def test_examples_are_staffed(example: str) -> None:
    found = staffing(wb.open(str(ROOT / "examples" / example)))
    assert found.needs
    for need in found.needs:
        low, high = need.fte_needed
        assert 0 < low <= high + 1e-9
        assert (need.needed(high=False) <= need.needed() + 1e-9).all()


def test_half_empty_models_are_no_trouble(write_project: Write) -> None:
    assert staffing(wb.open(str(write_project("reasons: {a: {}}\n", SETTINGS)))).needs == ()
    bare = "touchpoints: {line: {channel: phone}}\nreasons: {a: {}}\nvolumes: [{touchpoint: line, reason: a}]\n"
    found = staffing(wb.open(str(write_project(bare, SETTINGS))))
    assert found.needs == ()
    assert found.tables()[0].rows == ()
