"""Do changes reach the files of a project whole, without harm to what others wrote, and can they be taken back?"""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchpoints.collections import BY_ID
from touchpoints.load import load_inventory
from workbench.editing.apply import Applied, apply, preview
from workbench.editing.change import ABSENT, Change, ConflictError, Edit, EditingError
from workbench.editing.lines import merged, unified_diff
from workbench.editing.plan import plan
from workbench.editing.snapshot import Snapshot
from workbench.editing.soundness import UnsoundError
from workbench.editing.writing import write_files

FORK = multiprocessing.get_context("fork")
GEMEENTE = Path(__file__).resolve().parents[3] / "examples" / "gemeente"

MODEL = """\
channels: {phone: {extends: library.phone}}
teams:
  # the people at the phone
  kcc: {name: KCC, people: 8}  # eight
touchpoints:
  line: {name: Line, channel: phone, owner: kcc}   # the line
reasons:
  move: {name: {nl: Verhuizen, en: Moving}, category: request}
drivers: {permits: 1200/year}
volumes:
  - touchpoint: line
    reason: move
    wait: 40s  # from the export
targets:
  - {touchpoint: line, measure: wait, limit: 60s}
  - {touchpoint: line, measure: wait, limit: 90s}  # the other
"""


@pytest.fixture
def project(write_project: Callable[..., Path]) -> Path:
    return write_project(MODEL)


@pytest.fixture
def gemeente(tmp_path: Path) -> Path:
    shutil.copytree(GEMEENTE / "model", tmp_path / "p" / "model")
    shutil.copy(GEMEENTE / "workbench.yaml", tmp_path / "p")
    return tmp_path / "p"


def do(root: Path, *changes: Change) -> Applied:
    return apply(root, Edit(changes))


def model(root: Path) -> str:
    return (root / "model" / "model.yaml").read_text()


def bytes_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted((root / "model").rglob("*.yaml"))}


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (("volumes", "line/move", ("wait",), "40s", "50s"), "wait: 40s  #", "wait: 50s  #"),
        (("volumes", "line/move", ("evidence", "source"), ABSENT, "us"), "port\n",
         "port\n    evidence: {source: us}\n"),
        (("touchpoints", "line", ("owner",), "kcc", ABSENT), ", owner: kcc}", "}"),
        (("teams", "web", (), ABSENT, {"people": 2}), "# eight\n", "# eight\n  web: {people: 2}\n"),
        (("volumes", "line/move", (), {"touchpoint": "line", "reason": "move", "wait": "40s"}, ABSENT),
         "volumes:\n  - touchpoint: line\n    reason: move\n    wait: 40s  # from the export\n", "volumes: []\n"),
        (("targets", "line/wait/2", ("limit",), "90s", "80s"), "90s", "80s"),
        (("targets", "line/wait/1", ("limit",), "90s", "80s"), "90s", "80s"),  # moved up since
        (("reasons", "move", ("name", "en"), "Moving", "Move"), "en: Moving", "en: Move"),
        (("touchpoints", "line", ("name", "nl"), "Line", "Lijn"), "name: Line", "name: {nl: Lijn, en: Line}"),
        (("drivers", "permits", ("amount",), "1200/year", "900/year"), "1200/year", "900/year"),
        (("drivers", "permits", ("growth",), ABSENT, "2%"), "1200/year", "{amount: 1200/year, growth: 2%}"),
        (("vision", "", ("why",), ABSENT, "Because"), None, "vision:\n  why: Because\n"),
        (("channels", "phone", ("concurrency",), ABSENT, 1), "library.phone}", "library.phone, concurrency: 1}"),
    ],
)  # fmt: skip
def test_a_change_touches_what_it_names(project: Path, change: tuple[Any, ...], old: str | None, new: str) -> None:
    expected = MODEL.replace(old, new) if old else None
    done = do(project, Change(*change))
    if expected is not None:
        assert model(project) == expected
        assert done.files == ("model/model.yaml",)
    else:
        assert (project / "model" / "vision.yaml").read_text() == new
    assert not load_inventory(project).errors
    apply(project, done.inverse)
    assert bytes_of(project) == {"model/model.yaml": MODEL.encode()}


def test_the_diff_is_shown_before_anything_is_written(project: Path) -> None:
    made = preview(project, Edit((Change("volumes", "line/move", ("wait",), "40s", "50s"),)))
    assert made.diff.splitlines()[:2] == ["--- a/model/model.yaml", "+++ b/model/model.yaml"]
    assert [line for line in made.diff.splitlines()[2:] if line[0] in "+-"] == [
        "-    wait: 40s  # from the export",
        "+    wait: 50s  # from the export",
    ]
    assert model(project) == MODEL


def test_a_diff_is_one_that_patch_takes(tmp_path: Path, gemeente: Path) -> None:
    snapshot = Snapshot.read(gemeente)
    edit = Edit(
        (
            snapshot.change("volumes", "kcc_phone/move_how", ("wait",), "2m"),
            Change("volumes", "chat/move_how", (), snapshot.value("volumes", "chat/move_how"), ABSENT),
            Change("claims", "own", (), ABSENT, {"reduction": "30%"}),
        )
    )
    made = preview(gemeente, edit)
    shutil.copytree(gemeente, tmp_path / "q")
    apply(gemeente, edit)
    subprocess.run(["patch", "-s", "-p1"], input=made.diff, text=True, cwd=tmp_path / "q", check=True)
    assert bytes_of(tmp_path / "q") == bytes_of(gemeente)


def test_what_somebody_else_changed_is_a_conflict_with_both_values(project: Path) -> None:
    mine = Change("volumes", "line/move", ("wait",), "40s", "50s")
    do(project, Change("volumes", "line/move", ("wait",), "40s", "30s"))
    before = bytes_of(project)
    with pytest.raises(ConflictError) as caught:
        do(project, Change("teams", "kcc", ("people",), 8, 9), mine)
    assert str(caught.value) == "model/model.yaml:13: volume 'line/move': wait was 40s and is now 30s; yours is 50s"
    assert caught.value.conflicts[0].now == "30s"
    assert bytes_of(project) == before


def test_changes_to_other_fields_and_records_merge(project: Path) -> None:
    (project / "model" / "model.yaml").write_text("# new head\n" + MODEL.replace("# eight", "# still eight"))
    do(project, Change("volumes", "line/move", ("wait",), "40s", "50s"))
    do(project, Change("volumes", "line/move", ("handling_time",), ABSENT, "5m"))
    assert model(project).startswith("# new head\n")
    assert "wait: 50s  # from the export\n    handling_time: 5m\n" in model(project)


def test_the_same_change_twice_is_no_conflict(project: Path) -> None:
    change = Change("volumes", "line/move", ("wait",), "40s", "50s")
    do(project, change)
    assert do(project, change).files == ()


def test_a_record_that_is_gone_is_a_conflict(project: Path) -> None:
    snapshot = Snapshot.read(project)
    whole = Change("volumes", "line/move", (), snapshot.value("volumes", "line/move"), ABSENT)
    do(project, Change("volumes", "line/move", ("wait",), "40s", "50s"))
    with pytest.raises(ConflictError, match="and is now"):
        do(project, whole)
    do(project, Change("volumes", "line/move", (), Snapshot.read(project).value("volumes", "line/move"), ABSENT))
    with pytest.raises(ConflictError, match="is now absent"):
        do(project, Change("volumes", "line/move", ("wait",), "50s", "60s"))
    with pytest.raises(ConflictError, match="is now absent"):
        do(project, Change("volumes", "line/move", ("answer_time",), ABSENT, "1h"))


def test_undo_keeps_what_others_did_and_refuses_what_they_changed(project: Path) -> None:
    whole = Snapshot.read(project).value("teams", "kcc")
    do(project, Change("touchpoints", "line", ("owner",), "kcc", ABSENT))
    removed = do(project, Change("teams", "kcc", (), whole, ABSENT))
    waited = do(project, Change("volumes", "line/move", ("wait",), "40s", "50s"))
    do(project, Change("reasons", "move", ("category",), "request", "information"))
    apply(project, removed.inverse)
    assert "  # the people at the phone\n  kcc: {name: KCC, people: 8}  # eight\n" in model(project)
    assert "category: information" in model(project)
    do(project, Change("volumes", "line/move", ("wait",), "50s", "45s"))
    with pytest.raises(ConflictError, match=r"was 50s and is now 45s; yours is 40s"):
        apply(project, waited.inverse)


def test_an_undo_can_be_undone(project: Path) -> None:
    first = do(project, Change("volumes", "line/move", ("wait",), "40s", "50s, or so"[:3]))
    changed = bytes_of(project)
    second = apply(project, first.inverse)
    assert bytes_of(project) == {"model/model.yaml": MODEL.encode()}
    apply(project, second.inverse)
    assert bytes_of(project) == changed


def test_a_change_that_brings_errors_is_refused_with_file_and_line(project: Path) -> None:
    with pytest.raises(UnsoundError, match=r"model\.yaml:13: .* write it like 50s or 4m10s \[unit-missing\]"):
        do(project, Change("volumes", "line/move", ("wait",), "40s", "50"))
    with pytest.raises(UnsoundError, match="unknown team 'web'"):
        do(project, Change("touchpoints", "line", ("owner",), "kcc", "web"))
    assert model(project) == MODEL


def test_errors_that_are_there_already_do_not_stand_in_the_way(project: Path) -> None:
    path = project / "model" / "model.yaml"
    path.write_text(MODEL + "personas: {senior: {share: much}, other: {share: 20}}\n")
    do(project, Change("teams", "web", (), ABSENT, {"people": 2}))
    assert "  web: {people: 2}\n" in path.read_text()
    with pytest.raises(UnsoundError) as caught:
        do(project, Change("teams", "shop", (), ABSENT, {"people": "few"}))
    assert len(caught.value.faults) == 1


def test_a_file_that_cannot_be_read_is_said(project: Path) -> None:
    (project / "model" / "broken.yaml").write_text("teams: [\n")
    do(project, Change("volumes", "line/move", ("wait",), "40s", "50s"))
    with pytest.raises(EditingError, match=r"model/broken\.yaml:\d: not valid YAML"):
        do(project, Change("teams", "web", (), ABSENT, {"people": 2}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("team", "x", (), ABSENT, {}), "no collection 'team'; did you mean 'teams'"),
        (Change("volumes", "line/move", ("reason",), "move", "other"), "says which record it is"),
        (Change("volumes", "line/x", (), ABSENT, {"touchpoint": "line", "reason": "y"}), "cannot hold a record about"),
    ],
)
def test_what_is_no_change_of_a_record_is_refused(project: Path, change: Change, words: str) -> None:
    with pytest.raises(EditingError, match=words):
        do(project, change)


def test_a_library_record_is_written_into_the_project_when_it_is_changed(project: Path) -> None:
    change = Snapshot.read(project).change("touchpoints", "website", ("name", "nl"), "Onze site")
    do(project, change)
    assert "  website: {extends: library.website, name: {nl: Onze site}}\n" in model(project)


def test_new_records_go_where_most_of_their_kind_are(gemeente: Path) -> None:
    done = do(
        gemeente,
        Change("volumes", "chat/tax_pay", (), ABSENT, {"touchpoint": "chat", "reason": "tax_pay"})
        if "tax_pay" in load_inventory(gemeente).reasons
        else Change("teams", "new", (), ABSENT, {"people": 3}),
        Change("claims", "own", (), ABSENT, {"reduction": "30%"}),
    )
    assert set(done.files) in (
        {"model/volumes/phone.yaml", "model/claims.yaml"},
        {"model/organisation.yaml", "model/claims.yaml"},
    )
    apply(gemeente, done.inverse)
    assert not (gemeente / "model" / "claims.yaml").exists()


def test_a_mark_at_the_start_line_ends_and_the_mode_of_a_file_stay(project: Path) -> None:
    path = project / "model" / "model.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + MODEL.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    do(project, Change("teams", "web", (), ABSENT, {"people": 2}))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfchannels")
    assert b"  web: {people: 2}\r\n" in path.read_bytes()
    assert not re.search(rb"[^\r]\n", path.read_bytes())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["model.yaml"]


@pytest.mark.parametrize("name", ["../x.yaml", "model/../../x.yaml", "/etc/x.yaml", "model/x.txt", "other/x.yaml"])
def test_files_outside_the_model_are_refused(project: Path, name: str) -> None:
    (project / ".workbench").mkdir()
    with pytest.raises(EditingError, match=r"is not a file of the model|outside the project"):
        write_files(project, {}, {name: b"a: 1\n"})


def test_links_out_of_the_project_are_refused(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "volumes.yaml").write_text("volumes: []\n")
    (project / "model" / "volumes.yaml").symlink_to(outside / "volumes.yaml")
    with pytest.raises(EditingError, match="is a link to a file outside the project"):
        do(project, Change("volumes", "line/move", ("wait",), "40s", "50s"))
    (project / "model" / "volumes.yaml").unlink()
    shutil.rmtree(project / ".workbench")
    (project / ".workbench").symlink_to(outside)
    with pytest.raises(EditingError, match="leads outside the project"):
        do(project, Change("volumes", "line/move", ("wait",), "40s", "50s"))
    assert [one.name for one in outside.iterdir()] == ["volumes.yaml"]


def test_a_link_inside_the_project_stays_a_link(project: Path) -> None:
    real = project / "model" / "real.txt"
    (project / "model" / "model.yaml").rename(real)
    (project / "model" / "model.yaml").symlink_to(real)
    do(project, Change("volumes", "line/move", ("wait",), "40s", "50s"))
    assert (project / "model" / "model.yaml").is_symlink()
    assert "wait: 50s" in real.read_text()


def two_files(root: Path) -> Edit:
    (root / "model" / "more.yaml").write_text("claims:\n  one:\n    reduction: 10%\n")
    return Edit(
        (
            Change("volumes", "line/move", ("wait",), "40s", "50s"),
            Change("claims", "one", ("reduction",), "10%", "20%"),
        )
    )


def test_a_disk_that_fails_halfway_leaves_all_files_as_they_were(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = two_files(project)
    before, replace, calls = bytes_of(project), os.replace, []

    def failing(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(EditingError, match="cannot be written \\(No space left"):
        apply(project, edit)
    assert bytes_of(project) == before
    assert not list((project / "model").glob(".*"))


def test_who_is_killed_halfway_is_finished_by_the_next(project: Path) -> None:
    edit = two_files(project)

    def killed() -> None:
        replace, calls = os.replace, []

        def once(source: Path, target: Path) -> None:
            calls.append(1)
            if len(calls) == 2:
                os._exit(9)
            replace(source, target)

        os.replace = once  # type: ignore[assignment]
        apply(project, edit)

    one = FORK.Process(target=killed)
    one.start()
    one.join()
    assert one.exitcode == 9
    texts = "".join(path.read_text() for path in (project / "model").glob("*.yaml"))
    assert ("wait: 50s" in texts) != ("reduction: 20%" in texts), "one of the two was renamed"
    do(project, Change("teams", "kcc", ("people",), 8, 9))
    texts = "".join(path.read_text() for path in (project / "model").glob("*.yaml"))
    assert "wait: 50s" in texts
    assert "reduction: 20%" in texts
    assert "people: 9" in texts
    assert apply(project, edit).files == ()
    assert sorted(one.name for one in (project / "model").iterdir()) == ["model.yaml", "more.yaml"]


def write_many(root: Path, who: int) -> None:
    for number in range(4):
        do(root, Change("teams", f"t{who}_{number}", (), ABSENT, {"people": number + 1}))
    do(root, Change("touchpoints", "line", ("asks_for", f"d{who}"), ABSENT, "used"))


def test_writers_at_the_same_time_lose_nothing(project: Path) -> None:
    started = [FORK.Process(target=write_many, args=(project, who)) for who in range(4)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    assert [one.exitcode for one in started] == [0] * 4
    found = load_inventory(project)
    assert not found.errors
    assert set(found.teams) == {"kcc", *(f"t{who}_{number}" for who in range(4) for number in range(4))}
    assert set(found.touchpoints["line"].asks_for) == {f"d{who}" for who in range(4)}
    assert model(project).count("#") == MODEL.count("#")


LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12).map(lambda lines: "".join(f"{x}\n" for x in lines))


@given(LINES, LINES)
def test_a_difference_carried_over_to_where_it_came_from_is_the_other_text(before: str, after: str) -> None:
    assert merged(f"{before}end\n", f"{before}end\n", f"{after}end\n") == f"{after}end\n"


@given(st.lists(st.integers(0, 11), unique=True, min_size=2, max_size=2))
def test_two_differences_apart_from_one_another_merge(places: list[int]) -> None:
    lines = [f"line {index}\n" for index in range(12)]
    one, other = places
    mine = [*lines[:one], "mine\n", *lines[one + 1 :]]
    theirs = [*lines[:other], "theirs\n", *lines[other + 1 :]]
    both = ["mine\n" if i == one else "theirs\n" if i == other else line for i, line in enumerate(lines)]
    assert merged("".join(theirs), "".join(lines), "".join(mine)) == "".join(both)


def test_files_that_come_and_go_stand_in_a_diff() -> None:
    assert unified_diff({}, {"x": "a\n"}) == "--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n"
    assert unified_diff({"x": "a"}, {}).splitlines()[-2:] == ["-a", "\\ No newline at end of file"]


WHOLE = Snapshot.read(GEMEENTE)
SNAPSHOT = Snapshot(GEMEENTE, {f"model/{name}.yaml": WHOLE.files[f"model/{name}.yaml"]
                               for name in ("channels", "organisation", "scenarios")})  # fmt: skip
FIELDS = [
    (collection, key, (field,))
    for name, values in SNAPSHOT.plain.items()
    for collection, records in values.items()
    if collection in BY_ID
    for key, record in records.items()
    if isinstance(record, dict)
    for field in record
]
NEW = st.sampled_from(["62%", "a, b", "no", 12, ["x", "y"], {"nl": "Een", "en": "One"}, "line\nnext", ABSENT])


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), NEW), min_size=1, max_size=6, unique_by=lambda one: one[0]))
def test_any_edit_of_an_example_is_read_back_and_taken_back(asked: list[tuple[tuple[str, str, Any], Any]]) -> None:
    changes = tuple(SNAPSHOT.change(*where, after) for where, after in asked)
    made = plan(SNAPSHOT, Edit(changes))
    assert made.conflicts == ()
    after = Snapshot(GEMEENTE, {**SNAPSHOT.files, **{name: data for name, data in made.after.items() if data}})
    for where, value in asked:
        assert after.value(*where) == value
    comments = re.compile(r"^\s*#.*", re.MULTILINE)
    for name, (old, new) in made.texts.items():
        assert new is not None
        assert old is not None
        assert comments.findall(new) == comments.findall(old), name
    for name, values in SNAPSHOT.plain.items():
        if name not in made.after:
            assert after.plain[name] == values
    back = plan(after, Edit(changes, made.texts).inverse)
    assert back.conflicts == ()
    assert dict(back.after) == {name: SNAPSHOT.files[name] for name in made.after}


RECORDS = list(dict.fromkeys((collection, key) for collection, key, _ in FIELDS))


def after_of(snapshot: Snapshot, edit: Edit) -> tuple[Snapshot, Edit]:
    """The files after an edit, and what takes it back."""
    made = plan(snapshot, edit)
    assert made.conflicts == ()
    files = {name: data for name, data in {**snapshot.files, **made.after}.items() if data is not None}
    return Snapshot(snapshot.root, files), Edit(edit.changes, made.texts).inverse


@settings(max_examples=25)
@given(st.lists(st.sampled_from(RECORDS), min_size=1, max_size=3, unique=True), st.sampled_from(FIELDS), st.booleans())
def test_records_taken_out_and_put_in_come_and_go_whatever_others_do(
    removed: list[tuple[str, str]], field: tuple[str, str, Any], adds: bool
) -> None:
    mine = [Change(*record, (), SNAPSHOT.value(*record), ABSENT) for record in removed]
    mine += [Change("teams", "fresh", (), ABSENT, {"people": 3, "name": {"nl": "Nieuw"}})] if adds else []
    theirs = Edit((SNAPSHOT.change(*field, "changed by others"),))
    first, undo = after_of(SNAPSHOT, Edit(tuple(mine)))
    assert all(first.value(*record) is ABSENT for record in removed)
    assert after_of(first, undo)[0].files == SNAPSHOT.files
    if field[:2] not in removed:
        both, _ = after_of(first, theirs)
        undone, _ = after_of(both, undo)
        assert undone.plain == after_of(SNAPSHOT, theirs)[0].plain
