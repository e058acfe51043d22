"""What is added up once, so that a question need not go to the contacts? Each roll-up is a query over `contact`."""

from __future__ import annotations

from workbench.log.contact import DIMENSIONS, FIELDS, INBOUND, REPEAT_NOTIONS


def rollups(window_days: int) -> dict[str, str]:
    """The name of every roll-up of a store and its query; `window_days` is the repeat window [d]."""
    return {"daily": _daily_sql(window_days), "transition": _TRANSITION, "field": _field_sql()}


def _daily_sql(window_days: int) -> str:
    """What the measures need, added up per day and dimension.

    An episode is a contact that repeats no other within the window; it is settled when none follows within the window.
    Episodes that start less than a window before the end of the log are not counted: nobody knows what follows.
    """
    window = window_days * 86_400
    parts = ["count(*) AS n"]
    answer = "epoch(answered_at) - epoch(started_at)"
    for name, value in (
        ("handling", "handling_time_s"),
        ("wait", "wait_s"),
        ("answer", answer),
        ("effort", "effort_score"),
    ):
        parts += [
            f"count({value}) AS {name}_n",
            f"coalesce(sum({value}), 0) AS {name}_sum",
            f"coalesce(sum(({value}) * ({value})), 0) AS {name}_sumsq",
        ]
    parts += [
        "count(*) FILTER (WHERE wait_s > 0) AS queued_n",
        "count(resolved) AS resolved_n",
        "count(*) FILTER (WHERE resolved) AS resolved_yes",
        "count(layer_count) AS layers_n",
        "count(*) FILTER (WHERE layer_count > 1) AS handed_off",
        f"count(*) FILTER (WHERE {INBOUND} AND outcome IS NOT NULL) AS ended_n",
    ]
    whole = f"started_at <= (SELECT max(started_at) FROM contact) - INTERVAL {window_days} DAY"
    for notion in REPEAT_NOTIONS:
        known, since, until = f"{notion}_known", f"{notion}_since_s", f"{notion}_until_s"
        first = f"{known} AND ({since} IS NULL OR {since} > {window}) AND {whole}"
        parts += [
            f"count(*) FILTER (WHERE {known}) AS {notion}_n",
            f"count(*) FILTER (WHERE {since} <= {window}) AS {notion}_repeats",
            f"count(*) FILTER (WHERE {first}) AS {notion}_episodes",
            f"count(*) FILTER (WHERE {first} AND ({until} IS NULL OR {until} > {window})) AS {notion}_settled",
        ]
    by = ", ".join(("day", *DIMENSIONS))
    return f"SELECT {by}, {', '.join(parts)} FROM contact GROUP BY ALL ORDER BY ALL"


_TRANSITION = """
    SELECT day, previous, touchpoint, count(*) AS n FROM contact WHERE step > 1 GROUP BY ALL ORDER BY ALL"""


def _field_sql() -> str:
    counts = ", ".join(f"count({name}) AS {name}" for name in FIELDS)
    return f"UNPIVOT (SELECT {counts} FROM contact) ON {', '.join(FIELDS)} INTO NAME field VALUE known"
