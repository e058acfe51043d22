"""What does the log say about the shares with which customers go from step to step?

A step is seen in the log by its touchpoint and reason. Steps without a touchpoint cannot be seen: the model is then
held against the log by the chain between the steps that can, P = Q_oo + Q_ou (I − Q_uu)⁻¹ Q_uo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import ibis
import numpy as np

from journeys.chain import Chain, chain_of
from journeys.graph import mix_of, starts_of, step_graph
from journeys.solving import Vector
from touchpoints.faults import Place
from touchpoints.inventory import Inventory
from touchpoints.records.journey import Journey
from workbench.log.engine import Log
from workbench.log.intervals import wilson
from workbench.validation.verdict import Observation

STOP = "stop"
"""No further contact in the journey: resolved and given up look the same in a log."""

Contact = tuple[str | None, str | None]
"""Touchpoint and reason, by which a step is seen."""

Counts = Counter[tuple[Contact, Contact, Contact | None]]
"""How often: the case's first contact, a contact, and the one after it (None when there is none)."""


@dataclass(frozen=True)
class Passage:
    """The share that goes from one step that can be seen to the next, modelled and observed."""

    journey: str
    step: str
    target: str
    modelled: float
    seen: Observation
    place: Place


def observed_passages(inventory: Inventory, log: Log) -> Iterator[Passage]:
    """Modelled and observed shares of every journey whose steps can be told apart in the log.

    Only cases that start with a contact at which the journey starts count, so that another need is not taken for a
    step of it. Without case keys nothing is compared: the contacts of a customer mix several needs.
    """
    if not log.has("case_key") or not log.has("reason"):
        return
    counts = _counted(log)
    for journey in _distinct_journeys(inventory):
        steps = _contacts_of(journey)
        starts = {steps[step] for step in starts_of(journey) if step in steps}
        names = {contact: step for step, contact in steps.items()}
        for step, row in _modelled(inventory, journey, list(steps)).items():
            seen = _row(counts, starts, steps[step], names)
            n = sum(seen.values())
            for target, share in row.items():
                if n and (share > 0 or seen.get(target, 0) > 0):
                    found = _observation(seen.get(target, 0), n, share)
                    yield Passage(journey.id, step, target, share, found, journey.where("steps", step, "next", target))


def _observation(hits: int, n: int, share: float) -> Observation:
    low, high = wilson(hits, n)
    se = float(np.sqrt(max(share * (1 - share), 0.25 / n) / n))
    return Observation(hits / n, low, high, se, n)


def _contacts_of(journey: Journey) -> dict[str, Contact]:
    """The contact by which each step is seen; steps without a touchpoint are not."""
    return {name: (step.touchpoint, step.reason) for name, step in journey.steps.items() if step.touchpoint}


def _distinct_journeys(inventory: Inventory) -> Iterator[Journey]:
    """The journeys whose steps all look different, and whose starts no other journey shares."""
    starts: Counter[Contact] = Counter()
    for journey in inventory.journeys.values():
        contacts = _contacts_of(journey)
        starts.update({contacts[step] for step in starts_of(journey) if step in contacts})
    for journey in inventory.journeys.values():
        contacts = _contacts_of(journey)
        alone = all(starts[contacts[step]] == 1 for step in starts_of(journey) if step in contacts)
        if alone and len(set(contacts.values())) == len(contacts):
            yield journey


def _modelled(inventory: Inventory, journey: Journey, visible: list[str]) -> dict[str, dict[str, float]]:
    """The shares between the steps that can be seen, mixed over the personas by who visits the step."""
    total: dict[str, dict[str, float]] = {step: dict.fromkeys((*visible, STOP), 0.0) for step in visible}
    for persona, share in mix_of(journey).items():
        chain = chain_of(step_graph(inventory, persona), [f"{journey.id}/{step}" for step in journey.steps])
        names = [node.partition("/")[2] for node in chain.steps]
        seen = [i for i, name in enumerate(names) if name in total]
        p, stop = _observable(chain, seen)
        for row, i in enumerate(seen):
            weight = share * float(chain.visits[i])
            for column, j in enumerate(seen):
                total[names[i]][names[j]] += weight * float(p[row, column])
            total[names[i]][STOP] += weight * float(stop[row])
    return {step: _normalised(row) for step, row in total.items() if sum(row.values()) > 0}


def _observable(chain: Chain, seen: list[int]) -> tuple[Vector, Vector]:
    """The chain between the steps that can be seen, and the share that stops after each."""
    q = chain.q.toarray()
    ends = 1.0 - q.sum(axis=1)
    unseen = [i for i in range(len(chain.steps)) if i not in seen]
    through = q[np.ix_(seen, unseen)] @ np.linalg.inv(np.eye(len(unseen)) - q[np.ix_(unseen, unseen)])
    return q[np.ix_(seen, seen)] + through @ q[np.ix_(unseen, seen)], ends[seen] + through @ ends[unseen]


def _normalised(row: Mapping[str, float]) -> dict[str, float]:
    whole = sum(row.values())
    return {target: value / whole for target, value in row.items()}


def _counted(log: Log) -> Counts:
    """How often each contact of a case is followed by each, and by none.

    Whether a case goes on after the log's end is not known: a last contact within the repeat window before the end is
    left out.
    """
    contact = log.table("contact")
    case = contact.filter(contact.case_key.notnull())
    window = ibis.window(group_by="case_key", order_by=["started_at", "step"])
    touchpoint, reason = case.touchpoint.cast("string"), case.reason.cast("string")
    linked = case.select(
        "started_at",
        touchpoint=touchpoint,
        reason=reason,
        first_touchpoint=touchpoint.first().over(window),
        first_reason=reason.first().over(window),
        next_touchpoint=touchpoint.lead().over(window),
        next_reason=reason.lead().over(window),
        goes_on=case.started_at.lead().over(window).notnull(),
    )
    settled = (log.last_at - timedelta(days=log.window_days)).replace(tzinfo=None) if log.last_at else None
    kept = linked.filter(linked.goes_on | (linked.started_at <= ibis.literal(settled))) if settled else linked
    keys = ["first_touchpoint", "first_reason", "touchpoint", "reason", "next_touchpoint", "next_reason", "goes_on"]
    counts: Counts = Counter()
    for row in log.rows(kept.group_by(keys).agg(n=kept.count())):
        after = (row["next_touchpoint"], row["next_reason"]) if row["goes_on"] else None
        first = (row["first_touchpoint"], row["first_reason"])
        counts[first, (row["touchpoint"], row["reason"]), after] += int(row["n"])
    return counts


def _row(counts: Counts, starts: set[Contact], contact: Contact, names: Mapping[Contact, str]) -> dict[str, int]:
    """What follows a contact, by the step of the journey it is; contacts outside the journey under their own name."""
    seen: dict[str, int] = {}
    for (first, before, after), n in counts.items():
        if before == contact and first in starts:
            target = STOP if after is None else names.get(after, f"{after[0]}/{after[1]}")
            seen[target] = seen.get(target, 0) + n
    return seen
