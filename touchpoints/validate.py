"""What is wrong with one record, said with file and line?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from touchpoints.faults import Fault, Place, hint
from touchpoints.located import Located
from touchpoints.numbers import QuantityError
from touchpoints.records.base import Part, Path

P = TypeVar("P", bound=Part)

_FORMS = {
    "string_type": "a text",
    "list_type": "a list, like [a, b]",
    "tuple_type": "a list, like [a, b]",
    "dict_type": "a mapping, like {key: value}",
    "model_type": "a mapping, like {key: value}",
    "model_attributes_type": "a mapping, like {key: value}",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "is_instance_of": "a mapping, like {key: value}",
}


def validate(
    model: type[P], tree: Located, who: str, extra: dict[str, Any] | None = None
) -> tuple[P | None, list[Fault]]:
    """A typed part that knows its place, or None with everything that is wrong with it.

    Args:
        model: the class of the part.
        tree: the part as written.
        who: how messages name it, such as `touchpoint 'kcc_phone'`.
        extra: fields that the writer may not give, such as the id.

    Example:
        >>> from touchpoints.records.contact import Driver
        >>> from touchpoints.yaml_tree import read_yaml
        >>> tree, _ = read_yaml(b"{amount: 14000}", "model/drivers.yaml")
        >>> validate(Driver, tree, "driver 'passports'")[1][0].rule
        'unit-missing'
    """
    if not isinstance(tree.value, dict):
        form = "nothing" if tree.value is None else f"'{_short(tree.value)}'"
        message = f"{who}: {form} stands where a mapping is wanted; write it like {{key: value}}"
        return None, [Fault(tree.place, "wrong-type", message)]
    faults = [Fault(tree.at(*path).place, "null-value", _null_message(who, path)) for path in _nulls(tree, ())]
    if faults:
        tree = _without(tree, list(_nulls(tree, ())))
    for key in extra or {}:
        if key in tree.value:
            message = f"{who}: '{key}' is not written inside the record; delete it"
            faults.append(Fault(tree.at(key).place, "unknown-key", message))
    part, wrong = _validated(model, tree, who, extra or {})
    return part, faults + wrong


def _validated(model: type[P], tree: Located, who: str, extra: dict[str, Any]) -> tuple[P | None, list[Fault]]:
    """The part without its faulty fields, so that what is right in it can still be checked."""
    faults: list[Fault] = []
    for attempt in range(4):
        try:
            part = model.model_validate({**tree.plain(), **extra})
        except ValidationError as error:
            details = error.errors(include_url=False)
            if attempt == 0:
                faults = [_fault(model, tree, who, detail) for detail in details]
            bad = [_whole_row(_written_path(tree, detail["loc"])) for detail in details]
            if () in bad:
                return None, faults
            tree = _without(tree, bad)
        else:
            part.locate(tree)
            return part, faults
    return None, faults


def _nulls(tree: Located, path: Path) -> Iterator[Path]:
    """The paths of all values that are not there."""
    value = tree.value
    if value is None:
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _nulls(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _nulls(inner, (*path, index))


_ROWS = ("next", "start", "personas")


def _whole_row(path: Path) -> Path:
    """The path of a fault; of the whole row when it is in a row of shares, whose sum would be a second fault."""
    return path[:-1] if len(path) > 1 and path[-2] in _ROWS else path


def _null_message(who: str, path: Path) -> str:
    if isinstance(path[-1], int):
        return f"{who}: an item of '{_dotted(path[:-1])}' has no value; give it one or delete it"
    return f"{who}: '{_dotted(path)}' has no value; give it one or delete the line"


def _without(tree: Located, paths: list[Path]) -> Located:
    """The tree less the parts at some paths."""
    value = tree.value
    gone = {path[0] for path in paths if len(path) == 1}
    deeper: dict[str | int, list[Path]] = {}
    for path in paths:
        if len(path) > 1 and path[0] not in gone:
            deeper.setdefault(path[0], []).append(path[1:])
    if isinstance(value, dict):
        kept: Any = {
            key: _without(part, deeper[key]) if key in deeper else part
            for key, part in value.items()
            if key not in gone
        }
    else:
        kept = [
            _without(part, deeper[index]) if index in deeper else part
            for index, part in enumerate(value)
            if index not in gone
        ]
    return Located(kept, tree.file, tree.line, tree.column)


def _dotted(path: Path) -> str:
    return ".".join(str(key) for key in path)


def _fault(model: type[Part], tree: Located, who: str, detail: ErrorDetails) -> Fault:
    path = _written_path(tree, detail["loc"])
    place = tree.at(*path).place
    field = _dotted(path) or "the record"
    kind = detail["type"]
    context = detail.get("ctx", {})
    error = context.get("error")
    if isinstance(error, QuantityError):
        return Fault(place, error.rule, f"{who}: {field} {error}")
    if kind == "extra_forbidden":
        name = str(detail["loc"][-1])
        message = f"{who}: unknown key '{name}'{hint(name, _known_fields(model, detail['loc'][:-1]), most=12)}"
        return Fault(place, "unknown-key", message)
    if kind == "missing":
        name = str(detail["loc"][-1])
        inside = f" in {field}" if path else ""
        return Fault(place, "missing-key", f"{who}: key '{name}' is missing{inside}; add it")
    if kind in ("literal_error", "union_tag_invalid"):
        word = _short(context.get("tag", detail["input"]))
        field = f"{field}.kind" if kind == "union_tag_invalid" else field
        expected = re.findall(r"'([^']*)'", str(context.get("expected", context.get("expected_tags", ""))))
        return Fault(place, "unknown-word", f"{who}: {field} '{word}' is unknown{hint(word, expected, most=30)}")
    if kind == "union_tag_not_found":
        return Fault(place, "missing-key", f"{who}: key 'kind' is missing in {field}; add it")
    if kind in _FORMS:
        value = _short(detail["input"])
        return Fault(place, "wrong-type", f"{who}: {field} is '{value}'; it must be {_FORMS[kind]}")
    rule = "out-of-range" if kind.startswith(("greater", "less", "string_too", "too_")) else "quantity"
    reason = re.sub(r"^\w+ should", "it must", detail["msg"]).removesuffix(" after validation")
    return Fault(place, rule, f"{who}: {field} '{_short(detail['input'])}': {reason[:1].lower()}{reason[1:]}")


def _written_path(tree: Located, loc: Path) -> Path:
    """The part of an error's location that is written in the file (tags of unions are not)."""
    path: Path = ()
    here = tree
    for key in loc:
        inner = here.at(key)
        if inner is not here:
            path, here = (*path, key), inner
    return path


def _known_fields(model: type[Part], loc: Path) -> list[str]:
    """The keys that are allowed at a place inside a model."""
    models: list[type[Part]] = [model]
    for key in loc:
        found = [
            part
            for candidate in models
            for name, info in candidate.model_fields.items()
            if key in (name, info.alias)
            for part in _parts_in(info.annotation)
        ]
        models = found or models
    return sorted({info.alias or name for part in models for name, info in part.model_fields.items() if name != "id"})


def _parts_in(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for argument in get_args(annotation) for part in _parts_in(argument)]


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def check_id(key: str, who: str, place: Place) -> list[Fault]:
    """Whether an id is snake_case."""
    if re.fullmatch(r"[a-z][a-z0-9_]{0,79}", key):
        return []
    better = re.sub(r"[^a-z0-9]+", "_", key.lower()).strip("_")[:40]
    better = better if better[:1].isalpha() else f"x_{better}".rstrip("_")
    message = f"{who}: id '{_short(key)}' is not snake_case; write it like '{better}'"
    return [Fault(place, "bad-id", message)]
