"""Which cards and transitions make the row of steps of a band?"""

from __future__ import annotations

from collections.abc import Sequence

from journeys.graph import END_NODES, GAVE_UP, RESOLVED
from journeys.pictures import marks
from journeys.pictures.cards import FLOW, Card, Exit
from journeys.pictures.lanes import LegendItem
from journeys.pictures.routes import Transition
from journeys.pictures.shown import ShownJourney, ShownStep, Way
from journeys.pictures.svg import INK, PAPER, letters, line, rect
from journeys.pictures.words import Words


def row_of_cards(
    journey: ShownJourney, steps: Sequence[ShownStep], words: Words
) -> tuple[list[Card | None], list[Transition]]:
    """The cards of some steps and the transitions between them; what leads elsewhere stands on the cards."""
    most = most_passages(journey)
    columns = {step.id: column for column, step in enumerate(steps)}
    cards: list[Card | None] = []
    transitions = []
    for column, step in enumerate(steps):
        exits = []
        for way in step.ways:
            if way.target in columns and way.target != step.id:
                share = words.share(way.share)
                transitions.append(Transition(column, columns[way.target], share, way.passages / most))
            else:
                exits.append(exit_of(way, step, journey, words, most))
        head = words.text("starts_here", share=words.share(step.start)) if step.start > 0 else ""
        title = f"{step.number}. {step.label}" + (f" ({step.touchpoint_label})" if step.touchpoint_label else "")
        node = f"{journey.id}/{step.id}"
        cards.append(Card(step.number, step.label, tuple(exits), head, step.moment_of_truth, title, step=node))
    return cards, transitions


def most_passages(journey: ShownJourney) -> float:
    """The passages that the thickest line stands for: one a journey, or the most of a loop."""
    return max([1.0, *(way.passages for step in journey.steps for way in step.ways)])


def exit_of(way: Way, step: ShownStep, journey: ShownJourney, words: Words, most: float) -> Exit:
    """How a transition stands on a card when no arrow of the band shows it."""
    share = words.share(way.share)
    if way.target in END_NODES:
        return Exit(way.target, share, way.passages / most)
    if way.target == step.id:
        return Exit("again", share, way.passages / most, back=True)
    return Exit("on", f"{journey.numbers[way.target]}: {share}", way.passages / most, way.back)


def flow_legend(journey: ShownJourney, words: Words, several_bands: bool) -> list[LegendItem]:
    """What the lines and marks of a row of cards mean."""
    ways = [way for step in journey.steps for way in step.ways]

    def widths(x: float, y: float) -> str:
        thin = line(x, y - 4, x + 22, y - 4, FLOW, stroke_width=1.2)
        return thin + line(x, y + 3, x + 22, y + 3, FLOW, stroke_width=6)

    items: list[LegendItem] = [(widths, 22, words.text("legend_flow"))]
    if any(way.back for way in ways):
        items.append((_back, 26, words.text("legend_back")))
    if several_bands:
        items.append((_numbered, 34, words.text("legend_on")))
    if any(way.target == RESOLVED for way in ways):
        items.append((lambda x, y: marks.check(x + 6, y), 12, words.text("legend_resolved")))
    if any(way.target == GAVE_UP for way in ways):
        items.append((lambda x, y: marks.cross(x + 6, y), 12, words.text("legend_gave_up")))
    if any(step.moment_of_truth for step in journey.steps):
        items.append((lambda x, y: marks.star(x + 7, y), 14, words.text("legend_moment")))
    return items


def _back(x: float, y: float) -> str:
    shaft = line(x + 6, y, x + 26, y, marks.VERMILLION, stroke_width=2.4, stroke_dasharray="6 3")
    return shaft + marks.arrow_head(x, y, "left", 8, marks.VERMILLION)


def _numbered(x: float, y: float) -> str:
    arrow = line(x, y, x + 9, y, FLOW, stroke_width=2.4) + marks.arrow_head(x + 13, y, "right", 6, FLOW)
    circle = rect(x + 17, y - 8, 16, 16, rx=8, fill=INK)
    return arrow + circle + letters(["5"], x + 25, y - 5.5, 9, anchor="middle", bold=True, colour=PAPER)
