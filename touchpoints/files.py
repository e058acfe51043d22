"""Which files make up a project's model?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from touchpoints.faults import Fault, Place
from touchpoints.located import Located
from touchpoints.yaml_tree import MAX_BYTES, read_yaml

SETTINGS_FILE = "workbench.yaml"
MODEL_FOLDER = "model"


def read_project_files(
    root: Path, instead: Mapping[str, bytes | None] | None = None
) -> tuple[dict[str, Located], list[str], list[Fault]]:
    """The trees of `workbench.yaml` and of every YAML file below `model/`, the files read, and the faults.

    Args:
        root: the project's folder.
        instead: what some files shall be taken to hold, by name; new ones may be among them, None is no file.
    """
    trees: dict[str, Located] = {}
    data, names, faults = project_bytes(root)
    other = instead or {}
    files = [name for name in dict.fromkeys([*names, *other]) if other.get(name, b"") is not None]
    for name in files:
        content = other.get(name) or data.get(name)
        if content is None:
            continue
        tree, wrong = read_yaml(content, name)
        faults.extend(wrong)
        if tree is None:
            continue
        if not isinstance(tree.value, dict):
            message = "the file must hold `key: …` lines such as `touchpoints:`, not a list or a single value"
            faults.append(Fault(tree.place, "wrong-type", message))
            continue
        trees[name] = tree
    return trees, files, faults


def project_bytes(root: Path) -> tuple[dict[str, bytes], list[str], list[Fault]]:
    """What the files of a project hold, by name relative to it, all their names, and why some cannot be read."""
    faults: list[Fault] = []
    files: list[str] = []
    found: dict[str, bytes] = {}
    settings = root / SETTINGS_FILE
    if not settings.exists():
        message = f"no {SETTINGS_FILE} in this folder; write one that starts with `name: …`"
        faults.append(Fault(Place(SETTINGS_FILE), "file-unreadable", message))
    for path in ([settings] if settings.exists() else []) + _model_files(root, faults):
        name = path.relative_to(root).as_posix()
        files.append(name)
        data = _read(path, name, root, faults)
        if data is not None:
            found[name] = data
    return found, files, faults


def _model_files(root: Path, faults: list[Fault]) -> list[Path]:
    folder = root / MODEL_FOLDER
    if not folder.exists():
        message = f"no folder {MODEL_FOLDER}/ beside this file; make one and put the inventory there"
        faults.append(Fault(Place(SETTINGS_FILE), "file-empty", message))
        return []
    if not folder.is_dir():
        message = f"'{MODEL_FOLDER}' is not a folder; rename it, and make a folder of that name for the inventory"
        faults.append(Fault(Place(MODEL_FOLDER), "file-unreadable", message))
        return []

    def unread(path: str, problem: str) -> None:
        name = Path(path).relative_to(root).as_posix()
        faults.append(Fault(Place(name), "file-unreadable", f"'{Path(path).name}' {problem}"))

    def closed(error: OSError) -> None:
        unread(str(error.filename), f"cannot be read ({error.strerror}); give it read permission")

    found = []
    for where, folders, names in os.walk(folder, onerror=closed):
        folders.sort()
        for name in folders:
            if os.path.islink(os.path.join(where, name)):
                unread(os.path.join(where, name), "is a link to a folder; copy the folder into the project")
        for name in [*folders, *names]:
            path = Path(where) / name
            if path.suffix.lower() in (".yaml", ".yml"):
                found.append(path)
    return sorted(found)


def _read(path: Path, name: str, root: Path, faults: list[Fault]) -> bytes | None:
    """The bytes of a file, or None and a fault that says why not."""
    try:
        problem = _problem(path, root)
        if not problem and path.stat().st_size > MAX_BYTES:
            size_mib = path.stat().st_size / 2**20
            message = f"the file is {size_mib:.0f} MiB; a model file may have {MAX_BYTES // 2**20} MiB; split it"
            faults.append(Fault(Place(name), "file-too-large", message))
            return None
        if not problem:
            return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); give it read permission"
    faults.append(Fault(Place(name), "file-unreadable", f"'{path.name}' {problem}"))
    return None


def _problem(path: Path, root: Path) -> str:
    """What keeps a path from being a file of the project, if anything."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        return "is a link to a file outside the project; copy the file into the project"
    if path.is_dir():
        return "is a folder with the name of a file; rename it"
    if not path.is_file():
        return "is not a regular file; delete it or replace it by one"
    return ""
