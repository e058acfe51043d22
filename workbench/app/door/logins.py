"""Which logins hold, and what ends with one?"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

Ended = Callable[[], None]


class Logins:
    """Who logged in from which browser: each login a name, and the pages that were opened with it.

    A cookie carries no more than the number of a login, so what ended here holds nowhere.

    Example:
        >>> logins, told = Logins(), []
        >>> login = logins.begin("mieke")
        >>> stop = logins.listen(login, lambda: told.append("logged out"))
        >>> logins.name(login), logins.name("another")
        ('mieke', '')
        >>> logins.end(login)
        >>> logins.name(login), told
        ('', ['logged out'])
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._opened: dict[str, set[Ended]] = {}

    def begin(self, name: str) -> str:
        """Let somebody in; the number of the login."""
        login = secrets.token_urlsafe(24)
        self._names[login] = name
        return login

    def name(self, login: str) -> str:
        """Who logged in; empty when that login does not hold."""
        return self._names.get(login, "")

    def listen(self, login: str, ended: Ended) -> Callable[[], Any]:
        """Be told when a login ends, or that it did; calling what is returned ends that. An empty one never ends."""
        if login and login not in self._names:
            ended()
        opened = self._opened.setdefault(login, set())
        opened.add(ended)
        return lambda: opened.discard(ended)

    def end(self, login: str) -> None:
        """End a login, and tell the pages that were opened with it."""
        self._names.pop(login, None)
        for tell in self._opened.pop(login, set()):
            tell()
