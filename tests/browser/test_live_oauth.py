"""Does a login through a provider let in whom it should, to all of the page, and nobody else to any of it?"""

from __future__ import annotations

import http.client
import http.cookiejar
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")
pytest.importorskip("playwright", reason="the browser tests need playwright")
from bokeh.util.token import generate_jwt_token, generate_session_id, get_token_payload
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched, serious
from tests.browser.live_server import Live, project, served
from tests.browser.login_provider import SECRET, LoginProvider, login_provider

ORIGIN = "https://journeys.example.org"
ALLOWED = {"email": "Mieke.OBrien@Gemeente.example", "email_verified": True, "name": "Mieke O'Brien"}
COLLEAGUE = {"email": "jan@team.example"}
STRANGER = {"email": "jan@team.example.org", "email_verified": True}
TABLE = "/table/contact-points-0.csv"

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def provider() -> Iterator[LoginProvider]:
    with login_provider() as found:
        yield found


@pytest.fixture(scope="module")
def live(provider: LoginProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server whose viewers log in with the provider, as behind a proxy with a certificate."""
    folder = project(tmp_path_factory.mktemp("oauth") / "project")
    options = ["--oauth", "generic", "--allow", "mieke.obrien@gemeente.example", "--allow", "@Team.example"]
    with served(folder, [*options, "--origin", ORIGIN, "--lang", "nl"], provider.settings) as found:
        yield found
    log = (folder / "serve.log").read_text()
    assert SECRET not in log
    assert provider.faults == []


@dataclass
class Answer:
    """What came of a request."""

    status: int
    url: str
    text: str
    headers: Any


@dataclass
class Visitor:
    """A browser without a face: it keeps cookies, and follows where it is sent when asked to."""

    url: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def go(self, path: str, *, follows: bool = True) -> Answer:
        handlers = [urllib.request.HTTPCookieProcessor(self.jar), *([] if follows else [_Stays()])]
        try:
            answer = urllib.request.build_opener(*handlers).open(path if "//" in path else self.url + path, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.url, answer.read().decode(errors="replace"), answer.headers)

    @property
    def cookies(self) -> dict[str, str]:
        return {one.name: one.value or "" for one in self.jar}


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def visitor(live: Live) -> Visitor:
    return Visitor(live.url.rstrip("/"))


def connected(live: Live, token: str, cookies: Mapping[str, str], **headers: str) -> int:
    """The status with which a connection of the page begins."""
    connection = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=60)
    offered = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": f"bokeh, {token}",
        "Origin": live.url.rstrip("/"), "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }  # fmt: skip
    connection.request("GET", "/ws", headers={**offered, **headers})
    status = connection.getresponse().status
    connection.close()
    return status


def token_in(page: str) -> str:
    """What a page opens its connection with."""
    found = re.search(r'"token":\s*"([^"]+)"', page)
    assert found, page[:500]
    return found[1]


def test_who_is_allowed_sees_the_page_and_logs_out(browser: Browser, live: Live, provider: LoginProvider) -> None:
    provider.person = ALLOWED
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    watched = Watched(page)
    page.goto(f"{live.url}?page=scenarios&scenario=answers")
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    expect(page.locator("[data-choose=scenario]")).to_have_value("answers")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("user", True, "Lax")
    told = get_token_payload(token_in(page.content()))
    assert (told["cookies"], told["headers"]) == ({}, {}), "no script may read who it is"
    assert context.request.get(f"{live.url.rstrip('/')}{TABLE}").headers["content-type"].startswith("text/csv")

    provider.person = None
    page.get_by_role("link", name="Uitloggen").click()
    expect(page.locator("main")).to_contain_text("U bent uitgelogd")
    assert serious(page) == []
    assert context.cookies() == []
    page.goto(live.url)
    expect(page.get_by_role("heading")).to_have_text("Log in with the provider")
    assert watched.left(live.url, live.url.replace("http:", "ws:"), provider.url) == []
    assert watched.errors == []
    context.close()


def test_who_is_not_allowed_is_told_so_once(browser: Browser, live: Live, provider: LoginProvider) -> None:
    provider.person = {"email": "<b>eva</b>@elsewhere.example", "email_verified": True}
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    watched, before = Watched(page), len(provider.visits)
    answer = page.goto(live.url)
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("alert")).to_contain_text("<b>eva</b>@elsewhere.example")
    expect(page.get_by_role("alert")).to_contain_text("mag u deze pagina niet openen")
    page.wait_for_timeout(500)
    assert len(provider.visits) == before + 1
    assert context.cookies() == []
    assert serious(page) == []
    assert watched.left(live.url, provider.url) == []

    provider.person = ALLOWED
    page.get_by_role("link", name="Inloggen met een ander account").click()
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    assert provider.visits[-1]["prompt"] == "select_account"
    context.close()


def test_everybody_of_an_allowed_domain_may_enter(visitor: Visitor, provider: LoginProvider) -> None:
    provider.person = COLLEAGUE
    assert "data-words" in visitor.go("/").text
    assert set(visitor.cookies) == {"user"}


@pytest.mark.parametrize(
    ("person", "told"),
    [(STRANGER, "niet openen"), ({"email": "jan@sub.team.example"}, "niet openen"),
     ({"email": "@team.example"}, "niet openen"), ({"email": "team.example"}, "niet openen"),
     ({"email": "jan@team.example@evil.example"}, "niet openen"),
     ({**ALLOWED, "email_verified": False}, "niet bevestigd"),
     ({**ALLOWED, "email_verified": "false"}, "niet bevestigd"),
     ({**ALLOWED, "email_verified": None}, "niet bevestigd"), ({"name": "Mieke"}, "zegt niet wie u bent"),
     ({"email": ["mieke.obrien@gemeente.example"]}, "zegt niet wie u bent"),
     ({"email": "jan\n@team.example"}, "zegt niet wie u bent"),
     ({"email": f"{'j' * 400}@team.example"}, "zegt niet wie u bent")],
)  # fmt: skip
def test_nobody_else_may(visitor: Visitor, provider: LoginProvider, person: dict[str, object], told: str) -> None:
    provider.person = person
    answer = visitor.go("/")
    assert (answer.status, visitor.cookies) == (403, {})
    assert told in answer.text
    assert visitor.go("/", follows=False).status == 302


def test_nothing_opens_without_a_login(live: Live, provider: LoginProvider) -> None:
    provider.person = COLLEAGUE
    known = Visitor(live.url.rstrip("/"))
    token = token_in(known.go("/").text)
    forged = {"user": "jan@team.example"}
    nobody = Visitor(live.url.rstrip("/"))
    for path in ("/", "/?page=workshop", TABLE, TABLE.replace("csv", "xlsx"), "/live/live.js", "/metadata",
                 f"/?bokeh-token={token}"):  # fmt: skip
        assert known.go(path, follows=False).status == 200, path
        answer = nobody.go(path, follows=False)
        assert answer.status == 302, path
        assert urlsplit(answer.headers["Location"]).path.removeprefix(".") == "/login", path
    assert nobody.go("/autoload.js?bokeh-autoload-element=x").status == 403
    assert connected(live, token, known.cookies) == 101
    assert connected(live, token, {}) == 403
    assert connected(live, token, forged) == 403
    assert connected(live, token, known.cookies, Origin="https://evil.example") == 403
    assert connected(live, token, known.cookies, Host="evil.example", Origin="https://evil.example") == 403


def test_a_session_that_a_request_makes_up_is_refused(live: Live, provider: LoginProvider) -> None:
    provider.person = COLLEAGUE
    known = Visitor(live.url.rstrip("/"))
    known.go("/")
    token = generate_jwt_token(generate_session_id(signed=False), signed=False, extra_payload={"arguments": {}})
    assert known.go(f"/?{urlencode({'bokeh-token': token})}").status == 403


def test_a_login_that_this_browser_did_not_begin_is_refused(live: Live, provider: LoginProvider) -> None:
    provider.person = COLLEAGUE
    mine, other = Visitor(live.url.rstrip("/")), Visitor(live.url.rstrip("/"))
    back = mine.go(mine.go("/login", follows=False).headers["Location"], follows=False).headers["Location"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    other.go("/login", follows=False)
    for who, wrong in ((other, query), (Visitor(mine.url), query), (mine, {**query, "state": "made up"})):
        answer = who.go(f"/login?{urlencode(wrong)}")
        assert (answer.status, who.cookies) == (403, {}), wrong
        assert "niet gelukt" in answer.text
    assert mine.go(back).status == 403, "a login that failed is over"
    back = mine.go(mine.go("/login", follows=False).headers["Location"], follows=False).headers["Location"]
    assert mine.go(back).status == 200
    assert mine.go(back).status == 403, "a code is used once"
    answer = Visitor(mine.url).go("/login?error=access_denied&error_description=%3Cscript%3E")
    assert answer.status == 403
    assert "script" not in answer.text


def test_a_provider_that_gives_no_token_lets_nobody_in(live: Live, visitor: Visitor, provider: LoginProvider) -> None:
    provider.person, provider.is_broken = COLLEAGUE, True
    try:
        answer = visitor.go("/")
    finally:
        provider.is_broken = False
    assert (answer.status, visitor.cookies) == (502, {})
    assert "/token answered invalid_grant" in (live.folder / "serve.log").read_text()


def test_the_view_that_was_asked_for_comes_after_the_login(visitor: Visitor, provider: LoginProvider) -> None:
    provider.person = COLLEAGUE
    assert visitor.go("/?page=journeys&step=move/call").url.endswith("/?page=journeys&step=move/call")
    for away in ("https://evil.example/?x=1", "//evil.example", "/\\evil.example", "?a=1\r\nSet-Cookie: x=y"):
        found = Visitor(visitor.url).go(f"/login?{urlencode({'next': away})}")
        assert found.status == 200, away
        assert found.url.startswith(f"{visitor.url}/"), away


def test_behind_a_proxy_the_way_back_is_the_address_of_the_browser(live: Live, provider: LoginProvider) -> None:
    def asked(path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=60)
        connection.request("GET", path, headers={"Host": urlsplit(ORIGIN).netloc, **headers})
        return connection.getresponse()

    provider.person = COLLEAGUE
    begun = asked("/login")
    underway = begun.headers["Set-Cookie"]
    assert re.search(r"HttpOnly.*SameSite=Lax.*Secure", underway)
    there = begun.headers["Location"]
    assert parse_qs(urlsplit(there).query)["redirect_uri"] == [f"{ORIGIN}/login"]
    back = urlsplit(Visitor(live.url).go(there, follows=False).headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == ORIGIN
    entered = asked(f"/login?{back.query}", Cookie=underway.partition(";")[0])
    user = next(one for one in entered.headers.get_all("Set-Cookie") or [] if one.startswith("user="))
    assert re.search(r"HttpOnly.*SameSite=Lax.*Secure", user)
    name, _, value = user.partition(";")[0].partition("=")
    token = token_in(asked("/", Cookie=f"{name}={value}").read().decode())
    assert connected(live, token, {name: value}, Host=urlsplit(ORIGIN).netloc, Origin=ORIGIN) == 101
    assert asked("/login", Host="evil.example").status == 403
