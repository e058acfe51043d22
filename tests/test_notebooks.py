"""Do the notebooks run, does every cell show something, and do they need nothing but what `workbench` offers?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
SOURCES = sorted(FOLDER.glob("*.py"))


@pytest.fixture(scope="module")
def kernel() -> Iterator[KernelManager]:
    """One kernel for all notebooks: each begins with an empty namespace, and modules are imported once."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(FOLDER))
    yield manager
    manager.shutdown_kernel(now=True)


def test_there_is_a_notebook_for_each_of_the_seven_steps_and_for_the_log() -> None:
    assert {source.name[0] for source in SOURCES} == set("12345678")


@pytest.mark.parametrize("source", SOURCES, ids=[source.stem for source in SOURCES])
def test_a_notebook_defines_nothing_and_imports_nothing_from_deep_inside(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in ast.walk(tree) if isinstance(node, defined)]
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named <= {"workbench", "pandas", "pathlib", "shutil", "tempfile"}


@pytest.mark.parametrize("source", SOURCES, ids=[source.stem for source in SOURCES])
def test_a_notebook_runs_and_every_cell_shows_something(source: Path, kernel: KernelManager) -> None:
    notebook = jupytext.read(source)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f\n''"))
    NotebookClient(notebook, km=kernel, timeout=300).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs, f"a cell shows nothing: {cell.source}"
            wrong = [output for output in cell.outputs if output.output_type in ("error", "stream")]
            assert not wrong, f"{cell.source}\n{wrong}"
    nbformat.validate(notebook)
