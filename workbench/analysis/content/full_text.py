"""Which documents hold the terms of a query, best first? The one door to SQLite's full-text index (FTS5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

_TOKENIZER = "tokenize='ascii'"
"""Terms come in as letters and digits; this tokenizer keeps every sign beyond ASCII as part of its word."""


@dataclass(frozen=True, slots=True)
class Term:
    """A stem to look for, whole or as the beginning of a word."""

    stem: str
    beginning: bool = False


class FullText:
    """Documents of stems in named columns, in memory, ranked by BM25.

    score(d, q) = Σₜ idf(t) · f(t, d)(k₁ + 1) / (f(t, d) + k₁(1 − b + b·|d|/avg|d|)), with k₁ = 1.2, b = 0.75,
    idf(t) = ln((N − n(t) + ½)/(n(t) + ½)), at least 10⁻⁶, and f(t, d) the number of times t stands in d, each column
    counted by its weight. |d| counts the stems of all columns.

    Args:
        columns: the columns with their weights.
        documents: for each document its stems per column.

    Example:
        >>> index = FullText({"title": 4.0, "text": 1.0}, [{"title": ["verhuis"]}, {"text": ["paspoort"]}, {}])
        >>> [document for document, _ in index.ranked([Term("paspoort")])]
        [1]

    References:
        Robertson and Zaragoza (2009), The probabilistic relevance framework: BM25 and beyond, Foundations and Trends in
        Information Retrieval 3(4), 333-389.
    """

    def __init__(self, columns: Mapping[str, float], documents: Sequence[Mapping[str, Sequence[str]]]) -> None:
        self._weights = tuple(columns.values())
        self._file = sqlite3.connect(":memory:", check_same_thread=False)
        names = ", ".join(f'"{name}"' for name in columns)
        self._file.execute(f"CREATE VIRTUAL TABLE documents USING fts5({names}, {_TOKENIZER})")
        marks = ", ".join("?" * (len(columns) + 1))
        self._file.executemany(
            f"INSERT INTO documents(rowid, {names}) VALUES ({marks})",
            [(number, *(" ".join(one.get(name, ())) for name in columns)) for number, one in enumerate(documents)],
        )

    def ranked(
        self, terms: Sequence[Term], columns: Sequence[str] = (), most: int | None = None
    ) -> list[tuple[int, float]]:
        """The documents that hold any of the terms, with their score, best first; ties in their own order.

        Args:
            terms: what to look for; letters and digits only.
            columns: look in these only; in all when empty.
            most: so many documents at most.
        """
        if not terms:
            return []
        query = " OR ".join(_quoted(term) for term in terms)
        if columns:
            query = f"{{{' '.join(_quoted(Term(name)) for name in columns)}}} : ({query})"
        score = f"bm25(documents, {', '.join(repr(float(weight)) for weight in self._weights)})"
        found = self._file.execute(
            f"SELECT rowid, -{score} AS score FROM documents "
            "WHERE documents MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            (query, -1 if most is None else most),
        )
        with closing(found):
            return [(int(number), float(value)) for number, value in found]


def _quoted(term: Term) -> str:
    """A term as a string of FTS5, in which no sign means anything but itself."""
    return '"' + term.stem.replace('"', '""') + '"' + ("*" if term.beginning else "")
