"""Does calibration write what was measured, in the notation of the model, once, and leave everything else alone?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from touchpoints.estimate import Estimate
from touchpoints.quantities import AnswerTime, Duration, Rate, Share
from touchpoints.records.journey import resolve_shares
from workbench.log.ingest import ingest
from workbench.log.opening import open_project_log
from workbench.log.profile_files import load_profile
from workbench.project import Project, open_project
from workbench.simulation.simulate import simulate
from workbench.validation.calibration import Calibration, CalibrationError, calibrate
from workbench.validation.ledger import Ledger, ledger
from workbench.validation.notation import written

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

BANK_TRUTH = """
volumes:
  call_centre/regular_activity: {handling_time: 6m, contacts: 21000/month}
  call_centre/potential_customer: {abandoned: 16%}
journeys:
  everyday_banking: {steps: {menu: {next: {agent: 59%, message: 16%}}}}
"""


def logged(root: Path, contacts: int, truth: Path | None, seed: int = 1) -> Project:
    """A project with a simulated log."""
    project = open_project(root).require_sound()
    file = root / "log.parquet"
    simulate(project.inventory, file, seed=seed, contacts=contacts, truth=truth)
    ingest([str(file)], load_profile("generic_parquet"), project.store_file, bytes(range(32)),
           time_zone=project.inventory.settings.time_zone)  # fmt: skip
    return project


def calibrated(project: Project, *only: str) -> Calibration:
    with open_project_log(project) as log:
        return calibrate(project, log, only=only)


def judged(project: Project) -> Ledger:
    with open_project_log(project) as log:
        return ledger(project, log)


@pytest.fixture(scope="module", params=["gemeente", "bank"])
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp(request.param) / "project"
    shutil.copytree(EXAMPLES / request.param, root, ignore=shutil.ignore_patterns(".workbench", "log"))
    truth = root / "truth.yaml"
    if not truth.exists():
        truth.write_text(BANK_TRUTH, encoding="utf-8")
    logged(root, 60_000, truth)
    return root


def test_an_example_is_calibrated_once(example: Path) -> None:
    project = open_project(example)
    files = {path: path.read_bytes() for path in (example / "model").rglob("*.yaml")}
    before = judged(project)
    result = calibrated(project)
    assert {name for name, text in result.after.items() if text != result.before[name]} == set(result.after)
    assert len(result.proposals) >= 3
    assert all(path.read_bytes() == text for path, text in files.items()), "nothing is written before it is asked for"
    assert before.count("contradicted") >= 3

    result.write()
    again = open_project(example)
    assert not again.errors
    assert calibrated(again).proposals == ()
    after = judged(again)
    assert after.count("contradicted") == 0
    verdicts = {entry.claim.name: entry.verdict for entry in after.entries}
    written_names = {entry.claim.name for one in result.proposals for entry in one.entries}
    assert {verdicts[name] for name in written_names} == {"calibrated"}, "the log that set a value cannot validate it"
    for entry in after.entries:
        if entry.claim.name in written_names:
            evidence = entry.claim.evidence
            assert (evidence.grade, evidence.n) == ("measured", entry.claim.seen.n)
            assert evidence.period is not None
            assert evidence.date == evidence.period.end


def test_the_diff_is_what_is_written_and_touches_no_other_line(example: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(example, root)
    for name in ("gemeente", "bank"):
        if name in str(example):
            shutil.rmtree(root / "model")
            shutil.copytree(EXAMPLES / name / "model", root / "model")
    result = calibrated(open_project(root))
    patched = tmp_path / "patched"
    shutil.copytree(root / "model", patched / "model")
    subprocess.run(
        ["patch", "-p1", "--batch"], input=result.diff, text=True, cwd=patched, check=True, capture_output=True
    )
    result.write()
    for name, old in result.before.items():
        assert (patched / name).read_bytes() == (root / name).read_bytes()
        removed = [line for line in result.diff.splitlines() if line.startswith("-") and not line.startswith("---")]
        kept = [line for line in old.splitlines() if f"-{line}" not in removed]
        assert all(line in (root / name).read_text(encoding="utf-8").splitlines() for line in kept)
        assert old.count("#") == (root / name).read_text(encoding="utf-8").count("#")


MODEL = """
touchpoints: {line: {channel: phone}, site: {channel: web}, desk: {channel: counter}}
reasons: {move: {}, tax: {}}
personas: {young: {}, senior: {}}
"""

TRUTH = """
volumes: {line/tax: {contacts: 4000/month, handling_time: 6m}}
journeys: {moving: {steps: {search: {next: {notify: 40%, call: 50%, gave_up: 10%}}}}}
"""

BLOCK = """
# volumes of the line
volumes:
  - touchpoint: line  # the phone
    reason: tax
    contacts: {contacts}
    handling_time: {handling}   # by telephony
    evidence: {{grade: workshop, source: "session, first", note: rounded}}
journeys:
  moving:
    starts: 3000/month
    steps:
      search:
        touchpoint: site
        reason: move
        next: {row}
        # what follows
      call: {{touchpoint: line, reason: move, next: resolved}}
      notify: {{touchpoint: site, reason: tax, next: resolved}}
"""

FLOW = """
volumes: [{{touchpoint: line, reason: tax, contacts: {contacts}, handling_time: {handling},  # flow
           evidence: {{fields: {{handling_time: {{grade: workshop, note: rounded}}}}}}, }}]
journeys: {{moving: {{starts: 3000/month, steps: {{
    search: {{touchpoint: site, reason: move, next: {row}}},
    call: {{touchpoint: line, reason: move, next: resolved}},
    notify: {{touchpoint: site, reason: tax, next: resolved}},  # last
}}}}}}
"""

INHERITED = """
volumes:
  - {{touchpoint: line, reason: tax, contacts: {contacts}, handling_time: {handling}}}
journeys:
  base:
    steps:
      search: {{touchpoint: desk, reason: move, next: {row}}}
      call: {{touchpoint: line, reason: move, next: resolved}}
      notify: {{touchpoint: site, reason: tax, next: resolved}}
  moving: {{extends: base, starts: 3000/month, steps: {{search: {{touchpoint: site}}}}}}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of the truth, drawn once."""
    root = tmp_path_factory.mktemp("store")
    (root / "model").mkdir()
    (root / "workbench.yaml").write_text("name: Test\n", encoding="utf-8")
    text = BLOCK.format(contacts="2000/month", handling="4m", row="{notify: 60%, call: 30%, gave_up: 10%}")
    (root / "model" / "model.yaml").write_text(MODEL + text, encoding="utf-8")
    (root / "truth.yaml").write_text(TRUTH, encoding="utf-8")
    return logged(root, 30_000, root / "truth.yaml").store_file


def project_of(folder: Path, text: str, store: Path) -> Project:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "model").mkdir(parents=True)
    (folder / ".workbench").mkdir()
    (folder / "workbench.yaml").write_text("name: Test\n", encoding="utf-8")
    (folder / "model" / "model.yaml").write_bytes(text.encode())
    shutil.copyfile(store, folder / ".workbench" / "log.duckdb")
    return open_project(folder).require_sound()


RATES = (
    "2000/month",
    "'1800..2200/month'",
    "24000/year",
    '"460/week"',
    "{low: 1500/month, likely: 2000/month, high: 2500/month}",
)
TIMES = ("4m", "240s", "3m30s..4m30s", "'4m10s'", "0.07h", "4 minutes")
ROWS = (
    "{notify: 60%, call: 30%, gave_up: 10%}",
    "{notify: rest, call: 30%, gave_up: 10%}",
    "{notify: 0.6, call: 0.3, gave_up: 0.1}",
    "{notify: 55%..65%, call: 25%..35%, gave_up: rest}",
    "{ notify: '60%', call: \"30%\", gave_up: 10% }",
)


@settings(max_examples=20, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shape=st.sampled_from([BLOCK, FLOW, INHERITED]),
    contacts=st.sampled_from(RATES), handling=st.sampled_from(TIMES), row=st.sampled_from(ROWS),
    crlf=st.booleans(), mark=st.booleans(),
)  # fmt: skip
def test_any_notation_is_calibrated_once(
    store: Path, tmp_path: Path, shape: str, contacts: str, handling: str, row: str, crlf: bool, mark: bool
) -> None:
    text = MODEL + shape.format(contacts=contacts, handling=handling, row=row)
    text = ("\ufeff" if mark else "") + (text.replace("\n", "\r\n") if crlf else text)
    project = project_of(tmp_path / "project", text, store)
    result = calibrated(project)
    names = {one.name for one in result.proposals}
    assert names == {
        "volumes/line/tax/contacts", "volumes/line/tax/handling_time", "journeys/moving/steps.search.next"
    }  # fmt: skip
    assert result.unwritten == ()
    result.write()
    changed = (tmp_path / "project" / "model" / "model.yaml").read_bytes()
    assert changed.startswith(b"\xef\xbb\xbf") == mark
    assert (b"\r\n" in changed) == crlf
    assert changed.decode().count("#") == text.count("#")
    again = open_project(tmp_path / "project").require_sound()
    assert calibrated(again).proposals == ()
    volume = again.inventory.volumes["line/tax"]
    assert volume.handling_time is not None
    assert volume.handling_time.point == pytest.approx(360, rel=0.05)
    assert volume.handling_time.is_range == (".." in handling)
    shares = again.inventory.journeys["moving"].steps["search"].next
    assert shares is not None
    points = resolve_shares(shares)
    assert sum(points.values()) == pytest.approx(1, abs=1e-6)
    assert points["call"] == pytest.approx(0.5, abs=0.03)
    if shape is INHERITED:
        base = again.inventory.journeys["base"].steps["search"].next
        assert base is not None
        assert resolve_shares(base)["call"] == pytest.approx(0.3), "the record that lent the value keeps its own"


def test_later_contacts_validate_what_earlier_ones_set(tmp_path: Path, store: Path) -> None:
    """A value calibrated on the first half of the log is validated by the second, on its contacts alone."""
    row = "{notify: 40%, call: 50%, gave_up: 10%}"
    text = MODEL + BLOCK.format(contacts="4000/month", handling="6m", row=row)
    project = project_of(tmp_path / "whole", text, store)
    whole = next(one for one in judged(project).entries if one.claim.name == "volumes/line/tax/handling_time")
    assert whole.verdict == "validated"
    period = "period: {start: 2026-01-05, end: 2026-02-15}"
    held = text.replace('evidence: {grade: workshop, source: "session, first", note: rounded}',
                        f"evidence: {{fields: {{handling_time: {{grade: measured, {period}}}}}}}")  # fmt: skip
    later = judged(project_of(tmp_path / "held", held, store))
    entry = next(one for one in later.entries if one.claim.name == "volumes/line/tax/handling_time")
    assert entry.verdict == "validated"
    assert 0 < entry.claim.seen.n < whole.claim.seen.n
    everything = held.replace("2026-02-15", "2027-12-31")
    none = judged(project_of(tmp_path / "none", everything, store))
    entry = next(one for one in none.entries if one.claim.name == "volumes/line/tax/handling_time")
    assert entry.verdict == "calibrated"


def test_only_what_is_asked_for(tmp_path: Path, store: Path) -> None:
    text = MODEL + BLOCK.format(contacts="2000/month", handling="4m", row="{notify: 60%, call: 30%, gave_up: 10%}")
    project = project_of(tmp_path / "project", text, store)
    assert {one.name for one in calibrated(project, "handling_time").proposals} == {"volumes/line/tax/handling_time"}
    assert {one.name for one in calibrated(project, "journeys/*").proposals} == {"journeys/moving/steps.search.next"}
    assert calibrated(project, "validated", "contacts").proposals == ()


def test_a_file_that_changed_since_is_not_overwritten(tmp_path: Path, store: Path) -> None:
    text = MODEL + BLOCK.format(contacts="2000/month", handling="4m", row="{notify: 60%, call: 30%, gave_up: 10%}")
    project = project_of(tmp_path / "project", text, store)
    result = calibrated(project)
    file = tmp_path / "project" / "model" / "model.yaml"
    file.write_text(text + "# a remark\n", encoding="utf-8")
    with pytest.raises(CalibrationError, match="was changed since"):
        result.write()
    assert file.read_text(encoding="utf-8").endswith("# a remark\n")


def test_a_value_behind_an_alias_is_left_to_people(tmp_path: Path, store: Path) -> None:
    body = BLOCK.format(contacts="2000/month", handling="4m", row="{notify: 60%, call: 30%, gave_up: 10%}")
    body = body.replace("handling_time: 4m ", "handling_time: &time 4m ").replace(
        "    reason: tax\n", "    reason: tax\n    wait: *time\n", 1
    )
    body = body.replace("    wait: *time\n", "").replace(
        "    evidence: {grade", "    wait: *time\n    evidence: {grade"
    )
    result = calibrated(project_of(tmp_path / "project", MODEL + body, store))
    assert {one.proposal.name for one in result.unwritten} == {"volumes/line/tax/handling_time"}
    assert "alias" in result.unwritten[0].why
    assert "journeys/moving/steps.search.next" in {one.name for one in result.proposals}


@pytest.mark.parametrize(
    ("stated", "value", "expected"),
    [
        (Duration.parse("4m10s"), 263.2, "4m23s"),
        (Duration.parse("40s"), 71.6, "72s"),
        (Duration.parse("2h"), 7500, "2h5m"),
        (Duration.parse("30 minutes"), 1900, "31.7 minutes"),
        (Duration.parse("3 days"), 250_000, "2.89 days"),
        (AnswerTime.parse("24h"), 100_000, "27h47m"),
        (Rate.parse("1200/month"), 1341.4, "1341/month"),
        (Rate.parse("14000/year"), 1200, "14400/year"),
        (Rate.parse("300 / week"), 1341, "308 / week"),
        (Rate.parse("1.5/month"), 2.345, "2.35/month"),
        (Share.parse("62%"), 0.5834, "58.3%"),
        (Share.parse(0.62), 0.5834, 0.583),
    ],
)
def test_a_value_keeps_its_notation(stated: Estimate, value: float, expected: object) -> None:
    assert written(stated, value, 0.0) == expected


@given(
    st.sampled_from(["4m10s..5m", "3..5m", "100..200s", "1h..2h", "5 minutes..7 minutes"]),
    st.floats(20, 5000), st.floats(0.1, 200),
)  # fmt: skip
def test_a_range_becomes_the_measured_one(text: str, value: float, se: float) -> None:
    found = Duration.parse(written(Duration.parse(text), value, se))
    assert found.shape in ("range", "point")
    unit = 60 if "h" in text else 1
    assert found.point == pytest.approx(value, abs=1.0 * unit + 0.01 * value)
    reach = min(1.2815515655446004 * se, value)
    assert (found.high - found.low) / 2 == pytest.approx(reach, abs=1.0 * unit + 0.01 * value)
