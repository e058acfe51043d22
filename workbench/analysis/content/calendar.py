"""Which content has to be reviewed when, and by whom?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from touchpoints.records.organisation import Content
from workbench.analysis.content.shelf_life import due_day
from workbench.analysis.workload import Work


@dataclass(frozen=True)
class Review:
    """A review that is due.

    Attributes:
        content: what has to be reviewed.
        due: the last day on which the review before holds; None when no review or no shelf life is stated.
        staff_h_per_year: staff hours a year of the contacts it can be used for [h/year].
    """

    content: Content
    due: date | None
    staff_h_per_year: float

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done already."""
        return self.due is not None and self.due < today


@dataclass(frozen=True)
class Slot:
    """The reviews of one owner in one month.

    Attributes:
        month: its first day; None for what is overdue.
        owner: id of the team; None when nobody owns the content.
        reviews: the most hours first.
    """

    month: date | None
    owner: str | None
    reviews: tuple[Review, ...]


def reviews(contents: Iterable[Content], works: Sequence[Work]) -> tuple[Review, ...]:
    """The next review of every piece of written content, the earliest first, undated ones last."""
    made = [Review(one, due_day(one), _hours(one, works)) for one in contents if one.kind != "tacit"]
    return tuple(sorted(made, key=lambda one: (one.due or date.max, -one.staff_h_per_year, one.content.id)))


def _hours(content: Content, works: Sequence[Work]) -> float:
    return sum(
        work.staff_h_per_year
        for work in works
        if work.reason in content.answers and (work.channel is None or work.channel in content.fit_for)
    )


def slots(found: Sequence[Review], today: date) -> tuple[Slot, ...]:
    """The dated reviews per month and owner: what is overdue first, then month by month."""
    grouped: dict[tuple[date | None, str | None], list[Review]] = {}
    for one in found:
        if one.due is not None:
            month = None if one.is_overdue(today) else one.due.replace(day=1)
            grouped.setdefault((month, one.content.owner), []).append(one)
    made = (
        Slot(month, owner, tuple(sorted(mine, key=lambda one: -one.staff_h_per_year)))
        for (month, owner), mine in grouped.items()
    )
    return tuple(sorted(made, key=lambda slot: (slot.month or date.min, slot.owner is None, slot.owner or "")))
