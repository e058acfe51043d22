"""How many contacts has each word of a dimension, day by day and week by week?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from workbench.log.engine import Log
from workbench.validation.hypothesis import Days
from workbench.validation.share_comparison import Counts

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Counted:
    """The contacts of each word of a dimension by day, in the part of the log that is asked about.

    Attributes:
        cells: contacts by day, word and the words that select: each of those asked for, all others as one. What could
            be found by subtracting two answers is a sum of these.
        unknown: contacts without a word.
    """

    days: tuple[date, ...]
    words: Mapping[str, Counts]
    cells: Mapping[tuple[date, str, tuple[str, ...]], int]
    unknown: int

    def within(self, days: Days) -> Counted:
        """The same of some days."""
        kept = [index for index, day in enumerate(self.days) if days.first <= day <= days.last]
        words = {word: n[kept] for word, n in self.words.items()}
        cells = {key: n for key, n in self.cells.items() if days.first <= key[0] <= days.last}
        return Counted(tuple(self.days[index] for index in kept), words, cells, self.unknown)

    def total(self, word: str) -> int:
        """The contacts of a word."""
        return int(self.words[word].sum())

    def by(self, unit: str, word: str | None = None) -> Counts:
        """The contacts per week or day, of one word or of all; periods without any contact are left out."""
        values = self.words[word] if word is not None else sum(self.words.values(), np.zeros(len(self.days)))
        return self._summed(unit, values)

    def middles(self, unit: str) -> Counts:
        """The mean day of the contacts of each week or day [month]."""
        ordinals = np.array([day.toordinal() for day in self.days])
        return self._summed(unit, self.by("day") * ordinals) / self.by(unit) / DAYS_PER_MONTH

    def _summed(self, unit: str, values: Counts) -> Counts:
        starts = [day - timedelta(days=day.weekday()) if unit == "week" else day for day in self.days]
        index = {start: place for place, start in enumerate(sorted(set(starts)))}
        summed = np.zeros(len(index))
        np.add.at(summed, [index[start] for start in starts], values)
        return summed

    def smallest(self, named: Sequence[str], is_monthly: bool) -> int:
        """The smallest group, but nobody, by month or day: of each named word and of all others together."""
        groups: Counter[tuple[date, str, tuple[str, ...]]] = Counter()
        for (day, word, selecting), n in self.cells.items():
            period = day.replace(day=1) if is_monthly else day
            groups[period, word if word in named else "", selecting] += n
        return min(groups.values(), default=0)


def counted_shares(log: Log, dimension: str, where: Mapping[str, Sequence[str]]) -> Counted:
    """Contacts by day and word; work on a case without the customer counts only where direction is asked for."""
    table = log.table("daily")
    if dimension != "direction" and "direction" not in where:
        table = table.filter(table.direction.isnull() | (table.direction != "internal"))
    rows = log.rows(table.group_by(list(dict.fromkeys(["day", dimension, *where]))).agg(n=table.n.sum()))
    inside = [row for row in rows if all(row[name] in words for name, words in where.items())]
    days = tuple(sorted({row["day"] for row in inside if row[dimension] is not None}))
    places = {day: place for place, day in enumerate(days)}
    words: dict[str, Counts] = {}
    for row in inside:
        if row[dimension] is not None:
            words.setdefault(str(row[dimension]), np.zeros(len(days)))[places[row["day"]]] += row["n"]
    cells: Counter[tuple[date, str, tuple[str, ...]]] = Counter()
    for row in rows:
        selecting = tuple(str(row[name]) if row[name] in asked else "" for name, asked in where.items())
        if row[dimension] is not None:
            cells[row["day"], str(row[dimension]), selecting] += int(row["n"])
    unknown = sum(int(row["n"]) for row in inside if row[dimension] is None)
    return Counted(days, words, cells, unknown)
