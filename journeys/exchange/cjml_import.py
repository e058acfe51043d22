"""What does a CJML file say in our model's language?

What stands in CJML's own elements (titles, summaries, phases, labels, comments, channels, order) goes before what an
earlier export of ours left beside it, so that changes made in another tool come through. A step that carries nothing
of ours leads to the next one, the last to `resolved`. A step is where an end user takes part; what service providers
do among themselves is backstage work of the step before. Text that has no place of its own goes to the note. Actual
journeys are left out, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from journeys.exchange.cjml import CHANNELS, NO_CHANNEL
from journeys.exchange.cjml_file import Actor, CjmlFile, CjmlJourney, CjmlTouchpoint, Messages
from journeys.exchange.naming import Names
from journeys.exchange.xml_tree import ExchangeError, xml_text
from touchpoints.faults import Place, hint
from touchpoints.library import library_trees
from touchpoints.located import Located
from touchpoints.records.journey import ENDS

_RESERVED = (*ENDS, "unknown")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")


@dataclass(frozen=True)
class Imported:
    """What a file of another tool holds.

    Attributes:
        model: channels, teams, touchpoints and journeys as plain values, to be written as YAML.
        remarks: what was left out or read with a doubt, by place.
    """

    model: dict[str, Any]
    remarks: tuple[tuple[Place, str], ...]


def read_cjml(data: bytes, file: str) -> Imported:
    """The planned journeys of a CJML file, as the model writes them.

    Args:
        data: the bytes of the file.
        file: the name that messages carry.

    Raises:
        ExchangeError: the file is no CJML, or refers to actors, phases or steps that it does not have.

    Example:
        >>> text = '''<CJML version="2.0"><plannedJourney><journeyID>PJ1</journeyID>
        ... <actors><endUser actorID="Carl"/><serviceProvider actorID="Shop"/></actors><touchpoints>
        ... <plannedCommunicationPoint><touchpointID>TP1</touchpointID>
        ... <initiator><refersTo actorIDref="Carl"/><initiatorLabel>Asks</initiatorLabel></initiator>
        ... <receiver><refersTo actorIDref="Shop"/></receiver><channel><channelName>Web</channelName></channel>
        ... </plannedCommunicationPoint></touchpoints></plannedJourney></CJML>'''
        >>> model = read_cjml(text.encode(), "x.cjml").model
        >>> model["touchpoints"]
        {'shop_web': {'name': 'Shop, Web', 'owner': 'shop', 'channel': 'web'}}
        >>> model["journeys"]["pj1"]["steps"]
        {'tp1': {'name': 'Asks', 'touchpoint': 'shop_web', 'next': 'resolved'}}
    """
    found = CjmlFile(file)
    found.read(data)
    translation = _Translation()
    for journey in found.journeys:
        translation.add(journey)
    problems = [*found.problems, *translation.problems]
    if problems:
        raise ExchangeError(problems)
    return Imported(translation.model, tuple(sorted([*found.remarks, *translation.remarks])))


class _Translation:
    """The model that grows while journeys are translated."""

    def __init__(self) -> None:
        self.problems: Messages = []
        self.remarks: Messages = []
        self._parts: dict[str, dict[str, Any]] = {"channels": {}, "teams": {}, "touchpoints": {}, "journeys": {}}
        self._names = {kind: Names(kind) for kind in ("channel", "team", "touchpoint", "journey")}

    @property
    def model(self) -> dict[str, Any]:
        return {key: part for key, part in self._parts.items() if part}

    def add(self, journey: CjmlJourney) -> None:
        """Translate a journey."""
        name = self._names["journey"](journey.id)
        record = dict(journey.own.values) if journey.own else {}
        _take(record, "name", journey.title, name)
        _take(record, "goal", journey.short_summary)
        _take(record, "note", journey.long_summary)
        _append(record, *journey.others)
        phases = _take_phases(record, journey)
        steps, trees = self._steps(journey, phases)
        if not any(touchpoint.sides[0][0].is_end_user for touchpoint in journey.touchpoints):
            self.problems.append((journey.place, f"journey {journey.id!r} has no touchpoint of an end user; add one"))
        for place, target in _targets(journey.own.tree if journey.own else None, trees):
            if target not in steps and target not in ENDS:
                self.problems.append((place, f"unknown step {target!r}{hint(target, [*steps, *ENDS])}"))
        self._parts["journeys"][name] = {**record, "steps": steps}

    def _steps(self, journey: CjmlJourney, phases: dict[str, str]) -> tuple[dict[str, Any], list[Located]]:
        """The steps by id, and what of them is ours with its places."""
        names = Names("step")
        for touchpoint in journey.touchpoints:
            if touchpoint.own:
                names(touchpoint.id)  # ours first, since shares refer to their ids
        steps: dict[str, Any] = {}
        waiting: list[dict[str, Any]] = []
        follows: list[str] = []
        last: dict[str, Any] | None = None
        for touchpoint in journey.touchpoints:
            if not touchpoint.sides[0][0].is_end_user:
                work = self._backstage(touchpoint)
                if last is None:
                    waiting.append(work)
                else:
                    last["backstage"] = [*_listed(last.get("backstage")), work]
                continue
            name = names(touchpoint.id)
            for earlier in follows:
                steps[earlier]["next"] = name
            last = steps[name] = self._step(name, touchpoint, phases)
            follows = [] if touchpoint.own else [name]
            if waiting:
                last["backstage"] = [*waiting, *_listed(last.get("backstage"))]
                waiting = []
        for earlier in follows:
            steps[earlier]["next"] = ENDS[0]
        return steps, [touchpoint.own.tree for touchpoint in journey.touchpoints if touchpoint.own]

    def _step(self, name: str, touchpoint: CjmlTouchpoint, phases: dict[str, str]) -> dict[str, Any]:
        own = touchpoint.own
        step = dict(own.values) if own else {}
        _take(step, "name", touchpoint.sides[0][1], name)
        phase = phases.get(touchpoint.phase)
        if phase is not None and phase != step.get("phase"):
            step["phase"] = phase
        if own is None or (touchpoint.channel and touchpoint.channel != own.channel):
            self._take_touchpoint(step, touchpoint)
        _take(step, "note", touchpoint.comment)
        if own is None:
            _append(step, *(f"{actor.name}: {label}" for actor, label in touchpoint.sides[1:] if label))
        _append(step, *touchpoint.others)
        _take_duration(step, touchpoint.duration)
        return step

    def _backstage(self, touchpoint: CjmlTouchpoint) -> dict[str, Any]:
        """The work of those who provide the service among themselves."""
        (actor, label), *others = touchpoint.sides
        work: dict[str, Any] = {"what": label or touchpoint.id, "owner": self._team(actor)}
        _append(work, *(f"{other.name}: {text}" for other, text in others if text))
        _append(work, touchpoint.channel, touchpoint.comment, *touchpoint.others)
        return work

    def _team(self, actor: Actor) -> str:
        name = self._names["team"](actor.id)
        self._parts["teams"][name] = {"name": actor.name}
        return name

    def _take_touchpoint(self, step: dict[str, Any], touchpoint: CjmlTouchpoint) -> None:
        """The touchpoint of a step, by who provides it, the channel, and who starts."""
        providers = [actor for actor, _ in touchpoint.sides if not actor.is_end_user]
        channel = touchpoint.channel
        if not providers:
            _append(step, channel)
            return
        known = touchpoint.own is not None
        owner = self._names["team"](providers[0].id) if known else self._team(providers[0])
        direction = "" if touchpoint.started_by_end_user else " out"
        name = self._names["touchpoint"](f"{owner} {channel or 'contact'}{direction}")
        record = {"name": f"{providers[0].name}, {channel}" if channel else providers[0].name, "owner": owner}
        if _key(channel) not in ("", _key(NO_CHANNEL)):
            record["channel"] = self._channel(channel)
        if direction:
            record["direction"] = "outbound"
        self._parts["touchpoints"][name] = record
        step["touchpoint"] = name
        if known:
            message = f"touchpoint {touchpoint.id!r} has another channel than was exported; '{name}' stands for it"
            self.remarks.append((touchpoint.place, message))

    def _channel(self, name: str) -> str:
        """The id of a channel: the library's where it has it, else one of the file."""
        known = _known_channels().get(_key(name))
        if known is not None:
            return known
        own = self._names["channel"](name)
        self._parts["channels"][own] = {"name": name}
        return own


def _take(record: dict[str, Any], key: str, text: str, default: str = "") -> None:
    """Let a text of CJML go before ours where it is another than was exported (in either language)."""
    ours = record.get(key)
    texts = list(ours.values()) if isinstance(ours, dict) else [default.replace("_", " ") if ours is None else ours]
    exported = [" ".join(xml_text(str(one)).split()) for one in texts]
    if text and text not in exported:
        record[key] = text


def _take_phases(record: dict[str, Any], journey: CjmlJourney) -> dict[str, str]:
    """Let phases of CJML go before ours where they differ; the phase of the model by its id in the file."""
    ours: dict[str, Any] = {}
    for part in _listed(record.get("phases")):
        ours.update(part if isinstance(part, dict) else {str(part): None})
    exported = {xml_text(phase): phase for phase in ours}
    names = Names("phase")
    ids = {phase: exported.get(phase) or names(phase) for phase in journey.phases}
    taken: dict[str, Any] = {}
    for phase, label in journey.phases.items():
        part = {"label": ours.get(ids[phase])}
        _take(part, "label", label, ids[phase])
        taken[ids[phase]] = part["label"]
    if taken and (list(taken) != list(ours) or taken != ours):
        record["phases"] = [phase if label is None else {phase: label} for phase, label in taken.items()]
    return ids


def _listed(value: Any) -> list[Any]:
    """A list as it is, nothing as no item, anything else as one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _take_duration(step: dict[str, Any], text: str) -> None:
    """Take a planned duration that is written as XML writes them (PT5M); another goes to the note."""
    found = _DURATION.fullmatch(text)
    parts = zip(found.groups(), "dhms", strict=True) if found else ()
    time = "".join(f"{int(number)}{unit}" for number, unit in parts if number)
    if time:
        step["own_time"] = time
    elif text:
        _append(step, f"touchpointDuration: {text}")


def _append(record: dict[str, Any], *texts: str) -> None:
    """Add texts to the note of a record, a line each."""
    if any(texts):
        record["note"] = "\n".join(str(text) for text in (record.get("note", ""), *texts) if text != "")


def _targets(journey: Located | None, steps: list[Located]) -> Iterator[tuple[Place, str]]:
    """Every step that our own elements lead to, with the place where it is named."""
    rows = [journey.value.get("start")] if journey else []
    for step in steps:
        rows.append(step.value.get("next"))
        personas = step.value.get("by_persona")
        inner = personas.value if personas is not None else None
        if isinstance(inner, dict):
            rows += [one.value.get("next") for one in inner.values() if isinstance(one.value, dict)]
    for row in rows:
        if row is not None and isinstance(row.value, dict):
            yield from ((part.place, target) for target, part in row.value.items())
        elif row is not None and isinstance(row.value, str):
            yield row.place, row.value


@cache
def _known_channels() -> dict[str, str]:
    """The library's channels by all their names."""
    known = {_key(name): channel for channel, names in CHANNELS.items() for name in names}
    for channel, tree in library_trees("channels").items():
        labels = tree.at("name").plain()
        for name in (channel, *(labels.values() if isinstance(labels, dict) else ())):
            known.setdefault(_key(str(name)), channel)
    return known


def _key(name: str) -> str:
    """A name without capitals, spaces and signs, to compare by."""
    return re.sub(r"[\W_]", "", name.lower())
