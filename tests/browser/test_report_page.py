"""Does the report work from disk in a browser: no network, no error, by keyboard, on a phone and on paper?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Watched, serious
from tests.reports import gemeente_page, gemeente_report, hostile_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = {"phone": (360, 780), "desk": (1440, 900)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports on disk, as somebody carries them on a stick."""
    folder = tmp_path_factory.mktemp("reports")
    made = {"nl": gemeente_page("nl"), "en": gemeente_page("en"), "hostile": hostile_page("en")}
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(params=list(WIDTHS))
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that has no network, as wide as a phone and as a desk."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["nl", "en", "hostile"])
def test_it_opens_from_disk_without_network_or_error_and_fits(page: Page, files: dict[str, Path], name: str) -> None:
    watched = Watched(page)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    url = files[name].as_uri()
    page.goto(url)
    for details in page.locator("details").all():
        details.evaluate("one => one.open = true")
    assert watched.left(url) == []
    assert watched.errors == []
    assert dialogs == []
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_axe_finds_nothing_serious(page: Page, files: dict[str, Path], lang: str) -> None:
    page.goto(files[lang].as_uri())
    for details in page.locator("details").all()[:6]:
        details.evaluate("one => one.open = true")
    assert serious(page) == []


def test_it_is_read_by_keyboard_alone(page: Page, files: dict[str, Path]) -> None:
    page.goto(files["nl"].as_uri())
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.evaluate("one => document.querySelector('main').contains(one)")
    outline = first.evaluate("one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineWidth")
    assert outline == "solid3px"
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert summary.evaluate("one => one.parentElement.open")
    wide = page.locator(".table").evaluate_all(
        "all => all.findIndex(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 60)"
    )
    if page.viewport_size["width"] < 600:
        assert wide >= 0
    if wide >= 0:
        table = page.locator(".table").nth(wide)
        table.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("one => one.scrollLeft > 0", arg=table.element_handle())


def test_a_place_leads_to_its_line_in_the_same_file(page: Page, files: dict[str, Path]) -> None:
    made, _ = gemeente_report("nl")
    source = made.chapters[0].blocks[0].items[0].figure.source
    page.goto(files["nl"].as_uri())
    page.locator("#summary").get_by_role("link", name=source, exact=True).click()
    line = page.locator(":target")
    assert line.get_attribute("data-n") == source.rpartition(":")[2]
    page.wait_for_function(
        "() => { const box = document.querySelector(':target').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight }"
    )


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_first_page_prints_on_one_sheet(browser: Browser, files: dict[str, Path], lang: str) -> None:
    """At the width of A4 between its margins, heading and messages are no higher than the sheet."""
    context = browser.new_context(viewport={"width": 688, "height": 1000}, offline=True)
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(files[lang].as_uri())
    bottom = page.locator("#summary").evaluate("one => one.getBoundingClientRect().bottom + scrollY")
    assert bottom <= (297 - 31) / 25.4 * 96
    context.close()
