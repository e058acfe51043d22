"""Are targets held as worked by hand, against the model and the log, and does what it takes keep the promise?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import workbench as wb
from touchpoints.records.hours import Hours
from workbench.analysis.targets.reading import Reading
from workbench.analysis.targets.solving import least_extra, most_left
from workbench.analysis.targets.targets import Held, Targets, targets
from workbench.analysis.targets.working_time import opening_seconds
from workbench.log.engine import Log
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log

MODEL = """
channels:
  phone: {extends: library.phone}
  email: {extends: library.email}
teams:
  desk: {fte: 5, shrinkage: 30%, hours_per_week: 40, max_occupancy: 85%, patience: 3m, hours: [mon-fri 09:00-17:00]}
touchpoints:
  line: {channel: phone, owner: desk}
  mail: {channel: email, owner: desk}
reasons: {a: {}, b: {}}
volumes:
  - {touchpoint: line, reason: a, contacts: 1000/month, handling_time: 4m, resolved_first_time: 60..80%}
  - {touchpoint: line, reason: b, contacts: 3000/month, handling_time: 8m, resolved_first_time: 90%}
  - touchpoint: mail
    reason: a
    contacts: 500/month
    handling_time: 6m
    unanswered: 4%
    effort_score: {scale: ces2, mean: 4.0, n: 50}
journeys:
  ask:
    starts: 100/month
    start: call
    steps:
      call: {touchpoint: line, reason: a, next: {resolved: 60%, gave_up: 40%}}
targets:
  - {touchpoint: line, measure: first_contact_resolution, at_least: 90%}
  - {touchpoint: line, measure: handling_time, limit: 6m}
  - {touchpoint: mail, measure: unanswered, at_most: 1%}
  - {touchpoint: mail, measure: effort_score, score: 5.0}
  - {touchpoint: line, measure: reachability, hours_per_week: 50, due: 2027-01-01}
  - {journey: ask, measure: completion, at_least: 75%}
  - {touchpoint: line, measure: service_level, limit: 20s, at_least: 95%}
  - {touchpoint: mail, measure: answered_within, limit: 8 working hours, at_least: 90%}
  - {touchpoint: mail, measure: first_contact_resolution, at_least: 50%}
"""
SETTINGS = "name: Test\ntime_zone: Europe/Amsterdam\nperiod: {start: 2026-01-01, end: 2026-12-31}\n"

Write = Callable[..., Path]


@pytest.fixture
def root(write_project: Write) -> Path:
    return write_project(MODEL, SETTINGS)


@pytest.fixture
def found(root: Path) -> Targets:
    return targets(wb.open(str(root)))


def one(found: Targets, measure: str, touchpoint: str | None = None) -> Held:
    (held,) = (
        one
        for one in found.held
        if one.promised.target.measure == measure and touchpoint in (None, one.promised.target.touchpoint)
    )
    return held


def test_stated_measures_are_means_over_contacts(found: Targets) -> None:
    resolved = one(found, "first_contact_resolution", "line")
    # (1000 x 70% + 3000 x 90%) / 4000, and with the ends of the range 60 and 80%
    assert (resolved.model.value, resolved.model.low, resolved.model.high) == pytest.approx((0.85, 0.825, 0.875))
    assert resolved.verdict == "target_not_met"
    assert resolved.gap == pytest.approx(0.05)
    assert resolved.take is not None
    assert resolved.take.contacts_per_year == pytest.approx(0.05 * 4000 * 12)


def test_handling_time_unanswered_and_effort(found: Targets) -> None:
    handling = one(found, "handling_time")
    assert handling.model.value == pytest.approx(420)  # (1000 x 240 + 3000 x 480) / 4000
    assert handling.take is not None
    assert handling.take.time_s == pytest.approx(60)
    assert handling.take.staff_h_per_year == pytest.approx(-800)  # 48,000 contacts a year, a minute each
    unanswered = one(found, "unanswered").take
    assert unanswered is not None
    assert unanswered.contacts_per_year == pytest.approx(180)  # 3% of 6,000
    assert unanswered.staff_h_per_year == pytest.approx(18)  # six minutes each
    score = one(found, "effort_score").take
    assert score is not None
    assert score.share == pytest.approx(1 / 3)  # from 4 to 5 when a third goes from 4 to 7


def test_reachability_and_completion(found: Targets) -> None:
    reach = one(found, "reachability")
    assert (reach.model.value, reach.gap, reach.verdict) == (40, 10, "target_not_met")
    assert reach.take is not None
    # 5 FTE of 40 hours less 30% are 140 hours over 40: 3.5 at work; ten hours more of 3.5 are 35 / 40 / 0.7 FTE
    assert reach.take.fte == pytest.approx(1.25)
    done = one(found, "completion")
    assert (done.model.value, done.gap) == pytest.approx((0.6, 0.15))
    assert done.take is not None
    assert done.take.contacts_per_year == pytest.approx(180)


def test_what_it_takes_keeps_the_promise_of_a_queue(root: Path, found: Targets) -> None:
    """Written into the model, each way by itself meets the target, and a tenth less does not."""
    level = one(found, "service_level")
    assert level.verdict == "target_not_met"
    take = level.take
    assert take is not None
    assert take.fte is not None
    assert take.share is not None
    text = (root / "model" / "model.yaml").read_text(encoding="utf-8")

    def with_contacts(part: float) -> Held:
        changed = text.replace("1000/month", f"{1000 * part}/month").replace("3000/month", f"{3000 * part}/month")
        (root / "model" / "model.yaml").write_text(changed, encoding="utf-8")
        return one(targets(wb.open(str(root))), "service_level")

    assert with_contacts(1 - take.share).verdict == "target_met"
    assert with_contacts(1 - 0.9 * take.share).verdict == "target_not_met"


def test_unknown_says_what_is_missing(found: Targets) -> None:
    unknown = one(found, "first_contact_resolution", "mail")
    assert (unknown.verdict, unknown.take) == ("unknown", None)
    (row,) = (row for row in found["targets_missing"].tables()[0].records() if row["promised_at"].lower() == "mail")
    assert "resolved" in row["lacking"]
    assert "model.yaml:" in row["place"]


def test_a_team_without_people_leaves_a_queue_unknown(write_project: Write) -> None:
    held = targets(wb.open(str(write_project(MODEL.replace("fte: 5, ", ""), SETTINGS))))
    assert one(held, "service_level").verdict == "unknown"
    assert one(held, "service_level").model.lacks[0].key == "lack_people"
    reach = one(held, "reachability").take
    assert reach is not None
    assert reach.fte is None


def test_a_target_for_everywhere_gives_way_to_one_of_its_own(write_project: Write) -> None:
    more = MODEL + "  - {measure: handling_time, limit: 7m}\n"
    held = targets(wb.open(str(write_project(more, SETTINGS)))).held
    where = {
        (held.promised.touchpoint.id, held.promised.wanted)
        for held in held
        if held.promised.target.measure == "handling_time" and held.promised.touchpoint
    }
    assert where == {("line", 360.0), ("mail", 420.0)}


def test_empty_and_half_empty_models(write_project: Write) -> None:
    assert targets(wb.open(str(write_project()))).held == ()
    half = "touchpoints: {line: {}}\ntargets: [{touchpoint: line, measure: wait, limit: 1m}]\n"
    found = targets(wb.open(str(write_project(half))))
    assert [one.verdict for one in found.held] == ["unknown"]


def test_opening_seconds_over_holidays_and_nights() -> None:
    hours = Hours.parse(["mon-fri 09:00-12:00", "mon-fri 13:00-17:00"])
    started = np.array(["2026-04-03T16:00", "2026-04-03T11:30", "2026-04-04T10:00"], "M8[s]")
    ended = np.array(["2026-04-07T10:00", "2026-04-03T13:15", "2026-04-05T10:00"], "M8[s]")
    # Friday from four, Easter Monday closed, Tuesday until ten; over lunch; a weekend
    assert opening_seconds(started, ended, hours, {date(2026, 4, 6)}).tolist() == [7200, 2700, 0]


@contextmanager
def log_of(folder: Path, rows: list[str]) -> Iterator[Log]:
    file, store = folder / "log.csv", folder / "log.duckdb"
    head = "started_at,answered_at,touchpoint,channel,reason,direction,outcome,wait_s,handling_time_s"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    ingest([str(file)], load_profile("generic_csv"), store, bytes(range(32)), time_zone="Europe/Amsterdam")
    with open_log(store) as log:
        yield log


def mails(count: int, took_h: float, start: datetime) -> list[str]:
    # Local summer time is two hours ahead of the log's.
    return [
        f"{start:%Y-%m-%dT%H:%M:%S}Z,{start + timedelta(hours=took_h):%Y-%m-%dT%H:%M:%S}Z,mail,email,a,inbound,"
        f"answered,,{300 + number}"
        for number in range(count)
    ]


def test_the_log_in_working_hours(root: Path, tmp_path: Path) -> None:
    """Friday 16:00 local until Monday 16:00 are eight working hours; until 17:00 nine: 180 of 200 in time."""
    friday = datetime(2026, 6, 5, 14)
    late = mails(20, 73, friday)
    last = mails(1, 1, datetime(2026, 6, 30, 10))
    with log_of(tmp_path, mails(180, 72, friday) + late + last) as log:
        held = one(targets(wb.open(str(root)), log=log), "answered_within")
    assert held.log is not None
    # The last one has not had its eight hours when the log ends.
    assert (held.log.value, held.log.n) == (0.9, 200)
    assert held.log_verdict == "undecided"


def test_those_who_gave_up_were_not_answered(root: Path, tmp_path: Path) -> None:
    def calls(count: int, outcome: str, wait_s: int) -> list[str]:
        return [
            f"2026-06-02T10:00:00Z,,line,phone,a,inbound,{outcome},{wait_s},{60 + number}" for number in range(count)
        ]

    rows = calls(60, "answered", 10) + calls(20, "answered", 40) + calls(20, "abandoned", 5)
    with log_of(tmp_path, rows) as log:
        held = one(targets(wb.open(str(root)), log=log), "service_level")
    assert held.log is not None
    assert (held.log.value, held.log.n) == (0.6, 100)
    assert held.verdict == "target_not_met"


def test_small_groups_are_not_shown(root: Path, tmp_path: Path) -> None:
    with log_of(tmp_path, mails(5, 1, datetime(2026, 6, 5, 8)) + mails(1, 1, datetime(2026, 6, 30, 8))) as log:
        found = targets(wb.open(str(root)), log=log)
    assert all(held.log is not None and held.log.value is None for held in found.held)


def test_solving() -> None:
    assert least_extra(lambda _: False) is None
    assert least_extra(lambda _: True) == 0.0
    assert most_left(lambda _: False) is None
    assert most_left(lambda _: True) == 1.0


def test_a_range_around_the_level_is_undecided(found: Targets) -> None:
    held = one(found, "first_contact_resolution", "line").promised
    assert held.verdict(Reading(0.9, 0.85, 0.95)) == "undecided"
    assert held.verdict(Reading()) == "unknown"


def test_both_languages(root: Path) -> None:
    for code in ("nl", "en"):
        tables = targets(wb.open(str(root), lang=code)).tables()  # type: ignore[arg-type]
        assert {one.key for one in tables} >= {"targets", "targets_take", "targets_missing", "reachability"}
        assert all("_" not in text for one in tables for row in one.shown(wb.open(str(root), lang=code).language)  # type: ignore[arg-type]
                   for text in row if "model" not in text)  # fmt: skip
