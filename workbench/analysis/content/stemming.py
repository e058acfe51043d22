"""By which stems is a text indexed and searched, in Dutch and English, compound words taken apart?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Any

import pyphen
import snowballstemmer

from workbench.language.language import LANGUAGES, catalogue

_WORD = re.compile(r"[^\W_]+")
_PART = 4
"""A part of a compound has at least so many letters: shorter ones stand inside most words by chance."""
_LONGEST = 40
"""Letters of a word that count; the longest Dutch word in use has about as many."""

Stems = tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a text, small letters, without accents.

    Example:
        >>> words("Één WOZ-beschikking, a.u.b.")
        ['een', 'woz', 'beschikking', 'a', 'u', 'b']
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return [word[:_LONGEST] for word in _WORD.findall(plain.lower())]


def telling_words(text: str) -> list[str]:
    """The words that tell what a text is about: without articles, pronouns and the like.

    Example:
        >>> telling_words("Hoe kan ik mijn verhuizing doorgeven?")
        ['verhuizing', 'doorgeven']
    """
    without = _function_words()
    return [word for word in words(text) if word not in without]


@cache
def _function_words() -> frozenset[str]:
    lists = catalogue("function_words")
    return frozenset(word for code in LANGUAGES for word in words(" ".join(map(str, lists[code]))))


@cache
def stems(word: str) -> Stems:
    """The Dutch stem of a word, its English one, and the word as it stands, each once.

    Inventories mix the languages. The word itself is among them because a stemmer may cut a bare word too short: the
    Dutch one makes `adr` of `adres`, and `adres` of `adressen`.

    Example:
        >>> stems("verhuizing"), stems("verhuizen"), stems("permits")
        (('verhuis', 'verhuiz', 'verhuizing'), ('verhuis', 'verhuizen'), ('permits', 'permit'))

    References:
        Porter (1980), An algorithm for suffix stripping, Program 14(3), 130-137; Kraaij and Pohlmann (1994), Porter's
        stemming algorithm for Dutch.
    """
    return tuple(dict.fromkeys((*(str(stemmer.stemWord(word)) for stemmer in _stemmers()), word)))


@cache
def _stemmers() -> tuple[Any, ...]:
    return tuple(snowballstemmer.stemmer(language) for language in ("dutch", "english"))


def parts(word: str, known: Collection[str]) -> Stems:
    """The stems of the parts of a Dutch compound that are known on their own, cut where syllables meet.

    Args:
        word: one word, small letters.
        known: the stems that stand somewhere in the inventory.

    Example:
        >>> parts("verhuisformulier", {"verhuis", "formulier", "mulier"})
        ('verhuis', 'formulier')
        >>> parts("verhuizing", {"verhuis"})
        ()
    """
    found: dict[str, Stems] = {}
    for cut in _hyphens().positions(word):
        # A Dutch compound is joined with or without -s-.
        for part in (word[:cut], word[:cut].removesuffix("s"), word[cut:]):
            known_stems = tuple(stem for stem in stems(part) if stem in known) if len(part) >= _PART else ()
            if known_stems:
                found[part] = known_stems
    whole = [part for part in found if not any(part != other and part in other for other in found)]
    own = set(stems(word))
    return tuple(dict.fromkeys(stem for part in whole for stem in found[part] if stem not in own))


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")
