"""Which sheets does the workbook have, and what may stand in their columns?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from touchpoints.collections import BY_ID, LISTS, key_fields
from touchpoints.estimate import Estimate
from touchpoints.records.base import Label, Month, Part, Ref
from touchpoints.records.journey import Step
from touchpoints.records.scenario import Eliminate, HandlingTime, Investment, Shift

Kind = Literal["key", "read", "name", "text", "word", "words", "yes_no", "ref", "refs", "quantity", "number",
               "day", "month", "list", "mapping", "names"]  # fmt: skip

MEASURES: dict[str, type[Part]] = {"eliminate": Eliminate, "shift": Shift, "handling_time": HandlingTime}
EVIDENCE = ("evidence.grade", "evidence.source", "evidence.date")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        name: the field, deeper ones with a dot; `id`, `number`, `journey` and the like for what says which row it is.
        kind: what its cells hold; `names` are ids with what people call them.
        is_key: whether it says which row it is.
        collection: whose ids may stand in it.
        words: the words that may stand in it.
        quantity: the kind of quantity.
        sheet: the key of its sheet.
    """

    name: str
    kind: Kind
    is_key: bool = False
    collection: str = ""
    words: tuple[str, ...] = ()
    quantity: type[Estimate] | None = None
    sheet: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Where the field stands in a record."""
        return tuple(self.name.split("."))


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: one row per record.

    Attributes:
        key: its name in the catalogue of texts.
        collection: the top-level key of the model that holds the records.
        inside: the field of a record that holds the rows, where these are parts of records.
        fields: what its columns hold, besides evidence.
    """

    key: str
    collection: str
    fields: tuple[str, ...]
    inside: str = ""

    @property
    def models(self) -> tuple[type[Part], ...]:
        """The classes a row can be of."""
        inner: dict[str, tuple[type[Part], ...]] = {
            "steps": (Step,),
            "measures": tuple(MEASURES.values()),
            "investments": (Investment,),
        }
        return inner[self.inside] if self.inside else ((BY_ID | LISTS)[self.collection],)

    @property
    def is_numbered(self) -> bool:
        """Whether a row is known by its place in a list."""
        return self.key in ("targets", "measures", "investments")

    @property
    def holder(self) -> str:
        """The heading of the record that rows are parts of."""
        return {"journeys": "journey", "scenarios": "scenario"}.get(self.collection, "") if self.inside else ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        return _columns(self.key)


SHEETS: dict[str, Sheet] = {
    sheet.key: sheet
    for sheet in (
        Sheet("touchpoints", "touchpoints", (
            "name", "channel", "owner", "direction", "actors", "layers", "systems", "needs_systems", "customer_view",
            "knowledge_support", "asks_for", "tone", "public", "human_fallback", "note")),
        Sheet("reasons", "reasons", (
            "name", "category", "status_question", "complexity", "emotion", "value.customer", "value.organisation",
            "failure_demand", "driver", "identification", "needs_systems", "product", "note")),
        Sheet("volumes", "volumes", (
            "contacts", "handling_time", "wait", "answer_time", "resolved_first_time", "handed_off", "unanswered",
            "abandoned", "note")),
        Sheet("drivers", "drivers", ("name", "amount", "growth", "counted", "note")),
        Sheet("content", "content", (
            "title", "answers", "kind", "fit_for", "owner", "reviewed", "review_every", "search_terms",
            "language_level", "system", "quality", "url", "note")),
        Sheet("journeys", "journeys", (
            "name", "goal", "owner", "starts", "start", "phases", "personas", "gave_up.penalty", "gave_up.returns",
            "sector", "note")),
        Sheet("steps", "journeys", (
            "name", "phase", "touchpoint", "reason", "own_time", "wait", "handling_time", "emotion", "next", "pain",
            "opportunity", "note"), "steps"),
        Sheet("moments_of_truth", "moments_of_truth", (
            "importance.customer", "importance.organisation", "now", "ambition", "may_spend", "hygiene", "note")),
        Sheet("targets", "targets", (
            "touchpoint", "journey", "reason", "measure", "limit", "at_least", "at_most", "score", "hours_per_week",
            "due", "note")),
        Sheet("systems", "systems", ("name", "kind", "owner", "connected_to", "note")),
        Sheet("teams", "teams", (
            "name", "kind", "people", "fte", "present", "cost_per_hour", "shrinkage", "max_occupancy",
            "hours_per_week", "hours", "patience", "note")),
        Sheet("maturity", "maturity", ("answer", "why", "note")),
        Sheet("scenarios", "scenarios", (
            "name", "start", "ramp", "horizon", "discount_rate", "cashable", "human_floor", "note")),
        Sheet("measures", "scenarios", (
            "name", "kind", "reasons", "from", "to", "touchpoints", "share", "eligible", "adoption", "resolved",
            "reduction", "instrument", "how", "cost_each", "start", "note"), "measures"),
        Sheet("investments", "scenarios", ("what", "once", "running", "start", "note"), "investments"),
    )
}  # fmt: skip
"""The sheets in the order of the seven steps."""


@cache
def _columns(key: str) -> tuple[Column, ...]:
    sheet = SHEETS[key]
    own: list[Column] = []
    if sheet.holder:
        own.append(Column(sheet.holder, "ref", True, sheet.collection))
    if sheet.is_numbered:
        own.append(Column("number", "key", True))
    elif sheet.collection in BY_ID:
        own.append(Column("id", "key", True))
    else:
        own += [_column(sheet, name, is_key=True) for name in key_fields(sheet.collection)]
    if key == "maturity":
        own.append(Column("question", "read"))
    own += [_column(sheet, name) for name in (*sheet.fields, *EVIDENCE)]
    return tuple(replace(column, sheet=key) for column in own)


def _column(sheet: Sheet, name: str, is_key: bool = False) -> Column:
    """A column as the field of the record says."""
    for model in sheet.models:
        found = _annotation(model, name.split("."))
        if found is not None:
            words = tuple(MEASURES) if sheet.key == "measures" and name == "kind" else ()
            return Column(name, "word", is_key, words=words) if words else _of_type(name, *found, is_key)
    raise KeyError(f"{sheet.key} has no field {name!r}")


def _annotation(model: type[Part], path: list[str]) -> tuple[Any, list[Any]] | None:
    for name, info in model.model_fields.items():
        if path[0] in (name, info.alias):
            if len(path) == 1:
                return info.annotation, list(info.metadata)
            inner = next(one for one in _types(info.annotation) if isinstance(one, type) and issubclass(one, Part))
            return _annotation(inner, path[1:])
    return None


def _of_type(name: str, annotation: Any, metadata: list[Any], is_key: bool) -> Column:
    ref = next((mark for mark in [*metadata, *_marks(annotation)] if isinstance(mark, Ref)), None)
    types = list(_types(annotation))
    many = any(get_origin(one) is tuple for one in types)
    mapping = next((one for one in types if get_origin(one) is dict), None)
    if mapping:
        return Column(name, "names" if Label in _types(get_args(mapping)[1]) else "mapping", is_key)
    if ref:
        return Column(name, "refs" if many else "ref", is_key, ref.collection)
    words = tuple(str(word) for one in types if get_origin(one) is Literal for word in get_args(one))
    if words:
        return Column(name, "words" if many else "word", is_key, words=words)
    quantity = next((one for one in types if isinstance(one, type) and issubclass(one, Estimate)), None)
    if quantity:
        return Column(name, "quantity", is_key, quantity=quantity)
    if bool in types:
        return Column(name, "yes_no", is_key, words=("yes", "no"))
    if date in types:
        return Column(name, "month" if Month in _parts(annotation) else "day", is_key)
    if Label in types:
        return Column(name, "name", is_key)
    if int in types or float in types:
        return Column(name, "number", is_key)
    return Column(name, "list" if many or name == "hours" else "text", is_key)


def _parts(annotation: Any) -> Iterator[Any]:
    """A type and the types it is made of, marks left on."""
    yield annotation
    if get_origin(annotation) in (Union, UnionType, tuple):
        for inner in get_args(annotation):
            yield from _parts(inner)
    elif get_origin(annotation) is Annotated:
        yield from _parts(get_args(annotation)[0])


def _types(annotation: Any) -> Iterator[Any]:
    return (part for part in _parts(annotation) if get_origin(part) is not Annotated)


def _marks(annotation: Any) -> Iterator[Any]:
    for part in _parts(annotation):
        yield from getattr(part, "__metadata__", ())
