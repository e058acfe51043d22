"""What is a contact in the log: its fields, their units and their words?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["key", "time", "word", "seconds", "flag", "count", "number"]

SQL_TYPES: dict[Kind, str] = {
    "key": "UUID",
    "time": "TIMESTAMP",
    "word": "VARCHAR",
    "seconds": "DOUBLE",
    "flag": "BOOLEAN",
    "count": "USMALLINT",
    "number": "DOUBLE",
}

OUTCOMES: dict[str, str] = {
    "answered": "a person helped the customer",
    "self_served": "the customer was served without a person",
    "abandoned": "the customer left before an answer",
    "unanswered": "the organisation never answered",
    "blocked": "the contact was refused: busy tone, closed, queue full",
}
"""The words of `outcome`, each with its meaning."""

SERVED = ("answered", "self_served")
"""The outcomes of a contact that was handled."""

DIRECTIONS: dict[str, str] = {
    "inbound": "the customer took the first step",
    "outbound": "the organisation took the first step",
    "internal": "work on a case without the customer",
}
"""The words of `direction`, each with its meaning."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a contact: its kind, what it means, its unit, and its words when they are closed."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    words: tuple[str, ...] = ()

    @property
    def sql_type(self) -> str:
        """The type of its column while a file is read (words are coded when the store is built)."""
        return SQL_TYPES[self.kind]


_FIELDS = (
    Field("contact_id", "key", "the contact itself, to find it twice; a keyed fingerprint of the source's own id"),
    Field("customer_key", "key", "the customer; a keyed pseudonym, absent when unknown"),
    Field("case_key", "key", "the case or service request that contacts belong to; a keyed pseudonym"),
    Field("started_at", "time", "when the customer made contact", "UTC"),
    Field("answered_at", "time", "when somebody (or an answer) was there", "UTC"),
    Field("ended_at", "time", "when the contact was over", "UTC"),
    Field("channel", "word", "the medium"),
    Field("touchpoint", "word", "where customer and organisation met; in an event log, the activity"),
    Field("direction", "word", "who took the first step", words=tuple(DIRECTIONS)),
    Field("reason", "word", "what the contact was about"),
    Field("persona", "word", "the kind of customer"),
    Field("handling_time_s", "seconds", "staff time, after-call work included", "s"),
    Field("wait_s", "seconds", "time in the queue; 0 for who did not queue", "s"),
    Field("ivr_time_s", "seconds", "time in the voice menu before the queue", "s"),
    Field("outcome", "word", "what became of it", words=tuple(OUTCOMES)),
    Field("resolved", "flag", "whether the question was settled, as the source says"),
    Field("layer_count", "count", "how many desks handled it; more than one is a hand-off", "desks"),
    Field("agent_group", "word", "the team that handled it, never a person"),
    Field("content_id", "word", "the knowledge item that was used"),
    Field("effort_score", "number", "the customer's score after the contact", "points"),
    Field("effort_scale", "word", "the scale of that score: ces1, ces2 or a name that says what else it is"),
    Field("source", "word", "the system the record comes from"),
)

FIELDS: dict[str, Field] = {field.name: field for field in _FIELDS}
"""All fields of a contact in their fixed order; only `started_at` is required."""

WORDS: tuple[str, ...] = tuple(name for name, field in FIELDS.items() if field.kind == "word")
"""The fields that hold words."""

DIMENSIONS = ("touchpoint", "channel", "reason", "direction", "persona", "outcome", "source")
"""The fields that answers are grouped and selected by, beside the day."""

REPEAT_NOTIONS: dict[str, tuple[str, ...]] = {"reason": ("reason",), "channel": ("reason", "channel"), "any": ()}
"""What two contacts of a customer have in common when one repeats the other."""

INBOUND = "(direction IS NULL OR direction = 'inbound')"
"""The SQL of a contact that the customer began, as far as the log says."""
