"""Is on each page only offered to choose what changes it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.app.editions import Edition, Editions
from workbench.app.pages import PAGES, Page
from workbench.app.scope import Scope
from workbench.app.views import tables_of

GEMEENTE = Path(__file__).parents[3] / "examples" / "gemeente"


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The municipality, without a log."""
    return Editions(GEMEENTE).current


@pytest.mark.parametrize("page", [one for one in PAGES if one.make is not None and one.name != "log"])
def test_a_channel_can_be_chosen_where_some_row_is_about_another(page: Page, edition: Edition) -> None:
    inventory = edition.sound.inventory
    assert page.make is not None
    found = tables_of(page.make(edition.answers("nl")))
    changes = any(Scope(inventory, "nl", channel).of(one)[1] for channel in inventory.channels for one in found)
    assert ("channel" in page.narrowed_by) == changes
