"""Do the commands that draw write what they are asked for, and say what they cannot?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench.cli.failures import UserError
from workbench.cli.main import cli

EXAMPLE = str(Path(__file__).parents[3] / "examples" / "gemeente")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def refusal(*words: str) -> tuple[int, str]:
    """The status and the words a user gets."""
    error = run(*words).exception
    assert isinstance(error, UserError), error
    return error.status, str(error)


@pytest.mark.parametrize("kind", ["wall", "lanes", "blueprint", "emotion"])
def test_each_kind_of_map(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "map.svg"
    done = run("map", EXAMPLE, "--journey", "move_house", "--kind", kind, "--lang", "en", "--out", str(out))
    assert (done.exit_code, done.output) == (0, f"{out}\n")
    assert "Looks on the website" in ET.tostring(ET.parse(out).getroot(), encoding="unicode", method="text")


def test_all_journeys_get_a_file_each(tmp_path: Path) -> None:
    assert run("map", EXAMPLE, "--out", str(tmp_path / "map.svg")).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "map-building_permit.svg", "map-move_house.svg", "map-passport_renewal.svg",
    }  # fmt: skip


def test_sheets_get_a_file_each(tmp_path: Path) -> None:
    out = tmp_path / "wall.pdf"
    done = run("map", EXAMPLE, "--journey", "building_permit", "--paper", "a4", "--out", str(out))
    assert done.output.split() == [str(tmp_path / "wall-1.pdf"), str(tmp_path / "wall-2.pdf")]
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.iterdir())


def test_ist_against_soll_and_one_phase(tmp_path: Path) -> None:
    out = tmp_path / "x.svg"
    assert (
        run("map", EXAMPLE, "--journey", "move_house", "--against", "passport_renewal", "--out", str(out)).exit_code
        == 0
    )
    assert "Ist en soll" in out.read_text(encoding="utf-8")
    assert run("map", EXAMPLE, "--journey", "move_house", "--phase", "aftercare", "--out", str(out)).exit_code == 0
    shown = out.read_text(encoding="utf-8")
    assert "parkeervergunning" in shown
    assert "Zoekt op de website" not in shown


@pytest.mark.parametrize("hours", ["staff", "customer"])
def test_landscape(tmp_path: Path, hours: str) -> None:
    out = tmp_path / "landscape.png"
    assert run("landscape", EXAMPLE, "--hours", hours, "--top", "9", "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_wrong_use_is_told() -> None:
    assert refusal("map", EXAMPLE, "--journey", "move_hous") == (
        2,
        "no journey 'move_hous'; did you mean 'move_house'? (known: building_permit, move_house, passport_renewal)",
    )
    assert refusal("map", EXAMPLE, "--against", "move_house")[0] == 2
    assert (
        "no phase 'notif'; did you mean 'notify'?"
        in refusal("map", EXAMPLE, "--journey", "move_house", "--phase", "notif")[1]
    )
    assert refusal("map", EXAMPLE, "--kind", "lanes", "--paper", "a4")[0] == 2
    assert "must end in one of svg, png, pdf" in refusal("landscape", EXAMPLE, "--out", "x.gif")[1]


def test_too_long_a_journey_is_told(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "workbench.yaml").write_text("name: Long\n", encoding="utf-8")
    steps = ", ".join(f"s{i}: {{next: s{i + 1}}}" for i in range(400))
    model = f"journeys: {{long: {{steps: {{{steps}, s400: {{next: resolved}}}}}}}}"
    (tmp_path / "model" / "m.yaml").write_text(model, encoding="utf-8")
    status, words = refusal("map", str(tmp_path), "--out", str(tmp_path / "x.svg"))
    assert (status, words) == (1, "journey 'long' has 401 steps; this picture shows at most 300; split the journey")
