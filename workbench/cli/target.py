"""May a command write to this file?"""

from __future__ import annotations

from pathlib import Path

from workbench.cli.failures import USAGE, UserError

_MODEL = (".yaml", ".yml")


def target(out: str) -> Path:
    """The file to write something that is no model to; its folder is made.

    Raises:
        UserError: it is called like a file of a model, which would be lost.
    """
    file = Path(out)
    if file.suffix.lower() in _MODEL:
        raise UserError(f"{out} is called like a file of a model; name one with another ending", USAGE)
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
