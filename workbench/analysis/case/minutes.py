"""What becomes of every minute of handling under a scenario, so that none is saved twice?

Measures act in the order eliminate → shift → handling time, multiplicatively, whatever order they are written in:

    baseline = eliminated + shifted + leaked + saved + remaining        soll = leaked + remaining + added
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from math import prod

from touchpoints.records.scenario import Eliminate, HandlingTime, Scenario, Shift
from workbench.analysis.steering import cost_at
from workbench.analysis.workload import SECONDS_PER_HOUR, Work


@dataclass(frozen=True, slots=True)
class Minutes:
    """Where the hours of a year go [h/year].

    Attributes:
        baseline: today (ist).
        eliminated: of contacts that are not made any more.
        shifted: of contacts that are helped elsewhere.
        leaked: of contacts that tried elsewhere, come back and are worked.
        saved: by shorter handling.
        remaining: of contacts that stay.
        added: by heavier contacts that stay, and by people at the other touchpoint.
    """

    baseline: float = 0.0
    eliminated: float = 0.0
    shifted: float = 0.0
    leaked: float = 0.0
    saved: float = 0.0
    remaining: float = 0.0
    added: float = 0.0

    @property
    def soll(self) -> float:
        """Hours after all measures [h/year]."""
        return self.leaked + self.remaining + self.added

    def __add__(self, other: Minutes) -> Minutes:
        return Minutes(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class Effect:
    """What a scenario does to the contacts of one touchpoint and reason.

    Attributes:
        hours: the minute ledger of the line [h/year].
        eliminated_per_year, gross_per_year, net_per_year: contacts [1/year].
        labour_saved_per_year: hours saved at their price, less those worked elsewhere [currency/year].
        contact_saved_per_year: what contacts cost beside handling: avoided here, less spent elsewhere [currency/year].
        extra_per_year: money the measures themselves cost per contact [currency/year].
    """

    work: Work
    hours: Minutes
    eliminated_per_year: float
    gross_per_year: float
    net_per_year: float
    labour_saved_per_year: float
    contact_saved_per_year: float
    extra_per_year: float

    @property
    def saved_per_year(self) -> float:
        """Money saved on handling and contacts, before cashability and running cost [currency/year]."""
        return self.labour_saved_per_year + self.contact_saved_per_year


def effects(scenario: Scenario, works: tuple[Work, ...]) -> tuple[Effect, ...]:
    """The effect of a scenario on every line of work."""
    return tuple(_effect(scenario, work, works) for work in works)


def shares(scenario: Scenario, work: Work) -> tuple[float, list[tuple[Shift, float]], float, float]:
    """What the measures do to a line: share eliminated, gross share per shift, reduction, rise of what stays [1].

    Several shifts of one line draw from the same contacts: together they move 1 − Π(1 − g), each in proportion to g.
    """
    eliminating = [measure for measure in _hitting(scenario, work) if isinstance(measure, Eliminate)]
    shifting = [measure for measure in _hitting(scenario, work) if isinstance(measure, Shift)]
    faster = [measure for measure in _hitting(scenario, work) if isinstance(measure, HandlingTime)]
    eliminated = 1 - prod(1 - measure.share.point for measure in eliminating)
    wanted = [measure.eligible.point * measure.adoption.point for measure in shifting]
    together = 1 - prod(1 - share for share in wanted)
    scale = together / sum(wanted) if sum(wanted) else 0.0
    gross = [(measure, share * scale) for measure, share in zip(shifting, wanted, strict=True)]
    reduction = 1 - prod(1 - measure.reduction.point for measure in faster)
    risen = prod(
        1 + measure.rising_complexity.point for measure in [*eliminating, *shifting] if measure.rising_complexity
    )
    return eliminated, gross, reduction, risen - 1


def _hitting(scenario: Scenario, work: Work) -> Iterable[Eliminate | Shift | HandlingTime]:
    for measure in scenario.measures:
        if isinstance(measure, Shift):
            hit = measure.from_ == work.touchpoint and work.reason in measure.reasons
        elif isinstance(measure, Eliminate):
            hit = work.reason in measure.reasons and (not measure.touchpoints or work.touchpoint in measure.touchpoints)
        else:
            hit = work.touchpoint in measure.touchpoints and (not measure.reasons or work.reason in measure.reasons)
        if hit:
            yield measure


def _effect(scenario: Scenario, work: Work, works: tuple[Work, ...]) -> Effect:
    eliminated, gross, reduction, rise = shares(scenario, work)
    contacts = work.contacts_per_year
    baseline_h = work.staff_h_per_year
    staying = 1 - eliminated
    moved = sum(share for _, share in gross)
    helped = sum(share * measure.resolved.point for measure, share in gross)
    worked_h = baseline_h * staying * (1 - helped)
    leaked_h = baseline_h * staying * (moved - helped) * (1 - reduction)
    remaining_h = baseline_h * staying * (1 - moved) * (1 - reduction)
    elsewhere = [(contacts * staying * share, cost_at(works, work, measure.to)) for measure, share in gross]
    elsewhere_h = sum(count * cost.handling_s for count, cost in elsewhere) / SECONDS_PER_HOUR
    heavier_h = (leaked_h + remaining_h) * rise
    hours = Minutes(
        baseline=baseline_h,
        eliminated=baseline_h * eliminated,
        shifted=baseline_h * staying * helped,
        leaked=leaked_h,
        saved=worked_h * reduction,
        remaining=remaining_h,
        added=heavier_h + elsewhere_h,
    )
    avoided = contacts * (eliminated + staying * helped)
    own_h = hours.baseline - leaked_h - remaining_h - heavier_h
    labour = own_h * (work.cost_per_hour or 0.0) - sum(count * cost.labour for count, cost in elsewhere)
    contact = avoided * work.cost_per_contact - sum(count * cost.contact for count, cost in elsewhere)
    return Effect(
        work=work,
        hours=hours,
        eliminated_per_year=contacts * eliminated,
        gross_per_year=contacts * staying * moved,
        net_per_year=contacts * staying * helped,
        labour_saved_per_year=labour,
        contact_saved_per_year=contact,
        extra_per_year=_extra(scenario, work, gross, staying),
    )


def _extra(scenario: Scenario, work: Work, gross: list[tuple[Shift, float]], staying: float) -> float:
    """What the measures cost per contact: an eliminating message goes to all, a shift is paid for who tries it."""
    cost = 0.0
    for measure in _hitting(scenario, work):
        if not isinstance(measure, Shift) and measure.cost_each:
            cost += work.contacts_per_year * measure.cost_each.point
    for shift, share in gross:
        if shift.cost_each:
            cost += work.contacts_per_year * staying * share * shift.cost_each.point
    return cost
