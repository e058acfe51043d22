"""Which journeys does a log hold, as a first model: groups of alike starts, their steps, shares and starts?

The log's journeys (cases, or episodes of customers) are grouped by the reason of their first contact; two reasons make
one journey when at least half of their contacts are the same. Contacts that few journeys of a group pass are left out
of their sequence (a → rare → b counts as a → b), and so are rare ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from touchpoints.inventory import Inventory
from workbench.log.engine import Log
from workbench.log.following import settled_counts
from workbench.log.traces import Contact, Notion, Traces, notion_of, traces

Grouping = Literal["reason", "category", "none"]
SAME = 0.5
"""Groups of which so much of the contacts is the same are one journey."""
MIN_SHARE = 0.02
DAYS_PER_MONTH = 365.25 / 12
Codes = NDArray[np.int64]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Row:
    """Where journeys go from a step.

    Attributes:
        shares: by the next step's contact, or None when the journey stops; those kept, adding up to one. None at all
            where too few went on to say.
        n: contacts that were followed by anything, or surely by nothing.
        folded: how many of those took ways that are left out.
    """

    shares: dict[Contact | None, float]
    n: int
    folded: int


@dataclass(frozen=True)
class Found:
    """A journey that the log holds.

    Attributes:
        firsts: what its journeys start with (reasons, categories), most frequent first; None where the log has none.
        journeys: how many there are.
        per_month: how many start in a month.
        steps: the contacts in it, in the order of their mean place, each with where it leads.
        starts: the share of journeys that start at each.
        left_out: contacts of it that are too rare to be steps.
    """

    firsts: tuple[str | None, ...]
    journeys: int
    per_month: float
    steps: dict[Contact, Row]
    starts: dict[Contact, float]
    left_out: int


@dataclass(frozen=True)
class Discovery:
    """All journeys that were found, the most frequent first; `others` are journeys in groups too small to be one."""

    notion: Notion
    found: tuple[Found, ...]
    others: int


def discover(
    log: Log,
    inventory: Inventory,
    notion: Notion | None = None,
    *,
    by: Grouping = "reason",
    min_share: float = MIN_SHARE,
    window_days: float | None = None,
) -> Discovery:
    """The journeys that a log holds.

    Args:
        log: an open log.
        inventory: for the category of reasons.
        notion: `case`, or `customer` for the episodes of a customer; cases where the log has them when not given.
        by: what tells journeys apart at their first contact: its reason, the category of that, or nothing.
        min_share: groups, steps and ways with a smaller share are left out.
        window_days: the gap beyond which a customer's next contact starts a new episode [d].

    Raises:
        ValueError: `min_share` is no share, or `by` or the notion is none of these.
    """
    if not 0 <= min_share < 1:
        raise ValueError(f"min_share must be from 0 to below 1, got {min_share!r}")
    if by not in ("reason", "category", "none"):
        raise ValueError(f"by must be reason, category or none, got {by!r}")
    notion = notion_of(log) if notion is None else notion
    window = log.window_days if window_days is None else window_days
    all_of = traces(log, notion, reasons=True, window_days=window_days, times=True)
    least = max(log.suppress_below, 2, min_share * len(all_of))
    names = [_first(word, by, inventory) for word in all_of.words]
    firsts = np.array([names.index(name) for name in names])[all_of.codes[all_of.offsets[:-1]]]
    kept = [key for key in np.unique(firsts).tolist() if (firsts == key).sum() >= least]
    mixes = {key: _mix(_subset(all_of, firsts == key)) for key in kept}
    found = []
    for group in _alike(kept, mixes):
        chosen = np.isin(firsts, group)
        often = sorted(group, key=lambda key: (-int((firsts == key).sum()), key))
        of_group = _subset(all_of, chosen)
        found.append(_found([names[key] for key in often], of_group, log, min_share, window))
    found = [one for one in found if one.steps]
    found.sort(key=lambda one: -one.journeys)
    return Discovery(notion, tuple(found), len(all_of) - sum(one.journeys for one in found))


def _first(word: Contact, by: Grouping, inventory: Inventory) -> str | None:
    if by == "none":
        return None
    reason = word[1]
    if by == "reason" or reason is None:
        return reason
    known = inventory.reasons.get(reason)
    return known.category if known else None


def _subset(found: Traces, chosen: NDArray[np.bool_]) -> Traces:
    """The journeys that are chosen."""
    lengths = found.lengths
    places = np.repeat(chosen, lengths)
    offsets = np.concatenate([[0], np.cumsum(lengths[chosen])]).astype(np.int64)
    times = found.started_at[places] if found.started_at is not None else None
    return Traces(found.words, found.codes[places], offsets, times)


def _without(found: Traces, rare: Codes) -> Traces:
    """The journeys without the contacts that are rare; a journey of which none is left is gone."""
    stays = ~np.isin(found.codes, rare)
    left = np.add.reduceat(stays.astype(np.int64), found.offsets[:-1]) if len(found) else np.empty(0, np.int64)
    offsets = np.concatenate([[0], np.cumsum(left[left > 0])]).astype(np.int64)
    times = found.started_at[stays] if found.started_at is not None else None
    return Traces(found.words, found.codes[stays], offsets, times)


def _mix(found: Traces) -> NDArray[np.float64]:
    """The share of each contact among all of some journeys."""
    counts = np.bincount(found.codes, minlength=len(found.words))
    mix: NDArray[np.float64] = counts / counts.sum()
    return mix


def _alike(groups: Iterable[int], mixes: dict[int, NDArray[np.float64]]) -> list[list[int]]:
    """The groups in sets of which each has at least half of its contacts in common with another."""
    sets: list[list[int]] = []
    for group in groups:
        near = [one for one in sets if any(np.minimum(mixes[group], mixes[other]).sum() >= SAME for other in one)]
        sets = [one for one in sets if one not in near]
        sets.append([group, *(other for one in near for other in one)])
    return sets


def _found(firsts: list[str | None], of_group: Traces, log: Log, min_share: float, window: float) -> Found:
    visits = np.bincount(of_group.codes, minlength=len(of_group.words))
    rare = np.flatnonzero((visits > 0) & (visits < max(log.suppress_below, min_share * len(of_group))))
    kept = _without(of_group, rare)
    counts = settled_counts(kept, log.last_at, window)
    places = _mean_places(kept)
    common = [code for code in np.flatnonzero(visits).tolist() if code not in rare]
    common.sort(key=lambda code: (places[code], code))
    first = {kept.words[code]: int(counts[-1, code]) for code in common if counts[-1, code]}
    starts, _ = _kept_shares(first, min_share, log.suppress_below)
    rows = {kept.words[code]: _row(kept, counts[code], log.suppress_below, min_share) for code in common}
    reached = _reached(rows, starts)
    left_out = int(sum(visits[code] for code in range(len(visits)) if kept.words[code] not in reached))
    steps = {contact: row for contact, row in rows.items() if contact in reached}
    first_day, last_day = days_of_log(log)
    days = (last_day - first_day).days + 1
    return Found(tuple(firsts), len(of_group), len(of_group) / days * DAYS_PER_MONTH, steps, starts, left_out)


def _reached(rows: dict[Contact, Row], starts: dict[Contact, float]) -> set[Contact]:
    """The contacts to which the ways that are kept lead from the starts."""
    reached, ahead = set(starts), list(starts)
    while ahead:
        for after in rows[ahead.pop()].shares:
            if after is not None and after not in reached:
                reached.add(after)
                ahead.append(after)
    return reached


def days_of_log(log: Log) -> tuple[date, date]:
    """The first and the last day on which the log has contacts, in its own time zone."""
    daily = log.table("daily")
    (ends,) = log.rows(daily.agg(first=daily.day.min(), last=daily.day.max()))
    return ends["first"], ends["last"]


def _mean_places(found: Traces) -> NDArray[np.float64]:
    """The mean place of each contact in its journey, counted from 0."""
    places = np.arange(len(found.codes)) - np.repeat(found.offsets[:-1], found.lengths)
    size = len(found.words)
    number = np.bincount(found.codes, minlength=size)
    mean: NDArray[np.float64] = np.bincount(found.codes, places, minlength=size) / np.maximum(number, 1)
    return mean


def _row(found: Traces, counts: Codes, least: int, min_share: float) -> Row:
    targets: dict[Contact | None, int] = {
        None if code == len(found.words) else found.words[code]: int(counts[code])
        for code in np.flatnonzero(counts).tolist()
    }
    shares, folded = _kept_shares(targets, min_share, least)
    n = int(counts.sum())
    return Row(shares, n, folded) if n >= least else Row({}, n, n)


def _kept_shares(counts: dict[Key, int], min_share: float, least: int) -> tuple[dict[Key, float], int]:
    """The shares that are large enough, adding up to one, and what is left out; the largest always stays."""
    whole = sum(counts.values())
    largest = max(counts.values(), default=0)
    kept = {key: n for key, n in counts.items() if n == largest or n >= max(least, min_share * whole)}
    total = sum(kept.values())
    return {key: n / total for key, n in kept.items()}, whole - total
