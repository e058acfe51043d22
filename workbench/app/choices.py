"""What has a viewer chosen, and how does it stand in the address so that a view can be shared?"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from touchpoints.inventory import Inventory
from workbench.language.language import LANGUAGES, Code

FIELDS = ("page", "lang", "scenario", "against", "persona", "channel", "period", "step", "at", "table",
          "drawing", "find")  # fmt: skip
"""The names in the address, beside `set` for every number that was set."""
_LINE = re.compile(r"[^\x00-\x1f]{1,400}:\d{1,7}")
_FIND = re.compile(r"[^\x00-\x1f]{1,200}")
TABLES = ("touchpoints", "reasons", "volumes", "content", "moments_of_truth")
"""The tables that are filled in at a workshop."""
_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_MOST_SET = 200

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choices:
    """All that decides what is shown; an empty text is everything, or nothing chosen.

    Attributes:
        page: which page.
        lang: nl or en.
        scenario: the one that is tried.
        against: the one it is held against; empty for the same scenario as the model states it.
        persona, channel: whose contacts are shown.
        period: a month of the log, `2026-01`.
        step: the step of a journey that was clicked, `journey/step`.
        at: a line of the model, `model/volumes.yaml:57`.
        table: which table is filled in.
        drawing: the journey that is drawn beside it; empty for the landscape.
        find: what the rows of it must hold.
        settings: assumption name to the value it was set to.
    """

    page: str = "summary"
    lang: Code = "en"
    scenario: str = ""
    against: str = ""
    persona: str = ""
    channel: str = ""
    period: str = ""
    step: str = ""
    at: str = ""
    table: str = ""
    drawing: str = ""
    find: str = ""
    settings: Mapping[str, float] = field(default_factory=dict)

    def query(self) -> str:
        """The choices as the query of an address; what is not chosen is left out.

        Example:
            >>> Choices(page="case", lang="nl", settings={"scenarios/a/ramp": 6.0}).query()
            'page=case&lang=nl&set=scenarios/a/ramp:6'
        """
        pairs = [(name, getattr(self, name)) for name in FIELDS if getattr(self, name)]
        pairs += [("set", f"{name}:{value:.6g}") for name, value in self.settings.items()]
        return urlencode(pairs, safe="/:", quote_via=quote)

    def changed(self, name: str, value: str) -> Choices:
        """The same with another choice; a name that is none changes nothing."""
        if name not in FIELDS:
            return self
        return replace(self, **{name: value})  # type: ignore[arg-type]


def read(query: Query, inventory: Inventory | None, pages: Sequence[str], language: Code) -> Choices:
    """The choices that stand in an address; whatever the model does not know is as if it were not there.

    Args:
        query: name to values.
        inventory: the model; None when there is no sound one yet.
        pages: the pages there are.
        language: the project's.
    """
    raw = {name: _last(query, name) for name in FIELDS}
    known: dict[str, set[str]] = {"page": set(pages), "lang": set(LANGUAGES), "table": set(TABLES)}
    if inventory is not None:
        known |= {
            "scenario": set(inventory.scenarios),
            "against": set(inventory.scenarios),
            "persona": set(inventory.personas),
            "channel": set(inventory.channels),
            "drawing": set(inventory.journeys),
            "step": {f"{key}/{step}" for key, journey in inventory.journeys.items() for step in journey.steps},
        }
    forms = {"period": _PERIOD, "at": _LINE, "find": _FIND}
    found = {
        name: value
        for name, value in raw.items()
        if value in known.get(name, ()) or (name in forms and forms[name].fullmatch(value))
    }
    if inventory is not None and "scenario" not in found and inventory.scenarios:
        found["scenario"] = next(iter(inventory.scenarios))
    return Choices(**{"lang": language, "page": pages[0]} | found, settings=_settings(query, inventory))  # type: ignore[arg-type]


def _last(query: Query, name: str) -> str:
    values = query.get(name) or ("",)
    return values[-1]


def _settings(query: Query, inventory: Inventory | None) -> dict[str, float]:
    """The numbers that were set, each within what its class allows."""
    if inventory is None:
        return {}
    known = {one.name: one.estimate for one in inventory.assumptions() if one.name.startswith("scenarios/")}
    found: dict[str, float] = {}
    for pair in list(query.get("set") or ())[:_MOST_SET]:
        name, _, text = pair.rpartition(":")
        value = number(text)
        if name in known and value is not None:
            found[name] = min(max(value, known[name].LOWEST), known[name].HIGHEST)
    return found


def number(text: object) -> float | None:
    """A finite number, None when it is none.

    Example:
        >>> number("0.25"), number("nan"), number("1e999"), number(None)
        (0.25, None, None, None)
    """
    try:
        value = float(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None
