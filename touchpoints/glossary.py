"""What do the words of the field mean?"""

from __future__ import annotations

from functools import cache

from touchpoints.library import library_trees
from touchpoints.records.base import Name, Part, Text
from touchpoints.validate import validate


class Term(Part):
    """A term with its Dutch and English name and definition."""

    label: Name
    """What it is called."""
    definition: Name
    """What it means."""
    formula: Text | None = None
    """How it is computed."""
    see: tuple[str, ...] = ()
    """Related terms."""


def find_terms(word: str) -> dict[str, Term]:
    """The terms with an id, else those whose Dutch or English name has the word in it.

    Example:
        >>> sorted(find_terms("klantreis"))[:1]
        ['actual_journey']
    """
    terms = glossary()
    if word in terms:
        return {word: terms[word]}
    wanted = word.casefold()
    return {
        key: term
        for key, term in terms.items()
        if wanted in key or any(wanted in term.label.text(language).casefold() for language in ("nl", "en"))
    }


@cache
def glossary() -> dict[str, Term]:
    """Every term of the glossary, by id.

    Example:
        >>> glossary()["channel"].label.text("nl")
        'kanaal'
    """
    terms = {}
    for key, tree in library_trees("glossary").items():
        term, faults = validate(Term, tree, f"term '{key}'")
        if term is None or faults:
            raise ValueError(f"the built-in glossary is broken: {faults}")
        terms[key] = term
    return terms
