"""Which charts show contacts: by channel, by hotspot, by value, and where the best plan moves them?"""

from __future__ import annotations

from workbench.analysis.effort import Effort
from workbench.analysis.matrix import Matrix
from workbench.analysis.overview import Overview
from workbench.analysis.steering.steering import Steering
from workbench.pictures.bars import bars
from workbench.pictures.steering_charts import FIELDS, Bubble, Stream, bubbles, sankey

_TOP = 10
_EFFORT = "#b5651d"


def by_channel(found: Overview) -> dict[str, float]:
    """Contacts a year by channel, of channels that have any."""
    language, known = found.language, found.project.inventory.channels
    sums: dict[str, float] = {}
    for work in found.works:
        name = known[work.channel].label(language.code) if work.channel else language.text("no_channel")
        sums[name] = sums.get(name, 0.0) + work.contacts_per_year
    return {channel: contacts for channel, contacts in sums.items() if contacts > 0}


def channels(found: Overview) -> str:
    """Contacts by channel as bars; empty when there are none."""
    language, sums = found.language, by_channel(found)
    axis = language.column("contacts_per_year")[0]
    return bars(list(sums.items()), language.text("chart.channels"), axis, "count", language) if sums else ""


def hotspots(found: Effort) -> str:
    """The steps that cost customers most time, as bars; empty when none costs any."""
    language = found.language
    top = [(spot.label, spot.customer_h_per_year) for spot in found.hotspots[:_TOP]]
    axis = language.column("customer_h_per_year")[0]
    if not any(value > 0 for _, value in top):
        return ""
    return bars(top, language.text("chart.hotspots"), axis, "hours", language, _EFFORT)


def value_matrix(found: Matrix) -> str:
    """The four fields of the value matrix; empty when no reason lies in one."""
    language, known = found.language, found.inventory.reasons
    drawn = [
        Bubble(known[one.reason].label(language.code), one.action, one.contacts_per_year or 0.0)
        for one in found.reasons
    ]
    if not any(one.field in FIELDS for one in drawn):
        return ""
    words = {field: language.word(field).capitalize() for field in FIELDS}
    words["organisation"] = language.text("chart.matrix_axes")
    return bubbles(drawn, language.text("chart.matrix"), words, language)


def streams(found: Steering) -> str:
    """The best plan as streams between touchpoints; empty when it moves nothing."""
    language, known = found.language, found.inventory.touchpoints
    sizes: dict[tuple[str, str], tuple[float, float]] = {}
    for one, part in found.plan.chosen:
        ends = known[one.work.touchpoint].label(language.code), known[one.to].label(language.code)
        net, back = sizes.get(ends, (0.0, 0.0))
        sizes[ends] = net + part * one.moved.net, back + part * one.moved.leakage
    if not sizes:
        return ""
    words = {"net": language.text("chart.helped"), "back": language.text("chart.back")}
    drawn = [Stream(*ends, *size) for ends, size in sizes.items()]
    return sankey(drawn, language.text("chart.streams"), words, language)
