"""Are the journeys of a log those that plain code finds: what follows what, shares, variants, by case and customer?"""

from __future__ import annotations

import gzip
import itertools
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from workbench.log.dirichlet import dirichlet_intervals
from workbench.log.journeys import log_journeys


def _names(contacts):
    return tuple(touchpoint for touchpoint, _ in contacts)


def test_file_order_in_ties_edges_and_variants(read):
    events = [("1", "a"), ("1", "b"), ("1", "b"), ("2", "a"), ("2", "b"), ("2", "b"), ("3", "b"), ("", "a")]
    text = "case_key,touchpoint,started_at\n" + "".join(f"{case},{name},2026-03-02\n" for case, name in events)
    profile = (
        "format: delimited\nidentical_rows: keep\n"
        "columns: {case_key: case_key, touchpoint: touchpoint, started_at: started_at}\n"
    )
    found = log_journeys(read(text, profile).log)
    assert (found.journeys, found.contacts, _names(found.words)) == (3, 7, ("a", "b"))
    edges = [(edge.before[0], edge.after[0], edge.n) for edge in found.next_edges]
    assert edges == [("a", "b", 2), ("b", "b", 2)]
    assert [(_names(variant.steps), variant.n) for variant in found.variants] == [(("a", "b", "b"), 2), (("b",), 1)]
    assert "1 of 8 contacts have no case" in found.notes[0].text("en")
    assert [table.key for table in found.tables()] == ["log_edges", "log_variants", "log_notions"]


def test_by_time_over_files_and_by_customer_without_a_case(read, as_csv):
    rows = [
        {"contact_id": 1, "customer_key": "A", "touchpoint": "late", "started_at": "2026-03-05"},
        {"contact_id": 2, "customer_key": "A", "touchpoint": "early", "started_at": "2026-03-02"},
        {"contact_id": 3, "customer_key": "A", "touchpoint": "later", "started_at": "2026-03-25"},
    ]
    found = log_journeys(read(as_csv(rows), "generic_csv").log)
    assert [(edge.before[0], edge.after[0]) for edge in found.next_edges] == [("early", "late")]
    assert found.journeys == 2
    assert "whatever they were about" in found.notes[1].text("en")
    wide = log_journeys(read(as_csv(rows), "generic_csv").log, window_days=30)
    assert [(edge.before[0], edge.after[0]) for edge in wide.next_edges] == [("early", "late"), ("late", "later")]


def test_shares_are_a_dirichlet_posterior_and_what_may_go_on_has_not_stopped(read, as_csv):
    """Six cases: a, b (3×), a (2×, early), a (last day: may go on). So a is followed by b in 3 of 5."""
    rows = [
        {"contact_id": f"{case}{place}", "case_key": case, "touchpoint": name, "started_at": f"2026-03-{day:02}"}
        for case, names, day in [("1", "ab", 2), ("2", "ab", 3), ("3", "ab", 4), ("4", "a", 5), ("5", "a", 5),
                                 ("6", "a", 30)]
        for place, name in enumerate(names)
    ]  # fmt: skip
    found = log_journeys(read(as_csv(rows), "generic_csv").log)
    of_a = {edge.kind: edge for edge in found.edges if edge.before == ("a", None)}
    assert (of_a["next"].n, of_a["next"].share, of_a["stop"].n) == (3, 3 / 5, 3)
    assert (of_a["next"].low, of_a["next"].high) == pytest.approx(stats.beta.ppf([0.025, 0.975], 3.5, 2.5))
    assert [(one.single, one.settled) for one in found.singles] == [(2, 5)]
    # A marginal of the Dirichlet posterior, drawn.
    drawn = np.random.default_rng(5).dirichlet(np.array([30, 12, 0, 8]) + 0.5, 200_000)
    for (low, high), shares in zip(dirichlet_intervals([30, 12, 0, 8]), drawn.T, strict=True):
        assert high == pytest.approx(np.quantile(shares, 0.975), abs=0.003)
        assert low == pytest.approx(np.quantile(shares, 0.025), abs=0.003) or low == 0


def test_small_edges_and_variants_are_lumped(read, as_csv):
    rows = [
        {"contact_id": f"{name}{case}{place}", "case_key": f"{name}{case}", "touchpoint": step,
         "started_at": f"2026-03-02T10:{place:02}:00"}
        for name, count in (("abc", 30), ("ac", 4), ("abb", 3), ("bc", 40))
        for case in range(count)
        for place, step in enumerate(name)
    ]  # fmt: skip
    rows.append({"contact_id": "end", "case_key": "z", "touchpoint": "c", "started_at": "2026-06-01"})
    log = read(as_csv(rows), "generic_csv", suppress_below=10).log
    found = log_journeys(log)
    assert found.variant_count == 5
    # ac, abb and the one of the end are small; together they are 8, so abc goes with them.
    assert {_names(one.steps) if one.steps else None: one.n for one in found.variants} == {("b", "c"): 40, None: 38}
    shown = [edge.n for edge in found.edges] + [one.n for one in found.variants] + [n for _, n in found.starts]
    assert min(shown) >= 10
    by_row = Counter()
    for edge in found.edges:
        by_row[edge.before] += edge.n
    assert sum(by_row.values()) == sum(edge.n for edge in log_journeys(log.exact).edges)
    assert "lumped together" in found.tables()[0].notes[-1]


def _file(shared_data, name):
    file = shared_data / name
    if not file.is_file():
        pytest.skip(f"{name} is not there")
    return file


def _traces(file):
    """The activities of each case in the order of time, ties in file order, by the standard XML parser."""
    space = "{http://www.xes-standard.org/}"
    cases = []
    with gzip.open(file) as data:
        for trace in ElementTree.parse(data).getroot().iter(f"{space}trace"):
            events = []
            for event in trace.iter(f"{space}event"):
                values = {part.get("key"): part.get("value") for part in event}
                events.append((datetime.fromisoformat(values["time:timestamp"]), values["concept:name"]))
            cases.append([name for _, name in sorted(events, key=lambda event: event[0])])
    return cases


def test_helpdesk_cases_edges_and_variants(shared_data, read):
    file = _file(shared_data, "helpdesk.xes.gz")
    log = read(file, "xes").log
    found, cases = log_journeys(log), _traces(file)
    edges = Counter(pair for steps in cases for pair in itertools.pairwise(steps))
    variants = Counter(map(tuple, cases))
    assert (found.journeys, found.contacts) == (len(cases), sum(map(len, cases))) == (4_580, 21_348)
    assert len(found.words) == len({step for steps in cases for step in steps}) == 14
    assert len(found.next_edges) == len(edges) == 55
    assert {(edge.before[0], edge.after[0]): edge.n for edge in found.next_edges} == edges
    assert found.variant_count == len(found.variants) == len(variants) == 226
    assert {_names(variant.steps): variant.n for variant in found.variants} == variants
    log.suppress_below = 10
    shown = log_journeys(log)
    often = {steps: n for steps, n in variants.items() if n >= 10}
    assert {_names(one.steps): one.n for one in shown.variants if one.steps}.items() <= often.items()
    assert shown.variant_count == 226
    assert sum(one.n for one in shown.variants) == 4_580
    assert all(edge.n >= 10 for edge in shown.edges)


def test_service_desk_by_case_and_by_customer(shared_data, read):
    """A service holds several contacts, and a customer several services: two notions, two shares."""
    file = _file(shared_data, "callcentre_service.csv")
    log = read(file, "service_desk").log
    rows = pd.read_csv(file)
    rows["start"] = pd.to_datetime(rows["Start Date"], format="%d.%m.%y %H:%M").dt.tz_localize("Europe/Amsterdam")
    rows = rows.sort_values("start", kind="stable")
    end, week = rows["start"].max(), pd.Timedelta(days=7)
    wanted = {}
    cases = [list(group) for _, group in rows.groupby("ServiceID")["start"]]
    episodes = []
    for _, group in rows.groupby("Customer ID")["start"]:
        episode = []
        for at in group:
            if episode and at - episode[-1] > week:
                episodes.append(episode)
                episode = []
            episode.append(at)
        episodes.append(episode)
    for notion, journeys in (("case", cases), ("customer", episodes)):
        over = [one for one in journeys if one[0] <= end - week]
        wanted[notion] = (len(journeys), sum(len(one) == 1 for one in over), len(over))
    found = log_journeys(log)
    assert {one.notion: (one.journeys, one.single, one.settled) for one in found.singles} == wanted
    assert wanted["case"] != wanted["customer"]
    assert max(map(len, cases)) > 1
    pairs = Counter()
    words = {
        "Inbound Call": "inbound_call",
        "Call Outbound": "outbound_call",
        "Inbound Email": "inbound_email",
        "Email Outbound": "outbound_email",
        "Handle Email": "handle_email",
        "Handle Case": "handle_case",
    }
    for _, group in rows.groupby("ServiceID")["Operation"]:
        pairs.update(itertools.pairwise([words[one] for one in group]))
    assert {(edge.before[0], edge.after[0]): edge.n for edge in found.next_edges} == pairs


def test_the_bank_has_episodes_of_customers(shared_data, read):
    file = _file(shared_data, "anonymous_bank_1999_02.txt.gz")
    found = log_journeys(read(file, "technion_call_centre").log)
    assert found.notion == "customer"
    with gzip.open(file, "rt", encoding="latin-1") as data:
        calls = pd.read_csv(data, sep="\t")
    calls.columns = [name.strip() for name in calls.columns]
    known = calls[(calls["customer_id"].astype(float) != 0) & (calls["outcome"] != "PHANTOM")]
    at = pd.to_datetime(known["date"].astype(str) + " " + known["vru_entry"], format="%y%m%d %H:%M:%S")
    per_customer = defaultdict(list)
    for customer, moment in zip(known["customer_id"], at, strict=True):
        per_customer[customer].append(moment)
    episodes = sum(
        1 + sum(later - earlier > pd.Timedelta(days=7) for earlier, later in itertools.pairwise(sorted(moments)))
        for moments in per_customer.values()
    )
    assert (found.journeys, found.contacts) == (episodes, len(known))
