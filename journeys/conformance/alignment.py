"""How many changes does it take to turn a journey that happened into one that was planned?

An optimal alignment explains each contact as a step of the plan or as extra, and names the steps that were skipped.
Every extra contact and every skipped visible step costs one; hidden steps are free. A planned journey is a state
machine, so the exact cost follows from the cheapest ways between all steps by dynamic programming over the contacts:

    f₀(start) = 0,  fᵢ(s) = min( fᵢ₋₁(s) + 1,  min over a of fᵢ₋₁(a) + D(a, s) where s can leave contact i ),
    cost = min over a of fₘ(a) + D(a, end),  D(a, s) = the fewest visible steps that lie between a and s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import Codes, Counts, Variants, coded, variants
from journeys.conformance.plan import NO_WAY, Plan

Integers = NDArray[np.int64]

_CHUNK_CELLS = 1 << 24


@dataclass(frozen=True, eq=False)
class Alignments:
    """The optimal alignments of many journeys with one plan.

    Contacts that no step of the plan can leave are extra in any case; without them journeys fall together, and each
    `core` of contacts is aligned once.

    Attributes:
        cost: extra contacts and skipped steps per journey [1].
        fitness: 1 − cost / (contacts + fewest visible steps of a planned journey) per journey [1].
        cores: the different journeys without the contacts that the plan does not know; `cores.of` per journey.
        hops: four rows: the core, the place of the contact in it that a step explains, the step before and that step;
            the number of steps stands for the start and the end, whose place is behind the last contact.
        extras: four rows: the core, the place of a contact in it that is extra, the step after which, and its word.
    """

    cost: Integers
    fitness: NDArray[np.float64]
    cores: Variants
    hops: Integers
    extras: Integers


@dataclass(frozen=True, slots=True)
class Move:
    """A piece of an alignment: a step that left its contact, a skipped or hidden step, or an extra contact."""

    kind: Literal["done", "skipped", "hidden", "extra"]
    step: str | None
    word: int | None


def alignments(plan: Plan, codes: Codes, offsets: Counts) -> Alignments:
    """The optimal alignment of every journey with a plan.

    Args:
        plan: what is planned.
        codes: the words of all journeys.
        offsets: where each journey starts, and the length of `codes`.

    Example (a plan of a then b; the journeys ab, a, acb and c):
        >>> moves = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], bool)
        >>> plan = Plan(("a", "b"), moves, np.array([[1, 0, 0], [0, 1, 0]], bool))
        >>> found = alignments(plan, *coded([[0, 1], [0], [0, 2, 1], [2]]))
        >>> found.cost.tolist(), [round(value, 3) for value in found.fitness.tolist()]
        ([0, 1, 1, 3], [1.0, 0.667, 0.8, 0.0])

    References:
        Adriansyah, van Dongen and van der Aalst (2011), Conformance checking using cost-based fitness analysis, EDOC,
        55-64; van der Aalst (2016), Process Mining, 2nd ed., sec. 8.3 (fitness).
    """
    lengths = np.diff(offsets)
    known = plan.known[codes] if len(codes) else np.empty(0, bool)
    upto = np.concatenate([[0], np.cumsum(known)]).astype(np.int64)
    cores = variants(codes[known], upto[offsets])
    cost, hops, extras = _aligned(plan, cores)
    whole = cost[cores.of] + lengths - np.diff(upto[offsets])
    worst = lengths + int(plan.skipped[-1, -1])
    fitness = 1.0 - whole / np.maximum(worst, 1)
    return Alignments(whole, fitness, cores, hops, extras)


def align(plan: Plan, journey: Sequence[int]) -> tuple[Move, ...]:
    """The optimal alignment of one journey, move by move; its cost is the number of skipped and extra moves.

    Example (a plan of a, b, c; somebody went from a to c with a contact in between that is not planned):
        >>> moves = np.zeros((4, 4), bool)
        >>> moves[3, 0] = moves[0, 1] = moves[1, 2] = moves[2, 3] = True
        >>> plan = Plan(("a", "b", "c"), moves, np.eye(3, 4, dtype=bool))
        >>> [(move.kind, move.step, move.word) for move in align(plan, [0, 3, 2])]
        [('done', 'a', 0), ('extra', None, 3), ('skipped', 'b', None), ('done', 'c', 2)]
    """
    core = [word for word in journey if plan.known[word]]
    _, hops, _ = _aligned(plan, variants(*coded([core])))
    explained = {place: (source, target) for _, place, source, target in hops.T.tolist()}
    moves: list[Move] = []

    def pass_by(source: int, target: int) -> None:
        for step in plan.between(source, target):
            moves.append(Move("skipped" if plan.visible[step] else "hidden", plan.steps[step], None))

    place = 0
    for word in journey:
        if plan.known[word] and place in explained:
            pass_by(*explained[place])
            moves.append(Move("done", plan.steps[explained[place][1]], word))
        else:
            moves.append(Move("extra", None, word))
        place += int(plan.known[word])
    pass_by(*explained[place])
    return tuple(moves)


def _aligned(plan: Plan, cores: Variants) -> tuple[Integers, Integers, Integers]:
    """Cost, hops and extras of the cores, in parts that fit in memory."""
    lengths = np.diff(cores.offsets)
    # The longest first: those that are still going are then the first so many.
    order = np.argsort(-lengths, kind="stable")
    cost = np.zeros(len(cores), np.int64)
    events: tuple[list[Integers], list[Integers]] = ([], [])
    start = 0
    while start < len(order):
        cells = (int(lengths[order[start]]) + 1) * (len(plan.steps) + 1)
        part = order[start : start + max(1, _CHUNK_CELLS // cells)]
        start += len(part)
        forward = _forward(plan, cores.codes, cores.offsets[part], lengths[part])
        ends = forward[-1] + plan.skipped[:, -1]
        last = ends.argmin(axis=1)
        cost[part] = ends[np.arange(len(part)), last]
        for found, own in zip(
            _backward(plan, cores.codes, cores.offsets[part], lengths[part], forward, last), events, strict=True
        ):
            found[0] = part[found[0]]
            own.append(found)
    whole = [np.concatenate(own, axis=1) if own else np.empty((4, 0), np.int64) for own in events]
    return cost, whole[0], whole[1]


def _steps_of_words(plan: Plan) -> Integers:
    """The steps that each word can come from, in columns; −1 where there are no more."""
    most = int(plan.sees.sum(axis=0).max(initial=0))
    found = np.full((plan.sees.shape[1], most), -1, np.int64)
    for word in np.flatnonzero(plan.known).tolist():
        steps = np.flatnonzero(plan.sees[:, word])
        found[word, : len(steps)] = steps
    return found


def _forward(plan: Plan, codes: Codes, starts: Counts, lengths: Counts) -> list[Integers]:
    """The costs f after each contact, for all sequences in step; those that are over keep their last."""
    n, steps_of = len(plan.steps), _steps_of_words(plan)
    into = np.ascontiguousarray(plan.skipped.T)
    f = np.full((len(starts), n + 1), NO_WAY, np.int64)
    f[:, n] = 0
    rows, found = np.arange(len(starts)), [f]
    for place in range(int(lengths.max(initial=0))):
        going = int(np.searchsorted(-lengths, -place))
        before, after = f[:going], f.copy()
        after[:going] += 1
        for steps in steps_of[codes[starts[:going] + place]].T:
            here = rows[:going][steps >= 0]
            step = steps[steps >= 0]
            done = (before[here] + into[step]).min(axis=1)
            after[here, step] = np.minimum(after[here, step], done)
        f = after
        found.append(f)
    return found


def _backward(
    plan: Plan, codes: Codes, starts: Counts, lengths: Counts, forward: list[Integers], last: Integers
) -> tuple[Integers, Integers]:
    """The hops and the extras on an optimal way, from the last contact to the first."""
    rows, here = np.arange(len(starts)), last.copy()
    hops = [np.stack([rows, lengths, last, np.full(len(rows), len(plan.steps))])]
    extras = []
    into = np.ascontiguousarray(plan.skipped.T)
    for place in reversed(range(len(forward) - 1)):
        going = int(np.searchsorted(-lengths, -place))
        row, step, word = rows[:going], here[:going].copy(), codes[starts[:going] + place].astype(np.int64)
        # Of equals the later contact is the extra one: who does a step again did it the first time as planned.
        done = forward[place][row, step] + 1 != forward[place + 1][row, step]
        source = (forward[place][:going] + into[step]).argmin(axis=1)
        hops.append(np.stack([row, np.full(going, place), source, step])[:, done])
        extras.append(np.stack([row, np.full(going, place), step, word])[:, ~done])
        here[:going] = np.where(done, source, step)
    return np.concatenate(hops, axis=1), np.concatenate([*extras, np.empty((4, 0), np.int64)], axis=1)
