"""In which bucket of a histogram does a time fall, and which quantiles follow from counts per bucket or per value?

Buckets are equally wide in the logarithm of the time, so a quantile is off by a fixed share of itself at most, and
counts per bucket add up over days and channels.
"""

from __future__ import annotations

import math

import ibis
import numpy as np

from workbench.log.coding import Codes, Numbers

BUCKETS = 512
"""Bucket 0 holds times below a second, the last one those of a week and longer."""

_WEEK_S = 7 * 86_400
_PER_E = (BUCKETS - 2) / math.log(_WEEK_S)


def bucket_of(time_s: ibis.Value) -> ibis.Value:
    """The bucket of a time: 0 below a second, else 1 + ⌊510 ln(t) / ln(604,800)⌋, at most 511; 2.6% wide each."""
    place = 1 + (time_s.ln() * _PER_E).floor().cast("int32")
    return ibis.ifelse(time_s < 1, 0, ibis.least(place, BUCKETS - 1)).cast("int16")


def bucket_edges() -> Numbers:
    """Where each bucket begins [s], and at the end where the last would end.

    Example:
        >>> edges = bucket_edges()
        >>> len(edges), float(edges[0]), float(edges[1]), round(float(edges[-2])), round(float(edges[2] / edges[1]), 3)
        (513, 0.0, 1.0, 604800, 1.026)
    """
    return np.concatenate([[0.0], np.exp(np.arange(BUCKETS) / _PER_E)])


def quantiles_of_buckets(group: Codes, bucket: Codes, n: Numbers, ranks: Numbers) -> Numbers:
    """The value at a rank (from 0) of each group, spread evenly over the logarithm within its bucket.

    Args:
        group: the group of each row, from 0, in order.
        bucket: the bucket of each row, in order within its group.
        n: how many values the row stands for.
        ranks: a rank per group.

    Example:
        >>> at = bucket_edges()[200:202].mean()
        >>> value = quantiles_of_buckets(np.zeros(1, int), np.array([200]), np.array([9.0]), np.array([4.0]))
        >>> abs(float(value[0]) / float(at) - 1) < 0.001
        True
    """
    row, into = _rows_of_ranks(group, n, np.floor(ranks + 0.5))
    edges = bucket_edges()
    low, high = edges[bucket[row]], edges[bucket[row] + 1]
    part = (into + 0.5) / n[row]
    return np.where(bucket[row] == 0, 0.0, np.maximum(low, 1e-9) * (high / np.maximum(low, 1e-9)) ** part)


def quantiles_of_values(group: Codes, value: Numbers, n: Numbers, ranks: Numbers) -> Numbers:
    """The value at a rank (from 0) of each group, linear between two neighbours.

    Args:
        group: the group of each row, from 0, in order.
        value: the value of each row, in order within its group.
        n: how often it occurs.
        ranks: a rank per group.

    Example:
        >>> values = np.array([1.0, 2.0, 4.0])
        >>> quantiles_of_values(np.zeros(3, int), values, np.ones(3), np.array([1.5])).tolist()
        [3.0]
    """
    below, above = (value[_rows_of_ranks(group, n, rank)[0]] for rank in (np.floor(ranks), np.ceil(ranks)))
    return below + (above - below) * (ranks - np.floor(ranks))


def _rows_of_ranks(group: Codes, n: Numbers, ranks: Numbers) -> tuple[Codes, Numbers]:
    """For each group the row in which the value of its rank stands, and its place among the values of the row."""
    ends = np.cumsum(n)
    starts = np.r_[0.0, ends[:-1]]
    first = np.searchsorted(group, np.arange(len(ranks)))
    wanted = starts[first] + ranks
    row = np.searchsorted(ends, wanted, side="right")
    return row.astype(np.int64), wanted - starts[row]
