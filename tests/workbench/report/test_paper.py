"""Is the report on paper real text with bookmarks, page numbers and alternatives, and hostile names inert in it?"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.reports import gemeente_report, hostile_report
from workbench.report.blocks import Report
from workbench.report.paper.pdf import write_pdf

pytest.importorskip("typst")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Dutch report of the municipality as PDF."""
    path = tmp_path_factory.mktemp("paper") / "report.pdf"
    made, language = gemeente_report("nl")
    write_pdf(made, path, language)
    return path


def text_of(path: Path, *options: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: apt-get install poppler-utils)")
    return subprocess.run(["pdftotext", *options, path, "-"], check=True, capture_output=True, text=True).stdout


def test_it_is_tagged_and_has_bookmarks_and_alternatives(paper: Path) -> None:
    data = paper.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/Outlines" in data
    assert b"/StructTreeRoot" in data
    assert b"/Lang" in data
    assert data.count(b"/Alt") >= 10


def test_the_first_page_holds_the_five_messages_and_all_is_text(paper: Path) -> None:
    first = re.sub(r"\s+", " ", text_of(paper, "-l", "1"))
    made, _ = gemeente_report("nl")
    (messages, _note) = made.chapters[0].blocks
    for one in messages.items:
        assert one.question in first
        assert one.figure.value.replace("\xa0", " ") in first.replace("\xa0", " ")
        assert one.figure.source.rpartition("/")[2] in first.replace("\u200b", "")
    assert re.search(r"1 / \d+", first)
    whole = text_of(paper)
    for chapter in made.chapters:
        if chapter.anchor != "sources":
            assert chapter.title in whole


def test_hostile_texts_are_set_as_they_are(tmp_path: Path) -> None:
    made, language = hostile_report("nl")
    write_pdf(_few(made), tmp_path / "h.pdf", language)
    data = (tmp_path / "h.pdf").read_bytes()
    for order in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile", b"/SubmitForm"):
        assert order not in data
    text = text_of(tmp_path / "h.pdf", "-raw")
    assert "<script>alert(1)</script>" in text
    assert "{{ 7 * 7 }}" in text
    pages = len(re.findall("\f", text))
    assert pages < 80


def _few(made: Report) -> Report:
    """All chapters of text; pictures are checked in the page."""
    return made
