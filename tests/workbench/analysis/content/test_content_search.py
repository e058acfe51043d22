"""Does the search find what an agent should find, in the order of BM25, and does nothing make it stumble?"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.analysis.content.full_text import FullText, Term
from workbench.analysis.content.search import FIRST, OWN_WORDS, ContentIndex
from workbench.analysis.content.stemming import parts, stems, telling_words, words
from workbench.project import open_project

GEMEENTE = Path(__file__).parents[4] / "examples" / "gemeente"

QUESTIONS = [
    ("Waar vind ik het verhuisformulier?", "move_form"),
    ("ik ga verhuizen, wat moet ik doen", "move_page"),
    ("nieuw adres doorgeven", "move_page"),
    ("adreswijzigingen", "move_page"),
    ("mag ik bij mijn vriend gaan inwonen", "move_in_with_qa"),
    ("paspoorten verlengen", "passport_page"),
    ("welke pasfoto's zijn goed", "passport_photo_video"),
    ("ligt mijn paspoort al klaar", "passport_qa"),
    ("paspoort kwijtgeraakt of gestolen", "passport_lost_script"),
    ("rijbewijsverlenging", "driving_licence_page"),
    ("bewijs van inschrijving nodig", "extract_form"),
    ("geboorteaangifte", "birth_page"),
    ("openingstijden van de balie", "appointment_page"),
    ("hoe werkt automatische incasso van de belasting", "tax_page"),
    ("ik heb geen geld, kwijtschelding?", "remission_norms"),
    ("bezwaarschrift WOZ", "woz_qa"),
    ("wanneer wordt de afvalcontainer geleegd", "waste_calendar_page"),
    ("oude matras laten ophalen", "bulky_waste_qa"),
    ("lantaarnpalen kapot", "report_page"),
    ("bewonersvergunning parkeren", "parking_page"),
    ("dakkapel bouwen zonder vergunning", "permit_check_page"),
    ("scootmobiel aanvragen", "wmo_guide"),
    ("klachten over een medewerker", "complaint_page"),
    ("report a move", "move_page"),
    ("parking permits", "parking_page"),
    ("renewing my driving licence", "driving_licence_page"),
]
"""Questions and the item that answers them, written before the search was run on them.

Found since: `vind` became a function word, and a word itself stands beside its stems (`adres`).
"""

UNANSWERABLE = ["kat in de boom", "wanneer gaat het zwembad open", "subsidie zonnepanelen", "stemmen per volmacht"]


@pytest.fixture(scope="module")
def index() -> ContentIndex:
    return ContentIndex(open_project(GEMEENTE).inventory)


def test_recall_at_three_of_questions_with_known_answers(index: ContentIndex) -> None:
    missed = [
        question for question, item in QUESTIONS if item not in [one.content.id for one in index.search(question)]
    ]
    assert len(missed) <= 1, missed
    first = sum(index.search(question)[0].content.id == item for question, item in QUESTIONS if question not in missed)
    assert first / len(QUESTIONS) >= 0.75


def test_nothing_is_a_good_answer_to_what_the_inventory_is_not_about(index: ContentIndex) -> None:
    assert not [question for question in UNANSWERABLE if any(one.is_good for one in index.search(question))]


def test_what_is_only_in_someone_s_head_is_not_found(index: ContentIndex) -> None:
    assert all(one.content.kind != "tacit" for one in index.search("Wie krijgt bijzondere bijstand", most=50))


@pytest.mark.parametrize(
    ("word", "other"),
    [("verhuizen", "verhuizing"), ("betaling", "betalen"), ("vergunningen", "vergunning"), ("klachten", "klacht"),
     ("permits", "permit"), ("moving", "move"), ("passports", "passport"), ("adressen", "adres")],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(word: str, other: str) -> None:
    assert set(stems(word)) & set(stems(other))


@pytest.mark.parametrize(("word", "other"), [("afval", "aanval"), ("paspoort", "pasfoto"), ("permit", "permanent")])
def test_other_words_do_not(word: str, other: str) -> None:
    assert not set(stems(word)) & set(stems(other))


def test_compounds_come_apart_where_syllables_meet() -> None:
    known = {stem for word in ("verhuizing", "formulier", "belasting", "aanslag", "lier") for stem in stems(word)}
    found = set(parts("verhuisformulier", known))
    assert {"verhuis", "formulier"} <= found
    assert "lier" not in found, "formulier is the part, not the lier in it"
    assert "belast" in parts("belastingaanslag", known)
    assert "belast" in parts("belastingsdienst", known), "also with a joining s"
    assert parts("kat", known) == ()


def test_accents_and_capitals_do_not_matter() -> None:
    assert words("Één Café, ID-kaart") == ["een", "cafe", "id", "kaart"]
    assert telling_words("Wat moet ik doen? What can I do?") == []


def bm25(documents: Sequence[Mapping[str, Sequence[str]]], weights: Mapping[str, float], query: Sequence[str]
         ) -> dict[int, float]:  # fmt: skip
    """BM25 from its definition, in plain Python, k1 = 1.2 and b = 0.75."""
    lengths = [sum(len(found) for found in one.values()) for one in documents]
    mean = sum(lengths) / len(documents)
    scores: dict[int, float] = {}
    for number, one in enumerate(documents):
        for term in query:
            holding = sum(any(term in found for found in other.values()) for other in documents)
            rarity = max(math.log((len(documents) - holding + 0.5) / (holding + 0.5)), 1e-6)
            often = sum(weights[column] * list(found).count(term) for column, found in one.items())
            if often:
                norm = often + 1.2 * (1 - 0.75 + 0.75 * lengths[number] / mean)
                scores[number] = scores.get(number, 0.0) + rarity * often * 2.2 / norm
    return scores


@pytest.mark.parametrize("seed", range(20))
def test_scores_are_those_of_bm25_worked_out_apart(seed: int) -> None:
    draw = random.Random(seed)
    vocabulary = ["paspoort", "verhuis", "afval", "één", "woz", "b1", "licence", "aanslag"]
    weights = {"title": 4.0, "text": 1.0}
    documents = [
        {
            "title": draw.choices(vocabulary, k=draw.randint(0, 3)),
            "text": draw.choices(vocabulary, k=draw.randint(1, 9)),
        }
        for _ in range(draw.randint(2, 12))
    ]
    query = draw.sample(vocabulary, 3)
    found = FullText(weights, documents).ranked([Term(one) for one in query])
    expected = bm25(documents, weights, query)
    assert dict(found) == pytest.approx(expected, rel=1e-9)
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)


HOSTILE = [
    "", " ", '"', "'", "* ^ : - + ( ) { }", '"AND" OR NOT NEAR(a b, 3)', "title : paspoort", "{title text} : x",
    "paspoort\0klaar", "\ud800\udfff", "x" * 10_000, "paspoort " * 2_000, "a OR " * 2_500,
    "'; DROP TABLE documents; --",
    "𝔭𝔞𝔰𝔭𝔬𝔬𝔯𝔱", "护照", "\u202epaspoort", "²³½", "paspoort*", "^verhuizing", " ".join(f"w{n}" for n in range(3_000)),
]  # fmt: skip


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_find_something_or_nothing_but_never_fail(index: ContentIndex, question: str) -> None:
    for columns in ((), OWN_WORDS):
        found = index.search(question, columns=columns)
        assert len(found) <= FIRST
        assert all(0 < one.share <= 1 + 1e-9 for one in found)


@given(question=st.text(max_size=300))
@settings(max_examples=150)
def test_no_text_at_all_makes_the_search_fail(index: ContentIndex, question: str) -> None:
    assert len(index.search(question)) <= FIRST


def test_operators_mean_nothing(index: ContentIndex) -> None:
    plain = [one.content.id for one in index.search("paspoort verhuizing")]
    assert [one.content.id for one in index.search('paspoort* AND "verhuizing" ^')] == plain


def test_an_empty_inventory_finds_nothing(write_project) -> None:
    assert ContentIndex(open_project(write_project("reasons: {r: {}}\n")).inventory).search("r") == ()
