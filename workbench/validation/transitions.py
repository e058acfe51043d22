"""What does the log say about the shares with which customers go from step to step?

A step is seen in the log by its touchpoint and reason. Steps without a touchpoint cannot be seen: the model is then
held against the log by the chain between the steps that can, P = Q_oo + Q_ou (I − Q_uu)⁻¹ Q_uo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from journeys.chain import Chain, chain_of
from journeys.graph import mix_of, step_graph
from journeys.solving import Vector
from touchpoints.inventory import Inventory
from touchpoints.records.journey import Journey
from workbench.log.engine import Log
from workbench.log.selection import EVERYTHING, Selection
from workbench.validation.followed import Contact, Followed, followed
from workbench.validation.rows import ELSEWHERE, STOP, Row
from workbench.validation.sight import Sight
from workbench.validation.stitching import Corrected, Disturbance, corrected

MOST_RARE = 0.05
"""A row of which more sequels are too rare for the roll-up to name them is not compared."""


def transition_rows(
    inventory: Inventory,
    log: Log,
    sight: Sight,
    by_chance: Disturbance | None = None,
    selection: Selection = EVERYTHING,
) -> Iterator[Row]:
    """Modelled and observed shares of every journey whose steps can be told apart in the log.

    Only journeys that start with a contact at which the journey starts count, so that another need is not taken for a
    step of it. A persona with a row of its own is held against its own contacts, when the log knows personas.

    Args:
        inventory: a model without errors.
        log: an open log that withholds nothing (`log.exact`).
        sight: how the journeys show in it.
        by_chance: how often another need of a customer comes up, where journeys are stitched by customer.
        selection: the contacts that count.
    """
    journeys = [journey for name, journey in inventory.journeys.items() if name not in sight.unseen]
    owner = {contact: journey.id for journey in journeys for contact in sight.starts[journey.id]}
    found: dict[str, list[Followed]] = {}
    for one in followed(log, owner, selection):
        found.setdefault(owner[one.first], []).append(one)
    graphs = {persona: step_graph(inventory, persona) for persona in {p for one in journeys for p in mix_of(one)}}
    for journey in journeys:
        nodes = [f"{journey.id}/{step}" for step in journey.steps]
        chains = {persona: chain_of(graphs[persona], nodes) for persona in mix_of(journey)}
        own = found.get(journey.id, [])
        yield from _rows_of(journey, chains, own, sight.steps[journey.id], log.has("persona"), by_chance)


@dataclass(frozen=True)
class _Part:
    """Those who leave a step by the same row: the persona with a row of its own, or all others (None)."""

    own: str | None
    personas: frozenset[str | None] | None
    """Who they are in the log; None when it does not tell them apart."""
    direct: bool


def _parts(journey: Journey, step: str, knows_personas: bool) -> Iterator[_Part]:
    mix = [persona for persona in mix_of(journey) if persona]
    overrides = journey.steps[step].by_persona
    own = [persona for persona in mix if persona in overrides and overrides[persona].next is not None]
    if not own or not knows_personas:
        yield _Part(None, None, direct=not own)
        return
    yield from (_Part(persona, frozenset({persona}), direct=True) for persona in own)
    others = frozenset(persona for persona in mix if persona not in own)
    if others:
        yield _Part(None, others, direct=True)


def _rows_of(
    journey: Journey,
    chains: Mapping[str | None, Chain],
    found: list[Followed],
    steps: Mapping[str, Contact],
    knows_personas: bool,
    by_chance: Disturbance | None,
) -> Iterator[Row]:
    seen_whole = len(steps) == len(journey.steps)
    for step in steps:
        if journey.steps[step].next is None:
            continue
        for part in _parts(journey, step, knows_personas):
            personas = [one for one in chains if part.personas is None or one in part.personas]
            modelled = _modelled(journey, {one: chains[one] for one in personas}, step, list(steps))
            if not modelled:
                continue
            own = [one for one in found if one.here == steps[step]
                   and (part.personas is None or one.persona in part.personas)]  # fmt: skip
            path = ("steps", step, "next") if part.own is None else ("steps", step, "by_persona", part.own, "next")
            yield _row(journey, path, modelled, own, steps, part.direct and seen_whole, by_chance)


def _row(
    journey: Journey,
    path: tuple[str, ...],
    modelled: Mapping[str, float],
    found: list[Followed],
    steps: Mapping[str, Contact],
    direct: bool,
    by_chance: Disturbance | None,
) -> Row:
    names = {contact: step for step, contact in steps.items()}

    def target(contact: Contact | None) -> str:
        if contact is None:
            return STOP
        step = names.get(contact, ELSEWHERE)
        return step if modelled.get(step) else ELSEWHERE

    hits: Counter[str] = Counter()
    months: dict[date, Counter[str]] = {}
    elsewhere: Counter[Contact] = Counter()
    sequels: Counter[Contact | None] = Counter()
    gaps_s = 0.0
    rare = sum(one.n for one in found if one.follows == "rare")
    if rare > MOST_RARE * sum(one.n for one in found):
        found = []
    for one in found:
        if one.follows == "rare":
            continue
        following = one.next if one.follows == "within" else None
        hits[target(following)] += one.n
        months.setdefault(one.month, Counter())[target(following)] += one.n
        sequels[following] += one.n
        gaps_s += one.gap_s if following is not None else 0.0
        if following is not None and target(following) == ELSEWHERE:
            elsewhere[following] += one.n
    right = None
    if by_chance is not None and hits:
        going = sum(n for contact, n in sequels.items() if contact is not None)
        right = _summed(corrected(sequels, gaps_s / max(going, 1), by_chance), target)
    return Row(journey, path, "next", modelled, hits, months, direct, right, elsewhere)


def _summed(
    shares: Mapping[Contact | None, Corrected], target: Callable[[Contact | None], str]
) -> dict[str, Corrected]:
    """Corrected shares by target; what leads elsewhere adds up."""
    found: dict[str, Corrected] = {}
    for contact, one in shares.items():
        name = target(contact)
        before = found.get(name, Corrected(0.0, 0.0, 0.0))
        se = float(np.hypot(before.se, one.se))
        found[name] = Corrected(before.share + one.share, se, before.moved + one.moved)
    return found


def _modelled(journey: Journey, chains: Mapping[str | None, Chain], step: str, visible: list[str]) -> dict[str, float]:
    """The shares from a step to those that can be seen, mixed over the personas by who visits it."""
    total = dict.fromkeys((*visible, STOP), 0.0)
    mix = mix_of(journey)
    for persona, chain in chains.items():
        names = [node.partition("/")[2] for node in chain.steps]
        if step not in names:
            continue
        seen = [i for i, name in enumerate(names) if name in total]
        p, stop = _observable(chain, seen)
        row = seen.index(names.index(step))
        weight = mix[persona] * float(chain.visits[names.index(step)])
        for column, j in enumerate(seen):
            total[names[j]] += weight * float(p[row, column])
        total[STOP] += weight * float(stop[row])
    whole = sum(total.values())
    return {target: value / whole for target, value in total.items() if value > 0} if whole > 0 else {}


def _observable(chain: Chain, seen: list[int]) -> tuple[Vector, Vector]:
    """The chain between the steps that can be seen, and the share that stops after each."""
    q = chain.q.toarray()
    ends = 1.0 - q.sum(axis=1)
    unseen = [i for i in range(len(chain.steps)) if i not in seen]
    through = q[np.ix_(seen, unseen)] @ np.linalg.inv(np.eye(len(unseen)) - q[np.ix_(unseen, unseen)])
    stop = ends[seen] + through @ ends[unseen]
    return q[np.ix_(seen, seen)] + through @ q[np.ix_(unseen, seen)], np.where(stop > 1e-12, stop, 0.0)
