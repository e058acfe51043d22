"""Is the last good model kept while the newest is broken, and all that was worked out from it?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.live_server import MODEL, project
from workbench.app.editions import Editions
from workbench.app.session import Session
from workbench.app.shell import heading


def test_a_broken_model_keeps_the_last_good_one_until_it_is_mended(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    editions, told = Editions(folder, settle_s=0.0), []
    unlisten = editions.listen(told.append, editions.current)
    first = editions.current
    answers = first.answers("en")
    assert not editions.look(), "nothing changed"
    file = folder / "model" / "model.yaml"
    file.write_text("touchpoints: [", encoding="utf-8")
    assert editions.look()
    broken = editions.current
    assert broken.number == 2
    assert broken.errors
    assert broken.project is first.project
    assert broken.answers("en") is answers
    file.write_text(MODEL.replace("900/month", "800/month"), encoding="utf-8")
    assert editions.look()
    assert not editions.current.errors
    assert editions.current.project is not first.project
    assert [one.number for one in told] == [2, 3]
    unlisten()
    file.unlink()
    assert editions.look()
    assert len(told) == 2


def test_who_begins_to_listen_while_the_model_is_read_anew_misses_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    editions, told = Editions(folder, settle_s=0.0), []
    seen = editions.current
    (folder / "model" / "model.yaml").write_text(MODEL.replace("900/month", "800/month"), encoding="utf-8")
    assert editions.look()
    editions.listen(told.append, seen)
    assert [one.number for one in told] == [2]
    session = Session(editions, {}, ThreadPoolExecutor(1))
    session.renew(seen)
    assert session.edition.number == 2, "what was found earlier and told later is no news"


def test_a_model_that_was_never_sound_has_no_project_and_says_why(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "touchpoints: {line: {channel: fone}}\n")
    editions = Editions(folder)
    assert editions.current.project is None
    assert "unknown channel 'fone'" in editions.current.errors[0].message
    (folder / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    editions.look()
    assert editions.current.project is not None


def test_a_file_that_is_empty_for_a_moment_is_not_read(tmp_path: Path) -> None:
    """An editor that empties a file before it fills it shows nobody an empty model."""
    folder = project(tmp_path / "p")
    editions = Editions(folder, settle_s=3_600.0)
    file, first = folder / "model" / "model.yaml", editions.current
    file.write_text("", encoding="utf-8")
    assert not editions.look()
    (folder / "model").rename(folder / "elsewhere")
    assert not editions.look()
    (folder / "elsewhere").rename(folder / "model")
    assert editions.current is first
    file.write_text(MODEL.replace("900/month", "800/month"), encoding="utf-8")
    assert editions.look()
    assert editions.current.sound.inventory.volumes["line/how"].contacts.point == 800


def test_a_model_of_which_nothing_is_left_keeps_the_last_view_and_says_so(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    editions = Editions(folder, settle_s=0.0)
    first = editions.current
    (folder / "model" / "model.yaml").write_text("", encoding="utf-8")
    assert editions.look()
    assert editions.current.project is first.project
    assert any("nothing of the model is left" in one.message for one in editions.current.errors)


def test_a_file_that_stays_away_is_taken_for_meant(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    other = folder / "model" / "more.yaml"
    other.write_text("reasons: {more: {name: More}}\n", encoding="utf-8")
    editions = Editions(folder, settle_s=0.0)
    assert "more" in editions.current.sound.inventory.reasons
    other.unlink()
    assert editions.look()
    assert "more" not in editions.current.sound.inventory.reasons
    assert not editions.current.errors


def test_a_page_that_starts_with_a_broken_model_has_its_language_and_name(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "touchpoints: {line: {channel: fone}}\n")
    (folder / "workbench.yaml").write_text("name: {nl: Gemeente, en: Town}\nlanguage: nl\n", encoding="utf-8")
    editions = Editions(folder)
    session = Session(editions, {}, ThreadPoolExecutor(1))
    assert session.choices.lang == "nl"
    assert heading(editions.current, session.choices) == "Gemeente"
