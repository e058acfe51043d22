"""What does the landscape of contacts look like: touchpoints, the systems they need, and the teams behind them?

Each touchpoint is a wire as wide as its contacts. It crosses the systems of contact management, then the applications,
with a dot where it uses one, and ends at the team that answers for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from journeys.pictures import marks
from journeys.pictures.bands import MARGIN_PX
from journeys.pictures.lanes import SMALL, TEXT, LegendItem, heading, legend
from journeys.pictures.lettering import LINE, fitted, width_px, wrapped
from journeys.pictures.places import (
    AIR_PX,
    CHANNEL_PX,
    NAME_PX,
    NUMBER_PX,
    ROW_PX,
    TEAM_PX,
    Places,
    team_boxes,
    wire_widths,
)
from journeys.pictures.svg import (
    INK,
    MUTED,
    PAPER,
    RULE,
    SOFTER,
    amount,
    document,
    group,
    height_of,
    letters,
    line,
    path,
    rect,
    tag,
)
from journeys.pictures.wires import MANAGEMENT, Wire, Wires, wires_of
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory
from touchpoints.records.organisation import System

MOST_TOUCHPOINTS = 120
HOURS = ("staff", "customer")
_SLANT = 52.0
_WIRE = "#8ea6b8"


def landscape(
    inventory: Inventory,
    contacts_per_year: Mapping[str, float],
    hours_per_year: Mapping[str, float],
    language: str = "en",
    hours: str = "staff",
    top: int | None = None,
) -> str:
    """The contact landscape of a model as SVG.

    Args:
        inventory: a model without errors.
        contacts_per_year: by touchpoint [1/year].
        hours_per_year: by touchpoint, of staff or of customers [h/year].
        language: nl or en.
        hours: whose the hours are, staff or customer.
        top: draw only so many touchpoints, those with most contacts.

    Raises:
        DrawingError: there is no touchpoint, or more than a reader could follow.
        ValueError: hours is neither staff nor customer.
    """
    if hours not in HOURS:
        raise ValueError(f"hours must be one of {', '.join(HOURS)}, got {hours!r}")
    words = Words(language)
    found = wires_of(inventory, contacts_per_year, hours_per_year, words, MOST_TOUCHPOINTS, top)
    at = Places(found, 1100.0)
    spent = words.text(f"hours_{hours}", hours=words.count(sum(wire.hours or 0.0 for wire in found.wires)))
    title = words.text("landscape", name=_project(inventory, language))
    facts = words.text(
        "landscape_line", touchpoints=len(found.wires), systems=len(found.systems),
        teams=sum(bool(team) for team, _ in found.teams), hours=spent,
        contacts=words.count(sum(wire.contacts or 0.0 for wire in found.wires)),
    )  # fmt: skip
    more = [words.text("others", count=found.left_out)] if found.left_out else []
    head, top_px = heading(title, [facts, *more], at.width, language)
    arcs, deep = _connections(found, at)
    widths = wire_widths(found)
    boxes = team_boxes(found, at, widths)
    body = [
        *_columns(inventory, found, at, words, hours),
        *_rows(found, at, widths, words),
        *_teams(found, at, boxes, widths, words),
        *arcs,
    ]
    keys, foot = legend(_legend(found, words, hours, bool(arcs)), at.width)
    end = max(at.bottom + deep, *(y + height for y, height in boxes.values())) + 10
    shapes = [*head, group(body, y=top_px), group(keys, y=top_px + end)]
    return document(shapes, at.width, top_px + end + foot, title, _spoken(inventory, found, facts, words, hours))


def _project(inventory: Inventory, language: str) -> str:
    name = inventory.settings.name
    return name.text(language) if name else inventory.name


def _columns(inventory: Inventory, found: Wires, at: Places, words: Words, hours: str) -> list[str]:
    """Headings, and a line down from each system."""
    shapes = []
    for left, width, key, anchor in (
        (MARGIN_PX, CHANNEL_PX, "column_channel", None),
        (at.name, NAME_PX, "column_touchpoint", None),
        (at.contacts, NUMBER_PX, "column_contacts", "end"),
        (at.hours, NUMBER_PX, f"column_{hours}", "end"),
        (at.team, TEAM_PX, "column_team", None),
    ):
        lines = wrapped(words.text(key), width - 6, SMALL, words.language, bold=True)
        x = left + (width - 6 if anchor else 2)
        shapes.append(letters(lines, x, at.rows - 6 - height_of(lines, SMALL), SMALL, anchor, bold=True))
    for index, system in enumerate(found.systems):
        x = at.column(index)
        shapes.append(line(x, at.rows, x, at.bottom, RULE))
        shapes.append(_slanted(inventory, system, x, at.rows - 26, words))
    management = sum(system.kind in MANAGEMENT for system in found.systems)
    for first, stop, key, fill in (
        (0, management, "group_management", "#dceaf3"),
        (management, len(found.systems), "group_applications", "#e6e9ed"),
    ):
        if stop > first:
            x, wide = at.systems + at.system * first + 1, at.system * (stop - first) - 2
            shapes.append(rect(x, at.rows - 20, wide, 17, rx=3, fill=fill))
            name = fitted(words.text(key), wide - 4, SMALL, bold=True)
            shapes.append(letters([name], x + wide / 2, at.rows - 17.5, SMALL, anchor="middle", bold=True))
    return shapes


def _slanted(inventory: Inventory, system: System, x: float, y: float, words: Words) -> str:
    """The name of a system over its column, with the team that answers for it."""
    owner = inventory.teams[system.owner].label(words.language) if system.owner else ""
    name = letters([fitted(system.label(words.language), 178, TEXT, bold=True)], 0, -TEXT * 0.9, TEXT, bold=True)
    below = letters([fitted(owner, 160, 9)], 2, 2, 9, colour=MUTED) if owner else ""
    turned = tag("g", name + below, transform=f"translate({amount(x - 2)} {amount(y)}) rotate({amount(-_SLANT)})")
    return group([turned], title=system.label(words.language) + (f" ({owner})" if owner else ""))


def _rows(found: Wires, at: Places, widths: list[float], words: Words) -> list[str]:
    """Channels, touchpoints with their numbers, their wires over the systems, and a dot at each system used."""
    shapes = []
    places = {system.id: at.column(index) for index, system in enumerate(found.systems)}
    most_h = max((wire.hours or 0.0 for wire in found.wires), default=0.0)
    start = 0
    for index, wire in enumerate(found.wires):
        if index + 1 == len(found.wires) or found.wires[index + 1].channel != wire.channel:
            shapes.append(_channel(wire, start, index + 1, at, words))
            start = index + 1
    for index, wire in enumerate(found.wires):
        y = at.row(index)
        known = wire.contacts is not None
        dash = None if known else "2 4"
        shapes.append(line(at.systems - 8, y, at.links, y, _WIRE, stroke_width=widths[index], stroke_dasharray=dash))
        dots = [tag("circle", cx=places[key], cy=y, r=5.5, fill=INK, stroke=PAPER) for key in wire.used]
        dots += [_gap(places[key], y) for key in wire.lacking]
        fill = marks.heat(wire.hours or 0.0, most_h)
        name = wrapped(wire.label, NAME_PX - 16, TEXT, words.language, bold=True, most=2)
        size = TEXT if len(name) == 1 else 9.0
        name = wrapped(wire.label, NAME_PX - 16, size, words.language, bold=True, most=2)
        box = rect(at.name, y - ROW_PX / 2 + 1.5, NAME_PX - 4, ROW_PX - 3, rx=3, fill=fill, stroke=MUTED,
                   stroke_width=0.8)  # fmt: skip
        numbers = [
            letters([words.count(value) if value is not None else "–"], x + NUMBER_PX - 6, y - TEXT * 0.6, TEXT, "end")
            for value, x in ((wire.contacts, at.contacts), (wire.hours, at.hours))
        ]
        text = letters(name, at.name + 6, y - height_of(name, size) / 2, size, bold=True)
        shapes.append(group([box, text, *numbers, *dots], title=f"{wire.label} ({wire.channel_label})"))
    return shapes


def _gap(x: float, y: float) -> str:
    """A system that is needed and not there."""
    ring = tag(
        "circle", cx=x, cy=y, r=6, fill=PAPER, stroke=marks.VERMILLION, stroke_width=1.8, stroke_dasharray="2.5 1.5"
    )
    return ring + letters(["!"], x, y - 5.6, 9, anchor="middle", bold=True, colour=marks.VERMILLION)


def _channel(wire: Wire, start: int, stop: int, at: Places, words: Words) -> str:
    """The name of a channel before its touchpoints, and a rule under them."""
    top, height = at.rows + ROW_PX * start, ROW_PX * (stop - start)
    size = TEXT if stop - start > 1 or width_px(wire.channel_label, TEXT, True) <= CHANNEL_PX - 10 else 9.0
    most = max(1, int((height - 1) // (size * LINE)))
    lines = wrapped(wire.channel_label, CHANNEL_PX - 10, size, words.language, bold=True, most=most)
    y = top + height / 2 - height_of(lines, size) / 2
    return (
        line(MARGIN_PX, top + height, at.links, top + height)
        + rect(MARGIN_PX, top + 1.5, CHANNEL_PX - 6, height - 3, rx=3, fill=SOFTER)
        + letters(lines, MARGIN_PX + 4, y, size, bold=True)
    )


def _teams(
    found: Wires, at: Places, boxes: dict[str, tuple[float, float]], widths: list[float], words: Words
) -> list[str]:
    """The teams, and the wires that come in at them."""
    shapes = []
    for team, label in found.teams:
        top, height = boxes[team]
        rows = [index for index, wire in enumerate(found.wires) if wire.team == team]
        y = top + (height - sum(widths[index] + AIR_PX for index in rows)) / 2
        for index in rows:
            y += (widths[index] + AIR_PX) / 2
            half = (at.links + at.team) / 2
            curve = (
                f"M{amount(at.links)} {amount(at.row(index))}C{amount(half)} {amount(at.row(index))} "
                f"{amount(half)} {amount(y)} {amount(at.team)} {amount(y)}"
            )
            dash = None if found.wires[index].contacts is not None else "2 4"
            casing = path(curve, fill="none", stroke=PAPER, stroke_width=widths[index] + 2)
            shapes.append(
                casing + path(curve, fill="none", stroke=_WIRE, stroke_width=widths[index], stroke_dasharray=dash)
            )
            y += (widths[index] + AIR_PX) / 2
        name = wrapped(label, TEAM_PX - 14, TEXT, words.language, bold=True, most=2 if height < 56 else 4)
        load = words.text(
            "team_load", contacts=words.count(found.contacts_of(team)), hours=words.count(found.hours_of(team))
        )
        down = top + (height - height_of(name, TEXT) - SMALL * 1.2) / 2
        box = rect(at.team, top, TEAM_PX, height, rx=4, fill=PAPER, stroke=INK, stroke_width=1.2,
                   stroke_dasharray=None if team else "4 3")  # fmt: skip
        text = letters(name, at.team + 7, down, TEXT, bold=True)
        below = letters([fitted(load, TEAM_PX - 12, SMALL)], at.team + 7, down + height_of(name, TEXT), SMALL)
        shapes.append(group([box, text, below], title=f"{label}: {load}"))
    return shapes


def _connections(found: Wires, at: Places) -> tuple[list[str], float]:
    """Arcs under the columns of systems that exchange data, and how deep they hang."""
    places = {system.id: index for index, system in enumerate(found.systems)}
    pairs = {
        (min(places[one.id], places[other]), max(places[one.id], places[other]))
        for one in found.systems
        for other in one.connected_to
        if other in places and other != one.id
    }
    arcs, deepest = [], 0.0
    for first, second in sorted(pairs):
        x1, x2 = at.column(first), at.column(second)
        depth = min(46.0, 12 + (x2 - x1) * 0.18)
        deepest = max(deepest, depth)
        points = f"M{amount(x1)} {amount(at.bottom)}C{amount(x1)} {amount(at.bottom + depth * 1.3)} {amount(x2)} "
        points += f"{amount(at.bottom + depth * 1.3)} {amount(x2)} {amount(at.bottom)}"
        arcs.append(path(points, fill="none", stroke=marks.BLUE, stroke_width=2))
    return arcs, deepest


def _legend(found: Wires, words: Words, hours: str, connected: bool) -> list[LegendItem]:
    most_h = max((wire.hours or 0.0 for wire in found.wires), default=0.0)

    def scale(x: float, y: float) -> str:
        return "".join(
            rect(x + 14 * i, y - 6, 14, 12, fill=colour, stroke=MUTED, stroke_width=0.6)
            for i, colour in enumerate(marks.HEAT)
        )

    def wires(x: float, y: float) -> str:
        return line(x, y - 5, x + 22, y - 5, _WIRE, stroke_width=1.2) + line(
            x, y + 3, x + 22, y + 3, _WIRE, stroke_width=8
        )

    items: list[LegendItem] = [
        (scale, 70, words.text(f"legend_heat_{hours}", most=words.count(most_h))),
        (wires, 22, words.text("legend_wire")),
        (lambda x, y: tag("circle", cx=x + 6, cy=y, r=5.5, fill=INK), 12, words.text("legend_used")),
    ]
    if any(wire.lacking for wire in found.wires):
        items.append((lambda x, y: _gap(x + 6, y), 12, words.text("legend_needs")))
    if connected:
        items.append((lambda x, y: path(f"M{amount(x)} {amount(y - 4)}q10 14 20 0", fill="none", stroke=marks.BLUE,
                                        stroke_width=2), 20, words.text("legend_connected")))  # fmt: skip
    return items


def _spoken(inventory: Inventory, found: Wires, facts: str, words: Words, hours: str) -> str:
    """The landscape in sentences."""
    none = words.text("nothing")
    teams = dict(found.teams)

    def named(keys: tuple[str, ...]) -> str:
        return ", ".join(inventory.systems[key].label(words.language) for key in keys) or none

    said = [
        words.text(
            "said_touchpoint", name=wire.label, channel=wire.channel_label,
            contacts=words.count(wire.contacts) if wire.contacts is not None else none,
            hours=words.text(f"hours_{hours}", hours=words.count(wire.hours) if wire.hours is not None else none),
            systems=named(wire.used), lacking=named(wire.lacking), team=teams[wire.team],
        )
        for wire in found.wires
    ]  # fmt: skip
    return " ".join([facts + ".", *said])
