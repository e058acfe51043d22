"""Which keys and items of old values stay when others take their place?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Entry = tuple[str | None, Any]
"""A key with its value, or an item of a list."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which children stay, and what is added behind which of them (-1: before the first)."""

    kept: Mapping[int, Any]
    added: Mapping[int, list[Entry]]


def same(old: Any, new: Any) -> bool:
    """Whether two plain values are written alike: `1`, `1.0` and `true` are equal in Python only."""
    if type(old) is not type(new):
        return False
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(same(part, new[key]) for key, part in old.items())
    if isinstance(old, list):
        return len(old) == len(new) and all(same(one, other) for one, other in zip(old, new, strict=True))
    return bool(old == new)


def aligned_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> Alignment:
    """A key stays where it is; a new one comes behind the one before it."""
    places = {key: index for index, key in enumerate(old)}
    kept: dict[int, Any] = {}
    added: dict[int, list[Entry]] = {}
    after = -1
    for key, value in new.items():
        if key in places:
            after = places[key]
            kept[after] = value
        else:
            added.setdefault(after, []).append((key, value))
    return Alignment(kept, added)


def aligned_items(old: list[Any], new: list[Any]) -> Alignment:
    """Equal items stay; of those between them, the first take one another's place."""
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    least = min(len(old), len(new))
    head = next((index for index in range(least) if before[index] != after[index]), least)
    tail = next((index for index in range(least - head) if before[-1 - index] != after[-1 - index]), least - head)
    matcher = SequenceMatcher(None, before[head : len(old) - tail], after[head : len(new) - tail], autojunk=False)
    kept = {index: new[index] for index in range(head)}
    kept |= {len(old) - index: new[-index] for index in range(1, tail + 1)}
    added: dict[int, list[Entry]] = {}
    for _, i, end_i, j, end_j in matcher.get_opcodes():
        both = min(end_i - i, end_j - j)
        kept |= {head + i + step: new[head + j + step] for step in range(both)}
        if end_j - j > both:
            added[head + i + both - 1] = [(None, item) for item in new[head + j + both : head + end_j]]
    return Alignment(kept, added)
