"""Is every row accounted for, is nothing done twice or by half, and does no customer reach the disk?"""

import os
import signal
import subprocess
import sys
import textwrap
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.log.accounts import FileAccount, log_accounts, quarantined_rows
from workbench.log.errors import LogError, LogInUseError
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile, parse_profile
from workbench.log.store import Resources, open_log

GENERIC = load_profile("generic_csv")


def _csv(file, ids, reason="a", more=""):
    lines = [f"{number},2026-01-{number % 28 + 1:02d} 10:00,{reason},klant-{number % 7}" for number in ids]
    file.write_text("\n".join(["contact_id,started_at,reason,customer_key", *lines]) + "\n" + more)
    return file


def _state(store):
    """What a store says: contacts by id, accounts."""
    with open_log(store) as log:
        contact = log.table("contact")
        rows = log.rows(contact.order_by("contact_id").select("contact_id", "reason", "reason_since_s", "step"))
        return rows, [str(account) for account in log_accounts(log)]


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store" / "log.duckdb"


def _ids(store):
    with open_log(store) as log:
        return log.contacts


def test_first_file_makes_the_store_and_leaves_nothing_else_behind(tmp_path, store, key):
    result = ingest([_csv(tmp_path / "a.csv", range(10))], GENERIC, store, key)
    assert str(result.files[0]) == "a.csv: 10 rows read = 10 accepted + 0 duplicate + 0 filtered + 0 quarantined"
    assert (result.contacts, result.added) == (10, 10)
    assert [file.name for file in store.parent.iterdir()] == ["log.duckdb"]


def test_same_file_twice_adds_nothing(tmp_path, store, key):
    file = _csv(tmp_path / "a.csv", range(10))
    ingest([file], GENERIC, store, key)
    before = store.read_bytes()
    result = ingest([file, file], GENERIC, store, key)
    assert [account.status for account in result.files] == ["known"]
    assert result.added == 0
    assert store.read_bytes() == before


def test_same_content_under_another_name_is_the_same_file(tmp_path, store, key):
    first = _csv(tmp_path / "a.csv", range(10))
    copy = tmp_path / "copy.csv"
    copy.write_bytes(first.read_bytes())
    result = ingest([first, copy], GENERIC, store, key)
    assert [(account.name, account.status) for account in result.files] == [("a.csv", "added"), ("copy.csv", "known")]
    assert (result.added, result.contacts) == (10, 10)


def test_same_contact_twice_is_a_duplicate(tmp_path, store, key):
    ingest([_csv(tmp_path / "a.csv", [1, 2, 3, 2, 2])], GENERIC, store, key)
    result = ingest([_csv(tmp_path / "b.csv", [3, 4, 4]), _csv(tmp_path / "c.csv", [4, 5])], GENERIC, store, key)
    assert [(a.rows_read, a.accepted, a.duplicate) for a in result.files] == [(3, 1, 2), (2, 1, 1)]
    assert result.contacts == 5


def test_without_an_id_alike_rows_are_one_contact_or_several_as_the_profile_says(tmp_path, store, key):
    file = tmp_path / "a.csv"
    file.write_text("start\n2026-01-01\n2026-01-01\n2026-01-02\n")
    for rule, accepted in (("duplicate", 2), ("keep", 3)):
        text = f"format: delimited\nidentical_rows: {rule}\ncolumns: {{started_at: start}}\n"
        profile = parse_profile(text.encode(), "p.yaml")
        account = ingest([file], profile, store.with_name(rule), key).files[0]
        assert (account.accepted, account.duplicate) == (accepted, 3 - accepted)
    longer = tmp_path / "b.csv"
    longer.write_text("start\n2026-01-01\n2026-01-01\n2026-01-02\n2026-01-01\n")
    account = ingest([longer], profile, store.with_name("keep"), key).files[0]
    assert (account.accepted, account.duplicate) == (1, 3)


def test_same_id_in_two_sources_is_two_contacts(tmp_path, store, key):
    ingest([_csv(tmp_path / "a.csv", [1])], GENERIC, store, key)
    other = GENERIC.model_copy(update={"source": "mail"})
    result = ingest([_csv(tmp_path / "b.csv", [1], "b")], other, store, key)
    assert (result.added, result.contacts) == (1, 2)


def test_file_read_in_another_way_takes_the_place_of_what_it_was(tmp_path, store, key):
    file = _csv(tmp_path / "a.csv", range(10))
    ingest([file], GENERIC, store, key)
    columns = {**GENERIC.columns, "channel": GENERIC.columns["reason"]}
    result = ingest([file], GENERIC.model_copy(update={"columns": columns}), store, key)
    assert (result.added, result.contacts, len(result.files)) == (10, 10, 1)
    with open_log(store) as log:
        assert log.known["channel"] == 10
        assert len(log_accounts(log)) == 1


def test_another_window_is_worked_out_anew(tmp_path, store, key):
    file = _csv(tmp_path / "a.csv", range(28))
    ingest([file], GENERIC, store, key, window_days=7)
    ingest([file], GENERIC, store, key, window_days=3)
    with open_log(store) as log:
        assert log.window_days == 3
        assert log.contacts == 28


def test_patterns_and_their_order(tmp_path, store, key):
    for name in ("b", "a"):
        _csv(tmp_path / f"{name}.csv", [ord(name)])
    result = ingest([tmp_path / "*.csv"], GENERIC, store, key)
    assert [account.name for account in result.files] == ["a.csv", "b.csv"]
    with pytest.raises(LogError, match="no file fits"):
        ingest([tmp_path / "*.txt"], GENERIC, store, key)
    with pytest.raises(LogError, match="no log file was named"):
        ingest([], GENERIC, store, key)


def test_quarantined_rows_keep_line_and_reason_and_no_letters(tmp_path, store, key):
    file = tmp_path / "a.csv"
    file.write_text("started_at,reason\n2026-01-01,a\n31-02-2026,b\nJansen 0612345678,c\n,d\nx,y,z\n")
    result = ingest([file], GENERIC, store, key)
    assert result.files[0].quarantined == 4
    with open_log(store) as log:
        rows = quarantined_rows(log)
        assert [(row.file, row.line, row.reason, row.start_text) for row in rows] == [
            ("a.csv", 3, "start cannot be read", "31-02-2026"),
            ("a.csv", 4, "start cannot be read", "xxxxxx 9999999999"),
            ("a.csv", 5, "no start", None),
            ("a.csv", 6, "has 3 fields where the header has 2", None),
        ]
        assert len(quarantined_rows(log, most=2)) == 2


def test_no_customer_case_or_dropped_text_reaches_the_disk(tmp_path, store, key):
    file = tmp_path / "a.csv"
    rows = [
        f"c{number},2026-01-01 10:00,klant-geheim-{number},zaak-geheim-{number},Agent Geheim" for number in range(500)
    ]
    file.write_text(
        "\n".join(["contact_id,started_at,customer_key,case_key,agent_name", *rows, "c9,geheim,x,y,z"]) + "\n"
    )
    seen = []

    def look(what, share):
        for part in store.parent.rglob("*"):
            if part.is_file():
                seen.append(part.name)
                assert b"geheim" not in part.read_bytes().lower()

    ingest([file], GENERIC, store, key, progress=look)
    look("", 1.0)
    assert {"log.duckdb", "log.duckdb.staging"} <= set(seen)


def test_another_key_is_refused_and_changes_nothing(tmp_path, store, key):
    ingest([_csv(tmp_path / "a.csv", range(3))], GENERIC, store, key)
    before = store.read_bytes()
    with pytest.raises(LogError, match="another key"):
        ingest([_csv(tmp_path / "b.csv", range(9))], GENERIC, store, bytes(32))
    assert store.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database", bytes(20_000)])
def test_store_that_is_none_is_refused_and_kept(tmp_path, store, key, content):
    store.parent.mkdir()
    store.write_bytes(content)
    with pytest.raises(LogError, match=r"log\.duckdb"):
        ingest([_csv(tmp_path / "a.csv", range(3))], GENERIC, store, key)
    assert store.read_bytes() == content
    with pytest.raises(LogError, match=r"log\.duckdb"), open_log(store):
        pass


def test_log_that_is_not_there(tmp_path):
    with pytest.raises(LogError, match="workbench log ingest"), open_log(tmp_path / "log.duckdb"):
        pass


def test_file_that_fails_leaves_the_store_as_before(tmp_path, store, key):
    ingest([_csv(tmp_path / "a.csv", range(3))], GENERIC, store, key)
    before = store.read_bytes()
    bad = tmp_path / "bad.csv"
    bad.write_text("begin\n1\n")
    with pytest.raises(LogError, match="'started_at' is missing"):
        ingest([_csv(tmp_path / "b.csv", range(9)), bad], GENERIC, store, key)
    assert store.read_bytes() == before
    assert ingest([tmp_path / "b.csv"], GENERIC, store, key).added == 6


@pytest.mark.parametrize("window", [0, 366])
def test_window_out_of_reach_is_refused(tmp_path, store, key, window):
    with pytest.raises(ValueError, match="window_days must be"):
        ingest([_csv(tmp_path / "a.csv", [1])], GENERIC, store, key, window_days=window)


def test_header_only_gives_an_empty_log(tmp_path, store, key):
    result = ingest([_csv(tmp_path / "a.csv", [])], GENERIC, store, key)
    assert (result.contacts, result.files[0].rows_read) == (0, 0)
    with open_log(store) as log:
        assert log.last_at is None
    assert ingest([_csv(tmp_path / "b.csv", [1])], GENERIC, store, key).contacts == 1


def test_accounts_that_do_not_add_up_cannot_be_made():
    with pytest.raises(ValueError, match="rows_read must be the sum"):
        FileAccount(1, "a.csv", "p", "added", 10, 5, 1, 1, 1)


def test_result_is_a_table_in_both_languages(tmp_path, store, key):
    result = ingest([_csv(tmp_path / "a.csv", range(3))], GENERIC, store, key)
    assert list(result.to_frame()["accepted"]) == [3]
    assert "a.csv" in result._repr_html_()


ROW = st.tuples(
    st.sampled_from(["2026-01-01", "2026-01-02", "never", ""]), st.sampled_from(["a", "test"]), st.integers(0, 5)
)


@settings(max_examples=15)
@given(rows=st.lists(ROW, max_size=30), ragged=st.integers(0, 3))
def test_rows_read_are_accepted_duplicate_filtered_or_quarantined(tmp_path_factory, key, rows, ragged):
    folder = tmp_path_factory.mktemp("rows")
    lines = [f"{start},{reason},{number}" for start, reason, number in rows] + ["too,many,fields,here"] * ragged
    (folder / "a.csv").write_text("\n".join(["started_at,reason,contact_id", *lines]) + "\n")
    profile = parse_profile(
        b"format: delimited\ncolumns: {started_at: started_at, contact_id: contact_id}\n"
        b"filters: [{column: reason, drop: test, reason: test}]\n",
        "p.yaml",
    )
    account = ingest([folder / "a.csv"], profile, folder / "log.duckdb", key).files[0]
    kept = [(start, number) for start, reason, number in rows if reason != "test"]
    usable = [number for start, number in kept if start.startswith("2026")]
    assert account.rows_read == len(rows) + ragged
    assert account.filtered == len(rows) - len(kept)
    assert account.quarantined == len(kept) - len(usable) + ragged
    assert account.accepted == len(set(usable))
    assert account.duplicate == len(usable) - len(set(usable))


SCRIPT = textwrap.dedent(
    """
    import sys, time
    from workbench.log.ingest import ingest
    from workbench.log.profile_files import load_profile
    def progress(what, share):
        if f"{what} {share}".startswith(sys.argv[1]):
            print("there", flush=True)
            time.sleep(60)
    ingest(sys.argv[3:], load_profile("generic_csv"), sys.argv[2], bytes(range(32)), progress=progress)
    """
)


@contextmanager
def _halted(moment, store, *files):
    """An ingest in another process that stands still at a moment; it is killed at the end."""
    command = [sys.executable, "-c", SCRIPT, moment, str(store), *map(str, files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "there\n"
            yield
        finally:
            process.send_signal(signal.SIGKILL)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("moment", ["reading b.csv", "reading c.csv", "building the store 0.2", "building the store 1"])
def test_killed_at_any_moment_the_store_is_as_before_and_the_next_run_finishes(tmp_path, store, key, moment):
    ingest([_csv(tmp_path / "a.csv", range(20))], GENERIC, store, key)
    before, untouched = _state(store), store.read_bytes()
    files = [_csv(tmp_path / "b.csv", range(10, 40)), _csv(tmp_path / "c.csv", range(35, 60))]
    with _halted(moment, store, *files):
        pass
    assert store.read_bytes() == untouched
    assert _state(store) == before
    told = []
    result = ingest(files, GENERIC, store, key, progress=lambda what, share: told.append(what))
    assert [(a.accepted, a.duplicate) for a in result.files] == [(20, 10), (20, 5)]
    assert result.contacts == 60
    # What was read before the kill is not read again.
    assert ("reading b.csv" in told) == (moment == "reading b.csv")
    assert [file.name for file in store.parent.iterdir()] == ["log.duckdb"]
    assert _state(store) == _fresh(tmp_path, key)


def _fresh(tmp_path, key):
    """The state after the same files without any accident."""
    store = tmp_path / "fresh" / "log.duckdb"
    ingest([tmp_path / "a.csv"], GENERIC, store, key)
    ingest([tmp_path / "b.csv", tmp_path / "c.csv"], GENERIC, store, key)
    return _state(store)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_leftovers_of_another_ingest_do_not_enter(tmp_path, store, key):
    files = [_csv(tmp_path / "b.csv", range(30)), _csv(tmp_path / "c.csv", range(30, 60))]
    with _halted("reading c.csv", store, *files):
        pass
    assert ingest([files[1]], GENERIC, store, key).contacts == 30


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("moment", ["reading a.csv", "building the store"])
def test_two_at_a_time_are_refused(tmp_path, store, key, moment):
    with (
        _halted(moment, store, _csv(tmp_path / "a.csv", range(30))),
        pytest.raises(LogInUseError, match="another process"),
    ):
        ingest([_csv(tmp_path / "b.csv", range(9))], GENERIC, store, key)


def test_store_lies_in_the_order_of_journeys_time_and_file(tmp_path, store, key):
    ingest(
        [_csv(tmp_path / "a.csv", range(0, 300, 2)), _csv(tmp_path / "b.csv", range(1, 300, 2))], GENERIC, store, key
    )
    with open_log(store) as log:
        sql = "SELECT journey, started_at, file_id, record FROM contact"
        found = log.connection.execute(sql).fetchall()
    assert found == sorted(found)
    assert len(found) == 300


def test_little_memory_is_enough(tmp_path, store, key):
    file = _csv(tmp_path / "a.csv", range(60_000))
    result = ingest([file], GENERIC, store, key, resources=Resources(memory_mib=128, threads=1))
    assert result.contacts == 60_000


def test_resources_out_of_reach_are_refused():
    with pytest.raises(ValueError, match="memory_mib must be"):
        Resources(memory_mib=1)
    with pytest.raises(ValueError, match="threads must be"):
        Resources(threads=0)
