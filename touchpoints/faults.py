"""Where is a model wrong, and how is that said?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
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
        object.__setattr__(self, "message", _on_one_line(self.message))

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
        return f"{_printable(file)}:{self.place.line}: {word}{self.message} [{self.rule}]"


_LONGEST = 600
_LONG_WORD = re.compile(r"'([^']{100,})'")


def _on_one_line(message: str) -> str:
    """A message that stays one readable line, whatever the model has in its names.

    Example:
        >>> _on_one_line(f"unknown team 'kcc{chr(10)}'") == f"unknown team 'kcc{chr(92)}n'"
        True
        >>> _on_one_line("unknown team '" + "x" * 5_000 + "'; did you mean 'kcc'?")[60:]
        "xxxxxxxxxxxxxx…' (5,000 characters); did you mean 'kcc'?"
    """
    text = _printable(message)
    if len(text) > _LONGEST:
        text = _LONG_WORD.sub(lambda found: f"'{found[1][:60]}…' ({len(found[1]):,} characters)", text)
    return text if len(text) <= _LONGEST else f"{text[:397]} … {text[-200:]}"


def _printable(text: str) -> str:
    """Text in which control characters, line breaks and marks of direction show instead of working."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


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


def hint(word: str, known: Iterable[str], most: int = 8, prefix: str = "") -> str:
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
    near = _nearest(word, names)
    shown = ", ".join(prefix + name for name in names[:most])
    shown += f", … {len(names) - most} more" if len(names) > most else ""
    return (f"; did you mean '{prefix}{near}'?" if near else "") + f" (known: {shown})"


_FEW_NAMES = 200
_LONG_NAME = 100
_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def _nearest(word: str, names: Sequence[str]) -> str | None:
    """The name most like a word; among many names only one that is a slip away, so that thousands of errors are quick.

    Example:
        >>> _nearest("touchpoint_71x", [f"touchpoint_{i}" for i in range(5000)])
        'touchpoint_71'
    """
    if len(word) > _LONG_NAME:
        return None
    if len(names) <= _FEW_NAMES:
        return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=0.6)), None)
    known = set(names)
    return next((name for name in _slips(word) if name in known), None)


def _slips(word: str) -> Iterator[str]:
    """All words with one sign less, two swapped, one other or one more."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + sign + tail[1:] for head, tail in cuts if tail for sign in _SIGNS)
    yield from (head + sign + tail for head, tail in cuts for sign in _SIGNS)
