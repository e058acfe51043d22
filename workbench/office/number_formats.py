"""Which number format shows a unit, in the order of signs of a language?

A format names its language, so that month names, the place of the currency and, in programs that follow it, the
decimal sign are those of the report; Excel itself takes the decimal sign from the reader's settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.numbers import get_currency_symbol

from workbench.language.language import Language

SECONDS_PER_MINUTE = 60.0
MINUTES_FROM_S = 3_600.0
"""Times of an hour and more stand in minutes."""
_CODES = {"nl": "413", "en": "809"}
TYPED = frozenset({"1/month", "count", "decimal", "number", "share", "rate", "s", "min", "hours", "money", "p",
                   "percentage_points", "points_per_month"})  # fmt: skip
"""Units whose values are numbers."""


def number_format(unit: str, language: Language, decimals: int | None = None) -> str:
    """The format of a unit; with the decimals that are usual for it, or others.

    Example:
        >>> number_format("money", Language("nl")), number_format("money", Language("en"), 2)
        ('[$-413]"€" #,##0;[$-413]"€" -#,##0', '[$-809]"€"#,##0.00;[$-809]-"€"#,##0.00')
        >>> number_format("share", Language("nl"))
        '[$-413]0.0%'
    """
    code = _CODES[language.code]
    if unit == "date":
        return f"[$-{code}]d mmm yyyy"
    if unit == "month":
        return f"[$-{code}]mmm yyyy"
    digits = _USUAL.get(unit, 0) if decimals is None else decimals
    tail = "." + "0" * digits if digits else ""
    if unit in ("share", "rate"):
        return f"[$-{code}]0{tail}%"
    if unit == "money":
        sign, amount = f'"{unit_sign(unit, language)}"', f"#,##0{tail}"
        positive, negative = (f"{sign} {amount}", f"{sign} -{amount}") if language.code == "nl" else (
            f"{sign}{amount}", f"-{sign}{amount}")  # fmt: skip
        return f"[$-{code}]{positive};[$-{code}]{negative}"
    return f"[$-{code}]#,##0{tail}"


_USUAL = {"share": 1, "rate": 2, "decimal": 2, "p": 3, "percentage_points": 1, "points_per_month": 1, "min": 1}


def decimals_of(unit: str, values: Sequence[float]) -> int | None:
    """The decimals that a column needs: fewer for large numbers, none for whole ones; None is the usual.

    Example:
        >>> decimals_of("money", [45.0, 12.5]), decimals_of("money", [1200.0, 3.5]), decimals_of("number", [3.0, 4.0])
        (2, 0, 0)
    """
    if unit not in ("money", "hours", "number", "1/month", "s"):
        return None
    largest = max((abs(value) for value in values), default=0.0)
    if unit == "money":
        return 2 if 0 < largest < 100 else 0
    if all(value == round(value) for value in values):
        return 0
    if unit in ("hours", "s"):
        return 0 if largest >= 100 else 1
    return 0 if largest >= 1_000 else 1 if largest >= 10 else 2


def unit_sign(unit: str, language: Language) -> str:
    """What stands behind the heading of a column: its unit, if it has one.

    Example:
        >>> unit_sign("money", Language("nl")), unit_sign("share", Language("en")), unit_sign("count", Language("en"))
        ('€', '%', '')
    """
    if unit == "money":
        return str(get_currency_symbol(language.currency, language.locale))
    if unit in ("share", "rate"):
        return "%"
    return language.text(f"office.unit.{unit}") if unit in _SIGNED else ""


def with_unit(heading: str, unit: str, language: Language) -> str:
    """A heading with its unit in brackets, unless it says so in words already.

    Example:
        >>> with_unit("Cost per year", "money", Language("en")), with_unit("Ist (uren)", "hours", Language("nl"))
        ('Cost per year [€]', 'Ist (uren)')
    """
    sign = unit_sign(unit, language)
    spelt = unit == "hours" and heading.endswith(f"({language.text('office.hours')})")
    return f"{heading} [{sign}]" if sign and not spelt else heading


_SIGNED = frozenset({"s", "min", "hours", "percentage_points", "points_per_month"})


def is_number(value: Any) -> bool:
    """Whether a value is written as a number; a truth and a date are not.

    Example:
        >>> is_number(2.0), is_number(True), is_number("2"), is_number(float("nan"))
        (True, False, False, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
