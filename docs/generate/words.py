"""What do the words mean, what does the library offer, and what do the rules ask? From the files that ship with it."""

from __future__ import annotations

from docs.generate.markdown import code, link, page, rows
from touchpoints.collections import BY_ID
from touchpoints.glossary import Term, glossary
from touchpoints.library import library_trees
from touchpoints.rules import RULES, Rule

TERMS = "One concept has one name, the same in the model, the code, the documentation and the screens."
LIBRARY = """
Ids of the library may be named anywhere, and stand behind `extends: library.ID`. `workbench library COLLECTION` lists
them in the terminal.
"""
ASKED = """
`workbench check` names the rule behind each message, and `workbench explain RULE` prints what stands here. Errors stop
the analyses, warnings do not.
"""


def glossary_page() -> str:
    """The terms in Dutch and English."""
    terms = sorted(glossary().items(), key=lambda pair: pair[1].label.text("en").casefold())
    return page("Glossary", TERMS, *(_term(term) for _, term in terms))


def _term(term: Term) -> str:
    english, dutch = term.label.text("en"), term.label.text("nl")
    lines = [f"## {english}", f"*{dutch}*", term.definition.text("en"), f"*{term.definition.text('nl')}*"]
    if term.formula:
        lines.append(code(term.formula))
    known = glossary()
    see = [link(known[one].label.text("en")) for one in term.see if one in known]
    return "\n\n".join([*lines, *([f"See {', '.join(see)}."] if see else [])])


def library_page() -> str:
    """What the built-in library offers, by collection."""
    parts = []
    for key in BY_ID:
        found = [(code(name), *_names(tree.plain())) for name, tree in library_trees(key).items()]
        if found:
            parts += [f"## {key}", rows(["id", "Dutch", "English"], found)]
    return page("Library", LIBRARY, *parts)


def _names(record: dict[str, object]) -> tuple[str, str]:
    name = record.get("name") or record.get("title") or ""
    return (str(name.get("nl", "")), str(name.get("en", ""))) if isinstance(name, dict) else (str(name), str(name))


def rules_page() -> str:
    """What each rule asks, why, and the remedy."""
    overview = rows(["rule", "", "what is wrong"], [(link(one.id), one.severity, one.title) for one in RULES.values()])
    return page("Rules of the model", ASKED, overview, *map(_rule, RULES.values()))


def _rule(one: Rule) -> str:
    told = (("Asks", one.question), ("Why", one.why), ("Remedy", one.remedy))
    return "\n\n".join(
        [f"## {one.id}", f"{one.title} ({one.severity}).", *(f"**{word}.** {text}" for word, text in told)]
    )
