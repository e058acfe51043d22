"""Is a store the same however its files came in, and does it need no more memory than it is given?"""

from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import Resources, open_log

GENERIC = load_profile("generic_csv")
START = datetime(2026, 1, 1)


def _row(number):
    """A contact that is told by its number; no two begin at the same moment."""
    start = START + timedelta(minutes=977 * number % 60_000)
    return {
        "contact_id": f"c{number}",
        "started_at": start.isoformat(),
        "customer_key": f"k{number % 5}" if number % 4 else "",
        "case_key": f"z{number % 7}" if number % 3 else "",
        "touchpoint": f"punt-{number % 4}",
        "reason": f"reden-{number % 11}",
        "channel": f"kanaal-{number % 2}",
        "outcome": "answered" if number % 2 else "abandoned",
        "handling_time_s": str(number % 90),
    }


@settings(max_examples=4, phases=[Phase.explicit, Phase.generate])
@given(
    files=st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=25), min_size=2, max_size=4, unique_by=tuple),
    several=st.data(),
)
def test_any_split_of_files_over_ingests_in_any_order_gives_the_same_store(
    tmp_path_factory, key, as_csv, content_of, files, several
):
    folder = tmp_path_factory.mktemp("split")
    names = []
    for at, numbers in enumerate(files):
        names.append(folder / f"{at}.csv")
        names[-1].write_text(as_csv([_row(number) for number in numbers]))
    ingest(names, GENERIC, folder / "at once.duckdb", key)
    parts = several.draw(st.permutations(names))
    cut = several.draw(st.integers(1, len(parts) - 1))
    for part in (parts[:cut], parts[cut:]):
        result = ingest(part, GENERIC, folder / "in parts.duckdb", key)
    assert result.contacts == len({number for numbers in files for number in numbers})
    assert content_of(folder / "in parts.duckdb") == content_of(folder / "at once.duckdb")


def test_empty_files_are_accounts_and_stop_nobody(tmp_path, key, as_csv):
    for name in ("empty.csv", "also_empty.csv"):
        (tmp_path / name).write_text("")
    (tmp_path / "header.csv").write_text("contact_id,started_at\n")
    (tmp_path / "some.csv").write_text(as_csv([_row(1), _row(2)]))
    names = [tmp_path / f"{name}.csv" for name in ("empty", "header", "also_empty", "some")]
    result = ingest(names, GENERIC, tmp_path / "log.duckdb", key)
    assert [(account.name, account.rows_read, account.status) for account in result.files] == [
        ("empty.csv", 0, "added"),
        ("header.csv", 0, "added"),
        ("also_empty.csv", 0, "known"),
        ("some.csv", 2, "added"),
    ]
    said = [one.text("en") for one in result.notes if "not a single row" in one.text("en")]
    assert [text.partition(" ")[0] for text in said] == ["empty.csv", "header.csv", "also_empty.csv"]
    assert ingest([tmp_path / "empty.csv"], GENERIC, tmp_path / "none.duckdb", key).contacts == 0


def test_what_was_left_out_says_where_it_stands_and_shows_nobody(tmp_path, key):
    lines = ["contact_id,started_at,handling_time_s,wait_s,customer_key"]
    lines += [
        f"c{at},2026-01-01 10:{at:02d},{'mw. Jansen 0612345678' if at > 2 else 30},{-at},klant" for at in range(9)
    ]
    (tmp_path / "a.csv").write_text("\n".join([*lines, "x,gisteren bij Jansen,1,1,klant"]) + "\n")
    result = ingest([tmp_path / "a.csv"], GENERIC, tmp_path / "log.duckdb", key)
    found = [(one.kind, one.field, one.n, one.first_lines, one.example) for one in result.files[0].left_out]
    assert found == [
        ("nulled", "handling_time_s", 6, (5, 6, 7), "xx. xxxxxx 9999999999"),
        ("nulled", "wait_s", 8, (3, 4, 5), "-1"),
        ("quarantined", "", 1, (11,), "xxxxxxxx xxx xxxxxx"),
    ]
    row = result["log_left_out"].to_frame().iloc[0]
    assert (row.first_lines, row.masked_example) == ("5, 6, 7", "xx. xxxxxx 9999999999")
    with open_log(tmp_path / "log.duckdb") as log:
        assert log.rows(log.table("file_count").order_by("field"))[1]["first_lines"] == [5, 6, 7]


def test_log_larger_than_the_memory_spills_and_is_the_same(tmp_path, key, content_of):
    contacts = 600_000
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT 'T' || i AS contact_id, 'klant-' || i * 7919 % 200000 AS customer_key,
                    'zaak-' || i * 104729 % 300000 AS case_key,
                    TIMESTAMP '2026-01-01' + to_seconds(i * 15485863 % 2592000) AS started_at,
                    'punt-' || i % 12 AS touchpoint, 'kanaal-' || i % 6 AS channel, 'reden-' || i % 9 AS reason,
                    i % 600 AS handling_time_s, i % 60 AS wait_s, i % 7 AS effort_score
                FROM range({contacts}) r(i)) TO '{tmp_path / "log.parquet"}' (FORMAT parquet)"""
        )
    spilled = []

    def look(what, share):
        spilled.extend(part.stat().st_size for part in (tmp_path / "small.duckdb.tmp").glob("*"))

    small = Resources(memory_mib=128, threads=1)
    profile, log = load_profile("generic_parquet"), tmp_path / "log.parquet"
    assert ingest([log], profile, tmp_path / "small.duckdb", key, resources=small, progress=look).contacts == contacts
    assert max(spilled, default=0) > 0
    with open_log(tmp_path / "small.duckdb") as opened:
        checked = opened.connection.execute(
            "SELECT count(*), sum(any_since_s), sum(step), count(DISTINCT journey) FROM contact"
        ).fetchone()
    with duckdb.connect() as connection:
        # The same by windows over the file, which knows nothing of the store.
        expected = connection.execute(
            f"""SELECT count(*), sum(since_s), sum(step), count(DISTINCT case_key) FROM (
                SELECT case_key, epoch(started_at) - epoch(lag(started_at) OVER
                    (PARTITION BY customer_key ORDER BY started_at)) AS since_s,
                    row_number() OVER (PARTITION BY case_key ORDER BY started_at) AS step FROM '{log}')"""
        ).fetchone()
    assert checked == pytest.approx(expected, rel=0, abs=0)
