"""Which models are broken as files: encodings, links, folders, sizes, places?"""

from __future__ import annotations

import os
from pathlib import Path

from broken_case import Case


def _folder(root: Path) -> None:
    (root / "model" / "old.yaml").mkdir()


def _link_out(root: Path) -> None:
    outside = root.parent / f"{root.name}_outside.yaml"
    outside.write_text("channels: {phone: {}}\n", encoding="utf-8")
    (root / "model" / "link.yaml").symlink_to(outside)


def _link_to_nothing(root: Path) -> None:
    (root / "model" / "link.yaml").symlink_to(root / "model" / "gone.yaml")


def _link_to_itself(root: Path) -> None:
    (root / "model" / "link.yaml").symlink_to(root / "model" / "link.yaml")


def _linked_folder(root: Path) -> None:
    outside = root.parent / f"{root.name}_shared"
    outside.mkdir()
    (outside / "more.yaml").write_text("channels: {phone: {}}\n", encoding="utf-8")
    (root / "model" / "shared").symlink_to(outside, target_is_directory=True)


def _pipe(root: Path) -> None:
    os.mkfifo(root / "model" / "pipe.yaml")


def _unreadable(root: Path) -> None:
    path = root / "model" / "secret.yaml"
    path.write_text("channels: {phone: {}}\n", encoding="utf-8")
    path.chmod(0)


def _huge(root: Path) -> None:
    with open(root / "model" / "log.yaml", "wb") as file:
        file.truncate(65 * 2**20)


def _file_for_folder(root: Path) -> None:
    (root / "model").write_text("touchpoints: {}\n", encoding="utf-8")


def _settings_folder(root: Path) -> None:
    (root / "workbench.yaml").mkdir()


CASES = (
    Case(
        "latin-1 bytes",
        "file-encoding",
        b"# Cura\xe7ao\ntouchpoints:\n  desk: {name: Caf\xe9}\n",
        line=1,
        says="in Windows-1252 it is 'ç'",
    ),
    Case("utf-16 with mark", "file-encoding", "touchpoints: {}\n".encode("utf-16"), line=1, says="UTF-16"),
    Case("utf-16 without mark", "file-encoding", "touchpoints: {}\n".encode("utf-16-le"), line=1, says="UTF-16"),
    Case("a picture", "file-encoding", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", line=1),
    Case("empty file", "file-empty", "", line=1, says="fill it or delete it"),
    Case("comments only", "file-empty", "# to be done\n\n", line=1),
    Case("no settings", "file-unreadable", settings=None, file="workbench.yaml", line=1, says="name: …"),
    Case("no model folder", "file-empty", None, file="workbench.yaml", line=1, says="make one"),
    Case(
        "a file where the model folder belongs",
        "file-unreadable",
        None,
        file="model",
        line=1,
        says="folder",
        make=_file_for_folder,
    ),
    Case(
        "settings are a folder",
        "file-unreadable",
        settings=None,
        file="workbench.yaml",
        line=1,
        says="rename it",
        make=_settings_folder,
    ),
    Case("a folder with the name of a file", "file-unreadable", file="model/old.yaml", line=1, make=_folder),
    Case("a link out of the project", "file-unreadable", file="model/link.yaml", line=1, says="copy", make=_link_out),
    Case("a link to nothing", "file-unreadable", file="model/link.yaml", line=1, make=_link_to_nothing),
    Case("a link to itself", "file-unreadable", file="model/link.yaml", line=1, make=_link_to_itself),
    Case("a linked folder", "file-unreadable", file="model/shared", line=1, says="copy", make=_linked_folder),
    Case("a pipe", "file-unreadable", file="model/pipe.yaml", line=1, make=_pipe),
    Case("no permission to read", "file-unreadable", file="model/secret.yaml", line=1, make=_unreadable),
    Case("a log in the model folder", "file-too-large", file="model/log.yaml", line=1, says="64 MiB", make=_huge),
    Case("a list as file", "wrong-type", "- touchpoint: desk\n", line=1, says="`key: …`"),
    Case("a single text as file", "wrong-type", "hello\n", line=1),
    Case("unknown top-level key", "unknown-top-level", "touchpoint: {} # <--\n", says="did you mean 'touchpoints'?"),
    Case(
        "an expected answer in the model folder",
        "unknown-top-level",
        files={"model/sub/expected.yaml": "npv: 1\n"},
        file="model/sub/expected.yaml",
        line=1,
        says="'npv'",
    ),
)
