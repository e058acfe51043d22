"""Is a log of ten million contacts read within 2 GiB, and are its measures faster than a scan of its columns?

The number of contacts is that of the environment variable BENCH_CONTACTS (5e7, say), ten million when it is not set.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tests.bench.dashboard import dashboard, measured
from tests.bench.ratio import Ratio, paired
from workbench.log.store import open_log

CONTACTS = int(float(os.environ.get("BENCH_CONTACTS", "1e7")))
BY = ("touchpoint", "channel", "reason", "month")
TEXTS = ("touchpoint", "channel", "reason", "direction", "outcome", "customer_key")
NUMBERS = ("epoch(started_at)", "handling_time_s", "wait_s")

INGEST = """
import resource, sys, time
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
started = time.perf_counter()
result = ingest([sys.argv[1]], load_profile("generic_parquet"), sys.argv[2], bytes(range(32)),
                time_zone="Europe/Amsterdam")
took = time.perf_counter() - started
assert result.contacts == result.added
print(result.contacts, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
"""


def bench() -> Iterator[Ratio]:
    """Memory of the ingest, its time against a plain sort and against a tenth, and the measures against a scan."""
    with tempfile.TemporaryDirectory() as folder:
        part_file, log_file, store = (Path(folder) / name for name in ("part.parquet", "log.parquet", "log.duckdb"))
        write_log(part_file, CONTACTS // 10)
        part_s, _ = _ingest(part_file, Path(folder) / "part.duckdb", CONTACTS // 10)
        write_log(log_file, CONTACTS)
        before_s = _sort(log_file, Path(folder) / "sorted.duckdb")
        ingest_s, peak_gib = _ingest(log_file, store, CONTACTS)
        sort_s = (before_s + _sort(log_file, Path(folder) / "sorted.duckdb")) / 2
        name = f"ingest of {CONTACTS:,} contacts"
        yield Ratio(f"{name}, peak memory / 2 GiB", peak_gib, 2.0, 1.0, "GiB")
        yield Ratio(f"{name} / DuckDB's own sort of the same columns", ingest_s, sort_s, 8.0)
        yield Ratio(f"{name} / a tenth of them × 10^1.1", ingest_s, part_s * 10**1.1, 1.0)
        with open_log(store) as log:
            times = paired(lambda: measured(log, BY), lambda: _scan(log_file))
            yield Ratio("measures per touchpoint, channel, reason, month / scan of columns", *times, 1.0)
            yield from dashboard(log)


def _ingest(file: Path, store: Path, contacts: int) -> tuple[float, float]:
    """The time of an ingest in a process of its own [s], and its peak memory [GiB]."""
    command = [sys.executable, "-c", INGEST, str(file), str(store)]
    found, took_s, peak_gib = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert int(found) == contacts
    return float(took_s), float(peak_gib)


def write_log(file: Path, contacts: int) -> None:
    """A Parquet log of a year: 12 touchpoints of one channel each, 40 reasons of which few are frequent.

    Three contacts in ten are of customers seen more than once; a fifth of the customers is unknown.
    """
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET memory_limit = '1GB'; SELECT setseed(0.42)")
        connection.execute(
            f"""COPY (
                SELECT 'T' || i AS contact_id,
                    CASE WHEN random() < 0.8 THEN 'klant-' || CAST(random() * {contacts * 0.3} AS BIGINT) END
                        AS customer_key,
                    TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_seconds(CAST(random() * 31536000 AS BIGINT))
                        AS started_at,
                    'touchpoint_' || place AS touchpoint, 'channel_' || place % 6 AS channel,
                    'reason_' || CAST(floor(40 * power(random(), 3)) AS INTEGER) AS reason, 'inbound' AS direction,
                    CASE WHEN random() < 0.9 THEN 'answered' ELSE 'abandoned' END AS outcome,
                    CAST(-200 * ln(1 - random()) AS INTEGER) AS handling_time_s,
                    CAST(-40 * ln(1 - random()) AS INTEGER) AS wait_s
                FROM (SELECT i, CAST(floor(12 * power(random(), 2)) AS INTEGER) AS place FROM range({contacts}) r(i))
            ) TO '{file}' (FORMAT parquet)"""
        )


def _sort(file: Path, target: Path) -> float:
    """The time DuckDB takes to sort the columns by customer and time into a table [s]."""
    with duckdb.connect(target, config={"threads": 2, "memory_limit": "1GB"}) as connection:
        sql = f"CREATE OR REPLACE TABLE sorted AS SELECT * FROM '{file}' ORDER BY customer_key, started_at"
        started = time.perf_counter()
        connection.execute(sql)
        return time.perf_counter() - started


def _scan(file: Path) -> object:
    """Read the columns that the measures rest on, and do as little as possible with them."""
    parts = ", ".join([*(f"sum(strlen({text}))" for text in TEXTS), *(f"sum({number})" for number in NUMBERS)])
    with duckdb.connect(config={"threads": 2}) as connection:
        return connection.execute(f"SELECT {parts} FROM '{file}'").fetchall()
