"""In which half hours of the week does the log show contacts, and how patient does it show customers to be?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from workbench.analysis.staffing.erlang import Floats
from workbench.analysis.staffing.week import HALF_HOURS, PER_DAY
from workbench.log.engine import Log
from workbench.log.rollups import inbound

ENOUGH = 30
"""So many contacts a half hour make its place in the week known; fewer are shared out by weekday and time of day."""


@dataclass(frozen=True, eq=False)
class Observed:
    """What a log shows of a touchpoint.

    Attributes:
        contacts: those that it rests on.
        week: contacts per half hour of an ordinary week [1].
        patience_s: all waiting time divided by the number who hung up, the maximum likelihood estimate of an
            exponential patience; None when the log shows no wait or hardly anybody who hung up [s].

    References:
        Brown et al. (2005), Statistical analysis of a telephone call center: a queueing-science perspective, Journal of
        the American Statistical Association 100, 36-50, section 5.
    """

    contacts: int
    week: Floats
    patience_s: float | None


def observed(log: Log, closed: Collection[date] = ()) -> dict[str, Observed]:
    """The week of every touchpoint in the log that has contacts enough; public holidays (`closed`) are left out.

    Contacts that customers serve themselves, and those that the organisation started, do not wait for anybody.
    """
    exact = log.exact
    contact = exact.table("contact")
    chosen = contact.filter(
        inbound(contact)
        & contact.touchpoint.notnull()
        & (contact.outcome.isnull() | (contact.outcome != "self_served"))
    )
    by_cell = chosen.group_by(["touchpoint", "day", "half_hour"]).aggregate(
        n=chosen.count(),
        wait_s=chosen.wait_s.sum().fill_null(0.0),
        gone=chosen.count(where=(chosen.outcome == "abandoned") & chosen.wait_s.notnull()).fill_null(0),
    )
    counts: dict[str, Floats] = {}
    waits: dict[str, list[float]] = {}
    for row in exact.rows(by_cell):
        day: date = row["day"]
        name = str(row["touchpoint"])
        total = waits.setdefault(name, [0.0, 0.0])
        total[0] += float(row["wait_s"])
        total[1] += float(row["gone"])
        if day not in closed:
            week = counts.setdefault(name, np.zeros((7, PER_DAY)))
            week[day.weekday(), int(row["half_hour"])] += int(row["n"])
    days = _days(exact, closed)
    found = {}
    for name, week in counts.items():
        spread = _spread(week, log.suppress_below)
        if spread is None:
            continue
        per_week = np.divide(spread, days[:, None], out=np.zeros_like(spread), where=days[:, None] > 0)
        wait_s, gone = waits[name]
        patience = wait_s / gone if gone >= ENOUGH and wait_s > 0 else None
        found[name] = Observed(int(week.sum()), per_week.reshape(HALF_HOURS), patience)
    return found


def _days(log: Log, closed: Collection[date]) -> Floats:
    """How many days of each weekday the log covers, public holidays left out."""
    days = np.zeros(7)
    zone = ZoneInfo(log.time_zone)
    first, last = (at.astimezone(zone).date() if at else None for at in (log.first_at, log.last_at))
    while first is not None and last is not None and first <= last:
        days[first.weekday()] += first not in closed
        first += timedelta(days=1)
    return days


def _spread(week: Floats, least: int) -> Floats | None:
    """The counts of a week, freed of chance where they are small; None when there are too few altogether.

    Where half hours are small, the counts of the weekday are spread by the time of day; no count below `least` is used
    as it is.
    """
    total = week.sum()
    busy = week.sum(axis=0) > 0
    if total < ENOUGH * busy.sum():
        return None
    shared = np.outer(week.sum(axis=1), week.sum(axis=0)) / total
    enough = total >= ENOUGH * (week > 0).sum()
    return np.where(enough & (week >= least), week, np.where(enough & (week == 0), 0.0, shared))
