"""What is the model with the values of a truth file laid over it?

A truth file has the shape of a model file; it holds only what is different. Maps merge, lists replace, null takes
away. `volumes` is a mapping here, by the key that the model's list has: `touchpoint/reason`, or
`touchpoint/reason/persona`.

    volumes:
      kcc_phone/passport_status: {contacts: 1800/month, handling_time: 5m}
    journeys:
      move_house: {steps: {search: {next: {call: 40%, notify_online: 52%}}}}
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from journeys.soundness import unsound
from touchpoints.collections import BY_ID, LISTS, SINGULAR
from touchpoints.consistency import inconsistencies
from touchpoints.extend import extend, merge
from touchpoints.faults import Fault, ModelError, hint
from touchpoints.inventory import Inventory
from touchpoints.library import library_trees
from touchpoints.load import resolve_references
from touchpoints.located import Located
from touchpoints.validate import check_id, validate
from touchpoints.yaml_tree import read_yaml

KEYS = (*BY_ID, "volumes")
"""The top-level keys of a truth file."""

_VOLUME_KEY = ("touchpoint", "reason", "persona")


def lay_over(inventory: Inventory, truth: str | Path) -> Inventory:
    """The inventory with the values of a truth file in place of its own; nothing else differs.

    Args:
        inventory: a model without errors.
        truth: a YAML file of overrides.

    Raises:
        ModelError: the file has errors, or the model has with it; each names the truth file and line.
        OSError: the file cannot be read.
    """
    name = str(truth)
    tree, faults = read_yaml(Path(truth).read_bytes(), name)
    if tree is not None and not isinstance(tree.value, dict):
        message = f"a truth file holds `key: …` lines such as `volumes:`, not a list or a single value{hint('', KEYS)}"
        faults.append(Fault(tree.place, "wrong-type", message))
    overrides = _overrides(tree, faults)
    records: dict[str, dict[str, Any]] = {key: dict(getattr(inventory, key)) for key in (*BY_ID, *LISTS)}
    for collection, own in overrides.items():
        _lay_over_collection(collection, own, records[collection], faults)
    taken = resolve_references(records, {key: {**records[key], **overrides.get(key, {})} for key in records}, faults)
    changes: dict[str, Any] = {**records, "from_library": inventory.from_library | taken}
    laid = replace(inventory, **changes)
    if not _errors(faults):
        faults.extend(inconsistencies(laid))
        faults.extend(unsound(laid))
    fresh = set(faults) - set(inventory.faults)
    if _errors(fresh):
        raise ModelError(fresh)
    return replace(laid, faults=tuple(sorted(fresh)))


def _errors(faults: set[Fault] | list[Fault]) -> bool:
    return any(fault.is_error for fault in faults)


def _overrides(tree: Located | None, faults: list[Fault]) -> dict[str, dict[str, Located]]:
    """What the file overrides, by collection and id."""
    found: dict[str, dict[str, Located]] = {}
    parts = tree.value if tree is not None and isinstance(tree.value, dict) else {}
    for key, part in parts.items():
        if key not in KEYS:
            message = f"'{key}' cannot be overridden by a truth file{hint(key, KEYS, most=20)}; delete it"
            faults.append(Fault(part.place, "unknown-top-level", message))
        elif isinstance(part.value, dict):
            found[key] = part.value
        elif part.value is not None:
            form = "touchpoint/reason: {…}" if key == "volumes" else "an_id: {…}"
            message = f"'{key}' must be a mapping in a truth file, like `{key}: {{{form}}}`"
            faults.append(Fault(part.place, "wrong-type", message))
    return found


def _lay_over_collection(
    collection: str, own: dict[str, Located], records: dict[str, Any], faults: list[Fault]
) -> None:
    """Put the overridden records of a collection in place."""
    model = BY_ID.get(collection) or LISTS[collection]
    trees = {name: record.written for name, record in records.items()}
    for name, tree in own.items():
        who = f"{SINGULAR[collection]} '{name}'"
        if tree.value is None and name in records:
            del records[name], trees[name]
            continue
        if collection != "volumes" and name not in records:
            faults.extend(check_id(name, who, tree.place))
        stated = _volume(name, tree, who, faults) if collection == "volumes" else tree
        trees[name] = merge(trees[name], stated) if name in trees else stated
        whole, wrong = extend(collection, name, trees, library_trees(collection) if collection in BY_ID else {})
        faults.extend(wrong)
        record, wrong = validate(model, whole, who, {"id": name})
        faults.extend(wrong)
        if record is not None:
            records[name] = record


def _volume(key: str, tree: Located, who: str, faults: list[Fault]) -> Located:
    """A volume with what its key says written inside, as the model writes it."""
    named = dict(zip(_VOLUME_KEY, key.split("/"), strict=False))
    if len(named) < 2 or key.count("/") >= len(_VOLUME_KEY) or not all(named.values()):
        message = f"{who}: the key of a volume is touchpoint/reason or touchpoint/reason/persona; rename it"
        faults.append(Fault(tree.place, "bad-id", message))
    if not isinstance(tree.value, dict):
        return tree
    parts = dict(tree.value)
    for field, value in named.items():
        if field in parts:
            message = f"{who}: '{field}' is named by the key of a volume; delete it here"
            faults.append(Fault(parts[field].place, "unknown-key", message))
        parts[field] = Located(value, tree.file, tree.line, tree.column)
    return Located(parts, tree.file, tree.line, tree.column)
