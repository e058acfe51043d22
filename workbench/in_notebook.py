"""How do tables and results show themselves in a notebook, on a light and on a dark page?"""

from __future__ import annotations

import html
from collections.abc import Sequence

from workbench.language.language import Language
from workbench.tables import NUMERIC, Table

MOST = 20
"""A longer table shows so many rows, and says how many there are."""

_STYLE = """<style>
.wb-result{margin:.2em 0 .6em;max-width:100%;overflow-x:auto;font-variant-numeric:tabular-nums lining-nums}
.wb-result table{border-collapse:collapse;table-layout:auto;margin:0;font-size:12.5px;line-height:1.35;border:0}
.wb-result caption{text-align:left;caption-side:top;font-weight:600;font-size:13.5px;padding:0 0 .35em;color:inherit}
.wb-result tbody tr,.wb-result tbody tr:nth-child(odd){background:transparent!important}
.wb-result th,.wb-result td{padding:.22em .7em;vertical-align:top;max-width:32em;border:0;white-space:normal;
border-bottom:1px solid color-mix(in srgb,currentColor 16%,transparent)}
.wb-result th{font-weight:600;vertical-align:bottom;border-bottom-color:color-mix(in srgb,currentColor 45%,transparent)}
.wb-result th:first-child,.wb-result td:first-child{padding-left:0}
.wb-result td.number,.wb-result td.date{white-space:nowrap}
.wb-result td.place{font-size:11px;opacity:.8;min-width:13.5em}
.wb-result td.text:first-child{min-width:11em}
.wb-result tbody tr:hover{background:color-mix(in srgb,currentColor 6%,transparent)!important}
.wb-result p{margin:.35em 0 0;font-size:12px;line-height:1.4;opacity:.75;max-width:72em}
.wb-result details{margin:.5em 0 0}
.wb-result summary{cursor:pointer;font-size:12.5px}
.wb-result details[open]>summary{margin-bottom:.5em}
.wb-result code{font-size:11.5px;background:none;opacity:.75}
</style>"""


def result_html(tables: Sequence[Table], language: Language) -> str:
    """The main table of a result, the others folded below it, each under the key that gives it alone.

    Example:
        >>> from workbench.tables import table
        >>> "&lt;b&gt;" in result_html([table("effort", ["step"], [["<b>"]])], Language("en"))
        True
    """
    first, others = tables[0], [one for one in tables[1:] if one.rows]
    folded = "".join(_folded(one, language) for one in others)
    return f'{_STYLE}<div class="wb-result">{table_html(first, language)}{folded}</div>'


def table_html(table: Table, language: Language, most: int = MOST) -> str:
    """A table as HTML, every text escaped; how many rows it has when it does not show them all, and its notes."""
    kinds = [_kind(name, unit) for name, unit in zip(table.columns, table.units(), strict=True)]
    shown = table.shown(language)
    head = "".join(_cell("th", text, kind) for text, kind in zip(table.headings(language), kinds, strict=True))
    body = "".join(
        f"<tr>{''.join(_cell('td', text, kind) for text, kind in zip(row, kinds, strict=True))}</tr>"
        for row in shown[:most]
    )
    notes = list(table.notes)
    rows = max(len(shown), table.of)
    if not rows:
        notes.insert(0, language.text("notebook.none"))
    if rows > len(shown[:most]):
        key = "notebook.first" if table.of else "notebook.rows"
        notes.insert(0, language.text(key, shown=len(shown[:most]), all=language.show(rows, "count")))
    under = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
    caption = html.escape(table.title(language))
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{under}"


def _kind(column: str, unit: str) -> str:
    """What a column holds, as far as it looks different: number, date, place or text."""
    if unit in NUMERIC:
        return "number"
    return "date" if unit == "date" else "place" if "place" in column.split("_") else "text"


def _cell(tag: str, text: str, kind: str) -> str:
    """A cell; the side stands in the cell itself, for some viewers take styles away. Places break at a slash."""
    scope = ' scope="col"' if tag == "th" else ""
    shown = html.escape(text)
    if kind == "place" and tag == "td":
        shown = shown.replace("/", "/<wbr>")
    side = "right" if kind == "number" else "left"
    return f'<{tag}{scope} class="{kind}" style="text-align:{side}">{shown}</{tag}>'


def _folded(table: Table, language: Language) -> str:
    title, rows = html.escape(table.title(language)), language.text("notebook.folded", count=len(table.rows))
    key = html.escape(table.key)
    return (
        f"<details><summary>{title} · {html.escape(rows)} <code>[&quot;{key}&quot;]</code></summary>"
        f"{table_html(table, language)}</details>"
    )


class Source(str):
    """A text in YAML, or a change of one, that shows itself in a notebook line by line.

    Example:
        >>> "&lt;b&gt;" in Source("+ <b>")._repr_html_()
        True
    """

    language: Language
    _most: int | None

    def __new__(cls, text: str = "", language: Language | None = None) -> Source:
        """The text, to be shown in a language."""
        made = super().__new__(cls, text)
        made.language, made._most = language or Language(), None
        return made

    def head(self, lines: int = 40) -> Source:
        """The same text, of which a notebook shows the first lines only."""
        made = Source(self, self.language)
        made._most = lines
        return made

    def _repr_html_(self) -> str:
        lines = self.splitlines()
        shown = lines[: self._most]
        rows = "".join(
            f'<span style="font-family:inherit;{_change(line)}">{html.escape(line)}</span>\n' for line in shown
        )
        more = len(lines) - len(shown)
        under = f"<p>{html.escape(self.language.text('notebook.lines', count=more))}</p>" if more else ""
        return f'{_STYLE}<div class="wb-result"><pre style="{_PRE}">{rows}</pre>{under}</div>'


_PRE = (
    "margin:0;padding:0;font-family:var(--jp-code-font-family,monospace);font-size:12px;line-height:1.45;"
    "background:none;color:inherit;white-space:pre"
)


def _change(line: str) -> str:
    """The look of a line of a diff: added, taken out, or a heading of its part."""
    colours = {"+": "color:#1a8f4c", "-": "color:#d9534f"}
    look = "opacity:.65" if line.startswith(("+++", "---", "@@", "#")) else colours.get(line[:1], "")
    return f"font-family:inherit;{look}"
