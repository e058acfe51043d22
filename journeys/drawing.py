"""How does a picture get drawn: Graphviz source to SVG, and SVG to PNG or PDF? This is the one seam to both.

The system's Graphviz is used when it is on the PATH, else the one inside pygraphviz. PNG and PDF are made from the
SVG with fonts that the converter brings along, so that they look the same on a machine without fonts.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

FONT = "Liberation Sans"
FONTS = "'Liberation Sans', Arial, Helvetica, sans-serif"
FORMATS = ("svg", "png", "pdf")
POINTS_PER_PX = 0.75
"""On paper 96 px are an inch, and so are 72 points."""


class DrawingError(RuntimeError):
    """A picture that cannot be drawn, with the reason and the remedy."""


def graphviz_svg(source: str, engine: str = "dot") -> str:
    """The SVG of a picture in Graphviz' language.

    Args:
        source: the graph in the DOT language.
        engine: `dot` lays out by ranks, `neato` keeps pinned positions.

    Raises:
        DrawingError: no Graphviz is there, or it refuses the source.
    """
    if shutil.which(engine):
        import graphviz

        try:
            text: str = graphviz.Source(source, engine=engine).pipe(format="svg", encoding="utf-8", quiet=True)
        except graphviz.CalledProcessError as error:
            raise DrawingError(f"Graphviz could not draw the picture: {error}") from error
        return text
    try:
        import pygraphviz
    except ImportError as error:
        raise DrawingError("no Graphviz found; install it, or the package pygraphviz") from error
    try:
        drawn: bytes = pygraphviz.AGraph(source).draw(format="svg", prog=engine)
    except (OSError, ValueError) as error:
        raise DrawingError(f"Graphviz could not draw the picture: {error}") from error
    return drawn.decode("utf-8")


def save(svg: str, path: Path) -> None:
    """Write a picture to a file, in the format its ending names.

    Raises:
        ValueError: the ending is not one of svg, png, pdf.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise ValueError(f"path must end in one of {', '.join(FORMATS)}, got {path.name!r}")
    path.parent.mkdir(parents=True, exist_ok=True)
    if ending == "svg":
        path.write_text(svg, encoding="utf-8")
    else:
        path.write_bytes(convert(svg, ending))


def convert(svg: str, ending: str) -> bytes:
    """A picture as PNG (twice the size on screen, so that print stays sharp) or PDF."""
    import vl_convert

    if ending == "png":
        return bytes(vl_convert.svg_to_png(svg, scale=2))
    return bytes(vl_convert.svg_to_pdf(_in_points(svg)))


def _in_points(svg: str) -> str:
    """The picture with its size in points, which the converter to PDF takes pixels for.

    Example:
        >>> _in_points('<svg width="96" height="48" viewBox="0 0 96 48"></svg>')
        '<svg width="72.00" height="36.00" viewBox="0 0 96 48"></svg>'
    """
    root, end, rest = svg.partition(">")
    if "viewBox" not in root:
        return svg
    size = re.compile(r'(?<= )(width|height)="(\d+(?:\.\d+)?)(?:px)?"')
    return size.sub(lambda found: f'{found[1]}="{float(found[2]) * POINTS_PER_PX:.2f}"', root) + end + rest
