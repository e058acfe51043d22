"""Does every place in the PDF lead to the line it names, and every question on the first page to its chapter?

The oracle is a reading of the PDF's own objects and of the words on its pages, held against the files of the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hostile import hostile_project
from tests.paper_links import Paper, poppler, read_paper
from tests.reports import GEMEENTE, gemeente_report, hostile_report
from touchpoints.library import PREFIX
from workbench.language.language import Language
from workbench.report.blocks import (
    Chapter,
    Figure,
    KeyMessage,
    KeyMessages,
    Paragraph,
    Report,
    Rows,
    SourceFile,
    Sources,
    Warnings,
)
from workbench.report.paper.pdf import write_pdf
from workbench.tables import table, visible

pytest.importorskip("typst")

PLACE = re.compile(r"[\w/.-]*?([\w.-]+\.ya?ml):(\d+)")
LIBRARY = Path(__file__).parents[3] / "touchpoints" / "library"


@pytest.fixture(scope="module", params=["nl", "en"])
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The report of the municipality as it reads on paper."""
    path = tmp_path_factory.mktemp("links") / "report.pdf"
    made, language = gemeente_report(request.param)
    write_pdf(made, path, language)
    return read_paper(path)


def lines_of(root: Path) -> dict[str, dict[str, list[str]]]:
    """The lines of every file of a project and of the library, by the file's own name and then its place."""
    found: dict[str, dict[str, list[str]]] = {}
    files = {file.relative_to(root).as_posix(): file for file in root.rglob("*.yaml")}
    files |= {f"{PREFIX}{file.name}": file for file in LIBRARY.glob("*.yaml")}
    for place, file in files.items():
        found.setdefault(file.name, {})[place] = file.read_text(encoding="utf-8").splitlines()
    return found


def leads(paper: Paper, root: Path) -> Iterator[tuple[str, int]]:
    """Every link with a place, once it was found to lead to a line that says what the file says there."""
    files, name = lines_of(root), ""
    for link in paper.links:
        for found in re.finditer(r"([\w.-]+\.ya?ml)?:(\d+)", link.text):
            name = found[1] or name
            number = int(found[2])
            shown, _, text = link.goal.partition(" ")
            assert shown == str(number), link
            said = [lines[number - 1] for lines in files[name].values() if number <= len(lines)]
            assert any(same(text, one) for one in said), (link, said)
            yield name, number


def same(shown: str, line: str) -> bool:
    """Whether what is shown is the line, or, when that goes on on the next row, its beginning."""
    shown, line = (re.sub(r"\s+", "", visible(one)) for one in (shown, line))
    return line.startswith(shown) and (bool(shown) or not line)


def test_every_place_leads_to_its_line(paper: Paper) -> None:
    made, _ = gemeente_report("nl")
    found = list(leads(paper, GEMEENTE))
    assert len(set(found)) > 200
    for message in made.chapters[0].blocks[0].items:
        file, _, line = message.figure.source.rpartition(":")
        assert (file.rpartition("/")[2], int(line)) in found
    assert {name for name, _ in found} >= {"phone.yaml", "scenarios.yaml", "move_house.yaml"}
    assert any(link.text.startswith(PREFIX) for link in paper.links)


def test_no_place_is_plain_text(paper: Paper) -> None:
    """A word that names a file and a line is a link, on every page before the lines themselves."""
    first = next(page for title, page in paper.bookmarks if title.endswith(".yaml"))
    linked = {(link.page, word) for link in paper.links for word in link.text.split()}
    named = [(page, word.text) for page in range(1, first) for word in paper.pages[page - 1] if PLACE.search(word.text)]
    assert len(named) > 200
    assert [one for one in named if one not in linked] == []


def test_the_questions_and_the_contents_lead_to_their_chapters(paper: Paper) -> None:
    chapters = {title: page for title, page in paper.bookmarks if not title.endswith(".yaml")}
    made, _ = gemeente_report("nl" if "In het kort" in chapters else "en")
    titles = {one.anchor: (f"{one.step} " if one.step else "") + one.title for one in made.chapters}
    assert list(titles.values()) == list(chapters)
    goals = {link.text: link.goal_page for link in paper.links if link.page == 1}
    for message in made.chapters[0].blocks[0].items:
        assert goals[message.question] == chapters[titles[message.chapter]]
    for one in made.chapters[1:]:
        page = chapters[titles[one.anchor]]
        assert goals[one.title] == page
        assert one.title in paper.text(page)


def test_the_files_stand_in_the_bookmarks_and_at_the_head_of_their_pages(paper: Paper) -> None:
    files = [(title, page) for title, page in paper.bookmarks if title.endswith(".yaml")]
    names = [name for name, _ in files]
    assert {"model/scenarios.yaml", "library/channels.yaml"} <= set(names)
    assert names == sorted(names, key=lambda one: (one.startswith(PREFIX), one))
    for page in {page for _, page in files}:
        head = [word.text for word in paper.pages[page - 1] if word.y < 40]
        assert head[-1] == [name for name, at in files if at == page][-1]


def test_no_page_is_nearly_empty(paper: Paper) -> None:
    """The last words of a page, its footer apart, do not stand high on it; the last page may end anywhere."""
    for number, (words, height) in enumerate(zip(paper.pages[:-1], paper.heights, strict=False), 1):
        body = [word.y_end for word in words if word.y > 50 and word.y_end < height - 40]
        assert max(body) > 0.4 * height, number


def test_places_in_hostile_texts_lead_to_their_lines_and_nothing_else_is_a_link(tmp_path: Path) -> None:
    made, language = hostile_report("nl")
    write_pdf(made, tmp_path / "h.pdf", language)
    found = read_paper(tmp_path / "h.pdf")
    (tmp_path / "project").mkdir()
    assert len(set(leads(found, hostile_project(tmp_path / "project")))) > 50


@pytest.fixture
def small(tmp_path: Path) -> Callable[[Chapter], Paper]:
    """A report of a first page, one more chapter and the lines of a file of two hundred, on paper."""
    lines = tuple((number, f"key_{number}: {number}") for number in range(1, 201))
    sources = Chapter("sources", "Model", (Sources((SourceFile("model/a.yaml", lines, 200),)),))

    def made(chapter: Chapter) -> Paper:
        figure = Figure("1", "one", "", source="model/a.yaml:150")
        items = (KeyMessage("Where?", "There.", figure, "more"), KeyMessage("Who?", "Nobody.", figure, "nowhere"))
        first = Chapter("summary", "In short", (KeyMessages(items),))
        write_pdf(Report("Title", "", (first, chapter, sources)), tmp_path / "small.pdf", Language("en"))
        return read_paper(tmp_path / "small.pdf")

    return made


def test_a_place_leads_on_from_every_kind_of_block(small: Callable[[Chapter], Paper]) -> None:
    rows = table(
        "teams", ["team", "source", "place"], [("Calls", "see model/a.yaml:30", "model/a.yaml:31; model/a.yaml:32")],
        notes=["As model/a.yaml:33 has it."],
    )  # fmt: skip
    blocks = (Paragraph("In model/a.yaml:34."), Warnings(("model/a.yaml:35: no",)), Rows(rows))
    found = small(Chapter("more", "More", blocks))
    goals = {link.goal for link in found.links if link.goal}
    assert goals == {f"{number} key_{number}: {number}" for number in (30, 31, 32, 33, 34, 35, 150)}
    assert [link.goal_page for link in found.links if link.text == "Where?"] == [2]
    assert not any(link.text == "Who?" for link in found.links), "there is no such chapter"


def test_a_place_that_a_cut_goes_through_is_no_link_to_another_line(small: Callable[[Chapter], Paper]) -> None:
    """Cut after the first digit, the place would name line 1."""
    text = "x " * 193 + "model/a.yaml:123 and what comes after"
    assert text[:399].endswith("model/a.yaml:")
    for more, kept in ((0, False), (1, False), (2, False), (3, False), (-1, False), (-4, True)):
        line = ("x" * more + " " + text) if more >= 0 else text[-more:]
        found = small(Chapter("more", "More", (Warnings((line,)),)))
        goals = {link.goal for link in found.links if link.goal} - {"150 key_150: 150"}
        assert goals == ({"123 key_123: 123"} if kept else set()), more


def test_a_line_that_is_not_held_is_plain_text(small: Callable[[Chapter], Paper]) -> None:
    found = small(Chapter("more", "More", (Paragraph("See model/a.yaml:201 and model/b.yaml:1."),)))
    assert {link.goal for link in found.links if link.goal} == {"150 key_150: 150"}


def test_lines_of_the_model_are_read_as_they_are(tmp_path: Path) -> None:
    """Markup of the typesetter, signs that turn the direction and lines of any length stay text."""
    hostile = ['#eval("1+1") #import "x": *', "$ x^2 $ @ref <label> `raw` _a_ *b*", "\u202egnp.exe", "- [x](https://x.test)",
               "k: " + "y" * 5_000, "\ttab", "// no comment", ""]  # fmt: skip
    lines = tuple(enumerate(hostile, 1))
    figure = Figure("1", "one", "", source="model/a.yaml:1")
    first = Chapter("summary", "S", (KeyMessages((KeyMessage("?", "!", figure),)),))
    sources = Chapter("sources", "M", (Sources((SourceFile("model/a.yaml", lines, len(lines)),)),))
    write_pdf(Report("T", "", (first, sources)), tmp_path / "h.pdf", Language("en"))
    text = poppler("pdftotext", "-raw", tmp_path / "h.pdf", "-")
    for line in (*hostile[:2], "gnp.exe", *hostile[3:4], *hostile[6:7]):
        assert line in text
    assert "\u202e" not in text
    assert 300 < len(re.findall("y", text)) < 420
    assert b"/URI" not in (tmp_path / "h.pdf").read_bytes()
