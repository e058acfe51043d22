"""Are the measures those of a calculation by hand?"""

import math
from datetime import date

import pytest

from workbench.language.language import Language
from workbench.log.distributions import quantile, share_within
from workbench.log.journeys import log_journeys
from workbench.log.measure import SMALL, Cell, Measure
from workbench.log.measures import (
    DAYS_PER_MONTH,
    abandonment,
    answer_time,
    hand_off,
    handling_time,
    stated_resolution,
    unanswered,
    volume,
    wait,
    wait_of_queued,
)
from workbench.log.repeats import first_contact_resolution, repeat_share
from workbench.log.scores import effort_score
from workbench.log.selection import Selection

EVERY = (
    volume, handling_time, wait, wait_of_queued, answer_time, abandonment, unanswered, hand_off, stated_resolution,
    effort_score, first_contact_resolution, repeat_share,
)  # fmt: skip


def _row(day, outcome="answered", handling=None, waited=None, **more):
    return {
        "started_at": f"2026-03-{day:02d}T10:00:00Z", "outcome": outcome, "handling_time_s": handling, "wait_s": waited,
        "touchpoint": "kcc", "channel": "phone", "direction": "inbound", "reason": "move", **more,
    }  # fmt: skip


ROWS = [
    _row(2, handling=100, waited=0, reason="move"),
    _row(2, handling=200, waited=30, reason="move"),
    _row(3, handling=300, waited=60, reason="pass"),
    _row(3, "abandoned", None, 90, reason="pass"),
    _row(3, "abandoned", 8, 0, reason="pass"),
    _row(4, "unanswered", reason="pass", channel="email"),
]


@pytest.fixture
def log(read, as_csv):
    rows = [{"contact_id": index, **row} for index, row in enumerate(ROWS)]
    return read(as_csv(rows), "generic_csv").log


def test_handling_time_is_that_of_contacts_that_were_handled(log):
    measure = handling_time(log)
    # 100, 200, 300: mean 200, SD 100, t(0.975, 2) = 4.302653.
    assert (measure.n, measure.value, measure.total.sd) == (3, 200.0, 100.0)
    assert measure.total.high == pytest.approx(200 + 4.302653 * 100 / math.sqrt(3), abs=1e-3)
    assert handling_time(log, ["reason"]).of("move").value == 150.0


def test_wait_is_over_all_and_over_the_queued(log):
    assert (wait(log).n, wait(log).value) == (5, 36.0)
    assert (wait_of_queued(log).n, wait_of_queued(log).value) == (3, 60.0)


def test_outcomes_are_shares_of_contacts_with_a_known_one(log):
    assert (abandonment(log).n, abandonment(log).value) == (6, 2 / 6)
    assert abandonment(log, ["reason"]).of("pass").value == 2 / 4
    assert (unanswered(log).n, unanswered(log).value) == (6, 1 / 6)


def test_volume_is_per_month_of_actual_days(log):
    # Six contacts in the three days from 2 to 4 March.
    assert volume(log).n == 6
    assert volume(log).value == pytest.approx(6 / 3 * 365.25 / 12)
    assert volume(log, ["reason"]).of("move").value == pytest.approx(2 / 3 * DAYS_PER_MONTH)
    assert volume(log, ["day"]).of("2026-03-03").value == pytest.approx(3 * DAYS_PER_MONTH)
    assert volume(log, ["weekday"]).of("1").n == 2
    assert volume(log, ["month", "channel"]).of("2026-03", "email").n == 1
    assert volume(log, ["quarter"]).of("2026-Q1").n == volume(log, ["year"]).of("2026").n == 6
    assert volume(log, ["week"]).of("2026-03-02").n == 6


def test_selection_by_word_and_by_day(log):
    assert volume(log, selection=Selection({"reason": ("pass",)})).n == 4
    assert volume(log, selection=Selection(since=date(2026, 3, 3))).n == 4
    later = volume(log, selection=Selection(since=date(2026, 3, 3), until=date(2026, 3, 3)))
    assert (later.n, later.value) == (3, pytest.approx(3 * DAYS_PER_MONTH))
    assert volume(log, selection=Selection({"reason": ("none",)})).value == 0
    assert volume(log, selection=Selection(since=date(2027, 1, 1))).value is None


def test_work_without_the_customer_is_no_contact(read, as_csv):
    rows = [{"contact_id": 1, **_row(2)}, {"contact_id": 2, **_row(2), "direction": "internal"}]
    log = read(as_csv(rows), "generic_csv").log
    assert volume(log).n == 1
    assert volume(log, ["direction"]).of("internal").n == 1


def test_scores_hand_offs_resolution_and_answer_time(read, as_csv):
    scores = [7, 6, 5, 5, 4, 3, 2, 7, 6, 5]
    rows = [
        {
            "contact_id": index, "effort_score": score, "effort_scale": "ces2", "layer_count": 1 + (index < 3),
            "resolved": "yes" if index < 6 else "no", **_row(2), "answered_at": "2026-03-02T10:01:00Z",
        }
        for index, score in enumerate(scores)
    ]  # fmt: skip
    log = read(as_csv(rows), "generic_csv").log
    # CES2 of the design: mean 5.0.
    assert (effort_score(log).value, effort_score(log).unit) == (5.0, "points")
    assert effort_score(log).notes[0].text("nl") == "schaal: ces2"
    assert hand_off(log).value == 0.3
    assert stated_resolution(log).value == 0.6
    assert (answer_time(log).value, answer_time(log).total.sd) == (60.0, 0.0)


def test_quantile_and_share_within(log):
    assert quantile(log, "handling_time_s", served=True).value == 200.0
    assert quantile(log, "wait_s", 0.25).value == 0.0
    within = share_within(log, "wait_s", 30)
    assert (within.n, within.value) == (5, 3 / 5)
    assert share_within(log, "wait_s", 30, served=True).value == 2 / 3
    with pytest.raises(ValueError, match="field must be"):
        quantile(log, "reason")
    with pytest.raises(ValueError, match="q must be"):
        quantile(log, "wait_s", 2)


def test_what_the_log_lacks_is_said_and_has_no_value(read):
    log = read("started_at\n2026-03-02T10:00:00Z\n", "generic_csv").log
    said = {}
    for measure in EVERY[1:]:
        found = measure(log)
        assert (found.value, found.n) == (None, 0)
        said[measure.__name__] = found.notes[0].text("en")
    assert said["handling_time"] == "no handling time in this log"
    assert said["abandonment"] == "no outcome in this log"
    assert said["repeat_share"] == "no customer in this log, so repeats cannot be seen"
    assert log_journeys(log).journeys == 0


def test_zero_is_not_invented_where_the_source_may_not_record_it(read, as_csv):
    log = read(as_csv([{"contact_id": 1, **_row(2)}]), "generic_csv").log
    assert unanswered(log).value is None
    assert "does not record it" in unanswered(log).notes[0].text("en")


@pytest.mark.parametrize("measure", EVERY)
def test_an_empty_log_answers_nothing(read, measure):
    log = read("started_at\n", "generic_csv").log
    assert measure(log).value is None


def test_small_groups_warn(log):
    notes = handling_time(log, ["reason"]).notes
    assert f"2 of 2 groups rest on fewer than {SMALL} contacts" in notes[-1].text("en")
    assert handling_time(log).notes == ()


def test_wrong_grouping_and_selection_are_told(log):
    with pytest.raises(ValueError, match=r"by must be of touchpoint, .* got 'chanel'"):
        volume(log, ["chanel"])
    with pytest.raises(ValueError, match="where must be of"):
        Selection({"customer_key": ("x",)})


@pytest.mark.parametrize("measure", EVERY)
@pytest.mark.parametrize("by", [(), ("touchpoint", "month"), ("channel", "reason", "persona", "outcome", "source")])
def test_every_measure_is_a_table_in_both_languages(log, measure, by):
    found = measure(log, by)
    for code in ("nl", "en"):
        (table,) = found.tables()
        assert table.title(Language(code))
        assert len(table.headings(Language(code))) == len(table.columns)
    assert list(found.to_frame().columns[: len(by) + 1]) == [*by, "n"]


def test_total_of_a_grouped_answer_is_refused():
    with pytest.raises(ValueError, match="by must be empty"):
        _ = Measure("wait", "s", ("reason",), (Cell(("a",), 1, 2.0),)).value
