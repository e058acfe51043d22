"""Do CJML files become a model that works, do changes made elsewhere come through, do faults get their line?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.exchange.cjml import cjml
from journeys.exchange.cjml_import import read_cjml
from journeys.exchange.xml_tree import ExchangeError
from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory
from touchpoints.yaml_tree import read_yaml, write_yaml

EXAMPLES = Path(__file__).parents[3] / "examples"
FOREIGN = """\
<?xml version="1.0" encoding="UTF-8"?>
<CJML version="2.0">
  <plannedJourney>
    <journeyID>PJ1</journeyID>
    <journeyTitle>Buying a second-hand book</journeyTitle>
    <journeyPhases>
      <journeyPhase phaseID="Before buying"><phaseName>Before buying</phaseName><phaseDescription/></journeyPhase>
      <journeyPhase phaseID="after"><phaseName>After</phaseName></journeyPhase>
    </journeyPhases>
    <journeyShortSummary>From search to delivery</journeyShortSummary>
    <journeyStatus>draft</journeyStatus>
    <actors>
      <endUser actorID="Reader"><actorName>A reader</actorName></endUser>
      <serviceProvider actorID="Shop 1"><companyName>Book &amp; Co</companyName></serviceProvider>
      <serviceProvider actorID="Carrier"/>
    </actors>
    <touchpoints>
      <plannedAction>
        <touchpointID>T0</touchpointID>
        <initiator><refersTo actorIDref="Shop 1"/><initiatorLabel>Takes a photo</initiatorLabel></initiator>
      </plannedAction>
      <plannedCommunicationPoint>
        <touchpointID>T1</touchpointID>
        <belongsTo phaseIDref="Before buying"></belongsTo>
        <initiator><refersTo actorIDref="Reader"/><initiatorLabel>Orders</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Shop 1"/><receiverLabel>Order received</receiverLabel></receiver>
        <channel><channelName>Internet Via Smartphone</channelName></channel>
        <touchpointDuration>PT1H5M</touchpointDuration>
        <comment>Often at night</comment>
      </plannedCommunicationPoint>
      <plannedCommunicationPoint>
        <touchpointID>T2</touchpointID>
        <initiator><refersTo actorIDref="Shop 1"/><initiatorLabel>Hands over</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Carrier"/><receiverLabel>Takes the parcel</receiverLabel></receiver>
        <channel><channelName>faceToFace</channelName></channel>
      </plannedCommunicationPoint>
      <plannedCommunicationPoint>
        <touchpointID>T3</touchpointID>
        <belongsTo phaseIDref="after"/>
        <initiator><refersTo actorIDref="Carrier"/><initiatorLabel>Delivers</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Reader"/><receiverLabel>Gets the book</receiverLabel></receiver>
        <channel><channelName>Parcel</channelName></channel>
        <message>Enjoy</message>
      </plannedCommunicationPoint>
      <plannedAction>
        <touchpointID>Resolved</touchpointID>
        <initiator><refersTo actorIDref="Reader"/><initiatorLabel>Reads</initiatorLabel></initiator>
        <touchpointDuration>a week</touchpointDuration>
      </plannedAction>
    </touchpoints>
  </plannedJourney>
  <plannedJourney>
    <journeyID>PJ2</journeyID>
    <actors><endUser actorIDref="Reader"/><serviceProvider actorIDref="Shop 1"/></actors>
    <touchpoints>
      <plannedCommunicationPoint>
        <touchpointID>T1</touchpointID>
        <initiator><refersTo actorIDref="Shop 1"/></initiator>
        <receiver><refersTo actorIDref="Reader"/><receiverLabel>Gets an offer</receiverLabel></receiver>
        <channel><channelName>e-mail</channelName></channel>
      </plannedCommunicationPoint>
    </touchpoints>
  </plannedJourney>
  <actualJourney><journeyID>AJ1</journeyID></actualJourney>
</CJML>
"""
EXPECTED = {
    "channels": {"parcel": {"name": "Parcel"}},
    "teams": {"shop_1": {"name": "Book & Co"}, "carrier": {"name": "Carrier"}},
    "touchpoints": {
        "shop_1_internet_via_smartphone": {
            "name": "Book & Co, Internet Via Smartphone",
            "owner": "shop_1",
            "channel": "web",
        },
        "carrier_parcel_out": {
            "name": "Carrier, Parcel",
            "owner": "carrier",
            "channel": "parcel",
            "direction": "outbound",
        },
        "shop_1_e_mail_out": {
            "name": "Book & Co, e-mail",
            "owner": "shop_1",
            "channel": "email",
            "direction": "outbound",
        },
    },
    "journeys": {
        "pj1": {
            "name": "Buying a second-hand book",
            "goal": "From search to delivery",
            "note": "journeyStatus: draft",
            "phases": [{"before_buying": "Before buying"}, {"after": "After"}],
            "steps": {
                "t1": {
                    "name": "Orders",
                    "phase": "before_buying",
                    "touchpoint": "shop_1_internet_via_smartphone",
                    "note": "Often at night\nBook & Co: Order received",
                    "own_time": "1h5m",
                    "next": "t3",
                    "backstage": [
                        {"what": "Takes a photo", "owner": "shop_1"},
                        {"what": "Hands over", "owner": "shop_1", "note": "Carrier: Takes the parcel\nfaceToFace"},
                    ],
                },
                "t3": {
                    "name": "Gets the book",
                    "phase": "after",
                    "touchpoint": "carrier_parcel_out",
                    "note": "Carrier: Delivers\nmessage: Enjoy",
                    "next": "step_resolved",
                },
                "step_resolved": {"name": "Reads", "note": "touchpointDuration: a week", "next": "resolved"},
            },
        },
        "pj2": {"steps": {"t1": {"name": "Gets an offer", "touchpoint": "shop_1_e_mail_out", "next": "resolved"}}},
    },
}


def problems(text: str | bytes) -> list[tuple[int, str]]:
    """What is wrong with a file, by line."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    with pytest.raises(ExchangeError) as caught:
        read_cjml(data, "x.cjml")
    assert all(place.file == "x.cjml" for place, _ in caught.value.problems)
    for line in str(caught.value).splitlines():
        assert re.match(r"x\.cjml:\d+: ", line)
        assert line.isprintable()
        assert len(line) < 700
    return [(place.line, message) for place, message in caught.value.problems]


def line_of(text: str, part: str, which: int = 0) -> int:
    """The line of an occurrence of a part."""
    starts = [found.start() for found in re.finditer(re.escape(part), text)]
    return text.count("\n", 0, starts[which]) + 1


def test_a_foreign_file_becomes_a_model() -> None:
    found = read_cjml(FOREIGN.encode(), "x.cjml")
    assert found.model == EXPECTED
    assert [(place.line, remark) for place, remark in found.remarks] == [
        (line_of(FOREIGN, "<actualJourney>"), "<actualJourney> is left out; only planned journeys are imported")
    ]


def test_the_model_of_a_foreign_file_is_sound(load: Callable[..., Inventory]) -> None:
    inventory = load(write_yaml(read_cjml(FOREIGN.encode(), "x.cjml").model))
    assert inventory.faults == ()
    again = read_cjml(cjml(inventory).encode(), "y.cjml")
    assert again.model == {"journeys": EXPECTED["journeys"]}


def test_a_file_with_a_namespace_and_in_utf_16() -> None:
    text = FOREIGN.replace("<CJML ", '<c:CJML xmlns:c="urn:x" ').replace("</CJML>", "</c:CJML>")
    data = text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert read_cjml(data, "x.cjml").model == EXPECTED


@pytest.fixture(scope="module")
def exported() -> str:
    return cjml(load_inventory(EXAMPLES / "gemeente"), "move_house")


@pytest.fixture(scope="module")
def journey() -> Any:
    return load_inventory(EXAMPLES / "gemeente").journeys["move_house"].written.plain()


def changed(exported: str, old: str, new: str) -> dict[str, Any]:
    assert exported.count(old) >= 1
    return read_cjml(exported.replace(old, new, 1).encode(), "x.cjml").model


def test_a_label_changed_elsewhere_comes_through(exported: str, journey: Any) -> None:
    label = "<initiatorLabel>Calls the contact centre</initiatorLabel>"
    found = changed(exported, label, label.replace("Calls", "Rings"))["journeys"]["move_house"]
    assert found["steps"]["call"].pop("name") == "Rings the contact centre"
    wanted = {**journey, "steps": {**journey["steps"], "call": dict(journey["steps"]["call"])}}
    wanted["steps"]["call"].pop("name")
    assert found == wanted


def test_a_phase_changed_elsewhere_comes_through(exported: str, journey: Any) -> None:
    found = changed(exported, '<belongsTo phaseIDref="orient" />', '<belongsTo phaseIDref="confirm" />')
    steps = found["journeys"]["move_house"]["steps"]
    assert steps["search"] == {**journey["steps"]["search"], "phase": "confirm"}
    found = changed(exported, "<phaseName>Aftercare</phaseName>", "<phaseName>Later on</phaseName>")
    assert found["journeys"]["move_house"]["phases"] == [*journey["phases"][:3], {"aftercare": "Later on"}]


def test_a_channel_changed_elsewhere_comes_through(exported: str, journey: Any) -> None:
    data = exported.replace("<channelName>phone</channelName>", "<channelName>chat</channelName>", 1).encode()
    found = read_cjml(data, "x.cjml")
    call = found.model["journeys"]["move_house"]["steps"]["call"]
    assert call == {**journey["steps"]["call"], "touchpoint": "kcc_chat"}
    assert found.model["touchpoints"]["kcc_chat"]["channel"] == "chat"
    assert set(found.model) == {"touchpoints", "journeys"}
    assert "kcc_chat" in found.remarks[0][1]


def test_a_comment_and_an_order_changed_elsewhere_come_through(exported: str, journey: Any) -> None:
    channel = "<channelName>phone</channelName>\n        </channel>"
    found = changed(exported, channel, f"{channel}<comment>busy</comment>")
    assert found["journeys"]["move_house"]["steps"]["call"] == {**journey["steps"]["call"], "note": "busy"}
    pieces = re.split(r"(?=<planned(?:CommunicationPoint|Action)>)|(?=</touchpoints>)", exported)
    pieces[1], pieces[2] = pieces[2], pieces[1]
    steps = read_cjml("".join(pieces).encode(), "x.cjml").model["journeys"]["move_house"]["steps"]
    assert list(steps)[:3] == ["call", "search", "notify_online"]
    assert steps == journey["steps"]


def test_a_touchpoint_added_elsewhere_leads_on(exported: str, journey: Any) -> None:
    added = (
        "<plannedAction><touchpointID>T9</touchpointID><initiator><refersTo actorIDref='the-customer'/>"
        "<initiatorLabel>Packs</initiatorLabel></initiator></plannedAction>"
    )
    steps = changed(exported, "<touchpoints>", f"<touchpoints>{added}")["journeys"]["move_house"]["steps"]
    assert steps == {"t9": {"name": "Packs", "next": "search"}, **journey["steps"]}


def test_a_touchpoint_deleted_elsewhere_is_missed(exported: str) -> None:
    without = re.sub(
        r"<plannedCommunicationPoint>\s*<touchpointID>call<.*?</plannedCommunicationPoint>",
        "",
        exported,
        flags=re.DOTALL,
    )
    found = problems(without)
    assert {message.partition(" (")[0] for _, message in found} == {"unknown step 'call'"}
    lines = without.splitlines()
    assert {lines[line - 1].partition(":")[0].strip() for line, _ in found} == {"call"}
    assert len(found) == sum(line.strip().startswith("call:") for line in lines)


CASES = {
    "no xml": ("journeys: {}", 1, "no XML can be read here"),
    "nothing": ("", 1, "no element found"),
    "binary": (b"PK\x03\x04\x00\x00", 1, "no XML"),
    "a tag not closed": (FOREIGN.replace("</actors>", "", 1), line_of(FOREIGN, "</plannedJourney>"), "mismatched tag"),
    "an entity that is not declared": (FOREIGN.replace("Orders", "&order;"), line_of(FOREIGN, "Orders"), "undefined"),
    "exploding entities": (
        '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n<CJML>&b;</CJML>',
        2,
        "document type declaration is not allowed",
    ),
    "an external entity": (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CJML>&a;</CJML>',
        1,
        "document type declaration is not allowed",
    ),
    "an external document type": ('\n<!DOCTYPE CJML SYSTEM "http://x/y.dtd"><CJML/>', 2, "not allowed"),
    "an encoding that nobody knows": ('<?xml version="1.0" encoding="klingon"?><CJML/>', 1, "save the file as UTF-8"),
    "an encoding of several bytes": ('<?xml version="1.0" encoding="shift_jis"?><CJML/>', 1, "save the file as UTF-8"),
    "latin-1 that says utf-8": ("<CJML>é</CJML>".encode("latin-1"), 1, "not well-formed"),
    "a deep file": ("<a>" * 100_000, 1, "nested deeper than 60 levels"),
    "a large file": (b" " * (17 * 2**20), 1, "at most 16 MiB"),
    "a file of many elements": ("<CJML>" + "<a/>" * 300_000 + "</CJML>", 1, "more than 200,000 elements"),
    "another language": ("<bpmn/>", 1, "starts with <bpmn>"),
    "only actual journeys": ('<CJML version="2.0"><actualJourney/></CJML>', 1, "no <plannedJourney>"),
    "no touchpoints": ("<CJML><plannedJourney/></CJML>", 1, "no touchpoint of an end user"),
    "an unknown actor": (
        FOREIGN.replace('<refersTo actorIDref="Carrier"/><initiator', '<refersTo actorIDref="Carier"/><initiator'),
        line_of(FOREIGN, "Delivers"),
        "unknown actor 'Carier'; did you mean 'Carrier'?",
    ),
    "an actor that is never declared": (
        FOREIGN.replace('<endUser actorIDref="Reader"/>', '<endUser actorIDref="Rider"/>'),
        line_of(FOREIGN, '<endUser actorIDref="Reader"/>'),
        "unknown actor 'Rider'",
    ),
    "a reference without a name": (
        FOREIGN.replace('<refersTo actorIDref="Reader"/><initiatorLabel>Reads', "<refersTo/><initiatorLabel>Reads"),
        line_of(FOREIGN, "Reads"),
        "<refersTo> names no actor",
    ),
    "an unknown phase": (
        FOREIGN.replace('phaseIDref="after"', 'phaseIDref="afterwards"'),
        line_of(FOREIGN, 'phaseIDref="after"'),
        "touchpoint 'T3': unknown phase 'afterwards'",
    ),
    "a phase twice": (
        FOREIGN.replace('phaseID="after"', 'phaseID="Before buying"').replace('phaseIDref="after"', 'phaseIDref=""'),
        line_of(FOREIGN, 'phaseID="after"'),
        "phase 'Before buying' stands twice",
    ),
    "a touchpoint twice": (
        FOREIGN.replace("<touchpointID>T3<", "<touchpointID>T1<"),
        line_of(FOREIGN, "<plannedCommunicationPoint>", 2),
        f"'T1' stands here and in line {line_of(FOREIGN, '<plannedCommunicationPoint>')}",
    ),
    "a journey twice": (FOREIGN.replace(">PJ2<", ">PJ1<"), line_of(FOREIGN, "<plannedJourney>", 1), "journey 'PJ1'"),
    "an actor twice": (
        FOREIGN.replace('<serviceProvider actorIDref="Shop 1"', '<serviceProvider actorID="Shop 1"'),
        line_of(FOREIGN, '<serviceProvider actorIDref="Shop 1"'),
        "refer to it by actorIDref",
    ),
    "no initiator": (
        re.sub("<initiator>.*Orders.*</initiator>", "<x/>", FOREIGN),
        line_of(FOREIGN, "<plannedCommunicationPoint>"),
        "touchpoint 'T1' has no <initiator>",
    ),
    "no receiver": (
        re.sub("<receiver>.*Gets an offer.*</receiver>", "", FOREIGN),
        line_of(FOREIGN, "<plannedCommunicationPoint>", -1),
        "touchpoint 'T1' has no <receiver>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_gives_its_line(name: str) -> None:
    text, line, says = CASES[name]
    assert any(found == line and says in message for found, message in problems(text)), problems(text)


def test_faults_come_together() -> None:
    text = FOREIGN.replace('actorIDref="Carrier"', 'actorIDref="x"').replace('phaseIDref="after"', 'phaseIDref="y"')
    assert [line for line, _ in problems(text)] == [
        line_of(FOREIGN, "Takes the parcel"),
        line_of(FOREIGN, 'phaseIDref="after"'),
        line_of(FOREIGN, "Delivers"),
    ]


OURS = '<CJML version="2.0" xmlns:w="urn:journey-workbench:cjml:1">{}</CJML>'
STEP = """<plannedJourney><actors><endUser actorID="a"/></actors><touchpoints><plannedAction>
<touchpointID>s</touchpointID><initiator><refersTo actorIDref="a"/></initiator><w:step>
{}</w:step></plannedAction></touchpoints></plannedJourney>"""


@pytest.mark.parametrize(
    ("yaml", "line", "says"),
    [
        ("a: [", 4, "not valid YAML"),
        ("- a", 2, "must hold `key: value` lines"),
        ("a: 1\na: 2", 4, "'a' stands here"),
        ("a: &amp;x 1\nb: *y", 4, "alias"),
        ("name: S\nnext: {s: 50%, t: 50%}", 4, "unknown step 't'"),
        ("next: t", 3, "unknown step 't'"),
        ("by_persona:\n  old:\n    next:\n      u: 1", 6, "unknown step 'u'"),
    ],
)
def test_what_is_wrong_in_our_own_element_gets_its_line(yaml: str, line: int, says: str) -> None:
    found = problems(OURS.format(STEP.format(yaml)))
    assert [one for one, message in found if says in message] == [line], found


def test_numbers_and_gaps_of_ours_are_kept() -> None:
    text = OURS.format(STEP.format("emotion: -1\nwait: 0\nown_time: 5m..8m"))
    assert read_cjml(text.encode(), "x.cjml").model["journeys"]["journey_1"]["steps"] == {
        "s": {"emotion": -1, "wait": 0, "own_time": "5m..8m"}
    }


def test_backstage_work_joins_that_of_ours() -> None:
    step = STEP.format("backstage: [{what: looks it up}]").replace(
        "</actors>", '<serviceProvider actorID="b"/></actors>'
    )
    work = "<plannedAction><initiator><refersTo actorIDref='b'/><initiatorLabel>Files</initiatorLabel></initiator>"
    text = OURS.format(step.replace("</touchpoints>", f"{work}</plannedAction></touchpoints>"))
    steps = read_cjml(text.encode(), "x.cjml").model["journeys"]["journey_1"]["steps"]
    assert steps == {"s": {"backstage": [{"what": "looks it up"}, {"what": "Files", "owner": "b"}]}}


def test_other_names_never_get_the_same_id() -> None:
    initiator = "<initiator><refersTo actorIDref='a'/></initiator>"
    names = ("TP 1", "tp-1", "tp_1", "客", "户", "1", "unknown")
    actions = (f"<plannedAction><touchpointID>{name}</touchpointID>{initiator}</plannedAction>" for name in names)
    actors = "<actors><endUser actorID='a'/></actors>"
    text = f"<CJML><plannedJourney>{actors}<touchpoints>{''.join(actions)}</touchpoints></plannedJourney></CJML>"
    steps = read_cjml(text.encode(), "x.cjml").model["journeys"]["journey_1"]["steps"]
    assert list(steps) == ["tp_1", "tp_1_2", "tp_1_3", "step", "step_2", "step_1", "step_unknown"]


EXPORTED = cjml(load_inventory(EXAMPLES / "bank")).encode()
PIECES = [
    b"",
    b"<",
    b">",
    b'"',
    b"</touchpoints>",
    b"<x/>",
    b"\x00",
    b"\xff",
    b"&a;",
    b"T1",
    b"Reader",
    b"call",
    b": ",
    b"- ",
]
CUTS = st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.sampled_from(PIECES))


@given(st.lists(CUTS, min_size=1, max_size=4), st.sampled_from([FOREIGN.encode(), EXPORTED]))
def test_a_mangled_file_is_read_or_told(cuts: list[tuple[int, int, bytes]], data: bytes) -> None:
    for place, length, new in cuts:
        start = place % len(data)
        data = data[:start] + new + data[start + length :]
    try:
        found = read_cjml(data, "x.cjml")
    except ExchangeError:
        return
    tree, faults = read_yaml(write_yaml(found.model).encode(), "x.yaml")
    assert not faults
    assert tree is not None
    assert tree.plain() == found.model
