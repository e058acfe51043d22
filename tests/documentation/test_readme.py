"""Is what the README says true?"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.cli.main import COMMANDS, cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+?) \| `workbench (.+?)` \| `(.+?)` \|$", README, re.MULTILINE)
FILES = re.findall(r"```yaml file=(\S+)\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("question", "command", "module"), ROWS, ids=[row[1] for row in ROWS])
def test_the_question_table_is_true(question: str, command: str, module: str) -> None:
    name = command.split()[0]
    assert question.endswith("?") or "," in question
    assert name in COMMANDS
    assert importlib.import_module(module).__doc__


def test_every_command_is_in_the_question_table() -> None:
    assert {row[1].split()[0] for row in ROWS} == set(COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help
    assert COMMANDS[name][1].endswith(".")


def test_the_first_model_of_the_readme_works(tmp_path: Path) -> None:
    assert len(FILES) == 3
    for name, text in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (script,) = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in script.strip().splitlines():
        command = [sys.executable, "-m", *line.split()]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        if "check" in line:
            assert "0 errors, 0 warnings in 3 files" in done.stdout
    report = (tmp_path / "my-project" / "report.html").read_text(encoding="utf-8")
    assert "My first model" in report


def test_the_python_of_the_readme_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert names["project"]
