"""What does paper make of a text: how long is it, where may it break, which lines of the model does it lead to?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.report.leads import Leads, Piece, brief
from workbench.tables import visible

LONGEST = 400
"""Longer texts are cut on paper; the page shows them whole."""
_UNBROKEN = re.compile(r"\S{40,}")
_BREAKS = re.compile(r"(?<=[/._,;:=&?-])(?=\w)")
_WHOLE_NAME = 36
"""A file's own name and the line stay on one line of paper when they are no longer; `:` and `.` invite breaks."""

Said = str | list[dict[str, str]]
"""A text for the typesetter: as it is, or in pieces, of which some lead to a line."""


class Links:
    """The lines of the model that a PDF leads to: those it holds may be named, and those it named are kept.

    Attributes:
        named: the places that got a link, which have to stand at the end of the PDF.
    """

    def __init__(self, leads: Leads) -> None:
        self._leads = leads
        self.named: set[str] = set()

    def said(self, text: str, longest: int = LONGEST) -> Said:
        """A text of bounded length, its places as links; a place that the cut goes through is none.

        Example:
            >>> Links(Leads.to({"a.yaml:7": "source-1-7"})).said("Step (a.yaml:7).")
            [{'t': 'Step ('}, {'t': '', 'tail': 'a.yaml:7', 'to': 'source-1-7'}, {'t': ').'}]
        """
        whole = visible(text)
        end = len(whole) if len(whole) <= longest else longest - 1
        made, at = [], 0
        for piece in self._leads.pieces(whole):
            left = end - at
            at += len(piece.text)
            if left <= 0:
                break
            made.append(self._piece(piece) if at <= end else {"t": _broken(piece.text[:left])})
        if end < len(whole):
            made.append({"t": "…"})
        return made if any("to" in one for one in made) else "".join(one["t"] for one in made)

    def places(self, text: str) -> Said:
        """The places of a row, as short as can be, each a link.

        Example:
            >>> Links(Leads([])).places("a.yaml:1; a.yaml:5")
            'a.yaml:1, :5'
        """
        made: list[dict[str, str]] = []
        length = 0
        for place, written in brief(visible(text)):
            length += len(written) + 2
            if length > LONGEST:
                made.append({"t": ", …"})
                break
            made += [{"t": ", "}] if made else []
            made.append(self._piece(Piece(written, self._leads.of(place)), place))
        return made if any("to" in one for one in made) else cut("".join(one["t"] for one in made))

    def _piece(self, piece: Piece, place: str = "") -> dict[str, str]:
        if piece.to is None:
            return {"t": _broken(piece.text)}
        self.named.add(place or piece.text)
        folder, slash, name = piece.text.rpartition("/")
        if len(name) > _WHOLE_NAME:
            return {"t": _broken(piece.text), "to": piece.to}
        return {"t": _broken(folder + slash), "tail": name, "to": piece.to}


def cut(text: str, longest: int = LONGEST) -> str:
    """A text of bounded length that can be broken into lines.

    Example:
        >>> cut("a" * 500, 5)
        'aaaa…'
    """
    text = visible(text)
    return _broken(text if len(text) <= longest else text[: longest - 1] + "…")


def _broken(text: str) -> str:
    return _UNBROKEN.sub(lambda found: "\u200b".join(_parts(found[0])), text)


def _parts(word: str) -> Iterator[str]:
    """A long word in parts between which it may break: after signs, or where there are none, anywhere."""
    for part in _BREAKS.split(word):
        for at in range(0, len(part), 20):
            yield part[at : at + 20]
