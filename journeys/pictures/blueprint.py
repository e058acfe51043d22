"""What does a service blueprint of a journey look like: what customers do, see and never see?

Lanes and lines after Bitner, Ostrom and Morgan (2008), Service Blueprinting, California Management Review 50(3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.flow import JourneyFlow
from journeys.pictures import marks
from journeys.pictures.bands import MARGIN_PX, Frame
from journeys.pictures.cards import flow_lane
from journeys.pictures.lanes import PAD_PX, SMALL, TEXT, Lane, LegendItem, name_height
from journeys.pictures.lettering import width_px, wrapped
from journeys.pictures.rows import flow_legend, row_of_cards
from journeys.pictures.sheets import journey_sheets
from journeys.pictures.shown import ShownStep, shown_journey
from journeys.pictures.spoken import figures
from journeys.pictures.svg import INK, MUTED, PAPER, SOFTER, group, height_of, letters, line, rect
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory

MOST_STEPS = 300
_LINE_PX = 26.0
_FILLS = {"shows": "#fdf3dc", "onstage": "#dceaf3", "backstage": "#e6e9ed", "support": PAPER}


@dataclass(frozen=True)
class Box:
    """A box in a cell: a bold line, small ones below it, and whether the thing is lacking."""

    head: str
    below: tuple[str, ...] = ()
    lacking: bool = False


def blueprint(
    inventory: Inventory, flow: JourneyFlow, language: str = "en", paper: str = "screen", phase: str | None = None
) -> tuple[str, ...]:
    """The service blueprint of a journey as SVG, a sheet each.

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
        cards, transitions = row_of_cards(journey, steps, words)
        actions = flow_lane(words.text("lane_customer"), cards, transitions, frame, language)
        return _layers(inventory, steps, actions, frame, words)

    def items(leaves: bool) -> list[LegendItem]:
        lacking = any(box.lacking for step in journey.steps for box in _systems(inventory, step, words))
        more: list[LegendItem] = [(_lacking, 22, words.text("legend_lacking"))] if lacking else []
        return [*flow_legend(journey, words, leaves), *more]

    title = words.text("blueprint", name=journey.label)
    return journey_sheets(journey, [journey.goal, figures(flow, words)], lanes, items, title, paper, words)


def _layers(
    inventory: Inventory, steps: Sequence[ShownStep], actions: Lane, frame: Frame, words: Words
) -> list[Lane | None]:
    """The lanes from what customers see down to the systems, with the lines between them."""
    shows = [[Box("", (one,)) for one in step.shows] for step in steps]
    onstage = [_onstage(inventory, step, words) for step in steps]
    backstage = [_backstage(inventory, step, words) for step in steps]
    systems = [_systems(inventory, step, words) for step in steps]
    text = words.text
    met = [bool(boxes) for boxes in onstage]
    worked = [bool(boxes) for boxes in backstage]
    return [
        _boxes(text("lane_shows"), shows, _FILLS["shows"], frame, words),
        actions,
        _divider(text("line_interaction"), met, frame),
        _boxes(text("lane_onstage"), onstage, _FILLS["onstage"], frame, words),
        _divider(text("line_visibility"), [a and b for a, b in zip(met, worked, strict=True)], frame, strong=True),
        _boxes(text("lane_backstage"), backstage, _FILLS["backstage"], frame, words),
        _divider(text("line_internal"), [a and bool(b) for a, b in zip(worked, systems, strict=True)], frame),
        _boxes(text("lane_support"), systems, _FILLS["support"], frame, words),
    ]


def _onstage(inventory: Inventory, step: ShownStep, words: Words) -> list[Box]:
    if step.touchpoint is None:
        return []
    channel = inventory.channels.get(step.touchpoint.channel) if step.touchpoint.channel else None
    who = words.text("self_service") if channel and channel.self_service else step.owner_label
    return [Box(step.touchpoint_label, tuple(one for one in (step.channel_label, who) if one))]


def _backstage(inventory: Inventory, step: ShownStep, words: Words) -> list[Box]:
    boxes = []
    for action in step.backstage:
        owner = inventory.teams[action.owner].label(words.language) if action.owner else ""
        time = words.time(action.time.point) if action.time else ""
        boxes.append(Box(action.what.text(words.language), tuple(one for one in (owner, time) if one)))
    return boxes


def _systems(inventory: Inventory, step: ShownStep, words: Words) -> list[Box]:
    """Systems of the work backstage, then those of the touchpoint, then those it lacks, each once."""
    used = [action.system for action in step.backstage if action.system]
    needed: list[str] = []
    if step.touchpoint is not None:
        used += step.touchpoint.systems
        needed = [key for key in step.touchpoint.needs_systems if key not in used]
    boxes = [Box("", (inventory.systems[key].label(words.language),)) for key in dict.fromkeys(used)]
    lacks = words.text("lacking")
    return boxes + [
        Box("", (f"{inventory.systems[key].label(words.language)} ({lacks})",), lacking=True)
        for key in dict.fromkeys(needed)
    ]


def _boxes(name: str, cells: Sequence[Sequence[Box]], fill: str, frame: Frame, words: Words) -> Lane:
    """A lane with boxes below one another in each cell."""
    room_px = frame.column_px - 4 * PAD_PX
    shapes: list[str] = []
    tallest = name_height(name, frame, words.language)
    for column, boxes in enumerate(cells):
        x, y = frame.left_of(column) + PAD_PX, PAD_PX
        for box in boxes:
            head = wrapped(box.head, room_px, TEXT, words.language, bold=True) if box.head else []
            below = [one for text in box.below for one in wrapped(text, room_px, SMALL, words.language)]
            height = height_of(head, TEXT) + height_of(below, SMALL) + 8
            dash = "4 3" if box.lacking else None
            colour = marks.VERMILLION if box.lacking else MUTED
            shapes.append(
                rect(x, y, frame.column_px - 2 * PAD_PX, height, rx=3, fill=PAPER if box.lacking else fill,
                     stroke=colour, stroke_width=1, stroke_dasharray=dash)
            )  # fmt: skip
            shapes.append(letters(head, x + PAD_PX, y + 4, TEXT, bold=True))
            shapes.append(
                letters(below, x + PAD_PX, y + 4 + height_of(head, TEXT), SMALL, colour=colour if box.lacking else INK)
            )
            y += height + 5
        tallest = max(tallest, y + 1)
    return Lane(name, tallest, tuple(shapes), fill=SOFTER if fill == PAPER else PAPER)


def _divider(name: str, joined: Sequence[bool], frame: Frame, strong: bool = False) -> Lane:
    """A line between two lanes with its name, and an arrow both ways where the steps cross it."""
    middle = _LINE_PX / 2
    wide = width_px(name, SMALL, bold=True) + 12
    shapes = [
        line(MARGIN_PX, middle, frame.right_px, middle, INK, stroke_width=2.2 if strong else 1.2,
             stroke_dasharray=None if strong else "8 4"),
        rect(MARGIN_PX, middle - 8, wide, 16, fill=PAPER),
        letters([name], MARGIN_PX + 2, middle - SMALL * 0.62, SMALL, bold=True),
    ]  # fmt: skip
    for column, meets in enumerate(joined):
        if meets:
            x = frame.middle_of(column)
            shapes.append(line(x, 6, x, _LINE_PX - 6, INK, stroke_width=1.6))
            shapes.append(marks.arrow_head(x, 1, "up", 6, INK) + marks.arrow_head(x, _LINE_PX - 1, "down", 6, INK))
    return Lane("", _LINE_PX, (group(shapes),))


def _lacking(x: float, y: float) -> str:
    return rect(x, y - 6, 22, 12, rx=3, fill=PAPER, stroke=marks.VERMILLION, stroke_dasharray="4 3")
