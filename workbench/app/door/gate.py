"""Who is behind a request, and may he be here? The page, its connection, downloads and scripts all ask here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from bokeh.server.auth_provider import AuthProvider
from jinja2 import Environment, FunctionLoader
from panel.config import config
from tornado.ioloop import IOLoop
from tornado.web import Finish, HTTPError, RequestHandler

from workbench.app.door.logins import Logins
from workbench.language.language import Language

_WHO = "user"
_DAY_S = 24 * 60 * 60
_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'"


class Gate(AuthProvider):
    """Lets everybody in who asks for the page under its own address; those that ask for a login build on it.

    Args:
        addresses: the hosts that may be asked for, each with the whole address as browsers show it.
        language: of the pages before the live page.
    """

    def __init__(self, addresses: Mapping[str, str], language: Language) -> None:
        self.addresses, self.language, self.logins = addresses, language, Logins()
        super().__init__()

    @property
    def get_user(self) -> Any:
        """What tells who is behind a request; nobody when he was not let in, or may not be here any more."""
        return self._who

    def _who(self, handler: RequestHandler) -> str | None:
        self.check_address(handler)
        return self.who(handler)

    def check_address(self, handler: RequestHandler) -> None:
        """Refuse a request for another address: a page elsewhere could point its own name at this machine."""
        if handler.request.host.lower() not in self.addresses:
            handler.set_status(403)
            raise Finish(page("notice.html.j2", self.language, said=self.language.text("live.refused"), door=""))

    def who(self, handler: RequestHandler) -> str | None:
        """Who is behind a request."""
        return "anybody"

    @property
    def login_url(self) -> str:
        """Where one is sent who is not known yet."""
        return "/login"


class LoginGate(Gate):
    """What both ways of logging in share: a signed cookie with the number of a login, looked up with every request."""

    farewell = "live.logged_out"
    """The text that says that one is logged out."""

    def admits(self, name: str) -> bool:
        """Whether who has this name may be here."""
        raise NotImplementedError

    def who(self, handler: RequestHandler) -> str | None:
        """The name behind the cookie, of somebody who still may be here; the session that is made knows the login."""
        login = self.login(handler)
        name = self.logins.name(login)
        if name and self.admits(name):
            handler.request.login = login  # type: ignore[attr-defined]
            return name
        if handler.request.path.endswith("/autoload.js"):
            # Panel's handler of this script stumbles over being sent to the login.
            raise HTTPError(403)
        return None

    def begin(self, name: str) -> str:
        """Let somebody in for as long as the cookie holds; the number of the login."""
        login = self.logins.begin(name)
        IOLoop.current().call_later(config.oauth_expiry * _DAY_S, self.logins.end, login)
        return login

    def login(self, handler: RequestHandler) -> str:
        """The number of the login in the cookie of a request; empty without one."""
        kept = handler.get_signed_cookie(_WHO, max_age_days=config.oauth_expiry)
        return kept.decode() if kept else ""

    @property
    def logout_url(self) -> str:
        """Where one is forgotten."""
        return "/logout"

    @property
    def logout_handler(self) -> type[RequestHandler]:
        """Forgets who it was."""
        return Logout


class DoorPage(RequestHandler):
    """A page of the gate: asked for under a known address, kept by nobody, asking nothing of the network."""

    @property
    def gate(self) -> Any:
        """The gate in front of the page."""
        return self.application.auth_provider  # type: ignore[attr-defined]

    @property
    def address(self) -> str:
        """The address of the page as this browser shows it."""
        return str(self.gate.addresses[self.request.host.lower()])

    def prepare(self) -> None:
        """Refuse an address that is not ours."""
        self.gate.check_address(self)

    def show(self, name: str, **what: Any) -> None:
        """Answer with one of the templates."""
        self.set_header("Content-Security-Policy", _NOTHING_ELSE)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        self.write(page(name, self.gate.language, **what))

    def keep(self, name: str, value: str, **more: Any) -> None:
        """Set a signed cookie that no script reads and no other page sends."""
        is_secure = self.address.startswith("https:")
        self.set_signed_cookie(name, value, httponly=True, samesite="Lax", secure=is_secure, **more)

    def let_in(self, name: str, query: str) -> None:
        """Let somebody in, to the view that was asked for."""
        self.keep(_WHO, self.gate.begin(name), expires_days=config.oauth_expiry)
        self.redirect(f"./?{query}" if query else "./")

    def wanted(self) -> str:
        """The query of the view that was asked for; never another address."""
        return quote(self.get_query_argument("next", "").partition("?")[2], safe="%=&+/:,@")


class Logout(DoorPage):
    """Ends the login, and says so: to go on to the login could let a provider log in again at once."""

    def get(self) -> None:
        """End the login with all pages that were opened with it, and say that one is logged out."""
        self.gate.logins.end(self.gate.login(self))
        self.clear_cookie(_WHO)
        self.show("notice.html.j2", said=self.gate.language.text(self.gate.farewell), door="login")


def page(name: str, language: Language, **what: Any) -> str:
    """A page before the live page."""
    return _pages().get_template(name).render(language=language, **what)


@cache
def _pages() -> Environment:
    folder = resources.files("workbench") / "app" / "door"
    loader = FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8"))
    return Environment(loader=loader, autoescape=True, trim_blocks=True)
