"""What changes between a journey as it is (ist) and as it is to be (soll), side by side?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from journeys.flow import JourneyFlow
from journeys.graph import END_NODES
from journeys.pictures import marks
from journeys.pictures.bands import Frame
from journeys.pictures.cards import FLOW, Card, Exit, flow_lane
from journeys.pictures.curve import Curve, emotion_lane
from journeys.pictures.difference import (
    EMOTION_TOLERANCE,
    SHARE_TOLERANCE,
    Difference,
    Pair,
    difference,
    mean_emotion,
    shares_by_number,
)
from journeys.pictures.lanes import PAD_PX, TEXT, Lane, LegendItem, name_height, text_lane
from journeys.pictures.lettering import width_px
from journeys.pictures.routes import Transition
from journeys.pictures.rows import flow_legend, most_passages
from journeys.pictures.sheets import banded_sheets
from journeys.pictures.shown import ShownJourney, Way, shown_journey
from journeys.pictures.spoken import figures
from journeys.pictures.svg import PAPER, SOFTER, letters, line, rect
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory

MOST_STEPS = 300
_SIGNS = {"gone": "×", "new": "+", "changed": "Δ"}
_BEFORE, _AFTER = "#d5dce2", "#8fc0dd"


@dataclass(frozen=True)
class Version:
    """A journey with its flow, in the model that states it."""

    inventory: Inventory
    flow: JourneyFlow


def compare(before: Version, after: Version, language: str = "en", paper: str = "screen") -> tuple[str, ...]:
    """A journey as it is over the journey as it is to be, as SVG, a sheet each.

    Args:
        before: the journey as it is.
        after: another journey, or the same in another model (a scenario's changed shares).
        language: nl or en.
        paper: screen (one tall picture), a4 or a3 (landscape sheets).

    Raises:
        DrawingError: one of the two has more steps than a reader could follow.
    """
    words = Words(language)
    ist = shown_journey(before.inventory, before.flow, language, MOST_STEPS)
    soll = shown_journey(after.inventory, after.flow, language, MOST_STEPS)
    found = _with_emotions(difference(ist, soll, words), ist, soll, words)
    most = max(most_passages(ist), most_passages(soll))
    most_s = max(step.customer_s for step in (*ist.steps, *soll.steps))

    def lanes(start: int, stop: int, frame: Frame, narrowest_px: float) -> list[Lane | None]:
        pairs = found.pairs[start:stop]
        old = _row(pairs, found, ist, True, most, words)
        new = _row(pairs, found, soll, False, most, words)
        return [
            flow_lane(words.text("lane_before", name=ist.label), *old, frame, language),
            text_lane(words.text("lane_difference"), _told(pairs, words), frame, language, SOFTER),
            flow_lane(words.text("lane_after", name=soll.label), *new, frame, language),
            emotion_lane(words.text("lane_emotion"), _curves(pairs, ist, soll, words), frame, language),
            _bars(pairs, most_s, frame, narrowest_px, words),
        ]

    def said(start: int, stop: int) -> str:
        steps = (f"{pair.number}. {pair.label}: {_what(pair, words, '; ')}." for pair in found.pairs[start:stop])
        return " ".join([*_totals(ist, soll, words), *steps])

    def items(leaves: bool) -> list[LegendItem]:
        return [*_legend(words), *flow_legend(soll, words, leaves)]

    names = ist.label if ist.label == soll.label else f"{ist.label} → {soll.label}"
    return banded_sheets(
        [pair.phase for pair in found.pairs], _totals(ist, soll, words), lanes, items, said,
        words.text("compare", name=names), paper, words,
    )  # fmt: skip


def _with_emotions(found: Difference, ist: ShownJourney, soll: ShownJourney, words: Words) -> Difference:
    """The same with changed emotions told: the means over the personas of each version."""
    pairs = []
    for pair in found.pairs:
        was, will = mean_emotion(ist, pair.before), mean_emotion(soll, pair.after)
        if was is not None and will is not None and abs(was - will) >= EMOTION_TOLERANCE:
            shown = [words.count(value, 0 if value == round(value) else 1) for value in (was, will)]
            told = words.text("from_to", what=words.text("what_emotion"), before=shown[0], after=shown[1])
            pair = replace(pair, changes=(*pair.changes, told))  # noqa: PLW2901
        pairs.append(pair)
    return replace(found, pairs=tuple(pairs))


def _row(
    pairs: Sequence[Pair], found: Difference, journey: ShownJourney, is_before: bool, most: float, words: Words
) -> tuple[list[Card | None], list[Transition]]:
    """The cards and transitions of one version, with a mark on what differs from the other."""
    numbers = found.before_numbers if is_before else found.after_numbers
    columns = {pair.number: column for column, pair in enumerate(pairs)}
    cards: list[Card | None] = []
    transitions = []
    for column, pair in enumerate(pairs):
        step, other = (pair.before, pair.after) if is_before else (pair.after, pair.before)
        if step is None:
            cards.append(None)
            continue
        theirs = shares_by_number(other, found.after_numbers if is_before else found.before_numbers)
        exits = []
        for way in step.ways:
            target = way.target if way.target in END_NODES else numbers[way.target]
            change = _change(way, theirs.get(target), pair, is_before)
            label = _SIGNS.get(change, "") + words.share(way.share)
            goes = columns.get(target) if isinstance(target, int) else None
            if goes is not None and goes != column:
                transitions.append(Transition(column, goes, label, way.passages / most, change))
            else:
                exits.append(_exit(target, label, way, pair.number, most))
        shown = pair.change if pair.change in ("gone", "new") or not is_before else ""
        head = words.text(f"change_{shown}") if shown in _SIGNS else ""
        title = f"{pair.number}. {step.label}" + (f" ({step.touchpoint_label})" if step.touchpoint_label else "")
        cards.append(
            Card(pair.number, step.label, tuple(exits), head, step.moment_of_truth, title,
                 shown if shown in _SIGNS else "", (step.touchpoint_label,) if step.touchpoint_label else ())
        )  # fmt: skip
    return cards, transitions


def _change(way: Way, theirs: float | None, pair: Pair, is_before: bool) -> str:
    """How a transition differs from that of the other version; a changed share is marked in the new one only."""
    if pair.change in ("gone", "new"):
        return pair.change
    if theirs is None or (theirs < SHARE_TOLERANCE <= way.share):
        return "gone" if is_before else "new"
    return "changed" if not is_before and abs(theirs - way.share) >= SHARE_TOLERANCE else ""


def _exit(target: int | str, label: str, way: Way, number: int, most: float) -> Exit:
    if isinstance(target, str):
        return Exit(target, label, way.passages / most)
    if target == number:
        return Exit("again", label, way.passages / most, back=True)
    return Exit("on", f"{target}: {label}", way.passages / most, target < number)


def _told(pairs: Sequence[Pair], words: Words) -> list[str]:
    """What happens to each step, a line each; nothing for one that stays the same."""
    return [_what(pair, words, "\n") if pair.change != "same" else "" for pair in pairs]


def _what(pair: Pair, words: Words, between: str) -> str:
    if pair.change in ("gone", "new"):
        return words.text(f"change_{pair.change}")
    return between.join(pair.changes) or words.text("same_step")


def _totals(ist: ShownJourney, soll: ShownJourney, words: Words) -> list[str]:
    """The totals of both, and how they differ."""
    one, other = ist.flow, soll.flow
    parts = [
        (words.text("what_effort"), words.time(one.effort_s), words.time(other.effort_s)),
        (
            words.text("what_staff_journey"),
            words.time(sum(one.staff_s.values())),
            words.time(sum(other.staff_s.values())),
        ),
        (words.text("what_contacts"), words.count(one.contacts, 1), words.count(other.contacts, 1)),
        (words.text("resolved"), words.share(one.resolved), words.share(other.resolved)),
    ]
    told = "; ".join(words.text("from_to", what=what, before=was, after=will) for what, was, will in parts)
    return [
        words.text("figure_before", figures=figures(one, words)),
        words.text("figure_after", figures=figures(other, words)),
        words.text("difference", what=told) + ".",
    ]


def _curves(pairs: Sequence[Pair], ist: ShownJourney, soll: ShownJourney, words: Words) -> list[Curve]:
    old = tuple(mean_emotion(ist, pair.before) for pair in pairs)
    new = tuple(mean_emotion(soll, pair.after) for pair in pairs)
    return [Curve(1, words.text("before"), old, True), Curve(0, words.text("after"), new, True)]


def _bars(pairs: Sequence[Pair], most_s: float, frame: Frame, narrowest_px: float, words: Words) -> Lane | None:
    """Customer time per started journey at each step, before over after."""
    if not most_s:
        return None
    name = words.text("lane_per_journey")
    shapes = []
    for column, pair in enumerate(pairs):
        x = frame.left_of(column) + PAD_PX
        for row, (step, fill, who) in enumerate(
            ((pair.before, _BEFORE, words.text("before")), (pair.after, _AFTER, words.text("after")))
        ):
            if step is None:
                continue
            y = PAD_PX + row * 20
            long_px = (narrowest_px - 2 * PAD_PX) * step.customer_s / most_s
            shown = f"{who} {words.time(step.customer_s)}"
            inside = width_px(shown, TEXT) + 8 <= long_px
            shapes.append(rect(x, y, long_px, 17, fill=fill, stroke=FLOW, stroke_width=0.8))
            shapes.append(letters([shown], x + (4 if inside else long_px + 4), y + 3, TEXT))
    return Lane(name, max(2 * PAD_PX + 38, name_height(name, frame, words.language)), tuple(shapes))


def _legend(words: Words) -> list[LegendItem]:
    def box(colour: str, dash: str | None) -> LegendItem:
        def draw(x: float, y: float) -> str:
            card = rect(x, y - 6, 16, 12, rx=3, fill=PAPER, stroke=colour, stroke_width=2.2, stroke_dasharray=dash)
            return card + line(x + 20, y, x + 38, y, colour, stroke_width=3, stroke_dasharray="2 3" if dash else None)

        return draw, 38, ""

    looks = {"gone": (marks.VERMILLION, "4 2"), "new": (marks.GREEN, None), "changed": (marks.BLUE, None)}
    return [(*box(*look)[:2], words.text(f"legend_{change}")) for change, look in looks.items()]
