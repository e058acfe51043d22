"""Which targets are met, by the model and by the log, and what would it take to meet the rest?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchpoints.inventory import Assumption, Inventory
from workbench.analysis.staffing.staffing import Staffing, staffing
from workbench.analysis.targets.modelled import desk_of, modelled
from workbench.analysis.targets.reading import Promised, Reading, Verdict, promised, stated_hours
from workbench.analysis.targets.take import Take, take
from workbench.analysis.workload import assumption_of, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table

if TYPE_CHECKING:
    from workbench.log.engine import Log

_OF_LOG = ("observed", "observed_low", "observed_high", "n", "log_verdict")
"""The columns that a project without a log does not need."""


@dataclass(frozen=True)
class Held:
    """A target held against the model, and against the log when there is one.

    Attributes:
        take: what it would take to meet it, when it is not.
    """

    promised: Promised
    model: Reading
    log: Reading | None
    take: Take | None

    @property
    def model_verdict(self) -> Verdict:
        """Whether the model says that it is met."""
        return self.promised.verdict(self.model)

    @property
    def log_verdict(self) -> Verdict:
        """Whether the log says that it is met; unknown without a log."""
        return self.promised.verdict(self.log) if self.log is not None else "unknown"

    @property
    def verdict(self) -> Verdict:
        """That of the log where it has one, else that of the model."""
        return self.log_verdict if self.log_verdict != "unknown" else self.model_verdict

    @property
    def gap(self) -> float | None:
        """How far it is short of the target, by the log where it says, else by the model."""
        seen = self.log is not None and self.log.value is not None
        return self.promised.gap(self.log.value if seen and self.log else self.model.value)


@dataclass(frozen=True, repr=False)
class Targets(Result):
    """Every target with what model and log say of it."""

    held: tuple[Held, ...]
    has_log: bool
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def counts(self) -> Counter[Verdict]:
        """How many are met, not met, undecided and unknown."""
        return Counter(one.verdict for one in self.held)

    def tables(self) -> tuple[Table, ...]:
        """The targets; what it would take; what is missing; how long and where people can be reached."""
        return self._targets(), *(one for one in (self._takes(), self._lacks(), self._reachable()) if one.rows)

    def label(self, one: Promised) -> str:
        """The touchpoint with its reason, or the journey, in the language of the result."""
        target, code = one.target, self.language.code
        names = [one.touchpoint.label(code)] if one.touchpoint else []
        names += [self.inventory.reasons[target.reason].label(code)] if target.reason else []
        names += [self.inventory.journeys[target.journey].label(code)] if target.journey else []
        return " · ".join(names) or self.language.text("target.everywhere")

    def promise(self, one: Promised) -> str:
        """What is promised, such as `≥ 80% within 1m`."""
        if one.wanted is None:
            return self.language.text("target.no_level")
        level = self.language.show(one.wanted, one.unit)
        sign = "≥" if one.more_is_better else "≤"
        limit = one.target.limit
        if limit is None or one.unit != "share":
            return f"{sign} {level}"
        hours = self.language.show(limit.point / 3_600, "number")
        within = (
            self.language.text("target.office", hours=hours) if limit.office else self.language.show(limit.point, "s")
        )
        return self.language.text("target.within", sign=sign, level=level, limit=within)

    def _targets(self) -> Table:
        rows = []
        for one in self.held:
            log = one.log or Reading()
            rows.append(
                (
                    self.label(one.promised), one.promised.target.measure, self.promise(one.promised),
                    one.promised.target.due, one.promised.unit, one.model.value, one.model.basis, one.model_verdict,
                    log.value, log.low, log.high, log.n, one.log_verdict if self.has_log else None, one.gap,
                    str(one.promised.target.place),
                )
            )  # fmt: skip
        columns = ["promised_at", "measure", "promise", "due", "unit", "modelled", "target_basis", "model_verdict",
                   "observed", "observed_low", "observed_high", "n", "log_verdict", "target_gap", "place"]  # fmt: skip
        notes = [self.language.text("target.note")] if rows else []
        kept = [at for at, column in enumerate(columns) if self.has_log or column not in _OF_LOG]
        shown = [[row[at] for at in kept] for row in rows]
        return table("targets", [columns[at] for at in kept], shown, notes, [one.promised.key for one in self.held])

    def _takes(self) -> Table:
        found = [(one, one.take) for one in self.held if one.take is not None]
        rows = [
            (
                self.label(one.promised), one.promised.target.measure, self.promise(one.promised), way.people, way.fte,
                way.time_s, way.share, way.contacts_per_year, way.staff_h_per_year,
                self.language.text(f"target.{way.how}"), one.promised.target.due, str(one.promised.target.place),
            )
            for one, way in found
        ]  # fmt: skip
        columns = ["promised_at", "measure", "promise", "more_people", "more_fte", "less_time_s", "better_share",
                   "better_per_year", "more_h_per_year", "by_which_model", "due", "place"]  # fmt: skip
        note = self.language.text("target.each_alone")
        return table("targets_take", columns, rows, [note] if rows else [], [one.promised.key for one, _ in found])

    def _lacks(self) -> Table:
        rows = []
        for one in self.held:
            sources = (("model", one.model), ("log", one.log))
            for source, found in sources:
                for lack in found.lacks if found else ():
                    values = {key: self._shown(value) for key, value in lack.values.items()}
                    what = self.language.text(f"target.{lack.key}", **values)
                    rows.append((self.label(one.promised), one.promised.target.measure, source, what,
                                 str(one.promised.target.place)))  # fmt: skip
        return table("targets_missing", ["promised_at", "measure", "side", "lacking", "place"], rows)

    def _shown(self, value: object) -> str:
        return self.language.show(value, "share") if isinstance(value, float) else self.language.word(str(value))

    def _reachable(self) -> Table:
        """Opening hours of every touchpoint that customers turn to."""
        inventory, rows, ids = self.inventory, [], []
        for here in inventory.touchpoints.values():
            if here.direction != "inbound" or ("touchpoints", here.id) in inventory.from_library:
                continue
            channel = inventory.channels[here.channel].label(self.language.code) if here.channel else None
            stated = stated_hours(inventory, here)
            hours, place = (stated[0].per_week_h, stated[1]) if stated else (None, here.place)
            rows.append((here.label(self.language.code), channel, hours, str(place)))
            ids.append(here.id)
        return table("reachability", ["touchpoint", "channel", "open_h_per_week", "place"], rows, ids=ids)


def targets(
    project: Project, language: Language | None = None, *, log: Log | None = None, staffed: Staffing | None = None
) -> Targets:
    """Every target against the model and the log.

    Queues and backlogs are worked out with the people there now (Erlang A; first come, first served), completion from
    the flow of journeys, other measures from what volumes state.

    Args:
        project: with a sound model.
        language: of the result.
        log: an opened contact log.
        staffed: staffing of the same project and log, when it was worked out already.
    """
    inventory, works = project.inventory, workload(project)
    staffed = staffed or staffing(project, language, log=log)
    held = []
    for one in promised(inventory, works):
        desk = desk_of(staffed, one)
        model = modelled(project, one, desk)
        seen = _logged(inventory, one, log) if log is not None else None
        basis = model if model.value is not None or seen is None else seen
        held.append(Held(one, model, seen, take(project, staffed, works, one, basis, desk)))
    used = {one.name: one for own in held for one in (*own.model.inputs, *_limits(own.promised))}
    return Targets(tuple(held), log is not None, inventory, tuple(used.values()), language or project.language)


def _logged(inventory: Inventory, one: Promised, log: Log) -> Reading:
    """What the log says of a target; the engine of logs is loaded only where there is one."""
    from workbench.analysis.targets.logged import logged

    return logged(inventory, one, log)


def _limits(one: Promised) -> Iterable[Assumption]:
    """The numbers of a target itself."""
    for field in ("limit", "at_least", "at_most", "hours_per_week"):
        stated = getattr(one.target, field)
        if stated is not None:
            yield assumption_of(f"targets/{one.target.id}", one.target, field, stated)
