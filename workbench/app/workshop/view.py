"""How do the tables of a workshop look, with what is wrong or in dispute at each cell?"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from journeys.drawing import DrawingError
from journeys.pictures.landscape import landscape
from journeys.pictures.wall_map import wall_map
from touchpoints.inventory import Inventory
from workbench.analysis.loads import loads
from workbench.app.choices import Choices
from workbench.app.editions import Edition
from workbench.app.views import joined
from workbench.app.workshop.changing import Outcome
from workbench.app.workshop.forms import NAMES, Cell, columns_of, rows, sheet_of
from workbench.language.language import Language
from workbench.project import Project
from workbench.sheet.cells import label
from workbench.sheet.columns import Column
from workbench.sheet.headings import about, heading, note, title
from workbench.sheet.rows import Row

MOST_ROWS = 150
"""More rows are found by what stands in them."""
NEW = "new"
_NARROWEST, _WIDEST = 10, 32
"""A field is as wide as what it holds, within these [characters]."""


@dataclass
class Said:
    """What a viewer was told about cells, and not yet mended."""

    by_cell: dict[Cell, Outcome] = field(default_factory=dict)
    new: dict[str, Outcome] = field(default_factory=dict)
    """About the empty row of a table."""
    can_undo: bool = False


def workshop_view(edition: Edition, choices: Choices, language: Language) -> Markup:
    """The page: which table, the drawing that follows, and the table; what was told of cells comes after it."""
    table = choices.table or NAMES[0]
    return Markup(
        '<div class="workhead"><h2 id="title" tabindex="-1">{}</h2><p class="lead">{}</p></div>'
        '<div class="workbar"><div class="tabs" role="group" aria-label="{}">{}</div><p class="about">{}</p></div>'
        '<div class="work-tools">{}{}<span id="undo"></span></div>'
        '<div id="drawing">{}</div><div id="worktable">{}</div>'
    ).format(
        language.text("live.workshop"),
        language.text("workshop.lead"),
        language.text("workshop.tables"),
        joined(_tab(name, table, language) for name in NAMES),
        about(sheet_of(table), language.code),
        _drawing_choice(edition.sound.inventory, choices, language),
        Markup('<label>{}<input type="search" id="find" data-choose="find" value="{}"></label>').format(
            language.text("workshop.find"), choices.find
        ),
        drawing_view(edition.sound, choices, language),
        table_view(edition, table, choices.find, language),
    )


def _tab(name: str, table: str, language: Language) -> Markup:
    return Markup('<button type="button" data-choose="table" data-value="{}"{}>{}</button>').format(
        name, Markup(' aria-pressed="true"') if name == table else Markup(' aria-pressed="false"'),
        title(sheet_of(name), language.code),
    )  # fmt: skip


def _drawing_choice(inventory: Inventory, choices: Choices, language: Language) -> Markup:
    options = [("", language.text("workshop.landscape")),
               *((key, one.label(language.code)) for key, one in inventory.journeys.items())]  # fmt: skip
    return Markup('<label>{}<select data-choose="drawing">{}</select></label>').format(
        language.text("workshop.drawing"),
        joined(
            Markup('<option value="{}"{}>{}</option>').format(
                key, Markup(" selected") if key == choices.drawing else "", name
            )
            for key, name in options
        ),
    )


def undo_view(said: Said, language: Language) -> Markup:
    """The button that takes back the viewer's last change."""
    return Markup('<button type="button" id="undo-last" data-undo{}>{}</button>').format(
        "" if said.can_undo else Markup(" disabled"), language.text("workshop.undo")
    )


def drawing_view(project: Project, choices: Choices, language: Language) -> Markup:
    """The landscape, or the map of a journey."""
    inventory = project.inventory
    try:
        if choices.drawing in inventory.journeys:
            sheets = wall_map(inventory, project.flows[choices.drawing], language.code, "screen")
        else:
            carried = loads(project)
            sheets = (landscape(inventory, carried.contacts_per_year, carried.staff_h_per_year, language.code),)
    except DrawingError as error:
        return Markup("<p>{}</p>").format(error)
    return Markup('<div class="scroll" tabindex="0" role="group" aria-label="{}">{}</div>').format(
        language.text("workshop.drawing"), joined(Markup(svg) for svg in sheets)
    )


def table_view(edition: Edition, table: str, find: str, language: Language) -> Markup:
    """A table with a field in every cell, and an empty row for what is new."""
    found = [row for row in rows(edition, table, language) if _holds(row, find)]
    columns, inventory = columns_of(table), edition.sound.inventory
    head = joined(_heading(column, table, language) for column in columns)
    body = joined(_row(row, table, columns, inventory, language) for row in found[:MOST_ROWS])
    more = len(found) - MOST_ROWS
    note = Markup('<p class="note">{}</p>').format(
        language.text("workshop.more", count=language.show(more, "count"))) if more > 0 else ""  # fmt: skip
    return Markup(
        '<div class="table work" tabindex="0" role="group" aria-label="{}"><table><thead><tr>{}<td></td></tr></thead>'
        "<tbody>{}{}</tbody></table></div>{}{}"
    ).format(
        title(sheet_of(table), language.code),
        head,
        _new_row(table, columns, inventory, language),
        body,
        note,
        _lists(columns, inventory, language),
    )


def _holds(row: Row, find: str) -> bool:
    wanted = find.casefold()
    return not wanted or any(wanted in text.casefold() for text in (row.record, *row.cells.values()))


def _heading(column: Column, table: str, language: Language) -> Markup:
    told = note(sheet_of(table), column, language.code)
    return Markup('<th scope="col" title="{}">{}</th>').format(told, heading(column, language.code))


def _row(row: Row, table: str, columns: tuple[Column, ...], inventory: Inventory, language: Language) -> Markup:
    cells, named = [], " · ".join(part for part in row.key if part)
    for column in columns:
        text = row.cells[column.name]
        if column.is_key:
            shown = _named(column, text, inventory, language)
            cells.append(
                Markup('<th scope="row" data-column="{}" data-value="{}">{}</th>').format(column.name, text, shown)
            )
            continue
        cell = Cell(table, row.record, column.name)
        told = Markup("{}: {}").format(named, heading(column, language.code))
        view = _field(cell.id, column, text, told, inventory, language)
        cells.append(
            Markup('<td><span data-cell data-table="{}" data-key="{}" data-column="{}" data-before="{}">{}</span>'
                   '<div class="said" id="said:{}"></div></td>').format(
                table, row.record, column.name, text, view, cell.id)
        )  # fmt: skip
    remove = Markup(
        '<button type="button" class="remove" id="remove:{}:{}" data-remove data-table="{}" data-key="{}" '
        'aria-label="{}">×</button>'
    )
    cells.append(
        Markup('<td>{}<div class="said" id="said:row:{}:{}"></div></td>').format(
            remove.format(table, row.record, table, row.record, language.text("workshop.remove", what=named)),
            table,
            row.record,
        )
    )
    return Markup("<tr>{}</tr>").format(joined(cells))


def _named(column: Column, text: str, inventory: Inventory, language: Language) -> Markup:
    """A key as people call it, with the id under it."""
    records = getattr(inventory, column.collection, {}) if column.collection else {}
    record = records.get(text)
    if record is None:
        return Markup("<code>{}</code>").format(text)
    return Markup("{}<code>{}</code>").format(record.label(language.code), text)


def _new_row(table: str, columns: tuple[Column, ...], inventory: Inventory, language: Language) -> Markup:
    fields = joined(
        Markup("<td>{}</td>").format(
            _field(f"{NEW}:{table}:{column.name}", column, "",
                   Markup("{}: {}").format(language.text("workshop.new"), heading(column, language.code)),
                   inventory, language)
        )
        for column in columns
    )  # fmt: skip
    return Markup(
        '<tr class="new" data-new="{}">{}<td><button type="button" data-add>{}</button>'
        '<button type="button" data-clear hidden>{}</button></td></tr>'
        '<tr class="new-said"><td colspan="{}"><div class="said" id="said:{}:{}"></div></td></tr>'
    ).format(
        table, fields, language.text("workshop.add"), language.text("workshop.clear"), len(columns) + 1, NEW, table
    )


def _field(
    name: str, column: Column, text: str, told: Markup, inventory: Inventory, language: Language
) -> Markup:  # fmt: skip
    """The field of a cell: a choice where there are few answers, else text with what is known to choose from."""
    options = _options(column, inventory, language)
    if column.kind in ("word", "yes_no", "ref") and options is not None:
        known = dict(options)
        stray = [(text, text)] if text and text not in known else []
        shown = joined(
            Markup('<option value="{}"{}>{}</option>').format(key, Markup(" selected") if key == text else "", said)
            for key, said in [("", ""), *options, *stray]
        )
        wide = min(_WIDEST, max(_NARROWEST, max(map(len, [*known.values(), text])) + 4))
        return Markup('<select id="{}" aria-label="{}" style="min-width:{}ch">{}</select>').format(
            name, told, wide, shown
        )
    listed = Markup(' list="ids:{}"').format(column.collection) if column.kind == "refs" else ""
    return Markup(
        '<input id="{}" value="{}" aria-label="{}"{} style="min-width:{}ch" autocomplete="off" spellcheck="false">'
    ).format(name, text, told, listed, min(_WIDEST, max(_NARROWEST, len(text) + 3)))


def _options(column: Column, inventory: Inventory, language: Language) -> list[tuple[str, str]] | None:
    if column.words:
        return [(label(column, word, language),) * 2 for word in column.words]
    if column.kind == "ref":
        records = getattr(inventory, column.collection)
        return [(key, record.label(language.code)) for key, record in records.items()]
    return None


def _lists(columns: tuple[Column, ...], inventory: Inventory, language: Language) -> Markup:
    """The ids to choose from where several may stand in a cell."""
    names = {column.collection for column in columns if column.kind == "refs"}
    return joined(
        Markup('<datalist id="ids:{}">{}</datalist>').format(
            name,
            joined(
                Markup('<option value="{}">{}</option>').format(key, record.label(language.code))
                for key, record in getattr(inventory, name).items()
            ),
        )
        for name in sorted(names)
    )


def said_view(outcome: Outcome | None, language: Language) -> Markup:
    """What a viewer is told about a cell: what is wrong, or what somebody else wrote there."""
    if outcome is None or outcome.kind in ("done", "gone"):
        return Markup("")
    if outcome.kind == "wrong":
        return Markup('<p class="wrong" role="alert">{}</p>').format(
            joined(Markup("<span>{}</span>").format(line) for line in outcome.lines)
        )
    return Markup(
        '<div class="dispute" role="alert"><p>{}</p><p><button type="button" data-settle="theirs">{}</button>'
        '<button type="button" data-settle="mine">{}</button></p></div>'
    ).format(
        language.text("workshop.conflict", now=outcome.now or language.text("workshop.nothing")),
        language.text("workshop.theirs"),
        language.text("workshop.mine"),
    )
