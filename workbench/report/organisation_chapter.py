"""What does the report say about systems, promises, and how ready the organisation is?"""

from __future__ import annotations

from workbench.pictures.radar import radar
from workbench.report.answers import Answers
from workbench.report.blocks import Block, Chapter, Paragraph, Picture, Rows
from workbench.report.pictures import landscape_picture


def systems_chapter(answers: Answers) -> Chapter:
    """Step 5: what lacks, what an integration removes, what stands in the way."""
    found = answers.systems
    title = answers.text("chapter.5")
    tables = [one for one in found.tables() if one.rows]
    if not any(row["system"] or row["used_at"] for one in tables if one.key == "system_kinds" for row in one.records()):
        return Chapter("systems", title, (Paragraph(answers.text("nothing.systems")),), 5)
    blocks: list[Block] = [*landscape_picture(answers.project, answers.language)]
    blocks += [Rows(one, most=8) for one in tables]
    return Chapter("systems", title, tuple(blocks), 5)


def organisation_chapter(answers: Answers) -> Chapter:
    """Step 6: teams, promises, maturity, vision, order and messages."""
    title = answers.text("chapter.6")
    blocks: list[Block] = []
    teams = answers.overview.teams()
    if teams.rows:
        blocks.append(Rows(teams))
    if answers.targets.held:
        blocks.append(Paragraph(_targets_in_short(answers)))
        blocks += [Rows(one, most=12) for one in answers.targets.tables() if one.rows]
    blocks += _maturity(answers)
    if not blocks:
        blocks = [Paragraph(answers.text("nothing.teams"))]
    return Chapter("organisation", title, tuple(blocks), 6)


def _targets_in_short(answers: Answers) -> str:
    counts = answers.targets.counts()
    return answers.text(
        "target.short", all=len(answers.targets.held), met=counts["target_met"], missed=counts["target_not_met"],
        undecided=counts["undecided"], unknown=counts["unknown"],
    )  # fmt: skip


def _maturity(answers: Answers) -> list[Block]:
    found = answers.maturity
    tables = {one.key: one for one in found.tables()}
    blocks: list[Block] = []
    if found.is_answered:
        blocks.append(Picture(radar(found), answers.text("chart.radar_caption"), beside="maturity_aspects"))
        blocks += [Rows(tables[key]) for key in ("maturity_aspects", "maturity_parts", "maturity")]
        if "maturity_order" in tables:
            blocks.append(Rows(tables["maturity_order"]))
    vision = found.inventory.vision
    belief = vision.staff_belief
    if any(row[1] is not None for row in tables["vision"].rows):
        blocks.append(Rows(tables["vision"]))
    if belief is not None:
        score = answers.language.show(belief.point, "number")
        blocks.append(Paragraph(answers.text("maturity.belief", score=score, place=vision.where("staff_belief"))))
    if "messages" in tables:
        blocks.append(Rows(tables["messages"], most=8))
    return blocks
