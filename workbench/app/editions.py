"""Which model is shown: the last one without errors, and what is wrong with the newest?"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from touchpoints.faults import Fault, Place
from touchpoints.files import MODEL_FOLDER, SETTINGS_FILE
from workbench.analysis.case.what_if import WhatIf
from workbench.editing.snapshot import Snapshot
from workbench.language.language import LANGUAGES, Code, Language
from workbench.log.opening import has_log, open_project_log
from workbench.project import Project, open_project
from workbench.report.answers import Answers

if TYPE_CHECKING:
    from workbench.log.engine import Log

_LOG = logging.getLogger(__name__)
MOST_PAGES = 60
INTERVAL_S = 0.5
"""How often the files are looked at [s]."""
SETTLE_S = 3.0

State = dict[str, tuple[int, int]]
"""File: when it was changed last [ns], and its size [byte]."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A model as it was read, with all that was worked out from it; shared by all sessions, changed by none.

    Attributes:
        number: counts from 1; another number is another text of the model.
        project: the last model without errors, None when there was none yet.
        newest: the newest text as far as it could be read; with errors the project is an older one.
        faults: what is wrong with the newest text.
    """

    number: int
    project: Project | None
    newest: Project
    faults: tuple[Fault, ...] = ()
    lock: threading.RLock = field(default_factory=threading.RLock)
    """Held while a result is worked out, so that none is worked out twice."""
    pages: dict[tuple[str, ...], Markup] = field(default_factory=dict)
    """Main parts that were worked out, by what decides on them."""
    _open: ExitStack = field(default_factory=ExitStack)

    def keep(self, key: tuple[str, ...], view: Markup) -> None:
        """Keep a main part for the next who asks; the oldest goes when there are many."""
        while len(self.pages) >= MOST_PAGES:
            self.pages.pop(next(iter(self.pages)), None)
        self.pages[key] = view

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The errors of the newest text; none when what is shown is the newest."""
        return tuple(one for one in self.faults if one.is_error)

    @property
    def shown(self) -> Project:
        """The last model without errors, else the newest text as far as it could be read."""
        return self.project or self.newest

    @property
    def sound(self) -> Project:
        """The project; only for those who looked that there is one."""
        assert self.project is not None
        return self.project

    def language(self, code: Code) -> Language:
        """A language with the project's currency."""
        return Language(code, self.sound.inventory.settings.currency)

    @cached_property
    def log(self) -> Log | None:
        """The contact log, open until the edition is closed; None when there is none."""
        if self.project is None or not has_log(self.project):
            return None
        return self._open.enter_context(open_project_log(self.project))

    @cached_property
    def _answers(self) -> dict[Code, Answers]:
        return {code: Answers(self.sound, self.language(code), self.log) for code in LANGUAGES}

    def answers(self, code: Code) -> Answers:
        """The results in a language, each worked out when it is first asked for."""
        return self._answers[code]

    @cached_property
    def snapshot(self) -> Snapshot:
        """The files as they are written."""
        return Snapshot.read(self.sound.root)

    @cached_property
    def what_if(self) -> WhatIf:
        """The scenarios, ready to be asked with other numbers."""
        return WhatIf(self.sound)

    def close(self) -> None:
        """Let go of the log."""
        with self.lock:
            self._open.close()


class Editions:
    """The current edition of a project, renewed when its files change.

    Args:
        root: the project folder.
        settle_s: how long a file has to be empty or gone to be taken for meant [s].
    """

    def __init__(self, root: Path, settle_s: float = SETTLE_S) -> None:
        self.root = root
        self._listeners: set[Callable[[Edition], None]] = set()
        self._seen = self._state()
        self._lost: tuple[State, float] | None = None
        self.settle_s = settle_s
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self.current = self._read(1, None)

    def _read(self, number: int, last: Edition | None) -> Edition:
        project = open_project(self.root)
        faults = (*project.faults, *self._nothing_left(project, last))
        if not any(one.is_error for one in faults):
            return Edition(number, project, project, faults)
        if last is None or last.project is None:
            return Edition(number, None, project, faults)
        # The results of the last good model stay; only what is said about the newest text is new.
        kept = Edition(number, last.project, project, faults, last.lock, last.pages, last._open)
        kept.__dict__.update(
            {key: last.__dict__[key] for key in ("log", "_answers", "what_if") if key in last.__dict__}
        )
        return kept

    @staticmethod
    def _nothing_left(project: Project, last: Edition | None) -> Iterator[Fault]:
        """Nobody means to throw a whole model away while it is looked at."""
        before = last.project if last is not None else None
        if before is not None and _holds_any(before) and not _holds_any(project):
            message = "nothing of the model is left: its files are empty or gone; put them back"
            yield Fault(Place(MODEL_FOLDER), "file-unreadable", message)

    def _state(self) -> State:
        """What tells whether a file changed."""
        settings = self.root / SETTINGS_FILE
        store = self.root / ".workbench" / "log.duckdb"
        folder = self.root / MODEL_FOLDER
        files = [settings, store, *(one for one in folder.rglob("*") if one.suffix.lower() in (".yaml", ".yml"))]
        found: State = {}
        for file in files:
            try:
                known = file.stat()
            except OSError:
                continue
            found[str(file)] = (known.st_mtime_ns, known.st_size)
        return found

    def look(self) -> bool:
        """Read the model anew when a file changed since the last look; whether one did."""
        with self._lock:
            state = self._state()
            if state == self._seen or not self._has_settled(state):
                return False
            self._seen, last = state, self.current
            self.current = self._read(last.number + 1, last)
        for tell in tuple(self._listeners):
            tell(self.current)
        if self.current.project is not last.project:
            last.close()
        return True

    def _has_settled(self, state: State) -> bool:
        """Whether it is to be read: not while a file that held something is empty or gone for a moment.

        Editors and synchronised folders write so: first they empty or take away a file, then they fill it.
        """
        lost = any(size and not state.get(file, (0, 0))[1] for file, (_, size) in self._seen.items())
        if not lost:
            self._lost = None
            return True
        now = time.monotonic()
        if self._lost is None or self._lost[0] != state:
            self._lost = (state, now)
        return now - self._lost[1] >= self.settle_s

    def listen(self, tell: Callable[[Edition], None], seen: Edition) -> Callable[[], None]:
        """Be told of every edition after the one that was seen, on any thread; calling what is returned ends that."""
        self._listeners.add(tell)
        if self.current is not seen:  # found between the look and the listening
            tell(self.current)
        return lambda: self._listeners.discard(tell)

    @property
    def listeners(self) -> int:
        """How many are told."""
        return len(self._listeners)

    def watch(self) -> None:
        """Look at the files again and again, on a thread of its own, until stopped."""
        threading.Thread(target=self._watch, name="model-watch", daemon=True).start()

    def _watch(self) -> None:
        while not self._stop.wait(INTERVAL_S):
            try:
                self.look()
            except OSError:
                # A folder that is being moved or written is read at the next look.
                continue
            except Exception:
                _LOG.exception("the model could not be read anew")

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()


def _holds_any(project: Project) -> bool:
    """Whether a model has a record of its own."""
    inventory = project.inventory
    return any((collection, key) not in inventory.from_library for collection, key, _ in inventory.records())
