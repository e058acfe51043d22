"""How do tests work in the workshop screen: open it, fill in a cell, look at the file, or play the server?"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Watched
from tests.browser.live_server import MODEL, Live

FAKE = """() => {
  window.sent = []
  window.dispatchEvent(new CustomEvent("bridge", {detail: {
    say: (message) => window.sent.push(message), hear: (heard) => { window.answer = heard }}}))
  window.sent = []
}"""


def asked(page: Page) -> list[dict[str, str]]:
    """What the page asked to be written."""
    found: list[dict[str, str]] = page.evaluate("window.sent.filter((one) => one.kind === 'edit')")
    return found


def answer(page: Page, **message: object) -> None:
    """Let the page hear something, now."""
    page.evaluate("(message) => window.answer(message)", message)


def begin_anew(live: Live) -> None:
    """The model as it was at first, once the server shows it; else a cell could show what the last test wrote."""
    if model(live) == MODEL:
        return
    (live.folder / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    name = f"Municipality {time.monotonic_ns()}"
    settings = f"name: {{nl: Gemeente, en: {name}}}\nlanguage: en\ncurrency: EUR\n"
    (live.folder / "workbench.yaml").write_text(settings, encoding="utf-8")
    until = time.monotonic() + 30
    while name not in urllib.request.urlopen(f"{live.url}?page=sources&lang=en", timeout=30).read().decode():
        assert time.monotonic() < until, "the server does not read the model anew"
        time.sleep(0.1)


@contextmanager
def two_viewers(browser: Browser, live: Live) -> Iterator[tuple[Page, Page]]:
    """Two viewers, each with a browser of their own, on a model as it was at first."""
    begin_anew(live)
    contexts = [browser.new_context(viewport={"width": 1440, "height": 1000}) for _ in range(2)]
    opened = [context.new_page() for context in contexts]
    watched = [Watched(page) for page in opened]
    yield opened[0], opened[1]
    for context in contexts:
        context.close()
    assert [one.left(live.url, live.url.replace("http:", "ws:")) for one in watched] == [[], []]
    assert [one.errors for one in watched] == [[], []]


def open_table(page: Page, live: Live, table: str = "volumes") -> None:
    """Open the workshop at a table, with the model as it stands in the file."""
    page.goto(f"{live.url}?page=workshop&table={table}")
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    expect(page.locator("#worktable table")).to_be_visible()


def field(page: Page, key: str, column: str, table: str = "volumes") -> Locator:
    """The field of a cell."""
    return page.locator(f"[id='cell:{table}:{key}:{column}']")


def said(page: Page, key: str, column: str, table: str = "volumes") -> Locator:
    """What is told about a cell."""
    return page.locator(f"[id='said:cell:{table}:{key}:{column}']")


def model(live: Live) -> str:
    """The text of the model's file."""
    return (live.folder / "model" / "model.yaml").read_text(encoding="utf-8")


def change(at: Locator, text: str) -> None:
    """Type a value and leave the field."""
    at.fill(text)
    at.blur()
