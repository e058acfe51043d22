"""Is a login by a provider refused when it would let in the wrong people, or nobody?"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("panel", reason="the live page needs the extra `live`")

from tests.command import run
from workbench.app.door.access import AccessError
from workbench.app.door.allowed import Allowed
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
    """A request with a cookie of an earlier login."""

    path = "/"

    def __init__(self, name: bytes) -> None:
        self.name, self.request = name, self

    def get_signed_cookie(self, *_: object, **__: object) -> bytes:
        return self.name


def test_who_is_no_longer_allowed_is_out_also_with_a_cookie_of_before() -> None:
    asked: Provider = provider("google", KEY)
    gate = ThroughProvider(asked, Allowed(["@team.example"], asked), {}, Language("en"))
    assert gate.who(Request(b"jan@team.example")) == "jan@team.example"  # type: ignore[arg-type]
    assert gate.who(Request(b"mieke@gemeente.example")) is None  # type: ignore[arg-type]
    assert gate.who(Request(b"")) is None  # type: ignore[arg-type]


def test_nobody_allowed_is_no_list() -> None:
    with pytest.raises(AccessError, match="--allow"):
        Allowed([], provider("github", KEY))
