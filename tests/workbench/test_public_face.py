"""Is all that a notebook needs reached from `workbench`, and do results show themselves safely?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import workbench as wb
from workbench.in_notebook import MOST, Source, result_html
from workbench.language.language import Language
from workbench.pictures.chart import _CHARTS
from workbench.project import Project
from workbench.result import Assumptions, One, Result
from workbench.tables import table

GEMEENTE = Path(__file__).parents[2] / "examples" / "gemeente"


@pytest.fixture(scope="module")
def project() -> Project:
    return wb.open(GEMEENTE, lang="en")


def test_every_name_offered_is_there_and_is_documented() -> None:
    assert set(wb.__all__) <= set(dir(wb))
    for name in wb.__all__:
        assert (getattr(wb, name).__doc__ or "").strip(), name


def test_importing_it_brings_nothing_heavy() -> None:
    heavy = "pandas duckdb ibis scipy networkx pydantic"
    code = f"import sys, workbench; print([one for one in '{heavy}'.split() if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_result_can_be_cut_and_says_how_much_there_is(project: Project) -> None:
    found = wb.overview(project)["reasons"]
    frame = found.to_frame()
    status = found.where(status_question=True)
    assert len(status.to_frame()) == int(frame["status_question"].eq(True).sum())
    assert f"{len(status.to_frame())} of {len(frame)} rows." in status._repr_html_()
    assert f"2 of {len(frame)} rows." in status.head(2)._repr_html_()
    with pytest.raises(KeyError, match="colour"):
        found.where(colour="red")


def test_charts_of_results_are_drawn_and_unknown_ones_are_refused_with_those_there_are(project: Project) -> None:
    drawn = set()
    for analysis in (wb.overview, wb.matrix, wb.steering, wb.content, wb.effort, wb.staffing, wb.maturity):
        result = analysis(project)
        drawn.add(type(result))
        for kind in wb.charts(result):
            (sheet,) = wb.chart(result, kind).sheets
            assert sheet.lstrip().startswith("<svg")
            assert 'role="img"' in sheet
    case = wb.case(project, draws=100)
    drawn.add(type(case))
    assert all(wb.chart(case, kind, of="digital_first").sheets for kind in wb.charts(case))
    assert {one.__name__ for one in set(_CHARTS) - drawn} == {"Conformance", "Histogram", "Arrivals"}  # of a log
    with pytest.raises(ValueError, match="fan, steps, tornado"):
        wb.chart(case, "pie")
    with pytest.raises(ValueError, match="answers_first, digital_first"):
        wb.chart(case, of="nothing_first")
    with pytest.raises(ValueError, match="Missing"):
        wb.chart(wb.missing(project))
    assert wb.charts(wb.missing(project)) == ()


def test_a_view_escapes_every_text_and_shortens_long_tables() -> None:
    hostile = '<script>alert(1)</script>" onload="x'
    rows = [(hostile, number) for number in range(MOST + 30)]
    made = table("effort", ["step", "n"], rows, [hostile])
    for language, said in ((Language("en"), f"{MOST} of 50 rows"), (Language("nl"), f"{MOST} van de 50 regels")):
        shown = result_html([made, made], language)
        assert "<script" not in shown
        assert 'onload="x' not in shown
        assert said in shown
        assert shown.count("<details>") == 1
    assert "<script" not in Source(f"+ {hostile}\n- {hostile}")._repr_html_()
    assert "No rows." in One(table("effort", ["step"], []), (), Language("en"))._repr_html_()


def test_a_source_is_the_text_and_shows_its_first_lines() -> None:
    text = "a: 1\nb: 2\nc: 3\n"
    assert Source(text).head(2) == text
    assert "and 1 more line<" in Source(text).head(2)._repr_html_()


def test_assumptions_are_a_tuple_and_a_table(project: Project) -> None:
    found = wb.effort(project).assumptions
    assert isinstance(found, Assumptions)
    assert tuple(found) == found
    frame = found.to_frame()
    assert len(frame) == len(found)
    assert frame["place"].str.contains(r":\d+$").all()
    assert {"assumed", "workshop", "measured"} >= set(frame["grade"])


def test_the_numbers_of_the_model_are_counted_by_grade(project: Project) -> None:
    counted = wb.overview(project)["evidence"].to_frame()
    assert counted["numbers"].sum() == len(list(project.inventory.assumptions()))
    assert counted["numbers_share"].sum() == pytest.approx(1)


def test_a_project_says_in_a_line_what_it_is() -> None:
    assert repr(wb.open(GEMEENTE, "nl")).startswith("Gemeente Vliethaven: 24 contactpunten, 39 contactredenen")


def test_the_log_is_simulated_read_asked_and_closed_in_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "workbench.yaml").write_text("name: Shop\nlanguage: en\ncurrency: EUR\ntime_zone: UTC\n")
    (tmp_path / "model" / "all.yaml").write_text(
        "touchpoints: {line: {name: The line, channel: phone}}\nreasons: {order: {category: request}}\n"
        "volumes: [{touchpoint: line, reason: order, contacts: 900/month, handling_time: 5m, wait: 30s}]\n"
    )
    project = wb.open(tmp_path)
    with pytest.raises(ValueError, match="name log files"):
        wb.ingest(project)
    with pytest.raises(ValueError, match="name a profile"):
        wb.ingest(project, tmp_path / "log.csv")
    made = wb.simulate(project, tmp_path / "log.csv", contacts=900)
    read = wb.ingest(project, tmp_path / "log.csv", "generic_csv", key=tmp_path / "key")
    assert read.added == made.contacts
    log = wb.open_log(project)
    volume = wb.measure(project, log, "volume", by="touchpoint").to_frame()
    assert volume["touchpoint"].tolist() == ["The line"]
    assert volume["n"].sum() == made.contacts
    assert wb.spread(project, log, "wait_s", where={"touchpoint": "line"}).n == made.contacts
    assert wb.chart(wb.measure(project, log, "arrivals")).sheets
    with pytest.raises(ValueError, match="volume, handling_time"):
        wb.measure(project, log, "volumes")
    log.close()
    with pytest.raises(Exception, match=r"[Cc]losed"):
        wb.measure(project, log, "volume", by="touchpoint")


def test_at_a_prompt_a_result_says_which_tables_it_has(project: Project) -> None:
    found = wb.effort(project, draws=0)
    assert repr(found).startswith("<Effort: effort (")
    assert len(repr(found)) < 400
    wb.ingest, wb.conformance, wb.ledger, wb.hypotheses, wb.calibrate, wb.discover, wb.difference  # noqa: B018 loads them
    assert {one.__repr__ for one in Result.__subclasses__()} == {Result.__repr__}


def test_a_project_is_called_by_its_name_in_the_language_asked_for() -> None:
    root = Path(__file__).parents[2] / "examples" / "gemeente"
    assert repr(wb.open(root, lang="en")).startswith("Municipality of Vliethaven:")
    assert repr(wb.open(root, lang="nl")).startswith("Gemeente Vliethaven:")
