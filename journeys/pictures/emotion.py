"""How do different customers feel on the same journey: their emotion curves in one picture?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journeys.drawing import DrawingError
from journeys.flow import JourneyFlow
from journeys.pictures import marks
from journeys.pictures.bands import Frame
from journeys.pictures.cards import flow_lane
from journeys.pictures.curve import journey_emotions
from journeys.pictures.lanes import Lane, LegendItem, text_lane
from journeys.pictures.rows import row_of_cards
from journeys.pictures.sheets import journey_sheets
from journeys.pictures.shown import ShownStep, shown_journey
from journeys.pictures.svg import SOFTER
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory

MOST_STEPS = 300
_UNIT_PX = 34.0


def emotion_curve(
    inventory: Inventory, flow: JourneyFlow, language: str = "en", paper: str = "screen", phase: str | None = None
) -> tuple[str, ...]:
    """The emotion curves of a journey's personas as SVG, a sheet each.

    Args:
        inventory: a model without errors.
        flow: of the journey, from `journey_flows`.
        language: nl or en.
        paper: screen (one tall picture), a4 or a3 (landscape sheets).
        phase: only this phase of the journey.

    Raises:
        DrawingError: the model says no emotion of the journey, or the journey has too many steps.
        ValueError: there is no such paper or phase.
    """
    words = Words(language)
    journey = shown_journey(inventory, flow, language, MOST_STEPS, phase)
    if all(value is None for step in journey.steps for value in step.emotions):
        message = f"journey '{journey.id}' states no emotion; give its steps `emotion:` from -2 to 2"
        raise DrawingError(message)

    def lanes(steps: Sequence[ShownStep], frame: Frame, narrowest_px: float) -> list[Lane | None]:
        cards = [replace(card, exits=(), head="") if card else None for card in row_of_cards(journey, steps, words)[0]]
        return [
            journey_emotions(journey, steps, frame, words, _UNIT_PX),
            flow_lane(words.text("lane_moment"), cards, [], frame, language),
            text_lane(
                words.text("lane_touchpoint"), [step.touchpoint_label for step in steps], frame, language, SOFTER,
                bold_first=[step.channel_label or words.text("own_channel") for step in steps],
            ),
            text_lane(words.text("lane_pain"), [step.pain for step in steps], frame, language, mark=marks.bolt),
        ]  # fmt: skip

    def items(leaves: bool) -> list[LegendItem]:
        star: LegendItem = (lambda x, y: marks.star(x + 7, y), 14, words.text("legend_moment"))
        return [star] if any(step.moment_of_truth for step in journey.steps) else []

    lines = [journey.goal, *_quotes(inventory, journey.personas, words)]
    return journey_sheets(journey, lines, lanes, items, words.text("emotion", name=journey.label), paper, words)


def _quotes(inventory: Inventory, personas: Sequence[tuple[str, str, float]], words: Words) -> list[str]:
    """A line per persona that says something."""
    lines = []
    for key, label, share in personas:
        quote = inventory.personas[key].quote
        if quote is not None:
            said = quote.text(words.language)
            lines.append(words.text("persona_line", name=label, share=words.share(share), quote=said))
    return lines
