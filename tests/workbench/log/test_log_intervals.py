"""Are intervals those of the literature?"""

import numpy as np
import pytest
from scipy import stats

from workbench.log.intervals import count_interval, mean_interval, wilson


@pytest.mark.parametrize(("hits", "n", "low", "high"), [(81, 263, 0.255, 0.366), (15, 148, 0.0624, 0.1605)])
def test_wilson_of_the_design(hits, n, low, high):
    found = wilson(hits, n)
    assert found[0] == pytest.approx(low, abs=5e-4)
    assert found[1] == pytest.approx(high, abs=5e-4)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 40), (7, 40), (5904, 33066)])
def test_wilson_is_that_of_scipy(hits, n):
    other = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert wilson(hits, n) == pytest.approx((other.low, other.high), abs=1e-9)


@pytest.mark.parametrize(("hits", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_wilson_refuses_what_is_no_share(hits, n):
    with pytest.raises(ValueError, match="successes must be"):
        wilson(hits, n)


def test_mean_interval_is_that_of_scipy():
    times = np.array([12.0, 60.0, 61.5, 300.0, 4264.0])
    mean, low, high, sd = mean_interval(len(times), times.sum(), (times**2).sum())
    other = stats.t.interval(0.95, len(times) - 1, times.mean(), stats.sem(times))
    assert mean == pytest.approx(times.mean())
    assert sd == pytest.approx(times.std(ddof=1))
    assert (low, high) == pytest.approx(other)


def test_one_value_has_no_interval():
    assert mean_interval(1, 5.0, 25.0) == (5.0, None, None, None)


def _sums(counts, weekdays):
    """Days, Σx and Σx² of each weekday."""
    counts, weekdays = np.asarray(counts, dtype=float), np.asarray(weekdays)
    return [
        (int((weekdays == day).sum()), counts[weekdays == day].sum(), (counts[weekdays == day] ** 2).sum())
        for day in np.unique(weekdays)
    ]


def test_weekend_is_not_noise():
    # Two weeks that are exactly alike: after the weekday profile nothing is left but chance.
    week = [100, 110, 105, 95, 90, 0, 0]
    low, high = count_interval(_sums(week * 2, list(range(7)) * 2))
    assert (low, high) == pytest.approx((1000 - 1.96 * 1000**0.5, 1000 + 1.96 * 1000**0.5), abs=0.01)


def test_noisy_days_widen_the_interval():
    # One weekday, counts 50 and 150: mean 100, chi-square (50² + 50²)/100 = 50 on one degree of freedom.
    low, high = count_interval(_sums([50, 150], [0, 0]))
    assert high - low == pytest.approx(2 * 1.959964 * (50 * 200) ** 0.5)


def test_interval_of_a_poisson_count_covers_it():
    random = np.random.default_rng(7)
    covered = 0
    for _ in range(300):
        days = random.poisson(40, 56)
        low, high = count_interval(_sums(days, np.arange(56) % 7))
        covered += low <= 40 * 56 <= high
    assert covered / 300 > 0.93
