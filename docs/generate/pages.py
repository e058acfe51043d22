"""Which pages of `docs/` are made from the code?"""

from __future__ import annotations

from docs.generate.commands import commands_page
from docs.generate.model import model_page
from docs.generate.profiles import profiles_page
from docs.generate.words import glossary_page, library_page, rules_page


def pages() -> dict[str, str]:
    """File name: the text of the page, as the code has it now."""
    return {
        "commands.md": commands_page(),
        "glossary.md": glossary_page(),
        "library.md": library_page(),
        "model.md": model_page(),
        "profiles.md": profiles_page(),
        "rules.md": rules_page(),
    }
