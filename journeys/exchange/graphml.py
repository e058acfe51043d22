"""What is the journey graph in GraphML, the format of Gephi, yEd, Cytoscape and igraph?

All numbers of the graph go along: shares, visits, times [s], flows [1/month]. GraphML knows single values only: tuples
become text with commas, and what is not known is left out.
"""

from __future__ import annotations

from typing import Any

import networkx as nx

from journeys.exchange.xml_tree import xml_text
from journeys.graph import END_NODES
from journeys.reconcile import build_graph
from touchpoints.inventory import Inventory


def graphml(inventory: Inventory, journey: str | None = None, language: str = "en") -> str:
    """The graph of one journey with its ends, or of the whole model with the contacts that no journey explains.

    Args:
        inventory: a model without errors.
        journey: the journey's id; the whole model when not given.
        language: language of the labels, `nl` or `en`.

    Raises:
        ValueError: the journey is unknown.

    Example:
        >>> from pathlib import Path
        >>> sorted(nx.parse_graphml(graphml(Inventory(Path(".")))))
        ['gave_up', 'resolved']
    """
    if journey is not None and journey not in inventory.journeys:
        raise ValueError(f"journey must be one of {sorted(inventory.journeys)}, got {journey!r}")
    graph = build_graph(inventory)
    if journey is not None:
        kept = [node for node, data in graph.nodes(data=True) if data.get("journey") == journey or node in END_NODES]
        graph = graph.subgraph(kept)
    return "\n".join(nx.generate_graphml(flattened(graph, inventory, language), named_key_ids=True)) + "\n"


def flattened(graph: nx.DiGraph[str], inventory: Inventory, language: str = "en") -> nx.DiGraph[str]:
    """The graph with a label per node and attributes that GraphML can hold."""
    flat: nx.DiGraph[str] = nx.DiGraph(**_flat(graph.graph))
    for node, data in graph.nodes(data=True):
        flat.add_node(node, label=xml_text(_label(data, inventory, language) or node), **_flat(data))
    for source, target, data in graph.edges(data=True):
        flat.add_edge(source, target, **_flat(data))
    return flat


def _label(data: dict[str, Any], inventory: Inventory, language: str) -> str:
    """What people call a step, or the touchpoint of contacts that no journey explains."""
    if "step" in data:
        return inventory.journeys[data["journey"]].steps[data["step"]].label(language)
    return inventory.touchpoints[data["touchpoint"]].label(language) if "touchpoint" in data else ""


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in data.items() if value is not None}


def _value(value: Any) -> str | float:
    """One type per attribute; truth values as text, since networkx writes them as no other tool reads them."""
    if isinstance(value, tuple | list):
        return xml_text(",".join(map(str, value)))
    if isinstance(value, bool):
        return str(value).lower()
    return float(value) if isinstance(value, int | float) else xml_text(value)
