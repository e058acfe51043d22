"""How soon is the live page there, and how soon does it answer a slider? The municipality, in Chromium on loopback."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.ratio import Ratio
from tests.browser.conftest import ARGUMENTS
from tests.browser.live_server import ROOT, Live, served
from workbench.project import open_project

FIRST_PAINT_S = 2.0
ANSWER_S = 0.100
SESSIONS = 50
SESSIONS_MIB = 300.0
MOVES = 120
_DIAL = "scenarios/digital_first/measures.0.adoption"
_MOVE = """async ([name, value]) => {
  const dial = document.querySelector(`input[name="${name}"]`)
  const answered = new Promise((resolve) => {
    const watch = new MutationObserver(() => { watch.disconnect(); resolve() })
    watch.observe(document.getElementById("try-figures"), {childList: true, subtree: true})
  })
  const start = performance.now()
  dial.value = value
  dial.dispatchEvent(new Event("input", {bubbles: true}))
  await answered
  // The frame after the next begins when the next has been painted.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  return performance.now() - start
}"""


def bench() -> Iterator[Ratio]:
    """First paint, the answer to a slider, and what fifty viewers take."""
    inventory = open_project(ROOT / "examples" / "gemeente").inventory
    numbers = sum(1 for _ in inventory.assumptions())
    size = f"{len(inventory.volumes)} volumes, {len(inventory.journeys)} journeys, {numbers} numbers"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copied = Path(shutil.copytree(ROOT / "examples" / "gemeente", Path(folder) / "gemeente"))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        with served(copied) as live:
            paint = statistics.median(_first_paint(browser, live) for _ in range(5))
            yield Ratio("live page: first paint of the page with its figures", paint, FIRST_PAINT_S, 1.0, note=size)
            times = _answers(browser, live)
            p95 = statistics.quantiles(times, n=20)[-1]
            middle = f"median {1000 * statistics.median(times):.0f} ms of {len(times)} moves; the band follows"
            yield Ratio("live page: slider to paint, 95th percentile", p95, ANSWER_S, 1.0, note=middle)
            grown = _memory_of_sessions(browser, live)
            yield Ratio(f"live page: memory of {SESSIONS} sessions", grown, SESSIONS_MIB, 1.0, "MiB")
        browser.close()


def _first_paint(browser: Browser, live: Live) -> float:
    """From the start of the navigation to the first contentful paint, with the figures in the page [s]."""
    page = browser.new_page()
    page.goto(live.url, wait_until="domcontentloaded")
    page.wait_for_selector("#main .figure")
    found: float = page.evaluate(
        """() => new Promise((resolve) => new PerformanceObserver((list) => {
             const seen = list.getEntries().find((one) => one.name === "first-contentful-paint")
             if (seen) resolve(seen.startTime)
           }).observe({type: "paint", buffered: true}))"""
    )
    page.close()
    return found / 1000


def _answers(browser: Browser, live: Live) -> list[float]:
    """How long each move of a slider takes until its answer is painted [s]."""
    page = browser.new_page()
    page.goto(f"{live.url}?page=scenarios&scenario=digital_first")
    page.wait_for_selector("body[data-live=yes]")
    times = [_move(page, at) for at in range(MOVES + 10)]
    page.close()
    return times[10:]


def _move(page: Page, at: int) -> float:
    found: float = page.evaluate(_MOVE, [_DIAL, 0.1 + 0.6 * ((at * 37) % 101) / 101])
    return found / 1000


def _memory_of_sessions(browser: Browser, live: Live) -> float:
    """What the server's memory grows by with so many pages open and in use at once [MiB]."""
    before = _resident_mib(live)
    contexts = [browser.new_context() for _ in range(SESSIONS)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(f"{live.url}?page=scenarios&scenario=digital_first")
    for page in pages:
        page.wait_for_selector("body[data-live=yes]")
        _move(page, 1)
    with ThreadPoolExecutor(SESSIONS) as together:
        list(together.map(lambda _: urlopen(live.url).read(), range(SESSIONS)))
    grown = _resident_mib(live) - before
    for context in contexts:
        context.close()
    return grown


def _resident_mib(live: Live) -> float:
    text = Path(f"/proc/{live.process.pid}/status").read_text()
    line = next(line for line in text.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
