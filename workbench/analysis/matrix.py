"""Which contacts should be leveraged, simplified, automated or eliminated, and how much of it is failure demand?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.contact import Reason
from workbench.analysis.workload import distinct, known_contacts, known_cost, known_hours, left_out, workload
from workbench.language.language import Language
from workbench.log.intervals import wilson
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table

Action = Literal["leverage", "simplify", "automate", "eliminate", "undecided"]


@dataclass(frozen=True)
class Placed:
    """A reason in the matrix; `contacts_with_staff` are those of its contacts in a year that people answer.

    What nothing counts is None.
    """

    reason: str
    action: Action
    contacts_per_year: float | None
    contacts_with_staff: float | None
    staff_h_per_year: float | None
    cost_per_year: float | None
    failure_demand: bool | None


@dataclass(frozen=True)
class FailureDemand:
    """Contacts that exist only because something went wrong before.

    Attributes:
        contacts, of: failure contacts and contacts of reasons judged, in a month.
        share: their quotient; None when no reason was judged.
        low, high: Wilson 95% interval, as if the month's contacts were a sample.
        unjudged: contacts a month of reasons not judged.
    """

    contacts: int
    of: int
    share: float | None
    low: float | None
    high: float | None
    unjudged: int

    @property
    def least(self) -> float | None:
        """Share of all contacts if none of those not judged were failure demand [1]."""
        whole = self.of + self.unjudged
        return self.contacts / whole if whole else None

    @property
    def most(self) -> float | None:
        """Share of all contacts if all of those not judged were failure demand [1]."""
        whole = self.of + self.unjudged
        return (self.contacts + self.unjudged) / whole if whole else None


@dataclass(frozen=True, repr=False)
class Matrix(Result):
    """Reasons by action, most staff time first, and failure demand."""

    reasons: tuple[Placed, ...]
    failure: FailureDemand
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language
    notes: tuple[str, ...] = ()
    """What is missing from hours and cost."""

    def tables(self) -> tuple[Table, ...]:
        """Actions; reasons; failure demand."""
        code = self.language.code
        actions: tuple[Action, ...] = ("eliminate", "automate", "simplify", "leverage", "undecided")
        load = ["contacts_per_year", "contacts_with_staff", "staff_h_per_year", "cost_per_year"]
        summed = [
            (action, len(mine), *(_sum(getattr(one, name) for one in mine) for name in load))
            for action in actions
            if (mine := [one for one in self.reasons if one.action == action])
        ]
        by_action = table("matrix", ["action", "reasons_count", *load], summed, self.notes)
        reasons = table(
            "matrix_reasons",
            ["reason", "action", "value_customer", "value_organisation", *load, "failure_demand", "place"],
            [
                (self._reason(one).label(code), one.action, _sign(self._reason(one), "customer"),
                 _sign(self._reason(one), "organisation"), one.contacts_per_year, one.contacts_with_staff,
                 one.staff_h_per_year, one.cost_per_year, one.failure_demand, str(self._reason(one).place))
                for one in self.reasons
            ],
            ids=[one.reason for one in self.reasons],
        )  # fmt: skip
        one = self.failure
        failure = table(
            "failure_demand",
            [
                "failure_contacts",
                "judged_contacts",
                "failure_share",
                "failure_low",
                "failure_high",
                "unjudged_contacts", "failure_least", "failure_most",
            ],
            [(one.contacts, one.of, one.share, one.low, one.high, one.unjudged, one.least, one.most)],
        )  # fmt: skip
        return by_action, reasons, failure

    def _reason(self, placed: Placed) -> Reason:
        return self.inventory.reasons[placed.reason]


def _sign(reason: Reason, whose: str) -> str | None:
    return getattr(reason.value, whose) if reason.value else None


def action_of(reason: Reason) -> Action:
    """What to do with a reason, by whom its contacts are of value to.

    Of value to both: leverage; to the customer only: automate; to the organisation only: simplify; to neither:
    eliminate. Undecided when one of the two is not judged.

    Example:
        >>> action_of(Reason.model_validate({"value": {"customer": "irritant", "organisation": "irritant"}}))
        'eliminate'

    References:
        Price and Jaffe (2008), The Best Service is No Service, ch. 2.
    """
    customer, organisation = _sign(reason, "customer"), _sign(reason, "organisation")
    if customer is None or organisation is None:
        return "undecided"
    if customer == "value":
        return "leverage" if organisation == "value" else "automate"
    return "simplify" if organisation == "value" else "eliminate"


def matrix(project: Project, language: Language | None = None) -> Matrix:
    """Reasons in the value matrix with their volume and minutes, and the share of failure demand."""
    inventory = project.inventory
    language = language or project.language
    works = workload(project)
    placed = []
    for reason in inventory.reasons.values():
        mine = [work for work in works if work.reason == reason.id]
        if mine:
            with_staff = [work for work in mine if work.human]
            placed.append(
                Placed(
                    reason=reason.id,
                    action=action_of(reason),
                    contacts_per_year=known_contacts(mine),
                    contacts_with_staff=known_contacts(with_staff) if with_staff else 0.0,
                    staff_h_per_year=known_hours(mine),
                    cost_per_year=known_cost(mine),
                    failure_demand=reason.failure_demand,
                )
            )
    placed.sort(key=lambda one: (-(one.staff_h_per_year or 0.0), -(one.contacts_per_year or 0.0), one.reason))
    notes = tuple(left_out(works, language))
    return Matrix(tuple(placed), _failure(placed), inventory, distinct(works), language, notes)


def _sum(parts: Iterable[float | None]) -> float | None:
    """The sum of what is known, None where nothing is."""
    known = [one for one in parts if one is not None]
    return sum(known) if known else None


def _failure(placed: list[Placed]) -> FailureDemand:
    def contacts(judged: bool | None) -> int:
        return round(sum(one.contacts_per_year or 0.0 for one in placed if one.failure_demand is judged) / 12)

    failing, fine, unjudged = contacts(True), contacts(False), contacts(None)
    whole = failing + fine
    if whole == 0:
        return FailureDemand(0, 0, None, None, None, unjudged)
    return FailureDemand(failing, whole, failing / whole, *wilson(failing, whole), unjudged)
