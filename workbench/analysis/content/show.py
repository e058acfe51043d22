"""Which tables show how the content answers what customers ask?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from touchpoints.inventory import Inventory
from workbench.analysis.content.asked import COVERED, GAPS, SOON_DAYS, STATES, Asked, Coverage
from workbench.analysis.content.calendar import Review, Slot
from workbench.analysis.content.questions import Judged, Logged
from workbench.analysis.content.search import FIRST, GOOD
from workbench.analysis.content.shelf_life import content_faults, due_day
from workbench.analysis.steering.candidates import Candidate
from workbench.analysis.workload import known_hours
from workbench.language.language import Language
from workbench.tables import Table, table


@dataclass(frozen=True)
class Shown:
    """The names of a model in a language, and the day against which shelf life is held."""

    inventory: Inventory
    language: Language
    today: date

    def coverage(self, coverage: Coverage) -> Table:
        """Contacts, staff hours and money per state of the answer."""
        rows = [
            (state, coverage.contacts(state), coverage.share_of_contacts(state), coverage.hours(state),
             coverage.share_of_hours(state), coverage.money(state))
            for state in STATES if coverage.contacts(state) > 0
        ]  # fmt: skip
        columns = ["answer_state", "contacts_per_year", "contacts_share", "staff_h_per_year", "staff_h_share",
                   "cost_per_year"]  # fmt: skip
        note = self.language.text(
            "content.covered",
            contacts=self._share(coverage.share_of_contacts(*COVERED)),
            hours=self._share(coverage.share_of_hours(*COVERED)),
            findable=self._share(coverage.share_of_contacts(COVERED[0])),
            date=self.language.show(self.today, "date"),
        )
        return table("content_coverage", columns, rows, [note] if rows else [], [row[0] for row in rows])

    def gaps(self, coverage: Coverage) -> Table:
        """What is the matter per reason, with what rests on it, most money first.

        Most contacts first where one without a price has more of them than the one with most money: it may cost more.
        """
        grouped: dict[tuple[str, str], list[Asked]] = {}
        for one in coverage.lines:
            if one.state in GAPS and one.work.contacts_per_month > 0:
                grouped.setdefault((one.state, one.work.reason or ""), []).append(one)
        rows, ids = [], []
        unpriced = [lines for lines in grouped.values() if not any(_is_priced(line) for line in lines)]
        dearest = max(grouped.values(), key=_money, default=[])
        weight = _contacts if any(_contacts(lines) > _contacts(dearest) for lines in unpriced) else _money
        found = sorted(grouped.items(), key=lambda pair: (-weight(pair[1]), -_contacts(pair[1]), pair[0]))
        for (state, reason), lines in found:
            items = list(dict.fromkeys(item.id for line in lines for item in line.items))
            places = [str(self.inventory.content[item].place) for item in items]
            rows.append(
                (
                    self.inventory.reasons[reason].label(self.language.code),
                    state,
                    self._labels("touchpoints", (line.work.touchpoint for line in lines)),
                    _contacts(lines),
                    known_hours(line.work for line in lines),
                    _money(lines) if any(_is_priced(line) for line in lines) else None,
                    self._labels("content", items),
                    self.language.text(f"content.do_{state.removeprefix('answer_')}"),
                    "; ".join(dict.fromkeys(line.place for line in lines)),
                    "; ".join(places) or str(self.inventory.reasons[reason].place),
                )
            )
            ids.append(f"{state}/{reason}")
        columns = ["reason", "answer_state", "asked_at", "contacts_per_year", "at_stake_h_per_year",
                   "at_stake_per_year", "content", "content_remedy", "place", "content_place"]  # fmt: skip
        note = self.language.text("content.at_stake")
        return table("content_gaps", columns, rows, [note] if rows else [], ids)

    def unblocks(self, found: Sequence[Candidate]) -> Table:
        """Moves that a missing answer blocks: what writing it would open, alone or with what else is needed."""
        rows = []
        for one in found:
            reason = self.inventory.reasons[one.work.reason or ""]
            others = [self.language.word(gate) for gate in one.gates if gate != "gate_no_content"]
            channel = self.inventory.touchpoints[one.to].channel
            rows.append(
                (
                    reason.label(self.language.code),
                    self._labels("channels", [channel] if channel else []),
                    self._labels("touchpoints", [one.work.touchpoint]),
                    self._labels("touchpoints", [one.to]),
                    one.worth,
                    ", ".join(others) or self.language.word("open"),
                    Asked(one.work, "answer_missing", ()).place,
                    str(reason.place),
                )
            )
        columns = ["reason", "write_for", "from_touchpoint", "to_touchpoint", "worth_unblocked", "other_gates",
                   "place", "content_place"]  # fmt: skip
        note = self.language.text("content.unblocks")
        return table("content_unblocks", columns, rows, [note] if rows else [], [one.key for one in found])

    def risks(self, coverage: Coverage) -> Table:
        """Answers that still hold but have no owner or are due for review soon."""
        rows, ids = [], []
        for one in coverage.lines:
            remarks = [
                self.language.word(word)
                for word, applies in (
                    ("content_no_owner", one.has_no_owner), ("review_due_soon", one.is_due_soon(self.today)),
                )
                if applies and one.is_covered
            ]  # fmt: skip
            if remarks:
                rows.append(
                    (
                        self.inventory.reasons[one.work.reason or ""].label(self.language.code),
                        self._labels("touchpoints", [one.work.touchpoint]),
                        ", ".join(remarks),
                        self._labels("content", (item.id for item in one.items)),
                        one.due,
                        one.work.contacts_per_year,
                        one.work.staff_h_per_year,
                        one.work.cost_per_year if _is_priced(one) else None,
                        one.place,
                        "; ".join(str(item.place) for item in one.items),
                    )
                )
                ids.append(one.work.key)
        columns = ["reason", "touchpoint", "content_faults", "content", "review_due", "contacts_per_year",
                   "at_stake_h_per_year", "at_stake_per_year", "place", "content_place"]  # fmt: skip
        note = self.language.text("content.soon", days=SOON_DAYS, date=self.language.show(self.today, "date"))
        return table("content_risks", columns, rows, [note] if rows else [], ids)

    def calendar(self, found: Sequence[Slot]) -> Table:
        """Reviews per month and owner."""
        rows = [
            (
                slot.month.strftime("%Y-%m") if slot.month else self.language.text("content.overdue"),
                self._labels("teams", [slot.owner]) if slot.owner else self.language.word("content_no_owner"),
                len(slot.reviews),
                sum(one.staff_h_per_year for one in slot.reviews),
                self._labels("content", (one.content.id for one in slot.reviews)),
            )
            for slot in found
        ]
        ids = [f"{slot.month or 'overdue'}/{slot.owner or ''}" for slot in found]
        columns = ["month", "owner", "reviews_due", "staff_h_resting", "content"]
        return table("content_calendar", columns, rows, ids=ids)

    def reviews(self, found: Sequence[Review]) -> Table:
        """Every item with its next review, and what is the matter with it."""
        rows = [
            (
                one.content.label(self.language.code),
                one.content.kind,
                self._labels("teams", [one.content.owner]) if one.content.owner else None,
                one.content.reviewed,
                one.due,
                ", ".join(self.language.word(fault) for fault in content_faults(one.content, self.today)),
                one.staff_h_per_year,
                str(one.content.place),
            )
            for one in found
        ]
        columns = ["content", "content_kind", "owner", "reviewed", "review_due", "content_faults", "staff_h_resting",
                   "place"]  # fmt: skip
        return table("content_reviews", columns, rows, ids=[one.content.id for one in found])

    def questions(self, found: Sequence[Judged]) -> Table:
        """What an agent would find for each question."""
        rows: list[tuple[object, ...]] = []
        ids = []
        for number, judged in enumerate(found, start=1):
            for rank, one in enumerate(judged.found, start=1):
                faults = ", ".join(self.language.word(fault) for fault in content_faults(one.content, self.today))
                rows.append((judged.question, judged.verdict, rank, one.content.label(self.language.code), one.snippet,
                             one.content.kind, self._labels("channels", one.content.fit_for), due_day(one.content),
                             faults, one.share, str(one.content.place)))  # fmt: skip
                ids.append(f"{number}/{one.content.id}")
            if not judged.found:
                rows.append((judged.question, judged.verdict, *[None] * 8, ""))
                ids.append(f"{number}/")
        columns = ["question", "verdict", "rank", "content", "snippet", "content_kind", "fit_for", "review_due",
                   "content_faults", "words_found", "place"]  # fmt: skip
        return table("content_search", columns, rows, [self._threshold()], ids)

    def logged(self, found: Logged) -> Table:
        """Logged questions without a valid answer, by the words they share."""
        rows: list[tuple[str, int, int | None]] = [
            (", ".join(one.words), one.count, one.outdated) for one in found.groups
        ]
        if found.rest:
            rows.append((self.language.text("content.other_questions"), found.rest, None))
        note = self.language.text(
            "content.logged", count=found.count, answered=found.answered, outdated=found.outdated,
            unanswered=found.unanswered, least=found.least,
        )  # fmt: skip
        ids = [*(one.words[0] for one in found.groups), *(["rest"] if found.rest else [])]
        columns = ["shared_words", "questions_count", "questions_outdated"]
        return table("content_questions", columns, rows, [note, self._threshold()], ids)

    def _threshold(self) -> str:
        return self.language.text("content.threshold", share=self.language.show(GOOD, "share"), first=FIRST)

    def _share(self, share: float | None) -> str:
        return self.language.show(share, "share")

    def _labels(self, collection: str, keys: Iterable[str]) -> str:
        records = getattr(self.inventory, collection)
        return ", ".join(dict.fromkeys(records[key].label(self.language.code) for key in keys))


def _hours(lines: Iterable[Asked]) -> float:
    return sum(line.work.staff_h_per_year for line in lines)


def _contacts(lines: Iterable[Asked]) -> float:
    return sum(line.work.contacts_per_year for line in lines)


def _money(lines: Iterable[Asked]) -> float:
    return sum(line.work.cost_per_year for line in lines)


def _is_priced(line: Asked) -> bool:
    """Whether anything is known of what its contacts cost."""
    return (line.work.cost_per_hour is not None and line.work.handling_s is not None) or line.work.cost_per_contact > 0
