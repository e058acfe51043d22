"""Do the notebooks run, and does every cell show something?"""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
SOURCES = sorted(FOLDER.glob("*.py"))


def test_there_are_notebooks() -> None:
    assert SOURCES


@pytest.mark.parametrize("source", SOURCES, ids=[source.stem for source in SOURCES])
def test_a_notebook_runs_and_every_cell_shows_something(source: Path) -> None:
    notebook = jupytext.read(source)
    assert not any("def " in cell.source for cell in notebook.cells if cell.cell_type == "code")
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs, f"a cell shows nothing: {cell.source}"
            assert not any(output.output_type == "error" for output in cell.outputs)
    nbformat.validate(notebook)
