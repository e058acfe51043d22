"""Do `workbench targets`, `systems` and `maturity` answer in both languages, and draw?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.cli.main import cli

EXAMPLE = str(Path(__file__).resolve().parents[3] / "examples" / "bank")


@pytest.mark.parametrize(
    ("command", "nl", "en"),
    [
        ("targets", "Halen we wat we beloven?", "Do we keep what we promise?"),
        ("systems", "De zes soorten systemen", "The six kinds of systems"),
        ("maturity", "Volwassenheid per aspect", "Maturity by aspect"),
    ],
)
def test_both_languages(command: str, nl: str, en: str) -> None:
    for code, title in (("nl", nl), ("en", en)):
        done = CliRunner().invoke(cli, [command, EXAMPLE, "--lang", code])
        assert done.exit_code == 0
        assert title in done.output


def test_targets_as_json() -> None:
    done = CliRunner().invoke(cli, ["targets", EXAMPLE, "--no-log", "--json"])
    rows = json.loads(done.output)["tables"]["targets"]
    assert {row["measure"] for row in rows} == {"service_level", "abandonment"}


def test_the_radar_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "radar.svg"
    assert CliRunner().invoke(cli, ["maturity", EXAMPLE, "--picture", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<svg")
