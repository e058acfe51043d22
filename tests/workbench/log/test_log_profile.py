"""Does a profile say how a source is read, and is a wrong one told with its line?"""

from pathlib import Path

import pytest

from touchpoints.faults import ModelError
from touchpoints.yaml_tree import read_yaml
from workbench.log.contact import FIELDS
from workbench.log.errors import LogError
from workbench.log.profile_files import built_in_profiles, fingerprint, load_profile, parse_profile
from workbench.log.sources.batch import require_columns

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
    "extends nothing known": ("extends: zendesk_ticket\n", 1, "did you mean 'zendesk_tickets'"),
    "two rules": (SOUND + "filters: [{column: a, drop: b, drop_with: c, reason: d}]\n", 4, "'drop_with'"),
    "lacking and mapped": (SOUND + "  reason: a\nlacks: reason\n", 5, "is mapped to a column"),
    "lacking unknown": (SOUND + "lacks: [raeson]\n", 4, "did you mean 'reason'"),
    "free text in a number": (SOUND + "  wait_s: a\nfree_text: wait_s\n", 5, "holds no free words"),
    "array in a table": (SOUND + "records: items\n", 4, "no meaning in a delimited file"),
    "case object in a table": (SOUND + "case_object: order\n", 4, "no meaning in a delimited file"),
    "time added to a word": (SOUND + "  reason: {columns: a, plus: b}\n", 4, "'plus' adds to a time"),
    "link of a case": (SOUND + "  case_key: {columns: a, link: {kinds: {a: id}}}\n", 4, "only the identifiers of a"),
    "link of no column": (SOUND + "  customer_key: {columns: a, link: {kinds: {b: id}}}\n", 4, "none of the columns"),
    "link of a kind": (SOUND + "  customer_key: {columns: a, link: {kinds: {a: fone}}}\n", 4, "phone"),
    "country": (SOUND + "  customer_key: {columns: a, link: {kinds: {a: phone}, country_code: nl}}\n", 4, "like 31"),
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


def test_profile_that_extends_a_built_in_one_says_only_what_differs():
    columns = b"columns: {reason: 'custom_fields[id=5].value', agent_group: null}\n"
    text = b"extends: zendesk_tickets\n" + columns + b"lacks: [agent_group]\n"
    profile, parent = parse_profile(text, "ours.yaml"), load_profile("zendesk_tickets")
    assert (profile.id, profile.source, profile.format) == ("ours", "zendesk", "json")
    assert profile.columns["reason"].columns == ("custom_fields[id=5].value",)
    assert set(profile.columns) == set(parent.columns) - {"agent_group"}
    assert [rule.model_dump() for rule in profile.filters] == [rule.model_dump() for rule in parent.filters]


def test_standard_of_klantinteracties_knows_every_member_that_its_profile_reads(shared_data):
    file = shared_data / "klantinteracties_openapi.yaml"
    if not file.is_file():
        pytest.skip("klantinteracties_openapi.yaml is not among the real files")
    tree, _ = read_yaml(file.read_bytes(), file.name)
    schemas = tree.value["components"].value["schemas"].plain()
    expanded = schemas["ExpandKlantcontact"]["allOf"][1]["properties"]["_expand"]["properties"]
    party, subject = schemas["Betrokkene"]["properties"], schemas["Onderwerpobject"]["properties"]
    known = {
        "": schemas["Klantcontact"]["properties"], "_expand": expanded, "hadBetrokkenen": party,
        "gingOverOnderwerpobjecten": subject, "wasPartij": schemas["PartijForeignKey"]["properties"],
        "onderwerpobjectidentificator": schemas["Onderwerpobjectidentificator"]["properties"],
    }  # fmt: skip
    for path in (*load_profile("klantinteracties").wanted, *load_profile("klantinteracties").drop):
        within = ""
        for part in path.split("."):
            name, _, inside = part.partition("[")
            assert name in known[within] or name == "_expand", path
            if inside.startswith("rol="):
                assert inside.strip("]").partition("=")[2] in schemas["RolEnum"]["enum"]
            within = name


def test_a_first_row_of_a_customer_is_not_told() -> None:
    row = ["1", "Jan Jansen", "06-12345678", "2026-03-01T10:00:00", "jan@example.org"]
    with pytest.raises(LogError, match="looks like a contact") as told:
        require_columns(Path("h.csv"), ["started_at"], row)
    assert not [part for part in row[1:] if part in str(told.value)]
    with pytest.raises(LogError, match="known: start"):
        require_columns(Path("h.csv"), ["started_at"], ["start"])
