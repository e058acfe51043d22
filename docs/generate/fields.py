"""What are the fields of a record: what they mean, how they are written, and an example that somebody wrote?"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from docs.generate.markdown import cell, choices, code, link, rows
from touchpoints.estimate import Estimate
from touchpoints.glossary import glossary
from touchpoints.records.base import FieldEvidence, Label, Part, Record, Ref, Stated
from touchpoints.records.descriptions import descriptions
from touchpoints.records.hours import Hours
from touchpoints.records.journey import Rest

LONGEST = 70
"""An example is no longer than this."""

COMMON = ("id", "name", *Stated.model_fields)
"""What every record has."""

Written = dict[tuple[type[Part], str], str]
"""By record and field, a value that an example writes."""

TERMS = {
    "reasons": "contact_reason", "content": "content_item", "volumes": "contact_volume", "contacts": "contact_volume",
    "moments_of_truth": "moment_of_truth", "resolved_first_time": "first_contact_resolution", "steps": "step",
    "scenarios": "scenario", "handed_off": "hand_off", "personas": "persona", "teams": "team", "phases": "phase",
    "touchpoints": "touchpoint", "channels": "channel", "journeys": "journey", "systems": "system",
    "drivers": "driver", "targets": "target", "maturity": "maturity_scan", "cashable": "cashable_share",
    "once": "one_off_cost", "running": "running_cost", "actors": "actor", "layers": "layer", "obstacles": "obstacle",
    "eligible": "eligible_share", "instrument": "steering_instrument", "review_every": "shelf_life",
    "measures": "measure", "grade": "evidence_grade", "next": "transition", "shows": "physical_evidence",
    "soft": "soft_effect", "effort_score": "customer_effort_score", "fit_for": "fit", "vision": "service_vision",
    "uncertainty": "default_spread", "abandoned": "abandonment", "reason": "contact_reason",
    "max_occupancy": "occupancy", "product": "",
}  # fmt: skip
"""Keys of the model that have another name than their term in the glossary."""


@dataclass
class Fields:
    """Tables of fields, with the parts that they refer to and that still need a table of their own."""

    written: Written
    wanted: list[type[Part]] = field(default_factory=list)
    known: set[type[Part]] = field(default_factory=set)

    def rest(self) -> Iterator[str]:
        """A section for each part that a table has referred to."""
        while self.wanted:
            model = self.wanted.pop(0)
            yield f"## {model.__name__}\n\n{said(model)}\n\n{self.table(model)}"

    def table(self, model: type[Part], only: Iterable[str] = ()) -> str:
        """The fields of a model: name, Dutch, what, how it is written, example."""
        said_of = descriptions(model)
        shown = set(only) or {name for name in model.model_fields if name not in COMMON or model is FieldEvidence}
        found = [
            (
                code(info.alias or name) + (" *" if info.is_required() else ""),
                dutch(info.alias or name),
                said_of.get(name, ""),
                self.form(info.annotation, info.metadata) + _default(info),
                code(self.written.get((model, name), _example(info))),
            )
            for name, info in model.model_fields.items()
            if name in shown
        ]
        needed = "\n\n\\* has to be given." if any(row[0].endswith("*") for row in found) else ""
        return rows(["field", "Dutch", "what", "written as", "example"], found) + needed

    def form(self, annotation: Any, metadata: Iterable[Any] = ()) -> str:
        """How a value is written."""
        for mark in metadata:
            if isinstance(mark, Ref):
                return f"id of {link(mark.collection)}"
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.form(inner[0], inner[1:])
        if origin in (Union, types.UnionType):
            kinds = [one for one in inner if one not in (type(None), Rest)]
            return " or ".join(dict.fromkeys(self.form(one, metadata) for one in kinds)) + (
                ", or `rest`" if Rest in inner else ""
            )
        if origin is Literal:
            return choices(inner)
        if origin is tuple:
            return f"list of {self.form(inner[0])}".replace("list of id of", "list of ids of")
        if origin in (dict, Mapping):
            return f"mapping of {self.form(inner[0])} to {self.form(inner[1])}"
        return self._plain(annotation, metadata)

    def _plain(self, annotation: Any, metadata: Iterable[Any]) -> str:
        if annotation is bool:
            return choices(("yes", "no"))
        if annotation is Label:
            return "name"
        if annotation is Hours:
            return "opening hours"
        if annotation is date:
            is_month = any(getattr(getattr(mark, "func", None), "__name__", "") == "_month" for mark in metadata)
            return "month" if is_month else "date"
        if issubclass(annotation, Estimate):
            return f"[{annotation.__name__}](#quantities)"
        if issubclass(annotation, Part):
            if annotation not in self.known:
                self.known.add(annotation)
                self.wanted.append(annotation)
            return link(annotation.__name__)
        limits = [f"{sign} {value}" for mark in metadata for sign, value in _limits(mark)]
        return {str: "text", int: "whole number", float: "number"}[annotation] + (
            f" {' and '.join(limits)}" if limits else ""
        )


def _default(info: FieldInfo) -> str:
    """The value that holds when none is given, as far as it says something."""
    value = info.default
    if isinstance(value, bool):
        return f", else `{'yes' if value else 'no'}`"
    return f", else {code(str(value))}" if isinstance(value, str | int | float) and value != "" else ""


def _limits(mark: Any) -> Iterator[tuple[str, Any]]:
    for name, sign in (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<")):
        value = getattr(mark, name, None)
        if value is not None:
            yield sign, value


def _example(info: FieldInfo) -> str:
    """An example of the kind of value, where the examples write none."""
    if Hours in _kinds(info.annotation):
        return "[mon-fri 08:30-17:00, sat 10:00-12:00]"
    for kind in _kinds(info.annotation):
        if isinstance(kind, type) and issubclass(kind, Estimate):
            return kind.EXAMPLE
    return ""


def _kinds(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def said(model: type[Part]) -> str:
    """What a record is, in the words of its docstring."""
    return " ".join((model.__doc__ or "").split())


def dutch(key: str) -> str:
    """The Dutch word for a key, where the glossary has it."""
    term = glossary().get(TERMS.get(key, key))
    return term.label.text("nl") if term else ""


def collect(part: Part, found: Written) -> None:
    """Add what a part and the parts in it write for each field: the first value that is short enough."""
    tree = part.written.value
    if not isinstance(tree, dict):
        return
    for name, info in type(part).model_fields.items():
        if (value := tree.get(info.alias or name)) is None:
            continue
        text = _flow(value.plain())
        owner = Record if name in COMMON and isinstance(part, Record) else type(part)
        if len(text) <= LONGEST:
            found.setdefault((owner, name), text)
        for inner in _parts(getattr(part, name)):
            collect(inner, found)


def _parts(value: Any) -> Iterator[Part]:
    if isinstance(value, Part):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _parts(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _parts(one)


def _flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return cell(str(value)) if not isinstance(value, bool) else "yes" if value else "no"
