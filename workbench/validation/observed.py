"""What does the log say about the numbers of the model's volumes?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from touchpoints.estimate import Estimate
from touchpoints.inventory import Inventory, evidence_at
from touchpoints.quantities import AnswerTime
from touchpoints.records.contact import EffortScore, Volume
from workbench.log import measures
from workbench.log.engine import Log
from workbench.log.measure import Cells, Measure
from workbench.log.repeats import first_contact_resolution, repeat_share
from workbench.log.scores import effort_score
from workbench.log.selection import EVERYTHING, Selection
from workbench.validation.claim import Claim, Kind
from workbench.validation.clustering import DailySums, daily_sums, mean_of, share_of, together
from workbench.validation.counts import Rate, daily_counts, rate
from workbench.validation.drift import Month, trend
from workbench.validation.verdict import Observation

BY = ("touchpoint", "reason")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a volume, its unit, and the measure that says what it was."""

    kind: Kind
    unit: str
    measure: Callable[..., Measure]


_FIELDS = (
    _Field("handling_time", "s", measures.handling_time),
    _Field("wait", "s", measures.wait),
    _Field("answer_time", "s", measures.answer_time),
    _Field("abandoned", "share", measures.abandonment),
    _Field("unanswered", "share", measures.unanswered),
    _Field("handed_off", "share", measures.hand_off),
    _Field("resolved_first_time", "share", first_contact_resolution),
    _Field("effort_score", "points", effort_score),
)


def observed(inventory: Inventory, log: Log, selection: Selection = EVERYTHING) -> Iterator[Claim]:
    """Every number of a volume that the log can speak to.

    A volume of one persona is held against the contacts of that persona, one without against those of all personas
    that have no volume of their own. Logs that know no personas say nothing about the former.

    Args:
        inventory: a model without errors.
        log: an open log that withholds nothing (`log.exact`).
        selection: the contacts that count.
    """
    personas = _personas(inventory)
    by = (*BY, "persona") if personas and log.has("persona") else BY
    told = [volume for volume in inventory.volumes.values() if "persona" in by or not _names_persona(volume, personas)]
    yield from _rates(told, personas, log, by, selection)
    for field in _FIELDS:
        wanted = [(volume, found) for volume in told if (found := _comparable(volume, field.kind)) is not None]
        if not wanted:
            continue
        cells = field.measure(log, (*by, "day"), selection).cells
        assert isinstance(cells, Cells)
        sums = daily_sums(cells, is_share=field.unit == "share")
        for volume, estimate in wanted:
            own = [sums[group] for group in _groups(volume, personas, sums)]
            if own:
                yield _claim(volume, field, estimate, together(own))


def _names_persona(volume: Volume, personas: dict[tuple[str, str], set[str]]) -> bool:
    return (volume.touchpoint, volume.reason) in personas


def _personas(inventory: Inventory) -> dict[tuple[str, str], set[str]]:
    """The touchpoints and reasons that are counted per persona, with those personas."""
    found: dict[tuple[str, str], set[str]] = {}
    for volume in inventory.volumes.values():
        if volume.persona:
            found.setdefault((volume.touchpoint, volume.reason), set()).add(volume.persona)
    return found


def _groups(
    volume: Volume, personas: dict[tuple[str, str], set[str]], known: Mapping[tuple[str | None, ...], object]
) -> list[tuple[str | None, ...]]:
    """The groups of the log that a volume counts."""
    pair = (volume.touchpoint, volume.reason)
    others = personas.get(pair, set())
    if not others:
        return [pair] if pair in known else [group for group in known if group[:2] == pair]
    if volume.persona:
        return [group for group in known if group == (*pair, volume.persona)]
    return [group for group in known if group[:2] == pair and group[2] is not None and group[2] not in others]


def _comparable(volume: Volume, kind: Kind) -> Estimate | EffortScore | None:
    """What the volume states that a log measures in the same way: answers by the clock, not in working hours."""
    stated = getattr(volume, kind)
    return None if isinstance(stated, AnswerTime) and stated.office else stated


def _rates(
    volumes: Sequence[Volume],
    personas: dict[tuple[str, str], set[str]],
    log: Log,
    by: Sequence[str],
    selection: Selection,
) -> Iterator[Claim]:
    """The contacts per month."""
    days = daily_counts(log, by, selection)
    if days is None:
        return
    again = {cell.group: cell.value or 0.0 for cell in repeat_share(log, BY, selection, notion="channel").cells}
    for volume in volumes:
        groups = _groups(volume, personas, days.counts)
        if volume.contacts is None or not groups:
            continue
        counts = np.sum([days.counts[group] for group in groups], axis=0)
        found = rate(days, counts, again.get((volume.touchpoint, volume.reason), 0.0))
        if found.n:
            yield _stated(volume, "contacts", "1/month", volume.contacts, counted(found, volume.contacts), found.months)


def counted(found: Rate, estimate: Estimate) -> Observation:
    """A number of contacts as observed; if the assumption were true it would scatter like its square root."""
    nearest = min(max(found.value, estimate.low), estimate.high)
    se = found.se * math.sqrt(nearest / found.value) if found.value and nearest else found.se
    return Observation(found.value, *found.interval, se, found.n)


def _claim(volume: Volume, field: _Field, estimate: Estimate | EffortScore, sums: DailySums) -> Claim:
    if isinstance(estimate, EffortScore):
        number = Estimate(estimate.mean, estimate.mean, estimate.mean, "point", str(estimate.mean))
        return _stated(volume, field.kind, field.unit, number, *mean_of(sums, number), path=("effort_score", "mean"))
    make = share_of if field.unit == "share" else mean_of
    return _stated(volume, field.kind, field.unit, estimate, *make(sums, estimate))


def _stated(
    volume: Volume,
    kind: Kind,
    unit: str,
    estimate: Estimate,
    seen: Observation,
    months: Sequence[Month],
    path: tuple[str, ...] | None = None,
) -> Claim:
    field: tuple[Any, ...] = path or (kind,)
    name = f"volumes/{volume.id}/{'.'.join(field)}"
    return Claim(
        name=name,
        kind=kind,
        unit=unit,
        modelled=estimate.point,
        low=estimate.low,
        high=estimate.high,
        evidence=evidence_at(volume, field),
        place=volume.where(*field),
        seen=seen,
        trend=trend(months),
        covers=(name,),
    )
