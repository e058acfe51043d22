"""Which tables show channel steering?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchpoints.inventory import Inventory
from workbench.analysis.steering.candidates import Candidate
from workbench.analysis.steering.gates import STAY, stays
from workbench.analysis.steering.move import Move
from workbench.analysis.steering.plan import Bound, Plan
from workbench.analysis.workload import Work
from workbench.language.language import Language
from workbench.language.quantity import written
from workbench.tables import Table, table


@dataclass(frozen=True)
class Shown:
    """The names of a model in a language."""

    inventory: Inventory
    language: Language

    def moves(self, moves: Sequence[Move]) -> Table:
        """The shifts that scenarios declare."""
        columns = ["scenario", "reason", "from_touchpoint", "to_touchpoint", "instrument", "contacts_per_year",
                   "gross_shift", "leakage", "net_shift", "saved_h_per_year", "worth_per_year", "gates",
                   "place"]  # fmt: skip
        rows = [
            (self.inventory.scenarios[one.scenario].label(self.language.code), *self._where(one.work, one.to),
             one.instrument, one.moved.contacts, one.moved.gross, one.moved.leakage, one.moved.net,
             one.saved_h_per_year, one.worth_per_year, self._gates(one.gates), one.place)
            for one in moves
        ]  # fmt: skip
        ids = [f"{one.scenario}/{one.work.key} → {one.to}" for one in moves]
        return table("steering", columns, rows, ids=ids)

    def candidates(self, found: Sequence[Candidate]) -> Table:
        """The candidates that nothing blocks."""
        columns = ["reason", "from_touchpoint", "to_touchpoint", "instrument", "gross_shift", "leakage", "net_shift",
                   "saved_h_per_year", "saved_customer_h_per_year", "worth_per_year", "place"]  # fmt: skip
        rows = [
            (*self._where(one.work, one.to), one.instrument, one.moved.gross, one.moved.leakage, one.moved.net,
             one.saved_h, one.customer_h, one.worth, _place(one.work))
            for one in found
        ]  # fmt: skip
        rules = self.inventory.steering
        note = self.language.text(
            "steering.rules",
            eligible=written(rules.eligible, self.language) if rules.eligible else "",
            resolved=written(rules.resolved, self.language) if rules.resolved else "",
            place=str(rules.where("eligible")),
        )  # fmt: skip
        return table("steering_candidates", columns, rows, [note], [one.key for one in found])

    def plan(self, plan: Plan, floor: float) -> Table:
        """The chosen candidates."""
        columns = ["reason", "from_touchpoint", "to_touchpoint", "instrument", "plan_part", "gross_shift", "net_shift",
                   "saved_h_per_year", "saved_customer_h_per_year", "worth_per_year", "place"]  # fmt: skip
        rows = [
            (*self._where(one.work, one.to), one.instrument, part, one.moved.gross * part, one.moved.net * part,
             one.saved_h * part, one.customer_h * part if one.customer_h is not None else None, one.worth * part,
             _place(one.work))
            for one, part in plan.chosen
        ]  # fmt: skip
        show = self.language.show
        note = self.language.text("steering.plan", worth=show(plan.worth, "money"), floor=show(floor, "share"))
        return table("steering_plan", columns, rows, [note] if rows else [], [one.key for one, _ in plan.chosen])

    def bounds(self, plan: Plan) -> Table:
        """The bounds that bind, with what one unit more is worth."""
        rows = [(one.kind, self._of(one), one.limit, one.used, one.price) for one in plan.binding]
        columns = ["bound", "bound_of", "bound_limit", "bound_used", "shadow_price"]
        note = self.language.text("steering.bounds")
        return table("steering_bounds", columns, rows, [note], [f"{one.kind}/{one.of}" for one in plan.binding])

    def blocked(self, found: Sequence[Candidate]) -> Table:
        """Candidates that something blocks, with what opening the way is worth."""
        columns = ["reason", "from_touchpoint", "to_touchpoint", "instrument", "gates", "remedy", "worth_unblocked",
                   "place"]  # fmt: skip
        rows = [
            (*self._where(one.work, one.to), one.instrument, self._gates(one.gates), self._remedy(one.gates), one.worth,
             _place(one.work))
            for one in found
        ]  # fmt: skip
        notes = [self.language.text("steering.stays")] if any(stays(one.gates) for one in found) else []
        return table("steering_blocked", columns, rows, notes, [one.key for one in found])

    def _where(self, work: Work, to: str) -> tuple[str, str, str]:
        code, touchpoints = self.language.code, self.inventory.touchpoints
        reason = self.inventory.reasons[work.reason].label(code) if work.reason else ""
        return reason, touchpoints[work.touchpoint].label(code), touchpoints[to].label(code)

    def _of(self, bound: Bound) -> str:
        """What a bound is of, as people call it."""
        line, _, to = bound.of.partition(" → ")
        touchpoint, _, reason = line.partition("/")
        parts = [(self.inventory.touchpoints, touchpoint), (self.inventory.reasons, reason)]
        named = [records[key].label(self.language.code) for records, key in parts if key in records]
        where = " · ".join(named)
        return f"{where} → {self.inventory.touchpoints[to].label(self.language.code)}" if to else where

    def _gates(self, gates: tuple[str, ...]) -> str:
        return ", ".join(self.language.word(gate) for gate in gates) or self.language.word("open")

    def _remedy(self, gates: tuple[str, ...]) -> str:
        gates = tuple(gate for gate in gates if gate in STAY) or gates  # nothing else helps then
        remedies = (self.language.text(f"remedy.{gate.removeprefix('gate_')}") for gate in gates)
        return "; ".join(dict.fromkeys(remedies))


def _place(work: Work) -> str:
    """Where the volume of a line of work stands, else the first number it rests on."""
    counted = [one for one in work.assumptions if one.name.endswith("/contacts")] or list(work.assumptions)
    return str(counted[0].place) if counted else ""
