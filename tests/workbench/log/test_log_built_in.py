"""Does every built-in profile read a small file of its kind as worked out by hand?"""

import gzip
import zipfile
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench.log.profile_files import built_in_profiles

CANONICAL = {"contact_id": "7", "started_at": "2026-07-01T09:30:00Z", "channel": "phone", "reason": "move"}
CANONICAL["wait_s"] = "12"
EXPECTED = {"started_at": datetime(2026, 7, 1, 9, 30), "channel": "phone", "reason": "move", "wait_s": 12.0}

BANK = """
vru+line call_id customer_id priority type date vru_entry vru_exit vru_time q_start q_exit q_time outcome \
ser_start ser_exit ser_time server
X1 5 77 0 NE 990607 9:00:05 9:00:00 -5 9:00:10 9:00:40 30 AGENT 9:00:40 9:02:00 80 N
X1 6 0 0 PS 990607 9:01:00 9:01:10 10 0:00:00 0:00:00 0 HANG 0:00:00 0:00:00 0 N
X1 7 0 0 PS 990607 9:01:00 9:01:10 10 0:00:00 0:00:00 0 PHANTOM 0:00:00 0:00:00 0 N
"""

XES = """<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="c1"/>
<event><string key="concept:name" value="open"/><date key="time:timestamp" value="2026-07-01T11:30:00+02:00"/>
<string key="lifecycle:transition" value="start"/><string key="org:resource" value="Anna"/></event>
<event><string key="concept:name" value="open"/><date key="time:timestamp" value="2026-07-01T11:40:00+02:00"/>
<string key="lifecycle:transition" value="complete"/></event></trace></log>"""

DESK = """ServiceID,Operation,Start Date,End Date,AgentPosition,Customer ID,Product,Service Type,Agent
S1,Inbound Call,1.7.26 9:30,1.7.26 9:34,FL,K1,Phone,Product Assistance,Anna
S1,Inbound Email,1.7.26 9:30,2.7.26 9:30,BL,K1,Phone,Referred to Servicer,Bert
S1,Handle Email,2.7.26 9:30,2.7.26 9:31,BL,K1,Phone,Referred to Servicer,Bert
S1,Handle Email,2.7.26 9:30,2.7.26 9:31,BL,K1,Phone,Referred to Servicer,Bert
"""


def _sheet(file, rows):
    """A workbook of texts."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    link = f'<Relationships xmlns="{relations}"><Relationship Id="a" Type="{office}/%s" Target="%s"/></Relationships>'
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("_rels/.rels", link % ("officeDocument", "xl/workbook.xml"))
        packed.writestr("xl/_rels/workbook.xml.rels", link % ("worksheet", "worksheets/sheet1.xml"))
        sheets = f'<sheets><sheet name="S" sheetId="1" r:id="a" xmlns:r="{office}"/></sheets>'
        packed.writestr("xl/workbook.xml", f"<workbook {space}>{sheets}</workbook>")
        packed.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{lines}</sheetData></worksheet>")
    return file


def _canonical(found):
    return {name: found.column(name)[0] for name in EXPECTED}


def _technion(read, folder):
    text = BANK.strip().replace(" ", "\t").replace("\n", "\r\n")
    found = read(gzip.compress(text.encode()), "technion_call_centre")
    assert (found.account.accepted, found.account.filtered) == (2, 1)
    assert found.column("reason") == ["stock_exchange", "regular_activity"]
    # Jerusalem is at UTC+3 in June 1999.
    assert found.column("started_at")[0] == datetime(1999, 6, 7, 6, 0, 5)
    assert found.column("answered_at") == [datetime(1999, 6, 7, 6, 0, 40), None]
    assert (found.column("wait_s"), found.column("handling_time_s")) == ([30.0, 0.0], [80.0, None])
    assert found.column("outcome") == ["answered", "abandoned"]
    assert found.account.counts[-1] == ("nulled", "ivr_time_s", "negative", 1)
    assert [key is None for key in found.column("customer_key")] == [False, True]


def _xes(read, folder):
    found = read(XES, "xes")
    assert (found.account.accepted, found.account.filtered) == (1, 1)
    assert found.column("started_at") == [datetime(2026, 7, 1, 9, 40)]
    assert found.column("touchpoint") == ["open"]


def _service_desk(read, folder):
    found = read(DESK, "service_desk", time_zone="UTC")
    assert found.account.accepted == 4
    assert found.column("channel") == ["phone", "email", "email", "email"]
    assert found.column("direction") == ["inbound", "inbound", "internal", "internal"]
    assert found.column("handling_time_s") == [240.0, None, 60.0, 60.0]
    assert found.column("answered_at") == [None, datetime(2026, 7, 2, 9, 30), None, None]
    assert found.column("agent_group") == ["front_line", "back_line", "back_line", "back_line"]


def _generated_scores(read, folder):
    names = "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration"
    rows = [
        [*names.split(","), "Satisfaction rating"],
        ["I1", "Anna", "2026-07-01", "09:30:00", "Payment related", "Y", "N", "12", "00:02:23", "4"],
        ["I2", "Anna", "2026-07-01", "09:31:00", "Streaming", "N", "N", "", "", ""],
    ]
    found = read(_sheet(folder / "scores.xlsx", rows), "generated_scores")
    assert found.column("outcome") == ["answered", "abandoned"]
    assert found.column("resolved") == [False, None]
    assert (found.column("handling_time_s"), found.column("effort_score")) == ([143.0, None], [4.0, None])
    assert found.column("source") == ["generated_training_data"] * 2


def _generic_csv(read, folder):
    text = ";".join(CANONICAL) + "\n" + ";".join(CANONICAL.values()) + "\n"
    assert _canonical(read(text, "generic_csv")) == EXPECTED


def _generic_xlsx(read, folder):
    file = _sheet(folder / "log.xlsx", [list(CANONICAL), list(CANONICAL.values())])
    assert _canonical(read(file, "generic_xlsx")) == EXPECTED


def _generic_parquet(read, folder):
    pq.write_table(pa.table({name: [value] for name, value in CANONICAL.items()}), folder / "log.parquet")
    assert _canonical(read(folder / "log.parquet", "generic_parquet")) == EXPECTED


WORKED = {
    "technion_call_centre": _technion,
    "xes": _xes,
    "service_desk": _service_desk,
    "generated_scores": _generated_scores,
    "generic_csv": _generic_csv,
    "generic_xlsx": _generic_xlsx,
    "generic_parquet": _generic_parquet,
}


@pytest.mark.parametrize("name", built_in_profiles())
def test_built_in_profile_has_a_worked_case(name, read, tmp_path):
    WORKED[name](read, tmp_path)
