"""Is what is gone, new or changed between ist and soll found, and marked by more than colour?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from picture_reading import SVG, letters_of, outside, overlaps, plain, root_of, squeezed

from journeys.flow import journey_flows
from journeys.pictures.compare import Version, compare
from journeys.pictures.difference import difference
from journeys.pictures.shown import shown_journey
from journeys.pictures.words import Words
from touchpoints.quantities import Share

MODEL = """
channels: {web: {}, phone: {}}
touchpoints: {site: {channel: web, name: Website}, line: {channel: phone, name: Line}}
journeys:
  ist:
    name: {nl: Aanvragen, en: Apply}
    starts: 100/month
    phases: [find, do]
    steps:
      look: {phase: find, touchpoint: site, own_time: 10m, emotion: -1, next: {ask: 50%, apply: 40%, gave_up: 10%}}
      ask: {phase: find, touchpoint: line, handling_time: 6m, emotion: -2, next: {apply: 80%, gave_up: 20%}}
      apply: {phase: do, touchpoint: site, own_time: 20m, emotion: 0, next: resolved}
  soll:
    extends: ist
    name: {nl: Aanvragen met hulp, en: Apply with help}
    steps:
      look: {own_time: 4m, emotion: 1, next: {ask: null, apply: 95%, gave_up: 5%}}
      ask: null
      apply: {next: message}
      message: {phase: do, name: Gets a message, emotion: 2, next: resolved}
"""


def sides(read: Any) -> tuple[Version, Version]:
    inventory, flows = read(MODEL)
    return Version(inventory, flows["ist"]), Version(inventory, flows["soll"])


def test_differences_are_found(read: Any) -> None:
    before, after = sides(read)
    words = Words("en")
    found = difference(
        shown_journey(before.inventory, before.flow, "en", 9),
        shown_journey(after.inventory, after.flow, "en", 9),
        words,
    )
    changes = {pair.label: pair.change for pair in found.pairs}
    assert changes == {"look": "changed", "ask": "gone", "apply": "changed", "Gets a message": "new"}
    look = next(pair for pair in found.pairs if pair.label == "look")
    told = [change.replace("\u00a0", " ") for change in look.changes]
    # customer time of a visit: own time, and nothing for giving up or switching, for which the model states no time …
    assert "to step 2: 50% → 0%" in told
    assert "to step 3: 40% → 95%" in told
    assert "gives up: 10% → 5%" in told
    assert any(one.startswith("customer time each visit:") for one in told)


def test_a_step_with_another_id_and_the_same_name_is_the_same(read: Any) -> None:
    inventory, flows = read(
        "journeys: {a: {steps: {x: {name: Call, next: resolved}}}, b: {steps: {y: {name: call, next: resolved}}}}"
    )
    one, other = (shown_journey(inventory, flows[name], "en", 9) for name in "ab")
    assert [pair.change for pair in difference(one, other, Words("en")).pairs] == ["same"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("paper", ["screen", "a4"])
def test_the_picture_marks_changes_with_words_and_strokes(read: Any, language: str, paper: str) -> None:
    (svg,) = compare(*sides(read), language, paper)
    shown = [one.text for one in letters_of(svg)]
    marked = {"nl": ["vervalt", "nieuw", "gewijzigd"], "en": ["gone", "new", "changed"]}[language]
    assert set(marked) <= set(shown)
    assert {"×50%", "+100%", "Δ95%", "Δ5%"} <= set(shown)
    dashes = [element.get("stroke-dasharray") for element in root_of(svg).iter(f"{SVG}rect")]
    assert "5 3" in dashes
    assert overlaps(svg) == []
    assert outside(svg) == []
    told = next(root_of(svg).iter(f"{SVG}desc")).text or ""
    assert {"nl": "2. ask: vervalt.", "en": "2. ask: gone."}[language] in told
    emotion = {"nl": "emotie: −1\u00a0→\u00a01", "en": "emotion: −1\u00a0→\u00a01"}[language]
    assert squeezed(emotion) in plain(svg)


def test_one_journey_against_itself_has_no_changes(read: Any) -> None:
    before, _ = sides(read)
    (svg,) = compare(before, before, "en")
    assert not {"gone", "new", "changed"} & {one.text for one in letters_of(svg)}


def test_a_scenario_changes_shares_of_the_same_journey(read: Any) -> None:
    before, _ = sides(read)
    journey = before.inventory.journeys["ist"]
    step = journey.steps["look"]
    shares = {"ask": Share.parse("10%"), "apply": Share.parse("80%"), "gave_up": Share.parse("10%")}
    changed = journey.model_copy(update={"steps": {**journey.steps, "look": step.model_copy(update={"next": shares})}})
    scenario = replace(before.inventory, journeys={**before.inventory.journeys, "ist": changed})
    (svg,) = compare(before, Version(scenario, journey_flows(scenario)["ist"]), "en")
    shown = {one.text for one in letters_of(svg)}
    assert {"Δ10%", "Δ80%"} <= shown
    assert "gone" not in shown


def test_the_example_against_each_of_its_journeys(gemeente: Any, flows: Any) -> None:
    for one in flows:
        for other in flows:
            for svg in compare(Version(gemeente, flows[one]), Version(gemeente, flows[other]), "nl", "a4"):
                assert overlaps(svg) == []
                assert outside(svg) == []
