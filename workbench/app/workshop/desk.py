"""What happens when a viewer types in a workshop: written, refused, in dispute, taken back?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from workbench.app.choices import Choices
from workbench.app.editions import Edition
from workbench.app.workshop.changing import (
    Outcome,
    add_row,
    preview,
    remove_row,
    set_cell,
    take_back,
    take_theirs,
)
from workbench.app.workshop.forms import NAMES, Cell, cell_of
from workbench.app.workshop.view import NEW, Said, drawing_view, said_view, undo_view
from workbench.editing.change import Edit
from workbench.language.language import Language

_MOST_UNDO = 100
_MOST_TEXT = 20_000

Regions = dict[str, Markup]


class Desk:
    """One viewer's work on the tables: what was told about cells, and what can be taken back.

    Args:
        look: has the model read anew, since a file changed.
    """

    def __init__(self, look: Callable[[], object]) -> None:
        self.said = Said()
        self._look = look
        self._undo: list[Edit] = []
        self._typed = 0

    def work(self, event: Mapping[str, Any], edition: Edition, choices: Choices) -> tuple[Regions, dict[str, Any]]:
        """Do what an event asks; the regions that tell of it, and what the browser has to know besides."""
        language = edition.language(choices.lang)
        kind = event.get("kind")
        if kind == "edit":
            return self._edit(event, edition, language)
        if kind == "settle":
            return self._settle(event, edition, language)
        if kind == "add":
            return self._add(event, edition, language)
        if kind == "remove":
            return self._remove(event, edition, language)
        if kind == "undo":
            return self._take_back(edition, language)
        return {}, {}

    def refuse(self, event: Mapping[str, Any], why: str, language: Language) -> tuple[Regions, dict[str, Any]]:
        """Tell that a change was not made; what was typed stays in its field."""
        outcome, found = Outcome("wrong", (why,)), cell_of(event)
        if found is not None:
            return self._tell_cell(found[0], outcome, language)
        if event.get("kind") == "add" and event.get("table") in NAMES:
            return self._tell_new(str(event["table"]), outcome, language)
        return {"undo": Markup("{}{}").format(undo_view(self.said, language), said_view(outcome, language))}, {}

    def told(self, language: Language) -> Regions:
        """What the viewer was told and has not mended, and whether there is something to take back."""
        cells = {f"said:{cell.id}": said_view(outcome, language) for cell, outcome in self.said.by_cell.items()}
        rows = {f"said:{NEW}:{table}": said_view(outcome, language) for table, outcome in self.said.new.items()}
        return {**cells, **rows, "undo": undo_view(self.said, language)}

    def typed(self, event: Mapping[str, Any], edition: Edition, choices: Choices) -> Regions:
        """What would be with what is being typed: the drawing, or what would be wrong."""
        found, text = cell_of(event), _text(event.get("value"))
        if found is None or text is None:
            return {}
        language = edition.language(choices.lang)
        cell, column = found
        project, outcome = preview(edition, cell, column, text, language)
        disputed = self.said.by_cell.get(cell)
        is_disputed = disputed is not None and disputed.kind == "conflict"
        told = {} if is_disputed else {f"said:{cell.id}": said_view(outcome, language)}
        return told if project is None else {**told, "drawing": drawing_view(project, choices, language)}

    def _edit(self, event: Mapping[str, Any], edition: Edition, language: Language) -> tuple[Regions, dict[str, Any]]:
        found, before, text = cell_of(event), _text(event.get("before")), _text(event.get("value"))
        if found is None or before is None or text is None:
            return self.refuse(event, language.text("workshop.too_long"), language)
        if not text.isprintable():  # as two cells of a spreadsheet, pasted into one
            return self.refuse(event, language.text("workshop.one_cell"), language)
        cell, column = found
        outcome = set_cell(edition, cell, column, before, text, language)
        return self._tell_cell(cell, outcome, language)

    def _settle(self, event: Mapping[str, Any], edition: Edition, language: Language) -> tuple[Regions, dict[str, Any]]:
        """What stands in the file stays, or in a dispute is replaced by what was typed here, as the viewer chose."""
        found, text = cell_of(event), _text(event.get("value"))
        if found is None or text is None:
            return {}, {}
        cell, column = found
        held = self.said.by_cell.get(cell)
        if event.get("which") == "theirs":
            outcome = take_theirs(edition, cell, column, language)
        elif held is not None and held.kind == "conflict":
            outcome = set_cell(edition, cell, column, held.now, text, language)
        else:
            return self.refuse(event, language.text("live.failed"), language)
        return self._tell_cell(cell, outcome, language)

    def _tell_cell(self, cell: Cell, outcome: Outcome, language: Language) -> tuple[Regions, dict[str, Any]]:
        self._done(outcome)
        if outcome.kind in ("done", "gone"):  # of a row that is gone nothing can be told at its cells
            self.said.by_cell.pop(cell, None)
        else:
            self.said.by_cell[cell] = outcome
        regions = {f"said:{cell.id}": said_view(outcome, language), "undo": undo_view(self.said, language)}
        return regions, {"edited": {"id": cell.id, "kind": outcome.kind, "now": outcome.now}}

    def _add(self, event: Mapping[str, Any], edition: Edition, language: Language) -> tuple[Regions, dict[str, Any]]:
        table, given = event.get("table"), event.get("values")
        if table not in NAMES or not isinstance(given, dict):
            return {}, {}
        texts = {str(name): text for name, value in given.items() if (text := _text(value)) is not None}
        if len(texts) < len(given):
            return self.refuse(event, language.text("workshop.too_long"), language)
        if not "".join(texts.values()).isprintable():
            return self.refuse(event, language.text("workshop.one_cell"), language)
        return self._tell_new(str(table), add_row(edition, str(table), texts, language), language)

    def _tell_new(self, table: str, outcome: Outcome, language: Language) -> tuple[Regions, dict[str, Any]]:
        self._done(outcome)
        self.said.new[table] = outcome
        told = {f"said:{NEW}:{table}": said_view(outcome, language), "undo": undo_view(self.said, language)}
        return told, {"added": {"table": table, "isDone": outcome.kind == "done"}}

    def clear(self, event: Mapping[str, Any]) -> Regions:
        """Tell nothing any more about the empty row of a table."""
        table = event.get("table")
        if not isinstance(table, str) or self.said.new.pop(table, None) is None:
            return {}
        return {f"said:{NEW}:{table}": Markup("")}

    def _remove(self, event: Mapping[str, Any], edition: Edition, language: Language) -> tuple[Regions, dict[str, Any]]:
        table, key = event.get("table"), event.get("key")
        if table not in NAMES or not isinstance(key, str):
            return {}, {}
        outcome = remove_row(edition, str(table), key)
        self._done(outcome)
        told = {f"said:row:{table}:{key}": said_view(outcome, language), "undo": undo_view(self.said, language)}
        return told, {}

    def _take_back(self, edition: Edition, language: Language) -> tuple[Regions, dict[str, Any]]:
        if not self._undo:
            return {}, {}
        outcome = take_back(edition, self._undo.pop())
        self.said.can_undo = bool(self._undo)
        if outcome.kind == "done":
            self._look()
        told = Markup("{}{}").format(undo_view(self.said, language), said_view(outcome, language))
        return {"undo": told}, {}

    def _done(self, outcome: Outcome) -> None:
        if outcome.kind == "done" and outcome.undo is not None:
            self._undo = [*self._undo, outcome.undo][-_MOST_UNDO:]
            self.said.can_undo = True
            self._look()


def _text(value: object) -> str | None:
    """A text of a size that a field may hold."""
    return value.strip() if isinstance(value, str) and len(value) <= _MOST_TEXT else None
