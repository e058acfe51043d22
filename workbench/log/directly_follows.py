"""How often does each touchpoint directly follow each? Answered from the daily counts, in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.log.engine import Log
from workbench.log.suppression import withheld


@dataclass(frozen=True)
class DirectlyFollows:
    """What directly follows what.

    Attributes:
        counts: by touchpoint and the touchpoint after it, most frequent first; None where the log does not say.
        too_small: how many pairs are not shown, because they are too few or would give such a pair away.
    """

    counts: dict[tuple[str | None, str | None], int]
    too_small: int


def directly_follows(log: Log) -> DirectlyFollows:
    """How often each touchpoint directly follows each in a journey: a case or, without a case, a customer's contacts.

    There is no selection of days: what two selections differ by could be told by subtraction.
    """
    table = log.table("transition")
    rows = log.rows(table.group_by(["previous", "touchpoint"]).agg(n=table.n.sum()))
    counts = {(row["previous"], row["touchpoint"]): int(row["n"]) for row in rows}
    hidden = withheld(list(counts), list(counts.values()), log.suppress_below)
    shown = {pair: n for pair, n in counts.items() if pair not in hidden}
    ordered = dict(sorted(shown.items(), key=lambda pair: (-pair[1], str(pair[0]))))
    return DirectlyFollows(ordered, len(hidden))
