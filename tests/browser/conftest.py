"""Which browser do the tests drive: Debian's Chromium, headless, with nothing that calls home; one for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; where it is not installed the tests skip, and fail where nothing may be skipped."""
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "Chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("WORKBENCH_NO_SKIPS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


_THIN = """() => {
    document.querySelectorAll('svg[role=img]').forEach(one =>
        [...one.children].forEach(inner => ['title', 'desc'].includes(inner.tagName) || inner.remove()));
    document.querySelectorAll('tbody tr:nth-child(n+5), pre > :nth-child(n+5)').forEach(one => one.remove());
}"""


class Watched:
    """What a page does that it should not: requests that leave, errors on the console, exceptions."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def left(self, *origins: str) -> list[str]:
        """The requests to anywhere but the named origins."""
        return [url for url in self.requests if not url.startswith((*origins, "data:", "blob:"))]


def serious(page: Page) -> list[str]:
    """Serious and critical violations that axe finds on a page, each with where it is.

    A picture is judged as a whole, for its single marks are hidden behind its text alternative, and of long tables and
    listings the first rows, which the others are like: axe takes a minute for what it says of all of them.
    """
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(_THIN)
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']} at {one['nodes'][0]['target']} and {len(one['nodes']) - 1} more"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
