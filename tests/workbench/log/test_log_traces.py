"""Are the journeys of a log those that a plain walk over its rows finds?"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from datetime import datetime, timedelta

import numpy as np
import pytest

from workbench.log.traces import traces

PROFILE = "generic_csv"
START = datetime(2026, 3, 2, 8)


def _rows(*, cases: bool, seed: int = 1, n: int = 400) -> list[dict[str, object]]:
    """Contacts in no order, some without customer, case or reason, several at the same moment."""
    rng = random.Random(seed)
    rows = []
    for i in range(n):
        start = START + timedelta(hours=rng.randrange(24 * 30))
        row: dict[str, object] = {
            "contact_id": f"c{i}",
            "customer_key": rng.choice([*(f"k{j}" for j in range(30)), None]),
            "started_at": start.isoformat() + "Z",
            "touchpoint": rng.choice(["web", "phone", "counter"]),
            "reason": rng.choice(["move", "passport", None]),
            "channel": "phone",
        }
        rows.append(row | ({"case_key": rng.choice([*(f"z{j}" for j in range(40)), None])} if cases else {}))
    return rows


def _plain(rows, key, window_days, reasons=True):
    """The journeys by a walk over the rows: those of a key in time, cut at every gap beyond the window."""
    groups = defaultdict(list)
    for row in rows:
        if row[key] is not None:
            groups[row[key]].append(row)
    found = []
    for group in groups.values():
        last = None
        for row in sorted(group, key=lambda row: row["started_at"]):
            start = datetime.fromisoformat(row["started_at"])
            if last is None or start - last > timedelta(days=min(window_days, 10_000)):
                found.append([])
            found[-1].append((row["touchpoint"], row["reason"] if reasons else None))
            last = start
    return sorted(tuple((touchpoint, reason or "") for touchpoint, reason in one) for one in found)


def _found(made):
    return sorted(tuple((touchpoint, reason or "") for touchpoint, reason in one) for one in made)


@pytest.mark.parametrize("window_days", [0.5, 1, 7, math.inf])
@pytest.mark.parametrize("with_cases", [False, True])
def test_episodes_of_customers_equal_a_plain_walk(read, as_csv, window_days, with_cases):
    rows = _rows(cases=with_cases)
    made = traces(read(as_csv(rows), PROFILE).log, "customer", window_days=window_days)
    assert _found(made) == _plain(rows, "customer_key", window_days)
    assert made.offsets[0] == 0
    assert made.offsets[-1] == len(made.codes)


@pytest.mark.parametrize("reasons", [False, True])
def test_cases_equal_a_plain_walk(read, as_csv, reasons):
    rows = _rows(cases=True, seed=2)
    made = traces(read(as_csv(rows), PROFILE).log, reasons=reasons)
    assert _found(made) == _plain(rows, "case_key", math.inf, reasons)
    assert set(made.words) == {contact for one in made for contact in one}
    assert made.lengths.sum() == len(made.codes)


def test_times_are_those_of_the_contacts_in_order(read, as_csv):
    rows = _rows(cases=False, seed=3)
    log = read(as_csv(rows), PROFILE).log
    made = traces(log, "customer", times=True)
    assert made.started_at is not None
    assert traces(log, "customer").started_at is None
    within = np.delete(np.diff(made.started_at), made.offsets[1:-1] - 1)
    assert (within >= 0).all()
    assert (within <= log.window_days * 86_400_000_000).all()
    known = [row for row in rows if row["customer_key"]]
    stamps = sorted(int(datetime.fromisoformat(str(row["started_at"])).timestamp() * 1e6) for row in known)
    assert sorted(made.started_at.tolist()) == stamps


def test_a_log_without_journeys_has_none(read, as_csv):
    rows = [row | {"customer_key": None} for row in _rows(cases=False, n=5)]
    made = traces(read(as_csv(rows), PROFILE).log)
    assert (len(made), len(made.codes), made.words, list(made)) == (0, 0, (), [])


def test_wrong_arguments_are_refused(read, as_csv):
    log = read(as_csv(_rows(cases=False, n=5)), PROFILE).log
    with pytest.raises(ValueError, match="notion must be of case, customer, got 'person'"):
        traces(log, "person")
    with pytest.raises(ValueError, match="window_days must be above 0, got 0"):
        traces(log, "customer", window_days=0)
