"""How is a result shown on the command line: as a table, as JSON, as CSV?"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any, Literal

import click

from workbench.cli.failures import USAGE, UserError
from workbench.language.language import Language
from workbench.result import NUMERIC, Result
from workbench.tables import csv_text

Command = Callable[..., Any]


def output_options(command: Command) -> Command:
    """The options --json, --csv, --lang and --top that every analysis command takes."""
    for option in (
        click.option("--top", type=click.IntRange(min=1), help="So many rows of each table; 20 on the terminal."),
        click.option(
            "--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default."
        ),
        click.option("--csv", "as_csv", is_flag=True, help="Print the main table as CSV with unrounded values."),
        click.option("--json", "as_json", is_flag=True, help="Print all tables as JSON with unrounded values."),
    ):
        command = option(command)
    return command


def show(result: Result, as_json: bool, as_csv: bool, top: int | None = None) -> None:
    """Print a result in the form asked for."""
    if as_json and as_csv:
        raise UserError("give one of --json and --csv", USAGE)
    if as_json:
        click.echo(to_json(result, top))
    elif as_csv:
        click.echo(csv_text(result.tables()[0], top), nl=False)
    else:
        print_tables(result, top or 20)


def to_json(result: Result, top: int | None = None) -> str:
    """All tables of a result, and the assumptions it rests on, as JSON."""
    tables = {
        table.key: [{key: _finite(value) for key, value in record.items()} for record in table.records()[:top]]
        for table in result.tables()
    }
    assumptions = [
        {
            "name": one.name,
            "value": one.estimate.text,
            "point": one.estimate.point,
            "unit": one.estimate.UNIT,
            "grade": one.grade,
            "source": one.evidence.source,
            "place": str(one.place),
        }
        for one in result.assumptions
    ]
    whole = {"tables": tables, "assumptions": assumptions}
    return _escaped(json.dumps(whole, ensure_ascii=False, indent=2, default=_plain))


# Signs that a terminal obeys or that steer how its line is read: C1, marks of direction, breaks of lines, BOM.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def _escaped(text: str) -> str:
    r"""JSON of the same data in which the signs that steer a terminal are escaped; other letters stay as they are.

    Example:
        >>> print(_escaped('{"café 😀": "safe\u202etxt.exe"}'))
        {"café 😀": "safe\u202etxt.exe"}
    """
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


_OBEYED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)|{_STEERING.pattern}")


def inert(diff: str) -> str:
    r"""Lines of a file or a diff in which the signs that steer a terminal are escaped, so that they show.

    Example:
        >>> print(inert("+name: safe\u202etxt.exe\x1b[2J"))
        +name: safe\u202etxt.exe\u001b[2J
    """
    return _OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", diff)


def print_tables(result: Result, top: int | None = None) -> None:
    """Print the tables for reading, as wide as the terminal; in a pipe, as wide as they are."""
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    is_piped = not sys.stdout.isatty()
    console = Console(width=240 if is_piped else None, highlight=False)
    language: Language = result.language
    for number, table in enumerate(result.tables()):
        if number and not table.rows and not table.notes:
            continue
        view = RichTable(title=Text(table.title(language)), title_justify="left", header_style="bold")
        for column, heading, unit in zip(table.columns, table.headings(language), table.units(), strict=True):
            # A file and line that is broken in two can be neither searched nor clicked.
            whole = is_piped and column.endswith("place")
            side: Literal["left", "right"] = "right" if unit in NUMERIC else "left"
            view.add_column(Text(heading), justify=side, overflow="fold", no_wrap=whole)
        rows = table.shown(language)
        for row in rows[:top]:
            view.add_row(*[Text(_printable(cell)) for cell in row])
        console.print(view)
        if top is not None and len(rows) > top:
            console.print(Text(f"… {len(rows) - top} more"))
        for note in table.notes:
            console.print(Text(note))


def _printable(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else "�" for sign in text)


def _finite(value: Any) -> Any:
    """JSON knows no infinity; an end that is not bounded is null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
