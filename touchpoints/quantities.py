"""How is a written quantity (`4m10s`, `1200..1500/month`, `62%`, `EUR 45/hour`, `2/5`) read?

A quantity is a point with an interval around it. `a..b` is the 10th to 90th percentile with the midpoint as
point; `{low, likely, high}` has the same ends and `likely` as point. Each class holds one unit, named in its
docstring; nothing is guessed: no unit, a unit of another kind or a number with two readings is an error.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

Shape = Literal["point", "range", "pert"]

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12
SECONDS_PER_DAY = 86_400
DAYS_PER_MONTH = DAYS_PER_YEAR / MONTHS_PER_YEAR

_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}\Z")
_PIECE = re.compile(r"(\d[\d.,]*)\s*([^\W\d_]+(?:\s+[^\W\d_]+)*)\s*")
_LONGEST = 200
_PLAIN = re.compile(r"[-+]?(?:(?:0|[1-9]\d*)(?:[.,]\d+)?|\.\d+)(?:[eE][-+]?\d{1,3})?\Z")


class QuantityError(ValueError):
    """A quantity that cannot be read, with the rule it breaks."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def read_number(text: str) -> float:
    """A number with a dot or comma as decimal sign; three decimals are refused with both readings.

    Example:
        >>> read_number("2,5"), read_number("0.125")
        (2.5, 0.125)
        >>> read_number("1.200")
        Traceback (most recent call last):
        touchpoints.quantities.QuantityError: '1.200' can be 1200 or 1.2; write 1200, or 1.2
    """
    text = text.strip()
    if _AMBIGUOUS.match(text):
        whole = text.replace(".", "").replace(",", "")
        point = f"{float(text.replace(',', '.')):g}"
        short = f"{point}0" if len(point.partition(".")[2]) == 3 else point if "." in point else f"{point}.0"
        raise QuantityError("ambiguous-number", f"'{text}' can be {whole} or {point}; write {whole}, or {short}")
    if not _PLAIN.match(text):
        ends = re.fullmatch(r"(\d[\d.,]*)\s*[-–]\s*(\d[\d.,]*)", text)
        if ends:
            raise QuantityError(
                "quantity", f"'{text}' is not a number; write a range as {ends.group(1)}..{ends.group(2)}"
            )
        plain = re.sub(r"[_' \u00a0]", "", text)
        advice = f"; write {plain.lstrip('0') or '0'}" if re.fullmatch(r"\d+", plain) else ""
        raise QuantityError("quantity", f"'{text}' is not a number{advice}")
    return float(text.replace(",", "."))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with an interval: 10th percentile, point and 90th percentile in the unit of its class."""

    point: float
    low: float
    high: float
    shape: Shape
    text: str

    UNIT: ClassVar[str] = ""
    EXAMPLE: ClassVar[str] = "12"
    FORMAT: ClassVar[str] = "a number"
    LOWEST: ClassVar[float] = 0.0
    HIGHEST: ClassVar[float] = math.inf

    @property
    def is_range(self) -> bool:
        """Whether the model states an interval."""
        return self.shape != "point"

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Read a value as YAML gives it: text, a number, or a mapping of low, likely and high."""
        if isinstance(value, cls):
            return value
        if isinstance(value, dict):
            return cls._parse_pert(value)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            kind = "a list" if isinstance(value, list) else f"'{value}'"
            raise QuantityError("wrong-type", f"{kind} is not {cls.FORMAT}; write it like {cls.EXAMPLE}")
        text = str(value).strip()
        if len(text) > _LONGEST:
            message = f"a text of {len(text):,} characters is not {cls.FORMAT}; write it like {cls.EXAMPLE}"
            raise QuantityError("quantity", message)
        if ".." not in text:
            return cls._made([text], "point", text)
        left, _, right = (part.strip() for part in text.partition(".."))
        if not _NUMBER.search(left) or not _NUMBER.search(right):
            raise QuantityError("quantity", f"'{text}' lacks one end; write a range like a..b")
        head, tail = _head(left), _tail(right)
        if not _tail(left):
            left += tail
        if not _head(right):
            right = head + right
        if not tail:
            right += _tail(left)
        return cls._made([left, right], "range", text)

    @classmethod
    def _parse_pert(cls, value: dict[str, Any]) -> Self:
        if set(value) != {"low", "likely", "high"}:
            raise QuantityError("wrong-type", "an interval must have the keys low, likely and high, and no other")
        ends = [str(value[key]) for key in ("low", "likely", "high")]
        if any(".." in end for end in ends):
            raise QuantityError("wrong-type", "low, likely and high must be single values, without '..'")
        return cls._made(ends, "pert", "{{low: {}, likely: {}, high: {}}}".format(*ends))

    @classmethod
    def _made(cls, parts: list[str], shape: Shape, text: str) -> Self:
        """The quantity whose ends are written in `parts`, low end first."""
        try:
            read = [cls._read(part, text) for part in parts]
        except QuantityError as error:
            if ";" in str(error):
                raise
            raise QuantityError(error.rule, f"{error}; write it like {cls.EXAMPLE}") from None
        ends = [value for value, _ in read]
        variants = {variant for value, variant in read if value or variant}
        if len(variants) > 1:
            raise QuantityError("quantity", f"'{text}' mixes units; write both ends in one")
        for end in ends:
            if not math.isfinite(end) or not cls.LOWEST <= end <= cls.HIGHEST:
                bounds = f"from {cls.LOWEST:.9g} to {cls.HIGHEST:.9g}" if math.isfinite(cls.HIGHEST) else "not negative"
                unit = f" ({cls.UNIT})" if cls.UNIT else ""
                message = f"'{text}' is not {cls.FORMAT}; it must be {bounds}{unit}, like {cls.EXAMPLE}"
                raise QuantityError("out-of-range", message)
        if ends != sorted(ends):
            raise QuantityError("range-order", f"'{text}' runs backwards; write the smaller end first")
        point = ends[1] if shape == "pert" else (ends[0] + ends[-1]) / 2
        return cls(point, ends[0], ends[-1], shape, text, *(variants or {()}).pop())

    @classmethod
    def _read(cls, part: str, whole: str) -> tuple[float, tuple[Any, ...]]:
        """One end in the unit of the class, and what else its unit says (currency, clock or office)."""
        return read_number(part), ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(_text)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        single: dict[str, Any] = {"type": ["string", "number"], "examples": [cls.EXAMPLE]}
        keys = ("low", "likely", "high")
        ends = {"type": "object", "required": list(keys), "additionalProperties": False}
        ends["properties"] = dict.fromkeys(keys, single)
        return {"anyOf": [single, ends], "description": cls.FORMAT}


def _text(estimate: Estimate) -> str:
    return estimate.text


def _head(text: str) -> str:
    """What stands before the number, so that the unit of one end can bind the other."""
    found = _NUMBER.search(text)
    return text[: found.start()] if found else ""


def _tail(text: str) -> str:
    found = _NUMBER.search(text)
    return text[found.end() :] if found else ""


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


def _sum_of_units(part: str, whole: str, units: dict[str, float], example: str, unit: str) -> float:
    """A compound of numbers and units (`1h30m`) as one number."""
    text = part.strip()
    if not text:
        raise QuantityError("quantity", f"an empty text is not a quantity; write it like {example}")
    if _PLAIN.match(text):
        if float(text.replace(",", ".")) == 0:
            return 0.0
        raise QuantityError("unit-missing", f"'{whole}' has no unit; write it like {text}{unit} or {example}")
    total, rest = 0.0, text.lstrip("+-").strip()
    while rest:
        found = _PIECE.match(rest)
        if found is None:
            read_number(rest)
            raise QuantityError("quantity", f"'{whole}' cannot be read; write it like {example}")
        number, name = found.groups()
        factor = units.get(name.lower())
        if factor is None:
            known = ", ".join(list(units)[:: max(1, len(units) // 8)])
            message = f"'{whole}': unknown unit '{name}' here (known: {known}); write it like {example}"
            raise QuantityError("quantity", message)
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
            message = f"'{whole}': unknown time '{per}' (known: {', '.join(cls._MONTHS)}); write it like {cls.EXAMPLE}"
            raise QuantityError("quantity", message)
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
        if per not in ("", "hour", "month", "year", "contact"):
            message = f"'{whole}': unknown unit '{per}' (known: hour, month, year, contact)"
            raise QuantityError("quantity", message)
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
