"""Are claims about shares decided as a second computation decides them?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from workbench.language.language import Language
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.log.selection import Selection
from workbench.log.store import open_log
from workbench.project import open_project
from workbench.validation.hypotheses import Hypotheses, hypotheses
from workbench.validation.hypothesis import Days, days_of, parse_hypothesis
from workbench.validation.share_comparison import periods_against, share_against, trend, words_against

HITS = np.array([31, 45, 28, 52, 40, 35, 61, 30], dtype=float)
OTHERS = np.array([20, 30, 33, 20, 41, 22, 30, 27], dtype=float)
N = np.array([80, 110, 90, 120, 100, 95, 140, 85], dtype=float)


def test_a_share_against_a_value_is_the_score_test_with_its_wilson_interval() -> None:
    found = share_against(HITS, N, 0.5)
    p, total = HITS.sum() / N.sum(), N.sum()
    spread = max(1.0, sum((h - n * p) ** 2 / (n * p * (1 - p)) for h, n in zip(HITS, N, strict=True)) / 7)
    assert found.dispersion == pytest.approx(spread)
    t = (p - 0.5) / np.sqrt(spread * 0.25 / total)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(t), 7))
    # The ends of the interval are the values that the test just does not refuse.
    for end in (found.low, found.high):
        assert share_against(HITS, N, end).p == pytest.approx(0.05)
    assert found.low < p < found.high < 0.5


def test_counts_that_vary_by_chance_alone_give_the_interval_without_dispersion() -> None:
    found = share_against(np.full(200, 30.8), np.full(200, 100.0), 0.3)
    exact = stats.binomtest(6160, 20_000).proportion_ci(method="wilson")
    assert found.dispersion == 1
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=2e-4)


def test_two_words_of_the_same_contacts_are_not_independent() -> None:
    found = words_against(HITS, OTHERS, N)
    scores = np.repeat([1.0, -1.0, 0.0], [int(HITS.sum()), int(OTHERS.sum()), int((N - HITS - OTHERS).sum())])
    variance = scores.var()
    by_week = [(h - o - n * scores.mean()) ** 2 / (n * variance) for h, o, n in zip(HITS, OTHERS, N, strict=True)]
    spread = max(1.0, sum(by_week) / 7)
    assert found.value == pytest.approx(scores.mean())
    error = np.sqrt(spread * variance / len(scores))
    reach = stats.t.ppf(0.975, 7) * error
    assert (found.low, found.high) == pytest.approx((scores.mean() - reach, scores.mean() + reach))
    assert found.p == pytest.approx(2 * stats.t.sf(scores.mean() / error, 7))


def test_two_periods_share_one_dispersion() -> None:
    found = periods_against(HITS[:4], N[:4], HITS[4:], N[4:])
    spread, variance, shares = 0.0, 0.0, []
    for part in (slice(0, 4), slice(4, 8)):
        p = HITS[part].sum() / N[part].sum()
        shares.append(p)
        spread += float((((HITS - N * p) ** 2) / (N * p * (1 - p)))[part].sum()) / 6
        variance += p * (1 - p) / N[part].sum()
    assert found.dispersion == pytest.approx(max(1.0, spread))
    t = (shares[0] - shares[1]) / np.sqrt(max(1.0, spread) * variance)
    assert found.value == pytest.approx(shares[0] - shares[1])
    assert found.p == pytest.approx(2 * stats.t.sf(abs(t), 6))


def test_a_trend_is_the_maximum_of_the_likelihood() -> None:
    months = np.arange(8) * 7 / 30.4375

    def loss(beta: Any) -> float:
        eta = beta[0] + beta[1] * months
        return float(-(HITS * eta - N * np.logaddexp(0, eta)).sum())

    best = optimize.minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12})
    step = 1e-4
    at = best.x
    hessian = np.empty((2, 2))
    for i in range(2):
        for j in range(2):
            a, b = np.eye(2)[i] * step, np.eye(2)[j] * step
            hessian[i, j] = (loss(at + a + b) - loss(at + a - b) - loss(at - a + b) + loss(at - a - b)) / (4 * step**2)
    fitted = 1 / (1 + np.exp(-(at[0] + at[1] * months)))
    spread = max(1.0, float(((HITS - N * fitted) ** 2 / (N * fitted * (1 - fitted))).sum()) / 6)
    p = HITS.sum() / N.sum()
    found = trend(HITS, N, months)
    assert found.value == pytest.approx(at[1] * p * (1 - p), rel=1e-4)
    error = np.sqrt(spread * np.linalg.inv(hessian)[1, 1])
    assert found.p == pytest.approx(2 * stats.t.sf(abs(at[1] / error), 6), rel=1e-3)
    reach = stats.t.ppf(0.975, 6) * error
    assert found.high == pytest.approx((at[1] + reach) * p * (1 - p), rel=1e-3)


@pytest.mark.parametrize("test", ["share", "words", "trend"])
def test_a_true_claim_is_refused_in_one_of_twenty_even_when_weeks_differ(test: str) -> None:
    """2,000 logs of 20 weeks whose share varies from week to week more than chance."""
    draw, refused = np.random.default_rng(20_261_122), 0
    for _ in range(2000):
        n = draw.integers(200, 400, 20).astype(float)
        share = draw.beta(40, 60, 20)
        hits = draw.binomial(n.astype(int), share).astype(float)
        if test == "share":
            refused += share_against(hits, n, 0.4).p <= 0.05
        elif test == "words":
            others = draw.binomial((n - hits).astype(int), 40 / 60 * np.ones(20)).astype(float)
            refused += words_against(hits, others, n).p <= 0.05
        else:
            refused += trend(hits, n, np.arange(20.0)).p <= 0.05
    assert 0.03 <= refused / 2000 <= 0.07


WRONG = (
    ("phone below 40%", "hypothesis must be"),
    ("medium=phone below 40%", "dimension must be one of"),
    ("channel=phone below phone", "another word"),
    ("channel=phone below 2026-13", "days of the calendar"),
    ("channel=phone below 2026-03..2026-01", "not end before it begins"),
    ("channel=phone below 1.200", "can be 1200 or 1.2"),
)


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[one[0] for one in WRONG])
def test_a_text_that_is_no_claim_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_hypothesis(text)


def test_periods_and_words_are_told_apart() -> None:
    assert parse_hypothesis("reason=Case opened above Case closed").other == "Case closed"
    assert parse_hypothesis("channel=phone above 0.4").other == 0.4
    assert parse_hypothesis("channel=phone Not  Leading").relation == "not_leading"
    assert days_of("2024-02") == Days(date(2024, 2, 1), date(2024, 2, 29))
    assert days_of("2026-Q4") == Days(date(2026, 10, 1), date(2026, 12, 31))
    assert days_of("2026-12-31..2027") == Days(date(2026, 12, 31), date(2027, 12, 31))


Ask = Callable[..., Hypotheses]


@pytest.fixture
def ask(tmp_path: Path, write_project: Any) -> Iterator[Ask]:
    """Try claims against a year in which the phone gives way to the web, with a fax that is hardly used."""
    rows = ["contact_id,started_at,channel"]
    for week in range(52):
        day = np.datetime64("2026-01-05") + np.timedelta64(7 * week, "D")
        phone, web = 60 - week, 20 + week
        for channel, count in (("phone", phone), ("web", web), ("letter", 20), ("fax", 1 if week in (3, 9, 30) else 0)):
            for one in range(count):
                rows.append(f"{week}-{channel}-{one},{day}T{9 + one % 8:02}:{one % 60:02}:00,{channel}")
    file = tmp_path / "year.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    ingest([file], load_profile("generic_csv"), tmp_path / "log.duckdb", bytes(range(32)))
    project = open_project(write_project())
    with open_log(tmp_path / "log.duckdb") as log:
        yield lambda *claims, lang="en", **selection: hypotheses(
            project, log, claims, Selection(**selection), Language(lang)
        )


def test_the_phone_no_longer_leads(ask: Ask) -> None:
    early = ask("channel=phone leading", until=date(2026, 3, 31)).tried[0]
    late = ask("channel=phone not leading", since=date(2026, 9, 1)).tried[0]
    assert (early.verdict, late.verdict) == ("holds", "holds")
    assert (early.rival, late.rival) == ("web", "web")
    # January to March: weeks 0 to 12 with 60 to 48 phone contacts, 20 to 32 web, 20 letters and two faxes.
    assert early.n == 13 * 100 + 2
    assert early.share == pytest.approx(sum(60 - week for week in range(13)) / 1302)
    assert early.comparison is not None
    assert early.comparison.value == pytest.approx(sum(40 - 2 * week for week in range(13)) / 1302)


def test_a_trend_has_the_slope_that_was_put_in(ask: Ask) -> None:
    """A point of a hundred a week is 4.35 points a month."""
    falling, rising = ask("channel=phone falling", "channel=phone rising").tried
    assert (falling.verdict, rising.verdict) == ("holds", "fails")
    assert falling.comparison is not None
    assert falling.comparison.value == pytest.approx(-0.01 * 365.25 / 12 / 7, rel=0.12)


def test_periods_values_and_words(ask: Ask) -> None:
    found = ask("channel=phone below 2026-Q1", "channel=phone above 2026-01..2026-03", "channel=phone below 30%",
                "channel=phone above 50%", "channel=letter below web")  # fmt: skip
    assert [one.verdict for one in found.tried] == ["holds", "fails", "undecided", "fails", "holds"]
    assert found.tried[0].periods == 39
    assert any("corrected" in line for line in found.tables()[0].notes)


def test_small_groups_are_withheld(ask: Ask) -> None:
    found = ask("channel=fax below 10%", "channel=phone above fax").tried
    assert [one.verdict for one in found] == ["withheld", "withheld"]
    assert all(one.share is None and one.comparison is None for one in found)
    (table,) = ask("channel=fax below 10%").tables()
    assert all(value is None for value in table.rows[0][2:])
    assert "too small" in table.notes[0]


def test_two_answers_cannot_be_subtracted(ask: Ask) -> None:
    """All contacts less those of the named channels would be the two faxes of January to March."""
    named = {"channel": ["phone", "web", "letter"]}
    claim = "source=generic_csv below 50%"
    assert ask(claim).tried[0].verdict == "fails"
    assert ask(claim, where=named).tried[0].verdict == "withheld"
    assert ask(claim, where={"channel": ["phone", "web", "letter", "fax"]}).tried[0].verdict == "withheld"
    # A period that ends within a month is looked at by day, and the phone of the last week has nine.
    assert ask("channel=letter above 10%", until=date(2026, 12, 31)).tried[0].verdict == "holds"
    assert ask("channel=letter above 10%", until=date(2026, 12, 30)).tried[0].verdict == "holds"
    assert ask("channel=phone above 10%", until=date(2026, 12, 30)).tried[0].verdict == "withheld"


def test_too_few_and_wrong_words(ask: Ask) -> None:
    assert ask("channel=phone below 50%", until=date(2026, 1, 18)).tried[0].verdict == "too_few"
    with pytest.raises(ValueError, match="did you mean 'phone'"):
        ask("channel=fone below 50%")
    with pytest.raises(ValueError, match="must not overlap"):
        ask("channel=phone below 2026-Q1", since=date(2026, 3, 1))


def test_the_verdict_is_said_in_both_languages(ask: Ask) -> None:
    (english,) = ask("channel=phone below 50%").sentences
    (dutch,) = ask("channel=phone below 50%", lang="nl").sentences
    assert english.startswith("‘Phone has less than 50% of the contacts’: holds. Share 34%")
    assert dutch.startswith("‘Phone heeft minder dan 50% van de contacten’: klopt. Aandeel 34%")
    assert "p < 0,001" in dutch
