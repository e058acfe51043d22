"""What does the report say about content: what is covered, what gaps hold up, what has to be reviewed when?"""

from __future__ import annotations

from workbench.pictures.content_charts import calendar_chart, coverage_bars, is_drawn
from workbench.report.answers import Answers
from workbench.report.blocks import Block, Chapter, Paragraph, Picture, Rows


def content_chapter(answers: Answers) -> Chapter:
    """Step 3: coverage, gaps with what rests on them, moves that wait for an answer, calendar, items."""
    found, text = answers.content, answers.text
    tables = {one.key: one for one in found.tables()}
    blocks: list[Block] = []
    if not found.inventory.content:
        blocks.append(Paragraph(text("nothing.content")))
    if found.coverage.contacts() > 0:
        caption = text("chart.coverage_caption", date=answers.language.show(found.today, "date"))
        blocks += [Picture(coverage_bars(found), caption, beside="content_coverage"), Rows(tables["content_coverage"])]
    blocks += [Rows(tables[key]) for key in ("content_gaps", "content_unblocks", "content_risks") if tables[key].rows]
    if any(is_drawn(slot, found.today) for slot in found.calendar):
        caption = text("chart.calendar_caption", date=answers.language.show(found.today, "date"))
        blocks.append(Picture(calendar_chart(found), caption, wide=True, beside="content_calendar"))
    if found.calendar:
        blocks.append(Rows(tables["content_calendar"]))
    if tables["content_reviews"].rows:
        blocks.append(Rows(tables["content_reviews"]))
    return Chapter("content", text("chapter.3"), tuple(blocks), 3)
