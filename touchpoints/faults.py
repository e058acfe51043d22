"""Where is a model wrong, and how is that said?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from touchpoints.rules import RULES


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value stands: file (relative to the project), line and column, counted from one.

    Example:
        >>> str(Place("model/volumes.yaml", 57, 3))
        'model/volumes.yaml:57'
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong at one place: an error stops the analyses, a warning does not.

    Example:
        >>> fault = Fault(Place("model/volumes.yaml", 57), "unit-missing", "handling_time 390 has no unit")
        >>> str(fault)
        'model/volumes.yaml:57: handling_time 390 has no unit [unit-missing]'
    """

    place: Place
    rule: str
    message: str

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"rule must be one of the catalogue, got {self.rule!r}")

    @property
    def is_error(self) -> bool:
        """Whether the fault stops the analyses."""
        return RULES[self.rule].severity == "error"

    def __str__(self) -> str:
        return self.render()

    def render(self, root: str = "") -> str:
        """One line in the form compilers use, with the file below `root`."""
        file = f"{root.rstrip('/')}/{self.place.file}" if root else self.place.file
        word = "" if self.is_error else "warning: "
        return f"{file}:{self.place.line}: {word}{self.message} [{self.rule}]"


class ModelError(Exception):
    """A model with errors was asked for a result."""

    def __init__(self, faults: Iterable[Fault], root: str = "") -> None:
        self.faults = tuple(sorted(faults))
        self.root = root
        lines = "\n".join(fault.render(root) for fault in self.faults)
        super().__init__(f"{lines}\n{summary(self.faults)}")


def summary(faults: Iterable[Fault], files: int | None = None) -> str:
    """The closing line of a check.

    Example:
        >>> summary([], files=3)
        '0 errors, 0 warnings in 3 files'
    """
    faults = list(faults)
    errors = sum(fault.is_error for fault in faults)
    warnings = len(faults) - errors
    files = len({fault.place.file for fault in faults}) if files is None else files
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {_count(files, 'file')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def hint(word: str, known: Iterable[str], most: int = 8) -> str:
    """The nearest known name and a short list of what is known, to stand behind an error.

    Example:
        >>> hint("fone", ["phone", "web", "chat"])
        "; did you mean 'phone'? (known: chat, phone, web)"
        >>> hint("fone", [])
        '; none is defined yet'
    """
    names = sorted(known)
    if not names:
        return "; none is defined yet"
    near = difflib.get_close_matches(word, names[:5000], n=1, cutoff=0.6)
    shown = ", ".join(names[:most]) + (f", … {len(names) - most} more" if len(names) > most else "")
    return (f"; did you mean '{near[0]}'?" if near else "") + f" (known: {shown})"
