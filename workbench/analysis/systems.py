"""Which systems do touchpoints need and lack, and what would an integration take away?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.contact import Touchpoint
from workbench.analysis.workload import Work, by_touchpoint, distinct, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table

KINDS = ("customer_database", "contact_register", "knowledge_base", "portal", "case_system", "finance")
"""The systems that step 5 asks after."""


@dataclass(frozen=True)
class Lacking:
    """A system that a touchpoint ought to have and has not.

    Attributes:
        reasons: whose answers draw on it; none when the touchpoint itself names it.
        contacts_per_year, staff_h_per_year: that need it; all of the touchpoint when it names the system itself.
        place: where the need is stated.
    """

    touchpoint: Touchpoint
    system: str
    reasons: tuple[str, ...]
    contacts_per_year: float
    staff_h_per_year: float
    place: str


@dataclass(frozen=True, repr=False)
class SystemSupport(Result):
    """What supports staff and customers at each touchpoint, and what stands in their way.

    Attributes:
        lacking: systems needed and not there, most hours first.
        status: contacts with people about status questions, which an integration would remove, most hours first.
    """

    lacking: tuple[Lacking, ...]
    status: tuple[Work, ...]
    works: tuple[Work, ...]
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """What lacks; status questions; support per touchpoint; systems by kind; obstacles; data asked and not used."""
        found = (self._lacking(), self._status(), self._support(), self._kinds(), self._obstacles(), self._unused())
        return found[0], *(one for one in found[1:] if one.rows)

    def status_totals(self) -> tuple[float, float, float]:
        """Contacts [1/year], hours of staff [h/year] and money [currency/year] of status questions."""
        return (
            sum(work.contacts_per_year for work in self.status),
            sum(work.staff_h_per_year for work in self.status),
            sum(work.cost_per_year for work in self.status),
        )

    def _lacking(self) -> Table:
        rows = [
            (
                one.touchpoint.label(self.language.code), self._names("systems", [one.system]), self._kind(one.system),
                self._names("reasons", one.reasons) or None, one.contacts_per_year, one.staff_h_per_year, one.place,
            )
            for one in self.lacking
        ]  # fmt: skip
        columns = ["touchpoint", "lacking_system", "system_kind", "reasons", "contacts_per_year", "staff_h_per_year",
                   "place"]  # fmt: skip
        notes = [self.language.text("systems.overlap")] if rows else []
        return table("systems_lacking", columns, rows, notes, [f"{o.touchpoint.id}/{o.system}" for o in self.lacking])

    def _status(self) -> Table:
        rows = []
        for work in self.status:
            reason = self.inventory.reasons[work.reason or ""]
            has = set(self.inventory.touchpoints[work.touchpoint].systems)
            without = [system for system in reason.needs_systems if system not in has]
            is_priced = work.cost_per_hour is not None or work.cost_per_contact > 0
            rows.append(
                (
                    reason.label(self.language.code), self._names("touchpoints", [work.touchpoint]),
                    self._names("systems", without or reason.needs_systems) or None, work.contacts_per_year,
                    work.staff_h_per_year if work.handling_s is not None else None,
                    work.cost_per_year if is_priced else None, str(reason.where("status_question")),
                )
            )  # fmt: skip
        columns = ["reason", "touchpoint", "system_to_connect", "contacts_per_year", "staff_h_per_year",
                   "cost_per_year", "place"]  # fmt: skip
        contacts, hours, money = self.status_totals()
        show = self.language.show
        note = self.language.text(
            "systems.status_total", contacts=show(contacts, "count"), hours=show(hours, "hours"),
            money=show(money, "money"),
        )  # fmt: skip
        return table("status_questions", columns, rows, [note] if rows else [], [work.key for work in self.status])

    def _support(self) -> Table:
        rows, ids = [], []
        for here in self._own():
            lacking = [one.system for one in self.lacking if one.touchpoint.id == here.id]
            rows.append(
                (
                    here.label(self.language.code), self._names("systems", here.systems),
                    self._names("systems", dict.fromkeys(lacking)), here.customer_view, here.knowledge_support,
                    self._contacts(here), self._hours(here), str(here.place),
                )
            )  # fmt: skip
            ids.append(here.id)
        columns = ["touchpoint", "systems_used", "systems_lacking", "customer_view", "knowledge_support",
                   "contacts_per_year", "staff_h_per_year", "place"]  # fmt: skip
        return table("systems", columns, rows, ids=ids)

    def _kinds(self) -> Table:
        """Each of the six kinds: whether it is there, and where it is used and lacks."""
        rows = []
        for kind in KINDS if self.inventory.touchpoints else ():
            own = {key for key, system in self.inventory.systems.items() if system.kind == kind}
            using = [here for here in self._own() if own & set(here.systems)]
            lacking = {one.touchpoint.id: one.touchpoint for one in self.lacking if one.system in own}
            known = [key for key in own if ("systems", key) not in self.inventory.from_library or using or lacking]
            rows.append(
                (
                    kind, self._names("systems", sorted(known)) or None, len(using), len(lacking),
                    sum(map(self._contacts, using)), sum(map(self._contacts, lacking.values())),
                )
            )  # fmt: skip
        columns = ["system_kind", "system", "used_at", "lacking_at", "contacts_with", "contacts_without"]
        return table("system_kinds", columns, rows, ids=KINDS if rows else ())

    def _obstacles(self) -> Table:
        rows = []
        for here in sorted(self._own(), key=lambda one: -self._hours(one)):
            for number, obstacle in enumerate(here.obstacles):
                rows.append(
                    (
                        here.label(self.language.code), obstacle.kind, obstacle.what.text(self.language.code),
                        self._contacts(here), self._hours(here), str(here.where("obstacles", number)),
                    )
                )  # fmt: skip
        columns = ["touchpoint", "obstacle_kind", "obstacle", "contacts_per_year", "at_stake_h_per_year", "place"]
        note = self.language.text("systems.obstacle_hours")
        return table("obstacles", columns, rows, [note] if rows else [])

    def _unused(self) -> Table:
        rows = [
            (here.label(self.language.code), data.replace("_", " "), self._contacts(here),
             str(here.where("asks_for", data)))
            for here in self._own()
            for data, use in here.asks_for.items()
            if use == "unused"
        ]  # fmt: skip
        return table("unused_data", ["touchpoint", "asked_data", "contacts_per_year", "place"], rows)

    def _own(self) -> list[Touchpoint]:
        """The touchpoints that are the project's, or that have contacts."""
        counted = {work.touchpoint for work in self.works}
        library = self.inventory.from_library
        found = self.inventory.touchpoints.values()
        return [here for here in found if here.id in counted or ("touchpoints", here.id) not in library]

    def _contacts(self, here: Touchpoint) -> float:
        return sum(work.contacts_per_year for work in self._at.get(here.id, ()))

    def _hours(self, here: Touchpoint) -> float:
        return sum(work.staff_h_per_year for work in self._at.get(here.id, ()))

    @cached_property
    def _at(self) -> dict[str, list[Work]]:
        return by_touchpoint(self.works)

    def _kind(self, system: str) -> str:
        return self.inventory.systems[system].kind

    def _names(self, collection: str, keys: Iterable[str]) -> str:
        records = getattr(self.inventory, collection)
        return ", ".join(records[key].label(self.language.code) for key in keys)


def systems(project: Project, language: Language | None = None) -> SystemSupport:
    """Systems that lack, status questions to people, obstacles, data not used: with contacts and hours concerned."""
    works = workload(project)
    lacking = sorted(_lacking(project.inventory, works), key=lambda one: (-one.staff_h_per_year, one.touchpoint.id))
    reasons = project.inventory.reasons
    # Looking it up without a person is what the integration is for.
    status = tuple(work for work in works if work.human and work.reason and reasons[work.reason].status_question)
    return SystemSupport(
        tuple(lacking), status, works, project.inventory, distinct(works), language or project.language
    )


def _lacking(inventory: Inventory, works: tuple[Work, ...]) -> Iterable[Lacking]:
    """What touchpoints name themselves, then what the answers given there draw on; each system once a touchpoint."""
    at = by_touchpoint(works)
    for here in inventory.touchpoints.values():
        own = at.get(here.id, [])
        named = [system for system in here.needs_systems if system not in here.systems]
        for number, system in enumerate(here.needs_systems):
            if system in named:
                place = str(here.where("needs_systems", number))
                yield _of(here, system, (), own, place)
        by_system: dict[str, list[Work]] = {}
        for work in own:
            for system in inventory.reasons[work.reason].needs_systems if work.reason else ():
                if system not in here.systems and system not in named:
                    by_system.setdefault(system, []).append(work)
        for system, needing in by_system.items():
            reasons = tuple(dict.fromkeys(work.reason for work in needing if work.reason))
            place = "; ".join(str(inventory.reasons[reason].where("needs_systems")) for reason in reasons[:3])
            yield _of(here, system, reasons, needing, place)


def _of(here: Touchpoint, system: str, reasons: tuple[str, ...], works: Iterable[Work], place: str) -> Lacking:
    chosen = list(works)
    contacts = sum(work.contacts_per_year for work in chosen)
    return Lacking(here, system, reasons, contacts, sum(work.staff_h_per_year for work in chosen), place)
