"""Does every broken model give the right fault at file and line, with a remedy, and never an exception?"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from pathlib import Path

import broken_files
import broken_journeys
import broken_references
import broken_values
import broken_yaml
import pytest
from broken_case import Case

from tests.command import run
from touchpoints.rules import RULES
from workbench.project import open_project

GROUPS = (broken_files, broken_yaml, broken_values, broken_references, broken_journeys)
CASES: tuple[Case, ...] = tuple(case for group in GROUPS for case in group.CASES)

REMEDY = re.compile(
    r"\(known: |\b(write|did you mean|delete|add|rename|name|save|close|put|raise|lower|give|merge|use|check|make|fill|"
    r"copy|replace|split|shorten|indent|must|needs?|swap|correct|none is defined yet)\b"
)
"""What a remedy is made of: a verb that tells the reader what to do, or the names to choose from."""

ONE_LINE = 700
"""The longest message that still is a message [characters]."""

SAMPLE = (
    "latin-1 bytes",
    "a tab as indent",
    "exploding aliases",
    "100,000 brackets",
    "an unsafe tag",
    "3,000 indents",
    "escapes and line breaks in an id",
    "a right-to-left mark in an id",
    "shares of 1.1",
    "a loop that never ends",
    "no unit of time",
    "an escape in a note",
    "a link to itself",
    "settings are a folder",
)
"""Cases that also run as a command, one of each sort."""


def made(case: Case, tmp_path: Path) -> Path:
    if case.name == "no permission to read" and hasattr(os, "geteuid") and os.geteuid() == 0:
        pytest.skip("the superuser may read every file")
    root = tmp_path / "project"
    root.mkdir()
    return case.write(root)


def test_the_corpus_is_large_and_every_case_has_its_own_name() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case(rule: str) -> None:
    assert any(case.rule == rule for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_model_gives_its_fault(case: Case, tmp_path: Path) -> None:
    faults = open_project(made(case, tmp_path)).faults
    wanted = (case.rule, case.file, case.expected_line)
    found = [fault for fault in faults if (fault.rule, fault.place.file, fault.place.line) == wanted]
    shown = "\n".join(map(str, faults))
    assert found, f"wanted {wanted}, got:\n{shown}"
    assert any(case.says in fault.message for fault in found), shown
    assert {fault.rule for fault in faults} <= {case.rule, *case.also}, shown
    for fault in faults:
        assert REMEDY.search(fault.message), f"no remedy: {fault.message}"
        assert len(fault.message) <= ONE_LINE
        assert fault.message.isprintable()
        assert "object at 0x" not in fault.message


def test_a_file_that_the_system_will_not_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Case("refused", "file-unreadable").write(tmp_path)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "model.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (fault,) = open_project(root).faults
    assert str(fault) == (
        "model/model.yaml:1: 'model.yaml' cannot be read (Permission denied); give it read permission [file-unreadable]"
    )


def test_an_empty_file_hides_nothing(tmp_path: Path) -> None:
    model = "touchpoints:\n  line: {channel: fone}\n"
    case = Case("half", "unknown-reference", files={"model/model.yaml": model, "model/later.yaml": "# to be done\n"})
    faults = open_project(case.write(tmp_path)).faults
    assert {(fault.rule, fault.place.file) for fault in faults if fault.rule != "unused"} >= {
        ("unknown-reference", "model/model.yaml"), ("file-empty", "model/later.yaml"),
    }  # fmt: skip


def test_steps_are_listed_before_it_is_known_what_follows(tmp_path: Path) -> None:
    model = "journeys:\n  move:\n    steps:\n      look: {}\n      call: {}\n      done: {next: resolved}\n"
    case = Case("open", "unreachable-step", files={"model/model.yaml": model})
    assert [fault.rule for fault in open_project(case.write(tmp_path)).faults if fault.is_error] == []


@pytest.mark.parametrize("name", SAMPLE)
def test_the_command_says_it_without_a_traceback(name: str, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == name)
    root = made(case, tmp_path)
    run("check", root).failed(1, f"{root}/{case.file}:{case.expected_line}: ", f"[{case.rule}]")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names of files")
def test_names_of_files_that_are_no_text(tmp_path: Path) -> None:
    case = Case("names", "file-empty", files={"model/📞.yaml": ""})
    root = made(case, tmp_path)
    for name in (b"line\nbreak.yaml", b"latin\xe9.yaml", b"back\xe2\x80\xaewards.yaml"):
        with open(os.path.join(os.fsencode(root / "model"), name), "wb") as file:
            file.write(b"no: such\n")
    faults = open_project(root).faults
    assert sorted(fault.rule for fault in faults) == ["file-empty"] + 3 * ["unknown-top-level"]
    assert all(fault.render().isprintable() for fault in faults)
    ran = run("check", root)
    ran.failed(1, r"model/line\nbreak.yaml:1: ", r"model/latin\udce9.yaml:1: ")
    assert len(ran.out.splitlines()) >= 5


def test_ten_thousand_errors_at_once(tmp_path: Path) -> None:
    known = "".join(f"  desk_{i}: {{}}\n" for i in range(1_000))
    volumes = "".join(f"  - {{touchpoint: dsk_{i}, reason: a, wait: {i + 1}}}\n" for i in range(5_000))
    root = Case("many", "unit-missing", f"touchpoints:\n{known}reasons: {{a: {{}}}}\nvolumes:\n{volumes}").write(
        tmp_path
    )
    faults = open_project(root).faults
    counted = Counter(fault.rule for fault in faults)
    assert counted == {"unit-missing": 5_000, "unknown-reference": 5_000}
    assert [fault.place.line for fault in faults] == sorted(2 * list(range(1_004, 6_004)))
    assert "did you mean 'desk_0'?" in "".join(fault.message for fault in faults[:2])
    run("check", root).failed(1, "10,000 errors, 0 warnings in 2 files")


def test_errors_in_several_files_come_together(tmp_path: Path) -> None:
    files = {"model/a.yaml": "a: [\n", "model/b.yaml": "reasons: {R: {}}\n", "model/c.yaml": b"# \xff\n"}
    faults = open_project(
        Case("several", "yaml-syntax", "reasons: {r: {note: }}\n", files=files).write(tmp_path)
    ).faults
    rules = [(fault.place.file, fault.rule) for fault in faults]
    assert rules == [
        ("model/a.yaml", "yaml-syntax"),
        ("model/b.yaml", "bad-id"),
        ("model/c.yaml", "file-encoding"),
        ("model/model.yaml", "null-value"),
    ]


def test_texts_keep_line_breaks_tabs_and_marks_of_direction(tmp_path: Path) -> None:
    note = '"a\\nb\\tc \\u202a\\u202e\\u202c \\u2066\\u2069 é"'
    project = open_project(Case("kept", "quantity", f"reasons: {{a: {{note: {note}}}}}\n").write(tmp_path))
    assert project.faults == ()
    assert project.inventory.reasons["a"].note == "a\nb\tc \u202a\u202e\u202c \u2066\u2069 é"


def test_no_such_project(tmp_path: Path) -> None:
    run("check", tmp_path / "gone").failed(2, "gone")
