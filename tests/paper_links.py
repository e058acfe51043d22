"""Where do the links of a PDF lead? Read from its objects, and from the words that poppler finds on its pages."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
_COLUMN_PT = 240.0
"""The width of a column of model lines, less than its distance to the next [pt]."""
_ABOVE_PT = 10.0
"""The typesetter leads so much above a goal, so that it does not stand against the edge of the window [pt]."""


@dataclass(frozen=True)
class Word:
    """A word on a page; y runs downwards [pt]."""

    x: float
    y: float
    x_end: float
    y_end: float
    text: str

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x + self.x_end) / 2, (self.y + self.y_end) / 2


@dataclass(frozen=True)
class Link:
    """A link: the page it is on, the words it covers, the page it leads to, and what stands there from its goal on."""

    page: int
    text: str
    goal_page: int
    goal: str


@dataclass(frozen=True)
class Paper:
    """A PDF as it reads.

    Attributes:
        pages: the words of every page.
        heights: of every page [pt].
        links: in the order of the pages.
        bookmarks: titles with their page.
    """

    pages: tuple[tuple[Word, ...], ...]
    heights: tuple[float, ...]
    links: tuple[Link, ...]
    bookmarks: tuple[tuple[str, int], ...]

    def text(self, page: int) -> str:
        """The words of a page, numbered from 1."""
        return " ".join(word.text for word in self.pages[page - 1])


def poppler(tool: str, *arguments: str | Path) -> str:
    """What a tool of poppler prints."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed (Debian: apt-get install poppler-utils)")
    found = subprocess.run([tool, *map(str, arguments)], check=True, capture_output=True, text=True)
    return found.stdout


def read_paper(path: Path) -> Paper:
    """A PDF with its words, links and bookmarks."""
    pages, heights = _words(path)
    objects = {int(number): body for number, body in _OBJECT.findall(path.read_bytes())}
    links = tuple(_links(objects, _named(path), pages, heights))
    outline = poppler("pdftohtml", "-xml", "-i", "-stdout", path)
    bookmarks = re.findall(r'<item page="(\d+)">(.*?)</item>', outline)
    return Paper(pages, heights, links, tuple((html.unescape(title), int(page)) for page, title in bookmarks))


def _words(path: Path) -> tuple[tuple[tuple[Word, ...], ...], tuple[float, ...]]:
    pages, heights = [], []
    for part in re.split(r"(?=<page )", poppler("pdftotext", "-bbox", path, "-"))[1:]:
        size = _PAGE.match(part)
        assert size is not None
        heights.append(float(size[2]))
        words = [(*map(float, found[:4]), _plain(found[4])) for found in _WORD.findall(part)]
        pages.append(tuple(Word(*word) for word in words))
    return tuple(pages), tuple(heights)


def _plain(text: str) -> str:
    return html.unescape(text).replace("\u200b", "").replace("\xad", "")


def _named(path: Path) -> dict[str, int]:
    """The page of every destination that has a name."""
    rows = poppler("pdfinfo", "-dests", path).splitlines()
    return {found[2]: int(found[1]) for row in rows if (found := re.match(r'\s*(\d+) \[.*\] "(.*)"', row))}


def _links(
    objects: dict[int, bytes],
    named: dict[str, int],
    pages: Sequence[Sequence[Word]],
    heights: Sequence[float],
) -> Iterator[Link]:
    (kids,) = (body for body in objects.values() if b"/Type/Pages" in body)
    order = [int(number) for number in re.findall(rb"(\d+) 0 R", kids.partition(b"/Kids")[2].partition(b"]")[0])]
    for at, number in enumerate(order):
        annots = re.search(rb"/Annots\[(.*?)\]", objects[number], re.DOTALL)
        for one in re.findall(rb"(\d+) 0 R", annots[1]) if annots else ():
            body = objects[int(one)]
            rect = re.search(rb"/Rect\[([^\]]*)\]", body)
            if b"/Subtype/Link" not in body or rect is None:
                continue
            left, low, right, high = map(float, rect[1].split())
            covered = [
                word.text for word in pages[at]
                if word.x < right - 0.5 and word.x_end > left + 0.5 and low < heights[at] - word.middle[1] < high
            ]  # fmt: skip
            yield Link(at + 1, " ".join(covered), *_goal(body, objects, named, order, pages, heights))


def _goal(
    body: bytes,
    objects: dict[int, bytes],
    named: dict[str, int],
    order: Sequence[int],
    pages: Sequence[Sequence[Word]],
    heights: Sequence[float],
) -> tuple[int, str]:
    name = re.search(rb"/Dest\s*\(([^)]*)\)", body)
    if name is not None:
        return named[name[1].decode()], ""
    to = re.search(rb"/Dest (\d+) 0 R", body)
    assert to is not None, body
    place = re.match(rb"\[(\d+) 0 R\s*/XYZ ([\d.]+) ([\d.]+)", objects[int(to[1])])
    assert place is not None, objects[int(to[1])]
    page, x, y = order.index(int(place[1])), float(place[2]), float(place[3])
    top = heights[page] - y
    row = [
        word for word in pages[page]
        if x - 1 <= word.x < x + _COLUMN_PT and top + _ABOVE_PT - 6 < word.middle[1] < top + _ABOVE_PT + 2.5
    ]  # fmt: skip
    return page + 1, " ".join(word.text for word in sorted(row, key=lambda word: word.x))
