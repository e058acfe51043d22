"""How are shapes and texts written as SVG, with words for those who cannot see the picture?"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Sequence

from journeys.drawing import FONTS
from journeys.pictures.lettering import LINE, clean

INK, MUTED, PAPER = "#1d2733", "#56626e", "#ffffff"
SOFT, SOFTER, RULE = "#e9edf1", "#f5f7f9", "#c3ccd5"


def escape(text: str) -> str:
    """A text of the model as it may stand in SVG.

    Example:
        >>> escape("<script>&")
        '&lt;script&gt;&amp;'
    """
    return html.escape(clean(text).replace("\u00ad", ""), quote=True)


def amount(value: float) -> str:
    """A coordinate with at most one decimal."""
    shown = f"{value:.1f}"
    return shown.removesuffix(".0") if shown != "-0.0" else "0"


def tag(name: str, body: str = "", /, **attributes: str | float | None) -> str:
    """An element; underscores in names of attributes become hyphens, None leaves one out.

    Example:
        >>> tag("rect", x=1.25, stroke_width=2, fill=None)
        '<rect x="1.2" stroke-width="2"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else amount(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def rect(x: float, y: float, width: float, height: float, **attributes: str | float | None) -> str:
    """A rectangle."""
    return tag("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), **attributes)


def line(x1: float, y1: float, x2: float, y2: float, colour: str = RULE, **attributes: str | float | None) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, **attributes)


def path(points: str, **attributes: str | float | None) -> str:
    """A path."""
    return tag("path", d=points, **attributes)


def letters(
    lines: Sequence[str],
    x: float,
    top: float,
    size: float,
    anchor: str | None = None,
    bold: bool = False,
    colour: str = INK,
) -> str:
    """Lines of text below one another; `top` is the upper edge of the first [px]."""
    lines = [one for one in lines if one]
    if not lines:
        return ""
    step = size * LINE
    first = top + size * 0.92
    shared = {"font_size": size, "text_anchor": anchor, "font_weight": "bold" if bold else None, "fill": colour}
    if len(lines) == 1:
        return tag("text", escape(lines[0]), x=x, y=first, **shared)
    spans = "".join(tag("tspan", escape(one), x=x, y=first + index * step) for index, one in enumerate(lines))
    return tag("text", spans, **shared)


def height_of(lines: Sequence[str], size: float) -> float:
    """The height of lines of text [px]."""
    return len([one for one in lines if one]) * size * LINE


def group(
    shapes: Iterable[str], x: float = 0.0, y: float = 0.0, title: str = "", **attributes: str | float | None
) -> str:
    """Shapes that belong together, moved, with the words that a pointer over them shows."""
    body = (f"<title>{escape(title)}</title>" if title else "") + "".join(shapes)
    moved = f"translate({amount(x)} {amount(y)})" if x or y else None
    return tag("g", body, transform=moved, **attributes) if body else ""


def document(shapes: Iterable[str], width: float, height: float, title: str, description: str) -> str:
    """A whole picture with its title and its text alternative."""
    name, words = escape(title), escape(description)
    key = hashlib.sha256(f"{name}|{words}".encode()).hexdigest()[:12]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{amount(width)}" height="{amount(height)}" '
        f'viewBox="0 0 {amount(width)} {amount(height)}" role="img" aria-labelledby="t{key} d{key}" '
        f'font-family="{FONTS}"><title id="t{key}">{name}</title><desc id="d{key}">{words}</desc>'
        f"{rect(0, 0, width, height, fill=PAPER)}{''.join(shapes)}</svg>"
    )
