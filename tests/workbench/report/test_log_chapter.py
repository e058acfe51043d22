"""Does the chapter on the contact log show ledger, plan and reality, rhythm and spread, and nothing of small groups?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.log.ingest import ingest
from workbench.log.opening import open_project_log
from workbench.log.profile_files import load_profile
from workbench.project import open_project
from workbench.report.answers import Answers
from workbench.report.blocks import Chapter, Fold, Paragraph, Picture, Report, Rows
from workbench.report.log_chapter import validation
from workbench.report.page import render
from workbench.simulation.simulate import simulate

MODEL = """
touchpoints:
  line: {name: {nl: Telefoonlijn, en: Phone line}, channel: phone}
  site: {name: {nl: Website, en: Site}, channel: web}
reasons:
  move_how: {name: {nl: Hoe verhuizen, en: How to move}, category: information}
  move_do: {name: {nl: Verhuizen, en: Move}, category: request}
volumes:
  - {touchpoint: line, reason: move_how, contacts: 400/month, handling_time: 4m, wait: 40s}
journeys:
  move:
    name: {nl: Verhuizen, en: Moving}
    starts: 900/month
    gave_up: {penalty: 30m}
    steps:
      look: {touchpoint: site, reason: move_how, own_time: 2m, next: {tell: 60%, ask: 40%}}
      ask: {touchpoint: line, reason: move_how, next: {tell: 80%, gave_up: 20%}}
      tell: {touchpoint: site, reason: move_do, own_time: 5m, next: {resolved: 95%, ask: 5%}}
"""
TRUTH = "journeys: {move: {steps: {look: {next: {tell: 40%, ask: 60%}}}}}\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moving")
    (folder / "model").mkdir()
    (folder / "workbench.yaml").write_text("name: Test\n", encoding="utf-8")
    (folder / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    (folder / "truth.yaml").write_text(TRUTH, encoding="utf-8")
    project = open_project(folder).require_sound()
    simulate(project.inventory, folder / "log.csv", seed=5, contacts=12_000, truth=folder / "truth.yaml")
    ingest([folder / "log.csv"], load_profile("generic_csv"), project.store_file, bytes(range(32)))
    return folder


@pytest.fixture(params=["nl", "en"])
def chapter(root: Path, request: Any) -> tuple[str, Chapter, str]:
    project = open_project(root, request.param)
    with open_project_log(project) as log:
        made = validation(Answers(project, project.language, log))
    return request.param, made, render(Report("t", "s", (made,)), project.language)


def test_all_parts_are_there_in_both_languages(chapter: tuple[str, Chapter, str]) -> None:
    language, made, page = chapter
    tables = [block.table.key for block in made.blocks if isinstance(block, Rows)]
    assert {"ledger", "conformance"} <= set(tables)
    titles = {
        "nl": ("Gepland en werkelijk: Verhuizen", "Contacten per week", "Wanneer contacten komen",
               "Afhandeltijd · Telefoonlijn", "Wachttijd · Telefoonlijn"),
        "en": ("Planned and actual: Moving", "Contacts per week", "When contacts come",
               "Handling time · Phone line", "Wait · Phone line"),
    }  # fmt: skip
    for title in titles[language]:
        assert title in page
    assert any(isinstance(block, Paragraph) for block in made.blocks)


def test_the_planted_change_stands_in_the_picture(chapter: tuple[str, Chapter, str]) -> None:
    """Look → ask was planned at 40% and simulated at 60%."""
    _, made, _ = chapter
    (picture,) = [block for block in _pictures(made) if "40%" in block.alternative]
    told = re.search(r"<desc[^>]*>(.*?)</desc>", picture.svg)
    assert told is not None
    found = re.search(r"\D40%, (?:actual|werkelijk)\s(\d+)%", told.group(1).replace("\u00a0", " "))
    assert found is not None
    assert 56 <= int(found.group(1)) <= 64
    assert 'stroke="#0072b2"' in picture.svg


def test_every_picture_reads_out_its_numbers_and_shows_no_small_group(chapter: tuple[str, Chapter, str]) -> None:
    _, made, _ = chapter
    spoken = [block.alternative.partition(". ") for block in _pictures(made)]
    assert all(title and told for title, _, told in spoken)
    bars = [told for title, _, told in spoken if "·" in title]
    assert bars
    for one in bars:
        counts = [int(re.sub(r"\D", "", part.split(" ")[-1])) for part in one.split("; ")]
        assert all(count == 0 or count >= 10 for count in counts)


def test_without_a_log_it_says_so(root: Path) -> None:
    project = open_project(root, "en")
    made = validation(Answers(project, project.language, None))
    assert len(made.blocks) == 1
    assert isinstance(made.blocks[0], Paragraph)


def _pictures(chapter: Chapter) -> Iterator[Picture]:
    for block in chapter.blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Fold):
            yield from block.pictures
