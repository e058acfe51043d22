"""Do the daily counts of what follows what add up to those of a plain walk?"""

from __future__ import annotations

import copy
import itertools
from collections import Counter

from workbench.log.directly_follows import directly_follows

CASES = ["abc", "ab", "ab", "acb", "aab"] * 12 + ["ad"] * 3


def _log(read, as_csv):
    rows = [
        {"case_key": f"z{case}", "started_at": f"2026-01-{day:02}T09:0{place}:00Z", "touchpoint": letter}
        for case, word in enumerate(CASES)
        for day in (1 + case % 2,)
        for place, letter in enumerate(word)
    ]
    return read(as_csv(rows), "generic_csv").log


def test_counts_are_those_of_a_plain_walk(read, as_csv):
    log = _log(read, as_csv)
    found = directly_follows(log.exact)
    assert found.counts == Counter(pair for word in CASES for pair in itertools.pairwise(word))
    assert list(found.counts.values()) == sorted(found.counts.values(), reverse=True)


def test_small_counts_are_withheld(read, as_csv):
    log = copy.copy(_log(read, as_csv))
    log.suppress_below = 10
    found = directly_follows(log)
    assert ("a", "d") not in found.counts
    assert found.too_small >= 2
    assert min(found.counts.values()) >= 10
