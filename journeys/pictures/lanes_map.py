"""What does a journey look like at a glance: phases across, a lane per channel, lines as wide as their flow?"""

from __future__ import annotations

import math
import re

from journeys.drawing import DrawingError, graphviz_svg
from journeys.flow import JourneyFlow
from journeys.graph import GAVE_UP, RESOLVED, UNKNOWN, step_graph
from journeys.pictures import marks
from journeys.pictures.grid import COLUMN_IN, NODE_H_IN, NODE_W_IN, POINTS, ROW_IN, Grid, grid_of
from journeys.pictures.lanes import LegendItem, heading, legend
from journeys.pictures.lettering import fitted, width_px, wrapped
from journeys.pictures.shown import ShownJourney, ShownStep, Way, shown_journey
from journeys.pictures.spoken import figures, spoken
from journeys.pictures.svg import MUTED, PAPER, document, group, height_of, letters, line, rect
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory

MOST_STEPS = 60
_NAMES_PX, _PHASES_PX, _MARGIN_PX = 96.0, 34.0, 20.0
_FILLS = ("#f5f7f9", "#eaeef2")
_KINDS = {"channel_switch": "#c04f00", "hand_off": "#9c3f80", "repeat": "#0072b2"}
_PLAIN = "#5b6773"
_DASHES = {"channel_switch": "solid", "hand_off": "dashed", "repeat": "dotted"}
_CORNER = f'shape=ellipse, fixedsize=true, width=0.01, height=0.01, label="", color="{PAPER}"'
"""A corner of the picture, by which shapes that Graphviz does not know find their place."""


def lanes_map(inventory: Inventory, flow: JourneyFlow, language: str = "en", phase: str | None = None) -> str:
    """The overview of one journey as SVG, drawn by Graphviz.

    Args:
        inventory: a model without errors.
        flow: of the journey, from `journey_flows`.
        language: nl or en.
        phase: only this phase of the journey.

    Raises:
        DrawingError: the journey has more steps than a reader could follow, or there is no Graphviz.
        ValueError: the journey has no such phase.
    """
    words = Words(language)
    journey = shown_journey(inventory, flow, language, MOST_STEPS, phase)
    grid = grid_of(journey, words)
    drawn, left, top = _within(graphviz_svg(_dot(inventory, journey, grid), "neato"))
    width = _MARGIN_PX * 2 + _NAMES_PX + grid.width_px
    title = words.text("lanes", name=journey.label)
    shares = _labels(drawn, journey, grid, left, top, words)
    head, head_px = heading(title, [journey.goal, figures(flow, words)], width, language)
    body_px = head_px + _PHASES_PX
    x = _MARGIN_PX + _NAMES_PX
    keys, foot = legend(_legend(words), width)
    shapes = [
        *head,
        group(_phase_bars(journey, grid, words), x, head_px),
        group(_lane_bars(grid, words), _MARGIN_PX, body_px),
        group([_bare(drawn), *shares], x - left, body_px - top),
        group([*_names(journey, grid, words), *_beside(journey, grid, words)], x, body_px),
        group(keys, y=body_px + grid.height_px),
    ]
    said = spoken(journey, words, journey.steps)
    return document(shapes, width, body_px + grid.height_px + foot, title, said)


def _dot(inventory: Inventory, journey: ShownJourney, grid: Grid) -> str:
    width_in, height_in = grid.columns * COLUMN_IN, grid.rows * ROW_IN
    lines = [
        "digraph journey {",
        'graph [layout=neato, splines=true, overlap=true, notranslate=true, outputorder=edgesfirst, pad="0.1", '
        'esep="+8", bgcolor=transparent];',
        f'node [shape=box, style="rounded,filled", fixedsize=true, width={NODE_W_IN}, height={NODE_H_IN}, label="", '
        f'color="{MUTED}", penwidth=1];',
        "edge [arrowsize=0.7];",
        f'corner_a [{_CORNER}, pos="0,0!"];',
        f'corner_b [{_CORNER}, pos="{width_in:.3f},{height_in:.3f}!"];',
    ]
    most_s = max((step.customer_s for step in journey.steps), default=0.0)
    for step in journey.steps:
        lines.append(_node(step.id, grid, marks.heat(step.customer_s, most_s)))
    lines += [_node(end, grid, PAPER, "penwidth=2") for end in (RESOLVED, GAVE_UP, UNKNOWN) if end in grid.cells]
    return "\n".join([*lines, *_edges(inventory, journey, grid), "}"])


def _node(node: str, grid: Grid, fill: str, more: str = "") -> str:
    x, y = grid.at_in(node)
    return f'"{node}" [pos="{x:.3f},{y:.3f}!", fillcolor="{fill}"{", " + more if more else ""}];'


def _names(journey: ShownJourney, grid: Grid, words: Words) -> list[str]:
    """What stands in the boxes: name, touchpoint and time of a step; how many come to an end."""
    room_px = NODE_W_IN * POINTS - 10
    shapes = []
    for step in journey.steps:
        name = wrapped(step.label, room_px, 10, words.language, bold=True, most=3)
        where = fitted(step.touchpoint_label, room_px, 8.5) if len(name) < 3 else ""
        below = [one for one in (where, words.time(step.customer_s_per_visit)) if one]
        title = f"{step.number}. {step.label}" + (f" ({step.touchpoint_label})" if step.touchpoint_label else "")
        shapes.append(group(_centred(step.id, grid, name, below), title=title))
    flow = journey.flow
    for end, share in ((RESOLVED, flow.resolved), (GAVE_UP, flow.gave_up), (UNKNOWN, flow.unknown)):
        if end in grid.cells:
            name = wrapped(words.text(end), room_px, 10, words.language, bold=True)
            shapes.extend(_centred(end, grid, name, [words.share(share)]))
    return shapes


def _centred(node: str, grid: Grid, name: list[str], below: list[str]) -> list[str]:
    column, row = grid.cells[node]
    x, y = (column + 0.5) * COLUMN_IN * POINTS, (row + 0.5) * ROW_IN * POINTS
    top = y - (height_of(name, 10) + height_of(below, 8.5)) / 2
    return [
        letters(name, x, top, 10, anchor="middle", bold=True),
        letters(below, x, top + height_of(name, 10), 8.5, anchor="middle"),
    ]


def _drawn_ways(journey: ShownJourney, grid: Grid) -> list[tuple[ShownStep, Way]]:
    """The transitions that get a line; giving up and doing it again get a mark at their step."""
    return [
        (step, way)
        for step in journey.steps
        for way in step.ways
        if way.target not in (GAVE_UP, step.id) and way.target in grid.cells
    ]


def _edges(inventory: Inventory, journey: ShownJourney, grid: Grid) -> list[str]:
    graph = step_graph(inventory, journeys=[inventory.journeys[journey.id]])
    lines = []
    for index, (step, way) in enumerate(_drawn_ways(journey, grid)):
        source = f"{journey.id}/{step.id}"
        target = way.target if way.target in (RESOLVED, UNKNOWN) else f"{journey.id}/{way.target}"
        kinds = graph.edges[source, target]["kinds"] if graph.has_edge(source, target) else ()
        kind = next((one for one in _KINDS if one in kinds), "")
        width = 1.2 + 4.0 * min(1.0, way.passages)
        lines.append(
            f'"{step.id}" -> "{way.target}" [id="way{index}", penwidth={width:.2f}, '
            f'color="{_KINDS.get(kind, _PLAIN)}", style={_DASHES.get(kind, "solid")}];'
        )
    return lines


def _within(svg: str) -> tuple[str, float, float]:
    """What Graphviz drew, without its frame, and where the grid's upper left corner stands in it."""
    corner = {}
    for name in ("corner_a", "corner_b"):
        found = re.search(rf'<title>{name}</title>\s*<ellipse[^>]* cx="([-\d.]+)" cy="([-\d.]+)"', svg)
        if found is None:
            raise DrawingError("Graphviz drew a picture without corners")
        corner[name] = float(found.group(1)), float(found.group(2))
    body = svg[svg.index("<title>journey</title>") + len("<title>journey</title>") : svg.rindex("</g>")]
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    return body, corner["corner_a"][0], corner["corner_b"][1]


def _bare(body: str) -> str:
    """The drawing without the names that Graphviz gives its parts."""
    body = re.sub(r'<g id="\w+" class="node">\s*<title>corner_[ab]</title>.*?</g>\s*', "", body, flags=re.DOTALL)
    return re.sub(r"<title>.*?</title>\s*", "", re.sub(r' id="[^"]*"| class="[^"]*"', "", body))


def _labels(body: str, journey: ShownJourney, grid: Grid, left: float, top: float, words: Words) -> list[str]:
    """The share of each line, on the line, where no box and no other share stands."""
    taken = [_box(node, grid, left, top) for node in grid.cells]
    for step in journey.steps:
        marked = sum(way.target in (GAVE_UP, step.id) for way in step.ways)
        x, _, _, bottom = _box(step.id, grid, left, top)
        taken.append((x, bottom, x + 44 * marked, bottom + 16))
    shapes = []
    for index, (_, way) in enumerate(_drawn_ways(journey, grid)):
        found = re.search(rf'<g id="way{index}".*?<path[^>]* d="([^"]+)"', body, flags=re.DOTALL)
        if found is None:
            continue
        share = words.share(way.share)
        half = width_px(share, 10) / 2 + 2
        points, (wide, high) = _along([float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", found.group(1))])
        aside = (0.0, 12.0) if wide > 2 * high else (half + 5, 0.0)
        signs = (0,) if math.hypot(wide, high) > 4 * half else (-1, 1, 0)
        spots = [
            (x + sign * aside[0] - half, y + sign * aside[1] - 7, x + sign * aside[0] + half, y + sign * aside[1] + 7)
            for sign in signs
            for x, y in points
        ]
        spot = min(spots, key=lambda one: sum(_covers(one, other) for other in taken))
        taken.append(spot)
        middle = (spot[0] + spot[2]) / 2
        shapes.append(rect(spot[0], spot[1], 2 * half, 14, rx=3, fill=PAPER, fill_opacity="0.88"))
        shapes.append(letters([share], middle, spot[1] + 1, 10, anchor="middle"))
    return shapes


def _box(node: str, grid: Grid, left: float, top: float) -> tuple[float, float, float, float]:
    column, row = grid.cells[node]
    x, y = left + (column + 0.5) * COLUMN_IN * POINTS, top + (row + 0.5) * ROW_IN * POINTS
    wide, high = NODE_W_IN * POINTS / 2, NODE_H_IN * POINTS / 2
    return x - wide, y - high, x + wide, y + high


def _covers(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """The area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _along(numbers: list[float]) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """Points along a chain of Bézier curves, the middle ones first, and how far apart its ends are each way."""
    knots = list(zip(numbers[::2], numbers[1::2], strict=False))
    points: list[tuple[float, float]] = []
    for first in range(0, len(knots) - 3, 3):
        a, b, c, d = knots[first : first + 4]
        for step in range(12):
            t, u = step / 12, 1 - step / 12
            x, y = (u**3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t**3 * d[i] for i in (0, 1))
            points.append((x, y))
    middle = len(points) * 0.42
    order = sorted(range(len(points)), key=lambda place: abs(place - middle))
    return [points[place] for place in order], (abs(knots[-1][0] - knots[0][0]), abs(knots[-1][1] - knots[0][1]))


def _phase_bars(journey: ShownJourney, grid: Grid, words: Words) -> list[str]:
    shapes = []
    for phase, first, last in grid.phases:
        label = journey.phase_label(phase)
        if label:
            x, wide = first * COLUMN_IN * POINTS + 3, (last - first + 1) * COLUMN_IN * POINTS - 6
            text = wrapped(label, wide - 10, 12, words.language, bold=True, most=1)
            shapes.append(rect(x, 0, wide, 24, rx=4, fill="#d9e3ea"))
            shapes.append(letters(text, x + wide / 2, 5, 12, anchor="middle", bold=True))
    return shapes


def _lane_bars(grid: Grid, words: Words) -> list[str]:
    shapes = []
    for index, (lane, first, height) in enumerate(grid.lanes):
        top, tall = first * ROW_IN * POINTS, height * ROW_IN * POINTS
        shapes.append(rect(0, top, _NAMES_PX + grid.width_px, tall, fill=_FILLS[index % 2]))
        name = wrapped(lane, _NAMES_PX - 12, 12, words.language, bold=True, most=4)
        shapes.append(letters(name, 8, top + (tall - height_of(name, 12)) / 2, 12, bold=True))
    return shapes


def _beside(journey: ShownJourney, grid: Grid, words: Words) -> list[str]:
    """Marks under each step with the shares that give up or come again: lines for them would cover the map."""
    shapes = []
    for step in journey.steps:
        column, row = grid.cells[step.id]
        x = (column + 0.5) * COLUMN_IN * POINTS - NODE_W_IN * POINTS / 2 + 8
        y = ((row + 0.5) * ROW_IN + NODE_H_IN / 2) * POINTS + 8
        for way in step.ways:
            if way.target not in (GAVE_UP, step.id) or not way.share:
                continue
            mark = marks.cross(x, y, 9) if way.target == GAVE_UP else marks.again(x, y)
            share = words.share(way.share)
            shapes.append(mark + letters([share], x + 9, y - 6, 10))
            x += 22 + width_px(share, 10)
    return shapes


def _legend(words: Words) -> list[LegendItem]:
    def stroke(kind: str) -> LegendItem:
        dash = {"dashed": "7 4", "dotted": "1.5 3", "solid": None}[_DASHES[kind]]

        def draw(x: float, y: float) -> str:
            return line(x, y, x + 26, y, _KINDS[kind], stroke_width=3, stroke_dasharray=dash)

        return draw, 26, words.text(f"kind_{kind}")

    def scale(x: float, y: float) -> str:
        return "".join(
            rect(x + 14 * i, y - 6, 14, 12, fill=fill, stroke=MUTED, stroke_width=0.6)
            for i, fill in enumerate(marks.HEAT)
        )

    def widths(x: float, y: float) -> str:
        return line(x, y - 4, x + 22, y - 4, _PLAIN) + line(x, y + 3, x + 22, y + 3, _PLAIN, stroke_width=5)

    return [
        (widths, 22, words.text("legend_flow")),
        *(stroke(kind) for kind in _KINDS),
        (scale, 70, words.text("legend_heat")),
        (lambda x, y: marks.again(x + 6, y), 12, words.text("legend_back")),
        (lambda x, y: marks.cross(x + 6, y), 12, words.text("legend_gave_up")),
    ]
