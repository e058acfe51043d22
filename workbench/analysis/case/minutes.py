"""What becomes of every minute of handling under a scenario, so that none is saved twice?

Measures act in the order eliminate → shift → handling time, multiplicatively, whatever order they are written in:

    baseline = eliminated + shifted + leaked + saved + remaining        soll = leaked + remaining + added

Every figure has a column per value of the model's numbers (one for the middle values).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

import numpy as np

from touchpoints.records.scenario import Eliminate, HandlingTime, Scenario, Shift
from workbench.analysis.case.lines import Line, cost_at
from workbench.analysis.case.values import Values
from workbench.analysis.uncertainty import Draws
from workbench.analysis.workload import Work

Measure = Eliminate | Shift | HandlingTime
Levels = Mapping[int, Draws]
"""How far a measure, by its place in the scenario, has come: 0 not begun, 1 at full effect; not named is full."""

_NONE = np.zeros(1)


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

    baseline: Draws
    eliminated: Draws
    shifted: Draws
    leaked: Draws
    saved: Draws
    remaining: Draws
    added: Draws

    @property
    def soll(self) -> Draws:
        """Hours after all measures [h/year]."""
        return self.leaked + self.remaining + self.added

    def __add__(self, other: Minutes) -> Minutes:
        return Minutes(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @classmethod
    def none(cls) -> Minutes:
        """No hours at all."""
        return cls(*(_NONE for _ in fields(cls)))

    def middle(self, name: str) -> float:
        """A figure in its first column, that of the middle values [h/year]."""
        return float(getattr(self, name)[0])


@dataclass(frozen=True)
class Effect:
    """What a scenario does to the contacts of one touchpoint and reason.

    Attributes:
        hours: the minute ledger of the line [h/year].
        eliminated, gross, net: contacts that vanish, try elsewhere, are helped elsewhere [1/year].
        labour_saved: hours saved at their price, less those worked elsewhere [currency/year].
        contact_saved: what contacts cost beside handling: avoided here, less spent elsewhere [currency/year].
        extra: money the measures themselves cost per contact [currency/year].
        arriving: touchpoint, contacts and hours that come there [1/year, h/year].
    """

    work: Work
    hours: Minutes
    eliminated: Draws
    gross: Draws
    net: Draws
    labour_saved: Draws
    contact_saved: Draws
    extra: Draws
    arriving: tuple[tuple[str, Draws, Draws], ...]

    @property
    def saved(self) -> Draws:
        """Money saved on handling and contacts, before cashability and running cost [currency/year]."""
        return self.labour_saved + self.contact_saved


@dataclass(frozen=True)
class Change:
    """What the measures do to a line: share eliminated, gross share per shift, share saved, rise of what stays [1]."""

    eliminated: Draws
    gross: tuple[tuple[Shift, Draws], ...]
    reduction: Draws
    rise: Draws


def effects(
    scenario: Scenario, lines: tuple[Line, ...], values: Values, levels: Levels | None = None,
    only: Iterable[Line] | None = None,
) -> list[Effect]:  # fmt: skip
    """The effect of a scenario on every line of work, or only on some of them."""
    return [effect(scenario, line, lines, values, levels or {}) for line in (lines if only is None else only)]


def hitting(scenario: Scenario, work: Work) -> Iterator[tuple[int, Measure]]:
    """The measures that touch a line of work, each with its place in the scenario."""
    for index, measure in enumerate(scenario.measures):
        if isinstance(measure, Shift):
            hit = measure.from_ == work.touchpoint and work.reason in measure.reasons
        elif isinstance(measure, Eliminate):
            hit = work.reason in measure.reasons and (not measure.touchpoints or work.touchpoint in measure.touchpoints)
        else:
            hit = work.touchpoint in measure.touchpoints and (not measure.reasons or work.reason in measure.reasons)
        if hit:
            yield index, measure


def touched(scenario: Scenario, lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of work that some measure touches."""
    return tuple(line for line in lines if any(True for _ in hitting(scenario, line.work)))


def change(scenario: Scenario, work: Work, values: Values, levels: Levels) -> Change:
    """What the measures that touch a line do to it, so far as they have come.

    Several shifts of one line draw from the same contacts: together they move 1 − Π(1 − g), each in proportion to g.
    """
    one = np.ones(1)
    staying, keeping, wanting, rise = one, one, one, one
    wanted: list[tuple[Shift, Draws]] = []
    for index, measure in hitting(scenario, work):
        level = levels.get(index, one)
        if isinstance(measure, Eliminate):
            staying = staying * (1 - level * values.of(measure.share))
        elif isinstance(measure, Shift):
            share = level * values.of(measure.eligible) * values.of(measure.adoption)
            wanted.append((measure, share))
            wanting = wanting * (1 - share)
        else:
            keeping = keeping * (1 - level * values.of(measure.reduction))
        if measure.rising_complexity and not isinstance(measure, HandlingTime):
            rise = rise * (1 + level * values.of(measure.rising_complexity))
    if len(wanted) > 1:
        total = np.sum([share for _, share in wanted], axis=0)
        scale = np.divide(1 - wanting, total, out=np.zeros_like(total), where=total > 0)
        wanted = [(measure, share * scale) for measure, share in wanted]
    return Change(1 - staying, tuple(wanted), 1 - keeping, rise - 1)


def effect(scenario: Scenario, line: Line, lines: tuple[Line, ...], values: Values, levels: Levels) -> Effect:
    """The effect of a scenario on one line of work."""
    done = change(scenario, line.work, values, levels)
    baseline_h, staying = line.hours, 1 - done.eliminated
    moved = sum((share for _, share in done.gross), _NONE)
    helped = sum((share * values.of(measure.resolved) for measure, share in done.gross), _NONE)
    slower = 1 - done.reduction
    leaked_h = baseline_h * staying * (moved - helped) * slower
    remaining_h = baseline_h * staying * (1 - moved) * slower
    heavier_h = (leaked_h + remaining_h) * done.rise
    trying = [(measure.to, line.contacts * staying * share) for measure, share in done.gross]
    elsewhere = [(to, count, cost_at(lines, line, to)) for to, count in trying]
    hours = Minutes(
        baseline=baseline_h,
        eliminated=baseline_h * done.eliminated,
        shifted=baseline_h * staying * helped,
        leaked=leaked_h,
        saved=baseline_h * staying * (1 - helped) * done.reduction,
        remaining=remaining_h,
        added=heavier_h + sum((count * cost.handling_h for _, count, cost in elsewhere), _NONE),
    )
    avoided = line.contacts * (done.eliminated + staying * helped)
    own_h = baseline_h - leaked_h - remaining_h - heavier_h
    return Effect(
        work=line.work,
        hours=hours,
        eliminated=line.contacts * done.eliminated,
        gross=line.contacts * staying * moved,
        net=line.contacts * staying * helped,
        labour_saved=own_h * line.per_hour - sum((count * cost.labour for _, count, cost in elsewhere), _NONE),
        contact_saved=avoided * line.per_contact - sum((count * cost.contact for _, count, cost in elsewhere), _NONE),
        extra=_extra(scenario, line, done, values, levels),
        arriving=tuple((to, count, count * cost.handling_h) for to, count, cost in elsewhere),
    )


def _extra(scenario: Scenario, line: Line, done: Change, values: Values, levels: Levels) -> Draws:
    """What the measures cost per contact: an eliminating message goes to all, a shift is paid for who tries it."""
    cost = _NONE
    for index, measure in hitting(scenario, line.work):
        if not isinstance(measure, Shift) and measure.cost_each:
            cost = cost + levels.get(index, 1.0) * line.contacts * values.of(measure.cost_each)
    for shift, share in done.gross:
        if shift.cost_each:
            cost = cost + line.contacts * (1 - done.eliminated) * share * values.of(shift.cost_each)
    return cost
