"""Between which ends lie the contacts that a plan moves, and the share of contacts without a valid answer?"""

from __future__ import annotations

import numpy as np

from touchpoints.inventory import Inventory
from workbench.analysis.content.asked import COVERED, Coverage
from workbench.analysis.steering.plan import Plan
from workbench.analysis.uncertainty import Draws, Sampler
from workbench.analysis.workload import MONTHS_PER_YEAR, Work

DRAWS = 4_000
SEED = 1

Range = tuple[float, float]
"""The 10th and the 90th percentile."""


def moved_range(inventory: Inventory, plan: Plan) -> Range:
    """Contacts a year that the plan moves and that are helped there, when all its numbers are drawn [1/year].

    Σ nᵢ · eligible · adoption · resolved · xᵢ with the parts xᵢ of the plan as they are.
    """
    sampler, rules = Sampler(inventory, DRAWS, SEED), inventory.steering
    helped = sampler.of(rules.eligible) * sampler.of(rules.resolved)
    moved = np.zeros(DRAWS)
    for one, part in plan.chosen:
        moved += part * _contacts(sampler, one.work) * sampler.of(getattr(rules.adoption, one.instrument)) * helped
    return _ends(moved)


def unanswered_range(inventory: Inventory, coverage: Coverage) -> Range | None:
    """Share of contacts that ask something and find no valid answer, when all volumes are drawn [1]."""
    sampler = Sampler(inventory, DRAWS, SEED)
    covered, total = np.zeros(DRAWS), np.zeros(DRAWS)
    for line in coverage.lines:
        contacts = _contacts(sampler, line.work)
        total += contacts
        covered += contacts if line.state in COVERED else 0.0
    return _ends(1 - covered / total) if np.all(total > 0) else None


def _contacts(sampler: Sampler, work: Work) -> Draws:
    """Contacts a year of a line of work in every draw; those that only a journey tells stay as they are [1/year]."""
    found = sampler.inventory.volumes_of(work.touchpoint, work.reason)
    volumes = [one.contacts for one in found if one.contacts is not None]
    if not volumes:
        return np.full(sampler.draws, work.contacts_per_year)
    drawn: Draws = np.sum([sampler.of(one) for one in volumes], axis=0) * MONTHS_PER_YEAR
    return drawn


def _ends(drawn: Draws) -> Range:
    low, high = np.percentile(drawn, [10, 90])
    return float(low), float(high)
