"""Which text may stand in an office file, and how long may it be there?"""

from __future__ import annotations

from journeys.pictures.lettering import ELLIPSIS, clean

CELL_LIMIT = 32_767
"""So many signs a cell of a workbook holds, counted in UTF-16."""


def office_text(text: str, most: int = CELL_LIMIT) -> str:
    r"""A text that any office program opens: on one line, only signs that XML allows, cut where it is too long.

    Args:
        text: any text of a model.
        most: the most signs, counted in UTF-16, as these programs do.

    Example:
        >>> office_text("a\x00b\ud800c"), office_text("abcdef", most=4)
        ('a bc', 'abc…')
    """
    kept = clean(text)
    if len(kept) * 2 <= most or _units(kept) <= most:
        return kept
    cut = kept.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", errors="ignore")
    return cut.rstrip() + ELLIPSIS


def shortened(text: str, most: int) -> str:
    """A text of at most so many signs, cut between two words where there is a gap in its second half.

    Example:
        >>> shortened("Renewing a passport at the counter", 20), shortened("x" * 30, 5)
        ('Renewing a passport…', 'xxxx…')
    """
    kept = office_text(text)
    if len(kept) <= most:
        return kept
    cut = kept[: most - 1] if kept[most - 1] != " " else kept[: most - 1] + " "
    gap = cut.rfind(" ")
    return (cut[:gap] if gap > most // 2 else cut[: most - 1]).rstrip(" ,;:·-") + ELLIPSIS


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
