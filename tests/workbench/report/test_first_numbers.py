"""Can every number of the first page be found in the tables of the report?"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from workbench.language.language import Code, Language
from workbench.project import open_project
from workbench.report.blocks import Chapter, KeyMessages
from workbench.report.build import answers_of, report_of
from workbench.report.first_page import first_page
from workbench.tables import Table

ROOT = Path(__file__).resolve().parents[3]
_NUMBER = re.compile(r"€ ?-?[\d.,]+|[\d][\d.,]*[\d]|\d")


@pytest.fixture(scope="module", params=["nl", "en"])
def read(request: pytest.FixtureRequest) -> tuple[Language, tuple[Chapter, ...]]:
    """The report of the municipality, without a log."""
    code: Code = request.param
    with answers_of(open_project(ROOT / "examples" / "gemeente"), Language(code)) as answers:
        return answers.language, report_of(answers).chapters


def _tables(language: Language, chapters: tuple[Chapter, ...]) -> dict[str, list[Table]]:
    found: dict[str, list[Table]] = defaultdict(list)
    for chapter in chapters:
        for one in chapter.tables():
            if one not in found[one.title(language)]:
                found[one.title(language)].append(one)
    return found


def _values(told: dict[str, Any], language: Language, tables: dict[str, list[Table]]) -> set[float]:
    """What the table says that the number should be: every value that the words under `told_how` allow."""
    [table] = tables[told["in_table"]]
    at = table.headings(language).index(told["in_column"])
    rows = table.rows
    column = [row[at] for row in rows if row[at] is not None]
    how = told["told_how"]
    if how == "told_sum":
        return {sum(column)}
    if how == "told_part":
        return {value / sum(column) for value in column}
    if how == "told_row_minus":
        return {-value for value in column}
    if how == "told_unanswered":
        state = table.columns.index("answer_state")
        lacking = ("answer_expired", "answer_unfit", "answer_tacit", "answer_missing")
        return {sum(row[at] for row in rows if row[state] in lacking)}
    assert how == "told_row"
    return set(column)


def test_every_number_is_where_the_table_says(read: tuple[Language, tuple[Chapter, ...]]) -> None:
    language, chapters = read
    tables = _tables(language, chapters)
    [numbers] = tables[language.text("table.first_numbers")]
    assert len(numbers.rows) >= 15
    for told in numbers.records():
        wanted = _values(told, language, tables)
        assert any(told["told_value"] == pytest.approx(value, rel=1e-9) for value in wanted), told


def test_no_sentence_tells_a_number_that_is_not_in_the_table(read: tuple[Language, tuple[Chapter, ...]]) -> None:
    language, chapters = read
    tables = _tables(language, chapters)
    [numbers] = tables[language.text("table.first_numbers")]
    known = {text for row in numbers.shown(language) for text in row[1:4]}
    known |= {language.number(value, 1) for value in (one["told_value"] for one in numbers.records())}
    known |= {language.show(abs(one["told_value"]), one["unit"]) for one in numbers.records()}
    known = {found for text in known for found in _NUMBER.findall(text)} | {"36"}  # months: the scenario's own
    [messages] = [block for block in chapters[0].blocks if isinstance(block, KeyMessages)]
    for item in messages.items:
        said = re.sub("‘[^’]*’", "", f"{item.sentence} {item.more} {item.figure.value} {item.figure.range}")
        found = [text for text in _NUMBER.findall(said) if text.strip(".,") not in known]
        assert found == [], item.sentence


def test_what_staff_spend_is_not_told_as_nothing_when_it_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "m.yaml").write_text(
        "channels: {phone: {extends: library.phone}}\nteams: {desk: {name: Desk}}\n"
        "touchpoints: {line: {name: Line, channel: phone, owner: desk}}\n"
        "reasons: {ask: {name: Ask, category: information}}\n"
        "volumes: [{touchpoint: line, reason: ask, contacts: 100/month, wait: 10m}]\n",
        encoding="utf-8",
    )
    (tmp_path / "workbench.yaml").write_text("name: P\n", encoding="utf-8")
    project = open_project(tmp_path)
    assert not project.errors, [one.render() for one in project.errors]
    with answers_of(project, Language("en")) as answers:
        messages = first_page(answers).blocks[0]
    assert isinstance(messages, KeyMessages)
    assert "the model does not tell" in messages.items[0].sentence
