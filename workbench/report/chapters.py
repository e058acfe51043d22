"""What does each chapter of the report say? The chapters follow the seven steps."""

from __future__ import annotations

from workbench.analysis.naming import name_of, origin_of
from workbench.analysis.workload import known_cost, left_out
from workbench.language.quantity import written
from workbench.pictures.contact_charts import by_channel, channels, hotspots, value_matrix
from workbench.report.answers import Answers
from workbench.report.behind import channel_rows
from workbench.report.blocks import Block, Chapter, Figure, Figures, Paragraph, Picture, Rows, Warnings
from workbench.report.first_page import first_numbers
from workbench.report.pictures import journey_pictures
from workbench.tables import table


def _totals(answers: Answers) -> Figures:
    """How many contacts there are in a year, and what they take of customers, staff and money."""
    show, text = answers.language.show, answers.text
    works = answers.overview.works
    human = sum(work.contacts_per_year for work in works if work.human)
    figures = (
        Figure(
            show(sum(work.contacts_per_year for work in works), "count"),
            text("figure.contacts"),
            text("figure.human", count=show(human, "count")),
        ),
        Figure(
            show(answers.effort.customer_h_per_year, "hours"),
            text("figure.customer_hours"),
            text("figure.year"),
            _range(answers),
        ),
        Figure(show(sum(work.staff_h_per_year for work in works), "hours"), text("figure.staff_hours"),
               text("figure.year")),
        Figure(show(known_cost(works), "money"), text("figure.cost"),
               "".join(left_out(works, answers.language, "figure.unpriced")), grade=_grades(answers)),
    )  # fmt: skip
    return Figures(figures)


def _range(answers: Answers) -> str:
    """The 10–90% interval of the customer hours."""
    spread = answers.effort.spread
    if spread is None:
        return ""
    low, high = (answers.language.show(end, "hours") for end in spread.total)
    return answers.text("first.range", low=low, high=high)


def _grades(answers: Answers) -> str:
    """How the numbers divide over the evidence grades."""
    grades = [assumption.grade for assumption in answers.project.inventory.assumptions()]
    share = answers.language.show(grades.count("assumed") / (len(grades) or 1), "share")
    return answers.text("figure.assumed", share=share, count=answers.language.show(len(grades), "count"))


def contact_points(answers: Answers) -> Chapter:
    """Step 1."""
    found, svg = answers.overview.touchpoints(), channels(answers.overview)
    blocks: list[Block] = []
    if svg:
        behind = channel_rows(by_channel(answers.overview))
        blocks = [_totals(answers), Picture(svg, answers.text("chart.channels_caption"), behind=behind)]
    return Chapter("contact-points", answers.text("chapter.1"), (*blocks, Rows(found)), 1)


def reasons(answers: Answers) -> Chapter:
    """Step 2."""
    actions, reasons, failure = answers.matrix.tables()
    blocks: list[Block] = [Rows(answers.overview.reasons())]
    svg = value_matrix(answers.matrix)
    if svg:
        blocks.append(Picture(svg, answers.text("chart.matrix_caption"), beside="matrix_reasons"))
    if reasons.rows:
        blocks += [Rows(actions), Rows(reasons)]
        blocks += [Rows(failure)] if answers.matrix.failure.least is not None else []
    return Chapter("reasons", answers.text("chapter.2"), tuple(blocks), 2)


def journeys(answers: Answers) -> Chapter:
    """Step 4: maps, hotspots, moments of truth."""
    project, language = answers.project, answers.language
    found = {one.key: one for one in answers.effort.tables()}
    per_journey = found["journeys"]
    blocks: list[Block] = [Rows(per_journey)] if per_journey.rows else [Paragraph(answers.text("nothing.journeys"))]
    svg = hotspots(answers.effort)
    if svg:
        blocks.append(Picture(svg, answers.text("chart.hotspots_caption"), beside="effort"))
    blocks.extend(Rows(found[key]) for key in ("effort", "improvements", "friction") if key in found)
    blocks.extend(Rows(one) for one in answers.moments.tables() if one.rows)
    for flow in project.flows.values():
        blocks.extend(journey_pictures(project, flow, language))
    return Chapter("journeys", answers.text("chapter.4"), tuple(blocks), 4)


def gaps(answers: Answers) -> Chapter:
    """What is missing, and what the check warns of."""
    blocks: list[Block] = []
    warnings = tuple(f"{fault.place}: {answers.text(f'warning.{fault.rule}')}" for fault in answers.project.faults)
    if warnings:
        blocks.append(Warnings(warnings))
    found = answers.missing.tables()[0]
    blocks.append(Rows(found) if found.rows else Paragraph(answers.text("nothing.missing")))
    return Chapter("missing", answers.text("chapter.missing"), tuple(blocks))


def assumptions(answers: Answers) -> Chapter:
    """Every number of the model with its grade and place."""
    inventory, language = answers.project.inventory, answers.language
    rows = [
        (
            name_of(inventory, one.name, language),
            written(one.estimate, language),
            one.grade,
            origin_of(one.evidence, one.place, language),
            one.evidence.date,
            str(one.place),
        )
        for one in inventory.assumptions()
    ]
    found = table("assumptions", ["assumption", "value", "grade", "source", "as_of", "place"], rows)
    told = first_numbers(answers)
    blocks = (*([Rows(told, most=40)] if told.rows else []), Rows(found, most=15))
    return Chapter("assumptions", answers.text("chapter.assumptions"), blocks)
