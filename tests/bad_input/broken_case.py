"""What is a broken model: its files, and the fault it must give?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MARK = "# <--"
"""Stands at the end of the line where the fault must be reported, when the case gives no number."""

MODEL = "model/model.yaml"


@dataclass(frozen=True)
class Case:
    """A broken model and the one fault that it must give.

    Attributes:
        name: what is broken.
        rule: the rule that must be named.
        model: the text of `model/model.yaml`; None for no such file.
        line: the line of the fault; that of the mark when not given.
        file: the file of the fault.
        says: words that the message must hold, such as the name it proposes.
        also: other rules that may be broken in consequence; any further fault fails the test.
        files: more files, by path in the project.
        settings: the text of `workbench.yaml`; None for no such file.
        make: what else is to be made in the project folder.
    """

    name: str
    rule: str
    model: str | bytes | None = "touchpoints: {}\n"
    line: int | None = None
    file: str = MODEL
    says: str = ""
    also: tuple[str, ...] = ()
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    settings: str | bytes | None = "name: Broken\n"
    make: Callable[[Path], None] | None = None

    @property
    def texts(self) -> dict[str, bytes]:
        """All files that hold text, by path."""
        texts = {"workbench.yaml": self.settings, MODEL: self.model, **self.files}
        return {path: _bytes(text) for path, text in texts.items() if text is not None}

    @property
    def expected_line(self) -> int:
        """The line of the fault."""
        if self.line is not None:
            return self.line
        lines = self.texts[self.file].decode("utf-8").splitlines()
        marked = [number for number, line in enumerate(lines, start=1) if line.endswith(MARK)]
        assert len(marked) == 1, f"{self.name}: one line must be marked, got {marked}"
        return marked[0]

    def write(self, root: Path) -> Path:
        """Make the project below a folder."""
        for path, data in self.texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        if self.make is not None:
            self.make(root)
        return root


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8") if isinstance(text, str) else text
