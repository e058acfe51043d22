"""Does a project that starts from any pattern check without faults, and is its guidance itself a right model?"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.command import run
from touchpoints.collections import BY_ID, LISTS
from touchpoints.extend import extend
from touchpoints.library import library_trees
from touchpoints.validate import validate
from touchpoints.yaml_tree import read_yaml
from workbench.language.language import LANGUAGES, Code
from workbench.project import open_project
from workbench.starting import EMPTY, FILES, StartError, patterns, project_texts, start_project


@pytest.mark.parametrize("name", patterns())
def test_every_pattern_starts_without_faults(name: str, tmp_path: Path) -> None:
    start_project(tmp_path / "p", [name], "nl")
    found = open_project(tmp_path / "p")
    assert found.faults == ()
    assert set(found.inventory.journeys) == ({name} - {EMPTY})
    library = {key for collection, key in found.inventory.from_library if collection in ("touchpoints", "reasons")}
    assert library == set(), "what the journey draws on stands in the files, to be filled in"


def test_patterns_combine(tmp_path: Path) -> None:
    start_project(tmp_path / "p", ["move_house", "complaint", "move_house"], "en", "Town: hall")
    found = open_project(tmp_path / "p")
    assert found.faults == ()
    assert list(found.inventory.journeys) == ["complaint", "move_house"]
    assert found.inventory.name == "Town: hall"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("collection", FILES)
def test_the_examples_in_the_comments_are_right(collection: str, code: Code) -> None:
    text = project_texts([EMPTY], code, "Test")[f"model/{FILES[collection]}.yaml"]
    lines = [line for line in text.splitlines() if re.match(r"# {3}", line) and not line.endswith("?")]
    tree, faults = read_yaml("\n".join(line[1:] for line in lines).encode(), "comment")
    assert tree is not None
    assert not faults
    records = tree.value.items() if isinstance(tree.value, dict) else [("", item) for item in tree.value]
    assert records
    for key, record in records:
        whole, wrong = extend(collection, key, {key: record}, library_trees(collection))
        assert wrong + validate((BY_ID | LISTS)[collection], whole, key, {"id": key})[1] == []


def test_a_folder_that_holds_something_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(StartError, match="not an empty folder"):
        start_project(tmp_path, [EMPTY])
    with pytest.raises(StartError, match="not an empty folder"):
        start_project(tmp_path / "mine.txt", [EMPTY])
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_names_its_files_and_the_nearest_pattern(tmp_path: Path) -> None:
    done = run("new", tmp_path / "p", "--from", "move_house", "--lang", "nl")
    assert done.status == 0
    assert str(tmp_path / "p" / "model" / "journeys" / "move_house.yaml") in done.out
    run("new", tmp_path / "q", "--from", "move_huose").failed(2, "did you mean 'move_house'?", "empty", "complaint")
    run("new", tmp_path / "p", "--from", "empty").failed(2, "not an empty folder")
    assert not (tmp_path / "q").exists()


@pytest.mark.parametrize("name", ["a b (1)", "it's; $HOME", "-p", "plain"])
def test_the_next_command_is_one_that_a_shell_takes(name: str, tmp_path: Path) -> None:
    done = run("new", "--from", "empty", "--", tmp_path / name)
    command = done.err.strip().removeprefix("next: workbench check ")
    said = subprocess.run(["sh", "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True).stdout
    assert said == f"{tmp_path / name}\n"
