"""What does the report say about people: who lacks, who has to spare, and what customers meet meanwhile?"""

from __future__ import annotations

from workbench.analysis.staffing.staffing import Staffing
from workbench.analysis.staffing.tables import finding_text, week_table
from workbench.pictures.week_map import week_map
from workbench.report.answers import Answers
from workbench.report.blocks import Block, Chapter, Paragraph, Picture, Rows, Warnings

_SHOWN = (
    "staffing_now", "staffing_queues", "staffing_written", "staffing_pools", "staffing_levers", "staffing_rule",
)  # fmt: skip


def staffing_chapter(answers: Answers) -> Chapter:
    """Step 6: whether there is staff enough for what is promised."""
    title = answers.text("chapter.staffing")
    found = answers.staffing
    if not found.needs:
        return Chapter("staffing", title, (Paragraph(answers.text("nothing.staffing")),), 6)
    tightest = found.tightest
    caption = answers.text("chart.week_caption", place=tightest.team.place)
    tables = {one.key: one for one in found.tables()}
    blocks: list[Block] = [Paragraph(_in_short(found))]
    lines = tuple(f"{one.place}: {finding_text(one, found.inventory, answers.language)}" for one in found.findings)
    if lines:
        blocks.append(Warnings(lines))
    blocks.append(Rows(tables["staffing"]))
    week = week_table([tightest], answers.language)
    blocks.append(Picture(week_map(found, tightest.team.id), caption, behind=week))
    blocks.extend(Rows(tables[key], most=8) for key in _SHOWN if key in tables)
    return Chapter("staffing", title, tuple(blocks), 6)


def _in_short(found: Staffing) -> str:
    """The gap of the team that lacks most, or that no team does."""
    language, need = found.language, found.tightest
    low, high = (language.show(end, "number") for end in need.fte_needed)
    have = need.fte_have
    values = {"team": need.team.label(language.code), "low": low, "high": high}
    if have is None:
        return language.text("staffing.short_unknown", **values)
    key = "staffing.short_sure" if have < need.fte_needed[0] else "staffing.short_maybe"
    key = "staffing.short_none" if have >= need.fte_needed[1] else key
    return language.text(key, have=language.show(have, "number"), **values)
