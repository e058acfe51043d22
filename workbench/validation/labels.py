"""What do people call an assumption of the ledger?"""

from __future__ import annotations

from touchpoints.inventory import Inventory
from workbench.language.language import Language
from workbench.validation.followed import Contact
from workbench.validation.rows import ELSEWHERE, STOP


def label_of(inventory: Inventory, name: str, language: Language) -> str:
    """The label of an assumption by its name.

    Args:
        inventory: the model.
        name: `volumes/ID/FIELD` or `journeys/ID/PATH`, as `Inventory.assumptions` names it.
        language: the language of the label.
    """
    collection, _, rest = name.partition("/")
    key, _, field = rest.rpartition("/")
    if collection == "volumes":
        return _volume(inventory, key, field, language)
    return _journey(inventory, key, field.split("."), language)


def label_of_contact(inventory: Inventory, contact: Contact, language: Language) -> str:
    """Touchpoint and reason as people call them; the log's own word where the model does not know it."""
    touchpoint, reason = contact
    found = (inventory.touchpoints.get(touchpoint or ""), inventory.reasons.get(reason or ""))
    words = (record.label(language.code) if record else word for record, word in zip(found, contact, strict=True))
    return " · ".join(word for word in words if word) or language.text("ledger.unnamed")


def _volume(inventory: Inventory, key: str, field: str, language: Language) -> str:
    volume, code = inventory.volumes[key], language.code
    parts = [inventory.touchpoints[volume.touchpoint].label(code), inventory.reasons[volume.reason].label(code)]
    if volume.persona:
        parts.append(inventory.personas[volume.persona].label(code))
    return f"{' · '.join(parts)}: {language.text(f'ledger.{field}')}"


def _journey(inventory: Inventory, key: str, path: list[str], language: Language) -> str:
    journey, code = inventory.journeys[key], language.code
    if path[0] == "starts":
        return f"{journey.label(code)}: {language.text('ledger.starts')}"
    if path[0] == "start":
        return f"{journey.label(code)}: {language.text('ledger.start', step=_step(inventory, key, path[1], language))}"
    if path[0] == "personas":
        persona = inventory.personas[path[1]].label(code)
        return f"{journey.label(code)}: {language.text('ledger.persona', persona=persona)}"
    whose = f" ({inventory.personas[path[3]].label(code)})" if path[2] == "by_persona" else ""
    before, after = (_step(inventory, key, step, language) for step in (path[1], path[-1]))
    return f"{journey.label(code)}{whose}: {before} → {after}"


def _step(inventory: Inventory, journey: str, step: str, language: Language) -> str:
    if step in (STOP, ELSEWHERE):
        return language.text(f"ledger.{step}")
    return inventory.journeys[journey].steps[step].label(language.code)
