"""Do the pictures of journeys show all they should, where it can be read, and nothing that runs?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from picture_models import BANDED, KINDS, long_journey, long_label
from picture_reading import SVG, letters_of, outside, overlaps, plain, root_of, size_of, squeezed, titles_of

from journeys.drawing import DrawingError
from journeys.flow import JourneyFlow, journey_flows
from journeys.pictures.bands import PAPERS
from touchpoints.inventory import Inventory

JOURNEYS = ("building_permit", "move_house", "passport_renewal")
Flows = dict[str, JourneyFlow]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", JOURNEYS)
def test_every_step_is_there_and_readable(
    gemeente: Inventory, flows: Flows, kind: str, language: str, name: str
) -> None:
    (svg,) = KINDS[kind](gemeente, flows[name], language)
    journey = gemeente.journeys[name]
    shown = plain(svg)
    for step in journey.steps.values():
        assert squeezed(step.label(language)) in shown
    for phase in journey.phases:
        assert squeezed(journey.phase_label(phase, language)) in shown
    assert squeezed(journey.label(language)) in shown
    assert overlaps(svg) == []
    assert outside(svg) == []
    assert min(one.size for one in letters_of(svg)) >= 8


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_there_is_a_text_alternative(gemeente: Inventory, flows: Flows, kind: str, language: str) -> None:
    (svg,) = KINDS[kind](gemeente, flows["move_house"], language)
    root = root_of(svg)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text or "" for element in root if element.get("id")}
    title, told = (named[key] for key in root.attrib["aria-labelledby"].split())
    journey = gemeente.journeys["move_house"]
    assert journey.label(language) in title
    for step in journey.steps.values():
        assert step.label(language) in told
    # 450 a month; the example's expected.yaml works out 90% resolved and 10% gave up by hand
    assert "450" in told
    assert "90%" in told
    assert "65%" in told


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_model_gives_the_same_bytes(gemeente: Inventory, flows: Flows, kind: str) -> None:
    for name in JOURNEYS:
        assert KINDS[kind](gemeente, flows[name], "nl") == KINDS[kind](gemeente, flows[name], "nl")


STEPS = {
    "a": "{phase: one, touchpoint: t1, own_time: 5m, emotion: 1, next: {b: 50%, c: 30%, gave_up: 20%}}",
    "b": "{phase: one, touchpoint: t2, wait: 3m, emotion: -1, next: {c: 60%, a: 20%, d: 20%}, pain: slow}",
    "c": "{phase: two, touchpoint: t3, emotion: 0, next: {d: 90%, c: 10%}, backstage: [{what: work, system: s2}]}",
    "d": "{phase: two, touchpoint: t1, emotion: 2, next: {resolved: 75%, a: 25%}, shows: [letter]}",
}
TOUCHPOINTS = {
    "t1": "{channel: web, owner: k1, systems: [s1, s2]}",
    "t2": "{channel: phone, owner: k2, systems: [s2], needs_systems: [s1]}",
    "t3": "{channel: web}",
}


def shuffled(turn: Callable[[list[str]], list[str]]) -> str:
    """The same model, written in another order."""

    def block(rows: dict[str, str], indent: str) -> str:
        return "".join(f"{indent}{key}: {rows[key]}\n" for key in turn(list(rows)))

    parts = {
        "channels": "channels: {" + ", ".join(f"{key}: {{}}" for key in turn(["web", "phone"])) + "}\n",
        "systems": "systems: {" + ", ".join(f"{key}: {{kind: other}}" for key in turn(["s1", "s2"])) + "}\n",
        "teams": "teams: {" + ", ".join(f"{key}: {{}}" for key in turn(["k1", "k2"])) + "}\n",
        "personas": "personas: {" + ", ".join(f"{key}: {{}}" for key in turn(["p1", "p2"])) + "}\n",
        "touchpoints": "touchpoints:\n" + block(TOUCHPOINTS, "  "),
        "journeys": "journeys:\n  j:\n    starts: 10/month\n    start: {a: 100%}\n    phases: [one, two]\n"
        "    personas: {p1: 60%, p2: 40%}\n    steps:\n" + block(STEPS, "      "),
    }
    return "".join(parts[key] for key in turn(list(parts)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_the_yaml_changes_nothing(read: Any, kind: str) -> None:
    first = KINDS[kind](*one_flow(read(shuffled(lambda keys: keys))), "nl")
    other = KINDS[kind](*one_flow(read(shuffled(lambda keys: keys[::-1]))), "nl")
    assert first == other


def one_flow(found: tuple[Inventory, Flows]) -> tuple[Inventory, JourneyFlow]:
    (flow,) = found[1].values()
    return found[0], flow


HOSTILE = (
    "<script>alert(1)</script>", "]]>&lt;b&gt; & \\\" '", "\\u202Ertl \\u2066mark\\u2069", "\\u05D0\\u05D1\\u05D2 x",
    "tab\\there\\rand back", "{braces} {0} %s", "\\U0001F600 face", "x" * 300, "\\uFFFD\\u200D", "</svg><svg onload=x>",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_the_model_stays_text(read: Any, kind: str, text: str) -> None:
    model = (
        f'channels: {{c: {{name: "{text}"}}}}\n'
        f'teams: {{k: {{name: "{text}"}}}}\nsystems: {{s: {{kind: other, name: "{text}"}}}}\n'
        f'personas: {{p: {{name: "{text}", quote: "{text}"}}, q: {{}}}}\n'
        f'touchpoints: {{t: {{channel: c, owner: k, systems: [s], name: "{text}"}}}}\n'
        f'journeys: {{j: {{name: "{text}", goal: "{text}", personas: {{p: 50%, q: 50%}}, phases: [{{one: "{text}"}}],\n'
        f'  steps: {{a: {{name: "{text}", phase: one, touchpoint: t, emotion: 1, pain: "{text}",\n'
        f'    opportunity: "{text}",\n'
        f'    by_persona: {{q: {{emotion: -1}}}}, shows: ["{text}"],\n'
        f'    backstage: [{{what: "{text}", owner: k, system: s}}], next: resolved}}}}}}}}\n'
    )
    (svg,) = KINDS[kind](*one_flow(read(model)), "en")
    root = root_of(svg)
    allowed = {
        f"{SVG}{tag}"
        for tag in (
            "svg",
            "title",
            "desc",
            "g",
            "rect",
            "line",
            "path",
            "text",
            "tspan",
            "circle",
            "polygon",
            "ellipse",
        )
    }
    assert {element.tag for element in root.iter()} <= allowed
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on") or "href" in key]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", svg)
    if kind != "lanes":
        assert outside(svg) == []


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Inventory, JourneyFlow]:
    """Sixty steps with loops and long names."""
    return made(tmp_path_factory.mktemp("long"), long_journey())


def made(folder: Any, model: str) -> tuple[Inventory, JourneyFlow]:
    from touchpoints.load import load_inventory

    (folder / "model").mkdir()
    (folder / "workbench.yaml").write_text("name: Lang\nlanguage: nl\n", encoding="utf-8")
    (folder / "model" / "model.yaml").write_text(model, encoding="utf-8")
    inventory = load_inventory(folder)
    assert not inventory.errors, inventory.errors
    return inventory, journey_flows(inventory)["lang"]


@pytest.mark.parametrize("kind", BANDED)
@pytest.mark.parametrize("paper", PAPERS)
def test_sixty_steps_with_long_names_stay_readable(long: Any, kind: str, paper: str) -> None:
    sheets = KINDS[kind](*long, "nl", paper)
    assert len(sheets) == 1 if paper == "screen" else len(sheets) > 1
    shown = "".join(plain(svg) for svg in sheets)
    for number in range(1, 61):
        assert squeezed(long_label(number)) in shown
    for svg in sheets:
        assert size_of(svg)[0] == PAPERS[paper].width_px
        assert overlaps(svg) == []
        assert outside(svg) == []


def test_long_journeys_show_every_share(long: Any) -> None:
    """Each transition has its share on an arrow or on its card: in all, as many as the model has."""
    inventory, flow = long
    (svg,) = KINDS["wall"](inventory, flow, "nl")
    shares = [one.text for one in letters_of(svg) if re.fullmatch(r"(\d+: )?[<>]?\d+%", one.text)]
    assert len(shares) == len(flow.edges)


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> tuple[Inventory, JourneyFlow]:
    """Ten thousand steps."""
    steps = ", ".join(f"s{i}: {{own_time: 1m, phase: one, next: s{i + 1}}}" for i in range(9_999))
    model = f"journeys: {{lang: {{phases: [one, two], steps: {{{steps}, s9999: {{phase: two, next: resolved}}}}}}}}"
    return made(tmp_path_factory.mktemp("endless"), model)


@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_steps_are_refused_with_a_clear_word(endless: Any, kind: str) -> None:
    with pytest.raises(DrawingError, match=r"journey 'lang' has 10,000 steps; this picture shows at most \d+; split"):
        KINDS[kind](*endless, "en")


def test_one_phase_of_ten_thousand_steps_is_drawn(endless: Any) -> None:
    (svg,) = KINDS["wall"](*endless, "en", "screen", "two")
    assert "10000" in [one.text for one in letters_of(svg)]
    with pytest.raises(DrawingError, match="phase 'one' of journey 'lang' has 9,999 steps"):
        KINDS["wall"](*endless, "en", "screen", "one")


@pytest.mark.parametrize("kind", ["wall", "blueprint"])
def test_two_hundred_letters_are_shown_whole(read: Any, kind: str) -> None:
    text = (long_label(1) + " " + long_label(2))[:200].strip()
    steps = ", ".join(
        f"s{i}: {{name: '{text}', pain: '{text}', shows: ['{text}'], next: {f's{i + 1}' if i < 7 else 'resolved'}}}"
        for i in range(8)
    )
    (svg,) = KINDS[kind](*one_flow(read(f"journeys: {{j: {{steps: {{{steps}}}}}}}")), "nl")
    assert plain(svg).count(squeezed(text)) == 16
    assert overlaps(svg) == []


@pytest.mark.parametrize("kind", ["wall", "blueprint"])
def test_a_half_empty_journey_is_drawn(read: Any, kind: str) -> None:
    (svg,) = KINDS[kind](*one_flow(read("journeys: {j: {steps: {a: {}}}}")), "nl")
    assert "vervolg onbekend" in "".join(element.text or "" for element in root_of(svg).iter(f"{SVG}desc"))
    assert overlaps(svg) == []


def test_no_emotion_is_said(read: Any) -> None:
    with pytest.raises(DrawingError, match="journey 'j' states no emotion"):
        KINDS["emotion"](*one_flow(read("journeys: {j: {steps: {a: {next: resolved}}}}")), "nl")


def test_loops_and_repeats_are_marked(read: Any) -> None:
    model = "journeys: {j: {steps: {a: {next: b}, b: {next: {a: 20%, b: 30%, resolved: 50%}}}}}"
    (svg,) = KINDS["wall"](*one_flow(read(model)), "en")
    shown = [one.text for one in letters_of(svg)]
    assert {"100%", "20%", "30%", "50%"} <= set(shown)
    assert "back or again" in shown
    dashed = [element for element in root_of(svg).iter(f"{SVG}path") if element.get("stroke-dasharray")]
    assert dashed


def test_the_thickest_line_has_the_most_customers(read: Any) -> None:
    model = "journeys: {j: {steps: {a: {next: {b: 80%, c: 20%}}, b: {next: resolved}, c: {next: resolved}}}}"
    (svg,) = KINDS["wall"](*one_flow(read(model)), "en")
    widths = [
        float(path.get("stroke-width", "0"))
        for path in root_of(svg).iter(f"{SVG}path")
        if path.get("stroke") == "#5b6773"
    ]
    # a straight arrow for 80%, a route over b for 20%: 1.2 + 4.8 · share
    assert sorted(widths)[-2:] == pytest.approx([2.2, 5.0], abs=0.06)


def test_titles_give_the_full_name_where_a_picture_must_cut_it(read: Any) -> None:
    name = "klant " * 400
    (svg,) = KINDS["wall"](
        *one_flow(read(f"journeys: {{j: {{steps: {{a: {{name: '{name}', next: resolved}}}}}}}}")), "nl"
    )
    assert any(one.text.endswith("…") for one in letters_of(svg))
    assert any(name.strip() in title for title in titles_of(svg))


def test_personas_beyond_what_can_be_told_apart_are_counted(read: Any) -> None:
    personas = ", ".join(f"p{i}: {{}}" for i in range(9))
    mixed = ", ".join(f"p{i}: {share}%" for i, share in enumerate((20, 18, 16, 14, 12, 10, 6, 3, 1)))
    by = ", ".join(f"p{i}: {{emotion: {i % 5 - 2}}}" for i in range(9))
    also = ", ".join(f"p{i}: {{emotion: {i // 5}}}" for i in range(9))
    model = (
        f"personas: {{{personas}}}\njourneys: {{j: {{personas: {{{mixed}}}, steps: {{"
        f"a: {{emotion: 0, by_persona: {{{by}}}, next: b}}, "
        f"b: {{emotion: 0, by_persona: {{{also}}}, next: resolved}}}}}}}}"
    )
    (svg,) = KINDS["emotion"](*one_flow(read(model)), "en")
    assert "and 3 more" in [one.text for one in letters_of(svg)]


def test_overview_and_others_without_graphviz_on_the_path(
    gemeente: Inventory, flows: Flows, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for draw in KINDS.values():
        (svg,) = draw(gemeente, flows["move_house"], "nl")
        assert squeezed("Zoekt op de website") in plain(svg)


@pytest.mark.parametrize("kind", BANDED)
def test_papers_and_languages_are_checked(gemeente: Inventory, flows: Flows, kind: str) -> None:
    with pytest.raises(ValueError, match="paper must be one of screen, a4, a3, report, got 'a0'"):
        KINDS[kind](gemeente, flows["move_house"], "nl", "a0")
    with pytest.raises(ValueError, match="language must be one of nl, en, got 'fr'"):
        KINDS[kind](gemeente, flows["move_house"], "fr")
