"""How is a file opened that may be compressed with gzip?"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from workbench.log.errors import LogError


@contextmanager
def open_unpacked(file: Path) -> Iterator[tuple[IO[bytes], Callable[[], float]]]:
    """The plain bytes of a file, and a function that tells which share of the file on disk has been read.

    Whether it is gz is seen in its first bytes, not in its name.

    Raises:
        LogError: it is a gzip file that is damaged or cut off.
    """
    size = max(1, file.stat().st_size)
    with ExitStack() as stack:
        raw = stack.enter_context(file.open("rb"))
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        data = cast(IO[bytes], stack.enter_context(gzip.open(raw)) if packed else raw)
        try:
            yield data, lambda: raw.tell() / size
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise LogError(f"{file}: the gzip file is damaged or cut off ({error}); fetch it again") from error
