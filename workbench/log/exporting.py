"""How do contacts leave the store, for an engine that holds more than one machine can?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import ibis

from workbench.log.contact import FIELDS
from workbench.log.derivation import CANONICAL
from workbench.log.errors import LogError
from workbench.log.store import StoredLog

_OWN = ("build", "follows")
"""What a store says of itself alone."""


def export_log(log: StoredLog, folder: str | Path, progress: Callable[[str, float], None] | None = None) -> int:
    """Write the contacts of a store as they were read, with the accounts of their files, as a folder of Parquet.

    Contacts stand by month; customers and cases stay pseudonyms. What is forgotten later in the store is not forgotten
    in the folder.

    Returns:
        The number of contacts.

    Raises:
        LogError: there is something under that name already; nothing is written.
    """
    target = Path(folder)
    if target.exists():
        raise LogError(f"{target}: is there already; name a folder that is not")
    draft = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    for index, (name, table) in enumerate(_tables(log).items()):
        if progress:
            progress(f"writing {name}", index / 5)
        by = ("month",) if name == "contact" and log.contacts else ()
        log.write_parquet(table, draft / name, by)
    draft.replace(target)
    return log.contacts


def _tables(log: StoredLog) -> dict[str, ibis.Table]:
    """What is exported, in types that every engine reads."""
    contact = log.table("contact")
    texts = {name: ibis._[name].cast("string") for name, field in FIELDS.items() if field.kind in ("key", "word")}
    meta = log.table("meta")
    return {
        "contact": contact.select(*CANONICAL, month=contact.day.strftime("%Y-%m")).mutate(**texts),
        **{name: log.table(name) for name in ("file", "file_count", "quarantine")},
        "meta": meta.filter(~meta.key.isin(_OWN)),
    }
