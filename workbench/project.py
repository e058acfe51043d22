"""What is a project: a folder with a model, and all that is wrong with it?"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from journeys.flow import JourneyFlow, journey_flows
from journeys.reconcile import Reconciled, contradictions, reconcile
from journeys.soundness import unsound
from touchpoints.faults import Fault, ModelError
from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory
from workbench.language.language import Code, Language


@dataclass(frozen=True, repr=False)
class Project:
    """A project folder, read once."""

    root: Path
    inventory: Inventory
    faults: tuple[Fault, ...]
    lang: Code | None = None
    """The language of results, when it is not that of the project's settings."""

    def __repr__(self) -> str:
        found, language = self.inventory, self.language
        counted = ("touchpoints", "reasons", "volumes", "content", "journeys", "scenarios")
        return language.text(
            "project.shown", name=found.label(language.code), errors=len(self.errors),
            warnings=len(self.faults) - len(self.errors), **{one: len(getattr(found, one)) for one in counted},
        )  # fmt: skip

    @property
    def language(self) -> Language:
        """The language of results, with the project's currency."""
        settings = self.inventory.settings
        return Language(self.lang or settings.language, settings.currency)

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that stop the analyses."""
        return tuple(fault for fault in self.faults if fault.is_error)

    def require_sound(self) -> Project:
        """The project itself, when its model has no errors.

        Raises:
            ModelError: it has; all of them are in the message.
        """
        if self.errors:
            raise ModelError(self.faults, str(self.root))
        return self

    @cached_property
    def flows(self) -> dict[str, JourneyFlow]:
        """The flow of every journey."""
        return journey_flows(self.inventory)

    @cached_property
    def reconciled(self) -> tuple[Reconciled, ...]:
        """Volume and flow of every touchpoint and reason."""
        return reconcile(self.inventory, self.flows)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What one analysis worked out of this model and others need too, by its name."""
        return {}

    @property
    def store_file(self) -> Path:
        """Where the project's contact log is kept."""
        return self.root / ".workbench" / "log.duckdb"

    @property
    def key_file(self) -> Path:
        """Where the key of the customers' pseudonyms is kept: as the settings say, else in the user's own folder.

        It stays outside the project, so that a copy of the project does not carry it along.
        """
        stated = self.inventory.settings.privacy.key_file
        if stated:
            return self.root / stated
        name = hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:16]
        base = os.environ.get("XDG_CONFIG_HOME")
        folder = Path(base) if base else Path.home() / ".config"
        return folder / "journey-workbench" / f"{self.root.resolve().name}-{name}.key"


def open_project(
    root: str | Path, lang: Code | None = None, instead: Mapping[str, bytes | None] | None = None
) -> Project:
    """Read the project in a folder with every fault of its inventory and its journeys.

    Args:
        root: the folder.
        lang: `nl` or `en`, when results shall not be in the project's own language.
        instead: what some of its files shall be taken to hold, by name; nothing is written.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    folder = Path(root)
    if not folder.is_dir():
        raise NotADirectoryError(f"root must be a project folder, got {str(root)!r}")
    inventory = load_inventory(folder, instead)
    faults = [*inventory.faults, *unsound(inventory)]
    if not any(fault.is_error for fault in faults):
        faults.extend(contradictions(inventory, reconcile(inventory)))
    return Project(folder, inventory, tuple(sorted(set(faults))), lang)
