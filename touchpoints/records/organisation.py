"""What is inventoried about the organisation: teams, systems, content, targets, maturity, vision?"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field

from touchpoints.numbers import QuantityError
from touchpoints.quantities import AnswerTime, Duration, Money, Number, Rate, Scale, Share, Span
from touchpoints.records.base import Day, Name, Part, Period, Record, Ref, Stated, Text, YesNo
from touchpoints.records.hours import Hours


class Team(Record):
    """Who answers contacts: a team, a partner, a volunteer group or a community."""

    kind: Literal["team", "partner", "volunteers", "community"] = "team"
    """What sort of group it is."""
    people: Number | None = None
    """How many people belong to it."""
    fte: Number | None = None
    """Full-time equivalents."""
    cost_per_hour: Money | None = None
    """Cost of an hour of work; goes before the channel's."""
    shrinkage: Share | None = None
    """Share of paid time away from contacts: leave, illness, training, meetings."""
    hours: Hours | None = None
    """When the team can be reached."""
    present: Number | None = None
    """How many are at work at a time while the team is open; worked out from their hours when not given."""
    hours_per_week: Number | None = None
    """Paid hours of a full-time week [h]; that of `staffing` when not given."""
    max_occupancy: Share | None = None
    """The highest share of time in contact that people can sustain."""
    patience: Duration | None = None
    """Mean time that callers wait before they hang up."""


class System(Record):
    """An application that holds or moves customer data."""

    kind: Literal[
        "customer_database", "contact_register", "knowledge_base", "portal", "case_system", "finance",
        "telephony", "mailbox", "website", "chat_platform", "scheduling", "document_store", "other",
    ]  # fmt: skip
    """What it is for."""
    owner: Annotated[str, Ref("teams")] | None = None
    """Who answers for it."""
    connected_to: tuple[Annotated[str, Ref("systems")], ...] = ()
    """The systems it exchanges data with."""


class Content(Record):
    """A piece of content that answers contact reasons."""

    title: Text | None = None
    """The title as customers or agents see it."""
    answers: tuple[Annotated[str, Ref("reasons")], ...] = ()
    """The reasons it answers."""
    kind: (
        Literal[
            "web_page",
            "qa_pair",
            "document",
            "script",
            "decision_tree",
            "work_instruction",
            "chatbot_answer",
            "letter_template",
            "form",
            "video",
            "tacit",
        ]
        | None
    ) = None
    """Its form; tacit means it is only in someone's head."""
    fit_for: tuple[Annotated[str, Ref("channels")], ...] = ()
    """The channels on which it can be used as it is."""
    owner: Annotated[str, Ref("teams")] | None = None
    """Who keeps it right."""
    reviewed: Day | None = None
    """The day of the last review."""
    review_every: Span | None = None
    """Shelf life: how long a review holds."""
    search_terms: tuple[Text, ...] = ()
    """Words customers would search for."""
    language_level: Literal["A1", "A2", "B1", "B2", "C1", "C2"] | None = None
    """Level of the Common European Framework."""
    text: Text | None = None
    """The content itself, for the search."""
    url: Text | None = None
    """Where it stands."""
    system: Annotated[str, Ref("systems")] | None = None
    """The system that holds it."""
    quality: Scale | None = None
    """How well it answers, as judged in the workshop."""

    def label(self, language: str = "en") -> str:
        """The name, the title, or the id in words."""
        return self.title if self.title and not self.name else super().label(language)


Measure = Literal[
    "answered_within", "service_level", "first_contact_resolution", "handling_time", "wait", "abandonment",
    "unanswered", "effort_score", "completion", "reachability",
]  # fmt: skip


class Target(Record):
    """A promise: a measure with its limit and by when it holds."""

    touchpoint: Annotated[str, Ref("touchpoints")] | None = None
    """Where it holds; everywhere when not given."""
    reason: Annotated[str, Ref("reasons")] | None = None
    """For which reason; for all when not given."""
    journey: Annotated[str, Ref("journeys")] | None = None
    """For which journey, where the measure is one of journeys."""
    measure: Measure
    """What is promised."""
    limit: AnswerTime | None = None
    """The time within which it must happen."""
    at_least: Share | None = None
    """The share that must reach it."""
    at_most: Share | None = None
    """The share that may miss it."""
    score: float | None = Field(default=None, ge=1, le=7, strict=True)
    """The mean score to reach."""
    hours_per_week: Number | None = None
    """Reachability: opening hours in a week [h]."""
    due: Day | None = None
    """By when."""


class MaturityAnswer(Record):
    """An answer to a question of the maturity scan."""

    answer: Scale | None = None
    """1/5 not at all … 5/5 fully."""
    why: Name | None = None
    """What the answer rests on."""


class Vision(Stated):
    """What the organisation wants its service to be."""

    for_whom: Name | None = None
    """For whom the service is."""
    why: Name | None = None
    """Why it is given."""
    behaviour: Name | None = None
    """Which behaviour customers should meet."""
    staff_may_spend: Money | None = None
    """What an employee may spend to put something right."""
    feedback: Name | None = None
    """How customers' feedback reaches staff."""
    encouragement: Name | None = None
    """How staff are encouraged."""
    staff_belief: Scale | None = None
    """How far staff believe in it."""


class Friction(Stated):
    """Customer minutes that an edge between steps costs; no standard exists, so they are declared."""

    channel_switch: Duration | None = None
    """Looking up and starting again on another channel."""
    hand_off: Duration | None = None
    """Telling it again to another owner."""
    repeat: Duration | None = None
    """Coming back to the same touchpoint for the same reason."""


class Spread(Stated):
    """Half the width of the 10–90% interval of a number that states none, relative, per evidence grade."""

    assumed: Share | None = None
    """For assumptions."""
    workshop: Share | None = None
    """For numbers named in a workshop."""
    measured: Share | None = None
    """For measured numbers."""
    validated: Share | None = None
    """For numbers the log confirmed."""
    contradicted: Share | None = None
    """For numbers the log contradicted."""


class Staffing(Stated):
    """What staffing goes by where no target and no team says otherwise."""

    answer_limit: AnswerTime | None = None
    """The limit of calls, visits and chats whose channel states none."""
    at_least: Share | None = None
    """Share of calls, visits and chats answered within the limit of their channel."""
    written_answer_limit: AnswerTime | None = None
    """The limit of e-mails, letters and forms whose channel states none."""
    written_at_least: Share | None = None
    """Share of e-mails, letters and forms answered within the limit of their channel."""
    patience: Duration | None = None
    """Mean time that customers wait before they give up."""
    shrinkage: Share | None = None
    """Share of paid time away from contacts."""
    max_occupancy: Share | None = None
    """The highest share of time in contact that people can sustain."""
    hours_per_week: Number | None = None
    """Paid hours of a full-time week [h]."""
    slowing: Share | None = None
    """How much longer a contact takes for each further one that is handled at once (chat)."""
    rule_people: Number | None = None
    """The rule of thumb for a team worth organising: more people than this…"""
    rule_contacts: Rate | None = None
    """…and at least so many contacts."""


class Privacy(Part):
    """How customers in the contact log are protected."""

    suppress_below: int = Field(default=10, ge=1, strict=True)
    """Groups with fewer customers are not shown."""
    key_file: Text | None = None
    """The key of the pseudonyms, outside the store; made at the first ingest when absent."""
    allow_free_text: YesNo = False
    """Whether a log profile may name fields of contacts that hold free text (`free_text`)."""


class SparkSettings(Part):
    """A log that one machine cannot hold, asked through Apache Spark."""

    parquet: Text
    """The log in Parquet: a folder of the project, or an address such as s3a://bucket/log."""
    master: Text | None = None
    """The cluster, such as spark://host:7077; that of spark-submit or Spark's own settings when not given."""


class LogSettings(Part):
    """Where the contact log is and how it is read."""

    profile: Text | None = None
    """A built-in profile or a profile file of the project."""
    files: tuple[Text, ...] = ()
    """The log files, relative to the project; patterns such as `log/*.csv` serve."""
    repeat_window_days: int = Field(default=7, ge=1, le=365, strict=True)
    """A further contact for the same reason within so many days [d] is a repeat."""
    spark: SparkSettings | None = None
    """Where the log is asked when not in the project's own store."""


def _currency(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch("[A-Z]{3}", value):
        return value
    raise QuantityError("quantity", f"'{value}' is not a currency code; write three capitals, like EUR")


def _time_zone(value: Any) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, TypeError, ValueError, OSError):
        message = f"'{value}' is not a time zone; write it like Europe/Amsterdam or UTC"
        raise QuantityError("unknown-word", message) from None


class Settings(Part):
    """The file `workbench.yaml`."""

    name: Name | None = None
    """The project's name; the folder's when not given."""
    language: Literal["nl", "en"] = "en"
    """The language of reports unless asked otherwise."""
    currency: Annotated[str, BeforeValidator(_currency)] = "EUR"
    """ISO code of the currency of all amounts."""
    time_zone: Annotated[str, BeforeValidator(_time_zone)] = "Europe/Amsterdam"
    """Time zone of opening hours and of the log."""
    period: Period | None = None
    """The period the volumes stand for."""
    privacy: Privacy = Privacy()
    """How customers in the log are protected."""
    log: LogSettings = LogSettings()
    """Where the contact log is."""
    description: Name | None = None
    """What the project is about."""
