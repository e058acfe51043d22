"""How does one log in with a name and a password?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import quote

from tornado.web import RequestHandler

from workbench.app.door.gate import DoorPage, LoginGate
from workbench.app.door.passwords import admits
from workbench.language.language import Language

_SECONDS_AFTER_A_MISS = 1.0
_AT_ONCE = 4


class Passwords(LoginGate):
    """Lets in who is in the password file.

    Args:
        users: name to what is kept of the password.
        addresses, language: as of any gate.
    """

    def __init__(self, users: Mapping[str, str], addresses: Mapping[str, str], language: Language) -> None:
        self.users = users
        self.busy = asyncio.Semaphore(_AT_ONCE)
        super().__init__(addresses, language)

    def admits(self, name: str) -> bool:
        """Whether the password file holds this name."""
        return name in self.users

    @property
    def login_handler(self) -> type[RequestHandler]:
        """Asks for name and password."""
        return _Login


class _Login(DoorPage):
    """The login page; a miss costs a second, and few are tried at once."""

    def get(self) -> None:
        self._ask(is_wrong=False)

    async def post(self) -> None:
        name, password = self.get_body_argument("username", ""), self.get_body_argument("password", "")
        async with self.gate.busy:
            known = await asyncio.to_thread(admits, self.gate.users, name, password)
            if not known:
                await asyncio.sleep(_SECONDS_AFTER_A_MISS)
        if known:
            self.let_in(name, self.wanted())
            return
        self.set_status(403)
        self._ask(is_wrong=True)

    def _ask(self, *, is_wrong: bool) -> None:
        self.show("login.html.j2", is_wrong=is_wrong, next=quote(f"?{self.wanted()}", safe=""))
