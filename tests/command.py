"""How do tests run a command of the workbench: in this process, as the console script does, errors and all?"""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from workbench.cli.main import main


@dataclass(frozen=True)
class Done:
    """What a command said, and the status it ended in."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that it said."""
        return self.out + self.err

    def failed(self, status: int, *words: str) -> None:
        """It ended with the status, said the words, and showed no traceback."""
        assert self.status == status, self.said
        assert "Traceback" not in self.said
        for word in words:
            assert word in self.said


def run(*words: str | Path) -> Done:
    """Run `workbench WORDS`; an error that nobody caught fails the test."""
    out, err = _Terminal(), _Terminal()
    with (
        mock.patch.object(sys, "argv", ["workbench", *map(str, words)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as stopped,
    ):
        main()
    return Done(int(stopped.value.code or 0), out.text, err.text)


class _Terminal(io.TextIOWrapper):
    """Takes text and bytes, as the real one does."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    @property
    def text(self) -> str:
        held = self.buffer
        assert isinstance(held, io.BytesIO)
        return held.getvalue().decode("utf-8")
