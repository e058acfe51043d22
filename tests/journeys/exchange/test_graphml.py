"""Does GraphML read back as the journey graph?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from journeys.exchange.graphml import graphml
from journeys.reconcile import build_graph
from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory
from touchpoints.yaml_tree import write_yaml

EXAMPLES = Path(__file__).parents[3] / "examples"
KEY = "{http://graphml.graphdrawing.org/xmlns}key"


def read(text: str, folder: Path) -> nx.DiGraph[str]:
    file = folder / "graph.graphml"
    file.write_text(text, encoding="utf-8")
    graph: nx.DiGraph[str] = nx.read_graphml(file)
    return graph


@pytest.mark.parametrize("example", ["gemeente", "bank"])
def test_the_graph_reads_back(example: str, tmp_path: Path) -> None:
    inventory = load_inventory(EXAMPLES / example)
    graph = build_graph(inventory)
    again = read(graphml(inventory), tmp_path)
    assert again.is_directed()
    assert list(again) == list(graph)
    assert list(again.edges) == list(graph.edges)
    assert again.graph["name"] == inventory.name
    for edge, data in graph.edges.items():
        assert again.edges[edge]["share"] == data["share"]
        assert again.edges[edge]["friction_s"] == data["friction_s"]
        assert again.edges[edge]["kinds"] == ",".join(data["kinds"])
    for node, data in graph.nodes.items():
        known = {key: value for key, value in data.items() if value is not None and key != "end"}
        assert {key: again.nodes[node][key] for key in known} == known
        assert set(again.nodes[node]) == {*known, "label"} | ({"end"} if "end" in data else set())


def test_one_journey_with_its_ends(tmp_path: Path) -> None:
    inventory = load_inventory(EXAMPLES / "gemeente")
    again = read(graphml(inventory, "move_house", "nl"), tmp_path)
    steps = inventory.journeys["move_house"].steps
    assert set(again) == {f"move_house/{step}" for step in steps} | {"resolved", "gave_up"}
    assert again.nodes["move_house/call"]["label"] == steps["call"].label("nl")
    assert again.nodes["resolved"]["end"] == "true"


def test_an_attribute_has_one_type() -> None:
    keys = ET.fromstring(graphml(load_inventory(EXAMPLES / "gemeente"))).findall(KEY)
    names = [(key.get("for"), key.get("attr.name")) for key in keys]
    assert len(set(names)) == len(names)
    types = {key.get("attr.name"): key.get("attr.type") for key in keys}
    assert types["share"] == types["wait_s"] == types["emotion"] == "double"


@pytest.mark.parametrize("name", ["<script>", "a\tb", "]]>&amp;\"'", "🙂\u202e"])
def test_names_cannot_break_the_file(name: str, load: Callable[..., Inventory], tmp_path: Path) -> None:
    steps = {"a": {"name": name, "next": {"a": "12.5%", "resolved": "rest"}}}
    inventory = load(write_yaml({"journeys": {"j": {"steps": steps}}}), write_yaml({"name": name}))
    assert not inventory.errors
    again = read(graphml(inventory), tmp_path)
    assert again.edges["j/a", "j/a"]["share"] == 0.125
    assert again.nodes["j/a"]["label"] == name


def test_refusal() -> None:
    with pytest.raises(ValueError, match="journey must be one of"):
        graphml(load_inventory(EXAMPLES / "gemeente"), "move")
