"""How does a customer disappear from the log, and never come back?

The store is built anew without the contacts of the customer, so that roll-ups, gaps and journeys are those of a log
that never had them, and no byte of them stays in the file. What remains is a list of forgotten pseudonyms: without it a
later ingest of the same export would bring the customer back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from workbench.language.language import Language
from workbench.log.errors import LogError
from workbench.log.identifiers import identifier
from workbench.log.notes import Note, note, texts
from workbench.log.profile import IdentifierKind
from workbench.log.pseudonym import pseudonym
from workbench.log.replacing import attach_old, beside, open_staging, replace_store
from workbench.log.store import BUILDING, Connection, DatabaseError, Resources, engine, first_line
from workbench.result import Result
from workbench.tables import Table, table

_KINDS: tuple[IdentifierKind, ...] = ("id", "phone", "email")


@dataclass(frozen=True, repr=False)
class ForgetResult(Result):
    """How many contacts of the customer each file had."""

    store: Path
    files: tuple[tuple[str, int], ...]
    """The name of a file, and the contacts that were deleted from it."""
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)

    @property
    def contacts(self) -> int:
        """The contacts that were deleted."""
        return sum(n for _, n in self.files)

    def tables(self) -> tuple[Table, ...]:
        """The contacts that were deleted, per file."""
        return (table("log_forgotten", ("file", "forgotten"), self.files, texts(self.notes, self.language)),)


def contacts_of(
    store: str | Path,
    customers: Iterable[str],
    key: bytes,
    *,
    country_code: str = "31",
    resources: Resources | None = None,
) -> int:
    """How many contacts `forget` would delete; arguments and errors as there."""
    path = _required(store)
    with engine(resources or BUILDING, beside(path, "count.tmp")) as connection:
        attach_old(connection, path, key)
        return sum(n for _, n in _contacts(connection, _known_as(connection, customers, key, country_code)))


def forget(
    store: str | Path,
    customers: Iterable[str],
    key: bytes,
    *,
    country_code: str = "31",
    resources: Resources | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> ForgetResult:
    """Delete all contacts of customers from a store, and refuse them from now on.

    Args:
        store: the store.
        customers: the ids as a source writes them; a phone number or e-mail address serves where a profile links them.
        key: the key of the pseudonyms.
        country_code: of phone numbers that state none.
        resources: memory and threads the engine may use.
        progress: is told what is being done and which share of it is done.

    Raises:
        LogError: there is no store, it was made with another key, or another process is writing to it; the store is as
            before.
    """
    path = _required(store)
    try:
        with engine(resources or BUILDING, beside(path, "tmp")) as connection:
            meta = attach_old(connection, path, key)
            known_as = _known_as(connection, customers, key, country_code)
            files = _contacts(connection, known_as)
            # An unfinished ingest may hold the customer too; its staging area is of another plan and thrown away.
            open_staging(connection, path, f"forget {meta['build']}")
            settings = {name: meta[name] for name in ("time_zone", "window_days", "key_mark")}
            replace_store(
                connection,
                path,
                {**settings, "follows": meta["build"]},
                forgotten=known_as,
                progress=partial(progress or _silent, "building the store"),
            )
    except DatabaseError as error:
        raise LogError(f"{path}: the log could not be built ({first_line(error)}); it is as before") from error
    return ForgetResult(path, files, (note("forgotten"),))


def _silent(what: str, share: float) -> None:
    pass


def _required(store: str | Path) -> Path:
    path = Path(store)
    if not path.is_file():
        raise LogError(f"{path}: there is no contact log, so there is nobody to forget")
    return path


def _known_as(connection: Connection, customers: Iterable[str], key: bytes, country_code: str) -> tuple[UUID, ...]:
    """Every pseudonym of some customers: their ids however written, and what the files of the store link to these."""
    known: set[UUID] = set()
    for text in customers:
        forms = ", ".join(identifier("$text", kind, country_code) for kind in _KINDS)
        written = connection.execute(f"SELECT {forms}", {"text": text.strip()}).fetchone() or ()
        known |= {pseudonym("customer_key", form, key) for form in (text.strip(), *written) if form}
    while True:
        rows = connection.execute(
            "SELECT id, customer_key FROM old.alias WHERE customer_key IS NOT NULL "
            "AND (id IN (SELECT unnest($known)) OR customer_key IN (SELECT unnest($known)))",
            {"known": list(known)},
        ).fetchall()
        found = known.union(*rows)
        if found == known:
            return tuple(sorted(known))
        known = found


def _contacts(connection: Connection, customers: Iterable[UUID]) -> tuple[tuple[str, int], ...]:
    """The files of the old store that have contacts of customers, with their number."""
    rows = connection.execute(
        "SELECT file.name, count(*) FROM old.contact JOIN old.file USING (file_id) "
        "WHERE customer_key IN (SELECT unnest($known)) GROUP BY file_id, file.name ORDER BY file_id",
        {"known": list(customers)},
    ).fetchall()
    return tuple((str(name), int(n)) for name, n in rows)
