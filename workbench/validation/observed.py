"""What does the log say about the numbers of the model's volumes?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from touchpoints.estimate import Estimate
from touchpoints.inventory import Assumption, Inventory, evidence_at
from touchpoints.records.contact import Volume
from workbench.log import measures
from workbench.log.engine import Log
from workbench.log.intervals import Z_95
from workbench.log.measure import Cell, Measure
from workbench.log.repeats import first_contact_resolution
from workbench.validation.verdict import Observation

BY = ("touchpoint", "reason")


@dataclass(frozen=True)
class Pairing:
    """An assumption of the model and what the log says about it."""

    assumption: Assumption
    unit: str
    seen: Observation

    @property
    def is_share(self) -> bool:
        """Whether it is a share, with the tolerance of shares."""
        return self.unit == "share"


Maker = Callable[[Cell, Estimate], Observation]


def _count(cell: Cell, estimate: Estimate) -> Observation:
    assert cell.value is not None
    low, high = cell.low or 0.0, cell.high or 0.0
    return Observation(cell.value, low, high, (high - low) / (2 * Z_95), cell.n)


def _mean(cell: Cell, estimate: Estimate) -> Observation:
    assert cell.value is not None
    se = (cell.sd or 0.0) / math.sqrt(cell.n)
    low, high = cell.low, cell.high
    return Observation(cell.value, -math.inf if low is None else low, math.inf if high is None else high, se, cell.n,
                       max(1, cell.n - 1))  # fmt: skip


def _share(cell: Cell, estimate: Estimate) -> Observation:
    """The standard error is that of the modelled share (a score test), so that 0 of n is no certainty."""
    assert cell.value is not None
    nearest = min(max(cell.value, estimate.low), estimate.high)
    se = math.sqrt(max(nearest * (1 - nearest), 0.25 / cell.n) / cell.n)
    return Observation(cell.value, cell.low or 0.0, 1.0 if cell.high is None else cell.high, se, cell.n)


_FIELDS: tuple[tuple[str, str, Callable[..., Measure], Maker], ...] = (
    ("contacts", "1/month", measures.volume, _count),
    ("handling_time", "s", measures.handling_time, _mean),
    ("wait", "s", measures.wait, _mean),
    ("abandoned", "share", measures.abandonment, _share),
    ("unanswered", "share", measures.unanswered, _share),
    ("handed_off", "share", measures.hand_off, _share),
    ("resolved_first_time", "share", first_contact_resolution, _share),
)


def observed(inventory: Inventory, log: Log) -> Iterator[Pairing]:
    """Every number of a volume that the log can speak to; volumes of one persona are left to logs that know it."""
    for field, unit, measure, make in _FIELDS:
        stated = [(volume, getattr(volume, field)) for volume in inventory.volumes.values() if not volume.persona]
        wanted = [(volume, estimate) for volume, estimate in stated if estimate is not None]
        if not wanted:
            continue
        cells = {cell.group: cell for cell in measure(log, BY).cells}
        for volume, estimate in wanted:
            cell = cells.get((volume.touchpoint, volume.reason))
            if cell is not None and cell.value is not None and cell.n > 0:
                yield Pairing(_assumption(volume, field, estimate), unit, make(cell, estimate))


def _assumption(volume: Volume, field: str, estimate: Estimate) -> Assumption:
    return Assumption(f"volumes/{volume.id}/{field}", estimate, evidence_at(volume, (field,)), volume.where(field))
