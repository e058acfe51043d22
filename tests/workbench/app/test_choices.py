"""Does an address say all that was chosen, and nothing that the model does not know?"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.hostile import HOSTILE
from touchpoints.load import load_inventory
from workbench.app.choices import FIELDS, Choices, read

PAGES = ("summary", "scenarios", "sources")
ADOPTION = "scenarios/digital_first/measures.0.adoption"


@pytest.fixture(scope="module")
def inventory():
    return load_inventory(Path(__file__).parents[3] / "examples" / "gemeente")


def test_what_was_chosen_comes_back_from_the_address(inventory) -> None:
    chosen = Choices(
        page="scenarios", lang="nl", scenario="digital_first", against="answers_first", persona="senior",
        channel="phone", period="2026-03", step="move_house/search", at="model/volumes/phone.yaml:57",
        settings={ADOPTION: 0.42, "scenarios/digital_first/ramp": 12.0},
    )  # fmt: skip
    assert read(parse_qs(chosen.query()), inventory, PAGES, "en") == chosen


def test_a_number_outside_what_is_possible_is_brought_back(inventory) -> None:
    found = read(
        {"set": [f"{ADOPTION}:7", "scenarios/digital_first/ramp:nan", "scenarios/none/ramp:3"]}, inventory, PAGES, "en"
    )
    assert found.settings == {ADOPTION: 1.0}


@pytest.mark.parametrize("text", ["", "\x00", "../..", "%00", "1e999", *HOSTILE])
def test_no_address_breaks_the_page_or_gets_into_it(inventory, text: str) -> None:
    found = read({name: [text] for name in (*FIELDS, "set", "x")}, inventory, PAGES, "en")
    assert found.page in PAGES
    assert found.lang == "en"
    assert found.scenario in inventory.scenarios
    assert (found.against, found.persona, found.channel, found.period, found.step, found.settings) == (*[""] * 5, {})
    assert read(parse_qs(found.query()), inventory, PAGES, "en") == found
