"""Which candidates to choose within capacity, budget and the human floor, and which bound costs most?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from workbench.analysis.steering.candidates import Candidate
from workbench.analysis.uncertainty import Draws

Indices = NDArray[np.int64]

_LEAST = 1e-7


@dataclass(frozen=True)
class Bound:
    """A bound of a plan.

    Attributes:
        kind: human_floor, budget, capacity, eligible or one_instrument.
        of: what it bounds, an id; empty for the whole.
        limit, used: how much there is and how much the plan takes.
        price: what one unit more would be worth, the shadow price [currency/year per unit].
    """

    kind: str
    of: str
    limit: float
    used: float
    price: float

    @property
    def binds(self) -> bool:
        """Whether it keeps the plan from being worth more."""
        return self.price > _LEAST


@dataclass(frozen=True)
class Limits:
    """How much a plan may take.

    Attributes:
        human_contacts: contacts a year that people may lose to self-service [1/year].
        budget: what instruments may cost, None for no bound [currency/year].
        capacity: contacts a year that a touchpoint can take on [1/year].
    """

    human_contacts: float
    budget: float | None = None
    capacity: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The chosen part of every candidate, and the bounds."""

    chosen: tuple[tuple[Candidate, float], ...]
    worth: float
    bounds: tuple[Bound, ...]

    @property
    def binding(self) -> tuple[Bound, ...]:
        """The bounds that keep it from being worth more, the dearest first; one instrument a move is no choice."""
        found = (one for one in self.bounds if one.binds and one.kind != "one_instrument")
        return tuple(sorted(found, key=lambda one: (-one.price * max(one.limit, 1.0), one.kind, one.of)))


def plan(candidates: Sequence[Candidate], limits: Limits) -> Plan:
    """The plan that is worth most: max Σ wᵢxᵢ, 0 ≤ xᵢ ≤ 1, within the bounds.

    * human floor: Σ netᵢxᵢ over moves to self-service ≤ the human contacts that may go;
    * per line of work: Σ grossᵢxᵢ ≤ its eligible contacts, so that no contact moves twice;
    * per line and touchpoint: Σ xᵢ ≤ 1 over the instruments;
    * budget: Σ costᵢxᵢ ≤ budget; capacity: Σ grossᵢxᵢ ≤ what the touchpoint can take on.

    Solved as a linear program with HiGHS; the shadow price of a bound is what one unit more of it is worth.

    Args:
        candidates: those that nothing blocks.
        limits: the bounds.

    Raises:
        ValueError: no plan, not even an empty one, keeps the bounds.

    References:
        Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical Programming Computation 10,
        119-142.
    """
    if not candidates:
        return Plan((), 0.0, ())
    rows = _rows(candidates, limits)
    sizes = [len(row.members) for row in rows]
    places = np.repeat(np.arange(len(rows)), sizes), np.concatenate([row.members for row in rows])
    takes = np.concatenate([row.takes for row in rows])
    matrix: Any = sparse.csr_matrix((takes, places), shape=(len(rows), len(candidates)))
    bound = np.array([row.limit for row in rows])
    worth = np.array([one.worth for one in candidates])
    solved: Any = optimize.linprog(-worth, A_ub=matrix, b_ub=bound, bounds=(0.0, 1.0), method="highs")
    if not solved.success:
        raise ValueError(f"limits must leave a plan possible: {solved.message}")
    prices = solved.ineqlin.marginals
    used = matrix @ solved.x
    bounds = tuple(
        Bound(row.kind, row.of, row.limit, float(taken), max(0.0, -float(price)))
        for row, taken, price in zip(rows, used, prices, strict=True)
    )
    chosen = [(one, float(part)) for one, part in zip(candidates, solved.x, strict=True) if part > _LEAST]
    chosen.sort(key=lambda pair: (-pair[0].worth * pair[1], pair[0].key))
    return Plan(tuple(chosen), float(worth @ solved.x), bounds)


@dataclass(frozen=True)
class _Row:
    """How much of a bound each of some candidates takes, and how much there is."""

    kind: str
    of: str
    members: Indices
    takes: Draws
    limit: float


def _rows(candidates: Sequence[Candidate], limits: Limits) -> list[_Row]:
    gross = np.array([one.moved.gross for one in candidates])
    lost = np.array([one.moved.net if one.to_self_service else 0.0 for one in candidates])
    everything = np.arange(len(candidates))
    rows = [_Row("human_floor", "", everything, lost, limits.human_contacts)]
    if limits.budget is not None:
        rows.append(_Row("budget", "", everything, np.array([one.cost for one in candidates]), limits.budget))
    lines: dict[str, list[int]] = {}
    pairs: dict[str, list[int]] = {}
    targets: dict[str, list[int]] = {}
    for index, one in enumerate(candidates):
        lines.setdefault(one.work.key, []).append(index)
        pairs.setdefault(f"{one.work.key} → {one.to}", []).append(index)
        targets.setdefault(one.to, []).append(index)
    for touchpoint, limit in limits.capacity.items():
        members = np.array(targets.get(touchpoint, []), dtype=np.int64)
        rows.append(_Row("capacity", touchpoint, members, gross[members], limit))
    for line, found in lines.items():
        members, first = np.array(found), candidates[found[0]].moved
        rows.append(_Row("eligible", line, members, gross[members], first.contacts * first.eligible))
    for pair, found in pairs.items():
        members = np.array(found)
        rows.append(_Row("one_instrument", pair, members, np.ones(len(members)), 1.0))
    return rows
