"""Is the last good model kept while the newest is broken, and all that was worked out from it?"""

from __future__ import annotations

from pathlib import Path

from tests.browser.live_server import MODEL, project
from workbench.app.editions import Editions


def test_a_broken_model_keeps_the_last_good_one_until_it_is_mended(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    editions, told = Editions(folder), []
    unlisten = editions.listen(told.append)
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


def test_a_model_that_was_never_sound_has_no_project_and_says_why(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", "touchpoints: {line: {channel: fone}}\n")
    editions = Editions(folder)
    assert editions.current.project is None
    assert "unknown channel 'fone'" in editions.current.errors[0].message
    (folder / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    editions.look()
    assert editions.current.project is not None
