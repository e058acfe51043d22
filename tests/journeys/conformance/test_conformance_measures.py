"""Counts, variants, footprints, stochastic languages and earth-mover's conformance against plain computations."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest

from journeys.conformance.earth_mover import distances, earth_movers_conformance
from journeys.conformance.follows import coded, directly_follows, variants
from journeys.conformance.footprint import CAUSAL, PARALLEL, REVERSED, UNRELATED, footprint, footprint_agreement
from journeys.conformance.language import StepChain, shares_of, stochastic_language

L1 = ["abcd"] * 3 + ["acbd"] * 2 + ["aed"]


def _journeys(seed: int, words: int = 6, many: int = 300) -> list[list[int]]:
    rng = np.random.default_rng(seed)
    return [rng.integers(0, words, int(rng.integers(1, 7))).tolist() for _ in range(many)]


def _of(texts: list[str]):
    return coded([["abcde".index(letter) for letter in text] for text in texts])


@pytest.mark.parametrize("words", [6, 5_000])
def test_directly_follows_equals_a_plain_count(words):
    journeys = _journeys(1, words)
    counts = directly_follows(*coded(journeys), words).tocoo()
    plain = Counter(pair for one in journeys for pair in itertools.pairwise([words, *one, words]))
    found = zip(counts.row.tolist(), counts.col.tolist(), counts.data.tolist(), strict=True)
    assert {(a, b): n for a, b, n in found} == dict(plain)


def test_variants_equal_a_plain_count():
    journeys = [*_journeys(2, words=3, many=500), [], []]
    found = variants(*coded(journeys))
    plain = Counter(map(tuple, journeys))
    assert {found.sequence(i): n for i, n in enumerate(found.counts.tolist())} == dict(plain)
    assert found.counts.tolist() == sorted(plain.values(), reverse=True)
    assert [found.sequence(i) for i in found.of.tolist()] == list(map(tuple, journeys))


def test_variants_of_no_journeys():
    assert len(variants(*coded([]))) == 0


def test_footprint_of_the_event_log_of_the_source():
    relations = footprint(directly_follows(*_of(L1), 5))
    a, b, c, d, e, outside = range(6)
    causal = {(a, b), (a, c), (a, e), (b, d), (c, d), (e, d), (outside, a), (d, outside)}
    for x, y in itertools.product(range(6), repeat=2):
        expected = (
            PARALLEL if {x, y} == {b, c}
            else CAUSAL if (x, y) in causal
            else REVERSED if (y, x) in causal
            else UNRELATED
        )  # fmt: skip
        assert relations[x, y] == expected, (x, y)


def test_footprints_agree_by_their_cells():
    own = footprint(directly_follows(*_of(L1), 5))
    assert footprint_agreement(own, own) == 1.0
    # Without e five of the six words still behave alike: ae, ea, ed and de differ.
    other = footprint(directly_follows(*_of(["abcd", "acbd"]), 5))
    assert footprint_agreement(own, other) == pytest.approx(32 / 36)
    with pytest.raises(ValueError, match="log must be a footprint of 5 words, got 6"):
        footprint_agreement(own, other[:5, :5])


def _levenshtein(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    if not a or not b:
        return len(a) + len(b)
    return min(
        _levenshtein(a[1:], b) + 1, _levenshtein(a, b[1:]) + 1, _levenshtein(a[1:], b[1:]) + (a[0] != b[0])
    )  # fmt: skip


def test_distances_equal_the_definition():
    rng = np.random.default_rng(7)
    some = [tuple(rng.integers(0, 3, int(rng.integers(0, 5))).tolist()) for _ in range(12)]
    others = [tuple(rng.integers(0, 3, int(rng.integers(0, 6))).tolist()) for _ in range(9)]
    expected = [[_levenshtein(a, b) / max(len(a), len(b), 1) for b in others] for a in some]
    assert distances(some, others).tolist() == expected


def test_a_log_with_the_mix_of_the_plan_conforms_wholly():
    mix = {(0, 1, 3, 4): 0.3, (0, 3, 1, 4): 0.5, (): 0.2}
    found = earth_movers_conformance(mix, mix)
    assert (found.low, found.high) == (pytest.approx(1), pytest.approx(1))


def test_earth_movers_conformance_by_hand():
    # Half of the log must move from ab to abc, a third of the longer sequence; the rest stays.
    found = earth_movers_conformance({(0, 1): 1.0}, {(0, 1): 0.5, (0, 1, 2): 0.5})
    assert found.low == pytest.approx(1 - 0.5 / 3) == pytest.approx(found.high)
    # Nothing in common: all of it is changed.
    assert earth_movers_conformance({(0,): 1.0}, {(1,): 1.0}).high == pytest.approx(0)


def test_what_was_left_out_widens_the_answer():
    found = earth_movers_conformance({(0, 1): 1.0}, {(0, 1): 0.9})
    assert found.left_out == (0.0, pytest.approx(0.1))
    assert (found.low, found.high) == (pytest.approx(0.9), pytest.approx(1.0))
    with pytest.raises(ValueError, match=r"log must be shares that add up to at most one, got 1\.5"):
        earth_movers_conformance({(0, 1): 1.5}, {(0, 1): 1.0})


def _random_chain(seed: int, n: int = 5) -> StepChain:
    rng = np.random.default_rng(seed)
    moves = rng.dirichlet(np.ones(n + 1), n)[:, :n] * (rng.random((n, n)) < 0.6)
    return StepChain(rng.dirichlet(np.ones(n)), moves, [0, 1, -1, 0, -1])


def _probability(chain: StepChain, sequence: tuple[int, ...]) -> float:
    """By forward recursion over all steps, hidden ones passed any number of times."""
    words = np.array(chain.words)
    hidden = words < 0
    free = np.linalg.inv(np.eye(len(words)) - chain.moves * hidden[None, :])
    at = chain.start @ np.linalg.inv(np.eye(len(words)) - chain.moves * hidden[:, None])
    for place, word in enumerate(sequence):
        at = at * (words == word)
        if place + 1 < len(sequence):
            at = at @ free @ chain.moves
    # The last step done is seen (or, in an empty sequence, none is): from there hidden steps lead to the end.
    ends = 1 - chain.moves.sum(axis=1)
    at = at * (words >= 0) if sequence else at * hidden
    return float(at @ free @ ends) if sequence else float(at @ ends)


@pytest.mark.parametrize("seed", range(10))
def test_probabilities_of_the_language_equal_the_forward_recursion(seed):
    chain = _random_chain(seed)
    language, left_out = stochastic_language([(1.0, chain)], mass=1.0, most=60)
    assert sum(language.values()) + left_out == pytest.approx(1)
    for sequence, probability in language.items():
        # Paths that have not been followed yet may end in the same words.
        assert probability <= _probability(chain, sequence) + 1e-9
        assert probability >= _probability(chain, sequence) - left_out - 1e-9


def test_a_language_without_loops_is_whole():
    moves = np.zeros((3, 3))
    moves[0, 1], moves[0, 2], moves[1, 2] = 0.5, 0.25, 1.0
    chain = StepChain(np.array([1.0, 0, 0]), moves, [0, -1, 1])
    language, left_out = stochastic_language([(0.4, chain), (0.6, StepChain(np.ones(1), np.zeros((1, 1)), [0]))])
    assert language == {(0,): pytest.approx(0.4 * 0.25 + 0.6), (0, 1): pytest.approx(0.4 * 0.75)}
    assert left_out == pytest.approx(0)
    with pytest.raises(ValueError, match="mass must be above 0"):
        stochastic_language([(1.0, chain)], mass=0)


def test_the_share_of_what_is_left_out_is_said():
    shares, left_out = shares_of(Counter({(0,): 6, (1,): 3, (2,): 1}), 2)
    assert shares == {(0,): 0.6, (1,): 0.3}
    assert left_out == pytest.approx(0.1)
