"""Which tables show whether there is staff enough?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from touchpoints.inventory import Inventory
from touchpoints.quantities import AnswerTime
from workbench.analysis.staffing.desks import Finding
from workbench.analysis.staffing.levers import Lever
from workbench.analysis.staffing.need import Group, TeamNeed, whole_people
from workbench.analysis.staffing.pooling import Pool
from workbench.analysis.staffing.present import answered_now, met, shared_out
from workbench.analysis.staffing.rule_of_thumb import Thumb
from workbench.analysis.staffing.waits import StatedWait, queue_key
from workbench.analysis.staffing.week import HALF_HOURS, PER_DAY, WorkYear
from workbench.language.language import Language
from workbench.tables import Table, table

if TYPE_CHECKING:
    from workbench.analysis.staffing.observed import Observed

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_FINDING_UNITS = {"share": "share", "modelled": "s", "stated": "s"}
_UNITS = {"handling_time": "share", "contacts": "share", "patience": "s"}
"""The unit in which the ends of a lever are shown; shares of a whole or of the model's number for all others."""


def team_table(needs: Sequence[TeamNeed], year: WorkYear, language: Language) -> Table:
    """One row a team: what it needs, what it has, and the gap."""

    def row(need: TeamNeed) -> dict[str, Any]:
        low, high = need.fte_needed
        have, present = need.fte_have, need.present
        return {
            "team": need.team.label(language.code),
            "needed_h_per_week": need.hours_needed[1],
            "peak_people": float(np.ceil(need.needed().max() - 1e-9)),
            "present_people": present,
            "fte_low": low,
            "fte_needed": high,
            "fte_whole": whole_people(high),
            "fte_have": have,
            "fte_gap_low": None if have is None else have - low,
            "fte_gap": None if have is None else have - high,
            "short_half_hours": None if present is None else len(short(need)),
            "place": str(need.team.place),
        }

    columns = ["team", "needed_h_per_week", "peak_people", "present_people", "fte_low", "fte_needed", "fte_whole",
               "fte_have", "fte_gap_low", "fte_gap", "short_half_hours", "place"]  # fmt: skip
    notes = [language.text("staffing.how"), language.text("staffing.present"), _holiday_note(year, language)]
    if any(need.team.fte is None and need.team.people is not None for need in needs):
        notes.append(language.text("staffing.people_as_fte"))
    return table("staffing", columns, [row(need) for need in needs], notes, [need.team.id for need in needs])


def short(need: TeamNeed) -> list[int]:
    """The half hours of the week in which fewer people are there than needed."""
    present = need.present or 0.0
    needed = need.needed()
    return [cell for cell in range(HALF_HOURS) if need.open[cell] > 0 and needed[cell] > present + 1e-9]


def _holiday_note(year: WorkYear, language: Language) -> str:
    if year.country is None:
        return language.text("staffing.no_holidays")
    named = year.holidays_in(language.code)
    names = ", ".join(f"{name} {language.show(day, 'date')}" for day, name in named.items())
    return language.text("staffing.holidays", count=len(year.holidays), country=year.country, names=names)


def queue_table(
    needs: Sequence[TeamNeed], seen: Mapping[str, Observed], inventory: Inventory, language: Language
) -> Table:
    """One row a queue: the band at the busiest half hour of the week."""
    rows, ids, patience = [], [], []
    for need in needs:
        for group in need.groups:
            rows.append(_queue_row(need, group, seen, inventory, language))
            ids.append(queue_key(need, group))
            patience += [
                language.text("staffing.patience_seen", what=desk.touchpoint.label(language.code),
                              seen=language.show(seen[desk.touchpoint.id].patience_s, "s"),
                              modelled=language.show(desk.patience_s, "s"))
                for desk in group.desks
                if desk.touchpoint.id in seen and seen[desk.touchpoint.id].patience_s is not None
            ]  # fmt: skip
    columns = ["team", "channel", "contacts_per_week", "busiest_at", "busiest_contacts", "handling_s", "agents_low",
               "agents_high", "level_patient", "level_impatient", "profile_source", "place"]  # fmt: skip
    notes = [language.text("staffing.band"), *patience]
    if any(group.queue.concurrency != 1.0 for need in needs for group in need.groups):
        notes.append(language.text("staffing.chat"))
    return table("staffing_queues", columns, rows, notes, ids)


def _queue_row(
    need: TeamNeed, group: Group, seen: Mapping[str, Observed], inventory: Inventory, language: Language
) -> dict[str, Any]:
    peak, within_s = int(np.argmax(group.queue.load)), group.promise.within_s
    found = group.queue.patient(group.most, within_s), group.queue.impatient(group.most, within_s)
    patient, impatient = (float(waiting.service_level[peak]) for waiting in found)
    from_log = all(desk.touchpoint.id in seen for desk in group.desks)
    return {
        "team": need.team.label(language.code),
        "channel": _label(group.channel, inventory, language),
        "contacts_per_week": float(group.contacts.sum()),
        "busiest_at": moment(peak, language),
        "busiest_contacts": float(group.contacts[peak]),
        "handling_s": float(group.queue.handling_s),
        "agents_low": float(group.least[peak]),
        "agents_high": float(group.most[peak]),
        "level_patient": patient,
        "level_impatient": impatient,
        "profile_source": "profile_log" if from_log else "profile_library",
        "place": str(group.desks[0].touchpoint.place),
    }


def now_table(
    needs: Sequence[TeamNeed], stated: Mapping[str, StatedWait], inventory: Inventory, language: Language
) -> Table:
    """One row a queue: what is promised, and what customers meet with the people there now."""
    rows, ids = [], []
    for need in needs:
        for group, there in zip(need.groups, shared_out(need), strict=False):  # nobody knows who is there: no row
            now, key = met(group, there), queue_key(need, group)
            rows.append(
                (need.team.label(language.code), _label(group.channel, inventory, language), _promise(group, language),
                 now.service_level, now.wait_s, stated[key].wait_s if key in stated else None, now.abandoned,
                 now.occupancy, str(group.desks[0].touchpoint.place))
            )  # fmt: skip
            ids.append(key)
    columns = ["team", "channel", "promise", "level_now", "wait_now_s", "wait_stated_s", "abandoned_now",
               "occupancy_now", "place"]  # fmt: skip
    return table("staffing_now", columns, rows, [language.text("staffing.now")], ids)


def _promise(group: Group, language: Language) -> str:
    promise = group.promise
    parts = [
        language.text("staffing.promise", share=language.show(float(promise.at_least), "share"),
                      limit=language.show(float(promise.within_s), "s"))
    ]  # fmt: skip
    if np.isfinite(promise.max_wait_s):
        parts.append(language.text("staffing.mean_wait", limit=language.show(float(promise.max_wait_s), "s")))
    if float(promise.max_abandoned) < 1:
        parts.append(language.text("staffing.hang_up", share=language.show(float(promise.max_abandoned), "share")))
    return "; ".join(parts)


def written_table(needs: Sequence[TeamNeed], language: Language) -> Table:
    """One row a backlog or outbound desk."""
    rows, ids = [], []
    for need in needs:
        for one in need.written:
            desk = one.desk
            limit = language.text(
                "staffing.promise",
                share=language.show(desk.at_least, "share"),
                limit=answer_limit(desk.limit, language),
            )
            rows.append(
                (need.team.label(language.code), desk.touchpoint.label(language.code), desk.contacts_per_month,
                 desk.handling_s, limit if one.backlog else None, one.backlog.load if one.backlog else None,
                 one.people, answered_now(need, one), str(desk.touchpoint.place))
            )  # fmt: skip
            ids.append(desk.touchpoint.id)
    columns = ["team", "touchpoint", "contacts_per_month", "handling_s", "promise", "people_least", "people_needed",
               "answered_now", "place"]  # fmt: skip
    return table("staffing_written", columns, rows, [language.text("staffing.backlog")], ids)


def answer_limit(limit: AnswerTime, language: Language) -> str:
    """A time until an answer, of the clock or of the office.

    Example:
        >>> answer_limit(AnswerTime.parse("3 working days"), Language("nl"))
        '24 werkuren'
    """
    if not limit.office:
        return language.show(limit.point, "s")
    return language.text("staffing.working_hours", count=language.show(limit.point / 3_600, "number"))


def finding_table(findings: Sequence[Finding], inventory: Inventory, language: Language) -> Table:
    """What is missing or cannot be kept up."""
    rows = [
        (_label(finding.record, inventory, language), finding_text(finding, inventory, language), str(finding.place))
        for finding in findings
    ]
    return table("staffing_findings", ["record", "finding", "place"], rows)


def finding_text(finding: Finding, inventory: Inventory, language: Language) -> str:
    """A finding as a sentence."""
    shown = {"team": _label(finding.record, inventory, language)}
    for key, value in finding.values.items():
        if key in ("channel", "touchpoint", "reason"):
            shown[key] = _label(str(value), inventory, language)
        elif isinstance(value, float):
            shown[key] = language.show(value, _FINDING_UNITS.get(key, "decimal"))
        else:
            shown[key] = str(value)
    return language.text(f"staffing.{finding.kind}", **shown)


def _label(name: str, inventory: Inventory, language: Language) -> str:
    for records in (inventory.touchpoints, inventory.teams, inventory.channels, inventory.reasons):
        if name in records:
            return records[name].label(language.code)
    return name


def pool_table(pools: Sequence[Pool], inventory: Inventory, language: Language) -> Table:
    """Queues together and apart."""
    rows = [
        (f"pool_{one.kind}", _label(one.name, inventory, language), one.queues, one.apart_h, one.pooled_h,
         one.apart_fte, one.pooled_fte, one.apart_fte - one.pooled_fte)
        for one in pools
    ]  # fmt: skip
    columns = ["pool", "record", "queues", "apart_h", "pooled_h", "apart_fte", "pooled_fte", "fte_saved"]
    ids = [f"{one.kind}/{one.name}" for one in pools]
    return table("staffing_pools", columns, rows, [language.text("staffing.pools")], ids)


def lever_table(levers: Sequence[Lever], inventory: Inventory, language: Language) -> Table:
    """Which number moves the need most."""
    rows = [
        (_label(one.team, inventory, language), f"lever_{one.kind}", _UNITS.get(one.kind, "share"), one.low, one.high,
         one.fte_low, one.fte_high, one.swing, one.source.grade if one.source else None,
         str(one.source.place) if one.source else str(inventory.teams[one.team].place))
        for one in levers
    ]  # fmt: skip
    columns = [
        "team",
        "lever",
        "unit",
        "end_low",
        "end_high",
        "fte_at_low",
        "fte_at_high",
        "swing_fte",
        "grade",
        "place",
    ]
    ids = [f"{one.team}/{one.kind}" for one in levers]
    return table("staffing_levers", columns, rows, [language.text("staffing.levers")], ids)


def thumb_table(thumbs: Sequence[Thumb], inventory: Inventory, language: Language) -> Table:
    """The rule of thumb in both readings."""
    rows = [
        (one.team.label(language.code), one.people, one.contacts_per_month, one.each_per_month, _word(one.per_person),
         _word(one.per_team), str(one.team.place))
        for one in thumbs
    ]  # fmt: skip
    defaults = inventory.staffing
    people, contacts = defaults.rule_people, defaults.rule_contacts
    note = language.text(
        "staffing.rule", people=language.show(people.point if people else None, "count"),
        contacts=language.show(contacts.point if contacts else None, "count"), place=defaults.where("rule_people"),
    )  # fmt: skip
    columns = [
        "team",
        "people",
        "contacts_per_month",
        "contacts_per_person",
        "rule_per_person",
        "rule_per_team",
        "place",
    ]
    return table("staffing_rule", columns, rows, [note], [one.team.id for one in thumbs])


def _word(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def week_table(needs: Sequence[TeamNeed], language: Language) -> Table:
    """Every half hour of the week in which a team is open."""
    columns = ["team", "week_day", "half_hour_from", "contacts_mean", "people_low", "people_high", "present_people",
               "people_short"]  # fmt: skip
    rows = [row for need in needs for row in _week_rows(need, language)]
    return table("staffing_week", columns, rows)


def _week_rows(need: TeamNeed, language: Language) -> Iterator[tuple[Any, ...]]:
    low, high = need.needed(high=False), need.needed()
    contacts = sum((group.contacts for group in need.groups), np.zeros(HALF_HOURS))
    for cell in np.flatnonzero(need.open > 0):
        lacking = None if need.present is None else max(0.0, float(high[cell]) - need.present)
        yield (
            need.team.label(language.code), f"day_{DAYS[cell // PER_DAY]}", clock(int(cell)), float(contacts[cell]),
            float(low[cell]), float(high[cell]), need.present, lacking,
        )  # fmt: skip


def clock(cell: int) -> str:
    """The time at which a half hour of the week starts.

    Example:
        >>> clock(48 + 17)
        '08:30'
    """
    hour, half = divmod(cell % PER_DAY, 2)
    return f"{hour:02d}:{30 * half:02d}"


def moment(cell: int, language: Language) -> str:
    """The day and time of a half hour of the week.

    Example:
        >>> moment(48 + 17, Language("nl"))
        'di 08:30'
    """
    return f"{language.word(f'day_{DAYS[cell // PER_DAY]}')} {clock(cell)}"
