"""Which rows of a table are about the channel and the persona that were chosen?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from touchpoints.inventory import Inventory
from workbench.language.language import Code
from workbench.tables import Table

_TOUCHPOINTS = ("touchpoint", "from_touchpoint", "to_touchpoint", "used_at")


@dataclass(frozen=True)
class Scope:
    """A channel and a persona by their ids, empty for all; tables name them, and touchpoints, by their labels."""

    inventory: Inventory
    lang: Code
    channel: str = ""
    persona: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.channel or self.persona)

    def of(self, table: Table) -> tuple[Table, int]:
        """The rows within the scope, and how many are not; a table that names neither is left whole."""
        kept = [index for index, row in enumerate(table.rows) if self._holds(table, row)]
        left_out = len(table.rows) - len(kept)
        if not left_out:
            return table, 0
        ids = tuple(table.ids[index] for index in kept) if table.ids else ()
        return replace(table, rows=tuple(table.rows[index] for index in kept), ids=ids), left_out

    def _holds(self, table: Table, row: tuple[object, ...]) -> bool:
        cells = dict(zip(table.columns, row, strict=True))
        return self._holds_channel(cells) and self._holds_persona(cells)

    def _holds_channel(self, cells: dict[str, object]) -> bool:
        if not self.channel:
            return True
        if "channel" in cells:
            return cells["channel"] == self.inventory.channels[self.channel].label(self.lang)
        named = [cells[column] for column in _TOUCHPOINTS if isinstance(cells.get(column), str)]
        if not named:
            return True
        mine = {
            one.label(self.lang) for one in self.inventory.touchpoints.values() if one.channel == self.channel
        }  # fmt: skip
        return any(part in mine for cell in named for part in (str(cell), *str(cell).split(", ")))

    def _holds_persona(self, cells: dict[str, object]) -> bool:
        if not self.persona or cells.get("persona") is None:
            return True
        return cells["persona"] == self.inventory.personas[self.persona].label(self.lang)
