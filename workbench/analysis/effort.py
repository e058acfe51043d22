"""Where do customers and staff spend their effort?"""

from __future__ import annotations

from dataclasses import dataclass

from journeys.graph import END_NODES, KINDS
from touchpoints.inventory import Assumption, Inventory, evidence_at
from touchpoints.records.base import GRADES
from workbench.analysis.effort_draws import DRAWS, SEED, EffortDraws, effort_draws
from workbench.analysis.hotspots import (
    EdgeEffort,
    Hotspot,
    JourneyEffort,
    edge_efforts,
    hotspots,
    journey_efforts,
)
from workbench.analysis.levers import RELATIVE, ShareLever, TimeLever, share_levers, time_levers
from workbench.analysis.naming import origin_of
from workbench.analysis.workload import distinct, untimed, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table


@dataclass(frozen=True, repr=False)
class Effort(Result):
    """Effort hotspots, most customer time first."""

    hotspots: tuple[Hotspot, ...]
    journeys: tuple[JourneyEffort, ...]
    shares: tuple[ShareLever, ...]
    times: tuple[TimeLever, ...]
    edges: tuple[EdgeEffort, ...]
    spread: EffortDraws | None
    untimed_per_year: float
    """Contacts a year with a person of which the time is not known [1/year]."""
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    @property
    def customer_h_per_year(self) -> float:
        """Customer hours a year [h/year]."""
        return sum(spot.customer_h_per_year for spot in self.hotspots)

    @property
    def staff_h_per_year(self) -> float:
        """Staff hours a year [h/year]."""
        return sum(spot.staff_h_per_year or 0.0 for spot in self.hotspots)

    def tables(self) -> tuple[Table, ...]:
        """Hotspots; journeys; improvements; sensitivities; by touchpoint and reason; edges; friction."""
        made = (
            self._hotspots(), self._journeys(), self._improvements(), self._by_share(), self._by_time(),
            self._summed("effort_by_touchpoint", "touchpoint"), self._summed("effort_by_reason", "reason"),
            self._edges(), self._friction(),
        )  # fmt: skip
        return tuple(one for one in made if one.rows or one.key in ("effort", "journeys"))

    def _hotspots(self) -> Table:
        total = self.customer_h_per_year or 1.0
        columns = ["hotspot", "touchpoint", "reason", "visits_per_year", "customer_h_per_year", "customer_h_low",
                   "customer_h_high", "in_top", "effort_share", "staff_h_per_year", "backstage_h_per_year",
                   "cost_per_year", "ces_mean", "place"]  # fmt: skip
        rows = [
            (spot.label, spot.touchpoint, spot.reason, spot.visits_per_year, spot.customer_h_per_year,
             *self._spread_of(spot.where), spot.customer_h_per_year / total, spot.staff_h_per_year,
             spot.backstage_h_per_year or None, spot.cost_per_year, spot.ces_mean, spot.place)
            for spot in self.hotspots
        ]  # fmt: skip
        notes, unknown = [], [one.label for one in self.journeys if one.starts_per_year is None]
        if unknown:
            notes.append(self.language.text("effort.no_starts", count=len(unknown), names=", ".join(unknown)))
        if self.untimed_per_year:
            contacts = self.language.show(self.untimed_per_year, "count")
            notes.append(self.language.text("effort.untimed", contacts=contacts))
        if self.spread is not None:
            spreads = ", ".join(
                f"{self.language.word(grade)} ±{self.language.show(share.point, 'share')}"
                for grade in GRADES
                if (share := getattr(self.inventory.uncertainty, grade)) is not None
            )
            notes.append(
                self.language.text("effort.draws", draws=self.language.number(self.spread.draws), seed=self.spread.seed,
                                   spreads=spreads)
            )  # fmt: skip
        return table("effort", columns, rows, notes, ids=[spot.where for spot in self.hotspots])

    def _spread_of(self, where: str) -> tuple[float | None, float | None, float | None]:
        found = self.spread.spreads.get(where) if self.spread else None
        return (found.low, found.high, found.in_top) if found else (None, None, None)

    def _journeys(self) -> Table:
        columns = ["journey", "starts_per_year", "contacts_each", "effort_s", "effort_low_s", "effort_high_s",
                   "resolved", "gave_up", "unknown", "place"]  # fmt: skip
        known = self.spread.journeys if self.spread else {}
        rows = [
            (one.label, one.starts_per_year, one.contacts, one.effort_s, *known.get(one.journey, (None, None)),
             one.resolved, one.gave_up, one.unknown or None, one.place)
            for one in self.journeys
        ]  # fmt: skip
        return table("journeys", columns, rows, ids=[one.journey for one in self.journeys])

    def _improvements(self) -> Table:
        chosen = [one for one in self.shares if one.saved_h_per_year]
        rows = [(self._if(one), one.passages_per_year, one.saved_h_per_year, one.place) for one in chosen]
        columns = ["improvement", "passages_per_year", "saved_customer_h_per_year", "place"]
        return table("improvements", columns, rows, ids=[_lever_id(one) for one in chosen])

    def _if(self, lever: ShareLever) -> str:
        key = "improvement.ends" if lever.target in END_NODES else "improvement.goes"
        step, target = self._step(lever.journey, lever.step), self._step(lever.journey, lever.target)
        part = self.language.show(RELATIVE, "share")
        return self.language.text(key, part=part, step=step, target=target) + self._of(lever.persona)

    def _of(self, persona: str | None) -> str:
        return f" ({self.inventory.personas[persona].label(self.language.code)})" if persona else ""

    def _step(self, journey: str, step: str) -> str:
        if step in END_NODES:
            return self.language.word(step)
        return self.inventory.journeys[journey].steps[step].label(self.language.code)

    def _by_share(self) -> Table:
        code = self.language.code
        rows = [
            (self.inventory.journeys[one.journey].label(code),
             self._step(one.journey, one.step) + self._of(one.persona), self._step(one.journey, one.target),
             one.share, one.point_h_per_year, one.place)
            for one in sorted(self.shares, key=lambda one: -abs(one.point_h_per_year or 0.0))
        ]  # fmt: skip
        columns = ["journey", "step", "next_step", "transition_share", "point_h_per_year", "place"]
        return table("by_share", columns, rows)

    def _by_time(self) -> Table:
        code = self.language.code
        rows = [
            (self.inventory.journeys[one.journey].label(code), self._step(one.journey, one.step),
             one.minute_h_per_year, one.place)
            for one in self.times
        ]  # fmt: skip
        return table("by_time", ["journey", "step", "minute_h_per_year", "place"], rows)

    def _summed(self, key: str, field: str) -> Table:
        sums: dict[str, tuple[float, ...]] = {}
        for spot in self.hotspots:
            name = getattr(spot, field)
            if name is not None:
                own = (
                    spot.visits_per_year,
                    spot.customer_h_per_year,
                    spot.staff_h_per_year or 0.0,
                    spot.cost_per_year or 0.0,
                )
                sums[name] = tuple(map(sum, zip(sums.get(name, (0.0,) * 4), own, strict=True)))
        rows = [(name, *values) for name, values in sorted(sums.items(), key=lambda one: (-one[1][1], one[0]))]
        columns = [field, "visits_per_year", "customer_h_per_year", "staff_h_per_year", "cost_per_year"]
        return table(key, columns, rows)

    def _edges(self) -> Table:
        code = self.language.code
        rows = [
            (self.inventory.journeys[one.journey].label(code), self._step(one.journey, one.step),
             self._step(one.journey, one.target), ", ".join(self.language.word(kind) for kind in one.kinds),
             one.passages_per_year, one.customer_h_per_year)
            for one in self.edges
        ]  # fmt: skip
        columns = ["journey", "step", "next_step", "edge_kinds", "passages_per_year", "customer_h_per_year"]
        return table("effort_edges", columns, rows)

    def _friction(self) -> Table:
        friction = self.inventory.friction
        rows = []
        for kind in KINDS:
            weight = getattr(friction, kind)
            if weight is not None:
                evidence = evidence_at(friction, (kind,))
                place = friction.where(kind)
                source = origin_of(evidence, place, self.language)
                rows.append((kind, weight.point, weight.low, weight.high, evidence.grade, source, str(place)))
        columns = ["edge_kind", "friction_s", "friction_low_s", "friction_high_s", "grade", "source", "place"]
        return table("friction", columns, rows)


def _lever_id(lever: ShareLever) -> str:
    name = f"{lever.journey}/{lever.step} → {lever.target}"
    return f"{name} ({lever.persona})" if lever.persona else name


def effort(project: Project, language: Language | None = None, draws: int = DRAWS, seed: int = SEED) -> Effort:
    """Effort per step and per contact outside journeys, over a year, with intervals when `draws` is above zero.

    Customer time of step i in a year: 12 · starts · v_i · c_i with c_i = w_i + Σ_k q_ik f_ik (+ penalty of giving up);
    its sum over the steps is 12 · starts · E. Contacts outside journeys take wait and, where the customer is there,
    handling time.

    Args:
        project: with a sound model.
        language: of the tables; the project's when not given.
        draws: how often all numbers are drawn for the intervals; 0 for none.
        seed: the same seed gives the same draws.
    """
    language = language or project.language
    works = workload(project)
    return Effort(
        hotspots=hotspots(project, works, language),
        journeys=journey_efforts(project, language),
        shares=share_levers(project),
        times=time_levers(project),
        edges=edge_efforts(project),
        spread=effort_draws(project, draws, seed) if draws else None,
        untimed_per_year=sum(one.contacts_per_year for one in untimed(works)),
        inventory=project.inventory,
        inputs=distinct(works),
        language=language,
    )
