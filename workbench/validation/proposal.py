"""Which new values does the log propose for the model, and how are they written?

Scalars are replaced in their own notation. A row of shares is written as a whole, so that it sums to one: what is
written as `rest` stays so, and shares that a log sees only together (resolved and given up) keep their proportion.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from touchpoints.inventory import Inventory
from touchpoints.quantities import Share
from touchpoints.records.journey import Rest, resolve_shares
from workbench.validation.claim import KINDS, Claim
from workbench.validation.ledger import Entry
from workbench.validation.notation import Z_90, share, written
from workbench.validation.rows import ELSEWHERE, STOP, Row, stated
from workbench.validation.verdict import VERDICTS, Verdict

PROPOSED: tuple[Verdict, ...] = ("contradicted", "undecided")
"""Verdicts whose values are proposed when nobody asks for others: those with enough contacts that do not agree."""

_ROWS = ("next", "start", "personas")
_Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Proposal:
    """A new value for one field of the model.

    Attributes:
        name: the field: collection/id/path.
        record: collection and id of the record that holds it.
        path: where it stands in the record.
        value: what to write there: a text, a number, or a mapping of these.
        old, new: both as people read them.
        evidence: the record or step whose evidence tells of it, as a path in the record.
        evidence_field: the field of that evidence.
        entries: the assumptions it settles.
    """

    name: str
    record: tuple[str, str]
    path: tuple[str, ...]
    value: Any
    old: str
    new: str
    evidence: tuple[str, ...]
    evidence_field: str
    entries: tuple[Entry, ...]

    @property
    def claim(self) -> Claim:
        """The first of the assumptions, which says where the field stands and what its evidence was."""
        return self.entries[0].claim

    @property
    def n(self) -> int:
        """The contacts that the new value rests on."""
        return self.claim.seen.n


def proposals(
    inventory: Inventory, entries: Iterable[Entry], rows: Mapping[str, Row], only: Iterable[str] = ()
) -> Iterator[Proposal]:
    """New values where the log does not agree with the model and knows enough.

    Args:
        inventory: the model.
        entries: the entries of the ledger.
        rows: the rows of shares by name (`name_of`), of the contacts that the entries rest on.
        only: verdicts, kinds of assumptions, or patterns of names, such as `volumes/kcc_phone/*`; all when empty.
    """
    asked = list(only)
    verdicts = [one for one in asked if one in VERDICTS] or list(PROPOSED)
    patterns = [one for one in asked if one not in VERDICTS]
    by_row: dict[str, list[Entry]] = {}
    for entry in entries:
        claim = entry.claim
        if entry.verdict not in verdicts or not claim.direct or not _asked(claim, patterns):
            continue
        if claim.kind in _ROWS:
            by_row.setdefault(claim.name.rpartition(".")[0], []).append(entry)
        elif (one := _number(inventory, entry)) is not None:
            yield one
    for name, own in by_row.items():
        if name in rows and (one := _shares(rows[name], own)) is not None:
            yield one


def name_of(row: Row) -> str:
    """The name of a row, as the names of its shares begin."""
    return f"journeys/{row.journey.id}/{'.'.join(row.path)}"


def _asked(claim: Claim, patterns: list[str]) -> bool:
    return not patterns or any(claim.kind == one if one in KINDS else fnmatchcase(claim.name, one) for one in patterns)


def _number(inventory: Inventory, entry: Entry) -> Proposal | None:
    """A single number of a volume or a journey."""
    claim = entry.claim
    collection, _, rest = claim.name.partition("/")
    key, _, field = rest.rpartition("/")
    path = tuple(field.split("."))
    record: Any = getattr(inventory, collection)[key]
    here = record
    for name in path:
        here = getattr(here, name)
    se = (claim.seen.high - claim.seen.low) / (2 * _Z_95)
    if not math.isfinite(se):
        return None
    value = round(claim.seen.value, 2) if isinstance(here, float) else written(here, claim.seen.value, se)
    old = str(here) if isinstance(here, float) else here.text
    if _text(value) == old:
        return None
    inner = len(path) > 1  # an effort score carries its own evidence
    return Proposal(
        name=claim.name,
        record=(collection, key),
        path=path,
        value=value,
        old=old,
        new=_text(value),
        evidence=path[:-1] if inner else (),
        evidence_field=path[-1],
        entries=(entry,),
    )


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_text(part)}" for key, part in value.items()) + "}"
    return str(value)


def _shares(row: Row, entries: list[Entry]) -> Proposal | None:
    """A whole row of shares; None when the log does not change it."""
    old = stated(row)
    if len(old) < 2:
        return None
    shares = _observed(row, old)
    tenths = _in_tenths(shares)
    value: dict[str, Any] = {}
    for target, before in old.items():
        if not isinstance(before, Share):
            continue
        point = tenths[target] / 1000
        new = _ranged(point, row, before) if before.is_range else share(point, before.text)
        if _text(new) != before.text:
            value[target] = new
    if not value:
        return None
    steps = row.path[:2] if row.path[0] == "steps" else ()
    return Proposal(
        name=name_of(row),
        record=("journeys", row.journey.id),
        path=row.path,
        value=value,
        old=_row_text(old),
        new=_row_text({target: value.get(target, before) for target, before in old.items()}),
        evidence=steps,
        evidence_field=".".join(row.path[len(steps) :]),
        entries=tuple(entries),
    )


def _row_text(row: Mapping[str, Any]) -> str:
    return _text({target: getattr(part, "text", part) for target, part in row.items()})


def _observed(row: Row, old: Mapping[str, Share | Rest]) -> dict[str, float]:
    """The observed share of each target of the row, those elsewhere left out; none is zero, for a step must be reached.

    Where a target was never seen every share is the mean of its posterior, (n_j + ½)/(n + K/2) (Jeffreys).
    """
    seen = {target: one.value for target, one in row.seen().items() if target != ELSEWHERE}
    if any(seen.get(target, 0.0) == 0 for target in row.modelled):
        whole = row.n + len(row.modelled) / 2
        seen = {target: (seen.get(target, 0.0) * row.n + 0.5) / whole for target in row.modelled}
    points = resolve_shares(old)
    ends = [target for target in old if target not in seen]
    modelled_ends = sum(points[target] for target in ends)
    stop = seen.get(STOP, 0.0)
    found = {target: seen[target] for target in old if target in seen}
    for target in ends:
        found[target] = stop * (points[target] / modelled_ends if modelled_ends else 1 / len(ends))
    whole = sum(found.values())
    return {target: value / whole for target, value in found.items()}


def _in_tenths(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares in tenths of a percent that sum to a thousand: the largest remainders are rounded up.

    Example:
        >>> _in_tenths({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
        {'a': 334, 'b': 333, 'c': 333}
    """
    floors = {target: max(1, math.floor(value * 1000 + 1e-9)) if value > 0 else 0 for target, value in shares.items()}
    left = 1000 - sum(floors.values())
    order = sorted(shares, key=lambda target: (floors[target] - shares[target] * 1000, target))
    if left < 0:
        floors[max(floors, key=lambda target: floors[target])] += left
    for target in order[: max(0, left)]:
        floors[target] += 1
    return floors


def _ranged(point: float, row: Row, before: Share) -> str:
    """A share with its spread; the ends lie evenly about it, so that the row still sums to one."""
    se = math.sqrt(point * (1 - point) / row.n)
    reach = min(round(Z_90 * se, 3), point, round(1 - point, 3))
    unit = "%" if "%" in before.text else ""
    low, high = (share(end, before.text) for end in (point - reach, point + reach))
    return f"{low}..{high}" if unit else f"{low:g}..{high:g}"
