"""Is the live page shut to those who may not see it, and is text from outside only text?"""

from __future__ import annotations

import csv
import http.client
import io
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")
pytest.importorskip("playwright", reason="the browser tests need playwright")
from bokeh.server.util import check_allowlist, create_hosts_allowlist
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched
from tests.browser.live_server import Live, project, served
from tests.hostile import hostile_project
from workbench.app.door.access import AccessError, known_addresses
from workbench.app.door.passwords import PasswordFileError, hashed, read_users
from workbench.app.pages import NAMES

NAME, PASSWORD = "mieke", "correct horse battery"


expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server that asks for a password, with hostile text in every field of its model."""
    folder = tmp_path_factory.mktemp("safety")
    users = folder / "users"
    users.write_text(f"# those who may\n{NAME}:{hashed(PASSWORD)}\n")
    users.chmod(0o600)
    with served(hostile_project(folder / "project"), ["--auth", str(users)]) as found:
        yield found


def asked(live: Live, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
    """An answer of the server."""
    connection = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=60)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body or None, {**form, **headers})
    return connection.getresponse()


@pytest.fixture(scope="module")
def cookie(live: Live) -> str:
    """The cookie of somebody who logged in."""
    answer = asked(live, "POST", "/login", urlencode({"username": NAME, "password": PASSWORD}))
    assert answer.status == 302
    kept = answer.headers["Set-Cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    return kept.partition(";")[0]


def test_nothing_is_shown_without_a_password(live: Live) -> None:
    for path in ("/", "/?page=scenarios", "/table/summary-0.csv", "/live/live.js"):
        answer = asked(live, "GET", path)
        assert answer.status == 302, path
        assert "login" in answer.headers["Location"]
    page = asked(live, "GET", "/login").read().decode()
    assert "http" not in page.replace('http-equiv="', "")


def test_a_wrong_password_is_refused_and_told(live: Live) -> None:
    for name, password in ((NAME, "wrong"), ("nobody", PASSWORD), (NAME, "")):
        answer = asked(live, "POST", "/login", urlencode({"username": name, "password": password}))
        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers
        assert 'role="alert"' in answer.read().decode()


def test_the_way_back_after_a_login_stays_on_the_page(live: Live) -> None:
    for wanted in ("https://evil.test/?x=1", "//evil.test"):
        query = urlencode({"next": wanted})
        answer = asked(live, "POST", f"/login?{query}", urlencode({"username": NAME, "password": PASSWORD}))
        assert answer.headers["Location"].startswith("./")


def test_another_host_gets_nothing(live: Live, cookie: str) -> None:
    for path in ("/", "/login", "/table/contact-points-0.csv", "/live/live.js"):
        answer = asked(live, "GET", path, Cookie=cookie, Host="evil.test")
        assert answer.status == 403, path
        text = answer.read().decode()
        assert "Onder dit adres wordt de pagina niet gegeven" in text
        assert "data-words" not in text


@pytest.mark.parametrize(
    "path",
    ["/table/../workbench.yaml", "/live/..%2f..%2fserve.py", "/static/..%2f..%2fetc/passwd", "/live/../serve.py",
     "/table/summary-9999.csv", "/table/nowhere-0.csv"],
)  # fmt: skip
def test_no_address_leads_out_of_the_page(live: Live, cookie: str, path: str) -> None:
    assert asked(live, "GET", path, Cookie=cookie).status in (403, 404)


def test_hostile_text_is_only_text_on_every_page(browser: Browser, live: Live) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.set_default_timeout(60_000)
    watched, said = Watched(page), []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(live.url)
    page.get_by_label("Name", exact=True).or_(page.get_by_label("Naam")).fill(NAME)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button").click()
    expect(page.locator("body[data-live=yes]")).to_be_attached(timeout=60_000)
    for name in NAMES:
        page.evaluate("document.getElementById('pages').open = true")
        if name == "sources":
            page.locator("#main [data-at]").first.click()
        elif name != NAMES[0]:
            page.locator(f"#nav [data-value='{name}']").dispatch_event("click")
        page.wait_for_function(
            "(name) => (new URLSearchParams(location.search).get('page') ?? 'summary') === name"
            " && document.body.dataset.busy !== 'yes' && document.getElementById('title')", arg=name, timeout=60_000
        )  # fmt: skip
        assert page.locator("main script, main img, main base, main iframe").count() == 0, name
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.goto(f"{live.url}?page=journeys&step=move/ask")
    expect(page.locator("#step-title")).to_be_visible(timeout=60_000)
    assert page.locator("aside script, aside img").count() == 0
    context.close()
    assert said == []
    assert watched.left(live.url, live.url.replace("http:", "ws:")) == []
    assert [one for one in watched.errors if "403" not in one] == []


def test_hostile_text_is_only_text_in_downloads(live: Live, cookie: str) -> None:
    text = asked(live, "GET", "/table/contact-points-1.csv?lang=nl", Cookie=cookie).read().decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(cells) > 10
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]
    data = asked(live, "GET", "/table/contact-points-1.xlsx?lang=nl", Cookie=cookie).read()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in book.namelist() if "hyperlink" in name.lower()]
    assert "<f>" not in sheet


@pytest.mark.parametrize(
    ("address", "origins", "has_auth", "remedy"),
    [("0.0.0.0", [], False, "--auth"), ("0.0.0.0", ["https://x.org"], False, "--auth"),
     ("192.168.1.7", [], True, "--origin"), ("127.0.0.1", ["*"], False, "--origin"),
     ("127.0.0.1", ["https://x.org/path"], False, "--origin")],
)  # fmt: skip
def test_the_page_is_not_opened_to_others_by_mistake(
    address: str, origins: list[str], has_auth: bool, remedy: str
) -> None:
    with pytest.raises(AccessError, match=remedy):
        known_addresses(address, 5006, origins, has_auth)


def _loopback() -> str:
    """The newer loopback address, where a machine has it."""
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
    except OSError:
        return "127.0.0.1"
    return "::1"


def test_the_page_is_live_on_the_newer_loopback_too(browser: Browser, tmp_path: Path) -> None:
    address = _loopback()
    with served(project(tmp_path / "p"), ["--address", address]) as other:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{other.url}?page=scenarios")
        expect(page.locator("body[data-live=yes]")).to_be_attached()
        context.close()
    assert address.strip("[]") in other.url


def test_addresses_under_which_the_page_is_served() -> None:
    loopback = {"127.0.0.1:5006": "http://127.0.0.1:5006", "localhost:5006": "http://localhost:5006"}
    assert known_addresses("127.0.0.1", 5006, [], False) == loopback
    assert known_addresses("::1", 5006, [], False) == {**loopback, "[::1]:5006": "http://[::1]:5006"}
    named = known_addresses("0.0.0.0", 5006, ["https://Journeys.example.org", "http://host:8080/", "other"], True)
    assert named == {
        "journeys.example.org": "https://journeys.example.org",
        "journeys.example.org:443": "https://journeys.example.org",
        "host:8080": "http://host:8080",
        "other": "http://other",
        "other:80": "http://other",
    }
    # A browser leaves the usual port out of the Origin of a connection, and Bokeh takes 80 for it.
    allowed = create_hosts_allowlist(list(named), None)
    assert [check_allowlist(one, allowed) for one in ("journeys.example.org", "host:8080", "other", "host")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_a_password_file_that_gives_something_away_is_refused(tmp_path: Path) -> None:
    users = tmp_path / "users"
    for text, told in (("", "no user"), ("mieke:secret", "users:1"), ("# x\n\nmieke:scrypt$1$2$3$4$5", "users:3")):
        users.write_text(text)
        users.chmod(0o600)
        with pytest.raises(PasswordFileError, match=told):
            read_users(users)
    users.write_text(f"{NAME}:{hashed(PASSWORD)}")
    users.chmod(0o644)
    with pytest.raises(PasswordFileError, match="chmod 600"):
        read_users(users)
    assert hashed(PASSWORD) != hashed(PASSWORD), "each with a salt of its own"
