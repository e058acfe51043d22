"""What are the formulas of the minute ledger for one line of work in one stage, and what do they come to?

The formulas are those of `workbench.analysis.case.minutes`: eliminate → shift → handling time, each on what the one
before leaves. Their values are taken from there, so that a test can hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from touchpoints.records.scenario import Eliminate, HandlingTime, Shift
from workbench.analysis.case.lines import Line
from workbench.analysis.case.minutes import Effect, change, hitting
from workbench.analysis.case.values import Points
from workbench.analysis.workload import SECONDS_PER_HOUR
from workbench.office.excel.case_inputs import Inputs
from workbench.office.excel.case_plan import Plan, Stage
from workbench.office.excel.workload_sheet import CONTACTS, HANDLING, PER_CONTACT, PER_HOUR, Workload

COLUMNS: tuple[tuple[str, str], ...] = (
    ("stage", "text"), ("touchpoint", "text"), ("reason", "text"), ("contacts_per_year", "count"),
    ("handling_s", "s"), ("cost_per_hour", "money"), ("cost_per_contact", "money"),
    ("stays_share", "share"), ("tries_share", "share"), ("helped_share", "share"), ("shorter_share", "share"),
    ("heavier_share", "share"), ("ist_h_per_year", "hours"), ("eliminated_h", "hours"), ("shifted_h", "hours"),
    ("leaked_h", "hours"), ("saved_h", "hours"), ("remaining_h", "hours"), ("heavier_h", "hours"),
    ("elsewhere_h", "hours"), ("soll_h_per_year", "hours"), ("ledger_check", "hours"), ("labour_saved", "money"),
    ("contact_saved", "money"), ("extra_per_year", "money"),
)  # fmt: skip
"""The columns and their units."""
AT = {name: index for index, (name, _) in enumerate(COLUMNS)}
"""Where each column is."""


@dataclass(frozen=True)
class LedgerRow:
    """A line of work in a stage."""

    plan: Plan
    stage: Stage
    line: Line
    effect: Effect
    inputs: Inputs
    workload: Workload
    levels: Sequence[str] | None
    """The cells that say how far each measure has come; none at full effect."""

    def level(self, index: int) -> str:
        """How far a measure has come, as a factor of a formula; nothing at full effect."""
        return f"{self.levels[index]}*" if self.levels is not None else ""

    def shares(self) -> tuple[str, str, str, str, str]:
        """The formulas of what stays, tries elsewhere, is helped there, is saved by handling, and makes it heavier."""
        stays, keeps, rises = [], [], []
        for index, measure in hitting(self.plan.one.scenario, self.line.work):
            level = self.level(index)
            if isinstance(measure, Eliminate):
                stays.append(f"(1-{level}{self.inputs.of(measure.share)})")
            elif isinstance(measure, HandlingTime):
                keeps.append(f"(1-{level}{self.inputs.of(measure.reduction)})")
            if measure.rising_complexity and not isinstance(measure, HandlingTime):
                rises.append(f"(1+{level}{self.inputs.of(measure.rising_complexity)})")
        tries, helped = self._moved()
        return (
            "*".join(stays) or "1", tries, helped,
            f"1-{'*'.join(keeps)}" if keeps else "0", f"{'*'.join(rises)}-1" if rises else "0",
        )  # fmt: skip

    def shifts(self) -> list[tuple[Shift, str]]:
        """Every shift of the line with the share that would try it, were it alone."""
        return [
            (measure, f"{self.level(index)}{self.inputs.of(measure.eligible)}*{self.inputs.of(measure.adoption)}")
            for index, measure in hitting(self.plan.one.scenario, self.line.work)
            if isinstance(measure, Shift)
        ]

    def _moved(self) -> tuple[str, str]:
        """Several shifts draw from the same contacts: together 1 − Π(1 − g), each in proportion to g."""
        shifts = self.shifts()
        if not shifts:
            return "0", "0"
        helped = "+".join(f"{share}*{self.inputs.of(measure.resolved)}" for measure, share in shifts)
        if len(shifts) == 1:
            return shifts[0][1], helped
        total = "+".join(share for _, share in shifts)
        together = "*".join(f"(1-{share})" for _, share in shifts)
        return f"1-{together}", f"IF({total}=0,0,(1-{together})/({total})*({helped}))"

    def elsewhere(self, contacts: str, stays: str, tries: str) -> tuple[str, str, str, str]:
        """The formulas of hours worked elsewhere, their price, cost beside them, and what the shifts cost."""
        shifts = self.shifts()
        total = "+".join(share for _, share in shifts)
        hours, labour, each, extra = [], [], [], []
        for measure, share in shifts:
            part = share if len(shifts) == 1 else f"IF({total}=0,0,{tries}*{share}/({total}))"
            count = f"{contacts}*{stays}*{part}"
            time, per_hour, cost = self.inputs.elsewhere[self.line.work.key, measure.to]
            hours.append(f"{count}*{time}/{SECONDS_PER_HOUR}")
            labour.append(f"{count}*{time}/{SECONDS_PER_HOUR}*{per_hour}")
            each.append(f"{count}*{cost}")
            if measure.cost_each:
                extra.append(f"{count}*{self.inputs.of(measure.cost_each)}")
        return "+".join(hours) or "0", "+".join(labour) or "0", "+".join(each) or "0", "+".join(extra)

    def messages(self, contacts: str) -> list[str]:
        """What the measures cost that go to every contact in scope."""
        return [
            f"{self.level(index)}{contacts}*{self.inputs.of(measure.cost_each)}"
            for index, measure in hitting(self.plan.one.scenario, self.line.work)
            if not isinstance(measure, Shift) and measure.cost_each
        ]


def formulas(row: int, one: LedgerRow) -> dict[str, str]:
    """The formulas of a row of the sheet, by column."""
    at = {name: xl_rowcol_to_cell(row, index) for name, index in AT.items()}
    stays, tries, helped, shorter, heavier = one.shares()
    contacts, stay, moved = at["contacts_per_year"], at["stays_share"], at["tries_share"]
    helping, slow = at["helped_share"], f"(1-{at['shorter_share']})"
    hours, labour, each, extra = one.elsewhere(contacts, stay, moved)
    ist = at["ist_h_per_year"]
    cell = one.workload.cell
    own = "-".join(at[key] for key in ("leaked_h", "remaining_h", "heavier_h"))
    parts = "+".join(at[key] for key in ("eliminated_h", "shifted_h", "leaked_h", "saved_h", "remaining_h"))
    return {
        "contacts_per_year": cell(one.line, CONTACTS),
        "handling_s": cell(one.line, HANDLING),
        "cost_per_hour": cell(one.line, PER_HOUR),
        "cost_per_contact": cell(one.line, PER_CONTACT),
        "stays_share": stays,
        "tries_share": tries,
        "helped_share": helped,
        "shorter_share": shorter,
        "heavier_share": heavier,
        "ist_h_per_year": f"{contacts}*{at['handling_s']}/{SECONDS_PER_HOUR}",
        "eliminated_h": f"{ist}*(1-{stay})",
        "shifted_h": f"{ist}*{stay}*{helping}",
        "leaked_h": f"{ist}*{stay}*({moved}-{helping})*{slow}",
        "saved_h": f"{ist}*{stay}*(1-{helping})*{at['shorter_share']}",
        "remaining_h": f"{ist}*{stay}*(1-{moved})*{slow}",
        "heavier_h": f"({at['leaked_h']}+{at['remaining_h']})*{at['heavier_share']}",
        "elsewhere_h": hours,
        "soll_h_per_year": "+".join(at[key] for key in ("leaked_h", "remaining_h", "heavier_h", "elsewhere_h")),
        "ledger_check": f"ROUND({parts}-{ist},6)",
        "labour_saved": f"({ist}-{own})*{at['cost_per_hour']}-({labour})",
        "contact_saved": f"{contacts}*(1-{stay}+{stay}*{helping})*{at['cost_per_contact']}-({each})",
        "extra_per_year": "+".join((*one.messages(contacts), *([extra] if extra else []))) or "0",
    }


def outcomes(one: LedgerRow) -> dict[str, float]:
    """What the formulas come to now, by the business case itself."""
    work, found, hours = one.line.work, one.effect, one.effect.hours
    done = change(one.plan.one.scenario, work, Points(), one.stage.of_measures)
    moved = sum(float(share[0]) for _, share in done.gross)
    helped = sum(float(share[0]) * measure.resolved.point for measure, share in done.gross)
    elsewhere_h = sum(float(arriving[0]) for _, _, arriving in found.arriving)
    return {
        "contacts_per_year": work.contacts_per_year,
        "handling_s": work.handling_s or 0.0,
        "cost_per_hour": work.cost_per_hour or 0.0,
        "cost_per_contact": work.cost_per_contact,
        "stays_share": 1 - float(done.eliminated[0]),
        "tries_share": moved,
        "helped_share": helped,
        "shorter_share": float(done.reduction[0]),
        "heavier_share": float(done.rise[0]),
        "ist_h_per_year": hours.middle("baseline"),
        "eliminated_h": hours.middle("eliminated"),
        "shifted_h": hours.middle("shifted"),
        "leaked_h": hours.middle("leaked"),
        "saved_h": hours.middle("saved"),
        "remaining_h": hours.middle("remaining"),
        "heavier_h": hours.middle("added") - elsewhere_h,
        "elsewhere_h": elsewhere_h,
        "soll_h_per_year": float(hours.soll[0]),
        "ledger_check": 0.0,
        "labour_saved": float(found.labour_saved[0]),
        "contact_saved": float(found.contact_saved[0]),
        "extra_per_year": float(found.extra[0]),
    }
