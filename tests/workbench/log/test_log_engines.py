"""Do the embedded engine and Spark give the same tables, measures, journeys and ledger for the same log?

All tests on Spark stand here, so that it is started once. The expected values are those of the other engine, which has
tests of its own against calculations by hand; the design's oracle is asked of Spark as well.
"""

import importlib
import inspect
import math
import os
import pkgutil
import random
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pytest
from click.testing import CliRunner

import workbench.log
from workbench.cli.main import cli
from workbench.log.derivation import CANONICAL, derived
from workbench.log.errors import LogError
from workbench.log.exporting import export_log
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.repeats import first_contact_resolution, repeat_share
from workbench.log.selection import Selection
from workbench.log.store import Resources, open_log
from workbench.log.traces import traces
from workbench.project import open_project
from workbench.simulation.simulate import simulate

ROOT = Path(__file__).resolve().parents[3]
ACCOUNTS = ("file", "file_count", "quarantine")
GROUPINGS = [(), ("quarter", "month", "reason"), ("channel", "year", "week", "weekday"), ("day", "persona")]
ARGUMENTS = {"field": "wait_s", "limit_s": 30}


QUICK = """
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
"""
"""Settings of Spark for many small questions: compiling them would take longer than answering them."""


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Java is not installed, and Spark needs it")
    from workbench.log.spark import spark_session

    settings = tmp_path_factory.mktemp("spark")
    (settings / "spark-defaults.conf").write_text(QUICK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(settings))
        with spark_session("local[2]") as session:
            yield session


@pytest.fixture(scope="module")
def on_both(spark, tmp_path_factory):
    """Open a store in its own engine and, through an export, on Spark."""
    from workbench.log.spark import open_spark_log

    @contextmanager
    def both(store, *, suppress_below=1):
        folder = tmp_path_factory.mktemp("exported") / "log"
        with open_log(store, suppress_below=suppress_below) as stored:
            export_log(stored, folder)
            with open_spark_log(str(folder), session=spark, suppress_below=suppress_below) as sparked:
                yield stored, sparked

    return both


@pytest.fixture(scope="module")
def write_store(tmp_path_factory, as_csv, key):
    def write(rows, **options):
        folder = tmp_path_factory.mktemp("stored")
        (folder / "log.csv").write_text(as_csv(rows) if rows else "started_at\n", encoding="utf-8")
        ingest([folder / "log.csv"], load_profile("generic_csv"), folder / "log.duckdb", key, **options)
        return folder / "log.duckdb"

    return write


@pytest.fixture(scope="module")
def store(write_store):
    return write_store(_many_rows(1500), time_zone="Europe/Amsterdam")


@pytest.fixture(scope="module")
def both(store, on_both):
    with on_both(store) as logs:
        yield logs


def _many_rows(contacts):
    """Contacts over the change of the clocks, with every field, gaps in all of them, tied times and milliseconds."""
    draw = random.Random(20261122)
    rows = []
    for index in range(contacts):
        start = datetime(2026, 3, 20, tzinfo=UTC) + timedelta(seconds=draw.randrange(86_400 * 20))
        if index % 3 == 0:
            start += timedelta(milliseconds=draw.randrange(1000))
        if index % 7 == 0 and rows:
            start = datetime.fromisoformat(rows[-1]["started_at"])
        answered = start + timedelta(milliseconds=draw.randrange(100_000))
        rows.append(
            {
                "contact_id": index,
                "started_at": start.isoformat(),
                "answered_at": answered.isoformat() if draw.random() < 0.7 else "",
                "customer_key": draw.choice(["", *map(str, range(150))]),
                "case_key": draw.choice(["", "", *(f"c{case}" for case in range(200))]),
                "touchpoint": draw.choice(["kcc", "site", "mail", ""]),
                "channel": draw.choice(["phone", "web", "email", ""]),
                "direction": draw.choice(["inbound", "inbound", "outbound", "internal", ""]),
                "reason": draw.choice(["move", "pass", ""]),
                "persona": draw.choice(["senior", "starter", ""]),
                "outcome": draw.choice(["answered", "abandoned", "unanswered", "self_served", ""]),
                "handling_time_s": draw.choice(["", draw.randrange(1000)]),
                "wait_s": draw.choice(["", 0, draw.randrange(100)]),
                "ivr_time_s": draw.choice(["", draw.randrange(60)]),
                "resolved": draw.choice(["yes", "no", ""]),
                "layer_count": draw.choice([1, 2, ""]),
                "agent_group": draw.choice(["first", ""]),
                "content_id": draw.choice(["p1", "p2", ""]),
                "effort_score": draw.choice(["", 1, 5, 7]),
                "effort_scale": "ces2",
            }
        )
    return rows


def _alike(one, other):
    """Equal, but for how decimal fractions are rounded when they are added up in another order."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(_alike(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return one == other or math.isclose(one, other, rel_tol=1e-9) or (math.isnan(one) and math.isnan(other))
    return one == other


def _in_order(rows):
    """Rows in an order that does not depend on the engine; whole numbers of any type as one."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return sorted(plain, key=lambda row: [(value is None, str(value)) for value in row.values() if _is_key(value)])


def _plain(value):
    if isinstance(value, float | str | bool | date | datetime) or value is None:
        return value
    return int(value) if hasattr(value, "__int__") and type(value).__name__ in ("int", "Decimal") else str(value)


def _is_key(value):
    return not isinstance(value, float)


def _frame_rows(result):
    frame = result.to_frame()
    return frame.astype(object).where(pd.notna(frame), None).to_dict("records")


def _measures():
    """Every function of the log that gives a measure, with the arguments it needs beside the log."""
    found = []
    for module in pkgutil.iter_modules(workbench.log.__path__):
        members = vars(importlib.import_module(f"workbench.log.{module.name}")) if module.name != "spark" else {}
        for name, function in members.items():
            if not inspect.isfunction(function) or function.__module__ != f"workbench.log.{module.name}":
                continue
            signature = inspect.signature(function)
            names = list(signature.parameters)
            if signature.return_annotation == "Measure" and names[:1] == ["log"] and "by" in names:
                if name.startswith("_") or name == "share_of_days":
                    continue
                needed = [
                    name
                    for name, one in signature.parameters.items()
                    if one.default is one.empty and name not in ("log", "by", "selection")
                ]
                found.append(pytest.param(function, {name: ARGUMENTS[name] for name in needed}, id=name))
    return found


def test_every_table_is_the_same_on_both_engines(both):
    stored, sparked = both
    for name in ("contact", *ACCOUNTS, *sparked.rollups()):
        one, other = stored.table(name), sparked.table(name)
        assert list(one.columns) == list(other.columns), name
        assert _alike(_in_order(stored.rows(one)), _in_order(sparked.rows(other))), name
    assert stored.rows(stored.table("contact").count().as_table())[0]["CountStar(contact)"] == 1500
    assert dict(stored.known) == dict(sparked.known)
    assert (stored.notes, stored.first_at, stored.last_at) == (sparked.notes, sparked.first_at, sparked.last_at)


def test_what_the_store_derives_while_it_is_built_is_what_the_expression_derives(store):
    with open_log(store) as stored:
        contact = stored.table("contact")
        read = contact.select(*CANONICAL).mutate(
            **{name: contact[name].cast("string") for name in ("contact_id", "customer_key", "case_key", "touchpoint")}
        )
        query = derived(read, _on_the_clock(stored.time_zone, read.started_at), str(stored.meta["repeat_key"]))
        assert query.columns == contact.columns
        assert _in_order(stored.rows(query)) == _in_order(stored.rows(contact))


@ibis.udf.scalar.builtin(name="timezone")
def _said_in(zone: str, moment: ibis.dtype("timestamp")) -> ibis.dtype("timestamp('UTC')"): ...


@ibis.udf.scalar.builtin(name="timezone")
def _shown_in(zone: str, moment: ibis.dtype("timestamp('UTC')")) -> ibis.dtype("timestamp"): ...


def _on_the_clock(zone, moment):
    return _shown_in(zone, _said_in("UTC", moment))


@pytest.mark.parametrize(("measure", "needed"), _measures())
def test_every_measure_is_the_same_on_both_engines(both, measure, needed):
    stored, sparked = both
    for by in GROUPINGS:
        one, other = measure(stored, by=by, **needed), measure(sparked, by=by, **needed)
        assert _frame_rows(one), by
        assert _alike(_frame_rows(one), _frame_rows(other)), by
        assert one.notes == other.notes, by


def test_a_selection_and_another_window_are_the_same_on_both_engines(both):
    stored, sparked = both
    part = Selection({"channel": ("phone", "web")}, since=date(2026, 3, 29), until=date(2026, 4, 2))
    for asked in ({"selection": part}, {"window_days": 3}, {"key": "case_key"}, {"notion": "any"}):
        for measure in (first_contact_resolution, repeat_share):
            one, other = (_frame_rows(measure(log, by=["reason"], **asked)) for log in (stored, sparked))
            assert one
            assert _alike(one, other), asked


def test_small_groups_are_withheld_alike(store, on_both):
    with on_both(store, suppress_below=10) as (stored, sparked):
        for by in (("touchpoint", "day"), ("channel", "reason", "persona")):
            one, other = repeat_share(stored, by), repeat_share(sparked, by)
            assert _alike(_frame_rows(one), _frame_rows(other))
            assert one.notes == other.notes


@pytest.mark.parametrize("notion", ["case", "customer"])
def test_journeys_are_the_same_on_both_engines(both, notion):
    one, other = (traces(log, notion, times=True) for log in both)
    assert len(one) > 100
    assert one.words == other.words
    assert sorted(map(str, one)) == sorted(map(str, other))


def test_spark_answers_as_the_design_says(write_store, on_both):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    contacts = [
        ("A", "X", "phone", 0), ("A", "X", "phone", 3), ("A", "X", "phone", 20), ("B", "X", "phone", 0),
        ("C", "X", "phone", 0), ("C", "Y", "phone", 1), ("D", "X", "phone", 0), ("D", "X", "email", 2),
    ]  # fmt: skip
    rows = [
        {"contact_id": index, "customer_key": customer, "reason": reason, "channel": channel, "direction": "inbound",
         "started_at": (start + timedelta(days=day)).isoformat()}
        for index, (customer, reason, channel, day) in enumerate(contacts)
    ]  # fmt: skip
    with on_both(write_store(rows)) as (_, log):
        assert (repeat_share(log).n, repeat_share(log).value) == (8, 2 / 8)
        for notion, settled, episodes in (("reason", 4, 6), ("channel", 6, 7), ("any", 2, 5)):
            found = first_contact_resolution(log, notion=notion, log_end=start + timedelta(days=40))
            assert (found.n, found.value) == (episodes, pytest.approx(settled / episodes))


def test_an_empty_log_is_empty_on_spark(write_store, on_both):
    with on_both(write_store([])) as (_, log):
        assert (log.contacts, log.last_at) == (0, None)
        assert repeat_share(log).value is None


def test_a_prepared_log_is_read_as_it_was_derived(both, spark, tmp_path):
    from workbench.log.spark import open_spark_log, prepare

    stored, sparked = both
    target = str(tmp_path / "prepared")
    assert prepare(sparked.folder, target, session=spark) == 1500
    with open_spark_log(target, session=spark, suppress_below=1) as log:
        assert log.meta["prepared"] is True
        for name in ("contact", *sparked.rollups()):
            assert _alike(_in_order(stored.rows(stored.table(name))), _in_order(log.rows(log.table(name)))), name
        assert _alike(_frame_rows(repeat_share(log, ["reason"])), _frame_rows(repeat_share(stored, ["reason"])))
    with pytest.raises(LogError, match="cannot be written"):
        prepare(sparked.folder, target, session=spark)


def test_a_folder_without_a_log_is_told(spark, store, tmp_path):
    from workbench.log.spark import open_spark_log

    with pytest.raises(LogError, match="there is no contact log in Parquet"), open_spark_log(str(tmp_path)):
        pass
    with open_log(store) as stored, pytest.raises(LogError, match="is there already"):
        export_log(stored, tmp_path)
    with pytest.raises(ValueError, match="suppress_below must be"), open_spark_log("x", suppress_below=0):
        pass


def test_the_export_holds_pseudonyms_only(store, tmp_path):
    with open_log(store) as stored:
        assert export_log(stored, tmp_path / "out") == 1500
    read = pd.read_parquet(tmp_path / "out" / "contact")
    assert set(CANONICAL) <= set(read.columns)
    assert read["customer_key"].dropna().str.fullmatch("[0-9a-f-]{36}").all()
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert sorted(part.name for part in (tmp_path / "out" / "contact").iterdir()) == ["month=2026-03", "month=2026-04"]


def test_the_ledger_and_the_commands_are_the_same_on_spark(spark, tmp_path, key):
    from workbench.validation.ledger import ledger

    project_folder = tmp_path / "gemeente"
    shutil.copytree(ROOT / "examples" / "gemeente", project_folder, ignore=shutil.ignore_patterns(".workbench"))
    project = open_project(project_folder)
    simulate(project.inventory, tmp_path / "log.parquet", seed=7, contacts=4000)
    project.store_file.parent.mkdir()
    ingest([tmp_path / "log.parquet"], load_profile("generic_parquet"), project.store_file, key)
    asked = ["log", "measures", str(project_folder), "handling_time", "--by", "touchpoint", "--json"]
    run = CliRunner(catch_exceptions=False).invoke
    here = run(cli, asked)
    assert run(cli, ["log", "export", str(project_folder), "--out", str(project_folder / "parquet")]).exit_code == 0
    settings = project_folder / "workbench.yaml"
    told = project_folder / "parquet"
    settings.write_text(_on_spark(settings.read_text(encoding="utf-8"), told.name), encoding="utf-8")
    there = run(cli, asked)
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert here.output == there.output
    assert run(cli, ["validate", str(project_folder)]).exit_code == 0
    with ExitStack() as stack:
        from workbench.log.spark import open_spark_log

        logs = (
            stack.enter_context(open_log(project.store_file)),
            stack.enter_context(open_spark_log(str(told), session=spark)),
        )
        one, other = (ledger(project, log) for log in logs)
    assert len(one.entries) > 10
    assert _alike(_frame_rows(one), _frame_rows(other))


def _on_spark(settings, folder):
    """The settings of a project, with its log on Spark."""
    lines = settings.splitlines()
    at = next((index for index, line in enumerate(lines) if line.startswith("log:")), None)
    if at is None:
        return f"{settings}\nlog: {{spark: {{parquet: {folder}}}}}\n"
    if lines[at].strip() == "log:":
        lines.insert(at + 1, f"  spark: {{parquet: {folder}}}")
    else:
        lines[at] = lines[at].replace("{", f"{{spark: {{parquet: {folder}}}, ", 1)
    return "\n".join(lines) + "\n"


def test_more_than_fits_in_memory_is_put_in_order_on_disk(write_store):
    """Three million contacts of customers, in 128 MiB: without a folder to spill to they do not fit."""
    store = write_store(_many_rows(1500))
    with duckdb.connect(store) as connection:
        needed = "file_id, record, customer_key, started_at, touchpoint, reason"
        connection.execute(f"CREATE TABLE many AS SELECT {needed} FROM contact, range(2000) WHERE customer_key NOTNULL")
        connection.execute("DROP TABLE contact; ALTER TABLE many RENAME TO contact")
        ordered = "SELECT *, lag(reason) OVER (PARTITION BY customer_key ORDER BY started_at) FROM contact ORDER BY ALL"
        connection.execute("SET memory_limit = '128MiB'; SET temp_directory = ''; SET threads = 2")
        with pytest.raises(duckdb.OutOfMemoryException):
            connection.execute(f"CREATE TEMP TABLE ordered AS {ordered}")
    with open_log(store, Resources(memory_mib=128, threads=2)) as log:
        log.connection.execute(f"CREATE TEMP TABLE ordered AS {ordered}")
        found = traces(log, "customer", window_days=math.inf)
    assert len(found) == 150
    assert len(found.codes) > 2_900_000
