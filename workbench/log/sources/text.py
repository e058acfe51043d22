"""How do the bytes of a text file become text?"""

from __future__ import annotations

import codecs
import io
import re
from typing import IO

_LOOKED_AT = 2**20
_JUDGED_BY = 4096
_BINARY_SHARE = 0.02
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_FORMS = {
    "PK\x03\x04": "an Excel workbook or a zip archive; take a profile with `format: xlsx`, or unpack it",
    "PAR1": "a Parquet file; take a profile with `format: parquet`",
    "%PDF-": "a PDF; export the table as CSV",
}
"""What a file is that starts like this, and what to do."""
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


def other_form(text: io.TextIOWrapper) -> str | None:
    """What a file is that is no text, and what to do; None for a text. The place in it is its start again.

    It starts like a file of another form, or its start is strewn with control characters.
    """
    start = text.read(_JUDGED_BY)
    text.seek(0)
    if len(_CONTROL.findall(start)) > _BINARY_SHARE * len(start):
        unnamed = "binary data; export the table as CSV, or state its 'encoding' in the profile if it is text"
    else:
        unnamed = None
    return next((what for mark, what in _FORMS.items() if start.startswith(mark)), unnamed)
