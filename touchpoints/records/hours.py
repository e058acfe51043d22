"""When is a team or touchpoint open, and how are opening hours written?"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from touchpoints.numbers import QuantityError

_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_DAYS |= {"ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "za": 5, "zo": 6}
_ENTRY = re.compile(r"([a-z]{2,3})(?:\s*-\s*([a-z]{2,3}))?\s+(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a week: (day 0 = Monday, opening and closing minute of the day) per stretch.

    Example:
        >>> Hours.parse(["mon-fri 08:30-17:00", "sat 10:00-12:00"]).per_week_h
        44.5
    """

    stretches: tuple[tuple[int, int, int], ...]

    @property
    def per_week_h(self) -> float:
        """Hours open in a week."""
        return sum(end - start for _, start, end in self.stretches) / 60

    def is_open(self, weekday: int, minute: int) -> bool:
        """Whether a minute of the day on a weekday (0 = Monday) lies in the opening hours."""
        return any(day == weekday and start <= minute < end for day, start, end in self.stretches)

    @classmethod
    def parse(cls, value: Any) -> Hours:
        """Read `mon-fri 08:30-17:00` or a list of these; Dutch days (`ma-vr`) serve too.

        Raises:
            QuantityError: an entry cannot be read, or two overlap.
        """
        if isinstance(value, Hours):
            return value
        entries = value if isinstance(value, list | tuple) else [value]
        stretches: list[tuple[int, int, int]] = []
        for entry in entries:
            stretches.extend(_stretches(entry))
        ordered = sorted(stretches)
        for (day, _, end), (next_day, start, _) in itertools.pairwise(ordered):
            if day == next_day and start < end:
                raise QuantityError("quantity", f"opening hours overlap on day {day + 1} of the week; merge them")
        return cls(tuple(ordered))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        entry = {"type": "string", "examples": ["mon-fri 08:30-17:00"]}
        return {"anyOf": [entry, {"type": "array", "items": entry}]}


def _stretches(entry: Any) -> list[tuple[int, int, int]]:
    found = _ENTRY.fullmatch(entry.strip()) if isinstance(entry, str) else None
    if found is None:
        raise QuantityError("quantity", f"'{entry}' is not opening hours; write them like mon-fri 08:30-17:00")
    first, last = found.group(1).lower(), (found.group(2) or found.group(1)).lower()
    for day in (first, last):
        if day not in _DAYS:
            raise QuantityError("quantity", f"'{entry}': unknown day '{day}' (known: mon … sun, ma … zo)")
    start, end = (int(found.group(i)) * 60 + int(found.group(i + 1)) for i in (3, 5))
    if not 0 <= start < end <= 24 * 60:
        raise QuantityError("quantity", f"'{entry}' closes before it opens; split hours that pass midnight")
    days = range(_DAYS[first], _DAYS[last] + 1) if _DAYS[first] <= _DAYS[last] else ()
    if not days:
        raise QuantityError("quantity", f"'{entry}': the week starts on Monday; write the days in that order")
    return [(day, start, end) for day in days]
