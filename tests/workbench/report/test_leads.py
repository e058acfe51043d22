"""Are places found in texts whatever signs the names of files hold, and does each lead to its own line?"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from workbench.project import open_project
from workbench.report.build import report
from workbench.report.leads import Leads, Piece
from workbench.report.page import render

ODD = (
    "two words.yaml",
    "volumes (2026), 'nieuw'.yaml",
    "<b>&amp;.yaml",
    "telefoon: één.yml",
    "a.yaml:7.yaml",
    "[x]$.yaml",
)


@pytest.mark.parametrize("name", ODD)
def test_a_place_in_a_file_of_any_name_leads_to_its_line(name: str, write_project: Callable[..., Path]) -> None:
    """The link in a table leads to the line of the file that holds the team's name."""
    root = write_project("")
    (root / "model" / name).write_text("# the people\nteams:\n  kcc:\n    name: Frontdesk\n", encoding="utf-8")
    page = render(report(open_project(root, "en"), None), open_project(root, "en").language)
    found = re.findall(r'<a href="#(source-\d+-\d+)" aria-label="([^"]*)"', page)
    anchors = {anchor for anchor, place in found if unescape(place) == f"model/{name}:3"}
    assert len(anchors) == 1
    line = re.search(rf'<span id="{anchors.pop()}" data-n="3">(.*?)\n</span>', page)
    assert line is not None
    assert line[1] == "  kcc:"


def test_the_longest_name_counts_and_no_part_of_another() -> None:
    leads = Leads(["model/a.yaml", "model/my model/a.yaml"])
    assert [str(one) for one in leads.named("model/my model/a.yaml:12; model/a.yaml:3")] == [
        "model/my model/a.yaml:12",
        "model/a.yaml:3",
    ]
    assert list(leads.named("another-model/a.yaml:3, xmodel/a.yaml:3, model/a.yaml")) == []


def test_a_line_that_is_not_held_stays_text() -> None:
    assert list(Leads.to({"a.yaml:1": "x"}).pieces("a.yaml:1 and a.yaml:2")) == [
        Piece("a.yaml:1", "x"),
        Piece(" and a.yaml:2"),
    ]
    assert list(Leads([]).pieces("a.yaml:1")) == [Piece("a.yaml:1")]
