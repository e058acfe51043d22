"""How long does a question of a dashboard take, and what would the engine alone take to add up the same roll-up?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from statistics import median
from typing import Any

import duckdb

from tests.bench.ratio import Ratio, paired
from workbench.log import measures
from workbench.log.arrivals import arrivals
from workbench.log.distributions import distribution
from workbench.log.engine import Log
from workbench.log.repeats import channel_switch, first_contact_resolution, repeat_share
from workbench.log.selection import Selection
from workbench.log.store import StoredLog

FILTERS = (
    Selection(),
    Selection({"channel": ("channel_1",)}),
    Selection({"channel": ("channel_2",), "reason": ("reason_0", "reason_3")}, date(2025, 4, 1), date(2025, 9, 30)),
    Selection({"touchpoint": ("touchpoint_4",)}, date(2025, 3, 3), date(2025, 3, 23)),
)
"""Of period, channel and reason; this log knows no personas."""

ASKED: tuple[Callable[..., Any], ...] = (
    measures.volume, measures.handling_time, measures.wait, measures.abandonment, first_contact_resolution,
    repeat_share, channel_switch,
)  # fmt: skip


def dashboard(log: StoredLog) -> Iterator[Ratio]:
    """The slowest question, warm, from roll-ups and from rows; and a plain sum against the engine's own."""
    questions = [partial(ask, log, by, chosen) for ask in ASKED for by in ((), ("month",)) for chosen in FILTERS]
    questions += [partial(distribution, log, "handling_time_s", ("channel",), chosen) for chosen in FILTERS[:3]]
    questions.append(partial(arrivals, log, ("channel",)))
    yield _slowest("any dashboard question from roll-ups, slowest / 50 ms", questions, 0.05)
    rows = [partial(distribution, log, "wait_s", (), chosen, exact=True) for chosen in FILTERS[1:]]
    rows.append(partial(arrivals, log, ("reason",), FILTERS[1], slot="half_hour"))
    yield _slowest("any that goes to the contacts, slowest / 500 ms", rows, 0.5)
    one = Selection({"reason": ("reason_3",)})
    times = paired(lambda: measures.wait(log, ("channel", "month"), one), lambda: _plain(log), runs=9)
    yield Ratio("mean wait per channel and month of a reason / DuckDB's own sum of the roll-up", *times, None)


def _slowest(name: str, questions: list[Callable[[], Any]], limit_s: float) -> Ratio:
    """The median seconds of the slowest of some questions, each asked before."""
    worst = 0.0
    for question in questions:
        question()
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            question()
            taken.append(time.perf_counter() - start)
        worst = max(worst, median(taken))
    return Ratio(f"{name} ({len(questions)} asked)", worst, limit_s, 1.0)


def _plain(log: StoredLog) -> object:
    connection: duckdb.DuckDBPyConnection = log.connection
    return connection.execute(
        "SELECT channel, date_trunc('month', day), sum(wait_n), sum(wait_sum), sum(wait_sumsq) FROM daily"
        " WHERE reason = 'reason_3' GROUP BY ALL ORDER BY ALL"
    ).fetchall()


def measured(log: Log, by: tuple[str, ...]) -> object:
    """Six measures of one grouping."""
    asked = (measures.volume, measures.handling_time, measures.wait, measures.abandonment)
    return [*(ask(log, by) for ask in asked), first_contact_resolution(log, by), repeat_share(log, by)]
