"""Are the courses that the store keeps those of a plain walk over the rows, and of the contacts themselves?"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from math import ceil

import numpy as np
import pytest

from workbench.log.courses import courses
from workbench.log.traces import traces

START = datetime(2026, 3, 2, 8)
WINDOW_DAYS = 7


def _rows(*, cases: bool, seed: int, n: int = 500) -> list[dict[str, object]]:
    """Contacts in no order, some without customer, case or reason, several at the same moment."""
    rng = random.Random(seed)
    rows = []
    for i in range(n):
        row = {
            "contact_id": f"c{i}",
            "customer_key": rng.choice([*(f"k{j}" for j in range(40)), ""]),
            "started_at": (START + timedelta(hours=rng.randrange(24 * 60))).isoformat() + "Z",
            "touchpoint": rng.choice(["web", "phone", "counter"]),
            "reason": rng.choice(["move", ""]),
        }
        rows.append(row | ({"case_key": rng.choice([*(f"z{j}" for j in range(150)), ""])} if cases else {}))
    return rows


def _walk(rows, key):
    """Each journey as its contacts, with begin and end; and the pauses within."""
    groups = defaultdict(list)
    for row in rows:
        if row[key]:
            groups[row[key]].append(row)
    found, pauses = [], []
    for group in groups.values():
        group.sort(key=lambda row: row["started_at"])
        last = None
        for row in group:
            at = datetime.fromisoformat(row["started_at"])
            new = last is None or (key == "customer_key" and at - last > timedelta(days=WINDOW_DAYS))
            if new:
                found.append(([], at))
            else:
                pauses.append((at - last).total_seconds())
            found[-1][0].append((row["touchpoint"], row["reason"] or None))
            last = at
            found[-1] = (found[-1][0], found[-1][1], at) if len(found[-1]) == 2 else (*found[-1][:2], at)
    return found, sorted(pauses)


def _told(made):
    """Each journey as its contacts, with begin and end."""
    return Counter(
        (tuple(made.words[code] for code in made.runs.sequence(variant)), begun, ended)
        for variant, begun, ended in zip(
            made.runs.of.tolist(), made.begun_at.tolist(), made.ended_at.tolist(), strict=True
        )
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("with_cases", [False, True])
def test_courses_are_those_of_a_plain_walk(read, as_csv, with_cases: bool, seed: int) -> None:
    rows = _rows(cases=with_cases, seed=seed)
    made = read(as_csv(rows), "generic_csv", window_days=WINDOW_DAYS)
    assert made.log.keeps_courses
    found = courses(made.log, times=True)
    plain, pauses = _walk(rows, "case_key" if with_cases else "customer_key")
    micros = [(tuple(one), int(a.timestamp() * 1e6), int(b.timestamp() * 1e6)) for one, a, b in plain]
    assert _told(found) == Counter(micros)
    assert sorted(found.runs.counts.tolist(), reverse=True) == found.runs.counts.tolist()
    assert len({found.runs.sequence(i) for i in range(len(found.runs))}) == len(found.runs)
    assert found.contacts == sum(len(one) for one, _, _ in plain)
    if with_cases:
        assert found.long_pause_s == pauses[ceil(0.99 * len(pauses)) - 1]


@pytest.mark.parametrize("with_cases", [False, True])
def test_kept_or_not_the_courses_are_the_same(read, as_csv, monkeypatch, with_cases: bool) -> None:
    """An engine that keeps no courses works them out from the contacts."""
    log = read(as_csv(_rows(cases=with_cases, seed=9)), "generic_csv", window_days=WINDOW_DAYS).log
    kept = courses(log, times=True)
    monkeypatch.setattr(type(log), "keeps_courses", False)
    made = courses(log, times=True)
    assert made.words == kept.words
    for name in ("codes", "offsets", "counts", "of"):
        assert np.array_equal(getattr(made.runs, name), getattr(kept.runs, name)), name
    assert np.array_equal(made.begun_at, kept.begun_at)
    assert np.array_equal(made.ended_at, kept.ended_at)
    assert not with_cases or made.long_pause_s == kept.long_pause_s


@pytest.mark.parametrize(("notion", "window_days", "reasons"), [("customer", None, True), ("case", 1, True),
                                                                ("case", None, False)])  # fmt: skip
def test_what_is_not_kept_is_read_from_the_contacts(read, as_csv, notion, window_days, reasons) -> None:
    log = read(as_csv(_rows(cases=True, seed=4)), "generic_csv", window_days=WINDOW_DAYS).log
    found = courses(log, notion, reasons=reasons, window_days=window_days)
    plain = traces(log, notion, reasons=reasons, window_days=window_days)
    assert Counter(map(tuple, plain)) == Counter(
        tuple(found.words[code] for code in found.runs.sequence(variant)) for variant in found.runs.of.tolist()
    )


@pytest.mark.parametrize("text", ["started_at\n", "started_at\n2026-01-01T10:00:00Z\n"])
def test_a_log_without_journeys_has_no_courses(read, text: str) -> None:
    found = courses(read(text, "generic_csv").log, times=True)
    assert (len(found), len(found.runs), found.contacts) == (0, 0, 0)
