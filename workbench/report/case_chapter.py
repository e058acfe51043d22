"""What does the chapter on the business case say?"""

from __future__ import annotations

from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.pictures.case_charts import fan, hours, tornado
from workbench.pictures.contact_charts import streams
from workbench.report.answers import Answers
from workbench.report.behind import cash_months
from workbench.report.blocks import Block, Chapter, Paragraph, Picture, Rows


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
    caption = answers.text("chart.fan_caption", place=one.scenario.place)
    return Picture(fan(one, answers.language), caption, behind=cash_months(one.worth))


def _tornado(answers: Answers, one: ScenarioCase) -> Picture:
    svg = tornado(one, answers.project.inventory, answers.language)
    return Picture(svg, answers.text("chart.tornado_caption"), beside="tornado")


def _steps(answers: Answers, one: ScenarioCase) -> Picture:
    svg = hours(one.hours, one.scenario.label(answers.language.code), answers.language)
    return Picture(svg, answers.text("chart.waterfall_caption", place=one.scenario.place), beside="minute_ledger")


def _streams(answers: Answers) -> list[Block]:
    """The plan as streams between touchpoints, when it moves anything."""
    svg = streams(answers.steering)
    return [Picture(svg, answers.text("chart.streams_caption"), beside="steering_plan")] if svg else []
