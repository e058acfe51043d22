"""How does the emotion of customers run over the steps, one curve per persona?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.pictures import marks
from journeys.pictures.bands import MARGIN_PX, Frame
from journeys.pictures.lanes import PAD_PX, SMALL, Lane, name_height
from journeys.pictures.lettering import wrapped
from journeys.pictures.shown import ShownJourney, ShownStep
from journeys.pictures.svg import INK, MUTED, RULE, SOFTER, amount, group, height_of, letters, line, path
from journeys.pictures.words import Words

LIMITS = (-2, 2)
_UNIT_PX = 17.0


@dataclass(frozen=True)
class Curve:
    """The emotion of one persona, or of several who feel alike.

    Attributes:
        look: which colour, marker and dashes.
        label: who they are.
        values: -2 to 2 per column, None where the model does not say.
        bridged: whether the curve goes on over columns without a value.
    """

    look: int
    label: str
    values: tuple[float | None, ...]
    bridged: bool = False


def curves_of(journey: ShownJourney, steps: Sequence[ShownStep], words: Words) -> list[Curve]:
    """A curve per persona; personas who feel the same at every step of the journey share one."""
    if len(journey.personas) < 2:
        label = journey.personas[0][1] if journey.personas else words.text("everyone")
        return [Curve(0, label, tuple(step.emotions[0] for step in steps))]
    groups: dict[tuple[int | None, ...], list[int]] = {}
    for index in range(len(journey.personas)):
        groups.setdefault(tuple(step.emotions[index] for step in journey.steps), []).append(index)
    curves = []
    for look, members in enumerate(sorted(groups.values())):
        label = ", ".join(journey.personas[index][1] for index in members)
        if len(groups) == 1:
            label = words.text("everyone")
        curves.append(Curve(look, label, tuple(step.emotions[members[0]] for step in steps)))
    return curves


def journey_emotions(
    journey: ShownJourney, steps: Sequence[ShownStep], frame: Frame, words: Words, unit_px: float = _UNIT_PX
) -> Lane | None:
    """A lane with the curves of a journey's personas: as many as can be told apart, those of most customers."""
    curves = curves_of(journey, steps, words)
    told = curves[: len(marks.PERSONAS)]
    more = words.text("other_personas", count=len(curves) - len(told)) if len(curves) > len(told) else ""
    return emotion_lane(words.text("lane_emotion"), told, frame, words.language, unit_px, more)


def emotion_lane(
    name: str, curves: Sequence[Curve], frame: Frame, language: str, unit_px: float = _UNIT_PX, more: str = ""
) -> Lane | None:
    """A lane with the curves; None when the model says nothing of emotion in this band.

    Args:
        name: of the lane.
        curves: of the band's columns.
        frame: the columns.
        language: for syllables.
        unit_px: height of one step of emotion.
        more: a line under the names of the curves.
    """
    if all(value is None for curve in curves for value in curve.values):
        return None
    keys, keys_height = _keys(curves, frame, language, name_height(name, frame, language))
    top = 16.0
    middle = top + LIMITS[1] * unit_px
    shapes = [_scale(frame, middle, unit_px)]
    many = min(5.5, unit_px * 0.55)
    at: dict[tuple[int, int], float] = {}
    for column in range(frame.columns):
        alike: dict[float, list[int]] = {}
        for index, curve in enumerate(curves):
            value = curve.values[column] if column < len(curve.values) else None
            if value is not None:
                alike.setdefault(value, []).append(index)
        for value, members in alike.items():
            for place, index in enumerate(members):
                at[index, column] = middle - value * unit_px + (place - (len(members) - 1) / 2) * many
    for index, curve in reversed(list(enumerate(curves))):
        shapes.append(_drawn(index, curve, at, frame))
    if more:
        keys.append(letters([more], MARGIN_PX + 2, keys_height - PAD_PX, SMALL, colour=INK))
        keys_height += SMALL * 1.2
    height = max(middle - LIMITS[0] * unit_px + 16, keys_height)
    return Lane(name, height, tuple(shapes), tuple(keys), fill=SOFTER)


def _scale(frame: Frame, middle: float, unit_px: float) -> str:
    parts = []
    for value in range(LIMITS[0], LIMITS[1] + 1):
        y = middle - value * unit_px
        dash = None if value == 0 else "1 4"
        parts.append(line(frame.left_px, y, frame.right_px, y, MUTED if value == 0 else RULE, stroke_dasharray=dash))
    for value in (2, 0, -2):
        parts.append(marks.face(frame.left_px - 11, middle - value * unit_px, value))
    return "".join(parts)


def _keys(curves: Sequence[Curve], frame: Frame, language: str, y: float) -> tuple[list[str], float]:
    """Who has which curve, under the name of the lane."""
    if len(curves) == 1 and curves[0].look == 0:
        return [], y
    shapes = []
    room_px = frame.left_px - MARGIN_PX - 21 - 20
    for curve in curves:
        lines = wrapped(curve.label, room_px, SMALL, language, most=4)
        shapes.append(_sample(curve.look, MARGIN_PX + 2, y + 6))
        shapes.append(letters(lines, MARGIN_PX + 21, y, SMALL, colour=INK))
        y += height_of(lines, SMALL) + 5
    return shapes, y + PAD_PX


def _sample(look: int, x: float, y: float) -> str:
    colour, _, dash = marks.PERSONAS[look % len(marks.PERSONAS)]
    shown = line(x, y, x + 16, y, colour, stroke_width=2, stroke_dasharray=dash or None)
    return shown + marks.persona_mark(x + 8, y, look)


def _drawn(index: int, curve: Curve, at: dict[tuple[int, int], float], frame: Frame) -> str:
    colour, _, dash = marks.PERSONAS[curve.look % len(marks.PERSONAS)]
    points = ""
    before: tuple[float, float] | None = None
    spots = []
    for column in range(len(curve.values)):
        y = at.get((index, column))
        if y is None:
            before = before if curve.bridged else None
            continue
        x = frame.middle_of(column)
        if before is None:
            points += f"M{amount(x)} {amount(y)}"
        else:
            half = (x + before[0]) / 2
            points += f"C{amount(half)} {amount(before[1])} {amount(half)} {amount(y)} {amount(x)} {amount(y)}"
        before = (x, y)
        spots.append(marks.persona_mark(x, y, curve.look))
    shaft = path(points, fill="none", stroke=colour, stroke_width=2.2, stroke_dasharray=dash or None)
    return group([shaft, *spots], title=curve.label)
