"""What do people call the words of a log? As the model names them."""

from __future__ import annotations

from touchpoints.inventory import Inventory
from workbench.language.language import Language
from workbench.log.measure import Names

_COLLECTIONS = {
    "touchpoint": "touchpoints",
    "channel": "channels",
    "reason": "reasons",
    "persona": "personas",
    "content_id": "content",
}


def names_of(inventory: Inventory, language: Language) -> Names:
    """For each dimension that the model knows the label of each of its ids."""
    return {
        name: {key: record.label(language.code) for key, record in getattr(inventory, collection).items()}
        for name, collection in _COLLECTIONS.items()
    }
