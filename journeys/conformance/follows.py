"""What directly follows what, and which sequences (variants) occur how often?

Journeys come as coded arrays: the words of all journeys one after the other (`codes`), and where each journey starts,
with the total at the end (`offsets`). The number of different words stands for the outside: the start and the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Codes = NDArray[np.int32]
Counts = NDArray[np.int64]

_MOST_CELLS = 1 << 24
_SLOT_BITS = 22


def directly_follows(codes: Codes, offsets: Counts, words: int) -> sparse.csr_array:
    """How often each word directly follows each; row and column `words` hold the starts and the ends.

    Args:
        codes: the words of all journeys, each below `words`.
        offsets: where each journey starts, and the length of `codes`; no journey is empty.
        words: how many different words there are.

    Example (the event log of the source, a to e as 0 to 4: abcd three times, acbd twice, aed once):
        >>> codes, offsets = coded([[0, 1, 2, 3]] * 3 + [[0, 2, 1, 3]] * 2 + [[0, 4, 3]])
        >>> counts = directly_follows(codes, offsets, 5)
        >>> [(int(i), int(j), int(counts[i, j])) for i, j in zip(*counts.nonzero()) if i < 5 and j < 5]
        [(0, 1, 3), (0, 2, 2), (0, 4, 1), (1, 2, 3), (1, 3, 2), (2, 1, 2), (2, 3, 3), (4, 3, 1)]

    References:
        van der Aalst (2016), Process Mining: Data Science in Action, 2nd ed., sec. 6.2 (log L1).
    """
    size = words + 1
    before = np.empty(len(codes), np.int64)
    before[1:] = codes[:-1]
    before[offsets[:-1]] = words
    keys = before * size + codes
    last = codes[offsets[1:] - 1].astype(np.int64) * size + words
    if size * size <= _MOST_CELLS:
        counts = np.bincount(keys, minlength=size * size) + np.bincount(last, minlength=size * size)
        found = np.flatnonzero(counts)
        values = counts[found]
    else:
        found, values = np.unique(np.concatenate([keys, last]), return_counts=True)
    return sparse.csr_array((values, np.divmod(found, size)), shape=(size, size))


def coded(journeys: list[list[int]]) -> tuple[Codes, Counts]:
    """Journeys as coded arrays.

    Example:
        >>> [array.tolist() for array in coded([[3, 1], [2]])]
        [[3, 1, 2], [0, 2, 3]]
    """
    lengths = [len(journey) for journey in journeys]
    codes = np.array([code for journey in journeys for code in journey], np.int32)
    return codes, np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Variants:
    """The different sequences, most frequent first, as coded arrays.

    Attributes:
        codes, offsets: the sequences.
        counts: how many journeys run exactly so.
        of: the variant of each journey.
    """

    codes: Codes
    offsets: Counts
    counts: Counts
    of: Counts

    def __len__(self) -> int:
        return len(self.counts)

    def sequence(self, variant: int) -> tuple[int, ...]:
        """The words of a variant."""
        return tuple(self.codes[self.offsets[variant] : self.offsets[variant + 1]].tolist())


def variants(codes: Codes, offsets: Counts) -> Variants:
    """The different sequences; exact, though found by a hash: each journey is compared with its variant.

    Example:
        >>> found = variants(*coded([[1, 2], [3], [1, 2], []]))
        >>> [found.sequence(i) for i in range(len(found))], found.counts.tolist(), found.of.tolist()
        ([(1, 2), (3,), ()], [2, 1, 1], [0, 1, 0, 2])
    """
    lengths = np.diff(offsets)
    for seed in range(8):
        twins = _first_alike(hashes(codes, offsets, int(codes.max(initial=0)) + 1, seed))
        if _equal(codes, offsets, lengths, twins):
            break
    else:
        raise AssertionError("eight random hashes in a row cannot all collide")
    often = np.bincount(twins, minlength=len(lengths))
    first = np.flatnonzero(often)
    first = first[np.lexsort((first, -often[first]))]
    rank = np.empty(len(lengths), np.int64)
    rank[first] = np.arange(len(first))
    starts = np.concatenate([[0], np.cumsum(lengths[first])]).astype(np.int64)
    return Variants(codes[_places(offsets, lengths, first)], starts, often[first], rank[twins])


def hashes(codes: Codes, offsets: Counts, words: int, seed: int) -> NDArray[np.uint64]:
    """A random 64-bit number per sequence: Σ value of the word × rᵏ for its place k, modulo 2⁶⁴.

    Summed over all journeys at once with the place in the whole array, and brought back by r⁻¹ to the journey's start.
    The same sequence has the same number in every call with as many words and the same seed.

    Args:
        codes: the words of all journeys, each below `words`.
        offsets: where each journey starts, and the length of `codes`.
        words: how many different words there may be.
        seed: of the numbers that are drawn.

    Example:
        >>> found = hashes(*coded([[1, 2], [2, 1], [0], [1, 2]]), 3, 0)
        >>> found[0] == found[3], len(set(found.tolist()))
        (np.True_, 3)
    """
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 1 << 63, words, np.uint64)
    factor = int(rng.integers(1 << 62, 1 << 63)) | 1
    powers = np.full(len(codes) + 1, factor, np.uint64)
    powers[0] = 1
    np.cumprod(powers, out=powers)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(values[codes] * powers[:-1], out=sums[1:])
    powers.fill(pow(factor, -1, 1 << 64))
    powers[0] = 1
    np.cumprod(powers, out=powers)
    return np.diff(sums[offsets]) * powers[offsets[:-1]]


def _first_alike(hashes: NDArray[np.uint64]) -> Counts:
    """For each number the first place where it stands; by a table of slots, for sorting millions takes longer."""
    slot = (hashes >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
    table = np.zeros(1 << _SLOT_BITS, np.int64)
    # Of several that are written to one slot the last stays, so from behind the first.
    table[slot[::-1]] = np.arange(len(hashes) - 1, -1, -1)
    first = table[slot]
    other = np.flatnonzero(hashes[first] != hashes)
    _, at, of = np.unique(hashes[other], return_index=True, return_inverse=True)
    first[other] = other[at][of]
    return first


def _places(offsets: Counts, lengths: Counts, journeys: Counts) -> Counts:
    """Where the words of some journeys stand, journey after journey."""
    own = lengths[journeys]
    ends = np.cumsum(own)
    return np.arange(int(own.sum())) - np.repeat(ends - own, own) + np.repeat(offsets[journeys], own)


def _equal(codes: Codes, offsets: Counts, lengths: Counts, twins: Counts) -> bool:
    """Whether every journey has the words of its twin."""
    if not np.array_equal(lengths, lengths[twins]):
        return False
    shift = np.repeat(offsets[:-1][twins] - offsets[:-1], lengths)
    return np.array_equal(codes, codes[np.arange(len(codes)) + shift])
