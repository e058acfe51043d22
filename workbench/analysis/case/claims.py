"""What would published figures and suppliers' promises mean here, if they held? For comparison only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from touchpoints.inventory import Inventory
from touchpoints.library import library_record, library_trees
from touchpoints.records.scenario import Claim
from touchpoints.validate import validate
from workbench.analysis.workload import Work


@dataclass(frozen=True, slots=True)
class ClaimHere:
    """A claim held against the model.

    Attributes:
        here_each: what a contact with a person costs in the model, for claims about that [currency].
        hours: staff hours a year that would be saved, low and high end, for claims about handling time [h/year].
        money: the same at their price [currency/year].
    """

    claim: Claim
    here_each: float | None
    hours: tuple[float, float] | None
    money: tuple[float, float] | None


def all_claims(inventory: Inventory) -> dict[str, Claim]:
    """The project's own claims, and those of the library that it does not replace."""
    found = dict(inventory.claims)
    for key in library_trees("claims"):
        if key not in found:
            record, faults = validate(Claim, library_record("claims", key), f"claim '{key}'", {"id": key})
            if record is None or faults:
                raise ValueError(f"the built-in library is broken: {faults}")
            found[key] = record
    return found


def claims_here(inventory: Inventory, works: tuple[Work, ...]) -> tuple[ClaimHere, ...]:
    """Every claim, and what it would mean for the contacts that people handle."""
    human = [work for work in works if work.human]
    return tuple(one for claim in all_claims(inventory).values() for one in _here(claim, human))


def _here(claim: Claim, human: list[Work]) -> Iterator[ClaimHere]:
    if claim.reduction is not None:
        hours = sum(work.staff_h_per_year for work in human)
        money = sum(work.staff_h_per_year * (work.cost_per_hour or 0.0) for work in human)
        low, high = claim.reduction.low, claim.reduction.high
        yield ClaimHere(claim, None, (low * hours, high * hours), (low * money, high * money))
    if claim.human_contact is not None:
        contacts = sum(work.contacts_per_year for work in human)
        each = sum(work.cost_per_year for work in human) / contacts if contacts else None
        yield ClaimHere(claim, each, None, None)
