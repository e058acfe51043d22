"""What is known of a step of a journey: its contacts, its content, its effort, and what the log says of it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from markupsafe import Markup

from touchpoints.records.journey import Journey, Step
from workbench.analysis.workload import MONTHS_PER_YEAR
from workbench.app.views import Frame, joined
from workbench.report.answers import Answers
from workbench.tables import Table, table

NAMES = ("step_contacts", "step_content", "step_effort", "step_next", "step_ledger")
"""The tables of a step, by the names under which they are downloaded."""


def step_view(answers: Answers, node: str, frame: Frame) -> Markup:
    """A step with its tables.

    Args:
        answers: the results.
        node: journey/step.
        frame: where it is shown.
    """
    journey, step = _step(answers, node)
    code = frame.language.code
    touchpoint = answers.project.inventory.touchpoints.get(step.touchpoint or "")
    where = [journey.label(code), touchpoint.label(code) if touchpoint else frame.text("live.no_touchpoint")]
    told = [one.text(code) for one in (step.pain, step.opportunity) if one]
    empty = Markup('<p class="note">{}</p>')
    tables = step_tables(answers, node)
    shown = [
        _shown(one, name, frame) if one.rows else empty.format(frame.text(f"live.none.{name}"))
        for name, one in tables.items()
    ]
    return Markup(
        '<div class="step-head"><h3 id="step-title" tabindex="-1">{}</h3>'
        '<button type="button" data-close aria-label="{}">×</button></div><p class="where">{} {}</p>{}{}'
    ).format(
        step.label(code),
        frame.text("live.close"),
        " · ".join(where),
        Markup('<span class="place">{}</span>').format(frame.linked(str(journey.where("steps", step.id)))),
        joined(Markup("<p>{}</p>").format(one) for one in told),
        joined(shown),
    )


def _shown(found: Table, name: str, frame: Frame) -> Markup:
    """A table; one of a single row as a list of facts, since there is little room beside the map."""
    if len(found.rows) > 1 or "place" in found.columns:
        return frame.table(found, 6, at=name)
    seen = frame.view(found)
    facts = joined(
        Markup("<dt>{}</dt><dd>{}</dd>").format(column.heading, text)
        for column, text in zip(seen.columns, seen.rows[0].cells, strict=True)
    )
    return Markup('<h4>{}</h4><dl class="facts">{}</dl>{}').format(seen.title, facts, frame.downloads(found, name))


def step_tables(answers: Answers, node: str) -> dict[str, Table]:
    """The tables of a step by their names."""
    return dict(zip(NAMES, (_contacts(answers, node), _content(answers, node), _effort(answers, node),
                            _next(answers, node), _ledger(answers, node)), strict=True))  # fmt: skip


def _step(answers: Answers, node: str) -> tuple[Journey, Step]:
    journey, _, name = node.partition("/")
    record = answers.project.inventory.journeys[journey]
    return record, record.steps[name]


def _contacts(answers: Answers, node: str) -> Table:
    """The contacts for its reason at its touchpoint; those of the touchpoint when the step names no reason."""
    _, step = _step(answers, node)
    inventory, code = answers.project.inventory, answers.language.code
    rows = [
        (inventory.reasons[work.reason].label(code) if work.reason else None, work.contacts_per_year, work.handling_s,
         work.wait_s, work.staff_h_per_year, work.cost_per_year)
        for work in answers.overview.works
        if work.touchpoint == step.touchpoint and (step.reason is None or work.reason == step.reason)
    ]  # fmt: skip
    columns = ["reason", "contacts_per_year", "handling_s", "wait_s", "staff_h_per_year", "cost_per_year"]
    return table("step_contacts", columns, rows)


def _content(answers: Answers, node: str) -> Table:
    """The content that answers its reason."""
    _, step = _step(answers, node)
    known = answers.project.inventory.content.values()
    keep = [step.reason is not None and step.reason in one.answers for one in known]
    found = answers.overview.content()
    columns = [found.columns.index(name) for name in ("content", "content_kind", "content_faults", "place")]
    rows = [tuple(row[at] for at in columns) for row, kept in zip(found.rows, keep, strict=True) if kept]
    return table("step_content", [found.columns[at] for at in columns], rows)


def _effort(answers: Answers, node: str) -> Table:
    """What the step takes of customers and staff, and what better shares and times there would bring."""
    flow = answers.project.flows[node.partition("/")[0]]
    starts = flow.starts_per_month
    per_year = flow.visits[node] * starts * MONTHS_PER_YEAR if starts is not None else None
    each_s = flow.customer_s[node] / flow.visits[node] if flow.visits[node] else None
    spot = next((one for one in answers.effort.hotspots if one.where == node), None)
    per_visit = (per_year, each_s, flow.cost_to_go_s[node])
    hours = (spot.customer_h_per_year, spot.staff_h_per_year, spot.cost_per_year) if spot else (None, None, None)
    rows = [(*per_visit, *hours)]
    columns = ["visits_per_year", "visit_s", "cost_to_go_s", "customer_h_per_year", "staff_h_per_year", "cost_per_year"]
    return table("step_effort", columns, rows)


def _next(answers: Answers, node: str) -> Table:
    """Where customers go from here."""
    journey, _ = _step(answers, node)
    flow = answers.project.flows[journey.id]
    visits = flow.visits[node]
    rows = [
        (_named(answers, journey, target), passed / visits if visits else None,
         passed * flow.per_month * MONTHS_PER_YEAR if flow.starts_per_month is not None else None)
        for (source, target), passed in sorted(flow.edges.items(), key=lambda pair: -pair[1])
        if source == node
    ]  # fmt: skip
    return table("step_next", ["leads_to", "next_share", "passages_per_year"], rows)


def _named(answers: Answers, journey: Journey, target: str) -> str:
    step = journey.steps.get(target.partition("/")[2])
    return step.label(answers.language.code) if step else answers.language.word(target)


def _ledger(answers: Answers, node: str) -> Table:
    """The rows of the validation ledger about the step, and about the contacts behind it."""
    if answers.ledger is None:
        return table("ledger", ["assumption"], [])
    journey, step = _step(answers, node)
    starts = tuple(_names(journey, step))
    found = answers.ledger.tables()[0]
    return _kept(found, lambda name: name.startswith(starts))


def _names(journey: Journey, step: Step) -> Iterator[str]:
    yield f"journeys/{journey.id}/steps.{step.id}."
    if step.touchpoint and step.reason:
        yield f"volumes/{step.touchpoint}/{step.reason}/"


def _kept(found: Table, keep: Callable[[str], bool]) -> Table:
    """The rows of a table whose id is wanted."""
    kept = [at for at, name in enumerate(found.ids) if keep(name)]
    return replace(found, rows=tuple(found.rows[at] for at in kept), ids=tuple(found.ids[at] for at in kept), notes=())
