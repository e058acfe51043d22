"""How does one viewer's page follow what the viewer does, and what changes in the model?

A page is made of regions, each with an id. The session sends the regions that differ from what the browser shows;
what takes long is worked out on a thread and sent when it is there. Sessions share the edition and nothing else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from markupsafe import Markup

from workbench.app import shell
from workbench.app.choices import Choices, number, read
from workbench.app.content import frame_of, main_view
from workbench.app.editions import Edition, Editions
from workbench.app.pages import NAMES, READ_ONLY
from workbench.app.step_view import step_view
from workbench.app.what_if_view import band_views, now_views
from workbench.app.workshop.desk import Desk
from workbench.app.workshop.view import workshop_view
from workbench.language.language import Code, Language

Send = Callable[[dict[str, Any]], None]
Later = Callable[[Callable[[], None]], None]
OUTSIDE = frozenset({"banner", "nav", "chosen", "aside", "main"})
"""The regions that do not lie within the main part."""
QUICK = ("scenarios", "sources")
"""Pages whose main part costs too little to be kept."""
_TURNS = re.compile(r'( (?:value|data-before)="[^"]*")|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""Marks that turn the direction of writing; those in the text of a field are passed over, for they are mended there."""
_LOG = logging.getLogger(__name__)
_MOST_TEXT = 2_000


class Session:
    """A viewer's page.

    Args:
        editions: the model as it is now.
        query: the address that was opened.
        worker: where long work is done.
        is_read_only: whether the model may not be changed here.
    """

    def __init__(
        self, editions: Editions, query: Mapping[str, list[str]], worker: Executor, *, is_read_only: bool = False
    ) -> None:
        self._editions = editions
        self.edition = editions.current
        self._worker = worker
        self.is_read_only = is_read_only
        self._pages = READ_ONLY if is_read_only else NAMES
        self.choices = self._read(query)
        self._shown: dict[str, int] = {}
        self._turn = self._typing = 0
        self.desk = Desk(editions.look)
        self._send: Send | None = None
        self._later: Later = lambda call: call()

    def _read(self, query: Mapping[str, Any]) -> Choices:
        project = self.edition.project
        language: Code = self.edition.shown.inventory.settings.language
        return read(query, project.inventory if project else None, self._pages, language)

    def first(self) -> dict[str, Markup]:
        """The regions of the page as it is opened; its main part only when that is there already."""
        regions = self._quick()
        kept = self._kept_main()
        if kept is not None:
            regions["main"] = kept
        self._shown = {name: hash(view) for name, view in regions.items()}
        return {name: Markup(self._sent(view)) for name, view in regions.items()}

    def connect(self, send: Send, later: Later) -> None:
        """The browser can be reached: `send` on this thread, `later` from any."""
        self._send, self._later = send, later
        self._tell(self._quick())
        if "main" not in self._shown:
            self._show_main()
        if self.choices.step:
            self._show_step()

    def handle(self, event: object) -> None:
        """What the viewer did; whatever is not understood changes nothing."""
        if not isinstance(event, dict):
            return
        kind, value = event.get("kind"), event.get("value")
        name = event.get("name")
        if kind == "set" and isinstance(name, str):
            self._set(name, number(value), event.get("turn"))
        elif kind == "reset":
            self.choices = replace(self.choices, settings={})
            self._show_main()
        elif kind == "typed":
            self._typed(event)
        elif kind in ("edit", "settle", "add", "remove", "undo"):
            self._work(event)
        elif kind == "clear":
            self._tell(self.desk.clear(event), always=True)
        elif kind == "choose" and isinstance(name, str) and isinstance(value, str) and len(value) < _MOST_TEXT:
            self._choose(self.choices.changed(name, value))
        elif kind == "open" and isinstance(value, str):
            self._choose(self._read(parse_qs(value.lstrip("?")[: 20 * _MOST_TEXT])))

    def _choose(self, wanted: Choices) -> None:
        before, self.choices = self.choices, self._read(parse_qs(wanted.query()))
        after = self.choices
        if before == after:
            return
        self._tell(self._quick())
        if replace(before, step="", at="") != replace(after, step="", at="") or after.page == "sources":
            self._show_main()
        if before.step != after.step or before.lang != after.lang:
            self._show_step()

    def _set(self, name: str, value: float | None, turn: object) -> None:
        """A slider was moved: the answer goes out at once."""
        if value is None or self.edition.project is None:
            return
        settings = {**self.choices.settings, name: value}
        self.choices = self._read(parse_qs(replace(self.choices, settings=settings).query()))
        if self.choices.scenario:
            edition, choices = self.edition, self.choices
            self._tell(now_views(edition.what_if, choices, frame_of(edition, choices)), turn=turn)
            self._later(lambda: self._follow(edition, choices))

    def _follow(self, edition: Edition, choices: Choices) -> None:
        """What takes draws follows an answer, unless the viewer has moved on."""
        if choices is self.choices and edition is self.edition:
            self._tell(band_views(edition.what_if, choices, frame_of(edition, choices)))

    def renew(self, edition: Edition) -> None:
        """The model changed: what was chosen stays as far as the model still knows it. An older one comes too late."""
        if edition.number < self.edition.number:
            return
        self.edition = edition
        self.choices = self._read(parse_qs(self.choices.query()))
        if self._send is None:
            self._shown = {}  # The browser gets all of it when it can be reached.
            return
        self._tell(self._quick())
        self._show_main()
        if self.choices.step:
            self._show_step()

    def _quick(self) -> dict[str, Markup]:
        """The regions that cost nothing."""
        return {
            "banner": shell.banner(self.edition, self.choices),
            "nav": shell.navigation(self.edition, self.choices, self._pages),
            "chosen": shell.chosen(self.edition, self.choices),
        }

    def _kept_main(self) -> Markup | None:
        """The main part when it costs nothing, or was worked out before."""
        if self.edition.project is None:
            return Markup("")
        if self.choices.page in QUICK:
            return main_view(self.edition, self.choices)
        return self.edition.pages.get(key_of(self.choices))

    def _show_main(self) -> None:
        """The main part, from what is kept when it is there, else when it has been worked out."""
        edition, choices = self.edition, self.choices
        self._turn += 1
        turn = self._turn
        kept = self._kept_main()
        if kept is not None:
            self._tell({"main": kept}, is_page=True)
            return
        self._tell({}, busy=True)

        def work() -> None:
            view = self._worked_out(edition, choices)
            self._later(lambda: self._tell_main(view) if turn == self._turn else None)

        self._worker.submit(guarded(work, lambda: self._later(self._failed)))

    def _tell_main(self, view: Markup) -> None:
        """Send the main part; to a workshop belongs what was told of its cells until now, and not when it was begun."""
        told = self.desk.told(self.edition.language(self.choices.lang)) if self.choices.page == "workshop" else {}
        self._tell({"main": view, **told}, is_page=True)

    def _worked_out(self, edition: Edition, choices: Choices) -> Markup:
        """The main part; that of a workshop changes too often to be kept."""
        if choices.page == "workshop":
            with edition.lock:
                return workshop_view(edition, choices, edition.language(choices.lang))
        view = main_view(edition, choices)
        edition.keep(key_of(choices), view)
        return view

    def _show_step(self) -> None:
        edition, choices = self.edition, self.choices
        if edition.project is None or not choices.step:
            self._tell({"aside": Markup("")})
            return

        def work() -> None:
            with edition.lock:
                view = step_view(edition.answers(choices.lang), choices.step, frame_of(edition, choices))
            self._later(lambda: self._tell({"aside": view}) if self.choices.step == choices.step else None)

        self._worker.submit(guarded(work, lambda: self._later(self._failed)))

    def _work(self, event: dict[str, Any]) -> None:
        """A change of the model: written on a thread, told when it is there."""
        edition, choices = self.edition, self.choices
        if edition.project is None or self.is_read_only:
            return
        language = edition.language(choices.lang)
        self._typing += 1  # What was asked of the same field before tells nothing any more.

        def refuse(text: str) -> None:
            regions, more = self.desk.refuse(event, language.text(text), language)
            self._tell(regions, always=True, **more)

        if edition.errors:
            refuse("workshop.broken")
            return

        def work() -> None:
            regions, more = self.desk.work(event, edition, choices)
            self._later(lambda: self._tell(regions, always=True, **more))

        self._worker.submit(guarded(work, lambda: self._later(lambda: refuse("live.failed"))))

    def _typed(self, event: dict[str, Any]) -> None:
        """What would be with what is being typed; only the last of several is worked out."""
        edition, choices = self.edition, self.choices
        if edition.project is None or edition.errors:
            return
        self._typing += 1
        mine = self._typing

        def work() -> None:
            if mine == self._typing:
                regions = self.desk.typed(event, edition, choices)
                self._later(lambda: self._tell(regions) if mine == self._typing else None)

        self._worker.submit(guarded(work, lambda: self._later(self._failed)))

    @staticmethod
    def _sent(view: Markup) -> str:
        """A region as it is sent: no name turns the direction of what stands around it."""
        return _TURNS.sub(r"\1", str(view))  # parts of a Markup would be escaped

    def _failed(self) -> None:
        """Something of our own went wrong; the page says so and goes on."""
        said = Language(self.choices.lang).text("live.failed")
        self._tell({"banner": Markup('<div class="broken" role="alert"><p>{}</p></div>').format(said)})

    def _tell(self, regions: Mapping[str, Markup], *, is_page: bool = False, always: bool = False, **more: Any) -> None:
        """Send what differs from what the browser shows; what lies within the main part is unknown once that is new."""
        if is_page:
            self._shown = {name: seen for name, seen in self._shown.items() if name in OUTSIDE}
        changed = {name: self._sent(view) for name, view in regions.items()
                   if always or self._shown.get(name) != hash(view)}  # fmt: skip
        self._shown |= {name: hash(regions[name]) for name in changed}
        if any(name not in OUTSIDE for name in changed):
            self._shown.pop("main", None)
        if self._send is not None:
            self._send({"regions": changed, "query": self.choices.query(), "busy": False, **more})


def key_of(one: Choices) -> tuple[str, ...]:
    """What decides on the main part of a page that is the same for all."""
    return (one.page, one.lang, one.channel, one.persona, one.period if one.page == "log" else "")


def guarded(work: Callable[[], None], failed: Callable[[], None]) -> Callable[[], None]:
    """Work that tells when it fails, since nobody waits for its result."""

    def run() -> None:
        try:
            work()
        except Exception:
            _LOG.exception("a page could not be worked out")
            failed()

    return run
