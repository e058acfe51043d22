"""Do daily figures say what they hold, what does not add up, and that they are no contacts?"""

import csv
from datetime import date, timedelta

import pytest

from touchpoints.faults import ModelError
from workbench.log.daily_figures import daily_figures
from workbench.log.daily_profile import built_in_daily_profiles, load_daily_profile, parse_daily_profile
from workbench.log.errors import LogError
from workbench.log.profile_files import load_profile

DUTCH = parse_daily_profile(
    b"format: delimited\nseparator: semicolon\ndecimal: ','\nformats: '%d-%m-%Y'\nper_cent: yes\n"
    b"figures: {day: Dag, offered: Aanbod, handled: Gesproken, abandoned: Opgehangen,"
    b" wait_s: {columns: Wacht, unit: 'mm:ss'}, service_level: SL}\n",
    "kcc.yaml",
)
HEAD = "Dag;Aanbod;Gesproken;Opgehangen;Wacht;SL\n"


@pytest.fixture
def figures(tmp_path):
    def read(text, by=None, **options):
        (tmp_path / "days.csv").write_text(HEAD + text)
        return daily_figures(tmp_path / "days.csv", DUTCH, by, **options)

    return read


def test_sums_and_weighed_means_worked_out_by_hand(figures):
    found = figures("01-07-2026;100;80;15;1:00;90,0\n02-07-2026;50;20;30;0:15;50,0\n")
    (row,) = found.to_frame().itertuples(index=False)
    assert (row.days_counted, row.offered, row.handled, row.abandoned, row.unaccounted) == (2, 150, 100, 45, 5)
    assert (row.abandonment, row.not_handled) == pytest.approx((0.3, 1 / 3))
    assert row.daily_wait_s == pytest.approx((80 * 60 + 20 * 15) / 100)
    assert row.service_level == pytest.approx((80 * 0.9 + 20 * 0.5) / 100)


def test_what_does_not_add_up_is_said(figures):
    text = "01-07-2026;100;80;15;;\n02-07-2026;50;30;30;;\n04-07-2026;20;15;5;;\n"
    said = " ".join(note.text("en") for note in figures(text).notes())
    assert "on 2 of 3 days: what became of -5 contacts" in said
    assert "on 1 days there are too many" in said
    assert "1 of 4 days between the first and the last are not there" in said
    assert "daily figures are no contacts" in said
    assert "behandeld + opgehangen is niet aangeboden" in next(figures(text).notes()).text("nl")


def test_rows_are_accounted_for(figures):
    found = figures("01-07-2026;100;1;1;;\n01-07-2026;90;1;1;;\n;5;;;;\n02-07-2026;veel;;;;\n03-07-2026;-4;;;;\na;b\n")
    assert (found.rows_read, len(found.days), found.duplicate, found.quarantined) == (6, 1, 1, 4)
    assert found.days[0].offered == 100
    assert "of 6 rows 1 are about a day" in " ".join(note.text("en") for note in found.notes())


def test_what_a_source_does_not_say_is_empty_and_not_zero(figures):
    (row,) = figures("01-07-2026;100;;;;\n").to_frame().itertuples(index=False)
    assert all(value is None for value in (row.handled, row.unaccounted, row.abandonment, row.daily_wait_s))


def test_volume_per_month_with_a_quiet_weekend_is_no_noise(figures):
    first = date(2026, 6, 1)
    days = [(first + timedelta(days=number)) for number in range(28)]
    text = "".join(f"{day:%d-%m-%Y};{10 if day.weekday() > 4 else 100};;;;\n" for day in days)
    value, low, high = figures(text).volume()
    total = 20 * 100 + 8 * 10
    assert value == pytest.approx(total / 28 * 365.25 / 12)
    assert (high - low) / 2 == pytest.approx(1.96 * total**0.5 / 28 * 365.25 / 12, rel=1e-3)


def test_small_periods_are_withheld_with_what_would_give_them_away(figures):
    text = "".join(f"{day:02d}-07-2026;{n};;;;\n" for day, n in ((1, 3), (2, 40), (3, 60)))
    shown = figures(text, "day", suppress_below=10)
    assert list(shown.to_frame()["day"]) == ["2026-07-03"]
    assert [one.key for one in shown.tables()] == ["daily_figures"]
    assert len(figures(text, "day", suppress_below=1).to_frame()) == 3


def test_tables_in_both_languages(figures):
    found = figures("01-07-2026;100;80;15;1:00;90,0\n", "month")
    assert "2026-07" in found._repr_html_()
    with pytest.raises(ValueError, match="by must be of"):
        figures("", "hour")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format: delimited\nfigures: {day: a}\n", "'offered' is missing"),
        ("format: json\nfigures: {day: a, offered: b}\n", "not json"),
        ("format: delimited\nfigures: {day: a, offered: b, ofered: c}\n", "unknown figure 'ofered'"),
    ],
)
def test_broken_profile_is_told(text, said):
    with pytest.raises(ModelError, match=said):
        parse_daily_profile(text.encode(), "kcc.yaml")


def test_profiles_of_contacts_and_of_days_are_not_mixed_up():
    with pytest.raises(LogError, match="no daily profile 'generic_csv'"):
        load_daily_profile("generic_csv")
    with pytest.raises(LogError, match="no profile 'vancouver_311'"):
        load_profile("vancouver_311")
    assert all(load_daily_profile(name).name for name in built_in_daily_profiles())


def test_city_line_equals_plain_csv(shared_data):
    file = shared_data / "vancouver_311_daily.csv"
    if not file.is_file():
        pytest.skip("vancouver_311_daily.csv is not among the real logs")
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, delimiter=";"))
    found = daily_figures(file, load_daily_profile("vancouver_311"))
    assert (found.rows_read, len(found.days), found.quarantined) == (len(rows), 5585, 0)
    offered, handled, abandoned = (
        sum(int(row[name]) for row in rows) for name in ("CallsOffered", "CallsHandled", "CallsAbandoned")
    )
    (row,) = found.to_frame().itertuples(index=False)
    assert (row.offered, row.handled, row.abandoned) == (offered, handled, abandoned)
    assert row.unaccounted == offered - handled - abandoned != 0
    odd = sum(int(r["CallsOffered"]) != int(r["CallsHandled"]) + int(r["CallsAbandoned"]) for r in rows)
    said = " ".join(note.text("en") for note in found.notes())
    assert f"on {odd:,} of 5,585 days" in said
    assert "2 of 5,587 days" in said
    wait = sum(float(r["AverageSpeedofAnswer"]) * int(r["CallsHandled"]) for r in rows) / handled
    assert row.daily_wait_s == pytest.approx(wait)
