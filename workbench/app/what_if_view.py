"""What does one see and move when trying a scenario: its sliders, its figures, and another scenario beside it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from markupsafe import Markup

from touchpoints.inventory import Assumption
from touchpoints.quantities import Span
from touchpoints.records.scenario import Scenario
from workbench.analysis.case.timeline import timeline
from workbench.analysis.case.what_if import Outcome, WhatIf
from workbench.analysis.workload import left_out
from workbench.app.choices import Choices
from workbench.app.views import Frame, joined
from workbench.language.language import Language
from workbench.language.quantity import written
from workbench.pictures.case_charts import cash_fan, hours
from workbench.tables import Table, table

FIRST = frozenset({"adoption", "share", "reduction", "discount_rate", "cashable", "ramp"})
"""The fields whose sliders show at once; the others fold out."""
_ROWS = (
    ("saved_h_per_year", "hours"), ("eliminated_h", "hours"), ("shifted_h", "hours"), ("leaked_h", "hours"),
    ("saved_h", "hours"), ("added_h", "hours"), ("saved_per_year", "money"), ("net_benefit_per_year", "money"),
    ("cash_per_year", "money"), ("once", "money"), ("npv", "money"), ("payback_years", "decimal"),
)  # fmt: skip


def page_view(found: WhatIf, choices: Choices, frame: Frame) -> Markup:
    """The page on scenarios: what to choose, the sliders, and a place for every answer."""
    scenarios = found.project.inventory.scenarios
    if not scenarios:
        return Markup('<h2 id="title" tabindex="-1">{}</h2><p>{}</p>').format(
            frame.text("live.scenarios"), frame.text("nothing.scenarios")
        )
    record = scenarios[choices.scenario]
    views = now_views(found, choices, frame) | band_views(found, choices, frame)
    cards = _cards(views, timeline(found.project.inventory, record).months, frame.language)
    drawn = joined(
        Markup('<div id="{}">{}</div>').format(name, views[name]) for name in ("try-fan", "try-hours", "try-table")
    )
    return Markup(
        '<h2 id="title" tabindex="-1">{}</h2><p class="lead">{}</p>{}'
        '<div class="tryout"><form class="dials" aria-label="{}" autocomplete="off">{}'
        '<p><button type="button" data-reset>{}</button></p></form>'
        '<div class="answers" aria-live="polite"><div id="try-figures" class="figures">{}</div>{}</div></div>'
        '<p class="note">{}</p>'
    ).format(
        frame.text("live.scenarios"),
        frame.text("live.scenarios_lead"),
        joined(
            Markup('<p class="note">{}</p>').format(one) for one in _cautions(*outcomes(found, choices), frame.language)
        ),
        frame.text("live.dials"),
        dials_view(found, record, choices.settings, frame.language),
        frame.text("live.reset"),
        cards,
        drawn,
        frame.text("case.words"),
    )


def _cautions(mine: Outcome, other: Outcome, language: Language) -> Iterator[str]:
    """What has to be known before two scenarios are compared: what has no price, and that one runs longer."""
    for one in {mine.scenario.id: mine, other.scenario.id: other}.values():
        yield from left_out(one.touched, language, "case.unpriced", name=one.scenario.label(language.code))
    if mine.months != other.months:
        yield language.text("live.unlike", months=mine.months, others=other.months)


def dials_view(found: WhatIf, record: Scenario, settings: Mapping[str, float], language: Language) -> Markup:
    """The sliders of a scenario, a group for every measure and one for money and time."""
    groups = []
    for place, members in groupby(found.settable(record.id), key=lambda one: _field(one).rpartition(".")[0]):
        dials = list(members)
        first = [one for one in dials if _name(one) in FIRST]
        more = [one for one in dials if one not in first]
        inner = joined(_dial(one, settings, language) for one in first)
        if more:
            inner += Markup("<details><summary>{}</summary>{}</details>").format(
                language.text("live.more_dials"), joined(_dial(one, settings, language) for one in more)
            )
        groups.append(
            Markup("<fieldset><legend>{}</legend>{}</fieldset>").format(_group(record, place, language), inner)
        )
    return joined(groups)


def _field(one: Assumption) -> str:
    return one.name.rpartition("/")[2]


def _name(one: Assumption) -> str:
    return _field(one).rpartition(".")[2]


def _group(record: Scenario, place: str, language: Language) -> str:
    """What a group of sliders is about: a measure, or the scenario as a whole."""
    if not place:
        return language.text("live.money_and_time")
    measure = record.measures[int(place.rpartition(".")[2])]
    named = measure.name.text(language.code) if measure.name else ""
    return named or language.word(measure.kind)


def _dial(one: Assumption, settings: Mapping[str, float], language: Language) -> Markup:
    """A slider with its value; the model's range is shown on its track, its middle by a mark."""
    estimate, name = one.estimate, _name(one)
    is_time = isinstance(estimate, Span)
    high = _highest(name, estimate.point, is_time)
    step = 1.0 if is_time else 0.0025 if name == "discount_rate" else 0.01
    value = settings.get(one.name, estimate.point)
    unit = "months" if is_time else "rate" if name == "discount_rate" else "share"
    stated = language.text(
        "live.stated", value=written(estimate, language), grade=language.word(one.grade), place=one.place
    )

    def part(at: float) -> str:
        return f"{100 * min(max(at / high, 0.0), 1.0):.1f}%"

    style = f"--low:{part(estimate.low)};--high:{part(estimate.high)};--mid:{part(estimate.point)}"
    return Markup(
        '<div class="dial"><label for="{id}">{name}</label><output for="{id}">{shown}</output>'
        '<span class="track" style="{style}"><input type="range" id="{id}" name="{id}" min="0" max="{high}" '
        'step="{step}" value="{value}" data-unit="{unit}" data-model="{model}" aria-describedby="{id}.as"></span>'
        '<small id="{id}.as">{stated}</small></div>'
    ).format(
        id=one.name, name=_label(name, language), shown=shown_value(value, unit, language), style=style,
        high=f"{high:g}", step=f"{step:g}", value=f"{value:.6g}", unit=unit, model=f"{estimate.point:.6g}",
        stated=stated,
    )  # fmt: skip


def _label(name: str, language: Language) -> str:
    """What a number of a scenario is called beside its slider."""
    return language.text("live.share_gone") if name == "share" else language.word(name).capitalize()


def _highest(name: str, point: float, is_time: bool) -> float:
    """The upper end of a slider: all of a share, or twice what the model says where that is more than is usual."""
    if is_time:
        return max(24.0, 2 * point)
    if name == "discount_rate":
        return max(0.1, 2 * point)
    return max(0.5, 2 * point) if name == "rising_complexity" else 1.0


def shown_value(value: float, unit: str, language: Language) -> str:
    """The value of a slider as people read it."""
    if unit == "months":
        return language.text("live.months", count=language.show(value, "number"))
    return language.show(value, unit)


def now_views(found: WhatIf, choices: Choices, frame: Frame) -> dict[str, Markup]:
    """What a slider changes at once, by the id of its place: the figures, the hours, the comparison."""
    mine, other = outcomes(found, choices)
    language = frame.language
    name, title = mine.scenario.label(language.code), other_name(found, choices, language)
    return {
        **_figures(mine, other, title, language),
        "try-hours": _drawn(hours(mine.hours, name, language), language.text("live.hours_caption", name=name)),
        "try-table": Markup("<h3>{}</h3>").format(language.text("live.beside", name=name, other=title))
        + frame.table(compared_table(mine, other, language), at="0"),
    }  # fmt: skip


def band_views(found: WhatIf, choices: Choices, frame: Frame) -> dict[str, Markup]:
    """What follows a moment later, from draws: how sure the worth is, and its course over the months."""
    mine, other = outcomes(found, choices)
    band, language = found.band(choices.scenario, choices.settings), frame.language
    name, title = mine.scenario.label(language.code), other_name(found, choices, language)
    spread = language.text("live.ends", low=language.show(band.low, "money"), high=language.show(band.high, "money"))
    chance = language.text("live.chance", share=language.show(band.chance, "share"))
    said = language.text(
        "live.fan_said", npv=language.show(mine.npv, "money"), low=language.show(band.low, "money"),
        high=language.show(band.high, "money"), other=language.show(other.npv, "money"), months=mine.months,
    )  # fmt: skip
    drawn = cash_fan(mine.cumulative, (band.cumulative[:, 0], band.cumulative[:, 1]),
                     language.text("chart.fan", name=name), [said], language, other.cumulative)  # fmt: skip
    draws = language.show(band.draws, "count")
    return {
        "try-spread": Markup("{} · {}").format(spread, chance),
        "try-fan": _drawn(drawn, language.text("live.fan_caption", name=name, other=title, draws=draws)),
    }


def outcomes(found: WhatIf, choices: Choices) -> tuple[Outcome, Outcome]:
    """The scenario as it was set, and what it is held against: another one, or the same as the model states it."""
    mine = found.ask(choices.scenario, choices.settings)
    against = choices.against if choices.against != choices.scenario else ""
    other = found.ask(against or choices.scenario, choices.settings if against else {})
    return mine, other


def other_name(found: WhatIf, choices: Choices, language: Language) -> str:
    """What the scenario is held against, in words."""
    if choices.against in ("", choices.scenario):
        return language.text("live.as_stated")
    return found.project.inventory.scenarios[choices.against].label(language.code)


def compared_table(mine: Outcome, other: Outcome, language: Language) -> Table:
    """Two outcomes beside one another with their differences."""
    rows = []
    for key, unit in _ROWS:
        one, two = _value(mine, key), _value(other, key)
        difference = one - two if one is not None and two is not None else None
        rows.append((language.column(key)[0], one, two, difference, unit))
    columns = ["what_changes", "as_set", "compared_with", "difference", "unit"]
    return table("what_if", columns, rows, ids=[key for key, _ in _ROWS])


def _value(one: Outcome, key: str) -> float | None:
    named = {"net_benefit_per_year": "net_per_year", "payback_years": "payback"}
    if key in ("eliminated_h", "shifted_h", "leaked_h", "saved_h", "added_h"):
        return one.hours.middle(key.removesuffix("_h"))
    found: float | None = getattr(one, named.get(key, key))
    return found


def _drawn(svg: str, caption: str) -> Markup:
    return Markup(
        '<figure><div class="scroll" tabindex="0" role="group" aria-label="{0}">{1}</div>'
        "<figcaption>{0}</figcaption></figure>"
    ).format(caption, Markup(svg))


def _figures(mine: Outcome, other: Outcome, title: str, language: Language) -> dict[str, Markup]:
    """The figures by the ids of their places: each value, and by how much it differs from the other scenario."""
    show, text = language.show, language.text
    never = text("live.never", months=mine.months)
    payback = text("live.years", years=show(mine.payback, "number")) if mine.payback is not None else never
    found = {
        "npv": (show(mine.npv, "money"), _against(mine.npv - other.npv, "money", title, language)),
        "net": (show(mine.net_per_year, "money"),
                _against(mine.net_per_year - other.net_per_year, "money", title, language)),
        "saved": (show(mine.saved_h_per_year, "hours"),
                  _against(mine.saved_h_per_year - other.saved_h_per_year, "hours", title, language)),
        "payback": (payback, text("live.once", once=show(mine.once, "money"))),
    }  # fmt: skip
    values = {f"try-{name}": Markup("{}").format(value) for name, (value, _) in found.items()}
    return values | {f"try-{name}-against": Markup("{}").format(detail) for name, (_, detail) in found.items()}


def _cards(views: Mapping[str, Markup], months: int, language: Language) -> Markup:
    """The places of the figures, with what they are called."""
    labels = {
        "npv": language.text("live.npv", months=months),
        "net": language.column("net_benefit_per_year")[0],
        "saved": language.column("saved_h_per_year")[0],
        "payback": language.text("live.payback"),
    }
    spread = Markup('<p class="detail" id="try-spread">{}</p>').format(views["try-spread"])
    card = Markup(
        '<div class="figure"><p class="value" id="try-{0}">{1}</p><p class="label">{2}</p>{3}'
        '<p class="detail" id="try-{0}-against">{4}</p></div>'
    )
    return joined(
        card.format(name, views[f"try-{name}"], label, spread if name == "npv" else "", views[f"try-{name}-against"])
        for name, label in labels.items()
    )


def _against(difference: float, unit: str, title: str, language: Language) -> str:
    """By how much it differs, with its sign; nothing when it does not."""
    if abs(difference) < (0.5 if unit == "money" else 0.05):
        return ""
    sign = "+" if difference > 0 else "−"
    return language.text("live.against", difference=f"{sign}{language.show(abs(difference), unit)}", other=title)
