"""Is a share in the log below, above, falling: with which interval, and how surely?

Contacts of a week resemble one another (an outage, a campaign), so their counts vary more than chance alone. Each test
therefore estimates a dispersion φ ≥ 1 over the periods (weeks, or days of a short log) and widens by √φ; with k periods
and m numbers fitted, the quantiles are those of Student's t with k − m degrees of freedom.

References:
    McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., sec. 4.5 (over-dispersion of shares).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, stdtr, stdtrit

Counts = NDArray[np.float64]
"""A number per period."""
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is observed, its 95% interval, and the two-sided p of the value it is held against.

    Attributes:
        value, low, high: a share or a difference of shares [1], or the change of a share [1/month].
        against: the value it is held against, in the same unit.
        dispersion: φ, 1 when the counts vary no more than chance.
        freedom: degrees of freedom.
    """

    value: float
    low: float
    high: float
    against: float
    p: float
    n: int
    dispersion: float
    freedom: int


def share_against(hits: Counts, n: Counts, value: float) -> Comparison:
    """A share against a value: the score test, and the Wilson interval that goes with it.

    t = (p − p₀)/√(φ p₀(1 − p₀)/N), p = Σ hits/N, φ = max(1, Σᵢ (hitsᵢ − nᵢp)²/(nᵢ p(1 − p))/(k − 1)).

    Args:
        hits: per period, those that count.
        n: per period, all, none zero.
        value: p₀, above 0 and below 1.

    Example (no dispersion: the Wilson interval of 40 of 100, with t of 3 degrees of freedom instead of z):
        >>> found = share_against(np.array([10.0] * 4), np.array([25.0] * 4), 0.5)
        >>> found.value, found.dispersion, round(found.p, 4)
        (0.4, 1.0, 0.1393)
    """
    if not 0 < value < 1:
        raise ValueError(f"value must be above 0 and below 1, got {value!r}")
    total, share, freedom = n.sum(), hits.sum() / n.sum(), len(n) - 1
    spread = _dispersion(hits - n * share, n * share * (1 - share), freedom)
    t = (share - value) / math.sqrt(spread * value * (1 - value) / total)
    q, size = float(stdtrit(freedom, 0.975)), total / spread
    middle, reach = share + q * q / (2 * size), q * math.sqrt(share * (1 - share) / size + (q / (2 * size)) ** 2)
    low, high = ((middle + side * reach) / (1 + q * q / size) for side in (-1, 1))
    return Comparison(
        float(share), max(0.0, float(low)), min(1.0, float(high)), value, _two_sided(t, freedom), int(total), spread,
        freedom,
    )  # fmt: skip


def words_against(hits: Counts, others: Counts, n: Counts) -> Comparison:
    """The share of a word minus that of another of the same contacts, against zero.

    A contact scores 1, −1 (the other word) or 0: d = (Σ hits − Σ others)/N with variance φ (p + q − d²)/N.

    Example:
        >>> found = words_against(np.array([10.0] * 4), np.array([5.0] * 4), np.array([25.0] * 4))
        >>> round(found.value, 3), found.dispersion
        (0.2, 1.0)
    """
    total, freedom = n.sum(), len(n) - 1
    distance = (hits - others).sum() / total
    variance = (hits + others).sum() / total - distance**2
    spread = _dispersion(hits - others - n * distance, n * variance, freedom)
    return _by_error(distance, math.sqrt(spread * variance / total), int(total), spread, freedom)


def periods_against(hits: Counts, n: Counts, hits_before: Counts, n_before: Counts) -> Comparison:
    """The share of one period minus that of another, against zero; both share one dispersion.

    d = p₁ − p₂ with variance φ (p₁(1 − p₁)/N₁ + p₂(1 − p₂)/N₂), k − 2 degrees of freedom.

    Example:
        >>> weeks = np.array([100.0] * 3)
        >>> round(periods_against(weeks * 0.4, weeks, weeks * 0.5, weeks).value, 3)
        -0.1
    """
    now, then = hits.sum() / n.sum(), hits_before.sum() / n_before.sum()
    freedom = len(n) + len(n_before) - 2
    residuals = np.concatenate([hits - n * now, hits_before - n_before * then])
    variances = np.concatenate([n * now * (1 - now), n_before * then * (1 - then)])
    spread = _dispersion(residuals, variances, freedom)
    error = math.sqrt(spread * (now * (1 - now) / n.sum() + then * (1 - then) / n_before.sum()))
    return _by_error(now - then, error, int(n.sum() + n_before.sum()), spread, freedom)


def trend(hits: Counts, n: Counts, months: Counts) -> Comparison:
    """The change of a share a month, by logistic regression on time, against zero.

    logit pᵢ = a + b·monthsᵢ by iteratively reweighted least squares; the variance of b is φ (XᵀWX)⁻¹ with k − 2
    degrees of freedom. The change is b p(1 − p) at the mean share p.

    Args:
        hits: per period, those that count.
        n: per period, all, none zero.
        months: the middle of each period [month].

    Example (the share falls by a tenth of the odds each month, exactly):
        >>> months = np.arange(6.0)
        >>> n = np.full(6, 1e6)
        >>> found = trend(n * expit(-0.1 * months), n, months)
        >>> p = float(expit(-0.1 * months).mean())
        >>> round(found.value / (p * (1 - p)), 4)
        -0.1
    """
    centred = months - np.average(months, weights=n)
    design = np.column_stack([np.ones_like(centred), centred])
    share = float(hits.sum() / n.sum())
    beta = np.array([math.log(share / (1 - share)), 0.0])
    information = design.T @ design
    for _ in range(_ROUNDS):
        fitted = expit(design @ beta)
        information = design.T @ ((n * fitted * (1 - fitted))[:, None] * design)
        step = np.linalg.solve(information, design.T @ (hits - n * fitted))
        beta = beta + step
        if np.abs(step).max() < 1e-12:
            break
    fitted = expit(design @ beta)
    freedom = len(n) - 2
    spread = _dispersion(hits - n * fitted, n * fitted * (1 - fitted), freedom)
    error = math.sqrt(spread * np.linalg.inv(information)[1, 1])
    return _by_error(float(beta[1]), error, int(n.sum()), spread, freedom, scale=share * (1 - share))


def _dispersion(residuals: Counts, variances: Counts, freedom: int) -> float:
    """Pearson's χ² per degree of freedom, at least 1."""
    if freedom < 1:
        raise ValueError(f"freedom must be at least 1, got {freedom!r}")
    known = variances > 0
    return max(1.0, float((residuals[known] ** 2 / variances[known]).sum()) / freedom)


def _by_error(value: float, error: float, n: int, spread: float, freedom: int, scale: float = 1.0) -> Comparison:
    reach = float(stdtrit(freedom, 0.975)) * error
    p = _two_sided(value / error, freedom) if error > 0 else float(value == 0)
    low, high = float((value - reach) * scale), float((value + reach) * scale)
    return Comparison(float(value * scale), low, high, 0.0, p, n, spread, freedom)


def _two_sided(t: float, freedom: int) -> float:
    return float(2 * stdtr(freedom, -abs(t)))
