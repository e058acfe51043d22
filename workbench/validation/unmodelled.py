"""What is in the log that the model lacks, and what is in the model that the log never shows?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from touchpoints.faults import Place
from touchpoints.inventory import Inventory
from workbench.log.engine import Log
from workbench.log.intervals import wilson
from workbench.log.measures import volume
from workbench.validation.followed import Contact, first_contacts, starts_table
from workbench.validation.observed import BY
from workbench.validation.rows import Row
from workbench.validation.sight import Sight

LEAST_SHARE = 0.01
"""A journey or a transition that the model lacks is told when its share is surely above this [1]; declared."""

Side = Literal["journey_unmodelled", "transition_unmodelled", "only_in_log", "only_in_model"]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What only one of log and model knows.

    Attributes:
        side: what it is.
        contact: the touchpoint and reason it is about; of a journey where it starts, of a transition where it leads.
        after: the touchpoint and reason before it, of a transition; of a journey, what follows most.
        n: the contacts (journeys, transitions) in the log.
        share: of all contacts, of the journeys that go on, or of those that leave the same step [1].
        place: where the model states it, or the step from which the transition leads.
    """

    side: Side
    contact: Contact
    after: Contact | None = None
    n: int | None = None
    share: float | None = None
    place: Place | None = None


def unmatched(
    inventory: Inventory, log: Log, sight: Sight, rows: Iterable[Row], contacts: Mapping[Contact, int]
) -> tuple[Unmatched, ...]:
    """What only one of the two knows: journeys, transitions, then touchpoints with reasons; the largest first.

    Args:
        inventory: a model without errors.
        log: an open log that withholds nothing (`log.exact`).
        sight: how the journeys of the model show in it.
        rows: the transitions that were compared.
        contacts: how many contacts the log has of each kind (see `contacts_in`).
    """
    return (
        *_largest(_journeys(log, sight, contacts)),
        *_largest(_transitions(sight, rows)),
        *_largest(_contacts(inventory, sight, contacts)),
    )


def _largest(found: Iterator[Unmatched]) -> list[Unmatched]:
    return sorted(found, key=lambda one: (one.n is None, -(one.n or 0), str(one.contact), str(one.after)))


def _journeys(log: Log, sight: Sight, contacts: Mapping[Contact, int]) -> Iterator[Unmatched]:
    """Journeys that go on after a first contact at which no journey of the model starts.

    Of a journey of which the log never shows a start, another step is the first that is seen.
    """
    days = first_contacts(log)
    if days is None or not log.has("reason"):
        return
    known = {contact for starts in sight.starts.values() for contact in starts}
    for name, starts in sight.starts.items():
        if not any(contact in contacts for contact in starts):
            known.update(sight.steps[name].values())
    table = starts_table(log, days)
    going = table.filter(table.follows.isin(["within", "rare"]))
    keys = ["touchpoint", "reason", "next_touchpoint", "next_reason"]
    rows = log.rows(going.group_by(keys).agg(n=going.n.sum()))
    whole = sum(int(row["n"]) for row in rows)
    counts: Counter[Contact] = Counter()
    following: dict[Contact, Counter[Contact]] = {}
    for row in rows:
        first = (row["touchpoint"], row["reason"])
        counts[first] += int(row["n"])
        if row["next_touchpoint"] is not None:
            following.setdefault(first, Counter())[row["next_touchpoint"], row["next_reason"]] += int(row["n"])
    for first, n in counts.items():
        if first not in known and wilson(n, whole)[0] > LEAST_SHARE:
            most = following.get(first, Counter()).most_common(1)
            yield Unmatched("journey_unmodelled", first, most[0][0] if most else None, n, n / whole)


def _transitions(sight: Sight, rows: Iterable[Row]) -> Iterator[Unmatched]:
    """Sequels of a step that its row in the model lacks, of those that are no matter of chance."""
    for row in rows:
        if row.kind != "next" or not row.n:
            continue
        here = sight.steps[row.journey.id][row.path[1]]
        chance = _by_chance(row)
        for contact, n in row.elsewhere.items():
            if wilson(n, row.n)[0] - chance > LEAST_SHARE:
                yield Unmatched("transition_unmodelled", contact, here, n, n / row.n, row.journey.where(*row.path))


def _by_chance(row: Row) -> float:
    """What the correction for stitching took away from the sequels outside the row [1]."""
    one = (row.corrected or {}).get("elsewhere")
    return max(0.0, -one.moved) if one else 0.0


def contacts_in(log: Log) -> dict[Contact, int]:
    """How many contacts a log has of each touchpoint and reason."""
    return {(cell.group[0], cell.group[1]): cell.n for cell in volume(log, BY).cells}


def _contacts(inventory: Inventory, sight: Sight, contacts: Mapping[Contact, int]) -> Iterator[Unmatched]:
    """Touchpoints with reasons that only one of the two knows."""
    whole = sum(contacts.values())
    steps = {contact for steps in sight.steps.values() for contact in steps.values()}
    known = {(one.touchpoint, one.reason) for one in inventory.volumes.values()} | steps
    for contact, n in contacts.items():
        if contact not in known:
            yield Unmatched("only_in_log", contact, None, n, n / whole)
    for one in inventory.volumes.values():
        if (one.touchpoint, one.reason) not in contacts:
            yield Unmatched("only_in_model", (one.touchpoint, one.reason), place=one.place)
