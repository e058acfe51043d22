"""Which places of the model does a text name, and where does each lead to?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from touchpoints.faults import Place


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and where the place it names leads to, if it names any."""

    text: str
    to: str | None = None


class Leads:
    """Where the places in texts lead to: `file:line` of known files, whatever signs their names hold."""

    def __init__(self, files: Iterable[str], anchors: Mapping[str, str] | None = None) -> None:
        """Take the files that are known, and the anchor of each of their places, without which it leads to itself."""
        self._files = frozenset(files)
        self._anchors = anchors
        names = "|".join(re.escape(name) for name in sorted(self._files, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w/.-])({names}):(\d{{1,7}})" if names else r"(?!)")

    @classmethod
    def to(cls, anchors: Mapping[str, str]) -> Leads:
        """Those of places with an anchor.

        Example:
            >>> Leads.to({"my file (new).yaml:7": "source-1-7"}).of("my file (new).yaml:7")
            'source-1-7'
        """
        return cls((place.rpartition(":")[0] for place in anchors), anchors)

    def of(self, place: str) -> str | None:
        """Where a place leads to, if anywhere."""
        if self._anchors is not None:
            return self._anchors.get(place)
        return place if place.rpartition(":")[0] in self._files else None

    def named(self, text: str) -> Iterator[Place]:
        """The places that a text names.

        Example:
            >>> [str(place) for place in Leads(["a.yaml", "my a.yaml"]).named("see a.yaml:2, my a.yaml:13")]
            ['a.yaml:2', 'my a.yaml:13']
        """
        for found in self._pattern.finditer(text):
            yield Place(found[1], int(found[2]))

    def pieces(self, text: str) -> Iterator[Piece]:
        """A text cut at the places in it that lead somewhere.

        Example:
            >>> list(Leads.to({"model/a.yaml:7": "source-1-7"}).pieces("Step (model/a.yaml:7)."))[1]
            Piece(text='model/a.yaml:7', to='source-1-7')
        """
        at = 0
        for found in self._pattern.finditer(text) if ":" in text else ():
            to = self.of(found[0])
            if to is not None:
                if found.start() > at:
                    yield Piece(text[at : found.start()])
                yield Piece(found[0], to)
                at = found.end()
        if at < len(text) or not text:
            yield Piece(text[at:])


def brief(places: str) -> Iterator[tuple[str, str]]:
    """Places set apart by semicolons, each with how it is written: after the first of a file only the line.

    Example:
        >>> list(brief("a.yaml:1; a.yaml:5; b.yaml:2"))
        [('a.yaml:1', 'a.yaml:1'), ('a.yaml:5', ':5'), ('b.yaml:2', 'b.yaml:2')]
    """
    before = ""
    for place in dict.fromkeys(places.split("; ")):
        file, colon, line = place.rpartition(":")
        yield place, f":{line}" if colon and file == before else place
        before = file
