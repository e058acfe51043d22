"""How is a measured number written in the form of the one it replaces?

`4m10s` becomes `4m23s`, `1200..1500/month` becomes a range per month, `62%` a percentage, `0.62` a fraction. A range
gets the measured one: 10th to 90th percentile about the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from touchpoints.estimate import Estimate
from touchpoints.numbers import NUMBER
from touchpoints.quantities import AnswerTime, Duration, Rate, Share

Z_90 = 1.2815515655446004
"""The 90th percentile of the standard normal distribution."""

_UNIT = re.compile(r"[^\W\d_]+")
_SECONDS = {"h": 3_600, "m": 60, "s": 1}


def written(stated: Estimate, value: float, se: float) -> Any:
    """A value in the notation of what the model states; with its spread where the model states a range.

    Args:
        stated: what the model states.
        value: the measured value, in the unit of its class.
        se: its standard error.

    Example:
        >>> written(Duration.parse("4m10s"), 263.2, 1.0), written(Rate.parse("1200..1500/month"), 1341.4, 10.0)
        ('4m23s', '1329..1354/month')
        >>> written(Share.parse("62%"), 0.5834, 0.01), written(Share.parse(0.62), 0.5834, 0.01)
        ('58.3%', 0.583)
    """
    write = _writer(stated)
    if not stated.is_range:
        return write(value)
    reach = min(Z_90 * se, value)
    if isinstance(stated, Share):
        reach = min(reach, 1 - value)
    low, high = write(value - reach), write(value + reach)
    if stated.shape == "pert":
        return {"low": low, "likely": write(value), "high": high}
    return _range(str(low), str(high), stated.text)


def _range(low: str, high: str, text: str) -> str:
    """Two ends as a range; the unit stands once where it stood once, and where both ends have the same."""
    left = text.partition("..")[0].strip()
    found = NUMBER.search(high)
    tail = high[found.end() :] if found else ""
    if tail and left and NUMBER.fullmatch(left) and low.endswith(tail) and _is_single(low) and _is_single(high):
        low = low.removesuffix(tail)
    return f"{low}..{high}"


def _is_single(text: str) -> bool:
    return len(NUMBER.findall(text)) == 1


def _writer(stated: Estimate) -> Callable[[float], Any]:
    likely = re.search(r"likely: ([^,}]+)", stated.text)
    text = likely.group(1) if likely else stated.text
    if isinstance(stated, Rate):
        return lambda value: _rate(value, text)
    if isinstance(stated, Share):
        return lambda value: share(value, text)
    if isinstance(stated, Duration | AnswerTime):
        return lambda value: _duration(value, text)
    return lambda value: round(value, 2)


def share(value: float, text: str) -> str | float:
    """A share as a percentage or a fraction, as the text has it; to a tenth of a percent.

    Example:
        >>> share(0.3137, "62%"), share(0.3, "62%"), share(0.3137, "0.62")
        ('31.4%', '30%', 0.314)
    """
    return f"{round(value * 100, 1):g}%" if "%" in text else round(value, 3)


def _rate(value_per_month: float, text: str) -> str:
    last = text.rpartition("..")[2]
    number, slash, per = last.partition("/")
    if not slash:
        return f"{_figures(value_per_month)}/month"
    factor = Rate.parse(f"1/{per.strip()}").point
    gap = re.search(r"\s*\Z", number)
    between = (gap.group() if gap else "") + "/" + per[: len(per) - len(per.lstrip())]
    return f"{_figures(value_per_month / factor)}{between}{per.strip()}"


def _figures(value: float) -> str:
    """A number with three figures that count, whole from 100 up; never with three decimals (1.234 is ambiguous)."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{round(value, 1 if value >= 10 else 2):g}" if value >= 0.1 else f"{value:.2g}"


def _duration(value_s: float, text: str) -> str:
    units = _UNIT.findall(text)
    short = [unit for unit in units if unit in "hms"]
    if not units:
        return f"{value_s:.0f}s"
    if len(short) < len(units):  # words, days and weeks: so many of them
        gap = " " if re.search(r"\d\s+[^\W\d_]", text) else ""
        return f"{_figures(value_s / Duration.parse(f'1 {units[-1]}').point)}{gap}{units[-1]}"
    largest = max(short, key=lambda unit: _SECONDS[unit])
    ladder = [unit for unit in "hms" if _SECONDS[unit] <= _SECONDS[largest]]
    last = "s" if "s" in short or largest != "h" else "m"
    return _compound(value_s, ladder[: ladder.index(last) + 1])


def _compound(value_s: float, units: list[str]) -> str:
    if units == ["s"]:
        return f"{value_s:.0f}s" if value_s >= 10 else f"{_figures(value_s)}s"
    smallest = _SECONDS[units[-1]]
    rest = round(value_s / smallest) * smallest
    parts = []
    for unit in units:
        number, rest = divmod(rest, _SECONDS[unit])
        if number:
            parts.append(f"{number}{unit}")
    return "".join(parts) or f"{_figures(value_s)}s"
