"""Which messages do the first three steps carry: touchpoints, contacts, content?"""

from __future__ import annotations

from workbench.analysis.content.asked import COVERED
from workbench.analysis.workload import known_cost, known_hours
from workbench.office.slides.message import Chart, Message, Series
from workbench.office.slides.telling import by_grade, in_step, named, places, top
from workbench.pictures.plot import ACCENT, PALETTE
from workbench.report.answers import Answers

_MOST = 8
_COLOURS = {"eliminate": "#d55e00", "automate": "#0072b2", "simplify": "#b8860b", "leverage": "#009e73"}


def channels(answers: Answers) -> Message | None:
    """Step 1: which channel carries most contacts."""
    language, show = answers.language, answers.language.show
    by_channel: dict[str, float] = {}
    for row in answers.overview.touchpoints().records():
        channel = row["channel"] or answers.text("no_channel")
        by_channel[channel] = by_channel.get(channel, 0.0) + (row["contacts_per_year"] or 0.0)
    rows = top(by_channel.items(), _MOST)
    total = sum(by_channel.values())
    if not rows:
        return None
    works = answers.overview.works
    human = sum(work.contacts_per_year for work in works if work.human)
    title = answers.text("slide.channels", channel=named(rows[0][0]), share=show(rows[0][1] / total, "share"),
                         contacts=show(total, "count"))  # fmt: skip
    hours, cost = known_hours(works), known_cost(works)
    points = (
        answers.text("slide.human", share=show(human / total, "share"), contacts=show(human, "count")),
        *([answers.text("slide.hours", hours=show(hours, "hours"))] if hours is not None else []),
        *([answers.text("slide.cost", money=show(cost, "money"))] if cost is not None else []),
    )
    heading = language.column("contacts_per_year")[0]
    chart = Chart("bars", *_parts(rows, heading, ACCENT, {rows[0][0]}), "count", heading)
    used = [one for work in works for one in work.assumptions]
    return Message(in_step(answers, 1), title, chart, points, heading, by_grade(answers, used))


def _parts(
    rows: list[tuple[str, float]], name: str, colour: str, told: set[str]
) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    """Categories and the one series over them; those that the message is not about are muted."""
    muted = frozenset(at for at, (one, _) in enumerate(rows) if one not in told)
    return tuple(one for one, _ in rows), (Series(name, tuple(value for _, value in rows), colour, muted=muted),)


def value_matrix(answers: Answers) -> Message | None:
    """Step 2: which contacts should not exist."""
    language, show = answers.language, answers.language.show
    actions, reasons, _ = answers.matrix.tables()
    known = [row for row in actions.records() if row["action"] in _COLOURS and row["contacts_per_year"]
             and row["staff_h_per_year"] is not None]  # fmt: skip
    if not known:
        return None
    needless = next((row for row in known if row["action"] == "eliminate"), None)
    first = needless or max(known, key=lambda row: row["contacts_per_year"])
    key = "slide.matrix" if needless is not None else "slide.matrix_other"
    title = answers.text(
        key, count=first["reasons_count"], contacts=show(first["contacts_per_year"], "count"),
        hours=show(first["staff_h_per_year"], "hours"), action=language.word(first["action"]),
    )  # fmt: skip
    mine = [row for row in reasons.records() if row["action"] == first["action"]]
    heaviest = sorted(mine, key=lambda row: -(row["staff_h_per_year"] or 0.0))[:3]
    points = tuple(
        answers.text("slide.point_hours", what=named(row["reason"]), hours=show(row["staff_h_per_year"], "hours"))
        for row in heaviest
    )
    heading = language.column("staff_h_per_year")[0]
    rows = [(language.word(row["action"]).capitalize(), row["staff_h_per_year"]) for row in known]
    told = {language.word(first["action"]).capitalize()}
    chart = Chart("bars", *_parts(rows, heading, PALETTE["worse"], told), "hours", heading)
    return Message(in_step(answers, 2), title, chart, points, heading, places(answers, mine))


def coverage(answers: Answers) -> Message | None:
    """Step 3: how many contacts have no valid answer where the question is asked."""
    found, language, show = answers.content, answers.language, answers.language.show
    covered = found.coverage.share_of_contacts(*COVERED)
    if covered is None or not found.inventory.content:
        return None
    tables = {one.key: one for one in found.tables()}
    states = [row for row in tables["content_coverage"].records() if row["contacts_per_year"]]
    gaps = tables["content_gaps"].records()
    key = "slide.coverage" if covered < 1 else "slide.covered"
    title = answers.text(key, share=show(1 - covered, "share"))
    points = tuple(
        answers.text("slide.gap", reason=named(row["reason"]), do=row["content_remedy"],
                     contacts=show(row["contacts_per_year"], "count"))
        for row in gaps[:3]
    )  # fmt: skip
    heading = language.column("contacts_per_year")[0]
    rows = [(language.word(row["answer_state"]).capitalize(), row["contacts_per_year"]) for row in states]
    told = {language.word(row["answer_state"]).capitalize() for row in states if row["answer_state"] not in COVERED}
    chart = Chart("bars", *_parts(rows, heading, PALETTE["worse"], told), "count", heading)
    foot = answers.text("chart.coverage_caption", date=show(found.today, "date"))
    return Message(in_step(answers, 3), title, chart, points, foot, places(answers, gaps))
