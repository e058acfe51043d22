"""Which tables show a business case?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.scenario import Claim
from workbench.analysis.case.choice import Choice
from workbench.analysis.case.claims import ClaimHere
from workbench.analysis.case.scenario_case import ScenarioCase, are_unlike
from workbench.analysis.naming import name_of
from workbench.analysis.workload import left_out
from workbench.language.language import Language
from workbench.language.quantity import written
from workbench.tables import Table, table

TOP = 8
"""How many numbers are shown of those that matter."""
_NO_CHANGE_FTE = 1e-6


@dataclass(frozen=True)
class Shown:
    """The scenarios of a project and the choice between them, as tables in a language."""

    scenarios: tuple[ScenarioCase, ...]
    choice: Choice | None
    claims: tuple[ClaimHere, ...]
    draws: int
    inventory: Inventory
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """Those of the scenarios, and those of the choice between them; empty ones are left out but the first."""
        others = (
            self._worth(), self._ledger(), self._people(), self._choice(), self._to_measure(), self._tornado(),
            self._soft(), self._claims(),
        )  # fmt: skip
        return (self._yearly(), *(one for one in others if one.rows))

    def _yearly(self) -> Table:
        columns = ["scenario", "ist_per_year", "saved_per_year", "extra_per_year", "running_per_year",
                   "net_benefit_per_year", "cashable", "cash_per_year", "once", "place"]  # fmt: skip
        rows = [
            (self._name(one), one.ist_per_year, _if_known(one, one.saved_per_year), one.extra_per_year,
             one.running_per_year, _if_known(one, one.net_per_year), one.cashable, _if_known(one, one.cash_per_year),
             one.once, str(one.scenario.place))
            for one in self.scenarios
        ]  # fmt: skip
        notes = [self.language.text("case.full_effect"), *self._left_out()]
        return table("case", columns, rows, notes, self._ids())

    def _left_out(self) -> Iterator[str]:
        """What each scenario touches that has no price."""
        for one in self.scenarios:
            yield from left_out(one.touched, self.language, "case.unpriced", name=self._name(one))

    def _worth(self) -> Table:
        columns = ["scenario", "first_month", "months", "discount_rate", "npv", "npv_low", "npv_high", "npv_chance",
                   "npv_per_year", "npv_all", "irr", "payback_years", "discounted_payback_years",
                   "break_even"]  # fmt: skip
        rows: list[tuple[Any, ...]] = []
        for one in self.scenarios:
            found, when = one.worth, one.worth.timeline
            low, _, high = found.interval
            first = f"{when.first:%Y-%m}" if when.first else None
            worths = (found.npv, low, high, found.chance, found.per_year, found.npv_all, found.rate.only, found.payback,
                      found.discounted_payback, found.break_even)  # fmt: skip
            start = (self._name(one), first, when.months, float(found.middle.rate[0]))
            rows.append((*start, *(_if_known(one, worth) for worth in worths)))
        notes = [self.language.text("case.worth", draws=self.language.show(self.draws, "count"))]
        if any(one.scenario.discount_rate is None for one in self.scenarios):
            notes.append(self.language.text("case.no_rate"))
        if any(one.cashable is None for one in self.scenarios):
            notes.append(self.language.text("case.no_cashable"))
        notes += [*self._left_out(), *self._rates()]
        if are_unlike(self.scenarios):
            notes.append(self.language.text("case.unlike"))
        return table("case_worth", columns, rows, notes, self._ids())

    def _rates(self) -> Iterator[str]:
        """The internal rates of scenarios that have several, so that none of them is the yield."""
        for one in self.scenarios:
            if len(one.worth.rate.rates) > 1:
                rates = ", ".join(self.language.show(rate, "share") for rate in one.worth.rate.rates)
                yield self.language.text("case.rates", name=self._name(one), rates=rates)

    def _ledger(self) -> Table:
        columns = ["scenario", "ist_h_per_year", "eliminated_h", "shifted_h", "leaked_h", "saved_h", "remaining_h",
                   "added_h", "soll_h_per_year"]  # fmt: skip
        parts = ("baseline", "eliminated", "shifted", "leaked", "saved", "remaining", "added", "soll")
        rows = [(self._name(one), *(one.hours.middle(part) for part in parts)) for one in self.scenarios]
        return table("minute_ledger", columns, rows, ids=self._ids())

    def _people(self) -> Table:
        code, teams = self.language.code, self.inventory.teams
        rows = [
            (self._name(one), teams[team].label(code), effect.before, effect.after, effect.fte_before, effect.fte_after,
             effect.fte_linear, str(teams[team].place))
            for one in self.scenarios
            for team, effect in one.people.items()
            if abs(effect.fte_after - effect.fte_before) > _NO_CHANGE_FTE
        ]  # fmt: skip
        columns = [
            "scenario",
            "team",
            "people_before",
            "people_after",
            "fte_before",
            "fte_after",
            "fte_linear",
            "place",
        ]
        return table("case_people", columns, rows, [self.language.text("case.people")])

    def _choice(self) -> Table:
        chosen, language = self.choice, self.language
        if chosen is None:
            return table("choice", ["option", "npv_mean", "best_chance"], [])
        names = [*(self._name(one) for one in self.scenarios), language.text("case.nothing")]
        means = [*(float(one.worth.draws.mean()) for one in self.scenarios), 0.0]
        rows = list(zip(names, means, chosen.chances, strict=True))
        note = language.text(
            "case.choice", best=names[means.index(max(means))], worth=language.show(chosen.perfect, "money"),
            table=language.text("table.case_worth"),
        )  # fmt: skip
        return table("choice", ["option", "npv_mean", "best_chance"], rows, [note], [*chosen.options, "nothing"])

    def _to_measure(self) -> Table:
        chosen = self.choice
        found = chosen.to_measure[:TOP] if chosen is not None else ()
        rows = [
            (name_of(self.inventory, one.assumption.name, self.language),
             written(one.assumption.estimate, self.language),
             one.assumption.grade, one.worth, str(one.assumption.place))
            for one in found
        ]  # fmt: skip
        columns = ["assumption", "value", "grade", "worth_of_knowing", "place"]
        return table(
            "to_measure", columns, rows, [self.language.text("case.to_measure")], [one.assumption.name for one in found]
        )

    def _tornado(self) -> Table:
        columns = ["scenario", "assumption", "value", "grade", "npv_at_low", "npv_at_high", "place"]
        rows, ids = [], []
        for one in self.scenarios:
            for swing in one.swings[:TOP]:
                known = swing.assumption
                rows.append((self._name(one), self.short(one, known), written(known.estimate, self.language),
                             known.grade, swing.worth_at_low, swing.worth_at_high, str(known.place)))  # fmt: skip
                ids.append(f"{one.scenario.id}/{known.name}")
        return table("tornado", columns, rows, [self.language.text("case.tornado")], ids)

    def short(self, one: ScenarioCase, known: Assumption) -> str:
        """The name of a number beside its scenario, without saying the scenario again."""
        label = self._name(one)
        return name_of(self.inventory, known.name, self.language).removeprefix(f"{label} · ").removeprefix(f"{label}: ")

    def _soft(self) -> Table:
        code = self.language.code
        rows = [
            (self._name(one), effect.what, effect.direction, effect.why.text(code) if effect.why else None)
            for one in self.scenarios
            for effect in one.scenario.soft
        ]
        return table("soft_effects", ["scenario", "effect", "direction", "why"], rows)

    def _claims(self) -> Table:
        show, code = self.language.show, self.language.code

        def span(ends: tuple[float, float] | None, unit: str) -> str | None:
            return " … ".join(show(end, unit) for end in ends) if ends else None

        rows = [
            (one.claim.label(code), self._claimed(one.claim),
             show(one.here_each, "money") if one.here_each is not None else None, span(one.hours, "hours"),
             span(one.money, "money"),
             one.claim.evidence.source if one.claim.evidence else None,
             one.claim.criticism.text(code) if one.claim.criticism else None)
            for one in self.claims
        ]  # fmt: skip
        columns = ["claim", "claimed", "here_each", "claim_hours", "claim_money", "source", "criticism"]
        notes = [self.language.text("case.claims")]
        return table("claims", columns, rows, notes, [one.claim.id for one in self.claims])

    def _claimed(self, claim: Claim) -> str:
        """The figure as published."""
        if claim.reduction is not None:
            return self.language.text("case.claimed_less", share=written(claim.reduction, self.language))
        amounts = (claim.human_contact, claim.self_service_contact)
        return " / ".join(written(one, self.language) for one in amounts if one is not None)

    def _name(self, one: ScenarioCase) -> str:
        return one.scenario.label(self.language.code)

    def _ids(self) -> list[str]:
        return [one.scenario.id for one in self.scenarios]


def _if_known(one: ScenarioCase, value: float | None) -> float | None:
    """A figure that hangs on what is saved; None where that cannot be said."""
    return value if one.is_known else None
