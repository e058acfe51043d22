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
        words = {
            "contacts": text("chart.coverage_contacts"), "hours": text("chart.coverage_hours"),
            "share": text("chart.coverage_share"),
        }  # fmt: skip
        svg = coverage_bars(found.coverage, text("chart.coverage"), words, answers.language)
        caption = text("chart.coverage_caption", date=answers.language.show(found.today, "date"))
        blocks += [Picture(svg, caption, beside="content_coverage"), Rows(tables["content_coverage"])]
    blocks += [Rows(tables[key]) for key in ("content_gaps", "content_unblocks", "content_risks") if tables[key].rows]
    if any(is_drawn(slot, found.today) for slot in found.calendar):
        blocks.append(_calendar(answers))
    if found.calendar:
        blocks.append(Rows(tables["content_calendar"]))
    if tables["content_reviews"].rows:
        blocks.append(Rows(tables["content_reviews"]))
    return Chapter("content", text("chapter.3"), tuple(blocks), 3)


def _calendar(answers: Answers) -> Picture:
    found, language = answers.content, answers.language
    names: dict[str | None, str] = {None: language.word("content_no_owner")}
    names |= {key: team.label(language.code) for key, team in found.inventory.teams.items()}
    words = {"overdue": answers.text("content.overdue")}
    heading = answers.text("chart.calendar")
    svg = calendar_chart(found.calendar, found.today, heading, names, words, language)
    caption = answers.text("chart.calendar_caption", date=language.show(found.today, "date"))
    return Picture(svg, caption, wide=True, beside="content_calendar")
