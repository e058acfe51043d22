"""Run the recovery of a planted truth over fixed seeds: `python -m tests.recovery [SEEDS]`, fifty when not said."""

from __future__ import annotations

import sys
from collections import Counter

from tests.recovery.recovery import recover

WANTED_FOUND, WANTED_FALSE, WANTED_VALIDATED = 0.96, 0.05, 0.80


def main() -> None:
    """Print a line per log and the totals; exit status 1 when less is recovered than is wanted."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    kinds: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    shares: list[float] = []
    true = validated = drifting = unmodelled = 0
    for found in recover(range(1, seeds + 1)):
        kinds.update(kind for kind, is_found in found.planted.items() if is_found)
        false.update(found.false)
        missed.update(set(found.true) - set(found.validated))
        shares.append(found.false_share)
        true, validated = true + len(found.true), validated + len(found.validated)
        drifting, unmodelled = drifting + found.drifting, unmodelled + found.unmodelled
        kinds_found = ", ".join(kind for kind, is_found in found.planted.items() if is_found)
        print(
            f"seed {found.seed:2}  {found.contacts:,} contacts  found {kinds_found}"
            f"  contradicted {len(found.contradicted)} (false {len(found.false)})"
            f"  validated {len(found.validated)} of {len(found.true)} true ones",
            flush=True,
        )
    mean_false = sum(shares) / len(shares)
    print(f"\nfound in {seeds} logs: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    print(f"mean false share of the contradictions {mean_false:.2%}; most often {false.most_common(5)}")
    print(f"validated of the true assumptions with enough contacts {validated / true:.1%} ({validated} of {true})")
    print(f"most often not validated {missed.most_common(5)}")
    print(
        f"drifts told in logs that do not drift {drifting}; journeys said to be lacking {unmodelled} ({seeds} planted)"
    )
    kept = all(kinds[kind] >= WANTED_FOUND * seeds for kind in ("time", "volume", "transition", "journey"))
    sys.exit(0 if kept and mean_false <= WANTED_FALSE and validated >= WANTED_VALIDATED * true else 1)


main()
