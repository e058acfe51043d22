"""What may a sheet be called, and how do names stay apart?"""

from __future__ import annotations

import re

from workbench.language.language import Language, catalogue
from workbench.office.text import office_text, shortened

MOST = 31
"""So many signs the name of a sheet may have."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"


class SheetNames:
    """The names given out so far; a name that differs in case only is the same name.

    Example:
        >>> names = SheetNames()
        >>> names.take("Costs: 2026/27"), names.take("costs 2026 27"), names.take("'")
        ('Costs 2026 27', 'costs 2026 27 (2)', '-')
    """

    def __init__(self) -> None:
        self._taken = {_RESERVED}

    def take(self, wanted: str) -> str:
        """A name like the wanted one that is allowed and not given out yet."""
        plain = " ".join(_FORBIDDEN.sub(" ", office_text(wanted)).split())
        plain = shortened(plain, MOST).strip("' ") or "-"
        name, count = plain, 1
        while _folded(name) in self._taken:
            count += 1
            tail = f" ({count})"
            name = shortened(plain, MOST - len(tail)) + tail
        self._taken.add(_folded(name))
        return name


def short_title(key: str, language: Language) -> str:
    """The short name of a table's sheet, where its title is too long for one.

    Example:
        >>> short_title("content_coverage", Language("nl")), short_title("touchpoints", Language("nl"))
        ('Dekking', '')
    """
    found = catalogue("texts").get(f"sheet.{key}")
    return str(found[language.code]) if found else ""


def _folded(name: str) -> str:
    return name.casefold()
