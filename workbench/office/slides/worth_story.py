"""Which messages does the last step carry, and the check against the log?"""

from __future__ import annotations

from workbench.analysis.naming import name_of
from workbench.language.quantity import written
from workbench.office.slides.message import Chart, Message, Series
from workbench.office.slides.telling import by_grade, in_step, named, owned, places, top
from workbench.pictures.plot import ACCENT, PALETTE
from workbench.report.answers import Answers

_SCENARIO_COLOURS = (ACCENT, "#d55e00", "#009e73", "#b8860b", "#8a5a83", "#0072b2")
_MOST_SCENARIOS = len(_SCENARIO_COLOURS)
_MOST_NUMBERS = 8
_MOST_MOVES = 8


def steering(answers: Answers) -> Message | None:
    """Step 7: what can move to another touchpoint."""
    language, show, plan = answers.language, answers.language.show, answers.steering.plan
    if not plan.chosen:
        return None
    inventory, code = answers.project.inventory, language.code
    moves: dict[str, float] = {}
    for one, part in plan.chosen:
        reason = inventory.reasons[one.work.reason].label(code) if one.work.reason else ""
        name = f"{named(reason, 26)} → {named(inventory.touchpoints[one.to].label(code), 18)}"
        moves[name] = moves.get(name, 0.0) + part * one.worth
    rows = top(moves.items(), _MOST_MOVES)
    if not rows:
        return None
    net = sum(part * one.moved.net for one, part in plan.chosen)
    title = answers.text("slide.move", contacts=show(net, "count"), money=show(plan.worth, "money"))
    heading = language.column("worth_per_year")[0]
    chart = Chart("bars", tuple(name for name, _ in rows),
                  (Series(heading, tuple(value for _, value in rows), ACCENT),), "money", heading)  # fmt: skip
    points = (answers.text("slide.back", contacts=show(sum(p * one.moved.leakage for one, p in plan.chosen), "count")),)
    rest = [one for chosen, _ in plan.chosen for one in chosen.work.assumptions]
    return Message(in_step(answers, 7), title, chart, points, heading, by_grade(answers, rest), rank=2)


def worth(answers: Answers) -> Message | None:
    """Step 7: what the scenarios are worth over their months."""
    best, language, show = answers.best, answers.language, answers.language.show
    if best is None:
        return None
    known = (one for one in answers.case.scenarios if one.is_known)
    code, found = language.code, sorted(known, key=lambda one: -one.worth.npv)[:_MOST_SCENARIOS]
    low, _, high = best.worth.interval
    name, months, npv = named(best.scenario.label(code)), best.worth.timeline.months, best.worth.npv
    title = answers.text(
        "slide.worth" if npv > 0 else "slide.worthless", name=name, money=show(npv, "money"), months=months,
        low=show(low, "money"), high=show(high, "money"),
    )  # fmt: skip
    longest = max(len(one.worth.cumulative) for one in found)
    categories = tuple(str(month) for month in range(longest))

    def line(values: list[float]) -> tuple[float | None, ...]:
        return (*values, *(None for _ in range(longest - len(values))))

    series = [
        Series(named(one.scenario.label(code), 40), line(one.worth.cumulative[:, 1].tolist()), colour)
        for one, colour in zip(found, _SCENARIO_COLOURS, strict=False)
    ]
    for column, end in ((0, "P10"), (2, "P90")):
        values = line(best.worth.cumulative[:, column].tolist())
        series.append(Series(f"{named(name, 30)} {end}", values, ACCENT, dashed=True))
    points = [answers.text("slide.chance", chance=show(best.worth.chance, "share"))]
    points.append(answers.text("slide.once", once=show(best.once, "money"), yearly=show(best.net_per_year, "money")))
    back = best.worth.payback
    if back is not None:
        points.append(answers.text("slide.payback", years=language.number(back, 1)))
    chart = Chart("lines", categories, tuple(series), "money", answers.text("chart.month"), labelled=False)
    notes = by_grade(answers, [swing.assumption for swing in best.swings] or answers.case.assumptions)
    return Message(in_step(answers, 7), title, chart, tuple(points), answers.text("slide.worth_foot"), notes)


def hours(answers: Answers) -> Message | None:
    """Step 7: where the hours go in each scenario."""
    best, language, show = answers.best, answers.language, answers.language.show
    if best is None:
        return None
    parts = (("eliminated", "eliminated_h"), ("shifted", "shifted_h"), ("saved", "saved_h"), ("added", "added_h"))
    found = answers.case.scenarios[:_MOST_SCENARIOS]
    if not any(abs(one.hours.middle(part)) > 0 for one in found for part, _ in parts):
        return None
    ist, soll = best.hours.middle("baseline"), best.hours.middle("soll")
    title = answers.text("slide.freed", name=named(best.scenario.label(language.code)), hours=show(ist - soll, "hours"),
                         share=show((ist - soll) / ist if ist else 0.0, "share"))  # fmt: skip
    names = tuple(language.column(column)[0] for _, column in parts)
    series = tuple(
        Series(named(one.scenario.label(language.code), 40), tuple(one.hours.middle(part) for part, _ in parts), colour)
        for one, colour in zip(found, _SCENARIO_COLOURS, strict=False)
    )
    points = (answers.text("slide.once_only"),)
    chart = Chart("columns", names, series, "hours", answers.text("chart.hours"))
    notes = places(answers, [{"place": one.scenario.place} for one in found])
    return Message(in_step(answers, 7), title, chart, points, answers.text("slide.hours_foot"), notes, rank=2)


def tornado(answers: Answers) -> Message | None:
    """Step 7: which number to measure first."""
    best, language = answers.best, answers.language
    if best is None or not best.swings:
        return None
    label = best.scenario.label(language.code)
    swings = best.swings[:_MOST_NUMBERS]

    def name(at: int) -> str:
        full = name_of(answers.project.inventory, swings[at].assumption.name, language)
        return full.removeprefix(f"{label} · ").removeprefix(f"{label}: ")

    names = tuple(owned(name(at)) for at in range(len(swings)))
    title = answers.text("slide.measure", name=named(label), what=owned(name(0), 80))
    npv = best.worth.npv
    series = (
        Series(answers.text("chart.low"), tuple(one.worth_at_low - npv for one in swings), PALETTE["worse"]),
        Series(answers.text("chart.high"), tuple(one.worth_at_high - npv for one in swings), PALETTE["gone"]),
    )
    chart = Chart("stacked", names, series, "money", answers.text("slide.npv_change"), labelled=False)
    points = tuple(
        answers.text("slide.number", what=named(names[at], 70), value=written(one.assumption.estimate, language),
                     grade=language.word(one.assumption.grade))
        for at, one in enumerate(swings[:3])
    )  # fmt: skip
    foot = answers.text("slide.measure_foot")
    notes = by_grade(answers, [one.assumption for one in swings])
    return Message(in_step(answers, 7), title, chart, points, foot, notes)


def against_log(answers: Answers) -> Message | None:
    """How many numbers the contact log confirms and contradicts."""
    found, language = answers.ledger, answers.language
    if found is None or not found.entries:
        return None
    from workbench.validation.ledger import ORDER  # its engine is loaded only where there is a log

    counts = {verdict: found.count(verdict) for verdict in ORDER}
    title = answers.text("slide.log", total=len(found.entries), **counts)
    rows = [(language.word(verdict).capitalize(), float(count)) for verdict, count in counts.items() if count]
    chart = Chart("bars", tuple(name for name, _ in rows),
                  (Series(answers.text("slide.assumptions"), tuple(value for _, value in rows), ACCENT),), "count",
                  answers.text("slide.assumptions"))  # fmt: skip
    show = language.show
    worst = [one for one in found.entries if one.verdict == "contradicted"][:3]
    points = tuple(
        answers.text("slide.wrong", what=named(one.label, 70), modelled=show(one.claim.modelled, one.claim.unit),
                     observed=show(one.claim.seen.value, one.claim.unit))
        for one in worst
    )  # fmt: skip
    notes = places(answers, [{"place": one.claim.place} for one in found.entries[:12]])
    foot = answers.text("validation.simulated") if answers.is_simulated else answers.text("slide.log_foot")
    return Message(answers.text("chapter.log"), title, chart, points, foot, notes)
