"""Are the week and the patience those of the log, and is the model's volume kept?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import workbench as wb
from workbench.analysis.staffing.observed import ENOUGH, _spread, observed
from workbench.analysis.staffing.staffing import staffing
from workbench.log import measures
from workbench.log.engine import Log
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log

MODEL = """
teams: {desk: {fte: 8, hours: [mon-fri 09:00-12:00], shrinkage: 30%, patience: 3m}}
touchpoints: {line: {channel: phone, owner: desk}}
reasons: {a: {}}
volumes: [{touchpoint: line, reason: a, contacts: 5200/month, handling_time: 4m}]
"""


@contextmanager
def log_of(folder: Path, rows: list[str], zone: str = "UTC") -> Iterator[Log]:
    file, store = folder / "log.csv", folder / "log.duckdb"
    head = "started_at,touchpoint,channel,direction,outcome,wait_s,handling_time_s"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    ingest([str(file)], load_profile("generic_csv"), store, bytes(range(32)), time_zone=zone)
    with open_log(store) as log:
        yield log


def calls(weeks: int = 4, monday: int = 90, friday: int = 45) -> list[str]:
    """Four weeks: on Monday 90 calls from nine to half past, on Friday 45 from half past ten to eleven."""
    first = datetime(2026, 6, 1)
    rows = []
    for week in range(weeks):
        for day, hour, minute, count in ((0, 9, 0, monday), (4, 10, 30, friday)):
            start = first + timedelta(weeks=week, days=day, hours=hour, minutes=minute)
            for call in range(count):
                at = start + timedelta(seconds=1_800 * call / count)
                gone = call % 9 == 0
                outcome, wait_s = ("abandoned", 60) if gone else ("answered", 15)
                rows.append(f"{at:%Y-%m-%d %H:%M:%S},line,phone,inbound,{outcome},{wait_s},{'' if gone else 240}")
    return rows


def test_the_week_of_the_log(tmp_path: Path) -> None:
    others = [
        "2026-06-02 09:05:00,line,phone,outbound,answered,0,60",
        "2026-06-02 09:05:00,site,web,inbound,self_served,,",
    ]
    with log_of(tmp_path, calls() + others) as log:
        seen = observed(log)
    assert set(seen) == {"line"}
    line = seen["line"]
    assert line.contacts == 4 * 135
    cells = np.flatnonzero(line.week)
    assert cells.tolist() == [18, 4 * 48 + 21]
    assert line.week[cells] == pytest.approx([90.0, 45.0])
    # of nine calls one hangs up after 60 s and eight wait 15 s: 180 s of waiting for each who hung up
    assert line.patience_s == pytest.approx(180.0)


def test_holidays_do_not_count(tmp_path: Path) -> None:
    with log_of(tmp_path, calls()) as log:
        line = observed(log, {date(2026, 6, 5), date(2026, 6, 1)})["line"]
    assert line.contacts == 3 * 135
    assert line.week[[18, 4 * 48 + 21]] == pytest.approx([90.0, 45.0])


def test_the_volume_stays_the_models_and_the_shape_is_the_logs(
    tmp_path: Path, write_project: Callable[..., Path]
) -> None:
    root = write_project(MODEL, "name: Test\ntime_zone: UTC\nperiod: {start: 2026-01-01, end: 2026-12-31}\n")
    with log_of(tmp_path, calls()) as log:
        found = staffing(wb.open(str(root)), log=log)
    (group,) = found.need("desk").groups
    assert group.contacts[18] == pytest.approx(2 * group.contacts[4 * 48 + 21])
    # 52 Mondays and 52 Fridays in 2026: each week has its share
    assert group.contacts.sum() == pytest.approx(5_200 * 12 / 52 * 365 / 365.25)
    row = next(one for one in found.tables() if one.key == "staffing_queues").records()[0]
    assert row["profile_source"] == "profile_log"
    note = " ".join(next(one for one in found.tables() if one.key == "staffing_queues").notes)
    assert "a patience of 3m" in note


def test_few_calls_are_shared_out_or_left_to_the_library(tmp_path: Path) -> None:
    """Too few a half hour: the time of day is that of all days; hardly any at all: the log says nothing."""
    week = np.zeros((7, 48))
    week[0, 18:20], week[1, 18:20] = (30, 10), (15, 5)
    spread = _spread(week, 10)
    assert spread is not None
    assert spread.sum() == pytest.approx(60)
    assert spread[0, 18:20] == pytest.approx([30, 10])
    assert _spread(week / 10, 10) is None
    assert ENOUGH * 2 <= 60
    with log_of(tmp_path, calls(weeks=1, monday=5, friday=5)) as log:
        assert observed(log) == {}


def test_the_bank_in_february(shared_data: Path, tmp_path: Path) -> None:
    """Calls of the real log in every half hour, and a patience between two and eight minutes."""
    store = tmp_path / "log.duckdb"
    file = shared_data / "anonymous_bank_1999_02.txt.gz"
    ingest([str(file)], load_profile("technion_call_centre"), store, bytes(32), time_zone="Asia/Jerusalem")
    with open_log(store) as log:
        line = observed(log)["call_centre"]
        handled_s = measures.handling_time(log).value
    assert line.week.sum() * 4 == pytest.approx(line.contacts, rel=0.05)  # February has four of every weekday
    assert line.week[20] > 20 * line.week[2]  # Monday at ten and at one in the night, when the line is closed
    assert line.patience_s is not None
    assert 120 < line.patience_s < 480
    assert handled_s is not None
