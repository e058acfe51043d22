"""How is a quantity of the model written for people: its number or its range, with its unit in their language?"""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from touchpoints.estimate import Estimate
from touchpoints.quantities import AnswerTime, Duration, Money, Rate, Scale, Share, Span
from workbench.language.language import Language

SECONDS_PER_HOUR = 3_600
_MOST_DECIMALS = 4


def written(estimate: Estimate, language: Language) -> str:
    r"""A quantity as people read it: a point, a range, or a range with its likely value.

    Example:
        >>> written(Money.parse("EUR 45..50/hour"), Language("nl")).replace("\u00a0", " ")
        '€ 45,00 tot € 50,00 per uur'
        >>> written(Rate.parse("1200..1500/month"), Language("en"))
        '1,200 to 1,500 per month'
        >>> written(Share.parse({"low": "10%", "likely": "12.5%", "high": "20%"}), Language("nl"))
        '10% tot 20%, meestal 12,5%'
        >>> written(Money.parse("USD 8.01"), Language("nl", "EUR")).replace("\u00a0", " ")
        'US$ 8,01'
    """
    low, point, high = (_number(estimate, end, language) for end in (estimate.low, estimate.point, estimate.high))
    unit = _unit(estimate, language)
    after = f" {unit}" if unit else ""
    if estimate.shape == "point":
        return point + after
    ranged = language.text("quantity.range", low=low, high=high) + after
    return ranged if estimate.shape == "range" else language.text("quantity.likely", range=ranged, likely=point)


@singledispatch
def _number(estimate: Estimate, value: float, language: Language) -> str:
    """A number of the quantity, without what its unit says of all of them."""
    return _plain(value, language)


@_number.register
def _(estimate: Duration, value: float, language: Language) -> str:
    return language.duration(value)


@_number.register
def _(estimate: AnswerTime, value: float, language: Language) -> str:
    return _plain(value / SECONDS_PER_HOUR, language) if estimate.office else language.duration(value)


@_number.register
def _(estimate: Share, value: float, language: Language) -> str:
    return f"{_plain(value * 100, language)}%"


@_number.register
def _(estimate: Money, value: float, language: Language) -> str:
    return replace(language, currency=estimate.currency or language.currency).money(value)


@singledispatch
def _unit(estimate: Estimate, language: Language) -> str:
    """What the unit says once for a whole range."""
    return ""


@_unit.register
def _(estimate: AnswerTime, language: Language) -> str:
    return language.text("quantity.working_hours") if estimate.office else ""


@_unit.register
def _(estimate: Span, language: Language) -> str:
    return language.text("quantity.month" if estimate.point == estimate.high == 1 else "quantity.months")


@_unit.register
def _(estimate: Rate, language: Language) -> str:
    return language.text("quantity.per_month")


@_unit.register
def _(estimate: Money, language: Language) -> str:
    return language.text(f"quantity.per_{estimate.per}") if estimate.per else ""


@_unit.register
def _(estimate: Scale, language: Language) -> str:
    return language.text("quantity.of_five")


def _plain(value: float, language: Language) -> str:
    """A number with the decimals it has, four at most, and none where it is large."""
    most = _MOST_DECIMALS if abs(value) < 100 else 1 if abs(value) < 10_000 else 0
    decimals = next(count for count in range(most + 1) if count == most or round(value, count) == round(value, most))
    return language.number(value, decimals)
