"""How are texts, numbers, amounts, times and dates written in a language?"""

from __future__ import annotations

import math
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_currency, format_decimal, format_percent, parse_pattern

from touchpoints.yaml_tree import read_yaml

Code = Literal["nl", "en"]
LANGUAGES: tuple[Code, ...] = ("nl", "en")
DASH = "–"
NOTHING = "·"
NO_BREAK = "\u00a0"
_KEPT = 2**14
"""So many numbers are kept as they were written: in the tables of a report two of three come back."""


_LOCALES: dict[Code, Locale] = {"nl": Locale("nl", "NL"), "en": Locale("en", "GB")}


@cache
def catalogue(name: str) -> dict[str, Any]:
    """A catalogue of texts shipped with the package: `columns` or `texts`."""
    file = resources.files("workbench") / "language" / f"{name}.yaml"
    tree, faults = read_yaml(file.read_bytes(), f"{name}.yaml")
    if tree is None or faults:
        raise ValueError(f"the text catalogue is broken: {faults}")
    plain: dict[str, Any] = tree.plain()
    return plain


class _Formatter(string.Formatter):
    """Fills in texts; a field with two words takes the first for one, the second for any other number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """The value, with the word that goes with it."""
        one, among, more = format_spec.partition("|")
        return f"{value} {one if str(value) == '1' else more}" if among else str(format(value, format_spec))


_FORMATTER = _Formatter()


@dataclass(frozen=True)
class Language:
    """A language with the currency of the project.

    Example:
        >>> Language("nl").show(0.128, "share"), Language("en").show(40, "s")
        ('13%', '40s')
        >>> Language("nl").number(1234.5, 1), Language("en").money(1234.0)
        ('1.234,5', '€1,234')
    """

    code: Code = "en"
    currency: str = "EUR"

    @property
    def locale(self) -> Locale:
        """The locale for numbers and dates."""
        return _LOCALES[self.code]

    def text(self, key: str, **values: Any) -> str:
        """The text of a key with its values filled in: `{count:row|rows}` is `1 row` or `2 rows`."""
        found = catalogue("texts").get(key)
        if found is None:
            raise KeyError(f"no text '{key}' in the catalogue")
        return _FORMATTER.vformat(str(found[self.code]), (), values)

    def word(self, word: str) -> str:
        """A word of the model language (a grade, an outcome, an instrument), as people say it."""
        found = catalogue("words").get(word)
        return str(found[self.code]) if found else word.replace("_", " ")

    def column(self, key: str) -> tuple[str, str]:
        """The heading of a table column and its unit."""
        found = catalogue("columns").get(key)
        if found is None:
            raise KeyError(f"no column '{key}' in the catalogue")
        return str(found[self.code]), str(found.get("unit", "text"))

    def show(self, value: Any, unit: str) -> str:
        """A value as people read it; a dot in the middle of the line when it is not known."""
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return NOTHING
        if isinstance(value, float) and math.isinf(value):
            return "∞"
        if isinstance(value, bool):
            return self.word("yes" if value else "no")
        if unit == "word":
            return self.word(str(value))
        if isinstance(value, date):
            return format_date(value, "d MMM y", locale=self.locale)
        if isinstance(value, int | float) and unit in _WRITERS:
            return _WRITERS[unit](self, float(value))
        return str(value)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with a fixed number of decimals."""
        return _decimal(_unsigned_zero(value, decimals), decimals, self.code)

    def significant(self, value: float, figures: int = 3) -> str:
        """A number with a fixed number of figures that count, whole from a hundred up."""
        if value == 0:
            return "0"
        decimals = max(0, figures - 1 - math.floor(math.log10(abs(value))))
        if value == round(value):
            decimals = 0
        return self.number(value, min(decimals, 6))

    def money(self, value: float) -> str:
        """An amount, in whole units from a hundred up."""
        decimals = 2 if 0 < abs(value) < 100 else 0
        return _amount(_unsigned_zero(value, decimals), decimals, self.currency, self.code)

    def share(self, value: float) -> str:
        """A share as a percentage."""
        percent = abs(value) * 100
        decimals = 0 if percent >= 10 or percent == 0 else 1 if percent >= 1 else 2
        pattern = _pattern("#,##0" + ("." + "0" * decimals if decimals else "") + "%")
        return str(format_percent(value, pattern, self.locale))

    def duration(self, seconds: float) -> str:
        """A time in the two largest units that fit."""
        if seconds < 0:
            return f"-{self.duration(-seconds)}"
        hour = "u" if self.code == "nl" else "h"
        if seconds < 60:
            is_whole = seconds >= 10 or round(seconds, 1) == round(seconds)
            return f"{self.number(seconds, 0 if is_whole else 1)}s"
        whole = round(seconds)
        minutes, rest = divmod(whole, 60)
        if minutes < 60:
            return f"{minutes}m" + (f"{NO_BREAK}{rest}s" if rest else "")
        hours, minutes = divmod(round(whole / 60), 60)
        return f"{self.number(hours)}{hour}" + (f"{NO_BREAK}{minutes}m" if minutes else "")


@cache
def _pattern(written: str) -> NumberPattern:
    """How a number is written, read once."""
    return parse_pattern(written)


@lru_cache(maxsize=_KEPT)
def _decimal(value: float, decimals: int, code: Code) -> str:
    pattern = _pattern("#,##0" + ("." + "0" * decimals if decimals else ""))
    return str(format_decimal(value, pattern, _LOCALES[code]))


@lru_cache(maxsize=_KEPT)
def _amount(value: float, decimals: int, currency: str, code: Code) -> str:
    whole = "¤ #,##0" if code == "nl" else "¤#,##0"
    amount = whole + (".00" if decimals else "")
    negative = amount.replace("¤ ", "¤ -") if code == "nl" else f"-{amount}"
    pattern = _pattern(f"{amount};{negative}")
    text = format_currency(value, currency, pattern, _LOCALES[code], currency_digits=False)
    return str(text).replace(" ", NO_BREAK)


def _unsigned_zero(value: float, decimals: int) -> float:
    """No minus before a zero that rounding made."""
    return 0.0 if round(value, decimals) == 0 else value


_WRITERS: dict[str, Callable[[Language, float], str]] = {
    "1/month": lambda language, value: language.significant(value),
    "count": lambda language, value: language.number(value),
    "decimal": lambda language, value: language.number(value, 2),
    "number": lambda language, value: language.significant(value),
    "share": lambda language, value: language.share(value),
    "rate": lambda language, value: f"{language.number(100 * value, 2)}%",
    "s": lambda language, value: language.duration(value),
    "hours": lambda language, value: language.number(value, 0 if abs(value) >= 10 or value == 0 else 1),
    "money": lambda language, value: language.money(value),
    "p": lambda language, value: f"< {language.number(0.001, 3)}" if value < 0.001 else language.number(value, 3),
    "percentage_points": lambda language, value: language.significant(value, 2),
    "points_per_month": lambda language, value: language.significant(value, 2),
}
