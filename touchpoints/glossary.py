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
