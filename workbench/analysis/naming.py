"""What do people call a number of the model, and where does it come from?"""

from __future__ import annotations

from touchpoints.faults import Place
from touchpoints.inventory import Inventory
from touchpoints.library import PREFIX
from touchpoints.records.base import FieldEvidence, Record
from touchpoints.records.journey import Journey
from touchpoints.records.scenario import Scenario
from workbench.language.language import Language

_ENDS = ("resolved", "gave_up")


def name_of(inventory: Inventory, name: str, language: Language) -> str:
    """The name of an assumption in words: whose it is, and which of its numbers.

    Args:
        inventory: the model.
        name: collection/id/field, as assumptions carry it.
        language: Dutch or English.
    """
    collection, _, rest = name.partition("/")
    owner, _, field = rest.rpartition("/")
    if collection == "volumes":
        touchpoint, reason, *persona = owner.split("/")
        whose = [_label(inventory, "touchpoints", touchpoint, language), _label(inventory, "reasons", reason, language)]
        whose += [_label(inventory, "personas", one, language) for one in persona]
        return _sentence(whose, _field(field, language))
    records = getattr(inventory, collection, None)
    record = records.get(owner) if isinstance(records, dict) else None
    if isinstance(record, Journey):
        return _of_journey(inventory, record, field, language)
    if isinstance(record, Scenario):
        return _of_scenario(record, field, language)
    named = record.label(language.code) if isinstance(record, Record) else owner.replace("/", " · ")
    return _sentence([named or language.word(collection)], _field(field, language))


def origin_of(evidence: FieldEvidence, place: Place, language: Language) -> str | None:
    """Where a number comes from; what the library says of its own numbers stands at their place, in English."""
    return language.text("origin.library") if place.file.startswith(PREFIX) else evidence.source


def _sentence(whose: list[str], what: str) -> str:
    return f"{' · '.join(whose)}: {what}"


def _label(inventory: Inventory, collection: str, key: str, language: Language) -> str:
    record = getattr(inventory, collection).get(key)
    return record.label(language.code) if record is not None else key


def _field(field: str, language: Language) -> str:
    """The word for a field."""
    return language.word(field.rpartition(".")[2])


def _of_journey(inventory: Inventory, journey: Journey, field: str, language: Language) -> str:
    code = language.code
    whose, parts = [journey.label(code)], field.split(".")
    if parts[0] == "steps" and parts[1] in journey.steps:
        whose.append(journey.steps[parts[1]].label(code))
    if "by_persona" in parts:
        whose.append(_label(inventory, "personas", parts[parts.index("by_persona") + 1], language))
    if "next" in parts or parts[0] == "start":
        target = parts[-1]
        step = journey.steps.get(target)
        to = step.label(code) if step is not None else language.word(target) if target in _ENDS else target
        return _sentence(whose, f"→ {to}")
    if parts[0] == "personas":
        return _sentence(whose, _label(inventory, "personas", parts[1], language))
    return _sentence(whose, _field(field, language))


def _of_scenario(scenario: Scenario, field: str, language: Language) -> str:
    whose, parts = [scenario.label(language.code)], field.split(".")
    if parts[0] == "measures":
        measure = scenario.measures[int(parts[1])]
        whose.append(measure.label(language.code).strip() or language.word(measure.kind))
    elif parts[0] == "investments":
        whose.append(scenario.investments[int(parts[1])].what.text(language.code))
    return _sentence(whose, _field(field, language))
