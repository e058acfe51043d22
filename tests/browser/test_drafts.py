"""Does what was typed, and does not stand in the model, stay until it is written or its viewer lets it go?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")
pytest.importorskip("playwright", reason="the browser tests need playwright")
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import serious
from tests.browser.live_server import MODEL, Live, project, served
from tests.browser.workshop_page import FAKE, answer, asked, change, field, model, open_table, said, two_viewers
from workbench.project import open_project

CELL = "cell:volumes:line/status:wait"
ROW = re.compile(r"<tr><th[^>]*>[^/]*<code>line</code></th><th[^>]*>[^/]*<code>status</code>.*?</tr>", re.DOTALL)

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One server for all tests here."""
    with served(project(tmp_path_factory.mktemp("drafts") / "project")) as found:
        yield found


@pytest.fixture
def pages(browser: Browser, live: Live) -> Iterator[tuple[Page, Page]]:
    """Two viewers, on a model as it was at first."""
    with two_viewers(browser, live) as opened:
        yield opened


def new(page: Page, column: str, table: str = "reasons") -> Locator:
    """A field of the new row."""
    return page.locator(f"[id='new:{table}:{column}']")


def turn(page: Page, tab: str) -> None:
    """Look at another table."""
    page.get_by_role("button", name=tab, exact=True).click()
    expect(page.get_by_role("button", name=tab, exact=True)).to_have_attribute("aria-pressed", "true")


def removed_while_typing(one: Page, two: Page, live: Live) -> Locator:
    """The second viewer types in a row that the first removes; the place where the text is shown then."""
    open_table(one, live)
    open_table(two, live)
    field(two, "line/status", "wait").press_sequentially("55")
    field(two, "line/status", "wait").fill("55")
    one.get_by_role("button", name="Remove line · status").click()
    left = two.locator("#left")
    expect(left).to_contain_text("This row was removed or renamed meanwhile. What you typed in it is not saved")
    return left


def test_what_was_typed_in_a_row_that_is_removed_is_shown_until_it_is_dismissed(
    pages: tuple[Page, Page], live: Live
) -> None:
    one, two = pages
    left = removed_while_typing(one, two, live)
    text = left.get_by_label("Contact line · Status: Wait")
    expect(text).to_be_focused()
    two.keyboard.type("s or so")
    expect(text).to_have_value("55s or so")
    turn(two, "Reasons")
    change(field(one, "line/how", "wait"), "70s")
    turn(two, "Contacts")
    expect(field(two, "line/how", "wait")).to_have_value("70s")
    expect(text).to_have_value("55s or so")
    assert "55" not in model(live)
    left.get_by_role("button", name="Throw away").click()
    expect(left).to_be_hidden()
    change(field(one, "line/how", "wait"), "71s")
    expect(field(two, "line/how", "wait")).to_have_value("71s")
    expect(left).to_be_hidden()


def test_it_becomes_a_new_row_with_all_that_stood_in_the_old_one(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    left = removed_while_typing(one, two, live)
    two.keyboard.type("s")
    turn(two, "Reasons")
    left.get_by_role("button", name="Put into a new row").click()
    expect(new(two, "touchpoint", "volumes")).to_have_value("line")
    expect(new(two, "wait", "volumes")).to_have_value("55s")
    expect(left).to_be_hidden()
    assert open_project(live.folder).inventory.volumes.keys() == {"line/how", "mailbox/how"}
    two.get_by_role("button", name="Add").click()
    expect(field(one, "line/status", "wait")).to_have_value("55s")
    back = open_project(live.folder).inventory.volumes["line/status"]
    assert (back.wait.point, back.contacts.point, back.handling_time.point) == (55, 1350, 250)


def test_a_new_row_that_is_being_filled_in_is_not_written_over(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    open_table(two, live)
    new(two, "contacts", "volumes").fill("7/month")
    removed = field(two, "line/status", "wait")
    removed.fill("55s")
    open_table(one, live)
    one.get_by_role("button", name="Remove line · status").click()
    put = two.locator("#left").get_by_role("button", name="Put into a new row")
    expect(two.locator("#left")).to_be_visible()
    expect(put).to_be_hidden()
    expect(new(two, "contacts", "volumes")).to_have_value("7/month")
    two.get_by_role("button", name="Clear").click()
    expect(put).to_be_visible()


def test_a_row_that_is_renamed_in_the_file_is_gone_and_its_texts_are_shown(
    pages: tuple[Page, Page], live: Live
) -> None:
    page, _ = pages
    open_table(page, live, "content")
    field(page, "move_page", "title", "content").fill("Moving to us")
    (live.folder / "model" / "model.yaml").write_text(MODEL.replace("move_page:", "moving:"), encoding="utf-8")
    expect(page.locator("#left").get_by_role("textbox")).to_have_value("Moving to us")
    expect(field(page, "moving", "title", "content")).to_have_value("Moving house")


def test_a_row_that_comes_back_takes_its_text_back(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    left = removed_while_typing(one, two, live)
    two.keyboard.type("s")
    two.locator("#find").focus()
    one.get_by_role("button", name="Undo my last change").click()
    expect(left).to_be_hidden()
    expect(field(one, "line/status", "wait")).to_have_value("55s")
    expect(field(two, "line/status", "wait")).to_have_value("55s")


def test_a_row_that_comes_back_while_one_types_on_is_typed_in_on(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    left = removed_while_typing(one, two, live)
    one.get_by_role("button", name="Undo my last change").click()
    expect(left).to_be_hidden()
    expect(field(two, "line/status", "wait")).to_be_focused()
    two.keyboard.type("s")
    expect(field(two, "line/status", "wait")).to_have_value("55s")
    assert "55s" not in model(live), "what is only being typed is not written"


def test_a_text_in_a_row_that_is_not_found_any_more_is_shown(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live)
    change(field(page, "line/how", "wait"), "40")
    expect(said(page, "line/how", "wait")).to_contain_text("has no unit")
    page.locator("#find").fill("mailbox")
    page.locator("#find").press("Enter")
    expect(page.locator("#left")).to_contain_text("not among those that the table shows now")
    page.locator("#find").fill("")
    page.locator("#find").press("Enter")
    expect(field(page, "line/how", "wait")).to_have_value("40")
    expect(said(page, "line/how", "wait")).to_contain_text("has no unit")
    expect(page.locator("#left")).to_be_hidden()


def played(page: Page, live: Live) -> tuple[Locator, str, str]:
    """A cell that was left with a text, with the test for a server; the table with its row, and without."""
    open_table(page, live)
    main = page.locator("#main").inner_html()
    page.evaluate(FAKE)
    at = field(page, "line/status", "wait")
    change(at, "55s")
    without = ROW.sub("", main)
    assert without != main
    return at, main, without


def test_a_text_that_reaches_the_server_after_its_row_went_is_shown(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    at, _, without = played(page, live)
    answer(page, regions={"main": without})
    answer(page, edited={"id": CELL, "kind": "gone", "now": ""})
    expect(page.locator("#left").get_by_role("textbox")).to_have_value("55s")
    expect(at).to_have_count(0)


def test_a_row_that_goes_after_a_text_was_written_leaves_nothing_to_tell(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    _, _, without = played(page, live)
    answer(page, regions={"main": without})
    answer(page, edited={"id": CELL, "kind": "done", "now": "55s"})
    expect(page.locator("#left")).to_be_hidden()


def test_a_text_whose_row_went_is_shown_beside_another_table_too(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    _, main, _ = played(page, live)
    other = main.replace('data-new="volumes"', 'data-new="reasons"').replace(":volumes:", ":reasons:")
    answer(page, regions={"main": other})
    expect(page.locator("#left")).to_be_hidden()
    answer(page, edited={"id": CELL, "kind": "gone", "now": ""})
    expect(page.locator("#left").get_by_role("textbox")).to_have_value("55s")


def test_what_was_typed_is_written_when_one_goes_back_to_another_page(pages: tuple[Page, Page], live: Live) -> None:
    page, other = pages
    page.goto(live.url)
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    page.locator("#nav [data-value=workshop]").click()
    turn(page, "Contacts")
    field(page, "line/how", "wait").fill("55s")
    page.go_back()
    expect(page.locator("#worktable")).to_have_count(0)
    open_table(other, live)
    expect(field(other, "line/how", "wait")).to_have_value("55s")


def test_a_half_filled_row_is_kept_per_table_until_it_is_cleared(pages: tuple[Page, Page], live: Live) -> None:
    one, two = pages
    open_table(one, live, "reasons")
    expect(one.get_by_role("button", name="Clear")).to_be_hidden()
    new(one, "name").fill("Where is my parcel")
    new(one, "category").select_option("complaint")
    one.get_by_role("button", name="Add").click()
    expect(one.locator("[id='said:new:reasons']")).to_contain_text("Fill in first")
    turn(one, "Touchpoints")
    expect(new(one, "name", "touchpoints")).to_have_value("")
    new(one, "id", "touchpoints").fill("desk")
    open_table(two, live, "touchpoints")
    change(field(two, "site", "name", "touchpoints"), "Our site")
    expect(field(one, "site", "name", "touchpoints")).to_have_value("Our site")
    expect(new(one, "id", "touchpoints")).to_have_value("desk")
    one.locator("#nav [data-value=summary]").click()
    expect(one.locator("#worktable")).to_have_count(0)
    one.locator("#nav [data-value=workshop]").click()
    expect(new(one, "id", "touchpoints")).to_have_value("desk")
    turn(one, "Reasons")
    expect(new(one, "name")).to_have_value("Where is my parcel")
    expect(new(one, "category")).to_have_value("complaint")
    expect(one.locator("[id='said:new:reasons']")).to_contain_text("Fill in first")
    one.get_by_role("button", name="Clear").click()
    expect(new(one, "category")).to_have_value("")
    expect(one.locator("[id='said:new:reasons']")).to_be_empty()
    turn(one, "Touchpoints")
    turn(one, "Reasons")
    expect(new(one, "name")).to_have_value("")
    expect(one.locator("[id='said:new:reasons']")).to_be_empty()


def test_a_choice_that_somebody_removes_meanwhile_stays_chosen(pages: tuple[Page, Page], live: Live) -> None:
    one, _ = pages
    open_table(one, live, "volumes")
    new(one, "reason", "volumes").select_option("status")
    text = MODEL.replace("reasons: [status]", "reasons: [how]")
    text = text.replace("touchpoint: line, reason: status", "touchpoint: site, reason: how")
    (live.folder / "model" / "model.yaml").write_text(re.sub(r"  status: .*\n", "", text), encoding="utf-8")
    expect(field(one, "site/how", "wait")).to_be_visible()
    expect(new(one, "reason", "volumes")).to_have_value("status")


def test_a_row_that_was_added_does_not_clear_that_of_another_table(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live, "reasons")
    new(page, "name").fill("Parcel")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("[id='said:new:reasons']")).to_contain_text("Fill in first")
    turn(page, "Touchpoints")
    new(page, "id", "touchpoints").fill("desk")
    new(page, "channel", "touchpoints").select_option("phone")
    new(page, "id", "touchpoints").press("Enter")
    expect(field(page, "desk", "name", "touchpoints")).to_be_visible()
    expect(new(page, "id", "touchpoints")).to_have_value("")
    turn(page, "Reasons")
    expect(new(page, "name")).to_have_value("Parcel")


def test_a_row_that_is_added_twice_in_a_hurry_is_asked_for_once(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live, "reasons")
    page.evaluate(FAKE)
    new(page, "id").fill("parcel")
    for _ in range(2):
        new(page, "id").press("Enter")
    assert page.evaluate("window.sent.filter((one) => one.kind === 'add').length") == 1
    answer(page, added={"table": "reasons", "isDone": False})
    new(page, "id").press("Enter")
    assert page.evaluate("window.sent.filter((one) => one.kind === 'add').length") == 2


def test_all_that_was_typed_is_there_again_when_the_server_is(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    folder = project(tmp_path / "again")
    with served(folder) as gone:
        open_table(page, gone)
        new(page, "contacts", "volumes").fill("7/month")
        new(page, "reason", "volumes").select_option("status")
        change(field(page, "line/how", "handling_time"), "390")
        expect(said(page, "line/how", "handling_time")).to_contain_text("has no unit")
        turn(page, "Reasons")
        new(page, "id").fill("parcel")
        turn(page, "Contacts")
        gone.process.kill()
        expect(page.locator("#lost")).to_be_visible()
        change(field(page, "line/how", "wait"), "55s")
        field(page, "line/status", "wait").fill("66")
    with served(folder, ["--port", str(urlsplit(gone.url).port)]) as back:
        expect(page.locator("#lost a")).to_be_visible()
        page.wait_for_timeout(4000)
        assert page.locator("#lost").is_visible(), "the page does not come back while somebody types"
        page.locator("#share").focus()
        expect(page.locator("#lost")).to_be_hidden()
        expect(new(page, "contacts", "volumes")).to_have_value("7/month")
        expect(new(page, "reason", "volumes")).to_have_value("status")
        expect(said(page, "line/how", "handling_time")).to_contain_text("has no unit")
        expect(field(page, "line/how", "handling_time")).to_have_value("390")
        expect(said(page, "line/status", "wait")).to_contain_text("has no unit")
        expect(page.get_by_role("button", name="Undo my last change")).to_be_enabled()
        assert open_project(folder).inventory.volumes["line/how"].wait.point == 55
        turn(page, "Reasons")
        expect(new(page, "id")).to_have_value("parcel")
        assert back.url == gone.url
    context.close()


def test_what_was_typed_in_another_project_does_not_come_along(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(project(tmp_path / "one")) as first:
        open_table(page, first, "reasons")
        new(page, "id").fill("parcel")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        expect(new(page, "id")).to_have_value("parcel")
    with served(project(tmp_path / "two"), ["--port", str(urlsplit(first.url).port)]) as second:
        open_table(page, second, "reasons")
        expect(page.locator("body[data-live=yes]")).to_be_attached()
        expect(new(page, "id")).to_have_value("")
    context.close()


def test_one_who_types_when_the_page_is_loaded_anew_types_on(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live)
    page.on("dialog", lambda dialog: dialog.accept())
    field(page, "line/how", "wait").fill("55")
    page.reload()
    expect(field(page, "line/how", "wait")).to_be_focused()
    page.keyboard.type("s")
    expect(field(page, "line/how", "wait")).to_have_value("55s")
    assert model(live) == MODEL


@pytest.mark.parametrize(("lang", "told"), [("nl", "intussen verwijderd of hernoemd"), ("en", "removed or renamed")])
def test_no_serious_barrier_beside_a_text_whose_row_is_gone(
    pages: tuple[Page, Page], live: Live, lang: str, told: str
) -> None:
    page, _ = pages
    for width in (360, 1440):
        (live.folder / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live.url}?page=workshop&table=content&lang={lang}")
        at = field(page, "move_page", "title", "content")
        at.fill("Moving to us")
        new(page, "id", "content").evaluate("(field) => { field.value = 'half' }")
        (live.folder / "model" / "model.yaml").write_text(MODEL.replace("move_page:", "moving:"), encoding="utf-8")
        expect(page.locator("#left")).to_contain_text(told)
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("#left button[data-dismiss]").click()
        page.locator("tr.new [data-clear]").click()


def test_nothing_else_is_asked(pages: tuple[Page, Page], live: Live) -> None:
    page, _ = pages
    open_table(page, live)
    page.evaluate(FAKE)
    field(page, "line/how", "wait").focus()
    field(page, "line/how", "wait").blur()
    assert asked(page) == []
