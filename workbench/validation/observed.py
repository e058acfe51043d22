"""What does the log say about the numbers of the model's volumes?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from touchpoints.estimate import Estimate
from touchpoints.inventory import Inventory, evidence_at
from touchpoints.quantities import AnswerTime
from touchpoints.records.contact import EffortScore, Volume
from workbench.log import measures
from workbench.log.engine import Log
from workbench.log.intervals import mean_interval, wilson
from workbench.log.measure import Cell, Measure
from workbench.log.repeats import first_contact_resolution, repeat_share
from workbench.log.scores import effort_score
from workbench.log.selection import EVERYTHING, Selection
from workbench.validation.claim import Claim, Kind
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
        cells = _by_group(field.measure(log, (*by, "month"), selection).cells)
        for volume, estimate in wanted:
            months = [cell for group in _groups(volume, personas, cells) for cell in cells[group]]
            claim = _claim(volume, field, estimate, months)
            if claim is not None:
                yield claim


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


def _by_group(cells: Iterable[Cell]) -> dict[tuple[str | None, ...], list[Cell]]:
    found: dict[tuple[str | None, ...], list[Cell]] = {}
    for cell in cells:
        if cell.value is not None and cell.n > 0:
            found.setdefault(cell.group[:-1], []).append(cell)
    return found


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


def _claim(volume: Volume, field: _Field, estimate: Estimate | EffortScore, months: list[Cell]) -> Claim | None:
    if not months:
        return None
    if isinstance(estimate, EffortScore):
        number = Estimate(estimate.mean, estimate.mean, estimate.mean, "point", str(estimate.mean))
        return _stated(volume, field.kind, field.unit, number, *_mean(months, number), path=("effort_score", "mean"))
    make = _share if field.unit == "share" else _mean
    return _stated(volume, field.kind, field.unit, estimate, *make(months, estimate))


def _mean(months: list[Cell], estimate: Estimate) -> tuple[Observation, tuple[Month, ...]]:
    """A mean over the months, from n, Σx and Σx²; if the assumption were true its scatter would scale with it."""
    n = sum(cell.n for cell in months)
    total = sum(cell.n * (cell.value or 0.0) for cell in months)
    squares = sum((cell.sd or 0.0) ** 2 * (cell.n - 1) + cell.n * (cell.value or 0.0) ** 2 for cell in months)
    mean, low, high, sd = mean_interval(n, total, squares)
    nearest = min(max(mean, estimate.low), estimate.high)
    spread = (sd or 0.0) * (nearest / mean if mean > 0 and nearest > 0 else 1.0)
    seen = Observation(
        mean,
        -math.inf if low is None else low,
        math.inf if high is None else high,
        spread / math.sqrt(n),
        n,
        max(1, n - 1),
    )
    each = (Month(_month(cell), cell.value or 0.0, (sd or 0.0) / math.sqrt(cell.n), cell.n) for cell in months)
    return seen, _in_order(each, math.fsum)


def _share(months: list[Cell], estimate: Estimate) -> tuple[Observation, tuple[Month, ...]]:
    """A share over the months; its standard error is that of the assumption (a score test): 0 of n is no certainty."""
    n = sum(cell.n for cell in months)
    hits = round(sum(cell.n * (cell.value or 0.0) for cell in months))
    share = hits / n
    nearest = min(max(share, estimate.low), estimate.high)
    se = math.sqrt(max(nearest * (1 - nearest), 0.25 / n) / n)
    spread = math.sqrt(max(share * (1 - share), 0.25 / n))
    each = (Month(_month(cell), cell.value or 0.0, spread / math.sqrt(cell.n), cell.n) for cell in months)
    return Observation(share, *wilson(hits, n), se, n), _in_order(each, math.fsum)


def _month(cell: Cell) -> date:
    return date.fromisoformat(f"{cell.group[-1]}-01")


def _in_order(months: Iterable[Month], total: Callable[[Iterable[float]], float]) -> tuple[Month, ...]:
    """One month each, in order: several groups of a month (personas) become one by their n."""
    merged: dict[date, list[Month]] = {}
    for month in months:
        merged.setdefault(month.start, []).append(month)
    found = []
    for start in sorted(merged):
        parts = merged[start]
        if len(parts) == 1:
            found += parts
            continue
        n = sum(part.n for part in parts)
        value = total(part.value * part.n for part in parts) / n
        found.append(Month(start, value, math.sqrt(total((part.se * part.n) ** 2 for part in parts)) / n, n))
    return tuple(found)


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
