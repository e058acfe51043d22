"""Which messages do steps four to six carry: journeys, systems, organisation?"""

from __future__ import annotations

from journeys.drawing import DrawingError
from journeys.pictures.lanes_map import lanes_map
from journeys.pictures.wall_map import wall_map
from workbench.office.slides.message import Chart, Drawing, Message, Series
from workbench.office.slides.telling import by_grade, in_step, named, places, top
from workbench.pictures.plot import ACCENT, PALETTE
from workbench.report.answers import Answers
from workbench.report.blocks import Picture
from workbench.report.pictures import OVERVIEW_STEPS, PAPER

_MOST, _MOST_TEAMS = 8, 6
_HOT = "#b5651d"
_LEAST_ASPECTS = 3


def journey_map(answers: Answers) -> Message | None:
    """Step 4: the journey that takes customers most time, drawn."""
    table = next(one for one in answers.effort.tables() if one.key == "journeys")
    known = [(row["journey"], row) for row in table.records() if row["effort_s"] is not None]
    if not known:
        return None
    inventory, language, show = answers.project.inventory, answers.language, answers.language.show
    name, row = max(known, key=lambda one: (one[1]["starts_per_year"] or 0.0) * one[1]["effort_s"])
    flow = next((one for key, one in answers.project.flows.items()
                 if inventory.journeys[key].label(language.code) == name), None)  # fmt: skip
    if flow is None:
        return None
    try:
        drawn = len(inventory.journeys[flow.journey].steps) <= OVERVIEW_STEPS
        svg = (lanes_map(inventory, flow, language.code) if drawn
               else wall_map(inventory, flow, language.code, PAPER)[0])  # fmt: skip
    except DrawingError:
        return None
    title = answers.text("slide.journey", name=named(name), time=show(row["effort_s"], "s"),
                         contacts=language.number(row["contacts_each"], 1),
                         gave_up=show(row["gave_up"], "share"))  # fmt: skip
    used = [one for one in inventory.assumptions() if one.name.startswith(f"journeys/{flow.journey}/")]
    alternative = Picture(svg, "").alternative
    starts = row["starts_per_year"]
    often = answers.text("slide.journey_starts", starts=show(starts, "count")) if starts is not None else ""
    foot = " ".join(part for part in (often, answers.text("slide.journey_foot")) if part)
    return Message(in_step(answers, 4), title, Drawing(svg, alternative), (), foot, by_grade(answers, used))


def hotspots(answers: Answers) -> Message | None:
    """Step 4: where customers spend their time."""
    language, show, found = answers.language, answers.language.show, answers.effort
    rows = top([(spot.label, spot.customer_h_per_year) for spot in found.hotspots], _MOST)
    if not rows:
        return None
    title = answers.text("slide.hotspot", what=named(rows[0][0], 80),
                         share=show(rows[0][1] / found.customer_h_per_year, "share"))  # fmt: skip
    better = next((one for one in found.tables() if one.key == "improvements"), None)
    points = tuple(
        answers.text("slide.improve", what=named(row["improvement"], 110),
                     hours=show(row["saved_customer_h_per_year"], "hours"))
        for row in (better.records()[:3] if better is not None else [])
    )  # fmt: skip
    heading = language.column("customer_h_per_year")[0]
    chart = Chart("bars", tuple(name for name, _ in rows),
                  (Series(heading, tuple(value for _, value in rows), _HOT, muted=frozenset(range(1, len(rows)))),),
                  "hours", heading)  # fmt: skip
    spots = [{"place": spot.place} for spot in found.hotspots[:_MOST]]
    foot = answers.text("chart.hotspots_caption")
    return Message(in_step(answers, 4), title, chart, points, foot, places(answers, spots))


def status_questions(answers: Answers) -> Message | None:
    """Step 5: what connecting systems would remove."""
    language, show, found = answers.language, answers.language.show, answers.systems
    by_reason: dict[str, float] = {}
    code = language.code
    for work in found.status:
        name = found.inventory.reasons[work.reason or ""].label(code)
        by_reason[name] = by_reason.get(name, 0.0) + work.contacts_per_year
    rows = top(by_reason.items(), _MOST)
    if not rows:
        return None
    contacts, hours, money = found.status_totals()
    title = answers.text("slide.status", contacts=show(contacts, "count"), hours=show(hours, "hours"))
    table = next(one for one in found.tables() if one.key == "status_questions").records()
    connect = list(dict.fromkeys(row["system_to_connect"] for row in table if row["system_to_connect"]))
    points = [answers.text("slide.status_cost", money=show(money, "money"))]
    points += [answers.text("slide.connect", systems=named(one, 90)) for one in connect[:2]]
    heading = language.column("contacts_per_year")[0]
    chart = Chart("bars", tuple(name for name, _ in rows),
                  (Series(heading, tuple(value for _, value in rows), ACCENT),), "count", heading)  # fmt: skip
    foot = answers.text("slide.status_foot")
    return Message(in_step(answers, 5), title, chart, tuple(points), foot, places(answers, table))


def people(answers: Answers) -> Message | None:
    """Step 6: whether there are people enough."""
    language, found = answers.language, answers.staffing
    if not found.needs:
        return None
    needs = sorted(found.needs, key=lambda need: -need.fte_needed[1])[:_MOST_TEAMS]
    need, show = found.tightest, language.show
    low, high = need.fte_needed
    have = need.fte_have
    name = named(need.team.label(language.code))
    values = {"team": name, "low": language.number(low, 1), "high": language.number(high, 1)}
    if have is None:
        title = answers.text("staffing.short_unknown", **values)
    else:
        key = "sure" if have < low else "none" if have >= high else "maybe"
        title = answers.text(f"staffing.short_{key}", have=language.number(have, 1), **values)
    title = title.removesuffix(".")
    names = tuple(one.team.label(language.code) for one in needs)
    ends = ((1, "slide.fte_high", PALETTE["worse"]), (0, "slide.fte_low", PALETTE["light"]))
    series = [Series(answers.text(key), tuple(one.fte_needed[at] for one in needs), colour) for at, key, colour in ends]
    if any(one.fte_have is not None for one in needs):
        series.append(Series(answers.text("slide.fte_have"), tuple(one.fte_have for one in needs), ACCENT))
    points = []
    if answers.targets.held:
        counts = answers.targets.counts()
        unknown = counts["undecided"] + counts["unknown"]
        points.append(answers.text("slide.targets", all=len(answers.targets.held), missed=counts["target_not_met"]))
        points += [answers.text("slide.targets_unknown", unknown=unknown)] if unknown else []
    chart = Chart("bars", names, tuple(series), "decimal", answers.text("slide.fte"), decimals=1)
    foot = answers.text("slide.fte_foot", shrinkage=show(need.shrinkage, "share"))
    used = [one for one in found.assumptions if one.name.startswith("teams/")]
    return Message(in_step(answers, 6), title, chart, tuple(points), foot, by_grade(answers, used))


def maturity(answers: Answers) -> Message | None:
    """Step 6: how ready the organisation is."""
    language, found = answers.language, answers.maturity
    scored = [one for one in found.aspects if one.mean is not None]
    if len(scored) < _LEAST_ASPECTS:
        return None
    lowest = min(scored, key=lambda one: one.mean or 0.0)
    score = language.number(lowest.mean or 0.0, 1)
    title = answers.text("slide.maturity", aspect=language.word(lowest.of), score=score)
    names = tuple(language.word(one.of).capitalize() for one in found.aspects)
    series = (Series(answers.text("slide.score"), tuple(one.mean for one in found.aspects), ACCENT),)
    chart = Chart("radar", names, series, "decimal", answers.text("slide.score"), labelled=False, decimals=1)
    points = tuple(
        f"{language.word(one.of).capitalize()}: "
        + answers.text("chart.radar_part", score=language.number(one.mean or 0.0, 1), answered=len(one.answered),
                       all=len(one.questions))
        for one in scored
    )  # fmt: skip
    foot = answers.text("chart.radar_caption")
    return Message(in_step(answers, 6), title, chart, points, foot, by_grade(answers, found.assumptions), rank=3)
