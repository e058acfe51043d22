"""In which order and size do pictures and tables follow one another, so that no page stays half empty?

Pages break where the typesetter finds that they are full. A picture that is too high for the rest of a page would leave
that rest white; here is worked out, from about how high everything is, whether it fits when it is made a little
smaller, or whether the tables after it may come before it. An estimate that is off costs white space, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workbench.report.paper.heights import headings_pt, height_pt, parts_pt

PAGE_PT = 513.0
"""The height of a landscape page between its margins [pt]."""
CHAPTER_ROOM_PT = 140.0
"""A chapter begins on the page of the one before when so much of it is left [pt]."""
_ENOUGH_PT = 110.0
"""So much text under its title makes a beginning of a chapter, whatever comes next [pt]."""
_HEAD_PT, _ABOVE_HEAD_PT = 32.0, 20.0
_LEAST_PART = 0.8
"""A picture is not made smaller than this to fill a page."""
_MOVED_FOR_PT = 60.0
"""So much less white makes it worth that tables come before a picture [pt]."""
_MOST_MOVED, _SPARE_PT = 3, 4.0
_PICTURES = ("picture", "pair")

Blocks = list[dict[str, Any]]


def arranged(chapters: Sequence[Blocks]) -> list[tuple[Blocks, float]]:
    """The blocks of every chapter as they follow on paper, and how much of a page it takes to begin there [pt]."""
    at, found = 0.0, []
    for blocks in chapters:
        stacked = list(_stacked(blocks))
        room = min(max(CHAPTER_ROOM_PT, _opening(stacked)), PAGE_PT - 1)
        at = 0.0 if at + room + _ABOVE_HEAD_PT > PAGE_PT else at
        at += _HEAD_PT + (_ABOVE_HEAD_PT if at else 0.0)
        made, at = _chapter(stacked, at)
        found.append((made, room))
    return found


def _opening(blocks: Blocks) -> float:
    """How high the title is with what stands under it: up to a picture, or the first rows of a table [pt]."""
    high = _HEAD_PT
    for block in blocks:
        if high >= _ENOUGH_PT:
            break
        if block["kind"] == "rows":
            return high + parts_pt(block)[0]
        high += height_pt(block)
        if block["kind"] in _PICTURES:
            break
    return high


def _chapter(waiting: Blocks, at: float) -> tuple[Blocks, float]:
    made: Blocks = []
    while waiting:
        block = waiting.pop(0)
        left = PAGE_PT - at
        high = height_pt(block)
        if block["kind"] in _PICTURES and high > left:
            if high * _LEAST_PART <= left or not made:  # the first picture of a chapter stands under its title
                block = resized(block, _part(left, block))
            else:
                moved = _moved(waiting, at, high)
                for one in waiting[:moved]:
                    at = _after(one, at)
                made += waiting[:moved]
                waiting = waiting[moved:]
        made.append(block)
        at = _after(block, at)
    return made, at


def _moved(waiting: Blocks, at: float, high: float) -> int:
    """How many of the tables that follow come before a picture of that height, so that least of a page stays white."""
    best, least, count = 0, PAGE_PT - at - _MOVED_FOR_PT, 0
    for one in waiting[:_MOST_MOVED]:
        if one["kind"] != "rows":
            break
        at, count = _after(one, at), count + 1
        white = PAGE_PT - at if at + high > PAGE_PT else 0.0
        if white < least:
            best, least = count, white
    return best


def _stacked(blocks: Blocks) -> Iterator[dict[str, Any]]:
    """The blocks; of wide pictures that follow one another two share a page where both stay legible."""
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end]["kind"] == "picture" and blocks[end]["wide"]:
            end += 1
        if end == at:
            yield blocks[at]
            at += 1
        else:
            yield from _sharing(blocks[at:end])
            at = end


def _sharing(run: Blocks) -> Iterator[dict[str, Any]]:
    """Wide pictures in their order, on as few pages as can be, and there as large as can be."""
    best: list[tuple[int, float, tuple[float, ...]]] = [(0, 0.0, ())]  # pages, what is lost in size, the parts
    for at, picture in enumerate(run):
        pages, lost, parts = best[at]
        options = [(pages + 1, lost, (*parts, 1.0))]
        if at:
            part = _part(PAGE_PT, run[at - 1], picture)
            if part >= _LEAST_PART:
                pages, lost, parts = best[at - 1]
                options.append((pages + 1, lost + 1 - part, (*parts, part, part)))
        best.append(min(options))
    return (resized(picture, part) for picture, part in zip(run, best[-1][2], strict=True))


def _part(room: float, *pictures: dict[str, Any]) -> float:
    """How small pictures have to become to stand in a room under one another; their captions stay as they are."""
    drawn = sum(max(float(one["height"]) for one in picture.get("items", [picture])) for picture in pictures)
    beside = sum(map(height_pt, pictures)) - drawn + _SPARE_PT
    return max(0.1, min(1.0, (room - beside) / drawn))


def resized(block: dict[str, Any], part: float) -> dict[str, Any]:
    """A picture, or two beside one another, made smaller."""
    if part >= 1:
        return block
    if block["kind"] == "pair":
        return block | {"items": [resized(one, part) for one in block["items"]]}
    return block | {"width": round(block["width"] * part, 2), "height": round(block["height"] * part, 2)}


def _after(block: dict[str, Any], at: float) -> float:
    """How far a page is filled after a block that begins on it, or on the next one."""
    if block["kind"] != "rows":
        high = height_pt(block)
        return at + high if at + high <= PAGE_PT else high
    again = 0.0
    for step in parts_pt(block):
        at = at + step if at + step <= PAGE_PT else step + again
        again = headings_pt(block)
    return at
