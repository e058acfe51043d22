"""Does every built-in profile read a small file of its kind as worked out by hand?"""

import gzip
import json
import zipfile
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench.log.errors import LogError
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


def _generic_csv_nl(read, folder):
    text = (
        "contact_id;started_at;reason;effort_score;wait_s\n7;01-07-2026 11:30;crèche;1.234,5;12,5\n8;1-7-26 11:30;a;;\n"
    )
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        found = read(text.encode(encoding), "generic_csv_nl", time_zone="Europe/Amsterdam")
        assert found.column("started_at") == [datetime(2026, 7, 1, 9, 30)] * 2
        assert (found.column("reason")[0], found.column("effort_score")[0]) == ("crèche", 1234.5)
        assert found.column("wait_s")[0] == 12.5


TICKETS = [
    {"id": 1001, "created_at": "2026-07-01T09:00:00Z", "via": {"channel": "email"}, "type": "question",
     "requester_id": 360011, "group_id": 20455932, "status": "solved", "tags": ["passport", "vip"],
     "subject": "My passport, Jan Jansen", "custom_fields": [{"id": 5, "value": "move"}],
     "metric_set": {"reopens": 0, "replies": 2, "group_stations": 2, "solved_at": "2026-07-01T12:00:00Z",
                    "reply_time_in_minutes": {"calendar": 90, "business": 30}}},
    {"id": 1002, "created_at": "2026-07-01T10:00:00Z", "via": {"channel": "email"}, "requester_id": 360011,
     "status": "closed", "tags": ["closed_by_merge"], "metric_set": {"reopens": 0, "replies": 0}},
    {"id": 1003, "created_at": "2026-07-02T10:00:00Z", "via": {"channel": "voice"}, "requester_id": 360012,
     "status": "closed", "tags": [], "metric_set": {"reopens": 1, "replies": 0, "group_stations": 1}},
    {"id": 1004, "created_at": "2026-07-02T11:00:00Z", "via": {"channel": "web"}, "requester_id": 360012,
     "status": "open", "tags": [], "metric_set": {"reopens": 0, "replies": 0, "group_stations": 1}},
]  # fmt: skip


def _zendesk_tickets(read, folder):
    lines = "".join(json.dumps(ticket) + "\n" for ticket in TICKETS)
    pages = json.dumps({"count": 4, "tickets": TICKETS[:2]}) + json.dumps({"tickets": TICKETS[2:], "next_page": None})
    for text in (lines, json.dumps(TICKETS), json.dumps({"tickets": TICKETS}, indent=2), pages):
        found = read(text, "zendesk_tickets")
        assert (found.account.accepted, found.account.filtered, found.account.nulled) == (3, 1, {})
        assert found.account.reasons("filtered") == {"ticket merged into another": 1}
        assert found.column("answered_at") == [datetime(2026, 7, 1, 10, 30), None, None]
        assert found.column("ended_at") == [datetime(2026, 7, 1, 12), None, None]
        assert found.column("channel") == ["email", "phone", "web"]
        # A voice ticket without a written reply may have been answered on the phone; an open one still can be.
        assert found.column("outcome") == ["answered", None, None]
        assert found.column("resolved") == [True, False, None]
        assert (found.column("layer_count"), found.column("agent_group")[0]) == ([2, 1, 1], "20455932")
        assert len(set(found.column("customer_key"))) == 2
        assert "no handling time" in found.log.notes[0].text("en")


def _zendesk_tickets_csv(read, folder):
    rows = [
        "Id,Requester,Requester id,Requester email,Assignee,Group,Subject,Tags,Status,Via,Ticket type,Created at,"
        "Solved at,Group stations,Reopens,Replies,First reply time in minutes,"
        "First reply time in minutes within business hours",
        "1001,Jan Jansen,360011,j@x.nl,Anna,KCC,Hi,passport vip,Solved,Mail,Question,2026-07-01 11:00,2026-07-01 14:00,"
        "2,0,2,90,30",
        '1002,Jan Jansen,360011,j@x.nl,Anna,KCC,Hi,"vip closed_by_merge",Closed,Mail,Question,2026-07-01 12:00,,'
        "1,0,0,,",
    ]
    found = read("\n".join(rows) + "\n", "zendesk_tickets_csv", time_zone="Europe/Amsterdam")
    assert (found.account.accepted, found.account.filtered) == (1, 1)
    assert found.column("started_at") == [datetime(2026, 7, 1, 9)]
    assert found.column("answered_at") == [datetime(2026, 7, 1, 10, 30)]
    assert (found.column("channel"), found.column("agent_group")) == (["email"], ["KCC"])
    assert (found.column("resolved"), found.column("outcome")) == ([True], ["answered"])


def _zendesk_ticket_metrics(read, folder):
    metrics = {"ticket_id": 1001, "created_at": "2026-07-01T09:00:00Z", "reopens": 3, "replies": 4, "group_stations": 2,
               "reply_time_in_minutes": {"calendar": 90, "business": 30},
               "full_resolution_time_in_minutes": {"calendar": 4320, "business": 1440}}  # fmt: skip
    found = read(json.dumps({"ticket_metrics": [metrics]}), "zendesk_ticket_metrics")
    assert found.column("answered_at") == [datetime(2026, 7, 1, 10, 30)]
    assert found.column("ended_at") == [datetime(2026, 7, 4, 9)]
    assert (found.column("resolved"), found.column("layer_count")) == ([False], [2])


def _salesforce_case(read, folder):
    rows = [
        '"Id","IsDeleted","MasterRecordId","CaseNumber","ContactId","SuppliedName","SuppliedEmail","Type","Status","Reason",'
        '"Origin","Subject","IsClosed","ClosedDate","IsEscalated","OwnerId","CreatedDate"',
        '"5001","false","","00001026","0031","Jan","j@x.nl","Problem","Closed","Installation","Phone","Help",'
        '"true","2026-07-01T12:00:00.000Z","true","0051","2026-07-01T09:30:00.000Z"',
        '"5002","true","5001","00001027","0031","Jan","j@x.nl","Problem","Closed","Installation","Email","Help",'
        '"true","2026-07-01 12:00:00","false","0051","2026-07-01 09:40:00"',
        '"5003","0","","00001028","","","","Question","New","","Web","Help","0","","0","0051","2026-07-01 09:50:00"',
    ]
    found = read("\n".join(rows) + "\n", "salesforce_case", time_zone="Europe/Amsterdam")
    assert found.account.reasons("filtered") == {"case merged into another": 1}
    assert found.column("started_at") == [datetime(2026, 7, 1, 9, 30), datetime(2026, 7, 1, 9, 50)]
    assert (found.column("channel"), found.column("reason")) == (["phone", "web"], ["Installation", None])
    assert (found.column("resolved"), found.column("layer_count")) == ([True, False], [2, 1])
    assert [key is None for key in found.column("customer_key")] == [False, True]


def _segment(kind, start, end, **more):
    return {
        "segmentType": kind,
        "segmentStart": f"2026-07-01T09:{start}Z",
        "segmentEnd": f"2026-07-01T09:{end}Z",
        **more,
    }


def _party(purpose, *segments, **more):
    session = {"mediaType": "voice", "direction": "inbound", "segments": list(segments), **more.pop("session", {})}
    return {"purpose": purpose, "sessions": [session], **more}


CALLER = _party("customer", _segment("interact", "00:00.000", "09:00.000"), session={"ani": "tel:+31612345678"})
TRANSFERRED = {
    "conversationId": "c1", "conversationStart": "2026-07-01T09:00:00.000Z",
    "conversationEnd": "2026-07-01T09:09:00.000Z", "originatingDirection": "inbound",
    "participants": [
        CALLER,
        _party("ivr", _segment("ivr", "00:00", "00:30")),
        _party("acd", _segment("interact", "00:30", "01:10", queueId="q-front")),
        _party("agent", _segment("alert", "01:10", "01:30", queueId="q-front"),
               _segment("interact", "01:30", "03:30", queueId="q-front"),
               _segment("hold", "03:30", "04:00", queueId="q-front"),
               _segment("interact", "04:00", "04:10", queueId="q-front", disconnectType="transfer"),
               _segment("wrapup", "04:10", "04:30", queueId="q-front", wrapUpCode="w-moved"),
               userId="u-anna", participantName="Anna Geheim"),
        _party("acd", _segment("interact", "04:10", "05:00", queueId="q-back")),
        _party("agent", _segment("interact", "05:00", "08:00", queueId="q-back"),
               _segment("wrapup", "08:00", "08:30", queueId="q-back", wrapUpCode="w-solved", wrapUpNote="Geheim"),
               userId="u-bert", participantName="Bert Geheim"),
    ],
}  # fmt: skip
GAVE_UP = {
    "conversationId": "c2", "conversationStart": "2026-07-01T09:00:00.000Z",
    "conversationEnd": "2026-07-01T09:02:00.000Z", "originatingDirection": "inbound",
    "participants": [CALLER, _party("acd", _segment("interact", "00:10", "02:00", queueId="q-front",
                                                    disconnectType="peer"))],
}  # fmt: skip


def _genesys_conversations(read, folder):
    found = read(json.dumps({"conversations": [TRANSFERRED, GAVE_UP], "totalHits": 2}), "genesys_conversations")
    assert (found.account.rows_read, found.account.accepted, found.account.nulled) == (2, 2, {})
    assert found.column("outcome") == ["answered", "abandoned"]
    assert found.column("wait_s") == [60.0, 110.0]  # 0:30 to 1:30; 0:10 to 2:00
    # Anna 2:00 talk, 0:30 hold, 0:10 talk, 0:20 after-call work; Bert 3:00 and 0:30.
    assert found.column("handling_time_s") == [180.0 + 210.0, None]
    assert (found.column("ivr_time_s"), found.column("layer_count")) == ([30.0, 0.0], [2, None])
    assert (found.column("touchpoint"), found.column("agent_group")) == (["q-front"] * 2, ["q-back", "q-front"])
    assert (found.column("reason"), found.column("channel")) == (["w-solved", None], ["phone", "phone"])
    assert found.column("answered_at") == [datetime(2026, 7, 1, 9, 1, 30), None]
    assert len(set(found.column("customer_key"))) == 1
    data = found.log.file.read_bytes()
    assert not any(word in data for word in (b"Geheim", b"u-anna", b"u-bert", b"612345678"))


def _klantinteracties(read, folder):
    contact = {
        "uuid": "095be615-a8ad-4c33-8e9c-c7612fbf6c9f", "kanaal": "telefoon", "onderwerp": "Verhuizing Jan Geheim",
        "inhoud": "Geheim", "plaatsgevondenOp": "2026-07-01T11:30:00+02:00", "taal": "nld", "vertrouwelijk": False,
        "hoofdOnderwerpType": "https://catalogus.nl/zaaktypen/verhuizing", "indicatieContactGelukt": True,
        "leiddeTotInterneTaken": [{"uuid": "t1", "url": "https://x"}],
        "hadBetrokkenActoren": [{"uuid": "a1", "naam": "Anna Geheim", "soortActor": "medewerker"}],
        "_expand": {
            "hadBetrokkenen": [
                {"rol": "vertegenwoordiger", "initiator": False, "wasPartij": {"uuid": "p9"}},
                {"rol": "klant", "initiator": True, "wasPartij": {"uuid": "p1"}, "volledigeNaam": "Jan Geheim"},
            ],
            "gingOverOnderwerpobjecten": [
                {"onderwerpobjectidentificator": {"objectId": "ZAAK-1", "codeObjecttype": "zaak"}}],
        },
    }  # fmt: skip
    bare = {"uuid": "195be615", "kanaal": "Balie", "plaatsgevondenOp": "2026-07-01T12:00:00Z",
            "leiddeTotInterneTaken": []}  # fmt: skip
    found = read(json.dumps({"count": 2, "next": None, "results": [contact, bare]}), "klantinteracties")
    assert found.column("started_at") == [datetime(2026, 7, 1, 9, 30), datetime(2026, 7, 1, 12)]
    assert (found.column("channel"), found.column("direction")) == (["phone", "counter"], ["inbound", None])
    assert found.column("reason") == ["https://catalogus.nl/zaaktypen/verhuizing", None]
    assert (found.column("outcome"), found.column("layer_count")) == (["answered", None], [2, 1])
    assert [key is None for key in found.column("customer_key")] == [False, True]
    assert [key is None for key in found.column("case_key")] == [False, True]
    assert b"Geheim" not in found.log.file.read_bytes()


ORDERS = {
    "objectTypes": [{"name": "order", "attributes": []}, {"name": "customer", "attributes": []}],
    "eventTypes": [{"name": "call", "attributes": []}, {"name": "pay", "attributes": []}],
    "objects": [{"id": "o1", "type": "order"}, {"id": "o2", "type": "order"}, {"id": "k1", "type": "customer"}],
    "events": [
        {"id": "e1", "type": "call", "time": "2026-07-01T09:00:00.000Z",
         "attributes": [{"name": "medium", "value": "phone"}],
         "relationships": [{"objectId": "k1", "qualifier": "by"}, {"objectId": "o1", "qualifier": "about"},
                           {"objectId": "o2", "qualifier": "about"}]},
        {"id": "e2", "type": "pay", "time": "2026-07-02T09:00:00.000Z",
         "relationships": [{"objectId": "o2", "qualifier": "for"}]},
        {"id": "e3", "type": "call", "time": "2026-07-03T09:00:00.000Z", "relationships": []},
    ],
}  # fmt: skip
CHOSEN = 'extends: ocel\ncase_object: order\ncolumns: {customer_key: "object:customer", channel: medium}\n'


def _ocel(read, folder):
    with pytest.raises(LogError, match=r"types here: customer, order.*case_object"):
        read(json.dumps(ORDERS), "ocel")
    found = read(json.dumps(ORDERS, indent=1), CHOSEN)
    # The call about two orders is one contact; its copy is a duplicate.
    assert (found.account.accepted, found.account.duplicate) == (3, 1)
    assert found.column("touchpoint") == ["call", "pay", "call"]
    assert [key is None for key in found.column("case_key")] == [False, False, True]
    assert (found.column("channel")[0], found.column("customer_key")[1]) == ("phone", None)
    flat = read(json.dumps(ORDERS), CHOSEN.replace("{customer", '{contact_id: ["@id", "@case"], customer'))
    assert (flat.account.accepted, flat.account.duplicate) == (4, 0)


WORKED = {
    "technion_call_centre": _technion,
    "xes": _xes,
    "service_desk": _service_desk,
    "generated_scores": _generated_scores,
    "generic_csv": _generic_csv,
    "generic_xlsx": _generic_xlsx,
    "generic_parquet": _generic_parquet,
    "generic_csv_nl": _generic_csv_nl,
    "zendesk_tickets": _zendesk_tickets,
    "zendesk_tickets_csv": _zendesk_tickets_csv,
    "zendesk_ticket_metrics": _zendesk_ticket_metrics,
    "salesforce_case": _salesforce_case,
    "genesys_conversations": _genesys_conversations,
    "klantinteracties": _klantinteracties,
    "ocel": _ocel,
}


@pytest.mark.parametrize("name", built_in_profiles())
def test_built_in_profile_has_a_worked_case(name, read, tmp_path):
    WORKED[name](read, tmp_path)
