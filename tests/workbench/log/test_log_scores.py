"""Are effort scores those of the design and scales never mixed; are content, switches and net resolution right?"""

from datetime import UTC, datetime, timedelta

import pytest

from workbench.log.content_items import content_items
from workbench.log.measures import content_use
from workbench.log.repeats import channel_switch, first_contact_resolution
from workbench.log.scores import effort_score, effort_scores
from workbench.log.selection import Selection

CES2 = [7, 6, 5, 5, 4, 3, 2, 7, 6, 5]
START = datetime(2026, 1, 1, 10, tzinfo=UTC)


def _scored(scores):
    return [
        {"contact_id": index, "effort_score": score, "effort_scale": scale, "started_at": f"2026-03-{day:02d}"}
        for index, (score, scale, day) in enumerate(scores)
    ]


def test_customer_effort_score_of_the_design(read, as_csv):
    log = read(as_csv(_scored([(score, "ces2", 2 + at % 2) for at, score in enumerate(CES2)])), "generic_csv").log
    found = effort_scores(log)
    # Of the design: mean 5.0, positive 70%, top two 40%, net 50, effort index 0.3333.
    parts = (found.mean, found.positive, found.top_two, found.net, found.index)
    assert [round(part[0].value, 4) for part in parts] == [5.0, 0.7, 0.4, 0.5, 0.3333]
    assert all(part[0].low < part[0].value < part[0].high for part in parts)
    assert found.mean[0].group == ("ces2",)
    # The same from the contacts themselves, as a question about days goes there.
    by_day = effort_scores(log, ["day"])
    assert [cell.n for cell in by_day.mean] == [5, 5]
    assert sum(cell.value * cell.n for cell in by_day.net) == pytest.approx(5.0)


def test_scales_are_never_mixed(read, as_csv):
    rows = _scored([(7, "ces2", 2), (5, "ces2", 2), (1, "ces1", 2), (4, "ces1", 2), (1, "ces1", 3), (80, "stars", 3)])
    log = read(as_csv(rows), "generic_csv").log
    found = effort_scores(log)
    assert [cell.group for cell in found.mean] == [("ces1",), ("ces2",)]
    # On CES1 one is little effort: two of three found it easy, one hard; (1 − x)/(1 − 5) is the effort.
    assert (found.positive[0].value, found.net[0].value) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert found.index[0].value == pytest.approx((0 + 0.75 + 0) / 3)
    means = effort_score(log)
    assert means.by == ("effort_scale",)
    assert {cell.group[0]: cell.value for cell in means.cells} == {"ces1": 2.0, "ces2": 6.0, "stars": 80.0}
    assert means.notes[0].text("en") == "scale: ces1, ces2, stars"


def test_what_content_is_used(read, as_csv):
    used = ["faq", "faq", "script", "", "faq", ""]
    rows = [
        {
            "contact_id": at, "content_id": item, "outcome": "abandoned" if at == 5 else "answered", "reason": "move",
            "started_at": "2026-03-02",
        }
        for at, item in enumerate(used)
    ]  # fmt: skip
    log = read(as_csv(rows), "generic_csv").log
    # Of five contacts that were handled four used an item; of those four, three the same.
    assert (content_use(log).n, content_use(log).value) == (5, 4 / 5)
    assert content_items(log).of("faq").value == 3 / 4
    assert content_items(log, ["reason"]).of("move", "script").value == 1 / 4
    assert content_items(log, ["day"]).of("2026-03-02", "faq").n == 4


def _journey(contacts):
    return [
        {
            "contact_id": at, "customer_key": customer, "reason": reason, "channel": channel, "direction": "inbound",
            "outcome": outcome, "layer_count": desks, "started_at": (START + timedelta(days=day)).isoformat(),
        }
        for at, (customer, reason, channel, outcome, desks, day) in enumerate(contacts)
    ]  # fmt: skip


CONTACTS = [
    ("A", "X", "web", "answered", 1, 0),  # comes back by phone
    ("A", "X", "phone", "answered", 1, 2),  # and again by phone
    ("A", "X", "phone", "answered", 1, 3),
    ("B", "X", "phone", "abandoned", 1, 0),  # nobody handled it; next day it works
    ("B", "X", "phone", "answered", 1, 1),
    ("C", "X", "phone", "answered", 2, 0),  # two desks
    ("D", "X", "phone", "answered", 1, 0),  # comes back about something else, by e-mail
    ("D", "Y", "email", "answered", 1, 1),
    ("E", "X", "phone", "answered", 1, 60),  # the log ends here, so nobody knows
]


def test_gross_and_net_resolution(read, as_csv):
    log = read(as_csv(_journey(CONTACTS)), "generic_csv").log
    # Episodes: A (not settled), B (not), C, D/X and D/Y settled; net leaves out B and C.
    gross, net = first_contact_resolution(log), first_contact_resolution(log, net=True)
    assert (gross.n, gross.value) == (5, 3 / 5)
    assert (net.n, net.value) == (3, 2 / 3)
    walked = first_contact_resolution(log, net=True, log_end=START + timedelta(days=60))
    assert (walked.n, walked.value) == (net.n, net.value)
    assert "net" in net.notes[-1].text("en")


def test_channel_switches(read, as_csv):
    log = read(as_csv(_journey(CONTACTS)), "generic_csv").log
    # Eight contacts have their window within the log; only A changed channel for the same reason, D for any.
    switched, any_reason = channel_switch(log), channel_switch(log, any_reason=True)
    assert (switched.n, switched.value) == (8, 1 / 8)
    assert (any_reason.n, any_reason.value) == (8, 2 / 8)
    assert channel_switch(log, selection=Selection({"channel": ("web",)})).value == 1.0
