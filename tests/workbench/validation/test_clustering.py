"""Do intervals hold where contacts of a day resemble each other, and stay narrow where they do not?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from touchpoints.quantities import Duration, Share
from workbench.validation.clustering import DailySums, mean_of, share_of, together

DAY = date(2026, 1, 5).toordinal()


def sums_of(days: list[np.ndarray]) -> DailySums:
    columns = ([len(day) for day in days], [day.sum() for day in days], [(day**2).sum() for day in days])
    n, total, squares = (np.array(column, dtype=float) for column in columns)
    dates = [date.fromordinal(DAY + i) for i in range(len(days))]
    month = np.array([12 * one.year + one.month - 1 for one in dates])
    return DailySums(DAY + np.arange(len(days)), month, n, total, squares)


def test_the_design_effect_by_hand() -> None:
    """Ten days of two equal contacts, five days of 0 and five of 2: each day is worth one contact, not two."""
    days = [np.full(2, 2.0 * (i % 2)) for i in range(10)]
    assert sums_of(days).design_effect == pytest.approx(2 * 10 / 9)
    mixed = [np.array([0.0, 2.0])] * 10
    assert sums_of(mixed).design_effect == 1.0


@pytest.mark.parametrize("between", [0.0, 0.3])
def test_the_interval_of_a_mean_holds(between: float) -> None:
    rng = np.random.default_rng(11)
    held, plain = 0, 0
    for _ in range(400):
        level = 100 * np.exp(between * rng.standard_normal(40) - between**2 / 2)
        days = [rng.exponential(one, 60) for one in level]
        seen, _ = mean_of(sums_of(days), Duration.parse("100s"))
        held += seen.low <= 100 <= seen.high
        every = np.concatenate(days)
        plain += abs(every.mean() - 100) <= 1.96 * every.std() / np.sqrt(len(every))
    assert 0.92 <= held / 400 <= 0.99
    assert plain / 400 > 0.92 or between, "contacts that do not resemble each other need no widening"
    assert plain / 400 < 0.8 or not between, "the plain interval is too narrow where days differ"


def test_the_interval_of_a_share_holds() -> None:
    rng = np.random.default_rng(12)
    held = 0
    for _ in range(400):
        level = rng.beta(2, 18, 40)
        days = [(rng.random(60) < one).astype(float) for one in level]
        seen, _ = share_of(sums_of(days), Share.parse("10%"))
        held += seen.low <= 0.1 <= seen.high
    assert 0.91 <= held / 400 <= 0.99


def test_months_add_up() -> None:
    days = [np.full(3, float(i)) for i in range(60)]
    seen, months = mean_of(sums_of(days), Duration.parse("30s"))
    assert [month.start for month in months] == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert sum(month.n for month in months) == seen.n == 180
    assert sum(month.n * month.value for month in months) / 180 == pytest.approx(seen.value) == pytest.approx(29.5)


def test_groups_come_together_by_day() -> None:
    one = sums_of([np.array([1.0]), np.array([2.0])])
    other = sums_of([np.array([3.0]), np.array([4.0, 5.0])])
    both = together([one, other])
    assert both.n.tolist() == [2.0, 3.0]
    assert both.total.tolist() == [4.0, 11.0]
    assert both.squares.tolist() == [10.0, 45.0]
