"""Where in a record of JSON does a value stand?

A path names members with points between them: `via.channel`. In a list, `[0]` is a place, `[role=customer]` the first
element whose member `role` is that, and `[#]` the number of elements. A list of plain values is its values with blanks
between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_SEGMENT = re.compile(r"([^.\[\]]+)((?:\[[^\]]*\])*)(?:\.|$)")
_STEP = re.compile(r"\[([^\]]*)\]")

Getter = Callable[[Any], "str | None"]


def value_at(path: str) -> Getter:
    """A function that gives the text of what stands at a path, or nothing.

    Example:
        >>> record = {"via": {"channel": "web"}, "tags": ["a", "b"], "people": [{"role": "x", "id": "7"}]}
        >>> [value_at(path)(record) for path in ("via.channel", "tags", "people[role=x].id", "people[#]", "no.where")]
        ['web', 'a b', '7', '1', None]
    """
    steps = tuple(_steps(path))

    def get(record: Any) -> str | None:
        if isinstance(record, dict) and path in record:
            return _as_text(record[path])
        here = record
        for step in steps:
            here = step(here)
            if here is None:
                return None
        return _as_text(here)

    return get


def _steps(path: str) -> list[Callable[[Any], Any]]:
    steps: list[Callable[[Any], Any]] = []
    for match in _SEGMENT.finditer(path):
        steps.append(_member(match[1]))
        steps += [_element(inside) for inside in _STEP.findall(match[2])]
    return steps


def _member(name: str) -> Callable[[Any], Any]:
    return lambda here: here.get(name) if isinstance(here, dict) else None


def _element(inside: str) -> Callable[[Any], Any]:
    if inside == "#":
        return lambda here: str(len(here)) if isinstance(here, list) else None
    if inside.isdecimal():
        place = int(inside)
        return lambda here: here[place] if isinstance(here, list) and place < len(here) else None
    name, _, word = inside.partition("=")

    def first(here: Any) -> Any:
        if not isinstance(here, list):
            return None
        return next((one for one in here if isinstance(one, dict) and _as_text(one.get(name)) == word), None)

    return first


def _as_text(value: Any) -> str | None:
    """A plain value as text; what is made up of others is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return " ".join(filter(None, map(_as_text, value))) or None
    return None
