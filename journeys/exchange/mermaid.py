"""What is a journey in Mermaid, the diagram language that wikis and Markdown pages draw?

Steps are boxes, coloured by channel and framed by phase or channel; arrows carry shares. Every sign of a name that
could mean something to Mermaid, to Markdown or to a browser is written as its number.
"""

from __future__ import annotations

import re
from typing import Literal

import networkx as nx

from journeys.graph import END_NODES, GAVE_UP, RESOLVED, UNKNOWN
from journeys.reconcile import build_graph
from touchpoints.faults import hint
from touchpoints.inventory import Inventory

Group = Literal["phase", "channel"]

MOST_CHARACTERS, MOST_EDGES = 50_000, 500
"""What Mermaid draws unless a page raises its limits (`maxTextSize`, `maxEdges`)."""

_LONGEST_LABEL = 80
_ENDS = {
    "nl": {RESOLVED: "Geholpen", GAVE_UP: "Afgehaakt", UNKNOWN: "Vervolg onbekend"},
    "en": {RESOLVED: "Resolved", GAVE_UP: "Gave up", UNKNOWN: "Next step unknown"},
}
_COLOURS = (
    ("#d3e6f5", "#0072b2"), ("#fbe6bd", "#b87f00"), ("#cdeee2", "#007a58"), ("#fadccb", "#d55e00"),
    ("#f0dae8", "#a8478a"), ("#dcf0fb", "#2f8fc4"), ("#faf6c6", "#8f8600"), ("#e3e7eb", "#4a5560"),
)  # fmt: skip
"""Fill and border per channel, after the palette for colour-blind readers of Okabe & Ito (2008)."""
_MEANINGFUL = re.compile(r"(?![,()])(?!(?<=[^\W\d_])[.-])[!-/:-@\[-`{-~]")
"""Punctuation of ASCII, but for commas, round brackets, and dots and hyphens behind a letter."""


def mermaid(inventory: Inventory, journey: str | None = None, group: Group = "phase", language: str = "en") -> str:
    """The flowchart of one journey, or of all with a frame each.

    Args:
        inventory: a model without errors.
        journey: the journey's id; all when not given.
        group: what frames the steps: the phases, or the channels.
        language: `nl` or `en`.

    Raises:
        ValueError: the journey or the group is unknown.

    Example:
        >>> from pathlib import Path
        >>> print(mermaid(Inventory(Path("."))), end="")
        flowchart LR
    """
    if group not in ("phase", "channel"):
        raise ValueError(f"group must be phase or channel, got {group!r}")
    if journey is not None and journey not in inventory.journeys:
        raise ValueError(f"journey must be one of the model, got {journey!r}{hint(journey, inventory.journeys)}")
    graph = build_graph(inventory)
    chosen = [journey] if journey is not None else list(inventory.journeys)
    steps = [node for node, data in graph.nodes(data=True) if data.get("journey") in chosen]
    ids = {node: f"s{index}_{graph.nodes[node]['step']}" for index, node in enumerate(steps, start=1)}
    ids |= {end: end for end in END_NODES}
    lines = ["flowchart LR"]
    if journey is not None:
        lines.append(f"  accTitle: {_plain(inventory.journeys[journey].label(language))}")
    for index, name in enumerate(chosen, start=1):
        framed = _frames(graph, inventory, name, ids, group, language, f"f{index}")
        label = escaped(inventory.journeys[name].label(language))
        lines += framed if journey is not None else _frame(f"j{index}", label, framed)
    edges = [(source, target, edge["share"]) for source, target, edge in graph.edges(steps, data=True)]
    reached = {target for _, target, _ in edges}
    lines += [f'  {end}(["{_ENDS[language][end]}"]):::finish' for end in END_NODES if end in reached]
    lines += [f'  {ids[source]} -->|"{_percent(share, language)}"| {ids[target]}' for source, target, share in edges]
    frames = re.findall(r"subgraph (\w+)\[", "\n".join(lines))
    lines += _classes(inventory, graph, steps, frames)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """A name as it may stand between quotes in Mermaid: on one line, not endless, signs with a meaning as numbers.

    Example:
        >>> escaped('Calls "again"' + chr(10) + "<script>"), escaped("follow-up, no. 2")
        ('Calls #34;again#34; #60;script#62;', 'follow-up, no. 2')
    """
    text = _one_line(text)
    if len(text) > _LONGEST_LABEL:
        text = f"{text[: _LONGEST_LABEL - 1].rstrip()}…"
    return _MEANINGFUL.sub(lambda found: f"#{ord(found[0])};", text)


def _one_line(text: str) -> str:
    """Text whose line breaks, control characters and marks of direction are spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _plain(text: str) -> str:
    """A name in a line that knows no quotes: its words."""
    return " ".join(re.findall(r"[^\W_]+", _one_line(text)))[:_LONGEST_LABEL]


def _percent(share: float, language: str) -> str:
    """A share as read by people: 0.335 is 33.5%.

    Example:
        >>> _percent(0.335, "nl"), _percent(1.0, "en"), _percent(0.0004, "en")
        ('33,5%', '100%', '0.04%')
    """
    text = f"{100 * share:.3g}%"
    return text.replace(".", ",") if language == "nl" else text


def _frames(
    graph: nx.DiGraph[str], inventory: Inventory, journey: str, ids: dict[str, str], group: str, language: str, key: str
) -> list[str]:
    """The steps of a journey, in a frame per phase or channel; those that have none stand free."""
    record = inventory.journeys[journey]
    frames: dict[str | None, list[str]] = {phase: [] for phase in record.phases} if group == "phase" else {}
    for name, step in record.steps.items():
        node = f"{journey}/{name}"
        data = graph.nodes[node]
        label = escaped(step.label(language))
        if step.touchpoint is not None:
            label += f"<br/>{escaped(inventory.touchpoints[step.touchpoint].label(language))}"
        frames.setdefault(data[group], []).append(f'  {ids[node]}["{label}"]:::{_class(data["channel"])}')
    lines = frames.pop(None, [])
    for index, (frame, inner) in enumerate(frames.items(), start=1):
        if inner and frame is not None:
            channel = inventory.channels[frame] if group == "channel" else None
            label = channel.label(language) if channel else record.phase_label(frame, language)
            lines += _frame(f"{key}_{index}", escaped(label), inner)
    return lines


def _frame(key: str, label: str, inner: list[str]) -> list[str]:
    return [f'  subgraph {key}["{label}"]', *(f"  {line}" for line in inner), "  end"]


def _class(channel: str | None) -> str:
    return f"c_{channel}" if channel else "alone"


def _classes(inventory: Inventory, graph: nx.DiGraph[str], steps: list[str], frames: list[str]) -> list[str]:
    """The looks of frames and of the channels that occur; a channel looks the same in all diagrams of a model."""
    used = {graph.nodes[node]["channel"] for node in steps}
    lines = []
    for index, channel in enumerate(inventory.channels):
        if channel in used:
            fill, border = _COLOURS[index % len(_COLOURS)]
            dashes = f",stroke-dasharray:{index // len(_COLOURS) * 3}" if index >= len(_COLOURS) else ""
            lines.append(f"  classDef {_class(channel)} fill:{fill},stroke:{border},color:#1d2733{dashes}")
    if None in used:
        lines.append("  classDef alone fill:#ffffff,stroke:#5b6773,color:#1d2733,stroke-dasharray:2")
    if steps:
        lines.append("  classDef finish fill:#1d2733,stroke:#1d2733,color:#ffffff")
    if frames:
        lines.append("  classDef frame fill:#f6f8fa,stroke:#b4bdc6,color:#1d2733")
        lines.append(f"  class {','.join(frames)} frame")
    return lines
