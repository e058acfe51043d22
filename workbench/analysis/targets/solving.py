"""How far must a number go before a promise is kept?"""

from __future__ import annotations

from collections.abc import Callable

_PRECISION = 0.005
_MOST_DOUBLINGS = 12


def least_extra(is_kept: Callable[[float], bool]) -> float | None:
    """The least x ≥ 0 from which on a promise is kept, rounded up within 0.005; None when no number does.

    Example:
        >>> 2.5 <= least_extra(lambda extra: extra >= 2.5) <= 2.505
        True
    """
    if is_kept(0.0):
        return 0.0
    low, high = 0.0, 0.25
    for _ in range(_MOST_DOUBLINGS):
        if is_kept(high):
            break
        low, high = high, 2 * high
    else:
        return None
    while high - low > _PRECISION:
        middle = (low + high) / 2
        low, high = (low, middle) if is_kept(middle) else (middle, high)
    return high


def most_left(is_kept: Callable[[float], bool]) -> float | None:
    """The largest part f ≤ 1 of a number with which a promise is kept, to 0.001; None when hardly any of it may stay.

    Example:
        >>> round(most_left(lambda part: part <= 0.8), 2)
        0.8
    """
    if is_kept(1.0):
        return 1.0
    low, high = 0.01, 1.0
    if not is_kept(low):
        return None
    while high - low > _PRECISION / 5:
        middle = (low + high) / 2
        low, high = (middle, high) if is_kept(middle) else (low, middle)
    return low
