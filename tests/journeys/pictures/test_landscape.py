"""Does the landscape show every touchpoint with its systems, its team and its weight?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from picture_reading import SVG, letters_of, outside, overlaps, plain, root_of, squeezed

from journeys.drawing import DrawingError
from journeys.pictures.landscape import landscape
from journeys.pictures.marks import HEAT

MODEL = """
channels: {web: {name: Site}, phone: {name: Phone}}
teams: {kcc: {name: Contact centre}, web_team: {name: Web team}}
systems:
  crm: {kind: customer_database, name: Customer view, owner: kcc, connected_to: [cases]}
  cases: {kind: case_system, name: Case system}
touchpoints:
  line: {channel: phone, owner: kcc, name: Contact line, systems: [crm], needs_systems: [crm, cases]}
  direct: {channel: phone, owner: kcc, name: Direct line, systems: [cases]}
  site: {channel: web, owner: web_team, name: Website}
  lost: {name: Nobody's box}
"""
CONTACTS = {"line": 1_000.0, "direct": 250.0, "site": 4_000.0}
HOURS = {"line": 100.0, "direct": 10.0, "site": 0.0}


def wires(svg: str) -> list[float]:
    """The widths of the lines that cross the systems."""
    return [
        float(one.get("stroke-width", "0")) for one in root_of(svg).iter(f"{SVG}line") if one.get("stroke") == "#8ea6b8"
    ]


def test_touchpoints_systems_and_teams(read: Any) -> None:
    inventory, _ = read(MODEL)
    svg = landscape(inventory, CONTACTS, HOURS, "nl")
    shown = [one.text for one in letters_of(svg)]
    assert {"Contact line", "Direct line", "Website", "Contact centre", "Web team", "eigenaar onbekend"} <= set(shown)
    assert {"1.000", "250", "4.000", "100", "10", "1.250 contacten · 110 u"} <= set(shown)
    everything = [element.text or "" for element in root_of(svg).iter(f"{SVG}text")]
    assert {"Customer view", "Case system"} <= set(everything)
    assert "!" in shown
    told = next(root_of(svg).iter(f"{SVG}desc")).text or ""
    assert "Contact line (Phone): 1.000 contacten, 100 medewerkeruren per jaar; systemen: Customer view; " in told
    assert "ontbreekt: Case system; team: Contact centre." in told


def test_wires_are_as_wide_as_their_contacts_and_the_hottest_is_darkest(read: Any) -> None:
    inventory, _ = read(MODEL)
    svg = landscape(inventory, CONTACTS, HOURS, "en")
    # 15% of four rows of 25 px for 5,250 contacts: 4,000 take 11.43 px, of which 1 px is for none;
    # the channel with most hours first: line, direct; site; lost
    assert wires(svg)[:4] == pytest.approx([1 + 10.43 / 4, 1 + 10.43 / 16, 11.43, 1.0], abs=0.06)
    fills = [one.get("fill") for one in root_of(svg).iter(f"{SVG}rect")]
    assert fills.count(HEAT[-1]) == 2  # the contact line and the legend


def test_the_order_of_the_yaml_changes_nothing(read: Any) -> None:
    lines = MODEL.strip().split("\n")
    blocks = re.split(r"\n(?=\w)", MODEL.strip())
    rows = blocks[-1].split("\n")
    turned = "\n".join(["\n".join([rows[0], *rows[:0:-1]]), *blocks[-2::-1]])
    assert sorted(turned.split("\n")) == sorted(lines)
    first = landscape(read(MODEL)[0], CONTACTS, HOURS, "en")
    assert landscape(read(turned)[0], dict(reversed(CONTACTS.items())), HOURS, "en") == first


def test_the_example_is_readable(gemeente: Any) -> None:
    contacts = {name: 100.0 * place for place, name in enumerate(gemeente.touchpoints)}
    for language in ("nl", "en"):
        svg = landscape(gemeente, contacts, contacts, language, "customer")
        assert overlaps(svg) == []
        assert outside(svg) == []
        for touchpoint in gemeente.touchpoints.values():
            assert squeezed(touchpoint.label(language)) in plain(svg)


def many(count: int) -> str:
    """So many touchpoints over six channels, ten systems and eight teams."""
    kinds = ("telephony", "mailbox", "contact_register", "knowledge_base", "case_system", "finance", "portal")
    return "\n".join(
        [
            "channels: {" + ", ".join(f"c{i}: {{name: Kanaal {i}}}" for i in range(6)) + "}",
            "teams: {" + ", ".join(f"k{i}: {{name: Team vergunningverlening {i}}}" for i in range(8)) + "}",
            "systems: {"
            + ", ".join(f"s{i}: {{kind: {kinds[i % 7]}, name: Zaakgericht werken systeem {i}}}" for i in range(20))
            + "}",
            "touchpoints:",
            *(
                f"  t{i}: {{channel: c{i % 6}, owner: k{i % 8}, name: Klantcontactpunt met een lange naam {i}, "
                f"systems: [s{i % 20}, s{i * 7 % 20}], needs_systems: [s{i * 3 % 20}]}}"
                for i in range(count)
            ),
        ]
    )


@pytest.mark.parametrize("count", [1, 60, 120])
def test_many_touchpoints_stay_readable(read: Any, count: int) -> None:
    inventory, _ = read(many(count))
    svg = landscape(inventory, {f"t{i}": 10.0 * i for i in range(count)}, {}, "nl")
    assert overlaps(svg) == []
    assert outside(svg) == []
    assert len(wires(svg)) >= count


def test_too_many_touchpoints_are_refused_and_the_largest_can_be_drawn(read: Any) -> None:
    inventory, _ = read(many(121))
    contacts = {f"t{i}": 10.0 * i for i in range(121)}
    with pytest.raises(DrawingError, match=r"the model has 121 touchpoints; a landscape shows at most 120.*--top 120"):
        landscape(inventory, contacts, {}, "en")
    svg = landscape(inventory, contacts, {}, "en", top=5)
    shown = plain(svg)
    assert "longnaam" not in shown
    assert all(squeezed(f"lange naam {i}") in shown for i in range(116, 121))
    assert squeezed("and 116 more touchpoints") in shown


def test_arguments_are_checked(read: Any) -> None:
    inventory, _ = read(MODEL)
    with pytest.raises(ValueError, match="hours must be one of staff, customer, got 'boss'"):
        landscape(inventory, {}, {}, "nl", "boss")
    with pytest.raises(ValueError, match="top must be at least 1, got 0"):
        landscape(inventory, {}, {}, "nl", top=0)
    with pytest.raises(DrawingError, match="no touchpoint to draw"):
        landscape(read("channels: {web: {}}")[0], {}, {}, "nl")
