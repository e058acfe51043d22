"""Does the live page do in a browser what it says?"""

from __future__ import annotations

import asyncio
import http.client
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")
pytest.importorskip("playwright", reason="the browser tests need playwright")
from bokeh.util.token import generate_jwt_token, generate_session_id
from playwright.sync_api import Browser, Page, expect
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

from tests.browser.conftest import Watched, serious
from tests.browser.live_server import MODEL, Live, project, served

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One server for all tests here."""
    with served(project(tmp_path_factory.mktemp("live") / "project")) as found:
        yield found


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """A page of its own that must ask nothing of other hosts and leave no error on the console."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    watched = Watched(opened)
    yield opened
    context.close()
    assert watched.left(live.url, live.url.replace("http:", "ws:")) == []
    assert watched.errors == []


def open_at(page: Page, live: Live, query: str = "") -> None:
    """Open the live page and wait until it can be used."""
    page.goto(f"{live.url}?{query}" if query else live.url)
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    expect(page.locator("#title")).to_be_visible()


def slide(page: Page, name: str, value: float) -> None:
    """Move a slider, as a pointer does."""
    page.locator(f"input[name='{name}']").evaluate(
        "(dial, value) => { dial.value = value; dial.dispatchEvent(new Event('input', {bubbles: true})) }", value
    )


SESSIONS, MOST_MIB = 50, 150.0
TOKEN = r'"token":"([^"]+)"'
ADOPTION = "scenarios/online/measures.0.adoption"


def test_another_host_gets_nothing_also_with_a_session_of_its_own_making(live: Live) -> None:
    host = urlsplit(live.url).netloc
    told = {"headers": {"Host": host}, "cookies": {}, "arguments": {}}
    token = generate_jwt_token(generate_session_id(signed=False), signed=False, extra_payload=told)
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": f"bokeh, {token}",
    }  # fmt: skip
    for path in ("/", f"/?bokeh-token={quote(token)}", "/table/summary-0.csv", "/live/live.js", "/ws"):
        connection = http.client.HTTPConnection(host, timeout=60)
        asked = {"Host": "evil.test", "Origin": "http://evil.test", **(upgrade if path == "/ws" else {})}
        connection.request("GET", path, headers=asked)
        answer = connection.getresponse()
        assert answer.status == 403, path
        assert "Municipality" not in answer.read().decode(), path


def test_navigation_goes_by_the_seven_steps(page: Page, live: Live) -> None:
    open_at(page, live)
    steps = page.locator("#nav .step").all_inner_texts()
    assert [step for step in steps if step] == ["1", "2", "3", "4", "5", "6", "6", "7"]
    page.get_by_role("link", name="Touchpoints").click()
    expect(page.locator("#title")).to_have_text(re.compile("Touchpoints"))
    expect(page.locator("#main")).to_contain_text("Contact line")
    page.go_back()
    expect(page.locator("#title")).to_have_text("In short")


def test_a_slider_changes_figures_and_pictures_and_nothing_else(page: Page, live: Live) -> None:
    open_at(page, live, "page=scenarios")
    before = page.locator("#try-figures").text_content(), page.locator("#try-fan svg").inner_html()
    page.evaluate("document.querySelector('.dials').dataset.same = 'yes'")
    slide(page, ADOPTION, 0.9)
    expect(page.locator("#try-figures")).not_to_have_text(before[0])
    expect(page.locator("#try-figures")).to_contain_text("against ‘as in the model’")
    page.wait_for_function("(was) => document.querySelector('#try-fan svg').innerHTML !== was", arg=before[1])
    assert page.locator(".dials").get_attribute("data-same") == "yes"
    expect(page.locator("output").first).to_have_text("90%")
    page.get_by_role("button", name="Back to the model").click()
    expect(page.locator("#try-figures")).to_have_text(before[0])


def test_two_scenarios_stand_beside_one_another_with_their_differences(page: Page, live: Live) -> None:
    open_at(page, live, "page=scenarios")
    page.get_by_label("Compare with").select_option("answers")
    expect(page.locator("#try-table")).to_contain_text("Online first beside: Answers first")
    rows = page.locator("#try-table tbody tr").all()
    first = [number(cell) for cell in rows[0].locator("td.n").all_inner_texts()]
    assert first[0] - first[1] == pytest.approx(first[2], abs=1.01)


def number(text: str) -> float:
    """A number as English writes it."""
    return float(re.sub(r"[^0-9.-]", "", text))


def test_a_view_is_shared_by_its_address(page: Page, live: Live, browser: Browser) -> None:
    open_at(page, live, "page=scenarios")
    page.get_by_label("Compare with").select_option("answers")
    expect(page.locator("#try-figures")).to_contain_text("against ‘Answers first’")
    slide(page, ADOPTION, 0.42)
    page.wait_for_function("location.search.includes('0.42')")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["set"] == [f"{ADOPTION}:0.42"]
    other = browser.new_page()
    other.goto(page.url)
    expect(other.locator("#try-figures")).to_have_text(page.locator("#try-figures").text_content() or "")
    expect(other.locator(f"input[name='{ADOPTION}']")).to_have_value("0.42")
    other.close()


def test_an_address_that_makes_no_sense_shows_the_page_as_it_is(page: Page, live: Live) -> None:
    open_at(page, live, "page=nowhere&scenario=<script>alert(1)</script>&step=../../etc&set=x:nan&period=2026-99")
    expect(page.locator("#title")).to_have_text("In short")


def test_a_step_of_the_map_shows_what_is_known_of_it(page: Page, live: Live) -> None:
    open_at(page, live, "page=journeys")
    page.locator("svg [data-step='move/call']").first.click()
    beside = page.locator("#aside")
    expect(beside.get_by_role("heading", name="Calls")).to_be_focused()
    expect(beside).to_contain_text("Contacts per year")
    expect(beside).to_contain_text("10,800")
    expect(beside).to_contain_text("Moving house")
    expect(beside).to_contain_text("model/model.yaml:")
    assert "step=move/call" in page.url
    page.keyboard.press("Escape")
    expect(beside).to_be_empty()


def test_a_step_is_chosen_with_keys_alone(page: Page, live: Live) -> None:
    open_at(page, live, "page=journeys")
    page.locator("svg [data-step='move/search']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#aside").get_by_role("heading", name="Searches")).to_be_focused()


def test_a_place_leads_to_its_line_of_the_model(page: Page, live: Live) -> None:
    open_at(page, live, "page=contact-points")
    link = page.locator("#main .place a").first
    line = link.inner_text().rpartition(":")[2]
    link.click()
    expect(page.locator("#main .here")).to_have_attribute("data-n", line)


def test_every_table_is_downloaded_with_the_choices_of_the_page(page: Page, live: Live, tmp_path: Path) -> None:
    open_at(page, live, "page=contact-points&channel=phone")
    expect(page.locator("#main")).not_to_contain_text("Mailbox")
    with page.expect_download() as found:
        page.locator(".downloads a", has_text="CSV").last.click()
    text = Path(found.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("touchpoint,channel")
    assert "Contact line" in text
    assert "Mailbox" not in text


def test_dutch_and_english(page: Page, live: Live) -> None:
    open_at(page, live, "page=scenarios&set=scenarios/online/ramp:12")
    page.get_by_role("link", name="NL", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("#title")).to_have_text("Scenario’s proberen")
    expect(page.locator("input[name='scenarios/online/ramp']")).to_have_value("12")
    expect(page.locator("#try-figures")).to_contain_text("€")


def test_a_persona_has_maps_of_its_own(page: Page, live: Live) -> None:
    open_at(page, live, "page=journeys")
    page.get_by_label("Persona").select_option("senior")
    expect(page.locator("figcaption").first).to_contain_text("as the persona ‘Senior’")
    expect(page.locator("#main svg").first).to_contain_text("60%")


def test_a_model_that_breaks_keeps_the_last_view_until_it_is_mended(page: Page, live: Live) -> None:
    file = live.folder / "model" / "model.yaml"
    open_at(page, live, f"page=scenarios&set={ADOPTION}:0.42")
    before = page.locator("#try-figures").text_content()
    try:
        file.write_text(MODEL.replace("channel: phone,", "channel: fone,"), encoding="utf-8")
        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("unknown channel 'fone'; did you mean 'phone'?", timeout=15_000)
        expect(banner).to_contain_text("model/model.yaml:12")
        expect(page.locator("#try-figures")).to_have_text(before)
        slide(page, ADOPTION, 0.6)
        expect(page.locator("#try-figures")).not_to_have_text(before)
    finally:
        file.write_text(MODEL.replace("contacts: 900/month", "contacts: 1800/month"), encoding="utf-8")
    expect(page.locator("#banner")).to_be_empty(timeout=15_000)
    expect(page.locator(f"input[name='{ADOPTION}']")).to_have_value("0.6")
    file.write_text(MODEL, encoding="utf-8")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("query", ["page=summary&lang=nl", "page=scenarios", "page=journeys&step=move/call"])
def test_no_serious_barrier_and_no_sideways_scrolling(page: Page, live: Live, width: int, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_at(page, live, query)
    if "step" in query:
        expect(page.locator("#step-title")).to_be_visible()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_fifty_sessions_at_once_without_error_and_within_memory(live: Live) -> None:
    before = resident_mib(live)
    with ThreadPoolExecutor(1) as apart:  # The browser has the loop of this thread.
        answered, grown = apart.submit(asyncio.run, many_sessions(live, before)).result()
    assert answered == SESSIONS
    assert grown < MOST_MIB


async def many_sessions(live: Live, before: float) -> tuple[int, float]:
    """Open so many sessions at once, hold each until all stand; how many answered, and the growth of memory [MiB]."""
    pages = await asyncio.gather(*(AsyncHTTPClient().fetch(live.url, request_timeout=120) for _ in range(SESSIONS)))
    tokens = [json.loads(f'"{re.search(TOKEN, page.body.decode())[1]}"') for page in pages]
    address = f"{live.url.replace('http:', 'ws:')}ws"
    sockets = await asyncio.gather(
        *(websocket_connect(address, subprotocols=["bokeh", token], connect_timeout=120) for token in tokens)
    )
    answers = await asyncio.gather(*(socket.read_message() for socket in sockets))
    grown = resident_mib(live) - before
    for socket in sockets:
        socket.close()
    return sum(answer is not None for answer in answers), grown


def resident_mib(live: Live) -> float:
    """What the server holds in memory [MiB]."""
    status = Path(f"/proc/{live.process.pid}/status")
    if not status.exists():
        pytest.skip("memory of a process is read from /proc, which is not here")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
