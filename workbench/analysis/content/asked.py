"""Which reasons have a valid answer on the channel where they are asked, and what rests on those that have none?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from touchpoints.inventory import Inventory
from touchpoints.records.organisation import Content
from workbench.analysis.content.search import OWN_WORDS, ContentIndex, names_of
from workbench.analysis.content.shelf_life import due_day, is_valid
from workbench.analysis.workload import Work

STATES = ("answer_valid", "answer_not_findable", "answer_never_reviewed", "answer_expired", "answer_unfit",
          "answer_tacit", "answer_missing")  # fmt: skip
"""How a reason stands on the channel where it is asked, from good to bad."""
COVERED = STATES[:2]
"""The states in which there is a valid answer."""
GAPS = STATES[1:]
SOON_DAYS = 60
"""A review that is due within so many days is due soon [d]."""


@dataclass(frozen=True)
class Asked:
    """A reason at a touchpoint where customers ask it, and how its answer stands on that channel.

    Attributes:
        work: its contacts.
        state: one of STATES; each line has one, so that no contact is priced twice.
        items: the content the state is about: what would do if it were mended, or does.
        owned: whether one of those items has an owner; None when there are no items.
        due: the day on which the last of the valid answers has to be reviewed.
    """

    work: Work
    state: str
    items: tuple[Content, ...]
    due: date | None = None

    @property
    def is_covered(self) -> bool:
        """Whether there is a valid answer."""
        return self.state in COVERED

    @property
    def has_no_owner(self) -> bool:
        """Whether nobody keeps any of the items right."""
        return bool(self.items) and all(one.owner is None for one in self.items)

    def is_due_soon(self, today: date) -> bool:
        """Whether the last valid answer has to be reviewed soon."""
        return self.is_covered and self.due is not None and (self.due - today).days <= SOON_DAYS

    @property
    def place(self) -> str:
        """Where the contacts stand in the model."""
        counted = [one for one in self.work.assumptions if one.name.endswith("/contacts")]
        return str((counted or list(self.work.assumptions))[0].place) if self.work.assumptions else ""


def asked(inventory: Inventory, works: Sequence[Work], index: ContentIndex, today: date) -> tuple[Asked, ...]:
    """Every reason at every touchpoint where customers ask it, in the order of the works.

    Contacts without a reason, and what goes out to customers, ask nothing. Where the model does not name the channel of
    a touchpoint, any channel's answer will do.

    Args:
        inventory: the model.
        works: its contacts.
        index: the content, searchable.
        today: the day against which shelf life is held.
    """
    findable: dict[str, bool] = {}
    lines = []
    for work in works:
        if work.reason is None or inventory.touchpoints[work.touchpoint].direction == "outbound":
            continue
        answers = [one for one in inventory.content.values() if work.reason in one.answers]
        state, items = _state(answers, work.channel, today)
        if state == "answer_valid":
            if work.reason not in findable:
                findable[work.reason] = is_findable(inventory, index, work.reason)
            state = state if findable[work.reason] else "answer_not_findable"
        days = [day for day in map(due_day, items) if day is not None]
        lines.append(Asked(work, state, items, max(days, default=None)))
    return tuple(lines)


def _state(answers: Sequence[Content], channel: str | None, today: date) -> tuple[str, tuple[Content, ...]]:
    """How the answers to a reason stand on a channel, and which of them decide it."""
    if not answers:
        return "answer_missing", ()
    written = [one for one in answers if one.kind != "tacit"]
    if not written:
        return "answer_tacit", tuple(answers)
    fit = [one for one in written if channel is None or channel in one.fit_for]
    if not fit:
        return "answer_unfit", tuple(written)
    valid = [one for one in fit if is_valid(one, today)]
    if valid:
        return "answer_valid", tuple(valid)
    expired = [one for one in fit if due_day(one) is not None]
    return ("answer_expired", tuple(expired)) if expired else ("answer_never_reviewed", tuple(fit))


def is_findable(inventory: Inventory, index: ContentIndex, reason: str) -> bool:
    """Whether a search for a reason's own words brings an item that answers it among the first three.

    Only the items' own words count (title, search terms, text): that somebody linked an item to the reason helps
    nobody who searches. The Dutch or the English name of the reason will do.
    """
    return any(
        reason in found.content.answers
        for name in names_of(inventory.reasons[reason])
        for found in index.search(name, columns=OWN_WORDS)
    )


@dataclass(frozen=True)
class Coverage:
    """Contacts, staff hours and money a year per state."""

    lines: tuple[Asked, ...]

    def contacts(self, *states: str) -> float:
        """Contacts a year whose reason is in one of the states; of all when none is named [1/year]."""
        return sum(one.work.contacts_per_year for one in self._in(states))

    def hours(self, *states: str) -> float:
        """Staff hours a year of those contacts [h/year]."""
        return sum(one.work.staff_h_per_year for one in self._in(states))

    def money(self, *states: str) -> float:
        """What those contacts cost a year [currency/year]."""
        return sum(one.work.cost_per_year for one in self._in(states))

    def share_of_contacts(self, *states: str) -> float | None:
        """Share of all contacts that ask something [1]; None when there are none."""
        total = self.contacts()
        return self.contacts(*states) / total if total else None

    def share_of_hours(self, *states: str) -> float | None:
        """Share of all staff hours on them [1]; None when there are none."""
        total = self.hours()
        return self.hours(*states) / total if total else None

    def _in(self, states: tuple[str, ...]) -> list[Asked]:
        return [one for one in self.lines if not states or one.state in states]
