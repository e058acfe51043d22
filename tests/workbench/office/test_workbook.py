"""Does the workbook hold every table, typed, and do its formulas come to what the business case says?"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.hostile import HOSTILE, hostile_project
from tests.workbench.office.sheets import Calculation, Workbook
from workbench.analysis.case.business import case
from workbench.language.language import Language
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.office.excel import case_plan
from workbench.office.excel.book import HEAD_ROW
from workbench.office.excel.sheet_names import SheetNames
from workbench.office.excel.totals import SUMS
from workbench.office.excel.workbook import workbook
from workbench.office.slides.presentation import presentation
from workbench.project import open_project
from workbench.report.answers import Answers
from workbench.report.blocks import Chapter, Paragraph, Report, Rows
from workbench.report.build import answers_of, report_of
from workbench.report.first_page import first_page
from workbench.report.log_chapter import validation
from workbench.tables import table

EXAMPLE = Path(__file__).parents[3] / "examples" / "gemeente"
INPUT = "FFFFF6D6"
SMALL = """
teams: {kcc: {people: 8, fte: 6.4, cost_per_hour: EUR 40, hours: [mon-fri 08:30-17:00]}}
touchpoints:
  line: {channel: phone, owner: kcc}
  site: {channel: web}
  desk: {channel: counter, owner: kcc}
reasons: {status: {}, how: {}}
volumes:
  - {touchpoint: line, reason: status, contacts: 1000/month, handling_time: 6m}
  - {touchpoint: line, reason: how, contacts: 500/month, handling_time: 9m}
  - {touchpoint: desk, reason: how, contacts: 100/month, handling_time: 4m}
scenarios:
  both:
    measures:
      - {kind: eliminate, reasons: [status], share: 20%, cost_each: EUR 0.1, rising_complexity: 4%}
      - {kind: shift, reasons: [how], from: line, to: desk, eligible: 50%, adoption: ADOPTION, resolved: 80%,
         start: 2027-03}
      - {kind: shift, reasons: [how], from: line, to: site, eligible: 40%, adoption: 50%, resolved: 70%,
         cost_each: EUR 0.2}
      - {kind: handling_time, touchpoints: [line], reduction: 10%}
    investments:
      - {what: tool, once: EUR 9000, running: EUR 200/month, start: 2027-02}
      - {what: x, running: EUR 600/year}
    start: 2027-01
    ramp: 3 months
    horizon: 24 months
    discount_rate: 4%
    cashable: 60%
"""

LOGGED = """
touchpoints: {line: {name: Phone line, channel: phone}}
reasons: {how: {}}
volumes: [{touchpoint: line, reason: how, contacts: 100/month, handling_time: 5m}]
"""


@dataclass(frozen=True)
class Made:
    """A workbook with what it was made from."""

    report: Report
    answers: Answers
    file: bytes
    book: Workbook


@pytest.fixture(scope="module")
def made() -> Iterator[Made]:
    """The workbook of the municipality, in Dutch."""
    with answers_of(open_project(EXAMPLE, "nl").require_sound()) as answers:
        report = report_of(answers)
        file = workbook(answers, report)
        yield Made(report, answers, file, Workbook(file))


def of_model(root: Path, lang: str = "en") -> tuple[Answers, bytes]:
    """The workbook of a small model with the chapters that need no pictures."""
    answers = Answers(open_project(root, lang).require_sound(), Language(lang))  # type: ignore[arg-type]
    chapters = (
        Chapter("summary", "In short", (Paragraph("=1+1"),)),
        Chapter("contact-points", "Touchpoints", (Rows(answers.overview.touchpoints()),), 1),
        Chapter("case", "Case", tuple(Rows(one) for one in answers.case.tables()), 7),
        Chapter("assumptions", "Assumptions", (Rows(table("assumptions", ["assumption"], [])),)),
    )
    return answers, workbook(answers, Report("=1+1", "", chapters))


def test_every_formula_comes_to_the_value_beside_it(made: Made) -> None:
    sys.setrecursionlimit(20_000)
    found = Calculation(made.book)
    assert len(made.book.formulas) > 5_000
    for cell in made.book.formulas:
        value, written = found.value(cell), made.book.values.get(cell)
        same = (
            value == pytest.approx(written, rel=1e-9, abs=1e-6)
            if isinstance(written, float)
            else value == (written or "")
        )
        assert same, (cell, made.book.formulas[cell], value, written)


def test_every_table_has_a_sheet_with_a_link_to_it_and_its_rows_unrounded(made: Made) -> None:
    names = list(made.book.sheets)
    assert names[:2] == ["In het kort", "Inhoud"]
    read = CalamineWorkbook.from_filelike(BytesIO(made.file))
    sheets = iter(names[2:])
    for chapter in made.report.chapters:
        for one in chapter.tables():
            sheet = next(name for name in sheets if not name.startswith(("7 Werk", "7a", "7b")))
            if chapter.step:
                assert sheet.startswith(f"{chapter.step} ")
            rows = read.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            assert len(rows) >= HEAD_ROW + 1 + len(one.rows)
            if one.key == "assumptions":
                continue
            columns = [at for at, unit in enumerate(one.units()) if unit in ("count", "money", "hours", "share")]
            for given, written in zip(one.rows, rows[HEAD_ROW + 1 :], strict=False):
                for at in columns:
                    assert written[at] == ("" if given[at] is None else pytest.approx(given[at]))
    links = made.book.file.read(made.book.sheets["Inhoud"]).decode()
    assert all(
        f"location=\"'{name.replace(chr(39), chr(39) * 2)}'!A1\"" in links.replace("&apos;", "'") for name in names[2:]
    )


def test_totals_are_formulas_over_the_rows_they_stand_under(made: Made) -> None:
    tables = {one.key: one for chapter in made.report.chapters for one in chapter.tables()}
    assert set(SUMS) <= set(tables), "a table that is summed is no longer in the report"
    assert all(set(columns) <= set(tables[key].columns) for key, columns in SUMS.items())
    row = HEAD_ROW + 1 + len(tables["touchpoints"].rows)
    column = tables["touchpoints"].columns.index("cost_per_year")
    cell = ("1 Contactpunten", row, column)
    assert made.book.formulas[cell] == f"SUBTOTAL(109,F{HEAD_ROW + 2}:F{row})"
    expected = sum(line[column] for line in tables["touchpoints"].rows if line[column])
    assert made.book.values[cell] == pytest.approx(expected)


def test_numbers_have_the_format_of_the_language(made: Made) -> None:
    book = made.book
    formats = {book.looks[book.styles["1 Contactpunten", HEAD_ROW + 1, column]][1] for column in range(3, 6)}
    assert formats == {"[$-413]#,##0", '[$-413]"€" #,##0;[$-413]"€" -#,##0'}
    heads = [book.values["1 Contactpunten", HEAD_ROW, column] for column in range(6)]
    assert heads[5] == "Kosten per jaar [€]"
    assert heads[4] == "Uren medewerkers per jaar [uur]"


def test_the_business_case_follows_from_its_sheets(made: Made) -> None:
    """The flows of the sheet, discounted by hand, are worth what the case says; inputs are marked and no formulas."""
    best, book, sheet = made.answers.case.scenarios[0], made.book, "7a Kasstroom"
    (row, flow), found = book.find(sheet, "Kasstroom in geld [€]"), Calculation(made.book)
    money = [found.value((sheet, row + 1 + month, flow)) for month in range(37)]
    by_hand = sum(one / 1.0225 ** (month / 12) for month, one in enumerate(money))
    assert by_hand == pytest.approx(best.worth.npv, rel=1e-9)
    line, column = book.find("7a Businesscase", "Netto contante waarde in geld [€]")
    assert book.values["7a Businesscase", line, column + 1] == pytest.approx(by_hand, rel=1e-9)
    inputs = [cell for cell in book.styles if book.looks[book.styles[cell]][0] == INPUT]
    assert {cell[0] for cell in inputs} == {"In het kort", "7 Werk", "7a Businesscase", "7b Businesscase"}
    assert not any(cell in book.formulas for cell in inputs)
    share = book.find("7a Businesscase", "Kennisbank in het gesprek: tijdwinst")[0]
    told = [book.values["7a Businesscase", share, at] for at in range(7)]
    assert told[1:] == [0.15, 0.1, 0.2, "aangenomen", "proef met zes medewerkers", "model/scenarios.yaml:17"]


def test_a_changed_input_gives_what_the_changed_model_gives(write_project: Any) -> None:
    """Several shifts of one line, a later start, heavier contacts, money once and each month, all from one cell."""
    sys.setrecursionlimit(20_000)
    book = Workbook(of_model(write_project(SMALL.replace("ADOPTION", "60%")))[1])
    sheet = "7a Business case"
    row, column = book.find(sheet, "shift: adoption")
    rows = {key: book.find(sheet, label)[0] for key, label in (
        ("npv", "Net present value in money [€]"), ("soll", "Soll (hours)"), ("check", "Check: adds up (0) [h]"),
        ("payback", "Payback (years)"),
    )}  # fmt: skip
    front = (next(iter(book.sheets)), 2, 0)
    assert Calculation(book, {}).value(front) == ""
    for adoption in (0.3, 0.85):
        changed = Calculation(book, {(sheet, row, column + 1): adoption})
        found = {key: changed.value((sheet, at, 1)) for key, at in rows.items()}
        expected = case(open_project(write_project(SMALL.replace("ADOPTION", str(adoption)))), draws=20).scenarios[0]
        assert found["npv"] == pytest.approx(expected.worth.npv, rel=1e-9)
        assert found["soll"] == pytest.approx(expected.hours.middle("soll"), rel=1e-9)
        assert found["payback"] == pytest.approx(expected.worth.payback, rel=1e-9)
        assert found["check"] == 0
        assert str(changed.value(front)).startswith("An input was changed. The new outcome is on 7a Business case")
        assert found["npv"] != pytest.approx(book.values[sheet, rows["npv"], 1], rel=1e-3)


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    sys.setrecursionlimit(20_000)
    _, file = of_model(hostile_project(tmp_path, [text for text in HOSTILE if len(text) < 1_000]), "nl")
    book, texts = Workbook(file), [text for text in HOSTILE if text.startswith(("=", "@"))]
    found = Calculation(book)
    for cell in book.formulas:
        found.value(cell)  # refuses any function that is not one of the workbook's own
    assert not any("HYPERLINK" in text or "cmd" in text for text in book.formulas.values())
    assert set(texts) | {"=1+1"} <= set(book.values.values())
    parts = [part for part in book.file.namelist() if "worksheets/_rels" in part]
    assert not any("http://x.test" in book.file.read(part).decode() for part in parts)


def test_small_groups_of_the_log_are_in_no_cell(write_project: Any) -> None:
    """Four contacts at a desk that the model does not know; without suppression the same workbook names it."""
    for least, is_named in ((10, False), (1, True)):
        root = write_project(LOGGED, f"name: Test\nprivacy: {{suppress_below: {least}}}\n")
        lines = [f"2026-{1 + at // 100:02}-{1 + at % 28:02}T10:{at % 60:02}:00,phone,line,how,300" for at in range(400)]
        lines += [f"2026-02-{10 + at}T11:00:00,counter,secret_desk,how,200" for at in range(4)]
        (root / "log.csv").write_text("\n".join(["started_at,channel,touchpoint,reason,handling_time_s", *lines]))
        project = open_project(root, "en").require_sound()
        ingest([root / "log.csv"], load_profile("generic_csv"), project.store_file, bytes(range(32)))
        with answers_of(project) as answers:
            chapter = validation(answers)
            book = Workbook(workbook(answers, Report("t", "s", (chapter,))))
            slides = zipfile.ZipFile(BytesIO(presentation(answers, Report("t", "s", (first_page(answers),)))))
        told = " ".join(slides.read(part).decode() for part in slides.namelist() if part.endswith(".xml"))
        assert "the contact log confirms" in told
        assert "secret_desk" not in told
        assert any("secret_desk" in str(value) for value in book.values.values()) is is_named
        assert any("Phone line" in str(value) for value in book.values.values())


def test_a_long_text_is_cut_and_signs_that_xml_forbids_vanish() -> None:
    from workbench.office.text import CELL_LIMIT, office_text

    made = office_text("😀" * 40_000)
    assert len(made.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert made.endswith("…")
    assert office_text("a\x00\x0b\ufffe\udfffb\u202ec\r\nd") == "a bc d"


def test_names_of_sheets_are_short_allowed_and_differ() -> None:
    names = SheetNames()
    wanted = ["History", "a" * 40, "A" * 40, "[1]:*?/\\", "'quoted'", "", "Costs", "COSTS", "costs"]
    taken = [names.take(name) for name in wanted]
    assert len({name.casefold() for name in taken}) == len(wanted)
    for name in taken:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_a_half_empty_model_has_a_workbook_without_a_case(write_project: Any) -> None:
    _, file = of_model(write_project("touchpoints: {line: {channel: phone}}"))
    names = list(Workbook(file).sheets)
    assert not any(name.startswith("7") for name in names if name != "7 Scenarios a year")
    assert "1 Touchpoints" in names


def test_a_ramp_with_too_many_rows_keeps_its_months_and_its_full_year(
    write_project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sys.setrecursionlimit(20_000)
    monkeypatch.setattr(case_plan, "MOST_ROWS", 3)
    answers, file = of_model(write_project(SMALL.replace("ADOPTION", "60%")))
    book, found = Workbook(file), Calculation(Workbook(file))
    row, column = book.find("7a Business case", "Net present value in money [€]")
    npv = found.value(("7a Business case", row, column + 1))
    assert npv == pytest.approx(answers.case.scenarios[0].worth.npv, rel=1e-9)
    assert {value for (sheet, _, at), value in book.values.items() if sheet == "7a Minutes" and at == 0} >= {"full"}
    assert not any(value == "month 1" for (sheet, _, _), value in book.values.items() if sheet == "7a Minutes")
