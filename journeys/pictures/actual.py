"""Do customers go the way that was planned: the planned journey with what the contact log shows beside it?"""

from __future__ import annotations

from collections.abc import Sequence

from journeys.flow import JourneyFlow
from journeys.pictures import marks
from journeys.pictures.bands import Frame
from journeys.pictures.cards import FLOW, UNSEEN, Card, Exit, flow_lane
from journeys.pictures.lanes import PAD_PX, TEXT, Lane, LegendItem, name_height, text_lane
from journeys.pictures.lettering import width_px
from journeys.pictures.routes import Transition, both
from journeys.pictures.seen import START, STOP, Actual, Move, Visits
from journeys.pictures.sheets import banded_sheets
from journeys.pictures.shown import ShownJourney, ShownStep, shown_journey
from journeys.pictures.svg import PAPER, SOFTER, letters, line, rect
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory

MOST_STEPS = 300
_PLANNED, _SEEN = "#d5dce2", "#8fc0dd"


def actual_map(
    inventory: Inventory, flow: JourneyFlow, actual: Actual, language: str = "en", paper: str = "screen"
) -> tuple[str, ...]:
    """The planned journey with the shares, visits and deviations of the log, as SVG, a sheet each.

    Args:
        inventory: a model without errors.
        flow: of the journey, from `journey_flows`.
        actual: what the log shows of it.
        language: nl or en.
        paper: screen (one tall picture), a4 or a3 (landscape sheets).

    Raises:
        DrawingError: the journey has more steps than a reader could follow.
        ValueError: there is no such paper.
    """
    words = Words(language)
    journey = shown_journey(inventory, flow, language, MOST_STEPS)
    most = max((visits.planned for visits in actual.visits.values()), default=0.0)
    most = max([most, *(visits.actual or 0.0 for visits in actual.visits.values())])

    def lanes(start: int, stop: int, frame: Frame, narrowest_px: float) -> list[Lane | None]:
        steps = journey.steps[start:stop]
        cards, transitions = _row(journey, steps, actual, words)
        return [
            flow_lane(words.text("lane_steps"), cards, transitions, frame, language),
            text_lane(words.text("lane_ways"), ["\n".join(_seen(step, journey, actual, words)) for step in steps],
                      frame, language, SOFTER),
            _bars(steps, actual, most, frame, narrowest_px, words),
            text_lane(words.text("lane_deviations"),
                      ["\n".join(_visits(step, actual).remarks) for step in steps], frame, language, SOFTER,
                      mark=marks.bolt),
        ]  # fmt: skip

    def said(start: int, stop: int) -> str:
        told = [f"{step.number}. {step.label}: {'; '.join(_told(step, journey, actual, words))}."
                for step in journey.steps[start:stop]]  # fmt: skip
        return " ".join([*head, *told])

    head = [words.text("actual_n", count=words.count(actual.journeys)), *actual.lines]
    return banded_sheets(
        [(step.phase, journey.phase_label(step.phase)) for step in journey.steps], head, lanes,
        lambda leaves: _legend(words, leaves), said, words.text("actual", name=journey.label), paper, words,
    )  # fmt: skip


def _visits(step: ShownStep, actual: Actual) -> Visits:
    return actual.visits.get(step.id, Visits(step.visits, None))


def _row(
    journey: ShownJourney, steps: Sequence[ShownStep], actual: Actual, words: Words
) -> tuple[list[Card | None], list[Transition]]:
    """The cards of a band with the moves between them; what leads elsewhere stands on the cards."""
    columns = {step.id: column for column, step in enumerate(steps)}
    most = max([1.0, *(_weight(move, journey) for move in actual.moves)])
    cards: list[Card | None] = []
    transitions = []
    for column, step in enumerate(steps):
        exits, starts = [], ""
        for move in actual.moves:
            if move.source == START and move.target == step.id:
                starts = words.text("starts_here", share=both(*_shares(move, words, actual)))
            if move.source != step.id:
                continue
            weight = _weight(move, journey) / most
            if move.target in columns and move.target != step.id:
                label, below = _shares(move, words, actual)
                change = "unseen" if _is_hidden(move, actual) else move.verdict
                transitions.append(Transition(column, columns[move.target], label, weight, change, below))
            else:
                exits.append(_exit(move, journey, step, weight, words, actual))
        hidden = _visits(step, actual).hidden
        unseen = words.text("not_seen") if hidden else ""
        title = f"{step.number}. {step.label}" + (f" ({step.touchpoint_label})" if step.touchpoint_label else "")
        notes = tuple(note for note in (step.touchpoint_label, starts, unseen) if note)
        cards.append(
            Card(step.number, step.label, tuple(exits), "", step.moment_of_truth, title, "unseen" if hidden else "",
                 notes)
        )  # fmt: skip
    return cards, transitions


def _weight(move: Move, journey: ShownJourney) -> float:
    """How often a move is taken in a journey: by the log, else by the plan [1]."""
    if move.per_journey is not None:
        return move.per_journey
    step = next((one for one in journey.steps if one.id == move.source), None)
    return (move.planned or 0.0) * (step.visits if step else 1.0)


def _shares(move: Move, words: Words, actual: Actual) -> tuple[str, str]:
    """The planned share, and that of the log; a plus before what was not planned."""
    seen = words.share(move.actual) if move.actual is not None and not _is_hidden(move, actual) else ""
    if move.planned is None:
        return "", f"+{seen}" if seen else "+"
    return words.share(move.planned), seen


def _exit(move: Move, journey: ShownJourney, step: ShownStep, weight: float, words: Words, actual: Actual) -> Exit:
    shares = both(*_shares(move, words, actual))
    if move.target == STOP:
        return Exit("stop", shares, weight)
    if move.target == step.id:
        return Exit("again", shares, weight, back=True)
    number = journey.numbers[move.target]
    return Exit("on", f"{number}: {shares}", weight, number < step.number)


def _seen(step: ShownStep, journey: ShownJourney, actual: Actual, words: Words) -> list[str]:
    """The share of every way out of a step in the log, with its interval."""
    if _visits(step, actual).hidden:
        return []
    return [
        words.text("to_seen", target=_target(move, journey, words), seen=_share(move, words))
        for move in actual.moves
        if move.source == step.id and not _is_hidden(move, actual)
    ]


def _told(step: ShownStep, journey: ShownJourney, actual: Actual, words: Words) -> list[str]:
    """Every way out of a step with both shares and the interval."""
    lines = []
    for move in actual.moves:
        if move.source == step.id:
            planned = words.text("not_planned")
            if move.planned is not None:
                planned = words.text("planned_share", share=words.share(move.planned))
            seen = words.text("not_seen") if _is_hidden(move, actual) else _share(move, words)
            target = _target(move, journey, words)
            lines.append(words.text("planned_seen", target=target, planned=planned, seen=seen))
    return lines


def _target(move: Move, journey: ShownJourney, words: Words) -> str:
    if move.target == STOP:
        return words.text("stops")
    return f"→\u00a0{journey.numbers[move.target]}"


def _share(move: Move, words: Words) -> str:
    if move.actual is None:
        return words.text("too_few_to_show")
    if move.low is None or move.high is None:
        return words.share(move.actual)
    low, high = (words.count(100 * end) for end in (move.low, move.high))
    return words.text("seen_interval", share=words.share(move.actual), low=low, high=high)


def _is_hidden(move: Move, actual: Actual) -> bool:
    """Whether the log cannot see one of the two steps of a move."""
    return any(actual.visits[step].hidden for step in (move.source, move.target) if step in actual.visits)


def _bars(
    steps: Sequence[ShownStep], actual: Actual, most: float, frame: Frame, narrowest_px: float, words: Words
) -> Lane | None:
    """How often each step is passed in a journey, planned over actual."""
    if not most:
        return None
    name = words.text("lane_visits")
    widest = width_px(words.count(most, 2), TEXT) + 6
    shapes = []
    for column, step in enumerate(steps):
        x, visits = frame.left_of(column) + PAD_PX, _visits(step, actual)
        for row, (value, fill) in enumerate(((visits.planned, _PLANNED), (visits.actual, _SEEN))):
            y = PAD_PX + row * 20
            if value is None:
                note = words.text("not_seen" if visits.hidden else "too_few_to_show")
                shapes.append(letters([note], x, y + 3, TEXT, colour=UNSEEN))
                continue
            long_px = (narrowest_px - 2 * PAD_PX - widest) * value / most
            shapes.append(rect(x, y, long_px, 17, fill=fill, stroke=FLOW, stroke_width=0.8))
            shapes.append(letters([_times(value, words)], x + long_px + 4, y + 3, TEXT))
    return Lane(name, max(2 * PAD_PX + 38, name_height(name, frame, words.language)), tuple(shapes))


def _times(value: float, words: Words) -> str:
    return words.count(value, 2) if value == 0 or value >= 0.005 else "<" + words.count(0.01, 2)


def _legend(words: Words, several_bands: bool) -> list[LegendItem]:
    def stroke(colour: str, width: float, dash: str | None) -> LegendItem:
        def draw(x: float, y: float) -> str:
            return line(x, y, x + 26, y, colour, stroke_width=width, stroke_dasharray=dash)

        return draw, 26, ""

    def card(x: float, y: float) -> str:
        return rect(x, y - 6, 18, 12, rx=3, fill=PAPER, stroke=UNSEEN, stroke_dasharray="5 3")

    def stop(x: float, y: float) -> str:
        return rect(x + 1.5, y - 4.5, 9, 9, fill=FLOW)

    looks: tuple[tuple[str, str, float, str | None], ...] = (
        ("legend_as_planned", FLOW, 3, None),
        ("legend_differs", marks.BLUE, 3, None),
        ("legend_unplanned", marks.PURPLE, 3, "7 4"),
        ("legend_never", UNSEEN, 2, "2 3"),
        ("legend_back", marks.VERMILLION, 2.4, "6 3"),
    )
    items: list[LegendItem] = [
        (*stroke(colour, width, dash)[:2], words.text(key)) for key, colour, width, dash in looks
    ]

    def bar(fill: str) -> LegendItem:
        return lambda x, y: rect(x, y - 6, 18, 12, fill=fill, stroke=FLOW, stroke_width=0.8), 18, ""

    for key, fill in (("planned", _PLANNED), ("seen", _SEEN)):
        items.append((*bar(fill)[:2], words.text(key)))
    items += [(card, 18, words.text("legend_hidden")), (stop, 12, words.text("legend_stop"))]
    if several_bands:
        items.append((lambda x, y: marks.arrow_head(x + 10, y, "right", 6, FLOW), 12, words.text("legend_on")))
    return items
