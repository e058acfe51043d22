"""Do transitions run around the cards without covering one another?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.pictures.bands import bands, sheets
from journeys.pictures.lettering import width_px
from journeys.pictures.routes import LETTERS, Route, Transition, routed


def edges_of(column: int) -> tuple[float, float]:
    """Cards of 90 px, 120 px apart."""
    return 120.0 * column + 15, 120.0 * column + 105


def span(route: Route) -> tuple[float, float]:
    return min(route.from_px, route.to_px), max(route.from_px, route.to_px)


PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20, unique=True)


@given(PAIRS, st.booleans())
def test_routes_on_a_track_do_not_touch(pairs: list[tuple[int, int]], above: bool) -> None:
    one_way = [(min(pair), max(pair)) if above else (max(pair), min(pair)) for pair in pairs if pair[0] != pair[1]]
    routes = routed([Transition(a, b, "62%", 0.5) for a, b in dict.fromkeys(one_way)], edges_of, above)
    for index, route in enumerate(routes):
        left, right = edges_of(route.transition.source)
        assert left < route.from_px < right
        assert span(route)[0] <= route.label_px <= span(route)[1]
        for other in routes[index + 1 :]:
            if route.track == other.track:
                assert span(route)[1] < span(other)[0] or span(other)[1] < span(route)[0]
            assert len({route.from_px, route.to_px, other.from_px, other.to_px}) == 4


def test_nested_transitions_do_not_cross() -> None:
    far, near = routed([Transition(0, 3, "10%", 1), Transition(1, 2, "20%", 1)], edges_of, True)
    assert far.track > near.track
    into = routed([Transition(0, 3, "10%", 1), Transition(1, 3, "20%", 1)], edges_of, True)
    assert into[0].track > into[1].track
    assert into[0].to_px > into[1].to_px
    out = routed([Transition(3, 0, "10%", 1), Transition(3, 2, "20%", 1)], edges_of, False)
    assert out[0].track > out[1].track
    assert out[0].from_px > out[1].from_px


def test_a_label_stands_clear_of_transitions_that_rise_through_its_track() -> None:
    routes = routed([Transition(0, 2, "62%", 1), Transition(0, 3, "30%", 1), Transition(0, 4, "8%", 1)], edges_of, True)
    low = min(routes, key=lambda route: route.track)
    half = width_px(low.transition.label, LETTERS) / 2
    for other in routes:
        if other.track > low.track:
            assert abs(other.from_px - low.label_px) > half


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=60).map(sorted), st.integers(1, 12))
def test_bands_hold_every_step_once_and_are_as_few_as_can_be(phases: list[str], most: int) -> None:
    found = bands(phases, most)
    assert [place for start, stop in found for place in range(start, stop)] == list(range(len(phases)))
    assert max(stop - start for start, stop in found) <= most
    assert len(found) == -(-len(phases) // most)


@given(st.lists(st.floats(1, 900), min_size=1, max_size=20), st.floats(100, 1000))
def test_sheets_hold_every_band_once_and_no_more_than_fits(heights_px: list[float], room_px: float) -> None:
    found = sheets(heights_px, room_px)
    assert [place for start, stop in found for place in range(start, stop)] == list(range(len(heights_px)))
    for start, stop in found:
        assert stop - start == 1 or sum(heights_px[start:stop]) <= room_px + 1e-6


@pytest.mark.parametrize(("phases", "cut"), [("aaabbbbb", [(0, 3), (3, 8)]), ("aaaabbbb", [(0, 4), (4, 8)])])
def test_bands_break_between_phases(phases: str, cut: list[tuple[int, int]]) -> None:
    assert bands(list(phases), 6) == cut
