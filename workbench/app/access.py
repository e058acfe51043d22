"""Who may open the live page: from which address, under which name, with which password?"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, Template
from panel.auth import BasicAuthProvider
from panel.config import config
from tornado.web import RequestHandler

from workbench.app.passwords import admits
from workbench.language.language import Language

_SECONDS_AFTER_A_MISS = 1.0
_AT_ONCE = 4
_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'"


class AccessError(Exception):
    """An address that may not be opened like this, with the remedy."""


def is_loopback(address: str) -> bool:
    """Whether an address is of this machine alone.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("192.168.1.4")
        (True, True, False, False)
    """
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def allowed_hosts(address: str, port: int, origins: Iterable[str], has_auth: bool) -> list[str]:
    """The hosts under which the page may be asked for, `host:port`.

    Args:
        address: what the server listens on.
        port: the port of it.
        origins: what `--origin` named: hosts or addresses as a browser shows them.
        has_auth: whether a viewer has to log in.

    Raises:
        AccessError: the address is not loopback, and a login or an origin lacks; or an origin cannot be read.
    """
    named = [_host(origin) for origin in origins]
    if not is_loopback(address):
        if not has_auth:
            raise AccessError(
                f"--address {address} is open to others: give --auth FILE (or --oauth PROVIDER), or leave --address out"
            )
        if not named:
            raise AccessError(
                f"--address {address} is open to others: give --origin with the address browsers will use"
            )
        return named
    return [*named, f"127.0.0.1:{port}", f"localhost:{port}"]


def _host(origin: str) -> str:
    parts = urlsplit(origin if "//" in origin else f"//{origin}")
    try:
        port = parts.port
    except ValueError as error:
        raise AccessError(f"--origin {origin!r} has no readable port") from error
    if not parts.hostname or parts.path not in ("", "/") or parts.query or "*" in origin:
        raise AccessError(f"--origin must be like journeys.example.org or https://host:8443, got {origin!r}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{host}:{port or {'https': 443, 'http': 80}.get(parts.scheme, 80)}" if port or parts.scheme else host


class Passwords(BasicAuthProvider):
    """Lets in who is in the password file; its login page asks nothing of the network.

    Args:
        users: name to what is kept of the password.
        language: of the login page.
    """

    def __init__(self, users: Mapping[str, str], language: Language) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.users = users
        self.language = language
        self.busy = asyncio.Semaphore(_AT_ONCE)

    @property
    def login_handler(self) -> type[RequestHandler]:
        """Asks for name and password."""
        return _Login

    @property
    def logout_handler(self) -> type[RequestHandler]:
        """Forgets who it was."""
        return _Logout


class _Login(RequestHandler):
    """The login page; a miss costs a second, and few are tried at once."""

    def get(self) -> None:
        self._ask(is_wrong=False)

    async def post(self) -> None:
        provider: Passwords = self.application.auth_provider  # type: ignore[attr-defined]
        name, password = self.get_body_argument("username", ""), self.get_body_argument("password", "")
        async with provider.busy:
            known = await asyncio.to_thread(admits, provider.users, name, password)
            if not known:
                await asyncio.sleep(_SECONDS_AFTER_A_MISS)
        if not known:
            self.set_status(403)
            self._ask(is_wrong=True)
            return
        is_secure = self.request.protocol == "https"
        self.set_secure_cookie(
            "user", name, expires_days=config.oauth_expiry, httponly=True, samesite="Lax", secure=is_secure
        )
        query = self.get_query_argument("next", "")
        self.redirect(f"./?{query}" if query else "./")

    def _ask(self, *, is_wrong: bool) -> None:
        provider: Passwords = self.application.auth_provider  # type: ignore[attr-defined]
        self.set_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'",
        )
        self.write(_template().render(language=provider.language, is_wrong=is_wrong, next=_query(self)))


def _query(handler: RequestHandler) -> str:
    """The query of the page that was asked for; never another address."""
    return quote(urlsplit(handler.get_query_argument("next", "")).query, safe="")


class _Logout(RequestHandler):
    """Takes the cookie back."""

    def get(self) -> None:
        self.clear_cookie("user")
        self.redirect("./login")


@cache
def _template() -> Template:
    text = (resources.files("workbench") / "app" / "login.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(text)


def checked_host(hosts: Iterable[str]) -> Callable[[Any], bool]:
    """Whether a request asks for one of these hosts: a page elsewhere cannot make a browser read this one."""
    known = frozenset(hosts) | frozenset(host.removesuffix(":80").removesuffix(":443") for host in hosts)
    return lambda host: isinstance(host, str) and host.lower() in known
