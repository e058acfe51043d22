"""Is every form of file read whole, and is what is no log refused with one clear word?"""

import gzip
import zipfile
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench.log.errors import LogError
from workbench.log.profile_files import load_profile, parse_profile
from workbench.log.sources.reading import read_batches

PLAIN = "format: delimited\nseparator: {sep}\nencoding: {enc}\ncolumns: {{started_at: start, reason: why}}\n"


def _profile(sep="comma", enc="utf-8", more=""):
    return parse_profile((PLAIN.format(sep=sep, enc=enc) + more).encode(), "p.yaml")


def _read(tmp_path, data, profile, name="log.csv"):
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    batches = list(read_batches(file, profile))
    rows = [row for batch in batches for row in batch.table.to_pylist()]
    return rows, [bad for batch in batches for bad in batch.unreadable]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "mac-roman"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_plain_and_gz(tmp_path, encoding, packed):
    data = "start,why\n2026-01-01,crèche\n".encode(encoding)
    rows, bad = _read(tmp_path, gzip.compress(data) if packed else data, _profile(enc=encoding))
    assert (rows[0]["why"], bad) == ("crèche", [])


def test_byte_order_mark_goes_before_the_stated_encoding(tmp_path):
    rows, _ = _read(tmp_path, "start,why\n2026-01-01,crèche\n".encode("utf-16"), _profile(enc="latin-1"))
    assert rows[0]["why"] == "crèche"


@pytest.mark.parametrize(("sign", "word"), [("\t", "tab"), (";", "semicolon"), ("|", "pipe"), (";", "auto")])
def test_separators(tmp_path, sign, word):
    rows, _ = _read(tmp_path, f"start{sign}why{sign}x\n2026-01-01{sign}a,b{sign}\n", _profile(word))
    assert rows[0]["why"] == "a,b"


def test_lines_are_counted_with_quotes_over_lines_and_blank_lines(tmp_path):
    text = 'start,why\n2026-01-01,"a\nb"\n\n2026-01-02,c\n'
    rows, bad = _read(tmp_path, text, _profile())
    assert [(row["why"], row["@line"]) for row in rows] == [("a\nb", 2), ("c", 5)]
    assert bad == []


def test_lines_with_too_many_or_too_few_fields_are_named(tmp_path):
    rows, bad = _read(tmp_path, "start,why\n2026-01-01,a,b\n2026-01-02\n2026-01-03,c,,\n", _profile())
    assert [row["@line"] for row in rows] == [4]
    assert [(one.line, one.reason) for one in bad] == [
        (2, "has 3 fields where the header has 2"),
        (3, "has 1 fields where the header has 2"),
    ]


def test_quote_that_is_never_closed_costs_every_line_it_swallows(tmp_path):
    lines = ["start,why", "2026-01-01,a", '2026-01-02,"open', *("2026-01-03,c" for _ in range(5))]
    rows, bad = _read(tmp_path, "\n".join(lines) + "\n", _profile())
    assert len(rows) == 1
    assert [one.line for one in bad] == [3, 4, 5, 6, 7, 8]
    assert "opens in line 3" in bad[0].reason
    rows, bad = _read(tmp_path, "\n".join(lines) + "\n", _profile(more="quotes: no\n"))
    assert (len(rows), bad) == (7, [])


def test_header_of_the_profile_and_lines_above_it(tmp_path):
    rows, _ = _read(tmp_path, "Report of May\n2026-01-01,a\n", _profile(more="skip_lines: 1\nheader: [start, why]\n"))
    assert rows == [{"start": "2026-01-01", "why": "a", "@line": 2}]


HOSTILE = {
    "empty": (b"", "is empty"),
    "blank header": (b"\n\n", "no line of column names"),
    "missing column": (b"begin,why\n", "'start' is missing"),
    "column twice": (b"start,why,start\n", "2 times"),
    "one huge line": (b"x" * (3 * 2**20), "more than 1,048,576 characters"),
    "cut gzip": (gzip.compress(b"start,why\n" * 5000)[:-20], "damaged or cut off"),
    "damaged gzip": (b"\x1f\x8b\x08\x00garbage garbage garbage", "damaged or cut off"),
    "binary": (bytes(range(256)) * 64, "no text table but binary data; export the table as CSV"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02", "no text table but binary data"),
    "another encoding": ("start,why\n2026-01-01,a\n".encode("utf-16-le"), "state its 'encoding'"),
    "zip": (b"PK\x03\x04" + bytes(200), "no text table but an Excel workbook or a zip archive"),
    "parquet": (b"PAR1\x15\x04\x15", "no text table but a Parquet file; take a profile with `format: parquet`"),
    "pdf": (b"%PDF-1.7\n1 0 obj\n", "no text table but a PDF"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_refused_with_the_file_named(tmp_path, case):
    data, said = HOSTILE[case]
    with pytest.raises(LogError, match=said) as caught:
        _read(tmp_path, data, _profile())
    assert "log.csv" in str(caught.value)
    assert "\0" not in str(caught.value)


def test_a_stray_control_character_makes_no_text_binary(tmp_path):
    lines = "".join(f"2026-01-{day:02},a question\n" for day in range(1, 31))
    rows, bad = _read(tmp_path, f"start,why\n2026-01-01,a\0b\x1b\n{lines}", _profile())
    assert (len(rows), bad) == (31, [])


def test_nearest_column_is_named(tmp_path):
    with pytest.raises(LogError, match="column 'start' is missing; did you mean 'starts'"):
        _read(tmp_path, "starts,why\n", _profile())


@pytest.mark.parametrize("form", ["delimited", "xlsx", "xes", "parquet"])
def test_folder_missing_file_and_garbage_are_refused_in_every_form(tmp_path, form):
    profile = parse_profile(f"format: {form}\ncolumns: {{started_at: start}}\n".encode(), "p.yaml")
    (tmp_path / "folder").mkdir()
    (tmp_path / "garbage").write_bytes(bytes(range(1, 256)) * 40)
    (tmp_path / "nothing").write_bytes(b"")
    for name, said in (
        ("folder", "is a folder"),
        ("absent", "no such file"),
        ("nothing", "is empty"),
        ("garbage", "garbage"),
    ):
        with pytest.raises(LogError, match=said):
            list(read_batches(tmp_path / name, profile))


NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _workbook(file, cells, sheet="Calls"):
    """A workbook with cells by reference: text, or a number with style 0 (plain), 1 (date) or 2 (time)."""
    rows = {}
    for place, value in cells.items():
        row = "".join(sign for sign in place if sign.isdigit())
        if isinstance(value, str):
            cell = f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        else:
            cell = f'<c r="{place}" s="{value[1]}"><v>{value[0]}</v></c>'
        rows.setdefault(row, []).append(cell)
    data = "".join(f'<row r="{row}">{"".join(parts)}</row>' for row, parts in rows.items())
    formats = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, 14, 21))
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="a" Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {NAMESPACE} {LINKS}><sheets>"
        f'<sheet name="{sheet}" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="a" Type="{KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{KINDS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f"<styleSheet {NAMESPACE}><cellXfs>{formats}</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {NAMESPACE}><sheetData>{data}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')


def test_workbook_with_dates_times_and_numbers(tmp_path):
    titles = {"A3": "start", "B3": "id", "C3": "talk", "D3": "serial"}
    # Serial 46082 is 1 March 2026; 143 seconds are 143/86400 of a day.
    values = {"A4": (46082, 1), "B4": (12345, 0), "C4": (143 / 86400, 2), "D4": (46082.5, 0)}
    _workbook(tmp_path / "log.xlsx", titles | values)
    profile = parse_profile(
        b"format: xlsx\nsheet: Calls\ncolumns: {started_at: start, contact_id: id, ended_at: serial,"
        b" handling_time_s: {columns: talk, unit: 'hh:mm:ss'}}\n",
        "p.yaml",
    )
    (batch,) = read_batches(tmp_path / "log.xlsx", profile)
    (row,) = batch.table.to_pylist()
    assert row["start"].startswith("2026-03-01")
    assert (row["id"], row["talk"], row["serial"], row["@line"]) == ("12345", "00:02:23", "46082.5", 4)


def test_workbook_without_the_sheet_or_column(tmp_path):
    _workbook(tmp_path / "log.xlsx", {"A1": "begin"})
    for more, said in (("sheet: Cals\n", "did you mean 'Calls'"), ("", "'start' is missing")):
        profile = parse_profile(f"format: xlsx\n{more}columns: {{started_at: start}}\n".encode(), "p.yaml")
        with pytest.raises(LogError, match=said):
            list(read_batches(tmp_path / "log.xlsx", profile))


@pytest.mark.parametrize(("gib", "said"), [(3, "unpacks to more than 2 GiB"), (1, "times its size, as no log does")])
def test_workbook_that_unpacks_without_bound_is_refused(tmp_path, gib, said):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        info = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
        packed.writestr(info, b"x")
        packed.infolist()[0].file_size = gib * 2**30
    profile = parse_profile(b"format: xlsx\ncolumns: {started_at: start}\n", "p.yaml")
    with pytest.raises(LogError, match=said):
        list(read_batches(tmp_path / "bomb.xlsx", profile))


XES = """<?xml version="1.0"?>
{doctype}<log xmlns="http://www.xes-standard.org/">
 <global scope="event"><string key="concept:name" value="default"/></global>
 <string key="concept:name" value="the log"/>
 <trace>
  <string key="concept:name" value="case 1"/>
  <event><string key="concept:name" value="{name}"><string key="nested" value="x"/></string>
   <date key="time:timestamp" value="2026-01-01T10:00:00+01:00"/></event>
  <event><date key="time:timestamp" value="2026-01-01T10:00:00+01:00"/><string key="concept:name" value="b"/></event>
 </trace>
 <trace><event><string key="concept:name" value="a"/></event></trace>
</log>"""


def test_xes_events_in_file_order(tmp_path):
    rows, _ = _read(tmp_path, XES.format(doctype="", name="a &amp; c"), load_profile("xes"), "log.xes")
    assert [(row["case:concept:name"], row["@index"], row["concept:name"]) for row in rows] == [
        ("case 1", "1", "a & c"),
        ("case 1", "2", "b"),
        ("trace 2", "1", "a"),
    ]
    assert [row["@line"] for row in rows] == [7, 9, 11]


BOMB = '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:secret">]>\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (XES.format(doctype=BOMB, name="&b;"), r"log\.xes:2: a document type declaration is not allowed"),
        (XES.format(doctype=OUTSIDE, name="&a;"), "document type declaration"),
        ("<html><body/></html>", "no XES: it starts with <html>"),
        ("<log><trace></log>", r"log\.xes:1: not well-formed"),
        ("<log>", "not well-formed"),
        ("start,why\n", "not well-formed"),
    ],
)
def test_xes_that_is_none_or_dangerous_is_refused(tmp_path, text, said):
    with pytest.raises(LogError, match=said):
        _read(tmp_path, text, load_profile("xes"), "log.xes")


def test_parquet_keeps_its_types_and_counts_records(tmp_path):
    starts = [datetime(2026, 1, 1, 9, minute, tzinfo=UTC) for minute in range(3)]
    pq.write_table(
        pa.table({"started_at": starts, "wait_s": [1.5, None, 3.0], "memo": ["a", "b", "c"]}), tmp_path / "log.parquet"
    )
    (batch,) = read_batches(tmp_path / "log.parquet", load_profile("generic_parquet"))
    assert batch.table.column_names == ["started_at", "wait_s", "@line"]
    assert batch.table.column("@line").to_pylist() == [1, 2, 3]
    assert str(batch.table.schema.field("wait_s").type) == "double"


def test_parquet_without_the_start(tmp_path):
    pq.write_table(pa.table({"start": [1]}), tmp_path / "log.parquet")
    with pytest.raises(LogError, match="'started_at' is missing"):
        list(read_batches(tmp_path / "log.parquet", load_profile("generic_parquet")))
