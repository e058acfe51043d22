"""Can nobody who asks the log everything that may be asked, and subtracts, find a small group of contacts?"""

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from workbench.log.distributions import distribution
from workbench.log.measures import handling_time, volume, wait
from workbench.log.repeats import first_contact_resolution, repeat_share
from workbench.log.selection import Selection

LEAST = 10
FIRST, DAYS = date(2026, 1, 14), 80
CHANNEL = {"desk": "counter", "line": "phone", "call_back": "phone", "second_line": "phone", "site": "web"}
DIMENSIONS = ("touchpoint", "channel", "reason")
PERIODS = ((), ("quarter",), ("month",), ("week",), ("weekday",), ("day",), ("month", "weekday"))


def _contacts(seed):
    """A log with a few large and many small groups; a touchpoint has one channel."""
    random = np.random.default_rng(seed)
    size = 1_500
    days = np.minimum(random.integers(0, DAYS, size), random.integers(0, DAYS, size))
    frame = pd.DataFrame(
        {
            "contact_id": np.arange(size),
            "touchpoint": random.choice(list(CHANNEL), size, p=[0.02, 0.4, 0.2, 0.003, 0.377]),
            "reason": random.choice(["move", "pass", "tax", "waste"], size, p=[0.6, 0.36, 0.035, 0.005]),
            "persona": random.choice(["senior", "starter"], size, p=[0.03, 0.97]),
            "day": [FIRST + timedelta(days=int(day)) for day in days],
            "customer_key": random.integers(0, 400, size),
            "handling_time_s": random.integers(20, 900, size),
        }
    )
    frame["channel"] = frame["touchpoint"].map(CHANNEL)
    frame["started_at"] = [f"{day.isoformat()}T10:00:00Z" for day in frame["day"]]
    frame["month"] = [f"{day:%Y-%m}" for day in frame["day"]]
    frame["quarter"] = [f"{day:%Y}-Q{(day.month + 2) // 3}" for day in frame["day"]]
    frame["week"] = [(day - timedelta(days=day.weekday())).isoformat() for day in frame["day"]]
    frame["weekday"] = [str(day.isoweekday()) for day in frame["day"]]
    frame["day"] = [day.isoformat() for day in frame["day"]]
    return frame


def _fields(frame):
    columns = ["contact_id", "touchpoint", "channel", "reason", "persona", "customer_key", "handling_time_s"]
    return frame[[*columns, "started_at"]].to_dict("records")


@pytest.fixture(scope="module", params=[1])
def asked(request, tmp_path_factory, as_csv, key):
    """Every answer that anybody can get: by dimensions and periods, each group that is shown with its n."""
    from workbench.log.ingest import ingest
    from workbench.log.profile_files import load_profile
    from workbench.log.store import open_log

    frame = _contacts(request.param)
    folder = tmp_path_factory.mktemp("asked")
    (folder / "log.csv").write_text(as_csv(_fields(frame)))
    ingest([folder / "log.csv"], load_profile("generic_csv"), folder / "log.duckdb", key)
    with open_log(folder / "log.duckdb", suppress_below=LEAST) as log:
        answers = {}
        for number in range(len(DIMENSIONS) + 1):
            for dimensions in combinations(DIMENSIONS, number):
                for periods in PERIODS:
                    by = (*dimensions, *periods)
                    answers[by] = {cell.group: cell.n for cell in volume(log, by).cells}
        yield frame, log, answers


def _true(frame, by):
    if not by:
        return {(): len(frame)}
    counts = frame.groupby(list(by)).size()
    return {group if isinstance(group, tuple) else (group,): int(n) for group, n in counts.items()}


def test_what_is_shown_is_right_and_never_small(asked):
    frame, _, answers = asked
    hidden = 0
    for by, shown in answers.items():
        true = _true(frame, by)
        assert all(n >= LEAST and true[group] == n for group, n in shown.items())
        hidden += len(true) - len(shown)
    assert hidden > 100


PARTS = {
    "quarter": ("quarter", "month", "day"),
    "month": ("month", "day"),
    "week": ("day",),
    "weekday": ("weekday", "day"),
}
"""What a period is made of, beside itself."""


def _inside(fine, coarse):
    """Whether each group of a table lies within one of another: its dimensions and periods, and a place its channel."""
    for name in coarse:
        if name in fine or (name == "channel" and "touchpoint" in fine):
            continue
        if name in ("quarter", "month", "week", "weekday") and set(fine) & set(PARTS[name]):
            continue
        return False
    return set(fine) != set(coarse)


def test_subtracting_nested_answers_never_leaves_a_small_group(asked):
    frame, _, answers = asked
    pairs = differences = 0
    for fine, coarse in ((fine, coarse) for fine in answers for coarse in answers if _inside(fine, coarse)):
        pairs += 1
        names = list(dict.fromkeys((*fine, *coarse)))
        home = frame[names].drop_duplicates()
        parts = {}
        for row in home.to_dict("records"):
            whole, part = tuple(row[name] for name in coarse), tuple(row[name] for name in fine)
            if whole in answers[coarse] and part in answers[fine]:
                parts.setdefault(whole, []).append(answers[fine][part])
        for whole, ns in parts.items():
            total = answers[coarse][whole]
            for rest in (total - sum(ns), *(total - n for n in ns)):
                differences += 1
                assert rest == 0 or rest >= LEAST, (fine, coarse, whole)
    assert pairs > 100
    assert differences > 1000


def test_weeks_and_months_together_leave_no_small_rest(asked):
    """Contacts up to the end of a month less those up to the end of a week are those of a few days."""
    frame, _, answers = asked
    compared = 0
    for by in [by for by in answers if by and by[-1] == "week"]:
        weekly, monthly = answers[by], answers[(*by[:-1], "month")]
        for words in {group[:-1] for group in weekly}:
            own = frame
            for name, word in zip(by[:-1], words, strict=True):
                own = own[own[name] == word]
            weeks, months = _run(own, weekly, words, "week"), _run(own, monthly, words, "month")
            for by_week in weeks:
                for by_month in months:
                    compared += 1
                    rest = abs(by_week - by_month)
                    assert rest == 0 or rest >= LEAST
    assert compared > 3


def _run(frame, shown, words, period):
    """The contacts from the first day to the end of each period, as long as every period in between is shown."""
    found, total = [], 0
    for name in sorted(frame[period].unique()):
        if (*words, name) not in shown:
            break
        total += shown[(*words, name)]
        found.append(total)
    return found


@pytest.mark.parametrize("by", [("channel", "reason"), ()])
def test_a_selection_adds_up_what_is_shown(asked, by):
    _, log, _ = asked
    for where in ({"touchpoint": ("line", "desk")}, {"reason": ("move", "tax"), "persona": ("starter",)}):
        names = tuple(dict.fromkeys((*by, *where)))
        for since, until, level in (
            (None, None, ()),
            (date(2026, 2, 1), date(2026, 3, 31), ("month",)),
            (date(2026, 2, 2), date(2026, 2, 15), ("week",)),
            (date(2026, 2, 3), None, ("day",)),
        ):
            complete = volume(log, (*names, *level))
            expected = {}
            for cell in complete.cells:
                words = dict(zip(complete.by, cell.group, strict=True))
                day = {"month": "{}-01", "week": "{}", "day": "{}"}[level[0]].format(cell.group[-1]) if level else None
                inside = all(words[name] in wanted for name, wanted in where.items()) and (
                    day is None or (str(since) <= day <= str(until or "9999"))
                )
                if inside:
                    group = tuple(words[name] for name in by)
                    expected[group] = expected.get(group, 0) + cell.n
            found = volume(log, by, Selection(where, since, until))
            assert {cell.group: cell.n for cell in found.cells} == expected


def test_every_measure_withholds_and_says_so(asked):
    _, log, _ = asked
    for found in (
        handling_time(log, ["touchpoint", "month"]),
        first_contact_resolution(log, ["reason", "month"]),
        repeat_share(log, ["touchpoint", "month"], window_days=5),
    ):
        assert found.cells
        assert all(cell.n >= LEAST for cell in found.cells)
        assert "withheld" in found.notes[-1].text("en") or "withheld" in found.notes[-2].text("en")
    spread = distribution(log, "handling_time_s", ["touchpoint", "month"])
    assert {cell.group for cell in spread.quantiles[0.5]} == {cell.group for cell in spread.mean}
    assert all(cell.n >= LEAST for cell in spread.mean)


def test_a_small_word_cannot_be_told_from_one_without_contacts(asked):
    _, log, _ = asked
    small, none = (volume(log, selection=Selection({"touchpoint": (word,)})) for word in ("second_line", "nowhere"))
    assert small.value is none.value is None
    assert small.notes == none.notes
    assert wait(log).notes[0].text("en") == "no wait in this log"


def test_code_that_needs_every_number_gets_it(asked):
    frame, log, _ = asked
    by = ("touchpoint", "reason", "month")
    assert {cell.group: cell.n for cell in volume(log.exact, by).cells} == _true(frame, by)
    assert log.suppress_below == LEAST
