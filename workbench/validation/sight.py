"""Which journeys can be told apart in a log, and by which contacts?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from journeys.graph import starts_of
from journeys.reconcile import reconcile
from touchpoints.inventory import Inventory
from touchpoints.records.journey import Journey
from workbench.log.engine import Log
from workbench.validation.followed import Contact

MOST_OTHERS = 0.1
"""Where contacts are stitched by customer, a journey of which more starts are of other needs is not compared."""

Unseen = Literal["no_reason", "no_case", "no_start", "alike", "shared_start", "other_needs"]


@dataclass(frozen=True)
class Sight:
    """How the journeys of a model show in a log.

    Attributes:
        steps: by journey the contact by which each step is seen; steps without a touchpoint are not.
        starts: by journey the contacts at which it starts.
        unseen: the journeys that cannot be told apart, with the reason.
    """

    steps: Mapping[str, Mapping[str, Contact]]
    starts: Mapping[str, frozenset[Contact]]
    unseen: Mapping[str, Unseen]


def sight_of(inventory: Inventory, log: Log) -> Sight:
    """How the journeys of a model show in a log."""
    steps = {name: contacts_of(journey) for name, journey in inventory.journeys.items()}
    starts = {
        name: frozenset(steps[name][step] for step in starts_of(journey) if step in steps[name])
        for name, journey in inventory.journeys.items()
    }
    shared = Counter(contact for contacts in starts.values() for contact in contacts)
    others = {} if log.has("case_key") else _others(inventory)
    unseen = {}
    for name in inventory.journeys:
        why = _unseen(log, steps[name], starts[name], shared, others)
        if why is not None:
            unseen[name] = why
    return Sight(steps, starts, unseen)


def contacts_of(journey: Journey) -> dict[str, Contact]:
    """The contact by which each step is seen."""
    return {name: (step.touchpoint, step.reason) for name, step in journey.steps.items() if step.touchpoint}


def _others(inventory: Inventory) -> dict[Contact, float]:
    """The share of each contact that no journey explains."""
    pairs = ((pair, pair.contacts_per_month) for pair in reconcile(inventory))
    return {(pair.touchpoint, pair.reason): pair.rest_per_month / whole for pair, whole in pairs if whole}


def _unseen(
    log: Log,
    steps: Mapping[str, Contact],
    starts: frozenset[Contact],
    shared: Mapping[Contact, int],
    others: Mapping[Contact, float],
) -> Unseen | None:
    if not log.has("reason"):
        return "no_reason"
    if not log.has("case_key") and not log.has("customer_key"):
        return "no_case"
    if not starts:
        return "no_start"
    if len(set(steps.values())) < len(steps):
        return "alike"
    if any(shared[contact] > 1 for contact in starts):
        return "shared_start"
    if any(others.get(contact, 0.0) > MOST_OTHERS for contact in starts):
        return "other_needs"
    return None
