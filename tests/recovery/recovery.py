"""Does the ledger find what is planted in a simulated log, and nothing else?

Planted are four deviations (city/truth.yaml): 20% more handling time at one touchpoint, 30% more contacts for one
reason, one journey in twenty that the model lacks, and ten points from one transition to another. What every other
assumption is really worth follows from the truth, and is measured in a long log drawn from it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.recovery.implied import implied
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.project import Project, open_project
from workbench.simulation.simulate import simulate
from workbench.validation.ledger import Ledger, ledger
from workbench.validation.verdict import is_enough

CITY = Path(__file__).parent / "city"
DAYS = 57
"""At 26,745 contacts a month 50,000 contacts."""
LONG_CONTACTS = 1_500_000
LONG_SEED = 1_000_003
LEAST = {"time": 1_500, "volume": 1_000, "transition": 700}
"""So many contacts a planted deviation rests on."""

PLANTED = {
    "time": ("volumes/desk/passport/handling_time", "volumes/desk/licence/handling_time"),
    "volume": ("volumes/line/waste/contacts", "volumes/mail/waste/contacts"),
    "transition": ("journeys/moving/steps.search.next.call", "journeys/moving/steps.search.next.notify"),
}
"""The assumptions that a deviation makes false, where enough contacts rest on them; all must be contradicted."""
JOURNEY = ("mail", "complaint")
"""Where the journey that the model lacks starts."""


@dataclass(frozen=True)
class Found:
    """What the ledger made of one log.

    Attributes:
        seed: of the log.
        contacts: how many it has.
        planted: for each kind of deviation whether it was found.
        contradicted, false: the contradictions, and those of assumptions that hold.
        true, validated: the assumptions that hold and have enough contacts, and those of them that came out validated.
        drifting: assumptions said to drift, in a truth that never moves.
        unmodelled: journeys that the ledger says the model lacks.
    """

    seed: int
    contacts: int
    planted: dict[str, bool]
    contradicted: tuple[str, ...]
    false: tuple[str, ...]
    true: tuple[str, ...]
    validated: tuple[str, ...]
    drifting: int
    unmodelled: int

    @property
    def false_share(self) -> float:
        """The share of false ones among the contradictions."""
        return len(self.false) / len(self.contradicted) if self.contradicted else 0.0


def recover(seeds: Iterable[int], long_contacts: int = LONG_CONTACTS, days: int = DAYS) -> Iterator[Found]:
    """Draw a log for each seed, and see what the ledger finds in it."""
    project = open_project(CITY).require_sound()
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.parquet"
        truth = CITY / "truth.yaml"
        simulate(project.inventory, long, seed=LONG_SEED, contacts=long_contacts, truth=truth)
        values: dict[str, float] = {}
        for seed in seeds:
            file = Path(folder) / f"{seed}.parquet"
            contacts = simulate(project.inventory, file, seed=seed, days=days, truth=truth).contacts
            result = read(project, file, Path(folder) / f"{seed}.duckdb")
            lacking = [entry.claim for entry in result.entries if entry.claim.name not in values]
            if lacking:
                values |= implied(project.inventory, long, lacking)
            yield judged(seed, contacts, result, values)


def read(project: Project, file: Path, store: Path) -> Ledger:
    """The ledger of a log file."""
    profile = load_profile("generic_parquet")
    ingest([str(file)], profile, store, bytes(range(32)), time_zone=project.inventory.settings.time_zone)
    with open_log(store) as log:
        return ledger(project, log)


def judged(seed: int, contacts: int, result: Ledger, values: dict[str, float]) -> Found:
    """The ledger held against the truth."""
    verdicts = {entry.claim.name: entry.verdict for entry in result.entries}
    claims = {entry.claim.name: entry.claim for entry in result.entries}
    planted = {}
    for kind, names in PLANTED.items():
        resting = [name for name in names if name in claims and claims[name].seen.n >= LEAST[kind]]
        planted[kind] = bool(resting) and all(verdicts[name] == "contradicted" for name in resting)
    lacking = [one for one in result.unmatched if one.side == "journey_unmodelled"]
    planted["journey"] = any(one.contact == JOURNEY for one in lacking)
    holds = [name for name, one in claims.items() if one.agreeing[0] <= values[name] <= one.agreeing[1]]
    true = [name for name in holds if is_enough(claims[name].seen, claims[name].agreeing)]
    contradicted = [name for name, verdict in verdicts.items() if verdict == "contradicted"]
    return Found(
        seed=seed,
        contacts=contacts,
        planted=planted,
        contradicted=tuple(contradicted),
        false=tuple(sorted(set(contradicted) & set(holds))),
        true=tuple(true),
        validated=tuple(name for name in true if verdicts[name] == "validated"),
        drifting=len(result.drifting),
        unmodelled=len(lacking),
    )
