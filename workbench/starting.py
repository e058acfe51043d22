"""How does a new project start: from patterns of the library, or empty?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from touchpoints.collections import LISTS
from touchpoints.extend import LIBRARY_PREFIX
from touchpoints.faults import hint
from touchpoints.library import library_record, library_text, library_trees
from touchpoints.records.base import references
from touchpoints.records.contact import Touchpoint
from touchpoints.records.journey import Journey
from touchpoints.validate import validate
from touchpoints.yaml_entry import entry
from workbench.language.language import Code, catalogue

EMPTY = "empty"
"""The pattern that holds nothing."""

FILES: dict[str, str] = {
    "channels": "channels",
    "touchpoints": "touchpoints",
    "reasons": "reasons",
    "volumes": "volumes",
    "content": "content",
    "moments_of_truth": "moments",
    "targets": "targets",
    "systems": "systems",
    "teams": "organisation",
    "maturity": "maturity",
    "scenarios": "scenarios",
    "personas": "personas",
}
"""Where the records of a collection go."""


class StartError(ValueError):
    """A project that cannot be started, said in one line."""


def patterns() -> tuple[str, ...]:
    """What a project can start from."""
    return (EMPTY, *sorted(library_trees("journeys")))


def start_project(folder: Path, names: Sequence[str], code: Code = "en", title: str | None = None) -> tuple[Path, ...]:
    """Write a project whose model has no errors, with what to fill in at the head of each file.

    Args:
        folder: a folder that is empty or not there yet.
        names: journey patterns of the library, or `empty`.
        code: the language of the project and of the comments.
        title: the project's name; the folder's when not given.

    Returns:
        the files written.

    Raises:
        StartError: a pattern is unknown, or the folder holds something.
    """
    for name in names:
        if name not in patterns():
            raise StartError(f"no pattern '{name}'{hint(name, patterns(), most=40)}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StartError(f"{folder} is there already and not an empty folder; name another")
    texts = project_texts(names, code, title or folder.resolve().name)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in texts)


def project_texts(names: Iterable[str], code: Code, title: str) -> dict[str, str]:
    """The files of a new project by name.

    Example:
        >>> list(project_texts(["move_house"], "en", "Moving"))[:2]
        ['workbench.yaml', 'model/channels.yaml']
    """
    chosen = [name for name in dict.fromkeys(names) if name != EMPTY]
    records = _records(chosen)
    settings = {"name": title, "language": code, "currency": "EUR", "time_zone": "Europe/Amsterdam"}
    lines = [line for key, value in settings.items() for line in entry(f"{key}:", value)]
    texts = {"workbench.yaml": "\n".join([*_guidance("settings", code, name=title), *lines]) + "\n"}
    for collection, file in FILES.items():
        value: Any = records.get(collection) or ([] if collection in LISTS else {})
        head = _guidance(collection, code) + (_questions(code) if collection == "maturity" else [])
        texts[f"model/{file}.yaml"] = "\n".join([*head, *entry(f"{collection}:", value, levels=2)]) + "\n"
    for name in chosen:
        text = library_text("journeys", name)
        texts[f"model/journeys/{name}.yaml"] = "\n".join([*_guidance("journeys", code), text])
    if not chosen:
        texts["model/journeys/journeys.yaml"] = "\n".join([*_guidance("journeys", code), "journeys: {}"]) + "\n"
    return texts


def _guidance(key: str, code: Code, **values: str) -> list[str]:
    """What to fill in, as lines of comment."""
    text = catalogue("guidance")[key][code]
    return [f"# {line}".rstrip() for line in (text.format(**values) if values else text).splitlines()]


def _questions(code: Code) -> list[str]:
    questions = {key: tree.plain() for key, tree in library_trees("maturity_questions").items()}
    return [f"#   {key}: {one['question'][code]}" for key, one in questions.items()]


def _records(names: Iterable[str]) -> dict[str, Any]:
    """What the journeys draw on, as records that extend the library's, and the contacts to be counted."""
    used: dict[str, dict[str, None]] = {}
    counted: dict[tuple[str, str], None] = {}
    for name in names:
        journey, faults = validate(Journey, library_record("journeys", name), name, {"id": name})
        if journey is None or faults:
            raise ValueError(f"the built-in library is broken: {faults}")
        for collection, key, _ in references(journey):
            used.setdefault(collection, {})[key] = None
        counted |= {(step.touchpoint, step.reason): None for step in journey.steps.values()
                    if step.touchpoint and step.reason}  # fmt: skip
    points = {key: library_record("touchpoints", key).plain() for key in used.get("touchpoints", {})}
    for point in points.values():
        used.setdefault("channels", {})[point["channel"]] = None
        used.setdefault("systems", {}).update(dict.fromkeys(point.get("systems", ())))
    direction = Touchpoint.model_fields["direction"].default
    return {
        **{key: {name: _extending(key, name) for name in used.get(key, ())} for key in FILES if key in used},
        "volumes": [
            {"touchpoint": point, "reason": reason}
            for point, reason in counted
            if points[point].get("direction", direction) == "inbound"
        ],
    }


def _extending(collection: str, name: str) -> dict[str, Any]:
    """A record that extends the library's, with what people look for first written out."""
    library = library_record(collection, name).plain()
    shown = ("name", "channel") if collection == "touchpoints" else ("name",)
    return {"extends": f"{LIBRARY_PREFIX}{name}", **{key: library[key] for key in shown if key in library}}
