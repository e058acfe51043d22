"""Does what a source wrote become the right value, or a null with a reason?"""

from datetime import date, datetime, time, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench.log.errors import LogError


def _one(read, value, spec, more="", field=None, **options):
    """The values of a field from one column `x` of a file with a sound start."""
    field = field or spec.split(":")[0].strip()
    values = value if isinstance(value, list) else [value]
    text = "start;x\n" + "".join(f'2026-01-01;"{one}"\n' for one in values)
    form = f"format: delimited\nseparator: semicolon\nidentical_rows: keep\n{more}\n"
    profile = f"{form}columns:\n  started_at: start\n  {spec}\n"
    found = read(text, profile, **options)
    return found, found.column(field)


def _start(read, value, formats="iso", zone="UTC", **options):
    text = f'x\n"{value}"\n'
    profile = f"format: delimited\nseparator: tab\ntime_zone: {zone}\nformats: {formats}\ncolumns: {{started_at: x}}\n"
    found = read(text, profile, **options)
    return found, (found.column("started_at") or [None])[0]


@pytest.mark.parametrize(
    ("written", "formats", "zone", "utc"),
    [
        ("2026-03-01 09:30:00", "iso", "Europe/Amsterdam", datetime(2026, 3, 1, 8, 30)),
        ("2026-07-01 09:30:00", "iso", "Europe/Amsterdam", datetime(2026, 7, 1, 7, 30)),
        ("2026-07-01T09:30", "iso", "UTC", datetime(2026, 7, 1, 9, 30)),
        ("2026-07-01", "iso", "Europe/Amsterdam", datetime(2026, 6, 30, 22)),
        ("2026-07-01T09:30:00+02:00", "iso", "America/New_York", datetime(2026, 7, 1, 7, 30)),
        ("2026-07-01T09:30:00.250Z", "iso", "Europe/Amsterdam", datetime(2026, 7, 1, 9, 30, 0, 250_000)),
        ("1-7-26 9:05", '"%d-%m-%y %H:%M"', "UTC", datetime(2026, 7, 1, 9, 5)),
        ("01-07-2026 09:05:06", '"%d-%m-%Y %H:%M:%S"', "UTC", datetime(2026, 7, 1, 9, 5, 6)),
        ("990201 7:02:47", '"%y%m%d %H:%M:%S"', "Asia/Jerusalem", datetime(1999, 2, 1, 5, 2, 47)),
        ("7/1/2026 9:05 PM", '"%m/%d/%Y %I:%M %p"', "UTC", datetime(2026, 7, 1, 21, 5)),
        ("44197.5", "excel", "UTC", datetime(2021, 1, 1, 12)),
        ("44197", "excel", "Europe/Amsterdam", datetime(2020, 12, 31, 23)),
        ("1782898500", "epoch", "Europe/Amsterdam", datetime(2026, 7, 1, 9, 35)),
        ("1782898500250", "epoch_ms", "Europe/Amsterdam", datetime(2026, 7, 1, 9, 35, 0, 250_000)),
        ("2026-07-01T09:30:00+0200", '"%Y-%m-%dT%H:%M:%S%z"', "UTC", datetime(2026, 7, 1, 7, 30)),
        ("1.7.2026", '["%d-%m-%Y", "%d.%m.%Y"]', "UTC", datetime(2026, 7, 1)),
    ],
)
def test_times(read, written, formats, zone, utc):
    assert _start(read, written, formats, zone)[1] == utc


@pytest.mark.parametrize(
    ("written", "formats", "reason"),
    [
        ("31-02-2026", '"%d-%m-%Y"', "start cannot be read"),
        ("03/25/2026", '"%d/%m/%Y"', "start cannot be read"),
        ("01-07-2026", "iso", "start cannot be read"),
        ("2026-13-01", "iso", "start cannot be read"),
        ("infinity", "iso", "start cannot be read"),
        ("?", "iso", "no start"),
        ("1900-01-01", "iso", "start lies outside 1971 to 2099"),
        ("0", "excel", "start cannot be read"),
        ("9999-12-31", "iso", "start lies outside 1971 to 2099"),
        ("1e300", "epoch", "start cannot be read"),
        ("Jansen, 0612345678", "iso", "start cannot be read"),
    ],
)
def test_starts_that_cannot_be_used_are_quarantined(read, written, formats, reason):
    found, start = _start(read, written, formats)
    assert start is None
    assert found.account.quarantined == found.account.rows_read == 1
    assert found.account.reasons("quarantined") == {reason: 1}


def test_change_of_the_clock_in_amsterdam(read):
    # 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
    zone = "Europe/Amsterdam"
    assert _start(read, "2026-03-29 01:59:59", zone=zone)[1] == datetime(2026, 3, 29, 0, 59, 59)
    assert _start(read, "2026-03-29 03:00:00", zone=zone)[1] == datetime(2026, 3, 29, 1)
    assert _start(read, "2026-10-25 01:59:59", zone=zone)[1] == datetime(2026, 10, 24, 23, 59, 59)
    assert _start(read, "2026-10-25 03:00:00", zone=zone)[1] == datetime(2026, 10, 25, 2)
    skipped, start = _start(read, "2026-03-29 02:30:00", zone=zone)
    assert start == datetime(2026, 3, 29, 1, 30)
    assert skipped.account.reasons("clock") == {"wall time skipped by the clock, moved forward": 1}
    twice, start = _start(read, "2026-10-25 02:30:00", zone=zone)
    assert start == datetime(2026, 10, 25, 1, 30)
    assert twice.account.reasons("clock") == {"wall time that occurs twice, the later taken": 1}
    assert "hour" in twice.log.notes[-1].text("en")


def test_days_and_half_hours_are_those_of_the_log(read):
    found = _start(read, "2026-07-01T22:40:00Z", time_zone="Europe/Amsterdam")[0]
    assert (found.column("day"), found.column("half_hour")) == ([date(2026, 7, 2)], [1])


@pytest.mark.parametrize(
    ("unit", "written", "seconds"),
    [
        ("s", "90", 90.0), ("ms", "90500", 90.5), ("min", "1.5", 90.0), ("h", "0.5", 1800.0),
        ("hh:mm:ss", "1:02:03", 3723.0), ("hh:mm:ss", "30:00:00", 108_000.0), ("hh:mm:ss", "0:00:01.5", 1.5),
        ("mm:ss", "75:30", 4530.0), ("days", "0.5", 43_200.0), ("s", "0", 0.0), ("s", "1e2", 100.0),
    ],
)  # fmt: skip
def test_units_of_durations(read, unit, written, seconds):
    assert _one(read, written, f"wait_s: {{columns: x, unit: '{unit}'}}")[1] == [seconds]


@pytest.mark.parametrize(
    ("unit", "written", "reason"),
    [
        ("s", "-3", "negative"), ("hh:mm:ss", "-0:00:30", "negative"), ("s", "4 min", "cannot be read"),
        ("s", "1,5", "cannot be read"), ("s", "nan s", "cannot be read"), ("s", "inf", "cannot be read"),
        ("s", "1e99", "longer than a year"), ("s", "40000000", "longer than a year"),
        ("hh:mm:ss", "1:99:00", "cannot be read"), ("hh:mm:ss", "12:30", "cannot be read"),
        ("s", "=1+1", "cannot be read"), ("s", "0x10", "cannot be read"), ("s", "1_000", "cannot be read"),
    ],
)  # fmt: skip
def test_durations_that_cannot_be_are_nulled_and_counted_and_the_row_is_kept(read, unit, written, reason):
    found, values = _one(read, written, f"wait_s: {{columns: x, unit: '{unit}'}}")
    assert values == [None]
    assert found.account.accepted == 1
    assert found.account.counts == (("nulled", "wait_s", reason, 1),)


def test_decimal_comma_and_thousands(read):
    spec = "effort_score: x"
    assert _one(read, ["3,5", "1.234,5", "2"], spec, 'decimal: ","\nthousands: "."')[1] == [3.5, 1234.5, 2.0]
    assert _one(read, ["3,5", "3.5"], spec, 'decimal: ","')[1] == [3.5, None]
    assert _one(read, ["1.2345"], spec, 'decimal: ","\nthousands: "."')[1] == [None]


def test_missing_words_and_sentinels_are_absent_and_not_counted(read):
    found, values = _one(read, ["?", "", "NULL", "n/a", "0", "7"], "wait_s: x", "missing_in: {x: '0'}")
    assert values == [None, None, None, None, None, 7.0]
    assert found.account.counts == ()


def test_words_are_mapped_kept_or_dropped(read):
    mapped = "reason: {columns: x, values: {PS: regular}, unlisted: %s}"
    assert _one(read, ["PS", "NW", " PS "], mapped % "keep")[1] == ["regular", "NW", "regular"]
    found, values = _one(read, ["PS", "NW"], mapped % "drop")
    assert (values, found.account.counts) == (["regular", None], ())
    found, values = _one(read, ["Inbound", "sideways"], "direction: x")
    assert values == ["inbound", None]
    assert found.account.nulled == {"direction": 1}


@pytest.mark.parametrize("odd", ["x" * 5000, "a\0b", "line\nbreak", "bell\x07"])
def test_what_is_no_word_is_nulled(read, odd):
    found, values = _one(read, odd, "reason: x")
    assert values == [None]
    assert found.account.counts == (("nulled", "reason", "not a word, or names a person", 1),)


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "@sum", "-2+3", "'; drop table contact; --"])
def test_formula_and_sql_looking_words_stay_words(read, formula):
    assert _one(read, formula, "reason: x")[1] == [formula]


def test_bytes_outside_the_encoding_are_nulled(read):
    text = b"start,why,who\n2026-01-01,caf\xe9,Ren\xe9\n2026-01-01,tea,Ada\n"
    found = read(text, "format: delimited\ncolumns: {started_at: start, reason: why, customer_key: who}\n")
    assert found.column("reason") == [None, "tea"]
    assert [key is None for key in found.column("customer_key")] == [True, False]
    assert found.account.nulled == {"reason": 1, "customer_key": 1}


def test_flags_and_counts(read):
    assert _one(read, ["ja", "N", "true", "0", "maybe"], "resolved: x")[1] == [True, False, True, False, None]
    assert _one(read, ["Opgelost"], "resolved: {columns: x, values: {Opgelost: 'yes'}}")[1] == [True]
    assert _one(read, ["2", "0", "1.5", "-1", "70000"], "layer_count: x")[1] == [2, 0, None, None, None]


def test_bucket_customers_are_nobody(read):
    found, values = _one(read, ["unknown", "0", "17"], "customer_key: {columns: x, buckets: [unknown, 0]}")
    assert [value is None for value in values] == [True, True, False]
    assert found.account.counts == (("nulled", "customer_key", "stands for many customers", 2),)


def test_an_end_before_the_start_is_nulled(read):
    text = "start,end\n2026-01-01 10:00,2026-01-01 09:59\n2026-01-01 10:00,2026-01-01 10:00\n"
    found = read(text, "format: delimited\ncolumns: {started_at: start, ended_at: end}\n")
    assert found.column("ended_at") == [None, datetime(2026, 1, 1, 10)]
    assert found.account.counts == (("nulled", "ended_at", "before the start", 1),)


def test_time_from_start_to_end_only_where_it_is_handling(read):
    text = "op,start,end\ncall,2026-01-01 10:00,2026-01-01 10:04\nmail,2026-01-01 10:00,2026-01-03 10:00\n"
    text += "call,2026-01-01 10:00,\ncall,2026-01-01 10:00,2026-01-01 09:00\ncall,2026-01-01 10:00,soon\n"
    profile = (
        "format: delimited\ncolumns:\n  started_at: start\n"
        "  handling_time_s: {columns: start, until: end, only_where: {op: call}}\n"
        "  answered_at: {columns: end, only_where: {op: mail}}\n"
    )
    found = read(text, profile)
    assert found.column("handling_time_s") == [240.0, None, None, None, None]
    assert found.column("answered_at")[1] == datetime(2026, 1, 3, 10)
    assert found.account.nulled == {"handling_time_s": 2}


def test_columns_that_differ_in_case_only_and_columns_named_like_fields(read):
    text = "Start,start,reason,line,record\n2026-01-01,x,why,9,9\n"
    found = read(
        text, "format: delimited\ncolumns: {started_at: Start, reason: start, channel: reason, persona: line}\n"
    )
    assert (found.column("reason"), found.column("channel"), found.column("persona")) == (["x"], ["why"], ["9"])
    assert found.column("record") == [1]


def test_filters_keep_drop_and_say_why(read):
    profile = (
        "format: delimited\ncolumns: {started_at: start}\nfilters:\n"
        "  - {column: kind, drop: [test], reason: test contact}\n  - {column: way, keep: [in, ''], reason: outbound}\n"
    )
    text = (
        "start,kind,way\n2026-01-01,test,in\n2026-01-01,real,out\nbroken,test,out\n2026-01-01,real,in\nbroken,real,\n"
    )
    account = read(text, profile).account
    assert (account.rows_read, account.accepted, account.filtered, account.quarantined) == (5, 1, 3, 1)
    assert account.reasons("filtered") == {"test contact": 2, "outbound": 1}


def test_optional_columns_may_lack_and_the_start_may_not(read):
    assert read("started_at,reason\n2026-01-01,a\n", "generic_csv").column("reason") == ["a"]
    with pytest.raises(LogError, match="'started_at' is missing"):
        read("start,reason\n2026-01-01,a\n", "generic_csv")


def test_typed_columns_of_parquet(read, tmp_path):
    table = pa.table(
        {
            "started_at": pa.array([datetime(2026, 7, 1, 9)], pa.timestamp("us")),
            "answered_at": pa.array([datetime(2026, 7, 1, 7, 1)], pa.timestamp("ms", tz="UTC")),
            "handling_time_s": pa.array([timedelta(seconds=90)], pa.duration("s")),
            "wait_s": pa.array([12], pa.int16()),
            "ivr_time_s": pa.array([time(0, 0, 7)], pa.time32("s")),
            "resolved": pa.array([True]),
            "layer_count": pa.array([2], pa.int8()),
            "customer_key": pa.array([4711], pa.int64()),
            "channel": pa.array(["phone"]).dictionary_encode(),
            "effort_score": pa.array([float("nan")]),
        }
    )
    pq.write_table(table, tmp_path / "log.parquet")
    found = read(tmp_path / "log.parquet", "generic_parquet", time_zone="Europe/Amsterdam")
    assert found.column("started_at") == [datetime(2026, 7, 1, 7)]
    assert found.column("answered_at") == [datetime(2026, 7, 1, 7, 1)]
    assert [found.column(name)[0] for name in ("handling_time_s", "wait_s", "ivr_time_s")] == [90.0, 12.0, 7.0]
    assert [found.column(name)[0] for name in ("resolved", "layer_count", "channel")] == [True, 2, "phone"]
    assert found.column("effort_score") == [None]
    assert found.account.nulled == {"effort_score": 1}
    same = read("started_at,customer_key\n2026-07-01,4711\n", "generic_csv")
    assert same.column("customer_key")[-1] == found.column("customer_key")[0]
