"""Do directly-follows counts and variants of the real logs equal those that plain code finds in the files?"""

from __future__ import annotations

import gzip
import itertools
import math
from collections import Counter
from datetime import datetime
from xml.etree import ElementTree

import pandas as pd
import pytest

from journeys.conformance.follows import directly_follows, variants
from journeys.conformance.footprint import CAUSAL, PARALLEL, footprint
from workbench.log.traces import traces


def _held_against(made, plain):
    """Both as counts by word: what follows what (None is the outside), and the variants."""
    words = [touchpoint for touchpoint, _ in made.words]
    counts = directly_follows(made.codes, made.offsets, len(words)).tocoo()
    names = [*words, None]
    found = {(names[a], names[b]): int(n) for a, b, n in zip(counts.row, counts.col, counts.data, strict=True)}
    assert found == Counter(pair for one in plain for pair in itertools.pairwise([None, *one, None]))
    runs = variants(made.codes, made.offsets)
    sequences = {tuple(words[code] for code in runs.sequence(i)): int(n) for i, n in enumerate(runs.counts)}
    assert sequences == Counter(map(tuple, plain))
    return found, sequences


@pytest.fixture(scope="session")
def helpdesk_cases(shared_data):
    """The activities of each case in the order of time, ties in file order, by the standard XML parser."""
    space = "{http://www.xes-standard.org/}"
    cases = []
    with gzip.open(shared_data / "helpdesk.xes.gz") as data:
        for trace in ElementTree.parse(data).getroot().iter(f"{space}trace"):
            events = [{part.get("key"): part.get("value") for part in event} for event in trace.iter(f"{space}event")]
            events.sort(key=lambda event: datetime.fromisoformat(event["time:timestamp"]))
            cases.append([event["concept:name"] for event in events])
    return cases


def test_help_desk(shared_data, read, helpdesk_cases):
    made = traces(read(shared_data / "helpdesk.xes.gz", "xes").log, reasons=False)
    found, sequences = _held_against(made, helpdesk_cases)
    inside = {pair for pair in found if None not in pair}
    assert (len(made.words), len(inside), len(sequences)) == (14, 55, 226)


def test_help_desk_footprint_by_sets_of_pairs(shared_data, read, helpdesk_cases):
    made = traces(read(shared_data / "helpdesk.xes.gz", "xes").log, reasons=False)
    words = [touchpoint for touchpoint, _ in made.words]
    relations = footprint(directly_follows(made.codes, made.offsets, len(words)))
    after = {pair for one in helpdesk_cases for pair in itertools.pairwise(one)}
    pairs = list(itertools.product(range(len(words)), repeat=2))
    assert {(words[a], words[b]) for a, b in pairs if relations[a, b] == CAUSAL} == {
        (a, b) for a, b in after if (b, a) not in after
    }
    assert {(words[a], words[b]) for a, b in pairs if relations[a, b] == PARALLEL} == {
        (a, b) for a, b in after if (b, a) in after
    }


def test_bank_month_by_customer(shared_data, read):
    file = shared_data / "anonymous_bank_1999_02.txt.gz"
    made = traces(read(file, "technion_call_centre").log, "customer", window_days=math.inf)
    rows = pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False).rename(columns=str.strip)
    rows = rows.apply(lambda column: column.str.strip())
    rows = rows[(rows["outcome"] != "PHANTOM") & (rows["customer_id"] != "0")]
    rows["start"] = pd.to_datetime(rows["date"] + " " + rows["vru_entry"], format="%y%m%d %H:%M:%S")
    rows = rows.sort_values("start", kind="stable")
    assert len(made.codes) == len(rows)
    # The profile gives reasons other names; which call has which is told by the order of their frequency.
    plain = [group.tolist() for _, group in rows.groupby("customer_id", sort=False)["type"]]
    reasons = [reason for _, reason in made.words]
    runs = variants(made.codes, made.offsets)
    assert sorted(runs.counts.tolist()) == sorted(Counter(map(tuple, plain)).values())
    counts = directly_follows(made.codes, made.offsets, len(reasons))
    pairs = Counter(pair for one in plain for pair in itertools.pairwise([None, *one, None]))
    assert sorted(counts.data.tolist()) == sorted(pairs.values())
    assert len(made) == len(plain)


@pytest.mark.parametrize(("notion", "column"), [("case", "ServiceID"), ("customer", "Customer ID")])
def test_service_desk(shared_data, read, notion, column):
    file = shared_data / "callcentre_service.csv"
    made = traces(read(file, "service_desk").log, notion, reasons=False, window_days=math.inf)
    rows = pd.read_csv(file)
    rows["start"] = pd.to_datetime(rows["Start Date"], format="%d.%m.%y %H:%M")
    renamed = {"Email Outbound": "outbound_email", "Call Outbound": "outbound_call"}
    rows["touchpoint"] = rows["Operation"].replace(renamed).str.lower().str.replace(" ", "_")
    rows = rows.sort_values("start", kind="stable")
    _held_against(made, [group.tolist() for _, group in rows.groupby(column, sort=False)["touchpoint"]])
