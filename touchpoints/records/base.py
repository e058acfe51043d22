"""What do all records of the model have in common: id, name, evidence, and the place where they stand?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
)

from touchpoints.faults import Place
from touchpoints.quantities import QuantityError
from touchpoints.yaml_tree import Located

Grade = Literal["assumed", "workshop", "measured", "validated", "contradicted"]
GRADES: tuple[Grade, ...] = get_args(Grade)

_NOWHERE = Located(None, "", 1, 1)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose text is the id of a record in a collection."""

    collection: str


def _yes_no_partial(value: Any) -> Any:
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return value == "yes"
    raise QuantityError("unknown-word", f"'{value}' is not one of yes, no")


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _refuse_date(value)
    except ValueError:
        return _refuse_date(value)


def _refuse_date(value: Any) -> date:
    raise QuantityError("quantity", f"'{value}' is not a date; write it as year-month-day, like 2026-10-02")


def _month(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return date.fromisoformat(f"{value}-01")
    if isinstance(value, str) and len(value) == 10:
        return _date(value)
    raise QuantityError("quantity", f"'{value}' is not a month; write it as year-month, like 2027-01")


def _text(value: Any) -> Any:
    """Text stays text; a number or a yes/no word in a text field is meant as written."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=20_000)]
YesNo = Annotated[bool, PlainValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
YesNoPartial = Annotated[
    Literal["yes", "partial", "no"],
    BeforeValidator(_yes_no_partial),
    WithJsonSchema({"enum": ["yes", "partial", "no", True, False]}),
]
Day = Annotated[date, PlainValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Month = Annotated[
    date, PlainValidator(_month), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"})
]


class Part(BaseModel):
    """A frozen piece of the model that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    _tree: Located = PrivateAttr(default=_NOWHERE)

    @property
    def place(self) -> Place:
        """Where the part stands."""
        return self._tree.place

    def where(self, *path: str | int) -> Place:
        """Where a field of the part stands; the part itself when the field is not written."""
        return self._tree.at(*path).place

    def locate(self, tree: Located) -> None:
        """Tell the part, and the parts in it, where they stand (the reader calls this once)."""
        self._tree = tree
        if not isinstance(tree.value, dict):
            return
        for key, inner in tree.value.items():
            _locate(getattr(self, key, None), inner)


def _locate(value: Any, tree: Located) -> None:
    if isinstance(value, Part):
        value.locate(tree)
    elif isinstance(value, Mapping) and isinstance(tree.value, dict):
        for key, inner in tree.value.items():
            _locate(value.get(key), inner)
    elif isinstance(value, list | tuple) and isinstance(tree.value, list):
        for part, inner in zip(value, tree.value, strict=False):
            _locate(part, inner)


class Label(Part):
    """A name in Dutch and English; a plain text serves for both."""

    nl: Text | None = None
    """The Dutch name."""
    en: Text | None = None
    """The English name."""

    def text(self, language: str) -> str:
        """The name in a language, in the other when it has none.

        Example:
            >>> Label(nl="brief").text("en")
            'brief'
        """
        first, second = (self.nl, self.en) if language == "nl" else (self.en, self.nl)
        return first or second or ""


def _label(value: Any) -> Any:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return {"nl": str(value), "en": str(value)}
    return value


Name = Annotated[
    Label,
    BeforeValidator(_label),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"nl": {"type": "string"}, "en": {"type": "string"}},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class FieldEvidence(Part):
    """Where a number comes from and how far it can be trusted."""

    grade: Grade | None = None
    """assumed < workshop < measured < validated; or contradicted."""
    source: Text | None = None
    """The document, system or people it comes from."""
    date: Day | None = None
    """The day it was stated or measured."""
    note: Text | None = None
    """What a reader should know about it."""


class Evidence(FieldEvidence):
    """Evidence of a record; a field may override it."""

    fields: dict[str, FieldEvidence] = {}
    """Evidence of single fields, by the field's name."""


class Stated(Part):
    """A piece of the model whose numbers come from somewhere."""

    note: Text | None = None
    """A remark for the reader of the model."""
    evidence: Evidence | None = None
    """Where the numbers come from."""

    def evidence_of(self, field: str) -> FieldEvidence:
        """Evidence of one field: its own, filled up with the record's; `assumed` when none is given."""
        record = self.evidence or Evidence()
        own = record.fields.get(field, FieldEvidence())
        return FieldEvidence(
            grade=own.grade or record.grade or "assumed",
            source=own.source or record.source,
            date=own.date or record.date,
            note=own.note or record.note,
        )


class Record(Stated):
    """A piece of the model with an id."""

    id: str = ""
    name: Name | None = None
    """What people call it."""

    def label(self, language: str = "en") -> str:
        """The name in a language, or the id in words."""
        text = self.name.text(language) if self.name else ""
        return text or self.id.replace("_", " ")


def references(part: Part) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Every reference in a part: the collection, the id, and the path of the field that holds it."""
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if value is None:
            continue
        key = info.alias or name
        ref = next((mark for mark in info.metadata if isinstance(mark, Ref)), None)
        if ref is not None:
            yield ref.collection, value, (key,)
        elif isinstance(value, Part):
            for collection, target, path in references(value):
                yield collection, target, (key, *path)
        elif isinstance(value, tuple | list):
            item = _ref_in(info.annotation, 0)
            for index, inner in enumerate(value):
                yield from _inner_references(inner, item, (key, index))
        elif isinstance(value, Mapping):
            item = _ref_in(info.annotation, 0)
            for inner_key, inner in value.items():
                if item is not None:
                    yield item.collection, inner_key, (key, inner_key)
                yield from _inner_references(inner, None, (key, inner_key))


def _inner_references(
    inner: Any, item: Ref | None, path: tuple[str | int, ...]
) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    if item is not None and isinstance(inner, str):
        yield item.collection, inner, path
    elif isinstance(inner, Part):
        for collection, target, rest in references(inner):
            yield collection, target, (*path, *rest)


def _ref_in(annotation: Any, position: int) -> Ref | None:
    """The reference mark of a container's item (or of a mapping's key)."""
    for candidate in (annotation, *get_args(annotation)):
        if get_origin(candidate) in (list, tuple, dict):
            arguments = get_args(candidate)
            metadata = getattr(arguments[position], "__metadata__", ())
            return next((mark for mark in metadata if isinstance(mark, Ref)), None)
    return None
