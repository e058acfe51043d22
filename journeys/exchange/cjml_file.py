"""What does a CJML file hold, and does it hold together: actors, phases, planned touchpoints, references?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from journeys.exchange.cjml import NAMESPACE, VERSION
from journeys.exchange.xml_tree import Element, read_xml
from touchpoints.faults import Place, hint
from touchpoints.located import Located
from touchpoints.yaml_tree import read_yaml

Messages = list[tuple[Place, str]]

_KINDS = ("plannedCommunicationPoint", "plannedAction")
_TAKEN = {
    "journeyID", "journeyTitle", "journeyPhases", "journeyShortSummary", "journeyLongSummary", "actors", "touchpoints",
    "touchpointID", "belongsTo", "initiator", "receiver", "channel", "comment", "touchpointDuration",
}  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """Who takes part: an end user, or one who provides the service."""

    id: str
    name: str
    is_end_user: bool
    place: Place


@dataclass(frozen=True)
class Own:
    """What an earlier export of ours left beside CJML's own elements: values, the same with places, the channel."""

    values: dict[str, Any]
    tree: Located
    channel: str


@dataclass(frozen=True)
class CjmlTouchpoint:
    """A planned touchpoint; its sides are (actor, label), an end user's first where one takes part."""

    id: str
    place: Place
    phase: str
    sides: tuple[tuple[Actor, str], ...]
    started_by_end_user: bool
    channel: str
    duration: str
    comment: str
    others: tuple[str, ...]
    own: Own | None


@dataclass(frozen=True)
class CjmlJourney:
    """A planned journey: phases with their names, touchpoints in order, texts that have no place of their own."""

    id: str
    place: Place
    title: str
    short_summary: str
    long_summary: str
    phases: Mapping[str, str]
    touchpoints: tuple[CjmlTouchpoint, ...]
    others: tuple[str, ...]
    own: Own | None


@dataclass
class CjmlFile:
    """Collects the planned journeys of a file, what is wrong in it, and what is left out."""

    name: str
    journeys: list[CjmlJourney] = field(default_factory=list)
    problems: Messages = field(default_factory=list)
    remarks: Messages = field(default_factory=list)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def read(self, data: bytes) -> None:
        """Read the file.

        Raises:
            ExchangeError: it is not XML that may be read; all else that is wrong is collected.
        """
        root = read_xml(data, self.name)
        if root.name != "CJML":
            self._wrong(root, f"the file is XML but no CJML: it starts with <{root.name}>; give a file with <CJML>")
            return
        if root.attributes.get("version") != VERSION:
            self._remark(root, f"version {root.attributes.get('version', 'none')!r} is read as if it were {VERSION}")
        for element in root.children:
            if element.name == "plannedJourney":
                self._journey(element)
            else:
                self._remark(element, f"<{element.name}> is left out; only planned journeys are imported")
        if not self.journeys:
            self._wrong(root, "no <plannedJourney> in the file; give a file that has one")
        self._once("journey", self.journeys)

    def _wrong(self, element: Element, message: str) -> None:
        self.problems.append((element.place, message))

    def _remark(self, element: Element, message: str) -> None:
        self.remarks.append((element.place, message))

    def _once(self, kind: str, things: list[CjmlJourney] | list[CjmlTouchpoint]) -> None:
        """Report ids that stand twice."""
        places: dict[str, Place] = {}
        for thing in things:
            if thing.id in places:
                message = f"{kind} {thing.id!r} stands here and in line {places[thing.id].line}; rename one"
                self.problems.append((thing.place, message))
            places.setdefault(thing.id, thing.place)

    def _journey(self, element: Element) -> None:
        name = element.content("journeyID") or element.content("journeyTitle") or f"journey {len(self.journeys) + 1}"
        phases = self._phases(element)
        for actor in _inside(element, "actors"):
            self._actor(actor)
        found = [
            self._touchpoint(part, phases, index) for index, part in enumerate(_inside(element, "touchpoints"), start=1)
        ]
        touchpoints = [one for one in found if one is not None]
        self._once("touchpoint", touchpoints)
        self.journeys.append(
            CjmlJourney(
                id=name,
                place=element.place,
                title=element.content("journeyTitle"),
                short_summary=element.content("journeyShortSummary"),
                long_summary=element.content("journeyLongSummary"),
                phases=phases,
                touchpoints=tuple(touchpoints),
                others=_others(element),
                own=self._own(element, "journey"),
            )
        )

    def _phases(self, element: Element) -> dict[str, str]:
        """The names of a journey's phases by id."""
        phases: dict[str, str] = {}
        for phase in _inside(element, "journeyPhases"):
            name = phase.attributes.get("phaseID") or phase.content("phaseName")
            if name in phases:
                self._wrong(phase, f"phase {name!r} stands twice in this journey; rename one")
            phases[name] = phase.content("phaseName")
        return phases

    def _actor(self, element: Element) -> None:
        """An actor of a journey: a new one, or a reference to one that stands earlier in the file."""
        name = element.attributes.get("actorID")
        if name is None:
            self._referred(element)
        elif name in self._actors:
            line = self._actors[name].place.line
            self._wrong(element, f"actor {name!r} stands here and in line {line}; refer to it by actorIDref")
        else:
            label = element.content("actorName") or element.content("companyName") or name
            self._actors[name] = Actor(name, label, element.name == "endUser", element.place)

    def _referred(self, element: Element) -> Actor | None:
        """The actor that an element refers to."""
        name = element.attributes.get("actorIDref")
        if name is None:
            self._wrong(element, f"<{element.name}> names no actor; give it an actorIDref")
        elif name not in self._actors:
            self._wrong(element, f"unknown actor {name!r}{hint(name, self._actors)}")
        return self._actors.get(name or "")

    def _touchpoint(self, element: Element, phases: Mapping[str, str], index: int) -> CjmlTouchpoint | None:
        if element.name not in _KINDS:
            self._remark(element, f"<{element.name}> is left out; it is no touchpoint of a planned journey")
            return None
        name = element.content("touchpointID") or f"touchpoint {index}"
        belongs = element.first("belongsTo")
        phase = belongs.attributes.get("phaseIDref", "") if belongs else ""
        if belongs and phase and phase not in phases:
            self._wrong(belongs, f"touchpoint {name!r}: unknown phase {phase!r}{hint(phase, phases)}")
        wanted = ("initiator", "receiver") if element.name == _KINDS[0] else ("initiator",)
        sides = [side for side in (self._side(element, name, kind) for kind in wanted) if side is not None]
        if not sides:
            return None
        return CjmlTouchpoint(
            id=name,
            place=element.place,
            phase=phase,
            sides=tuple(sorted(sides, key=lambda side: not side[0].is_end_user)),
            started_by_end_user=sides[0][0].is_end_user,
            channel=element.content("channel", "channelName"),
            duration=element.content("touchpointDuration"),
            comment=element.content("comment"),
            others=_others(element),
            own=self._own(element, "step"),
        )

    def _side(self, element: Element, name: str, kind: str) -> tuple[Actor, str] | None:
        """The actor and the label of one side of a touchpoint."""
        part = element.first(kind)
        refers = part.first("refersTo") if part else None
        if part is None or refers is None:
            self._wrong(element, f"touchpoint {name!r} has no <{kind}> with <refersTo>; add it")
            return None
        actor = self._referred(refers)
        return (actor, part.content(f"{kind}Label")) if actor else None

    def _own(self, element: Element, name: str) -> Own | None:
        """What an earlier export of ours left in an element."""
        found = element.first(name, NAMESPACE)
        if found is None:
            return None
        tree, faults = read_yaml(found.text.encode("utf-8"), self.name)
        before = found.place.line - 1
        for fault in faults:
            self.problems.append((Place(self.name, before + fault.place.line), f"in our own element: {fault.message}"))
        if tree is not None and isinstance(tree.value, dict):
            channel = " ".join(found.attributes.get("channel", "").split())
            return Own(tree.plain(), _moved(tree, before), channel)
        if not faults:
            self._wrong(found, f"our own element <{name}> must hold `key: value` lines; mend or delete it")
        return None


def _inside(element: Element, name: str) -> list[Element]:
    found = element.first(name)
    return found.children if found else []


def _others(element: Element) -> tuple[str, ...]:
    """The texts of an element that have no place of their own here, each with its name."""
    rest = [child for child in element.children if child.name not in _TAKEN and child.namespace != NAMESPACE]
    return tuple(f"{child.name}: {' '.join(child.text.split())}" for child in rest if child.text.strip())


def _moved(tree: Located, lines: int) -> Located:
    """The tree with its places so many lines further down."""
    value = tree.value
    if isinstance(value, dict):
        value = {key: _moved(part, lines) for key, part in value.items()}
    elif isinstance(value, list):
        value = [_moved(part, lines) for part in value]
    return Located(value, tree.file, tree.line + lines, tree.column)
