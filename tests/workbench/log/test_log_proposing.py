"""Does a proposed profile load, say what it guessed, ingest the file it was made for, and show nobody's data?"""

import csv
import gzip
import io
import json
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchpoints.faults import ModelError
from workbench.log.daily_figures import daily_figures
from workbench.log.daily_profile import parse_daily_profile
from workbench.log.errors import LogError
from workbench.log.profile_files import parse_profile
from workbench.log.proposing.evidence import look_at
from workbench.log.proposing.proposal import propose
from workbench.project import open_project
from workbench.simulation.simulate import simulate

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture
def proposed(tmp_path, read):
    """Propose for content, and read the content with the proposal."""

    def make(content, name="log.csv", **options):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        text = propose(file, **options)
        return text, parse_profile(text.encode(), "p.yaml"), read(file, text)

    return make


def _rows(*rows, sign=";"):
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="\n").writerows(rows)
    return out.getvalue()


DUTCH = _rows(
    ("Gespreksnummer", "Klantnummer", "Starttijd", "Kanaal", "Richting", "Contactreden", "Gespreksduur (sec)",
     "Wachttijd", "Rapportcijfer", "Medewerker", "Opmerking", "Telefoonnummer"),
    *(
        (f"00{1000 + n}", f"0{n % 40}", f"{n % 28 + 1:02d}-{n % 9 + 1:02d}-26 10:{n % 60:02d}",
         ("Telefoon", "E-mail", "Balie")[n % 3], ("Inkomend", "Uitgaand")[n % 2], ("paspoort", "verhuizing")[n % 2],
         f"{n},5", f"0:{n % 9:02d}:{n % 60:02d}", f"{n % 10},5", f"Jan Pietersen{n % 3}", f"Belde over Pietersen {n}",
         f"06123456{n % 90:02d}")
        for n in range(200)
    ),
)  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_dutch_export_with_everything_in_it(proposed, encoding):
    _, profile, found = proposed(DUTCH.encode(encoding))
    assert (found.account.rows_read, found.account.accepted, found.account.quarantined) == (200, 200, 0)
    assert found.account.nulled == {}
    assert (profile.separator, profile.decimal, profile.thousands) == (";", ",", ".")
    assert profile.columns["started_at"].formats == ("%d-%m-%y %H:%M",)
    assert found.column("started_at")[0] == datetime(2026, 1, 1, 10)
    assert profile.columns["contact_id"].columns == ("Gespreksnummer",)
    assert profile.columns["customer_key"].columns == ("Klantnummer",)
    assert found.column("channel")[:3] == ["phone", "email", "counter"]
    assert found.column("direction")[:2] == ["inbound", "outbound"]
    assert found.column("handling_time_s")[1] == 1.5
    assert (profile.columns["wait_s"].unit, found.column("wait_s")[1]) == ("hh:mm:ss", 61.0)
    assert found.column("effort_score")[3] == 3.5
    assert set(profile.drop) == {"Medewerker", "Opmerking", "Telefoonnummer"}
    assert set(profile.lacks) == {"case_key", "outcome"}


def test_nothing_of_anybody_is_shown(proposed):
    text, _, _ = proposed(DUTCH)
    for value in ("Pietersen", "06123456", "paspoort", "verhuizing", "001000", "1001", "Belde"):
        assert value not in text
    # Words of our own are shown, they are the point of the proposal.
    assert '"Telefoon": phone' in text


@pytest.mark.parametrize(
    ("values", "kind", "formats"),
    [
        (["01-02-2026 10:00", "03-04-2026 11:00"], "time", ("%d-%m-%Y %H:%M",)),
        (["31-12-2026", "01-02-2026"], "date", ("%d-%m-%Y",)),
        (["12/31/2026", "01/02/2026"], "date", ("%m/%d/%Y",)),
        (["31/12/26 9:05", "1/2/26 10:00"], "time", ("%d/%m/%y %H:%M",)),
        (["2026-07-01T10:00:00+02:00"] * 2, "time", ("iso",)),
        (["1782898500", "1782898600"], "time", ("epoch",)),
        (["1782898500250", "1782898600250"], "time", ("epoch_ms",)),
        (["44197.5", "45000.25"], "time", ("excel",)),
        (["20260701", "20261231"], "date", ("%Y%m%d",)),
        (["990201", "990228"], "date", ("%y%m%d",)),
        (["09:30", "17:15:00"], "clock", ()),
        (["0:03:10", "1:02:00"], "length", ()),
        (["12", "7.5"], "number", ()),
        (["0012", "0100"], "id", ()),
        (["a", "b"], "word", ()),
        (["Een lange zin waarin iemand vertelt wat er aan de hand is."] * 2, "text", ()),
        ([None, "?", ""], "empty", ()),
    ],
)
def test_kinds_of_columns(values, kind, formats):
    look = look_at("start date", values)
    assert (look.kind, look.formats) == (kind, formats)


def test_day_and_month_that_cannot_be_told_apart_are_said(proposed):
    text, _, _ = proposed(_rows(("datum", "x"), ("01-02-2026", "a"), ("03-04-2026", "b")))
    assert "CHECK: no day beyond the 12th was seen" in text
    assert "no time of day" in text
    text, _, _ = proposed(_rows(("datum", "x"), ("01-02-2026", "a"), ("13-04-2026", "b")))
    assert "beyond the 12th" not in text


def test_mixed_and_broken_times_say_what_goes_to_quarantine(proposed):
    rows = [
        ("start", "n"),
        *((f"2026-07-{n % 28 + 1:02d} 10:00", n) for n in range(96)),
        ("morgen", 97),
        ("31-02-2026", 98),
    ]
    text, _, found = proposed(_rows(*rows))
    assert "CHECK: about 2%" in text or "about 2% are written in another way" in text
    assert found.account.reasons("quarantined") == {"start cannot be read": 2}
    both = [("start", "n"), *((f"{n % 28 + 1:02d}-07-2026" if n % 2 else "2026-07-01", n) for n in range(60))]
    _, profile, found = proposed(_rows(*both))
    assert set(profile.columns["started_at"].formats) == {"iso", "%d-%m-%Y"}
    assert found.account.quarantined == 0


def test_bucket_that_names_nobody_is_listed_and_any_other_masked(proposed):
    many = [("start", "klantnummer"), *(("2026-07-01", "onbekend") for _ in range(60))]
    many += [("2026-07-01", f"k{n}") for n in range(100)]
    text, profile, _ = proposed(_rows(*many))
    assert profile.columns["customer_key"].buckets == ("onbekend",)
    text, profile, _ = proposed(_rows(*many).replace("onbekend", "K-GEHEIM-1"))
    assert profile.columns["customer_key"].buckets == ()
    assert "stands in 60 of 160 rows (masked here: 10 signs)" in text
    assert "GEHEIM" not in text


def test_phone_number_and_mail_address_are_linked(proposed):
    rows = [
        ("start", "telefoon", "mailadres"),
        *(("2026-07-01", f"06123456{n:02d}", f"p{n}@geheim.nl") for n in range(30)),
    ]
    text, profile, found = proposed(_rows(*rows))
    assert profile.columns["customer_key"].link.kinds == {"telefoon": "phone", "mailadres": "email"}
    assert len(set(found.column("customer_key"))) == 30
    assert "geheim" not in text


def test_key_that_is_unique_only_together(proposed):
    rows = [("start", "lijn", "volgnr"), *(("2026-07-01", f"L{n % 3}", n // 3) for n in range(30))]
    text, profile, found = proposed(_rows(*rows))
    assert set(profile.columns["contact_id"].columns) == {"lijn", "volgnr"}
    assert "alone neither differs in every row" in text
    assert found.account.accepted == 30


def test_lines_above_the_names_and_no_names_at_all(proposed):
    rows = _rows(("start", "reden"), ("2026-07-01", "a"), ("2026-07-02", "b"), ("2026-07-03", "a"))
    _, profile, found = proposed("Rapport juli\n\n" + rows)
    assert (profile.skip_lines, found.account.accepted) == (2, 3)
    text, profile, found = proposed(_rows(("2026-07-01", "Jan"), ("2026-07-02", "Piet"), ("2026-07-03", "Jan")))
    assert profile.header == ("column_1", "column_2")
    assert "Jan" not in text


def test_json_of_an_unknown_system(proposed):
    rows = [{"nr": n, "when": {"start": f"2026-07-01T10:{n:02d}:00Z"}, "kanaal": "telefoon" if n % 2 else "chat",
             "tags": ["x"], "persoon": {"naam": "Jan Geheim"}} for n in range(40)]  # fmt: skip
    text, profile, found = proposed(json.dumps({"total": 40, "rijen": rows}), "log.json")
    assert profile.records == "rijen"
    assert profile.columns["started_at"].columns == ("when.start",)
    assert (found.account.accepted, found.column("channel")[:2]) == (40, ["chat", "phone"])
    assert profile.drop == ("persoon.naam",)
    assert "Geheim" not in text


def test_parquet_and_gz(proposed, tmp_path, read):
    table = pa.table({"started_at": [datetime(2026, 7, 1, 9)] * 3, "wachttijd": [1, 2, 3], "reden": ["a", "b", "a"]})
    pq.write_table(table, tmp_path / "log.parquet")
    text = propose(tmp_path / "log.parquet", recognise=False)
    assert read(tmp_path / "log.parquet", text).account.accepted == 3
    assert proposed(gzip.compress(DUTCH.encode()), "log.gz")[2].account.accepted == 200


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("contact_id,started_at,reason\n1,2026-07-01,a\n", "generic_csv"),
        ('{"id": 1, "created_at": "2026-07-01T09:00:00Z", "via": {"channel": "web"}, "requester_id": 5, "type": null,'
         ' "status": "open", "tags": "", "group_id": 7}\n', "zendesk_tickets"),
        ('{"conversations": [{"conversationId": "c", "conversationStart": "2026-07-01T09:00:00Z"}]}',
         "genesys_conversations"),
        ('{"results": [{"uuid": "u", "plaatsgevondenOp": "2026-07-01T09:00:00Z", "kanaal": "chat",'
         ' "indicatieContactGelukt": true, "hoofdOnderwerpType": "x", "_expand": {}}]}', "klantinteracties"),
        ('<log><trace><event><date key="time:timestamp" value="2026-07-01T09:00:00Z"/></event></trace></log>', "xes"),
    ],
)  # fmt: skip
def test_known_exports_are_recognised(proposed, content, name):
    text, _, found = proposed(content)
    assert f"extends: {name}" in text
    assert (found.account.rows_read, found.account.quarantined) == (1, 0)


def test_object_centric_log_names_its_types(proposed):
    log = {"objectTypes": [], "eventTypes": [], "objects": [{"id": f"o{n}", "type": "order"} for n in range(3)],
           "events": [{"id": "e", "type": "call", "time": "2026-07-01T09:00:00Z", "relationships": []}]}  # fmt: skip
    text, profile, found = proposed(json.dumps(log))
    assert profile.case_object == "order"
    assert "order (3). CHECK which is the case" in text
    assert found.account.accepted == 1


def test_a_row_a_day_is_proposed_as_daily_figures(tmp_path):
    file = tmp_path / "days.csv"
    file.write_text("Datum;Aangeboden;Behandeld;Serviceniveau\n01-07-2026;100;90;80,5\n13-07-2026;50;50;99,0\n")
    text = propose(file)
    found = daily_figures(file, parse_daily_profile(text.encode(), "p.yaml"), suppress_below=1)
    assert [(one.offered, one.handled, one.service_level) for one in found.days] == [(100, 90, 0.805), (50, 50, 0.99)]


@pytest.mark.parametrize(
    ("content", "said"),
    [("naam;adres\nJan;Straat\n", "no column holds times"), ("a;b\n", "no records"), ("\n\n", "no lines"),
     ("[]", "no records"), ("{", "cut off|no JSON"), ("PK\x03\x04 nothing", "cannot be read")],
)  # fmt: skip
def test_what_is_no_log_is_refused(tmp_path, content, said):
    (tmp_path / "x").write_text(content)
    with pytest.raises(LogError, match=said):
        propose(tmp_path / "x")


@settings(max_examples=30)
@given(
    names=st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12), min_size=1, max_size=4),
    cells=st.lists(st.text(max_size=12), min_size=1, max_size=12),
)
def test_any_table_is_proposed_for_or_refused(tmp_path_factory, names, cells):
    file = tmp_path_factory.mktemp("any") / "x.csv"
    rows = [
        ["start", *names],
        *([f"2026-07-0{place % 9 + 1}", *[cell] * len(names)] for place, cell in enumerate(cells)),
    ]
    file.write_text(_rows(["start", *names], *rows, sign=","), encoding="utf-8")
    try:
        text = propose(file)
    except (LogError, ModelError):
        return
    parse_profile(text.encode(), "p.yaml")


REAL = ("anonymous_bank_1999_02.txt.gz", "callcentre_service.csv", "generated_call_centre_with_scores.xlsx",
        "helpdesk.xes.gz")  # fmt: skip


@pytest.mark.parametrize("guess", [True, False])
@pytest.mark.parametrize("name", REAL)
def test_real_logs_are_read_with_what_is_proposed(shared_data, read, name, guess):
    file = shared_data / name
    if not file.is_file():
        pytest.skip(f"{name} is not among the real logs")
    text = propose(file, recognise=not guess)
    found = read(file, text)
    assert found.account.quarantined == 0
    assert found.account.rows_read == {"anon": 33_344, "call": 3_519, "gene": 5_000, "help": 21_348}[name[:4]]
    if name.startswith("anon") and guess:
        profile = parse_profile(text.encode(), "p.yaml")
        assert set(profile.columns["contact_id"].columns) == {"vru+line", "call_id"}
        assert profile.columns["customer_key"].buckets == ("0",)
        assert profile.drop == ("server",)


def test_city_line_is_proposed_as_daily_figures(shared_data):
    file = shared_data / "vancouver_311_daily.csv"
    if not file.is_file():
        pytest.skip("vancouver_311_daily.csv is not among the real logs")
    found = daily_figures(file, parse_daily_profile(propose(file).encode(), "p.yaml"))
    assert (len(found.days), found.quarantined) == (5585, 0)


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("example", ["gemeente", "bank"])
def test_log_of_an_example_is_read_with_what_is_proposed(tmp_path, read, example, form):
    project = open_project(EXAMPLES / example).require_sound()
    simulate(project.inventory, tmp_path / f"log.{form}", seed=2, contacts=400)
    for recognise in (True, False):
        text = propose(tmp_path / f"log.{form}", recognise=recognise)
        assert (f"extends: generic_{form}" in text) == recognise
        found = read(tmp_path / f"log.{form}", text)
        assert (found.account.rows_read, found.account.quarantined) == (found.account.accepted, 0)
        assert set(found.column("channel")) == set(read(tmp_path / f"log.{form}", f"generic_{form}").column("channel"))
