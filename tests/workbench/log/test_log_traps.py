"""Does every known trap of contact logs hold? One test a trap, as the design lists them."""

from datetime import datetime

import pytest

from workbench.log.measures import abandonment, handling_time, volume, wait
from workbench.log.repeats import first_contact_resolution, repeat_share

FORM = "format: delimited\nidentical_rows: keep\n"


def _profile(columns, more=""):
    return f"{FORM}{more}\ncolumns:\n" + "".join(f"  {name}: {how}\n" for name, how in columns.items())


def _lines(*rows):
    return "".join(f"{row}\n" for row in rows)


def test_semicolon_and_decimal_comma(read):
    profile = _profile(
        {"started_at": "tijd", "wait_s": "wacht", "effort_score": "cijfer"}, 'decimal: ","\nthousands: "."'
    )
    found = read(_lines("tijd;wacht;cijfer", "2026-07-01;1.012,5;6,5", "2026-07-01;3.5;7"), profile)
    assert found.column("wait_s") == [1012.5, None]  # 3.5 is no Dutch number: nulled, not read as 35
    assert found.column("effort_score") == [6.5, 7.0]
    assert found.account.counts == (("nulled", "wait_s", "cannot be read", 1),)


def test_day_month_and_year_of_two_digits(read):
    profile = _profile({"started_at": "at"}, 'formats: "%d-%m-%y"')
    found = read(_lines("at", "01-02-26", "31-12-25", "12-31-25"), profile)
    assert found.column("started_at") == [datetime(2026, 2, 1), datetime(2025, 12, 31)]
    assert found.account.reasons("quarantined") == {"start cannot be read": 1}


def test_latin_1_and_byte_order_mark(read):
    profile = _profile({"started_at": "at", "reason": "waarom"}, "encoding: latin-1")
    text = _lines("at,waarom", "2026-07-01,crèche")
    assert read(text.encode("latin-1"), profile).column("reason") == ["crèche"]
    assert read(text.encode("utf-8-sig"), profile).column("reason") == ["crèche"]  # the mark goes first
    wrong = read(text.encode("latin-1"), _profile({"started_at": "at", "reason": "waarom"}))
    assert (wrong.column("reason"), wrong.account.nulled) == ([None], {"reason": 1})  # not mojibake


def test_excel_serial_dates(read):
    found = read(_lines("at", "44197.5", "45292"), _profile({"started_at": "at"}, "formats: excel"))
    assert found.column("started_at") == [datetime(2021, 1, 1, 12), datetime(2024, 1, 1)]


def test_leading_zeros(read):
    found = read(
        _lines("at,who", "2026-07-01,007", "2026-07-01,7"), _profile({"started_at": "at", "customer_key": "who"})
    )
    assert len(set(found.column("customer_key"))) == 2


def test_daylight_saving_in_amsterdam(read):
    # 29 March 2026 02:30 does not exist; 25 October 2026 02:30 exists twice.
    rows = _lines("at,until", "2026-03-29 01:30,2026-03-29 03:30", "2026-03-29 02:30,", "2026-10-25 02:30,")
    profile = _profile({"started_at": "at", "handling_time_s": "{columns: at, until: until}"})
    found = read(rows, profile, time_zone="Europe/Amsterdam")
    assert found.column("started_at")[1:] == [datetime(2026, 3, 29, 1, 30), datetime(2026, 10, 25, 1, 30)]
    assert found.column("handling_time_s")[0] == 3600.0  # by the wall clock it would be two hours
    assert sum(found.account.reasons("clock").values()) == 2
    assert "an hour off" in found.log.notes[-1].text("en")


@pytest.mark.parametrize(
    ("unit", "written"), [("ms", "90500"), ("s", "90.5"), ("min", "1.508333333333333"), ("hh:mm:ss", "0:01:30.5")]
)
def test_units_of_durations(read, unit, written):
    profile = _profile({"started_at": "at", "wait_s": f"{{columns: w, unit: '{unit}'}}"})
    assert read(_lines("at,w", f"2026-07-01,{written}"), profile).column("wait_s") == [pytest.approx(90.5)]


def test_sentinel_zeros(read):
    rows = _lines("at,served,who", "2026-07-01,0:00:00,0", "2026-07-01,10:15:00,5")
    columns = {"started_at": "at", "answered_at": "{columns: [at, served], formats: '%Y-%m-%d %H:%M:%S'}"}
    profile = _profile({**columns, "customer_key": "who"}, "missing_in: {served: '0:00:00', who: '0'}")
    found = read(rows, profile)
    assert found.column("answered_at") == [None, datetime(2026, 7, 1, 10, 15)]
    assert [who is None for who in found.column("customer_key")] == [True, False]
    assert found.account.nulled == {}


def test_question_mark_is_missing(read):
    profile = _profile({"started_at": "at", "wait_s": "w", "reason": "why"})
    found = read(_lines("at,w,why", "2026-07-01,?,?", "2026-07-01,0,a"), profile)
    assert (found.column("wait_s"), found.column("reason")) == ([None, 0.0], [None, "a"])
    assert found.account.nulled == {}


def test_negative_durations(read):
    found = read(_lines("at,w", "2026-07-01,-5", "2026-07-01,5"), _profile({"started_at": "at", "wait_s": "w"}))
    assert found.column("wait_s") == [None, 5.0]
    assert (found.account.accepted, found.account.counts) == (2, (("nulled", "wait_s", "negative", 1),))
    assert wait(found.log).n == 1


def test_zero_length_contacts(read):
    profile = _profile({"started_at": "at", "ended_at": "end", "handling_time_s": "{columns: at, until: end}"})
    found = read(_lines("at,end", "2026-07-01 10:00,2026-07-01 10:00", "2026-07-01 10:00,2026-07-01 10:02"), profile)
    assert found.column("handling_time_s") == [0.0, 120.0]  # to the minute, a short call lasts nothing: it stays
    assert handling_time(found.log).value == 60.0


def test_overlapping_contacts(read):
    # A chat during a call: two contacts of one customer, the second begun before the first has ended.
    rows = _lines(
        "at,end,who,why,where",
        "2026-07-01 10:00,2026-07-01 10:30,k,a,phone",
        "2026-07-01 10:10,2026-07-01 10:20,k,a,chat",
        "2026-07-20 10:00,2026-07-20 10:30,z,b,phone",
    )
    columns = {"started_at": "at", "ended_at": "end", "customer_key": "who", "reason": "why", "channel": "where"}
    found = read(rows, _profile(columns))
    assert found.account.accepted == 3
    assert found.column("reason_since_s") == [None, 600, None]  # from start to start, never negative
    assert repeat_share(found.log).n == 3


def test_waiting_in_a_mailbox_is_not_handling(read):
    rows = _lines(
        "what,at,end",
        "Inbound Call,2026-07-01 10:00,2026-07-01 10:04",
        "Inbound Email,2026-07-01 10:00,2026-07-03 10:00",
        "Handle Email,2026-07-03 10:00,2026-07-03 10:06",
    )
    columns = {
        "started_at": "at",
        "answered_at": "{columns: end, only_where: {what: Inbound Email}}",
        "handling_time_s": "{columns: at, until: end, only_where: {what: [Inbound Call, Handle Email]}}",
    }
    found = read(rows, _profile(columns))
    assert found.column("handling_time_s") == [240.0, None, 360.0]
    assert handling_time(found.log).value == 300.0  # with the mailbox it would be 16 hours
    assert found.column("answered_at")[1] == datetime(2026, 7, 3, 10)


def test_one_customer_that_stands_for_many(read):
    rows = _lines("at,who", *["2026-07-01,desk"] * 60, *[f"2026-07-01,{number}" for number in range(200)])
    plain = read(rows, _profile({"started_at": "at", "customer_key": "who"}))
    assert "one customer has 60 of 260 contacts" in plain.log.notes[0].text("en")
    named = read(rows, _profile({"started_at": "at", "customer_key": "{columns: who, buckets: desk}"}))
    assert named.log.known["customer_key"] == 200
    assert named.account.counts == (("nulled", "customer_key", "stands for many customers", 60),)


def test_a_very_long_call(read):
    year = 366 * 86_400
    profile = _profile({"started_at": "at", "handling_time_s": "h"})
    found = read(_lines("at,h", "2026-07-01,60", "2026-07-01,36000", f"2026-07-01,{year + 1}"), profile)
    assert found.column("handling_time_s") == [60.0, 36_000.0, None]  # ten hours happen; longer than a year does not
    assert found.account.counts == (("nulled", "handling_time_s", "longer than a year", 1),)


def test_id_that_is_unique_only_together_with_another(read):
    rows = _lines("at,line,call", "2026-07-01,A,1", "2026-07-01,B,1", "2026-07-01,A,11", "2026-07-01,A1,1")
    both = read(rows, _profile({"started_at": "at", "contact_id": "[line, call]"}))
    assert (both.account.accepted, both.account.duplicate) == (4, 0)
    alone = read(rows, _profile({"started_at": "at", "contact_id": "call"}))
    assert (alone.account.accepted, alone.account.duplicate) == (2, 2)  # a wrong key is seen in the account


def test_duplicates(read):
    rows = _lines("at,id", "2026-07-01,1", "2026-07-01,2", "2026-07-01,1")
    account = read(rows, _profile({"started_at": "at", "contact_id": "id"})).account
    assert (account.rows_read, account.accepted, account.duplicate) == (3, 2, 1)


def test_outbound_and_test_contacts(read):
    rows = _lines(
        "at,way,kind,end",
        "2026-07-01,in,real,answered",
        "2026-07-01,in,real,abandoned",
        "2026-07-01,out,real,abandoned",
        "2026-07-01,in,test,abandoned",
    )
    columns = {
        "started_at": "at",
        "direction": "{columns: way, values: {in: inbound, out: outbound}}",
        "outcome": "end",
    }
    more = "filters: [{column: kind, drop: test, reason: test contact}]"
    found = read(rows, _profile(columns, more))
    assert found.account.reasons("filtered") == {"test contact": 1}
    assert (volume(found.log).n, abandonment(found.log).n, abandonment(found.log).value) == (3, 2, 0.5)


def test_merged_tickets(read):
    rows = _lines("at,tags,who", '2026-07-01,"vip,closed_by_merge",k', "2026-07-01,vip,k", "2026-07-20,,z")
    more = "filters: [{column: tags, drop_with: closed_by_merge, reason: merged into another}]"
    found = read(rows, _profile({"started_at": "at", "customer_key": "who"}, more))
    assert found.account.reasons("filtered") == {"merged into another": 1}
    # Counted twice, the merged ticket would be a repeat and the customer not helped the first time.
    assert first_contact_resolution(found.log, notion="any", log_end=datetime(2026, 9, 1)).value == 1.0


def test_small_groups_warn_and_are_not_ranked(read):
    rows = _lines("at,why,h", *["2026-07-01,often,60"] * 40, *["2026-07-01,seldom,600"] * 12)
    found = read(rows, _profile({"started_at": "at", "reason": "why", "handling_time_s": "h"}))
    answer = handling_time(found.log, ("reason",))
    assert any("do not rank" in remark.text("en") for remark in answer.notes)
    assert not any("do not rank" in remark.text("en") for remark in handling_time(found.log).notes)
