"""How does a value know where it was written?"""

from __future__ import annotations

from typing import Any

from touchpoints.faults import Place


class Located:
    """A scalar, a list of these or a dict of these, with the place where it stands in its file.

    A value in a mapping stands at its key, so that a message points at the line a reader looks for.
    """

    __slots__ = ("column", "file", "line", "value")

    def __init__(self, value: Any, file: str, line: int, column: int) -> None:
        self.value = value
        self.file = file
        self.line = line
        self.column = column

    @property
    def place(self) -> Place:
        """File, line and column."""
        return Place(self.file, self.line, self.column)

    def at(self, *path: str | int) -> Located:
        """The deepest part that exists along a path of keys and indices."""
        here = self
        for key in path:
            inner = here.value
            if isinstance(inner, dict) and key in inner:
                here = inner[str(key)]
            elif isinstance(inner, list) and isinstance(key, int) and key < len(inner):
                here = inner[key]
            else:
                break
        return here

    def plain(self) -> Any:
        """The value without its places."""
        value = self.value
        if isinstance(value, dict):
            return {key: part.plain() for key, part in value.items()}
        if isinstance(value, list):
            return [part.plain() for part in value]
        return value
