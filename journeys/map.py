"""What does the map of a journey look like: phases across, a lane per channel, edges as wide as their flow?"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass

from journeys.drawing import FONT, FONTS, DrawingError, graphviz_svg
from journeys.flow import JourneyFlow
from journeys.graph import GAVE_UP, RESOLVED, UNKNOWN
from touchpoints.inventory import Inventory
from touchpoints.records.journey import Journey, Step

MOST_STEPS = 150
POINTS = 72.0
COLUMN_IN, ROW_IN = 2.55, 1.12
NODE_W_IN, NODE_H_IN = 1.72, 0.78
LANE_NAME_IN, HEADING_IN = 1.5, 0.62

INK, MUTED, PAPER = "#1d2733", "#5b6773", "#ffffff"
LANES = ("#f4f6f8", "#e9edf1")
EDGE = {"plain": "#7b8794", "channel_switch": "#d55e00", "hand_off": "#a8478a", "repeat": "#0072b2"}
_DOT = f'shape=ellipse, fixedsize=true, width=0.01, height=0.01, label="", color="{PAPER}"'
"""A corner of the picture, by which shapes that Graphviz does not know find their place."""
HEAT = ("#ffffff", "#fdf0d5", "#fbdd9f", "#f5bd5a", "#e69f00")

_WORDS = {
    "nl": {
        "no_channel": "zelf", RESOLVED: "Opgelost", GAVE_UP: "Opgegeven", UNKNOWN: "Vervolg onbekend",
        "channel_switch": "kanaalwissel", "hand_off": "overdracht", "repeat": "herhaling",
        "heat": "kleur: aandeel in de klanttijd", "gives_up": "× geeft hier op", "map": "Kaart van de klantreis {name}",
        "desc": "{steps} stappen; {resolved:.0%} opgelost, {gave_up:.0%} opgegeven.", "min": "min",
    },
    "en": {
        "no_channel": "on their own", RESOLVED: "Resolved", GAVE_UP: "Gave up", UNKNOWN: "Next step unknown",
        "channel_switch": "channel switch", "hand_off": "hand-off", "repeat": "repeat",
        "heat": "colour: share of customer time", "gives_up": "× gives up here", "map": "Map of the journey {name}",
        "desc": "{steps} steps; {resolved:.0%} resolved, {gave_up:.0%} gave up.", "min": "min",
    },
}  # fmt: skip


@dataclass(frozen=True)
class _Layout:
    """Where each node stands: column and row of the grid, and which rows each lane takes."""

    cells: dict[str, tuple[int, int]]
    lanes: tuple[tuple[str, int, int], ...]
    phases: tuple[tuple[str, int, int], ...]
    columns: int
    rows: int

    def centre_in(self, node: str) -> tuple[float, float]:
        """The middle of a node in inches from the lower left."""
        column, row = self.cells[node]
        x = LANE_NAME_IN + (column + 0.5) * COLUMN_IN
        return x, (self.rows - row - 0.5) * ROW_IN


def journey_map(inventory: Inventory, flow: JourneyFlow, language: str = "en") -> str:
    """The map of one journey as SVG.

    Raises:
        DrawingError: the journey has more steps than a reader could follow.
    """
    journey = inventory.journeys[flow.journey]
    if len(journey.steps) > MOST_STEPS:
        message = f"journey '{journey.id}' has {len(journey.steps):,} steps; a map shows at most {MOST_STEPS}; split it"
        raise DrawingError(message)
    layout = _lay_out(inventory, journey, flow)
    source = _dot(inventory, journey, flow, layout, language)
    return _finish(graphviz_svg(source, "neato"), inventory, journey, flow, layout, language)


def _lay_out(inventory: Inventory, journey: Journey, flow: JourneyFlow) -> _Layout:
    phase_order = {phase: index for index, phase in enumerate(journey.phases)}
    ordered = sorted(journey.steps, key=lambda step: phase_order.get(journey.steps[step].phase or "", len(phase_order)))
    columns = _columns(journey, flow, ordered)
    lanes = list(dict.fromkeys(_lane(inventory, journey.steps[step]) for step in ordered))
    cells: dict[str, tuple[int, int]] = {}
    placed: list[tuple[str, int, int]] = []
    row = 0
    for lane in lanes:
        filled: dict[int, int] = {}
        for step in ordered:
            if _lane(inventory, journey.steps[step]) == lane:
                column = columns[step]
                cells[f"{journey.id}/{step}"] = (column, row + filled.get(column, 0))
                filled[column] = filled.get(column, 0) + 1
        height = max(filled.values())
        placed.append((lane, row, height))
        row += height
    last = max(columns.values()) + 1
    ends = [end for end in (RESOLVED, GAVE_UP, UNKNOWN) if any(target == end for _, target in flow.edges)]
    rows = max(row, len(ends))
    for index, end in enumerate(ends):
        cells[end] = (last, index if index == 0 else rows - len(ends) + index)
    return _Layout(cells, tuple(placed), _phase_spans(journey, columns), last + 1, rows)


def _columns(journey: Journey, flow: JourneyFlow, ordered: list[str]) -> dict[str, int]:
    """A column per step: behind the steps that lead to it, and behind the phases before its own."""
    position = {step: index for index, step in enumerate(ordered)}
    before: dict[str, list[str]] = {step: [] for step in ordered}
    for source, target in flow.edges:
        first, second = source.partition("/")[2], target.partition("/")[2]
        if second in position and position[first] < position[second]:
            before[second].append(first)
    columns: dict[str, int] = {}
    floor, phase = 0, journey.steps[ordered[0]].phase
    for step in ordered:
        if journey.steps[step].phase != phase:
            floor, phase = max(columns.values()) + 1, journey.steps[step].phase
        columns[step] = max([floor, *(columns[other] + 1 for other in before[step])])
    return columns


def _phase_spans(journey: Journey, columns: dict[str, int]) -> tuple[tuple[str, int, int], ...]:
    spans = []
    for phase in journey.phases:
        own = [column for step, column in columns.items() if journey.steps[step].phase == phase]
        if own:
            spans.append((phase, min(own), max(own)))
    return tuple(spans)


def _lane(inventory: Inventory, step: Step) -> str:
    touchpoint = inventory.touchpoints.get(step.touchpoint) if step.touchpoint else None
    return (touchpoint.channel if touchpoint else None) or ""


def _dot(inventory: Inventory, journey: Journey, flow: JourneyFlow, layout: _Layout, language: str) -> str:
    width_in = LANE_NAME_IN + layout.columns * COLUMN_IN
    height_in = layout.rows * ROW_IN + HEADING_IN
    lines = [
        "digraph journey {",
        'graph [layout=neato, splines=true, overlap=true, notranslate=true, outputorder=edgesfirst, pad="0.1", '
        f'esep="+6", fontname="{FONT}"];',
        f'node [shape=box, style="rounded,filled", fixedsize=true, width={NODE_W_IN}, height={NODE_H_IN}, '
        f'fontname="{FONT}", fontsize=11, fontcolor="{INK}", color="{MUTED}", penwidth=1];',
        f'edge [fontname="{FONT}", fontsize=10, fontcolor="{INK}", arrowsize=0.7];',
        f'corner_a [{_DOT}, pos="0,-0.45!"];',
        f'corner_b [{_DOT}, pos="{width_in},{height_in}!"];',
    ]
    most = max(flow.customer_s.values(), default=0.0) or 1.0
    for name, step in journey.steps.items():
        node = f"{journey.id}/{name}"
        heat = HEAT[min(len(HEAT) - 1, int(flow.customer_s[node] / most * len(HEAT)))]
        lines.append(_node(node, layout, _step_label(inventory, step, flow, node, language), heat))
    for end in layout.cells:
        if end in (RESOLVED, GAVE_UP, UNKNOWN):
            share = {RESOLVED: flow.resolved, GAVE_UP: flow.gave_up, UNKNOWN: flow.unknown}[end]
            text = f"<b>{_WORDS[language][end]}</b><br/>{share:.0%}"
            lines.append(_node(end, layout, text, PAPER, 'shape=box, style="filled,rounded", penwidth=2'))
    lines.extend(_edges(flow, inventory, journey))
    return "\n".join([*lines, "}"])


def _node(node: str, layout: _Layout, label: str, fill: str, more: str = "") -> str:
    x, y = layout.centre_in(node)
    return f'"{node}" [pos="{x:.3f},{y:.3f}!", label=<{label}>, fillcolor="{fill}"{", " + more if more else ""}];'


def _step_label(inventory: Inventory, step: Step, flow: JourneyFlow, node: str, language: str) -> str:
    name = "<br/>".join(_escape(line) for line in _wrapped(step.label(language), 22, 2))
    touchpoint = inventory.touchpoints.get(step.touchpoint) if step.touchpoint else None
    details = [_wrapped(touchpoint.label(language), 26, 1)[0]] if touchpoint else []
    minutes = flow.customer_s[node] / flow.visits[node] / 60 if flow.visits[node] else 0.0
    if minutes >= 0.5:
        details.append(f"{minutes:.0f} {_WORDS[language]['min']}")
    small = "<br/>".join(_escape(detail) for detail in details)
    return f'<b>{name}</b><br/><font point-size="9" color="{MUTED}">{small or " "}</font>'


def _edges(flow: JourneyFlow, inventory: Inventory, journey: Journey) -> list[str]:
    from journeys.graph import step_graph

    graph = step_graph(inventory)
    lines = []
    for (source, target), passages in flow.edges.items():
        if target == GAVE_UP:
            continue
        kinds = graph.edges[source, target]["kinds"] if graph.has_edge(source, target) else ()
        kind = next((one for one in ("channel_switch", "hand_off", "repeat") if one in kinds), "plain")
        share = passages / flow.visits[source] if flow.visits[source] else 0.0
        width = 0.8 + 4.2 * min(1.0, passages)
        style = "dashed" if passages == 0 else "solid"
        lines.append(
            f'"{source}" -> "{target}" [label=" {share:.0%} ", penwidth={width:.2f}, color="{EDGE[kind]}", '
            f'style={style}, tooltip="{share:.0%}"];'
        )
    return lines


def _finish(svg: str, inventory: Inventory, journey: Journey, flow: JourneyFlow, layout: _Layout, language: str) -> str:
    """Lanes, phase headings, legend, and words for those who cannot see the picture."""
    words = _WORDS[language]
    head, mark, rest = svg.partition('class="graph"')
    opening, _, body = rest.partition("<title>journey</title>")
    name = journey.label(language)
    title = words["map"].format(name=name)
    desc = words["desc"].format(steps=len(journey.steps), resolved=flow.resolved, gave_up=flow.gave_up)
    head = head[head.index("<svg") :].replace(
        "<svg ", f'<svg role="img" aria-label="{_escape(f"{title}. {desc}")}" font-family="{FONTS}" ', 1
    )
    start = body.find("<!--")
    corner = re.search(r'<title>corner_a</title>\s*<ellipse[^>]* cx="([-\d.]+)" cy="([-\d.]+)"', body)
    if corner is None:
        raise DrawingError("Graphviz drew a picture without corners")
    dx, dy = float(corner.group(1)), float(corner.group(2)) - 0.45 * POINTS
    shapes = "".join([*_lane_shapes(inventory, journey, layout, language), *_giving_up(flow, layout)])
    return (
        f"{head}{mark}{opening}<title>{_escape(title)}</title><desc>{_escape(desc)}</desc>"
        f'<rect x="{dx - 20}" y="{dy - 10_000}" width="50000" height="20000" fill="{PAPER}"/>'
        f'<g transform="translate({dx:.2f} {dy:.2f})">{shapes}</g>{body[start:]}'
    )


def _lane_shapes(inventory: Inventory, journey: Journey, layout: _Layout, language: str) -> list[str]:
    words = _WORDS[language]
    width = (LANE_NAME_IN + layout.columns * COLUMN_IN) * POINTS
    shapes = []
    for index, (lane, first, height) in enumerate(layout.lanes):
        top = -(layout.rows - first) * ROW_IN * POINTS
        label = inventory.channels[lane].label(language) if lane else words["no_channel"]
        shapes.append(
            f'<rect x="0" y="{top:.1f}" width="{width:.1f}" height="{height * ROW_IN * POINTS:.1f}" '
            f'fill="{LANES[index % 2]}"/>'
        )
        middle = top + height * ROW_IN * POINTS / 2
        shapes.extend(_text_lines(_wrapped(label, 15, 3), 10, middle, 12, "start", bold=True))
    top = -(layout.rows * ROW_IN + HEADING_IN) * POINTS
    for phase, first, last in layout.phases:
        x = (LANE_NAME_IN + first * COLUMN_IN) * POINTS + 6
        stretch = (last - first + 1) * COLUMN_IN * POINTS - 12
        shapes.append(f'<rect x="{x:.1f}" y="{top + 12:.1f}" width="{stretch:.1f}" height="26" rx="4" fill="#dfe6ec"/>')
        text = _wrapped(journey.phase_label(phase, language), int(stretch / 7), 1)
        shapes.extend(_text_lines(text, x + stretch / 2, top + 25, 13, "middle", bold=True))
    return [*shapes, *_legend(language)]


def _giving_up(flow: JourneyFlow, layout: _Layout) -> list[str]:
    """A mark under each step with the share that gives up there: lines to one far end would cover the map."""
    shapes = []
    for (source, target), passages in flow.edges.items():
        if target == GAVE_UP and flow.visits[source] and passages:
            x, y = layout.centre_in(source)
            below = -(y - NODE_H_IN / 2) * POINTS + 10
            text = f"× {passages / flow.visits[source]:.0%}"
            shapes.extend(_text_lines([text], x * POINTS + NODE_W_IN * POINTS / 2 - 4, below, 10, "end"))
    return shapes


def _legend(language: str) -> list[str]:
    words = _WORDS[language]
    shapes, x = [], 10.0
    for kind in ("channel_switch", "hand_off", "repeat"):
        shapes.append(f'<line x1="{x}" y1="18" x2="{x + 26}" y2="18" stroke="{EDGE[kind]}" stroke-width="3"/>')
        shapes.extend(_text_lines([words[kind]], x + 32, 18, 10, "start"))
        x += 48 + 6.0 * len(words[kind])
    for colour in HEAT:
        shapes.append(f'<rect x="{x}" y="12" width="12" height="12" fill="{colour}" stroke="{MUTED}"/>')
        x += 12
    shapes.extend(_text_lines([words["heat"]], x + 8, 18, 10, "start"))
    return [*shapes, *_text_lines([words["gives_up"]], x + 40 + 5.0 * len(words["heat"]), 18, 10, "start")]


def _text_lines(lines: list[str], x: float, middle: float, size: int, anchor: str, bold: bool = False) -> list[str]:
    top = middle - (len(lines) - 1) * size * 0.6 + size * 0.35
    weight = ' font-weight="bold"' if bold else ""
    return [
        f'<text x="{x:.1f}" y="{top + index * size * 1.2:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{INK}"{weight}>{_escape(line)}</text>'
        for index, line in enumerate(lines)
    ]


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """A text on at most so many lines, cut with an ellipsis when it is longer."""
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return textwrap.wrap(clean, width, max_lines=most, placeholder="…", break_long_words=True) or [""]


def _escape(text: str) -> str:
    return html.escape(text, quote=True)
