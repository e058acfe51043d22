"""Does a simulated log have the numbers of its truth, within the error of its size?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from touchpoints.faults import ModelError
from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory
from workbench.log.contact import FIELDS
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.simulation.simulate import SimulationError, simulate

MODEL = """
channels: {phone: {extends: library.phone}, web: {extends: library.web}, email: {extends: library.email}}
teams: {kcc: {hours: [mon-fri 08:30-17:00, "sat 10:00-12:00"]}}
touchpoints:
  line: {channel: phone, owner: kcc}
  site: {channel: web}
  mail: {channel: email, owner: kcc}
  mail_out: {channel: email, owner: kcc, direction: outbound}
reasons: {move: {}, status: {}, confirmation: {}}
personas: {starter: {}, senior: {}}
volumes:
  - {touchpoint: line, reason: move, contacts: 3000/month, handling_time: 5m, wait: 40s, abandoned: 6%, handed_off: 12%,
     resolved_first_time: 75%}
  - {touchpoint: line, reason: status, contacts: 2000/month, handling_time: 3m, wait: 60s, abandoned: 10%,
     resolved_first_time: 60%}
  - {touchpoint: mail, reason: status, contacts: 1000/month, handling_time: 8m, answer_time: 24 working hours,
     unanswered: 2%}
  - {touchpoint: site, reason: move, contacts: 6000/month}
journeys:
  moving:
    starts: 1500/month
    start: {search: 80%, call: 20%}
    personas: {starter: 70%, senior: 30%}
    steps:
      search:
        {touchpoint: site, reason: move, own_time: 5m, next: {wait_home: 62%, call: 30%, gave_up: 8%},
         by_persona: {senior: {next: {wait_home: 35%, call: 60%, gave_up: 5%}}}}
      call: {touchpoint: line, reason: move, next: {resolved: 80%, call: 15%, gave_up: 5%}}
      wait_home: {own_time: 1h, next: confirm}
      confirm: {touchpoint: mail_out, reason: confirmation, next: {resolved: 85%, call: rest}}
"""

PER_MONTH = {
    ("line", "move"): 3000.0,
    ("line", "status"): 2000.0,
    ("mail", "status"): 1000.0,
    ("site", "move"): 6000.0,
    # starters 1500 × .7 × .8 × .62 = 520.8, seniors 1500 × .3 × .8 × .35 = 126
    ("mail_out", "confirmation"): 646.8,
}
"""Contacts per month by touchpoint and reason: the volume where there is one, else the flow."""

DAYS = 112
DAYS_PER_MONTH = 365.25 / 12
ERRORS = 4


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    root = tmp_path_factory.mktemp("moving")
    (root / "model").mkdir()
    (root / "workbench.yaml").write_text("name: Moving\n", encoding="utf-8")
    (root / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    inventory = load_inventory(root)
    assert not inventory.faults
    return inventory


@pytest.fixture(scope="module")
def log(inventory: Inventory, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Sixteen weeks of contacts, about 46,000, over the change to summer time."""
    out = tmp_path_factory.mktemp("log") / "log.parquet"
    simulate(inventory, out, seed=11, days=DAYS, start=date(2026, 3, 2))
    return local(pd.read_parquet(out))


def local(log: pd.DataFrame) -> pd.DataFrame:
    for name in ("started_at", "answered_at", "ended_at"):
        log[name] = log[name].dt.tz_convert("Europe/Amsterdam")
    return log


def near(observed: float, expected: float, error: float) -> bool:
    """Whether an observation lies within four standard errors; the error must be small enough to mean something."""
    assert 0 < error < 0.2 * expected
    return abs(observed - expected) < ERRORS * error


def share_is(flags: pd.Series, expected: float) -> bool:
    return near(flags.mean(), expected, (expected * (1 - expected) / len(flags)) ** 0.5)


def mean_is(values: pd.Series, expected: float) -> bool:
    return near(values.mean(), expected, values.std() / len(values) ** 0.5)


@pytest.mark.parametrize("pair", PER_MONTH)
def test_totals_are_those_of_the_truth(log: pd.DataFrame, pair: tuple[str, str]) -> None:
    rows = log[(log.touchpoint == pair[0]) & (log.reason == pair[1])]
    bundles = rows.groupby(rows.case_key.fillna(rows.customer_key)).size()
    error = float((bundles**2).sum()) ** 0.5  # a compound Poisson number has the variance Σk²
    assert near(len(rows), PER_MONTH[pair] * DAYS / DAYS_PER_MONTH, error)


def test_nothing_else_is_in_the_log(log: pd.DataFrame) -> None:
    assert set(zip(log.touchpoint, log.reason, strict=True)) == set(PER_MONTH)


@pytest.mark.parametrize(("pair", "mean_s"), [("line move", 300), ("line status", 180), ("mail status", 480)])
def test_mean_handling_times(log: pd.DataFrame, pair: str, mean_s: float) -> None:
    rows = log[log.touchpoint + " " + log.reason == pair]
    handled = rows.outcome == "answered"
    assert mean_is(rows.handling_time_s[handled].astype(float), mean_s)
    assert rows.handling_time_s[~handled].isna().all()


@pytest.mark.parametrize(("pair", "mean_s", "abandoned"), [("line move", 40, 0.06), ("line status", 60, 0.10)])
def test_waits_and_abandonment(log: pd.DataFrame, pair: str, mean_s: float, abandoned: float) -> None:
    rows = log[log.touchpoint + " " + log.reason == pair]
    assert mean_is(rows.wait_s.astype(float), mean_s)
    assert share_is(rows.outcome == "abandoned", abandoned)
    assert share_is(rows.wait_s == 0, 0.4)
    assert rows.answered_at[rows.outcome == "abandoned"].isna().all()
    waited_s = (rows.answered_at - rows.started_at).dt.total_seconds()
    answered = rows.outcome == "answered"
    assert (waited_s[answered] == rows.wait_s[answered]).all()


def test_hand_offs_unanswered_and_what_the_model_does_not_state(log: pd.DataFrame) -> None:
    calls = log[(log.touchpoint == "line") & (log.reason == "move") & (log.outcome == "answered")]
    assert share_is(calls.layer_count == 2, 0.12)
    mail = log[log.touchpoint == "mail"]
    assert near((mail.outcome == "unanswered").mean(), 0.02, (0.02 * 0.98 / len(mail)) ** 0.5)
    assert mail.layer_count.isna().all()
    assert mail.wait_s.isna().all()
    site = log[log.touchpoint == "site"]
    assert set(site.outcome) == {"self_served"}
    assert site.handling_time_s.isna().all()


@pytest.mark.parametrize(("persona", "calls", "confirmed"), [("starter", 0.30, 0.62), ("senior", 0.60, 0.35)])
def test_transition_shares_per_persona(log: pd.DataFrame, persona: str, calls: float, confirmed: float) -> None:
    cases = log[log.case_key.notna() & (log.persona == persona)].sort_values(["case_key", "started_at"])
    following = cases.groupby("case_key").touchpoint.shift(-1)
    early = cases.started_at < cases.started_at.max() - pd.Timedelta(days=30)  # the others may still go on
    searches = early & (cases.touchpoint == "site")
    assert share_is(following[searches] == "line", calls)
    assert share_is(following[searches] == "mail_out", confirmed)
    confirmations = following[early & (cases.touchpoint == "mail_out")]
    assert share_is(confirmations == "line", 0.15)


def test_persona_mix_and_start_shares(log: pd.DataFrame) -> None:
    late = log.started_at > log.started_at.min() + pd.Timedelta(days=21)  # the others may have begun before the log
    first = log[log.case_key.notna()].drop_duplicates("case_key")
    first = first[late[first.index]]
    assert share_is(first.persona == "senior", 0.30)
    assert share_is(first.touchpoint == "line", 0.20)


@pytest.mark.parametrize(("pair", "resolved"), [("line move", 0.75), ("line status", 0.60)])
def test_repeats_lie_inside_the_volume_and_the_window(log: pd.DataFrame, pair: str, resolved: float) -> None:
    rest = log[log.case_key.isna() & (log.touchpoint + " " + log.reason == pair)]
    rest = rest.sort_values(["customer_key", "started_at"])
    same = rest.customer_key == rest.customer_key.shift(-1)
    gap_days = (rest.started_at.shift(-1) - rest.started_at).dt.total_seconds().where(same) / 86_400
    early = rest.started_at < rest.started_at.max() - pd.Timedelta(days=14)
    returned = gap_days[early] <= 7
    assert share_is(returned, 1 - resolved)
    assert (gap_days[early].between(7.05, 14)).mean() < 0.01  # chance meetings of one customer only
    assert (returned == ~rest.resolved[early].astype("boolean")).mean() > 0.85  # not served: not known


def test_the_first_week_is_a_week_like_any_other(log: pd.DataFrame) -> None:
    confirmations = log[log.touchpoint == "mail_out"]
    per_week = confirmations.started_at.dt.tz_localize(None).dt.to_period("W-SUN").value_counts()
    assert len(per_week) == DAYS // 7
    expected = PER_MONTH["mail_out", "confirmation"] * 7 / DAYS_PER_MONTH
    assert (abs(per_week - expected) < ERRORS * expected**0.5).all()


def test_calls_come_in_opening_hours_and_mail_at_any_hour(log: pd.DataFrame) -> None:
    started = log.started_at.dt
    minute = started.hour * 60 + started.minute
    weekday = started.day_of_week
    is_open = ((weekday < 5) & minute.between(8 * 60 + 30, 17 * 60 - 1)) | (
        (weekday == 5) & minute.between(10 * 60, 12 * 60 - 1)
    )
    assert is_open[log.touchpoint.isin(["line", "mail_out"])].all()
    assert 0.3 < (~is_open[log.touchpoint == "mail"]).mean() < 0.8
    assert is_open[log.touchpoint == "line"].sum() > 5_000
    assert (log.started_at.dt.tz_localize(None).dt.date >= date(2026, 3, 2)).all()


def test_replies_take_working_hours(log: pd.DataFrame, inventory: Inventory) -> None:
    hours = inventory.teams["kcc"].hours
    assert hours is not None
    mail = log[(log.touchpoint == "mail") & (log.outcome == "answered")].head(400)
    minutes = []
    for begun, done in zip(mail.started_at.dt.tz_localize(None), mail.answered_at.dt.tz_localize(None), strict=True):
        assert hours.is_open(done.weekday(), done.hour * 60 + done.minute)
        passed = pd.date_range(begun.floor("5min"), done, freq="5min")
        minutes.append(5 * sum(hours.is_open(at.weekday(), at.hour * 60 + at.minute) for at in passed))
    assert mean_is(pd.Series(minutes), 24 * 60)


def test_csv_has_wall_times_with_their_offset_and_known_columns(inventory: Inventory, tmp_path: Path) -> None:
    simulate(inventory, tmp_path / "log.csv", seed=3, days=7, start=date(2026, 3, 25))
    simulate(inventory, tmp_path / "log.parquet", seed=3, days=7, start=date(2026, 3, 25))
    text = pd.read_csv(tmp_path / "log.csv", dtype=str)
    assert set(text.columns) <= set(FIELDS)
    assert text.started_at.str.fullmatch(r"2026-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00").all()
    summer = text.started_at.str.endswith("+02:00")
    assert summer.equals(text.started_at.str[:19] >= "2026-03-29T03")
    assert not text.started_at.str.startswith("2026-03-29T02").any()
    table = local(pd.read_parquet(tmp_path / "log.parquet"))
    assert (pd.to_datetime(text.started_at, utc=True) == table.started_at).all()
    assert text.started_at.is_monotonic_increasing
    assert set(text.source) == {"simulated"}
    assert set(text.outcome) <= set(FIELDS["outcome"].words)
    assert set(text.direction) <= set(FIELDS["direction"].words)


def test_the_hour_that_comes_twice_is_used_twice(inventory: Inventory, tmp_path: Path) -> None:
    (tmp_path / "truth.yaml").write_text("volumes: {site/move: {contacts: 600000/month}}", encoding="utf-8")
    simulate(inventory, tmp_path / "a.csv", seed=3, days=1, start=date(2026, 10, 25), truth=tmp_path / "truth.yaml")
    hours = pd.read_csv(tmp_path / "a.csv").started_at.str.replace(r":\d\d:\d\d\+", "+", regex=True).value_counts()
    assert hours["2026-10-25T02+02:00"] > 10
    assert hours["2026-10-25T02+01:00"] > 10


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_same_seed_same_bytes(inventory: Inventory, tmp_path: Path, ending: str) -> None:
    made = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulate(inventory, tmp_path / f"{name}.{ending}", seed=seed, contacts=3_000)
        made.append((tmp_path / f"{name}.{ending}").read_bytes())
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_the_order_of_the_yaml_draws_nothing_else(
    inventory: Inventory, write_project: Callable[..., Path], tmp_path: Path
) -> None:
    head, volumes, journeys = MODEL.partition("volumes:")[0], MODEL.partition("volumes:")[2], ""
    volumes, _, journeys = volumes.partition("journeys:")
    records = [f"  - {{{record}" for record in volumes.split("  - {")[1:]]
    model = f"journeys:{journeys}volumes:\n{''.join(reversed(records))}{head}"
    model = model.replace("{wait_home: 62%, call: 30%, gave_up: 8%}", "{gave_up: 8%, call: 30%, wait_home: 62%}")
    other = load_inventory(write_project(model))
    assert list(other.volumes) == list(reversed(inventory.volumes))
    simulate(inventory, tmp_path / "a.csv", seed=1, contacts=3_000)
    simulate(other, tmp_path / "b.csv", seed=1, contacts=3_000)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_contacts_decide_the_length_and_never_the_rate(inventory: Inventory, tmp_path: Path) -> None:
    made = simulate(inventory, tmp_path / "a.csv", seed=5, contacts=25_000, start=date(2026, 1, 5))
    assert made.contacts == 25_000 == len(pd.read_csv(tmp_path / "a.csv"))
    assert made.contacts_per_month == pytest.approx(sum(PER_MONTH.values()))
    assert made.last_at is not None
    months = (made.last_at.date() - made.start).days / DAYS_PER_MONTH
    assert months == pytest.approx(25_000 / made.contacts_per_month, rel=0.04)


def test_what_has_no_number_is_left_out_and_said(load: Callable[..., Inventory], tmp_path: Path) -> None:
    inventory = load("""
touchpoints: {line: {}, desk: {}}
reasons: {a: {}, b: {}}
volumes:
  - {touchpoint: line, reason: a, contacts: 5000/month}
  - {touchpoint: desk, reason: b}
journeys: {j: {steps: {one: {touchpoint: desk, reason: a}}}}
""")
    made = simulate(inventory, tmp_path / "a.csv", seed=1, contacts=100)
    assert made.left_out == ("journey 'j': no `starts`", "volume 'desk/b': no `contacts`, and no journey passes it")
    log = pd.read_csv(tmp_path / "a.csv")
    assert set(log.touchpoint) == {"line"}
    unsaid = ["handling_time_s", "wait_s", "layer_count", "resolved", "persona", "case_key", "channel", "agent_group"]
    assert log[unsaid].isna().all().all()


def test_a_volume_counted_per_persona_keeps_its_parts(load: Callable[..., Inventory], tmp_path: Path) -> None:
    inventory = load("""
touchpoints: {line: {}}
reasons: {a: {}}
personas: {young: {}, old: {}}
volumes:
  - {touchpoint: line, reason: a, persona: young, contacts: 30000/month, handling_time: 2m}
  - {touchpoint: line, reason: a, persona: old, contacts: 10000/month, handling_time: 6m}
journeys: {j: {starts: 20000/month, steps: {one: {touchpoint: line, reason: a, next: resolved}}}}
""")
    simulate(inventory, tmp_path / "a.csv", seed=1, days=7)
    log = pd.read_csv(tmp_path / "a.csv")
    week = 7 / DAYS_PER_MONTH
    assert near(len(log), 40_000 * week, (40_000 * week) ** 0.5)
    for persona, rest, mean_s in (("young", 15_000, 120), ("old", 5_000, 360)):
        rows = log[log.persona == persona]
        assert near(len(rows), rest * week, (rest * week) ** 0.5)
        assert mean_is(rows.handling_time_s, mean_s)


def test_a_loop_of_nine_tenths_is_walked_ten_times(load: Callable[..., Inventory], tmp_path: Path) -> None:
    inventory = load("""
touchpoints: {line: {}}
reasons: {a: {}}
journeys: {j: {starts: 3000/month, steps: {one: {touchpoint: line, reason: a, next: {one: 90%, resolved: rest}}}}}
""")
    made = simulate(inventory, tmp_path / "a.csv", seed=1, days=28)
    assert made.contacts_per_month == pytest.approx(30_000)
    expected = 30_000 * 28 / DAYS_PER_MONTH
    error = (3_000 * 28 / DAYS_PER_MONTH * (1.9 / 0.1**2)) ** 0.5  # E[k²] of a geometric number is (2 − p) / p²
    assert near(made.contacts, expected, error)
    log = pd.read_csv(tmp_path / "a.csv")
    assert share_is(log.resolved, 0.1)


def test_a_model_with_errors_is_refused(load: Callable[..., Inventory], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model/model.yaml:1: .*390"):
        simulate(load("volumes: [{touchpoint: a, reason: b, wait: 390}]"), tmp_path / "a.csv", seed=1, days=1)


def test_a_model_without_contacts_is_refused(load: Callable[..., Inventory], tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match=r"nothing to draw; .*`contacts: 1200/month`"):
        simulate(load("touchpoints: {line: {}}"), tmp_path / "a.csv", seed=1, days=1)


def test_a_log_of_centuries_is_refused(load: Callable[..., Inventory], tmp_path: Path) -> None:
    inventory = load("touchpoints: {t: {}}\nreasons: {r: {}}\nvolumes: [{touchpoint: t, reason: r, contacts: 1/year}]")
    with pytest.raises(SimulationError, match="takes 5,000 years; ask for less"):
        simulate(inventory, tmp_path / "a.csv", seed=1, contacts=5_000)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, "one of contacts and days must be given, got None and None"),
        ({"contacts": 1, "days": 1}, "one of contacts and days must be given, got 1 and 1"),
        ({"contacts": 0}, "contacts must be at least 1, got 0"),
        ({"days": -1}, "days must be at least 1, got -1"),
    ],
)
def test_wrong_arguments(inventory: Inventory, tmp_path: Path, wrong: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        simulate(inventory, tmp_path / "a.csv", seed=1, **wrong)


def test_other_endings_are_refused(inventory: Inventory, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"out must end in .csv or .parquet, got '.*a.xlsx'"):
        simulate(inventory, tmp_path / "a.xlsx", seed=1, days=1)


def test_a_stop_half_way_leaves_the_file_as_it_was(inventory: Inventory, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("as it was", encoding="utf-8")

    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(inventory, tmp_path / "a.csv", seed=1, days=1, told=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "as it was"


def test_progress_counts_up_to_the_end(inventory: Inventory, tmp_path: Path) -> None:
    seen: list[int] = []
    simulate(inventory, tmp_path / "a.csv", seed=1, contacts=250_000, told=seen.append)
    assert seen[-1] == 250_000
    assert np.all(np.diff(seen) > 0)
    assert len(seen) > 1


@pytest.mark.parametrize(("ending", "profile"), [("csv", "generic_csv"), ("parquet", "generic_parquet")])
def test_the_store_takes_in_every_row(inventory: Inventory, tmp_path: Path, ending: str, profile: str) -> None:
    simulate(inventory, tmp_path / f"log.{ending}", seed=1, contacts=2_000)
    made = ingest([tmp_path / f"log.{ending}"], load_profile(profile), tmp_path / "log.duckdb", b"k" * 32)
    assert made.contacts == 2_000
    assert made.added == 2_000
