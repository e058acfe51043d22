"""What does the chapter on the business case say?"""

from __future__ import annotations

from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.naming import name_of
from workbench.pictures.case_charts import fan, steps, tornado
from workbench.pictures.steering_charts import Stream, sankey
from workbench.report.answers import Answers
from workbench.report.behind import cash_months
from workbench.report.blocks import Block, Chapter, Paragraph, Picture, Rows

_BARS = 10


def business_case(answers: Answers) -> Chapter:
    """Step 7: worth over the months, a year at full effect, where the hours go, what to measure, steering."""
    blocks: list[Block] = []
    if answers.case.scenarios:
        tables = {one.key: one for one in answers.case.tables()}
        worth, ledger = tables.pop("case_worth"), tables.pop("minute_ledger")
        blocks.append(Rows(tables.pop("case")))
        blocks.append(Rows(worth))
        blocks.extend(_fan(answers, one) for one in answers.case.scenarios)
        blocks.append(Paragraph(answers.text("case.words")))
        blocks.extend(_steps(answers, one) for one in answers.case.scenarios)
        blocks.append(Rows(ledger))
        swung = tables.pop("tornado", None)
        blocks.extend(Rows(one) for one in tables.values())
        if swung is not None:
            blocks.extend(_tornado(answers, one) for one in answers.case.scenarios if one.swings)
            blocks.append(Rows(swung))
    else:
        blocks.append(Paragraph(answers.text("nothing.scenarios")))
    blocks.extend(_streams(answers))
    blocks.extend(Rows(one) for one in answers.steering.tables() if one.rows)
    return Chapter("case", answers.text("chapter.7"), tuple(blocks), 7)


def _fan(answers: Answers, one: ScenarioCase) -> Picture:
    words = {"month": answers.text("chart.month"), "money": answers.text("chart.cumulative")}
    heading = answers.text("chart.fan", name=one.scenario.label(answers.language.code))
    svg = fan(one.worth, heading, words, answers.language)
    return Picture(svg, answers.text("chart.fan_caption", place=one.scenario.place), behind=cash_months(one.worth))


def _tornado(answers: Answers, one: ScenarioCase) -> Picture:
    language = answers.language
    label = one.scenario.label(language.code)
    inventory = answers.project.inventory
    named = [
        (
            swing,
            name_of(inventory, swing.assumption.name, language).removeprefix(f"{label} · ").removeprefix(f"{label}: "),
        )
        for swing in one.swings[:_BARS]
    ]
    words = {"money": answers.text("chart.npv"), "low": answers.text("chart.low"), "high": answers.text("chart.high")}
    svg = tornado(named, one.worth.npv, answers.text("chart.tornado", name=label), words, language)
    return Picture(svg, answers.text("chart.tornado_caption"), beside="tornado")


def _steps(answers: Answers, one: ScenarioCase) -> Picture:
    language, hours = answers.language, one.hours
    parts = [
        (language.column(column)[0], hours.middle(part), kind)
        for column, part, kind in (
            ("ist_h_per_year", "baseline", "total"),
            ("eliminated_h", "eliminated", "gone"),
            ("shifted_h", "shifted", "gone"),
            ("saved_h", "saved", "gone"),
            ("added_h", "added", "added"),
            ("soll_h_per_year", "soll", "total"),
        )
    ]
    heading = answers.text("chart.waterfall", name=one.scenario.label(language.code))
    svg = steps(parts, heading, answers.text("chart.hours"), language)
    caption = answers.text("chart.waterfall_caption", place=one.scenario.place)
    return Picture(svg, caption, beside="minute_ledger")


def _streams(answers: Answers) -> list[Block]:
    """The plan as streams between touchpoints, when it moves anything."""
    label = answers.project.inventory.touchpoints
    code = answers.language.code
    streams: dict[tuple[str, str], tuple[float, float]] = {}
    for one, part in answers.steering.plan.chosen:
        key = (label[one.work.touchpoint].label(code), label[one.to].label(code))
        net, back = streams.get(key, (0.0, 0.0))
        streams[key] = (net + part * one.moved.net, back + part * one.moved.leakage)
    if not streams:
        return []
    words = {"net": answers.text("chart.helped"), "back": answers.text("chart.back")}
    drawn = [Stream(*key, *sizes) for key, sizes in streams.items()]
    svg = sankey(drawn, answers.text("chart.streams"), words, answers.language)
    return [Picture(svg, answers.text("chart.streams_caption"), beside="steering_plan")]
