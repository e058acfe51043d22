"""What is inventoried about contacts: channels, touchpoints, reasons, volumes, personas, drivers?"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from touchpoints.quantities import AnswerTime, Change, Duration, Money, Number, Rate, Scale, Share
from touchpoints.records.base import Day, Name, Part, Record, Ref, Stated, Text, YesNo, YesNoPartial
from touchpoints.records.hours import Hours

Actor = Literal[
    "citizen", "customer", "patient", "client", "tenant", "student", "business", "partner", "intermediary",
    "volunteer", "field_staff", "employee", "relative", "applicant",
]  # fmt: skip
ValueSign = Literal["value", "irritant"]


class Channel(Record):
    """A medium over which contact runs."""

    live: YesNo | None = None
    """Whether both sides are there at the same time (phone, counter, chat)."""
    self_service: YesNo = False
    """Whether the customer is served without a person."""
    customer_present: YesNo = True
    """Whether handling takes the customer's time too; for letters and e-mail it does not."""
    cost_per_hour: Money | None = None
    """Cost of an hour of handling, used only where the team has no cost of its own."""
    cost_per_contact: Money | None = None
    """Cost of one contact beside handling: postage, messages, sessions."""
    concurrency: Number | None = None
    """How many contacts one person handles at once (chat)."""
    answer_limit: AnswerTime | None = None
    """The time within which most contacts are answered, where no target says so."""
    patience: Duration | None = None
    """Mean time that customers wait on this channel before they give up; goes before the team's."""
    max_complexity: Scale | None = None
    """The most complex reason the channel can carry."""
    max_emotion: Scale | None = None
    """The most emotional reason the channel can carry."""
    identification: YesNoPartial | None = None
    """Whether customers can be identified on it."""


class Obstacle(Part):
    """What keeps staff from helping at a touchpoint."""

    kind: Literal["procedure", "system", "authorisation"]
    """Whether a procedure, a system or a missing authorisation stands in the way."""
    what: Name
    """What exactly it is."""


class Touchpoint(Record):
    """A place where customers and the organisation meet."""

    channel: Annotated[str, Ref("channels")] | None = None
    """The channel it runs over."""
    owner: Annotated[str, Ref("teams")] | None = None
    """The team, partner, volunteer group or community that answers for it."""
    direction: Literal["inbound", "outbound", "publication"] = "inbound"
    """Who starts: the customer, the organisation, or nobody in particular."""
    actors: tuple[Actor, ...] = ()
    """Who comes here; customers are also partners, volunteers, field staff."""
    layers: tuple[Annotated[str, Ref("teams")], ...] = ()
    """The desks a contact may pass, first one first."""
    systems: tuple[Annotated[str, Ref("systems")], ...] = ()
    """The systems used here."""
    needs_systems: tuple[Annotated[str, Ref("systems")], ...] = ()
    """The systems that ought to be used here, those of `systems` included or not."""
    customer_view: YesNoPartial | None = None
    """Whether the full customer picture is at hand."""
    knowledge_support: YesNoPartial | None = None
    """Whether answers can be looked up during the contact."""
    asks_for: dict[str, Literal["used", "unused"]] = {}
    """Data asked of the customer, and whether it is used for them."""
    tone: Text | None = None
    """How messages sound, to compare over touchpoints and with the communication policy."""
    public: YesNo = False
    """Whether others can read along."""
    human_fallback: YesNo | None = None
    """For self-service: whether a person can be reached from here."""
    obstacles: tuple[Obstacle, ...] = ()
    """What keeps staff from helping here."""
    hours: Hours | None = None
    """When it is open; those of the owner when not given."""
    cost_per_contact: Money | None = None
    """Cost of one contact beside handling, instead of the channel's."""


class ReasonValue(Part):
    """Whether a contact for a reason is worth having."""

    customer: ValueSign | None = None
    """Value or irritant to the customer."""
    organisation: ValueSign | None = None
    """Value or irritant to the organisation."""


class Reason(Record):
    """Why customers make contact."""

    category: Literal["complaint", "information", "request"] | None = None
    """The kind of question."""
    status_question: YesNo | None = None
    """Whether it would vanish if the case system were connected."""
    complexity: Scale | None = None
    """How hard it is to answer."""
    emotion: Scale | None = None
    """How much feeling goes with it."""
    value: ReasonValue | None = None
    """To whom the contact is of value, and to whom an irritant."""
    failure_demand: YesNo | None = None
    """Whether the contact exists only because something went wrong before."""
    driver: Annotated[str, Ref("drivers")] | None = None
    """What causes it: contact propensity = contacts / driver."""
    identification: YesNo | None = None
    """Whether the customer must be identified."""
    needs_systems: tuple[Annotated[str, Ref("systems")], ...] = ()
    """The systems an answer draws on."""
    product: Text | None = None
    """The product or service it is about, by its official name."""


class EffortScore(Stated):
    """Customer effort score as measured by a survey."""

    scale: Literal["ces1", "ces2"] = "ces2"
    """ces1 runs 1 (little effort) to 5; ces2 runs 1 (disagree that it was easy) to 7."""
    mean: float = Field(ge=1, le=7, strict=True)
    """The mean of the answers."""
    n: int = Field(ge=0, strict=True)
    """The number of answers."""
    reasons: dict[str, Share] = {}
    """What customers gave as cause of effort, with its share."""


class Reaction(Part):
    """How customers reacted after the contact."""

    negative: Share | None = None
    """Share with a negative reaction."""
    positive: Share | None = None
    """Share with a positive reaction."""


class Volume(Record):
    """How many contacts of a reason a touchpoint gets, and what becomes of them."""

    touchpoint: Annotated[str, Ref("touchpoints")]
    """Where the contacts are counted."""
    reason: Annotated[str, Ref("reasons")]
    """What they are about."""
    persona: Annotated[str, Ref("personas")] | None = None
    """Of whom, when personas are counted apart."""
    contacts: Rate | None = None
    """Contacts per time."""
    handling_time: Duration | None = None
    """Mean staff time of a contact, after-call work included."""
    wait: Duration | None = None
    """Mean wait over all contacts, those who did not queue included."""
    answer_time: AnswerTime | None = None
    """For e-mail and letters: time until the answer."""
    resolved_first_time: Share | None = None
    """Share resolved without another contact."""
    handed_off: Share | None = None
    """Share passed on to another desk."""
    unanswered: Share | None = None
    """Share that never gets an answer."""
    abandoned: Share | None = None
    """Share of callers who hang up before an answer."""
    reaction_after: Reaction | None = None
    """How customers reacted afterwards."""
    effort_score: EffortScore | None = None
    """Customer effort score measured here."""


class Persona(Record):
    """A kind of customer."""

    digital_readiness: Scale | None = None
    """How easily they use digital channels."""
    vulnerable: YesNo = False
    """Whether a person must always stay reachable for them."""
    share: Share | None = None
    """Their share among all customers."""
    goal: Name | None = None
    """What they want to get done."""
    quote: Name | None = None
    """A sentence in their words."""


class Driver(Record):
    """What causes contacts, counted: permits issued, bills sent, inhabitants; `14000/year` alone is the amount."""

    SHORT: ClassVar[str] = "amount"

    amount: Rate
    """How many per time."""
    growth: Change | None = None
    """Yearly change expected."""
    counted: Day | None = None
    """The day of the count."""
