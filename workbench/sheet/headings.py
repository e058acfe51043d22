"""What are the sheets, their columns and the notes on them called in a language?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from touchpoints.records.descriptions import descriptions
from workbench.language.language import LANGUAGES, Code, catalogue
from workbench.sheet.columns import Column, Sheet


def title(sheet: Sheet, code: Code) -> str:
    """The name of a sheet."""
    return str(catalogue("sheet")["sheets"][sheet.key]["title"][code])


def about(sheet: Sheet, code: Code) -> str:
    """The question that a sheet asks."""
    return str(catalogue("sheet")["sheets"][sheet.key]["about"][code])


def step(sheet: Sheet) -> int:
    """The step of the inventory that a sheet belongs to."""
    return int(catalogue("sheet")["sheets"][sheet.key]["step"])


def intro(key: str, code: Code) -> Any:
    """A text, or a list of texts, of the sheet that says how it works."""
    return catalogue("sheet")["intro"][key][code]


def heading(column: Column, code: Code) -> str:
    """The heading of a column; one name can stand for two things on two sheets."""
    said = catalogue("sheet")["headings"]
    return str(said.get(f"{column.sheet}.{column.name}", said[column.name])[code])


def note(sheet: Sheet, column: Column, code: Code) -> str:
    """What a column holds, and how it is written."""
    notes = catalogue("sheet")["notes"]
    said = {**notes.get(column.name, {}), **notes.get(f"{sheet.key}.{column.name}", {})}
    forms = [form(name, code) for name in _forms(column)]
    return "\n".join([str(said.get(code) or _docstring(sheet, column)), *forms])


def form(name: str, code: Code) -> str:
    """How a kind of value is written."""
    return str(catalogue("sheet")["forms"][name][code])


def headings(sheet: Sheet) -> dict[str, Column]:
    """The columns of a sheet by every heading they may stand under, in small letters."""
    return {heading(column, code).casefold(): column for code in LANGUAGES for column in sheet.columns}


def _forms(column: Column) -> Iterator[str]:
    if column.quantity:
        yield column.quantity.__name__
    elif column.kind in ("day", "month", "list", "names"):
        yield column.kind
    elif column.kind in ("refs", "words"):
        yield "several"
    elif column.kind in ("ref", "word", "yes_no"):
        yield "choice"


def _docstring(sheet: Sheet, column: Column) -> str:
    """The description of the field in the model, which is English."""
    for model in sheet.models:
        found: Any = model
        for name in column.path:
            fields = {info.alias or key: key for key, info in getattr(found, "model_fields", {}).items()}
            if name not in fields:
                break
            description = descriptions(found).get(fields[name], "")
            found = _part(found.model_fields[fields[name]].annotation)
        else:
            return str(description)
    return ""


def _part(annotation: Any) -> Any:
    """The class of parts in an annotation."""
    from typing import get_args

    from touchpoints.records.base import Part

    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part(inner))), None)
