"""What does the ledger of the bank's month say, against the figures that the data are known by?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.project import Project, open_project
from workbench.validation.ledger import Ledger, ledger
from workbench.validation.prediction import prediction

ROOT = Path(__file__).resolve().parents[3]
SERVED_MEAN_S = {"regular_activity": 184.3, "stock_exchange": 275.2, "potential_customer": 106.8,
                 "internet_support": 263.4}  # fmt: skip


@pytest.fixture(scope="module")
def bank(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    root = tmp_path_factory.mktemp("bank") / "project"
    shutil.copytree(ROOT / "examples" / "bank", root, ignore=shutil.ignore_patterns(".workbench", "log"))
    project = open_project(root).require_sound()
    profile = load_profile("technion_call_centre")
    store = root / "log.duckdb"
    ingest([str(shared_data / "anonymous_bank_1999_02.txt.gz")], profile, store, bytes(range(32)),
           time_zone="Asia/Jerusalem")  # fmt: skip
    return project, store


@pytest.fixture(scope="module")
def found(bank: tuple[Project, Path]) -> Ledger:
    with open_log(bank[1]) as log:
        return ledger(bank[0], log)


@pytest.mark.parametrize("reason", SERVED_MEAN_S)
def test_handling_times_are_the_published_ones(found: Ledger, reason: str) -> None:
    name = f"volumes/call_centre/{reason}/handling_time"
    entry = next(one for one in found.entries if one.claim.name == name)
    assert entry.claim.seen.value == pytest.approx(SERVED_MEAN_S[reason], abs=0.1)


def test_the_rules_of_thumb_do_not_hold(found: Ledger) -> None:
    assert found.count("contradicted") >= 10
    abandoned = next(
        one for one in found.entries if one.claim.name == "volumes/call_centre/potential_customer/abandoned"
    )
    assert abandoned.verdict == "contradicted"


def test_what_the_switch_does_not_record_is_said(found: Ledger) -> None:
    why = {one.assumption.name: one.why for one in found.silent}
    assert why["journeys/everyday_banking/starts"] == "no_case"
    assert why["journeys/internet_help/steps.site.next.menu"] == "alike"
    assert why["journeys/everyday_banking/steps.menu.own_time"] == "not_logged"


def test_most_intervals_hold_for_the_rest_of_the_month(bank: tuple[Project, Path]) -> None:
    """Queues differ from day to day: intervals that took contacts for independent held in 55% of the cases."""
    with open_log(bank[1]) as log:
        result = prediction(bank[0], log)
    assert len(result.predicted) >= 15
    assert result.coverage is not None
    assert result.coverage >= 0.8
