"""How is I − Q solved: by one sparse factorisation, or by iteration where the factors would fill the memory?

Journeys come in blocks with few links between them, and their factors stay sparse. A graph in which anything leads to
anything does not: the envelope of the reverse Cuthill–McKee ordering, an upper bound of the fill, tells beforehand.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg
from scipy.sparse.csgraph import reverse_cuthill_mckee

Vector = NDArray[np.float64]

SMALL = 2_000
"""Below so many steps even full factors are small."""
MOST_ENTRIES = 12_000_000
"""Beyond so many entries the envelope is too large to factorise (12 bytes an entry)."""
TOLERANCE = 1e-12


class UnsolvableError(ValueError):
    """A chain that has no finite solution, with the steps that make it so."""


class Solver:
    """Solves (I − Q) x = b and xᵀ (I − Q) = bᵀ for any b, factorising once."""

    def __init__(self, q: sparse.csr_array) -> None:
        n = q.shape[0]
        self._matrix = (sparse.eye_array(n, format="csr") - q).tocsc()
        self.iterates = n > SMALL and envelope(self._matrix) > MOST_ENTRIES
        self._factors: Any = None
        if not self.iterates and n:
            try:
                self._factors = linalg.splu(self._matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})
            except RuntimeError as error:
                raise UnsolvableError("some steps never end") from error

    def right(self, b: Vector) -> Vector:
        """X with (I − Q) x = b."""
        return self._solve(b, "N")

    def left(self, b: Vector) -> Vector:
        """X with xᵀ (I − Q) = bᵀ."""
        return self._solve(b, "T")

    def _solve(self, b: Vector, side: str) -> Vector:
        if not len(b):
            return np.zeros(0)
        if self._factors is not None:
            return np.asarray(self._factors.solve(b, trans=side))
        matrix = self._matrix if side == "N" else self._matrix.T.tocsc()
        x, failed = linalg.gmres(matrix, b, rtol=TOLERANCE, atol=0.0, restart=80, maxiter=200)
        if failed:
            raise UnsolvableError("the iteration did not come to an end; some steps can hardly be left")
        return np.asarray(x)


def envelope(matrix: sparse.csc_array) -> int:
    """Entries of the envelope of a matrix in reverse Cuthill–McKee order, an upper bound of the fill.

    Example (a chain of three has one entry beside the diagonal in each row but the first):
        >>> chain = sparse.eye_array(3, format="csc") - sparse.csc_array(([.5, .5], ([0, 1], [1, 2])), shape=(3, 3))
        >>> envelope(chain)
        4

    References:
        George and Liu (1981), Computer Solution of Large Sparse Positive Definite Systems, ch. 4.
    """
    n = matrix.shape[0]
    rows = matrix.tocsr()
    order = reverse_cuthill_mckee(rows, symmetric_mode=False)
    position = np.empty(n, dtype=np.int64)
    position[order] = np.arange(n)
    first = np.minimum(
        np.minimum.reduceat(position[rows.indices], rows.indptr[:-1]),
        np.minimum.reduceat(position[matrix.indices], matrix.indptr[:-1]),
    )
    return int(2 * np.sum(position - first))
