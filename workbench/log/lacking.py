"""What do the sources of a log not record, and which answers should say so?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from ibis import _

from workbench.language.language import LANGUAGES, Language
from workbench.log.engine import Log
from workbench.log.notes import Note, field_note
from workbench.log.profile import Profile

_COUNTED = {
    "handling_time_s": "handling_n",
    "wait_s": "wait_n",
    "answered_at": "answer_n",
    "resolved": "resolved_n",
    "layer_count": "layers_n",
    "content_id": "content_n",
}
"""Field of the contact: the daily count of contacts that have it."""

_DIMENSIONS = ("reason", "channel", "outcome", "direction", "persona")

_found: WeakKeyDictionary[Log, Mapping[str, tuple[str, ...]]] = WeakKeyDictionary()


def lacking(log: Log, field: str) -> tuple[Note, ...]:
    """A remark when some sources of a log never record a field that others do: the answer is about the others only."""
    if log not in _found:
        _found[log] = _sources_without(log)
    sources = _found[log].get(field, ())
    return (field_note("lacking", field, sources=", ".join(sources)),) if sources and log.has(field) else ()


def _sources_without(log: Log) -> dict[str, tuple[str, ...]]:
    """Field: the sources none of whose contacts have it."""
    known = {field: _[column].sum() for field, column in _COUNTED.items()}
    known |= {field: _.n.sum(where=_[field].notnull()) for field in _DIMENSIONS}
    rows = log.rows(log.table("daily").group_by("source").agg(**known).order_by("source"))
    return {field: tuple(str(row["source"]) for row in rows if not row[field]) for field in known}


def remark(profile: Profile) -> Note | None:
    """What a reader of the results should know about a source: its note, and the fields that it does not record.

    Example:
        >>> from workbench.log.profile_files import parse_profile
        >>> text = b"{format: delimited, columns: {started_at: at}, lacks: [wait_s, outcome], note: Beware.}"
        >>> remark(parse_profile(text, "desk.yaml")).text("en")
        'Beware. desk does not record: wait, outcome.'
    """
    if not profile.lacks:
        return profile.note
    texts = {}
    for code in LANGUAGES:
        language = Language(code)
        source = profile.name.text(code) if profile.name else profile.id
        fields = ", ".join(language.text(f"field.{name}") for name in profile.lacks)
        said = language.text("log.lacks", source=source, fields=fields)
        texts[code] = _sentences((profile.note.text(code) if profile.note else "", said))
    return Note(nl=texts["nl"], en=texts["en"])


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)
