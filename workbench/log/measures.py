"""How many contacts are there, how long do they take and wait, and how many go wrong? Answered from the daily counts.

Each function takes an open log, a grouping `by` (touchpoint, channel, reason, direction, persona, outcome, source, and
year, quarter, month, week, day, weekday) and a selection. What the log does not hold is said in the notes and has no
value. Groups of fewer contacts than the log's `suppress_below` are withheld, with as many others as it takes; ask
`log.exact` where code needs every number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import ibis
import numpy as np
from ibis import _

from workbench.log.coding import Codes, Numbers, combined
from workbench.log.contact import DIMENSIONS, SERVED
from workbench.log.disclosure import Disclosed, disclosed
from workbench.log.engine import Log
from workbench.log.intervals import count_intervals, mean_intervals, wilson_intervals
from workbench.log.lacking import lacking
from workbench.log.measure import Cells, Measure, measure
from workbench.log.notes import Note, field_note, note
from workbench.log.selection import EVERYTHING, PERIODS, Groups, Selection, grouped, period_of

By = Sequence[str]
DAYS_PER_MONTH = 365.25 / 12

HANDLED = _.outcome.isnull() | _.outcome.isin(list(SERVED))
"""Whether a contact was handled, as far as the log says."""


def volume(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Contacts per month [1/month]: n / days × 365.25/12, with the interval of an over-dispersed count.

    Work on a case without the customer (direction internal) is not counted, unless direction is asked for. The days
    are those of the log in the selection, days without contacts included; in a grouping by period, those of the
    period.
    """
    table = log.table("daily")
    counted = ibis.literal(True)
    if "direction" not in by and "direction" not in selection.where:
        counted = _.direction.isnull() | (_.direction != "internal")
    seen = disclosed(log, by, selection, _.n.sum(where=counted), table, _.n.sum())
    rows = seen.rows(table).filter(counted)
    on_day = rows.group_by([*(name for name in by if name in DIMENSIONS), "day"]).agg(n=_.n.sum())
    asked = tuple(dict.fromkeys((*by, "weekday")))
    sums = grouped(log, on_day, asked, total=_.n.sum(), squares=(_.n * _.n).sum())
    covered = _days_of_periods(log, by, selection)
    cells = _count_cells(by, asked, sums, covered)
    days = sum(sum(of_period) for of_period in covered.values())
    notes = [note("days", count=days), *seen.notes]
    if not by and not len(cells):
        if seen.withheld:
            notes.append(note("none_shown", least=seen.least))
        else:
            cells = _nothing(days)
    return measure("volume", "1/month", by, cells, notes)


def _count_cells(by: By, asked: By, sums: Groups, covered: dict[tuple[str, ...], list[int]]) -> Cells:
    """From sums per group and weekday: the contacts per month of each group."""
    weekday_key = sums.keys[asked.index("weekday")]
    weekdays = np.array([int(word or 1) - 1 for word in weekday_key.words])[weekday_key.codes]
    keys = sums.keys[: len(by)]
    group = combined([key.codes for key in keys]) if by else np.zeros(sums.size, np.int64)
    first = np.unique(group, return_index=True)[1]
    wide = {name: _by_weekday(group, weekdays, values, len(first)) for name, values in sums.sums.items()}
    periods = [at for at, name in enumerate(by) if name in PERIODS]
    names = zip(*(keys[at].of(first).values() for at in periods), strict=True) if periods else [()] * len(first)
    days = np.array([covered.get(tuple(name), [0] * 7) for name in names], dtype=float).reshape(len(first), 7)
    n, length = wide["total"].sum(axis=1), days.sum(axis=1)
    scale = DAYS_PER_MONTH / np.where(length > 0, length, np.nan)
    low, high = count_intervals(days, wide["total"], wide["squares"])
    return Cells([key.of(first) for key in keys], n, n * scale, low * scale, high * scale)


def _by_weekday(group: Codes, weekdays: Codes, values: Numbers, groups: int) -> Numbers:
    return np.bincount(group * 7 + weekdays, values, groups * 7).reshape(groups, 7).astype(np.float64)


def _nothing(days: int) -> Cells:
    """No contacts at all: zero a month, or nothing to say when there were no days either."""
    zero = np.zeros(1)
    return Cells((), zero, *([zero] * 3 if days else [zero * np.nan]))


def handling_time(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean handling time [s] of the contacts that were handled: answered, served, or of unknown outcome."""
    return _mean(log, by, selection, "handling_time", "handling", "handling_time_s", where=HANDLED)


def wait(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean wait [s] over all contacts, those that did not queue included."""
    return _mean(log, by, selection, "wait", "wait", "wait_s")


def wait_of_queued(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean wait [s] of the contacts that queued at all."""
    return _mean(log, by, selection, "wait_of_queued", "wait", "wait_s", count="queued_n")


def answer_time(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Mean time until an answer [s], by the clock."""
    return _mean(log, by, selection, "answer_time", "answer", "answered_at")


def abandonment(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of inbound contacts with a known outcome that the customer left before an answer."""
    return _outcome(log, by, selection, "abandonment", "abandoned")


def unanswered(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of inbound contacts with a known outcome that the organisation never answered."""
    return _outcome(log, by, selection, "unanswered", "unanswered")


def hand_off(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of contacts with a known number of desks that more than one desk handled."""
    return share_of_days(log, by, selection, "hand_off", "layer_count", _.handed_off.sum(), _.layers_n.sum())


def stated_resolution(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of contacts that the source itself calls resolved, of those about which it says so or not."""
    return share_of_days(log, by, selection, "stated_resolution", "resolved", _.resolved_yes.sum(), _.resolved_n.sum())


def content_use(log: Log, by: By = (), selection: Selection = EVERYTHING) -> Measure:
    """Share of contacts that were handled in which a knowledge item was used."""
    counts = _.content_n.sum(where=HANDLED), _.n.sum(where=HANDLED)
    return share_of_days(log, by, selection, "content_use", "content_id", *counts)


def absent(log: Log, field: str) -> tuple[Note, ...]:
    """A remark when no contact of the log, or of some of its sources, has a field."""
    return lacking(log, field) if log.has(field) else (field_note("absent", field),)


def _outcome(log: Log, by: By, selection: Selection, name: str, outcome: str) -> Measure:
    table = log.table("daily")
    if not log.rows(table.filter(table.outcome == outcome).limit(1)):
        # None of them, or the source does not tell: zero would be an invention.
        return measure(name, "share", by, no_cells(by), (*absent(log, "outcome"), note(f"no_{outcome}")))
    hits = _.ended_n.sum(where=_.outcome == outcome)
    return share_of_days(log, by, selection, name, "outcome", hits, _.ended_n.sum())


def share_of_days(
    log: Log,
    by: By,
    selection: Selection,
    name: str,
    field: str,
    hits: ibis.Deferred,
    n: ibis.Deferred,
    notes: Iterable[Note] = (),
) -> Measure:
    """A share from two sums over the daily counts, when any contact of the log has a field."""
    if not log.has(field):
        return measure(name, "share", by, no_cells(by), (field_note("absent", field), *notes))
    table = log.table("daily")
    seen = disclosed(log, by, selection, n, table, _.n.sum())
    groups = grouped(log, seen.rows(table), by, hits=hits, n=n)
    return share_measure(name, by, groups, seen, (*notes, *absent(log, field)))


def share_measure(name: str, by: By, groups: Groups, seen: Disclosed, notes: Iterable[Note]) -> Measure:
    """A share with its Wilson interval per group, from the sums `hits` and `n`."""
    found = groups.of(groups["n"] > 0)
    hits, n = found["hits"], found["n"]
    return measure(name, "share", by, Cells(found.keys, n, hits / n, *wilson_intervals(hits, n)), (*notes, *seen.notes))


def no_cells(by: By) -> Cells:
    """The cells of an answer that the log cannot give."""
    return Cells((), np.zeros(0), np.zeros(0))


def _mean(
    log: Log,
    by: By,
    selection: Selection,
    name: str,
    part: str,
    field: str,
    *,
    where: Any = None,
    count: str | None = None,
) -> Measure:
    if not log.has(field):
        return measure(name, "s", by, no_cells(by), absent(log, field))
    table = log.table("daily")
    n, total, squares = (
        _[column].sum() if where is None else _[column].sum(where=where)
        for column in (count or f"{part}_n", f"{part}_sum", f"{part}_sumsq")
    )
    seen = disclosed(log, by, selection, n, table, _.n.sum())
    groups = grouped(log, seen.rows(table), by, n=n, total=total, squares=squares)
    found = groups.of(groups["n"] > 0)
    cells = Cells(found.keys, found["n"], *mean_intervals(found["n"], found["total"], found["squares"]))
    return measure(name, "s", by, cells, (*seen.notes, *absent(log, field)))


def _days_of_periods(log: Log, by: By, selection: Selection) -> dict[tuple[str, ...], list[int]]:
    """Per period in the grouping: the number of days of each weekday that the log covers in the selection."""
    covered: dict[tuple[str, ...], list[int]] = {}
    if log.first_day is None or log.last_day is None:
        return covered
    periods = [name for name in by if name in PERIODS]
    day, last = max(log.first_day, selection.since or log.first_day), min(log.last_day, selection.until or log.last_day)
    while day <= last:
        weekdays = covered.setdefault(tuple(period_of(day, name) for name in periods), [0] * 7)
        weekdays[day.weekday()] += 1
        day += timedelta(days=1)
    return covered
