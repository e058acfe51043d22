"""How are passwords kept, so that the file that holds them gives none away?

A line a user, `name:scrypt$N$r$p$salt$key`; salt and key in base64. Lines that start with # are remarks.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path

COST, BLOCK, PARALLEL = 2**15, 8, 1
"""N, r and p of scrypt: about 32 MiB and a tenth of a second for every try."""
_MEMORY = 128 * 1024 * 1024
_METHOD = "scrypt"
LEAST_SIGNS = 12


class PasswordFileError(Exception):
    """A password file that cannot be used, with the line and the remedy."""


def hashed(password: str, salt: bytes | None = None) -> str:
    """A password as it may be kept.

    Raises:
        ValueError: it is too short.

    Example:
        >>> kept = hashed("correct horse battery")
        >>> is_right("correct horse battery", kept), is_right("correct horse", kept)
        (True, False)
    """
    if len(password) < LEAST_SIGNS:
        raise ValueError(f"password must have at least {LEAST_SIGNS} signs, got {len(password)}")
    salt = os.urandom(16) if salt is None else salt
    key = _key(password, salt, COST, BLOCK, PARALLEL)
    written = (base64.b64encode(one).decode() for one in (salt, key))
    return "$".join([_METHOD, str(COST), str(BLOCK), str(PARALLEL), *written])


def _key(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32)


def is_right(password: str, kept: str) -> bool:
    """Whether a password is the one that is kept; takes as long when it is not."""
    _, cost, block, parallel, salt, key = kept.split("$")
    found = _key(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(key))


_NOBODY = hashed("nobody has this password", b"\0" * 16)


def admits(users: Mapping[str, str], name: str, password: str) -> bool:
    """Whether a user has this password; an unknown user costs the same time."""
    return is_right(password[:1_000], users.get(name, _NOBODY)) and name in users


def read_users(path: Path) -> dict[str, str]:
    """The users of a password file with what is kept of their passwords.

    Raises:
        PasswordFileError: it is not there, others may read it, it holds nobody, or a line is not one of ours.
    """
    try:
        text, mode = path.read_text(encoding="utf-8"), path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise PasswordFileError(f"{path}: cannot be read ({error})") from error
    if os.name == "posix" and mode & 0o077:
        raise PasswordFileError(f"{path}: others can read it; `chmod 600 {path}`")
    users: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, kept = line.strip().partition(":")
        try:
            is_right("", kept)
        except Exception as error:
            remedy = "write what `workbench serve --hash-password NAME` prints"
            raise PasswordFileError(f"{path}:{number}: is not a user with a hashed password; {remedy}") from error
        users[name] = kept
    if not users:
        raise PasswordFileError(f"{path}: holds no user; add a line of `workbench serve --hash-password NAME`")
    return users
