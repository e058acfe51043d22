"""Under which addresses may the live page be asked for, and are these open to others without a login?"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

_USUAL = {"http": 80, "https": 443}
"""Ports that browsers leave out."""


class AccessError(Exception):
    """Options that would open the page wrongly or not at all, with the remedy."""


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


def known_addresses(address: str, port: int, origins: Iterable[str], has_login: bool) -> dict[str, str]:
    """The hosts that a request may ask for, each with the whole address as browsers show it.

    Args:
        address: what the server listens on.
        port: the port of it.
        origins: what `--origin` named: hosts or addresses as a browser shows them.
        has_login: whether a viewer has to log in.

    Raises:
        AccessError: the address is not loopback, and a login or an origin lacks; or an origin cannot be read.

    Example:
        >>> known_addresses("127.0.0.1", 5006, [], False)
        {'127.0.0.1:5006': 'http://127.0.0.1:5006', 'localhost:5006': 'http://localhost:5006'}
    """
    named: dict[str, str] = {}
    for origin in origins:
        named.update(_read(origin))
    if is_loopback(address):
        own = ("127.0.0.1", "localhost", *((f"[{address}]",) if ":" in address else ()))
        return {**named, **{host: one for name in own for host, one in _read(f"http://{name}:{port}").items()}}
    if not has_login:
        raise AccessError(
            f"--address {address} is open to others: give --auth FILE (or --oauth PROVIDER), or leave --address out"
        )
    if not named:
        raise AccessError(f"--address {address} is open to others: give --origin with the address browsers will use")
    return named


def _read(origin: str) -> dict[str, str]:
    """The hosts by which a browser, or a proxy behind it, names an origin."""
    parts = urlsplit(origin if "//" in origin else f"//{origin}")
    try:
        port = parts.port
    except ValueError as error:
        raise AccessError(f"--origin {origin!r} has no readable port") from error
    scheme = parts.scheme or "http"
    if scheme not in _USUAL or not parts.hostname or parts.path not in ("", "/") or parts.query or "*" in origin:
        raise AccessError(f"--origin must be like journeys.example.org or https://host:8443, got {origin!r}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port in (None, _USUAL[scheme]):
        return dict.fromkeys((host, f"{host}:{_USUAL[scheme]}"), f"{scheme}://{host}")
    return {f"{host}:{port}": f"{scheme}://{host}:{port}"}
