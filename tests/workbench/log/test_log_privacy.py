"""Do free text and what names a person stay off the disk, unless asked for by name?"""

import json

import pytest

from workbench.log.errors import LogError
from workbench.log.ingest import ingest
from workbench.log.profile_files import built_in_profiles, load_profile, parse_profile

PLANTED = ("Pietersen", "pietersen@voorbeeld.nl", "0612345678", "+31 6 87654321", "123456782", "NL91ABNA0417164300")
"""A name, an e-mail address, two phone numbers, a citizen service number and an account number, all made up."""

MAPPED = (
    b"format: delimited\nseparator: semicolon\ncolumns: {started_at: at, customer_key: who, case_key: zaak,"
    b" contact_id: nr, reason: why, agent_group: team}\ndrop: [memo, agent]\n"
)


def _planted_rows():
    """Rows in which every planted text stands in every place where it may and may not be."""
    lines = ["at;who;zaak;nr;why;team;memo;agent"]
    for number, text in enumerate(PLANTED):
        why = f"bel {text} terug" if number else "paspoort"
        lines.append(f"2026-07-0{number + 1} 10:00;{text};{text};{text};{why};kcc;Belde: {text};{text}")
        lines.append(f"{text};k;z;n{number};paspoort;kcc;{text};{text}")  # no usable start: quarantined
        lines.append(f"2026-07-01;k;z;m{number};paspoort;kcc;{text};{text};{text}")  # one field too many
    return "\n".join(lines) + "\n"


def _grep(folder, told):
    """Look for the planted texts in every file, whatever its name, each time the ingest says something."""
    seen = set()

    def look(what, share):
        for part in folder.rglob("*"):
            if part.is_file():
                seen.add(part.name)
                data = part.read_bytes().lower()
                found = [text for text in PLANTED if text.lower().encode() in data]
                found += [text for text in PLANTED if text.lower().encode("utf-16-le") in data]
                assert not found, f"{part.name} while {what}"

    told.append(seen)
    return look


def test_nothing_planted_reaches_store_staging_or_temporary_files(tmp_path, key):
    (tmp_path / "log.csv").write_text(_planted_rows())
    store, seen = tmp_path / "store" / "log.duckdb", []
    look = _grep(store.parent, seen)
    result = ingest([tmp_path / "log.csv"], parse_profile(MAPPED, "p.yaml"), store, key, progress=look)
    look("", 1.0)
    account = result.files[0]
    assert (account.accepted, account.quarantined) == (len(PLANTED), 2 * len(PLANTED))
    assert account.nulled == {"reason": len(PLANTED) - 1}
    assert {"log.duckdb", "log.duckdb.staging"} <= seen[0]


def test_nothing_planted_in_json_reaches_the_disk(tmp_path, key):
    rows = [
        {"uuid": f"u{number}", "kanaal": "telefoon", "plaatsgevondenOp": "2026-07-01T10:00:00Z", "onderwerp": text,
         "inhoud": text, "hoofdOnderwerpType": f"over {text}" if number else "verhuizing",
         "hadBetrokkenActoren": [{"naam": text}],
         "_expand": {"hadBetrokkenen": [{"rol": "klant", "volledigeNaam": text, "wasPartij": {"uuid": text}}]}}
        for number, text in enumerate(PLANTED)
    ]  # fmt: skip
    (tmp_path / "log.json").write_text(json.dumps({"results": rows}))
    store, seen = tmp_path / "store" / "log.duckdb", []
    look = _grep(store.parent, seen)
    ingest([tmp_path / "log.json"], load_profile("klantinteracties"), store, key, progress=look)
    look("", 1.0)


def test_words_that_differ_from_row_to_row_are_refused_before_anything_is_written(tmp_path, key):
    rows = [f"2026-07-01 10:00;Naam{number} Pietersen" for number in range(150)]
    (tmp_path / "log.csv").write_text("\n".join(["at;team", *rows]) + "\n")
    profile = parse_profile(b"format: delimited\ncolumns: {started_at: at, agent_group: team}\n", "p.yaml")
    store = tmp_path / "store" / "log.duckdb"
    with pytest.raises(LogError, match=r"column 'team' differs from row to row.*'agent_group'.*'free_text'"):
        ingest([tmp_path / "log.csv"], profile, store, key, progress=_grep(store.parent, []))
    assert not store.exists()
    assert not any(b"Pietersen" in part.read_bytes() for part in store.parent.rglob("*") if part.is_file())


def test_free_text_is_kept_when_profile_names_it_and_project_allows_it(read, tmp_path, key):
    text = "at;why\n2026-07-01;bel pietersen@voorbeeld.nl\n"
    asked = "format: delimited\ncolumns: {started_at: at, reason: why}\nfree_text: reason\n"
    with pytest.raises(LogError, match="allow_free_text: yes"):
        read(text, asked)
    assert read(text, asked, allow_free_text=True).column("reason") == ["bel pietersen@voorbeeld.nl"]
    silent = read(text, asked.replace("free_text: reason\n", ""), allow_free_text=True)
    assert (silent.column("reason"), silent.account.nulled) == ([None], {"reason": 1})


@pytest.mark.parametrize(
    "word",
    ["f47ac10b-58cc-4372-a567-0e02b2123456", "https://c.nl/zaaktypen/f47ac10b-58cc-4372-a567-001234567890", "20455932",
     "360012345678", "2026-07-01", "w-solved", "A & B (2)", "30+ dagen", "Q1 2026", "info@balie"],
)  # fmt: skip
def test_words_that_name_nobody_are_kept(read, word):
    text = f'at;why\n2026-07-01;"{word}"\n'
    assert read(text, "format: delimited\ncolumns: {started_at: at, reason: why}\n").column("reason") == [word]


@pytest.mark.parametrize("name", built_in_profiles())
def test_built_in_profiles_ask_for_no_free_text(name):
    assert load_profile(name).free_text == ()
