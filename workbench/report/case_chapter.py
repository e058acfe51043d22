"""What does the chapter on the business case say?"""

from __future__ import annotations

from workbench.report.answers import Answers
from workbench.report.blocks import Block, Chapter, Paragraph, Picture, Rows
from workbench.report.charts import waterfall


def business_case(answers: Answers) -> Chapter:
    """Step 7: the case, where the hours go, steering."""
    language = answers.language
    blocks: list[Block] = []
    if answers.case.scenarios:
        tables = {one.key: one for one in answers.case.tables()}
        ledger = tables.pop("minute_ledger")
        blocks.append(Rows(tables.pop("case")))
        blocks.append(Paragraph(answers.text("case.words")))
        headings = dict(zip(ledger.columns, ledger.headings(language), strict=True))
        for one in answers.case.scenarios:
            hours = one.hours
            parts = [
                (headings["ist_h_per_year"], hours.middle("baseline"), "total"),
                (headings["eliminated_h"], hours.middle("eliminated"), "gone"),
                (headings["shifted_h"], hours.middle("shifted"), "gone"),
                (headings["saved_h"], hours.middle("saved"), "gone"),
                (headings["added_h"], hours.middle("added"), "added"),
                (headings["soll_h_per_year"], hours.middle("soll"), "total"),
            ]
            heading = answers.text("chart.waterfall", name=one.scenario.label(language.code))
            svg = waterfall(parts, heading, answers.text("chart.hours"), language)
            blocks.append(Picture(svg, answers.text("chart.waterfall_caption", place=one.scenario.place)))
        blocks.append(Rows(ledger))
        blocks.extend(Rows(one) for one in tables.values())
    else:
        blocks.append(Paragraph(answers.text("nothing.scenarios")))
    moves, candidates = answers.steering.tables()
    blocks.extend(Rows(one) for one in (moves, candidates) if one.rows)
    return Chapter("case", answers.text("chapter.7"), tuple(blocks), 7)
