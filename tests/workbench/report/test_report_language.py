"""Does a report speak one language, in its words, numbers and dates?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest

from tests.reports import GEMEENTE, gemeente_page, gemeente_report
from touchpoints.rules import RULES
from touchpoints.yaml_tree import read_yaml
from workbench.language.language import catalogue

_OTHER = {"nl": "en", "en": "nl"}
_WORD = re.compile(r"[^\W\d_]{3,}")
_SAID = re.compile(r'(?:aria-label|title|alt)="([^"]*)"')


def texts_of(page: str) -> str:
    """All that a reader sees or hears of a page, the lines of the model left out."""
    page = page[: page.index('id="sources"')]
    page = re.sub(r"<style>.*?</style>", " ", page, flags=re.DOTALL)
    said = html.unescape(" ".join(_SAID.findall(page)) + " " + re.sub(r"<[^>]+>", " ", page))
    return re.sub(r"\S+\.yaml(:\d+)?", " ", said)


def read(file: Path | Traversable) -> Any:
    tree, faults = read_yaml(file.read_bytes(), file.name)
    assert tree is not None
    assert not faults
    return tree.plain()


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    else:
        yield str(value)


def words(texts: Iterator[str] | list[str]) -> set[str]:
    return {word.lower() for text in texts for word in _WORD.findall(text)}


def spoken(language: str) -> set[str]:
    """The words of all catalogues in a language, those of pictures and of the built-in library included."""
    found = []
    for name in ("texts", "words", "columns"):
        found += [str(entry[language]) for entry in catalogue(name).values()]
    pictures = read(resources.files("journeys") / "pictures" / "words.yaml")
    found += [str(entry[language]) for entry in pictures.values()]
    for file in (resources.files("touchpoints") / "library").iterdir():
        if file.name.endswith(".yaml"):
            found += _under(read(file), language)
    return words(found)


def _under(value: Any, key: str) -> list[str]:
    """The texts under a key, at any depth."""
    if isinstance(value, list):
        return [text for inner in value for text in _under(inner, key)]
    if not isinstance(value, dict):
        return []
    own = [str(value[key])] if isinstance(value.get(key), str) else []
    return own + [text for inner in value.values() for text in _under(inner, key)]


@pytest.fixture(scope="module")
def of_the_model() -> set[str]:
    """The words of the example's own files, and of works that are cited: names keep the language they have."""
    files = [GEMEENTE / "workbench.yaml", *(GEMEENTE / "model").rglob("*.yaml")]
    cited = _under(read(resources.files("touchpoints") / "library" / "claims.yaml"), "source")
    return words([*cited, *(text for file in files for text in strings(read(file)))])


def test_every_entry_of_the_catalogues_has_both_languages_and_nothing_else() -> None:
    """A comma in an unquoted text would cut it and leave a key without a value."""
    for name in ("texts", "words", "columns"):
        for key, entry in catalogue(name).items():
            assert set(entry) <= {"nl", "en", "unit"}, (name, key)
            assert entry["nl"], (name, key)
            assert entry["en"], (name, key)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_word_of_the_other_language_is_left(lang: str, of_the_model: set[str]) -> None:
    own, other = spoken(lang), spoken(_OTHER[lang])
    foreign = other - own - of_the_model
    assert len(foreign) > 500
    assert sorted(words([texts_of(gemeente_page(lang))]) & foreign) == []


def test_the_check_finds_a_foreign_word(of_the_model: set[str]) -> None:
    """Held against itself: the Dutch page read as an English one is full of foreign words."""
    foreign = spoken("nl") - spoken("en") - of_the_model
    assert len(words([texts_of(gemeente_page("nl"))]) & foreign) > 200


def test_amounts_numbers_and_dates_are_written_as_the_language_does() -> None:
    dutch, english = texts_of(gemeente_page("nl")), texts_of(gemeente_page("en"))
    assert "479.928" in dutch
    assert "479,928" in english
    assert re.search(r"€\xa0\d{1,3}\.\d{3}", dutch)
    assert re.search(r"€\xa0\d{1,2},\d{2}(?!\d)", dutch)
    assert not re.search(r"€\d", dutch)
    assert re.search(r"€\d{1,3},\d{3}", english)
    assert not re.search(r"€\xa0", english)
    assert "30 sep 2026" in dutch
    assert "30 Sept 2026" in english
    for text, sign in ((dutch, ","), (english, ".")):
        shares = re.findall(r"\b\d+([.,])\d+%", text)
        assert shares
        assert set(shares) == {sign}


def test_every_warning_of_the_checker_can_be_said_in_both_languages() -> None:
    said = {key.removeprefix("warning.") for key in catalogue("texts") if key.startswith("warning.")}
    assert said == {name for name, rule in RULES.items() if rule.severity != "error"}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_first_page_answers_five_questions_with_figures_that_say_what_they_rest_on(lang: str) -> None:
    made, language = gemeente_report(lang)
    (messages, note) = made.chapters[0].blocks
    assert len(messages.items) == 5
    for one in messages.items:
        assert one.figure.range
        assert one.figure.grade.startswith(language.text("first.grade", grade="|", count=0, all=0).partition("|")[0])
        assert one.figure.source in made.sources.anchors
        assert len(re.findall(r"[.!?](?=\s|$)", re.sub("‘[^’]*’", "", one.sentence))) == 1, "one sentence an answer"
        assert one.sentence.endswith(".")
    assert note.text
