"""Are profiles over day and week, distributions and trends those of a plain calculation?"""

import statistics
from datetime import date, timedelta

import numpy as np
import pytest

from workbench.log.arrivals import arrivals, clock
from workbench.log.distributions import distribution
from workbench.log.intervals import quantile_ranks
from workbench.log.measures import handling_time, volume
from workbench.log.selection import Selection
from workbench.log.trends import slope_per_month, trend, without_season


@pytest.fixture
def busy(read, as_csv):
    """Three weeks; on Mondays 2, 4 and 6 calls at nine, on Wednesdays one at half past ten by e-mail."""
    rows = []
    for week, calls in enumerate((2, 4, 6)):
        monday = date(2026, 3, 2) + timedelta(weeks=week)
        rows += [{"channel": "phone", "started_at": f"{monday}T09:{minute:02d}:00Z"} for minute in range(calls)]
        rows.append({"channel": "email", "started_at": f"{monday + timedelta(days=2)}T10:30:00Z"})
    rows.append({"channel": "phone", "started_at": "2026-03-22T23:59:00Z"})
    return read(as_csv([{"contact_id": at, **row} for at, row in enumerate(rows)]), "generic_csv").log


def test_half_hours_of_the_week(busy):
    found = arrivals(busy)
    cells = {cell.group: cell for cell in found.cells}
    monday = cells["1", 18]
    # 2, 4, 6: mean 4, SD 2, t(0.975, 2) = 4.302653, variance / mean = 1.
    assert (monday.n, monday.value, monday.sd) == (12, 4.0, 2.0)
    assert monday.high == pytest.approx(4 + 4.302653 * 2 / 3**0.5, abs=1e-4)
    assert monday.low == 0.0
    assert found.dispersion[found.cells.place["1", 18]] == pytest.approx(1.0)
    assert cells["3", 21].value == 1.0
    assert cells["7", 47].value == pytest.approx(1 / 3)
    assert found.tables()[0].rows[0][1] == "09:00"
    assert clock(47) == "23:30"


def test_half_hours_and_weekdays(busy):
    # Twenty-one days.
    by_half_hour = arrivals(busy, slot="half_hour")
    assert by_half_hour.cells[0].value == pytest.approx(12 / 21)
    assert {cell.group: cell.n for cell in arrivals(busy, ["channel"], slot="weekday").cells} == {
        ("email", "3"): 3, ("phone", "1"): 12, ("phone", "7"): 1,
    }  # fmt: skip
    later = arrivals(busy, selection=Selection(since=date(2026, 3, 9)), slot="weekday")
    assert later.cells[0].value == 5.0
    with pytest.raises(ValueError, match="slot must be of"):
        arrivals(busy, slot="hour")
    with pytest.raises(ValueError, match="by must be of"):
        arrivals(busy, ["month"])


def test_distribution_from_histograms_is_close_and_from_contacts_exact(read, as_csv):
    random = np.random.default_rng(3)
    times = np.round(random.lognormal(5, 1, 800)).astype(int)
    rows = [
        {"contact_id": at, "handling_time_s": int(value), "channel": "phone" if at % 4 else "chat",
         "started_at": f"2026-0{1 + at % 3}-1{at % 7}"}
        for at, value in enumerate(times)
    ]  # fmt: skip
    log = read(as_csv(rows), "generic_csv").log
    close, exact = distribution(log), distribution(log, exact=True)
    for q in (0.1, 0.5, 0.9):
        assert exact.quantiles[q][0].value == pytest.approx(np.quantile(times, q))
        assert close.quantiles[q][0].value == pytest.approx(np.quantile(times, q), rel=0.02)
        assert exact.quantiles[q][0].low < exact.quantiles[q][0].value < exact.quantiles[q][0].high
    assert close.mean[0].value == pytest.approx(statistics.fmean(map(int, times)))
    chat = times[::4]
    by_channel = distribution(log, by=["channel"], exact=True)
    assert by_channel.quantiles[0.5][0].value == np.median(chat)
    assert close.notes[0].text("en").startswith("P10, P50 and P90 come from a histogram")
    assert [table.key for table in close.tables()] == ["log_spread_handling_time_s", "log_quantiles"]
    with pytest.raises(ValueError, match="time must be of"):
        distribution(log, "reason")


def test_the_interval_of_a_median_holds_as_often_as_it_says():
    random = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        values = np.sort(random.exponential(size=101))
        _, low, high = quantile_ranks(101, 0.5)
        held += values[int(np.floor(low))] <= np.log(2) <= values[int(np.ceil(high))]
    assert held >= 0.93 * 400


def _months(read, as_csv, counts):
    """A log of whole months with a number of contacts in each, all of ten seconds more each month."""
    rows, first = [], 2024 * 12
    for at, count in enumerate(counts):
        year, month = divmod(first + at, 12)
        rows += [
            {"started_at": f"{year}-{month + 1:02d}-{1 + one % 28:02d}", "handling_time_s": 100 + 10 * at}
            for one in range(count)
        ]
    year, month = divmod(first + len(counts), 12)
    rows.append({"started_at": f"{year}-{month + 1:02d}-01", "handling_time_s": 5})
    return read(as_csv([{"contact_id": at, **row} for at, row in enumerate(rows)]), "generic_csv").log


def test_trend_of_whole_months(read, as_csv):
    log = _months(read, as_csv, [5, 6, 7, 8, 30, 10, 11])
    found = trend(log, handling_time)
    (series,) = found.series
    # The month that has only just begun does not count.
    assert [cell.value for cell in series.cells] == [100, 110, 120, 130, 140, 150, 160]
    assert series.slope == pytest.approx((10, 10, 10))
    assert [cell.n for cell in trend(log, volume).series[0].cells] == [5, 6, 7, 8, 30, 10, 11]
    assert [table.key for table in found.tables()] == ["log_trend", "log_months"]
    short = trend(_months(read, as_csv, [3, 4]), volume)
    assert short.series[0].slope is None
    assert "at least 6 whole months" in short.notes[-1].text("en")


def test_one_odd_month_does_not_carry_the_slope_and_the_season_is_taken_out():
    assert slope_per_month(range(8), [1, 2, 3, 400, 5, 6, 7, 8])[0] == 1.0
    season = [0, 5, 0, -5, 0, 20, 0, 0, -20, 0, 0, 0]
    values = [50 + 2 * month + season[month % 12] for month in range(36)]
    adjusted = without_season(range(36), values)
    assert np.diff(adjusted) == pytest.approx(np.full(35, 2.0))
