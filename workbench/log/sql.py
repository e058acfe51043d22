"""How are texts written in SQL?"""

from __future__ import annotations

from collections.abc import Iterable


def literal(text: str) -> str:
    """A text in quotes.

    Example:
        >>> literal("'s-Gravenhage")
        "'''s-Gravenhage'"
    """
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """Texts in quotes, with commas between them.

    Example:
        >>> literals(["a", "b"])
        "'a', 'b'"
    """
    return ", ".join(literal(text) for text in texts)
