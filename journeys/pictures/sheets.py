"""How do the bands of a picture become one tall picture for the screen, or sheets for the wall?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from journeys.pictures.bands import PAPERS, Frame, Paper, bands, most_columns, sheets
from journeys.pictures.lanes import Lane, LegendItem, heading, legend, phase_heads, stacked
from journeys.pictures.shown import ShownJourney, ShownStep
from journeys.pictures.spoken import spoken
from journeys.pictures.svg import document, group
from journeys.pictures.words import Words

Band = tuple[Sequence[str], float]
"""The shapes of a band, and the height they take."""
_BETWEEN_PX = 22.0


def paper_of(name: str) -> Paper:
    """The room of a sheet by its name.

    Raises:
        ValueError: there is no such paper.
    """
    if name not in PAPERS:
        raise ValueError(f"paper must be one of {', '.join(PAPERS)}, got {name!r}")
    return PAPERS[name]


def journey_sheets(
    journey: ShownJourney,
    lines: Sequence[str],
    draw: Callable[[Sequence[ShownStep], Frame, float], Sequence[Lane | None]],
    items: Callable[[bool], Sequence[LegendItem]],
    title: str,
    paper: str,
    words: Words,
) -> tuple[str, ...]:
    """A journey in bands, told in words beside.

    Args:
        journey: what is shown.
        lines: under the title.
        draw: the lanes of some steps in a frame, with the width of the narrowest column of the picture [px].
        items: of the legend, given whether transitions leave their band.
        title: of the picture.
        paper: screen, a4 or a3.
        words: of the language.
    """
    part = len(journey.steps) < len(journey.numbers)
    return banded_sheets(
        [(step.phase, journey.phase_label(step.phase)) for step in journey.steps],
        lines,
        lambda start, stop, frame, narrowest_px: draw(journey.steps[start:stop], frame, narrowest_px),
        lambda leaves: items(leaves or part),
        lambda start, stop: spoken(journey, words, journey.steps[start:stop]),
        title,
        paper,
        words,
    )


def banded_sheets(
    phases: Sequence[tuple[str, str]],
    lines: Sequence[str],
    draw: Callable[[int, int, Frame, float], Sequence[Lane | None]],
    items: Callable[[bool], Sequence[LegendItem]],
    said: Callable[[int, int], str],
    title: str,
    paper: str,
    words: Words,
) -> tuple[str, ...]:
    """Columns in bands under phase headings; see `journey_sheets`. `phases` are id and label per column."""
    room = paper_of(paper)
    spans = bands([phase for phase, _ in phases], most_columns(room.width_px))
    frames = [Frame(room.width_px, stop - start) for start, stop in spans]
    narrowest_px = min(frame.column_px for frame in frames)
    drawn: list[Band] = []
    for (start, stop), frame in zip(spans, frames, strict=True):
        heads, top = phase_heads(phases[start:stop], frame, words.language)
        lanes = [lane for lane in draw(start, stop, frame, narrowest_px) if lane is not None]
        shapes, height = stacked(lanes, frame, words.language)
        drawn.append(([*heads, group(shapes, y=top)], top + height))

    def told(first: int, stop: int) -> str:
        return said(spans[first][0], spans[stop - 1][1])

    return composed(title, lines, drawn, items(len(spans) > 1), room, words, told)


def composed(
    title: str,
    lines: Sequence[str],
    bands: Sequence[Band],
    items: Sequence[LegendItem],
    paper: Paper,
    words: Words,
    told: Callable[[int, int], str],
) -> tuple[str, ...]:
    """The pictures of a title, lines under it, bands and a legend: one, or as many as the paper asks for.

    Args:
        title: of the picture.
        lines: below it.
        bands: from top to bottom.
        items: of the legend.
        paper: the room.
        words: of the language.
        told: the text alternative of the bands from one to before another.
    """
    width = paper.width_px
    _, head = heading(title, lines, width, words.language, "x")
    key, foot = legend(items, width) if items else ([], 10.0)
    room = paper.height_px - head - foot if paper.height_px is not None else None
    found = sheets([height + _BETWEEN_PX for _, height in bands], room)
    made = []
    for page, (first, stop) in enumerate(found, start=1):
        note = words.text("sheet", page=page, pages=len(found)) if len(found) > 1 else ""
        shapes, y = heading(title, lines, width, words.language, note)
        for band, height in bands[first:stop]:
            shapes.append(group(band, y=y))
            y += height + _BETWEEN_PX
        y -= _BETWEEN_PX
        shapes.append(group(key, y=y))
        made.append(document(shapes, width, y + foot, f"{title} ({note})" if note else title, told(first, stop)))
    return tuple(made)
