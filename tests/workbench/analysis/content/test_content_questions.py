"""Are logged questions redacted before anybody sees them, judged, grouped and suppressed?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from workbench.analysis.content.content import content
from workbench.analysis.content.questions import read_questions
from workbench.analysis.content.redaction import redacted
from workbench.cli.main import cli
from workbench.project import open_project

MODEL = """
reasons: {r: {name: Paspoort aanvragen}, q: {name: Oude tarieven}}
content:
  page: {title: Paspoort aanvragen, answers: [r], kind: web_page, reviewed: 2026-12-01, review_every: 12 months}
  rates: {title: Tarieven, answers: [q], kind: web_page, reviewed: 2020-01-01, review_every: 12 months}
"""
SETTINGS = (
    "name: T\nlanguage: en\nperiod: {start: 2026-01-01, end: 2026-12-31}\nprivacy: {suppress_below: 5}\n"
)  # fmt: skip


@pytest.mark.parametrize("secret", [
    "jan.de-vries+werk@voorbeeld.example.nl", "JAN@X.NL", "0612345678", "06-12 34 56 78", "+31 (0)6 1234 5678",
    "020-1234567", "123456782", "123.456.782", "123 456 782", "NL91ABNA0417164300", "nl91 abna 0417 1643 00",
    "1234 AB", "1234ab 12", "https://mijn.example.nl/?bsn=1", "12-03-1980",
])  # fmt: skip
def test_what_names_a_person_is_left_out(secret: str) -> None:
    shown = redacted(f"mijn nummer is {secret} graag bellen")
    assert shown.startswith("mijn nummer is ▇")
    assert shown.endswith("graag bellen")
    assert not any(sign.isdigit() or sign == "@" for sign in shown)


@pytest.mark.parametrize("harmless", ["Ik wacht al 10 dagen", "formulier B1 van 2 pagina's", "stadspas 65+"])
def test_other_numbers_stay(harmless: str) -> None:
    assert redacted(harmless) == harmless


@given(st.text(max_size=400))
def test_no_long_number_and_no_address_survives(text: str) -> None:
    shown = redacted(f"{text} 0612345678 a@b.nl")
    assert "0612345678" not in shown
    assert "a@b.nl" not in shown


def test_a_very_long_question_is_cut_and_quickly_read() -> None:
    for text in ("1" * 10_000, "a@" * 5_000, "1234 AB " * 1_250, "NL00" * 2_500):
        assert len(redacted(text)) <= 2_100


def test_questions_are_judged_grouped_and_suppressed(write_project) -> None:
    """6 pool and 5 rates questions are shown; 4 about a tree are not, as 5 is the least; 3 are answered."""
    asked = [*["Wanneer gaat het zwembad open?"] * 4, *["zwembad dicht, bel 0612345678"] * 2, *["tarieven"] * 5,
             *["boom omgevallen bij Jansen"] * 4, *["paspoort aanvragen"] * 3]  # fmt: skip
    found = content(open_project(write_project(MODEL, SETTINGS)), log=asked).logged
    assert found is not None
    assert (found.count, found.answered, found.outdated, found.unanswered) == (18, 3, 5, 10)
    assert [(one.words, one.count, one.outdated) for one in found.groups] == [
        (("zwembad",), 6, 0),
        (("tarieven",), 5, 5),
    ]
    assert found.rest == 4


def test_nothing_of_a_small_group_or_a_number_is_shown_or_stored(write_project) -> None:
    root = write_project(MODEL, SETTINGS)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    file = root.parent / f"{root.name}_vragen.csv"
    file.write_text(
        "datum;vraag\n" + "1-1;zwembad dicht Jansen 0612345678\n" + "1-1;zwembad dicht\n" * 5, encoding="utf-8"
    )
    done = CliRunner().invoke(cli, ["content", str(root), "--questions", str(file), "--json"])
    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.output)["tables"]["content_questions"]
    assert (row["shared_words"], row["questions_count"]) == ("dicht, zwembad", 6)
    assert "ansen" not in done.output
    assert "06123" not in done.output
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_command_shows_what_an_agent_would_find(write_project) -> None:
    done = CliRunner().invoke(
        cli, ["content", str(write_project(MODEL, SETTINGS)), "--question", "mijn paspoorten a@b.nl", "--csv"]
    )
    assert done.exit_code == 0, done.output
    head, row = done.output.splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=False))["verdict"] == "question_answered"
    assert "a@b.nl" not in done.output
    assert "model/model.yaml:4" in row


def test_files_of_questions_are_read_as_they_come(tmp_path: Path) -> None:
    def read(name: str, raw: bytes) -> list[str]:
        (tmp_path / name).write_bytes(raw)
        return list(read_questions(tmp_path / name))

    assert read("a.txt", "één\r\n\r\n  twee, drie \n".encode("utf-8-sig")) == ["één", "twee, drie"]
    assert read("b.txt", "caf\xe9\n".encode("cp1252")) == ["café"]
    assert read("c.csv", b'id,question\n1,"a, b"\n2,\n3,c\n4\n') == ["a, b", "c"]
    assert read("d.csv", b"waar;dan\nhier;daar\n") == ["waar", "hier"]
    assert read("e.csv", b"") == []
    assert read("f.csv", b'question\n\0\n"open quote\n') == ["open quote"]


def test_a_file_that_is_not_there_is_wrong_usage(write_project) -> None:
    done = CliRunner().invoke(cli, ["content", str(write_project(MODEL, SETTINGS)), "--questions", "nowhere.txt"])
    assert done.exit_code == 2
