"""How is an object-centric event log (OCEL 2.0, JSON) read, as events of the cases of one object type?

An event has `@id`, `@type`, `@time` and its attributes by name. `@case` is the object of the profile's `case_object`;
an event of several such objects is given once for each (flattening), with the same `@id`, so a profile whose contact id
is `@id` alone counts the copies as duplicates. `object:TYPE` is the first related object of another type.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.log.errors import LogError
from workbench.log.profile import Profile
from workbench.log.sources.batch import Batch, short
from workbench.log.sources.json_file import json_batches
from workbench.log.sources.json_stream import Json, json_records
from workbench.log.sources.packed import open_unpacked
from workbench.log.sources.text import open_text

_OBJECT = "object:"


def read_ocel(file: Path, profile: Profile, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """The events of an OCEL file in batches; of its objects only ids and types are held in memory.

    Raises:
        LogError: the file is no OCEL in JSON, or has no object of the profile's case type.
    """
    types = {name.removeprefix(_OBJECT) for name in wanted if name.startswith(_OBJECT)}
    objects = _objects(file, profile, types)

    def columns(event: Json) -> list[dict[str, str | None]]:
        return list(_rows(event, objects, profile.case_object))

    return json_batches(file, profile, wanted, columns, "events")


def object_types(file: Path, encoding: str = "utf-8") -> dict[str, int]:
    """Object type: the number of its objects.

    Raises:
        LogError: the file is no JSON.
    """
    counts: dict[str, int] = {}
    for _, kind in _typed_objects(file, encoding):
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _typed_objects(file: Path, encoding: str) -> Iterator[tuple[str, str]]:
    """The id and the type of every object."""
    with open_unpacked(file) as (data, _):
        for _, one in json_records(file, open_text(data, encoding), "objects"):
            name, kind = (one.get("id"), one.get("type")) if isinstance(one, dict) else (None, None)
            if isinstance(name, str) and isinstance(kind, str):
                yield name, kind


def _objects(file: Path, profile: Profile, types: set[str]) -> dict[str, str]:
    """Object of a type that is asked for: its type."""
    wanted, found = {*types, profile.case_object}, {}
    seen = set()
    for name, kind in _typed_objects(file, profile.encoding):
        seen.add(kind)
        if kind in wanted:
            found[name] = kind
    if profile.case_object not in seen:
        known = ", ".join(short(kind) for kind in sorted(seen)[:20]) or "none"
        said = f"has no object of type '{profile.case_object}'" if profile.case_object else "needs a case"
        remedy = "state in a profile with `extends: ocel` which type of object is the case, as `case_object`"
        raise LogError(f"{file}: the log {said} (types here: {known}); {remedy}")
    return found


def _rows(event: Json, objects: dict[str, str], case_object: str | None) -> Iterator[dict[str, str | None]]:
    row: dict[str, str | None] = {}
    for attribute in _dicts(event, "attributes"):
        row[str(attribute.get("name"))] = _plain(attribute.get("value"))
    row |= {"@id": _plain(event.get("id")), "@type": _plain(event.get("type")), "@time": _plain(event.get("time"))}
    cases: dict[str, None] = {}
    for relation in _dicts(event, "relationships"):
        name = _plain(relation.get("objectId")) or ""
        kind = objects.get(name)
        if kind == case_object:
            cases[name] = None
        if kind is not None:
            row.setdefault(_OBJECT + kind, name)
    for case in cases or (None,):
        yield {**row, "@case": case}


def _dicts(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = holder.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _plain(value: Any) -> str | None:
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else None
