"""Does `workbench report` choose the office file by its ending, and say what is not installed?"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.command import run

MODEL = "touchpoints: {line: {channel: phone}}\n"


def test_the_ending_chooses_the_format(write_project: Any, tmp_path: Path) -> None:
    root = write_project(MODEL)
    for name, part in (("r.XLSX", "xl/workbook.xml"), ("folder/r.pptx", "ppt/presentation.xml")):
        done = run("report", root, "--out", tmp_path / name, "--lang", "en")
        assert done.status == 0, done.said
        assert part in zipfile.ZipFile(tmp_path / name).namelist()


def test_a_missing_extra_is_named(write_project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith(("workbench.office", "xlsxwriter"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    done = run("report", write_project(MODEL), "--out", tmp_path / "r.xlsx")
    done.failed(2, "needs the extra `office`: pip install 'journey-workbench[office]'")
    assert not (tmp_path / "r.xlsx").exists()


def test_an_unknown_ending_names_the_known_ones(write_project: Any, tmp_path: Path) -> None:
    done = run("report", write_project(MODEL), "--out", tmp_path / "r.docx")
    done.failed(2, ".html, .pdf, .xlsx, .pptx")
