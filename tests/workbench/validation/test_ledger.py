"""Does the ledger say what a log made by hand says, and no more than it may?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from workbench.language.language import Language
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.project import Project, open_project
from workbench.validation.claim import Claim
from workbench.validation.counts import Days, rate
from workbench.validation.drift import Month, trend
from workbench.validation.ledger import Entry, Ledger, ledger
from workbench.validation.prediction import prediction
from workbench.validation.verdict import Observation, adjusted, decide, p_value

START = datetime(2026, 1, 5, 9)
"""A Monday."""

MODEL = """
touchpoints: {line: {channel: phone}, site: {channel: web}, desk: {channel: counter}, mail: {channel: email}}
reasons: {move: {}, tax: {}, status: {}}
personas: {young: {}, senior: {}}
volumes:
  - {touchpoint: line, reason: tax, contacts: 608.75/month, handling_time: 5m, handed_off: 10%}
  - {touchpoint: mail, reason: tax, contacts: 10/month, answer_time: 16 working hours}
journeys:
  moving:
    starts: 300/month
    personas: {young: 60%, senior: 40%}
    steps:
      search: {touchpoint: site, reason: move, next: {call: 40%, resolved: 60%},
               by_persona: {senior: {next: {call: 80%, resolved: 20%}}}, own_time: 5m}
      call: {touchpoint: line, reason: move, next: {resolved: 90%, call: 10%}}
"""


def contact(at: float, touchpoint: str, reason: str, case: str | None = None, **more: Any) -> dict[str, Any]:
    """A contact so many days after the start."""
    return {"started_at": START + timedelta(days=at), "touchpoint": touchpoint, "reason": reason, "case_key": case,
            "channel": "phone", **more}  # fmt: skip


@pytest.fixture
def judge(tmp_path: Path, write_project: Callable[..., Path]) -> Callable[..., Ledger]:
    def judged(contacts: Iterable[dict[str, Any]], model: str = MODEL, least: int = 10) -> Ledger:
        with open_log(stored(tmp_path, contacts), suppress_below=least) as log:
            return ledger(project_of(write_project, model), log, Language("en"))

    return judged


def project_of(write_project: Callable[..., Path], model: str) -> Project:
    return open_project(write_project(model)).require_sound()


def stored(folder: Path, contacts: Iterable[dict[str, Any]]) -> Path:
    frame = pd.DataFrame(list(contacts))
    frame["started_at"] = frame["started_at"].dt.tz_localize("UTC")
    frame["contact_id"] = [f"c{i}" for i in range(len(frame))]
    frame.to_parquet(folder / "log.parquet")
    store = folder / "log.duckdb"
    store.unlink(missing_ok=True)
    ingest([str(folder / "log.parquet")], load_profile("generic_parquet"), store, bytes(range(32)),
           time_zone="Europe/Amsterdam")  # fmt: skip
    return store


def entry(found: Ledger, name: str) -> Entry:
    return next(one for one in found.entries if one.claim.name == name)


def claim(found: Ledger, name: str) -> Claim:
    return entry(found, name).claim


def twenty_a_day(days: int = 90, **more: Any) -> list[dict[str, Any]]:
    return [contact(day + i / 100, "line", "tax", **more) for day in range(days) for i in range(20)]


def test_a_steady_volume_is_validated(judge: Callable[..., Ledger]) -> None:
    seen = claim(judge(twenty_a_day()), "volumes/line/tax/contacts").seen
    assert seen.n == 88 * 20, "the first and the last day may be cut off"
    assert seen.value == pytest.approx(20 * 365.25 / 12)
    assert entry(judge(twenty_a_day()), "volumes/line/tax/contacts").verdict == "validated"


def test_workdays_of_a_broken_week_do_not_count_double() -> None:
    """Five weeks and three workdays of 10 a workday: 50 a week is 217.4 a month, not the 224.3 of a plain mean."""
    days = Days(date(2026, 1, 5), {}, 38)
    counts = np.where(days.weekday < 5, 10.0, 0.0)
    assert rate(days, counts).value == pytest.approx(50 / 7 * 365.25 / 12)
    assert counts.mean() * 365.25 / 12 == pytest.approx(224.3, abs=0.1)


def test_repeats_on_other_days_widen_the_interval() -> None:
    """Runs of geometric length: the variance of their total is (1 + a)/(1 − a) times that of as many single ones."""
    days = Days(date(2026, 1, 5), {}, 70)
    counts = np.random.default_rng(1).poisson(8, 70).astype(float)
    single, runs = rate(days, counts), rate(days, counts, again=0.25)
    assert runs.se / single.se == pytest.approx((1.25 / 0.75) ** 0.5)
    assert runs.value == single.value


def test_the_interval_of_a_volume_holds() -> None:
    """Coverage by simulation: Poisson runs of geometric length, each contact of a run some days later."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(300):
        counts = np.zeros(70)
        for start in rng.uniform(-30, 70, rng.poisson(400)):
            at, more = float(start), True
            while more:
                if 0 <= at < 70:
                    counts[int(at)] += 1
                at, more = at + rng.exponential(2), rng.random() < 0.25
        low, high = rate(Days(date(2026, 1, 5), {}, 70), counts, again=0.25).interval
        held += low <= 400 / 100 / 0.75 * 365.25 / 12 <= high
    assert 0.90 <= held / 300 <= 0.99


def test_a_volume_that_moves_is_drifting(judge: Callable[..., Ledger]) -> None:
    rows = [contact(day + i / 200, "line", "tax") for day in range(120) for i in range(15 + day // 12)]
    found = entry(judge(rows), "volumes/line/tax/contacts")
    assert found.drifting is True
    moved = found.claim.trend
    assert moved is not None
    assert moved.low < (24 - 16) * 365.25 / 12 < moved.high
    assert entry(judge(twenty_a_day(120)), "volumes/line/tax/contacts").drifting is False
    assert entry(judge(twenty_a_day(40)), "volumes/line/tax/contacts").drifting is None


def test_the_line_through_the_months_against_a_least_squares_fit() -> None:
    rng = np.random.default_rng(3)
    months = [Month(date(2026, m, 1), 100 + 5 * m + rng.normal(0, 3), 2.0 + m, 50) for m in range(1, 9)]
    found = trend(months)
    assert found is not None
    at = np.array([one.start.toordinal() for one in months], dtype=float)
    slope = np.polyfit(at, [one.value for one in months], 1, w=[1 / one.se for one in months])[0]
    assert found.change == pytest.approx(slope * (at[-1] - at[0]))
    assert trend(months[:2]) is None


def moves(young: int, senior: int, young_calls: float, senior_calls: float) -> list[dict[str, Any]]:
    rows = []
    for persona, count, calls in (("young", young, young_calls), ("senior", senior, senior_calls)):
        for i in range(count):
            at = 10 + (70 * i) / count
            case = f"{persona}{i}"
            rows.append(contact(at, "site", "move", case, persona=persona))
            if i % 100 < 100 * calls:
                rows.append(contact(at + 1.5, "line", "move", case, persona=persona))
    return rows


def test_a_persona_is_held_against_its_own_contacts(judge: Callable[..., Ledger]) -> None:
    found = judge([*twenty_a_day(), *moves(600, 400, 0.4, 0.6)])
    young = claim(found, "journeys/moving/steps.search.next.call")
    senior = claim(found, "journeys/moving/steps.search.by_persona.senior.next.call")
    assert (young.modelled, senior.modelled) == pytest.approx((0.4, 0.8))
    assert young.seen.value == pytest.approx(0.4, abs=0.01)
    assert senior.seen.value == pytest.approx(0.6, abs=0.01)
    assert entry(found, senior.name).verdict == "contradicted"
    assert entry(found, young.name).verdict == "validated"
    assert claim(found, "journeys/moving/personas.senior").seen.value == pytest.approx(0.4, abs=0.02)


def test_a_row_of_two_shares_is_one_assumption(judge: Callable[..., Ledger]) -> None:
    found = judge([*twenty_a_day(), *moves(600, 400, 0.4, 0.8)])
    names = [one.claim.name for one in found.entries if ".search." in one.claim.name]
    assert sorted(names) == ["journeys/moving/steps.search.by_persona.senior.next.call",
                             "journeys/moving/steps.search.next.call"]  # fmt: skip


def test_starts_are_counted_where_they_are_starts(judge: Callable[..., Ledger]) -> None:
    """Journeys that began before the log must not be taken for journeys that start with their second step."""
    under_way = [contact(i / 10, "line", "move", f"old{i}", persona="young") for i in range(60)]
    goes_on = [contact(3 + i / 10, "line", "move", f"old{i}", persona="young") for i in range(40)]
    found = judge([*twenty_a_day(), *moves(600, 400, 0.4, 0.8), *under_way, *goes_on])
    assert not [one for one in found.unmatched if one.side == "journey_unmodelled"]
    seen = claim(found, "journeys/moving/starts").seen
    days = 88 - 7  # whole days, after a repeat window
    expected = sum(10 + 70 * i / count >= 8 + 1 for count in (600, 400) for i in range(count))
    assert seen.n == pytest.approx(expected, abs=3)
    assert seen.value == pytest.approx(expected / days * 365.25 / 12, rel=0.03)


def test_a_journey_that_the_model_lacks(judge: Callable[..., Ledger]) -> None:
    lacking = [
        row
        for i in range(60)
        for row in (contact(12 + i, "mail", "tax", f"x{i}"), contact(14 + i, "desk", "status", f"x{i}"))
    ]
    found = judge([*twenty_a_day(), *moves(600, 400, 0.4, 0.8), *lacking])
    (one,) = [one for one in found.unmatched if one.side == "journey_unmodelled"]
    assert (one.contact, one.after) == (("mail", "tax"), ("desk", "status"))
    assert one.n == 60
    pairs = {one.contact for one in found.unmatched if one.side == "only_in_log"}
    assert pairs == {("desk", "status")}


def test_a_transition_that_the_model_lacks(judge: Callable[..., Ledger]) -> None:
    rows = moves(600, 400, 0.4, 0.8)
    to_desk = [
        contact(10 + 70 * i / 600 + 2, "desk", "status", f"young{i}", persona="young") for i in range(0, 600, 10)
    ]
    found = judge([*twenty_a_day(), *rows, *to_desk])
    (one,) = [one for one in found.unmatched if one.side == "transition_unmodelled" and one.after == ("line", "move")]
    assert one.contact == ("desk", "status")
    assert one.place is not None


def test_what_the_log_is_silent_about(judge: Callable[..., Ledger]) -> None:
    found = judge([*twenty_a_day(handling_time_s=300.0), *moves(600, 400, 0.4, 0.8)])
    why = {one.assumption.name: one.why for one in found.silent}
    assert why["volumes/line/tax/handed_off"] == "no_field"
    assert why["volumes/mail/tax/contacts"] == "touchpoint_unseen"
    assert why["journeys/moving/steps.search.own_time"] == "not_logged"
    assert "volumes/line/tax/contacts" not in why
    assert "journeys/moving/steps.search.next.resolved" not in why, "it follows from the other share"
    counts = dict(found["ledger_silent"].to_frame().set_index("silent")["assumptions_count"])
    assert sum(counts.values()) == len(found.silent)


def test_working_hours_are_not_clock_hours(judge: Callable[..., Ledger]) -> None:
    rows = [
        contact(day + i / 50, "mail", "tax", answered_at=START + timedelta(days=day + 1))
        for day in range(60)
        for i in range(5)
    ]
    found = judge([*twenty_a_day(60), *rows])
    assert {one.assumption.name: one.why for one in found.silent}["volumes/mail/tax/answer_time"] == "working_hours"


def test_few_contacts_are_judged_and_not_shown(judge: Callable[..., Ledger]) -> None:
    few = [contact(5 + 3 * i, "mail", "tax") for i in range(7)]
    for least, shown in ((10, 0), (5, 1)):
        frame = judge([*twenty_a_day(), *few], least=least).to_frame().set_index("assumption")
        rows = frame[frame.index.str.startswith("mail")]
        assert len(rows) == 1
        assert rows["n"].notna().sum() == shown
        assert rows["observed"].notna().sum() == shown


def test_without_reasons_nothing_is_invented(judge: Callable[..., Ledger]) -> None:
    rows = [{key: value for key, value in row.items() if key != "reason"} for row in twenty_a_day()]
    found = judge(rows)
    assert not found.entries
    assert {one.why for one in found.silent} >= {"no_reason"}


def test_the_first_part_predicts_the_rest(tmp_path: Path, write_project: Callable[..., Path]) -> None:
    rng = np.random.default_rng(5)
    rows = [
        contact(float(at), "line", "tax", handling_time_s=float(rng.lognormal(5.5, 0.8)))
        for at in np.sort(rng.uniform(0, 120, 4000))
    ]
    store = stored(tmp_path, [*rows, *moves(600, 400, 0.4, 0.8)])
    with open_log(store) as log:
        found = prediction(project_of(write_project, MODEL), log, Language("en"))
    assert {"volumes/line/tax/handling_time", "volumes/line/tax/contacts"} <= {
        one.claim.name for one in found.predicted
    }
    assert found.coverage is not None
    assert found.coverage >= 0.75
    assert found.first is not None
    assert found.rest is not None
    assert found.first[1] + timedelta(days=1) == found.rest[0]
    table = found.to_frame().set_index("about")
    assert table["predictions"].iloc[0] == len(found.predicted)
    assert table["predictions"].iloc[1:].sum() == len(found.predicted)


def test_a_jump_is_not_predicted(tmp_path: Path, write_project: Callable[..., Path]) -> None:
    rows = [contact(day + i / 100, "line", "tax") for day in range(90) for i in range(20 if day < 60 else 30)]
    with open_log(stored(tmp_path, rows)) as log:
        found = prediction(project_of(write_project, MODEL), log)
    assert [one.held for one in found.predicted if one.claim.name == "volumes/line/tax/contacts"] == [False]


def test_the_correction_for_many_tests_against_its_definition() -> None:
    p = [0.001, 0.2, 0.01, 0.03]
    harmonic = sum(1 / k for k in range(1, 5))
    ordered = sorted(p)
    expected = {one: min(1.0, *(ordered[j] * 4 * harmonic / (j + 1) for j in range(i, 4)))
                for i, one in enumerate(ordered)}  # fmt: skip
    assert adjusted(p).tolist() == pytest.approx([expected[one] for one in p])


@pytest.mark.parametrize(
    ("seen", "p", "verdict"),
    [
        (Observation(100.0, 95.0, 105.0, 2.5, 400), 1.0, "validated"),
        (Observation(130.0, 120.0, 140.0, 5.0, 400), 0.001, "contradicted"),
        (Observation(130.0, 120.0, 140.0, 5.0, 400), 0.2, "too_few"),
        (Observation(130.0, 120.0, 140.0, 5.0, 29), 0.001, "too_few"),
        (Observation(107.0, 102.0, 112.0, 2.5, 400), 0.001, "undecided"),
        (Observation(100.0, 60.0, 140.0, 20.0, 40), 1.0, "too_few"),
    ],
)
def test_verdicts(seen: Observation, p: float, verdict: str) -> None:
    assert decide(seen, (90.0, 110.0), p) == verdict


def test_a_stated_range_is_tested_at_its_nearest_end() -> None:
    seen = Observation(119.6, 0, 0, 10.0, 50)
    assert p_value(seen, 80.0, 100.0) == pytest.approx(0.05, abs=1e-3)
    assert p_value(seen, 80.0, 120.0) == 1.0
