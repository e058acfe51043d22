"""Are texts measured and broken as a printer would?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.pictures import lettering
from journeys.pictures.lettering import clean, fitted, width_px, wrapped

SYLLABLES = {
    "klantcontactcentrum": "klant-con-tact-cen-trum",
    "bijstandsuitkering": "bij-stands-uit-ke-ring",
    "omgevingsvergunning": "om-ge-vings-ver-gun-ning",
}
"""Breaks by the Woordenlijst Nederlandse Taal."""


def test_widths_are_those_of_helvetica() -> None:
    # Adobe Font Metrics of Helvetica: H 722, e 556, l 222, o 556; of Helvetica-Bold: H 722, e 556, l 278, o 611
    assert width_px("Hello", 1000) == 722 + 556 + 222 + 222 + 556
    assert width_px("Hello", 1000, bold=True) == 722 + 556 + 278 + 278 + 611


def test_letters_with_marks_are_as_wide_as_those_without() -> None:
    assert width_px("éëöüç", 10) == width_px("eeouc", 10)
    assert width_px("ï", 1000) == 278  # idieresis in the Adobe Font Metrics of Helvetica


@pytest.mark.parametrize("word", SYLLABLES)
@pytest.mark.parametrize("room_px", range(44, 110, 7))
def test_dutch_words_break_at_syllables(word: str, room_px: int) -> None:
    parts = SYLLABLES[word].split("-")
    allowed = {len("".join(parts[:count])) for count in range(1, len(parts))}
    place = 0
    for line in wrapped(word, room_px, 11, "nl")[:-1]:
        assert line.endswith("-")
        place += len(line) - 1
        assert place in allowed


@given(st.text(alphabet=st.sampled_from("abcdefgijlmnoprstuvwz  -/éW"), max_size=160), st.integers(25, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room_px: int) -> None:
    lines = wrapped(text, room_px, 10, "nl", most=500)
    assert all(width_px(line, 10) <= room_px for line in lines)
    assert re.sub("[ -]", "", "".join(lines)) == re.sub("[ -]", "", text)


@given(st.text(max_size=300), st.integers(12, 200), st.integers(1, 4))
def test_too_long_a_text_ends_in_an_ellipsis(text: str, room_px: int, most: int) -> None:
    lines = wrapped(text, room_px, 10, "en", most=most)
    assert 1 <= len(lines) <= most
    whole = wrapped(text, room_px, 10, "en", most=10_000)
    assert lines == whole if len(whole) <= most else lines[-1].endswith("…")


@given(st.text(max_size=60))
def test_cleaned_text_has_no_control_characters_and_keeps_the_direction_of_reading(text: str) -> None:
    shown = clean(text + "\x00\x1b\u202e\u2066\ud83d")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", shown)


def test_a_text_that_fits_stays() -> None:
    assert fitted("Verhuizen", 200, 10) == "Verhuizen"
    assert wrapped("", 100, 10, "nl") == [""]
    assert wrapped("a b", 100, 10, "nl") == ["a b"]


def test_a_soft_hyphen_is_a_place_to_break_and_is_not_shown() -> None:
    assert wrapped("zzzzzz\u00adzzzzzz", 40, 11, "nl") == ["zzzzzz-", "zzzzzz"]
    assert wrapped("zz\u00adzz", 400, 11, "nl") == ["zzzz"]


def test_a_name_of_a_hundred_thousand_letters_costs_no_more_than_what_is_shown() -> None:
    """Counted in looks at a sign, not in seconds: a few lines are shown, and only they are measured."""
    looked = 0
    width = lettering._sign_width

    def counted(sign: str, bold: bool) -> float:
        nonlocal looked
        looked += 1
        return width(sign, bold)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lettering, "_sign_width", counted)
        lines = wrapped("x" * 100_000, 100, 11, "nl", most=3)
        assert fitted("x" * 100_000, 100, 11).endswith("…")
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert looked < 4 * 100_000
