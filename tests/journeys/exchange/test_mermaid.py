"""Is the Mermaid text a flowchart of the model's journeys, whatever their names hold?

The grammar below is the part of Mermaid's that we write. That the real parser (Mermaid 11) takes both examples and the
names in HOSTILE, and shows them as written, was checked by hand; it is no dependency of this project.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.exchange.mermaid import escaped, mermaid
from touchpoints.glossary import glossary
from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory
from touchpoints.records.journey import resolve_shares
from touchpoints.yaml_tree import write_yaml

EXAMPLES = Path(__file__).parents[3] / "examples"
LABEL = r'"((?:[^"\[\]{}|<>`;#\n]|#[0-9]+;|<br/>)*)"'
NODE = re.compile(rf"(s\d+_\w+)\[{LABEL}\]:::(\w+)")
END = re.compile(rf"(\w+)\(\[{LABEL}\]\):::finish")
FRAME = re.compile(rf"subgraph (\w+)\[{LABEL}\]")
EDGE = re.compile(r'(\w+) -->\|"([\d.,]+)%"\| (\w+)')
LOOKS = re.compile(r"classDef \w+ fill:#\w{6},stroke:#\w{6},color:#\w{6}(,stroke-dasharray:\d+)?|class [\w,]+ frame")
HOSTILE = [
    "<script>alert(1)</script>", 'a "quoted" [x] {y} (z) |p| `code` **b** _i_', "style:#x; classDef:#y;",
    '%%{init: {"theme":"dark"}}%% %% c', "1. first", "- list", "line\nbreak\r\n\ttab", "javascript:alert(1)", "end",
    "\u202egnp.exe", "🙂 客户 Ærlig", "x" * 5_000, "$$x^2$$ fa:fa-car", "#quot; &lt; ;", "--> a", "a\\", "click s1",
]  # fmt: skip


def shown(label: str) -> str:
    """What a reader sees of a label."""
    return html.unescape(re.sub(r"#(\d+);", r"&#\1;", label))


def parsed(text: str) -> tuple[dict[str, str], list[tuple[str, str, float]], list[str]]:
    """Labels by node, edges with shares, and titles of frames; every line must be of the grammar."""
    first, *lines = text.splitlines()
    assert first == "flowchart LR"
    nodes: dict[str, str] = {}
    edges, frames, depth, classes, used = [], [], 0, set(), set()
    for line in map(str.strip, lines):
        if found := NODE.fullmatch(line):
            assert found[1] not in nodes
            nodes[found[1]] = shown(found[2].replace("<br/>", "\n"))
            used.add(found[3])
        elif found := END.fullmatch(line):
            nodes[found[1]] = shown(found[2])
            used.add("finish")
        elif found := FRAME.fullmatch(line):
            frames.append(shown(found[2]))
            depth += 1
        elif line == "end":
            depth -= 1
        elif found := EDGE.fullmatch(line):
            edges.append((found[1], found[3], float(found[2].replace(",", ".")) / 100))
        elif LOOKS.fullmatch(line):
            classes.add(line.split()[1])
        else:
            assert re.fullmatch(r"accTitle: [^#;:\"\n]*", line), line
        assert depth >= 0
    assert depth == 0
    assert used <= classes
    assert {node for edge in edges for node in edge[:2]} <= set(nodes)
    return nodes, edges, frames


@pytest.fixture(scope="module")
def gemeente() -> Inventory:
    return load_inventory(EXAMPLES / "gemeente")


@pytest.mark.parametrize("group", ["phase", "channel"])
@pytest.mark.parametrize("example", ["gemeente", "bank"])
def test_all_journeys_of_an_example(example: str, group: str) -> None:
    inventory = load_inventory(EXAMPLES / example)
    nodes, edges, frames = parsed(mermaid(inventory, group=group))  # type: ignore[arg-type]
    steps = [step for journey in inventory.journeys.values() for step in journey.steps.values()]
    labels = {int(node[1:].partition("_")[0]): label for node, label in nodes.items() if re.match(r"s\d+_", node)}
    assert [labels[index].partition("\n")[0] for index in sorted(labels)] == [step.label("en") for step in steps]
    shares = [share for step in steps if step.next for share in resolve_shares(step.next).values()]
    assert [share for _, _, share in edges] == pytest.approx(shares, abs=5e-4)
    assert {journey.label("en") for journey in inventory.journeys.values()} <= set(frames)


def test_one_journey(gemeente: Inventory) -> None:
    journey = gemeente.journeys["move_house"]
    nodes, edges, frames = parsed(mermaid(gemeente, "move_house", language="nl"))
    assert frames == [journey.phase_label(phase, "nl") for phase in journey.phases]
    for end in ("resolved", "gave_up"):  # as the glossary calls them
        assert nodes[end].casefold() == glossary()[end].label.text("nl")
    assert nodes["s2_call"].splitlines() == [
        journey.steps["call"].label("nl"),
        gemeente.touchpoints["kcc_phone"].label("nl"),
    ]
    wanted = {("search", target, share) for target, share in resolve_shares(journey.steps["search"].next or {}).items()}
    found = {(a.partition("_")[2], b.partition("_")[2] if b[0] == "s" else b, share) for a, b, share in edges}
    assert wanted <= found


def test_half_empty_journeys_are_drawn(load: Callable[..., Inventory]) -> None:
    inventory = load("journeys: {j: {steps: {a: {next: {b: 50%, gave_up: 50%}}, b: {}}}}")
    nodes, edges, frames = parsed(mermaid(inventory))
    assert nodes == {"s1_a": "a", "s2_b": "b", "gave_up": "Gave up", "unknown": "Next step unknown"}
    assert edges == [("s1_a", "s2_b", 0.5), ("s1_a", "gave_up", 0.5), ("s2_b", "unknown", 1.0)]
    assert frames == ["j"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_only_shown(name: str, load: Callable[..., Inventory]) -> None:
    step = {"name": name, "phase": "end", "touchpoint": "tp", "next": "resolved"}
    model = {
        "channels": {"end": {"name": name}},
        "touchpoints": {"tp": {"channel": "end", "name": name}},
        "journeys": {"default": {"name": name, "phases": [{"end": name}], "steps": {"click": step}}},
    }
    inventory = load(write_yaml(model))
    assert not inventory.errors
    wanted = " ".join(re.sub(r"[\n\r\t\u202e]", " ", name).split())
    wanted = wanted if len(wanted) <= 80 else f"{wanted[:79]}…"
    for journey in (None, "default"):
        for group in ("phase", "channel"):
            nodes, _, frames = parsed(mermaid(inventory, journey, group))  # type: ignore[arg-type]
            assert nodes["s1_click"] == f"{wanted}\n{wanted}"
            assert set(frames) == {wanted}


@given(st.text(max_size=60))
def test_any_text_is_harmless_and_reads_back(text: str) -> None:
    label = escaped(text)
    assert re.fullmatch(LABEL, f'"{label}"')
    assert "<br/>" not in label
    assert "\n" not in label
    assert not re.match(r"\d+[.)] |[-*+] |#+ ", label)
    visible = "".join(sign if sign.isprintable() else " " for sign in text)
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label) == " ".join(visible.split())


def test_refusals(gemeente: Inventory) -> None:
    with pytest.raises(ValueError, match=r"journey must be .* got 'move_hous'; did you mean 'move_house'"):
        mermaid(gemeente, "move_hous")
    with pytest.raises(ValueError, match="group must be phase or channel, got 'owner'"):
        mermaid(gemeente, group="owner")  # type: ignore[arg-type]
