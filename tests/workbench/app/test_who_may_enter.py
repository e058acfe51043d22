"""Is a login by a provider refused when it would let in the wrong people, or nobody?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")

from panel.config import config

from tests.command import run
from workbench.app.door.access import AccessError
from workbench.app.door.allowed import Allowed
from workbench.app.door.logins import Logins
from workbench.app.door.password_login import Passwords
from workbench.app.door.provider_login import Refused, ThroughProvider, identity
from workbench.app.door.providers import NAMES, Provider, provider
from workbench.language.language import Language

SECRET = "hush-hush"
KEY = {"PANEL_OAUTH_KEY": "key", "PANEL_OAUTH_SECRET": SECRET}
URLS = {
    "PANEL_OAUTH_AUTHORIZE_URL": "https://id.example.org/authorize",
    "PANEL_OAUTH_TOKEN_URL": "https://id.example.org/token",
    "PANEL_OAUTH_USER_URL": "http://127.0.0.1:8080/me",
}
TENANT = {"AAD_TENANT_ID": "gemeente.example"}
EVERYTHING = {**KEY, **URLS, **TENANT}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of this machine counts."""
    for name in (*EVERYTHING, "PANEL_USER_KEY", "PANEL_OAUTH_SCOPE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("options", "settings", "told"),
    [("--oauth okta", KEY, "goes by generic"),
     ("--oauth pam --allow mieke", KEY, "is none of azurev2, github, gitlab, google"),
     ("--oauth github --allow mieke", {}, "PANEL_OAUTH_KEY, PANEL_OAUTH_SECRET"),
     ("--oauth github --allow mieke", {"PANEL_OAUTH_KEY": "key"}, "variable PANEL_OAUTH_SECRET"),
     ("--oauth generic --allow @x.nl", {**KEY, "PANEL_OAUTH_TOKEN_URL": "https://x.nl"},
      "variables PANEL_OAUTH_AUTHORIZE_URL, PANEL_OAUTH_USER_URL"),
     ("--oauth generic --allow @x.nl", {**KEY, **URLS, "PANEL_OAUTH_TOKEN_URL": "http://x.nl"}, "https://"),
     ("--oauth azurev2 --allow @x.nl", KEY, "AAD_TENANT_ID"),
     ("--oauth azurev2 --allow @x.nl", {**KEY, "AAD_TENANT_ID": "Common"}, "your own tenant"),
     ("--oauth azurev2 --allow @x.nl", {**KEY, "AAD_TENANT_ID": "a/../b"}, "your own tenant"),
     ("--oauth github", KEY, "give --allow USERNAME"),
     ("--oauth google", KEY, "give --allow someone@example.org"),
     ("--oauth google --allow mieke", KEY, "tells e-mail addresses"),
     ("--oauth github --allow @x.nl", KEY, "no domain"),
     ("--oauth github --allow mieke@x.nl", KEY, "user names"),
     ("--oauth google --allow @", KEY, "@example.org"),
     ("--oauth google --allow *@x.nl", KEY, "@example.org"),
     ("--oauth google --allow @a@x.nl", KEY, "@example.org"),
     ("--oauth google --allow a@x.nl,b@x.nl", KEY, "takes one of"),
     ("--allow mieke", {}, "--oauth PROVIDER"),
     ("--oauth= --allow mieke", KEY, "is none of"), ("--oauth=", KEY, "is none of"), ("--auth=", {}, "cannot be read"),
     ("--oauth github --allow mieke --auth users", KEY, "give one"),
     ("--oauth google --allow @x.nl --address 0.0.0.0", KEY, "--origin"),
     ("--oauth google --allow @x.nl --address 0.0.0.0 --origin x.nl", KEY, "write https://")],
)  # fmt: skip
def test_what_lacks_is_told_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: str, settings: dict[str, str], told: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    done = run("serve", tmp_path, "--port", "0", *options.split())
    done.failed(2, told)
    assert SECRET not in done.said


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_is_asked_over_tls(name: str) -> None:
    found = provider(name, EVERYTHING)
    urls = {found.authorize, found.token, found.user} - {URLS["PANEL_OAUTH_USER_URL"]}
    assert all(url.startswith("https://") for url in urls)
    assert (found.key, found.secret) == ("key", SECRET)
    assert SECRET not in repr(found)


def test_settings_reach_the_provider() -> None:
    assert "/gemeente.example/oauth2/" in provider("azurev2", EVERYTHING).token
    more = {"PANEL_USER_KEY": "upn", "PANEL_OAUTH_SCOPE": "openid,groups"}
    found = provider("generic", {**EVERYTHING, **more})
    assert (found.known_by, found.scope, found.tells_address) == ("upn", "openid groups", False)
    assert provider("generic", EVERYTHING).known_by == "email"


@pytest.mark.parametrize(
    ("who", "may"),
    [("mieke@gemeente.example", True), ("MIEKE@Gemeente.Example", True), ("jan@team.example", True),
     ("mieke@gemeente.example.org", False), ("xmieke@gemeente.example", False), ("jan@sub.team.example", False),
     ("jan@xteam.example", False), ("jan@team.example@x.example", False), ("@team.example", False),
     ("team.example", False), ("", False),
     # the sign of the kelvin and the German sharp s become k and ss when capitals are folded by Unicode
     ("mie\N{KELVIN SIGN}e@gemeente.example", False), ("strasse@gemeente.example", False),
     ("STRAßE@gemeente.example", True)],
)  # fmt: skip
def test_capitals_make_no_difference_and_nothing_else_is_alike(who: str, may: bool) -> None:
    entries = ["Mieke@gemeente.example", "@Team.example", "straße@gemeente.example"]
    assert Allowed(entries, provider("google", KEY)).admits(who) is may


@pytest.mark.parametrize(
    ("name", "answer", "who"),
    [("google", {"email": "a@x.nl", "email_verified": True}, "a@x.nl"),
     ("google", {"email": "a@x.nl", "email_verified": "true"}, "a@x.nl"),
     ("google", {"email": "a@x.nl"}, None), ("gitlab", {"email": "a@x.nl"}, None),
     ("generic", {"email": "a@x.nl"}, "a@x.nl"), ("azurev2", {"email": "a@x.nl"}, "a@x.nl"),
     ("generic", {"email": "a@x.nl", "email_verified": False}, None),
     ("generic", {"email": "a@x.nl", "email_verified": 0}, None),
     ("github", {"login": "mieke", "email": "a@x.nl"}, "mieke"), ("github", {"email": "a@x.nl"}, None),
     ("github", {"login": 7}, None), ("github", ["login"], None), ("github", None, None)],
)  # fmt: skip
def test_who_somebody_is_comes_from_the_field_that_was_verified(name: str, answer: object, who: str | None) -> None:
    asked = provider(name, EVERYTHING)
    if who is None:
        with pytest.raises(Refused):
            identity(answer, asked)
    else:
        assert identity(answer, asked) == who


class Request:
    """A request with the cookie of a login."""

    path = "/"

    def __init__(self, login: str) -> None:
        self.cookie, self.request = login, self

    def get_signed_cookie(self, *_: object, **__: object) -> bytes:
        return self.cookie.encode()


def test_only_a_login_that_holds_of_somebody_who_still_may_be_here_opens() -> None:
    asked: Provider = provider("google", KEY)
    gate = ThroughProvider(asked, Allowed(["@team.example"], asked), {}, Language("en"))
    jan, mieke = (gate.logins.begin(one) for one in ("jan@team.example", "mieke@gemeente.example"))
    found = [gate.who(Request(one)) for one in (jan, mieke, "", "jan@team.example")]  # type: ignore[arg-type]
    assert found == ["jan@team.example", None, None, None]
    gate.logins.end(jan)
    assert gate.who(Request(jan)) is None  # type: ignore[arg-type]


def test_a_page_that_is_opened_while_its_login_ends_is_told() -> None:
    logins, told = Logins(), []
    login, other = logins.begin("jan"), logins.begin("jan")
    stop = logins.listen(login, lambda: told.append("stopped"))
    logins.listen(login, lambda: told.append("open"))
    logins.listen(other, lambda: told.append("other"))
    stop()
    logins.end(login)
    logins.end(login)
    assert told == ["open"]
    logins.listen(login, lambda: told.append("late"))
    assert told == ["open", "late"]
    assert (login != other, logins.name(other)) == (True, "jan")


def test_a_login_ends_by_itself_after_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Passwords({"mieke": "x"}, {}, Language("en"))
    monkeypatch.setattr(config, "oauth_expiry", 0.2 / 24 / 60 / 60)

    async def held() -> list[str]:
        login = gate.begin("mieke")
        before = gate.logins.name(login)
        await asyncio.sleep(0.5)
        return [before, gate.logins.name(login)]

    assert asyncio.run(held()) == ["mieke", ""]


def test_nobody_allowed_is_no_list() -> None:
    with pytest.raises(AccessError, match="--allow"):
        Allowed([], provider("github", KEY))
