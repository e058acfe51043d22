"""What is in the model, once read and validated?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from touchpoints.collections import BY_ID, LISTS
from touchpoints.estimate import Estimate
from touchpoints.faults import Fault, ModelError, Place
from touchpoints.records.base import FieldEvidence, Record, estimates
from touchpoints.records.contact import Channel, Driver, Persona, Reason, Touchpoint, Volume
from touchpoints.records.journey import Journey, MomentOfTruth
from touchpoints.records.organisation import (
    Content,
    Friction,
    MaturityAnswer,
    Settings,
    Spread,
    Staffing,
    System,
    Target,
    Team,
    Vision,
)
from touchpoints.records.scenario import Claim, Scenario
from touchpoints.records.steering import SteeringRules


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number of the model, with its evidence and the place where it stands."""

    name: str
    """collection/id/field."""
    estimate: Estimate
    evidence: FieldEvidence
    place: Place

    @property
    def grade(self) -> str:
        """The evidence grade."""
        return self.evidence.grade or "assumed"


@dataclass(frozen=True)
class Inventory:
    """The model of one project: frozen records by id, and what is wrong with them."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    touchpoints: Mapping[str, Touchpoint] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    content: Mapping[str, Content] = field(default_factory=dict)
    systems: Mapping[str, System] = field(default_factory=dict)
    drivers: Mapping[str, Driver] = field(default_factory=dict)
    personas: Mapping[str, Persona] = field(default_factory=dict)
    journeys: Mapping[str, Journey] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    maturity: Mapping[str, MaturityAnswer] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    volumes: Mapping[str, Volume] = field(default_factory=dict)
    moments_of_truth: Mapping[str, MomentOfTruth] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    friction: Friction = field(default_factory=Friction)
    uncertainty: Spread = field(default_factory=Spread)
    vision: Vision = field(default_factory=Vision)
    staffing: Staffing = field(default_factory=Staffing)
    steering: SteeringRules = field(default_factory=SteeringRules)
    faults: tuple[Fault, ...] = ()
    files: tuple[str, ...] = ()
    from_library: frozenset[tuple[str, str]] = frozenset()

    @property
    def name(self) -> str:
        """The project's name in its own language."""
        return self.label(self.settings.language)

    def label(self, language: str) -> str:
        """The project's name in a language, else that of its folder."""
        name = self.settings.name
        return (name.text(language) if name else "") or self.root.resolve().name

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that stop the analyses."""
        return tuple(fault for fault in self.faults if fault.is_error)

    def require_sound(self) -> Inventory:
        """The inventory itself, when it has no errors.

        Raises:
            ModelError: it has; all of them are in the message.
        """
        if self.errors:
            raise ModelError(self.faults, str(self.root))
        return self

    def records(self) -> Iterator[tuple[str, str, Record]]:
        """Every record with its collection and id."""
        for collection in (*BY_ID, *LISTS):
            for key, record in getattr(self, collection).items():
                yield collection, key, record

    def volumes_of(self, touchpoint: str, reason: str | None) -> tuple[Volume, ...]:
        """The volumes of a reason at a touchpoint: one, or one for each persona that is counted apart."""
        return self._volumes_by_pair.get((touchpoint, reason), ())

    @cached_property
    def _volumes_by_pair(self) -> dict[tuple[str, str | None], tuple[Volume, ...]]:
        found: dict[tuple[str, str | None], tuple[Volume, ...]] = {}
        for volume in self.volumes.values():
            key = volume.touchpoint, volume.reason
            found[key] = (*found.get(key, ()), volume)
        return found

    def assumptions(self) -> Iterator[Assumption]:
        """Every number of the model with its evidence and place.

        Example:
            >>> list(Inventory(Path("."), uncertainty=Spread()).assumptions())
            []
        """
        yield from self._assumptions

    @cached_property
    def _assumptions(self) -> tuple[Assumption, ...]:
        return tuple(self._listed())

    def _listed(self) -> Iterator[Assumption]:
        singles = [(name, getattr(self, name)) for name in ("friction", "vision", "staffing", "steering")]
        parts = [(f"{collection}/{key}", record) for collection, key, record in self.records()]
        for name, part in (*parts, *singles):
            for path, estimate in estimates(part):
                label = f"{name}/" + ".".join(str(key) for key in path)
                yield Assumption(label, estimate, evidence_at(part, path), part.where(*path))


def evidence_at(part: Any, path: tuple[str | int, ...]) -> FieldEvidence:
    """The evidence of a number inside a part: the nearest part around it that states one, per aspect.

    A part states it for one of its fields by the field's name, or deeper by its path: `by_persona.senior.next`.
    """
    chain: list[Any] = [part]
    for key in path[:-1]:
        here = chain[-1]
        inner: Any = None
        if isinstance(here, Mapping):
            inner = here.get(key)
        elif isinstance(here, tuple | list):
            inner = here[int(key)]
        else:
            inner = getattr(here, "from_" if key == "from" else str(key), None)
        if inner is None:
            break
        chain.append(inner)
    stated: dict[str, Any] = {}
    for index in range(len(chain) - 1, -1, -1):
        evidence = getattr(chain[index], "evidence", None)
        if evidence is None:
            continue
        tails = [".".join(map(str, path[index:end])) for end in range(len(path), index, -1) if evidence.fields]
        own = [evidence.fields[tail] for tail in tails if tail in evidence.fields]
        for source in (*own, evidence):
            for aspect in ("grade", "source", "date", "note", "n", "period"):
                value = getattr(source, aspect, None)
                if value is not None:
                    stated.setdefault(aspect, value)
    return FieldEvidence(**{"grade": "assumed", **stated})
