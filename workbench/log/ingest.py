"""How do log files become the store of a project: streaming, restartable, all or nothing?

Files are read one by one into a staging area beside the store; then a new store is built and takes the place of the
old one in a single step of the file system. Killed at any moment, the store is as before or as after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from glob import glob, has_magic
from pathlib import Path
from typing import Any
from uuid import UUID

from workbench.language.language import Language
from workbench.log.accounts import FileAccount, accounts_tables, read_accounts
from workbench.log.customer_links import link_mark
from workbench.log.errors import LogError
from workbench.log.notes import Note, note, texts
from workbench.log.profile import Profile
from workbench.log.profile_files import fingerprint
from workbench.log.pseudonym import key_mark
from workbench.log.replacing import attach_old, beside, open_staging, replace_store
from workbench.log.sources.reading import require_file
from workbench.log.staging import Reading, clear_unfinished, stage_file
from workbench.log.store import (
    BUILDING,
    Connection,
    DatabaseError,
    Resources,
    engine,
    first_line,
    open_log,
)
from workbench.result import Result
from workbench.tables import Table

Progress = Callable[[str, float], None]
"""Is told what is being done and the share of it that is done, 0 to 1."""


@dataclass(frozen=True, repr=False)
class IngestResult(Result):
    """What became of every row of every file."""

    store: Path
    files: tuple[FileAccount, ...]
    contacts: int
    """The contacts in the store afterwards."""
    notes: tuple[Note, ...]
    """What a reader of the log should know."""
    language: Language = field(default_factory=Language)

    @property
    def added(self) -> int:
        """The contacts that this ingest brought."""
        return sum(account.accepted for account in self.files if account.status != "known")

    def tables(self) -> tuple[Table, ...]:
        """What became of the rows of each file, and why rows and values were left out."""
        return accounts_tables(self.files, texts(self.notes, self.language))

    def __str__(self) -> str:
        lines = [str(account) for account in self.files]
        return "\n".join([*lines, f"{self.contacts:,} contacts in the log", *texts(self.notes, self.language)])


def ingest(
    files: Iterable[str | Path],
    profile: Profile,
    store: str | Path,
    key: bytes,
    *,
    time_zone: str | None = None,
    window_days: int = 7,
    allow_free_text: bool = False,
    resources: Resources | None = None,
    progress: Progress | None = None,
) -> IngestResult:
    """Read log files into the store; the same file twice adds nothing, the same contact twice is a duplicate.

    Args:
        files: files or patterns such as `log/*.csv`.
        profile: how their records become contacts.
        store: the store; made when it is not there.
        key: the key of the pseudonyms, from `load_key`.
        time_zone: the zone of times that the profile leaves open, and of the days a new store counts in; the
            profile's, else UTC, when not given.
        window_days: a further contact within so many days [d], the last included, is a repeat.
        allow_free_text: whether a profile may name fields that hold free text.
        resources: memory and threads the engine may use.
        progress: is told what is being done and which share of it is done.

    Raises:
        LogError: a file cannot be read, the store was made with another key, or another process is writing to it;
            the store is as before.
    """
    if not 1 <= window_days <= 365:
        raise ValueError(f"window_days must be from 1 to 365, got {window_days!r}")
    if profile.free_text and not allow_free_text:
        raise LogError(
            f"profile '{profile.id}': wants free text in {', '.join(profile.free_text)}, which the project does not "
            "allow; write `privacy: {allow_free_text: yes}` in workbench.yaml, or delete 'free_text' in the profile"
        )
    path, engine_resources = Path(store), resources or BUILDING
    zone = time_zone or profile.time_zone or "UTC"
    readings = _readings(_expand(files), profile, zone)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with engine(engine_resources, beside(path, "tmp")) as connection:
            plan = _plan(connection, path, readings, key, zone, window_days)
            accounts = dict(plan.known)
            if plan.changes:
                accounts |= _stage(connection, plan, key, progress or _silent)
                replace_store(
                    connection,
                    path,
                    plan.settings,
                    replaced=plan.replaced,
                    progress=partial(progress or _silent, "building the store"),
                )
    except DatabaseError as error:
        raise LogError(f"{path}: the log could not be built ({first_line(error)}); it is as before") from error
    with open_log(path, engine_resources) as log:
        told = tuple(_told(accounts, readings))
        empty = (note("empty_file", file=account.name) for account in told if not account.rows_read)
        return IngestResult(path, told, log.contacts, (*log.notes, *empty))


def _silent(what: str, share: float) -> None:
    pass


def _told(accounts: Mapping[_Identity, FileAccount], readings: Sequence[Reading]) -> Iterable[FileAccount]:
    """The account of every file asked for; a file that is asked for twice was known the second time."""
    seen = set()
    for reading in readings:
        account = accounts[reading.digest, reading.mark]
        again = reading.digest in seen
        yield replace(account, name=reading.file.name, status="known" if again else account.status)
        seen.add(reading.digest)


def _expand(files: Iterable[str | Path]) -> list[Path]:
    """The files that names and patterns stand for, each once, in the order given."""
    found: dict[Path, None] = {}
    for name in files:
        text = str(name)
        if has_magic(text) and not Path(text).exists():
            matches = sorted(glob(text, recursive=True))
            if not matches:
                raise LogError(f"{text}: no file fits this pattern")
            found.update((Path(match), None) for match in matches)
        else:
            found[Path(text)] = None
    if not found:
        raise LogError("no log file was named")
    return list(found)


def _readings(files: Sequence[Path], profile: Profile, time_zone: str) -> list[Reading]:
    """The files, each with what identifies it and how it is read."""
    zone = profile.time_zone or time_zone
    mark = f"{fingerprint(profile)} {zone} {link_mark(profile)}".rstrip()
    return [Reading(file, _digest(file), profile, zone, mark) for file in files]


def _digest(file: Path) -> str:
    if not file.is_file() or file.stat().st_size:
        require_file(file)
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


_Identity = tuple[str, str]
"""The digest of a file and the mark of the way it is read."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an ingest has to do to a store."""

    store: Path
    settings: Mapping[str, Any]
    """What the new store will say about itself; `follows` is the build of the old one."""
    known: Mapping[_Identity, FileAccount]
    """The files that the old store holds."""
    todo: tuple[Reading, ...]
    """The files to read, each once."""
    replaced: tuple[int, ...]
    """The files of the old store that are read anew, in another way."""
    forgotten: tuple[UUID, ...]
    """The customers whose contacts are not taken."""
    next_id: int
    changes: bool
    """Whether there is anything to do."""

    @property
    def mark(self) -> str:
        """What an interrupted ingest must have in common with this one for its staging area to be of use."""
        wanted = (f"{reading.digest} {reading.mark}" for reading in self.todo)
        parts = (str(self.settings), *wanted, *map(str, self.replaced))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _plan(
    connection: Connection, store: Path, readings: Sequence[Reading], key: bytes, time_zone: str, window_days: int
) -> _Plan:
    """Compare what is asked with what the store holds; attaches it as `old` when it exists."""
    settings: dict[str, Any] = {"time_zone": time_zone, "window_days": window_days, "key_mark": key_mark(key)}
    known: dict[_Identity, FileAccount] = {}
    forgotten: list[tuple[UUID]] = []
    old: dict[str, Any] = {}
    if store.exists():
        old = attach_old(connection, store, key)
        known = read_accounts(connection, "old")
        forgotten = connection.execute("SELECT customer_key FROM old.forgotten").fetchall()
        settings["time_zone"] = old["time_zone"]
    by_digest = {digest: account.file_id for (digest, _), account in known.items()}
    todo = {reading.digest: reading for reading in readings if (reading.digest, reading.mark) not in known}
    return _Plan(
        store=store,
        settings={**settings, "follows": old.get("build")},
        known=known,
        todo=tuple(todo.values()),
        replaced=tuple(by_digest[digest] for digest in todo if digest in by_digest),
        forgotten=tuple(customer for (customer,) in forgotten),
        next_id=max(by_digest.values(), default=0) + 1,
        changes=bool(todo) or not old or old["window_days"] != window_days,
    )


def _stage(connection: Connection, plan: _Plan, key: bytes, progress: Progress) -> dict[_Identity, FileAccount]:
    """Read the files into the staging area, but for those that an interrupted ingest of the same plan read."""
    open_staging(connection, plan.store, plan.mark)
    done = read_accounts(connection, "staging", "added")
    connection.execute("USE staging")
    clear_unfinished(connection)
    for file_id, reading in enumerate(plan.todo, start=plan.next_id):
        identity = reading.digest, reading.mark
        if identity in done:
            continue
        present = f"SELECT contact_id FROM contact WHERE file_id <> {file_id}"
        if plan.settings["follows"]:
            out = ", ".join(map(str, plan.replaced)) or "-1"
            present += f" UNION ALL SELECT contact_id FROM old.contact WHERE file_id NOT IN ({out})"
        told = partial(progress, f"reading {reading.file.name}")
        done[identity] = stage_file(connection, reading, key, file_id, present, plan.forgotten, told)
    return done
