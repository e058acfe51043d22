"""Does a session follow its viewer, and share nothing with others?"""

from __future__ import annotations

import re
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from tests.browser.live_server import project
from workbench.app.editions import Editions
from workbench.app.session import Session

ADOPTION = "scenarios/online/measures.0.adoption"


class AtOnce(Executor):
    """Does work when it is given."""

    def submit(self, fn, /, *args, **kwargs):
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return Editions(project(tmp_path_factory.mktemp("session") / "p"))


def opened(editions: Editions, query: dict[str, list[str]]) -> tuple[Session, list[dict[str, Any]]]:
    """A session that is connected, and what it sends."""
    session, sent = Session(editions, query, AtOnce()), []
    session.first()
    session.connect(sent.append, lambda call: call())
    return session, sent


def test_only_what_changed_is_sent(editions: Editions) -> None:
    session, sent = opened(editions, {"page": ["scenarios"]})
    sent.clear()
    session.handle({"kind": "set", "name": ADOPTION, "value": 0.5, "turn": 1})
    first, then = sent
    assert set(first["regions"]) == {
        "try-npv", "try-net", "try-saved", "try-payback", "try-npv-against", "try-net-against", "try-saved-against",
        "try-payback-against", "try-hours", "try-table",
    }  # fmt: skip
    assert first["turn"] == 1
    assert set(then["regions"]) == {"try-spread", "try-fan"}
    session.handle({"kind": "set", "name": ADOPTION, "value": 0.5, "turn": 2})
    assert [one["regions"] for one in sent[2:]] == [{}, {}]
    session.handle({"kind": "choose", "name": "page", "value": "contact-points"})
    assert {"nav", "chosen"} <= {name for one in sent for name in one["regions"]}
    assert "Contact line" in sent[-1]["regions"]["main"]


def test_a_model_that_changes_before_the_browser_is_reached_is_shown_then(editions: Editions) -> None:
    session, sent = Session(editions, {"page": ["contact-points"]}, AtOnce()), []
    session.first()
    session.renew(editions.current)
    session.connect(sent.append, lambda call: call())
    assert "Contact line" in {name: view for one in sent for name, view in one["regions"].items()}["main"]


def test_sessions_share_nothing(editions: Editions) -> None:
    one, _ = opened(editions, {"page": ["scenarios"]})
    two, sent = opened(editions, {"page": ["scenarios"]})
    sent.clear()
    one.handle({"kind": "set", "name": ADOPTION, "value": 0.9})
    assert one.choices.settings == {ADOPTION: 0.9}
    assert two.choices.settings == {}
    assert sent == []


@pytest.mark.parametrize(
    "event",
    [
        None, [], "x", {}, {"kind": "set"}, {"kind": "set", "name": "__class__", "value": "1e999"},
        {"kind": "set", "name": ADOPTION, "value": {"a": 1}}, {"kind": "choose", "name": "settings", "value": "x"},
        {"kind": "choose", "name": "page", "value": "../../etc/passwd"}, {"kind": "choose", "name": "page", "value": 3},
        {"kind": "open", "value": "page=<script>"}, {"kind": "choose", "name": "query", "value": "x"},
    ],
)  # fmt: skip
def test_a_message_that_makes_no_sense_changes_nothing(editions: Editions, event: object) -> None:
    session, _ = opened(editions, {"page": ["summary"]})
    before = session.choices
    session.handle(event)
    assert session.choices == before


def test_a_line_outside_the_model_is_not_shown(editions: Editions) -> None:
    for at in ("/etc/passwd:1", "../workbench.yaml:1", "model/../../x.yaml:1", "library/../records/base.py:1"):
        session, _ = opened(editions, {"page": ["sources"], "at": [at]})
        assert "That file is not part of the model" in session.first()["main"]


class Later(Executor):
    """Does work when it is told to, in the order that is told."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def submit(self, fn, /, *args, **kwargs):
        self.given.append(lambda: fn(*args, **kwargs))
        return Future()

    def do(self, at: int = 0) -> None:
        """Do one of what was given."""
        self.given.pop(at)()


WAIT = {"table": "volumes", "key": "line/how", "column": "wait"}
CELL = "cell:volumes:line/how:wait"


@pytest.fixture
def own(tmp_path: Path) -> Editions:
    """A model that a test may change."""
    return Editions(project(tmp_path / "p"))


def at_work(editions: Editions) -> tuple[Session, list[dict[str, Any]], Later]:
    """A viewer of the workshop whose work is done when the test says."""
    later, sent = Later(), []
    session = Session(editions, {"page": ["workshop"], "table": ["volumes"]}, later)
    session.connect(sent.append, lambda call: call())
    later.do()
    sent.clear()
    return session, sent, later


def test_a_dispute_stays_told_until_it_is_settled(own: Editions) -> None:
    session, sent, later = at_work(own)
    session.handle({"kind": "typed", **WAIT, "value": "55s"})
    session.handle({"kind": "edit", **WAIT, "before": "20s", "value": "55s"})
    later.do(1)
    assert sent[-1]["edited"] == {"id": CELL, "kind": "conflict", "now": "40s"}
    assert "40s" in sent[-1]["regions"][f"said:{CELL}"]
    told = len(sent)
    later.do()
    assert sent[told:] == [], "what was asked before the edit would take the dispute away"
    session.handle({"kind": "typed", **WAIT, "value": "56s"})
    later.do()
    assert not [one for one in sent[told:] if f"said:{CELL}" in one["regions"]]
    session.handle({"kind": "settle", **WAIT, "which": "theirs", "value": "56s"})
    later.do()
    assert sent[-1]["edited"] == {"id": CELL, "kind": "done", "now": "40s"}
    assert sent[-1]["regions"][f"said:{CELL}"] == ""


def test_what_was_typed_comes_back_as_the_file_writes_it(own: Editions) -> None:
    session, sent, later = at_work(own)
    session.handle({"kind": "edit", **WAIT, "before": "40s", "value": "  70s "})
    later.do()
    assert [one["edited"] for one in sent if "edited" in one] == [{"id": CELL, "kind": "done", "now": "70s"}]


def test_a_change_of_a_broken_model_is_refused_at_its_cell(own: Editions) -> None:
    session, sent, _ = at_work(own)
    file = own.current.sound.root / "model" / "model.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "reasons: 3\n", encoding="utf-8")
    own.look()
    session.renew(own.current)
    session.handle({"kind": "edit", **WAIT, "before": "40s", "value": "70s"})
    assert sent[-1]["edited"]["kind"] == "wrong"
    assert "Not written" in sent[-1]["regions"][f"said:{CELL}"]
    assert "70s" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("before", "column"), [("40s", "wait"), ("", "answer_time")])
def test_a_change_in_a_row_that_is_gone_is_told_and_does_not_bring_it_back(
    own: Editions, before: str, column: str
) -> None:
    session, sent, later = at_work(own)
    file = own.current.sound.root / "model" / "model.yaml"
    text = re.sub(r"  - .touchpoint: line, reason: how.*\n", "", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    session.handle({"kind": "edit", **WAIT, "column": column, "before": before, "value": "70s"})
    later.do()
    assert [one["edited"]["kind"] for one in sent if "edited" in one] == ["gone"]
    assert file.read_text(encoding="utf-8") == text


def test_a_row_that_the_library_lends_is_not_written_for_one_that_is_gone(own: Editions) -> None:
    session, sent, later = at_work(own)
    file = own.current.sound.root / "model" / "model.yaml"
    text = file.read_text(encoding="utf-8")
    assert "ivr_menu" not in text
    session.handle({"kind": "edit", "table": "touchpoints", "key": "ivr_menu", "column": "name", "before": "",
                    "value": "x"})  # fmt: skip
    later.do()
    assert sent[-1]["edited"]["kind"] == "gone"
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("text", "told"), [("x" * 20_001, "does not fit"), ("Desk\tphone", "one value into a field")])
def test_a_new_row_with_a_text_that_cannot_be_written_is_refused_whole(own: Editions, text: str, told: str) -> None:
    session, sent, later = at_work(own)
    session.handle({"kind": "add", "table": "touchpoints", "values": {"id": "desk", "name": text}})
    later.do()
    assert sent[-1]["added"] == {"table": "touchpoints", "isDone": False}
    assert told in sent[-1]["regions"]["said:new:touchpoints"]
    session.handle({"kind": "clear", "table": "touchpoints"})
    assert sent[-1]["regions"] == {"said:new:touchpoints": ""}
    assert "desk" not in (own.current.sound.root / "model" / "model.yaml").read_text(encoding="utf-8")


def test_where_nobody_may_change_the_model_there_is_no_workshop(own: Editions) -> None:
    sent: list[dict[str, Any]] = []
    session = Session(own, {"page": ["workshop"]}, AtOnce(), is_read_only=True)
    session.connect(sent.append, lambda call: call())
    assert session.choices.page == "summary"
    assert "workshop" not in "".join(one["regions"].get("nav", "") for one in sent)
    session.handle({"kind": "edit", **WAIT, "before": "40s", "value": "70s"})
    assert "wait: 40s" in (own.current.sound.root / "model" / "model.yaml").read_text(encoding="utf-8")


def test_a_table_that_was_begun_before_a_dispute_does_not_hide_it(own: Editions) -> None:
    session, sent, later = at_work(own)
    session.renew(own.current)
    session.handle({"kind": "edit", **WAIT, "before": "20s", "value": "55s"})
    later.do(1)
    later.do()
    *_, last = (one["regions"] for one in sent if "main" in one["regions"])
    assert next(iter(last)) == "main"
    assert "40s" in last[f"said:{CELL}"]


def test_marks_that_turn_the_direction_are_sent_only_in_fields(own: Editions) -> None:
    file = own.current.sound.root / "model" / "model.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("en: Contact line", "en: Contact\u202e line"), "utf-8")
    own.look()
    sent: list[dict[str, Any]] = []
    session = Session(own, {"page": ["contact-points"], "lang": ["en"]}, AtOnce())
    session.connect(sent.append, lambda call: call())
    for page in ("journeys", "summary", "staffing", "scenarios"):
        session.handle({"kind": "choose", "name": "page", "value": page})
    told = "".join(view for one in sent for view in one["regions"].values())
    assert "Contact line" in told
    assert "\u202e" not in told
    session.handle({"kind": "open", "value": "page=workshop&table=touchpoints&lang=en"})
    main = sent[-1]["regions"]["main"]
    assert 'value="Contact\u202e line"' in main
    assert "\u202e" not in re.sub('(value|data-before)="Contact\u202e line"', "", main)
