"""What is a change of a model, and what undoes it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from touchpoints.collections import SINGULAR
from touchpoints.faults import Place
from touchpoints.yaml_tree import write_flow

FieldPath = tuple[str | int, ...]


class Absent(Enum):
    """Stands where there is no value; `None` is a value, which takes away what a record inherits."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record, or a whole record, from one value to another.

    Attributes:
        collection: a top-level key of the model.
        key: the record's id; touchpoint/reason(/persona) of a volume, `at` of a moment of truth, the inventory's key
            of a target; empty for parts that exist once, such as `vision`.
        path: the field: keys, and indices in lists; empty for the record as a whole.
        before: the value the change is based on, as written in YAML; ABSENT adds.
        after: the new value, as it is to be written; ABSENT removes.

    Example:
        >>> Change("volumes", "kcc/move_how", ("wait",), "90s", "80s").inverse.after
        '90s'
    """

    collection: str
    key: str
    path: FieldPath = ()
    before: Any = ABSENT
    after: Any = ABSENT

    @property
    def inverse(self) -> Change:
        """The change that takes it back."""
        return Change(self.collection, self.key, self.path, self.after, self.before)

    @property
    def where(self) -> str:
        """The record and the field, as messages name them."""
        one = SINGULAR.get(self.collection, self.collection)
        record = f"{one} '{self.key}'" if self.key else one
        return f"{record}: {'.'.join(map(str, self.path))}" if self.path else record


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that are made together or not at all.

    Attributes:
        changes: in the order in which they are made; a later one may be based on an earlier one.
        texts: texts of files that such an edit came from and went to, so that an undo also brings back the comments
            and the notation that stood there; None is no file.
    """

    changes: tuple[Change, ...]
    texts: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)

    @property
    def inverse(self) -> Edit:
        """The edit that takes it back."""
        texts = {name: (after, before) for name, (before, after) in self.texts.items()}
        return Edit(tuple(one.inverse for one in reversed(self.changes)), texts)


class EditingError(ValueError):
    """A change that cannot be made, said in one line."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change whose field no longer holds the value it was based on.

    Attributes:
        change: what was to be changed.
        now: the value that stands there now.
        place: where it stands.
    """

    change: Change
    now: Any
    place: Place

    def __str__(self) -> str:
        was, yours = _told(self.change.before), _told(self.change.after)
        return f"{self.place}: {self.change.where} was {was} and is now {_told(self.now)}; yours is {yours}"


class ConflictError(EditingError):
    """Somebody changed the same fields since; nothing was written."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__("\n".join(str(one) for one in conflicts))


def _told(value: Any) -> str:
    """A value on one line of a message."""
    if value is ABSENT:
        return "absent"
    text = write_flow(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
