"""How do the columns of an answer become codes and numbers to calculate with?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of words: for each row the place of its word; unknown (None) comes first, then the words in order.

    Example:
        >>> column = coded_column(pa.chunked_array([["web", None, "phone"]]))
        >>> column.words, column.codes.tolist()
        ((None, 'phone', 'web'), [2, 0, 1])
    """

    words: tuple[Any, ...]
    codes: Codes

    def of(self, rows: NDArray[Any]) -> Coded:
        """The column of some rows."""
        return Coded(self.words, self.codes[rows])

    def values(self) -> list[Any]:
        """The word of each row."""
        return [self.words[code] for code in self.codes.tolist()]


def coded_column(column: pa.ChunkedArray) -> Coded:
    """A column of words, dates or whole numbers as codes in their order."""
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = pc.dictionary_encode(array)
    words = array.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    place = np.zeros(len(words) + 1, dtype=np.int64)
    place[order] = np.arange(1, len(words) + 1)
    indices = array.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    return Coded((None, *(words[at] for at in order)), place[indices])


def numbers(column: pa.ChunkedArray) -> Numbers:
    """A column of numbers; what is not there is not a number."""
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)


def combined(columns: Sequence[Codes]) -> Codes:
    """One code for each combination of codes, in the order of the combinations.

    Example:
        >>> combined([np.array([0, 0, 1]), np.array([5, 9, 9])]).tolist()
        [0, 1, 2]
    """
    first, *others = columns
    code, size = first.astype(np.int64), int(first.max(initial=0)) + 1
    for column in others:
        words = int(column.max(initial=0)) + 1
        if size * words > 2**62:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
            size = int(code.max(initial=0)) + 1
        code, size = code * words + column, size * words
    return np.unique(code, return_inverse=True)[1].astype(np.int64)
