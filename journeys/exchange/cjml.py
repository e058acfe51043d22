"""What are the planned journeys of a model in CJML 2.0, the Customer Journey Modelling Language of SINTEF?

Source: the language's own site, cjml.no, publishes version 2.0 (November 2022) as slides with an XML schema and shows
one example file, an actual journey; Halvorsrud, Sanchez, Boletsis & Skjuve (Software and Systems Modeling 22, 2023,
1589–1618) give the concepts. The schema file itself could not be had for this work: files are *not* validated against
it. Names and order of elements follow the published example, and where it has none (all that is planned, phases,
summaries, comments) what two open tools around the language, an editor and a converter from spreadsheets, read and
write.

| ours | CJML | seen in |
|---|---|---|
| journey | `plannedJourney` with `journeyID`; `journeyTitle` | tools; example has `actualJourney` |
| goal, note | `journeyShortSummary`, `journeyLongSummary` | tools |
| phase | `journeyPhases/journeyPhase@phaseID/phaseName`, `belongsTo@phaseIDref` | tools |
| customer | `actors/endUser@actorID/actorName` | example |
| owner of a touchpoint | `actors/serviceProvider@actorID/companyName` | example |
| step at a touchpoint | `plannedCommunicationPoint` | tools; example has `actualCommunicationPoint` |
| its sides | `initiator`, `receiver` with `refersTo@actorIDref` and a label | example |
| its channel | `channel/channelName` | example |
| step without touchpoint | `plannedAction` with `initiator` | tools |
| note of a step | `comment` | tools |

The order of the touchpoints is the order of the steps. CJML has one sequence: shares, loops, personas, times, evidence
and everything else that it has no element for goes along as YAML in an element of our own namespace, so that
`journeys.exchange.cjml_import` gives back what was exported. A planned duration (`touchpointDuration`, named by one
tool but never seen in a file) is read and not written. Statuses, compliance and timestamps belong to actual journeys,
which are neither written nor read.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from journeys.exchange.xml_tree import xml_text
from touchpoints.inventory import Inventory
from touchpoints.records.contact import Touchpoint
from touchpoints.records.journey import Journey, Step
from touchpoints.yaml_tree import write_yaml

VERSION = "2.0"
NAMESPACE = "urn:journey-workbench:cjml:1"
CUSTOMER, ORGANISATION = "the-customer", "the-organisation"
"""Actors that no record of the model stands for; the hyphen keeps them apart from ids of teams."""
NO_CHANNEL = "Unknown"
CHANNELS = {
    "phone": ("phone", "telephone"),
    "email": ("email",),
    "letter": ("letter",),
    "chat": ("chat",),
    "sms": ("sms",),
    "counter": ("ServiceDesk", "ShopCounter", "faceToFace"),
    "web": ("internetViaPC", "internetViaSmartphone", "internetViaTablet", "internetGlobe", "internet"),
    "app": ("appOnSmartphone", "appOnTablet", "appOnPc"),
    "kiosk": ("selfServiceMachine",),
    "social": ("socialMediaMessage",),
}
"""Channels of the library, and the names that CJML tools have for them, the one that is written first."""

_CUSTOMERS = {"nl": "Klant", "en": "Customer"}


def cjml(inventory: Inventory, journey: str | None = None, language: str = "en") -> str:
    """The CJML file of one journey, or of all.

    Args:
        inventory: a model without errors.
        journey: the journey's id; all when not given.
        language: language of what CJML holds once, such as titles: `nl` or `en`.

    Raises:
        ValueError: the journey is unknown.

    Example:
        >>> from pathlib import Path
        >>> print(cjml(Inventory(Path("."))), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <CJML version="2.0" xmlns:wb="urn:journey-workbench:cjml:1" />
    """
    if journey is not None and journey not in inventory.journeys:
        raise ValueError(f"journey must be one of {sorted(inventory.journeys)}, got {journey!r}")
    root = Element("CJML", {"version": VERSION, "xmlns:wb": NAMESPACE})
    known: set[str] = set()
    for name, record in inventory.journeys.items():
        if journey in (None, name):
            _add_journey(root, inventory, record, language, known)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_journey(root: Element, inventory: Inventory, journey: Journey, language: str, known: set[str]) -> None:
    planned = SubElement(root, "plannedJourney")
    _add(planned, "journeyID", journey.id)
    _add(planned, "journeyTitle", journey.label(language))
    if journey.phases:
        phases = SubElement(planned, "journeyPhases")
        for phase in journey.phases:
            element = SubElement(phases, "journeyPhase", phaseID=xml_text(phase))
            _add(element, "phaseName", journey.phase_label(phase, language))
            _add(element, "phaseDescription", "")
    if journey.goal:
        _add(planned, "journeyShortSummary", journey.goal.text(language))
    if journey.note:
        _add(planned, "journeyLongSummary", journey.note)
    _add_actors(planned, inventory, journey, language, known)
    touchpoints = SubElement(planned, "touchpoints")
    for step in journey.steps.values():
        _add_step(touchpoints, inventory, step, language)
    rest = {key: value for key, value in journey.written.plain().items() if key != "steps"}
    _add(planned, "wb:journey", f"\n{write_yaml(rest)}")


def _add_actors(planned: Element, inventory: Inventory, journey: Journey, language: str, known: set[str]) -> None:
    """The customer and the owners of the journey's touchpoints; one that stands earlier in the file is referred to."""
    actors = SubElement(planned, "actors")
    visited = [inventory.touchpoints[step.touchpoint] for step in journey.steps.values() if step.touchpoint]
    for actor in dict.fromkeys([CUSTOMER, *(_provider(touchpoint) for touchpoint in visited)]):
        kind = "endUser" if actor == CUSTOMER else "serviceProvider"
        if actor in known:
            SubElement(actors, kind, actorIDref=actor)
            continue
        known.add(actor)
        element = SubElement(actors, kind, actorID=actor)
        if actor == CUSTOMER:
            _add(element, "actorName", _CUSTOMERS[language])
        else:
            team = inventory.teams.get(actor)
            _add(element, "companyName", team.label(language) if team else inventory.name)


def _add_step(touchpoints: Element, inventory: Inventory, step: Step, language: str) -> None:
    touchpoint = inventory.touchpoints[step.touchpoint] if step.touchpoint else None
    element = SubElement(touchpoints, "plannedCommunicationPoint" if touchpoint else "plannedAction")
    _add(element, "touchpointID", step.id)
    if step.phase is not None:
        SubElement(element, "belongsTo", phaseIDref=xml_text(step.phase))
    sides = [(CUSTOMER, step.label(language))]
    if touchpoint:
        sides.append((_provider(touchpoint), touchpoint.label(language)))
        if touchpoint.direction == "outbound":
            sides.reverse()
    for side, (actor, label) in zip(("initiator", "receiver"), sides, strict=False):
        part = SubElement(element, side)
        SubElement(part, "refersTo", actorIDref=actor)
        _add(part, f"{side}Label", label)
    channel = _channel_name(inventory, touchpoint, language) if touchpoint else None
    if channel is not None:
        _add(SubElement(element, "channel"), "channelName", channel)
    if step.note:
        _add(element, "comment", step.note)
    _add(element, "wb:step", f"\n{write_yaml(step.written.plain())}")
    if channel is not None:
        element[-1].set("channel", channel)


def _provider(touchpoint: Touchpoint) -> str:
    return touchpoint.owner or ORGANISATION


def _channel_name(inventory: Inventory, touchpoint: Touchpoint, language: str) -> str:
    """What CJML tools call the channel of a touchpoint; its label where they have no name for it."""
    channel = inventory.channels.get(touchpoint.channel) if touchpoint.channel else None
    if channel is None:
        return NO_CHANNEL
    names = CHANNELS.get(channel.id)
    return names[0] if names else xml_text(channel.label(language))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = xml_text(text)
