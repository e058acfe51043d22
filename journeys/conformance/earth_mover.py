"""How much must a mix of journeys be changed to become the planned mix?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

Sequences = Mapping[tuple[int, ...], float]


@dataclass(frozen=True, slots=True)
class EarthMover:
    """Earth-mover's stochastic conformance.

    Attributes:
        low: when what was left out fits nothing [1].
        high: when what was left out fits whatever it is held against [1].
        left_out: the share of the log, and of the plan, that was left out [1].
    """

    low: float
    high: float
    left_out: tuple[float, float]


def earth_movers_conformance(log: Sequences, plan: Sequences) -> EarthMover:
    """1 − the least mean distance by which the sequences of a log can be matched to those of a plan [1].

    1 − min Σ f(x, y) d(x, y) over transports f of the log's shares to the plan's; d is the Levenshtein distance over
    the length of the longer sequence. Shares that add up to less than one were cut off: what is missing is counted as
    fitting nothing (low) or everything (high).

    Args:
        log: share per sequence, at most one together.
        plan: the same of the plan.

    Raises:
        ValueError: shares are negative or add up to more than one.

    Example (a log of only abde, of a plan in which b and d come in either order equally often):
        >>> found = earth_movers_conformance({(0, 1, 3, 4): 1.0}, {(0, 1, 3, 4): 0.5, (0, 3, 1, 4): 0.5})
        >>> round(found.low, 9), round(found.high, 9)
        (0.75, 0.75)

    References:
        Leemans, Syring and van der Aalst (2019), Earth movers' stochastic conformance checking, BPM Forum, LNBIP 360,
        127-143.
    """
    missing = tuple(_missing(name, shares) for name, shares in (("log", log), ("plan", plan)))
    cost = distances(list(log), list(plan))
    supply, demand = (np.array([*shares.values(), rest]) for shares, rest in zip((log, plan), missing, strict=True))
    low, high = (1.0 - _transport(_bordered(cost, border), supply, demand) for border in (1.0, 0.0))
    return EarthMover(low, high, (missing[0], missing[1]))


def _missing(name: str, shares: Sequences) -> float:
    whole = sum(shares.values())
    if whole > 1 + 1e-9 or any(share < 0 for share in shares.values()):
        raise ValueError(f"{name} must be shares that add up to at most one, got {whole!r}")
    return max(0.0, 1.0 - whole)


def _bordered(cost: NDArray[np.float64], border: float) -> NDArray[np.float64]:
    """The distances with those to and from what was left out."""
    whole = np.full((cost.shape[0] + 1, cost.shape[1] + 1), border)
    whole[:-1, :-1] = cost
    return whole


def _transport(cost: NDArray[np.float64], supply: NDArray[np.float64], demand: NDArray[np.float64]) -> float:
    """The least cost of a transport, as a linear programme."""
    rows, columns = cost.shape
    demand = demand * (supply.sum() / demand.sum())
    sums = sparse.vstack(
        [sparse.kron(sparse.eye(rows), np.ones((1, columns))), sparse.kron(np.ones((1, rows)), sparse.eye(columns))]
    )
    totals = np.concatenate([supply, demand])
    # The stubs of scipy know no sparse constraints.
    found = optimize.linprog(cost.ravel(), A_eq=sums.tocsr(), b_eq=totals, method="highs")  # type: ignore[call-overload]
    if not found.success:
        raise ArithmeticError(f"the transport has no solution: {found.message}")
    return float(found.fun)


def distances(ones: Sequence[tuple[int, ...]], others: Sequence[tuple[int, ...]]) -> NDArray[np.float64]:
    """Levenshtein distance over the longer length, of each of some sequences to each of others [1].

    Example:
        >>> distances([(0, 1, 2), ()], [(0, 2), ()]).round(3).tolist()
        [[0.333, 1.0], [1.0, 0.0]]

    References:
        Levenshtein (1966), Binary codes capable of correcting deletions, insertions and reversals, Soviet Physics
        Doklady 10, 707-710.
    """
    a, a_lengths = _padded(ones, -1)
    b, b_lengths = _padded(others, -2)
    # rows[j]: the distances of what has been read of each `one` to the first j words of each `other`.
    shape = (len(ones), len(others))
    rows = [np.full(shape, j) for j in range(b.shape[1] + 1)]
    found = np.zeros(shape)
    for i in range(a.shape[1] + 1):
        if i:
            before, rows[0] = rows[0], rows[0] + 1
            for j in range(1, b.shape[1] + 1):
                changed = before + (a[:, i - 1, None] != b[None, :, j - 1])
                before, rows[j] = rows[j], np.minimum(np.minimum(rows[j] + 1, rows[j - 1] + 1), changed)
        for j, row in enumerate(rows):
            done = (a_lengths[:, None] == i) & (b_lengths[None, :] == j)
            found[done] = row[done]
    longest = np.maximum(a_lengths[:, None], b_lengths[None, :])
    return found / np.maximum(longest, 1)


def _padded(sequences: Sequence[tuple[int, ...]], filler: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    lengths = np.array([len(one) for one in sequences], np.int64)
    padded = np.full((len(sequences), int(lengths.max(initial=0))), filler, np.int64)
    for row, one in enumerate(sequences):
        padded[row, : len(one)] = one
    return padded, lengths
