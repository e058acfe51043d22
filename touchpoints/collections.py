"""Which top-level keys does the model language have, and what do they hold?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from touchpoints.records.base import Part, Record
from touchpoints.records.contact import Channel, Driver, Persona, Reason, Touchpoint, Volume
from touchpoints.records.journey import Journey, MomentOfTruth
from touchpoints.records.organisation import (
    Content,
    Friction,
    MaturityAnswer,
    Spread,
    Staffing,
    System,
    Target,
    Team,
    Vision,
)
from touchpoints.records.scenario import Claim, Scenario
from touchpoints.records.steering import SteeringRules

BY_ID: dict[str, type[Record]] = {
    "channels": Channel,
    "touchpoints": Touchpoint,
    "reasons": Reason,
    "content": Content,
    "systems": System,
    "drivers": Driver,
    "personas": Persona,
    "journeys": Journey,
    "teams": Team,
    "scenarios": Scenario,
    "maturity": MaturityAnswer,
    "claims": Claim,
}
"""Collections of records under an id."""

LISTS: dict[str, type[Record]] = {
    "volumes": Volume,
    "moments_of_truth": MomentOfTruth,
    "targets": Target,
}
"""Collections of records without an id of their own."""

SINGLES: dict[str, type[Part]] = {
    "friction": Friction,
    "uncertainty": Spread,
    "vision": Vision,
    "staffing": Staffing,
    "steering": SteeringRules,
}
"""Parts that exist once; several files may each give some of their fields."""

SINGULAR: dict[str, str] = {
    "channels": "channel",
    "touchpoints": "touchpoint",
    "reasons": "reason",
    "content": "content",
    "systems": "system",
    "drivers": "driver",
    "personas": "persona",
    "journeys": "journey",
    "teams": "team",
    "scenarios": "scenario",
    "maturity": "maturity answer",
    "claims": "claim",
    "volumes": "volume",
    "moments_of_truth": "moment of truth",
    "targets": "target",
}
"""What one record of a collection is called."""


def known_keys() -> list[str]:
    """All top-level keys of a model file."""
    return [*BY_ID, *LISTS, *SINGLES]


_KEY_FIELDS: dict[str, tuple[str, ...]] = {
    "volumes": ("touchpoint", "reason", "persona"),
    "moments_of_truth": ("at",),
    "targets": ("touchpoint", "journey", "reason", "measure"),
}


def key_fields(collection: str) -> tuple[str, ...]:
    """The fields of a record without an id that say which one it is.

    Example:
        >>> key_fields("volumes"), key_fields("reasons")
        (('touchpoint', 'reason', 'persona'), ())
    """
    return _KEY_FIELDS.get(collection, ())


def list_key(collection: str, fields: Mapping[str, Any], index: int) -> str:
    """The key of a record without an id, from what it is about and its place among all, counted from one.

    Example:
        >>> list_key("volumes", {"touchpoint": "kcc", "reason": "move_how"}, 3)
        'kcc/move_how'
        >>> list_key("targets", {"touchpoint": "kcc", "measure": "wait"}, 3)
        'kcc/wait/3'
    """
    written = {name: fields.get(name) for name in _KEY_FIELDS[collection]}
    text = {name: str(value) if isinstance(value, str | int | float) else "" for name, value in written.items()}
    if collection == "volumes":
        parts = [text["touchpoint"] or "?", text["reason"] or "?", text["persona"]]
    elif collection == "moments_of_truth":
        return text["at"] or str(index)
    else:
        parts = [*text.values(), str(index)]
    return "/".join(part for part in parts if part)
