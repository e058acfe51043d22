"""How long do customers wait, and how many hang up, when a number of agents answers a queue?

All functions work on arrays: one cell per half hour and queue. With arrivals λ [1/s], mean handling time 1/μ [s],
n agents and mean patience 1/θ [s], the load is A = λ/μ [erlang]. Arrivals are Poisson, handling times and patience
exponential, the queue has no end and the half hour is taken as if it went on for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_NEGLIGIBLE = 40.0
"""A term of e⁻⁴⁰ of the largest is below what a double can tell apart."""

_MANY = 300
"""A series of so many terms still fits into a double, whatever its terms."""


@dataclass(frozen=True, eq=False)
class Waiting:
    """What customers of a queue meet.

    Attributes:
        wait_probability: P(W > 0), share that finds all agents busy [1].
        service_level: share that is answered within the limit [1].
        wait_s: E[W], mean wait over all contacts, those who did not queue and those who hung up included [s].
        abandoned: share that hangs up [1].
        occupancy: share of their time that agents are busy [1].
        queue: E[Q], mean number of customers that wait [1].
    """

    wait_probability: Floats
    service_level: Floats
    wait_s: Floats
    abandoned: Floats
    occupancy: Floats
    queue: Floats


def erlang_b(load: ArrayLike, agents: ArrayLike) -> Floats:
    """B(n, A): the share of contacts that finds all n lines taken where nobody can wait [1].

    B(n, A) = (Aⁿ/n!) / Σₖ₌₀ⁿ Aᵏ/k!, by 1/B(n, A) = 1 + (n/A)/B(n−1, A), 1/B(0, A) = 1. All terms are positive, so that
    nothing cancels, however many agents there are.

    Args:
        load: A [erlang], at least zero.
        agents: n, whole numbers of at least zero.

    Raises:
        ValueError: a load or a number of agents is negative.

    Example (two lines under a load of one: ½ / (1 + 1 + ½)):
        >>> float(erlang_b(1.0, 2))
        0.2

    References:
        Erlang (1917), Solution of some problems in the theory of probabilities of significance in automatic telephone
        exchanges, Elektroteknikeren 13; Jagerman (1974), Some properties of the Erlang loss function, Bell System
        Technical Journal 53, 525-551.
    """
    loads, numbers = np.broadcast_arrays(_positive("load", load), _whole("agents", agents))
    found = np.where(numbers == 0, 1.0, 0.0)
    cells = np.flatnonzero((loads > 0) & (numbers > 0))
    blocked, wanted = found.ravel(), numbers.ravel()[cells]
    order = np.argsort(-wanted, kind="stable")
    cells, wanted = cells[order], wanted[order]
    load = loads.ravel()[cells]
    inverse = np.ones(len(cells))
    with np.errstate(over="ignore"):  # what overflows is a blocking of zero
        for number in range(1, int(wanted[0]) + 1 if len(cells) else 0):
            still = int(np.searchsorted(-wanted, -number, side="right"))  # the first so many want this number or more
            inverse[:still] = 1.0 + number / load[:still] * inverse[:still]
    blocked[cells] = 1.0 / inverse
    return blocked.reshape(loads.shape)


def erlang_c(rate_per_s: ArrayLike, handling_s: ArrayLike, agents: ArrayLike, within_s: ArrayLike = 20.0) -> Waiting:
    """The queue M/M/n, in which everybody waits until they are answered.

    C(n, A) = B / (1 − ρ(1 − B)) with ρ = A/n; P(W ≤ t) = 1 − C·exp(−(nμ − λ)t); E[W] = C/(nμ − λ).
    Where the load is not below the number of agents the queue grows without end: everyone waits, for ever.

    Args:
        rate_per_s: λ, contacts [1/s].
        handling_s: 1/μ, mean handling time [s].
        agents: n, whole numbers.
        within_s: t, the limit of the service level [s].

    Raises:
        ValueError: an argument is negative, or a handling time is zero.

    Example (A = 10 erlang of calls of 180 s, 13 agents):
        >>> queue = erlang_c(10 / 180, 180.0, 13, 20.0)
        >>> round(float(queue.wait_probability), 4), round(float(queue.service_level), 4), round(float(queue.wait_s), 2)
        (0.2853, 0.7956, 17.12)

    References:
        Gans, Koole and Mandelbaum (2003), Telephone call centers: tutorial, review and research prospects,
        Manufacturing & Service Operations Management 5, 79-141, section 3.
    """
    rate, handling, numbers, within = _arrays(rate_per_s, handling_s, agents, within_s)
    load = rate * handling
    stable = load < numbers
    blocked = erlang_b(np.where(stable, load, 0.0), numbers)
    room = np.where(stable, numbers - load, 1.0)
    busy = np.divide(load, numbers, out=np.zeros_like(load), where=numbers > 0)
    waits = np.where(stable, blocked * numbers / (room + load * blocked), 1.0)
    wait_s = np.where(stable, waits * handling / room, np.inf)
    late = np.where(stable, waits * np.exp(-room / handling * within), 1.0)
    nobody = rate == 0
    waits, late, wait_s = (np.where(nobody, 0.0, one) for one in (waits, late, wait_s))
    with np.errstate(invalid="ignore"):
        queue = np.where(nobody, 0.0, rate * wait_s)
    return Waiting(waits, 1.0 - late, wait_s, np.zeros_like(load), np.where(stable, busy, 1.0 - nobody), queue)


def erlang_a(
    rate_per_s: ArrayLike,
    handling_s: ArrayLike,
    agents: ArrayLike,
    patience_s: ArrayLike,
    within_s: ArrayLike = 20.0,
) -> Waiting:
    """The queue M/M/n+M, in which those who wait hang up after an exponential time.

    With c = nμ/θ, η = λ/θ and S(b, y) = Σⱼ yʲ/((b+1)…(b+j)), the weight of the queue against the state in which all are
    busy and nobody waits is S = S(c, η):

    P(W > 0) = B·S/(1 + B(S − 1)),   P(abandon) = P(W > 0)·(1 − (1 − 1/S)/ρ),   E[W] = P(abandon)/θ,
    P(answered within t) = 1 − P(W > 0) + P(W > 0)·(nμ/(nμ + θ))·(S(c+1, η) − eᵍ·S(c+1, ηe⁻ᶿᵗ))/S
    with g = λ(1 − e⁻ᶿᵗ)/θ − (nμ + θ)t.

    Args:
        rate_per_s: λ, contacts [1/s].
        handling_s: 1/μ, mean handling time [s].
        agents: n, whole numbers.
        patience_s: 1/θ, mean patience, above zero [s]; infinity makes it Erlang C.
        within_s: t, the limit of the service level [s].

    Raises:
        ValueError: an argument is negative, or a handling time or patience is zero.

    Example (48 calls a minute of one minute, patience two minutes, 50 agents):
        >>> queue = erlang_a(48 / 60, 60.0, 50, 120.0)
        >>> round(float(queue.wait_probability), 6), round(float(queue.abandoned), 6), round(float(queue.wait_s), 4)
        (0.467774, 0.030912, 3.7095)

    References:
        Palm (1946), Special issue of teletrafikteknik; Garnett, Mandelbaum and Reiman (2002), Designing a call center
        with impatient customers, Manufacturing & Service Operations Management 4, 208-227; the density of the wait is
        that of Baccelli and Hebuterne (1981), On queues with impatient customers, Performance '81, 159-179.
    """
    rate, handling, numbers, within, patience = _arrays(rate_per_s, handling_s, agents, within_s, patience_s)
    if (patience <= 0).any():
        raise ValueError(f"patience_s must be above 0, got {patience_s!r}")
    endless = np.isinf(patience)
    if endless.all():
        return erlang_c(rate, handling, numbers, within)
    theta = 1.0 / np.where(endless, handling, patience)
    found = _impatient(rate, handling, numbers, theta, within)
    if not endless.any():
        return found
    patient = erlang_c(rate, handling, numbers, within)
    return Waiting(*(np.where(endless, getattr(patient, name), getattr(found, name)) for name in _FIELDS))


_FIELDS = tuple(Waiting.__dataclass_fields__)


def _impatient(rate: Floats, handling: Floats, numbers: Floats, theta: Floats, within: Floats) -> Waiting:
    load, served, eta = rate * handling, numbers / handling, rate / theta
    steps = served / theta
    blocked = erlang_b(load, numbers)
    gone = -np.expm1(-theta * within)
    log_next, log_late = _log_series(steps + 1, np.stack([eta, eta * (1 - gone)]))
    # S = 1 + η/(c+1)·S(c+1, η); its logarithm, since S overflows where far too few answer
    log_all = np.logaddexp(0.0, np.log(eta / (steps + 1), out=np.full_like(eta, -np.inf), where=eta > 0) + log_next)
    alone = np.exp(-log_all)
    waits = np.where(rate > 0, blocked / (alone + blocked * (1 - alone)), 0.0)
    hang_up = np.where(load > 0, 1 - (1 - alone) * numbers / np.where(load > 0, load, 1.0), 0.0)
    abandoned = waits * np.clip(hang_up, 0.0, 1.0)
    growth = rate * gone / theta - (served + theta) * within
    late = np.exp(growth + log_late - log_all)
    answered = served / (served + theta) * (np.exp(log_next - log_all) - late)
    level = 1 - waits + waits * np.clip(answered, 0.0, 1.0)
    busy = np.divide(load * (1 - abandoned), numbers, out=np.ones_like(load), where=numbers > 0)
    return Waiting(waits, np.clip(level, 0.0, 1.0), abandoned / theta, abandoned, np.where(rate > 0, busy, 0.0),
                   rate * abandoned / theta)  # fmt: skip


def _log_series(first: Floats, ratio: Floats) -> Floats:
    """Logarithm of Σⱼ yʲ/((b+1)(b+2)…(b+j)), b = `first` and y = `ratio`, from the last term that counts to the first.

    u = 1/S is what is carried along: uⱼ = uⱼ₊₁/(uⱼ₊₁ + y/(b+j+1)). Where far too few answer (y well above b) the terms
    are many and larger than a double can hold: there they are added by their logarithms.
    """
    shape = np.broadcast_shapes(np.shape(first), np.shape(ratio))
    b, y = (np.ravel(np.broadcast_to(one, shape)) for one in (first, ratio))
    terms = _terms(b, y)
    found = np.empty_like(b)
    long = (y > b) & (terms > _MANY)
    for cell in np.flatnonzero(long):
        found[cell] = _by_logarithms(float(b[cell]), float(y[cell]), int(terms[cell]))
    short = np.flatnonzero(~long)
    short = short[np.argsort(-terms[short], kind="stable")]
    b, y, terms = b[short], y[short], terms[short]
    inverse = np.ones_like(b)
    for j in range(int(terms.max(initial=0)), 0, -1):
        still = int(np.searchsorted(-terms, -j, side="right"))
        part = inverse[:still]
        inverse[:still] = part / (part + y[:still] / (b[:still] + j))
    found[short] = -np.log(inverse)
    return found.reshape(shape)


def _by_logarithms(b: float, y: float, terms: int) -> float:
    logs = np.cumsum(np.log(y) - np.log(b + np.arange(1, terms + 1)))
    most = max(0.0, float(logs.max()))
    return most + float(np.log(np.exp(-most) + np.exp(logs - most).sum()))


def _terms(b: Floats, y: Floats) -> Whole:
    """After how many terms the rest of the series is below what a double can tell apart from its sum.

    Beyond the largest term (y = b + j) the logarithms fall by at least ln(b/y) and by 0.34 j²/max(b, y) in all, and
    by ln 2 each once j exceeds b; the sum solves m·d + 0.34 m²/a = 40.
    """
    wide = np.maximum(b, y)
    fall = np.maximum(0.0, np.log(b / np.maximum(y, 1e-300)))
    curve = 0.34 / wide
    past = 2 * _NEGLIGIBLE / (fall + np.sqrt(fall**2 + 4 * curve * _NEGLIGIBLE))
    terms: Whole = np.ceil(np.maximum(0.0, y - b) + past + _NEGLIGIBLE / np.log(2)).astype(np.int64)
    return terms


def _arrays(rate: ArrayLike, handling: ArrayLike, agents: ArrayLike, within: ArrayLike, *more: ArrayLike) -> list[Any]:
    """The arguments as arrays of one shape."""
    handling_s = _positive("handling_s", handling)
    if (handling_s == 0).any():
        raise ValueError(f"handling_s must be above 0, got {handling!r}")
    parts = (_positive("rate_per_s", rate), handling_s, _whole("agents", agents).astype(np.float64),
             _positive("within_s", within), *(np.asarray(one, dtype=np.float64) for one in more))  # fmt: skip
    return list(np.broadcast_arrays(*parts))


def _positive(name: str, value: ArrayLike) -> Floats:
    found = np.asarray(value, dtype=np.float64)
    if not (found >= 0).all():
        raise ValueError(f"{name} must be at least 0, got {value!r}")
    return found


def _whole(name: str, value: ArrayLike) -> Whole:
    found = np.asarray(value, dtype=np.float64)
    if not ((found >= 0) & (found == np.floor(found))).all():
        raise ValueError(f"{name} must be whole numbers of at least 0, got {value!r}")
    return found.astype(np.int64)
