"""What does a manager read who reads one page: five questions, each with what to do and a figure?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from touchpoints.inventory import Assumption
from touchpoints.records.base import GRADES
from workbench.analysis.case.scenario_case import are_unlike
from workbench.analysis.content.asked import COVERED
from workbench.analysis.hotspots import Hotspot
from workbench.analysis.naming import name_of
from workbench.analysis.ranges import moved_range, unanswered_range
from workbench.analysis.staffing.need import TeamNeed
from workbench.analysis.workload import untimed
from workbench.language.language import DASH, NOTHING
from workbench.report.answers import Answers
from workbench.report.blocks import Chapter, Figure, KeyMessage, KeyMessages, Paragraph
from workbench.report.told import How, Stands, Told
from workbench.tables import Table

_STEADY, _UNSTEADY, _TOP = 0.995, 0.9, 5
"""A place that is among the five heaviest in so many draws is there for certain; in fewer, it is worth measuring."""
_MOSTLY, _NOTEWORTHY = 0.5, 0.1
"""Of so many contacts without a known time the rest says nothing; of so many it is worth a word."""
_WEAK = ("contradicted", *(grade for grade in GRADES if grade != "contradicted"))
"""Evidence grades, the weakest first."""


def first_page(answers: Answers) -> Chapter:
    """Five questions, five sentences, five figures, and what belongs to each."""
    messages, _ = _told(answers)
    note = Paragraph(answers.text("first.note", chapter=answers.text("chapter.assumptions")))
    return Chapter("summary", answers.text("chapter.summary"), (messages, note))


def first_numbers(answers: Answers) -> Table:
    """Every number that the first page tells, and the table and column in which it stands."""
    return _told(answers)[1].table()


def _told(answers: Answers) -> tuple[KeyMessages, Told]:
    told = Told(answers.language)
    parts = (_effort, _move, _knowledge, _people, _worth)
    return KeyMessages(tuple(part(answers, told) for part in parts)), told


def _message(
    answers: Answers, key: str, sentence: str, figure: Figure, chapter: str, more: Iterable[str] = ()
) -> KeyMessage:
    return KeyMessage(answers.text(f"first.{key}"), sentence, figure, chapter, " ".join(more))


def _unknown(answers: Answers, key: str, chapter: str, lacks: str = "") -> KeyMessage:
    """A question that the model cannot answer yet: what it lacks."""
    figure = Figure(NOTHING, answers.text("first.not_known"), "")
    return _message(answers, key, lacks or answers.text(f"first.{key}_unknown"), figure, chapter)


def _effort(answers: Answers, told: Told) -> KeyMessage:
    if not answers.effort.hotspots or answers.effort.hotspots[0].customer_h_per_year <= 0:
        return _unknown(answers, "effort", "journeys")
    missing = _untimed(answers)
    if missing > _MOSTLY:
        return _unknown(answers, "effort", "journeys", answers.text("first.effort_mostly"))
    top, place = answers.effort.hotspots[0], str(answers.effort.hotspots[0].place)
    spread = answers.effort.spread.spreads.get(top.where) if answers.effort.spread else None
    ends = (spread.low, spread.high) if spread else None
    hours = Stands("effort", "customer_h_per_year", place=place)
    value = answers.text("first.hours", hours=told.tell("effort", top.customer_h_per_year, "hours", hours, ends))
    part = top.customer_h_per_year / answers.effort.customer_h_per_year
    share = told.tell("effort_share", part, "share", replace(hours, how="told_part"))
    staff = told.tell("effort_staff", top.staff_h_per_year, "hours", replace(hours, column="staff_h_per_year"))
    key = "first.effort_say" if top.staff_h_per_year is not None else "first.effort_customers"
    sentence, more = answers.text(key, what=top.label, share=share, staff=staff), []
    if spread is not None and len(answers.effort.hotspots) > _TOP:
        certain = spread.in_top >= _STEADY
        key = f"first.effort_{'steady' if certain else 'often' if spread.in_top >= _UNSTEADY else 'unsteady'}"
        often = told.tell("effort_in_top", spread.in_top, "share", replace(hours, column="in_top"))
        more.append(answers.text(key, share=often))
    more += [answers.text("first.effort_untimed")] if missing > _NOTEWORTHY else []
    grade = _grade(answers, _behind_spot(answers, top))
    figure = Figure(value, answers.text("first.effort_label"), "", _range(answers, ends, "hours"), grade, top.place)
    return _message(answers, "effort", sentence, figure, "journeys", more)


def _untimed(answers: Answers) -> float:
    """Which part of the contacts at which the customer is with a person takes a time that is not known [1]."""
    there = [one for one in answers.overview.works if one.human and one.customer_present]
    contacts = sum(one.contacts_per_year for one in there)
    return sum(one.contacts_per_year for one in untimed(there)) / contacts if contacts else 0.0


def _behind_spot(answers: Answers, spot: Hotspot) -> list[Assumption]:
    """The numbers a hotspot rests on: those of its journey, or of its own contacts."""
    start = f"journeys/{spot.journey}/" if spot.journey else f"volumes/{spot.where}/"
    return [one for one in answers.project.inventory.assumptions() if one.name.startswith(start)]


def _move(answers: Answers, told: Told) -> KeyMessage:
    plan = answers.steering.plan
    if not plan.chosen:
        return _unknown(answers, "move", "case")
    inventory, code = answers.project.inventory, answers.language.code
    first, part = plan.chosen[0]
    moved = sum(one.moved.net * share for one, share in plan.chosen)
    place = _contacts_place(first.work.assumptions) or str(inventory.steering.where("eligible"))
    worth = Stands("steering_plan", "worth_per_year", place=place)
    ends = moved_range(inventory, plan)
    value = told.tell("move", moved, "count", Stands("steering_plan", "net_shift", "told_sum", place), ends)
    sentence = answers.text(
        "first.move_say", reason=inventory.reasons[first.work.reason or ""].label(code),
        source=inventory.touchpoints[first.work.touchpoint].label(code),
        target=inventory.touchpoints[first.to].label(code),
        money=told.tell("move_first", first.worth * part, "money", worth),
        all=told.tell("move_all", plan.worth, "money", replace(worth, how="told_sum")),
    )  # fmt: skip
    more: list[str] = []
    hours = sum((one.customer_h or 0.0) * part for one, part in plan.chosen)
    if round(hours):
        key = "first.move_gains" if hours > 0 else "first.move_costs"
        told.tell("move_customers", hours, "hours", replace(worth, column="saved_customer_h_per_year", how="told_sum"))
        more.append(answers.text(key, hours=answers.language.show(abs(hours), "hours")))
    needless = [work for work in answers.overview.works if work.human and work.reason in _needless(answers)]
    if needless:
        by_reason: dict[str, float] = {}
        for work in needless:
            by_reason[work.reason or ""] = by_reason.get(work.reason or "", 0.0) + work.contacts_per_year
        most = max(sorted(by_reason), key=lambda one: by_reason[one])
        stands = Stands("matrix", "contacts_with_staff")
        count = told.tell("vanish", sum(by_reason.values()), "count", stands)
        more.append(answers.text("first.vanish_say", count=count, most=inventory.reasons[most].label(code)))
    rules = [one for one in answers.steering.assumptions if one.name.startswith("steering/")]
    used = {one.name: one for work, _ in plan.chosen for one in work.work.assumptions} | {
        one.name: one for one in rules
    }
    grade, label = _grade(answers, used.values()), answers.text("first.move_label")
    figure = Figure(value, label, "", _range(answers, ends, "count"), grade, place)
    return _message(answers, "move", sentence, figure, "case", more)


def _needless(answers: Answers) -> set[str]:
    """Reasons that are of value to nobody."""
    return {one.reason for one in answers.matrix.reasons if one.action == "eliminate"}


def _contacts_place(used: Sequence[Assumption]) -> str:
    return next((str(one.place) for one in used if one.name.endswith("/contacts")), "")


def _knowledge(answers: Answers, told: Told) -> KeyMessage:
    found = answers.content
    covered = found.coverage.share_of_contacts(*COVERED)
    if covered is None or not found.inventory.content:
        return _unknown(answers, "knowledge", "content")
    gaps = next(one for one in found.tables() if one.key == "content_gaps").records()
    place = str(gaps[0]["place"]).split("; ")[0] if gaps else ""
    ends = unanswered_range(found.inventory, found.coverage)
    stands = Stands("content_coverage", "contacts_share", "told_unanswered", place)
    value = told.tell("knowledge", 1 - covered, "share", stands, ends)
    if gaps:
        worst = gaps[0]
        stake = Stands("content_gaps", "at_stake_per_year", place=place)
        what = {"reason": worst["reason"], "at": worst["asked_at"], "do": worst["content_remedy"]}
        if worst["at_stake_per_year"] is not None:
            money = told.tell("knowledge_money", worst["at_stake_per_year"], "money", stake)
            sentence, more = answers.text("first.knowledge_say", **what), [answers.text("first.stake", money=money)]
        else:
            stake = replace(stake, column="contacts_per_year")
            contacts = told.tell("knowledge_contacts", worst["contacts_per_year"], "count", stake)
            sentence, more = answers.text("first.knowledge_say", **what), [answers.text("first.often", count=contacts)]
    else:
        sentence, more = answers.text("first.knowledge_fine"), []
    volumes = {one.name: one for line in found.coverage.lines for one in line.work.assumptions
               if one.name.endswith("/contacts")}  # fmt: skip
    figure = Figure(
        value, answers.text("first.knowledge_label"), "", _range(answers, ends, "share"),
        _grade(answers, volumes.values()), place,
    )  # fmt: skip
    return _message(answers, "knowledge", sentence, figure, "content", more)


def _people(answers: Answers, told: Told) -> KeyMessage:
    found = answers.staffing
    if not found.needs:
        return _unknown(answers, "people", "staffing")
    need = found.tightest
    low, high = need.fte_needed

    def fte(key: str, value: float | None, column: str, how: How = "told_row") -> str:
        return told.tell(key, value, "number", Stands("staffing", column, how, str(need.team.place)))

    state = _state(need)
    values = {
        "team": need.team.label(answers.language.code), "low": fte("people_low", low, "fte_low"),
        "high": fte("people_high", high, "fte_needed"), "have": fte("people_have", need.fte_have, "fte_have"),
    }  # fmt: skip
    if state == "short" and need.fte_have is not None:
        ends = low - need.fte_have, high - need.fte_have
        fte("people_short", ends[0], "fte_gap_low", "told_row_minus")
        fte("people_short_most", ends[1], "fte_gap", "told_row_minus")
        values |= {key: answers.language.number(end, 1) for key, end in zip(("short", "short_most"), ends, strict=True)}
        state = "short_one" if values["short"] == values["short_most"] else state
    sentence = answers.text(f"first.people_{state}", **values)
    label = answers.text("first.people_label", team=values["team"])
    detail = answers.text("first.people_have", have=values["have"]) if need.fte_have is not None else ""
    used = [one for one in found.assumptions if _of_team(answers, one, need)]
    is_range = values["low"] != values["high"]
    told_range = answers.text("first.people_range", **values) if is_range else ""
    value = answers.text("first.fte", fte=f"{values['low']}{DASH}{values['high']}" if is_range else values["low"])
    figure = Figure(value, label, detail, told_range, _grade(answers, used), str(need.team.place))
    return _message(answers, "people", sentence, figure, "staffing")


def _state(need: TeamNeed) -> str:
    have, (low, high) = need.fte_have, need.fte_needed
    if have is None:
        return "unsaid"
    return "short" if have < low else "enough" if have >= high else "edge"


def _of_team(answers: Answers, one: Assumption, need: TeamNeed) -> bool:
    """Whether a number is about a team: its own, or of contacts at one of its touchpoints."""
    collection, _, rest = one.name.partition("/")
    first = rest.split("/")[0]
    if collection == "teams":
        return first == need.team.id
    touchpoint = answers.project.inventory.touchpoints.get(first)
    return collection == "volumes" and touchpoint is not None and touchpoint.owner == need.team.id


def _worth(answers: Answers, told: Told) -> KeyMessage:
    best, show, code = answers.best, answers.language.show, answers.language.code
    unknown = [one.scenario.label(code) for one in answers.told if not one.is_known]
    if unknown and (best is None or best.worth.npv <= 0):
        return _unknown(answers, "worth", "case", answers.text("first.worth_unpriced", name=unknown[0]))
    if best is None:
        return _unknown(answers, "worth", "case")
    low, _, high = best.worth.interval
    months, npv = best.worth.timeline.months, best.worth.npv
    key = "no" if high <= 0 else "yes" if low >= 0 else "edge"
    all_hours, stands = best.worth.npv_all, Stands("case_worth", "npv", place=str(best.scenario.place))
    value = told.tell("worth", npv, "money", stands, (low, high))
    sentence = answers.text(
        f"first.worth_{key}", name=best.scenario.label(code), months=months,
        money=show(npv if key == "edge" else abs(npv), "money"),
    )  # fmt: skip
    chance = told.tell("worth_chance", best.worth.chance, "share", replace(stands, column="npv_chance"))
    more = [answers.text("first.chance", chance=chance)]
    if npv <= 0 < all_hours:
        money = told.tell("worth_hours", all_hours, "money", replace(stands, column="npv_all"))
        more.append(answers.text("first.worth_hours", money=money))
    more += [answers.text("first.worth_unlike")] if are_unlike(answers.told) else []
    more += [answers.text("first.worth_least")] if best.unpriced else []
    more += [answers.text("first.worth_left_out", name=one) for one in unknown]
    more += _belief(answers, told)
    figure = Figure(
        value, answers.text("first.worth_label", months=months), "",
        _range(answers, (low, high), "money"), _grade(answers, answers.case.assumptions),
        stands.place,
    )  # fmt: skip
    return _message(answers, "worth", sentence, figure, "case", more)


def _belief(answers: Answers, told: Told) -> list[str]:
    """What to measure first, and what the log says."""
    said = []
    first = next(iter(answers.case.choice.to_measure if answers.case.choice else ()), None)
    if first is not None:
        what = name_of(answers.project.inventory, first.assumption.name, answers.language)
        stands = Stands("to_measure", "worth_of_knowing", place=str(first.assumption.place))
        worth = told.tell("worth_of_knowing", first.worth, "money", stands)
        said.append(answers.text("first.measure", what=what, money=worth))
    if answers.ledger is not None:
        stands = Stands("ledger", "verdict", "told_count")
        total = told.tell("log_total", len(answers.ledger.entries), "count", stands)
        counts = {verdict: told.tell(f"log_{verdict}", answers.ledger.count(verdict), "count", stands)
                  for verdict in ("validated", "contradicted")}  # fmt: skip
        said.append(answers.text("first.log", total=total, **counts))
        if answers.is_simulated:
            said.append(answers.text("summary.simulated"))
    return said


def _range(answers: Answers, ends: tuple[float, float] | None, unit: str) -> str:
    if ends is None:
        return ""
    low, high = (answers.language.show(end, unit) for end in ends)
    return answers.text("first.range", low=low, high=high) if low != high else ""


def _grade(answers: Answers, used: Iterable[Assumption]) -> str:
    """The weakest evidence grade among the numbers, with how many have it."""
    wrong = answers.contradicted
    grades = ["contradicted" if one.name in wrong else one.grade for one in used]
    if not grades:
        return ""
    weakest = min(grades, key=_WEAK.index)
    count, total = grades.count(weakest), len(grades)
    return answers.text("first.grade", grade=answers.language.word(weakest), count=count, all=total)
