"""What is it worth to know an assumption before choosing between options?"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.polynomial import hermite_e
from numpy.typing import NDArray
from scipy import special

Draws = NDArray[np.float64]

_DEGREE = 3
_SHUFFLES = 8
_SEED = 1


def perfect_information(worths: Draws) -> float:
    """Expected value of knowing everything before choosing: E[max_d W_d] − max_d E[W_d] [currency].

    Args:
        worths: the worth of every option in every draw, draws × options [currency].

    Example (a fair coin decides which of two options brings 10):
        >>> perfect_information(np.array([[10.0, 0.0], [0.0, 10.0]]))
        5.0

    References:
        Raiffa and Schlaifer (1961), Applied Statistical Decision Theory, ch. 4.
    """
    return float(worths.max(axis=1).mean() - worths.mean(axis=0).max())


def partial_information(worths: Draws, known: Draws, chance: float | None = None) -> float:
    """Expected value of knowing one number before choosing: E_x[max_d E(W_d | x)] − max_d E[W_d] [currency].

    E(W_d | x) is a regression on Hermite polynomials of the normal score of x (its rank as a normal quantile, so that
    the tails, where choices turn, are fitted too). What a number that has nothing to do with the worths would seem to
    bring (the same with x shuffled) is taken off, so that nothing is worth nothing.

    Args:
        worths: the worth of every option in every draw, draws × options [currency].
        known: the number in every draw.
        chance: what a number that has nothing to do with the worths would seem to bring, from `seeming`; worked out
            when not given, and the same for all numbers of one set of draws [currency].

    Raises:
        ValueError: not one number a draw.

    Example (the worth of the first option is the number, of the second zero; E|x|/2 for a uniform x on −1..1):
        >>> x = np.random.default_rng(1).uniform(-1, 1, 20_000)
        >>> abs(partial_information(np.column_stack([x, 0 * x]), x) - 0.25) < 0.01
        True

    References:
        Strong, Oakley and Brennan (2014), Estimating multiparameter partial expected value of perfect information
        from a probabilistic sensitivity analysis sample, Medical Decision Making 34, 311-326.
    """
    if known.shape != worths.shape[:1]:
        raise ValueError(f"known must have {worths.shape[0]} draws, got {known.shape!r}")
    if np.ptp(known) == 0:
        return 0.0
    gain = _gain(worths, known.argsort(kind="stable")) - (seeming(worths) if chance is None else chance)
    # No single number is worth more than all of them together.
    return float(np.clip(gain, 0.0, perfect_information(worths)))


def seeming(worths: Draws) -> float:
    """What knowing a number that has nothing to do with the worths would seem to bring, by chance [currency]."""
    rng = np.random.default_rng(_SEED)
    return float(np.mean([_gain(worths, rng.permutation(len(worths))) for _ in range(_SHUFFLES)]))


def _gain(worths: Draws, order: NDArray[np.intp]) -> float:
    """What choosing by the regression brings over choosing without; `order` sorts the draws by the number known."""
    basis, means = _polynomials(len(worths)), worths.mean(axis=0)
    slopes = basis @ (worths[order] - means) / len(worths)
    expected = means[:, None] + slopes.T @ basis
    return float(expected.max(axis=0).mean() - expected.mean(axis=1).max())


@cache
def _polynomials(draws: int) -> Draws:
    """Hermite polynomials of the normal scores of so many ranks, made orthonormal, polynomials × ranks.

    They depend on the ranks alone, so that all numbers of a set of draws share them.
    """
    powers = hermite_e.hermevander(special.ndtri((np.arange(draws) + 0.5) / draws), _DEGREE)
    orthonormal: Draws = np.ascontiguousarray(np.linalg.qr(powers)[0][:, 1:].T) * np.sqrt(draws)
    orthonormal.flags.writeable = False
    return orthonormal
