"""Can a log be asked by the names of its measures, and is every form of the answer as discreet as the first?"""

import json

import pytest

from workbench.cli.log import MEASURES as NAMES
from workbench.language.language import Language
from workbench.log.questions import MEASURES, PROFILES, ask
from workbench.log.selection import EVERYTHING, Selection

LABELS = {"touchpoint": {"kcc": "Contact centre"}, "channel": {"phone": "Phone", "chat": "Chat"}}


@pytest.fixture
def log(read, as_csv):
    """Fifty calls and five chats; only the chat is fewer than ten."""
    rows = [
        {
            "contact_id": at, "touchpoint": "kcc", "channel": "phone" if at >= 5 else "chat", "reason": "move",
            "customer_key": f"c{at % 30}", "direction": "inbound", "outcome": "answered" if at % 7 else "abandoned",
            "handling_time_s": 60 + at, "wait_s": at % 9, "answered_at": f"2026-03-{1 + at % 28:02d}T10:01:00Z",
            "effort_score": 1 + at % 7, "effort_scale": "ces2", "content_id": "faq", "layer_count": 1 + at % 2,
            "resolved": "yes", "started_at": f"2026-03-{1 + at % 28:02d}T10:00:00Z",
        }
        for at in range(55)
    ]  # fmt: skip
    return read(as_csv(rows), "generic_csv", suppress_below=10).log


def test_the_command_names_every_measure():
    assert set(NAMES) == {*MEASURES, *PROFILES}


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_answers_in_both_languages_and_shows_no_small_group(log, name):
    for by in ([], ["touchpoint"], ["channel", "reason"]):
        answer = ask(log, name, by, EVERYTHING, LABELS)
        for table in answer.tables():
            assert all(table.title(Language(code)) for code in ("nl", "en"))
            for row in json.loads(json.dumps(table.records(), default=str)):
                assert row.get("n") is None or row["n"] >= 10
                assert row.get("channel") != "Chat"
                assert row.get("touchpoint", "Contact centre") == "Contact centre"


def test_the_other_channel_goes_with_the_small_one_as_their_sum_is_shown(log):
    found = ask(log, "volume", ["channel"], EVERYTHING, LABELS)
    assert len(found.cells) == 0
    assert ask(log, "volume", [], EVERYTHING, LABELS).n == 55
    assert "2 of the 2 groups" in found.notes[-1].text("en")


def test_words_are_those_of_the_model_or_of_groups_that_are_shown(log):
    with pytest.raises(
        ValueError, match="channel must be a word of the model or the log, got 'phon'; did you mean 'phone'"
    ):
        ask(log, "volume", [], Selection({"channel": ("phon",)}), LABELS)
    # In the log, but in no group that is shown, and not in the model: as unknown as any other word.
    for word in ("chat", "fax"):
        with pytest.raises(ValueError, match=f"got '{word}'"):
            ask(log, "volume", [], Selection({"channel": (word,)}), {})
    assert ask(log, "volume", [], Selection({"channel": ("chat",)}), LABELS).value is None


def test_a_trend_is_asked_of_single_numbers_only(log):
    assert ask(log, "wait", [], EVERYTHING, LABELS, per_month=True).tables()[0].key == "log_trend"
    with pytest.raises(ValueError, match="a trend must be of"):
        ask(log, "arrivals", [], EVERYTHING, LABELS, per_month=True)
