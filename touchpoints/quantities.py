"""How is a written quantity (`4m10s`, `1200..1500/month`, `62%`, `EUR 45/hour`, `2/5`) read?

A quantity is a point with an interval around it. `a..b` is the 10th to 90th percentile with the midpoint as
point; `{low, likely, high}` has the same ends and `likely` as point. Each class holds one unit, named in its
docstring; nothing is guessed: no unit, a unit of another kind or a number with two readings is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from touchpoints.dutch_units import ENGLISH
from touchpoints.estimate import Estimate
from touchpoints.numbers import PLAIN, QuantityError, read_number

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12
SECONDS_PER_DAY = 86_400
DAYS_PER_MONTH = DAYS_PER_YEAR / MONTHS_PER_YEAR

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")

_PIECE = re.compile(r"(\d[\d.,]*)\s*([^\W\d_]+(?:\s+[^\W\d_]+)*)\s*")


class Number(Estimate):
    """A bare number [1]."""

    FORMAT = "a number of at least 0, without unit"
    EXAMPLE = "12"


class Duration(Estimate):
    """A clock time in seconds [s].

    Example:
        >>> Duration.parse("4m10s").point, Duration.parse("2..3m").high, Duration.parse("1h30m").point
        (250.0, 180.0, 5400.0)
    """

    UNIT = "s"
    FORMAT = "a time such as 40s, 4m10s, 2h or 3 days"
    EXAMPLE = "4m10s"
    HIGHEST = 10 * DAYS_PER_YEAR * SECONDS_PER_DAY

    _UNITS: ClassVar[dict[str, float]] = {
        **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
        **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60.0),
        **dict.fromkeys(("h", "hr", "hour", "hours"), 3_600.0),
        **dict.fromkeys(("d", "day", "days"), 86_400.0),
        **dict.fromkeys(("w", "week", "weeks"), 604_800.0),
    }

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        return _sum_of_units(part, whole, cls._UNITS, cls.EXAMPLE, "s"), ()


class Span(Estimate):
    """A calendar time in months [month]; a month is a twelfth of a year.

    Example:
        >>> Span.parse("6 months").point, Span.parse("2 years").point
        (6.0, 24.0)
    """

    UNIT = "month"
    FORMAT = "a time such as 6 months, 2 years or 2 weeks"
    EXAMPLE = "6 months"
    HIGHEST = 1_200.0

    _UNITS: ClassVar[dict[str, float]] = {
        **dict.fromkeys(("day", "days"), 1 / DAYS_PER_MONTH),
        **dict.fromkeys(("week", "weeks"), 7 / DAYS_PER_MONTH),
        **dict.fromkeys(("month", "months"), 1.0),
        **dict.fromkeys(("year", "years"), 12.0),
    }

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        return _sum_of_units(part, whole, cls._UNITS, cls.EXAMPLE, " months"), ()


@dataclass(frozen=True, slots=True)
class AnswerTime(Estimate):
    """A time until an answer in seconds [s], of the clock (`24h`) or of the office (`24 working hours`).

    Example:
        >>> AnswerTime.parse("24 working hours").office, AnswerTime.parse("24h").point
        (True, 86400.0)
    """

    office: bool = False

    UNIT: ClassVar[str] = "s"
    FORMAT: ClassVar[str] = "a time such as 24h, 24 working hours or 3 working days"
    EXAMPLE: ClassVar[str] = "24 working hours"
    HIGHEST: ClassVar[float] = Duration.HIGHEST

    _OFFICE: ClassVar[dict[str, float]] = {
        **dict.fromkeys(("working hour", "working hours"), 3_600.0),
        **dict.fromkeys(("working day", "working days"), 28_800.0),
        **dict.fromkeys(("working week", "working weeks"), 144_000.0),
    }

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        if "working" in part:
            return _sum_of_units(part, whole, cls._OFFICE, cls.EXAMPLE, " working hours"), (True,)
        return _sum_of_units(part, whole, Duration._UNITS, cls.EXAMPLE, "h"), (False,)


def _meant(name: str, units: Iterable[str], example: str) -> str:
    """What the writer of an unknown unit may have meant, else what may be written.

    Example:
        >>> _meant("minuten", ("s", "minutes"), "4m10s"), _meant("apples", ("s", "minutes"), "4m10s")
        ("; write 'minutes'", ' (known: s, minutes); write it like 4m10s')
    """
    english = ENGLISH.get(name.lower(), "")
    for meant in (english, english.removesuffix("s")):
        if meant and meant in units:
            return f"; write '{meant}'"
    known = list(units)
    return f" (known: {', '.join(known[:: max(1, len(known) // 8)])}); write it like {example}"


def _sum_of_units(part: str, whole: str, units: dict[str, float], example: str, unit: str) -> float:
    """A compound of numbers and units (`1h30m`) as one number."""
    text = part.strip()
    if not text:
        raise QuantityError("quantity", f"an empty text is not a quantity; write it like {example}")
    if PLAIN.match(text):
        if float(text.replace(",", ".")) == 0:
            return 0.0
        raise QuantityError("unit-missing", f"'{whole}' has no unit; write it like {text}{unit} or {example}")
    clock = _CLOCK.fullmatch(text)
    if clock and "m" in units:
        one, two = clock.groups()
        raise QuantityError("quantity", f"'{whole}' can be two times; write {one}m{two}s, or {one}h{two}m")
    total, rest = 0.0, text.lstrip("+-").strip()
    while rest:
        found = _PIECE.match(rest)
        if found is None:
            read_number(rest)
            raise QuantityError("quantity", f"'{whole}' cannot be read; write it like {example}")
        number, name = found.groups()
        factor = units.get(name.lower())
        if factor is None:
            raise QuantityError("quantity", f"'{whole}': unknown unit '{name}' here{_meant(name, units, example)}")
        total += read_number(number) * factor
        rest = rest[found.end() :]
    return -total if text.startswith("-") else total


class Rate(Estimate):
    """A number of contacts, starts or cases per month [1/month]; a month is a twelfth of a year.

    Example:
        >>> Rate.parse("1200..1500/month").point, Rate.parse("14000/year").point
        (1350.0, 1166.6666666666667)
    """

    UNIT = "1/month"
    FORMAT = "a number per time such as 1200/month or 14000/year"
    EXAMPLE = "1200/month"
    HIGHEST = 1e12

    _MONTHS: ClassVar[dict[str, float]] = {
        "hour": 1 / (24 * DAYS_PER_MONTH),
        "day": 1 / DAYS_PER_MONTH,
        "week": 7 / DAYS_PER_MONTH,
        "month": 1.0,
        "quarter": 3.0,
        "year": 12.0,
    }

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        number, slash, per = (piece.strip() for piece in part.partition("/"))
        if not slash:
            value = read_number(number)
            if value == 0:
                return 0.0, ()
            message = f"'{whole}' has no unit; write '{whole}/month' or '{whole}/year'"
            raise QuantityError("unit-missing", message)
        if per not in cls._MONTHS:
            meant = _meant(per, cls._MONTHS, cls.EXAMPLE)
            raise QuantityError("quantity", f"'{whole}': unknown time '{per}'{meant}")
        return read_number(number) / cls._MONTHS[per], ()


class Share(Estimate):
    """A part of a whole, 0 to 1 [1], written 62% or 0.62.

    Example:
        >>> Share.parse("62%").point, Share.parse("70%..80%").point, Share.parse(0.62).point
        (0.62, 0.75, 0.62)
    """

    UNIT = "share"
    FORMAT = "a share between 0% and 100%"
    EXAMPLE = "62%"
    HIGHEST = 1.0

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        text = part.strip()
        if text.endswith("%"):
            return read_number(text[:-1]) / 100, ()
        value = read_number(text)
        if 1 < value <= 100:
            raise QuantityError("out-of-range", f"'{whole}' is not a share between 0 and 1; write {text}%")
        return value, ()


class Change(Share):
    """A relative change [1], which may be negative or exceed one (`-10%`, `150%`)."""

    FORMAT = "a percentage such as 8% or -10%"
    EXAMPLE = "8%"
    LOWEST = -1.0
    HIGHEST = 100.0


@dataclass(frozen=True, slots=True)
class Money(Estimate):
    """An amount in a currency [currency], at once or per hour, month, year or contact.

    Example:
        >>> cost = Money.parse("EUR 45/hour")
        >>> cost.point, cost.currency, cost.per
        (45.0, 'EUR', 'hour')
    """

    currency: str = ""
    per: str = ""

    UNIT: ClassVar[str] = "currency"
    FORMAT: ClassVar[str] = "an amount such as EUR 45, EUR 45/hour or EUR 800/month"
    EXAMPLE: ClassVar[str] = "EUR 45"
    HIGHEST: ClassVar[float] = 1e15

    _PER: ClassVar[tuple[str, ...]] = ("hour", "month", "year", "contact")
    _SIGNS: ClassVar[dict[str, str]] = {"€": "EUR", "$": "USD", "£": "GBP"}

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        for sign, code in cls._SIGNS.items():
            part = part.replace(sign, f"{code} ")
        amount, _, per = (piece.strip() for piece in part.partition("/"))
        found = re.fullmatch(r"(?:([A-Za-z]{3})\s*)?([-+]?[\d.,]+)(?:\s*([A-Za-z]{3}))?", amount)
        if found is None:
            raise QuantityError("quantity", f"'{whole}' is not an amount; write it like {cls.EXAMPLE}")
        value = read_number(found.group(2))
        code = (found.group(1) or found.group(3) or "").upper()
        if not code and value == 0:
            return 0.0, ()
        if not code:
            raise QuantityError("unit-missing", f"'{whole}' has no currency; write 'EUR {whole}'")
        if per not in ("", *cls._PER):
            raise QuantityError("quantity", f"'{whole}': unknown unit '{per}'{_meant(per, cls._PER, cls.EXAMPLE)}")
        return value, (code, per)


class Scale(Estimate):
    """A place on a scale of five [1..5], written 2/5.

    Example:
        >>> Scale.parse("2/5").point
        2.0
    """

    UNIT = "of 5"
    FORMAT = "a place on a scale of five such as 2/5"
    EXAMPLE = "2/5"
    LOWEST = 1.0
    HIGHEST = 5.0

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        number, slash, top = (piece.strip() for piece in part.partition("/"))
        if not slash:
            raise QuantityError("unit-missing", f"'{whole}' has no scale; write '{whole}/5'")
        if top != "5":
            raise QuantityError("quantity", f"'{whole}': scales here run from 1/5 to 5/5")
        return read_number(number), ()
