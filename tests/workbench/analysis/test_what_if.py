"""Does a number that is set give what the model gives when it states that number?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.live_server import MODEL, project
from workbench.analysis.case.business import case
from workbench.analysis.case.what_if import WhatIf
from workbench.project import open_project

GEMEENTE = Path(__file__).parents[3] / "examples" / "gemeente"


@pytest.fixture
def stating(tmp_path: Path) -> Callable[[str, str], Path]:
    """A project whose model states something else."""

    def make(old: str, new: str) -> Path:
        assert MODEL.count(old) == 1
        return project(tmp_path / new.replace("/", "_"), MODEL.replace(old, new))

    return make


@pytest.mark.parametrize("scenario", ["answers_first", "digital_first"])
def test_nothing_set_is_the_business_case(scenario: str) -> None:
    found = open_project(GEMEENTE)
    whole = {one.scenario.id: one for one in case(found).scenarios}[scenario]
    what_if = WhatIf(found)
    mine, band = what_if.ask(scenario, {}), what_if.band(scenario, {})
    assert mine.npv == pytest.approx(whole.worth.npv)
    assert mine.net_per_year == pytest.approx(whole.net_per_year)
    assert mine.cash_per_year == pytest.approx(whole.cash_per_year)
    assert mine.payback == whole.worth.payback
    for name in ("baseline", "eliminated", "shifted", "leaked", "saved", "remaining", "added"):
        assert mine.hours.middle(name) == pytest.approx(whole.hours.middle(name)), name
    assert (band.low, band.high) == pytest.approx((whole.worth.interval[0], whole.worth.interval[2]))
    assert band.chance == whole.worth.chance


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("measures.0.adoption", 0.42, "adoption: 15%..30%", "adoption: 42%"),
        ("measures.1.reduction", 0.05, "reduction: 10%..25%", "reduction: 5%"),
        ("cashable", 0.9, "cashable: 50%..80%", "cashable: 90%"),
        ("ramp", 12.0, "ramp: 6 months", "ramp: 12 months"),
    ],
)
def test_a_number_that_is_set_is_as_if_the_model_stated_it(
    stating: Callable[[str, str], Path], field: str, value: float, old: str, new: str
) -> None:
    what_if = WhatIf(open_project(stating(old, old)))
    stated = {one.scenario.id: one for one in case(open_project(stating(old, new)), draws=50).scenarios}["online"]
    mine = what_if.ask("online", {f"scenarios/online/{field}": value})
    assert mine.npv == pytest.approx(stated.worth.npv)
    assert mine.net_per_year == pytest.approx(stated.net_per_year)
    assert mine.saved_h_per_year == pytest.approx(stated.hours.middle("baseline") - stated.hours.middle("soll"))


def test_knowing_all_numbers_that_can_be_set_narrows_the_band() -> None:
    found = open_project(GEMEENTE)
    what_if = WhatIf(found, draws=400)
    wide = what_if.band("digital_first", {})
    known = {one.name: one.estimate.point for one in what_if.settable("digital_first")}
    narrow = what_if.band("digital_first", known)
    assert narrow.high - narrow.low < wide.high - wide.low
