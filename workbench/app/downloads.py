"""How is a table of a page downloaded? Under an address that holds the same choices as that of the page."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import Executor
from urllib.parse import parse_qs

from bokeh.server.views.auth_request_handler import AuthRequestHandler
from tornado.web import HTTPError, authenticated

from workbench.app.choices import read
from workbench.app.content import tables
from workbench.app.editions import Editions
from workbench.app.pages import NAMES
from workbench.language.language import Language
from workbench.tables import Table, csv_text

PATTERN = r"/table/([a-z-]{1,40})-([a-z0-9_]{1,40})\.(csv|xlsx)"
_MOST_SIGNS = 32_000
"""A cell of a workbook holds 32,767 signs."""
_TYPES = {"csv": "text/csv; charset=utf-8",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


class Downloads(AuthRequestHandler):
    """Answers with a table as a file."""

    def initialize(self, editions: Editions, worker: Executor) -> None:
        """Take what the server hands over."""
        self._editions, self._worker = editions, worker

    @authenticated
    async def get(self, page: str, name: str, ending: str) -> None:
        """The table of a page by its name."""
        edition = self._editions.current
        if edition.project is None or page not in NAMES:
            raise HTTPError(404)
        inventory = edition.project.inventory
        choices = read(parse_qs(self.request.query), inventory, NAMES, inventory.settings.language)
        choices = choices.changed("page", page)
        loop = asyncio.get_running_loop()
        found = (await loop.run_in_executor(self._worker, tables, edition, choices)).get(name)
        if found is None:
            raise HTTPError(404)
        self.set_header("Content-Type", _TYPES[ending])
        self.set_header("Content-Disposition", f'attachment; filename="{found.key}.{ending}"')
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        language = edition.language(choices.lang)
        self.finish(_workbook(found, language) if ending == "xlsx" else csv_text(found).encode("utf-8-sig"))


def _workbook(table: Table, language: Language) -> bytes:
    """A table as a workbook of one sheet; texts are written as texts, whatever they begin with."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for at, heading in enumerate(table.headings(language)):
            sheet.write_string(0, at, heading, bold)
        for line, row in enumerate(table.rows, 1):
            for at, value in enumerate(row):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(line, at, value)
                elif value is not None:
                    sheet.write_string(line, at, str(value)[:_MOST_SIGNS])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(table.columns) - 1), 18)
    return out.getvalue()
