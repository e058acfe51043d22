"""What does the contact log say of what is promised?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from ibis import _
from numpy.typing import NDArray

from touchpoints.arrivals import library_arrivals
from touchpoints.inventory import Inventory
from touchpoints.quantities import AnswerTime
from touchpoints.records.contact import Touchpoint
from workbench.analysis.staffing.week import WorkYear, work_year
from workbench.analysis.targets.reading import Lack, Promised, Reading, is_live, stated_hours
from workbench.analysis.targets.working_time import Moments, opening_seconds
from workbench.log.contact import SERVED
from workbench.log.disclosure import disclosed
from workbench.log.engine import Log
from workbench.log.intervals import wilson
from workbench.log.measure import Cell, Measure
from workbench.log.measures import abandonment, handling_time, share_measure, unanswered, wait
from workbench.log.repeats import first_contact_resolution
from workbench.log.rollups import inbound
from workbench.log.scores import effort_scores
from workbench.log.selection import Selection, grouped

_MEASURES: dict[str, Callable[[Log, tuple[str, ...], Selection], Measure]] = {
    "abandonment": abandonment,
    "unanswered": unanswered,
    "handling_time": handling_time,
    "wait": wait,
    "first_contact_resolution": first_contact_resolution,
}


def logged(inventory: Inventory, promised: Promised, log: Log) -> Reading:
    """The value of the log with its 95% interval; small groups are not shown."""
    target, here = promised.target, promised.touchpoint
    if here is None:
        return Reading(lacks=(Lack("lack_log_journey"),))
    if target.measure == "reachability":
        return Reading(lacks=(Lack("lack_log_hours"),))
    where = {"touchpoint": (here.id,)} | ({"reason": (target.reason,)} if target.reason else {})
    selection = Selection(where)
    if target.measure in _MEASURES:
        return _reading(_MEASURES[target.measure](log, (), selection).total)
    if target.measure == "effort_score":
        scores = effort_scores(log, (), selection)
        return _reading(next((cell for cell in scores.mean if cell.group == ("ces2",)), Cell((), 0, None)))
    if target.limit is None:
        return Reading(lacks=(Lack("lack_limit"),))
    if is_live(inventory, here) and (not target.limit.office or log.has("wait_s")):
        return _within_wait(log, selection, target.limit)
    return _within_answer(inventory, here, log, selection, target.limit)


def _reading(cell: Cell) -> Reading:
    if cell.value is None or not cell.n:
        return Reading(lacks=(Lack("lack_log"),))
    return Reading(cell.value, cell.low, cell.high, cell.n, "basis_log")


def _within_wait(log: Log, selection: Selection, limit: AnswerTime) -> Reading:
    """The share of all that waited, those who gave up included, that was answered within the limit."""
    contact = log.table("contact")
    rows = contact.filter(inbound(contact) & contact.wait_s.notnull())
    seen = disclosed(log, (), selection, _.count(), rows)
    served = (_.outcome.isnull() | _.outcome.isin(list(SERVED))) & (_.wait_s <= limit.point)
    groups = grouped(log, seen.rows(rows), (), hits=served.fill_null(False).sum(), n=_.count())
    return _reading(share_measure("within", (), groups, seen, ()).of())


def _within_answer(
    inventory: Inventory, here: Touchpoint, log: Log, selection: Selection, limit: AnswerTime
) -> Reading:
    """The share answered before the deadline; contacts whose deadline is after the end of the log are left out."""
    if not log.has("answered_at") or log.last_at is None:
        return Reading(lacks=(Lack("lack_answered_at"),))
    contact = log.table("contact")
    rows = contact.filter(inbound(contact) & (contact.outcome.isnull() | (contact.outcome != "abandoned")))
    # What is withheld is decided on all contacts of the question, before those without a deadline yet are left out.
    seen = disclosed(log, (), selection, _.count(), rows)
    found = log.arrow(seen.rows(rows).select("started_at", "answered_at"))
    zone = ZoneInfo(log.time_zone)
    started, answered = (_local(found[name].to_pandas(), zone) for name in ("started_at", "answered_at"))
    end = np.full(started.shape, np.datetime64(log.last_at.astimezone(zone).replace(tzinfo=None), "s"))
    is_answered = ~np.isnat(answered)
    took_s = _elapsed(inventory, here, started, np.where(is_answered, answered, end), limit)
    could_s = _elapsed(inventory, here, started, end, limit)
    in_time = is_answered & (took_s <= limit.point)
    # Only who came long enough ago counts; else the quick answers of the last days would count and the slow ones not.
    known = could_s >= limit.point
    n = int(known.sum())
    if n < max(1, log.suppress_below):
        return Reading(lacks=(Lack("lack_log"),))
    hits = int((in_time & known).sum())
    return Reading(hits / n, *wilson(hits, n), n=n, basis="basis_log")


def _local(moments: pd.Series, zone: ZoneInfo) -> Moments:
    """Moments in UTC by the local clock."""
    index = pd.DatetimeIndex(pd.to_datetime(moments))
    aware = index if index.tz is not None else index.tz_localize("UTC")
    return np.asarray(aware.tz_convert(zone).tz_localize(None).to_numpy(), "M8[s]")


def _elapsed(
    inventory: Inventory, here: Touchpoint, started: Moments, ended: Moments, limit: AnswerTime
) -> NDArray[np.float64]:
    if not limit.office:
        return np.asarray((ended - started) / np.timedelta64(1, "s"))
    stated = stated_hours(inventory, here)
    hours = stated[0] if stated is not None and stated[0].stretches else library_arrivals().hours
    return opening_seconds(started, ended, hours, _holidays(inventory, started, ended))


def _holidays(inventory: Inventory, started: Moments, ended: Moments) -> set[date]:
    if not started.size:
        return set()
    first: date = started.min().astype("M8[D]").astype(object)
    last: date = ended.max().astype("M8[D]").astype(object)
    return set(WorkYear(first, (last - first).days + 1, work_year(inventory.settings).country).holidays)
