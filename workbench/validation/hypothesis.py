"""How is a claim about a share written, and which days does it speak of?

A claim is `DIMENSION=WORD` and what is said of its share: `below 40%`, `above web` (another word of the dimension),
`below 2026-Q1` (an earlier period), `falling`, `rising`, `leading`, `not leading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from touchpoints.numbers import QuantityError
from touchpoints.quantities import Share
from workbench.log.contact import DIMENSIONS

Relation = Literal["below", "above", "falling", "rising", "leading", "not_leading"]
_RELATIONS: dict[str, Relation] = {word: word for word in get_args(Relation)}
_FORM = re.compile(
    r"\s*(\w+)\s*=\s*(.+?)\s+(?:(below|above)\s+(\S.*?)|(falling|rising|leading|not\s+leading))\s*", re.IGNORECASE
)
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.IGNORECASE)
GRAMMAR = (
    "DIMENSION=WORD below|above SHARE, WORD or PERIOD, or falling, rising, leading, not leading, "
    "such as 'channel=phone below 40%'"
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a period, the first and the last included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A claim about the share of a word of a dimension; `other` is what it is held against, if anything.

    Example:
        >>> parse_hypothesis("channel=phone below 40%").other
        0.4
        >>> parse_hypothesis("channel=phone not leading").relation
        'not_leading'
        >>> parse_hypothesis("channel=phone below 2026-Q1").other
        Days(first=datetime.date(2026, 1, 1), last=datetime.date(2026, 3, 31))
    """

    text: str
    dimension: str
    word: str
    relation: Relation
    other: float | str | Days | None = None


def parse_hypothesis(text: str) -> Hypothesis:
    """The claim that a text makes.

    Raises:
        ValueError: the text does not have the form of a claim, or names no dimension of the log.

    Example:
        >>> parse_hypothesis("phone falls")
        Traceback (most recent call last):
        ...
        ValueError: hypothesis must be DIMENSION=WORD below|above SHARE, WORD or PERIOD, or falling, rising, leading, \
not leading, such as 'channel=phone below 40%', got 'phone falls'
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"hypothesis must be {GRAMMAR}, got {text!r}")
    dimension, word, side, other, alone = found.groups()
    if dimension not in DIMENSIONS:
        raise ValueError(f"dimension must be one of {', '.join(DIMENSIONS)}, got {dimension!r}")
    if alone:
        return Hypothesis(text.strip(), dimension, word, _RELATIONS["_".join(alone.lower().split())])
    against = _other(other)
    if against == word:
        raise ValueError(f"hypothesis must compare {word!r} with another word, got {text!r}")
    return Hypothesis(text.strip(), dimension, word, _RELATIONS[side.lower()], against)


def _other(text: str) -> float | str | Days:
    """A share, a period or a word, as the text looks; a period goes before a number."""
    days = days_of(text)
    if days is not None:
        return days
    if re.fullmatch(r"[\d.,]+\s*%?", text):
        try:
            return Share.parse(text).point
        except QuantityError as error:
            raise ValueError(str(error)) from error
    return text


def days_of(text: str) -> Days | None:
    """The days of a year, quarter, month, day, or a span of two of them; None when the text is no period.

    Raises:
        ValueError: it has the form of a period, and there are no such days.

    Example:
        >>> days_of("2026-02")
        Days(first=datetime.date(2026, 2, 1), last=datetime.date(2026, 2, 28))
        >>> days_of("2026-01..2026-Q2").last
        datetime.date(2026, 6, 30)
    """
    ends = [_PERIOD.fullmatch(part.strip()) for part in text.split("..")]
    if len(ends) > 2 or not all(ends):
        return None
    spans = [_span(end) for end in ends if end]
    found = Days(spans[0].first, spans[-1].last)
    if found.last < found.first:
        raise ValueError(f"period must not end before it begins, got {text!r}")
    return found


def _span(found: re.Match[str]) -> Days:
    year, quarter, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if day:
            return Days(date(year, month or 1, day), date(year, month or 1, day))
        first = date(year, month or (3 * quarter - 2 if quarter else 1), 1)
        months = 1 if month else 3 if quarter else 12
        after = first.month - 1 + months
        return Days(first, date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1))
    except ValueError as error:
        raise ValueError(f"period must be days of the calendar, got {found.group()!r}") from error
