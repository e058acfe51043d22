"""How much do other contacts of the same customer disturb what seems to follow a contact?

Without case keys, a contact's sequel is the customer's next contact within the window W. It may be about something
else. Customers whose need is over have by definition no contact within W; the share h of them who do have one in the
next W, and what it is about, shows how often another need comes up in a window. So with o the observed shares, and g
the chance that no other need comes before the true sequel,

    q_stop = o_stop / (1 − h),    q_j = (o_j − m_j ((1 − g) (1 − q_stop) + h q_stop)) / g,    g = (1 − h)^(ḡ/W)

where m is what such contacts are about and ḡ the mean time until a sequel. Assumed: other needs come at a constant
rate, whatever the customer is busy with. Half of the correction is therefore added to the interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from workbench.log.engine import Log
from workbench.log.selection import EVERYTHING, Selection
from workbench.validation.followed import Contact, settled

DAY_S = 86_400


@dataclass(frozen=True)
class Disturbance:
    """How often another need of the same customer comes up in a window.

    Attributes:
        share: h, the share of customers at rest who have a contact about another need within a window [1].
        n: the contacts that it rests on.
        about: what these contacts are, as shares [1].
        window_s: W [s].
    """

    share: float
    n: int
    about: Mapping[Contact, float] = field(default_factory=dict)
    window_s: float = 1.0

    @property
    def variance(self) -> float:
        """The variance of `share`."""
        return max(self.share * (1 - self.share), 0.25 / self.n) / self.n

    def before(self, gap_s: float) -> float:
        """The chance that another need comes up before the sequel, 1 − g [1]."""
        return float(1 - (1 - self.share) ** min(1.0, gap_s / self.window_s))


@dataclass(frozen=True, slots=True)
class Corrected:
    """A share without what came up by chance, its standard error, and how far it was moved."""

    share: float
    se: float
    moved: float


def disturbance(log: Log, selection: Selection = EVERYTHING) -> Disturbance | None:
    """How often another need comes up; None when the log knows cases, or is too short to tell."""
    days = settled(log, selection, windows=2)
    if log.has("case_key") or days is None:
        return None
    table = days.of(log.table("passage"))
    quiet = table.filter(table.follows.isin(["beyond", "never"]))
    rows = log.rows(quiet.group_by(["follows", "next_touchpoint", "next_reason"]).agg(n=quiet.n.sum()))
    n = sum(int(row["n"]) for row in rows)
    again = [row for row in rows if row["follows"] == "beyond"]
    hits = sum(int(row["n"]) for row in again)
    if not n:
        return None
    about = {(row["next_touchpoint"], row["next_reason"]): int(row["n"]) / hits for row in again}
    return Disturbance(hits / n, n, about, timedelta(days=log.window_days).total_seconds())


def corrected(
    hits: Mapping[Contact | None, int], gap_s: float, by_chance: Disturbance
) -> dict[Contact | None, Corrected]:
    """The shares of what follows a contact, without what follows by chance; None stands for nothing.

    Args:
        hits: how often each contact followed within the window, and none.
        gap_s: the mean time until what followed [s].
        by_chance: how often another need comes up.

    Example (one in five has another need within the window, half of them about a; truly 50% stop and 50% go to b, at
    once):
        >>> chance = Disturbance(0.2, 10**6, {("a", None): 0.5, ("c", None): 0.5}, 1.0)
        >>> seen = {None: 400, ("b", None): 500, ("a", None): 50, ("c", None): 50}
        >>> {key and key[0]: round(one.share, 3) for key, one in corrected(seen, 0.0, chance).items()}
        {None: 0.5, 'b': 0.5, 'a': 0.0, 'c': 0.0}
    """
    n = sum(hits.values())
    observed = {key: count / n for key, count in hits.items()}
    lost, h = by_chance.before(gap_s), by_chance.share
    stop = min(1.0, observed.get(None, 0.0) / (1 - h)) if h < 1 else 0.0
    chance = lost * (1 - stop) + h * stop
    raw = {
        key: stop if key is None else max(0.0, (share - by_chance.about.get(key, 0.0) * chance) / (1 - lost))
        for key, share in observed.items()
    }
    going = sum(share for key, share in raw.items() if key is not None)
    scale = (1 - stop) / going if going > 0 else 0.0
    found = {}
    for key, share in observed.items():
        value = stop if key is None else raw[key] * scale
        own = max(share * (1 - share), 0.25 / n) / n
        weight = share / (1 - h) if key is None else by_chance.about.get(key, 0.0) * stop
        spread = 1 - h if key is None else 1 - lost
        se = math.sqrt(own / spread**2 + (weight / spread) ** 2 * by_chance.variance)
        found[key] = Corrected(value, se, value - share)
    return found
