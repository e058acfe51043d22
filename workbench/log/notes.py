"""How is a remark about a log said in both languages?"""

from __future__ import annotations

from collections.abc import Iterable

from touchpoints.records.base import Label
from workbench.language.language import LANGUAGES, Language

Note = Label
"""A remark in Dutch and English."""


def note(key: str, **values: str | float) -> Note:
    """The text `log.KEY` of the catalogue in both languages; whole numbers are written as the language does.

    Example:
        >>> note("days", count=1461).text("nl")
        '1.461 dagen in het log'
    """
    texts = {}
    for code in LANGUAGES:
        language = Language(code)
        shown = {name: language.number(value) if isinstance(value, int) else value for name, value in values.items()}
        texts[code] = language.text(f"log.{key}", **shown)
    return Note(nl=texts["nl"], en=texts["en"])


def field_note(key: str, field: str, **values: str | float) -> Note:
    """A remark about a field, by the field's name in each language.

    Example:
        >>> field_note("absent", "handling_time_s").text("en")
        'no handling time in this log'
    """
    both = (note(key, field=Language(code).text(f"field.{field}"), **values) for code in LANGUAGES)
    dutch, english = both
    return Note(nl=dutch.nl, en=english.en)


def texts(notes: Iterable[Note], language: Language) -> tuple[str, ...]:
    """The remarks in one language."""
    return tuple(one.text(language.code) for one in notes)
