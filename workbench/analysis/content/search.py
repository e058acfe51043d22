"""What would an agent find in the content inventory for a question?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from touchpoints.inventory import Inventory
from touchpoints.records.base import Record
from touchpoints.records.organisation import Content
from workbench.analysis.content.full_text import FullText, Term
from workbench.analysis.content.stemming import parts, stems, telling_words
from workbench.language.language import LANGUAGES

FIRST = 3
"""So many results an agent reads."""
GOOD = 1 / 3
"""A good answer holds at least this share of the telling words of a question, rare words counting more [1].

A third: of two words, one that the inventory does not know leaves the answer standing, of three, two do not."""
WEIGHTS = {"title": 4.0, "search_terms": 4.0, "reasons": 2.0, "text": 1.0}
"""How often a word counts by where it stands; a title and search terms were chosen to be searched by."""
OWN_WORDS = ("title", "search_terms", "text")
"""The columns that hold an item's own words, without those of the reasons it is said to answer."""

_BEGINNING = 5
"""A word that stands nowhere is looked for as the beginning of others when it has so many letters."""
_MOST_WORDS = 64
"""Telling words of a question that count."""
_SNIPPET = 160


@dataclass(frozen=True)
class Found:
    """An item of the content inventory that was found.

    Attributes:
        content: the item.
        score: BM25.
        share: of the telling words of the question that it holds, each word weighted by how rare it is [1].
        snippet: the sentence of its text that holds most of them, else its title.
    """

    content: Content
    score: float
    share: float
    snippet: str

    @property
    def is_good(self) -> bool:
        """Whether it holds enough of the question."""
        return self.share >= GOOD


class ContentIndex:
    """The content inventory, ready to be searched.

    A word of the question is looked for by its stems; a word that stands nowhere by the parts of the compound it is,
    and else as the beginning of other words.
    """

    def __init__(self, inventory: Inventory) -> None:
        # What is only in someone's head stands nowhere, so a search does not find it.
        self._items = tuple(one for one in inventory.content.values() if one.kind != "tacit")
        texts = [_texts(inventory, one) for one in self._items]
        plain = {stem for columns in texts for found in columns.values() for word in found for stem in stems(word)}
        documents = [
            {column: [stem for word in found for stem in (*stems(word), *parts(word, plain))]
             for column, found in columns.items()}
            for columns in texts
        ]  # fmt: skip
        self._known = plain
        self._stems = [frozenset(stem for found in one.values() for stem in found) for one in documents]
        self._index = FullText(WEIGHTS, documents)

    def search(self, question: str, most: int = FIRST, columns: Sequence[str] = ()) -> tuple[Found, ...]:
        """What stands first for a question; nothing when it holds no word of the inventory.

        Args:
            question: any text.
            most: so many items at most.
            columns: look in these only; in all when empty.
        """
        words = list(dict.fromkeys(telling_words(question)))[:_MOST_WORDS]
        asked = [tuple(self._terms(word)) for word in words]
        terms = list(dict.fromkeys(term for word in asked for term in word))
        rarity = [self._rarity(word) for word in asked]
        total = sum(rarity)
        found = []
        for number, score in self._index.ranked(terms, columns, most):
            held = sum(
                weight for word, weight in zip(asked, rarity, strict=True) if _holds(self._stems[number], word)
            )  # fmt: skip
            content = self._items[number]
            found.append(Found(content, score, held / total, _snippet(content, terms)))
        return tuple(found)

    def _terms(self, word: str) -> Iterator[Term]:
        """What to look for instead of a word; its stems, though nowhere to be found, when there is nothing better."""
        whole = [stem for stem in stems(word) if stem in self._known]
        inside = whole or list(parts(word, self._known))
        if inside:
            yield from (Term(stem) for stem in inside)
        elif len(word) >= _BEGINNING:
            yield from (Term(stem, beginning=True) for stem in stems(word) if len(stem) >= _BEGINNING)

    def _rarity(self, word: Sequence[Term]) -> float:
        """ln((N + 1)/(n + ½)), n the items that hold the word: most for a word that none holds."""
        holding = sum(_holds(one, word) for one in self._stems)
        return math.log((len(self._stems) + 1) / (holding + 0.5))


def _texts(inventory: Inventory, content: Content) -> dict[str, list[str]]:
    """The telling words of an item per column."""
    reasons = [inventory.reasons[reason] for reason in content.answers]
    texts: dict[str, Iterable[str]] = {
        "title": dict.fromkeys((content.title or "", *names_of(content))),
        "search_terms": content.search_terms,
        "reasons": [name for reason in reasons for name in (*names_of(reason), reason.product or "")],
        "text": [content.text or ""],
    }
    return {column: telling_words(" ".join(found)) for column, found in texts.items()}


def names_of(record: Record) -> tuple[str, ...]:
    """What customers would call it: its names in Dutch and English, each once."""
    return tuple(dict.fromkeys(record.label(code) for code in LANGUAGES))


def _holds(held: frozenset[str], word: Sequence[Term]) -> bool:
    return any(
        term.stem in held or (term.beginning and any(stem.startswith(term.stem) for stem in held)) for term in word
    )


def _snippet(content: Content, terms: Sequence[Term]) -> str:
    """The sentence of the text that holds most of the terms, else the title."""
    sentences = re.split(r"(?<=[.!?])\s+", content.text or "")

    def held(sentence: str) -> int:
        own = frozenset(stem for word in telling_words(sentence) for stem in stems(word))
        return sum(_holds(own, (term,)) for term in terms)

    best = max(sentences, key=held)
    text = best if held(best) else content.title or content.label()
    return text if len(text) <= _SNIPPET else f"{text[: _SNIPPET - 1].rstrip()}…"
