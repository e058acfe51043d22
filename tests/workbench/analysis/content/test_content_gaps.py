"""Are coverage, the price of gaps and the calendar those that one works out by hand?"""

from __future__ import annotations

from datetime import date

import pytest

from touchpoints.quantities import Span
from touchpoints.records.organisation import Content
from workbench.analysis.content.asked import COVERED, STATES
from workbench.analysis.content.content import ContentCheck, content
from workbench.analysis.content.shelf_life import content_faults, due_day, is_valid
from workbench.project import open_project

SETTINGS = "name: T\nlanguage: en\nperiod: {start: 2026-01-01, end: 2026-12-31}\n"

# Ten contacts of six minutes make an hour; an hour costs EUR 60.
MODEL = """
channels: {phone: {name: Phone, cost_per_hour: EUR 60}, email: {name: E-mail, cost_per_hour: EUR 60}}
teams: {desk: {name: Desk}}
touchpoints:
  line: {channel: phone, direction: inbound}
  post: {channel: email, direction: inbound}
  news: {channel: email, direction: outbound}
reasons:
  good: {name: Parking permit}
  hidden: {name: Xylophone lessons}
  old: {name: Waste calendar}
  undated: {name: Swimming pool}
  unfit: {name: Dog tax}
  head: {name: Broken bridge}
  none: {name: Lost property}
volumes:
  - {touchpoint: line, reason: good, contacts: 1000/year, handling_time: 6m}
  - {touchpoint: line, reason: hidden, contacts: 800/year, handling_time: 6m}
  - {touchpoint: line, reason: old, contacts: 700/year, handling_time: 6m}
  - {touchpoint: line, reason: undated, contacts: 600/year, handling_time: 6m}
  - {touchpoint: line, reason: unfit, contacts: 500/year, handling_time: 6m}
  - {touchpoint: post, reason: unfit, contacts: 200/year, handling_time: 30m}
  - {touchpoint: line, reason: head, contacts: 300/year, handling_time: 6m}
  - {touchpoint: line, reason: none, contacts: 100/year, handling_time: 6m}
  - {touchpoint: news, reason: none, contacts: 9000/year, handling_time: 6m}
content:
  a_good: {title: Parking permit, answers: [good], kind: web_page, fit_for: [phone], owner: desk, reviewed: 2026-12-01, review_every: 2 months}
  a_hidden: {title: Music, answers: [hidden], kind: web_page, fit_for: [phone], reviewed: 2026-12-01, review_every: 12 months}
  a_old: {title: Waste calendar, answers: [old], kind: web_page, fit_for: [phone], owner: desk, reviewed: 2025-06-01, review_every: 12 months}
  a_undated: {title: Swimming pool, answers: [undated], kind: web_page, fit_for: [phone], owner: desk}
  a_unfit: {title: Dog tax, answers: [unfit], kind: web_page, fit_for: [email], owner: desk, reviewed: 2026-11-01, review_every: 12 months}
  a_head: {title: Broken bridge, answers: [head], kind: tacit, owner: desk}
"""  # noqa: E501


@pytest.fixture
def check(write_project) -> ContentCheck:
    return content(open_project(write_project(MODEL, SETTINGS)))


def test_every_reason_is_in_the_state_it_is_in(check: ContentCheck) -> None:
    assert {one.work.key: one.state for one in check.coverage.lines} == {
        "line/good": "answer_valid", "line/hidden": "answer_not_findable", "line/old": "answer_expired",
        "line/undated": "answer_never_reviewed", "line/unfit": "answer_unfit", "post/unfit": "answer_valid",
        "line/head": "answer_tacit", "line/none": "answer_missing",
    }  # fmt: skip


def test_coverage_by_contacts_and_by_hours(check: ContentCheck) -> None:
    """Contacts: (1000 + 200 + 800)/4200. Hours: (100 + 100 + 80)/500, as 200 e-mails of half an hour are 100."""
    assert check.coverage.contacts() == pytest.approx(4200)
    assert check.coverage.share_of_contacts(*COVERED) == pytest.approx(2000 / 4200)
    assert check.coverage.hours() == pytest.approx(500)
    assert check.coverage.share_of_hours(*COVERED) == pytest.approx(280 / 500)
    assert sum(check.coverage.share_of_hours(state) or 0 for state in STATES) == pytest.approx(1)


def test_gaps_are_priced_once_at_what_rests_on_them(check: ContentCheck) -> None:
    """700 contacts of 6 minutes are 70 hours, EUR 4,200; and so on, dearest first."""
    rows = {row["id"]: row for row in check["content_gaps"].tables()[0].records()}
    assert {key: (row["at_stake_h_per_year"], row["at_stake_per_year"]) for key, row in rows.items()} == {
        key: (pytest.approx(hours), pytest.approx(60 * hours))
        for key, hours in (
            ("answer_not_findable/hidden", 80), ("answer_expired/old", 70), ("answer_never_reviewed/undated", 60),
            ("answer_unfit/unfit", 50), ("answer_tacit/head", 30), ("answer_missing/none", 10),
        )
    }  # fmt: skip
    assert next(iter(rows)) == "answer_not_findable/hidden"
    assert rows["answer_expired/old"]["place"] == "model/model.yaml:19"
    assert rows["answer_expired/old"]["content_place"] == "model/model.yaml:29"
    assert rows["answer_missing/none"]["content_place"] == "model/model.yaml:15", "the reason, as there is no content"


def test_what_still_holds_but_needs_attention(check: ContentCheck) -> None:
    """Reviewed on 1 December, good for two months: due on 30 January (60.875 days), 30 days after the period."""
    rows = {row["id"]: row for row in check["content_risks"].tables()[0].records()}
    assert set(rows) == {"line/good", "line/hidden"}
    assert rows["line/good"]["review_due"] == date(2027, 1, 30)
    assert rows["line/good"]["content_faults"] == "review due soon"
    assert rows["line/hidden"]["content_faults"] == "no owner"


def test_the_calendar_has_overdue_first_then_months(check: ContentCheck) -> None:
    found = [(slot.month, slot.owner, [one.content.id for one in slot.reviews]) for slot in check.calendar]
    assert found == [
        (None, "desk", ["a_old"]), (date(2027, 1, 1), "desk", ["a_good"]), (date(2027, 11, 1), "desk", ["a_unfit"]),
        (date(2027, 12, 1), None, ["a_hidden"]),
    ]  # fmt: skip
    resting = {one.content.id: one.staff_h_per_year for one in check.reviews}
    assert resting["a_unfit"] == pytest.approx(100), "only the e-mails, as it does not serve the phone"
    assert "a_head" not in resting


def test_without_search_terms_only_an_item_s_own_words_make_it_findable(write_project) -> None:
    """The search terms of an item bring it up, the link to its reason does not."""
    with_terms = MODEL.replace("title: Music,", "title: Music, search_terms: [xylophone],")
    found = content(open_project(write_project(with_terms, SETTINGS)))
    assert {one.state for one in found.coverage.lines if one.work.reason == "hidden"} == {"answer_valid"}


UNBLOCK = """
channels: {phone: {cost_per_hour: EUR 60}, web: {self_service: yes, cost_per_contact: EUR 0.20}}
touchpoints:
  line: {channel: phone, direction: inbound}
  site: {channel: web, direction: publication, human_fallback: FALLBACK}
reasons: {r: {}}
volumes: [{touchpoint: line, reason: r, contacts: 1000/year, handling_time: 5m}]
steering: {eligible: 60%, resolved: 70%, rising_complexity: 0%, adoption: {product: 40%}, instruments: [product]}
"""


@pytest.mark.parametrize(("fallback", "others"), [("yes", "nothing"), ("no", "no human fallback")])
def test_what_writing_opens_is_the_shift_of_the_design(write_project, fallback: str, others: str) -> None:
    """1000 × 60% × 40%: 240 tried at EUR 0.20, 168 helped at EUR 5 each: 840 − 48 = EUR 792; at stake EUR 5,000."""
    check = content(open_project(write_project(UNBLOCK.replace("FALLBACK", fallback), SETTINGS)))
    (row,) = check["content_unblocks"].tables()[0].records()
    assert row["worth_unblocked"] == pytest.approx(792)
    assert row["other_gates"] == others
    (gap,) = check["content_gaps"].tables()[0].records()
    assert gap["at_stake_per_year"] == pytest.approx(5000)


def test_shelf_life_ends_after_its_last_day() -> None:
    """Six months are 182.6 days: 30 August still holds, 31 August does not."""
    one = Content(kind="web_page", reviewed=date(2026, 3, 1), review_every=Span.parse("6 months"), fit_for=("web",))
    assert due_day(one) == date(2026, 8, 30)
    assert is_valid(one, date(2026, 8, 30))
    assert not is_valid(one, date(2026, 8, 31))
    assert "content_expired" in content_faults(one, date(2026, 8, 31))
    assert "content_expired" not in content_faults(one, date(2026, 8, 30))


@pytest.mark.parametrize(
    "model",
    [
        "",
        "reasons: {r: {}}\n",
        "content: {c: {title: T}}\n",
        "touchpoints: {t: {}}\nreasons: {r: {}}\nvolumes: [{touchpoint: t, reason: r}]\n",
    ],
)
def test_a_half_empty_model_gives_what_it_can(write_project, model: str) -> None:
    check = content(open_project(write_project(model, SETTINGS)), questions=["anything?"], log=["anything"])
    assert check.coverage.share_of_contacts(*COVERED) is None
    assert [row for one in check.tables() for row in one.shown(check.language)]


def test_nothing_is_priced_where_no_price_is_known(write_project) -> None:
    model = """
touchpoints: {t: {direction: inbound}}
reasons: {r: {}}
volumes: [{touchpoint: t, reason: r, contacts: 10/month, handling_time: 5m}]
"""
    (row,) = content(open_project(write_project(model, SETTINGS)))["content_gaps"].tables()[0].records()
    assert row["at_stake_per_year"] is None
    assert row["at_stake_h_per_year"] == pytest.approx(10)
