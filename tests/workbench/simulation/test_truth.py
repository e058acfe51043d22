"""Does a truth file change what it names and nothing else, and are its faults told with file and line?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from touchpoints.faults import ModelError
from touchpoints.inventory import Inventory
from workbench.simulation.plan import Stop, plan
from workbench.simulation.truth import lay_over

MODEL = """
touchpoints: {line: {channel: phone}, site: {channel: web}}
reasons: {move: {}, status: {}}
volumes:
  - {touchpoint: line, reason: move, contacts: 3000/month, handling_time: 5m, wait: 40s}
  - {touchpoint: line, reason: status, contacts: 2000/month, handling_time: 3m}
journeys:
  moving:
    starts: 1500/month
    steps:
      search: {touchpoint: site, reason: move, next: {notify: 62%, call: 30%, gave_up: 8%}}
      call: {touchpoint: line, reason: move, next: {resolved: rest, call: 15%}}
      notify: {touchpoint: site, reason: move, next: resolved}
"""


@pytest.fixture
def inventory(load: Callable[..., Inventory]) -> Inventory:
    found = load(MODEL)
    assert not found.faults
    return found


@pytest.fixture
def truth(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "truth.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def stops(inventory: Inventory) -> dict[str, Stop]:
    return {stop.name: stop for stop in plan(inventory).stops}


def test_an_empty_override_changes_nothing(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    laid = lay_over(inventory, truth("volumes: {}"))
    assert plan(laid) == plan(inventory)
    assert laid.faults == ()


def test_a_value_changes_and_its_neighbours_do_not(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    laid = stops(lay_over(inventory, truth("volumes: {line/status: {contacts: 4000/month}}")))
    before = stops(inventory)
    changed = {name for name in before if before[name] != laid[name]}
    assert set(laid) == set(before)
    assert changed == {"rest/line/status@"}
    assert laid["rest/line/status@"].starts_per_month == 4000
    assert laid["rest/line/status@"].handling_s == 180


def test_shares_merge_by_target(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    text = "journeys: {moving: {steps: {search: {next: {notify: 52%, call: 40%}}}}}"
    laid = stops(lay_over(inventory, truth(text)))
    assert dict(laid["moving/search@"].next) == {"moving/notify@": 0.52, "moving/call@": 0.40, "gave_up": 0.08}
    assert laid["moving/call@"] == stops(inventory)["moving/call@"]


def test_null_takes_away(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    laid = stops(lay_over(inventory, truth("volumes: {line/status: null, line/move: {wait: null}}")))
    assert "rest/line/status@" not in laid
    assert laid["rest/line/move@"].wait_s is None
    assert laid["rest/line/move@"].handling_s == 300


def test_a_path_that_the_model_lacks(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    text = """
reasons: {invoice: {}}
volumes: {site/invoice: {contacts: 100/month}}
touchpoints: {chat_window: {channel: chat}}
journeys: {moving: {steps: {notify: {next: {resolved: 90%, chatting: 10%}},
                            chatting: {touchpoint: chat_window, reason: move, next: resolved}}}}
"""
    laid = lay_over(inventory, truth(text))
    assert stops(laid)["rest/site/invoice@"].starts_per_month == 100
    assert stops(laid)["moving/chatting@"].channel == "chat"
    assert "invoice" not in inventory.reasons


def test_the_model_itself_stays_as_it_is(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    before = plan(inventory)
    lay_over(inventory, truth("volumes: {line/move: {contacts: 9000/month}}"))
    assert plan(inventory) == before


def test_a_record_of_the_library_can_be_overridden(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    laid = lay_over(inventory, truth("channels: {phone: {self_service: yes}}"))
    assert stops(laid)["rest/line/move@"].self_service
    assert laid.channels["phone"].max_complexity == inventory.channels["phone"].max_complexity


@pytest.mark.parametrize(
    ("text", "line", "rule", "words"),
    [
        ("volumes:\n  line/move:\n    contacts: 4000\n", 3, "unit-missing", "4000/month"),
        ("volumes:\n  line/move: {hanling_time: 3m}\n", 2, "unknown-key", "did you mean 'handling_time'"),
        ("volumes:\n  line/moove: {contacts: 1/month}\n", 2, "unknown-reference", "did you mean 'move'"),
        ("volumes:\n  line: {contacts: 1/month}\n", 2, "bad-id", "touchpoint/reason"),
        ("volumes:\n  line/move: {reason: status}\n", 2, "unknown-key", "delete it here"),
        ("volumes:\n  line/move: 3\n", 2, "wrong-type", "write it like {key: value}"),
        ("volumes:\n  - {touchpoint: line}\n", 1, "wrong-type", "touchpoint/reason: {…}"),
        ("\ntargets: []\n", 2, "unknown-top-level", "delete it"),
        ("volums: {}\n", 1, "unknown-top-level", "did you mean 'volumes'"),
        ("- 1\n", 1, "wrong-type", "not a list"),
        ("a: [\n", 2, "yaml-syntax", "brackets"),
        (
            "journeys:\n  moving:\n    steps:\n      search:\n        next: {call: 50%}\n",
            5,
            "shares-sum",
            "lower one of them by 0.2",
        ),
        (
            "journeys: {moving: {steps: {call: {\n  next: {resolved: null, call: rest}}}}}\n",
            1,
            "no-end",
            "give one of them a way",
        ),
        ("reasons:\n  Move House: {}\n", 2, "bad-id", "move_house"),
        ("channels:\n  own: {extends: library.fone}\n", 2, "extends", "library.phone"),
    ],
)
def test_a_bad_truth_names_file_line_and_remedy(
    inventory: Inventory, truth: Callable[[str], Path], text: str, line: int, rule: str, words: str
) -> None:
    path = truth(text)
    with pytest.raises(ModelError) as caught:
        lay_over(inventory, path)
    faults = caught.value.faults
    assert (str(path), line, rule) in {(fault.place.file, fault.place.line, fault.rule) for fault in faults}
    assert words in str(caught.value)
    assert f"{path}:{line}: " in str(caught.value)


def test_a_doubtful_truth_is_warned_about(inventory: Inventory, truth: Callable[[str], Path]) -> None:
    laid = lay_over(inventory, truth("volumes:\n  line/move: {handling_time: 9h}\n"))
    assert [(fault.rule, fault.place.line) for fault in laid.faults] == [("volume-implausible", 2)]


def test_a_truth_file_that_is_not_there(inventory: Inventory, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lay_over(inventory, tmp_path / "none.yaml")
