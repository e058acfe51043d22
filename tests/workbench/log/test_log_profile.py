"""Does a profile say how a source is read, and is a wrong one told with its line?"""

import pytest

from touchpoints.faults import ModelError
from workbench.log.contact import FIELDS
from workbench.log.errors import LogError
from workbench.log.profile_files import built_in_profiles, fingerprint, load_profile, parse_profile

SOUND = """format: delimited
columns:
  started_at: start
"""


@pytest.mark.parametrize("name", built_in_profiles())
def test_every_built_in_profile_is_sound_and_fills_fields_that_exist(name):
    profile = load_profile(name)
    assert profile.id == name
    assert profile.name is not None
    assert profile.name.nl != profile.name.en
    assert set(profile.columns) | set(profile.constants) <= set(FIELDS)


def test_profiles_for_the_known_logs_are_built_in():
    wanted = {"technion_call_centre", "xes", "service_desk", "generated_scores"}
    assert wanted | {"generic_csv", "generic_xlsx", "generic_parquet"} <= set(built_in_profiles())


def test_agents_and_staff_never_enter():
    assert load_profile("technion_call_centre").drop == ("server",)
    assert "server" not in load_profile("technion_call_centre").wanted
    assert "Agent" not in load_profile("service_desk").wanted


BROKEN = {
    "unknown key": ("seperator: tab\n" + SOUND, 1, "did you mean 'separator'"),
    "unknown field": (SOUND + "  chanel: kanaal\n", 4, "did you mean 'channel'"),
    "no start": ("format: delimited\ncolumns:\n  reason: why\n", 2, "started_at"),
    "no format": ("columns: {started_at: start}\n", 1, "'format' is missing"),
    "unknown format": ("format: csv\ncolumns: {started_at: start}\n", 1, "delimited"),
    "unknown separator": ("separator: tabs\n" + SOUND, 1, "semicolon"),
    "unknown encoding": ("encoding: utf-9\n" + SOUND, 1, "encoding"),
    "bytes encoding": ("encoding: base64\n" + SOUND, 1, "encoding"),
    "unknown zone": ("time_zone: Europe/Amsterdm\n" + SOUND, 1, "time zone"),
    "path as zone": ("time_zone: ../../passwd\n" + SOUND, 1, "time zone"),
    "unknown unit": (SOUND + "  wait_s: {columns: w, unit: sec}\n", 4, "unknown"),
    "dropped column used": (SOUND + "  reason: memo\ndrop: [memo]\n", 4, "which 'drop' forbids"),
    "customer readable": (SOUND + "  customer_key: phone\n  reason: phone\n", 5, "names customers"),
    "two for a word": (SOUND + "  reason: [a, b]\n", 4, "one column"),
    "constant and column": (SOUND + "  reason: a\nconstants: {reason: x}\n", 5, "delete one"),
    "constant number": (SOUND + "constants: {wait_s: x}\n", 4, "must be a word"),
    "constant unknown word": (SOUND + "constants: {direction: incoming}\n", 4, "known: inbound"),
    "value unknown word": (SOUND + "  outcome: {columns: o, values: {a: answerd}}\n", 4, "did you mean 'answered'"),
    "until on a word": (SOUND + "  reason: {columns: a, until: b}\n", 4, "delete it"),
    "filter without rule": (SOUND + "filters: [{column: a, reason: b}]\n", 4, "either 'keep' or 'drop'"),
    "filter without reason": (SOUND + "filters: [{column: a, drop: b}]\n", 4, "'reason' is missing"),
    "header without separator": (SOUND + "header: [start]\n", 4, "must state it"),
    "null": (SOUND + "filters:\n", 4, "no value"),
    "tab": ("format: delimited\ncolumns:\n\tstarted_at: x\n", 3, "tab"),
    "latin-1": (b"format: delimited\nname: caf\xe9\n", 2, "UTF-8"),
    "empty": ("", 1, "holds nothing"),
    "list": ("- a\n", 1, "mapping"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_profile_is_told_with_file_and_line(case):
    text, line, said = BROKEN[case]
    with pytest.raises(ModelError) as caught:
        parse_profile(text if isinstance(text, bytes) else text.encode(), "profiles/mine.yaml")
    message = str(caught.value)
    assert f"profiles/mine.yaml:{line}:" in message
    assert said in message


def test_unknown_profile_names_the_nearest():
    with pytest.raises(LogError, match="did you mean 'service_desk'"):
        load_profile("servicedesk")


def test_profile_of_the_project(tmp_path):
    (tmp_path / "mine.yaml").write_text(SOUND)
    assert load_profile("mine.yaml", tmp_path).id == "mine"
    with pytest.raises(LogError, match="cannot be read"):
        load_profile("other.yaml", tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(LogError, match="cannot be read"):
        load_profile("folder.yaml", tmp_path)


def test_a_remark_does_not_change_how_a_file_is_read_and_a_format_does():
    plain = parse_profile(SOUND.encode(), "a.yaml")
    assert fingerprint(plain) == fingerprint(parse_profile(f"note: said\n{SOUND}".encode(), "a.yaml"))
    assert fingerprint(plain) != fingerprint(parse_profile(f"formats: '%d-%m-%y'\n{SOUND}".encode(), "a.yaml"))
