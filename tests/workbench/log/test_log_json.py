"""Is JSON read record by record with the line of each, and is what is no JSON refused with one clear word?"""

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from workbench.log.errors import LogError
from workbench.log.profile_files import parse_profile
from workbench.log.sources.batch import Unreadable
from workbench.log.sources.genesys import collapsed
from workbench.log.sources.json_path import value_at
from workbench.log.sources.json_stream import LARGEST_RECORD, json_records
from workbench.log.sources.reading import read_batches

PROFILE = "format: json\nrecords: items\ncolumns: {started_at: at, contact_id: id, reason: about.what}\n"


def _records(text, within=None):
    return list(json_records(Path("x.json"), io.StringIO(text), within))


def _values(text, within=None):
    return [(line, value if isinstance(value, dict) else value.reason) for line, value in _records(text, within)]


ITEMS = [{"id": str(number), "text": "a\nb", "more": [1, {"x": None}]} for number in range(3)]


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("within", [None, "items"])
def test_array_of_any_layout(indent, within):
    found = [value["id"] for _, value in _records(json.dumps(ITEMS, indent=indent), within)]
    assert found == ["0", "1", "2"]


@pytest.mark.parametrize("indent", [None, 2])
def test_array_under_a_name_wherever_it_stands_and_on_several_pages(indent):
    for page in ({"count": 3, "items": ITEMS, "next": None}, {"items": ITEMS, "tail": [1, 2]}):
        text = json.dumps(page, indent=indent)
        assert [value["id"] for _, value in _records(text + "\n" + text, "items")] == ["0", "1", "2"] * 2


def test_object_without_the_name_is_a_record_itself():
    assert _values('{"id": "1"}\n{"items": [{"id": "2"}]}', "items") == [(1, {"id": "1"}), (2, {"id": "2"})]
    assert _values('{\n "id": "1",\n "tags": ["a"]\n}', "items") == [(1, {"id": "1", "tags": ["a"]})]


def test_line_of_each_record():
    assert [line for line, _ in _records('\n{"a": 1}\n\n{"a": 2}\n')] == [2, 4]
    assert [line for line, _ in _records('[\n{"a": 1},\n\n{"a":\n2}, {"a": 3}]')] == [2, 4, 5]


def test_bad_line_is_passed_by_and_named():
    found = _values('{"a": "1"}\n{"a": \n7\n[1]\n{"a": "2"}')
    assert [line for line, _ in found] == [1, 2, 3, 4, 5]
    assert found[0][1] == {"a": "1"}
    assert found[4][1] == {"a": "2"}
    assert "is no JSON" in found[1][1]
    assert found[2][1] == found[3][1] == "is no object"


def test_element_that_is_no_object_is_named():
    assert _values('[{"a": "1"}, 7, [1], null]')[1:] == [(1, "is no object")] * 3


def test_numbers_stay_as_they_are_written():
    ((_, value),) = _records('{"id": 900719925474099312345, "share": 0.10, "big": ' + "9" * 5000 + "}")
    assert (value["id"], value["share"], len(value["big"])) == ("900719925474099312345", "0.10", 5000)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("hello", 1, "is the file JSON"), ("[1,\n", 2, "cut off"), ('[{"a": 1}\n{"a": 2}]', 2, "where ',' is wanted"),
        ('{\n"items": [{"a": 1},\n{"a": ', 3, "cut off"), ("[" * 100_000, 1, "nested too deeply"),
        ('{"items": ' + "[" * 100_000, 1, "nested too deeply"), ("<html></html>", 1, "is the file JSON"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused_with_its_line(text, line, said):
    with pytest.raises(LogError, match=said) as caught:
        _records(text, "items")
    assert f"x.json:{line}:" in str(caught.value)


def test_deep_line_is_passed_by():
    found = _values('{"a": 1}\n' + '{"a":' * 50_000 + "\n")
    assert found[1] == (2, "is nested too deeply")


def test_record_without_end_is_refused_before_it_fills_the_memory():
    endless = '[{"a": "' + "x" * (3 * LARGEST_RECORD)
    with pytest.raises(LogError, match="longer than"):
        _records(endless)
    (_, first), (_, long), (_, last) = _records('{"a": 1}\n{"b": "' + "x" * (2 * LARGEST_RECORD) + '"}\n{"c": 1}\n')
    assert (list(first), list(last)) == (["a"], ["c"])
    assert isinstance(long, Unreadable)


def test_memory_does_not_grow_with_the_file():
    one = json.dumps({"id": "1", "filler": "x" * 2000})

    class Endless(io.TextIOBase):
        """An array of 20,000 records (40 MB) under a name, made as it is read."""

        def __init__(self):
            self.parts = iter(
                ['{"other": [', *[one + ","] * 9_999, one, '], "items": [', *[one + ","] * 9_999, one, "]}"]
            )

        def readline(self, size=-1):
            return self.read(size)

        def read(self, size=-1):
            return next(self.parts, "")

    tracemalloc.start()
    count = sum(1 for _ in json_records(Path("x"), Endless(), "items"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 12 * 2**20


def test_file_plain_gz_and_marked(tmp_path):
    text = json.dumps({"items": [{"at": "2026-01-01", "id": 7, "about": {"what": "crèche"}}]})
    for number, data in enumerate((text.encode(), gzip.compress(text.encode()), text.encode("utf-8-sig"))):
        (tmp_path / str(number)).write_bytes(data)
        (batch,) = read_batches(tmp_path / str(number), parse_profile(PROFILE.encode(), "p.yaml"))
        assert batch.table.to_pylist() == [{"at": "2026-01-01", "id": "7", "about.what": "crèche", "@line": 1}]


def test_other_export_than_the_profile_is_for_is_refused(tmp_path):
    (tmp_path / "a.json").write_text('[{"att": "2026-01-01"}]')
    with pytest.raises(LogError, match="no record has 'at'; did you mean 'att'"):
        list(read_batches(tmp_path / "a.json", parse_profile(PROFILE.encode(), "p.yaml")))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b", "1"), ("a", None), ("tags", "x y"), ("people[1].id", "2"), ("people[role=b].id", "2"),
        ("people[role=c].id", None), ("people[#]", "2"), ("people[7].id", None), ("flag", "true"), ("none", None),
        ("dotted.name", "whole"), ("a.b.c", None), ("tags[0]", "x"), ("empty", None),
    ],
)  # fmt: skip
def test_paths(path, found):
    record = {
        "a": {"b": "1"}, "tags": ["x", None, "y"], "people": [{"role": "a", "id": "1"}, {"role": "b", "id": "2"}],
        "flag": True, "none": None, "dotted.name": "whole", "empty": [],
    }  # fmt: skip
    assert value_at(path)(record) == found


def _part(purpose, *segments, media="voice", **more):
    made = [
        {"segmentType": kind, "segmentStart": f"2026-07-01T09:{start}:00Z", "segmentEnd": f"2026-07-01T09:{end}:00Z",
         "queueId": queue, "disconnectType": by}
        for kind, start, end, queue, by in segments
    ]  # fmt: skip
    return {"purpose": purpose, "sessions": [{"mediaType": media, "direction": "inbound", "segments": made, **more}]}


def _row(*parts, ended=True):
    more = {"conversationEnd": "2026-07-01T10:00:00Z"} if ended else {}
    return collapsed({"participants": list(parts), "originatingDirection": "inbound", **more})


def test_genesys_agent_in_two_sessions_at_once_works_once():
    work = ("interact", "01", "05", "q", None)
    agent = _part("agent", work)
    agent["sessions"] += _part("agent", work, ("wrapup", "05", "06", "q", None), media="callback")["sessions"]
    agent["sessions"] += _part("agent", ("interact", "00", "30", "q", None), media="screenshare")["sessions"]
    assert _row(agent)["@handling_s"] == "300.0"


def test_genesys_who_ends_an_unanswered_contact():
    for by, outcome in (("peer", "abandoned"), ("client", "abandoned"), ("timeout", "unanswered")):
        assert _row(_part("acd", ("interact", "01", "05", "q", by)))["@outcome"] == outcome


def test_genesys_conversation_that_still_runs_has_no_outcome_and_no_wait():
    row = _row(_part("acd", ("interact", "01", "05", "q", None)), ended=False)
    assert (row["@outcome"], row["@wait_s"]) == (None, None)


def test_genesys_menu_only_and_colleagues_among_themselves():
    row = _row(_part("customer"), _part("ivr", ("ivr", "00", "02", None, None)))
    assert (row["@outcome"], row["@wait_s"], row["@ivr_s"], row["@handling_s"]) == (None, "0", "120.0", None)
    assert _row(_part("agent", ("interact", "01", "02", None, None)), _part("user"))["@direction"] == "internal"


def test_genesys_transfer_to_an_agent_without_a_queue_is_a_desk():
    row = _row(
        _part("agent", ("interact", "01", "02", "q", None)), _part("agent", ("interact", "02", "03", None, None))
    )
    assert row["@desks"] == "2"


@pytest.mark.parametrize("broken", [{}, {"participants": 7}, {"participants": [7, {"sessions": [{"segments": "x"}]}]}])
def test_genesys_of_another_form_is_an_empty_contact(broken):
    assert collapsed(broken)["@outcome"] is None


def test_genesys_bad_times_are_left_out():
    bad = [{"segmentType": "interact", "segmentStart": start, "segmentEnd": "2026-07-01T09:00:00Z"}
           for start in ("soon", "2026-07-01T10:00:00Z", "2026-07-01T08:00:00", None)]  # fmt: skip
    assert collapsed({"participants": [{"purpose": "agent", "sessions": [{"segments": bad}]}]})["@handling_s"] is None
