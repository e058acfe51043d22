"""How is a written number read, with nothing guessed about its decimal sign?"""

from __future__ import annotations

import re

NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][-+]?\d{1,3})?")
"""A number in a text."""
PLAIN = re.compile(r"[-+]?(?:(?:0|[1-9]\d*)(?:[.,]\d+)?|\.\d+)(?:[eE][-+]?\d{1,3})?\Z")
"""A text that is a number and nothing else."""
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})\Z")
"""A number whose thousands are set apart by the sign that cannot be its decimal sign: `1.250,50`, `1,250.50`."""
_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}\Z")


class QuantityError(ValueError):
    """A quantity that cannot be read, with the rule it breaks."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def read_number(text: str) -> float:
    """A number with a dot or comma as decimal sign; three decimals are refused with both readings.

    Thousands may be set apart where that leaves one reading: by the other sign than the decimals, or more than once.

    Raises:
        QuantityError: it is no number, or one with two readings.

    Example:
        >>> read_number("2,5"), read_number("0.125"), read_number("1.250,50"), read_number("1,250,000")
        (2.5, 0.125, 1250.5, 1250000.0)
        >>> read_number("1.200")
        Traceback (most recent call last):
        touchpoints.numbers.QuantityError: '1.200' can be 1200 or 1.2; write 1200, or 1.2
    """
    text = text.strip()
    if _AMBIGUOUS.match(text):
        whole = text.replace(".", "").replace(",", "")
        point = f"{float(text.replace(',', '.')):g}"
        short = f"{point}0" if len(point.partition(".")[2]) == 3 else point if "." in point else f"{point}.0"
        raise QuantityError("ambiguous-number", f"'{text}' can be {whole} or {point}; write {whole}, or {short}")
    if _GROUPED.match(text):
        text = text.replace(next(sign for sign in text if sign in ".,"), "")
    if not PLAIN.match(text):
        ends = re.fullmatch(r"(\d[\d.,]*)\s*[-–]\s*(\d[\d.,]*)", text)
        if ends:
            raise QuantityError(
                "quantity", f"'{text}' is not a number; write a range as {ends.group(1)}..{ends.group(2)}"
            )
        plain = re.sub(r"[_' \u00a0]", "", text)
        advice = f"; write {plain.lstrip('0') or '0'}" if re.fullmatch(r"\d+", plain) else ""
        raise QuantityError("quantity", f"'{text}' is not a number{advice}")
    return float(text.replace(",", "."))
