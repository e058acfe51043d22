"""How is a new key or list item written into a block of YAML: on one line, or on lines of its own?"""

from __future__ import annotations

from typing import Any

from touchpoints.yaml_tree import write_flow, write_yaml

WIDTH = 120


def entry(head: str, value: Any, levels: int = 0, room: int = WIDTH) -> list[str]:
    """The lines of a value behind `key:` or `-`, the first without indent.

    Args:
        head: the key with its colon, or the dash of a list item.
        value: plain values.
        levels: so many levels of mappings and lists get lines of their own; deeper ones where one line is too long.
        room: the width that is left for a line.

    Example:
        >>> entry("kcc:", {"name": {"nl": "KCC"}, "people": 8}, levels=1)
        ['kcc:', '  name: {nl: KCC}', '  people: 8']
        >>> entry("-", {"touchpoint": "kcc", "limit": "60s"}), entry("-", {"a": 1, "b": [1]}, levels=1)
        (['- {touchpoint: kcc, limit: 60s}'], ['- a: 1', '  b: [1]'])
    """
    if isinstance(value, str) and "\n" in value:
        return _block_of_text(head, value)
    one_line = f"{head} {write_flow(value)}"
    if not isinstance(value, dict | list) or not value or (levels < 1 and len(one_line) <= room):
        return [one_line]
    if isinstance(value, dict):
        parts = [entry(f"{write_flow(key)}:", part, levels - 1, room - 2) for key, part in value.items()]
    else:
        parts = [entry("-", part, levels - 1, room - 2) for part in value]
    lines = [line for part in parts for line in part]
    if head == "-":
        return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
    return [head, *(f"  {line}" for line in lines)]


def _block_of_text(head: str, value: str) -> list[str]:
    """Text of several lines behind its key."""
    lines = write_yaml({"x": value}).removesuffix("\n").split("\n")
    return [head + lines[0].removeprefix("x:"), *lines[1:]]
