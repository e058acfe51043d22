"""Which pictures are tested, and on which made-up journey?"""

from __future__ import annotations

import re
from collections.abc import Callable

from journeys.flow import JourneyFlow
from journeys.pictures.blueprint import blueprint
from journeys.pictures.emotion import emotion_curve
from journeys.pictures.lanes_map import lanes_map
from journeys.pictures.wall_map import wall_map
from touchpoints.inventory import Inventory

Draw = Callable[..., tuple[str, ...]]


def _lanes(inventory: Inventory, flow: JourneyFlow, language: str = "en", paper: str = "screen") -> tuple[str, ...]:
    return (lanes_map(inventory, flow, language),)


KINDS: dict[str, Draw] = {"wall": wall_map, "blueprint": blueprint, "emotion": emotion_curve, "lanes": _lanes}
BANDED = ("wall", "blueprint", "emotion")

WORDS = re.findall(
    r"\w+",
    "aansprakelijkheidsverzekering klantcontactcentrum omgevingsvergunning bijstandsuitkering wil wijzigen en belt met "
    "het team over de ontvangstbevestiging van de bezwaarschriftenprocedure en de kentekenregistratie",
)
PHASES = ("orienteren", "aanvragen", "behandelen", "beslissen", "nazorg")


def long_label(number: int) -> str:
    """A Dutch name of a step of 105 to 140 letters."""
    label = f"Stap {number}"
    index = number * 7
    while len(label) < 105:
        label += " " + WORDS[index % len(WORDS)]
        index += 5
    return label


def long_journey(steps: int = 60) -> str:
    """A model with one journey of many steps: loops back, skips, repeats, long Dutch names."""
    lines = []
    for i in range(steps):
        ways = {f"s{i + 1}" if i + 1 < steps else "resolved": "rest"}
        for goes, target, share in (
            (i % 3 == 0, i + 3, "20%"),
            (i % 4 == 1, i - 2, "10%"),
            (i % 5 == 2, i - 6, "5%"),
            (i % 9 == 4, i, "15%"),
        ):
            if goes and 0 <= target < steps:
                ways.setdefault(f"s{target}", share)
        if i % 6 == 0:
            ways["gave_up"] = "3%"
        row = ", ".join(f"{target}: {share}" for target, share in ways.items())
        phase = PHASES[i * len(PHASES) // steps]
        lines.append(
            f"      s{i}: {{name: '{long_label(i + 1)}', phase: {phase}, touchpoint: t{i % 3}, "
            f"own_time: {3 + i % 17}m, emotion: {i * 3 % 5 - 2}, pain: '{long_label(i)}', "
            f"by_persona: {{senior: {{emotion: {i * 2 % 5 - 2}}}}}, "
            f"backstage: [{{what: Controleert de ontvankelijkheid}}], next: {{{row}}}}}"
        )
    return (
        "channels: {phone: {}, web: {}, letter: {}}\n"
        "personas: {senior: {name: Oudere}, starter: {}}\n"
        "touchpoints: {t0: {channel: phone, name: Klantcontactcentrum}, t1: {channel: web}, t2: {channel: letter}}\n"
        "journeys:\n  lang:\n    name: Een lange klantreis\n    starts: 100/month\n"
        f"    phases: [{', '.join(PHASES)}]\n    personas: {{senior: 40%, starter: 60%}}\n    steps:\n"
        + "\n".join(lines)
    )
