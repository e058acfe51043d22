"""Does the workshop screen write what people fill in, and lose nobody's?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")
pytest.importorskip("playwright", reason="the browser tests need playwright")
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import serious
from tests.browser.live_server import MODEL, Live, project, served
from tests.browser.workshop_page import FAKE, answer, asked, change, field, model, open_table, said, two_viewers
from workbench.project import open_project

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One server for all tests here."""
    with served(project(tmp_path_factory.mktemp("workshop") / "project")) as found:
        yield found


@pytest.fixture
def pages(browser: Browser, live: Live) -> Iterator[tuple[Page, Page]]:
    """Two viewers, each with a browser of their own, on a model as it was at first."""
    with two_viewers(browser, live) as opened:
        yield opened


def test_what_is_typed_is_written_and_drawn_and_comments_stay(pages: tuple[Page, Page], live: Live) -> None:
    page, other = pages
    open_table(page, live)
    open_table(other, live)
    drawn = page.locator("#drawing svg").text_content()
    at = field(page, "line/how", "contacts")
    at.fill("2000/month")
    expect(page.locator("#drawing svg")).not_to_have_text(drawn or "")
    assert model(live) == MODEL, "what is only being typed is not written"
    at.blur()
    expect(field(other, "line/how", "contacts")).to_have_value("2000/month")
    assert model(live) == MODEL.replace("contacts: 900/month", "contacts: 2000/month", 1)
    page.get_by_role("button", name="Undo my last change").click()
    expect(field(other, "line/how", "contacts")).to_have_value("900/month")
    assert model(live) == MODEL


def test_a_value_that_is_wrong_is_told_at_its_cell_and_not_written(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live)
    at = field(page, "line/how", "handling_time")
    change(at, "390")
    expect(said(page, "line/how", "handling_time")).to_contain_text("has no unit; write it like 390s")
    expect(at).to_have_value("390")
    assert model(live) == MODEL
    change(at, "6m30s")
    expect(said(page, "line/how", "handling_time")).to_be_empty()
    expect(page.get_by_role("button", name="Undo my last change")).to_be_enabled()
    assert "handling_time: 6m30s" in model(live)


def test_two_people_in_different_cells_both_keep_their_edit(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    open_table(one, live)
    open_table(two, live)
    field(two, "line/status", "wait").fill("55s")
    change(field(one, "line/how", "wait"), "70s")
    expect(field(two, "line/how", "wait")).to_have_value("70s")
    expect(field(two, "line/status", "wait")).to_have_value("55s")
    field(two, "line/status", "wait").blur()
    expect(field(one, "line/status", "wait")).to_have_value("55s")
    volumes = open_project(live.folder).inventory.volumes
    assert [volumes[key].wait.point for key in ("line/how", "line/status")] == [70, 55]


def in_dispute(one: Page, two: Page, live: Live) -> Locator:
    """A cell in which the second viewer typed 55s while the first wrote 70s."""
    open_table(one, live)
    open_table(two, live)
    mine = field(two, "line/how", "wait")
    mine.fill("55s")
    change(field(one, "line/how", "wait"), "70s")
    expect(field(one, "line/how", "wait")).to_have_value("70s")
    mine.blur()
    expect(said(two, "line/how", "wait")).to_contain_text("Meanwhile somebody filled in ‘70s’ here.")
    return mine


def test_a_conflict_is_shown_with_both_values_and_never_overwritten(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    mine, told = in_dispute(one, two, live), said(two, "line/how", "wait")
    expect(mine).to_have_value("55s")
    assert "wait: 70s" in model(live)
    assert "wait: 55s" not in model(live)
    told.get_by_role("button", name="Keep mine").click()
    expect(field(one, "line/how", "wait")).to_have_value("55s")
    mine.fill("90s")
    change(field(one, "line/how", "wait"), "80s")
    expect(field(one, "line/how", "wait")).to_have_value("80s")
    mine.blur()
    told.get_by_role("button", name="Take that value").click()
    expect(mine).to_have_value("80s")
    assert "wait: 80s" in model(live)


def test_records_are_added_with_choices_from_the_ids_and_taken_away(pages: tuple[Page, Page], live: Live) -> None:
    page, other = pages
    open_table(page, live, "touchpoints")
    open_table(other, live, "touchpoints")
    page.locator("[id='new:touchpoints:id']").fill("counter")
    page.locator("[id='new:touchpoints:name']").fill("Town hall desk")
    channels = page.locator("[id='new:touchpoints:channel'] option").all_inner_texts()
    assert {"Phone", "Website"} <= set(channels)
    page.locator("[id='new:touchpoints:owner']").select_option("kcc")
    page.get_by_role("button", name="Add").click()
    expect(field(other, "counter", "name", "touchpoints")).to_have_value("Town hall desk")
    expect(page.locator("[id='new:touchpoints:id']")).to_have_value("")
    expect(page.locator("#drawing svg")).to_contain_text("Town hall")
    assert open_project(live.folder).inventory.touchpoints["counter"].owner == "kcc"
    other.get_by_role("button", name="Remove counter").click()
    expect(field(page, "counter", "name", "touchpoints")).to_have_count(0)
    other.get_by_role("button", name="Remove line").click()
    expect(other.locator("[id='said:row:touchpoints:line']")).to_contain_text("unknown touchpoint 'line'")
    assert model(live) == MODEL


def test_an_id_that_is_no_id_is_told_at_the_empty_row(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live, "reasons")
    page.locator("[id='new:reasons:id']").fill("No Id <script>")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("[id='said:new:reasons']")).to_contain_text("No Id <script>")
    assert model(live) == MODEL


def test_no_serious_barrier(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        open_table(page, live, "content")
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def played(page: Page, live: Live) -> tuple[Locator, str, str]:
    """A cell, its name, and the page around it, with the test for a server."""
    open_table(page, live)
    main = page.locator("#main").inner_html()
    page.evaluate(FAKE)
    return field(page, "line/how", "wait"), "cell:volumes:line/how:wait", main


def test_what_is_typed_while_something_is_written_stays(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    at, cell, main = played(page, live)
    change(at, "55s")
    at.fill("56s")
    answer(page, edited={"id": cell, "kind": "done", "now": "55s"})
    answer(page, regions={"main": main.replace("40s", "55s")})
    expect(at).to_have_value("56s")
    at.blur()
    assert [(one["before"], one["value"]) for one in asked(page)] == [("40s", "55s"), ("55s", "56s")]
    change(at, "57s")
    assert len(asked(page)) == 2, "one write of a cell at a time"
    answer(page, regions={"main": main.replace("40s", "56s")}, edited={"id": cell, "kind": "done", "now": "56s"})
    assert (asked(page)[2]["before"], asked(page)[2]["value"]) == ("56s", "57s")
    answer(page, edited={"id": cell, "kind": "wrong", "now": ""})
    expect(at).to_have_value("57s")
    answer(page, regions={"main": main.replace("40s", "90s")})
    expect(at).to_have_value("57s")


def test_what_another_wrote_after_mine_is_shown(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    at, cell, main = played(page, live)
    change(at, "55s")
    answer(page, regions={"main": main.replace("40s", "80s")})
    expect(at).to_have_value("55s")
    answer(page, edited={"id": cell, "kind": "done", "now": "55s"})
    expect(at).to_have_value("80s")


def test_what_is_typed_on_is_based_on_what_was_written_and_not_on_what_another_wrote_after(
    pages: tuple[Page, Page], live: Live
) -> None:
    """Else the other's value, which the viewer never saw, would be overwritten without a dispute."""
    page, _ = pages
    at, cell, main = played(page, live)
    change(at, "55s")
    at.fill("90s")
    answer(page, regions={"main": main.replace("40s", "80s")})
    answer(page, edited={"id": cell, "kind": "done", "now": "55s"})
    at.blur()
    assert [(one["before"], one["value"]) for one in asked(page)] == [("40s", "55s"), ("55s", "90s")]


def test_the_next_row_may_be_typed_while_one_is_added(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live, "touchpoints")
    page.evaluate(FAKE)
    page.locator("[id='new:touchpoints:id']").fill("counter")
    page.locator("[id='new:touchpoints:name']").fill("Desk")
    page.get_by_role("button", name="Add").click()
    page.locator("[id='new:touchpoints:id']").fill("kiosk")
    answer(page, added={"table": "touchpoints", "isDone": True})
    expect(page.locator("[id='new:touchpoints:id']")).to_have_value("kiosk")
    expect(page.locator("[id='new:touchpoints:name']")).to_have_value("")


def test_a_dispute_and_a_wrong_value_stay_when_another_table_was_looked_at(
    pages: tuple[Page, Page], live: Live
) -> None:
    one, two = pages
    mine = in_dispute(one, two, live)
    change(field(two, "line/status", "wait"), "40")
    expect(said(two, "line/status", "wait")).to_contain_text("has no unit")
    two.get_by_role("button", name="Reasons").click()
    expect(field(two, "how", "name", "reasons")).to_be_visible()
    two.get_by_role("button", name="Contacts").click()
    expect(field(two, "line/status", "wait")).to_have_value("40")
    expect(said(two, "line/status", "wait")).to_contain_text("has no unit")
    expect(mine).to_have_value("55s")
    said(two, "line/how", "wait").get_by_role("button", name="Keep mine").click()
    expect(field(one, "line/how", "wait")).to_have_value("55s")


def test_escape_takes_back_what_was_typed(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live)
    at = field(page, "line/how", "wait")
    change(at, "40")
    expect(said(page, "line/how", "wait")).to_contain_text("has no unit")
    at.press("Escape")
    expect(at).to_have_value("40s")
    expect(said(page, "line/how", "wait")).to_be_empty()
    at.blur()
    page.evaluate(FAKE)
    at.fill("55s")
    at.press("Escape")
    at.blur()
    assert asked(page) == []


def test_escape_in_a_dispute_shows_what_stands_in_the_file(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    mine = in_dispute(one, two, live)
    mine.press("Escape")
    expect(mine).to_have_value("70s")
    expect(said(two, "line/how", "wait")).to_be_empty()
    assert "wait: 70s" in model(live)


def test_two_cells_pasted_into_one_are_told(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live)
    change(field(page, "line/how", "wait"), "45s\t60s")
    expect(said(page, "line/how", "wait")).to_contain_text("one value into a field")
    assert model(live) == MODEL


def test_focus_stays_after_undo(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live)
    for wait in ("50s", "51s"):
        change(field(page, "line/how", "wait"), wait)
        expect(page.locator("[data-cell][data-state=saving]")).to_have_count(0)
    undo = page.get_by_role("button", name="Undo my last change")
    undo.focus()
    undo.press("Enter")
    expect(field(page, "line/how", "wait")).to_have_value("50s")
    expect(undo).to_be_focused()


def test_a_server_that_is_gone_is_told_and_what_was_typed_stays(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(project(tmp_path / "gone")) as gone:
        open_table(page, gone)
        expect(page.locator("#lost")).to_be_hidden()
        gone.process.kill()
        expect(page.locator("#lost")).to_contain_text("what you type now is not saved")
        change(field(page, "line/how", "wait"), "55s")
        expect(field(page, "line/how", "wait")).to_have_value("55s")
    context.close()
    assert "wait: 55s" not in (tmp_path / "gone" / "model" / "model.yaml").read_text(encoding="utf-8")
