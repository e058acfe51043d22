"""Which charts can be drawn of a result?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from journeys.flow import journey_flows
from journeys.pictures.actual import actual_map
from workbench.analysis.case.business import Case
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.content.content import ContentCheck
from workbench.analysis.effort import Effort
from workbench.analysis.matrix import Matrix
from workbench.analysis.maturity import Maturity
from workbench.analysis.naming import name_of
from workbench.analysis.overview import Overview
from workbench.analysis.staffing.staffing import Staffing
from workbench.analysis.steering.steering import Steering
from workbench.log.arrivals import Arrivals
from workbench.log.histogram import Histogram
from workbench.pictures.actual import actual_of, drawable
from workbench.pictures.case_charts import fan, steps, tornado
from workbench.pictures.charts import bars
from workbench.pictures.content_charts import calendar_chart, coverage_bars
from workbench.pictures.log_charts import rhythm_chart, spread_chart
from workbench.pictures.picture import Picture
from workbench.pictures.radar import radar
from workbench.pictures.steering_charts import Bubble, Stream, bubbles, sankey
from workbench.pictures.week_map import week_map
from workbench.result import Result
from workbench.validation.conformance.conformance import Conformance

Sheets = Sequence[str]
T = TypeVar("T")

_TOP = 10
_FIELDS = ("eliminate", "automate", "simplify", "leverage")


def chart(result: Result, kind: str | None = None, of: str | None = None) -> Picture:
    """Draw a result; its table has the same numbers.

    Args:
        result: of an analysis, of the log or of its validation.
        kind: which of its charts; the first when not given. `charts(result)` names them.
        of: which scenario, team or journey, where each has a chart; the first when not given.

    Raises:
        ValueError: the result has no charts, or none of that kind, or nothing of that name to draw.
    """
    known = _CHARTS.get(type(result), {})
    if not known:
        drawn = ", ".join(one.__name__ for one in _CHARTS)
        raise ValueError(f"result must be one that has charts ({drawn}), got {type(result).__name__}")
    name = next(iter(known)) if kind is None else kind
    if name not in known:
        raise ValueError(f"kind must be one of {', '.join(known)}, got {kind!r}")
    return Picture(tuple(known[name](result, of)))


def charts(result: Result) -> tuple[str, ...]:
    """The kinds of charts that can be drawn of a result, the telling one first."""
    return tuple(_CHARTS.get(type(result), ()))


def _named(all_of: Mapping[str, T], of: str | None) -> T:
    """The one of a name, the first without a name.

    Raises:
        ValueError: there is none of that name, or none at all.
    """
    if not all_of:
        raise ValueError("there is nothing to draw: the model or the log does not say enough")
    name = next(iter(all_of)) if of is None else of
    if name not in all_of:
        raise ValueError(f"of must be one of {', '.join(all_of)}, got {of!r}")
    return all_of[name]


def _channels(found: Overview, _of: str | None) -> Sheets:
    language, sums = found.language, dict[str, float]()
    for row in found.touchpoints().records():
        channel = row["channel"] or language.text("no_channel")
        sums[channel] = sums.get(channel, 0.0) + (row["contacts_per_year"] or 0.0)
    rows = [(name, value) for name, value in sums.items() if value > 0]
    axis = language.column("contacts_per_year")[0]
    return (bars(rows, language.text("chart.channels"), axis, "count", language),)


def _hotspots(found: Effort, _of: str | None) -> Sheets:
    language = found.language
    top = [(spot.label, spot.customer_h_per_year) for spot in found.hotspots[:_TOP]]
    axis = language.column("customer_h_per_year")[0]
    return (bars(top, language.text("chart.hotspots"), axis, "hours", language, "#b5651d"),)


def _matrix(found: Matrix, _of: str | None) -> Sheets:
    language, known = found.language, found.inventory.reasons
    drawn = [Bubble(known[one.reason].label(language.code), one.action, one.contacts_per_year) for one in found.reasons]
    words = {field: language.word(field).capitalize() for field in _FIELDS}
    words["organisation"] = language.text("chart.matrix_axes")
    return (bubbles(drawn, language.text("chart.matrix"), words, language),)


def _streams(found: Steering, _of: str | None) -> Sheets:
    language, known = found.language, found.inventory.touchpoints
    sizes: dict[tuple[str, str], tuple[float, float]] = {}
    for one, part in found.plan.chosen:
        ends = known[one.work.touchpoint].label(language.code), known[one.to].label(language.code)
        net, back = sizes.get(ends, (0.0, 0.0))
        sizes[ends] = net + part * one.moved.net, back + part * one.moved.leakage
    drawn = _named({"": [Stream(*ends, *size) for ends, size in sizes.items()]} if sizes else {}, "")
    words = {"net": language.text("chart.helped"), "back": language.text("chart.back")}
    return (sankey(drawn, language.text("chart.streams"), words, language),)


def _coverage(found: ContentCheck, _of: str | None) -> Sheets:
    text = found.language.text
    words = {"contacts": text("chart.coverage_contacts"), "hours": text("chart.coverage_hours"),
             "share": text("chart.coverage_share")}  # fmt: skip
    return (coverage_bars(found.coverage, text("chart.coverage"), words, found.language),)


def _calendar(found: ContentCheck, _of: str | None) -> Sheets:
    language = found.language
    names: dict[str | None, str] = {None: language.word("content_no_owner")}
    names |= {key: team.label(language.code) for key, team in found.inventory.teams.items()}
    words = {"overdue": language.text("content.overdue")}
    return (calendar_chart(found.calendar, found.today, language.text("chart.calendar"), names, words, language),)


def _radar(found: Maturity, _of: str | None) -> Sheets:
    return (radar(found),)


def _week(found: Staffing, of: str | None) -> Sheets:
    team = _named({need.team.id: need for need in found.needs}, of or found.tightest.team.id)
    return (week_map(found, team.team.id),)


def _scenario(found: Case, of: str | None) -> ScenarioCase:
    return _named({one.scenario.id: one for one in found.scenarios}, of)


def _fan(found: Case, of: str | None) -> Sheets:
    one, language = _scenario(found, of), found.language
    words = {"month": language.text("chart.month"), "money": language.text("chart.cumulative")}
    heading = language.text("chart.fan", name=one.scenario.label(language.code))
    return (fan(one.worth, heading, words, language),)


def _tornado(found: Case, of: str | None) -> Sheets:
    one, language = _scenario(found, of), found.language
    label = one.scenario.label(language.code)
    named = []
    for swing in one.swings[:_TOP]:
        name = name_of(found.inventory, swing.assumption.name, language)
        named.append((swing, name.removeprefix(f"{label} · ").removeprefix(f"{label}: ")))
    words = {part: language.text(f"chart.{key}") for part, key in (("money", "npv"), ("low", "low"), ("high", "high"))}
    return (tornado(named, one.worth.npv, language.text("chart.tornado", name=label), words, language),)


def _steps(found: Case, of: str | None) -> Sheets:
    one, language = _scenario(found, of), found.language
    parts = [
        (language.column(column)[0], one.hours.middle(part), kind)
        for column, part, kind in (
            ("ist_h_per_year", "baseline", "total"),
            ("eliminated_h", "eliminated", "gone"),
            ("shifted_h", "shifted", "gone"),
            ("saved_h", "saved", "gone"),
            ("added_h", "added", "added"),
            ("soll_h_per_year", "soll", "total"),
        )
    ]
    heading = language.text("chart.waterfall", name=one.scenario.label(language.code))
    return (steps(parts, heading, language.text("chart.hours"), language),)


def _actual(found: Conformance, of: str | None) -> Sheets:
    name = _named({name: name for name in drawable(found)}, of)
    flow = journey_flows(found.inventory)[name]
    return actual_map(found.inventory, flow, actual_of(found, name), found.language.code)


def _spread(found: Histogram, _of: str | None) -> Sheets:
    return (spread_chart(found, found.tables()[0].title(found.language), found.language),)


def _rhythm(found: Arrivals, _of: str | None) -> Sheets:
    return (rhythm_chart(found, found.language.text("chart.rhythm"), found.language),)


_CHARTS: dict[type[Result], dict[str, Callable[[Any, str | None], Sheets]]] = {
    Overview: {"channels": _channels},
    Matrix: {"matrix": _matrix},
    Steering: {"streams": _streams},
    ContentCheck: {"coverage": _coverage, "calendar": _calendar},
    Effort: {"hotspots": _hotspots},
    Staffing: {"week": _week},
    Maturity: {"radar": _radar},
    Case: {"fan": _fan, "steps": _steps, "tornado": _tornado},
    Conformance: {"actual": _actual},
    Histogram: {"spread": _spread},
    Arrivals: {"rhythm": _rhythm},
}
"""The kind of result: its charts by name, each drawn of it and of one of its scenarios, teams or journeys."""
