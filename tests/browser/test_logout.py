"""Is a login over, for the server and on every open page, when its user logs out?"""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")
pytest.importorskip("playwright", reason="the browser tests need playwright")
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import serious
from tests.browser.live_server import MODEL, Live, project, served
from tests.browser.login_provider import login_provider
from tests.browser.workshop_page import change, field, model, open_table
from workbench.app.door.passwords import hashed

NAME, PASSWORD = "mieke", "correct horse battery"
EDIT = {"kind": "edit", "table": "volumes", "key": "line/how", "column": "wait", "before": "40s", "value": "77s"}

expect.set_options(timeout=30_000)


@contextmanager
def by_password(folder: Path) -> Iterator[Live]:
    users = folder / "users"
    users.write_text(f"{NAME}:{hashed(PASSWORD)}\nanna:{hashed(PASSWORD)}\n")
    users.chmod(0o600)
    with served(project(folder / "project"), ["--auth", str(users)]) as live:
        yield live


@contextmanager
def by_provider(folder: Path) -> Iterator[Live]:
    with login_provider() as provider:
        provider.person = {"email": "mieke@team.example"}
        options: Sequence[str] = ["--oauth", "generic", "--allow", "@team.example"]
        with served(project(folder / "project"), options, provider.settings) as live:
            yield live


def logged_in(browser: Browser, live: Live, name: str = NAME) -> BrowserContext:
    """A browser of somebody who logged in; a page of it hands its connection to the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script("addEventListener('bridge', ({detail}) => { window.wire = detail })")
    page = context.new_page()
    page.goto(live.url)
    log_in(page, name)
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    page.close()
    return context


def log_in(page: Page, name: str = NAME) -> None:
    """Fill in the login, where one is asked for it."""
    if page.locator("input[type=password]").count():
        page.locator("input[name=username]").fill(name)
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("button").click()


def status(live: Live, cookie: str) -> int:
    """How a request with a cookie is answered."""
    connection = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=60)
    connection.request("GET", "/table/contact-points-0.csv", headers={"Cookie": f"user={cookie}"})
    found = connection.getresponse().status
    connection.close()
    return found


@pytest.mark.parametrize("door", [by_password, by_provider])
def test_after_logging_out_nothing_is_shown_or_written(door, browser: Browser, tmp_path: Path) -> None:
    with door(tmp_path) as live:
        context, elsewhere = logged_in(browser, live), logged_in(browser, live)
        open_tab, other_tab, other_login = context.new_page(), context.new_page(), elsewhere.new_page()
        for page in (open_tab, other_tab, other_login):
            open_table(page, live)
        field(open_tab, "line/status", "wait").fill("66s")
        (cookie,) = [one["value"] for one in context.cookies() if one["name"] == "user"]
        assert status(live, cookie) == 200
        other_tab.locator("#logout").click()
        expect(other_tab.locator("main")).to_contain_text("You are logged out")

        expect(open_tab.locator("#over")).to_contain_text("You are logged out")
        expect(open_tab.locator("#over")).to_contain_text("comes back when you log in again")
        assert "Contact line" not in open_tab.locator("body").inner_text()
        assert status(live, cookie) == 302, "a copy of the cookie opens nothing"
        open_tab.evaluate("window.heard = []; window.wire.hear((message) => window.heard.push(message))")
        open_tab.evaluate("(edit) => window.wire.say(edit)", EDIT)
        open_tab.wait_for_function("window.heard.length > 0")
        assert open_tab.evaluate("window.heard") == [{"over": True}]
        assert model(live) == MODEL

        change(field(other_login, "line/how", "wait"), "70s")
        expect(other_login.get_by_role("button", name="Undo my last change")).to_be_enabled()
        assert "wait: 70s" in model(live), "another login of the same person goes on"
        assert open_tab.evaluate("window.heard") == [{"over": True}]

        open_tab.locator("#over a").click()
        log_in(open_tab)
        expect(field(open_tab, "line/status", "wait")).to_have_value("66s")
        context.close()
        elsewhere.close()


def test_what_somebody_typed_does_not_come_back_for_another(browser: Browser, tmp_path: Path) -> None:
    with by_password(tmp_path) as live:
        context = logged_in(browser, live)
        page, other = context.new_page(), context.new_page()
        for one in (page, other):
            open_table(one, live)
        page.locator("[id='new:volumes:contacts']").fill("7/month")
        other.locator("#logout").click()
        page.locator("#over a").click()
        log_in(page, "anna")
        expect(page.locator("body[data-live=yes]")).to_be_attached()
        expect(page.locator("[id='new:volumes:contacts']")).to_have_value("")
        context.close()


def test_no_serious_barrier_where_one_is_logged_out(browser: Browser, tmp_path: Path) -> None:
    with by_password(tmp_path) as live:
        context = logged_in(browser, live)
        page = context.new_page()
        open_table(page, live)
        context.request.get(f"{live.url}logout")
        expect(page.locator("#over")).to_be_visible()
        expect(page.get_by_role("link", name="Log in again")).to_be_focused()
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert serious(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
