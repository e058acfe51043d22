"""What does a truth imply for every assumption? Measured by plain pandas in a long log drawn from it.

A second computation beside the ledger's: row by row, from the file itself, without the store, its roll-ups or the
model's chains.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from touchpoints.inventory import Inventory
from touchpoints.quantities import DAYS_PER_MONTH
from workbench.validation.claim import Claim

WARM_UP_DAYS = 30
WINDOW = pd.Timedelta(days=7)
SHARES = {"abandoned", "unanswered"}


def implied(inventory: Inventory, file: Path, claims: list[Claim]) -> dict[str, float]:
    """The long-run value of every claim, by its name."""
    rows = pd.read_parquet(file)
    rows["contact"] = list(zip(rows["touchpoint"], rows["reason"], strict=True))
    first, last = rows["started_at"].min(), rows["started_at"].max()
    long = _Long(inventory, rows, (last - first).total_seconds() / 86_400, first + pd.Timedelta(days=WARM_UP_DAYS))
    return dict(long.values(claims))


class _Long:
    def __init__(self, inventory: Inventory, rows: pd.DataFrame, days: float, settled: pd.Timestamp) -> None:
        self.inventory = inventory
        self.days = days
        self.by_contact = dict(list(rows.groupby("contact")))
        self.first_time = _first_time(rows)
        cases = rows[rows["case_key"].notna()].sort_values(["case_key", "started_at"], kind="stable")
        case = cases.groupby("case_key")["contact"]
        cases = cases.assign(first=case.transform("first"), following=case.shift(-1), rank=case.cumcount())
        begun = cases.loc[cases["rank"] == 0].set_index("case_key")["started_at"]
        self.cases = cases[cases["case_key"].map(begun) >= settled]
        self.case_days = days - WARM_UP_DAYS

    def values(self, claims: list[Claim]) -> Iterator[tuple[str, float]]:
        for claim in claims:
            collection, _, rest = claim.name.partition("/")
            key, _, field = rest.rpartition("/")
            value = self._volume(key, field) if collection == "volumes" else self._journey(key, field.split("."))
            if value is not None:
                yield claim.name, value

    def _volume(self, key: str, field: str) -> float | None:
        volume = self.inventory.volumes[key]
        contact = (volume.touchpoint, volume.reason)
        rows = self.by_contact[contact]
        if field == "contacts":
            return len(rows) / self.days * DAYS_PER_MONTH
        if field in SHARES:
            return float((rows["outcome"] == field).mean())
        if field == "handed_off":
            desks = rows["layer_count"].dropna()
            return float((desks > 1).mean())
        if field == "resolved_first_time":
            return float(self.first_time[contact])
        if field == "answer_time":
            return float((rows["answered_at"] - rows["started_at"]).dt.total_seconds().mean())
        column = {"handling_time": "handling_time_s", "wait": "wait_s"}[field]
        return float(rows[column].mean())

    def _journey(self, key: str, path: list[str]) -> float | None:
        journey = self.inventory.journeys[key]
        contacts = {name: (step.touchpoint, step.reason) for name, step in journey.steps.items()}
        starts = list(journey.start or [next(iter(journey.steps))])
        own = self.cases[self.cases["first"].isin([contacts[step] for step in starts])]
        begun = own[own["rank"] == 0]
        if path[0] == "starts":
            return len(begun) / self.case_days * DAYS_PER_MONTH
        if path[0] == "start":
            return float((begun["contact"] == contacts[path[1]]).mean())
        if path[0] == "personas":
            return float((begun["persona"] == path[1]).mean())
        here = own[own["contact"] == contacts[path[1]]]
        overridden = list(journey.steps[path[1]].by_persona)
        here = here[here["persona"] == path[3]] if path[2] == "by_persona" else here[~here["persona"].isin(overridden)]
        if path[-1] == "elsewhere":
            row = journey.steps[path[1]].by_persona[path[3]].next if path[2] == "by_persona" else None
            known = {contacts.get(step) for step in (row or journey.steps[path[1]].next or {})}
            return float((here["following"].notna() & ~here["following"].isin(list(known))).mean())
        return float((here["following"] == contacts[path[-1]]).mean())


def _first_time(rows: pd.DataFrame) -> dict[tuple[str, str], float]:
    """The share of first contacts of a customer for a reason that are followed by none within the window."""
    own = rows[(rows["direction"] == "inbound") & rows["customer_key"].notna()]
    own = own.sort_values(["customer_key", "reason", "started_at"], kind="stable")
    at = own.groupby(["customer_key", "reason"])["started_at"]
    since, until = own["started_at"] - at.shift(1), at.shift(-1) - own["started_at"]
    episode = (since.isna() | (since > WINDOW)) & (own["started_at"] <= own["started_at"].max() - WINDOW)
    settled = until.isna() | (until > WINDOW)
    found = settled[episode].groupby(own.loc[episode, "contact"]).mean()
    return {contact: float(value) for contact, value in found.items()}
