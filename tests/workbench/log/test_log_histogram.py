"""Do the bars of a histogram hold the contacts that plain counting puts there?"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from workbench.log.histogram import WIDTHS_S, histogram
from workbench.log.selection import Selection


@pytest.fixture
def times():
    """Whole seconds in the middle of their bars of ten seconds, and zeros for who did not wait."""
    draw = np.random.default_rng(3)
    places = np.minimum(draw.exponential(4, 2_000).astype(int), 14)
    return np.where(draw.random(2_000) < 0.2, 0, places * 10 + 5)


@pytest.fixture
def log(read, as_csv, times):
    rows = [
        {"contact_id": i, "started_at": f"2026-03-{1 + i % 28:02}T10:00:00", "touchpoint": "line" if i % 2 else "desk",
         "wait_s": int(time)}
        for i, time in enumerate(times)
    ]  # fmt: skip
    return lambda least=1: read(as_csv(rows), "generic_csv", suppress_below=least).log


def test_bars_are_those_of_plain_counting(log, times):
    found = histogram(log(), "wait_s")
    waited = times[times > 0]
    width = found.bars[0].high_s
    assert width == 10
    wanted = Counter((waited // width * width).tolist())
    assert found.n == len(times)
    assert found.zero == int((times == 0).sum())
    assert {bar.low_s: bar.n for bar in found.bars[:-1] if bar.n} == {
        low: n for low, n in wanted.items() if low < found.bars[-1].low_s
    }
    assert found.bars[-1].high_s is None
    assert found.bars[-1].n == int((waited >= found.bars[-1].low_s).sum())
    assert sum(bar.n for bar in found.bars) + found.zero == found.n
    # The bars before the last hold at least 19 of 20.
    assert sum(bar.n for bar in found.bars[:-1]) >= 0.95 * len(waited)


def test_a_part_of_the_log(log, times):
    found = histogram(log(), "wait_s", Selection({"touchpoint": ("desk",)}))
    assert found.n == len(times[::2])
    assert found.zero == int((times[::2] == 0).sum())


def test_small_bars_are_not_shown_and_cannot_be_found_by_subtraction(log):
    everything, shown = histogram(log(), "wait_s", most_bars=60), histogram(log(300), "wait_s", most_bars=60)
    hidden = [bar.n for bar, seen in zip(everything.bars, shown.bars, strict=True) if bar.n and seen.n is None]
    assert [bar.n for bar in everything.bars if bar.n and bar.n < 300]
    assert all(seen.n is None or seen.n == 0 or seen.n >= 300 for seen in shown.bars)
    assert len(hidden) >= 2
    assert sum(hidden) >= 300
    assert len(shown.tables()[0].rows) == len([bar for bar in shown.bars if bar.n is not None])
    assert "fewer than 300" in shown.tables()[0].notes[0]


def test_a_time_that_the_log_lacks(log):
    found = histogram(log(), "handling_time_s")
    assert (found.bars, found.n) == ((), 0)
    assert "no handling time" in found.notes[0].text("en")


def test_wrong_arguments(log):
    with pytest.raises(ValueError, match="time must be of"):
        histogram(log(), "outcome")
    with pytest.raises(ValueError, match="most_bars must be"):
        histogram(log(), "wait_s", most_bars=0)


def test_the_bank_month_against_pandas(shared_data, read):
    """Service times of agents: each bar within what 1.3% of bucket width can move over its edges."""
    import gzip

    file = shared_data / "anonymous_bank_1999_02.txt.gz"
    if not file.is_file():
        pytest.skip("the bank's month is not there")
    with gzip.open(file, "rt", encoding="latin-1") as data:
        calls = pd.read_csv(data, sep="\t")
    calls.columns = [name.strip() for name in calls.columns]
    served = calls[(calls["outcome"] == "AGENT")]["ser_time"].to_numpy()
    found = histogram(read(file, "technion_call_centre").log, "handling_time_s")
    assert found.n == pytest.approx(len(served), abs=5)
    width = found.bars[0].high_s
    assert width in WIDTHS_S
    for bar in found.bars:
        low, high = bar.low_s, bar.high_s or np.inf
        inner = ((served >= low * 1.013) & (served < high / 1.013)).sum()
        outer = ((served >= low / 1.027) & (served < high * 1.027)).sum()
        assert inner - 5 <= (bar.n or 0) + (found.zero if low == 0 else 0) <= outer + 5
