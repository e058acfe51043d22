"""What we work out from the inventory and its journeys, and show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.project import Project

__all__ = ["open"]


def open(root: str) -> Project:
    """Open the project in a folder: `import workbench as wb; project = wb.open("examples/gemeente")`.

    Raises:
        ModelError: the model has errors; all of them are in the message.
    """
    from workbench.project import open_project

    return open_project(root).require_sound()
