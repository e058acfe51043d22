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


def answers_page(folder: Path, model: str) -> tuple[KeyMessages, dict[str, Table]]:
    """The first page of a model, and the tables of its report by key."""
    (folder / "model").mkdir()
    (folder / "model" / "m.yaml").write_text(model, encoding="utf-8")
    (folder / "workbench.yaml").write_text("name: P\n", encoding="utf-8")
    with answers_of(open_project(folder).require_sound(), Language("en")) as answers:
        messages = first_page(answers).blocks[0]
        assert isinstance(messages, KeyMessages)
        return messages, {one.key: one for chapter in report_of(answers).chapters for one in chapter.tables()}


ONE_LINE = """
channels: {phone: {extends: library.phone}}
teams: {desk: {name: Desk, cost_per_hour: EUR 40/hour}}
touchpoints: {line: {name: Line, channel: phone, owner: desk}, other: {name: Other, channel: phone, owner: desk}}
reasons: {ask: {name: Ask, category: information}}
volumes: [{touchpoint: line, reason: ask, contacts: 100/month, handling_time: 6m, wait: 1m..3m}]
"""


def test_what_staff_spend_is_not_told_as_nothing_when_it_is_not_known(tmp_path: Path) -> None:
    other = "volumes: [{touchpoint: other, reason: ask, contacts: 200/month, handling_time: 1m}, "
    text = ONE_LINE.replace("handling_time: 6m, wait: 1m..3m", "wait: 2h").replace("volumes: [", other)
    messages, _ = answers_page(tmp_path, text)
    assert "the model does not tell" in messages.items[0].sentence
    assert "Of some contacts it is not known how long they take" in messages.items[0].more


def test_few_contacts_with_a_known_time_say_nothing_of_the_many_without_one(tmp_path: Path) -> None:
    other = "volumes: [{touchpoint: other, reason: ask, contacts: 1/month, handling_time: 1m}, "
    messages, _ = answers_page(tmp_path, ONE_LINE.replace("handling_time: 6m, ", "").replace("volumes: [", other))
    assert "more than half of the contacts" in messages.items[0].sentence
    assert messages.items[0].figure.value == "·"


def test_a_plan_whose_contacts_have_no_price_is_not_worth_nothing(tmp_path: Path) -> None:
    """The plan that halves the calls has no price; the one that only costs an euro is not the best there is."""
    plans = """scenarios:
  halve: {name: Halve, measures: [{kind: eliminate, reasons: [ask], share: 50%}],
          investments: [{what: x, once: EUR 5000}]}
  spend: {name: Spend, investments: [{what: y, once: EUR 1}]}
"""
    unpriced = ONE_LINE.replace(", cost_per_hour: EUR 40/hour", "")
    assert unpriced != ONE_LINE
    messages, tables = answers_page(tmp_path, unpriced + plans)
    assert "of the contacts that ‘Halve’ touches it is not known" in messages.items[4].sentence
    rows = {row["scenario"]: row for row in tables["case_worth"].records()}
    assert (rows["Halve"]["npv"], rows["Halve"]["npv_chance"], rows["Halve"]["payback_years"]) == (None, None, None)
    assert rows["Spend"]["npv"] == -1
    (tmp_path / "priced").mkdir()
    messages, _ = answers_page(tmp_path / "priced", ONE_LINE + plans)
    assert "‘Halve’" in messages.items[4].sentence


def test_plans_of_unlike_length_are_compared_by_the_year(tmp_path: Path) -> None:
    """EUR 2,000 once a year later is EUR 1,000 a year over two years; EUR 1,500 in one year is more a year."""
    plans = """scenarios:
  long: {name: Long, horizon: 24 months, discount_rate: 0%, cashable: 100%,
         measures: [{kind: eliminate, reasons: [ask], share: 50%}], investments: [{what: x, once: EUR 2800}]}
  short: {name: Short, horizon: 12 months, discount_rate: 0%, cashable: 100%,
          measures: [{kind: eliminate, reasons: [ask], share: 50%}], investments: [{what: y, once: EUR 900}]}
"""
    messages, tables = answers_page(tmp_path, ONE_LINE + plans)
    rows = {row["scenario"]: row for row in tables["case_worth"].records()}
    assert rows["Long"]["npv"] == pytest.approx(2 * 2400 - 2800)
    assert rows["Short"]["npv"] == pytest.approx(2400 - 900)
    assert (rows["Long"]["npv_per_year"], rows["Short"]["npv_per_year"]) == pytest.approx((1000, 1500))
    assert "‘Short’" in messages.items[4].sentence
    assert "The plans cover different times" in messages.items[4].more


def test_a_plan_that_says_nothing_is_no_plan(tmp_path: Path) -> None:
    messages, _ = answers_page(tmp_path, ONE_LINE + "scenarios: {s: {name: Plan}}\n")
    assert messages.items[4].sentence.startswith("This cannot be told yet")


def test_what_nothing_counts_has_no_hours_and_no_cost(tmp_path: Path) -> None:
    """100 contacts a month of 6 minutes: 120 hours a year, at EUR 40 an hour EUR 4,800."""
    text = ONE_LINE.replace("volumes: [", "volumes: [{touchpoint: other, reason: ask, handling_time: 5m}, ")
    _, tables = answers_page(tmp_path, text)
    rows = {row["touchpoint"]: row for row in tables["touchpoints"].records()}
    known = rows["Line"]
    assert (known["contacts_per_year"], known["staff_h_per_year"]) == (1200, pytest.approx(120))
    assert known["cost_per_year"] == pytest.approx(4800)
    empty = rows["Other"]
    assert (empty["contacts_per_year"], empty["staff_h_per_year"], empty["cost_per_year"]) == (None, None, None)


def test_one_place_is_not_called_one_of_the_five_heaviest(tmp_path: Path) -> None:
    messages, _ = answers_page(tmp_path, ONE_LINE)
    assert messages.items[0].more == ""
