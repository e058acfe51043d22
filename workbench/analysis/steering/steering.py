"""Which contacts can move to another touchpoint, what does that bring, and what stands in the way?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.contact import Channel, Touchpoint
from touchpoints.records.scenario import Shift
from workbench.analysis.workload import SECONDS_PER_HOUR, Work, distinct, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table

IMPORTANT = 4.0
"""A moment of truth from this importance to the customer [of 5] stays with people."""


@dataclass(frozen=True, slots=True)
class ShiftYield:
    """What moving contacts brings, by volume.

    gross = n · eligible · adoption; net = gross · resolved; leakage = gross − net, which comes back and is worked.

    Example:
        >>> moved = ShiftYield(1000, eligible=0.6, adoption=0.4, resolved=0.7)
        >>> round(moved.gross), round(moved.leakage), round(moved.net)
        (240, 72, 168)
        >>> round(moved.worth(cost_from=5.00, cost_to=0.20), 2)
        792.0
    """

    contacts: float
    eligible: float
    adoption: float
    resolved: float

    @property
    def gross(self) -> float:
        """Contacts that try the other touchpoint."""
        return self.contacts * self.eligible * self.adoption

    @property
    def net(self) -> float:
        """Contacts that are helped there."""
        return self.gross * self.resolved

    @property
    def leakage(self) -> float:
        """Contacts that come back."""
        return self.gross - self.net

    def worth(self, cost_from: float, cost_to: float) -> float:
        """Money saved: net contacts at their old cost, less all that tried at the new cost [currency]."""
        return self.net * cost_from - self.gross * cost_to


@dataclass(frozen=True)
class Move:
    """A shift that a scenario declares, for one reason."""

    scenario: str
    work: Work
    to: str
    instrument: str | None
    moved: ShiftYield
    saved_h_per_year: float
    worth_per_year: float | None
    gates: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Candidate:
    """A shift nobody declared: what each tenth of the contacts that moves would save, and what blocks it."""

    work: Work
    to: str
    worth_per_tenth: float
    gates: tuple[str, ...]


@dataclass(frozen=True)
class Steering(Result):
    """Declared moves and undeclared candidates, worth most first."""

    moves: tuple[Move, ...]
    candidates: tuple[Candidate, ...]
    inventory: Inventory
    language: Language

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """The numbers of the model it rests on."""
        return distinct([*(move.work for move in self.moves), *(one.work for one in self.candidates)])

    def tables(self) -> tuple[Table, ...]:
        """Moves; candidates."""
        code = self.language.code
        label = self.inventory.touchpoints

        def reason(work: Work) -> str:
            return self.inventory.reasons[work.reason].label(code) if work.reason else ""

        moves = table(
            "steering",
            ["scenario", "reason", "from_touchpoint", "to_touchpoint", "instrument", "contacts_per_year", "gross_shift",
             "leakage", "net_shift", "saved_h_per_year", "worth_per_year", "gates", "place"],
            [
                (self.inventory.scenarios[move.scenario].label(code), reason(move.work),
                 label[move.work.touchpoint].label(code), label[move.to].label(code), move.instrument,
                 move.moved.contacts, move.moved.gross, move.moved.leakage, move.moved.net, move.saved_h_per_year,
                 move.worth_per_year, self._gates(move.gates), move.place)
                for move in self.moves
            ],
            ids=[f"{move.scenario}/{move.work.key} → {move.to}" for move in self.moves],
        )  # fmt: skip
        candidates = table(
            "steering_candidates",
            ["reason", "from_touchpoint", "to_touchpoint", "contacts_per_year", "worth_per_tenth", "gates"],
            [
                (reason(one.work), label[one.work.touchpoint].label(code), label[one.to].label(code),
                 one.work.contacts_per_year, one.worth_per_tenth, self._gates(one.gates))
                for one in self.candidates
            ],
            ids=[f"{one.work.key} → {one.to}" for one in self.candidates],
        )  # fmt: skip
        return moves, candidates

    def _gates(self, gates: tuple[str, ...]) -> str:
        return ", ".join(self.language.word(gate) for gate in gates) or self.language.word("open")


def steering(project: Project, language: Language | None = None) -> Steering:
    """Every shift the scenarios declare and every self-service touchpoint a human contact could go to.

    Gates block a move: a moment of truth, more emotion or complexity than the channel carries, no identification,
    no content that fits the channel, a vulnerable persona or a self-service touchpoint without human fallback.
    """
    inventory = project.inventory
    language = language or project.language
    works = workload(project)
    moves = sorted(_moves(project, works), key=lambda move: -(move.worth_per_year or 0.0))
    declared = {(move.work.key, move.to) for move in moves}
    candidates = [one for one in _candidates(project, works) if (one.work.key, one.to) not in declared]
    candidates.sort(key=lambda one: (bool(one.gates), -one.worth_per_tenth, one.work.key))
    return Steering(tuple(moves), tuple(candidates), inventory, language)


def _moves(project: Project, works: tuple[Work, ...]) -> Iterator[Move]:
    inventory = project.inventory
    by_key = {work.key: work for work in works}
    for scenario in inventory.scenarios.values():
        for index, measure in enumerate(scenario.measures):
            if not isinstance(measure, Shift):
                continue
            for reason in measure.reasons:
                work = by_key.get(f"{measure.from_}/{reason}")
                if work is None:
                    continue
                moved = ShiftYield(
                    work.contacts_per_year, measure.eligible.point, measure.adoption.point, measure.resolved.point
                )
                there = cost_at(works, work, measure.to)
                each = measure.cost_each.point if measure.cost_each else 0.0
                saved_s = moved.net * (work.handling_s or 0.0) - moved.gross * there.handling_s
                yield Move(
                    scenario=scenario.id,
                    work=work,
                    to=measure.to,
                    instrument=measure.instrument,
                    moved=moved,
                    saved_h_per_year=saved_s / SECONDS_PER_HOUR,
                    worth_per_year=moved.worth(work.cost_each, there.total + each) if _priced(work) else None,
                    gates=tuple(gates(inventory, work, measure.to)),
                    place=str(scenario.where("measures", index)),
                )


def _priced(work: Work) -> bool:
    return work.cost_per_hour is not None and work.handling_s is not None


@dataclass(frozen=True, slots=True)
class ContactCost:
    """What one contact takes at a touchpoint: staff time [s], that time in money, and cost beside it [currency]."""

    handling_s: float
    labour: float
    contact: float

    @property
    def total(self) -> float:
        """Cost of the contact [currency]."""
        return self.labour + self.contact


def cost_at(works: tuple[Work, ...], work: Work, to: str) -> ContactCost:
    """What a contact for the same reason takes at another touchpoint.

    Taken from the contacts for the same reason there, else from all contacts there; a touchpoint of people without
    any handling time is taken to need as long as today's, so that nothing is saved by not knowing.
    """
    there = [other for other in works if other.touchpoint == to]
    same = [other for other in there if other.reason == work.reason] or there
    if not same:
        return ContactCost(0.0, 0.0, 0.0)
    first = same[0]
    per_hour = first.cost_per_hour or 0.0
    known = [other for other in same if other.handling_s is not None and other.contacts_per_month > 0]
    contacts = sum(other.contacts_per_month for other in known)
    if known:
        target_s = sum(other.contacts_per_month * (other.handling_s or 0.0) for other in known) / contacts
    elif first.human:
        target_s, per_hour = work.handling_s or 0.0, first.cost_per_hour or work.cost_per_hour or 0.0
    else:
        target_s = 0.0
    return ContactCost(target_s, target_s / SECONDS_PER_HOUR * per_hour, first.cost_per_contact)


def _candidates(project: Project, works: tuple[Work, ...]) -> Iterator[Candidate]:
    inventory = project.inventory
    targets = [key for key, touchpoint in inventory.touchpoints.items() if _is_self_service(inventory, touchpoint)]
    for work in works:
        if not work.human or not _priced(work) or work.reason is None or work.contacts_per_month <= 0:
            continue
        for to in targets:
            if not _could_serve(inventory, works, to, work.reason):
                continue
            tenth = 0.1 * work.contacts_per_year * (work.cost_each - cost_at(works, work, to).total)
            if tenth > 0:
                yield Candidate(work, to, tenth, tuple(gates(inventory, work, to)))


def _could_serve(inventory: Inventory, works: tuple[Work, ...], to: str, reason: str) -> bool:
    """Whether a touchpoint is about the reason: it is seen there already, or it is a place to publish anything."""
    direction = inventory.touchpoints[to].direction
    seen = any((other.touchpoint, other.reason) == (to, reason) for other in works)
    return direction == "publication" or (direction == "inbound" and seen)


def _is_self_service(inventory: Inventory, touchpoint: Touchpoint) -> bool:
    return bool(touchpoint.channel and inventory.channels[touchpoint.channel].self_service)


def gates(inventory: Inventory, work: Work, to: str) -> Iterator[str]:
    """What blocks the move of a contact to a touchpoint, by name."""
    target = inventory.touchpoints[to]
    channel = inventory.channels.get(target.channel) if target.channel else None
    if _at_moment_of_truth(inventory, work):
        yield "gate_moment_of_truth"
    if work.reason is not None and channel is not None:
        yield from _reason_gates(inventory, work.reason, channel)
    if channel is not None and channel.self_service:
        if target.human_fallback is not True:
            yield "gate_no_human_fallback"
            if _vulnerable(inventory, work):
                yield "gate_vulnerable_persona"
        if not _content_for(inventory, work.reason, channel.id):
            yield "gate_no_content"


def _reason_gates(inventory: Inventory, reason_id: str, channel: Channel) -> Iterator[str]:
    reason = inventory.reasons[reason_id]
    if reason.emotion and channel.max_emotion and reason.emotion.point > channel.max_emotion.point:
        yield "gate_emotion"
    if reason.complexity and channel.max_complexity and reason.complexity.point > channel.max_complexity.point:
        yield "gate_complexity"
    if reason.identification and channel.identification == "no":
        yield "gate_identification"


def _at_moment_of_truth(inventory: Inventory, work: Work) -> bool:
    for moment in inventory.moments_of_truth.values():
        journey, _, name = moment.at.partition("/")
        step = inventory.journeys[journey].steps[name]
        important = moment.importance and moment.importance.customer and moment.importance.customer.point >= IMPORTANT
        if important and (step.touchpoint, step.reason) == (work.touchpoint, work.reason):
            return True
    return False


def _vulnerable(inventory: Inventory, work: Work) -> bool:
    """Whether a vulnerable persona makes a journey that has this contact."""
    for node in work.reconciled.steps:
        personas = inventory.journeys[node.partition("/")[0]].personas or {}
        if any(inventory.personas[persona].vulnerable for persona in personas):
            return True
    return False


def _content_for(inventory: Inventory, reason: str | None, channel: str) -> bool:
    return any(
        reason in content.answers and channel in content.fit_for and content.kind != "tacit"
        for content in inventory.content.values()
    )
