"""What does a row of steps look like: a card each, and the transitions between them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.pictures import marks
from journeys.pictures.bands import Frame
from journeys.pictures.lanes import SMALL, Lane, name_height
from journeys.pictures.lettering import fitted, width_px, wrapped
from journeys.pictures.routes import LETTERS, Route, Transition, routed
from journeys.pictures.svg import INK, MUTED, PAPER, amount, group, height_of, letters, path, rect

NAME = 11.0
_SIDE_PX = 16.0
"""Room beside a card, half of the gap to the next."""
_INNER_PX = 7.0
_HEAD_PX = 23.0
_EXIT_PX = 15.0
_TRACK_PX = 16.0
_STRAIGHT_PX = 24.0
"""How far below the upper edge of the cards the straight arrows run."""
FLOW = "#5b6773"
UNSEEN = "#76828d"
_CHANGES = {
    "gone": marks.VERMILLION,
    "new": marks.GREEN,
    "changed": marks.BLUE,
    "unplanned": marks.PURPLE,
    "unseen": UNSEEN,
}
_DASHES = {"gone": "2 3", "unseen": "2 3", "unplanned": "7 4"}


@dataclass(frozen=True)
class Exit:
    """A way out of the row: an end (`stop`: whichever), a step of another band, or the same step again."""

    kind: str
    text: str
    weight: float
    back: bool = False


@dataclass(frozen=True)
class Card:
    """What stands on the card of a step.

    Attributes:
        number: of the step.
        label: its name.
        exits: where its customers go that no arrow of the band shows.
        head: a few words beside the number.
        moment: whether it is a moment of truth.
        title: what a pointer over it shows.
        change: gone, new, changed, unseen, same, or empty.
        notes: lines at the foot, in the colour of the change.
        step: `journey/step`, by which a page finds the card.
    """

    number: int
    label: str
    exits: tuple[Exit, ...] = ()
    head: str = ""
    moment: bool = False
    title: str = ""
    change: str = ""
    notes: tuple[str, ...] = ()
    step: str | None = None


def flow_lane(
    name: str, cards: Sequence[Card | None], transitions: Sequence[Transition], frame: Frame, language: str
) -> Lane:
    """A lane of cards, None for an empty column, with the transitions between them."""

    def edges_of(column: int) -> tuple[float, float]:
        return frame.left_of(column) + _SIDE_PX, frame.left_of(column + 1) - _SIDE_PX

    straight = [one for one in transitions if _is_straight(one, cards)]
    over = routed([one for one in transitions if one.target > one.source and one not in straight], edges_of, True)
    under = routed([one for one in transitions if one.target < one.source], edges_of, False)
    top = 8 + _TRACK_PX * max((route.track for route in over), default=0)
    room_px = frame.column_px - 2 * _SIDE_PX - 2 * _INNER_PX
    height = max((_card_height(card, room_px, language) for card in cards if card), default=0.0)
    bottom = top + height
    lines = [_straight(one, edges_of(one.source)[1], edges_of(one.target)[0], top) for one in straight]
    lines += [_routed(route, top, -1.0) for route in over] + [_routed(route, bottom, 1.0) for route in under]
    labels = [_label(route.transition, route.label_px, top - 6 - _TRACK_PX * (route.track - 1) - 4) for route in over]
    labels += [_label(one.transition, one.label_px, bottom + 6 + _TRACK_PX * (one.track - 1) + 4) for one in under]
    drawn = [
        _card(card, edges_of(column), top, height, language) for column, card in enumerate(cards) if card is not None
    ]
    total = bottom + 8 + _TRACK_PX * max((route.track for route in under), default=0)
    return Lane(name, max(total, name_height(name, frame, language)), (*lines, *drawn, *labels))


def _is_straight(one: Transition, cards: Sequence[Card | None]) -> bool:
    return one.target > one.source and all(card is None for card in cards[one.source + 1 : one.target])


def _width(weight: float) -> float:
    return 1.2 + 4.8 * min(1.0, weight)


def _colour(one: Transition) -> str:
    return _CHANGES.get(one.change, marks.VERMILLION if one.target <= one.source else FLOW)


def _dash(one: Transition) -> str | None:
    if one.change in _DASHES:
        return _DASHES[one.change]
    return "6 3" if one.target <= one.source or one.weight == 0 else None


def _straight(one: Transition, from_px: float, to_px: float, top: float) -> str:
    y, width, colour = top + _STRAIGHT_PX, _width(one.weight), _colour(one)
    size = 5 + width
    shaft = path(
        f"M{amount(from_px)} {amount(y)}H{amount(to_px - size + 1)}",
        stroke=colour, stroke_width=width, stroke_dasharray=_dash(one), fill="none",
    )  # fmt: skip
    middle = (from_px + to_px) / 2
    words = letters([one.label], middle, y - 5 - width / 2 - LETTERS, LETTERS, anchor="middle")
    words += letters([one.below], middle, y + 3 + width / 2, LETTERS, anchor="middle", bold=True)
    return shaft + marks.arrow_head(to_px, y, "right", size, colour) + words


def _routed(route: Route, edge: float, side: float) -> str:
    """A route over (side -1) or under (side 1) the cards, with round corners."""
    one = route.transition
    width, colour = _width(one.weight), _colour(one)
    size = 5 + width
    y = edge + side * (10 + _TRACK_PX * (route.track - 1))
    along = 1.0 if route.to_px > route.from_px else -1.0
    bend = min(5.0, abs(route.to_px - route.from_px) / 2)
    points = (
        f"M{amount(route.from_px)} {amount(edge)}V{amount(y - side * bend)}"
        f"q0 {amount(side * bend)} {amount(along * bend)} {amount(side * bend)}"
        f"H{amount(route.to_px - along * bend)}"
        f"q{amount(along * bend)} 0 {amount(along * bend)} {amount(-side * bend)}V{amount(edge + side * (size - 1))}"
    )
    shaft = path(points, stroke=colour, stroke_width=width, stroke_dasharray=_dash(one), fill="none")
    return shaft + marks.arrow_head(route.to_px, edge, "down" if side < 0 else "up", size, colour)


def _label(one: Transition, middle: float, y: float) -> str:
    wide = width_px(one.words, LETTERS) + 4
    back = rect(middle - wide / 2, y - 6.5, wide, 13, fill=PAPER, rx=2)
    return back + letters([one.words], middle, y - LETTERS * 0.6, LETTERS, anchor="middle")


def _rows(exits: Sequence[Exit], room_px: float) -> list[list[tuple[float, Exit]]]:
    """The exits in rows: each with its place in the row."""
    rows: list[list[tuple[float, Exit]]] = [[]]
    x = 0.0
    for one in exits:
        needs = 16 + width_px(one.text, SMALL)
        if rows[-1] and x + needs > room_px:
            rows.append([])
            x = 0.0
        rows[-1].append((x, one))
        x += needs + 8
    return rows if exits else []


def _card_height(card: Card, room_px: float, language: str) -> float:
    name = wrapped(card.label, room_px, NAME, language, bold=True)
    notes = sum(height_of(wrapped(note, room_px, SMALL, language, most=4), SMALL) for note in card.notes)
    exits = len(_rows(card.exits, room_px)) * _EXIT_PX
    return _HEAD_PX + height_of(name, NAME) + (exits + 5 if exits else 0) + (notes + 5 if notes else 0) + _INNER_PX


def _card(card: Card, edges: tuple[float, float], top: float, height: float, language: str) -> str:
    left, right = edges
    room_px = right - left - 2 * _INNER_PX
    colour = _CHANGES.get(card.change, FLOW)
    outline = {"stroke_dasharray": "5 3"} if card.change in ("gone", "unseen") else {}
    strong = 2.4 if card.change in _CHANGES and card.change != "unseen" else 1.2
    number = str(card.number)
    pill = max(19.0, width_px(number, SMALL, bold=True) + 9)
    shapes = [
        rect(left, top, right - left, height, rx=6, fill=PAPER, stroke=colour, stroke_width=strong, **outline),
        rect(left + 4.5, top + 3.5, pill, 19, rx=9.5, fill=INK),
        letters([number], left + 4.5 + pill / 2, top + 7.6, SMALL, anchor="middle", bold=True, colour=PAPER),
    ]
    if card.head:
        room = right - left - pill - (34 if card.moment else 14)
        head = fitted(card.head, room, SMALL, bold=card.change != "")
        shapes.append(letters([head], left + pill + 9, top + 7.6, SMALL, bold=card.change != "", colour=_text(card)))
    if card.moment:
        shapes.append(marks.star(right - 13, top + 13))
    name = wrapped(card.label, room_px, NAME, language, bold=True)
    y = top + _HEAD_PX + 2
    colour = MUTED if card.change == "unseen" else INK
    shapes.append(letters(name, left + _INNER_PX, y, NAME, bold=True, colour=colour))
    y += height_of(name, NAME) + 3
    for note in card.notes:
        lines = wrapped(note, room_px, SMALL, language, most=4)
        shapes.append(letters(lines, left + _INNER_PX, y, SMALL, colour=_text(card)))
        y += height_of(lines, SMALL)
    rows = _rows(card.exits, room_px)
    first = top + height - _INNER_PX / 2 - _EXIT_PX * len(rows)
    for index, row in enumerate(rows):
        for x, one in row:
            shapes.append(_exit(one, left + _INNER_PX + x, first + _EXIT_PX * index + 6))
    return group(shapes, title=card.title or card.label, data_step=card.step)


def _text(card: Card) -> str:
    return _CHANGES.get(card.change, MUTED)


def _exit(one: Exit, x: float, y: float) -> str:
    """A mark and a share; the arrow to another band is as thick as its flow."""
    words = letters([one.text], x + 15, y - SMALL * 0.62, SMALL)
    if one.kind == "resolved":
        return marks.check(x + 6, y) + words
    if one.kind == "gave_up":
        return marks.cross(x + 6, y) + words
    if one.kind == "again":
        return marks.again(x + 5, y) + words
    if one.kind == "stop":
        return rect(x + 1.5, y - 4.5, 9, 9, fill=FLOW) + words
    colour = marks.VERMILLION if one.back else FLOW
    if one.kind == "unknown":
        return letters(["?"], x + 6, y - NAME * 0.62, NAME, anchor="middle", bold=True, colour=colour) + words
    width = min(5.0, _width(one.weight))
    x0, x1, way = (x + 12, x, "left") if one.back else (x, x + 12, "right")
    inner = x1 + 4 if one.back else x1 - 4
    shaft = path(f"M{amount(x0)} {amount(y)}H{amount(inner)}", stroke=colour, stroke_width=width, fill="none",
                 stroke_dasharray="3 1.5" if one.back else None)  # fmt: skip
    return shaft + marks.arrow_head(x1, y, way, 6, colour) + words
