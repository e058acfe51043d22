"""What did a workbook start from? A sheet nobody sees keeps it, so that a change made since is noticed.

For each row: its sheet, key, record and place in it, what the files held of it, and the text of its cells.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.editing.change import ABSENT
from workbench.language.language import LANGUAGES, Code
from workbench.sheet.cells import LONGEST
from workbench.sheet.rows import Row, RowKey

NAME = "basis"
VERSION = "journey-workbench sheet 1"


class BasisError(ValueError):
    """The sheet is not one that we wrote."""


@dataclass(frozen=True)
class Basis:
    """What a workbook started from: the language of its cells, and its rows by sheet and key."""

    code: Code
    rows: Mapping[str, Mapping[RowKey, Row]]


def holds_basis(file: Path) -> bool:
    """Whether a file is a workbook for a workshop, perhaps filled in."""
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as packed:
        return "xl/workbook.xml" in packed.namelist() and f'name="{NAME}"'.encode() in packed.read("xl/workbook.xml")


def basis_cells(code: Code, rows: Mapping[str, Iterable[Row]]) -> Iterator[list[str]]:
    """The cells of the sheet, row by row."""
    yield [VERSION, code]
    for sheet, own in rows.items():
        for row in own:
            whole = {"key": row.key, "record": row.record, "path": row.path, "cells": row.cells}
            whole |= {} if row.own is ABSENT else {"own": row.own}
            text = json.dumps(whole, ensure_ascii=True, separators=(",", ":"))
            yield [sheet, *(text[at : at + LONGEST] for at in range(0, len(text), LONGEST))]


def read_basis(cells: Sequence[Sequence[Any]]) -> Basis:
    """What the sheet keeps.

    Raises:
        BasisError: it was not written by `basis_cells`.
    """
    try:
        version, code = cells[0][:2]
        if version != VERSION or code not in LANGUAGES:
            raise BasisError("another version")
        rows: dict[str, dict[RowKey, Row]] = {}
        for sheet, *texts in cells[1:]:
            whole = json.loads("".join(str(text) for text in texts))
            row = Row(
                tuple(whole["key"]), whole["record"], tuple(whole["path"]), whole.get("own", ABSENT), whole["cells"]
            )
            rows.setdefault(str(sheet), {})[row.key] = row
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BasisError(f"{error}") from error
    return Basis(code, rows)
