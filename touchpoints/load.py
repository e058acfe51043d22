"""How does a project folder become an inventory, with every fault found at once?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from touchpoints.collections import BY_ID, LISTS, SINGLES, SINGULAR, known_keys, list_key
from touchpoints.consistency import inconsistencies
from touchpoints.extend import LIBRARY_PREFIX, extend, merge
from touchpoints.faults import Fault, hint
from touchpoints.files import SETTINGS_FILE, read_project_files
from touchpoints.inventory import Inventory
from touchpoints.library import library_record, library_trees
from touchpoints.located import Located
from touchpoints.records.base import Part, Record, references
from touchpoints.records.organisation import Settings
from touchpoints.validate import check_id, validate
from touchpoints.yaml_tree import without_garbage_collection

Records = dict[str, dict[str, Any]]


def load_inventory(root: str | Path, instead: Mapping[str, bytes | None] | None = None) -> Inventory:
    """Read the project in a folder; what is wrong stands in `faults`, what is right is kept.

    Args:
        root: the folder that holds `workbench.yaml` and `model/`.
        instead: what some of its files shall be taken to hold, by name.
    """
    with without_garbage_collection():
        return _load(Path(root), instead)


def _load(folder: Path, instead: Mapping[str, bytes | None] | None) -> Inventory:
    trees, files, faults = read_project_files(folder, instead)
    settings = _settings(trees, faults)
    collected = _collect(trees, faults)
    records = _validated(collected, faults)
    unknown: list[Fault] = []
    from_library = resolve_references(records, collected, unknown)
    empty = {fault.place.file for fault in faults if fault.rule == "file-empty"}
    if set(files) <= set(trees) | empty:
        faults.extend(unknown)  # else what is missing may stand in the file that could not be read
    parts: dict[str, Any] = {**records, **_singles(collected, faults)}
    inventory = Inventory(
        root=folder, settings=settings, files=tuple(files), from_library=frozenset(from_library), **parts
    )
    faults.extend(inconsistencies(inventory))
    object.__setattr__(inventory, "faults", tuple(sorted(set(faults))))
    return inventory


def _settings(trees: dict[str, Located], faults: list[Fault]) -> Settings:
    tree = trees.get(SETTINGS_FILE)
    if tree is None:
        return Settings()
    own = {key: part for key, part in tree.value.items() if key != "drivers"}
    settings, wrong = validate(Settings, Located(own, tree.file, tree.line, tree.column), "project")
    faults.extend(wrong)
    return settings or Settings()


def _collect(trees: dict[str, Located], faults: list[Fault]) -> dict[str, Any]:
    """The trees of all records, merged over the files, by top-level key."""
    collected: dict[str, Any] = {key: {} for key in (*BY_ID, *SINGLES)} | {key: [] for key in LISTS}
    for file, tree in trees.items():
        for key, part in tree.value.items():
            if file == SETTINGS_FILE and key != "drivers":
                continue
            if key not in collected:
                message = f"unknown top-level key '{key}'{hint(key, known_keys(), most=20)}"
                faults.append(Fault(part.place, "unknown-top-level", message))
            elif part.value is not None:
                _add(collected, key, part, faults)
    return collected


def _add(collected: dict[str, Any], key: str, part: Located, faults: list[Fault]) -> None:
    if key in LISTS:
        if isinstance(part.value, list):
            collected[key].extend(part.value)
        else:
            message = f"'{key}' must be a list; start each record with '- '"
            faults.append(Fault(part.place, "wrong-type", message))
        return
    if not isinstance(part.value, dict):
        message = f"'{key}' must be a mapping of ids to records, like `{key}: {{an_id: {{…}}}}`"
        faults.append(Fault(part.place, "wrong-type", message))
        return
    for name, tree in part.value.items():
        earlier = collected[key].get(name)
        if earlier is not None:
            one = SINGULAR.get(key, key)
            message = f"{one} '{name}' stands here and in {earlier.place}; delete or rename one"
            faults.append(Fault(tree.place, "duplicate-id", message))
        else:
            collected[key][name] = tree


def _validated(collected: Mapping[str, Any], faults: list[Fault]) -> Records:
    """Typed records of every collection; those with faults are left out."""
    records: Records = {}
    for collection, model in BY_ID.items():
        own = collected[collection]
        library = library_trees(collection) if _extends(own) else {}
        found = records[collection] = {}
        for name, tree in own.items():
            who = f"{SINGULAR[collection]} '{name}'"
            faults.extend(check_id(name, who, tree.place))
            whole, wrong = extend(collection, name, own, library)
            if model.SHORT and not isinstance(whole.value, dict):
                whole = Located({model.SHORT: whole}, whole.file, whole.line, whole.column)
            faults.extend(wrong)
            record, wrong = validate(model, whole, who, {"id": name})
            faults.extend(wrong)
            if record is not None:
                found[name] = record
    for collection, model in LISTS.items():
        records[collection] = _listed(collection, model, collected[collection], faults)
    return records


def _extends(own: Mapping[str, Located]) -> bool:
    return any(isinstance(tree.value, dict) and "extends" in tree.value for tree in own.values())


def _listed(collection: str, model: type[Record], trees: list[Located], faults: list[Fault]) -> dict[str, Any]:
    """Records of a list, by the key that follows from what they are about."""
    found: dict[str, Any] = {}
    for index, tree in enumerate(trees, start=1):
        fields = tree.value if isinstance(tree.value, dict) else {}
        key = list_key(collection, {name: part.value for name, part in fields.items()}, index)
        record, wrong = validate(model, tree, f"{SINGULAR[collection]} '{key}'", {"id": key})
        faults.extend(wrong)
        if record is None:
            continue
        if key in found:
            rule = "duplicate-volume" if collection == "volumes" else "duplicate-moment"
            message = f"{SINGULAR[collection]} '{key}' stands here and in {found[key].place}; merge the two"
            faults.append(Fault(tree.place, rule, message))
        else:
            found[key] = record
    return found


def _singles(collected: Mapping[str, Any], faults: list[Fault]) -> dict[str, Part]:
    """The parts that exist once: the library's defaults with the project's values laid over them."""
    result: dict[str, Part] = {}
    for key, model in SINGLES.items():
        fields: dict[str, Located] = collected[key]
        default = Located(dict(library_trees(key)), f"library/{key}", 1, 1)
        first = next(iter(fields.values()), default)
        own = Located(fields, first.file, first.line, first.column)
        part, wrong = validate(model, merge(default, own), key)
        faults.extend(wrong)
        result[key] = part or model()
    return result


def resolve_references(records: Records, collected: Mapping[str, Any], faults: list[Fault]) -> set[tuple[str, str]]:
    """Check every reference; a name the project lacks and the library has is taken from the library."""
    taken: set[tuple[str, str]] = set()
    pending = [(collection, record) for collection in (*BY_ID, *LISTS) for record in records[collection].values()]
    while pending:
        collection, record = pending.pop()
        for target_collection, target, path in references(record):
            name = target
            if name in records[target_collection] or name in collected.get(target_collection, ()):
                continue
            if name in library_trees(target_collection):
                made = _from_library(target_collection, name)
                records[target_collection][name] = made
                taken.add((target_collection, name))
                pending.append((target_collection, made))
                continue
            one = SINGULAR[target_collection]
            who = f"{SINGULAR[collection]} '{record.id}'"
            known = list(collected[target_collection]) or list(library_trees(target_collection))
            message = f"{who}: unknown {one} '{target}'{hint(target.removeprefix(LIBRARY_PREFIX), known)}"
            faults.append(Fault(record.where(*path), "unknown-reference", message))
    return taken


def _from_library(collection: str, name: str) -> Record:
    record, wrong = validate(BY_ID[collection], library_record(collection, name), name, {"id": name})
    if record is None:
        raise ValueError(f"the built-in library is broken: {wrong}")
    return record
