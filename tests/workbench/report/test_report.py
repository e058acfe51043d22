"""Is the report one file that asks nothing of the network, with every number's place in it and hostile names inert?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import hostile_project, parts_in, text_fields
from tests.reports import GEMEENTE, gemeente_page, gemeente_report, hostile_page, hostile_report
from touchpoints.collections import BY_ID, LISTS, SINGLES
from touchpoints.inventory import Inventory
from touchpoints.records.base import Part
from workbench.formats import FormatError, write_report
from workbench.project import open_project
from workbench.report.blocks import Chapter, Rows
from workbench.report.places import sources
from workbench.tables import table


class Page(HTMLParser):
    """The tags, their attributes and ids of a page, and its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_nothing_is_fetched(lang: str) -> None:
    text = gemeente_page(lang)
    found = Page(text)
    assert ("html", {"lang": lang}) in found.tags
    assert_inert(found)
    assert "@import" not in text
    assert not re.search(r"url\((?!['\"]?(#|data:))", text)
    assert len(text.encode()) < 5_000_000


def assert_inert(found: Page) -> None:
    """Nothing runs, nothing is loaded, and links lead to places in the page."""
    for tag, attributes in found.tags:
        assert tag not in ("script", "link", "iframe", "object", "embed", "base", "form", "img", "textarea")
        for name, value in attributes.items():
            assert not name.startswith("on")
            if name in ("href", "src", "xlink:href", "action", "data", "srcset", "poster"):
                assert value
                assert value.startswith("#"), (tag, name, value)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_picture_has_a_text_alternative_and_every_link_a_goal(lang: str) -> None:
    found = Page(gemeente_page(lang))
    pictures = [attributes for tag, attributes in found.tags if tag == "svg" and attributes.get("role") == "img"]
    assert pictures
    assert all(attributes.get("aria-label") or attributes.get("aria-labelledby") for attributes in pictures)
    ids = {attributes["id"] for _, attributes in found.tags if "id" in attributes}
    goals = {str(attributes["href"])[1:] for tag, attributes in found.tags if tag == "a"}
    assert goals <= ids


def test_every_picture_has_a_table_behind_it_or_names_the_one_beside_it() -> None:
    made, _ = gemeente_report("nl")
    count = 0
    for chapter in made.chapters:
        held = {table.key for table in chapter.tables()}
        for picture in chapter.pictures():
            count += 1
            assert picture.alternative
            assert (picture.behind is not None and picture.behind.rows) or picture.beside in held
    assert count >= 20


def test_every_place_leads_to_its_line() -> None:
    """Each link in the page says file and line; what stands in that line is what the file holds there."""
    made, _ = gemeente_report("nl")
    found = made.sources.anchors
    assert len(found) > 1_000
    lines = {file.name: dict(file.lines) for file in made.sources.files}
    for message in made.chapters[0].blocks[0].items:
        file, _, line = message.figure.source.rpartition(":")
        assert lines[file][int(line)] == (GEMEENTE / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    text = re.sub(r'<section id="sources">.*', "", gemeente_page("nl"), flags=re.DOTALL)
    plain = re.sub(r"<a [^>]*>.*?</a>|<[^>]+>", " ", text)
    assert re.findall(r"(?:model|library)/\S+\.yaml:\d+", plain) == []


def test_a_large_model_shows_the_named_lines_with_those_around_and_above_them(
    write_project: Callable[..., Path],
) -> None:
    filler = "".join(f"  r{at}: {{category: information}}\n" for at in range(7_000))
    root = write_project(f"reasons:\n{filler}teams: {{kcc: {{people: 3, cost_per_hour: EUR 45}}}}\n")
    project = open_project(root, "en")
    rows = table("teams", ["team", "place"], [("kcc", "model/model.yaml:5000")])
    held = sources(project, [Chapter("c", "t", (Rows(rows),))], project.language)
    (file,) = held.files
    assert [number for number, _ in file.lines] == [1, *range(4997, 5004)]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_hostile_texts_are_inert(lang: str) -> None:
    text = hostile_page(lang)
    found = Page(text)
    assert_inert(found)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}" in text
    assert "\u202e" not in text.partition('id="sources"')[0]
    made, _ = hostile_report(lang)
    for chapter in made.chapters:
        for picture in chapter.pictures():
            assert_inert(Page(picture.svg))


def test_the_hostile_model_has_a_text_in_every_field_that_takes_one(tmp_path: Path) -> None:
    """Every field of text that the records know is set somewhere in the model that was read back."""
    inventory = open_project(hostile_project(tmp_path)).inventory
    assert not inventory.errors
    expected = {(kind.__name__, name) for kind in kinds() for name, _ in text_fields(kind)}
    seen = {(type(part).__name__, name) for part in parts(inventory) for name, _ in text_fields(type(part))
            if getattr(part, name)}  # fmt: skip
    assert expected - seen == set()
    assert len(expected) > 60


def kinds() -> set[type[Part]]:
    """Every kind of record that a model can hold."""
    found: set[type[Part]] = set()
    waiting: list[type[Part]] = [*BY_ID.values(), *LISTS.values(), *SINGLES.values()]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += [part for info in kind.model_fields.values() for part, _ in parts_in(info.annotation)]
    return found


def parts(value: Any) -> Iterator[Part]:
    """Every record in an inventory, at any depth."""
    if isinstance(value, Inventory):
        for key in (*BY_ID, *LISTS, *SINGLES):
            yield from parts(getattr(value, key))
    elif isinstance(value, Part):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from parts(inner)


def test_an_unknown_ending_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"\.html, \.pdf"):
        write_report(open_project(GEMEENTE), tmp_path / "report.doc")
