"""How does one log in with a provider? There and back with a code, which the provider is then asked about (OAuth 2.0).

RFC 6749 §4.1 with PKCE (RFC 7636). A name is taken from the provider's own answer over TLS, never from the browser.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.httputil import url_concat
from tornado.web import RequestHandler

from workbench.app.door.allowed import Allowed
from workbench.app.door.gate import DoorPage, LoginGate
from workbench.app.door.providers import Provider
from workbench.language.language import Language

_UNDERWAY = "underway"
_MINUTES = 15
_SECONDS = 15.0
_LONGEST = 320
"""Signs of the longest e-mail address."""
_log = logging.getLogger(__name__)


class ThroughProvider(LoginGate):
    """Lets in who a provider says it is, when that name is allowed.

    Args:
        provider: who is asked.
        allowed: who may enter.
        addresses, language: as of any gate.
    """

    def __init__(self, provider: Provider, allowed: Allowed, addresses: Mapping[str, str], language: Language) -> None:
        self.provider, self.allowed = provider, allowed
        super().__init__(addresses, language)

    def admits(self, name: str) -> bool:
        """Whether this name is allowed."""
        return self.allowed.admits(name)

    @property
    def login_handler(self) -> type[RequestHandler]:
        """Sends to the provider, and hears what it says."""
        return _Login


class Refused(Exception):
    """Why somebody does not get in: a text of the catalogue, and who it is."""

    def __init__(self, text: str, who: str = "", status: int = 403) -> None:
        super().__init__(text)
        self.text, self.who, self.status = text, who, status


class _Login(DoorPage):
    """Where one is sent to log in, and where the provider sends one back to."""

    async def get(self) -> None:
        if not (self.get_query_arguments("code") or self.get_query_arguments("error")):
            self._leave()
            return
        try:
            query, verifier = self._come_back()
            who = identity(await self._ask(verifier), self.gate.provider)
            if not self.gate.admits(who):
                raise Refused("live.not_allowed", who)
        except Refused as refused:
            self.set_status(refused.status)
            said = self.gate.language.text(refused.text, who=refused.who)
            self.show("notice.html.j2", said=said, door="login_other")
            return
        self.let_in(who, query)

    def _leave(self) -> None:
        """Send to the provider; what proves that it is the same browser that comes back stays in a cookie."""
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        self.keep(_UNDERWAY, json.dumps([state, verifier, self.wanted()]), expires_days=None, path="/login")
        provider: Provider = self.gate.provider
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code", "client_id": provider.key, "redirect_uri": self._back, "scope": provider.scope,
            "state": state, "code_challenge": challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        if self.get_query_argument("another", ""):
            query["prompt"] = "select_account"
        self.redirect(url_concat(provider.authorize, {name: value for name, value in query.items() if value}))

    @property
    def _back(self) -> str:
        return f"{self.address}/login"

    def _come_back(self) -> tuple[str, str]:
        """The view that was asked for and the proof for the provider, when this browser was sent there by us."""
        kept = self.get_signed_cookie(_UNDERWAY, max_age_days=_MINUTES / 24 / 60)
        self.clear_cookie(_UNDERWAY, path="/login")
        state, verifier, query = json.loads(kept) if kept else ("", "", "")
        if not state or not hmac.compare_digest(state.encode(), self.get_query_argument("state", "").encode()):
            raise Refused("live.login_failed")
        if error := self.get_query_argument("error", ""):
            _log.warning("%s sent somebody back without a login: %s", self.gate.provider.name, _word(error))
            raise Refused("live.login_failed")
        return query, verifier

    async def _ask(self, verifier: str) -> object:
        """What the provider says of who logged in."""
        provider: Provider = self.gate.provider
        form = {
            "grant_type": "authorization_code", "code": self.get_query_argument("code", ""),
            "redirect_uri": self._back, "client_id": provider.key, "client_secret": provider.secret,
            "code_verifier": verifier,
        }  # fmt: skip
        token = await self._fetched(provider.token, urlencode(form))
        answer = token if isinstance(token, dict) else {}
        access = answer.get("access_token")
        if not isinstance(access, str) or not access.isascii() or not access.isprintable():
            # GitHub tells what is wrong as if all were well.
            raise self._failed(provider.token, _word(answer.get("error")) or "without a token")
        return await self._fetched(provider.user, access=access)

    async def _fetched(self, url: str, form: str | None = None, access: str = "") -> object:
        headers = {"Accept": "application/json", "User-Agent": "journey-workbench"}
        if access:
            headers["Authorization"] = f"Bearer {access}"
        # No redirect is followed: it would take the secret or the token along.
        asked = HTTPRequest(
            url, "POST" if form else "GET", headers, form, request_timeout=_SECONDS, follow_redirects=False
        )
        try:
            return json.loads((await AsyncHTTPClient().fetch(asked)).body)
        except HTTPClientError as error:
            raise self._failed(url, _error_in(error.response.body if error.response else b"") or error.code) from error
        except (OSError, ValueError) as error:
            raise self._failed(url, type(error).__name__) from error

    def _failed(self, url: str, reason: object) -> Refused:
        """A provider that does not answer as it should; who runs the page is told why."""
        _log.warning("nobody can log in by %s: %s answered %s", self.gate.provider.name, url, reason)
        return Refused("live.login_failed", status=502)


def identity(told: object, provider: Provider) -> str:
    """Who a provider says that somebody is.

    Args:
        told: its answer.
        provider: which field of it says so, and whether that was verified.

    Raises:
        Refused: it does not say, or it says that the e-mail address was not verified.
    """
    who = told.get(provider.known_by) if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(who, str) or not who.isprintable() or not 0 < len(who) <= _LONGEST:
        raise Refused("live.not_told")
    if provider.tells_address and told.get("email_verified", not provider.says_verified) not in (True, "true"):
        raise Refused("live.not_verified", who)
    return who


def _error_in(body: bytes) -> str:
    """The error word of an answer."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    return _word(said.get("error")) if isinstance(said, dict) else ""


def _word(said: object) -> str:
    """An error word of the protocol; anything else could be a secret, or lines made up for the log."""
    return said if isinstance(said, str) and re.fullmatch(r"[A-Za-z_]{1,60}", said) else ""
