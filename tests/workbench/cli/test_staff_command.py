"""Does `workbench staff` answer, draw, and refuse what it cannot use?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.cli.failures import UserError
from workbench.cli.main import cli

EXAMPLE = str(Path(__file__).parents[3] / "examples" / "gemeente")


def staff(*words: str) -> str:
    done = CliRunner().invoke(cli, ["staff", EXAMPLE, *words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_both_languages_and_three_forms() -> None:
    assert "Is er genoeg personeel?" in staff("--lang", "nl")
    assert "Is there staff enough?" in staff("--lang", "en")
    found = json.loads(staff("--json"))
    assert {"staffing", "staffing_queues", "staffing_written", "staffing_week", "staffing_rule"} <= set(found["tables"])
    assert all(one["place"] and one["grade"] for one in found["assumptions"])
    assert staff("--csv").splitlines()[0].startswith("id,team,needed_h_per_week")


def test_a_target_changes_the_need() -> None:
    usual, strict = (json.loads(staff("--json", *more)) for more in ((), ("--target", "95%/5s")))
    fte = [{row["id"]: row["fte_needed"] for row in one["tables"]["staffing"]} for one in (usual, strict)]
    assert fte[1]["kcc"] > fte[0]["kcc"]
    assert fte[1]["legal"] == fte[0]["legal"]  # letters have a promise of their own


def test_the_week_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "week.svg"
    staff("--picture", str(file), "--team", "civil_affairs", "--lang", "nl")
    drawn = file.read_text(encoding="utf-8")
    assert "Burgerzaken: mensen nodig per half uur" in drawn
    assert "do 19:30" in drawn  # open on Thursday evening
    assert "ma 19:30" not in drawn


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--target", "80"), "--target must be a share and a time such as 80%/20s, got '80'"),
        (("--target", "180%/20s"), "--target must be"),
        (("--picture", "week.gif"), "--picture must end in one of"),
        (("--picture", "week.svg", "--team", "nobody"), "--team must be one of"),
    ],
)
def test_what_it_cannot_use(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        staff(*words)
    assert refused.value.status == 2
