"""How is the live page served: on which address, to whom, with one session a viewer?"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import panel as pn
from tornado.websocket import WebSocketClosedError

from workbench.app import shell
from workbench.app.bridge import Bridge, this_document
from workbench.app.choices import Choices
from workbench.app.connection import use_prompt_sockets
from workbench.app.content import main_view
from workbench.app.door.access import known_addresses
from workbench.app.door.entrance import Door, gate_of
from workbench.app.downloads import PATTERN, Downloads
from workbench.app.editions import Edition, Editions
from workbench.app.pages import NAMES
from workbench.app.session import Session, key_of
from workbench.language.language import Code, Language

MOST_SESSIONS = 500
"""More pages open at once are refused, so that memory stays bounded."""
logging.getLogger("bokeh.server.views.ws").setLevel(logging.ERROR)
_OVER = {"over": True}
"""What a page is told whose login ended."""
_UNUSED_MS = 10_000
_LOOK_FOR_UNUSED_MS = 3_000


def serve(root: Path, door: Door, lang: Code | None = None, started: Callable[[str], None] = lambda url: None) -> None:
    """Serve the live page of a project until it is stopped.

    Args:
        root: the project folder.
        door: where, and to whom.
        lang: the language of a page whose address names none; the project's by default.
        started: told the address when the first page can be shown.

    Raises:
        AccessError: the door is open to others without a login or an origin, or the login lacks something.
    """
    live = Live(root, door, lang)
    server = live.server()
    started(f"http://{_shown(door.address)}:{server.port}/")
    try:
        server.run_until_shutdown()
    finally:
        live.close()


def _shown(address: str) -> str:
    return f"[{address}]" if ":" in address else address


class Live:
    """The live page of one project.

    Args:
        root: the project folder.
        door: where, and to whom.
        lang: the language of a page whose address names none.
    """

    def __init__(self, root: Path, door: Door, lang: Code | None = None) -> None:
        self._door, self._lang = door, lang
        self._gate_of, self._has_login = gate_of(door, os.environ), (door.auth, door.oauth) != (None, None)
        known_addresses(door.address, door.port, door.origins, self._has_login)
        self.editions = Editions(root)
        self._worker = ThreadPoolExecutor(2, thread_name_prefix="live")
        self._sessions = 0
        self._loop: Any = None

    def server(self) -> Any:
        """A running server; the first page and the scenarios are worked out beforehand."""
        edition = self.editions.current
        lang = self._lang or edition.shown.inventory.settings.language
        if edition.project is not None:
            _prepare(edition, lang)
        port = self._door.port or _free_port(self._door.address)
        addresses = known_addresses(self._door.address, port, self._door.origins, self._has_login)
        folder = resources.files("workbench") / "app" / "browser"
        use_prompt_sockets()
        self._gate = self._gate_of(addresses, Language(lang))
        server = pn.io.server.get_server(
            {"/": self._open},
            port=port,
            address=self._door.address,
            websocket_origin=[host for host in addresses if "[" not in host],  # which Bokeh cannot read; the gate can
            location=False,
            static_dirs={"live": str(folder)},
            extra_patterns=[(PATTERN, Downloads, {"editions": self.editions, "worker": self._worker})],
            auth_provider=self._gate,
            cookie_secret=secrets.token_urlsafe(32),
            # Unsigned, a request could bring a session of its own making.
            sign_sessions=True,
            secret_key=secrets.token_bytes(32),
            unused_session_lifetime_milliseconds=_UNUSED_MS,
            check_unused_sessions_milliseconds=_LOOK_FOR_UNUSED_MS,
            # A session carries what came with its request, for scripts to read: so not the cookie of the login.
            include_headers=[],
            include_cookies=[],
        )
        self._loop = server.io_loop
        server.io_loop.asyncio_loop.set_exception_handler(_unhandled)  # type: ignore[attr-defined]
        server.start()
        self.editions.watch()
        return server

    def close(self) -> None:
        """End what runs beside the server."""
        self.editions.stop()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _open(self) -> Bridge:
        """A new page: its own session, which ends with it."""
        document = this_document()
        if self._sessions >= MOST_SESSIONS:
            document.template = shell.refused(self._lang or "en")
            return Bridge(lambda event: None)
        query = {name: [one.decode("utf-8", "replace") for one in values]
                 for name, values in (pn.state.session_args or {}).items()}  # fmt: skip
        if self._lang and "lang" not in query:
            query["lang"] = [self._lang]
        session = Session(self.editions, query, self._worker, is_read_only=self._door.read_only)
        document.template_variables.update(shell.variables(session.edition, session.choices, session.first()))
        login = getattr(document.session_context.request, "login", "")
        document.template_variables.update(has_login=self._has_login, drafts=self._whose(login))
        document.template = shell.template()
        opened = _Opened(document, self._loop)
        bridge = Bridge(lambda event: self._heard(session, bridge, opened, event))
        self._sessions += 1
        unlisten = self.editions.listen(lambda edition: opened.later(lambda: session.renew(edition)), session.edition)

        def over() -> None:
            """The login ended: the page is told, and nothing that it asks is done from now on."""
            unlisten()
            opened.is_gone = True
            document.add_next_tick_callback(lambda: bridge.say(_OVER))

        forget = self._gate.logins.listen(login, over)

        def ended(context: Any) -> None:
            unlisten()
            forget()
            opened.is_gone = True
            self._sessions -= 1

        document.on_session_destroyed(ended)
        return bridge

    def _whose(self, login: str) -> str:
        """Under what a browser keeps what was typed and not written: of this project, of this person."""
        told = f"{self.editions.root.resolve()}\n{self._gate.logins.name(login)}"
        return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:16]

    @staticmethod
    def _heard(session: Session, bridge: Bridge, opened: _Opened, event: object) -> None:
        if opened.is_gone:
            bridge.say(_OVER)
        elif isinstance(event, dict) and event.get("kind") == "ready":
            session.connect(bridge.say, opened.later)
        else:
            session.handle(event)


@dataclass
class _Opened:
    """A page that is open, until its viewer leaves or logs out."""

    document: Any
    loop: Any
    is_gone: bool = False

    def later(self, call: Callable[[], None]) -> None:
        """Have something done on the thread of the server, from any thread; nothing once the viewer has left."""
        self.loop.add_callback(self._next, call)

    def _next(self, call: Callable[[], None]) -> None:
        if not self.is_gone:
            self.document.add_next_tick_callback(lambda: None if self.is_gone else call())


def _unhandled(loop: Any, context: dict[str, Any]) -> None:
    """A viewer who leaves while something is sent is no error."""
    if not isinstance(context.get("exception"), WebSocketClosedError):
        loop.default_exception_handler(context)


def _prepare(edition: Edition, lang: Code) -> None:
    """Work out what the first viewer sees first."""
    choices = Choices(page=NAMES[0], lang=lang)
    edition.keep(key_of(choices), main_view(edition, choices))
    for scenario in edition.sound.inventory.scenarios:
        edition.what_if.ask(scenario, {})
        edition.what_if.band(scenario, {})


def _free_port(address: str) -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as one:
        one.bind((address, 0))
        port: int = one.getsockname()[1]
    return port
