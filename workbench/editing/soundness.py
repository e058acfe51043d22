"""Does a change of files bring errors into a model?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from touchpoints.faults import Fault
from workbench.editing.change import EditingError
from workbench.project import open_project


class UnsoundError(EditingError):
    """The model would have errors that it does not have now; nothing was written."""

    def __init__(self, faults: Iterable[Fault], root: str = "") -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(fault.render(root) for fault in self.faults))


def require_sound(root: Path, after: Mapping[str, bytes | None]) -> None:
    """Refuse a change that brings errors; those that the model has already do not stand in its way.

    Raises:
        UnsoundError: it brings errors.
    """
    new = open_project(root, instead=after).errors
    if not new:
        return
    known = Counter(_apart_from_lines(fault) for fault in open_project(root).errors)
    brought = []
    for fault in new:
        known[_apart_from_lines(fault)] -= 1
        if known[_apart_from_lines(fault)] < 0:
            brought.append(fault)
    if brought:
        raise UnsoundError(brought, str(root))


def _apart_from_lines(fault: Fault) -> tuple[str, str, str]:
    """A fault without the numbers of lines, which move when something is written above."""
    return fault.place.file, fault.rule, re.sub(r":\d+\b|\bline \d+", "", fault.message)
