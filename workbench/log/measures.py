"""How many contacts are there, how long do they take and wait, and how many go wrong? Answered from the daily counts.

Each function takes an open log, a grouping `by` (touchpoint, channel, reason, direction, persona, outcome, source, and
year, quarter, month, week, day, weekday) and a selection. What the log does not hold is said in the notes and has no
value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import ibis

from workbench.log.contact import DIMENSIONS, SERVED
from workbench.log.engine import Log
from workbench.log.intervals import count_interval, mean_interval, wilson
from workbench.log.measure import Cell, Measure, measure
from workbench.log.notes import Note, field_note, note
from workbench.log.selection import EVERYTHING, PERIODS, Selection, period_of, summed

By = Sequence[str]
DAYS_PER_MONTH = 365.25 / 12


def volume(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Contacts per month [1/month]: n / days × 365.25/12, with the interval of an over-dispersed count.

    Work on a case without the customer (direction internal) is not counted, unless direction is asked for. The days
    are those of the log in the selection, days without contacts included; in a grouping by period, those of the
    period.
    """
    table = selection.of(log.table("daily"))
    if "direction" not in by and "direction" not in selection.where:
        table = table.filter(table.direction.isnull() | (table.direction != "internal"))
    on_day = table.group_by([*(name for name in by if name in DIMENSIONS), "day"]).agg(n=table.n.sum())
    weekly = summed(
        on_day, tuple(dict.fromkeys((*by, "weekday"))), total=on_day.n.sum(), squares=(on_day.n * on_day.n).sum()
    )
    groups: dict[tuple[str | None, ...], dict[str, tuple[float, float]]] = {} if by else {(): {}}
    for row in log.rows(weekly):
        group = tuple(row[name] for name in by)
        groups.setdefault(group, {})[row["weekday"]] = float(row["total"]), float(row["squares"])
    covered = _days_of_periods(log, by, selection)
    where = [index for index, name in enumerate(by) if name in PERIODS]
    cells = []
    for group, sums in groups.items():
        cells.append(_count_cell(group, sums, covered.get(tuple(str(group[index]) for index in where), {})))
    days = sum(sum(of_period.values()) for of_period in covered.values())
    return measure("volume", "1/month", by, cells, (note("days", count=days),))


def _count_cell(
    group: tuple[str | None, ...], sums: Mapping[str, tuple[float, float]], days: Mapping[str, int]
) -> Cell:
    total, length = sum(total for total, _ in sums.values()), sum(days.values())
    if not length:
        return Cell(group, 0, None)
    low, high = count_interval([(days[weekday], *sums.get(weekday, (0.0, 0.0))) for weekday in days])
    scale = DAYS_PER_MONTH / length
    return Cell(group, int(total), total * scale, low * scale, high * scale)


def handling_time(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean handling time [s] of the contacts that were handled: answered, served, or of unknown outcome."""
    return _mean(log, by, selection, "handling_time", "handling", "handling_time_s", served=True)


def wait(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean wait [s] over all contacts, those that did not queue included."""
    return _mean(log, by, selection, "wait", "wait", "wait_s")


def wait_of_queued(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean wait [s] of the contacts that queued at all."""
    return _mean(log, by, selection, "wait_of_queued", "wait", "wait_s", count="queued_n")


def answer_time(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean time until an answer [s], by the clock."""
    return _mean(log, by, selection, "answer_time", "answer", "answered_at")


def effort_score(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean score after the contact [points], on the scale that the log states."""
    found = _mean(log, by, selection, "effort_score", "effort", "effort_score")
    contact = log.table("contact")
    scales = log.rows(contact.filter(contact.effort_score.notnull()).select("effort_scale").distinct())
    names = sorted(str(row["effort_scale"] or "?") for row in scales)
    stated = (note("scale", scales=", ".join(names)),) if names else ()
    return replace(found, unit="points", notes=(*stated, *found.notes))


def abandonment(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of inbound contacts with a known outcome that the customer left before an answer."""
    return _outcome(log, by, selection, "abandonment", "abandoned")


def unanswered(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of inbound contacts with a known outcome that the organisation never answered."""
    return _outcome(log, by, selection, "unanswered", "unanswered")


def hand_off(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of contacts with a known number of desks that more than one desk handled."""
    return _share(log, by, selection, "hand_off", "layer_count", lambda table: (table.handed_off, table.layers_n))


def stated_resolution(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of contacts that the source itself calls resolved, of those about which it says so or not."""
    return _share(
        log, by, selection, "stated_resolution", "resolved", lambda table: (table.resolved_yes, table.resolved_n)
    )


def absent(log: Log, field: str) -> tuple[Note, ...]:
    """A remark when no contact of the log has a field."""
    return () if log.has(field) else (field_note("absent", field),)


def _outcome(log: Log, by: By, selection: Selection, name: str, outcome: str) -> Measure:
    def counts(table: ibis.Table) -> tuple[ibis.Value, ibis.Value]:
        return (table.outcome == outcome).ifelse(table.ended_n, 0), table.ended_n

    table = log.table("daily")
    if not log.rows(table.filter(table.outcome == outcome).limit(1)):
        # None of them, or the source does not tell: zero would be an invention.
        return measure(name, "share", by, (), (*absent(log, "outcome"), note(f"no_{outcome}")))
    return _share(log, by, selection, name, "outcome", counts)


def _share(
    log: Log,
    by: By,
    selection: Selection,
    name: str,
    field: str,
    counts: Callable[[ibis.Table], tuple[ibis.Value, ibis.Value]],
) -> Measure:
    table = selection.of(log.table("daily"))
    hits, whole = counts(table)
    rows = log.rows(summed(table, by, hits=hits.sum(), n=whole.sum()))
    return share_measure(name, by, rows, absent(log, field))


def share_measure(name: str, by: By, rows: Sequence[Mapping[str, Any]], notes: Iterable[Note]) -> Measure:
    """A share with its Wilson interval per group, from rows with `hits` and `n`."""
    cells = []
    for row in rows:
        group, n, hits = tuple(row[key] for key in by), int(row["n"] or 0), int(row["hits"] or 0)
        if n:
            cells.append(Cell(group, n, hits / n, *wilson(hits, n)))
    return measure(name, "share", by, cells, notes)


def _mean(
    log: Log,
    by: By,
    selection: Selection,
    name: str,
    part: str,
    field: str,
    *,
    served: bool = False,
    count: str | None = None,
) -> Measure:
    table = selection.of(log.table("daily"))
    if served:
        table = table.filter(table.outcome.isnull() | table.outcome.isin(list(SERVED)))
    n, total, squares = table[count or f"{part}_n"], table[f"{part}_sum"], table[f"{part}_sumsq"]
    cells = []
    for row in log.rows(summed(table, by, n=n.sum(), total=total.sum(), squares=squares.sum())):
        if row["n"]:
            n_row, group = int(row["n"]), tuple(row[key] for key in by)
            cells.append(Cell(group, n_row, *mean_interval(n_row, row["total"], row["squares"])))
    return measure(name, "s", by, cells, absent(log, field))


def _days_of_periods(log: Log, by: By, selection: Selection) -> dict[tuple[str, ...], dict[str, int]]:
    """Per period in the grouping: the number of days of each weekday that the log covers in the selection."""
    table = log.table("daily")
    (ends,) = log.rows(table.agg(first=table.day.min(), last=table.day.max()))
    covered: dict[tuple[str, ...], dict[str, int]] = {}
    if ends["first"] is None:
        return covered
    day = max(ends["first"], selection.since or ends["first"])
    while day <= min(ends["last"], selection.until or ends["last"]):
        weekdays = covered.setdefault(tuple(period_of(day, name) for name in by if name in PERIODS), {})
        weekday = period_of(day, "weekday")
        weekdays[weekday] = weekdays.get(weekday, 0) + 1
        day += timedelta(days=1)
    return covered
