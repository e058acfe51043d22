"""How may a model be written? From the records: their fields, the docstrings below them, and the examples."""

from __future__ import annotations

from pathlib import Path

from docs.generate.fields import COMMON, Fields, Written, collect, dutch, said
from docs.generate.markdown import code, link, page, rows
from touchpoints import quantities
from touchpoints.collections import BY_ID, LISTS, SINGLES, SINGULAR
from touchpoints.estimate import Estimate
from touchpoints.library import library_trees
from touchpoints.load import load_inventory
from touchpoints.records.base import Part, Record
from touchpoints.records.organisation import Settings

ROOT = Path(__file__).parents[2]
EXAMPLES = ("gemeente", "bank")

INTRODUCTION = """
A project is a folder with `workbench.yaml` ([settings](#settings)) and YAML files below `model/`. Any file there may
hold any of the keys below; all files are merged, and an id that is given twice is an error that shows both places. Ids
are `snake_case`. A half-empty model is the normal case: what can be computed is computed, the rest is listed as missing
(`workbench missing`). `workbench schema` writes the same as a JSON Schema, for editors that complete and check.
"""

LANGUAGE = """
* **Words.** `yes`, `no` and `partial` are words of the model; `true` and `false` serve too. `1:30`, `012` and `1_200`
  are not silently numbers.
* **Decimals are not guessed.** A dot or comma followed by exactly three digits has two readings and is refused;
  `1.250,50` and `1,250.50` have one.
* **Ranges.** `a..b` is the 10th to the 90th percentile, its midpoint is the point, and the unit binds both ends
  (`1200..1500/month`). `{low: 2m, likely: 3m, high: 6m}` has the same ends and `likely` as point.
* **Shares of a row** (`next`, `start`, `personas`) sum to one; `rest` takes what the others leave. A text alone stands
  for all: `next: resolved`.
* **Names** are a text, or a text per language: `{nl: Verhuizen, en: Moving house}`.
* **`extends: library.NAME`**, or another id of the same kind: maps merge, lists replace, null removes.
* **Currency** is that of the project in every amount.
"""


def model_page() -> str:
    """The YAML reference."""
    fields = Fields(_written())
    keys = {**BY_ID, **LISTS, **SINGLES}
    overview = rows(
        ["key", "Dutch", "what", "holds"],
        [(link(key), dutch(key), said(model).split(". ")[0].rstrip("."), _holds(key)) for key, model in keys.items()],
    )
    common = fields.table(Record, only=[name for name in COMMON if name != "id"])
    parts = [f"## {key}\n\n{_lead(key, model)}\n\n{fields.table(model)}" for key, model in keys.items()]
    settings = f"## Settings\n\nThe file `workbench.yaml`.\n\n{fields.table(Settings)}"
    return page(
        "The model in YAML", INTRODUCTION, "## How things are written", LANGUAGE, _quantities(), "## Keys", overview,
        "## Every record", common, *parts, settings, *fields.rest(),
    )  # fmt: skip


def _holds(key: str) -> str:
    if key in BY_ID:
        return "records by id"
    return "a list" if key in LISTS else "one mapping"


def _lead(key: str, model: type[Part]) -> str:
    """What a collection is, how it is written, and what the library offers of it."""
    lines = [said(model)]
    if key in BY_ID:
        lines.append(f"Records by id: `{key}: {{ID: {{…}}}}`.")
    elif key in LISTS:
        lines.append(f"A list of records: `{key}: [{{…}}]`; each is one {SINGULAR[key]}.")
    else:
        lines.append("Exists once; several files may each give some of its fields.")
    short = getattr(model, "SHORT", "")
    if short:
        lines.append(f"A single value stands for `{short}`.")
    if key in BY_ID and (count := len(library_trees(key))):
        lines.append(f"The library offers {count}: [library](library.md#{key}).")
    return " ".join(lines)


def _quantities() -> str:
    kinds = [kind for name in vars(quantities) if isinstance(kind := getattr(quantities, name), type)
             and issubclass(kind, Estimate) and kind is not Estimate]  # fmt: skip
    return "### Quantities\n\n" + rows(
        ["kind", "written as", "unit", "example"],
        [(kind.__name__, kind.FORMAT, kind.UNIT or "1", code(kind.EXAMPLE)) for kind in kinds],
    )


def _written() -> Written:
    """What the examples write for each field: the first value that is short enough for a table."""
    found: Written = {}
    for name in EXAMPLES:
        inventory = load_inventory(ROOT / "examples" / name)
        collections = [getattr(inventory, key) for key in (*BY_ID, *LISTS)]
        records = [one for records in collections for one in records.values()]
        singles = [getattr(inventory, key) for key in SINGLES]
        for part in (inventory.settings, *records, *(one for one in singles if isinstance(one, Part))):
            collect(part, found)
    return found
