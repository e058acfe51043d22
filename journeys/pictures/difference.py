"""What is gone, new or changed between two versions of a journey?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journeys.graph import END_NODES
from journeys.pictures.shown import ShownJourney, ShownStep
from journeys.pictures.words import Words

SHARE_TOLERANCE = 0.005
TIME_TOLERANCE_S = 3.0
EMOTION_TOLERANCE = 0.05


@dataclass(frozen=True)
class Pair:
    """A step as it is and as it will be; one of the two is None when it is new or gone.

    Attributes:
        number: in both versions.
        phase: id and label.
        changes: what changed, in words.
    """

    number: int
    before: ShownStep | None
    after: ShownStep | None
    phase: tuple[str, str]
    changes: tuple[str, ...]

    @property
    def change(self) -> str:
        """gone, new, changed or same."""
        if self.before is None or self.after is None:
            return "gone" if self.before else "new"
        return "changed" if self.changes else "same"

    @property
    def label(self) -> str:
        """The name of the step, as it will be where it stays."""
        step = self.after or self.before
        return step.label if step else ""


@dataclass(frozen=True)
class Difference:
    """Two versions of a journey with their steps side by side.

    Attributes:
        pairs: in order.
        before_numbers, after_numbers: the number of each step by its id in that version.
    """

    pairs: tuple[Pair, ...]
    before_numbers: Mapping[str, int]
    after_numbers: Mapping[str, int]


def difference(before: ShownJourney, after: ShownJourney, words: Words) -> Difference:
    """The steps of two versions side by side: the same id, else the same name, is the same step."""
    same = _matched(before, after)
    order = _merged(before, after, same)
    phases = _phases(before, after)
    places = {phase: place for place, phase in enumerate(phases)}
    order.sort(key=lambda pair: places[(pair[1] or pair[0]).phase])  # type: ignore[union-attr]
    old = {one.id: number for number, (one, _) in enumerate(order, start=1) if one}
    new = {one.id: number for number, (_, one) in enumerate(order, start=1) if one}
    pairs = []
    for number, (one, other) in enumerate(order, start=1):
        phase = (other or one).phase  # type: ignore[union-attr]
        changes = _changes(one, other, old, new, words) if one and other else ()
        pairs.append(Pair(number, one, other, (phase, phases[phase]), tuple(changes)))
    return Difference(tuple(pairs), old, new)


def _matched(before: ShownJourney, after: ShownJourney) -> dict[str, str]:
    """The id before by the id after."""
    old = {step.id for step in before.steps}
    same = {step.id: step.id for step in after.steps if step.id in old}
    free = {step.label.casefold(): step.id for step in before.steps if step.id not in same}
    for step in after.steps:
        if step.id not in same and step.label.casefold() in free:
            same[step.id] = free.pop(step.label.casefold())
    return same


def _merged(
    before: ShownJourney, after: ShownJourney, same: Mapping[str, str]
) -> list[tuple[ShownStep | None, ShownStep | None]]:
    """The steps as they will be, with those that go behind the step they stood behind."""
    old = {step.id: step for step in before.steps}
    merged: list[tuple[ShownStep | None, ShownStep | None]] = [
        (old[same[step.id]] if step.id in same else None, step) for step in after.steps
    ]
    place = 0
    for step in before.steps:
        found = next((index for index, (one, _) in enumerate(merged) if one is step), None)
        if found is None:
            merged.insert(place, (step, None))
            place += 1
        else:
            place = found + 1
    return merged


def _phases(before: ShownJourney, after: ShownJourney) -> dict[str, str]:
    """Phases of both versions in order: those that will be, with those that go behind the one they stood behind."""
    order = [phase for phase, _ in after.phases]
    place = 0
    for phase, _ in before.phases:
        if phase in order:
            place = order.index(phase) + 1
        else:
            order.insert(place, phase)
            place += 1
    labels = {**dict(before.phases), **dict(after.phases)}
    return {phase: labels[phase] for phase in order}


def _changes(
    one: ShownStep, other: ShownStep, old: Mapping[str, int], new: Mapping[str, int], words: Words
) -> list[str]:
    def told(what: str, before: str, after: str) -> str:
        return words.text("from_to", what=what, before=before, after=after)

    changes = []
    if one.touchpoint_label != other.touchpoint_label:
        own = words.text("own_channel")
        changes.append(told(words.text("what_touchpoint"), one.touchpoint_label or own, other.touchpoint_label or own))
    shares, later = shares_by_number(one, old), shares_by_number(other, new)
    for target in sorted({*shares, *later}, key=lambda key: (isinstance(key, str), str(key).rjust(9))):
        was, will = shares.get(target, 0.0), later.get(target, 0.0)
        if abs(was - will) >= SHARE_TOLERANCE:
            what = words.text(target) if isinstance(target, str) else words.text("onward", number=target)
            changes.append(told(what, words.share(was), words.share(will)))
    if abs(one.start - other.start) >= SHARE_TOLERANCE:
        changes.append(told(words.text("what_start"), words.share(one.start), words.share(other.start)))
    for key, was_s, will_s in (
        ("what_customer", one.customer_s_per_visit, other.customer_s_per_visit),
        ("what_staff", one.staff_s_per_visit, other.staff_s_per_visit),
    ):
        if abs(was_s - will_s) >= TIME_TOLERANCE_S and words.time(was_s) != words.time(will_s):
            changes.append(told(words.text(key), words.time(was_s), words.time(will_s)))
    return changes


def shares_by_number(step: ShownStep | None, numbers: Mapping[str, int]) -> dict[int | str, float]:
    """The share of each way out of a step, by the number of the step it leads to, or the end."""
    ways = step.ways if step else ()
    return {way.target if way.target in END_NODES else numbers[way.target]: way.share for way in ways}


def mean_emotion(journey: ShownJourney, step: ShownStep | None) -> float | None:
    """The emotion at a step over the personas, by their shares."""
    if step is None:
        return None
    shares = [share for _, _, share in journey.personas] or [1.0]
    known = [(share, value) for share, value in zip(shares, step.emotions, strict=True) if value is not None]
    total = sum(share for share, _ in known)
    return round(sum(share * value for share, value in known) / total, 6) if total else None
