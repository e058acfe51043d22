"""Which are the months of a scenario, and in which of them does a part of it start?"""

from __future__ import annotations

from datetime import date

from touchpoints.inventory import Inventory
from touchpoints.records.scenario import Scenario

HORIZON_MONTHS = 36
"""How long a scenario is calculated when the model does not say [month]."""


def first_month(inventory: Inventory, scenario: Scenario) -> date | None:
    """The first month: as stated, else the one after the period of the volumes, else the earliest that is named."""
    if scenario.start is not None:
        return scenario.start
    period = inventory.settings.period
    if period is not None:
        return date(period.end.year + period.end.month // 12, period.end.month % 12 + 1, 1)
    stated = [one.start for one in (*scenario.measures, *scenario.investments) if one.start is not None]
    return min(stated, default=None)


def number_of_months(scenario: Scenario) -> int:
    """How many months are calculated, at least one."""
    return max(1, round(scenario.horizon.point)) if scenario.horizon else HORIZON_MONTHS


def months_after(first: date | None, start: date | None) -> int:
    """Months from the first month to another, negative before it; 0 when either is not known.

    Example:
        >>> months_after(date(2026, 11, 1), date(2027, 2, 1))
        3
    """
    if first is None or start is None:
        return 0
    return (start.year - first.year) * 12 + start.month - first.month
