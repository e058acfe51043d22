"""How does the maturity of an organisation look, aspect by aspect?"""

from __future__ import annotations

import math

from journeys.pictures.svg import INK, MUTED, PAPER, RULE, document, letters, line, path, rect, tag
from workbench.analysis.maturity import Maturity, Score
from workbench.pictures.plot import ACCENT

WIDTH, HEIGHT, RADIUS = 640.0, 440.0, 150.0
CENTRE = (WIDTH / 2, 240.0)
BEST = 5


def radar(found: Maturity) -> str:
    """The radar of the five aspects; one without an answer has no point, and the line breaks there."""
    language = found.language
    heading = language.text("chart.radar")
    spoken = "; ".join(f"{language.word(one.of)} {_shown(found, one)}" for one in found.aspects)
    shapes = [letters([heading], 16, 12, 15, bold=True)]
    shapes += _web(len(found.aspects))
    shapes += _line(found.aspects)
    for at, one in enumerate(found.aspects):
        shapes.append(_name(found, one, at))
    return document(shapes, WIDTH, HEIGHT, heading, f"{heading}: {spoken}")


def _at(at: int, count: int, radius: float) -> tuple[float, float]:
    """The point on a spoke; the first points up, the others follow the clock."""
    angle = 2 * math.pi * at / count - math.pi / 2
    return CENTRE[0] + radius * math.cos(angle), CENTRE[1] + radius * math.sin(angle)


def _scaled(score: float) -> float:
    """The distance of a score from the centre [px]: 1 is a fifth of the way, so that the lowest answer shows."""
    return RADIUS * score / BEST


def _web(count: int) -> list[str]:
    shapes = []
    for ring in range(1, BEST + 1):
        corners = [_at(at, count, _scaled(ring)) for at in range(count)]
        shapes.append(path(_points(corners) + "Z", fill="none", stroke=RULE, stroke_width=1.5 if ring == BEST else 1))
    shapes += [line(*CENTRE, *_at(at, count, RADIUS)) for at in range(count)]
    for ring in range(1, BEST + 1):
        y = CENTRE[1] - _scaled(ring)
        # The number stands on the spoke, on paper of its own.
        shapes += [rect(CENTRE[0] - 5, y - 7, 10, 14, fill=PAPER),
                   letters([str(ring)], CENTRE[0], y - 6, 10, "middle", colour=MUTED)]  # fmt: skip
    return shapes


def _points(corners: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners)


def _line(scores: tuple[Score, ...]) -> list[str]:
    """The points with the lines between neighbours that both have one; filled where all have."""
    count = len(scores)
    corners = [_at(at, count, _scaled(one.mean)) if one.mean is not None else None for at, one in enumerate(scores)]
    known = [corner for corner in corners if corner is not None]
    shapes = []
    if known and len(known) == count:
        shapes.append(path(_points(known) + "Z", fill=ACCENT, fill_opacity="0.18", stroke="none"))
    for at, here in enumerate(corners):
        there = corners[(at + 1) % count]
        if here is not None and there is not None:
            shapes.append(line(*here, *there, colour=ACCENT, stroke_width=2.5))
    return shapes + [tag("circle", cx=x, cy=y, r=5, fill=ACCENT) for x, y in known]


def _name(found: Maturity, one: Score, at: int) -> str:
    """The name of an aspect with its score, outside the web."""
    x, y = _at(at, len(found.aspects), RADIUS + 18)
    anchor = "middle" if abs(x - CENTRE[0]) < 1 else "start" if x > CENTRE[0] else "end"
    below = y > CENTRE[1] + RADIUS / 2
    name = found.language.word(one.of)
    colour = INK if one.mean is not None else MUTED
    top = y if below else y - 36 if anchor == "middle" else y - 18
    return letters([name[:1].upper() + name[1:], _shown(found, one)], x, top, 13, anchor, colour=colour)


def _shown(found: Maturity, one: Score) -> str:
    language = found.language
    if one.mean is None:
        return language.text("chart.radar_open")
    score = language.number(one.mean, 1)
    return language.text("chart.radar_part", score=score, answered=len(one.answered), all=len(one.questions))
