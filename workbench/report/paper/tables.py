"""How wide are the columns of a table on paper, and which of its rows stay together on one page?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from journeys.pictures.lettering import width_px
from workbench.report.leads import brief
from workbench.report.table_view import ColumnView, TableView

ROOM_PT = 762.0
"""The width of a landscape page between its margins [pt]."""
PLACE_PT = 6.4
"""Size of the letters of a place [pt]."""
_ROOMY, _TIGHT = 8, 12
"""Tables of more columns are set smaller, and smaller again."""
_PAD_PT = 8.5
_GAP_PT = 26.0
"""So much air a column gets at most when the table is narrower than the page: far-off numbers are hard to follow."""
_WORD_PT, _TAIL_PT, _TEXT_PT, _HEADING_PT = 96.0, 120.0, 280.0, 130.0
"""No word asks for more width, no name of a file with its line, no text where room is scarce, and no heading [pt]."""
_LEAST_PART = 0.6
LINE = 1.17
"""Distance between lines, by the size of the letters."""
_NARROWEST_PT = 400.0
_TOGETHER = 3
"""So many rows at least stand on either side of a page break."""
_WHOLE_PT, _GROUP_PT = 150.0, 120.0
"""Tables up to this height are not broken; and so high at most are rows that are kept together [pt]."""
_SHORT = 12
_WORDS = re.compile(r"[^\s/,;-]+[/,;-]?")


def letters_pt(seen: TableView) -> float:
    """How large the letters of a table are: smaller when it has many columns [pt]."""
    columns = len(seen.columns)
    return 7.6 if columns <= _ROOMY else 6.9 if columns <= _TIGHT else 6.2


def widths_pt(seen: TableView, size: float) -> list[float]:
    """The width of every column: numbers and words whole, what is left to those with most to say [pt].

    Args:
        seen: the table.
        size: of its letters [pt].
    """
    needs = []
    for at, column in enumerate(seen.columns):
        cells = [row.cells[at] for row in seen.rows]
        places = cells if column.is_place else [row.place for row in seen.rows] if at == 0 else []
        needs.append([one + _PAD_PT for one in _needs(column, [] if column.is_place else cells, places, size)])
    least, enough, wanted = ([one[at] for one in needs] for at in range(3))
    for widths in (wanted, enough):
        spare = ROOM_PT - sum(widths)
        if spare >= 0:
            more = min(spare, max(_GAP_PT * len(widths), _NARROWEST_PT - sum(widths))) / max(len(widths), 1)
            return [round(one + more, 1) for one in widths]
    room = ROOM_PT - sum(least)
    if room < 0:
        return _squeezed(least, [column.is_numeric for column in seen.columns])
    part = room / (sum(enough) - sum(least))
    return [round(low + part * (high - low), 1) for low, high in zip(least, enough, strict=True)]


def _squeezed(least: Sequence[float], numeric: Sequence[bool]) -> list[float]:
    """Narrower columns than words ask for: first those of texts, whose words may be hyphenated."""
    fixed = sum(width for width, number in zip(least, numeric, strict=True) if number)
    part = (ROOM_PT - fixed) / max(sum(least) - fixed, 1.0)
    if part < _LEAST_PART:
        return [round(one * ROOM_PT / sum(least), 1) for one in least]
    return [round(width if number else width * part, 1) for width, number in zip(least, numeric, strict=True)]


def _needs(column: ColumnView, cells: Sequence[str], places: Sequence[str], size: float) -> tuple[float, float, float]:
    """The width with which no word breaks, with which hardly a text takes many lines, and with which none does [pt]."""
    heading = [width_px(word, size, bold=True) for word in _WORDS.findall(column.heading[:200])]
    words = [width_px(word, size) for cell in cells for word in ([cell] if column.is_numeric else _words(cell))]
    text = max((width_px(cell[:400], size) for cell in cells), default=0.0)
    named = [written for place in places for _, written in brief(place[:400])]
    tail = max((width_px(one.rpartition("/")[2], PLACE_PT) for one in named), default=0.0)
    place = max((width_px(one, PLACE_PT) for one in named), default=0.0)
    low = max(min(max([*heading, *words, 0.0]), _WORD_PT), min(place if column.is_place else tail, _TAIL_PT))
    enough = max(low, sum(heading) / 2 + size, min(max(text, place), _TEXT_PT))
    return low, enough, max(enough, text, place, min(sum(heading) + 2 * size, _HEADING_PT))


def breaks(seen: TableView, widths: Sequence[float], size: float) -> list[bool]:
    """Of which columns a word does not fit: only there are words hyphenated."""
    found = []
    for at, (column, width) in enumerate(zip(seen.columns, widths, strict=True)):
        longest = [width_px(word, size, bold=True) for word in _WORDS.findall(column.heading[:200])]
        longest += [width_px(word, size) for row in seen.rows for word in _WORDS.findall(row.cells[at][:400])]
        found.append(max(longest, default=0.0) > width - _PAD_PT + 0.1)  # widths are rounded
    return found


def _words(cell: str) -> list[str]:
    """What is not broken in a cell: its words, or all of a short one, such as a date."""
    return [cell] if len(cell) <= _SHORT else _WORDS.findall(cell[:400])


def heights_pt(seen: TableView, widths: Sequence[float], size: float) -> list[float]:
    """About how high each row will be [pt]."""
    found = []
    rooms = [max(width - _PAD_PT, size) for width in widths]
    for row in seen.rows:
        lines = [_lines(cell, size, room) for cell, room in zip(row.cells, rooms, strict=True)]
        named = ", ".join(written for _, written in brief(row.place[:400]))
        first = lines[0] * size + _lines(named, PLACE_PT, rooms[0]) * PLACE_PT
        found.append((max([first, *(count * size for count in lines[1:])]) * LINE) - 0.45 * size + 5.2)
    return found


def _lines(text: str, size: float, room: float) -> int:
    """On about how many lines a text is set."""
    return math.ceil(width_px(text[:400], size) * 1.02 / room)


def together(heights: Sequence[float]) -> list[int]:
    """Into which groups of rows a table may be broken: none alone at the end of a page, none alone on the next.

    Example:
        >>> together([13.0] * 5)
        [5]
        >>> together([24.0] * 12)
        [3, 1, 1, 1, 1, 1, 1, 3]
    """
    count = len(heights)
    if count < 2 or sum(heights) <= _WHOLE_PT:
        return [count] if count else []
    first = _fitting(heights[: count // 2])
    last = _fitting(heights[::-1][: count - count // 2])
    return [first, *[1] * (count - first - last), last]


def _fitting(heights: Sequence[float]) -> int:
    """How many of the rows, three at most, are not too high to be kept together; one always is."""
    most = min(_TOGETHER, len(heights))
    return next((count for count in range(most, 1, -1) if sum(heights[:count]) <= _GROUP_PT), 1)
