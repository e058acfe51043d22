"""How are words related in a log or in a plan: one after the other, in either order, or never next to each other?"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Relations = NDArray[np.int8]

UNRELATED, CAUSAL, REVERSED, PARALLEL = 0, 1, 2, 3
"""Neither follows the other; a before b (→); b before a (←); both orders (∥)."""


def footprint(follows: sparse.csr_array | NDArray[Any]) -> Relations:
    """The relation of each pair of words: a → b when b directly follows a and never the other way round.

    Args:
        follows: how often, or whether, each word directly follows each; the last row and column are the outside, whose
            relations are the starts (→ in its row) and the ends.

    Example (b and c come in either order, so b ∥ c, and the log starts with a):
        >>> from journeys.conformance.follows import coded, directly_follows
        >>> log = directly_follows(*coded([[0, 1, 2, 3]] * 3 + [[0, 2, 1, 3]] * 2 + [[0, 4, 3]]), 5)
        >>> found = footprint(log)
        >>> int(found[1, 2]) == PARALLEL, int(found[0, 1]) == CAUSAL, int(found[0, 3]) == UNRELATED
        (True, True, True)
        >>> int(found[5, 0]) == CAUSAL
        True

    References:
        van der Aalst (2016), Process Mining: Data Science in Action, 2nd ed., sec. 6.2.1.
    """
    matrix = follows.toarray() if sparse.issparse(follows) else np.asarray(follows)
    after = matrix > 0
    return (after.astype(np.int8) * CAUSAL + after.T.astype(np.int8) * REVERSED).astype(np.int8)


def footprint_agreement(log: Relations, plan: Relations) -> float:
    """Share of the pairs of words that have the same relation in both [1].

    1 − (cells that differ) / (all cells).

    Args:
        log: the footprint of what happened.
        plan: that of what was planned, over the same words in the same order.

    Raises:
        ValueError: they are not of one size.

    Example (the source's two logs of eight activities differ in 12 of 64 cells):
        >>> one = np.zeros((8, 8), np.int8)
        >>> other = one.copy()
        >>> other.flat[:12] = PARALLEL
        >>> footprint_agreement(one, other)
        0.8125

    References:
        van der Aalst (2016), Process Mining: Data Science in Action, 2nd ed., sec. 8.4.
    """
    if log.shape != plan.shape:
        raise ValueError(f"log must be a footprint of {plan.shape[0]} words, got {log.shape[0]!r}")
    return float((log == plan).mean()) if log.size else 1.0
