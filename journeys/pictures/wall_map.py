"""What does a journey look like on the wall: phases across, and under each step all that is known of it?"""

from __future__ import annotations

from collections.abc import Sequence

from journeys.flow import JourneyFlow
from journeys.pictures import marks
from journeys.pictures.bands import Frame
from journeys.pictures.cards import flow_lane
from journeys.pictures.curve import journey_emotions
from journeys.pictures.lanes import PAD_PX, TEXT, Lane, LegendItem, name_height, text_lane
from journeys.pictures.lettering import width_px, wrapped
from journeys.pictures.rows import flow_legend, row_of_cards
from journeys.pictures.sheets import journey_sheets
from journeys.pictures.shown import WEAKEST_FIRST, ShownJourney, ShownStep, shown_journey
from journeys.pictures.spoken import figures
from journeys.pictures.svg import SOFTER, height_of, letters, rect
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory

MOST_STEPS = 300
_BAR = "#a87514"


def wall_map(
    inventory: Inventory, flow: JourneyFlow, language: str = "en", paper: str = "screen", phase: str | None = None
) -> tuple[str, ...]:
    """The wall map of a journey as SVG, a sheet each.

    Args:
        inventory: a model without errors.
        flow: of the journey, from `journey_flows`.
        language: nl or en.
        paper: screen (one tall picture), a4 or a3 (landscape sheets).
        phase: only this phase of the journey.

    Raises:
        DrawingError: the journey has more steps than a reader could follow.
        ValueError: there is no such paper or phase.
    """
    words = Words(language)
    journey = shown_journey(inventory, flow, language, MOST_STEPS, phase)

    def lanes(steps: Sequence[ShownStep], frame: Frame, narrowest_px: float) -> list[Lane | None]:
        return _lanes(journey, steps, frame, narrowest_px, words)

    def items(leaves: bool) -> list[LegendItem]:
        return [*flow_legend(journey, words, leaves), *_legend(words)]

    title = words.text("wall", name=journey.label)
    return journey_sheets(journey, [journey.goal, figures(flow, words)], lanes, items, title, paper, words)


def _lanes(
    journey: ShownJourney, steps: Sequence[ShownStep], frame: Frame, narrowest_px: float, words: Words
) -> list[Lane | None]:
    language, text = words.language, words.text
    cards, transitions = row_of_cards(journey, steps, words)
    most_s = max((step.customer_s for step in journey.steps), default=0.0)
    own = text("own_channel")
    return [
        flow_lane(text("lane_steps"), cards, transitions, frame, language),
        text_lane(
            text("lane_touchpoint"), [step.touchpoint_label for step in steps], frame, language, SOFTER,
            bold_first=[step.channel_label or own for step in steps],
        ),
        journey_emotions(journey, steps, frame, words),
        _times(text("lane_per_visit"), [step.customer_s_per_visit for step in steps], frame, words),
        _bars(text("lane_per_journey"), [step.customer_s for step in steps], most_s, frame, narrowest_px, words),
        _times(text("lane_staff"), [step.staff_s_per_visit for step in steps], frame, words),
        text_lane(text("lane_pain"), [step.pain for step in steps], frame, language, SOFTER,
                  mark=marks.bolt),
        text_lane(text("lane_opportunity"), [step.opportunity for step in steps], frame, language,
                  mark=lambda x, y: marks.plus(x, y, 9)),
        text_lane(text("lane_owner"), [step.owner_label for step in steps], frame, language, SOFTER),
        _evidence(steps, frame, words),
    ]  # fmt: skip


def _times(name: str, times_s: Sequence[float], frame: Frame, words: Words) -> Lane | None:
    if not any(times_s):
        return None
    height = max(TEXT + 2 * PAD_PX, name_height(name, frame, words.language))
    shapes = [
        letters([words.time(time_s)], frame.left_of(column) + PAD_PX, PAD_PX, TEXT)
        for column, time_s in enumerate(times_s)
    ]
    return Lane(name, height, tuple(shapes))


def _bars(
    name: str, times_s: Sequence[float], most_s: float, frame: Frame, narrowest_px: float, words: Words
) -> Lane | None:
    """Bars as long as the time in every band, darker the longer, each with its number."""
    if not most_s:
        return None
    height = max(18 + 2 * PAD_PX, name_height(name, frame, words.language))
    shapes = []
    for column, time_s in enumerate(times_s):
        x = frame.left_of(column) + PAD_PX
        long_px = (narrowest_px - 2 * PAD_PX) * time_s / most_s
        shapes.append(rect(x, PAD_PX, long_px, 18, fill=marks.heat(time_s, most_s), stroke=_BAR, stroke_width=0.8))
        shown = words.time(time_s)
        inside = width_px(shown, TEXT, True) + 8 <= long_px
        shapes.append(letters([shown], x + (4 if inside else long_px + 4), PAD_PX + 3.5, TEXT, bold=True))
    return Lane(name, height, tuple(shapes))


def _evidence(steps: Sequence[ShownStep], frame: Frame, words: Words) -> Lane:
    name = words.text("lane_evidence")
    shapes = []
    tallest = name_height(name, frame, words.language)
    for column, step in enumerate(steps):
        x = frame.left_of(column) + PAD_PX
        lines = wrapped(words.text(f"grade_{step.grade or 'none'}"), frame.column_px - 32, TEXT, words.language)
        shapes.append(marks.grade_mark(x + 6, PAD_PX + 6, step.grade))
        shapes.append(letters(lines, x + 18, PAD_PX, TEXT))
        tallest = max(tallest, height_of(lines, TEXT) + 2 * PAD_PX)
    return Lane(name, tallest, tuple(shapes))


def _legend(words: Words) -> list[LegendItem]:
    def grades(x: float, y: float) -> str:
        return "".join(marks.grade_mark(x + 6 + 15 * i, y, grade) for i, grade in enumerate(reversed(WEAKEST_FIRST)))

    def time(x: float, y: float) -> str:
        return rect(x, y - 6, 18, 12, fill=marks.HEAT[3], stroke=_BAR)

    return [(grades, 15.0 * len(WEAKEST_FIRST), words.text("legend_grade")), (time, 18, words.text("legend_effort"))]
