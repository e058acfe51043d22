"""How is a log asked that one machine cannot hold? This is the one door to Apache Spark.

A log on Spark is a folder of Parquet, on disk or on object storage: contacts as they were read (an export of a store),
or a prepared log with all that follows from them. The meta file is written last: a folder without it is no log.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr import datatypes
from ibis.expr.operations import InMemoryTable

from workbench.log.derivation import CANONICAL, derived
from workbench.log.engine import SUPPRESS_BELOW, Log
from workbench.log.errors import LogError
from workbench.log.rollups import rollups
from workbench.log.store import VERSION

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession
except ImportError as missing:
    raise LogError("Spark is not installed; install journey-workbench with its extra `spark`") from missing

ACCOUNTS = ("file", "file_count", "quarantine")
"""What is said of the files that contacts came from."""

_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
"""Settings of a session on this machine alone."""

_TOLD = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME")
"""Where Spark is told of a cluster, by spark-submit or an installation of its own."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def convert_timezone(source: str, target: str, moment: datatypes.Timestamp(None)) -> datatypes.Timestamp(None):  # type: ignore[valid-type]
    """Spark's own function: a moment on the clock of another zone."""


class SparkLog(Log):
    """A contact log in Parquet, asked through Spark; what follows from its contacts is derived once and kept."""

    def __init__(self, folder: str, session: SparkSession, suppress_below: int = SUPPRESS_BELOW) -> None:
        self.folder = folder.rstrip("/")
        self.suppress_below = suppress_below
        self._session = session
        self._backend = ibis.pyspark.connect(session)
        self._tables: dict[str, ibis.Table] = {}
        self._kept: list[DataFrame] = []

    def table(self, name: str) -> ibis.Table:
        """A table of the log: read when it is there, else derived from the contacts."""
        if name not in self._tables:
            if self.meta.get("prepared") or name in ACCOUNTS:
                self._tables[name] = self._read(name)
            elif name == "contact":
                self._tables[name] = self._keep(name, self._derived())
            else:
                self._tables[name] = self._keep(name, self.rollups()[name])
        return self._tables[name]

    def arrow(self, expression: ibis.Table) -> pa.Table:
        """The columns of an expression."""
        given = expression.op().find(InMemoryTable)
        for table in given:
            # Through Arrow: on Ibis' own way, through pandas, a missing text becomes the text NaN.
            rows = table.data.to_pyarrow(table.schema)
            self._session.createDataFrame(rows).createOrReplaceTempView(table.name)
        try:
            return self._frame(expression).toArrow().cast(expression.schema().to_pyarrow())
        finally:
            for table in given:
                self._session.catalog.dropTempView(table.name)

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """What the log says about itself."""
        try:
            rows = self._session.read.parquet(f"{self.folder}/meta").collect()
        except PySparkException as error:
            raise LogError(f"{self.folder}: there is no contact log in Parquet ({_first_line(error)})") from error
        found = {row["key"]: json.loads(row["value"]) for row in rows}
        if found.get("version") != VERSION:
            raise LogError(
                f"{self.folder}: was made in layout {found.get('version')}, this is layout {VERSION}; export again"
            )
        return found

    def rollups(self) -> dict[str, ibis.Table]:
        """The roll-ups of the log, as expressions over its contacts."""
        return rollups(self.table("contact"), self.window_days, self.last_at)

    def write(self, expression: ibis.Table, folder: str, order: Iterable[str] = ()) -> None:
        """Write the rows of an expression as Parquet; with an order each file holds a range of it.

        Raises:
            LogError: there is something in the folder already, or it cannot be written.
        """
        frame = self._frame(expression)
        _write(frame.repartitionByRange(*order) if order else frame, folder)

    def write_meta(self, meta: Mapping[str, Any], folder: str) -> None:
        """Write what a log says about itself."""
        rows = [(key, json.dumps(value)) for key, value in meta.items()]
        _write(self._session.createDataFrame(rows, "key string, value string").coalesce(1), folder)

    def close(self) -> None:
        """Forget what was kept in the cluster's memory."""
        for frame in self._kept:
            frame.unpersist()

    def _read(self, name: str) -> ibis.Table:
        return self._backend.read_parquet(f"{self.folder}/{name}", table_name=name)

    def _derived(self) -> ibis.Table:
        contact = self._read("contact").select(*CANONICAL)
        local = convert_timezone("UTC", self.time_zone, contact.started_at)
        return derived(contact, local, str(self.meta["repeat_key"]))

    def _frame(self, expression: ibis.Table) -> DataFrame:
        return self._session.sql(self._backend.compile(expression))

    def _keep(self, name: str, expression: ibis.Table) -> ibis.Table:
        frame = self._frame(expression).persist()
        self._kept.append(frame)
        frame.createOrReplaceTempView(f"kept_{name}")
        return self._backend.table(f"kept_{name}")


@contextmanager
def open_spark_log(
    folder: str, *, master: str | None = None, session: SparkSession | None = None, suppress_below: int = SUPPRESS_BELOW
) -> Iterator[SparkLog]:
    """The contact log in a folder of Parquet, open for reading on Spark.

    Args:
        folder: a folder, or an address such as `s3a://bucket/log`.
        master: the cluster; that of spark-submit or Spark's own settings, else this machine, when not given.
        session: a session that is there already, instead of one of its own.
        suppress_below: groups of fewer contacts, customers or cases are not shown.

    Raises:
        LogError: there is no log in the folder.
    """
    if suppress_below < 1:
        raise ValueError(f"suppress_below must be at least 1, got {suppress_below!r}")
    with nullcontext(session) if session else spark_session(master) as shared:
        # Settings and views of its own, so that logs that are open at the same time do not meet.
        log = SparkLog(folder, shared.newSession(), suppress_below)
        try:
            _ = log.meta
            yield log
        finally:
            log.close()


def prepare(folder: str, target: str, *, master: str | None = None, session: SparkSession | None = None) -> int:
    """Write the log of a folder to another with all that follows from its contacts, so that it is derived once.

    Returns:
        The number of contacts.

    Raises:
        LogError: there is no log in the folder, or something is in the target already.
    """
    with open_spark_log(folder, master=master, session=session) as log:
        for name in ACCOUNTS:
            log.write(log.table(name), f"{target}/{name}")
        log.write(log.table("contact"), f"{target}/contact", order=("day", "journey"))
        for name in log.rollups():
            log.write(log.table(name), f"{target}/{name}")
        meta = {**log.meta, "prepared": True}
        log.write_meta(meta, f"{target}/meta")
        return log.contacts


@contextmanager
def spark_session(master: str | None = None) -> Iterator[SparkSession]:
    """A session of Spark, as quiet as can be; the one that is running, or one that is stopped afterwards.

    Args:
        master: the cluster; that of spark-submit or Spark's own settings, else this machine, when not given.

    Raises:
        LogError: Spark cannot be started.
    """
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    with tempfile.TemporaryDirectory(prefix="workbench-spark-") as scratch:
        started = _started(master, scratch)
        try:
            yield started
        finally:
            started.stop()


def _started(master: str | None, scratch: str) -> SparkSession:
    builder = SparkSession.Builder().appName("journey-workbench")
    if not master and not any(name in os.environ for name in _TOLD):
        master = "local[*]"
    if master:
        builder = builder.master(master)
    settings = {
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": scratch,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **(_LOCAL if (master or "").startswith("local") else {}),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, RuntimeError) as error:
        raise LogError(f"Spark could not be started ({_first_line(error)}); it needs Java 17") from error


def _write(frame: DataFrame, folder: str) -> None:
    try:
        frame.write.parquet(folder)
    except PySparkException as error:
        raise LogError(f"{folder}: cannot be written ({_first_line(error)})") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
