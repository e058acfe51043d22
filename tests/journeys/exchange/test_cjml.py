"""Is the CJML of a model well formed and whole, and does it come back as the model's journeys?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.exchange.cjml import NAMESPACE, cjml
from journeys.exchange.cjml_import import read_cjml
from touchpoints.inventory import Inventory
from touchpoints.library import library_trees
from touchpoints.load import load_inventory
from touchpoints.records.journey import Journey
from touchpoints.validate import validate
from touchpoints.yaml_tree import read_yaml, write_yaml

EXAMPLES = Path(__file__).parents[3] / "examples"
SMALL = """\
touchpoints:
  line: {channel: phone, owner: kcc, name: Line}
  mail: {channel: email, direction: outbound, name: Letterbox}
  page: {channel: portal, direction: publication}
teams: {kcc: {name: {nl: Klantcontact, en: Contact centre}}}
journeys:
  move:
    name: {nl: Verhuizen, en: Moving}
    goal: Live elsewhere
    note: About <moving> & more.
    phases: [orient, act]
    start: {call: 100%}
    steps:
      call: {name: Calls, phase: orient, touchpoint: line, note: "Long wait", next: {think: 60%, gave_up: rest}}
      think: {own_time: 10m..20m, next: read}
      read: {phase: act, touchpoint: page, next: {get: 1, gave_up: 0}}
      get: {phase: act, touchpoint: mail, next: {resolved: 80%, call: 20%}}
"""


def back(text: str) -> dict[str, Any]:
    """The journeys of a file, which must hold nothing else and give no remark."""
    found = read_cjml(text.encode("utf-8"), "x.cjml")
    assert found.remarks == ()
    assert set(found.model) == {"journeys"}
    return dict(found.model["journeys"])


def written(inventory: Inventory) -> dict[str, Any]:
    return {name: journey.written.plain() for name, journey in inventory.journeys.items()}


def test_the_elements_of_a_small_journey(load: Callable[..., Inventory]) -> None:
    inventory = load(SMALL, "name: Town\n")
    assert not inventory.errors
    root = ET.fromstring(cjml(inventory, language="nl"))
    assert (root.tag, root.attrib) == ("CJML", {"version": "2.0"})
    (planned,) = root
    assert planned.tag == "plannedJourney"
    assert [planned.findtext(name) for name in ("journeyID", "journeyTitle")] == ["move", "Verhuizen"]
    assert planned.findtext("journeyShortSummary") == "Live elsewhere"
    assert planned.findtext("journeyLongSummary") == "About <moving> & more."
    assert [phase.get("phaseID") for phase in planned.iter("journeyPhase")] == ["orient", "act"]
    actors = [(actor.tag, actor.get("actorID"), "".join(actor.itertext()).strip()) for actor in planned.find("actors")]  # type: ignore[union-attr]
    assert actors == [
        ("endUser", "the-customer", "Klant"),
        ("serviceProvider", "kcc", "Klantcontact"),
        ("serviceProvider", "the-organisation", "Town"),
    ]
    touchpoints = list(planned.find("touchpoints"))  # type: ignore[arg-type]
    assert [(part.tag, part.findtext("touchpointID")) for part in touchpoints] == [
        ("plannedCommunicationPoint", "call"),
        ("plannedAction", "think"),
        ("plannedCommunicationPoint", "read"),
        ("plannedCommunicationPoint", "get"),
    ]
    call, think, read, get = touchpoints
    assert [child.tag for child in call] == [
        "touchpointID", "belongsTo", "initiator", "receiver", "channel", "comment", f"{{{NAMESPACE}}}step",
    ]  # fmt: skip
    assert call.findtext("initiator/initiatorLabel") == "Calls"
    assert call.findtext("receiver/receiverLabel") == "Line"
    assert call.findtext("channel/channelName") == "phone"
    assert call.findtext("comment") == "Long wait"
    assert think.find("belongsTo") is None
    assert think.find("receiver") is None
    assert read.find("initiator/refersTo").get("actorIDref") == "the-customer"  # type: ignore[union-attr]
    assert read.findtext("channel/channelName") == "Portaal"
    assert get.find("initiator/refersTo").get("actorIDref") == "the-organisation"  # type: ignore[union-attr]
    assert get.findtext("receiver/receiverLabel") == "get"


@pytest.mark.parametrize("example", ["gemeente", "bank"])
def test_every_reference_of_an_example_holds(example: str) -> None:
    inventory = load_inventory(EXAMPLES / example)
    root = ET.fromstring(cjml(inventory))
    declared: list[str] = []
    for planned in root:
        for actor in planned.find("actors") or ():
            assert actor.get("actorID") or actor.get("actorIDref") in declared
            declared += [actor.attrib["actorID"]] if "actorID" in actor.attrib else []
        assert {part.get("actorIDref") for part in planned.iter("refersTo")} <= set(declared)
        phases = {phase.get("phaseID") for phase in planned.iter("journeyPhase")}
        assert {part.get("phaseIDref") for part in planned.iter("belongsTo")} <= phases
    assert len(set(declared)) == len(declared)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("example", ["gemeente", "bank"])
def test_an_example_comes_back(example: str, language: str) -> None:
    inventory = load_inventory(EXAMPLES / example)
    assert back(cjml(inventory, language=language)) == written(inventory)
    for name, journey in inventory.journeys.items():
        assert back(cjml(inventory, name, language)) == {name: journey.written.plain()}


def test_the_library_patterns_come_back(load: Callable[..., Inventory]) -> None:
    patterns = list(library_trees("journeys"))
    inventory = load(write_yaml({"journeys": {name: {"extends": f"library.{name}"} for name in patterns}}))
    assert len(patterns) > 5
    assert not inventory.errors
    assert back(cjml(inventory)) == written(inventory)


def test_the_order_of_steps_and_keys_comes_back(load: Callable[..., Inventory]) -> None:
    inventory = load(SMALL)
    assert write_yaml(back(cjml(inventory))) == write_yaml(written(inventory))


def test_an_imported_example_is_the_same_model(tmp_path: Path) -> None:
    inventory = load_inventory(EXAMPLES / "gemeente")
    for file in (EXAMPLES / "gemeente").glob("**/*.yaml"):
        target = tmp_path / file.relative_to(EXAMPLES / "gemeente")
        if "journeys" not in file.parts[-2:]:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    (tmp_path / "model" / "imported.yaml").write_text(
        write_yaml(read_cjml(cjml(inventory).encode(), "x.cjml").model), encoding="utf-8"
    )
    again = load_inventory(tmp_path)
    assert again.errors == ()
    dumped = [{name: one.model_dump() for name, one in model.journeys.items()} for model in (again, inventory)]
    assert dumped[0] == dumped[1]


# Other control characters are refused at the door.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t\r")
NAMES = st.text(LETTERS, min_size=1, max_size=12) | st.sampled_from(
    ["]]>", "<!--", "&amp;", "a\nb", " ", "a: b", "- x", "yes", "1.200", "\r\n", "\u2028"]
)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in ("resolved", "gave_up"))


@st.composite
def journeys(draw: st.DrawFn) -> dict[str, Any]:
    """A journey with awkward names, loops and gaps."""
    ids = draw(st.lists(IDS.filter(lambda name: name != "unknown"), min_size=1, max_size=5, unique=True))
    phases = draw(st.lists(NAMES.filter(str.isprintable), max_size=3, unique=True))
    steps: dict[str, Any] = {}
    for name in ids:
        step: dict[str, Any] = {}
        if draw(st.booleans()):
            step["name"] = draw(NAMES | st.fixed_dictionaries({"nl": NAMES, "en": NAMES}))
        if phases and draw(st.booleans()):
            step["phase"] = draw(st.sampled_from(phases))
        if draw(st.booleans()):
            step["touchpoint"] = draw(st.sampled_from(["line", "mail", "page"]))
        if draw(st.booleans()):
            step["note"] = draw(NAMES)
        if draw(st.booleans()):
            step["next"] = {draw(st.sampled_from([*ids, "gave_up"])): "40%", "resolved": "rest"}
        steps[name] = step
    record: dict[str, Any] = {"steps": steps}
    if phases:
        record["phases"] = phases
    for key in draw(st.sets(st.sampled_from(["name", "goal", "note"]))):
        record[key] = draw(NAMES)
    return record


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    folder = tmp_path_factory.mktemp("small")
    (folder / "model").mkdir()
    (folder / "workbench.yaml").write_text("name: Town\n", encoding="utf-8")
    (folder / "model" / "model.yaml").write_text(SMALL, encoding="utf-8")
    return load_inventory(folder)


@given(record=journeys())
def test_any_journey_comes_back(small: Inventory, record: dict[str, Any]) -> None:
    tree, faults = read_yaml(write_yaml(record).encode("utf-8"), "m.yaml")
    assert tree is not None
    assert not faults
    journey, wrong = validate(Journey, tree, "journey 'j'", {"id": "j"})
    assert not wrong
    assert journey is not None
    assert back(cjml(replace(small, journeys={"j": journey}))) == {"j": record}
