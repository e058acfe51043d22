"""Where do customers and staff spend their effort?"""

from __future__ import annotations

from dataclasses import dataclass

from journeys.graph import END_NODES, GAVE_UP, KINDS, step_graph
from touchpoints.inventory import Assumption, Inventory, evidence_at
from workbench.analysis.levers import RELATIVE, ShareLever, TimeLever, share_levers, time_levers
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR, Work, distinct, price_of, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table


@dataclass(frozen=True)
class Hotspot:
    """The effort of a step, or of contacts that no journey explains, in a year.

    Attributes:
        where: journey/step, or touchpoint/reason for contacts outside journeys.
        visits_per_year: times it happens [1/year].
        customer_h_per_year: customers' time, friction and the penalty of giving up included [h/year].
        staff_h_per_year: staff time [h/year].
        cost_per_year: staff time at its price [currency/year], None when there is no price.
        place: file:line.
    """

    where: str
    label: str
    journey: str | None
    touchpoint: str | None
    reason: str | None
    visits_per_year: float
    customer_h_per_year: float
    staff_h_per_year: float
    cost_per_year: float | None
    ces_mean: float | None
    place: str


@dataclass(frozen=True)
class JourneyEffort:
    """What one started journey takes, and how it ends."""

    journey: str
    label: str
    starts_per_year: float | None
    contacts: float
    effort_s: float
    resolved: float
    gave_up: float
    unknown: float
    place: str


@dataclass(frozen=True)
class Effort(Result):
    """Effort hotspots, most customer time first."""

    hotspots: tuple[Hotspot, ...]
    journeys: tuple[JourneyEffort, ...]
    shares: tuple[ShareLever, ...]
    times: tuple[TimeLever, ...]
    edges: tuple[EdgeEffort, ...]
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
        return sum(spot.staff_h_per_year for spot in self.hotspots)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """The numbers of the model it rests on."""
        return self.inputs

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
        columns = ["hotspot", "touchpoint", "reason", "visits_per_year", "customer_h_per_year", "effort_share",
                   "staff_h_per_year", "cost_per_year", "ces_mean", "place"]  # fmt: skip
        rows = [
            (spot.label, spot.touchpoint, spot.reason, spot.visits_per_year, spot.customer_h_per_year,
             spot.customer_h_per_year / total, spot.staff_h_per_year, spot.cost_per_year, spot.ces_mean, spot.place)
            for spot in self.hotspots
        ]  # fmt: skip
        return table("effort", columns, rows, ids=[spot.where for spot in self.hotspots])

    def _journeys(self) -> Table:
        columns = ["journey", "starts_per_year", "contacts_each", "effort_s", "resolved", "gave_up", "unknown", "place"]
        rows = [
            (one.label, one.starts_per_year, one.contacts, one.effort_s, one.resolved, one.gave_up,
             one.unknown or None, one.place)
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
                own = (spot.visits_per_year, spot.customer_h_per_year, spot.staff_h_per_year, spot.cost_per_year or 0.0)
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
                place = str(friction.where(kind))
                rows.append((kind, weight.point, weight.low, weight.high, evidence.grade, evidence.source, place))
        columns = ["edge_kind", "friction_s", "friction_low_s", "friction_high_s", "grade", "source", "place"]
        return table("friction", columns, rows)


@dataclass(frozen=True)
class EdgeEffort:
    """What a transition itself costs customers in a year: its friction, and the penalty where it gives up."""

    journey: str
    step: str
    target: str
    kinds: tuple[str, ...]
    passages_per_year: float
    customer_h_per_year: float


def _lever_id(lever: ShareLever) -> str:
    name = f"{lever.journey}/{lever.step} → {lever.target}"
    return f"{name} ({lever.persona})" if lever.persona else name


def effort(project: Project, language: Language | None = None) -> Effort:
    """Effort per step and per contact outside journeys, over a year.

    Customer time of step i in a year: 12 · starts · v_i · c_i with c_i = w_i + Σ_k q_ik f_ik (+ penalty of giving up);
    its sum over the steps is 12 · starts · E. Contacts outside journeys take wait and, where the customer is there,
    handling time.
    """
    language = language or Language(project.inventory.settings.language, project.inventory.settings.currency)
    works = workload(project)
    spots = [*_steps(project, language), *_rests(project, works, language)]
    spots.sort(key=lambda spot: (-spot.customer_h_per_year, -spot.staff_h_per_year, spot.where))
    return Effort(
        hotspots=tuple(spots),
        journeys=_journeys(project, language),
        shares=share_levers(project),
        times=time_levers(project),
        edges=_edges(project),
        inventory=project.inventory,
        inputs=distinct(works),
        language=language,
    )


def _edges(project: Project) -> tuple[EdgeEffort, ...]:
    """The transitions that cost something themselves, most first."""
    graph = step_graph(project.inventory)
    found = []
    for flow in project.flows.values():
        per_year = flow.per_month * MONTHS_PER_YEAR
        for (source, target), passages in flow.edges.items():
            edge = graph.edges.get((source, target), {"friction_s": 0.0, "kinds": ()})
            cost_s = edge["friction_s"] + (graph.nodes[source]["penalty_s"] if target == GAVE_UP else 0.0)
            if cost_s * passages > 0:
                step, after = source.partition("/")[2], target.partition("/")[2] or target
                hours = per_year * passages * cost_s / SECONDS_PER_HOUR
                found.append(EdgeEffort(flow.journey, step, after, edge["kinds"], per_year * passages, hours))
    return tuple(sorted(found, key=lambda one: (-one.customer_h_per_year, one.journey, one.step, one.target)))


def _steps(project: Project, language: Language) -> list[Hotspot]:
    inventory = project.inventory
    spots = []
    for flow in project.flows.values():
        journey = inventory.journeys[flow.journey]
        per_year = flow.per_month * MONTHS_PER_YEAR
        for node in flow.steps:
            name = node.partition("/")[2]
            step = journey.steps[name]
            staff_h = per_year * flow.staff_s[node] / SECONDS_PER_HOUR
            price = price_of(inventory, step.touchpoint) if step.touchpoint else None
            spots.append(
                Hotspot(
                    where=node,
                    label=f"{journey.label(language.code)}: {step.label(language.code)}",
                    journey=flow.journey,
                    touchpoint=_label(project, "touchpoints", step.touchpoint, language),
                    reason=_label(project, "reasons", step.reason, language),
                    visits_per_year=per_year * flow.visits[node],
                    customer_h_per_year=per_year * flow.customer_s[node] / SECONDS_PER_HOUR,
                    staff_h_per_year=staff_h,
                    cost_per_year=staff_h * price.per_hour if price else None,
                    ces_mean=_score(project, step.touchpoint, step.reason),
                    place=str(journey.where("steps", name)),
                )
            )
    return spots


def _rests(project: Project, works: tuple[Work, ...], language: Language) -> list[Hotspot]:
    spots = []
    for work in works:
        per_year = work.reconciled.rest_per_month * MONTHS_PER_YEAR
        if per_year <= 0:
            continue
        customer_s = (work.wait_s or 0.0) + ((work.handling_s or 0.0) if work.customer_present else 0.0)
        staff_h = per_year * (work.handling_s or 0.0) / SECONDS_PER_HOUR
        touchpoint = _label(project, "touchpoints", work.touchpoint, language)
        reason = _label(project, "reasons", work.reason, language)
        volume = next(v for v in project.inventory.volumes.values() if (v.touchpoint, v.reason) == _pair(work))
        spots.append(
            Hotspot(
                where=work.key,
                label=language.text("outside_journeys", what=reason),
                journey=None,
                touchpoint=touchpoint,
                reason=reason,
                visits_per_year=per_year,
                customer_h_per_year=per_year * customer_s / SECONDS_PER_HOUR,
                staff_h_per_year=staff_h,
                cost_per_year=staff_h * work.cost_per_hour if work.cost_per_hour is not None else None,
                ces_mean=_score(project, work.touchpoint, work.reason),
                place=str(volume.place),
            )
        )
    return spots


def _pair(work: Work) -> tuple[str, str | None]:
    return work.touchpoint, work.reason


def _label(project: Project, collection: str, key: str | None, language: Language) -> str | None:
    return getattr(project.inventory, collection)[key].label(language.code) if key else None


def _score(project: Project, touchpoint: str | None, reason: str | None) -> float | None:
    volume = project.inventory.volumes.get(f"{touchpoint}/{reason}")
    return volume.effort_score.mean if volume and volume.effort_score else None


def _journeys(project: Project, language: Language) -> tuple[JourneyEffort, ...]:
    rows = []
    for flow in project.flows.values():
        journey = project.inventory.journeys[flow.journey]
        starts = flow.starts_per_month
        rows.append(
            JourneyEffort(
                journey=flow.journey,
                label=journey.label(language.code),
                starts_per_year=starts * MONTHS_PER_YEAR if starts is not None else None,
                contacts=flow.contacts,
                effort_s=flow.effort_s,
                resolved=flow.resolved,
                gave_up=flow.gave_up,
                unknown=flow.unknown,
                place=str(journey.place),
            )
        )
    return tuple(rows)
