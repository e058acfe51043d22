"""What stands in the main part of a page, and which tables can be downloaded from it?"""

from __future__ import annotations

from importlib.util import find_spec

from markupsafe import Markup

from journeys.drawing import DrawingError
from journeys.pictures.wall_map import wall_map
from touchpoints.files import SETTINGS_FILE
from touchpoints.library import PREFIX
from workbench.app.choices import Choices
from workbench.app.editions import Edition
from workbench.app.pages import BY_NAME
from workbench.app.scope import Scope
from workbench.app.step_view import step_tables
from workbench.app.views import Frame, tables_of
from workbench.app.what_if_view import compared_table, outcomes, page_view
from workbench.report.blocks import Block, Chapter, Paragraph, Picture, Rows, SourceFile, Sources
from workbench.report.places import file_lines
from workbench.tables import Table


def frame_of(edition: Edition, choices: Choices) -> Frame:
    """Where the blocks of a page are shown."""
    scope = Scope(edition.sound.inventory, choices.lang, choices.channel, choices.persona)
    formats = ("csv", "xlsx") if find_spec("xlsxwriter") else ("csv",)
    return Frame(edition.language(choices.lang), scope, choices.page, formats)


def main_view(edition: Edition, choices: Choices) -> Markup:
    """The main part of a page; what takes time is worked out once an edition."""
    frame = frame_of(edition, choices)
    if choices.page == "scenarios":
        return page_view(edition.what_if, choices, frame)
    if choices.page == "sources":
        return _sources(edition, choices, frame)
    with edition.lock:
        return _narrowed(choices, frame) + frame.chapter(chapter_of(edition, choices))


def _narrowed(choices: Choices, frame: Frame) -> Markup:
    """What is chosen, and what of the page that is about; the log is asked anew, so that all of it is."""
    narrowed_by, inventory = BY_NAME[choices.page].narrowed_by, frame.scope.inventory
    records = {"channel": inventory.channels.get(choices.channel), "persona": inventory.personas.get(choices.persona)}
    found = [one.label(choices.lang) for name in narrowed_by if (one := records.get(name)) is not None]
    if not found or choices.page == "log":
        return Markup("")
    return Markup('<p class="note">{}</p>').format(frame.text("live.narrowed", what=", ".join(found)))


def chapter_of(edition: Edition, choices: Choices) -> Chapter:
    """The chapter of the report that stands on a page, with what the choices add to it."""
    make = BY_NAME[choices.page].make
    assert make is not None
    made = make(edition.answers(choices.lang))
    if choices.page == "journeys":
        return _maps_first(_of_persona(made, edition, choices) if choices.persona else made, edition, choices)
    if choices.page == "log" and edition.log is not None:
        from workbench.app.log_view import selected

        table = selected(edition.log, choices, edition.language(choices.lang))
        return Chapter(made.anchor, made.title, (Rows(table, 20), *made.blocks), made.step)
    return made


def _maps_first(made: Chapter, edition: Edition, choices: Choices) -> Chapter:
    """The chapter with the maps on top, since their steps lead to all that is known of them."""
    maps = tuple(one for one in made.blocks if isinstance(one, Picture) and "data-step=" in one.svg)
    if not maps:
        return made
    others = tuple(one for one in made.blocks if one not in maps)
    hint = Paragraph(edition.language(choices.lang).text("live.map_hint"))
    return Chapter(made.anchor, made.title, (hint, *maps, *others), made.step)


def _of_persona(made: Chapter, edition: Edition, choices: Choices) -> Chapter:
    """The chapter on journeys with the maps of one persona first."""
    inventory, text = edition.sound.inventory, edition.language(choices.lang).text
    persona = inventory.personas[choices.persona].label(choices.lang)
    maps: list[Block] = []
    for flow in edition.sound.flows.values():
        own = flow.personas.get(choices.persona)
        if own is None:
            continue
        try:
            sheets = wall_map(inventory, own, choices.lang, "report")
        except DrawingError:
            continue
        name = inventory.journeys[flow.journey].label(choices.lang)
        caption = text("live.map_of_persona", name=name, persona=persona)
        maps += [Picture(svg, caption if svg is sheets[-1] else "", wide=True) for svg in sheets]
    return Chapter(made.anchor, made.title, (*maps, *made.blocks), made.step)


def _sources(edition: Edition, choices: Choices, frame: Frame) -> Markup:
    """The file of the model that a place leads to; its lines have the anchors `source-1-LINE`."""
    name = choices.at.rpartition(":")[0] or SETTINGS_FILE
    project = edition.sound
    known = name in project.inventory.files or name.startswith(PREFIX)
    lines = file_lines(project, name) if known else []
    if not lines:
        return Markup('<h2 id="title" tabindex="-1">{}</h2><p>{}</p>').format(
            frame.text("chapter.sources"), frame.text("live.no_file")
        )
    block = Sources((SourceFile(name, tuple(enumerate(lines, 1))),))
    return frame.chapter(Chapter("sources", frame.text("chapter.sources"), (block,)))


def tables(edition: Edition, choices: Choices) -> dict[str, Table]:
    """The tables of a page by the names under which they are downloaded, those of the step beside it included."""
    found: dict[str, Table] = {}
    scope = Scope(edition.sound.inventory, choices.lang, choices.channel, choices.persona)
    if choices.page == "scenarios":
        if choices.scenario:
            found["0"] = compared_table(*outcomes(edition.what_if, choices), edition.language(choices.lang))
    elif BY_NAME[choices.page].make is not None:
        with edition.lock:
            made = tables_of(chapter_of(edition, choices))
        found |= {str(at): scope.of(one)[0] for at, one in enumerate(made)}
    if choices.step:
        with edition.lock:
            found |= step_tables(edition.answers(choices.lang), choices.step)
    return found
