"""What is the JSON Schema of the model language?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from touchpoints.collections import BY_ID, LISTS, SINGLES
from touchpoints.records.base import Part
from touchpoints.records.descriptions import descriptions
from touchpoints.records.organisation import Settings

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EXTENDS = {
    "type": "string",
    "description": "library.NAME or another id of the same kind",
    "examples": ["library.phone"],
}


def model_schema() -> dict[str, Any]:
    """The schema of a file below `model/`.

    Example:
        >>> sorted(model_schema()["properties"])[:3]
        ['channels', 'claims', 'content']
    """
    models: list[type[Part]] = list(dict.fromkeys([*BY_ID.values(), *LISTS.values(), *SINGLES.values()]))
    references, shared = models_json_schema([(model, "validation") for model in models], by_alias=True)
    definitions = shared["$defs"]
    _describe(definitions)
    _open_for_writers(definitions, {model.__name__ for model in BY_ID.values()})
    properties: dict[str, Any] = {}
    for key, model in BY_ID.items():
        record = references[model, "validation"]
        if model.SHORT:
            record = {"anyOf": [record, {"type": ["string", "number"]}]}
        ids = {"pattern": "^[a-z][a-z0-9_]*$"}
        properties[key] = {"type": "object", "propertyNames": ids, "additionalProperties": record}
    for key, model in LISTS.items():
        properties[key] = {"type": "array", "items": references[model, "validation"]}
    for key, single in SINGLES.items():
        properties[key] = references[single, "validation"]
    return {
        "$schema": _DIALECT,
        "title": "journey workbench model",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": definitions,
    }


def settings_schema() -> dict[str, Any]:
    """The schema of `workbench.yaml`."""
    schema = Settings.model_json_schema(by_alias=True)
    _describe({"Settings": schema, **schema["$defs"]})
    schema["properties"]["drivers"] = {"type": "object"}
    return {"$schema": _DIALECT, **schema, "title": "journey workbench project"}


def _describe(definitions: dict[str, Any]) -> None:
    """What the model says of each field, for editors that show it while one types."""
    for model in _below(Part):
        properties = definitions.get(model.__name__, {}).get("properties", {})
        texts = descriptions(model)
        for name, info in model.model_fields.items():
            written = properties.get(info.alias or name)
            if written is not None and name in texts:
                written["description"] = texts[name]


def _below(model: type[Part]) -> Iterator[type[Part]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def _open_for_writers(definitions: dict[str, Any], extending: set[str]) -> None:
    """Ids come from the key, records may extend others and then need no key of their own."""
    for name, definition in definitions.items():
        properties = definition.get("properties", {})
        properties.pop("id", None)
        if name in extending:
            properties["extends"] = _EXTENDS
            required = definition.pop("required", None)
            if required:
                definition["anyOf"] = [{"required": required}, {"required": ["extends"]}]
