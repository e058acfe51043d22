"""Is the reference in `docs/` what the code says now, and does every link in it lead somewhere?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate.pages import pages
from touchpoints.collections import known_keys
from touchpoints.rules import RULES
from workbench.cli.main import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = pages()
GUIDES = ("README.md", "contact_log.md")
"""Those that people wrote."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    found = (DOCS / name).read_text(encoding="utf-8") if (DOCS / name).is_file() else ""
    assert found == PAGES[name], f"docs/{name} is not current; run `make docs`"


def test_no_other_page_is_there() -> None:
    assert {one.name for one in DOCS.glob("*.md")} == {*PAGES, *GUIDES}


def test_every_command_key_and_rule_has_its_heading() -> None:
    assert {f"## workbench {name}" for name in COMMANDS} <= set(PAGES["commands.md"].splitlines())
    assert {f"## {key}" for key in known_keys()} <= set(PAGES["model.md"].splitlines())
    assert {f"## {rule}" for rule in RULES} <= set(PAGES["rules.md"].splitlines())


@pytest.mark.parametrize("name", ["model.md", "profiles.md"])
def test_every_field_says_what_it_is(name: str) -> None:
    tables = re.findall(r"\| field \|.*?(?=\n\n)", PAGES[name] + "\n\n", re.DOTALL)
    assert tables
    for table in tables:
        heads, _, *lines = ([cell.strip() for cell in re.split(r"(?<!\\)\|", line)] for line in table.splitlines())
        for line in lines:
            assert line[heads.index("what")], line
            assert "written as" not in heads or line[heads.index("written as")], line


@pytest.mark.parametrize("name", [*PAGES, *GUIDES, "../README.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        page = (DOCS / name).parent / file if file else DOCS / name
        assert page.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}, target
