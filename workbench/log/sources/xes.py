"""How is an event log in XES (IEEE 1849) read, one event a record, in file order?

An attribute of an event goes by its key (`concept:name`), one of its trace by `case:` and its key, and `@index` is
the event's place among the events of its case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

from workbench.log.errors import LogError
from workbench.log.profile import Profile
from workbench.log.sources.batch import ROWS_PER_BATCH, Batch, text_batch
from workbench.log.sources.packed import open_unpacked

_CHUNK = 2**18


def read_xes(file: Path, profile: Profile, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """The events of an XES file, plain or gz, in batches; memory does not grow with the file.

    Raises:
        LogError: the file is not XES, or declares a document type (which could expand without bound).
    """
    events = _Events(wanted)
    with open_unpacked(file) as (data, done):
        try:
            while chunk := data.read(_CHUNK):
                events.feed(chunk)
                if len(events.lines) >= ROWS_PER_BATCH:
                    yield events.take(done())
            events.close()
        except expat.ExpatError as error:
            raise LogError(f"{file}:{error.lineno}: not well-formed XML ({expat.ErrorString(error.code)})") from error
        except _Refused as error:
            raise LogError(f"{file}:{error}") from error
    yield events.take(1.0)


class _Refused(Exception):
    """What is well-formed XML and still no event log to be read."""


class _Events:
    """Collects the wanted attributes of events as the parser passes them."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self._wanted = wanted
        self._position: dict[str, int] = {}
        self._path: list[str] = []
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._traces = 0
        self._line = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._empty()

    def _empty(self) -> None:
        self._columns: dict[str, list[str | None]] = {name: [] for name in self._wanted}
        self.lines: list[int] = []

    def feed(self, chunk: bytes) -> None:
        """Parse a piece of the file."""
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        """The file has ended."""
        self._parser.Parse(b"", True)

    def take(self, done: float) -> Batch:
        """The events collected since the last call."""
        batch = text_batch(self._columns, self.lines, (), done)
        self._empty()
        return batch

    def _doctype(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        raise _Refused(f"{line}: a document type declaration is not allowed in an event log; delete it")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        path = self._path
        if not path and name != "log":
            raise _Refused(f"{self._parser.CurrentLineNumber}: the file is XML but no XES: it starts with <{name}>")
        path.append(name)
        depth = len(path)
        if depth == 2 and name == "trace":
            self._trace = {}
            self._traces += 1
        elif depth == 3 and name == "event" and path[1] == "trace":
            self._event = {}
            self._line = self._parser.CurrentLineNumber
        elif depth == 3 and path[1] == "trace" and "key" in attributes:
            self._trace[attributes["key"]] = attributes.get("value", "")
        elif depth == 4 and path[2] == "event" and "key" in attributes:
            self._event[attributes["key"]] = attributes.get("value", "")

    def _end(self, tag: str) -> None:
        if len(self._path) == 3 and self._path[2] == "event" and self._path[1] == "trace":
            self._finish_event()
        self._path.pop()

    def _finish_event(self) -> None:
        case = self._trace.setdefault("concept:name", f"trace {self._traces}")
        self._position[case] = index = self._position.get(case, 0) + 1
        for name, column in self._columns.items():
            if name == "@index":
                column.append(str(index))
            elif name.startswith("case:"):
                column.append(self._trace.get(name[5:]))
            else:
                column.append(self._event.get(name))
        self.lines.append(self._line)
