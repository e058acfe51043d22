"""What do all records of the model have in common: id, name, evidence, and the place where they stand?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from touchpoints.estimate import Estimate
from touchpoints.faults import Place
from touchpoints.located import Located
from touchpoints.numbers import QuantityError

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
    raise QuantityError("unknown-word", f"'{value}' is neither yes nor no; write one of the two")


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


# Line breaks and tabs belong to long texts; U+FFFE and U+FFFF can stand in no XML, and so in no picture.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _text(value: Any) -> Any:
    """Text stays text; a number or a yes/no word in a text field is meant as written."""
    if isinstance(value, str) and (found := _CONTROL.search(value)):
        raise QuantityError("control-character", f"holds the control character U+{ord(found[0]):04X}; delete it")
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

    model_config = ConfigDict(frozen=True, extra="forbid")

    _tree: Located = PrivateAttr(default_factory=lambda: _NOWHERE)

    @property
    def place(self) -> Place:
        """Where the part stands."""
        return self._tree.place

    @property
    def written(self) -> Located:
        """The part as written, with what it takes over from others."""
        return self._tree

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


class Period(Part):
    """A period of whole days."""

    start: Day
    """First day."""
    end: Day
    """Last day."""

    @model_validator(mode="after")
    def _runs_forward(self) -> Period:
        if self.end < self.start:
            message = f"{self.start} … {self.end} runs backwards; write the first day as start, the last as end"
            raise QuantityError("range-order", message)
        return self


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
    n: Annotated[int, Field(ge=0, strict=True)] | None = None
    """How many contacts, cases or answers it rests on."""
    period: Period | None = None
    """The days of the contact log that set the value; only later contacts can validate it."""


class Evidence(FieldEvidence):
    """Evidence of a record; a field may override it."""

    fields: dict[str, FieldEvidence] = {}
    """Evidence of single fields, by the field's name; deeper ones by their path, like `by_persona.senior.next`."""


class Stated(Part):
    """A piece of the model whose numbers come from somewhere."""

    note: Text | None = None
    """A remark for the reader of the model."""
    evidence: Evidence | None = None
    """Where the numbers come from."""


class Record(Stated):
    """A piece of the model with an id."""

    SHORT: ClassVar[str] = ""
    """The field that a record written as a single value stands for; none when it must be a mapping."""

    id: str = ""
    name: Name | None = None
    """What people call it."""

    def label(self, language: str = "en") -> str:
        """The name in a language, or the id in words."""
        text = self.name.text(language) if self.name else ""
        return text or self.id.replace("_", " ")


Path = tuple[str | int, ...]


def references(part: Part) -> Iterator[tuple[str, str, Path]]:
    """Every reference in a part: the collection, the id, and the path of the field that holds it."""
    for path, value, ref in leaves(part):
        if ref is not None:
            yield ref.collection, value, path


def estimates(part: Part) -> Iterator[tuple[Path, Estimate]]:
    """Every quantity in a part, with the path of the field that holds it."""
    for path, value, _ in leaves(part):
        if isinstance(value, Estimate):
            yield path, value


def leaves(part: Part) -> Iterator[tuple[Path, Any, Ref | None]]:
    """Every quantity and every reference in a part and in the parts within it."""
    for name, key, own, inner in _plan(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        if isinstance(value, str | Estimate):
            yield (key,), value, own
        elif isinstance(value, Part):
            for path, leaf, ref in leaves(value):
                yield (key, *path), leaf, ref
        elif isinstance(value, Mapping):
            for inner_key, inner_value in value.items():
                if inner is not None:
                    yield (key, inner_key), inner_key, inner
                yield from _leaves_in(inner_value, (key, inner_key), None)
        elif isinstance(value, tuple | list):
            for index, inner_value in enumerate(value):
                yield from _leaves_in(inner_value, (key, index), inner)


def _leaves_in(value: Any, path: Path, ref: Ref | None) -> Iterator[tuple[Path, Any, Ref | None]]:
    if isinstance(value, Part):
        for rest, leaf, inner in leaves(value):
            yield (*path, *rest), leaf, inner
    elif ref is not None or isinstance(value, Estimate):
        yield path, value, ref


@cache
def _plan(model: type[Part]) -> tuple[tuple[str, str, Ref | None, Ref | None], ...]:
    """The fields of a model that can hold quantities, references or parts: name, key, own and inner mark."""
    plan = []
    for name, info in model.model_fields.items():
        own, inner = _marks(info.annotation, info.metadata)
        if own or inner or _holds(info.annotation):
            plan.append((name, info.alias or name, own, inner))
    return tuple(plan)


def _marks(annotation: Any, metadata: Iterable[Any]) -> tuple[Ref | None, Ref | None]:
    """The reference mark of a field itself, and that of its items or of its mapping's keys."""
    own = next((mark for mark in metadata if isinstance(mark, Ref)), None)
    if own is not None:
        return own, None
    for candidate in (annotation, *get_args(annotation)):
        extra = getattr(candidate, "__metadata__", None)
        if extra is not None:
            own, inner = _marks(get_args(candidate)[0], extra)
            if own or inner:
                return own, inner
        elif get_origin(candidate) in (list, tuple, dict):
            item = get_args(candidate)[0]
            marks = getattr(item, "__metadata__", ())
            inner = next((mark for mark in marks if isinstance(mark, Ref)), None)
            if inner is not None:
                return None, inner
    return None, None


def _holds(annotation: Any) -> bool:
    """Whether a type can hold a quantity or a part."""
    if isinstance(annotation, type):
        return issubclass(annotation, Part | Estimate) and annotation not in (Label, Evidence, FieldEvidence)
    return any(_holds(argument) for argument in get_args(annotation))
