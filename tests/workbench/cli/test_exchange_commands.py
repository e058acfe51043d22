"""Do `export` and `import` write what they say, refuse what they must, and never show a traceback?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from journeys.exchange.cjml import cjml
from journeys.exchange.mermaid import mermaid
from touchpoints.load import load_inventory
from touchpoints.yaml_tree import read_yaml
from workbench.cli.main import main

ROOT = Path(__file__).parents[3]
Run = Callable[..., tuple[int, str, str]]
GEMEENTE = str(ROOT / "examples" / "gemeente")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["workbench", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    return run_command


def test_mermaid_on_the_terminal(run: Run) -> None:
    status, out, err = run("export", GEMEENTE, "--format", "mermaid", "--journey", "move_house", "--lang", "en")
    assert (status, err) == (0, "")
    assert out == mermaid(load_inventory(GEMEENTE), "move_house", "phase", "en")
    assert run("export", GEMEENTE, "--format", "mermaid", "--group", "channel")[1].count("subgraph") > 5


def test_graphml_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    assert run("export", GEMEENTE, "--format", "graphml", "--out", str(file)) == (0, f"{file}\n", "")
    assert nx.read_graphml(file).edges["move_house/search", "move_house/call"]["share"] == 0.3


def test_cjml_there_and_back(run: Run, tmp_path: Path) -> None:
    file, model = tmp_path / "all.cjml", tmp_path / "all.yaml"
    assert run("export", GEMEENTE, "--format", "cjml", "--lang", "nl", "--out", str(file))[0] == 0
    inventory = load_inventory(GEMEENTE)
    assert file.read_text(encoding="utf-8") == cjml(inventory, None, "nl")
    status, out, err = run("import", str(file), "--out", str(model))
    assert (status, err) == (0, "")
    assert f"{model}: journey 'move_house', 7 steps" in out
    tree, _ = read_yaml(model.read_bytes(), "all.yaml")
    assert tree is not None
    assert tree.plain() == {"journeys": {name: one.written.plain() for name, one in inventory.journeys.items()}}
    assert run("import", str(file))[1].encode() == model.read_bytes()


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    file, model = tmp_path / "j.cjml", tmp_path / "j.yaml"
    run("export", GEMEENTE, "--format", "cjml", "--out", str(file))
    model.write_text("mine: yes\n", encoding="utf-8")
    status, out, err = run("import", str(file), "--out", str(model))
    assert (status, out) == (2, "")
    assert err == f"{model} is there already; name another file, or delete it first\n"
    assert model.read_text(encoding="utf-8") == "mine: yes\n"


def test_faults_of_a_file_are_told_with_its_lines(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "j.cjml"
    file.write_text("<CJML version='1.1'>\n<plannedJourney>\n<actors>\n<endUser actorIDref='Al'/>\n</actors>", "utf-8")
    status, out, err = run("import", str(file), "--out", str(tmp_path / "j.yaml"))
    assert (status, out) == (1, "")
    assert err.startswith(f"{file}:5: no XML can be read here")
    file.write_text(f"{file.read_text('utf-8')}</plannedJourney></CJML>", "utf-8")
    assert f"{file}:4: unknown actor 'Al'" in run("import", str(file))[2]
    assert not (tmp_path / "j.yaml").exists()


def test_remarks_go_to_the_error_output(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "j.cjml"
    text = cjml(load_inventory(GEMEENTE), "move_house").replace('version="2.0"', 'version="3.0"', 1)
    file.write_text(text.replace("</CJML>", "<actualJourney/></CJML>"), encoding="utf-8")
    status, out, err = run("import", str(file))
    assert status == 0
    assert out.startswith("journeys:\n")
    assert err.splitlines() == [
        f"{file}:2: warning: version '3.0' is read as if it were 2.0",
        f"{file}:{len(text.splitlines())}: warning: <actualJourney> is left out; only planned journeys are imported",
    ]


def test_large_mermaid_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "workbench.yaml").write_text("name: Large\n", encoding="utf-8")
    steps = "".join(f"      s{i}: {{next: {{s{i + 1}: 90%, gave_up: 10%}}}}\n" for i in range(300))
    (tmp_path / "model" / "m.yaml").write_text(
        f"journeys:\n  j:\n    steps:\n{steps}      s300: {{next: resolved}}\n", "utf-8"
    )
    status, out, err = run("export", str(tmp_path), "--format", "mermaid")
    assert status == 0
    assert out.count("-->|") == 601
    assert "choose one with --journey" in err


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["export", GEMEENTE], 2, "--format"),
        (["export", GEMEENTE, "--format", "visio"], 2, "visio"),
        (["export", GEMEENTE, "--format", "cjml", "--journey", "move_hous"], 2, "did you mean 'move_house'?"),
        (["export", "nowhere", "--format", "cjml"], 2, "nowhere"),
        (["import", "nowhere.cjml"], 2, "nowhere.cjml"),
        (["import", GEMEENTE], 2, "directory"),
    ],
)
def test_wrong_usage(run: Run, words: list[str], status: int, says: str) -> None:
    found, out, err = run(*words)
    assert (found, out) == (status, "")
    assert says in err


def test_no_traceback_from_a_real_command(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.cjml"
    bomb.write_text('<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><CJML>&d;</CJML>', encoding="utf-8")
    command = [sys.executable, "-m", "workbench", "import", str(bomb)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr == f"{bomb}:1: a document type declaration is not allowed; delete it\n"


def test_nothing_takes_the_place_of_the_model_or_of_a_workshop(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "town"
    assert run("new", str(root), "--from", "move_house")[0] == 0
    files = {file: file.read_bytes() for file in root.rglob("*.yaml")}
    some = str(next(iter(root.glob("model/*.yaml"))))
    for words in (("export", str(root), "--format", "graphml"), ("schema",)):
        status, _, err = run(*words, "--out", some)
        assert (status, "a file of a model" in err) == (2, True)
    sheet = tmp_path / "town.xlsx"
    assert run("sheet", "export", str(root), "--out", str(sheet))[0] == 0
    kept = sheet.read_bytes()
    status, _, err = run("report", str(root), "--out", str(sheet))
    assert (status, "a workbook of a workshop" in err) == (2, True)
    assert sheet.read_bytes() == kept
    assert {file: file.read_bytes() for file in root.rglob("*.yaml")} == files
    report = tmp_path / "report.xlsx"
    assert run("report", str(root), "--out", str(report))[0] == 0
    assert run("report", str(root), "--out", str(report))[0] == 0
