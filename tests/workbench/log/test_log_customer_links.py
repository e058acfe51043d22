"""Do a customer's phone numbers and e-mail addresses become one customer, and a switchboard nobody?"""

import itertools
import random

import duckdb
import pytest

from workbench.log.errors import LogError
from workbench.log.identifiers import identifier
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.pseudonym import pseudonym

PROFILE = """format: delimited
identical_rows: keep
columns:
  started_at: at
  customer_key:
    columns: [phone, mail]
    buckets: [anonymous]
    link: {kinds: {phone: phone, mail: email}, most: 2}
"""


@pytest.mark.parametrize(
    ("kind", "written", "same"),
    [
        ("phone", "06-12 34 56 78", "+31612345678"), ("phone", "+31 (0)6 12345678", "+31612345678"),
        ("phone", "0031612345678", "+31612345678"), ("phone", "tel:+31612345678", "+31612345678"),
        ("phone", "31612345678", "+31612345678"), ("phone", "(020) 123.45.67", "+31201234567"),
        ("phone", "+32 2 123 45 67", "+3221234567"), ("phone", "anonymous", None), ("phone", "14020", None),
        ("phone", "0612", None), ("phone", "0900 1234 tst 2", None),
        ("email", "Jan@Voorbeeld.NL", "jan@voorbeeld.nl"), ("email", "Jan <jan@voorbeeld.nl>", "jan@voorbeeld.nl"),
        ("email", "mailto:jan@voorbeeld.nl", "jan@voorbeeld.nl"), ("email", "geen", None), ("email", "a@b", None),
        ("id", "007", "007"), ("id", "K-12", "K-12"),
    ],
)  # fmt: skip
def test_identifiers_have_one_form(kind, written, same):
    sql = identifier("x", kind, "31")
    assert duckdb.sql(f"SELECT {sql} FROM (SELECT ? AS x)", params=[written]).fetchone() == (same,)


def _groups(found):
    """Rows by customer, in the order of the rows; None for nobody."""
    names = {}
    return [None if key is None else names.setdefault(key, len(names)) for key in found.column("customer_key")]


def _read(read, rows, profile=PROFILE, **options):
    lines = [f"2026-01-01 10:00,{phone},{mail}" for phone, mail in rows]
    return read("\n".join(["at,phone,mail", *lines]) + "\n", profile, **options)


def test_what_stands_on_a_row_is_one_customer_also_through_others(read):
    rows = [
        ("0612345678", ""),
        ("", "a@x.nl"),
        ("06-12345678", "A@x.nl"),  # links the first two
        ("", "b@x.nl"),
        ("+31612345678", "b@x.nl"),  # and the fourth, through the phone
        ("0687654321", "c@x.nl"),
        ("", ""),
    ]
    assert _groups(_read(read, rows)) == [0, 0, 0, 0, 0, 1, None]


def test_customer_has_the_pseudonym_of_the_first_column_that_is_known_of_them(read, key):
    found = _read(read, [("", "a@x.nl"), ("0612345678", "a@x.nl"), ("", "b@x.nl")])
    phone, mail = (pseudonym("customer_key", text, key) for text in ("+31612345678", "b@x.nl"))
    assert [str(one) for one in found.column("customer_key")] == [str(one) for one in (phone, phone, mail)]


def test_number_shared_by_many_links_nobody(read):
    switchboard = [("0201234567", f"{name}@x.nl") for name in "abc"]
    found = _read(read, [*switchboard, ("0201234567", ""), ("", "a@x.nl"), ("0611111111", "a@x.nl")])
    assert _groups(found) == [0, 1, 2, None, 0, 0]
    assert found.account.counts == (("nulled", "customer_key", "shared by customers, or not to be read", 1),)


def test_two_addresses_of_one_number_are_one_customer_and_three_are_not(read):
    two = [("0201234567", f"{name}@x.nl") for name in "ab"]
    assert _groups(_read(read, two)) == [0, 0]
    assert _groups(_read(read, [*two, ("0201234567", "c@x.nl")])) == [0, 1, 2]


def test_buckets_and_what_is_no_number_are_nobody(read):
    found = _read(read, [("anonymous", "a@x.nl"), ("anonymous", "b@x.nl"), ("anonymous", ""), ("14020", "")])
    assert _groups(found) == [0, 1, None, None]
    assert found.account.nulled == {"customer_key": 2}


def _components(rows):
    """Which rows are of one customer, worked out by walking from row to row."""
    rows = [{part for part in row if part} for row in rows]
    groups = [None] * len(rows)
    for start in range(len(rows)):
        if groups[start] is None and rows[start]:
            reach = {start}
            while new := {i for i in range(len(rows)) for j in reach if rows[i] & rows[j]} - reach:
                reach |= new
            for i in reach:
                groups[i] = start
    names = {}
    return [None if group is None else names.setdefault(group, len(names)) for group in groups]


def test_links_equal_a_plain_walk_in_any_order(read):
    chance = random.Random(4)
    rows = []
    for _ in range(60):
        phone = f"06123456{chance.randrange(40):02d}" if chance.random() < 0.7 else ""
        rows.append((phone, f"{chance.randrange(40)}@x.nl" if chance.random() < 0.7 else ""))
    profile = PROFILE.replace("most: 2", "most: 50")
    first = _read(read, rows, profile).column("customer_key")
    assert _groups(_read(read, rows, profile)) == _components(rows)
    order = list(range(len(rows)))
    chance.shuffle(order)
    again = _read(read, [rows[place] for place in order], profile).column("customer_key")
    assert again == [first[place] for place in order]


def test_link_file_joins_two_logs(tmp_path, key):
    (tmp_path / "crm.csv").write_text("Telefoon;E-mail\n0612345678;A@x.nl\n0687654321;b@x.nl\n")
    profile = PROFILE.replace("most: 2", "file: crm.csv, file_columns: {phone: Telefoon, mail: E-mail}")
    (tmp_path / "mine.yaml").write_text(profile)
    (tmp_path / "calls.csv").write_text("at,phone,mail\n2026-01-01 10:00,+31612345678,\n2026-01-01 11:00,0687654321,\n")
    (tmp_path / "mails.csv").write_text("at,phone,mail\n2026-01-02 10:00,,a@x.nl\n")
    loaded, store = load_profile("mine.yaml", tmp_path), tmp_path / "log.duckdb"
    ingest([tmp_path / "calls.csv", tmp_path / "mails.csv"], loaded, store, key)
    with duckdb.connect(str(store), read_only=True) as database:
        sql = "SELECT customer_key, count(*) FROM contact GROUP BY 1 ORDER BY 2"
        assert [n for _, n in database.execute(sql).fetchall()] == [1, 2]


def test_changed_link_file_is_another_way_of_reading(tmp_path, key):
    crm = tmp_path / "crm.csv"
    crm.write_text("phone,mail\n0612345678,a@x.nl\n")
    (tmp_path / "mine.yaml").write_text(PROFILE.replace("most: 2", "file: crm.csv"))
    (tmp_path / "a.csv").write_text("at,phone,mail\n2026-01-01,0612345678,\n2026-01-02,,b@x.nl\n")
    loaded, store = load_profile("mine.yaml", tmp_path), tmp_path / "log.duckdb"
    assert ingest([tmp_path / "a.csv"], loaded, store, key).files[0].status == "added"
    assert ingest([tmp_path / "a.csv"], loaded, store, key).files[0].status == "known"
    crm.write_text("phone,mail\n0612345678,b@x.nl\n")
    again = ingest([tmp_path / "a.csv"], loaded, store, key)
    assert (again.files[0].status, again.contacts) == ("added", 2)
    with duckdb.connect(str(store), read_only=True) as database:
        assert database.execute("SELECT count(DISTINCT customer_key) FROM contact").fetchone() == (1,)
    crm.unlink()
    with pytest.raises(LogError, match="link file cannot be read"):
        ingest([tmp_path / "a.csv"], loaded, store, key)


def test_no_identifier_reaches_the_disk(tmp_path, key):
    store = tmp_path / "store" / "log.duckdb"
    (tmp_path / "mine.yaml").write_text(PROFILE)
    rows = [f"2026-01-01 10:00,06123{number:05d},planted{number}@geheim.nl" for number in range(2000)]
    (tmp_path / "a.csv").write_text("\n".join(["at,phone,mail", *rows]) + "\n")
    seen = set()

    def look(what, share):
        for part in store.parent.rglob("*"):
            if part.is_file():
                seen.add(part.name)
                data = part.read_bytes()
                assert not any(word in data for word in (b"geheim", b"planted", b"0612300", b"612300"))

    ingest([tmp_path / "a.csv"], load_profile("mine.yaml", tmp_path), store, key, progress=look)
    look("", 1.0)
    assert {"log.duckdb", "log.duckdb.staging"} <= seen


def test_pairs_of_three_columns(read):
    profile = PROFILE.replace("[phone, mail]", "[phone, mail, id]")
    lines = ["at,phone,mail,id", "2026-01-01,0612345678,,7", "2026-01-01,,a@x.nl,7", "2026-01-01,,a@x.nl,"]
    for order in itertools.permutations(lines[1:]):
        assert len(set(read("\n".join([lines[0], *order]) + "\n", profile).column("customer_key"))) == 1
