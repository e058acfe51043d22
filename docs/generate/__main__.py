"""Write the reference pages of `docs/` anew: `python -m docs.generate`."""

from __future__ import annotations

from pathlib import Path

from docs.generate.pages import pages

FOLDER = Path(__file__).parents[1]

for name, text in pages().items():
    (FOLDER / name).write_text(text, encoding="utf-8")
