"""How is a number of the model drawn, again and again, from what the model knows about it?

A range a..b is normal with its ends as 10th and 90th percentile; {low, likely, high} is a beta-PERT with these
percentiles and mode `likely`; a number without a range gets the declared spread of its evidence grade. Draws are cut
off at what is possible (no negative times, no shares above one). Each number has its own stream of random numbers,
seeded by its name, so that the order of the YAML changes nothing.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from touchpoints.estimate import Estimate
from touchpoints.inventory import Assumption, Inventory
from touchpoints.quantities import Share

Draws = NDArray[np.float64]

Z_90 = 1.2815515655446004
"""The 90th percentile of the standard normal distribution."""


@dataclass
class Sampler:
    """Draws of the numbers of a model, each drawn once and kept.

    Attributes:
        inventory: the model.
        draws: how many.
        seed: the same seed gives the same draws.
    """

    inventory: Inventory
    draws: int
    seed: int
    _kept: dict[int, Draws] = field(default_factory=dict)
    _named: dict[int, Assumption] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise ValueError(f"draws must be at least 1, got {self.draws!r}")
        self._named = {id(one.estimate): one for one in self.inventory.assumptions()}

    def of(self, estimate: Estimate | None) -> Draws:
        """The draws of a number of the model, in the unit of its class; zeros for none."""
        if estimate is None:
            return np.zeros(self.draws)
        found = self._kept.get(id(estimate))
        if found is None:
            found = self._kept[id(estimate)] = self._drawn(estimate)
        return found

    def once(self, estimate: Estimate | None) -> Draws:
        """The same draws of a number that nothing else asks for, so that they need not be kept."""
        if estimate is None or id(estimate) in self._kept:
            return self.of(estimate)
        return self._drawn(estimate)

    def half_width(self, estimate: Estimate) -> float:
        """Half the 10–90% interval of a number without a range, by its grade's declared spread.

        Relative to the number; for a share relative to the smaller of it and the rest.
        """
        assumption = self._named.get(id(estimate))
        spread: Share | None = getattr(self.inventory.uncertainty, assumption.grade if assumption else "assumed")
        base = min(estimate.point, 1 - estimate.point) if isinstance(estimate, Share) else abs(estimate.point)
        return base * spread.point if spread is not None else 0.0

    def _drawn(self, estimate: Estimate) -> Draws:
        assumption = self._named.get(id(estimate))
        name = assumption.name if assumption else estimate.text
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        if estimate.shape == "pert":
            values = _pert(estimate.low, estimate.point, estimate.high, rng, self.draws)
        else:
            ranged = estimate.shape == "range"
            reach = (estimate.high - estimate.low) / 2 if ranged else self.half_width(estimate)
            values = (
                rng.normal(estimate.point, reach / Z_90, self.draws) if reach else np.full(self.draws, estimate.point)
            )
        return np.clip(values, estimate.LOWEST, estimate.HIGHEST, out=values)


def _pert(low: float, likely: float, high: float, rng: np.random.Generator, draws: int) -> Draws:
    """Draws of a beta-PERT by its mode and its 10th and 90th percentile."""
    if high <= low:
        return np.full(draws, likely)
    least, most, alpha, beta = pert_ends(low, likely, high)
    return least + (most - least) * rng.beta(alpha, beta, draws)


@cache
def pert_ends(low: float, likely: float, high: float) -> tuple[float, float, float, float]:
    """Minimum, maximum and the two shapes of the beta-PERT with a mode and a 10th and 90th percentile.

    α = 1 + 4 (m − a)/(b − a), β = 1 + 4 (b − m)/(b − a), a and b solved from the percentiles.

    Example (symmetric: the shapes are equal):
        >>> least, most, alpha, beta = pert_ends(2.0, 3.0, 4.0)
        >>> round(alpha, 6), round(beta, 6), round(least + most, 6)
        (3.0, 3.0, 6.0)

    References:
        Malcolm, Roseboom, Clark and Fazar (1959), Application of a technique for research and development program
        evaluation, Operations Research 7, 646-669.
    """
    from scipy import optimize

    width = high - low

    def ends(below: float, above: float) -> tuple[float, float, float, float]:
        least, most = low - width * np.exp(below), high + width * np.exp(above)
        alpha = 1 + 4 * (likely - least) / (most - least)
        return float(least), float(most), float(alpha), float(6 - alpha)

    def misses(x: NDArray[np.float64]) -> list[float]:
        least, most, alpha, beta = ends(float(x[0]), float(x[1]))
        quantiles = np.asarray(least + (most - least) * special.betaincinv(alpha, beta, [0.1, 0.9]))
        return [(float(quantiles[0]) - low) / width, (float(quantiles[1]) - high) / width]

    found = optimize.least_squares(misses, [-1.0, -1.0], bounds=(-12.0, 3.0), xtol=1e-12, ftol=1e-12)
    return ends(float(found.x[0]), float(found.x[1]))
