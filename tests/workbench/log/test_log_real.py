"""Do real logs give the figures that are known of them? Each is worked out a second time with plain csv and XML."""

import csv
import gzip
import statistics
from collections import Counter, defaultdict
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from workbench.log.arrivals import arrivals
from workbench.log.contact import DIRECTIONS
from workbench.log.distributions import distribution, quantile, share_within
from workbench.log.measures import (
    abandonment,
    answer_time,
    handling_time,
    stated_resolution,
    volume,
    wait,
    wait_of_queued,
)
from workbench.log.repeats import channel_switch, first_contact_resolution, repeat_share
from workbench.log.scores import effort_score

REASONS = {"PS": "regular_activity", "NE": "stock_exchange", "NW": "potential_customer", "IN": "internet_support"}


def _open(shared_data, name):
    file = shared_data / name
    if not file.is_file():
        pytest.skip(f"{name} is not among the real logs")
    return file


@pytest.fixture
def bank(shared_data):
    return _open(shared_data, "anonymous_bank_1999_02.txt.gz")


@pytest.fixture
def bank_rows(bank):
    with gzip.open(bank, "rt", encoding="ascii", newline="") as text:
        return list(csv.DictReader(text, delimiter="\t"))


@pytest.fixture
def bank_log(bank, read):
    return read(bank, "technion_call_centre", time_zone="Asia/Jerusalem")


def test_bank_every_row_is_accounted_for(bank_log, bank_rows):
    account = bank_log.account
    assert account.rows_read == len(bank_rows) == 33_344
    assert account.filtered == sum(row["outcome"] == "PHANTOM" for row in bank_rows) == 278
    assert (account.accepted, account.duplicate, account.quarantined) == (33_066, 0, 0)
    assert account.rows_read == account.accepted + account.duplicate + account.filtered + account.quarantined


def test_bank_negative_menu_times_are_nulled_and_their_rows_kept(bank_log, bank_rows):
    negative = [row for row in bank_rows if int(row["vru_time"]) < 0]
    assert bank_log.account.nulled["ivr_time_s"] == len(negative) == 25
    kept = sum(row["outcome"] != "PHANTOM" for row in negative)
    assert bank_log.log.contacts - bank_log.log.known["ivr_time_s"] == kept == 23


def test_bank_unknown_customers(bank_log, bank_rows):
    assert sum(row["customer_id"] == "0" for row in bank_rows) == 19_558
    known = [row for row in bank_rows if row["outcome"] != "PHANTOM" and row["customer_id"] != "0"]
    assert bank_log.log.known["customer_key"] == len(known)


def test_bank_measures_are_those_known_of_it(bank_log, bank_rows):
    log = bank_log.log
    calls = [row for row in bank_rows if row["outcome"] != "PHANTOM"]
    served = [int(row["ser_time"]) for row in calls if row["outcome"] == "AGENT"]
    hung_up = [row for row in calls if row["outcome"] == "HANG"]
    waits = [int(row["q_time"]) for row in calls]
    assert (len(served), len(hung_up)) == (27_162, 5_904)

    assert abandonment(log).value == pytest.approx(len(hung_up) / len(calls))
    assert abandonment(log).value == pytest.approx(0.179, abs=5e-4)
    assert handling_time(log).value == pytest.approx(statistics.fmean(served))
    assert handling_time(log).value == pytest.approx(176.4, abs=0.05)
    assert handling_time(log).total.sd == pytest.approx(statistics.stdev(served))
    assert handling_time(log).total.sd == pytest.approx(217.1, abs=0.05)
    assert quantile(log, "handling_time_s", served=True).value == statistics.median(served) == 107
    queued = [time for time in waits if time > 0]
    assert wait_of_queued(log).n == len(queued) == 18_028
    assert wait_of_queued(log).value == pytest.approx(statistics.fmean(queued))
    assert wait_of_queued(log).value == pytest.approx(75.8, abs=0.05)
    assert wait(log).value == pytest.approx(statistics.fmean(waits))
    quick = [int(row["q_time"]) <= 20 for row in calls if row["outcome"] == "AGENT"]
    assert share_within(log, "wait_s", 20, served=True).value == pytest.approx(sum(quick) / len(quick))
    assert share_within(log, "wait_s", 20, served=True).value == pytest.approx(0.597, abs=5e-4)


def test_bank_handling_time_per_reason(bank_log, bank_rows):
    measure = handling_time(bank_log.log, ["reason"])
    for code, mean in (("PS", 184.3), ("NE", 275.2), ("NW", 106.8), ("IN", 263.4)):
        times = [int(row["ser_time"]) for row in bank_rows if row["type"] == code and row["outcome"] == "AGENT"]
        assert measure.of(REASONS[code]).value == pytest.approx(statistics.fmean(times))
        assert measure.of(REASONS[code]).value == pytest.approx(mean, abs=0.05)


def test_bank_distribution_of_handling_time(bank_log, bank_rows):
    served = np.array([int(row["ser_time"]) for row in bank_rows if row["outcome"] == "AGENT"])
    close, exact = (distribution(bank_log.log, exact=exact) for exact in (False, True))
    for q in (0.1, 0.5, 0.9):
        assert exact.quantiles[q][0].value == np.quantile(served, q)
        assert close.quantiles[q][0].value == pytest.approx(np.quantile(served, q), rel=0.02)
    assert close.mean[0].value == pytest.approx(served.mean())
    assert close.mean[0].sd == pytest.approx(served.std(ddof=1))


def test_bank_profile_over_the_week(bank_log, bank_rows):
    rows = pd.DataFrame([row for row in bank_rows if row["outcome"] != "PHANTOM"])
    start = pd.to_datetime(rows["date"] + " " + rows["vru_entry"], format="%y%m%d %H:%M:%S")
    slots = pd.DataFrame({"day": start.dt.normalize(), "slot": start.dt.hour * 2 + start.dt.minute // 30})
    counts = slots.groupby(["day", "slot"]).size().unstack(fill_value=0)
    counts = counts.reindex(pd.date_range(counts.index.min(), counts.index.max()), fill_value=0)
    found = {cell.group: cell for cell in arrivals(bank_log.log).cells}
    for (weekday, slot), cell in found.items():
        plain = counts.loc[counts.index.dayofweek == int(weekday) - 1, int(slot)]
        assert (cell.n, cell.value) == (plain.sum(), pytest.approx(plain.mean()))
        assert cell.sd == pytest.approx(plain.std())
    assert sum(cell.n for cell in found.values()) == len(rows)


def test_bank_channel_never_changes(bank_log):
    # All its contacts are calls.
    switched = channel_switch(bank_log.log)
    assert (switched.value, switched.n > 5_000) == (0.0, True)


def test_bank_days_are_those_of_its_own_zone(bank_log, bank_rows):
    days = Counter(row["date"] for row in bank_rows if row["outcome"] != "PHANTOM")
    measure = volume(bank_log.log, ["day"])
    assert {cell.group[0]: cell.n for cell in measure.cells} == {
        datetime.strptime(day, "%y%m%d").date().isoformat(): n for day, n in days.items()
    }


def test_bank_repeats_equal_a_plain_walk(bank_log, bank_rows):
    calls = defaultdict(list)
    for row in bank_rows:
        if row["outcome"] != "PHANTOM" and row["customer_id"] != "0":
            start = datetime.strptime(f"{row['date']} {row['vru_entry']}", "%y%m%d %H:%M:%S")
            calls[row["customer_id"], row["type"]].append(start)
    starts = [
        datetime.strptime(f"{row['date']} {row['vru_entry']}", "%y%m%d %H:%M:%S")
        for row in bank_rows if row["outcome"] != "PHANTOM"
    ]  # fmt: skip
    week, end = timedelta(days=7), max(starts)
    repeats = episodes = settled = 0
    for times in calls.values():
        times.sort()
        for before, time, after in zip([None, *times], times, [*times[1:], None], strict=False):
            if before is not None and time - before <= week:
                repeats += 1
            elif time <= end - week:
                episodes += 1
                settled += after is None or after - time > week
    assert repeat_share(bank_log.log).value == pytest.approx(repeats / sum(map(len, calls.values())))
    measure = first_contact_resolution(bank_log.log)
    assert (measure.n, measure.value) == (episodes, pytest.approx(settled / episodes))


def test_bank_nobody_is_named(bank_log, bank_rows):
    store = bank_log.result.store.read_bytes()
    # Short words may stand in any file by chance.
    names = {row["server"] for row in bank_rows if len(row["server"]) > 5}
    assert names
    assert not [name for name in names if name.encode() in store]
    frequent = Counter(row["customer_id"] for row in bank_rows).most_common(200)
    assert not [customer for customer, _ in frequent if len(customer) > 6 and customer.encode() in store]


def test_service_desk_mailbox_time_is_not_handling(shared_data, read):
    file = _open(shared_data, "callcentre_service.csv")
    found = read(file, "service_desk")
    rows = pd.read_csv(file)
    start = pd.to_datetime(rows["Start Date"], format="%d.%m.%y %H:%M")
    rows["seconds"] = (pd.to_datetime(rows["End Date"], format="%d.%m.%y %H:%M") - start).dt.total_seconds()
    means = rows.groupby("Operation")["seconds"].mean()
    assert found.account.accepted == len(rows) == 3_519
    handling = handling_time(found.log, ["touchpoint"])
    for operation, touchpoint in (("Inbound Call", "inbound_call"), ("Handle Email", "handle_email")):
        assert handling.of(touchpoint).value == pytest.approx(means[operation])
    assert handling.of("inbound_email").value is None
    assert answer_time(found.log).value == pytest.approx(means["Inbound Email"])
    assert answer_time(found.log).n == (rows["Operation"] == "Inbound Email").sum()
    inbound = rows["Operation"].isin(["Inbound Call", "Inbound Email"]).sum()
    assert volume(found.log, ["direction"]).of("inbound").n == inbound
    assert {cell.group[0] for cell in volume(found.log, ["direction"]).cells} == set(DIRECTIONS)


def test_service_desk_case_and_customer_give_another_first_contact_resolution(shared_data, read):
    file = _open(shared_data, "callcentre_service.csv")
    log = read(file, "service_desk").log
    rows = pd.read_csv(file)
    rows["start"] = pd.to_datetime(rows["Start Date"], format="%d.%m.%y %H:%M")
    end, week = rows["start"].max(), pd.Timedelta(days=7)
    inbound = rows[rows["Operation"].isin(["Inbound Call", "Inbound Email"])].sort_values("start", kind="stable")
    values = {}
    for key, column in (("customer_key", "Customer ID"), ("case_key", "ServiceID")):
        groups = inbound.groupby([column, "Service Type"])["start"]
        since, until = groups.diff(), -groups.diff(-1)
        first = (since.isna() | (since > week)) & (inbound["start"] <= end - week)
        settled = first & (until.isna() | (until > week))
        measure = first_contact_resolution(log, key=key)
        assert (measure.n, measure.value) == (first.sum(), pytest.approx(settled.sum() / first.sum()))
        values[key] = measure.value
    assert values["customer_key"] != values["case_key"]


def test_generated_scores_are_labelled_as_generated(shared_data, read):
    file = _open(shared_data, "generated_call_centre_with_scores.xlsx")
    found = read(file, "generated_scores")
    rows = pd.read_excel(file, engine="calamine")
    assert found.account.accepted == len(rows) == 5_000
    assert effort_score(found.log).value == pytest.approx(rows["Satisfaction rating"].mean())
    assert effort_score(found.log).n == rows["Satisfaction rating"].notna().sum()
    assert abandonment(found.log).value == pytest.approx((rows["Answered (Y/N)"] == "N").mean())
    resolved = rows[rows["Answered (Y/N)"] == "Y"]["Resolved"]
    assert stated_resolution(found.log).value == pytest.approx((resolved == "Y").mean())
    talk = pd.to_timedelta(rows["AvgTalkDuration"].dropna().astype(str)).dt.total_seconds()
    assert handling_time(found.log).value == pytest.approx(talk.mean())
    assert volume(found.log, ["source"]).of("generated_training_data").n == 5_000
    assert any("GENERATED" in note.text("en") for note in found.log.notes)
    assert any("GEGENEREERDE" in note.text("nl") for note in found.log.notes)
