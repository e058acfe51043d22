"""What share of the moves of a journey does the plan allow?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import Codes, Counts
from journeys.conformance.plan import Plan


def edge_fitness(plan: Plan, codes: Codes, offsets: Counts) -> NDArray[np.float64]:
    """Share of the moves of each journey that the plan allows, start and end included [1].

    (allowed moves) / (contacts + 1): from the outside to the first contact, from contact to contact, and from the last
    contact to the outside. Hidden steps may lie in between. Where two steps leave the same word, what is allowed after
    one is allowed after the other.

    Args:
        plan: what is planned.
        codes: the words of all journeys, none of which is empty.
        offsets: where each journey starts, and the length of `codes`.

    Example (a plan of a then b; of the journey acb start and end are planned, a to c and c to b are not):
        >>> from journeys.conformance.follows import coded
        >>> moves = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], bool)
        >>> plan = Plan(("a", "b"), moves, np.array([[1, 0, 0], [0, 1, 0]], bool))
        >>> edge_fitness(plan, *coded([[0, 1], [0, 2, 1]])).tolist()
        [1.0, 0.5]

    References:
        Weijters, van der Aalst and Alves de Medeiros (2006), Process mining with the HeuristicsMiner algorithm, BETA
        working paper 166 (directly-follows relations as the measure of fit).
    """
    if not len(codes):
        return np.ones(0)
    size = plan.word_moves.shape[0]
    allowed = plan.word_moves.ravel().view(np.uint8)
    moves = np.empty(len(codes), np.int32)
    moves[1:] = codes[:-1]
    moves[offsets[:-1]] = size - 1
    moves *= size
    moves += codes
    hits = np.add.reduceat(allowed[moves], offsets[:-1], dtype=np.int32)
    hits += plan.word_moves[codes[offsets[1:] - 1], -1]
    found: NDArray[np.float64] = hits / (np.diff(offsets) + 1.0)
    return found
