"""Are repeats and first-contact resolution those of the design's eight contacts, and of a plain second count?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.repeats import first_contact_resolution, repeat_share
from workbench.log.selection import Selection
from workbench.log.store import open_log

START = datetime(2026, 1, 1, tzinfo=UTC)
EIGHT = [
    ("A", "X", "phone", 0), ("A", "X", "phone", 3), ("A", "X", "phone", 20), ("B", "X", "phone", 0),
    ("C", "X", "phone", 0), ("C", "Y", "phone", 1), ("D", "X", "phone", 0), ("D", "X", "email", 2),
]  # fmt: skip


def _rows(contacts):
    return [
        {
            "contact_id": index, "customer_key": customer, "reason": reason, "channel": channel, "direction": "inbound",
            "started_at": (START + timedelta(days=day)).isoformat(),
        }
        for index, (customer, reason, channel, day) in enumerate(contacts)
    ]  # fmt: skip


@pytest.fixture
def eight(read, as_csv):
    return read(as_csv(_rows(EIGHT)), "generic_csv").log


@pytest.mark.parametrize(("notion", "settled", "episodes"), [("reason", 4, 6), ("channel", 6, 7), ("any", 2, 5)])
def test_first_contact_resolution_of_the_design(eight, notion, settled, episodes):
    measure = first_contact_resolution(eight, notion=notion, log_end=START + timedelta(days=40))
    assert measure.n == episodes
    assert measure.value == pytest.approx(settled / episodes)


def test_repeat_share_of_the_design(eight):
    measure = repeat_share(eight)
    assert (measure.n, measure.value) == (8, 2 / 8)


def test_without_a_later_end_the_last_week_is_censored(eight):
    # The log then ends at day 20, so the episode of A that starts there is left out: 3 of 5.
    measure = first_contact_resolution(eight)
    assert (measure.n, measure.value) == (5, 3 / 5)


def test_window_is_inclusive_and_rolls(read, as_csv):
    days = [("A", "X", "phone", 0), ("A", "X", "phone", 7), ("A", "X", "phone", 14), ("B", "X", "phone", 40)]
    log = read(as_csv(_rows(days)), "generic_csv").log
    # 0, 7 and 14 are one episode, because each is within a week of the one before; B at day 40 is censored.
    assert first_contact_resolution(log).total.n == 1
    assert first_contact_resolution(log).value == 0
    assert repeat_share(log).value == 2 / 4
    assert repeat_share(log, window_days=6).value == 0


def test_who_is_unknown_is_left_out_and_said(read, as_csv):
    rows = [*_rows(EIGHT), *({**row, "contact_id": 100 + i, "customer_key": ""} for i, row in enumerate(_rows(EIGHT)))]
    measure = repeat_share(read(as_csv(rows), "generic_csv").log)
    assert (measure.n, measure.value) == (8, 2 / 8)
    assert "8 of 16 contacts have no known customer" in measure.notes[1].text("en")


def test_only_what_the_customer_starts_is_a_repeat(read, as_csv):
    rows = _rows([("A", "X", "phone", 0), ("A", "X", "phone", 1), ("A", "X", "phone", 2)])
    rows[1]["direction"] = "outbound"
    rows[2]["direction"] = "internal"
    measure = repeat_share(read(as_csv(rows), "generic_csv").log)
    assert (measure.n, measure.value) == (1, 0.0)


def test_case_and_customer_differ(read, as_csv):
    rows = _rows([("A", "X", "phone", 0), ("A", "X", "phone", 1), ("A", "X", "phone", 30)])
    for row, case in zip(rows, ("c1", "c2", "c2"), strict=True):
        row["case_key"] = case
    log = read(as_csv(rows), "generic_csv").log
    assert repeat_share(log).value == pytest.approx(1 / 3)
    assert repeat_share(log, key="case_key").value == 0
    assert repeat_share(log, key="case_key", window_days=29).value == pytest.approx(1 / 3)


def test_grouped_by_the_contact_that_starts_the_episode(eight):
    measure = first_contact_resolution(eight, ["channel"], log_end=START + timedelta(days=40))
    assert measure.of("phone").n == 6
    assert measure.of("email").n == 0


@pytest.mark.parametrize("wrong", [{"notion": "topic"}, {"window_days": 0}, {"key": "name"}])
def test_wrong_arguments_are_told(eight, wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} must be"):
        repeat_share(eight, **wrong)


def _plain(contacts, window_s, parts, end):
    """Episodes and repeats by a plain walk over each customer's contacts."""
    groups = {}
    for customer, reason, channel, seconds in contacts:
        groups.setdefault((customer, reason, channel)[:parts] if parts != 1 else customer, []).append(seconds)
    repeats = episodes = settled = 0
    for times in groups.values():
        times.sort()
        for index, time in enumerate(times):
            before = time - times[index - 1] if index else None
            after = times[index + 1] - time if index + 1 < len(times) else None
            if before is not None and before <= window_s:
                repeats += 1
            elif time <= end - window_s:
                episodes += 1
                settled += after is None or after > window_s
    return repeats, episodes, settled


CONTACT = st.tuples(
    st.sampled_from("ABC"), st.sampled_from("XY"), st.sampled_from(("phone", "email")), st.integers(0, 30 * 86_400)
)


@settings(max_examples=15)
@given(contacts=st.lists(CONTACT, min_size=1, max_size=40), window=st.integers(1, 14))
def test_counts_equal_a_plain_walk(tmp_path_factory, as_csv, key, contacts, window):
    folder = tmp_path_factory.mktemp("walk")
    rows = _rows([(customer, reason, channel, 0) for customer, reason, channel, _ in contacts])
    for row, (*_, seconds) in zip(rows, contacts, strict=True):
        row["started_at"] = (START + timedelta(seconds=seconds)).isoformat()
    (folder / "log.csv").write_text(as_csv(rows))
    ingest([folder / "log.csv"], load_profile("generic_csv"), folder / "log.duckdb", key, window_days=window)
    end = max(seconds for *_, seconds in contacts)
    with open_log(folder / "log.duckdb", suppress_below=1) as log:
        for notion, parts in (("reason", 2), ("channel", 3), ("any", 1)):
            repeats, episodes, settled = _plain(contacts, window * 86_400, parts, end)
            assert repeat_share(log, notion=notion).value == pytest.approx(repeats / len(contacts))
            # The same from the daily counts and, because another key is named, from the contacts themselves.
            stored = first_contact_resolution(log, notion=notion)
            walked = first_contact_resolution(log, notion=notion, log_end=START + timedelta(seconds=end))
            for measure in (stored, walked):
                assert measure.n == episodes
                assert measure.value == (pytest.approx(settled / episodes) if episodes else None)


def test_selection_takes_the_contacts_that_start(eight):
    assert repeat_share(eight, selection=Selection({"channel": ("email",)})).value == 1.0
