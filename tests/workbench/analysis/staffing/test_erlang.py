"""Do the Erlang formulas give what the papers give, at any size, and keep their identities?"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from workbench.analysis.staffing.erlang import erlang_a, erlang_b, erlang_c

rates = st.floats(0.001, 2.0)
handling = st.floats(20.0, 900.0)
agents = st.integers(1, 120)
patience = st.floats(5.0, 3_600.0)
limits = st.floats(0.0, 600.0)

unhurried = settings(max_examples=60)
"""A busy machine may take its time."""


@pytest.mark.parametrize(
    ("number", "probability", "level", "speed_s"), [(13, 0.2853, 0.7956, 17.12), (14, 0.1741, 0.8884, 7.84)]
)
def test_erlang_c_of_the_design(number: int, probability: float, level: float, speed_s: float) -> None:
    found = erlang_c(10 / 180, 180.0, number, 20.0)
    assert found.wait_probability == pytest.approx(probability, abs=5e-5)
    assert found.service_level == pytest.approx(level, abs=5e-5)
    assert found.wait_s == pytest.approx(speed_s, abs=5e-3)


@pytest.mark.parametrize(
    ("load", "number", "probability", "digits"),
    [(48, 50, 0.6945, 5e-5), (1, 2, 1 / 3, 1e-15), (100, 120, 0.033196, 5e-7)],
)
def test_the_probability_of_waiting(load: float, number: int, probability: float, digits: float) -> None:
    assert erlang_c(load, 1.0, number).wait_probability == pytest.approx(probability, abs=digits)


@pytest.mark.parametrize(
    ("per_minute", "handling_min", "patience_min", "number", "probability", "abandoned", "wait_s"),
    [
        (48, 1, 2, 50, 0.467774, 0.030912, 3.7095),
        (10 / 3, 3, 1, 11, 0.326789, 0.111780, 6.7068),
        (10, 1, 1, 10, 0.542070, 0.125110, 7.5066),
    ],
)
def test_erlang_a_of_the_design(
    per_minute: float, handling_min: float, patience_min: float, number: int,
    probability: float, abandoned: float, wait_s: float,
) -> None:  # fmt: skip
    found = erlang_a(per_minute / 60, handling_min * 60, number, patience_min * 60)
    assert found.wait_probability == pytest.approx(probability, abs=5e-7)
    assert found.abandoned == pytest.approx(abandoned, abs=5e-7)
    assert found.wait_s == pytest.approx(wait_s, abs=5e-5)


@pytest.mark.parametrize(("load", "number"), [("4900", 5000), ("4999.5", 5000), ("5000", 5000), ("4800", 5000)])
def test_five_thousand_agents_to_fourteen_digits(load: str, number: int) -> None:
    """Sixty digits of Decimal, by the plain sums Aᵏ/k! of the definition."""
    with localcontext() as context:
        context.prec = 60
        term = total = Decimal(1)
        for k in range(1, number + 1):
            term *= Decimal(load) / k
            total += term
        blocked = term / total
        waits = blocked * number / (number - Decimal(load) * (1 - blocked)) if Decimal(load) < number else Decimal(1)
    assert float(erlang_b(float(load), number)) == pytest.approx(float(blocked), abs=1e-14, rel=1e-14)
    assert float(erlang_c(float(load), 1.0, number).wait_probability) == pytest.approx(float(waits), rel=1e-14)


def chain(rate: float, handling_s: float, number: int, patience_s: float) -> tuple[float, float, float]:
    """P(wait), P(abandon) and E[Q] of M/M/n+M from the balance equations of a chain cut off far away."""
    states = number + 12_000
    births = np.full(states, rate)
    served = np.minimum(np.arange(1, states + 1), number) / handling_s
    gone = np.maximum(0, np.arange(1, states + 1) - number) / patience_s
    logs = np.concatenate([[0.0], np.cumsum(np.log(births) - np.log(served + gone))])
    weights = np.exp(logs - logs.max())
    shares = weights / weights.sum()
    queue = float((np.maximum(0, np.arange(states + 1) - number) * shares).sum())
    return float(shares[number:].sum()), queue / patience_s / rate, queue


@unhurried
@given(rates, handling, agents, patience)
def test_erlang_a_is_the_stationary_chain(rate: float, handling_s: float, number: int, patience_s: float) -> None:
    waits, abandoned, queue = chain(rate, handling_s, number, patience_s)
    found = erlang_a(rate, handling_s, number, patience_s)
    assert float(found.wait_probability) == pytest.approx(waits, abs=1e-9)
    assert float(found.abandoned) == pytest.approx(abandoned, abs=1e-9)
    assert float(found.queue) == pytest.approx(queue, rel=1e-6, abs=1e-9)


@unhurried
@given(st.floats(0.001, 0.5), handling, agents, st.floats(5.0, 1_200.0), limits)
def test_the_service_level_is_the_sum_over_queue_lengths(
    rate: float, handling_s: float, number: int, patience_s: float, within_s: float
) -> None:
    """Who finds j ahead waits −ln(Beta(c, j + 1))/θ, and stays with e⁻ᶿᵛ: c/(c+j+1)·P(Beta(c+1, j+1) ≥ e⁻ᶿᵗ)."""
    c = patience_s * number / handling_s
    j = np.arange(0, 4_000)
    logs = np.cumsum(np.concatenate([[0.0], np.log(rate) - np.log(number / handling_s + j[1:] / patience_s)]))
    weights = np.exp(logs - logs.max())
    answered = c / (c + j + 1) * stats.beta.sf(math.exp(-within_s / patience_s), c + 1, j + 1)
    waits, _, _ = chain(rate, handling_s, number, patience_s)
    expected = 1 - waits + waits * float((answered * weights).sum() / weights.sum())
    found = float(erlang_a(rate, handling_s, number, patience_s, within_s).service_level)
    assert found == pytest.approx(expected, abs=1e-8)


@unhurried
@given(rates, handling, agents, limits)
def test_endless_patience_is_erlang_c(rate: float, handling_s: float, number: int, within_s: float) -> None:
    endless = erlang_a(rate, handling_s, number, math.inf, within_s)
    patient = erlang_c(rate, handling_s, number, within_s)
    for name in ("wait_probability", "service_level", "wait_s", "abandoned", "occupancy", "queue"):
        assert float(getattr(endless, name)) == float(getattr(patient, name))
    if rate * handling_s < 0.9 * number:
        nearly = erlang_a(rate, handling_s, number, 1e7 * handling_s, within_s)
        assert float(nearly.wait_probability) == pytest.approx(float(patient.wait_probability), abs=1e-5)
        assert float(nearly.service_level) == pytest.approx(float(patient.service_level), abs=1e-5)
        assert float(nearly.wait_s) == pytest.approx(float(patient.wait_s), rel=1e-4, abs=1e-4)


@unhurried
@given(st.floats(0.001, 0.2), handling, agents)
def test_as_patient_as_busy_the_system_is_poisson(rate: float, handling_s: float, number: int) -> None:
    """With θ = μ every customer leaves at the same rate, so the number in the system is Poisson(λ/μ)."""
    found = erlang_a(rate, handling_s, number, handling_s)
    system = stats.poisson(rate * handling_s)
    assert float(found.wait_probability) == pytest.approx(float(system.sf(number - 1)), abs=1e-12)
    ahead = np.arange(number, number + 2_000)
    queue = float(((ahead - number) * system.pmf(ahead)).sum())
    assert float(found.queue) == pytest.approx(queue, rel=1e-9, abs=1e-12)


@unhurried
@given(rates, handling, agents, patience)
def test_littles_law_and_the_balance_of_flows(rate: float, handling_s: float, number: int, patience_s: float) -> None:
    found = erlang_a(rate, handling_s, number, patience_s)
    assert float(found.queue) == pytest.approx(rate * float(found.wait_s), rel=1e-12)
    busy = float(found.occupancy) * number
    assert busy == pytest.approx(rate * (1 - float(found.abandoned)) * handling_s, rel=1e-12)
    _, _, queue = chain(rate, handling_s, number, patience_s)
    assert rate * float(found.wait_s) == pytest.approx(queue, rel=1e-6, abs=1e-9)


@unhurried
@given(rates, handling, st.integers(1, 100), patience, limits)
@example(rate=2.0, handling_s=157.0, number=27, patience_s=3181.0, within_s=1.0)
def test_more_agents_never_make_it_worse(
    rate: float, handling_s: float, number: int, patience_s: float, within_s: float
) -> None:
    numbers = np.array([number, number + 1])
    # Erlang A's service level is a difference of exponentials with exponents up to λ/θ, each exact to its last digit.
    digit = 1e-12 + 4 * np.finfo(float).eps * rate * patience_s
    for found in (
        erlang_c(rate, handling_s, numbers, within_s), erlang_a(rate, handling_s, numbers, patience_s, within_s)
    ):  # fmt: skip
        assert found.wait_probability[1] <= found.wait_probability[0] + 1e-12
        assert found.service_level[1] >= found.service_level[0] - digit
        assert found.abandoned[1] <= found.abandoned[0] + 1e-12
        assert found.wait_s[1] <= found.wait_s[0] * (1 + 1e-9) + 1e-9
        assert found.occupancy[1] <= found.occupancy[0] + 1e-12


@unhurried
@given(rates, handling, agents, patience, limits)
def test_hanging_up_shortens_the_queue_of_others(
    rate: float, handling_s: float, number: int, patience_s: float, within_s: float
) -> None:
    hang_up, wait = erlang_a(rate, handling_s, number, patience_s), erlang_c(rate, handling_s, number)
    assert float(hang_up.wait_probability) <= float(wait.wait_probability) + 1e-12
    assert float(hang_up.queue) <= float(wait.queue) + 1e-9


@unhurried
@given(rates, handling, agents)
def test_erlang_b_of_one_line_more(rate: float, handling_s: float, number: int) -> None:
    """A·B(n−1) = B(n)·(n + A·B(n−1)), the recursion of the textbooks turned round."""
    load = rate * handling_s
    fewer, more = erlang_b(load, np.array([number - 1, number]))
    assert more * (number + load * fewer) == pytest.approx(load * fewer, rel=1e-12)


def test_more_load_than_agents_waits_for_ever() -> None:
    found = erlang_c(1.0, 100.0, np.array([99, 100]))
    assert found.wait_probability.tolist() == [1.0, 1.0]
    assert found.service_level.tolist() == [0.0, 0.0]
    assert np.isinf(found.wait_s).all()
    assert np.isinf(found.queue).all()
    assert found.occupancy.tolist() == [1.0, 1.0]


def test_far_too_few_agents_serve_what_they_can() -> None:
    """As many are served as agents can handle; all others hang up, whatever the patience."""
    found = erlang_a(50.0, 100.0, np.array([0, 1_000, 4_000]), 600.0, 20.0)
    np.testing.assert_allclose(1 - found.abandoned, [0.0, 0.2, 0.8], atol=1e-12)
    np.testing.assert_allclose(found.wait_s, 600.0 * found.abandoned, rtol=1e-12)
    np.testing.assert_allclose(found.service_level, 0.0, atol=1e-9)


def test_nobody_calls() -> None:
    for found in (erlang_c(0.0, 180.0, [0, 3]), erlang_a(0.0, 180.0, [0, 3], 60.0)):
        assert found.service_level.tolist() == [1.0, 1.0]
        assert found.wait_s.tolist() == found.abandoned.tolist() == found.occupancy.tolist() == [0.0, 0.0]


def test_cells_do_not_touch_one_another() -> None:
    rng = np.random.default_rng(1)
    rate, handled, number = rng.uniform(0, 2, 50), rng.uniform(60, 600, 50), rng.integers(0, 900, 50)
    together = erlang_a(rate, handled, number, 120.0, 30.0)
    for cell in range(50):
        alone = erlang_a(rate[cell], handled[cell], number[cell], 120.0, 30.0)
        assert float(alone.service_level) == pytest.approx(float(together.service_level[cell]), abs=1e-13)
        assert float(alone.wait_s) == pytest.approx(float(together.wait_s[cell]), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((-1.0, 180.0, 3, 60.0), "rate_per_s must be at least 0"),
        ((1.0, 0.0, 3, 60.0), "handling_s must be above 0"),
        ((1.0, 180.0, 2.5, 60.0), "agents must be whole numbers"),
        ((1.0, 180.0, -1, 60.0), "agents must be whole numbers"),
        ((1.0, 180.0, 3, 0.0), "patience_s must be above 0"),
        ((math.nan, 180.0, 3, 60.0), "rate_per_s must be at least 0"),
    ],
)
def test_impossible_arguments(arguments: tuple[float, float, float, float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        erlang_a(*arguments)
