"""Is what came before each contact, and how long ago, the same as worked out one by one?"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from workbench.log.contact import REPEAT_NOTIONS
from workbench.log.ingest import ingest
from workbench.log.local_time import local_clock
from workbench.log.passages import passages, passed
from workbench.log.profile_files import load_profile
from workbench.log.sequence import repeat_columns, whole_groups
from workbench.log.store import open_log

START = datetime(2025, 3, 29, 20, tzinfo=UTC)
GAP_S = 9 * 3600 + 1
ROW = st.fixed_dictionaries(
    {
        "customer_key": st.sampled_from(["", "k1", "k2", "k3"]),
        "case_key": st.sampled_from(["", "", "z1", "z2"]),
        "started_at": st.integers(0, 9),
        "touchpoint": st.sampled_from(["", "desk", "site", "line"]),
        "reason": st.sampled_from(["", "a", "b"]),
        "channel": st.sampled_from(["", "phone", "web"]),
        "direction": st.sampled_from(["", "inbound", "outbound"]),
    }
)


def one_by_one(rows):
    """Every derived column of every contact, in plain Python: the second computation."""
    who = "customer_key" if any(row["customer_key"] for row in rows) else "case_key"
    journeys, groups = defaultdict(list), defaultdict(list)
    found = [{} for _ in rows]
    for at in sorted(range(len(rows)), key=lambda at: (rows[at]["started_at"], at)):
        row = rows[at]
        owner = f"case {row['case_key']}" if row["case_key"] else f"customer {row['customer_key']}"
        known = bool(row["case_key"] or row["customer_key"])
        before = journeys[owner]
        found[at]["previous"] = (rows[before[-1]]["touchpoint"] or None) if known and before else None
        found[at]["step"] = len(before) + 1 if known else None
        before.append(at)
        for notion, same in REPEAT_NOTIONS.items():
            key = tuple(row[name] for name in (who, *same))
            able = all(key) and row["direction"] != "outbound"
            found[at] |= {f"{notion}_known": able, f"{notion}_since_s": None, f"{notion}_until_s": None}
            if able:
                if earlier := groups[notion, key]:
                    gap = (row["started_at"] - rows[earlier[-1]]["started_at"]) * GAP_S
                    found[at][f"{notion}_since_s"] = found[earlier[-1]][f"{notion}_until_s"] = gap
                earlier.append(at)
    return found


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(rows=st.lists(ROW, min_size=1, max_size=40), without=st.sets(st.sampled_from(["customer_key", "case_key"])))
def test_derived_columns_are_those_worked_out_one_by_one(tmp_path_factory, key, as_csv, rows, without):
    folder = tmp_path_factory.mktemp("rows")
    rows = [row | dict.fromkeys(without, "") for row in rows]
    written = [
        row
        | {"started_at": (START + timedelta(seconds=GAP_S * row["started_at"])).isoformat(), "contact_id": f"c{number}"}
        for number, row in enumerate(rows)
    ]
    (folder / "a.csv").write_text(as_csv(written))
    options = {"time_zone": "Europe/Amsterdam", "window_days": 1}
    ingest([folder / "a.csv"], load_profile("generic_csv"), folder / "log.duckdb", key, **options)
    with open_log(folder / "log.duckdb") as log:
        contact = log.table("contact")
        found = log.rows(contact.order_by("record"))
        # What follows what is worked out on the way; windows must say the same.
        by_windows = log.rows(passages(passed(contact, 1), contact.count().as_scalar()))
        assert sorted(map(repr, log.rows(log.table("passage")))) == sorted(map(repr, by_windows))
    wanted = one_by_one(rows)
    assert [{name: row[name] for name in wanted[0]} for row in found] == wanted
    zone = ZoneInfo("Europe/Amsterdam")
    for row, source in zip(found, written, strict=True):
        local = datetime.fromisoformat(source["started_at"]).astimezone(zone)
        assert (row["day"], row["half_hour"]) == (local.date(), local.hour * 2 + local.minute // 30)
        assert (row["journey"] is None) == (row["customer_key"] is None and row["case_key"] is None)


def _batch(keys, times, reasons):
    return pa.record_batch(
        {
            "who": pa.array([None if key is None else UUID(int=key).bytes for key in keys], pa.uuid()),
            "started_at": pa.array(times, pa.timestamp("us")),
            "reason": pa.array(reasons, pa.string()).dictionary_encode(),
            "inbound": pa.array([True] * len(keys)),
        }
    )


@given(
    keys=st.lists(st.integers(0, 3), min_size=1, max_size=30).map(sorted),
    cuts=st.lists(st.integers(0, 30), max_size=6),
    unknown=st.integers(0, 3),
)
def test_however_a_stream_is_cut_no_group_is_parted_and_the_answer_is_the_same(keys, cuts, unknown):
    keys = [*keys, *[None] * unknown]
    whole = _batch(keys, list(range(0, 2_000_000 * len(keys), 2_000_000)), ["a"] * len(keys))
    edges = sorted({0, len(keys), *(cut for cut in cuts if cut < len(keys))})
    parts = [whole.slice(start, end - start) for start, end in pairwise(edges)]
    batches = list(whole_groups(parts, "who"))
    assert pa.Table.from_batches(batches) == pa.Table.from_batches([whole])
    ends = [batch["who"][-1].as_py() for batch in batches if batch["who"][-1].is_valid]
    assert len(set(ends)) == len(ends)
    expected = repeat_columns(whole, "who")
    for name, column in expected.items():
        found = pa.chunked_array([repeat_columns(batch, "who")[name] for batch in batches])
        assert found.to_pylist() == column.to_pylist()


def test_gap_of_more_than_a_lifetime_does_not_wrap_round():
    years_us = 80 * 366 * 86_400 * 1_000_000
    columns = repeat_columns(_batch([1, 1], [0, years_us], ["a", "a"]), "who")
    assert columns["reason_since_s"].to_pylist() == [None, 2**31 - 1]


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "UTC", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca"]
)
def test_local_clock_is_that_of_the_calendar(zone):
    first = datetime(2023, 1, 1, tzinfo=UTC)
    moments = [first + timedelta(minutes=13 * number) for number in range(80_000)]
    clock = local_clock(zone, moments[0], moments[-1])
    days, half_hours = clock.read(np.array([int(one.timestamp()) * 1_000_000 for one in moments]))
    wanted = [one.astimezone(ZoneInfo(zone)) for one in moments]
    assert days.tolist() == [one.date() for one in wanted]
    assert half_hours.tolist() == [one.hour * 2 + one.minute // 30 for one in wanted]
