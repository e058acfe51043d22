"""Can a new journey or scenario be filled in with its parts, and is a row that is gone missed where it is needed?"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.refill import Rows, cells_of, refill
from touchpoints.library import library_trees
from workbench.language.language import LANGUAGES, Code
from workbench.project import open_project
from workbench.sheet.export import export_sheet
from workbench.sheet.importing import Imported, import_sheet
from workbench.starting import EMPTY, start_project

ROOT = Path(__file__).resolve().parents[3]

MODEL = """\
channels: {phone: {extends: library.phone}, counter: {extends: library.counter}}
teams: {kcc: {name: KCC}}
touchpoints:
  line: {name: Line, channel: phone, owner: kcc, systems: [suite], layers: [kcc]}
  desk: {name: Desk, channel: counter}
  hatch: {name: Hatch, channel: counter}
systems: {suite: {name: Suite, kind: other}}
reasons: {move: {name: Moving}, pay: {name: Paying}}
volumes:
  - {touchpoint: hatch, reason: pay, contacts: 2/month}
  - {touchpoint: desk, reason: move, contacts: 10/month}
targets:
  - {touchpoint: hatch, measure: wait, limit: 60s}
  - {touchpoint: desk, measure: wait, limit: 60s}
  - {touchpoint: desk, measure: wait, limit: 90s}
moments_of_truth:
  - {at: going/tell, importance: {customer: 4/5}}
journeys:
  going:
    phases: {before: {nl: Vooraf, en: Before}, during: Tijdens}
    steps:
      ask: {touchpoint: line, phase: before, next: {tell: 60%, resolved: rest}}
      tell: {touchpoint: desk, phase: during, next: {resolved: 100%}}
  plain:
    phases: [one, two]
    steps:
      only: {phase: one, next: {resolved: 100%}}
scenarios:
  better:
    measures:
      - {kind: eliminate, reasons: [pay], share: 5%}
      - {kind: eliminate, reasons: [move], touchpoints: [desk], share: 10%..25%}
      - {kind: handling_time, touchpoints: [line], reduction: 5%}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "p"
    (root / "model").mkdir(parents=True)
    (root / "workbench.yaml").write_text("name: Test\n")
    (root / "model" / "model.yaml").write_text(MODEL)
    return root


def exported(root: Path, code: Code = "en") -> Path:
    file = root.parent / f"{code}.xlsx"
    file.unlink(missing_ok=True)
    export_sheet(open_project(root, code), file)
    return file


def filled(
    root: Path, rows: Rows | dict[str, Any], code: Code = "en", drop: tuple[str, ...] = (), **how: Any
) -> Imported:
    cells = rows.cells if isinstance(rows, Rows) else rows
    return import_sheet(root, refill(root.parent / f"{code}.xlsx", root.parent / "filled.xlsx", cells, drop), **how)


def told(found: Imported) -> list[str]:
    return [str(one) for one in found.remarks]


def held(root: Path) -> dict[str, Any]:
    """What all files of a model hold, read by another reader of YAML."""
    found: dict[str, Any] = {}
    for file in sorted(root.glob("model/**/*.yaml")):
        for key, value in yaml.load(file.read_text(), yaml.BaseLoader).items():
            found[key] = {**found.get(key, {}), **value} if isinstance(value, dict) else [*found.get(key, []), *value]
    return found


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["gemeente", "bank", "patterns", EMPTY])
def test_a_workbook_that_nobody_filled_in_changes_nothing_in_either_language(
    name: str, code: Code, tmp_path: Path
) -> None:
    root = ROOT / "examples" / name
    if not root.is_dir():
        root = tmp_path / name
        start_project(root, list(library_trees("journeys")) if name == "patterns" else [name], "nl")
    export_sheet(open_project(root, code), tmp_path / "x.xlsx")
    found = import_sheet(root, tmp_path / "x.xlsx", remove=True, clear=True)
    assert (told(found), found.edit.changes, found.diff) == ([], (), "")


@pytest.mark.parametrize("start", ["move_house", EMPTY])
def test_a_new_project_takes_its_first_scenario_and_journey_from_the_workbook(start: str, tmp_path: Path) -> None:
    root = tmp_path / "town"
    start_project(root, [start], "nl")
    rows = Rows(exported(root, "nl"))
    rows.add("Contactpunten", {"Code": "loket", "Naam": "Loket", "Kanaal": "counter"})
    rows.add("Redenen", {"Code": "paspoort", "Naam": "Paspoort"})
    rows.add("Klantreizen", {"Code": "paspoort_halen", "Naam": "Paspoort halen",
                             "Aantal dat begint": "1.250,50 per maand", "Begint bij stap": "zoek: 45,5%, haal: rest",
                             "Fasen": "zoeken, halen: Afhalen", "Prijs van afhaken": "45 minuten",
                             "Komt terug": "40%..70%"})  # fmt: skip
    rows.add("Stappen", {"Klantreis": "paspoort_halen", "Code": "zoek", "Fase": "zoeken", "Emotie": "+1",
                         "Daarna naar": "haal: 45,5%, gave_up: rest"})  # fmt: skip
    rows.add("Stappen", {"Klantreis": "Paspoort halen", "Code": "haal", "Fase": "halen", "Contactpunt": "Loket",
                         "Emotie": "\u22121", "Daarna naar": "resolved: 100%"})  # fmt: skip
    rows.add("Scenario's", {"Code": "plan_a", "Naam": "Plan A", "Ingroei": "6 maanden"})
    rows.add("Scenario's", {"Code": "plan_b"})
    rows.add("Maatregelen", {"Scenario": "plan_a", "Soort": "wegnemen", "Redenen": "paspoort", "Aandeel": "10%"})
    rows.add(
        "Maatregelen", {"Scenario": "Plan A", "Soort": "afhandeltijd", "Contactpunten": "loket", "Tijdwinst": "5%"}
    )
    rows.add("Investeringen", {"Scenario": "plan_b", "Waaraan": "balie", "Eenmalige kosten": "€ 1.250,50"})
    found = filled(root, rows, "nl")
    assert told(found) == []
    found.write()
    model = held(root)
    assert model["scenarios"] == {
        "plan_a": {"name": "Plan A", "ramp": "6 months", "measures": [
            {"kind": "eliminate", "reasons": ["paspoort"], "share": "10%"},
            {"kind": "handling_time", "touchpoints": ["loket"], "reduction": "5%"}]},
        "plan_b": {"investments": [{"what": "balie", "once": "€ 1.250,50"}]},
    }  # fmt: skip
    assert model["journeys"]["paspoort_halen"] == {
        "name": "Paspoort halen", "starts": "1.250,50/month", "start": {"zoek": "45.5%", "haal": "rest"},
        "phases": {"zoeken": "zoeken", "halen": "Afhalen"}, "gave_up": {"penalty": "45 minutes", "returns": "40%..70%"},
        "steps": {"zoek": {"phase": "zoeken", "emotion": "1", "next": {"haal": "45.5%", "gave_up": "rest"}},
                  "haal": {"phase": "halen", "touchpoint": "loket", "emotion": "-1", "next": {"resolved": "100%"}}},
    }  # fmt: skip
    inventory = open_project(root).require_sound().inventory
    assert list(inventory.journeys["paspoort_halen"].steps) == ["zoek", "haal"]
    starts, once = inventory.journeys["paspoort_halen"].starts, inventory.scenarios["plan_b"].investments[0].once
    assert starts is not None
    assert once is not None
    assert (starts.point, once.point) == (1250.5, 1250.5)
    for file in (tmp_path / "filled.xlsx", exported(root, "nl")):
        again = import_sheet(root, file, remove=True, clear=True)
        assert (told(again), again.diff) == ([], "")


def test_a_workbook_that_is_taken_over_once_more_with_another_row_adds_that_row_only(project: Path) -> None:
    measure = {"Scenario": "better", "Kind": "eliminate", "Reasons": "pay", "Share": "5%"}  # as one that is there
    rows = Rows(exported(project)).add("Measures", measure).add("Targets", {"Touchpoint": "line", "Measure": "wait",
                                                                            "Limit": "60s"})  # fmt: skip
    filled(project, rows).write()
    assert len(held(project)["targets"]) == 4
    rows.add("Measures", measure).add("Measures", {**measure, "Share": "6%"})
    found = filled(project, rows)
    assert told(found) == []
    found.write()
    shares = [one.get("share") for one in held(project)["scenarios"]["better"]["measures"]]
    assert shares == ["5%", "10%..25%", None, "5%", "5%", "6%"]
    assert len(held(project)["targets"]) == 4
    rows.cells[rows.first.replace("A", "I")] = "7%"
    filled(project, rows).write()
    assert [one.get("share") for one in held(project)["scenarios"]["better"]["measures"]][5:] == ["6%", "7%"]


def test_a_new_record_that_says_something_else_by_now_is_a_conflict(project: Path) -> None:
    rows = Rows(exported(project)).add("Scenarios", {"Id": "plan", "Ramp": "6 months"})
    filled(project, rows).write()
    rows.cells[rows.first.replace("A", "D")] = "7 months"
    said = told(filled(project, rows))
    assert len(said) == 1
    assert said[0].startswith("Scenarios!A5: the model was changed since the workbook was made")


def test_a_journey_of_the_library_needs_no_steps_of_its_own(project: Path) -> None:
    rows = Rows(exported(project)).add("Journeys", {"Id": "move_house", "How many start": "900/month"})
    found = filled(project, rows)
    assert told(found) == []
    found.write()
    assert held(project)["journeys"]["move_house"] == {"extends": "library.move_house", "starts": "900/month"}


def test_what_is_wrong_with_new_records_and_their_parts_is_told_at_once_by_cell(project: Path) -> None:
    rows = Rows(exported(project))
    rows.add("Journeys", {"Id": "empty", "Name": "Nothing in it"})
    rows.add("Journeys", {"Id": "Bad Id", "How many start": "900", "Penalty of giving up": "45"})
    rows.add("Steps", {"Journey": "Bad Id", "Id": "one", "Own time": "5"})
    rows.add("Steps", {"Journey": "nowhere", "Id": "one"})
    rows.add("Scenarios", {"Id": "plan", "Ramp": "6", "Cashable share": 62.0})
    rows.add("Scenarios", {"Id": "plan"})
    rows.add("Measures", {"Scenario": "plan_x", "Kind": "eliminate", "Reasons": "move", "Share": "5%"})
    rows.add("Measures", {"Scenario": "plan", "Kind": "eliminate", "Reasons": "mover", "Share": "5%"})
    rows.add("Investments", {"Scenario": "", "For what": "x"})
    said = [one.partition(" [")[0] for one in told(filled(project, rows))]
    wanted = [
        "Journeys!A6: journey 'empty' has no steps; give it at least one on the sheet 'Steps'",
        "Journeys!A7: journey 'Bad Id': id 'Bad Id' is not snake_case",
        "Journeys!E7: journey 'Bad Id': starts '900' has no unit",
        "Journeys!I7: journey 'Bad Id': gave_up.penalty '45' has no unit",
        "Steps!A8: unknown journey 'nowhere' (known: Bad Id, empty, going, plain); a new one gets a row on the sheet",
        "Steps!G7: step 'Bad Id/one': own_time '5' has no unit",
        "Scenarios!A6: scenario 'plan' stands in row 5 too",
        "Scenarios!D5: scenario 'plan': ramp '6' has no unit",
        "Scenarios!G5: cashable is the number 62, and a share is written 62%",
        "Measures!A7: unknown scenario 'plan_x'; did you mean 'plan'? (known: better, plan); a new one gets a row",
        "Measures!E8: measure 'plan': unknown reason 'mover'; did you mean 'move'?",
        "Investments!A4: the scenario is missing",
    ]
    assert len(said) == len(wanted), said
    for one in wanted:
        assert any(line.startswith(one) for line in said), (one, said)


def test_what_no_cell_alone_can_tell_of_a_new_journey_is_told_at_its_cell(project: Path) -> None:
    rows = Rows(exported(project))
    rows.add("Journeys", {"Id": "new", "Starts at step": "first: 80%, gone: rest", "Phases": "before, after"})
    rows.add("Steps", {"Journey": "new", "Id": "first", "Phase": "later", "Next": "resolved: 60%, lost: rest"})
    found = told(filled(project, rows))
    assert [one.split(":")[0] for one in found] == ["Journeys!F6", "Steps!D7", "Steps!K7"]
    assert ["'gone'" in found[0], "unknown phase 'later'" in found[1], "'lost'" in found[2]] == [True] * 3


@pytest.mark.parametrize(
    ("cell", "after", "warns"),
    [
        ("before: Vooraf, during: Erbij", {"before": {"nl": "Vooraf", "en": "Before"}, "during": "Erbij"}, False),
        ("before: Eerst, during: Tijdens", {"before": {"nl": "Eerst", "en": "Before"}, "during": "Tijdens"}, False),
        ("before: Vooraf, wait, during: Tijdens",
         {"before": {"nl": "Vooraf", "en": "Before"}, "wait": "wait", "during": "Tijdens"}, False),
        ("during: Tijdens, before: Vooraf", None, True),
    ],
)  # fmt: skip
def test_names_of_phases_in_the_other_language_stay(
    project: Path, cell: str, after: dict[str, Any] | None, warns: bool
) -> None:
    assert cells_of(exported(project, "nl"))["Klantreizen"][3][6] == "before: Vooraf, during: Tijdens"
    found = filled(project, {"Klantreizen!G4": cell}, "nl")
    assert [one.startswith("Klantreizen!G4: warning: phases keep their order") for one in told(found)] == [True] * warns
    found.write()
    phases = held(project)["journeys"]["going"]["phases"]
    assert phases == (after or {"before": {"nl": "Vooraf", "en": "Before"}, "during": "Tijdens"})
    assert after is None or list(phases) == list(after)


def test_phases_that_are_a_list_stay_one(project: Path) -> None:
    assert cells_of(exported(project))["Journeys"][4][6] == "one, two"
    filled(project, {"Journeys!G5": "one, half, two"}).write()
    assert held(project)["journeys"]["plain"]["phases"] == ["one", "half", "two"]


def test_one_inherited_name_of_a_phase_changes_and_the_others_go_on_being_inherited(tmp_path: Path) -> None:
    (tmp_path / "p" / "model").mkdir(parents=True)
    (tmp_path / "p" / "workbench.yaml").write_text("name: Test\n")
    (tmp_path / "p" / "model" / "a.yaml").write_text("journeys: {move_house: {extends: library.move_house}}\n")
    file = exported(tmp_path / "p", "nl")
    cell = cells_of(file)["Klantreizen"][3][6]
    filled(tmp_path / "p", {"Klantreizen!G4": cell.replace("Doorgeven", "Melden")}, "nl").write()
    assert held(tmp_path / "p")["journeys"]["move_house"]["phases"] == {"notify": {"nl": "Melden"}}
    inventory = open_project(tmp_path / "p").require_sound().inventory
    assert [inventory.journeys["move_house"].phase_label("notify", code) for code in ("nl", "en")] == [
        "Melden",
        "Notify",
    ]


def test_a_row_that_is_gone_is_missed_at_the_cells_that_refer_to_it(project: Path) -> None:
    """Rows above are taken out as well, so that what has only a number moves up."""
    exported(project)
    drop = ("Touchpoints!5", "Contacts!4", "Targets!4", "Measures!4")
    found = filled(project, {}, drop=drop, remove=True)
    cells = [one.split(": ")[0] for one in told(found)]
    assert cells == ["Contacts!A4", "Steps!E5", "Targets!B4", "Targets!B5", "Measures!H4"]
    assert all("unknown touchpoint 'desk'" in one for one in told(found))
    lines = [int(place[1]) for one in told(found) if (place := re.search(r"model\.yaml:(\d+)\)", one))]
    assert lines[3] == lines[2] + 1, "the first of two that are alike stands above the other"
    assert (project / "model" / "model.yaml").read_text() == MODEL


def test_what_is_missed_where_no_cell_is_has_the_line_of_the_model(project: Path) -> None:
    hidden = "backstage: [{what: looks it up, system: suite}]"
    model = MODEL.replace("      tell: {touchpoint: desk,", f"      tell: {{touchpoint: desk, {hidden},")
    line = model.splitlines().index(next(one for one in model.splitlines() if hidden in one)) + 1
    (project / "model" / "model.yaml").write_text(model)
    exported(project)
    said = told(filled(project, {}, drop=("Systems!4",), remove=True))
    assert [one.split(": ")[0] for one in said] == ["Touchpoints!H4", f"model/model.yaml:{line}"]
    assert all("unknown system 'suite'" in one for one in said)


def test_a_journey_goes_with_its_steps_and_not_without_them(project: Path) -> None:
    exported(project)
    said = told(filled(project, {}, drop=("Journeys!4",), remove=True))
    assert [one.split(":")[0] for one in said] == ["Steps!A4", "Steps!A5"]
    assert all("journey 'going' has no row any more on the sheet 'Journeys'" in one for one in said)
    said = told(filled(project, {}, drop=("Journeys!4", "Steps!4", "Steps!5"), remove=True))
    assert [one.split(":")[0] for one in said] == ["Moments!A4"]
    found = filled(project, {}, drop=("Journeys!4", "Steps!4", "Steps!5", "Moments!4"), remove=True)
    assert told(found) == []
    found.write()
    assert list(held(project)["journeys"]) == ["plain"]
    found = filled(project, {}, drop=("Scenarios!4", "Measures!4", "Measures!5", "Measures!6"), remove=True)
    found.write()
    assert held(project)["scenarios"] == {}


def test_a_journey_that_loses_its_last_step_is_told_at_its_row(project: Path) -> None:
    exported(project)
    said = told(filled(project, {}, drop=("Steps!6",), remove=True))
    assert len(said) == 1
    assert said[0].startswith("Journeys!A5: journey 'plain'")


def test_new_rows_are_chosen_from_lists_that_take_in_the_new_ids(project: Path) -> None:
    with zipfile.ZipFile(exported(project, "nl")) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    sheets = {unescape(name): parts[f"xl/worksheets/sheet{number}.xml"] for number, name in enumerate(names, start=1)}
    head = cells_of(project.parent / "nl.xlsx")["lists"][0]
    for collection, sheet in (("journeys", "'Klantreizen'"), ("scenarios", "'Scenario''s'")):
        letter = "ABCDEFGHIJ"[head.index(collection)]
        written = re.findall(rf'<c r="{letter}\d+"[^>]*><f>([^<]*)</f>', sheets["lists"])
        taken = [re.search(r'!\$A\$(\d+)=""', unescape(formula)) for formula in written]
        assert {unescape(formula).split("!")[0] for formula in written} == {f"IF({sheet}"}
        assert {int(found[1]) for found in taken if found} >= set(range(4, 40))
        assert f">OFFSET(lists!${letter}$2," in parts["xl/workbook.xml"].replace(f'name="ids_{collection}"', "")
    for sheet, collection in (("Stappen", "journeys"), ("Maatregelen", "scenarios"), ("Investeringen", "scenarios")):
        rule = next(
            one for one in re.findall(r"<dataValidation .*?</dataValidation>", sheets[sheet]) if ' sqref="A4:' in one
        )
        assert f"<formula1>ids_{collection}</formula1>" in rule
