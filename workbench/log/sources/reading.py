"""Which reader reads a file?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from workbench.log.errors import LogError
from workbench.log.profile import Format, Layout, Profile
from workbench.log.sources.batch import Batch
from workbench.log.sources.delimited import read_delimited
from workbench.log.sources.genesys import read_genesys
from workbench.log.sources.json_file import read_json
from workbench.log.sources.ocel import read_ocel
from workbench.log.sources.parquet import read_parquet
from workbench.log.sources.workbook import read_workbook
from workbench.log.sources.xes import read_xes

_READERS: dict[Format, Callable[[Path, Profile, tuple[str, ...]], Iterator[Batch]]] = {
    "delimited": read_delimited,
    "xlsx": read_workbook,
    "xes": read_xes,
    "parquet": read_parquet,
    "json": read_json,
    "genesys": read_genesys,
    "ocel": read_ocel,
}


def read_batches(file: Path, profile: Profile) -> Iterator[Batch]:
    """The wanted columns of a file's records, in batches with line numbers.

    Raises:
        LogError: the file cannot be read as the profile says.
    """
    yield from read_columns(file, profile, profile.wanted)


def read_columns(file: Path, profile: Profile, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """Some columns of a file's records, in batches; those that the start of a contact needs are always among them.

    Raises:
        LogError: the file cannot be read as the profile says.
    """
    require_file(file)
    yield from _READERS[profile.format](file, profile, wanted)


_TABLES: dict[Format, Callable[[Path, Layout, tuple[str, ...]], Iterator[Batch]]] = {
    "delimited": read_delimited,
    "xlsx": read_workbook,
    "parquet": read_parquet,
}


def read_table(file: Path, layout: Layout, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """Some columns of a table, whatever its rows are, in batches.

    Raises:
        LogError: the file cannot be read as the layout says.
    """
    require_file(file)
    yield from _TABLES[layout.format](file, layout, wanted)


def require_file(file: Path) -> None:
    """Refuse what is not a readable file with something in it.

    Raises:
        LogError: it is not.
    """
    try:
        if file.is_dir():
            raise LogError(f"{file}: is a folder; name the files in it, such as '{file.name}/*.csv'")
        if not file.exists():
            raise LogError(f"{file}: there is no such file")
        if not file.is_file():
            raise LogError(f"{file}: is not a regular file")
        if file.stat().st_size == 0:
            raise LogError(f"{file}: the file is empty")
        with file.open("rb"):
            pass
    except (OSError, ValueError) as error:
        raise LogError(f"{file}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
