"""Is what a source does not record said in its note and in every answer that would have needed it?"""

import pytest

from workbench.log.contact import FIELDS
from workbench.log.distributions import distribution, quantile
from workbench.log.lacking import remark
from workbench.log.measures import abandonment, answer_time, hand_off, handling_time, stated_resolution, volume, wait
from workbench.log.profile_files import built_in_profiles, load_profile

ASKED = ("handling_time_s", "wait_s", "outcome", "reason", "resolved", "layer_count", "customer_key")
"""What the measures and the ledger want of a log."""

EXPORTS = ("zendesk_tickets", "zendesk_tickets_csv", "zendesk_ticket_metrics", "salesforce_case",
           "genesys_conversations", "klantinteracties")  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_every_field_that_is_asked_for_is_mapped_or_said_to_be_lacking(name):
    profile = load_profile(name)
    given = set(profile.columns) | set(profile.constants) | {"source"}
    assert given | set(profile.lacks) >= set(FIELDS) - {"ivr_time_s", "case_key", "effort_scale", "ended_at"}
    assert not given & set(profile.lacks)


@pytest.mark.parametrize("name", ["zendesk_tickets", "salesforce_case", "klantinteracties"])
def test_three_sources_without_handling_time_and_wait_say_so(name):
    said = remark(load_profile(name))
    assert "does not record: handling time, wait" in said.text("en")
    assert "legt niet vast: afhandeltijd, wachttijd" in said.text("nl")


@pytest.mark.parametrize("name", built_in_profiles())
def test_note_of_a_source_is_kept_whole(name):
    profile = load_profile(name)
    said = remark(profile)
    assert (said is None) == (profile.note is None and not profile.lacks)
    assert said is None or profile.note is None or said.text("nl").startswith(profile.note.text("nl"))


NEEDS = {
    handling_time: "handling time", wait: "wait", abandonment: "outcome", hand_off: "number of desks",
    stated_resolution: "resolution", answer_time: "moment of answer",
    lambda log, by=(): distribution(log, "handling_time_s", by): "handling time",
    lambda log, by=(): quantile(log, "wait_s", 0.5, by): "wait",
}  # fmt: skip


@pytest.mark.parametrize("measure", NEEDS)
def test_answer_that_needs_what_the_log_lacks_says_so(read, measure):
    ticket = '{"id": 1, "created_at": "2026-07-01T09:00:00Z"}\n'
    found = read(ticket, "zendesk_tickets")
    assert f"no {NEEDS[measure]} in this log" in " ".join(remark.text("en") for remark in measure(found.log).notes)


@pytest.mark.parametrize("measure", NEEDS)
def test_answer_about_some_of_the_sources_names_the_others(read, measure):
    rows = ["started_at,source,handling_time_s,wait_s,outcome,layer_count,resolved,answered_at"]
    rows += ["2026-07-01 10:00,phone,60,5,abandoned,1,yes,2026-07-01 10:01"] * 20
    rows += ["2026-07-01 10:00,zendesk,,,,,,"] * 20
    lines = [rows[0], *(f"{number},{row}" for number, row in enumerate(rows[1:]))]
    found = read("contact_id," + "\n".join(lines) + "\n", "generic_csv")
    said = " ".join(remark.text("en") for remark in measure(found.log).notes)
    assert f"no {NEEDS[measure]} from zendesk: this is about the other sources only" in said
    assert "zendesk" not in " ".join(remark.text("en") for remark in volume(found.log).notes)
