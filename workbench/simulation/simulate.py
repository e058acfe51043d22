"""How is a contact log made from a model, or from a truth that differs from it?

The log speaks of what the model states and no more: contacts without a modelled handling time have none. Self-service
and publications are contacts too: what a click stream would show, with the outcome `self_served`. Rates are those of
the model at its point values; there are no holidays, and no season but the week.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from touchpoints.faults import Fault
from touchpoints.inventory import Inventory
from touchpoints.quantities import DAYS_PER_MONTH
from workbench.simulation.calendar import DAY_S, wall_seconds
from workbench.simulation.draw import draw
from workbench.simulation.plan import plan
from workbench.simulation.truth import lay_over
from workbench.simulation.write import write_log

START = date(2026, 1, 5)
"""The first day of a log when neither the caller nor the model's period gives one: a Monday."""

LONGEST_YEARS = 100
"""A log that would take longer than this is refused."""


class SimulationError(ValueError):
    """A log that cannot be made, said in one line with a remedy."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A log that was made.

    Attributes:
        path: the file.
        contacts: how many rows it has.
        start: its first day.
        last_at: the moment at which its last contact starts, None when there is no contact.
        seed: the seed it was drawn with.
        contacts_per_month: how many contacts the truth has per month [1/month].
        left_out: what the model has and the log lacks, with the reason.
        warnings: what is doubtful about the truth file.
    """

    path: Path
    contacts: int
    start: date
    last_at: datetime | None
    seed: int
    contacts_per_month: float
    left_out: tuple[str, ...]
    warnings: tuple[Fault, ...]


def simulate(
    inventory: Inventory,
    out: str | Path,
    *,
    seed: int,
    contacts: int | None = None,
    days: int | None = None,
    truth: str | Path | None = None,
    start: date | None = None,
    told: Callable[[int], None] | None = None,
) -> Simulated:
    """Write a contact log drawn from a model: so many contacts, or so many days.

    Rates never change: `contacts` decides how long the log is, `days` how many contacts it has.

    Args:
        inventory: a model without errors.
        out: the file to write, .csv or .parquet.
        seed: the same seed gives the same bytes.
        contacts: how many contacts; the log ends with the last of them.
        days: how many days.
        truth: a YAML file of what is different from the model (see `lay_over`).
        start: the first day; that of the model's period when not given, else 5 January 2026.
        told: is called with the number of contacts written so far.

    Raises:
        ModelError: the model or the truth has errors.
        SimulationError: nothing can be drawn, or it would take a century.
        ValueError: neither or both of contacts and days, a number below one, or another ending of the file.
        OSError: a file cannot be read or written.
    """
    _check("contacts", contacts)
    _check("days", days)
    if (contacts is None) == (days is None):
        raise ValueError(f"one of contacts and days must be given, got {contacts!r} and {days!r}")
    inventory.require_sound()
    world = lay_over(inventory, truth) if truth is not None else inventory
    what = plan(world)
    if not what.contacts_per_month:
        raise SimulationError("nothing to draw; give journeys `starts: 900/month` or volumes `contacts: 1200/month`")
    months = contacts / what.contacts_per_month if contacts else (days or 0) / DAYS_PER_MONTH
    if months > 12 * LONGEST_YEARS:
        raise SimulationError(
            f"at {what.contacts_per_month:.4g} contacts a month that takes {months / 12:,.0f} years; ask for less"
        )
    settings = world.settings
    first = start or (settings.period.start if settings.period else START)
    zone = ZoneInfo(settings.time_zone)
    start_s = wall_seconds(first)
    end_s = start_s + days * DAY_S if days else math.inf
    stretches = draw(what, start_s, end_s, zone, settings.log.repeat_window_days, seed)
    rows, last_s = write_log(Path(out), what.stops, zone, stretches, contacts, told)
    last_at = datetime.fromtimestamp(last_s, UTC).astimezone(zone) if rows else None
    return Simulated(
        Path(out), rows, first, last_at, seed, what.contacts_per_month, what.left_out, world.faults if truth else ()
    )


def _check(name: str, number: int | None) -> None:
    if number is not None and number < 1:
        raise ValueError(f"{name} must be at least 1, got {number!r}")
