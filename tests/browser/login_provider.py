"""What does a login provider answer? One on loopback that keeps to the protocol strictly (RFC 6749 §4.1, RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

KEY, SECRET = "journey-page", "a secret of the provider's"


class LoginProvider:
    """A provider with one person at its desk.

    Attributes:
        person: what it tells of who is logged in with it; None when nobody is.
        visits: the queries with which people were sent here.
        faults: what the page asked wrongly.
        is_broken: whether it refuses to give tokens.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.person: dict[str, object] | None = None
        self.visits: list[dict[str, str]] = []
        self.faults: list[str] = []
        self.is_broken = False
        self._codes: dict[str, tuple[dict[str, str], dict[str, object]]] = {}
        self._tokens: dict[str, dict[str, object]] = {}

    @property
    def settings(self) -> dict[str, str]:
        """The environment variables by which the page knows it."""
        return {
            "PANEL_OAUTH_KEY": KEY,
            "PANEL_OAUTH_SECRET": SECRET,
            "PANEL_OAUTH_AUTHORIZE_URL": f"{self.url}/authorize?tenant=us",
            "PANEL_OAUTH_TOKEN_URL": f"{self.url}/token",
            "PANEL_OAUTH_USER_URL": f"{self.url}/userinfo",
        }

    def authorize(self, query: dict[str, str]) -> str | None:
        """Where to send somebody back to, with a code; None when he has to log in first."""
        self.visits.append(query)
        expected = {"response_type": "code", "client_id": KEY, "tenant": "us", "code_challenge_method": "S256"}
        self.faults += [f"{name} is {query.get(name)}" for name, value in expected.items() if query.get(name) != value]
        if self.person is None:
            return None
        code = secrets.token_urlsafe(8)
        self._codes[code] = (query, self.person)
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        """A token for a code that was not used before, to who knows the secret and was there when it was asked for."""
        asked, person = self._codes.pop(form.get("code", ""), ({}, {}))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        is_right = (
            asked
            and (form.get("client_id"), form.get("client_secret")) == (KEY, SECRET)
            and form.get("grant_type") == "authorization_code"
            and form.get("redirect_uri") == asked["redirect_uri"]
            and base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
        )
        if self.is_broken or not is_right:
            return 400, {"error": "invalid_grant", "error_description": f"the secret is {SECRET}"}
        access = secrets.token_urlsafe(8)
        self._tokens[access] = person
        return 200, {"access_token": access, "token_type": "bearer", "expires_in": 3600}

    def told(self, authorization: str) -> tuple[int, dict[str, object]]:
        """Who a token stands for."""
        person = self._tokens.get(authorization.removeprefix("Bearer "))
        return (401, {"error": "invalid_token"}) if person is None else (200, person)


@contextmanager
def login_provider() -> Iterator[LoginProvider]:
    """A provider that answers until the end of the block, on a host of another name than the page's."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/userinfo":
                self._json(*provider.told(self.headers.get("Authorization", "")))
            elif parts.path != "/authorize":
                self._json(404, {})
            elif back := provider.authorize(dict(parse_qsl(parts.query))):
                self.send_response(302)
                self.send_header("Location", back)
                self.end_headers()
            else:
                self._send(200, "text/html", b'<link rel="icon" href="data:,"><h1>Log in with the provider</h1>')

        def do_POST(self) -> None:
            if self.headers["Content-Type"] != "application/x-www-form-urlencoded":
                provider.faults.append(f"a form as {self.headers['Content-Type']}")
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._json(*provider.token(dict(parse_qsl(form))))

        def _json(self, status: int, said: dict[str, Any]) -> None:
            self._send(status, "application/json", json.dumps(said).encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        provider = LoginProvider(f"http://localhost:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
