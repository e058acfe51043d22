"""Which pictures of journeys and contact points does the report show?"""

from __future__ import annotations

from collections.abc import Callable

from journeys.drawing import DrawingError
from journeys.flow import JourneyFlow
from journeys.pictures.blueprint import blueprint
from journeys.pictures.emotion import emotion_curve
from journeys.pictures.landscape import landscape
from journeys.pictures.lanes_map import lanes_map
from journeys.pictures.wall_map import wall_map
from workbench.analysis.loads import loads
from workbench.language.language import Language
from workbench.project import Project
from workbench.report.behind import journey_steps, landscape_rows
from workbench.report.blocks import Block, Fold, Paragraph, Picture

PAPER = "report"
OVERVIEW_STEPS = 20
"""More steps beside one another are too small to read at the width of a page."""


def journey_pictures(project: Project, flow: JourneyFlow, language: Language) -> list[Block]:
    """The wall map of a journey; overview, blueprint and emotion curves fold out below it."""
    inventory, code = project.inventory, language.code
    journey = inventory.journeys[flow.journey]
    name = journey.label(code)
    try:
        sheets = wall_map(inventory, flow, code, PAPER)
    except DrawingError as error:
        return [Paragraph(str(error))]
    caption = language.text("map.caption", name=name, place=journey.place)
    *first, last = sheets
    blocks: list[Block] = [Picture(svg, "", wide=True, beside="journey_steps") for svg in first]
    blocks.append(Picture(last, caption, wide=True, behind=journey_steps(project, flow, language)))
    folded: list[Picture] = []
    more: list[Callable[[], tuple[str, ...]]] = [
        lambda: blueprint(inventory, flow, code, PAPER),
        lambda: emotion_curve(inventory, flow, code, PAPER),
    ]
    if len(journey.steps) <= OVERVIEW_STEPS:
        more.append(lambda: (lanes_map(inventory, flow, code),))
    for draw in more:
        try:
            folded.extend(Picture(svg, "", wide=True, beside="journey_steps") for svg in draw())
        except DrawingError:
            continue
    if folded:
        blocks.append(Fold(language.text("map.more", name=name), tuple(folded)))
    return blocks


def landscape_picture(project: Project, language: Language) -> list[Block]:
    """The contact landscape, coloured by staff hours."""
    carried = loads(project)
    try:
        svg = landscape(project.inventory, carried.contacts_per_year, carried.staff_h_per_year, language.code)
    except DrawingError as error:
        return [Paragraph(str(error))]
    behind = landscape_rows(project, language)
    return [Picture(svg, language.text("landscape.caption"), wide=True, behind=behind)]
