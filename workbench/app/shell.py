"""What stands around the main part of every page: the steps, what was chosen, and what is wrong with the model?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from touchpoints.records.base import Record
from workbench.app.choices import Choices
from workbench.app.editions import Edition
from workbench.app.pages import BY_NAME, PAGES, Page
from workbench.app.views import joined
from workbench.language.language import LANGUAGES, Code, Language

if TYPE_CHECKING:
    from workbench.log.engine import Log

TOOLS = ("scenarios", "workshop")
"""The pages where one does something, apart from those where one reads."""
_HIDDEN = ("sources",)
_BROWSER_WORDS = ("busy", "months", "copied", "gone", "not_shown", "put", "dismiss")
"""The texts that the browser itself needs."""


def navigation(edition: Edition, choices: Choices, names: Sequence[str]) -> Markup:
    """The pages of these names by the seven steps, then those where one does something."""
    language = _language(edition, choices)
    read = [page for page in PAGES if page.name in names and page.name not in (*TOOLS, *_HIDDEN)]
    tools = [page for page in PAGES if page.name in names and page.name in TOOLS]
    return Markup('<ol>{}</ol><p class="group">{}</p><ol>{}</ol>').format(
        joined(_entry(page, choices, language) for page in read),
        language.text("live.tools"),
        joined(_entry(page, choices, language) for page in tools),
    )


def _entry(page: Page, choices: Choices, language: Language) -> Markup:
    here = Markup(' aria-current="page"') if page.name == choices.page else ""
    entry = Markup('<li><a href="?{}" data-choose="page" data-value="{}"{}><span class="step">{}</span>{}</a></li>')
    query = replace(choices, page=page.name, step="", at="").query()
    return entry.format(query, page.name, here, page.step or "", language.text(page.title))


def chosen(edition: Edition, choices: Choices) -> Markup:
    """What can be chosen on the page: a scenario and another to hold it against, or channel, persona and month."""
    if edition.project is None or (choices.page == "log" and edition.log is None):
        return Markup("")
    inventory, language = edition.project.inventory, _language(edition, choices)
    code = language.code
    everything = ("", language.text("live.all"))
    if choices.page == "scenarios":
        scenarios = _labels(inventory.scenarios.values(), code)
        others = [pair for pair in scenarios if pair[0] != choices.scenario]
        fields = [("scenario", scenarios), ("against", [("", language.text("live.as_stated")), *others])]
    else:
        known = {
            "channel": lambda: _labels(inventory.channels.values(), code),
            "persona": lambda: _labels(inventory.personas.values(), code),
            "period": lambda: [(month, month) for month in _months(edition.log)],
        }
        fields = [(name, [everything, *known[name]()]) for name in BY_NAME[choices.page].narrowed_by]
    return joined(
        Markup('<label>{}<select data-choose="{}">{}</select></label>').format(
            language.text(f"live.choose.{name}"), name, _options(options, getattr(choices, name))
        )
        for name, options in fields
        if len(options) > 1
    )


def _months(log: Log | None) -> tuple[str, ...]:
    """The months that a log covers, as `2026-01`."""
    if log is None or log.first_day is None or log.last_day is None:
        return ()
    first, last = log.first_day, log.last_day
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    steps = (first.month - 1 + at for at in range(count))
    return tuple(f"{first.year + step // 12}-{step % 12 + 1:02d}" for step in steps)


def _labels(records: Iterable[Record], code: str) -> list[tuple[str, str]]:
    return [(one.id, one.label(code)) for one in records]


def _options(options: Iterable[tuple[str, str]], value: str) -> Markup:
    return joined(
        Markup('<option value="{}"{}>{}</option>').format(key, Markup(" selected") if key == value else "", label)
        for key, label in options
    )


def banner(edition: Edition, choices: Choices) -> Markup:
    """What is wrong with the newest text of the model, while an older one is shown."""
    if not edition.errors:
        return Markup("")
    language = _language(edition, choices)
    said = language.text("live.broken" if edition.project is not None else "live.never_sound")
    lines = joined(Markup("<li>{}</li>").format(fault.render()) for fault in edition.errors)
    return Markup('<div class="broken" role="alert"><p>{}</p><ul>{}</ul></div>').format(said, lines)


def _language(edition: Edition, choices: Choices) -> Language:
    return edition.language(choices.lang) if edition.project is not None else Language(choices.lang)


def heading(edition: Edition, choices: Choices) -> str:
    """The name of the project."""
    return edition.shown.inventory.label(choices.lang)


def variables(edition: Edition, choices: Choices, regions: dict[str, Markup]) -> dict[str, Any]:
    """What the page's template needs."""
    language = _language(edition, choices)
    return {
        "language": language,
        "lang": choices.lang,
        "heading": heading(edition, choices),
        "regions": regions,
        "page": choices.page,
        "words": {name: language.text(f"live.js.{name}") for name in _BROWSER_WORDS},
        "others": [(code, replace(choices, lang=code).query()) for code in LANGUAGES],
        "style": _style(),
    }


@cache
def template() -> Template:
    """The page around everything."""
    folder = resources.files("workbench") / "app"
    text = (folder / "page.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"page.html.j2": text}), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("page.html.j2")


def refused(lang: Code) -> Template:
    """What those see for whom there is no room."""
    text = Language(lang).text("live.too_many")
    return Environment(autoescape=True).from_string(
        "<!DOCTYPE html><title>403</title><p>{{ said }}</p>", {"said": text}
    )


@cache
def _style() -> Markup:
    folder = resources.files("workbench")
    parts = ("report/page.css", "app/live.css")
    return Markup("\n".join((folder / part).read_text(encoding="utf-8") for part in parts))
