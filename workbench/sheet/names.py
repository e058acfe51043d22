"""How do ids with what people call them share a cell, such as the phases of a journey?

A list of ids stands as it is written; a name follows its id where it is another: `find, act: Do it yourself`. A cell
shows names in one language, those in the other stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from touchpoints.yaml_tree import write_flow
from workbench.editing.change import ABSENT
from workbench.language.language import Language


def names_text(value: Any, language: Language) -> str:
    """The text of a cell for ids and names as written in the model.

    Example:
        >>> names_text({"find": "find", "act": {"nl": "Zelf doen", "en": "Do it yourself"}}, Language("en"))
        'find, act: Do it yourself'
    """
    parts = []
    for key, name in _by_id(value).items():
        said = _said(key, name, language)
        own = write_flow(key)
        parts.append(own if said == _words(key) else f"{own}: {write_flow(said)}")
    return ", ".join(parts)


def names_value(items: list[Any]) -> Any:
    """What the parts of a cell mean: a list of ids, or a mapping where one of them has a name.

    Raises:
        ValueError: a part is neither an id nor an id with its name.

    Example:
        >>> names_value(["find", "act"]), names_value(["find", {"act": "Do it"}])
        (['find', 'act'], {'find': 'find', 'act': 'Do it'})
    """
    found: dict[str, str] = {}
    for item in filter(_is_part, items):
        for key, name in (item if isinstance(item, dict) else {item: None}).items():
            found[str(key)] = _words(str(key)) if name is None else str(name)
    if len(found) < len(items):
        raise ValueError("a part is no id, or stands there twice")
    return found if any(isinstance(item, dict) for item in items) else list(found)


def names_over(value: Any, before: Any, own: Any, language: Language) -> Any:
    """The ids and names of a cell over those of the files, which may say some in two languages.

    Args:
        value: what the cell means.
        before: what it meant when the workbook was made.
        own: what the files hold; ABSENT when it is inherited.
        language: that of the cell.
    """
    if isinstance(own, list) and all(isinstance(item, str) for item in own):
        return value
    wanted, was, held = _by_id(value), _by_id(before), {} if own is ABSENT else _by_id(own)
    if own is ABSENT and was:  # only what differs, so that the rest goes on being inherited
        changed = {key: {language.code: name} if key in was else name for key, name in wanted.items()
                   if _said(key, name, language) != _said(key, was.get(key, ""), language)}  # fmt: skip
        return changed | dict.fromkeys(key for key in was if key not in wanted)
    result: dict[str, Any] = {}
    for key, name in wanted.items():
        old, said = held.get(key), _said(key, name, language)
        if key in held and _said(key, old, language) == said:
            result[key] = old
        else:
            result[key] = {**old, language.code: said} if isinstance(old, dict) else said
    return result


def is_reordered(value: Any, before: Any) -> bool:
    """Whether a cell wants what was there in another order, which a mapping keeps."""
    wanted, was = _by_id(value), _by_id(before)
    return isinstance(before, dict) and [key for key in wanted if key in was] != [key for key in was if key in wanted]


def _by_id(value: Any) -> dict[str, Any]:
    """Names by id, of any way to write them."""
    if isinstance(value, Mapping):
        return {str(key): name for key, name in value.items()}
    found: dict[str, Any] = {}
    for item in value if isinstance(value, list) else []:
        found |= _by_id(item) if isinstance(item, Mapping) else {str(item): None}
    return found


def _said(key: str, name: Any, language: Language) -> str:
    """The name in a language; the id in words when it has none."""
    if isinstance(name, Mapping):
        other = "en" if language.code == "nl" else "nl"
        name = name.get(language.code) or name.get(other)
    return str(name or _words(key))


def _words(key: str) -> str:
    return key.replace("_", " ")


def _is_part(item: Any) -> bool:
    if isinstance(item, dict):
        return all(name is None or isinstance(name, str | int | float) for name in item.values())
    return isinstance(item, str | int | float)
