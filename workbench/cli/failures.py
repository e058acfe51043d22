"""How are failures that a user can mend told on the command line?"""

from __future__ import annotations

import sys

FINDINGS = 1
USAGE = 2
_KNOWN = (
    ("workbench.log.errors", "LogError"),
    ("workbench.simulation.simulate", "SimulationError"),
    ("workbench.editing.change", "EditingError"),
)
"""Errors of other modules that say what the user can do; a module that was not imported raised none."""


class UserError(Exception):
    """Something the user can mend, with the exit status it ends in."""

    def __init__(self, message: str, status: int = FINDINGS) -> None:
        super().__init__(message)
        self.status = status


def as_user_error(error: Exception) -> UserError | None:
    """The message for an error that stands for the user's input or disk, None for one of our own making."""
    from touchpoints.faults import ModelError

    if isinstance(error, ModelError):
        where = f"; `workbench check {error.root}` lists them" if error.root else ""
        return UserError(f"{error}\nmend the errors first{where}")
    for module, name in _KNOWN:
        found = getattr(sys.modules.get(module), name, None)
        if found is not None and isinstance(error, found):
            return UserError(str(error))
    if isinstance(error, NotADirectoryError | FileNotFoundError | IsADirectoryError | PermissionError):
        return UserError(f"{error}", USAGE)
    if isinstance(error, OSError) and error.filename:
        return UserError(f"{error.filename}: {error.strerror}", USAGE)
    return None
