"""Where is the live page served, and which gate stands before it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench.app.door.access import AccessError
from workbench.app.door.allowed import Allowed
from workbench.app.door.gate import Gate
from workbench.app.door.password_login import Passwords
from workbench.app.door.passwords import read_users
from workbench.app.door.provider_login import ThroughProvider
from workbench.app.door.providers import provider
from workbench.language.language import Language


@dataclass(frozen=True)
class Door:
    """Where the page is served, and who gets in.

    Attributes:
        address, port: what to listen on; port 0 takes a free one.
        origins: the addresses that browsers use, beside loopback.
        auth: a password file.
        oauth: a login provider; what it needs to be told stands in environment variables.
        allow: whom of those that the provider knows to let in.
        read_only: whether nobody may change the model here.
    """

    address: str = "127.0.0.1"
    port: int = 5006
    origins: tuple[str, ...] = ()
    auth: Path | None = None
    oauth: str | None = None
    allow: tuple[str, ...] = ()
    read_only: bool = False


def gate_of(door: Door, settings: Mapping[str, str]) -> Callable[[Mapping[str, str], Language], Gate]:
    """What lets people in, to be told the addresses and a language.

    Args:
        door: what was asked for.
        settings: the environment variables, for what a login provider needs to be told.

    Raises:
        AccessError: options that exclude one another, or a login that lacks something.
        PasswordFileError: the password file cannot be read.
    """
    if door.auth is not None and door.oauth is not None:
        raise AccessError("--auth and --oauth are two ways of logging in: give one")
    if door.allow and door.oauth is None:
        raise AccessError("--allow says whom of a login provider's people to let in: give --oauth PROVIDER too")
    if door.auth is not None:
        return partial(Passwords, read_users(door.auth))
    if door.oauth is None:
        return Gate
    asked = provider(door.oauth, settings)
    for origin in door.origins:
        if "://" not in origin:
            raise AccessError(f"--origin {origin}: write https:// before it, for {asked.name} sends people back there")
    return partial(ThroughProvider, asked, Allowed(door.allow, asked))
