"""Does a forgotten customer leave nothing behind but the promise not to come back?"""

import os
import signal
import struct
import subprocess
import sys
import textwrap

import duckdb
import pytest

from workbench.log.accounts import log_accounts
from workbench.log.errors import LogError, LogInUseError
from workbench.log.forgetting import contacts_of, forget
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile, parse_profile
from workbench.log.pseudonym import pseudonym
from workbench.log.store import Resources, open_log

GENERIC = load_profile("generic_csv")
HEADER = "contact_id,started_at,customer_key,case_key,touchpoint,reason,channel,handling_time_s"


def _rows(numbers, customers=9, unknown=10**6):
    return [
        f"c{number},2026-01-{number % 27 + 1:02d} {number % 23:02d}:10,"
        f"{f'klant-{number % customers}' if (number + 1) % unknown else ''},"
        f"{f'zaak-{number % 5}-{number % customers}' if number % 3 else ''},punt-{number % 4},"
        f"{'eigen' if number % customers == 3 else f'reden-{number % 2}'},kanaal-{number % 3},{number * 7 % 90}"
        for number in numbers
    ]


def _csv(file, rows):
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store" / "log.duckdb"


def _accounts(store):
    with open_log(store) as log:
        return [
            (a.name, a.rows_read, a.accepted, a.duplicate, a.filtered, a.quarantined, a.reasons("filtered"))
            for a in log_accounts(log)
        ]


def test_the_store_is_that_of_files_without_the_customer(tmp_path, store, key, content_of):
    rows = _rows(range(200), unknown=11)
    files = [_csv(tmp_path / "a.csv", rows[:120]), _csv(tmp_path / "b.csv", rows[110:])]
    ingest(files, GENERIC, store, key)
    result = forget(store, ["klant-3"], key)
    others = [[row for row in part if "klant-3," not in row] for part in (rows[:120], rows[110:])]
    without = tmp_path / "without.duckdb"
    ingest([_csv(tmp_path / f"w{at}.csv", part) for at, part in enumerate(others)], GENERIC, without, key)
    assert content_of(store) == content_of(without)
    assert result.contacts == sum("klant-3," in row for row in rows)
    assert [file.name for file in store.parent.iterdir()] == ["log.duckdb"]
    # The second file began with ten rows of the first.
    in_a = sum("klant-3," in row for row in rows[:120])
    in_b = sum("klant-3," in row for row in rows[120:])
    assert result.files == (("a.csv", in_a), ("b.csv", in_b))
    assert _accounts(store) == [
        ("a.csv", 120, 120 - in_a, 0, in_a, 0, {"forgotten": in_a}),
        ("b.csv", 90, 80 - in_b, 10, in_b, 0, {"forgotten": in_b}),
    ]
    assert store.stat().st_mode & 0o077 == 0


def test_no_later_file_brings_the_customer_back(tmp_path, store, key, content_of):
    rows = _rows(range(90))
    ingest([_csv(tmp_path / "a.csv", rows)], GENERIC, store, key)
    forget(store, ["klant-3"], key)
    before = content_of(store)
    assert ingest([tmp_path / "a.csv"], GENERIC, store, key).files[0].status == "known"
    longer = ingest([_csv(tmp_path / "b.csv", [*rows, *rows[:9]])], GENERIC, store, key).files[0]
    assert (longer.accepted, longer.duplicate, longer.filtered) == (0, 80 + 8, 11)
    assert longer.reasons("filtered") == {"forgotten": 11}
    assert content_of(store) == before
    # Read in another way the file is taken anew; the customer stays away, also with other customers forgotten since.
    forget(store, ["klant-4", "klant-5"], key)
    renamed = GENERIC.model_copy(update={"source": "again"})
    account = ingest([tmp_path / "a.csv"], renamed, store, key).files[0]
    assert (account.accepted, account.reasons("filtered")) == (60, {"forgotten": 30})


def test_forgetting_twice_and_who_never_was(tmp_path, store, key, content_of):
    ingest([_csv(tmp_path / "a.csv", _rows(range(90)))], GENERIC, store, key)
    assert contacts_of(store, ["klant-3", "nobody"], key) == 10
    assert forget(store, ["nobody"], key).contacts == 0
    assert forget(store, ["klant-3"], key).contacts == 10
    before = content_of(store), _accounts(store)
    assert (contacts_of(store, ["klant-3"], key), forget(store, ["klant-3"], key).contacts) == (0, 0)
    assert (content_of(store), _accounts(store)) == before
    other = ingest(
        [_csv(tmp_path / "b.csv", ["x,2026-02-01,nobody,,,,,1", "y,2026-02-01,new,,,,,1"])], GENERIC, store, key
    )
    assert (other.files[0].accepted, other.files[0].filtered) == (1, 1)


def _halves(name, key):
    """What of a customer's pseudonym DuckDB writes to disk: its two halves, the lower as a varint in statistics."""
    number = pseudonym("customer_key", name, key).int ^ (1 << 127)
    lower, upper = number & (2**64 - 1), number >> 64
    digits = [(lower >> at) & 127 for at in range(0, lower.bit_length(), 7)]
    varint = bytes([*(digit | 128 for digit in digits[:-1]), digits[-1]])
    return struct.pack("<Q", lower), struct.pack("<Q", upper), varint


def test_no_byte_of_the_pseudonym_stays_in_the_file(tmp_path, store, key):
    names = [f"klant-{at}" for at in range(3000)]
    rows = [f"c{at},2026-01-01 10:{at % 60:02d},{names[at % 3000]},,a,b,c,1" for at in range(6000)]
    ingest([_csv(tmp_path / "a.csv", rows)], GENERIC, store, key)
    # The smallest pseudonym stands in the statistics of the column too.
    gone, *_, kept = sorted(names, key=lambda name: pseudonym("customer_key", name, key))
    before = store.read_bytes()
    assert all(before.count(half) for half in (*_halves(gone, key), *_halves(kept, key)))
    forget(store, [gone], key)
    after = store.read_bytes()
    assert all(after.count(half) for half in _halves(kept, key))
    # The list of the forgotten is a table of this one row: its value, and its statistics.
    with open_log(store) as log:
        assert log.connection.execute("FROM forgotten").fetchall() == [(pseudonym("customer_key", gone, key),)]
    with duckdb.connect(tmp_path / "alone.duckdb") as alone:
        alone.execute("CREATE TABLE forgotten (customer_key UUID NOT NULL)")
        alone.execute("INSERT INTO forgotten VALUES (?)", [pseudonym("customer_key", gone, key)])
    listed = (tmp_path / "alone.duckdb").read_bytes()
    assert [after.count(half) for half in _halves(gone, key)] == [listed.count(half) for half in _halves(gone, key)]


LINKED = """
format: delimited
columns:
  contact_id: id
  started_at: start
  customer_key: {columns: [number, phone, mail], link: {kinds: {number: id, phone: phone, mail: email}}}
"""


def test_linked_identifiers_are_forgotten_too(tmp_path, store, key):
    profile = parse_profile(LINKED.encode(), "p.yaml")

    def file(name, *rows):
        (tmp_path / name).write_text("\n".join(["id,start,number,phone,mail", *rows]) + "\n")
        return tmp_path / name

    ingest(
        [
            file(
                "a.csv",
                "1,2026-01-01,n1,06-12345678,",
                "2,2026-01-02,,0612345678,a@example.nl",
                "3,2026-01-03,,,A@example.nl",
                "4,2026-01-04,n2,0687654321,b@example.nl",
            )
        ],
        profile,
        store,
        key,
    )
    assert contacts_of(store, ["a@EXAMPLE.nl"], key) == 3
    assert forget(store, ["a@EXAMPLE.nl"], key).contacts == 3
    with open_log(store) as log:
        assert log.contacts == 1
        left = log.rows(log.table("alias"))
        assert {row["customer_key"] for row in left} == {str(pseudonym("customer_key", "n2", key))}
    # The number, the telephone and a new address that the next file links to it are all known by now.
    linking = file("b.csv", "5,2026-02-01,,+31612345678,new@example.nl", "6,2026-02-02,n1,,", "7,2026-02-03,n2,,")
    assert ingest([linking], profile, store, key).files[0].filtered == 2
    assert ingest([file("c.csv", "8,2026-03-01,,,new@example.nl")], profile, store, key).files[0].filtered == 1


def test_another_key_or_no_store_forgets_nothing(tmp_path, store, key):
    with pytest.raises(LogError, match="nobody to forget"):
        forget(store, ["klant-3"], key)
    ingest([_csv(tmp_path / "a.csv", _rows(range(30)))], GENERIC, store, key)
    before = store.read_bytes()
    with pytest.raises(LogError, match="another key"):
        forget(store, ["klant-3"], bytes(32))
    assert store.read_bytes() == before


def test_all_may_be_forgotten(tmp_path, store, key):
    ingest([_csv(tmp_path / "a.csv", _rows(range(30), customers=1))], GENERIC, store, key)
    assert forget(store, ["klant-0"], key, resources=Resources(memory_mib=128)).contacts == 30
    with open_log(store) as log:
        assert (log.contacts, log.first_at) == (0, None)


SCRIPT = textwrap.dedent(
    """
    import sys, time
    from workbench.log.forgetting import forget
    def progress(what, share):
        if share >= float(sys.argv[1]):
            print("there", flush=True)
            time.sleep(60)
    forget(sys.argv[2], ["klant-3"], bytes(range(32)), progress=progress)
    """
)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("share", ["0.05", "1"])
def test_killed_while_forgetting_the_store_is_as_before(tmp_path, store, key, share):
    ingest([_csv(tmp_path / "a.csv", _rows(range(60)))], GENERIC, store, key)
    before = store.read_bytes()
    command = [sys.executable, "-c", SCRIPT, share, str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        with pytest.raises(LogInUseError, match="another process"):
            forget(store, ["klant-4"], key)
        process.send_signal(signal.SIGKILL)
    assert store.read_bytes() == before
    assert forget(store, ["klant-3"], key).contacts > 0
    assert [file.name for file in store.parent.iterdir()] == ["log.duckdb"]


def test_result_is_a_table_in_both_languages(tmp_path, store, key):
    ingest([_csv(tmp_path / "a.csv", _rows(range(30)))], GENERIC, store, key)
    result = forget(store, ["klant-3"], key)
    assert result.to_frame().to_dict("records") == [{"file": "a.csv", "forgotten": 3}]
    assert "a.csv" in result._repr_html_()
