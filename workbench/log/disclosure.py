"""Which contacts may an answer be made of, so that nobody finds a small group by subtracting answers?

Every answer is a part of a complete table of the log: all words of the dimensions that it groups or selects by, times
all periods of its level. What is withheld is decided on that table (see `suppression`), never on the part that is
asked for, so it does not depend on the words and dates of a question. A selection of several words or periods is
answered from the groups that are shown.

Levels of time are tables as well: year, quarter and month; week; weekday; day. A range of dates belongs to the
coarsest level at whose limits it begins and ends, days at worst. Weeks do not fit in months, so what is decided on is
the part of a week in one month, and a week is shown when all its parts are. A word that fixes another (a touchpoint
its channel) brings the totals of the other along.

`disclosed` is asked by everything that shows numbers of the log. Code that needs every number, and itself shows none
of small groups, asks `log.exact` instead, where nothing is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from workbench.log.coding import Coded, Codes, coded_column, combined, numbers
from workbench.log.contact import DIMENSIONS
from workbench.log.engine import Log
from workbench.log.notes import Note, note
from workbench.log.selection import PERIODS, Selection
from workbench.log.suppression import determines, hidden_cells

LEVELS = ("year", "quarter", "month", "week", "day")
"""What the dates of a question can be about; weeks stand for the parts of weeks in one month."""

EXTRA = ("half_hour", "content_id", "effort_scale")
"""What else a table may be grouped by, beside dimensions and periods."""


@dataclass(frozen=True)
class Disclosed:
    """The part of the log that the answer to a question is made of.

    Attributes:
        selection: the part that is asked for, with dates at which the level begins or ends.
        words: the dimensions that tell the groups of the complete table apart.
        level: the level of time of that table, None when all time is one.
        weekdays: whether weekdays tell groups apart as well.
        hidden: the groups of the complete table that are withheld.
        groups: how many groups the complete table has.
        least: k.
    """

    selection: Selection
    words: tuple[str, ...]
    level: str | None
    weekdays: bool
    hidden: pa.Table | None = None
    groups: int = 0
    least: int = 1

    def rows(self, table: ibis.Table) -> ibis.Table:
        """The rows of a table of the log that are asked for and may be shown."""
        asked = self.selection.of(table)
        if self.hidden is None:
            return asked
        if not self.hidden.column_names:
            return asked.limit(0)
        hidden = self._hidden_among_asked(self.hidden)
        if not hidden.num_rows:
            return asked
        periods = self.periods(asked)
        keyed, out = asked.mutate(**periods), ibis.memtable(hidden)
        same = [keyed[name].identical_to(out[name]) for name in hidden.column_names]
        return keyed.anti_join(out, same).drop(*periods)

    def _hidden_among_asked(self, hidden: pa.Table) -> pa.Table:
        """The withheld groups that a plain selection would let through."""
        for name, words in self.selection.where.items():
            hidden = hidden.filter(pc.is_in(hidden[name].cast(pa.string()), pa.array(list(words), pa.string())))
        if self.selection.since:
            hidden = hidden.filter(pc.greater_equal(hidden["period_start"], pa.scalar(self.selection.since)))
        if self.selection.until:
            hidden = hidden.filter(pc.less_equal(hidden["period_start"], pa.scalar(self.selection.until)))
        return hidden

    def periods(self, table: ibis.Table) -> dict[str, ibis.Value]:
        """The periods that tell the groups of the complete table apart."""
        found = {"period_start": _start(table.day, self.level)} if self.level else {}
        return found | ({"period_weekday": table.day.day_of_week.index().cast("int64")} if self.weekdays else {})

    @property
    def withheld(self) -> int:
        """How many groups of the complete table are withheld."""
        return 0 if self.hidden is None else self.hidden.num_rows if self.hidden.column_names else 1

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader must know: how many groups are not there."""
        if not self.withheld:
            return ()
        return (note("withheld", count=self.withheld, groups=self.groups, least=self.least),)


def disclosed(
    log: Log,
    by: Sequence[str],
    selection: Selection,
    base: ibis.Deferred,
    table: ibis.Table,
    contacts: ibis.Deferred | None = None,
) -> Disclosed:
    """What a question may be answered from.

    Args:
        log: an open log.
        by: how the answer is grouped: dimensions, periods, and half_hour, content_id or effort_scale.
        selection: what is asked for.
        base: the sum over `table` that is the n of the answer.
        table: a table with the columns of the question, and `day` when it is about periods.
        contacts: the sum that counts the contacts; what is withheld of them is withheld of a part of them. The base
            itself when not given.

    Raises:
        ValueError: a name in `by` is none of the above.
    """
    asked = _asked(log, by, selection)
    if log.suppress_below <= 1:
        return asked
    counted = base if contacts is None else contacts
    decided = _DECIDED.setdefault(log, {})
    key = log.suppress_below, asked.words, asked.level, asked.weekdays, table.op(), repr(base), repr(counted)
    if key not in decided:
        if len(decided) >= _DECISIONS:
            decided.clear()
        keys = [*asked.words, *(value.name(name) for name, value in asked.periods(table).items())]
        decided[key] = _decide(log, asked, table.aggregate({"contacts": counted, "base": base}, by=keys))
    hidden, groups = decided[key]
    return replace(asked, hidden=hidden, groups=groups, least=log.suppress_below)


_DECISIONS = 200
_DECIDED: WeakKeyDictionary[Log, dict[Any, tuple[pa.Table | None, int]]] = WeakKeyDictionary()
"""What was decided on complete tables: a log does not change while it is open."""


def _decide(log: Log, asked: Disclosed, complete: ibis.Table) -> tuple[pa.Table | None, int]:
    """The withheld groups of a complete table, and how many groups it has."""
    cells = log.arrow(complete)
    names = cells.column_names[:-2]
    keys = {name: coded_column(cells[name]) for name in names}
    order = np.lexsort([keys[name].codes for name in reversed(names)]) if names else np.arange(cells.num_rows)
    cells, keys = cells.take(order), {name: column.of(order) for name, column in keys.items()}
    bases = [np.nan_to_num(numbers(cells[name])) for name in ("contacts", "base")]
    flags = hidden_cells(_axes(log, asked, keys), bases, log.suppress_below)
    if asked.level == "week":
        flags = _in_whole_weeks(keys, flags)
    return cells.filter(pa.array(flags)).select(names) if flags.any() else None, int((bases[0] > 0).sum())


def fits_months(log: Log, by: Sequence[str], selection: Selection) -> bool:
    """Whether a question is about whole months (quarters, years, all time), so that sums per month answer it."""
    asked = _asked(log, by, selection)
    return asked.level in (None, "year", "quarter", "month") and not asked.weekdays


def _asked(log: Log, by: Sequence[str], selection: Selection) -> Disclosed:
    """The complete table that a question is about, nothing withheld yet."""
    for name in by:
        if name not in (*DIMENSIONS, *PERIODS, *EXTRA):
            raise ValueError(f"by must be of {', '.join((*DIMENSIONS, *PERIODS))}, got {name!r}")
    words = tuple(name for name in (*DIMENSIONS, *EXTRA) if name in by or name in selection.where)
    selection, needed = _limits(log, selection)
    needed |= {name for name in by if name in LEVELS}
    weekdays = "weekday" in by
    if weekdays and "week" in needed:
        needed.add("day")
    level = max(needed, key=LEVELS.index, default=None)
    if level == "day":
        weekdays = False
    elif "week" in needed:
        level = "week"
    return Disclosed(selection, words, level, weekdays)


def _limits(log: Log, selection: Selection) -> tuple[Selection, set[str]]:
    """The dates of a selection that leave out any day of the log, and the coarsest level at whose limits they are."""
    if not selection.since and not selection.until:
        return selection, set()
    first, last = log.first_day, log.last_day
    since = selection.since if selection.since and first and selection.since > first else None
    until = selection.until if selection.until and last and selection.until < last else None
    starts = [day for day in (since, until + timedelta(days=1) if until else None) if day]
    found = next((level for level in LEVELS if all(_begins(day, level) for day in starts)), "day")
    return replace(selection, since=since, until=until), {found} if starts else set()


def _begins(day: date, level: str) -> bool:
    months = {"year": (1,), "quarter": (1, 4, 7, 10), "month": tuple(range(1, 13))}
    if level == "week":
        return day.weekday() == 0
    return level == "day" or (day.day == 1 and day.month in months[level])


def _start(day: ibis.Value, level: str | None) -> ibis.Value:
    """The first day of a period; of a week, or of its part in the month."""
    if level == "week":
        return ibis.greatest(day.truncate("W"), day.truncate("M"))
    return day if level == "day" else day.truncate({"year": "Y", "quarter": "Q"}.get(str(level), "M"))


def _axes(log: Log, asked: Disclosed, keys: Mapping[str, Coded]) -> list[list[Codes]]:
    """The axes of the complete table, each with its levels; a word that another one fixes is a level of that one."""
    fixed = _fixed(log)
    order = (*DIMENSIONS, *EXTRA)
    axes: list[list[Codes]] = []
    for name in asked.words:
        others = [other for other in asked.words if name in fixed.get(other, {})]
        if any(other not in fixed.get(name, {}) or order.index(other) < order.index(name) for other in others):
            continue
        column = keys[name]
        levels = {
            other: np.array([code_of.get(word, 0) for word in column.words], np.int64)[column.codes]
            for other, code_of in fixed.get(name, {}).items()
        }
        levels[name] = column.codes
        axes.append([levels[other] for other in sorted(levels, key=order.index)])
    if asked.level:
        axes.append(list(_period_levels(asked.level, keys["period_start"])))
    if asked.weekdays:
        axes.append([keys["period_weekday"].codes])
    return axes


def _period_levels(level: str, start: Coded) -> Iterator[Codes]:
    """The levels of time from coarse to fine, up to that of the table."""
    days = np.array(start.words[1:], dtype="datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64)
    weekdays = (days.astype(np.int64) + 3) % 7
    weeks = days.astype(np.int64) - weekdays
    months_start = days.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    codes = {"year": months // 12, "quarter": months // 3, "month": months, "week": np.maximum(weeks, months_start)}
    upto = LEVELS.index(level)
    found = [codes[name] for name in LEVELS[: upto + 1] if name in codes]
    if level == "day":
        found += [weekdays, *(codes[name] * 7 + weekdays for name in ("year", "quarter", "month"))]
        found.append(days.astype(np.int64))
    for values in found:
        yield np.r_[values.min(initial=0) - 1, values][start.codes] - values.min(initial=0) + 1


def _in_whole_weeks(keys: Mapping[str, Coded], flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells of every week of which a part is withheld."""
    start = keys["period_start"]
    days = np.array(start.words[1:], dtype="datetime64[D]").astype(np.int64)
    weeks = np.r_[0, days - (days + 3) % 7][start.codes]
    weeks -= weeks.min(initial=0)
    week_of = combined([*(column.codes for name, column in keys.items() if name != "period_start"), weeks])
    return np.bincount(week_of, flags)[week_of] > 0


_FIXED: WeakKeyDictionary[Log, dict[str, dict[str, dict[Any, int]]]] = WeakKeyDictionary()


def _fixed(log: Log) -> dict[str, dict[str, dict[Any, int]]]:
    """Per dimension the other ones that it fixes in this log, with the code of theirs for each word."""
    if log not in _FIXED:
        found = log.arrow(log.table("daily").select(*DIMENSIONS).distinct())
        columns = {name: coded_column(found[name]) for name in DIMENSIONS}
        _FIXED[log] = {
            name: {
                other: dict(zip(column.values(), its.codes.tolist(), strict=True))
                for other, its in columns.items()
                if other != name and determines(column.codes, its.codes)
            }
            for name, column in columns.items()
        }
    return _FIXED[log]
