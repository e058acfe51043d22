"""What is a quantity: a point with an interval around it, in one unit?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from touchpoints.numbers import NUMBER, QuantityError, read_number

Shape = Literal["point", "range", "pert"]

_LONGEST = 200


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
        """Read a value as YAML gives it: text, a number, or a mapping of low, likely and high.

        Raises:
            QuantityError: it cannot be read, has no unit or another one, runs backwards, or lies out of bounds.
        """
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
        if not NUMBER.search(left) or not NUMBER.search(right):
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
            if end < 0 == cls.LOWEST:
                raise QuantityError("out-of-range", f"'{text}' is below zero; write {cls.FORMAT}")
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
    found = NUMBER.search(text)
    return text[: found.start()] if found else ""


def _tail(text: str) -> str:
    found = NUMBER.search(text)
    return text[found.end() :] if found else ""
