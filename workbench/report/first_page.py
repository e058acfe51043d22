"""What does a manager read who reads one page: five questions, each with what to do and a figure?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from touchpoints.inventory import Assumption
from touchpoints.records.base import GRADES
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.content.asked import COVERED
from workbench.analysis.hotspots import Hotspot
from workbench.analysis.naming import name_of
from workbench.analysis.ranges import moved_range, unanswered_range
from workbench.analysis.staffing.need import TeamNeed
from workbench.language.language import DASH, NOTHING
from workbench.report.answers import Answers
from workbench.report.blocks import Chapter, Figure, KeyMessage, KeyMessages, Paragraph
from workbench.validation.verdict import VERDICTS

_STEADY = 0.9
"""A place that is among the five heaviest in so many draws is there for certain."""
_WEAK = ("contradicted", *(grade for grade in GRADES if grade != "contradicted"))
"""Evidence grades, the weakest first."""


def first_page(answers: Answers) -> Chapter:
    """Five questions, five sentences, five figures."""
    items = (_effort(answers), _move(answers), _knowledge(answers), _people(answers), _worth(answers))
    note = Paragraph(answers.text("first.note"))
    return Chapter("summary", answers.text("chapter.summary"), (KeyMessages(items), note))


def _message(answers: Answers, key: str, sentence: str, figure: Figure, chapter: str) -> KeyMessage:
    return KeyMessage(answers.text(f"first.{key}"), sentence, figure, chapter)


def _unknown(answers: Answers, key: str, chapter: str) -> KeyMessage:
    """A question that the model cannot answer yet: what it lacks."""
    figure = Figure(NOTHING, answers.text("first.not_known"), "")
    return _message(answers, key, answers.text(f"first.{key}_unknown"), figure, chapter)


def _effort(answers: Answers) -> KeyMessage:
    if not answers.effort.hotspots or answers.effort.hotspots[0].customer_h_per_year <= 0:
        return _unknown(answers, "effort", "journeys")
    show, top = answers.language.show, answers.effort.hotspots[0]
    spread = answers.effort.spread.spreads.get(top.where) if answers.effort.spread else None
    share = top.customer_h_per_year / answers.effort.customer_h_per_year
    sentence = answers.text(
        "first.effort_say", what=top.label, share=show(share, "share"), staff=show(top.staff_h_per_year or 0.0, "hours")
    )
    if spread is not None:
        key = "first.effort_steady" if spread.in_top >= _STEADY else "first.effort_unsteady"
        sentence += " " + answers.text(key, share=show(spread.in_top, "share"))
    value = answers.text("first.hours", hours=show(top.customer_h_per_year, "hours"))
    ends = (spread.low, spread.high) if spread else None
    grade = _grade(answers, _behind_spot(answers, top))
    figure = Figure(value, answers.text("first.effort_label"), "", _range(answers, ends, "hours"), grade, top.place)
    return _message(answers, "effort", sentence, figure, "journeys")


def _behind_spot(answers: Answers, spot: Hotspot) -> list[Assumption]:
    """The numbers a hotspot rests on: those of its journey, or of its own contacts."""
    start = f"journeys/{spot.journey}/" if spot.journey else f"volumes/{spot.where}/"
    return [one for one in answers.project.inventory.assumptions() if one.name.startswith(start)]


def _move(answers: Answers) -> KeyMessage:
    plan, show = answers.steering.plan, answers.language.show
    if not plan.chosen:
        return _unknown(answers, "move", "case")
    inventory, code = answers.project.inventory, answers.language.code
    first, part = plan.chosen[0]
    moved = sum(one.moved.net * share for one, share in plan.chosen)
    sentence = answers.text(
        "first.move_say", reason=inventory.reasons[first.work.reason or ""].label(code),
        source=inventory.touchpoints[first.work.touchpoint].label(code),
        target=inventory.touchpoints[first.to].label(code),
        money=show(first.worth * part, "money"), all=show(plan.worth, "money"),
    )  # fmt: skip
    hours = round((first.customer_h or 0.0) * part)
    if hours:
        key = "first.move_gains" if hours > 0 else "first.move_costs"
        sentence += " " + answers.text(key, hours=show(abs(hours), "hours"))
    needless = [work for work in answers.overview.works if work.human and work.reason in _needless(answers)]
    if needless:
        by_reason: dict[str, float] = {}
        for work in needless:
            by_reason[work.reason or ""] = by_reason.get(work.reason or "", 0.0) + work.contacts_per_year
        most = max(sorted(by_reason), key=lambda one: by_reason[one])
        count = show(sum(by_reason.values()), "count")
        sentence += " " + answers.text("first.vanish_say", count=count, most=inventory.reasons[most].label(code))
    rules = [one for one in answers.steering.assumptions if one.name.startswith("steering/")]
    used = {one.name: one for work, _ in plan.chosen for one in work.work.assumptions} | {
        one.name: one for one in rules
    }
    figure = Figure(
        show(moved, "count"), answers.text("first.move_label"), "",
        _range(answers, moved_range(inventory, plan), "count"), _grade(answers, used.values()),
        _contacts_place(first.work.assumptions) or str(inventory.steering.where("eligible")),
    )  # fmt: skip
    return _message(answers, "move", sentence, figure, "case")


def _needless(answers: Answers) -> set[str]:
    """Reasons that are of value to nobody."""
    return {one.reason for one in answers.matrix.reasons if one.action == "eliminate"}


def _contacts_place(used: Sequence[Assumption]) -> str:
    return next((str(one.place) for one in used if one.name.endswith("/contacts")), "")


def _knowledge(answers: Answers) -> KeyMessage:
    found, show = answers.content, answers.language.show
    covered = found.coverage.share_of_contacts(*COVERED)
    if covered is None or not found.inventory.content:
        return _unknown(answers, "knowledge", "content")
    gaps = next(one for one in found.tables() if one.key == "content_gaps").records()
    if gaps:
        worst = gaps[0]
        key = "first.knowledge_say" if worst["at_stake_per_year"] is not None else "first.knowledge_unpriced"
        sentence = answers.text(
            key, reason=worst["reason"], at=worst["asked_at"], do=worst["content_remedy"],
            money=show(worst["at_stake_per_year"], "money"), contacts=show(worst["contacts_per_year"], "count"),
        )  # fmt: skip
    else:
        sentence = answers.text("first.knowledge_fine")
    volumes = {one.name: one for line in found.coverage.lines for one in line.work.assumptions
               if one.name.endswith("/contacts")}  # fmt: skip
    figure = Figure(
        show(1 - covered, "share"), answers.text("first.knowledge_label"), "",
        _range(answers, unanswered_range(found.inventory, found.coverage), "share"), _grade(answers, volumes.values()),
        str(gaps[0]["place"]).split("; ")[0] if gaps else "",
    )  # fmt: skip
    return _message(answers, "knowledge", sentence, figure, "content")


def _people(answers: Answers) -> KeyMessage:
    found, show = answers.staffing, answers.language.show
    if not found.needs:
        return _unknown(answers, "people", "staffing")
    need = found.tightest
    low, high = need.fte_needed
    values = {
        "team": need.team.label(answers.language.code), "low": show(low, "number"), "high": show(high, "number"),
        "have": show(need.fte_have, "number"), "short": answers.language.number(low - (need.fte_have or 0.0), 1),
        "short_most": answers.language.number(high - (need.fte_have or 0.0), 1),
    }  # fmt: skip
    sentence = answers.text(f"first.people_{_state(need)}", **values)
    label = answers.text("first.people_label", team=values["team"])
    detail = answers.text("first.people_have", have=values["have"]) if need.fte_have is not None else ""
    used = [one for one in found.assumptions if _of_team(answers, one, need)]
    ends = answers.text("first.people_range", **values) if values["low"] != values["high"] else ""
    fte = f"{values['low']}{DASH}{values['high']}" if ends else values["low"]
    value = answers.text("first.fte", fte=fte)
    figure = Figure(value, label, detail, ends, _grade(answers, used), str(need.team.place))
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


def _worth(answers: Answers) -> KeyMessage:
    best, show = answers.best, answers.language.show
    if best is None:
        return _unknown(answers, "worth", "case")
    low, _, high = best.worth.interval
    months, npv = best.worth.timeline.months, best.worth.npv
    key = "yes" if low >= 0 else "no" if high <= 0 else "edge"
    all_hours = best.worth.npv_all
    sentence = answers.text(
        f"first.worth_{key}", name=best.scenario.label(answers.language.code), months=months,
        money=show(npv if key == "edge" else abs(npv), "money"), chance=show(best.worth.chance, "share"),
    )  # fmt: skip
    if npv <= 0 < all_hours:
        sentence += " " + answers.text("first.worth_hours", money=show(all_hours, "money"))
    sentence += " " + _belief(answers, best)
    figure = Figure(
        show(npv, "money"), answers.text("first.worth_label", months=months), "",
        _range(answers, (low, high), "money"), _grade(answers, answers.case.assumptions),
        str(best.swings[0].assumption.place if best.swings else best.scenario.place),
    )  # fmt: skip
    return _message(answers, "worth", sentence, figure, "case")


def _belief(answers: Answers, best: ScenarioCase) -> str:
    """What to measure first, and what the log says."""
    said = []
    if best.swings:
        first = name_of(answers.project.inventory, best.swings[0].assumption.name, answers.language)
        said.append(answers.text("first.measure", what=first))
    if answers.ledger is not None:
        counts = {verdict: answers.ledger.count(verdict) for verdict in VERDICTS}
        said.append(answers.text("first.log", total=len(answers.ledger.entries), **counts))
        if answers.is_simulated:
            said.append(answers.text("summary.simulated"))
    return " ".join(said)


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
