"""How is a page of Markdown put together?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NOTE = "<!-- Made by `make docs` from the code; change it there. -->"


def page(title: str, *parts: str) -> str:
    """A page: its title, a note that it is made, and its parts with an empty line between."""
    return "\n\n".join([f"# {title}", NOTE, *(part.strip("\n") for part in parts if part)]) + "\n"


def rows(heads: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A table; columns that are empty in every row are left out, and without rows there is no table."""
    found = [list(row) for row in body]
    kept = [at for at in range(len(heads)) if any(row[at] for row in found)]
    if not found:
        return ""
    lines = [[heads[at] for at in kept], ["---"] * len(kept), *([cell(row[at]) for at in kept] for row in found)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(text: str) -> str:
    """A text on one line of a table, with the sign between its columns taken as text."""
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def code(text: str) -> str:
    """A text as code, nothing when there is none; backticks in it are kept."""
    if not text:
        return ""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def choices(words: Iterable[object]) -> str:
    """Words one of which may be written."""
    return " · ".join(code(str(word)) for word in words)


def link(title: str, page_name: str = "") -> str:
    """A link to a heading of this page or another one."""
    anchor = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
    return f"[{title}]({page_name}#{anchor})"
