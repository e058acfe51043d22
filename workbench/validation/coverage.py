"""Which numbers of the model does the ledger not decide on, and why not?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from touchpoints.inventory import Assumption, Inventory
from touchpoints.quantities import AnswerTime
from touchpoints.records.contact import Volume
from touchpoints.records.journey import Journey
from workbench.log.engine import Log
from workbench.validation.followed import Contact
from workbench.validation.sight import Sight

Why = Literal[
    "not_logged", "no_field", "no_outcome", "working_hours", "no_persona", "touchpoint_unseen", "contact_unseen",
    "too_small", "too_short", "no_reason", "no_case", "no_start", "alike", "shared_start", "other_needs", "step_unseen",
    "withheld",
]  # fmt: skip

_NEEDS = {
    "handling_time": "handling_time_s",
    "wait": "wait_s",
    "answer_time": "answered_at",
    "abandoned": "outcome",
    "unanswered": "outcome",
    "handed_off": "layer_count",
    "effort_score": "effort_score",
}
"""The field of a contact without which the log says nothing about a field of a volume."""

_SHARES_OF_STEPS = ("steps", "start", "personas")


@dataclass(frozen=True, slots=True)
class Silent:
    """A number of the model about which the ledger says nothing."""

    assumption: Assumption
    why: Why


def silent(
    inventory: Inventory, log: Log, sight: Sight, contacts: Collection[Contact], undecided: Iterable[Assumption]
) -> Iterator[Silent]:
    """Why the ledger says nothing about some numbers of the model; those of the library are left out.

    Args:
        inventory: a model without errors.
        log: an open log.
        sight: how the journeys show in it.
        contacts: the touchpoints and reasons that it has.
        undecided: the numbers that the ledger does not decide on.
    """
    because = _Because(log, contacts, {contact[0] for contact in contacts}, inventory, sight)
    for one in undecided:
        collection, key, field = _parts(one.name)
        if (collection, key) not in inventory.from_library and not one.place.file.startswith("library/"):
            yield Silent(one, because.of(one, collection, key, field))


def _parts(name: str) -> tuple[str, str, str]:
    """Collection, id and field of the name of an assumption; ids of volumes hold slashes."""
    collection, _, rest = name.partition("/")
    key, _, field = rest.rpartition("/")
    return collection, key, field


@dataclass(frozen=True)
class _Because:
    """What has to be known of the log to say why it is silent."""

    log: Log
    pairs: Collection[Contact]
    touchpoints: set[str | None]
    inventory: Inventory
    sight: Sight

    def of(self, one: Assumption, collection: str, key: str, field: str) -> Why:
        """Why the log says nothing about a number."""
        if collection == "volumes":
            return self._volume(self.inventory.volumes[key], field, one)
        if collection == "journeys":
            return self._journey(self.inventory.journeys[key], field.split("."))
        return "not_logged"

    def _volume(self, volume: Volume, field: str, one: Assumption) -> Why:
        top = field.partition(".")[0]
        if top == "reaction_after" or field.startswith("effort_score.reasons"):
            return "not_logged"
        checks: Sequence[tuple[Why, Callable[[], bool]]] = (
            ("no_reason", lambda: not self.log.has("reason")),
            ("touchpoint_unseen", lambda: volume.touchpoint not in self.touchpoints),
            ("contact_unseen", lambda: (volume.touchpoint, volume.reason) not in self.pairs),
            ("no_field", lambda: top in _NEEDS and not self.log.has(_NEEDS[top])),
            ("no_case", lambda: top == "resolved_first_time" and not self._knows_repeats()),
            ("working_hours", lambda: isinstance(one.estimate, AnswerTime) and one.estimate.office),
            ("no_persona", lambda: bool(volume.persona) and not self.log.has("persona")),
            ("no_outcome", lambda: top in ("abandoned", "unanswered")),
        )
        return next((why for why, holds in checks if holds()), "too_small")

    def _knows_repeats(self) -> bool:
        return self.log.has("customer_key") or self.log.has("case_key")

    def _journey(self, journey: Journey, path: list[str]) -> Why:
        shares = path[0] == "starts" or (path[0] in _SHARES_OF_STEPS and (path[0] != "steps" or "next" in path))
        if not shares:
            return "not_logged"
        if journey.id in self.sight.unseen:
            return self.sight.unseen[journey.id]
        if path[0] == "starts" and not self.log.has("case_key"):
            return "no_case"
        if (path[0] == "personas" or "by_persona" in path) and not self.log.has("persona"):
            return "no_persona"
        if path[0] == "steps" and journey.steps[path[1]].touchpoint is None:
            return "step_unseen"
        return "too_small"
