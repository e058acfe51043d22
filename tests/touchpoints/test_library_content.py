"""Does the built-in library hold what the design promises, in both languages, without loose ends?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from touchpoints.collections import BY_ID
from touchpoints.library import library_record, library_trees
from touchpoints.load import load_inventory
from touchpoints.quantities import Share, Span
from touchpoints.records.base import GRADES, Record, estimates, references
from touchpoints.records.journey import ENDS, Ambition, Journey
from touchpoints.records.organisation import Content, Friction, Spread, Vision
from touchpoints.records.scenario import Instrument
from touchpoints.validate import check_id, validate

KEYS = (
    "channels", "systems", "touchpoints", "reasons", "personas", "content_kinds", "journeys",
    "maturity_questions", "maturity_aspects", "vision_questions", "glossary",
)  # fmt: skip

# The words of chapter 2 of the design, and those of chapters 3 to 7 that are words of ours.
TERMS = """
channel touchpoint contact contact_reason contact_volume contact_propensity content_item moment_of_truth persona actor
journey phase step transition planned_journey actual_journey deviation customer_effort customer_effort_score hotspot
repeat_contact first_contact_resolution hand_off channel_switch failure_demand channel_shift adoption containment
leakage human_floor handling_time wait after_call_work occupancy shrinkage service_level cost_to_serve baseline
scenario measure one_off_cost running_cost ramp cashable_share npv irr payback
rest human_fallback minute_ledger service_differentiation excel keep_easy throttle_back leverage simplify automate
eliminate quarantine pseudonym profile drift calibration validation_ledger verdict tolerance friction evidence range
"""


def plain(key: str) -> dict[str, Any]:
    return {name: tree.plain() for name, tree in library_trees(key).items()}


def records(collection: str) -> dict[str, Any]:
    """The library's records of a collection, typed; a faulty one fails the test that asks."""
    found: dict[str, Any] = {}
    for name in library_trees(collection):
        record, faults = validate(BY_ID[collection], library_record(collection, name), name, {"id": name})
        assert not faults
        found[name] = record
    return found


def collections() -> list[str]:
    return [key for key in KEYS if key in BY_ID]


def labels(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Mapping[str, str]]]:
    """Every mapping in a value that holds a language, with its path."""
    if isinstance(value, dict):
        if value.keys() & {"nl", "en"}:
            yield path, value
        for key, inner in value.items():
            yield from labels(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from labels(inner, (*path, index))


def rows(journey: Journey, persona: str | None = None) -> dict[str, dict[str, float]]:
    """The shares of every step as numbers, `rest` worked out, for one persona when named."""
    table = {}
    for name, step in journey.steps.items():
        own = step.by_persona.get(persona) if persona else None
        row = own.next if own and own.next else step.next
        assert row, f"{journey.id}/{name} has no next"
        stated = {to: share.point for to, share in row.items() if isinstance(share, Share)}
        table[name] = {to: stated.get(to, 1 - sum(stated.values())) for to in row}
    return table


def walkers(journey: Journey) -> list[str | None]:
    return [None, *sorted({persona for step in journey.steps.values() for persona in step.by_persona})]


def test_the_library_is_as_large_as_promised() -> None:
    least = {"channels": 16, "touchpoints": 32, "reasons": 20, "personas": 5, "content_kinds": 8, "journeys": 8}
    assert {key: len(library_trees(key)) >= number for key, number in least.items()} == dict.fromkeys(least, True)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("channels", "phone email letter counter web portal app chat chatbot whatsapp social video sms community"),
        ("journeys", "move_house complaint permit_application billing_question onboarding appointment status_question"),
        ("journeys", "cancellation"),
        ("systems", "customer_database contact_register knowledge_base portal case_system finance"),
        ("content_kinds", "web_page qa_pair document script video form tacit"),
        ("glossary", TERMS),
        ("maturity_aspects", "reachability speed insight knowledge learning"),
    ],
)
def test_what_the_design_names_is_there(key: str, names: str) -> None:
    assert set(names.split()) <= set(library_trees(key))


@pytest.mark.parametrize("words", [GRADES, get_args(Instrument), get_args(Ambition)])
def test_words_that_a_model_may_use_are_in_the_glossary(words: tuple[str, ...]) -> None:
    assert set(words) <= set(library_trees("glossary"))


def test_every_content_kind_of_the_model_is_described() -> None:
    words = {
        word
        for part in get_args(Content.model_fields["kind"].annotation)
        for word in get_args(part)
        if isinstance(word, str)
    }
    assert words
    assert words <= set(library_trees("content_kinds"))


@pytest.mark.parametrize("key", KEYS)
def test_ids_are_snake_case(key: str) -> None:
    assert [fault for name, tree in library_trees(key).items() for fault in check_id(name, name, tree.place)] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_label_is_there_in_dutch_and_english(key: str) -> None:
    needed = {
        "glossary": ("label", "definition"),
        "content_kinds": ("name", "description"),
        "maturity_questions": ("name", "question"),
        "maturity_aspects": ("name", "description"),
        "vision_questions": ("name", "question"),
        "journeys": ("name", "goal"),
    }.get(key, ("name",))
    for name, record in plain(key).items():
        assert [field for field in needed if not isinstance(record.get(field), dict)] == [], name
        for path, label in labels(record, (name,)):
            assert set(label) == {"nl", "en"}, path
            assert all(isinstance(text, str) and text.strip() == text != "" for text in label.values()), path


@pytest.mark.parametrize("collection", ["channels", "systems", "touchpoints", "reasons", "personas", "journeys"])
def test_records_are_valid_and_refer_to_what_exists(collection: str) -> None:
    for name, record in records(collection).items():
        for target_collection, target, path in references(record):
            assert target in library_trees(target_collection), (name, path)


def test_every_number_is_graded_as_an_assumption() -> None:
    for collection in collections():
        for name, record in records(collection).items():
            stated = [record, *record.steps.values()] if isinstance(record, Journey) else [record]
            for part in stated:
                own = [path for path, _ in estimates(part) if path[0] != "steps"]
                if own and part.evidence is None:
                    pytest.fail(f"{collection} {name}: numbers without evidence at {own}")
                if part.evidence is not None:
                    assert part.evidence.grade == "assumed", name
                    assert part.evidence.source, name


def test_the_library_leaves_the_projects_own_facts_open() -> None:
    assert [name for name, journey in records("journeys").items() if journey.starts is not None] == []
    owned: dict[str, Record] = {**records("touchpoints"), **records("journeys"), **records("systems")}
    assert [name for name, record in owned.items() if getattr(record, "owner", None)] == []


@pytest.mark.parametrize("name", sorted(library_trees("journeys")))
class TestPattern:
    """Each journey pattern."""

    def test_shares_sum_to_one(self, name: str) -> None:
        journey = records("journeys")[name]
        for persona in walkers(journey):
            for step, row in rows(journey, persona).items():
                assert sum(row.values()) == pytest.approx(1, abs=1e-9), step
                assert min(row.values()) > 0, step
                assert set(row) <= {*journey.steps, *ENDS}, step

    def test_every_step_is_reached(self, name: str) -> None:
        journey = records("journeys")[name]
        for persona in walkers(journey):
            table = rows(journey, persona)
            seen = set(journey.start or [next(iter(journey.steps))])
            while new := {to for step in seen for to in table.get(step, ())} - seen:
                seen |= new
            assert seen == {*journey.steps, *ENDS}

    def test_every_step_can_end_well(self, name: str) -> None:
        journey = records("journeys")[name]
        for persona in walkers(journey):
            table = rows(journey, persona)
            ending = {"resolved"}
            while new := {step for step, row in table.items() if row.keys() & ending} - ending:
                ending |= new
            assert ending == {"resolved", *journey.steps}

    def test_it_tells_a_whole_story(self, name: str) -> None:
        journey = records("journeys")[name]
        steps = journey.steps.values()
        assert 6 <= len(steps) <= 12
        assert [step.phase for step in steps if step.phase not in journey.phases] == []
        assert set(journey.phases) == {step.phase for step in steps}
        assert journey.sector
        assert journey.gave_up.penalty.point > 0
        assert journey.gave_up.returns is not None
        assert min(step.emotion for step in steps) < 0 < max(step.emotion for step in steps)
        for field in ("pain", "opportunity", "backstage", "shows"):
            assert sum(bool(getattr(step, field)) for step in steps) >= 2, field

    def test_staff_time_only_where_there_are_staff(self, name: str) -> None:
        touchpoints, channels = records("touchpoints"), records("channels")
        for step in records("journeys")[name].steps.values():
            served = step.touchpoint and not channels[touchpoints[step.touchpoint].channel].self_service
            assert bool(step.handling_time or step.wait) <= bool(served), step.id
            for time in (step.own_time, step.wait, step.handling_time):
                assert time is None or time.is_range, step.id

    def test_a_project_can_take_it_over(self, name: str, write_project: Callable[..., Path]) -> None:
        inventory = load_inventory(write_project(f"journeys: {{own: {{extends: library.{name}, starts: 100/month}}}}"))
        assert inventory.faults == ()
        assert list(inventory.journeys["own"].steps) == list(records("journeys")[name].steps)


def test_self_service_says_whether_a_person_can_be_reached() -> None:
    channels = records("channels")
    for name, touchpoint in records("touchpoints").items():
        if channels[touchpoint.channel].self_service:
            assert touchpoint.human_fallback is not None, name


def test_written_channels_do_not_take_the_customers_time() -> None:
    channels = records("channels")
    absent = {name for name, channel in channels.items() if not channel.customer_present}
    assert absent == {"email", "web_form", "letter", "whatsapp", "social", "sms", "push"}
    assert not any(channels[name].live for name in absent)


def test_emotion_is_carried_by_people_rather_than_machines() -> None:
    channels = records("channels")
    machine = max(channels[name].max_emotion.point for name in ("chatbot", "voicebot", "web", "portal", "app", "kiosk"))
    person = min(channels[name].max_emotion.point for name in ("phone", "counter", "video", "home_visit"))
    assert machine < person


def test_content_kinds_fit_known_channels_and_are_reviewed() -> None:
    fields = {"name", "description", "fit_for", "review_every", "note", "evidence"}
    for name, kind in plain("content_kinds").items():
        assert set(kind) <= fields, name
        assert set(kind["fit_for"]) <= set(library_trees("channels")), name
        assert 1 <= Span.parse(kind["review_every"]).point <= 24, name
    assert plain("content_kinds")["tacit"]["fit_for"] == []


def test_the_maturity_scan_asks_nine_questions_and_tools_last() -> None:
    questions = sorted(plain("maturity_questions").items(), key=lambda item: item[1]["order"])
    assert [question["order"] for _, question in questions] == list(range(1, 10))
    assert questions[0][0] == "management_understands"
    parts = [question["part"] for _, question in questions]
    assert parts == ["vision"] * 3 + ["organisation"] * 3 + ["means"] * 3
    assert questions[-1][0] == "connected_systems"
    assert {question["aspect"] for _, question in questions} == set(library_trees("maturity_aspects"))


def test_the_vision_questions_are_the_fields_of_the_vision() -> None:
    assert set(library_trees("vision_questions")) == set(Vision.model_fields) - {"note", "evidence"}


@pytest.mark.parametrize(("key", "model"), [("friction", Friction), ("uncertainty", Spread)])
def test_single_defaults_are_complete_and_frank(key: str, model: type[Friction] | type[Spread]) -> None:
    values = plain(key)
    assert set(values) == set(model.model_fields)
    assert values["evidence"]["grade"] == "assumed"
    assert "no published standard" in values["evidence"]["source"]


def test_less_evidence_never_means_a_narrower_range() -> None:
    shares = {grade: Share.parse(plain("uncertainty")[grade]).point for grade in GRADES}
    assert shares["assumed"] > shares["workshop"] > shares["measured"] > shares["validated"] > 0
    assert shares["contradicted"] >= shares["assumed"]


def test_glossary_entries_are_short_and_point_to_entries() -> None:
    glossary = plain("glossary")
    for name, term in glossary.items():
        assert set(term) <= {"label", "definition", "formula", "see"}, name
        assert set(term.get("see", [])) <= set(glossary) - {name}, name
        for text in term["definition"].values():
            assert text.endswith("."), name
            assert len(re.findall(r"[.?!](?:\s|$)", text)) <= 2, name
    for language in ("nl", "en"):
        spoken = [term["label"][language].lower() for term in glossary.values()]
        assert len(set(spoken)) == len(spoken)


def test_names_within_a_kind_differ() -> None:
    for key in KEYS:
        for language in ("nl", "en"):
            field = "label" if key == "glossary" else "name"
            names = [record[field][language].lower() for record in plain(key).values()]
            assert sorted(set(names)) == sorted(names), (key, language)
