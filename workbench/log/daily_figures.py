"""What do the daily figures of a line say, where its contacts are not recorded one by one?

Daily figures are no contacts: they have no customer, reason or course, so they do not enter the contact log. What they
say of volume, abandonment, wait and service level is said here, with what does not add up.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from workbench.language.language import Language
from workbench.log import parsing
from workbench.log.daily_profile import DailyProfile
from workbench.log.engine import SUPPRESS_BELOW
from workbench.log.intervals import count_interval
from workbench.log.measures import DAYS_PER_MONTH
from workbench.log.notes import Note, note, texts
from workbench.log.selection import PERIODS, period_of
from workbench.log.sources.reading import read_table
from workbench.log.sql import literals
from workbench.log.store import Connection, Resources, engine
from workbench.log.suppression import withheld
from workbench.result import Result
from workbench.tables import Table, table

_COUNTS = ("offered", "handled", "abandoned")


@dataclass(frozen=True, slots=True)
class Day:
    """The figures of one day; None where the source does not say."""

    day: date
    offered: float
    handled: float | None = None
    abandoned: float | None = None
    wait_s: float | None = None
    service_level: float | None = None

    @property
    def unaccounted(self) -> float | None:
        """Contacts offered that were neither handled nor abandoned; below zero when these are more than offered."""
        if self.handled is None or self.abandoned is None:
            return None
        return self.offered - self.handled - self.abandoned


@dataclass(frozen=True, repr=False)
class DailyFigures(Result):
    """The figures of a line by day, added up per period.

    Attributes:
        days: the days in order.
        rows_read, duplicate, quarantined: what became of the rows: rows read = days + duplicate + quarantined.
        by: year, quarter, month, week, day or weekday; nothing for all days together.
        remark: what the profile says of the source.
        least: periods with fewer contacts are not shown.
    """

    days: tuple[Day, ...]
    rows_read: int
    duplicate: int
    quarantined: int
    by: str | None = None
    remark: Note | None = None
    least: int = SUPPRESS_BELOW
    language: Language = field(default_factory=Language)

    def volume(self) -> tuple[float, float, float] | None:
        """Contacts offered per month [1/month], with the 95% interval of an over-dispersed count; None without days."""
        if not self.days:
            return None
        weekdays: dict[int, list[float]] = defaultdict(list)
        for one in self.days:
            weekdays[one.day.weekday()].append(one.offered)
        total = sum(one.offered for one in self.days)
        parts = [(len(found), sum(found), sum(x * x for x in found)) for found in weekdays.values()]
        scale = DAYS_PER_MONTH / len(self.days)
        low, high = count_interval(parts)
        return total * scale, low * scale, high * scale

    def tables(self) -> tuple[Table, ...]:
        """A row a period; the contacts per month."""
        periods: dict[str, list[Day]] = defaultdict(list)
        for one in self.days:
            periods[period_of(one.day, self.by) if self.by else ""].append(one)
        offered = [_sum(days, "offered") or 0.0 for days in periods.values()]
        hidden = withheld([(name,) for name in periods], offered, self.least)
        shown = [(name, days) for name, days in sorted(periods.items()) if (name,) not in hidden]
        rows = [(*([name] if self.by else []), *_added_up(days)) for name, days in shown]
        columns = ["days_counted", "offered", "handled", "abandoned", "unaccounted", "abandonment", "not_handled",
                   "daily_wait_s", "service_level"]  # fmt: skip
        notes = list(texts(self.notes(), self.language))
        if hidden:
            notes += texts([note("periods_withheld", count=len(hidden), least=self.least)], self.language)
        main = table("daily_figures", [*([self.by] if self.by else []), *columns], rows, notes)
        found = self.volume()
        if found is None or hidden:
            return (main,)
        return (main, table("daily_volume", ("n", "contacts_per_month", "contacts_low", "contacts_high"),
                            [(round(_sum(self.days, "offered") or 0), *found)]))  # fmt: skip

    def notes(self) -> Iterator[Note]:
        """What a reader should know: what does not add up, is not there, and cannot be asked."""
        if self.remark:
            yield self.remark
        odd = [one.unaccounted for one in self.days if one.unaccounted]
        if odd:
            less = sum(1 for rest in odd if rest < 0)
            yield note("daily_unaccounted", days=len(odd), all=len(self.days), contacts=round(sum(odd)), less=less)
        if self.days:
            span = (self.days[-1].day - self.days[0].day).days + 1
            if span > len(self.days):
                yield note("daily_missing", missing=span - len(self.days), span=span)
        if self.duplicate or self.quarantined:
            yield note("daily_left_out", duplicate=self.duplicate, quarantined=self.quarantined, read=self.rows_read)
        yield note("daily_weighed")
        yield note("daily_no_contacts")


def _sum(days: Iterable[Day], figure: str) -> float | None:
    known = [value for one in days if (value := getattr(one, figure)) is not None]
    return sum(known) if known else None


def _added_up(days: Sequence[Day]) -> tuple[Any, ...]:
    """The figures of some days: sums, and means weighed by the contacts that were handled."""
    offered, handled, abandoned = (_sum(days, name) for name in _COUNTS)
    rest = _sum(days, "unaccounted")
    share = abandoned / offered if abandoned is not None and offered else None
    left = 1 - handled / offered if handled is not None and offered else None
    means = _weighed(days, "wait_s"), _weighed(days, "service_level")
    return len(days), offered, handled, abandoned, rest, share, left, *means


def _weighed(days: Iterable[Day], figure: str) -> float | None:
    known = [(value, one.handled or 0.0) for one in days if (value := getattr(one, figure)) is not None]
    weight = sum(handled for _, handled in known)
    return sum(value * handled for value, handled in known) / weight if weight else None


def daily_figures(
    file: str | Path, profile: DailyProfile, by: str | None = None, *, suppress_below: int = SUPPRESS_BELOW
) -> DailyFigures:
    """The daily figures in a file; a day that stands in it twice counts the first time.

    Args:
        file: the file.
        profile: how its rows are days.
        by: year, quarter, month, week, day or weekday; all days together when not given.
        suppress_below: periods with fewer contacts are not shown.

    Raises:
        LogError: the file cannot be read as the profile says.
        ValueError: `by` is no period.
    """
    if by is not None and by not in PERIODS:
        raise ValueError(f"by must be of {', '.join(PERIODS)}, got {by!r}")
    found: dict[date, Day] = {}
    read = duplicate = quarantined = 0
    with tempfile.TemporaryDirectory() as spill, engine(Resources(), Path(spill) / "tmp") as connection:
        for row in _rows(connection, Path(file), profile):
            read += 1
            if row is None:
                quarantined += 1
            elif row.day in found:
                duplicate += 1
            else:
                found[row.day] = row
    days = tuple(found[day] for day in sorted(found))
    return DailyFigures(days, read, duplicate, quarantined, by, profile.note, suppress_below)


def _rows(connection: Connection, file: Path, profile: DailyProfile) -> Iterator[Day | None]:
    """The days of a file; None for a row without a day or a count of contacts."""
    for batch in read_table(file, profile, profile.wanted):
        yield from (None for _ in batch.unreadable)
        renamed = batch.table.select(list(profile.wanted)).rename_columns([f"c{i}" for i in range(len(profile.wanted))])
        connection.register("batch", renamed)
        types = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE batch)").fetchall())
        values = ", ".join(_value(profile, name, types) for name in profile.figures)
        for values_of_row in connection.execute(f"SELECT {values} FROM batch").fetchall():
            row = dict(zip(profile.figures, values_of_row, strict=True))
            counts = [row.get(name) for name in _COUNTS]
            sound = row["day"] and row["offered"] is not None and all(count is None or count >= 0 for count in counts)
            yield Day(**row) if sound else None
        connection.unregister("batch")


def _value(profile: DailyProfile, figure: str, types: dict[str, str]) -> str:
    column = profile.figures[figure]
    name = f"c{profile.wanted.index(column.columns[0])}"
    kind = types[name]
    if kind == "VARCHAR":
        missing = literals((*profile.missing, *profile.missing_in.get(column.columns[0], ())))
        name = f"CASE WHEN {name} NOT IN ({missing}) THEN {name} END"
    if figure == "day":
        return f"CAST({parsing.instant(name, kind, column.formats or profile.formats, 'UTC')} AS DATE)"
    if figure == "wait_s":
        read = parsing.seconds(name, kind, column.unit, profile.decimal, profile.thousands)
    else:
        read = parsing.number(name, kind, profile.decimal, profile.thousands)
    if figure != "service_level":
        return f"CASE WHEN {read} >= 0 THEN {read} END" if figure == "wait_s" else read
    share = f"({read}) / 100" if profile.per_cent else read
    return f"CASE WHEN {share} BETWEEN 0 AND 1 THEN {share} END"
