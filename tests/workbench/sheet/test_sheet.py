"""Does the inventory come back from a workbook as it was filled in, with what is wrong told by cell?"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import run
from tests.refill import Formula, Unworked, cells_of, refill
from touchpoints.library import library_trees
from touchpoints.yaml_tree import write_yaml
from workbench.editing.apply import apply
from workbench.editing.change import Change, ConflictError, Edit
from workbench.editing.snapshot import Snapshot
from workbench.language.language import LANGUAGES, Language
from workbench.project import open_project
from workbench.sheet.cells import CellError, read, shown
from workbench.sheet.columns import SHEETS
from workbench.sheet.export import export_sheet
from workbench.sheet.grid import GridError
from workbench.sheet.headings import heading, headings, note, title
from workbench.sheet.importing import Imported, import_sheet
from workbench.starting import EMPTY, start_project

ROOT = Path(__file__).resolve().parents[3]

MODEL = """\
channels: {phone: {extends: library.phone}}
teams:
  kcc: {name: KCC, people: 8}  # eight
touchpoints:
  # the line
  line:
    extends: library.contact_centre
    name: {nl: Lijn, en: Line}
    owner: kcc
    obstacles: [{kind: system, what: slow}]
  desk: {name: Desk, channel: counter, public: no}
reasons:
  move: {name: Moving, category: request, complexity: 2/5}
  pay: {name: Paying}
drivers: {permits: 1200/year}
volumes:
  - touchpoint: line
    reason: move
    contacts: 100/month  # counted
    wait: 40s
    resolved_first_time: 70%..80%
    evidence: {grade: workshop, source: us, date: 2026-10-02, fields: {wait: {grade: measured}}}
content:
  page: {title: "=HYPERLINK(1)", reviewed: 2026-01-05}
journeys:
  going:
    steps:
      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 60%, resolved: rest}}
      tell: {touchpoint: desk, next: {resolved: 100%}}
targets:
  - {touchpoint: line, measure: wait, limit: 60s}
  - {touchpoint: line, measure: wait, limit: 90s}
scenarios:
  better:
    measures:
      - {kind: eliminate, reasons: [move], share: 10%..25%}
"""


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workbook of the model, in both languages."""
    root = tmp_path_factory.mktemp("sheet")
    written(root)
    found = {}
    for code in LANGUAGES:
        found[code] = root / f"{code}.xlsx"
        export_sheet(open_project(root, code), found[code])
    return found


def written(root: Path) -> Path:
    (root / "model").mkdir()
    (root / "workbench.yaml").write_text("name: Test\n")
    (root / "model" / "model.yaml").write_text(MODEL)
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "p").mkdir()
    return written(tmp_path / "p")


Fill = Callable[..., Imported]


@pytest.fixture
def fill(project: Path, tmp_path: Path, workbooks: dict[str, Path]) -> Fill:
    """Import the workbook with other cells."""

    def filled(cells: dict[str, Any] | None = None, code: str = "en", how: dict[str, Any] | None = None) -> Imported:
        options = dict(how or {})
        import_options = {key: options.pop(key) for key in ("remove", "clear") if key in options}
        file = refill(workbooks[code], tmp_path / "filled.xlsx", cells, **options)
        return import_sheet(project, file, **import_options)

    return filled


def lines(found: Imported) -> list[str]:
    """The lines that a change takes away and adds."""
    return [line for line in found.diff.splitlines() if re.match(r"[-+](?![-+]{2} )", line)]


def told(found: Imported) -> list[str]:
    return [str(one) for one in found.remarks]


@pytest.mark.parametrize("name", ["gemeente", "bank", "patterns", EMPTY])
def test_a_workbook_that_nobody_filled_in_changes_nothing(name: str, tmp_path: Path) -> None:
    root = ROOT / "examples" / name
    if not root.is_dir():
        root = tmp_path / name
        start_project(root, list(library_trees("journeys")) if name == "patterns" else [name], "nl")
    export_sheet(open_project(root), tmp_path / "x.xlsx")
    found = import_sheet(root, tmp_path / "x.xlsx", remove=True, clear=True)
    assert told(found) == []
    assert found.edit.changes == ()
    assert found.diff == ""


def test_a_workbook_in_the_other_language_changes_nothing(fill: Fill) -> None:
    assert (told(fill(code="nl")), lines(fill(code="nl")), lines(fill())) == ([], [], [])


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        ({"Steps!J4": "+1"},
         ["-      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 60%, resolved: rest}}",
          "+      ask: {touchpoint: line, reason: move, emotion: 1, next: {tell: 60%, resolved: rest}}"]),
        ({"Steps!J4": "\u22122"},
         ["-      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 60%, resolved: rest}}",
          "+      ask: {touchpoint: line, reason: move, emotion: -2, next: {tell: 60%, resolved: rest}}"]),
        ({"Steps!K4": "tell: 45,5%, resolved: rest"},
         ["-      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 60%, resolved: rest}}",
          "+      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 45.5%, resolved: rest}}"]),
        ({"Steps!K4": "tell: 40,5..45,5 %,resolved: rest"},
         ["-      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 60%, resolved: rest}}",
          "+      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 40.5..45.5 %, resolved: rest}}"]),
        ({"Contacts!D4": "1.250,50 per maand"}, ["-    contacts: 100/month  # counted",
                                                 "+    contacts: '1.250,50/month'  # counted"]),
        ({"Drivers!D4": "\u22122%"}, ["-drivers: {permits: 1200/year}",
                                     "+drivers: {permits: {amount: 1200/year, growth: -2%}}"]),
        ({"Teams!G4": "€ 1.250,50/uur"},
         ["-  kcc: {name: KCC, people: 8}  # eight",
          "+  kcc: {name: KCC, people: 8, cost_per_hour: '€ 1.250,50/hour'}  # eight"]),
        ({"Contacts!D4": "120..150/month"}, ["-    contacts: 100/month  # counted",
                                             "+    contacts: 120..150/month  # counted"]),
        ({"Contacts!H4": 0.85}, ["-    resolved_first_time: 70%..80%", "+    resolved_first_time: 85%"]),
        ({"Contacts!H4": 1.0}, ["-    resolved_first_time: 70%..80%", "+    resolved_first_time: 100%"]),
        ({"Contacts!E4": "5m"}, ["+    handling_time: 5m"]),
        ({"Contacts!E4": "5 minuten 10 seconden"}, ["+    handling_time: 5 minutes 10 seconds"]),
        ({"Contacts!D4": "120..150 per maand"}, ["-    contacts: 100/month  # counted",
                                                 "+    contacts: 120..150/month  # counted"]),
        ({"Reasons!E4": date(2026, 5, 3)}, None),
        ({"Touchpoints!C5": "telefoon"}, ["-  desk: {name: Desk, channel: counter, public: no}",
                                          "+  desk: {name: Desk, channel: phone, public: no}"]),
        ({"Touchpoints!C5": "Home visit"}, ["-  desk: {name: Desk, channel: counter, public: no}",
                                            "+  desk: {name: Desk, channel: home_visit, public: no}"]),
        ({"Contacts!A5": "Desk", "Contacts!B5": "Paying", "Contacts!D5": "5/month"},
         ["+  - touchpoint: desk", "+    reason: pay", "+    contacts: 5/month"]),
        ({"Teams!D4": 9.0}, ["-  kcc: {name: KCC, people: 8}  # eight", "+  kcc: {name: KCC, people: 9}  # eight"]),
        ({"Teams!D4": 8.0}, []),
        ({"Touchpoints!B4": "Phone"}, ["-    name: {nl: Lijn, en: Line}", "+    name: {nl: Lijn, en: Phone}"]),
        ({"Touchpoints!B5": "Counter"}, ["-  desk: {name: Desk, channel: counter, public: no}",
                                         "+  desk: {name: Counter, channel: counter, public: no}"]),
        ({"Touchpoints!N5": True}, ["-  desk: {name: Desk, channel: counter, public: no}",
                                    "+  desk: {name: Desk, channel: counter, public: yes}"]),
        ({"Touchpoints!H4": "telephony, mailbox"}, ["+    systems: [telephony, mailbox]"]),
        ({"Drivers!C4": "900/year"}, ["-drivers: {permits: 1200/year}", "+drivers: {permits: 900/year}"]),
        ({"Drivers!D4": 0.02}, ["-drivers: {permits: 1200/year}",
                                "+drivers: {permits: {amount: 1200/year, growth: 2%}}"]),
        ({"Content!G4": datetime(2026, 6, 7)}, ['-  page: {title: "=HYPERLINK(1)", reviewed: 2026-01-05}',
                                                '+  page: {title: "=HYPERLINK(1)", reviewed: 2026-06-07}']),
        ({"Steps!K4": "tell: 30%, resolved: rest"},
         ["-      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 60%, resolved: rest}}",
          "+      ask: {touchpoint: line, reason: move, emotion: -1, next: {tell: 30%, resolved: rest}}"]),
        ({"Targets!F5": "80s"}, ["-  - {touchpoint: line, measure: wait, limit: 90s}",
                                 "+  - {touchpoint: line, measure: wait, limit: 80s}"]),
        ({"Targets!B6": "desk", "Targets!E6": "reachability", "Targets!J6": "40"},
         ["+  - {touchpoint: desk, measure: reachability, hours_per_week: 40}"]),
        ({"Maturity!C4": "3/5", "Maturity!F4": "workshop"},
         ["+maturity:", "+  management_understands:", "+    answer: 3/5", "+    evidence: {grade: workshop}"]),
        ({"Measures!A5": "better", "Measures!D5": "handling_time", "Measures!H5": "line", "Measures!M5": "10%"},
         ["+      - {kind: handling_time, touchpoints: [line], reduction: 10%}"]),
        ({"Investments!A4": "better", "Investments!C4": "tool", "Investments!D4": "EUR 10",
          "Investments!F4": date(2027, 1, 1)},
         ["+    investments:", "+      - {what: tool, once: EUR 10, start: 2027-01}"]),
        ({"Touchpoints!A6": "shop", "Touchpoints!B6": "=SUM(A1)", "Touchpoints!C6": "counter",
          "Touchpoints!F6": "citizen, partner", "Contacts!A5": "shop", "Contacts!B5": "pay",
          "Contacts!D5": "5..9/month"},
         ["+  shop:" , "+    name: =SUM(A1)", "+    channel: counter", "+    actors: [citizen, partner]",
          "+  - touchpoint: shop", "+    reason: pay", "+    contacts: 5..9/month"]),
        ({"Touchpoints!A6": "website", "Touchpoints!D6": "kcc"},
         ["+  website: {extends: library.website", "owner: kcc}"]),
    ],
)  # fmt: skip
def test_what_is_filled_in_comes_into_the_model(fill: Fill, cells: dict[str, Any], changes: list[str] | None) -> None:
    found = fill(cells)
    assert found.errors == ()
    if changes is None:
        assert told(found) == [
            "Reasons!E4: warning: complexity: the spreadsheet made the date 2026-05-03 of it; read as 3/5"
        ]
        changes = ["-  move: {name: Moving, category: request, complexity: 2/5}",
                   "+  move: {name: Moving, category: request, complexity: 3/5}"]  # fmt: skip
    if "Touchpoints!A6" in cells:  # most touchpoints stand on lines of their own, or not: as the text has it
        flat = " ".join(line[1:].strip() for line in lines(found))
        for part in " ".join(line[1:].strip() for line in changes).replace("=SUM", "=SUM").split():
            assert part.strip("{},") in flat
    else:
        assert lines(found) == changes
    found.write()
    again = import_sheet(found.root, found.root.parent / "filled.xlsx")
    assert (again.errors, lines(again)) == ((), [])


def test_a_name_that_two_records_share_stands_for_neither(fill: Fill, project: Path) -> None:
    file = project / "model" / "model.yaml"
    file.write_text(MODEL.replace("pay: {name: Paying}", "pay: {name: moving}"))
    cells = {"Contacts!A5": "Desk", "Contacts!B5": "Moving", "Contacts!D5": "5/month"}
    said = told(fill(cells, how={}))
    assert any(re.match(r"Contacts!B5: .*unknown reason 'Moving'.*\[unknown-reference\]", one) for one in said), said


def test_words_are_taken_in_either_language(fill: Fill, workbooks: dict[str, Path]) -> None:
    dutch = cells_of(workbooks["nl"])
    assert dutch["Contactpunten"][2][:3] == ["Code", "Naam", "Kanaal"]
    assert dutch["Redenen"][3][2] == "verzoek"
    assert lines(fill({"Redenen!C4": "information"}, code="nl")) == lines(fill({"Reasons!C4": "information"}))
    assert lines(fill({"Contactpunten!B4": "Telefoon"}, code="nl"))[1] == "+    name: {nl: Telefoon, en: Line}"


@pytest.mark.parametrize(
    ("cells", "messages"),
    [
        ({"Contacts!D4": "40"},
         [r"Contacts!D4: volume 'line/move': contacts '40' has no unit; write '40/month'.*\[unit-missing\]"]),
        ({"Contacts!F4": 90.0}, [r"Contacts!F4: .*wait '90' has no unit; write it like 90s"]),
        ({"Contacts!H4": 62.0}, [r"Contacts!H4: resolved_first_time is the number 62, and a share is written 62%"]),
        ({"Contacts!E4": time(4, 10)},
         [r"Contacts!E4: handling_time is the time of the clock 04:10:00; write .* 4m10s"]),
        ({"Contacts!D4": date(2026, 3, 2)}, [r"Contacts!D4: contacts is a date or time \(2026-03-02\)"]),
        ({"Contacts!O4": 46297.0},
         [r"Contacts!O4: evidence.date is the bare number 46297; if the day 2026-10-02 is meant"]),
        ({"Contacts!O4": "2-10-2026"}, [r"Contacts!O4: .*'2-10-2026' is not a date; write it as year-month-day"]),
        ({"Touchpoints!D5": "kc"},
         [r"Touchpoints!D5: touchpoint 'desk': unknown team 'kc'; did you mean 'kcc'\? .*\[unknown-reference\]"]),
        ({"Touchpoints!H5": "telephony, crmm"}, [r"Touchpoints!H5: touchpoint 'desk': unknown system 'crmm'"]),
        ({"Touchpoints!E5": "inbond"}, [r"Touchpoints!E5: direction 'inbond' is unknown; did you mean 'inbound'"]),
        ({"Touchpoints!A6": "desk", "Touchpoints!B6": "x"},
         [r"Touchpoints!A6: touchpoint 'desk' stands in row 5 too.*\[duplicate-id\]"]),
        ({"Touchpoints!A6": "New Desk", "Touchpoints!B6": "x"},
         [r"Touchpoints!A6: .*id 'New Desk' is not snake_case; write it like 'new_desk'"]),
        ({"Touchpoints!B6": "No id", "Touchpoints!E6": "inbond"},
         [r"Touchpoints!A6: the id is missing", r"Touchpoints!E6: direction 'inbond'"]),
        ({"Contacts!A5": "line", "Contacts!D5": "5/month"}, [r"Contacts!A5: volume 'line': key 'reason' is missing"]),
        ({"Contacts!A5": "line", "Contacts!B5": "move", "Contacts!D5": "5/month"},
         [r"Contacts!A5: volume 'line/move' stands in row 4 too"]),
        ({"Steps!A6": "gone", "Steps!B6": "x"}, [r"Steps!A6: unknown journey 'gone'.*known: going"]),
        ({"Steps!K4": "tell: 60%, resolved: 60%"},
         [r"Steps!K4: .*step 'ask': shares sum to 1.2.* \(model/model.yaml:\d+\)"]),
        ({"Steps!K4": "tel: 60%, resolved: rest"}, [r"Steps!K4: .*'tel'.*did you mean 'tell'"]),
        ({"Steps!K4": "tell 60%: {"}, [r"Steps!K4: next '\{tell 60%: \{\}' cannot be read"]),
        ({"Steps!J4": 5.0}, [r"Steps!J4: .*emotion '5'.*less than or equal to 2"]),
        ({"Targets!A4": "9"}, [r"Targets!A4: there is no target '9'; leave the number empty"]),
        ({"Targets!B4": "desk"}, [r"Targets!B4: touchpoint says which target it is"]),
        ({"Measures!A5": "better", "Measures!I5": "10%"},
         [r"Measures!D5: the kind of measure is missing; choose one"]),
        ({"Measures!A5": "better", "Measures!D5": "eliminate", "Measures!I5": "10%"},
         [r"Measures!A5: .*'reasons' is missing"]),
        ({"Moments!A4": "going/nowhere", "Moments!B4": "5/5"},
         [r"Moments!A4: .*going/nowhere.* \(model/moments_of_truth.yaml:\d+\)"]),
        ({"Contacts!D4": Formula("=10*12")},
         [r"Contacts!D4: is a formula \(now 12.0\); put the value itself in its place"]),
        ({"Contacts!D4": Unworked("=10*12")},
         [r"Contacts!D4: is a formula \(without a result\); put the value itself in its place"]),
        ({"Contacts!D3": "Calls"}, [r"Contacts!D3: heading 'Calls' is unknown, and there are values below it",
                                    r"Contacts!A3: warning: column 'Contacts' is not here; its values stay"]),
        ({"Contacts!A3": "Where"},
         [r"Contacts!A3: heading 'Where' is unknown", r"Contacts!A3: column 'Touchpoint' is not here; rows cannot"]),
        ({"Contacts!E3": "Contacts"}, [r"Contacts!E3: heading 'Contacts' stands here twice"]),
        ({f"Contacts!{letter}3": "" for letter in "ABCDEFGHIJKLMNO"}, [r"Contacts!A1: no row of headings here"]),
        ({"Contacts!Z6": "loose"}, [r"Contacts!Z3: a column without heading, and there are values below it"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_cell(fill: Fill, cells: dict[str, Any], messages: list[str]) -> None:
    found = fill(cells)
    assert found.plan is None
    said = told(found)
    for message in messages:
        assert any(re.match(message, one) for one in said), said
    assert len(found.errors) >= 1
    assert Path(found.root / "model" / "model.yaml").read_text() == MODEL


def test_all_faults_come_at_once(fill: Fill) -> None:
    found = fill({"Contacts!D4": "40", "Contacts!H4": 62.0, "Touchpoints!D5": "kc"}, how={"merge": ["Teams!B4:B5"]})
    assert len(found.errors) == 4
    assert any(one.startswith("Teams!B4: B4:B5 is merged and holds one value") for one in told(found))


def test_rows_whose_keys_are_merged_are_told_once(fill: Fill) -> None:
    for area in ("Contacts!A4:A5", "Touchpoints!A4:A5", "Contacts!A4:C6"):
        found = fill(how={"merge": [area]}, cells={"Contacts!H4": 62.0})
        sheet, _, cells = area.partition("!")
        said = [one for one in told(found) if not one.startswith("Contacts!H4")]
        assert len(said) == 1, said
        assert said[0].startswith(f"{sheet}!{cells[:2]}: {cells} is merged and holds one value")
        assert len(told(found)) == 2, "what is wrong with other cells of the row is told as well"
        assert found.plan is None


def test_the_order_of_rows_does_not_matter(fill: Fill) -> None:
    found = fill(how={"order": {"Touchpoints": lambda row: str(row[0]), "Targets": lambda row: -int(row[0] or 0)}})
    assert (told(found), lines(found)) == ([], [])


def test_rows_and_cells_that_are_gone_are_said_and_stay(fill: Fill) -> None:
    cells = {"Contacts!F4": "", "Touchpoints!H4": "", "Touchpoints!B5": " "}
    found = fill(cells, how={"drop": ["Content!4", "Targets!4"]})
    assert sorted(told(found)) == [
        "Contacts!F4: warning: wait is empty here and '40s' in the model; it stays (--clear takes it out)",
        "Content!A1: warning: content 'page' has no row any more; it stays in the model (--remove takes it out)",
        "Targets!A1: warning: target '1' has no row any more; it stays in the model (--remove takes it out)",
        "Touchpoints!B5: warning: name is empty here and 'Desk' in the model; it stays (--clear takes it out)",
        "Touchpoints!H4: warning: systems is empty here and 'telephony' in the model, "
        "which comes from what it extends; it stays",
    ]
    assert lines(found) == []
    found = fill(cells, how={"drop": ["Content!4", "Targets!4"], "remove": True, "clear": True})
    assert lines(found) == [
        "-  desk: {name: Desk, channel: counter, public: no}",
        "+  desk: {channel: counter, public: no}",
        "-    wait: 40s",
        "-content:",
        '-  page: {title: "=HYPERLINK(1)", reviewed: 2026-01-05}',
        "+content: {}",
        "-  - {touchpoint: line, measure: wait, limit: 60s}",
    ]


def test_a_sheet_that_is_missing_or_renamed_is_said(fill: Fill) -> None:
    found = fill(how={"without": ["Targets"], "rename": {"Teams": "Team"}, "remove": True})
    assert told(found) == [
        "Team!A1: warning: sheet 'Team' is not one of this workbook; it is left alone; did you mean 'Teams'? "
        "(known: Contacten, Contactpunten, Contacts, Content, Drivers, … 23 more)",
        "Targets!A1: warning: the sheet is not here; what it held stays as it is",
        "Teams!A1: warning: the sheet is not here; what it held stays as it is",
    ]
    assert lines(found) == []


def test_hidden_rows_are_read_and_said(fill: Fill) -> None:
    found = fill({"Touchpoints!B5": "Counter"}, how={"hide": ["Touchpoints!5"]})
    assert told(found) == ["Touchpoints!A5: warning: hidden rows are read too (1: 5)"]
    assert len(lines(found)) == 2


def test_what_changed_in_the_model_since_is_a_conflict(project: Path, fill: Fill) -> None:
    def change(field: str, before: str, after: str) -> None:
        apply(project, Edit((Change("volumes", "line/move", (field,), before, after),)))

    change("contacts", "100/month", "110/month")
    found = fill({"Contacts!D4": "120/month", "Contacts!F4": "50s"})
    assert told(found) == [
        "Contacts!D4: the model was changed since the workbook was made: model/model.yaml:19: volume 'line/move': "
        "contacts was 100/month and is now 110/month; yours is 120/month"
    ]
    assert found.plan is None
    assert lines(fill({"Contacts!F4": "50s"})) == ["-    wait: 40s", "+    wait: 50s"]
    assert lines(fill({"Contacts!D4": "110/month"})) == []
    found = fill({"Contacts!F4": "50s"})
    change("wait", "40s", "45s")
    with pytest.raises(ConflictError):
        found.write()


def test_without_the_hidden_sheet_the_model_is_the_basis(fill: Fill) -> None:
    found = fill({"Contacts!F4": "50s"}, how={"without": ["basis"]})
    assert told(found)[0].startswith("basis!A1: warning: the hidden sheet 'basis' is missing or damaged")
    assert lines(found) == ["-    wait: 40s", "+    wait: 50s"]
    found = fill({"Contacts!F4": "50s", "basis!C3": "{broken"})
    assert told(found)[0].startswith("basis!A1: warning: the hidden sheet 'basis' is missing or damaged")


def test_texts_that_look_like_formulas_stay_texts(workbooks: dict[str, Path]) -> None:
    with zipfile.ZipFile(workbooks["en"]) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        formulas = {name: re.findall(rb"<f[^>]*>(.*?)</f>", packed.read(name)) for name in sheets}
    found = [formula for name in sheets for formula in formulas[name]]
    assert found
    assert all(re.fullmatch(rb"IF\('[A-Za-z]+'!\$A\$\d+=\"\",\"\",'[A-Za-z]+'!\$A\$\d+\)", one) for one in found)
    assert cells_of(workbooks["en"])["Content"][3][1] == "=HYPERLINK(1)"


HOSTILE = ["<script>alert(1)</script>", '=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "-2", "a\u202eb", "😀",
           "x" * 5000,
           "'", "_x0041_ _x000D_", "tab\tin", "line\nbreak", "  lead", "\u2028", "no\u00a0break", "javascript:x",
           "{a: 1}", "[x]", "#c", "62%", "0.5", "1e3", "TRUE", "yes", "null", "~", "2026-01-01", "a, b; c"]  # fmt: skip


def test_hostile_texts_go_round_unchanged(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "workbench.yaml").write_text("name: '=1+1'\n")
    records = {f"t{index}": {"name": text, "evidence": {"source": text}} for index, text in enumerate(HOSTILE)}
    content = {f"c{index}": {"title": text, "search_terms": [text, "z"]} for index, text in enumerate(HOSTILE)}
    text = write_yaml({"touchpoints": records, "content": content})
    (tmp_path / "model" / "model.yaml").write_text(text, encoding="utf-8")
    export_sheet(open_project(tmp_path).require_sound(), tmp_path / "x.xlsx")
    found = import_sheet(tmp_path, tmp_path / "x.xlsx")
    assert (told(found), found.diff) == ([], "")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_column_has_a_heading_of_its_own_and_a_note(code: Any) -> None:
    for sheet in SHEETS.values():
        names = [heading(column, code).casefold() for column in sheet.columns]
        assert len(set(names)) == len(names), sheet.key
        assert all(note(sheet, column, code).splitlines()[0] for column in sheet.columns), sheet.key
        assert all(headings(sheet)[heading(column, code).casefold()] == column for column in sheet.columns)
        assert re.fullmatch(r"[A-Za-z][A-Za-z']{0,29}[A-Za-z]", title(sheet, code))  # which Excel takes as a name


COLUMNS = [column for sheet in SHEETS.values() for column in sheet.columns if column.kind not in ("read", "key")]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
CELLS = st.one_of(TEXTS, st.floats(allow_nan=False), st.booleans(), st.datetimes(), st.times(), st.none())


@given(st.sampled_from(COLUMNS), CELLS, st.sampled_from([Language("nl"), Language("en")]))
def test_any_cell_is_read_or_refused_and_what_is_read_can_be_shown(column: Any, cell: Any, language: Language) -> None:
    try:
        value = read(column, cell, language).value
    except CellError:
        return
    again = read(column, shown(column, value, language), language).value
    assert again == value or shown(column, again, language) == shown(column, value, language)


def test_a_file_that_is_no_workbook_is_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("touchpoint;reason\n")
    with pytest.raises(GridError, match=r"x\.xlsx: is no Excel workbook; save it as \.xlsx"):
        import_sheet(project, tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "y.xlsx", "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(GridError, match="is no Excel workbook"):
        import_sheet(project, tmp_path / "y.xlsx")


def test_the_commands_show_a_diff_and_write_only_when_asked(
    project: Path, tmp_path: Path, workbooks: dict[str, Path]
) -> None:
    done = run("sheet", "export", project, "--out", tmp_path / "x.xlsx", "--lang", "nl")
    assert (done.status, f"{tmp_path / 'x.xlsx'}: Contactpunten, 2 rows" in done.out) == (0, True)
    run("sheet", "export", project, "--out", tmp_path / "x.xlsx").failed(2, "is there already")
    run("sheet", "export", project, "--out", tmp_path / "x.csv").failed(2, ".xlsx")
    file = refill(tmp_path / "x.xlsx", tmp_path / "y.xlsx", {"Contacten!F4": "50s"})
    shown_only = run("sheet", "import", project, file)
    assert "+    wait: 50s" in shown_only.out
    assert "0 errors, 0 warnings" in shown_only.err
    assert Snapshot.read(project).value("volumes", "line/move", ("wait",)) == "40s"
    assert run("sheet", "import", project, file, "--write").status == 0
    assert Snapshot.read(project).value("volumes", "line/move", ("wait",)) == "50s"
    wrong = refill(tmp_path / "x.xlsx", tmp_path / "z.xlsx", {"Contacten!F4": "50"})
    run("sheet", "import", project, wrong, "--write").failed(
        1, "Contacten!F4:", "[unit-missing]", "1 error, 0 warnings"
    )
    run("sheet", "import", project, tmp_path / "none.xlsx").failed(2, "none.xlsx")
    shutil.rmtree(project / "model")
    run("sheet", "import", project / "nowhere", file).failed(2, "nowhere")


def test_signs_that_steer_a_terminal_are_printed_and_written_as_their_number(
    project: Path, tmp_path: Path, workbooks: dict[str, Path]
) -> None:
    """Both of what stood in the file and of what comes from the workbook."""
    file = project / "model" / "model.yaml"
    file.write_text(MODEL.replace("name: Paying", 'name: "Pay\u202eing"'), encoding="utf-8")
    filled = refill(
        workbooks["en"], tmp_path / "y.xlsx", {"Reasons!B4": "Mo\u202eving\u2066", "Contacts!F4": "5\u202e"}
    )
    done = run("sheet", "import", project, filled)
    assert (done.status, "'5\\u202e'" in done.err) == (1, True)
    filled = refill(workbooks["en"], tmp_path / "y.xlsx", {"Reasons!B4": "Mo\u202eving\u2066"})
    done = run("sheet", "import", project, filled, "--write")
    assert '+  move: {name: "Mo\\u202Eving\\u2066", category' in done.out
    assert '   pay: {name: "Pay\\u202eing"}' in done.out
    for text in (done.said, file.read_text(encoding="utf-8").replace("Pay\u202eing", "")):
        assert not {"\u202e", "\u2066"} & set(text)
    assert open_project(project).inventory.reasons["move"].label("en") == "Mo\u202eving\u2066"
