"""How do transitions run around the cards of a band without covering one another?

A transition to the next card is an arrow between the two. Others rise from their card, run along a track and come
down: forward ones above the cards, those back below. Longer ones take tracks farther out, and the places at which they
leave and enter a card are ordered so that nested transitions do not cross.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journeys.pictures.lettering import width_px

LETTERS = 10.0
_GAP_PX = 6.0


@dataclass(frozen=True)
class Transition:
    """A transition between two cards of a band.

    Attributes:
        source, target: columns.
        label: the share, or how it changed.
        weight: customers who take it, 0 none to 1 the most.
        change: gone, new, changed, unplanned, unseen, or empty.
        below: a second share, which stands under the arrow where that is straight.
    """

    source: int
    target: int
    label: str
    weight: float
    change: str = ""
    below: str = ""

    @property
    def words(self) -> str:
        """Both shares on one line, as short as can be."""
        return both(self.label, self.below)


def both(first: str, second: str) -> str:
    """Two shares on one line.

    Example:
        >>> both("62%", "55%"), both("", "+4%"), both("62%", "")
        ('62→55%', '+4%', '62%')
    """
    return f"{first.removesuffix('%')}→{second}" if first and second else first + second


@dataclass(frozen=True)
class Route:
    """A transition with its way: where it leaves and enters, its track (0 is straight, above 1, 2, …) and its label."""

    transition: Transition
    from_px: float
    to_px: float
    track: int
    label_px: float


def routed(
    transitions: Sequence[Transition], edges_of: Callable[[int], tuple[float, float]], above: bool
) -> list[Route]:
    """The routes on one side of the cards.

    Args:
        transitions: those of the side, none of a card to itself.
        edges_of: the left and right edge of a card [px].
        above: whether they run from left to right over the cards, else from right to left under them.
    """
    ends = _ends(transitions, edges_of, above)
    spans = {
        index: (min(ends[index, True], ends[index, False]), max(ends[index, True], ends[index, False]))
        for index in range(len(transitions))
    }
    tracks: dict[int, int] = {}
    for index in sorted(spans, key=lambda one: (spans[one][1] - spans[one][0], spans[one])):
        taken = {tracks[other] for other in tracks if _overlap(spans[index], spans[other])}
        tracks[index] = next(track for track in range(1, len(transitions) + 1) if track not in taken)
    return [
        Route(one, ends[index, True], ends[index, False], tracks[index], _label_at(index, transitions, ends, tracks))
        for index, one in enumerate(transitions)
    ]


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + _GAP_PX and other[0] < one[1] + _GAP_PX


def _ends(
    transitions: Sequence[Transition], edges_of: Callable[[int], tuple[float, float]], above: bool
) -> dict[tuple[int, bool], float]:
    """Where each transition leaves (True) and enters (False) its cards, spread over their width."""
    at: dict[int, list[tuple[int, bool]]] = {}
    for index, one in enumerate(transitions):
        at.setdefault(one.source, []).append((index, True))
        at.setdefault(one.target, []).append((index, False))
    places: dict[tuple[int, bool], float] = {}
    for column, ends in at.items():
        left, right = edges_of(column)

        def key(end: tuple[int, bool]) -> tuple[bool, int]:
            one = transitions[end[0]]
            return end[1] == above, -(one.target if end[1] else one.source)

        for place, end in enumerate(sorted(ends, key=key), start=1):
            places[end] = left + (right - left) * place / (len(ends) + 1)
    return places


def _label_at(
    index: int,
    transitions: Sequence[Transition],
    ends: dict[tuple[int, bool], float],
    tracks: dict[int, int],
) -> float:
    """The middle of the label: as near to the source as other transitions, on their way out, leave room."""
    start, stop = ends[index, True], ends[index, False]
    half = width_px(transitions[index].words, LETTERS) / 2 + 3
    crossing = [
        ends[other, side]
        for other in tracks
        for side in (True, False)
        if other != index and tracks[other] > tracks[index]
    ]
    direction = 1.0 if stop >= start else -1.0
    room = abs(stop - start) - 2 * half
    for offset in range(0, max(0, int(room)), 3):
        middle = start + direction * (half + 2 + offset)
        if all(abs(middle - place) > half + 1 for place in crossing):
            return middle
    return (start + stop) / 2 if room < 0 else start + direction * (half + 2)
