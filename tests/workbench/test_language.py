"""Do the catalogues hold both languages, and do words of the model and terms of the field have one name?"""

from __future__ import annotations

import string

import pytest

from touchpoints.glossary import glossary
from workbench.language.language import Code, Language, catalogue


@pytest.mark.parametrize("name", ["columns", "texts", "words"])
def test_every_entry_has_both_languages_and_nothing_that_a_comma_split_off(name: str) -> None:
    for key, entry in catalogue(name).items():
        assert {"nl", "en"} <= set(entry) <= {"nl", "en", "unit"}, key
        assert all(str(entry[code]).strip() for code in ("nl", "en")), key


def test_both_languages_of_a_text_are_filled_in_with_the_same_values() -> None:
    for key, entry in catalogue("texts").items():
        dutch, english = ({part[1] for part in string.Formatter().parse(str(entry[code]))} for code in ("nl", "en"))
        assert dutch - {None} == english - {None}, key


OTHERWISE = {
    "abandonment": "opgehangen",
    "completion": "voltooid",
    "concurrency": "gesprekken tegelijk",
    "first_contact_resolution": "in één keer opgelost",
    "handling_time": "afhandeltijd",
}
"""Words that read better in a table than the term of the glossary, each on purpose."""

SAME = {"cashable": "cashable_share", "eligible": "eligible_share", "once": "one_off_cost", "running": "running_cost"}


def test_words_are_called_as_the_glossary_calls_them() -> None:
    called = {key: term.label.text("nl").partition(" (")[0] for key, term in glossary().items()}
    differing = {}
    for key, entry in catalogue("words").items():
        word, term = str(entry["nl"]).partition(" (")[0], called.get(SAME.get(key, key))
        if term is not None and word.casefold() != term.casefold():
            differing[key] = word
    assert differing == OTHERWISE


CALLED_AFTER = {
    "layers": "layer", "actors": "actor", "driver": "driver", "persona": "persona", "personas": "persona",
    "channel": "channel", "touchpoint": "touchpoint", "touchpoints": "touchpoint", "journey": "journey",
    "systems": "system", "system": "system", "phase": "phase", "phases": "phase", "own_time": "own_time",
    "wait": "wait", "answer_time": "answer_time", "unanswered": "unanswered", "status_question": "status_question",
    "failure_demand": "failure_demand", "identification": "identification", "human_fallback": "human_fallback",
    "review_every": "shelf_life", "hygiene": "hygiene", "eligible": "eligible_share", "adoption": "adoption",
    "resolved": "resolved", "gave_up.penalty": "penalty", "shrinkage": "shrinkage", "patience": "patience",
    "once": "one_off_cost", "running": "running_cost", "ramp": "ramp", "horizon": "horizon",
    "discount_rate": "discount_rate", "cashable": "cashable_share", "human_floor": "human_floor",
    "evidence.grade": "evidence_grade",
}  # fmt: skip
"""The headings of the workbook for workshops that name a term of the glossary."""
SHEETS = {"drivers": "driver", "touchpoints": "touchpoint", "journeys": "journey", "steps": "step",
          "targets": "target", "systems": "system", "teams": "team", "measures": "measure"}  # fmt: skip
PLURALS = {"lijn": "lijnen", "fase": "fasen", "persona": "persona's", "stap": "stappen", "maatregel": "maatregelen",
           "streefwaarde": "streefwaarden", "betrokkene": "betrokkenen", "systeem": "systemen",
           "klantreis": "klantreizen"}  # fmt: skip


def forms(term: str, code: Code) -> set[str]:
    """What a term may be called in a heading: one of it, or several."""
    one = glossary()[term].label.text(code).partition(" (")[0]
    several = {"nl": {PLURALS.get(one, ""), f"{one}s", f"{one}en"}, "en": {f"{one}s", f"{one[:-1]}ies"}}[code]
    return {one, *several}


@pytest.mark.parametrize("code", ["nl", "en"])
def test_sheets_and_headings_are_called_as_the_glossary_calls_them(code: Code) -> None:
    said = {name: catalogue("sheet")["headings"][name][code] for name in CALLED_AFTER}
    assert {name: text for name, text in said.items() if text.casefold() not in forms(CALLED_AFTER[name], code)} == {}
    titles = {name: catalogue("sheet")["sheets"][name]["title"][code] for name in SHEETS}
    assert {name: text for name, text in titles.items() if text.casefold() not in forms(SHEETS[name], code)} == {}


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("nl", "1", "Nog 1 regel; zoek op wat erin staat."),
        ("nl", "12", "Nog 12 regels; zoek op wat erin staat."),
        ("en", "1", "1 more row; find them by what they hold."),
        ("en", "0", "0 more rows; find them by what they hold."),
    ],
)
def test_one_of_a_thing_is_not_called_many(code: Code, count: str, said: str) -> None:
    assert Language(code).text("workshop.more", count=count) == said
