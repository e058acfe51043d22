"""Is the report one file that asks nothing of the network, in both languages, with hostile names inert?"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from workbench.formats import write_report
from workbench.project import open_project

EXAMPLE = Path(__file__).parents[3] / "examples" / "gemeente"
HOSTILE = [
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("x")',
    "\u202eright to left\u202c",
    "😀 " + "x" * 5000,
    "]]></svg><script>alert(2)</script>",
    "{{ 7 * 7 }}",
]


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


def page(root: Path, out: Path, lang: str) -> tuple[str, Page]:
    write_report(open_project(root, lang).require_sound(), out)  # type: ignore[arg-type]
    text = out.read_text(encoding="utf-8")
    return text, Page(text)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_nothing_is_fetched(tmp_path: Path, lang: str) -> None:
    text, found = page(EXAMPLE, tmp_path / "r.html", lang)
    assert ("html", {"lang": lang}) in found.tags
    for tag, attributes in found.tags:
        assert tag not in ("script", "link", "iframe", "object", "embed", "base", "form")
        for name, value in attributes.items():
            assert not name.startswith("on")
            if name in ("href", "src", "xlink:href", "action", "data", "srcset", "poster"):
                assert value
                assert value.startswith("#"), (tag, name, value)
    assert "@import" not in text
    assert not re.search(r"url\((?!['\"]?(#|data:))", text)
    assert len(text) < 5_000_000


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_picture_has_a_text_alternative_and_every_link_a_goal(tmp_path: Path, lang: str) -> None:
    _, found = page(EXAMPLE, tmp_path / "r.html", lang)
    pictures = [attributes for tag, attributes in found.tags if tag == "svg" and attributes.get("role") == "img"]
    assert pictures
    assert all(attributes.get("aria-label") or attributes.get("aria-labelledby") for attributes in pictures)
    ids = {attributes["id"] for _, attributes in found.tags if "id" in attributes}
    goals = {str(attributes["href"])[1:] for tag, attributes in found.tags if tag == "a"}
    assert goals <= ids


def test_dutch_numbers_are_dutch_and_english_ones_english(tmp_path: Path) -> None:
    dutch, _ = page(EXAMPLE, tmp_path / "nl.html", "nl")
    english, _ = page(EXAMPLE, tmp_path / "en.html", "en")
    assert "479.928" in dutch
    assert "479,928" in english
    assert "Klantreizen" in dutch
    assert "Klantreizen" not in english


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_inert(write_project, tmp_path: Path, name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    model = f"""
channels: {{phone: {{name: {quoted}}}}}
teams: {{kcc: {{name: {quoted}, cost_per_hour: EUR 45}}}}
touchpoints: {{line: {{name: {quoted}, channel: phone, owner: kcc, obstacles: [{{kind: system, what: {quoted}}}]}}}}
reasons: {{r: {{name: {quoted}}}}}
volumes: [{{touchpoint: line, reason: r, contacts: 100/month, handling_time: 5m,
           evidence: {{grade: workshop, source: {quoted}}}}}]
content: {{c: {{title: {quoted}, answers: [r]}}}}
journeys:
  j:
    name: {quoted}
    starts: 10/month
    phases: [{{p: {quoted}}}]
    steps: {{a: {{name: {quoted}, phase: p, touchpoint: line, reason: r, pain: {quoted},
                next: {{resolved: 90%, gave_up: 10%}}}}}}
moments_of_truth: [{{at: j/a, behaviours: [{quoted}]}}]
scenarios: {{s: {{name: {quoted}, measures: [{{kind: eliminate, reasons: [r], share: 10%, how: {quoted}}}]}}}}
"""
    root = write_project(model, settings=f"name: {quoted}\n")
    text, found = page(root, tmp_path / "r.html", "en")
    assert not [tag for tag, _ in found.tags if tag in ("script", "img", "iframe")]
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", text)
