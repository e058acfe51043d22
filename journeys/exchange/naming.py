"""Which id of the model does a name of another tool, or of a log, get?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from touchpoints.records.journey import ENDS

_RESERVED = (*ENDS, "unknown")


class Names:
    """Gives each name of a file an id: the same name the same id, another name another; none that is taken."""

    def __init__(self, kind: str, taken: Iterable[str] = ()) -> None:
        self.kind = kind
        self._ids: dict[str, str] = {}
        self._used = Counter(list(taken))

    def __call__(self, name: str) -> str:
        """The id of a name."""
        if name not in self._ids:
            plain = snake_id(name, self.kind)
            made = plain
            while made in self._used:
                self._used[plain] += 1
                made = f"{plain[:70]}_{self._used[plain]}"
            self._used[made] = 1
            self._ids[name] = made
        return self._ids[name]


def snake_id(name: str, kind: str) -> str:
    """An id for a name.

    Example:
        >>> snake_id("TP1", "step"), snake_id("één 2", "step"), snake_id("客户", "step"), snake_id("Resolved", "step")
        ('tp1', 'een_2', 'step', 'step_resolved')
    """
    if re.fullmatch(r"[a-z][a-z0-9_]{0,79}", name) and name not in _RESERVED:
        return name
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not plain[:1].isalpha() or plain in _RESERVED:
        plain = f"{kind}_{plain}"
    return plain[:70].rstrip("_")
