"""How much does a touchpoint carry: what share of journeys would no longer be resolved without it?"""

from __future__ import annotations

from journeys.chain import Chain, chain_of
from journeys.graph import RESOLVED, mix_of, step_graph
from touchpoints.inventory import Inventory
from touchpoints.records.journey import Journey


def removal_effect(chain: Chain, steps: list[int]) -> float:
    """1 − (resolved without some steps) / resolved [1]: whoever would go there gives up instead.

    Example (paths GA → done twice, M → done, GA → M → done, GA → nothing):
        >>> import networkx as nx
        >>> paths = nx.DiGraph()
        >>> paths.add_node("GA", start=.8); paths.add_node("M", start=.2)
        >>> paths.add_edge("GA", "resolved", share=.5); paths.add_edge("GA", "M", share=.25)
        >>> paths.add_edge("GA", "gave_up", share=.25); paths.add_edge("M", "resolved", share=1.0)
        >>> round(removal_effect(chain_of(paths), [0]), 9), round(removal_effect(chain_of(paths), [1]), 9)
        (0.75, 0.5)

    References:
        Anderl, Becker, von Wangenheim and Schumann (2016), Mapping the customer journey: lessons learned from
        graph-based online attribution modeling, International Journal of Research in Marketing 33, 457-474.
    """
    resolved = chain.absorbed(RESOLVED)
    return 1.0 - chain.without(steps).absorbed(RESOLVED) / resolved if resolved > 0 else 0.0


def removal_effects(inventory: Inventory, journey: Journey) -> dict[str, float]:
    """The removal effect of every touchpoint of a journey, over the mixture of its personas."""
    at: dict[str, list[int]] = {}
    for index, step in enumerate(journey.steps.values()):
        if step.touchpoint is not None:
            at.setdefault(step.touchpoint, []).append(index)
    resolved, without = 0.0, dict.fromkeys(at, 0.0)
    for persona, share in mix_of(journey).items():
        chain = chain_of(step_graph(inventory, persona, [journey]), [f"{journey.id}/{step}" for step in journey.steps])
        resolved += share * chain.absorbed(RESOLVED)
        for touchpoint, steps in at.items():
            without[touchpoint] += share * chain.without(steps).absorbed(RESOLVED)
    return {touchpoint: 1.0 - rest / resolved if resolved > 0 else 0.0 for touchpoint, rest in without.items()}
