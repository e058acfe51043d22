"""How do the bytes of a text file become text?"""

from __future__ import annotations

import codecs
import io
from typing import IO

_LOOKED_AT = 2**20
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(data: IO[bytes]) -> str | None:
    """The encoding that a byte order mark tells, the place in the file unchanged."""
    start = data.read(4)
    data.seek(0)
    return next((name for mark, name in _BYTE_ORDER_MARKS if start.startswith(mark)), None)


def _likely_encoding(data: IO[bytes]) -> str:
    """utf-8 when the start of the file is sound in it, else cp1252, as Excel writes it in western Europe."""
    start = data.read(_LOOKED_AT)
    data.seek(0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def open_text(data: IO[bytes], stated: str) -> io.TextIOWrapper:
    r"""The text of a file; a byte order mark goes before the stated encoding.

    A byte that is not of the encoding becomes U+FFFD, so that the field it stands in can be nulled and counted.

    Example:
        >>> open_text(io.BytesIO(b"\xef\xbb\xbfcaf\xc3\xa9"), "latin-1").read()
        'café'
    """
    encoding = marked_encoding(data) or (_likely_encoding(data) if stated == "auto" else stated)
    return io.TextIOWrapper(data, encoding, errors="replace", newline="")
