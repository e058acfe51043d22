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
from workbench.analysis.overview import Overview
from workbench.analysis.staffing.staffing import Staffing
from workbench.analysis.steering.steering import Steering
from workbench.log.arrivals import Arrivals
from workbench.log.histogram import Histogram
from workbench.pictures.actual import actual_of, drawable
from workbench.pictures.case_charts import fan, hours, tornado
from workbench.pictures.contact_charts import channels, hotspots, streams, value_matrix
from workbench.pictures.content_charts import calendar_chart, coverage_bars
from workbench.pictures.log_charts import rhythm_chart, spread_chart
from workbench.pictures.picture import Picture
from workbench.pictures.radar import radar
from workbench.pictures.week_map import week_map
from workbench.result import Result
from workbench.validation.conformance.conformance import Conformance

Sheets = Sequence[str]
T = TypeVar("T")

_NOTHING = "there is nothing to draw: the model or the log does not say enough"


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
    sheets = tuple(known[name](result, of))
    if not any(sheets):
        raise ValueError(_NOTHING)
    return Picture(sheets)


def charts(result: Result) -> tuple[str, ...]:
    """The kinds of charts that can be drawn of a result, the telling one first."""
    return tuple(_CHARTS.get(type(result), ()))


def _named(all_of: Mapping[str, T], of: str | None) -> T:
    """The one of a name, the first without a name.

    Raises:
        ValueError: there is none of that name, or none at all.
    """
    if not all_of:
        raise ValueError(_NOTHING)
    name = next(iter(all_of)) if of is None else of
    if name not in all_of:
        raise ValueError(f"of must be one of {', '.join(all_of)}, got {of!r}")
    return all_of[name]


def _week(found: Staffing, of: str | None) -> Sheets:
    team = _named({need.team.id: need for need in found.needs}, of or found.tightest.team.id)
    return (week_map(found, team.team.id),)


def _scenario(found: Case, of: str | None) -> ScenarioCase:
    return _named({one.scenario.id: one for one in found.scenarios}, of)


def _fan(found: Case, of: str | None) -> Sheets:
    return (fan(_scenario(found, of), found.language),)


def _tornado(found: Case, of: str | None) -> Sheets:
    return (tornado(_scenario(found, of), found.inventory, found.language),)


def _steps(found: Case, of: str | None) -> Sheets:
    one, language = _scenario(found, of), found.language
    return (hours(one.hours, one.scenario.label(language.code), language),)


def _actual(found: Conformance, of: str | None) -> Sheets:
    name = _named({name: name for name in drawable(found)}, of)
    flow = journey_flows(found.inventory)[name]
    return actual_map(found.inventory, flow, actual_of(found, name), found.language.code)


def _spread(found: Histogram, _of: str | None) -> Sheets:
    return (spread_chart(found, found.tables()[0].title(found.language), found.language),)


def _whole(draw: Callable[[Any], str]) -> Callable[[Any, str | None], Sheets]:
    """A chart of all of a result, on one sheet."""
    return lambda found, _of: (draw(found),)


_CHARTS: dict[type[Result], dict[str, Callable[[Any, str | None], Sheets]]] = {
    Overview: {"channels": _whole(channels)},
    Matrix: {"matrix": _whole(value_matrix)},
    Steering: {"streams": _whole(streams)},
    ContentCheck: {"coverage": _whole(coverage_bars), "calendar": _whole(calendar_chart)},
    Effort: {"hotspots": _whole(hotspots)},
    Staffing: {"week": _week},
    Maturity: {"radar": _whole(radar)},
    Case: {"fan": _fan, "steps": _steps, "tornado": _tornado},
    Conformance: {"actual": _actual},
    Histogram: {"spread": _spread},
    Arrivals: {"rhythm": _whole(lambda found: rhythm_chart(found, found.language))},
}
"""The kind of result: its charts by name, each drawn of it and of one of its scenarios, teams or journeys."""
