"""When do contacts come, over the day and the week, and how much do they vary?

A slot is a half hour of the day, a day of the week, or a half hour of the week. Its days are those of the log in the
selection, days without contacts included, so the mean is what to expect of such a slot and the dispersion how much it
varies: 1 is pure chance (Poisson), more asks for more staff than the mean suggests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import ibis
import numpy as np
from ibis import _
from scipy.special import stdtrit

from workbench.language.language import Language
from workbench.log.coding import Numbers
from workbench.log.contact import DIMENSIONS
from workbench.log.disclosure import disclosed
from workbench.log.engine import Log
from workbench.log.measure import Cells, Names, named, small_groups
from workbench.log.notes import Note, note, texts
from workbench.log.selection import EVERYTHING, Selection, grouped
from workbench.result import Result
from workbench.tables import Table, table

SLOTS = {"half_hour": ("half_hour",), "weekday": ("weekday",), "half_hour_of_week": ("weekday", "half_hour")}
"""The slots of a profile, and what tells them apart."""


@dataclass(frozen=True, repr=False)
class Arrivals(Result):
    """Contacts per slot: mean with its 95% interval, standard deviation and dispersion (variance / mean).

    Attributes:
        by: the grouping, the parts of the slot last.
        cells: n is the number of contacts; value, low, high and sd are contacts per slot.
        days: over how many days each mean is.
    """

    by: tuple[str, ...]
    cells: Cells
    days: Numbers
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)
    names: Names = field(default_factory=dict)

    @property
    def dispersion(self) -> Numbers:
        """The variance of each slot over days, divided by its mean."""
        mean, _low, _high, sd = self.cells.values
        assert mean is not None
        assert sd is not None
        return sd * sd / mean

    def tables(self) -> tuple[Table, ...]:
        """One row a group and slot."""
        at = self.by.index("half_hour") if "half_hour" in self.by else None
        rows = []
        for cell, days, dispersion in zip(self.cells, self.days.tolist(), self.dispersion.tolist(), strict=True):
            group = named(cell.group, self.by, self.names)
            if at is not None:
                group[at] = clock(int(cell.group[at] or 0))
            shown = None if dispersion != dispersion else dispersion
            rows.append((*group, cell.n, int(days), cell.value, cell.low, cell.high, cell.sd, shown))
        columns = ("n", "slot_days", "per_slot", "per_slot_low", "per_slot_high", "per_slot_sd", "dispersion")
        return (table("log_arrivals", (*self.by, *columns), rows, texts(self.notes, self.language)),)


def clock(half_hour: int) -> str:
    """When a half hour of the day begins.

    Example:
        >>> clock(17)
        '08:30'
    """
    return f"{half_hour // 2:02d}:{half_hour % 2 * 30:02d}"


def arrivals(
    log: Log, by: Sequence[str] = (), selection: Selection = EVERYTHING, *, slot: str = "half_hour_of_week"
) -> Arrivals:
    """The contacts of customers per slot.

    Args:
        log: an open log.
        by: dimensions; slots are themselves periods.
        selection: which contacts and days.
        slot: half_hour, weekday or half_hour_of_week.

    Raises:
        ValueError: a name in `by` is no dimension, or there is no such slot.
    """
    if slot not in SLOTS:
        raise ValueError(f"slot must be of {', '.join(SLOTS)}, got {slot!r}")
    for name in by:
        if name not in DIMENSIONS:
            raise ValueError(f"by must be of {', '.join(DIMENSIONS)}, got {name!r}")
    names = (*by, *SLOTS[slot])
    rows, n = _source(log, (*by, *selection.where), half_hours="half_hour" in names)
    seen = disclosed(log, names, selection, n, rows)
    parts = [*by, *(["half_hour"] if "half_hour" in names else []), "day"]
    on_day = seen.rows(rows).group_by(parts).agg(n=n)
    sums = grouped(log, on_day, names, total=_.n.sum(), squares=(_.n * _.n).sum())
    total, squares = sums["total"], sums["squares"]
    days = _days(log, selection, sums.keys[names.index("weekday")].values() if "weekday" in names else None, sums.size)
    mean = total / days
    freedom = np.where(days > 1, days - 1, np.nan)
    sd = np.sqrt(np.maximum(0.0, squares - total * mean) / freedom)
    reach = stdtrit(freedom, 0.975) * sd / np.sqrt(days)
    cells = Cells(sums.keys, total, mean, np.maximum(0.0, mean - reach), mean + reach, sd)
    return Arrivals(names, cells, days, (note("slots"), *seen.notes, *small_groups(total)))


def _source(log: Log, words: Sequence[str], *, half_hours: bool) -> tuple[ibis.Table, ibis.Deferred]:
    """Counts per half hour of each day where they tell enough; else counts per day, or the contacts themselves."""
    if set(words) <= {"touchpoint", "channel"}:
        return log.table("arrival"), _.n.sum()
    rows = log.table("contact" if half_hours else "daily")
    begun = rows if "direction" in words else rows.filter(rows.direction.isnull() | (rows.direction != "internal"))
    return begun, _.count() if half_hours else _.n.sum()


def _days(log: Log, selection: Selection, weekdays: Sequence[str] | None, size: int) -> Numbers:
    """How many days of the log each slot had."""
    counts = [0] * 7
    if log.first_day is not None and log.last_day is not None:
        day, last = (
            max(log.first_day, selection.since or log.first_day),
            min(log.last_day, selection.until or log.last_day),
        )
        while day <= last:
            counts[day.weekday()] += 1
            day += timedelta(days=1)
    if weekdays is None:
        return np.full(size, float(sum(counts)))
    return np.array([float(counts[int(word) - 1]) for word in weekdays])
