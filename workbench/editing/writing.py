"""How do several files of a project change together, whole, and by one writer at a time?

Each new text is written beside its file and flushed to the disk; then a list of them, and only then each takes its
file's place by a rename. Who is stopped in between leaves the list, and the next writer finishes from it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from touchpoints.files import MODEL_FOLDER, SETTINGS_FILE
from workbench.editing.change import EditingError

FOLDER = ".workbench"
_LOCK = "edit.lock"
_JOURNAL = "edit.json"


class StaleError(EditingError):
    """A file was changed by somebody who does not ask for the lock, between reading and writing."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other writers out of a project; who comes second waits. Finishes what a stopped writer left.

    Raises:
        EditingError: the project's folder cannot be written.
    """
    try:
        folder = _inside(root, FOLDER)
        folder.mkdir(exist_ok=True)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        raise EditingError(f"{error.filename}: cannot be written ({error.strerror})") from error
    try:
        _take(descriptor)
        _finish(root)
        yield
    finally:
        os.close(descriptor)  # which also gives the lock back


def write_files(root: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
    """Change files, all of them or none, under the lock.

    Args:
        root: the project's folder.
        before: what they held when the change was worked out; None is no file.
        after: what they shall hold; None is no file.

    Raises:
        StaleError: one of them holds something else by now.
        EditingError: one of them is not a model file of the project, or cannot be written.
    """
    targets = {name: _target(root, name) for name in after}
    for name, target in targets.items():
        if _held(target) != before.get(name):
            raise StaleError(f"{name} was changed since it was read")
    parts = {name: target.with_name(f".{target.name}.part") for name, target in targets.items()}
    journal = _inside(root, FOLDER) / _JOURNAL
    try:
        for name, data in after.items():
            if data is not None:
                _write(parts[name], data, targets[name])
        steps = [[name, data is not None, _digest(before.get(name))] for name, data in after.items()]
        _write(journal, json.dumps(steps).encode())
        _finish(root)
    except OSError as error:
        _restore(targets, before)
        raise EditingError(f"{error.filename}: cannot be written ({error.strerror})") from error
    finally:
        for path in (*parts.values(), journal):
            path.unlink(missing_ok=True)


def _target(root: Path, name: str) -> Path:
    """The file that a name stands for, links followed.

    Raises:
        EditingError: it is not a model file of the project.
    """
    parts = Path(name).parts
    is_model = parts[:1] == (MODEL_FOLDER,) and Path(name).suffix.lower() in (".yaml", ".yml") and ".." not in parts
    if name != SETTINGS_FILE and not is_model:
        raise EditingError(f"'{name}' is not a file of the model; it must be {MODEL_FOLDER}/….yaml")
    return _inside(root, name)


def _inside(root: Path, name: str) -> Path:
    real = Path(os.path.realpath(root / name))
    if not real.is_relative_to(os.path.realpath(root)):
        raise EditingError(f"'{name}' leads outside the project; nothing was written")
    return real


def _finish(root: Path) -> None:
    """Carry out the list of renames, if one was left; a file that somebody changed since stays as it is."""
    journal = _inside(root, FOLDER) / _JOURNAL
    with suppress(FileNotFoundError, ValueError, TypeError):
        for name, stays, digest in json.loads(journal.read_bytes()):
            target = _target(root, name)
            part = target.with_name(f".{target.name}.part")
            unchanged = _digest(_held(target)) == digest
            if unchanged and stays and part.exists():
                os.replace(part, target)
            elif unchanged and not stays:
                target.unlink(missing_ok=True)
            part.unlink(missing_ok=True)
            _flush(target.parent)
    journal.unlink(missing_ok=True)


def _restore(targets: Mapping[str, Path], before: Mapping[str, bytes | None]) -> None:
    """Bring back what files held, as far as the disk allows."""
    for name, target in targets.items():
        data = before.get(name)
        with suppress(OSError):
            if data is None:
                target.unlink(missing_ok=True)
            elif _held(target) != data:
                target.write_bytes(data)


def _write(path: Path, data: bytes, like: Path | None = None) -> None:
    """A new file on the disk, with the mode of another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if like is not None and like.exists():
        shutil.copymode(like, path)


def _held(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _flush(folder: Path) -> None:
    """Have the disk remember a rename."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _take(descriptor: int) -> None:
    """Wait for the lock of a file that is open."""
    try:
        import fcntl
    except ImportError:  # on Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
