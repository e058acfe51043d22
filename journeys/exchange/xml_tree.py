"""How is XML of others read without danger, every element with its line, and which text can XML hold?

A document type declaration is refused: it is what entities that explode, or that fetch files, are declared in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from touchpoints.faults import Place

MAX_BYTES = 16 * 2**20
MAX_ELEMENTS = 200_000
MAX_DEPTH = 60

_LONGEST = 600

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ExchangeError(ValueError):
    """A file of another tool that cannot be taken over: everything that is wrong, each with file and line."""

    def __init__(self, problems: Iterable[tuple[Place, str]]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(told(place, message) for place, message in self.problems))


def told(place: Place, message: str) -> str:
    r"""A message as one line of printable signs, not endless, whatever the file has in its names.

    Example:
        >>> told(Place("x.cjml", 3), "unknown actor 'Ca" + chr(0x202E) + "rl'")
        "x.cjml:3: unknown actor 'Ca\\u202erl'"
    """
    text = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in message)
    return f"{place}: {text if len(text) <= _LONGEST else f'{text[:400]} … {text[-150:]}'}"


@dataclass(slots=True)
class Element:
    """An element of an XML file: its name without prefix, its namespace, and where it stands."""

    name: str
    namespace: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str, namespace: str | None = None) -> Iterator[Element]:
        """The children of a name, of any namespace when none is given."""
        return (child for child in self.children if child.name == name and namespace in (None, child.namespace))

    def first(self, name: str, namespace: str | None = None) -> Element | None:
        """The first child of a name, if there is one."""
        return next(self.all(name, namespace), None)

    def content(self, *path: str) -> str:
        r"""The text at the end of a path of names, white space as single spaces; empty when there is none.

        Example:
            >>> read_xml(b"<a><b><c> two\n words </c></b></a>", "x.xml").content("b", "c")
            'two words'
        """
        here: Element | None = self
        for name in path:
            here = here.first(name) if here else None
        return " ".join(here.text.split()) if here else ""


def xml_text(text: str) -> str:
    r"""The text with a replacement sign for every character that XML 1.0 has no place for, line ends as line feeds.

    Example:
        >>> xml_text("a\x07b"), xml_text("één & <twee>")
        ('a�b', 'één & <twee>')
    """
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_xml(data: bytes, file: str) -> Element:
    r"""The root element of an XML file.

    Raises:
        ExchangeError: the file is not well-formed, too large or too deep, or declares a document type.

    Example:
        >>> read_xml(b"<a>\n <b c='1'/>\n</a>", "x.xml").children[0].place.line
        2
        >>> read_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "x.xml")
        Traceback (most recent call last):
        journeys.exchange.xml_tree.ExchangeError: x.xml:1: a document type declaration is not allowed; delete it
    """
    if len(data) > MAX_BYTES:
        message = f"the file is {len(data) / 2**20:.0f} MiB; at most {MAX_BYTES // 2**20} MiB are read; split it"
        raise ExchangeError([(Place(file), message)])
    builder = _Builder(file)
    parser = builder.parser
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"no XML can be read here: {expat.ErrorString(error.code)}; correct this line or the one before"
        raise ExchangeError([(Place(file, error.lineno), message)]) from error
    except (LookupError, ValueError) as error:
        if isinstance(error, ExchangeError):
            raise
        message = f"its encoding cannot be read ({error}); save the file as UTF-8"
        raise ExchangeError([(Place(file, parser.CurrentLineNumber), message)]) from error
    return builder.root


class _Builder:
    """Makes elements of what the parser passes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self.root: Element

    def _refuse(self, message: str) -> None:
        raise ExchangeError([(Place(self.file, self.parser.CurrentLineNumber), message)])

    def _doctype(self, *_: object) -> None:
        self._refuse("a document type declaration is not allowed; delete it")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(name, namespace, plain, Place(self.file, self.parser.CurrentLineNumber))
        self._count += 1
        if self._count > MAX_ELEMENTS:
            self._refuse(f"more than {MAX_ELEMENTS:,} elements; split the file")
        if len(self._open) >= MAX_DEPTH:
            self._refuse(f"nested deeper than {MAX_DEPTH} levels; close the elements")
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def _characters(self, text: str) -> None:
        self._texts[-1].append(text)

    def _end(self, _: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())
