"""What does each chapter of the report say? The chapters follow the seven steps."""

from __future__ import annotations

from workbench.report.answers import Answers
from workbench.report.blocks import Block, Chapter, Figure, Figures, Paragraph, Picture, Rows, Warnings
from workbench.report.charts import bars
from workbench.report.log_chapter import verdict_counts
from workbench.report.pictures import journey_pictures
from workbench.report.steering_charts import Bubble, bubbles
from workbench.tables import table


def summary(answers: Answers) -> Chapter:
    """The first page: figures and sentences a manager can act on."""
    show, text = answers.language.show, answers.text
    works = answers.overview.works
    contacts = sum(work.contacts_per_year for work in works)
    human = sum(work.contacts_per_year for work in works if work.human)
    hours = sum(work.staff_h_per_year for work in works)
    cost = sum(work.cost_per_year for work in works)
    grades = _grades(answers)
    figures = [
        Figure(show(contacts, "count"), text("figure.contacts"), text("figure.human", count=show(human, "count"))),
        Figure(
            show(answers.effort.customer_h_per_year, "hours"),
            text("figure.customer_hours"),
            text("figure.year"),
            _range(answers),
        ),
        Figure(show(hours, "hours"), text("figure.staff_hours"), text("figure.year")),
        Figure(show(cost, "money"), text("figure.cost"), grades),
    ]
    sentences = []
    if answers.effort.hotspots:
        top = answers.effort.hotspots[0]
        share = top.customer_h_per_year / (answers.effort.customer_h_per_year or 1.0)
        sentences.append(text("summary.hotspot", what=top.label, share=show(share, "share"), place=top.place))
    best = answers.best
    if best is not None:
        name = best.scenario.label(answers.language.code)
        low, _, high = best.worth.interval
        months, back = best.worth.timeline.months, best.worth.payback
        key = "figure.payback" if back is not None else "figure.never"
        payback = text(key, years=show(back, "number"), once=show(best.once, "money"), months=months)
        ends = text("figure.ends", low=show(low, "money"), high=show(high, "money"))
        figures.append(Figure(show(best.worth.npv, "money"), text("figure.npv", months=months), f"{name}. {payback}",
                              f"{ends} · {best.scenario.place}"))  # fmt: skip
        saved_h = best.hours.middle("baseline") - best.hours.middle("soll")
        sentences.append(
            text(
                "summary.best", name=name, hours=show(saved_h, "hours"), money=show(best.net_per_year, "money"),
                cash=show(best.cash_per_year, "money"), once=show(best.once, "money"),
                npv=show(best.worth.npv, "money"), low=show(low, "money"), high=show(high, "money"), months=months,
            )
        )  # fmt: skip
    plan = answers.steering.plan
    if plan.chosen:
        table = next(one for one in answers.steering.tables() if one.key == "steering_plan")
        first = table.records()[0]
        sentences.append(text("summary.move", reason=first["reason"], source=first["from_touchpoint"],
                              target=first["to_touchpoint"], contacts=show(first["net_shift"], "count"),
                              money=show(first["worth_per_year"], "money"), all=show(plan.worth, "money")))  # fmt: skip
    if answers.ledger is not None:
        simulated = f" {text('summary.simulated')}" if answers.is_simulated else ""
        sentences.append(verdict_counts(answers, answers.ledger) + simulated)
    if answers.missing.gaps:
        gap = answers.missing.gaps[0]
        what = f"{answers.language.word(gap.kind)} ({answers.missing.label(gap)})"
        sentences.append(text("summary.missing", count=len(answers.missing.gaps), what=what))
    return Chapter("summary", text("chapter.summary"), (Figures(tuple(figures)), *map(Paragraph, sentences)))


def _range(answers: Answers) -> str:
    """The 10–90% interval of the customer hours."""
    spread = answers.effort.spread
    if spread is None:
        return ""
    low, high = (answers.language.show(end, "hours") for end in spread.total)
    return answers.text("figure.range", low=low, high=high)


def _grades(answers: Answers) -> str:
    """How the numbers divide over the evidence grades."""
    counts: dict[str, int] = {}
    for assumption in answers.project.inventory.assumptions():
        counts[assumption.grade] = counts.get(assumption.grade, 0) + 1
    total = sum(counts.values()) or 1
    assumed = counts.get("assumed", 0)
    return answers.text("figure.assumed", share=answers.language.show(assumed / total, "share"), count=total)


def contact_points(answers: Answers) -> Chapter:
    """Step 1."""
    found = answers.overview.touchpoints()
    by_channel: dict[str, float] = {}
    for row in found.records():
        channel = row["channel"] or answers.text("no_channel")
        by_channel[channel] = by_channel.get(channel, 0.0) + (row["contacts_per_year"] or 0.0)
    rows = [(name, value) for name, value in by_channel.items() if value > 0]
    blocks: list[Block] = []
    if rows:
        heading = answers.text("chart.channels")
        svg = bars(rows, heading, answers.language.column("contacts_per_year")[0], "count", answers.language)
        blocks.append(Picture(svg, answers.text("chart.channels_caption")))
    return Chapter("contact-points", answers.text("chapter.1"), (*blocks, Rows(found)), 1)


def _value_matrix(answers: Answers) -> list[Block]:
    """The four fields of the value matrix, when any reason lies in one."""
    language, known = answers.language, answers.project.inventory.reasons
    found = [
        Bubble(known[one.reason].label(language.code), one.action, one.contacts_per_year)
        for one in answers.matrix.reasons
    ]
    fields = ("eliminate", "automate", "simplify", "leverage")
    if not any(one.field in fields for one in found):
        return []
    words = {field: language.word(field).capitalize() for field in fields}
    words["organisation"] = answers.text("chart.matrix_axes")
    svg = bubbles(found, answers.text("chart.matrix"), words, language)
    return [Picture(svg, answers.text("chart.matrix_caption"))]


def reasons(answers: Answers) -> Chapter:
    """Step 2."""
    actions, reasons, failure = answers.matrix.tables()
    blocks: list[Block] = [Rows(answers.overview.reasons())]
    blocks.extend(_value_matrix(answers))
    if reasons.rows:
        blocks += [Rows(actions), Rows(reasons), Rows(failure)]
    return Chapter("reasons", answers.text("chapter.2"), tuple(blocks), 2)


def journeys(answers: Answers) -> Chapter:
    """Step 4: maps, hotspots, moments of truth."""
    project, language = answers.project, answers.language
    found = {one.key: one for one in answers.effort.tables()}
    per_journey = found["journeys"]
    blocks: list[Block] = [Rows(per_journey)] if per_journey.rows else [Paragraph(answers.text("nothing.journeys"))]
    for flow in project.flows.values():
        blocks.extend(journey_pictures(project, flow, language))
    top = [(spot.label, spot.customer_h_per_year) for spot in answers.effort.hotspots[:10]]
    if any(value > 0 for _, value in top):
        heading = answers.text("chart.hotspots")
        svg = bars(top, heading, language.column("customer_h_per_year")[0], "hours", language, "#b5651d")
        blocks.append(Picture(svg, answers.text("chart.hotspots_caption")))
    blocks.extend(Rows(found[key]) for key in ("effort", "improvements", "friction") if key in found)
    blocks.extend(Rows(one) for one in answers.moments.tables() if one.rows)
    return Chapter("journeys", answers.text("chapter.4"), tuple(blocks), 4)


def gaps(answers: Answers) -> Chapter:
    """What is missing, and what the check warns of."""
    blocks: list[Block] = []
    warnings = tuple(fault.render() for fault in answers.project.faults)
    if warnings:
        blocks.append(Warnings(warnings))
    found = answers.missing.tables()[0]
    blocks.append(Rows(found) if found.rows else Paragraph(answers.text("nothing.missing")))
    return Chapter("missing", answers.text("chapter.missing"), tuple(blocks))


def assumptions(answers: Answers) -> Chapter:
    """Every number of the model with its grade and place."""
    rows = [
        (one.name, one.estimate.text, one.grade, one.evidence.source, one.evidence.date, str(one.place))
        for one in answers.project.inventory.assumptions()
    ]
    found = table("assumptions", ["assumption", "value", "grade", "source", "as_of", "place"], rows)
    return Chapter("assumptions", answers.text("chapter.assumptions"), (Rows(found, most=15),))
