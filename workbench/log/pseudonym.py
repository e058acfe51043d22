"""How does a customer's id become a pseudonym that only the holder of a key can make again?"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path
from uuid import UUID

from workbench.log.errors import LogError

_KEY_BYTES = 32
_BLOCK = 64


def load_key(file: str | Path) -> bytes:
    """The key in a file that only its owner can read; made when the file is not there yet.

    Raises:
        LogError: the file is not a key, or others can read it.
    """
    path = Path(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_key(path)
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise LogError(f"{path}: others can read the key of the pseudonyms; run `chmod 600 {path.name}`")
        text = path.read_text(encoding="ascii").strip()
        key = bytes.fromhex(text)
    except (OSError, ValueError) as error:
        raise LogError(f"{path}: cannot be read as a key ({error}); name a file of 64 hexadecimal digits") from error
    if len(key) != _KEY_BYTES:
        raise LogError(f"{path}: a key has {2 * _KEY_BYTES} hexadecimal digits, this file has {len(text)}")
    return key


def _make_key(path: Path) -> None:
    """Write a new key whole or not at all, so that a crash leaves no half key behind."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def pseudonym(field: str, text: str, key: bytes) -> UUID:
    """The pseudonym of an id: the first 128 bits of HMAC-SHA-256(key, field ‖ ':' ‖ text).

    Args:
        field: the field of the contact, so that a customer and a case with the same number stay apart.
        text: the id as the source writes it.
        key: the key.

    Example:
        >>> pseudonym("customer_key", "4711", bytes(32)) == pseudonym("case_key", "4711", bytes(32))
        False

    References:
        FIPS 198-1, The Keyed-Hash Message Authentication Code (2008); NIST SP 800-107 on truncation.
    """
    return UUID(hmac.new(key, f"{field}:{text}".encode(), hashlib.sha256).hexdigest()[:32])


def hmac_blocks(key: bytes) -> dict[str, bytes]:
    """The inner and outer padded key, to be bound to the SQL of `pseudonym_sql` as parameters."""
    padded = key.ljust(_BLOCK, b"\0")
    return {"inner": bytes(byte ^ 0x36 for byte in padded), "outer": bytes(byte ^ 0x5C for byte in padded)}


def pseudonym_sql(field: str, text_sql: str) -> str:
    """The SQL that computes `pseudonym` for a text expression; the key is bound, never written in it."""
    message = f"encode('{field}:' || {text_sql})"
    return f"CAST(substr(sha256($outer || unhex(sha256($inner || {message}))), 1, 32) AS UUID)"


def fingerprint_sql(text_sql: str) -> str:
    """The SQL of a short keyed fingerprint, to find a contact twice.

    It names no person, so the secret prefix that keeps contact numbers from being tried out may be a fast hash.
    """
    return f"CAST(md5($outer || encode({text_sql})) AS UUID)"


def key_mark(key: bytes) -> str:
    """What a store remembers of its key, to refuse another one."""
    return pseudonym("key", "mark", key).hex
