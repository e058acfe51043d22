"""How does a new store take the place of the old one in one step, with nobody else writing at the time?

Everything is made beside the store, and one rename of the file system puts it in place. Killed at any moment, the store
is as before or as after. Who has the staging area open is the one who writes.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from workbench.log.building import build_store
from workbench.log.errors import LogError, LogInUseError
from workbench.log.pseudonym import key_mark
from workbench.log.staging import create_staging
from workbench.log.store import Connection, DatabaseError, attach, read_meta, require_version, write_meta


def beside(store: Path, ending: str) -> Path:
    """A file beside the store."""
    return store.with_name(f"{store.name}.{ending}")


def attach_old(connection: Connection, store: Path, key: bytes) -> dict[str, Any]:
    """Attach a store as `old`; what it says about itself.

    Raises:
        LogError: it is no store, or was made with another key.
    """
    attach(connection, store, "old", read_only=True)
    require_version(store, connection, "old")
    meta = read_meta(connection, "old")
    if meta["key_mark"] != key_mark(key):
        raise LogError(
            f"{store}: was made with another key, so its customers would not be recognised; "
            "give the same key file, or delete the store and ingest all files again"
        )
    return meta


def open_staging(connection: Connection, store: Path, plan: str) -> None:
    """Attach the staging area; one that another plan or a crash left behind is thrown away.

    Args:
        connection: an engine.
        store: the store it is of.
        plan: what an interrupted run must have had in common with this one for its staging area to be of use.

    Raises:
        LogInUseError: another process has it.
    """
    file = beside(store, "staging")
    if file.exists() and _resumes(connection, file, plan):
        return
    remove(file)
    attach(connection, file, "staging", read_only=False)
    connection.execute("USE staging")
    create_staging(connection)
    write_meta(connection, {"plan": plan})


def _resumes(connection: Connection, file: Path, plan: str) -> bool:
    """Whether a staging area was left by an interrupted run of the same plan; it is then attached."""
    try:
        attach(connection, file, "staging", read_only=False)
        if read_meta(connection, "staging").get("plan") == plan:
            return True
    except LogInUseError:
        raise
    except (LogError, DatabaseError):
        pass
    connection.execute("DETACH DATABASE IF EXISTS staging")
    return False


def replace_store(
    connection: Connection,
    store: Path,
    settings: Mapping[str, Any],
    *,
    replaced: Iterable[int] = (),
    forgotten: Iterable[UUID] = (),
    progress: Callable[[float], None],
) -> None:
    """Build a store from the attached `staging` and `old`, and put it in the place of the old one in one step.

    Args:
        connection: with `staging` attached, and `old` when there is one.
        store: the store.
        settings: what the new store says about itself; `follows` is the build of the old one, None when there is none.
        replaced: the files of the old store that are left out.
        forgotten: the customers of the old store that are left out, now and ever after.
        progress: is told the share of the work that is done.
    """
    draft = beside(store, "new")
    remove(draft)
    attach(connection, draft, "built", read_only=False)
    connection.execute("USE built")
    build_store(
        connection,
        has_old=bool(settings["follows"]),
        replaced=replaced,
        forgotten=forgotten,
        settings={**settings, "build": uuid.uuid4().hex},
        progress=progress,
    )
    connection.execute("CHECKPOINT built")
    connection.execute("USE memory")
    connection.execute("DETACH built")
    draft.chmod(0o600)
    draft.replace(store)
    connection.execute("DETACH staging")
    remove(beside(store, "staging"))


def remove(file: Path) -> None:
    """Delete a database and what its engine may have left beside it."""
    for part in (file, beside(file, "wal")):
        part.unlink(missing_ok=True)
    shutil.rmtree(beside(file, "tmp"), ignore_errors=True)
