"""Does the report show its pictures, and stay small?"""

from __future__ import annotations

import re

import pytest

from tests.reports import gemeente_page


@pytest.fixture(scope="module")
def page() -> str:
    """The report of the example in English."""
    return gemeente_page("en")


def test_each_journey_has_its_pictures(page: str) -> None:
    for name in ("Moving house", "Renewing a passport", "Permit for an extension"):
        for kind in ("Journey", "Service blueprint", "Emotion curve", "Map of the journey"):
            assert f"{kind}: {name}" in page
    assert "Contact landscape:" in page
    assert page.count("<details>") >= 3


def test_no_id_stands_twice(page: str) -> None:
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_page_stays_small(page: str) -> None:
    assert len(page.encode()) < 2_000_000
