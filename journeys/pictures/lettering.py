"""How wide is a text, and where does it break into lines?

Widths are those of Liberation Sans, which has the metrics of Arial and Helvetica, so a picture fits wherever one of
the three is. Words break at the syllables of their language (Liang, Word Hy-phen-a-tion by Com-put-er, 1983).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import accumulate

import pyphen

ELLIPSIS = "…"
LINE = 1.22
"""Distance between lines, in sizes of the letter."""

_REGULAR = {
    191: "'", 222: "ijl‘’ł", 260: "|", 278: " !,./:;I[\\]ft·ıìíîï\u00a0", 333: "()-`r“”¡{}", 355: '"', 389: "*",
    400: "°", 469: "^", 500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu€–đð§«»", 584: "+<=>~×−±≤≥", 611: "FTZßø¿",
    667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm½", 889: "%æ", 944: "Wœ", 1000: "—…→←", 1015: "@",
}  # fmt: skip
_BOLD = {
    238: "'", 278: " ,./I\\ijl‘’·łı|\u00a0", 333: "!()-:;[]`ft¡", 389: "*r{}", 400: "°", 474: '"', 500: "z“”",
    556: "#$0123456789J_aceksvxy€–§«»", 584: "+<=>^~×−±≤≥", 611: "?FLTZbdghnopqußøđð¿", 667: "EPSVXY",
    722: "&ABCDHKNRU", 778: "GOQw", 833: "M½", 889: "%mæ", 944: "Wœ", 975: "@", 1000: "—…→←",
}  # fmt: skip
_WIDTHS = {
    bold: {sign: width / 1000 for width, signs in table.items() for sign in signs}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_OTHER = 0.62
_HYPHENS = {"nl": "nl_NL", "en": "en_GB"}
_KEPT = "\u00ad\u200c\u200d"
"""Format characters that change letters, not the order of reading: soft hyphen and the two joiners."""
_BLANKS = ("Cc", "Zl", "Zp")
_LEAST = 3
"""Letters of a word that stay together at either end."""
_LONGEST = 60
"""No word of any language needs more letters to be told where it breaks; names of 5,000 must not take minutes."""


def clean(text: str) -> str:
    r"""A text on one line without control characters and without marks that turn the direction of reading.

    Example:
        >>> clean("a\tb\x00 \u202ec")
        'a b c'
    """
    if not text.isprintable():
        text = "".join(
            " " if (kind := unicodedata.category(sign)) in _BLANKS else "" if _vanishes(sign, kind) else sign
            for sign in text
        )
    return re.sub(" {2,}", " ", text).strip()


def _vanishes(sign: str, kind: str) -> bool:
    """Whether a sign must not come into a picture: halves of pairs, unassigned, marks that turn the direction."""
    return kind in ("Cs", "Cn", "Co") or (kind == "Cf" and sign not in _KEPT)


@cache
def _sign_width(sign: str, bold: bool) -> float:
    known = _WIDTHS[bold].get(sign)
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", sign)[0]
    if base in _WIDTHS[bold]:
        return _WIDTHS[bold][base]
    if sign in _KEPT or unicodedata.combining(sign):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(sign) in "WF" else _OTHER


def width_px(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at a size of letters [px].

    Example (the widths of Helvetica: a 556, i 222 thousandths):
        >>> width_px("ai", 10)
        7.78
    """
    return round(size * sum(_sign_width(sign, bold) for sign in text), 3)


def wrapped(text: str, room_px: float, size: float, language: str, bold: bool = False, most: int = 20) -> list[str]:
    """A text broken into lines that fit a width; what does not fit on the last line ends in an ellipsis.

    A word moves to the next line whole; only one that fits no line is broken, at a syllable, else between letters.

    Args:
        text: any text; control characters vanish.
        room_px: width of a line [px].
        size: of the letters [px].
        language: nl or en, for syllables.
        bold: whether the letters are.
        most: number of lines.

    Example:
        >>> wrapped("Belt het klantcontactcentrum", 70, 11, "nl")
        ['Belt het', 'klantcontact-', 'centrum']
    """
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        joined = f"{line} {word}" if line else word
        if width_px(joined, size, bold) <= room_px:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, room_px, size, language, bold, most + 1)
        lines.extend(full)
        if len(lines) > most:
            break
    lines.append(line)
    lines = [one.replace("\u00ad", "") for one in lines]
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), room_px, size, bold)]
    return lines


def fitted(text: str, room_px: float, size: float, bold: bool = False) -> str:
    """A text on one line, cut with an ellipsis when it is wider than the room [px].

    Example:
        >>> fitted("Verhuizing doorgeven", 60, 10)
        'Verhuizing…'
    """
    line = clean(text).replace("\u00ad", "")
    return line if width_px(line, size, bold) <= room_px else _cut(line, room_px, size, bold)


def _cut(text: str, room_px: float, size: float, bold: bool) -> str:
    fits = _fitting(text, room_px - width_px(ELLIPSIS, size, bold), size, bold)
    return text[:fits].rstrip(" -") + ELLIPSIS


def _fitting(text: str, room_px: float, size: float, bold: bool) -> int:
    """How many signs of a text fit a width; stops at the first that does not, however long the text is."""
    widths = accumulate(_sign_width(sign, bold) for sign in text)
    return next((count for count, width in enumerate(widths) if round(size * width, 3) > room_px), len(text))


def _broken(word: str, room_px: float, size: float, language: str, bold: bool, most: int) -> list[str]:
    """The first pieces of a word, each no wider than the room (a single letter may be), and what is left of it."""
    pieces: list[str] = []
    rest = word
    while len(rest) > 1 and len(pieces) < most and _fitting(rest, room_px, size, bold) < len(rest):
        place, shown = _head(rest, room_px, size, language, bold)
        pieces.append(shown)
        rest = rest[place:]
    return [*pieces, rest]


def _head(word: str, room_px: float, size: float, language: str, bold: bool) -> tuple[int, str]:
    """The longest first part of a word that fits: where it ends, and how it is written."""
    best = 0, ""
    fits = _fitting(word, room_px, size, bold)
    for place in _places(word[: fits + _LONGEST], language):
        head = word[:place]
        shown = head if head[-1] in "-/_.@," else head + "-"
        if width_px(shown, size, bold) > room_px:
            break
        best = place, shown
    if best[0]:
        return best
    count = max(1, min(fits, len(word) - 1))
    return count, word[:count]


def _places(word: str, language: str) -> list[int]:
    """Where a word may break: after a soft hyphen or a sign that joins, and at syllables."""
    joints = {match.end() for match in re.finditer("[\u00ad/_.@,-]", word) if match.end() < len(word)}
    for run in re.finditer(r"[^\W\d_]{6,}", word):
        for place in _syllables(run.group().lower()[:_LONGEST], language):
            if _LEAST <= place <= len(run.group()) - _LEAST:
                joints.add(run.start() + place)
    return sorted(joints)


@lru_cache(maxsize=8192)
def _syllables(word: str, language: str) -> tuple[int, ...]:
    return tuple(pyphen.Pyphen(lang=_HYPHENS.get(language, "en_GB")).positions(word))
