"""Which lines of the model stand at the end of the report on paper, for its places to lead to?

The page holds the whole model, paper what it names: its tables show their first rows, so they name few of the lines,
and a controller who follows a number needs the record or field it stands in and the keys above it, not all that lies
between. The municipality's report names 280 lines; with what belongs to them they take ten sheets, the whole model
sixteen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from workbench.report.blocks import SourceFile, Sources
from workbench.report.paper.text import cut
from workbench.report.places import chain_of, indent, keys_above

BESIDE = 2
"""Of a field so many lines before and after it are shown, when they are fields of the same record."""
WITHIN = 12
"""Of a record so many lines."""
WHOLE_FILE = 40
"""Of a file of no more lines all is shown that the report holds: leaving out would save nothing."""


def annex(sources: Sources, named: Collection[str]) -> list[dict[str, Any]]:
    """The files that hold named lines, for the typesetter: each line with number, indent, text and its anchor, if any.

    Args:
        sources: the lines that the report holds.
        named: places (`file:line`) with a link.

    Example:
        >>> annex(Sources((SourceFile("a.yaml", ((7, "teams:"),)),)), ["a.yaml:7"])[0]["lines"]
        [{'n': 7, 'indent': 0, 't': 'teams:', 'id': 'source-1-7', 'gap': True}]
    """
    found = []
    for file in sources.files:
        lines = dict(file.lines)
        here = [number for number in lines if f"{file.name}:{number}" in named]
        if here:
            kept = sorted(_kept(lines, here, file.of))
            found.append(
                {
                    "name": cut(file.name, 160),
                    "lines": list(_lines(file, lines, kept, sources.anchors, named)),
                    "rest": kept[-1] < file.of,
                }
            )
    return found


def _kept(lines: Mapping[int, str], named: Sequence[int], of: int) -> set[int]:
    """The lines to show of a file: all of a short one; else those named, those near them and those above them."""
    if of <= WHOLE_FILE:
        return set(lines)
    keys = keys_above(lines)
    return {number for one in named for number in (one, *chain_of(one, keys), *_near(lines, one))}


def _near(lines: Mapping[int, str], number: int) -> Iterator[int]:
    """What belongs to a line: what stands under it, or else the fields beside it."""
    depth, end = indent(lines[number]), number
    while end - number < WITHIN and end + 1 in lines and (_blank(lines[end + 1]) or indent(lines[end + 1]) > depth):
        end += 1
    while _blank(lines[end]) and end > number:
        end -= 1
    if end > number:
        yield from range(number + 1, end + 1)
        return
    for step in (-1, 1):
        for at in range(number + step, number + step * (BESIDE + 1), step):
            if at not in lines or _blank(lines[at]) or indent(lines[at]) != depth:
                break
            yield at


def _blank(line: str) -> bool:
    return not line.strip()


def _lines(
    file: SourceFile, lines: Mapping[int, str], kept: Sequence[int], anchors: Mapping[str, str], named: Collection[str]
) -> Iterator[dict[str, Any]]:
    before = 0
    for number in kept:
        place = f"{file.name}:{number}"
        text = lines[number].expandtabs(2)
        yield {
            "n": number,
            "indent": min(indent(text), 40),
            "t": cut(text.strip(" ")),
            "id": anchors[place] if place in named else "",
            "gap": number > before + 1,
        }
        before = number
