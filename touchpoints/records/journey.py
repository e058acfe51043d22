"""What is planned about journeys: steps, transitions, personas, moments of truth?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema, field_validator

from touchpoints.numbers import QuantityError
from touchpoints.quantities import Duration, Money, Rate, Scale, Share
from touchpoints.records.base import Label, Name, Part, Record, Ref, Stated, Text

ENDS = ("resolved", "gave_up")
RESERVED = (*ENDS, "unknown", "rest")
"""Words with a meaning of their own in a `next`; no step is called so."""


class Rest:
    """The word `rest` in a row of shares: what the others leave."""

    text = "rest"

    def __repr__(self) -> str:
        return "rest"


REST = Rest()


def _share_or_rest(value: Any) -> Share | Rest:
    return value if isinstance(value, Rest) else Share.parse(value)


ShareOrRest = Annotated[
    Share | Rest,
    PlainValidator(_share_or_rest),
    PlainSerializer(lambda share: share.text),
    WithJsonSchema({"type": ["string", "number"], "examples": ["62%", "rest"]}),
]


def resolve_shares(row: Mapping[str, Share | Rest]) -> dict[str, float]:
    """The points of a row of shares, with `rest` as what the others leave.

    Example:
        >>> resolve_shares({"call": Share.parse("30%"), "resolved": REST})
        {'call': 0.3, 'resolved': 0.7}
    """
    stated = sum(share.point for share in row.values() if isinstance(share, Share))
    return {key: share.point if isinstance(share, Share) else max(0.0, 1.0 - stated) for key, share in row.items()}


def _shares(value: Any) -> Any:
    """A row of shares, or the id of the only next step."""
    if isinstance(value, str):
        value = {value: 1.0}
    if not isinstance(value, Mapping):
        raise QuantityError("wrong-type", "a row of shares must be a mapping like {call: 30%, resolved: rest}")
    if sum(share == "rest" for share in value.values()) > 1:
        raise QuantityError("quantity", "only one share of a row can be `rest`; give the others a percentage")
    return {key: REST if share == "rest" else share for key, share in value.items()}


Shares = Annotated[dict[str, ShareOrRest], BeforeValidator(_shares)]


class Backstage(Stated):
    """What happens out of the customer's sight."""

    what: Name
    """The action."""
    owner: Annotated[str, Ref("teams")] | None = None
    """Who does it."""
    system: Annotated[str, Ref("systems")] | None = None
    """In which system."""
    time: Duration | None = None
    """Staff time it takes."""


class StepOverride(Part):
    """What is different about a step for one persona."""

    next: Shares | None = None
    """Where they go from here."""
    own_time: Duration | None = None
    """Time they spend by themselves."""
    wait: Duration | None = None
    """Time they wait."""
    handling_time: Duration | None = None
    """Staff time."""
    emotion: Annotated[int, Field(ge=-2, le=2, strict=True)] | None = None
    """Feeling at this step."""


class Step(Record):
    """A step of a journey."""

    phase: str | None = None
    """The phase it belongs to."""
    touchpoint: Annotated[str, Ref("touchpoints")] | None = None
    """Where it happens; none for a step the organisation does not see."""
    reason: Annotated[str, Ref("reasons")] | None = None
    """What it is about."""
    own_time: Duration | None = None
    """Customer time beside waiting and being handled."""
    wait: Duration | None = None
    """Waiting time; that of the matching volume when not given."""
    handling_time: Duration | None = None
    """Staff time; that of the matching volume when not given."""
    emotion: Annotated[int, Field(ge=-2, le=2, strict=True)] | None = None
    """How customers feel here, -2 to 2."""
    next: Shares | None = None
    """Where customers go from here, with shares that sum to one."""
    by_persona: dict[Annotated[str, Ref("personas")], StepOverride] = {}
    """What is different for a persona."""
    backstage: tuple[Backstage, ...] = ()
    """What happens out of sight."""
    shows: tuple[Name, ...] = ()
    """Physical evidence: what the customer sees or holds."""
    pain: Name | None = None
    """What hurts here."""
    opportunity: Name | None = None
    """What could be better."""


class GaveUp(Stated):
    """What giving up costs; it is never free."""

    penalty: Duration | None = None
    """Customer time lost by giving up, everything that follows from it included."""
    returns: Share | None = None
    """Share that comes back later with the same need."""


def _phases(value: Any) -> Any:
    if isinstance(value, list):
        phases: dict[str, Any] = {}
        for item in value:
            if isinstance(item, list):
                raise QuantityError("wrong-type", "a phase must be a word, in a list like [orient, act]")
            phases.update(item if isinstance(item, Mapping) else {item: None})
        return {str(key): label or str(key).replace("_", " ") for key, label in phases.items()}
    return value


def _with_ids(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {key: {"id": key, **step} if isinstance(step, Mapping) else step for key, step in value.items()}


class Journey(Record):
    """What customers go through to get something done."""

    starts: Rate | None = None
    """How many start per time."""
    start: Shares | None = None
    """At which steps they start; all at the first when not given."""
    phases: Annotated[dict[str, Name], BeforeValidator(_phases)] = {}
    """The phases in order."""
    personas: Annotated[dict[Annotated[str, Ref("personas")], ShareOrRest], BeforeValidator(_shares)] | None = None
    """Who makes the journey, with shares that sum to one."""
    gave_up: GaveUp | None = None
    """What giving up costs."""
    steps: Annotated[dict[str, Step], BeforeValidator(_with_ids)]
    """The steps by id; the first is where all start unless `start` says otherwise."""
    owner: Annotated[str, Ref("teams")] | None = None
    """Who answers for the journey as a whole."""
    goal: Name | None = None
    """What customers want to get done."""
    sector: Text | None = None
    """The sector a pattern comes from."""

    @field_validator("steps")
    @classmethod
    def _has_steps(cls, steps: dict[str, Step]) -> dict[str, Step]:
        if not steps:
            raise QuantityError("missing-key", "a journey needs at least one step")
        return steps

    def phase_label(self, phase: str, language: str) -> str:
        """The name of a phase in a language."""
        label = self.phases.get(phase)
        return label.text(language) if isinstance(label, Label) else phase.replace("_", " ")


Ambition = Literal["need_met", "easy", "special"]


class Importance(Part):
    """How much a moment matters."""

    customer: Scale | None = None
    """To the customer."""
    organisation: Scale | None = None
    """To the organisation."""


class MomentOfTruth(Record):
    """A step at which customers make up their mind."""

    at: Text
    """journey/step."""
    importance: Importance | None = None
    """How much it matters."""
    now: Ambition | None = None
    """How it is today: need met (6–7), easy (8), special (9)."""
    ambition: Ambition | None = None
    """How it should be."""
    behaviours: tuple[Name, ...] = ()
    """What staff do to get there."""
    may_spend: Money | None = None
    """What staff may spend without asking."""
    hygiene: Literal["reply_fast", "complaint_fast"] | None = None
    """Set when the moment is only about speed: reply within two hours, complaint within a day."""
