"""Which sequences of contacts does a planned journey expect, and each how often (its stochastic language)?"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StepChain:
    """A Markov chain over steps that each leave one word, or none.

    Attributes:
        start: share of starts per step [1].
        moves: shares between steps [1], n × n; what a row leaves to one ends the journey.
        words: the word of each step; −1 for a step that leaves none.
    """

    start: Vector
    moves: Vector
    words: Sequence[int]

    def seen(self) -> tuple[Vector, float, Vector, list[int]]:
        """Start, share without any word, moves and words of the steps that leave one, hidden steps passed.

        P = Q_oo + Q_ou (I − Q_uu)⁻¹ Q_uo, and the same for the start.

        References:
            Kemeny and Snell (1960), Finite Markov Chains, sec. 6.1.
        """
        words = np.asarray(self.words)
        seen, hidden = np.flatnonzero(words >= 0), np.flatnonzero(words < 0)
        q = np.asarray(self.moves, float)
        inner = np.linalg.inv(np.eye(len(hidden)) - q[np.ix_(hidden, hidden)]) @ q[np.ix_(hidden, seen)]
        start = self.start[seen] + self.start[hidden] @ inner
        moves = q[np.ix_(seen, seen)] + q[np.ix_(seen, hidden)] @ inner
        return start, max(0.0, 1.0 - float(start.sum())), moves, words[seen].tolist()


def stochastic_language(
    chains: Sequence[tuple[float, StepChain]], *, mass: float = 0.99, most: int = 200
) -> tuple[dict[tuple[int, ...], float], float]:
    """The most probable sequences with their probabilities, and the mass of those that are left out.

    Args:
        chains: the chain of each kind of customer with its share.
        mass: the probability after which it stops [1].
        most: how many sequences at most.

    Raises:
        ValueError: the mass is not above 0 and at most 1.

    Example (a, then half of the customers b; and a third step that no log sees):
        >>> chain = StepChain(np.array([1.0, 0, 0]), np.array([[0, 0, .5], [0, 0, 0], [0, 1.0, 0]]), [0, 1, -1])
        >>> stochastic_language([(1.0, chain)])
        ({(0,): 0.5, (0, 1): 0.5}, 0.0)
    """
    if not 0 < mass <= 1:
        raise ValueError(f"mass must be above 0 and at most 1, got {mass!r}")
    found: dict[tuple[int, ...], float] = {}
    parts = [(share, *chain.seen()) for share, chain in chains]
    # Open sequences (and, with step −1, whole ones), the most probable first.
    waiting: list[tuple[float, tuple[int, ...], int, int]] = []
    for part, (share, start, nothing, _, words) in enumerate(parts):
        if share * nothing > 0:
            heapq.heappush(waiting, (-share * nothing, (), part, -1))
        for first in np.flatnonzero(start > 0).tolist():
            heapq.heappush(waiting, (-share * float(start[first]), (words[first],), part, first))
    covered = 0.0
    while waiting and covered < mass and len(found) < most:
        negative, sequence, part, step = heapq.heappop(waiting)
        if step < 0:
            found[sequence] = found.get(sequence, 0.0) - negative
            covered -= negative
            continue
        _, _, _, moves, words = parts[part]
        ends = max(0.0, 1.0 - float(moves[step].sum()))
        if ends > 0:
            heapq.heappush(waiting, (negative * ends, sequence, part, -1))
        for after in np.flatnonzero(moves[step] > 0).tolist():
            probability = negative * float(moves[step, after])
            heapq.heappush(waiting, (probability, (*sequence, words[after]), part, after))
    return found, max(0.0, 1.0 - covered)


def shares_of(counts: Mapping[tuple[int, ...], float], most: int) -> tuple[dict[tuple[int, ...], float], float]:
    """The share of the most frequent sequences, and of those that are left out.

    Example:
        >>> shares_of({(0,): 3, (1,): 1}, 1)
        ({(0,): 0.75}, 0.25)
    """
    whole = sum(counts.values())
    kept = sorted(counts, key=lambda sequence: (-counts[sequence], sequence))[:most]
    shares = {sequence: counts[sequence] / whole for sequence in kept}
    return shares, max(0.0, 1.0 - sum(shares.values()))
