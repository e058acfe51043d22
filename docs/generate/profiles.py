"""How does an export become contacts? From the records of log profiles and the profiles that ship with it."""

from __future__ import annotations

from docs.generate.fields import Fields, Written, collect
from docs.generate.markdown import choices, code, page, rows
from workbench.log.contact import DIRECTIONS, FIELDS, OUTCOMES
from workbench.log.profile import Layout, Profile
from workbench.log.profile_files import built_in_profiles, load_profile

INTRODUCTION = """
A profile says how the rows of an export become contacts. It is a YAML file of the project, or one of those built in;
`workbench.yaml` names it with the files it reads: `log: {profile: generic_csv, files: ["log/*.csv"]}`. `workbench log
profile FILE` looks at an export and writes a first one. A profile may extend another: `extends: zendesk_tickets`.
"""


def profiles_page() -> str:
    """The reference of log profiles."""
    profiles = {name: load_profile(name) for name in built_in_profiles()}
    written: Written = {}
    for profile in profiles.values():
        collect(profile, written)
    fields = Fields(written)
    names = list(dict.fromkeys([*Layout.model_fields, *Profile.model_fields]))
    shown = rows(
        ["profile", "what", "note"],
        [
            (code(name), one.name.text("en") if one.name else "", one.note.text("en") if one.note else "")
            for name, one in profiles.items()
        ],
    )
    contact = rows(
        ["field", "kind", "what", "unit", "words"],
        [(code(one.name), one.kind, one.meaning, one.unit, choices(one.words)) for one in FIELDS.values()],
    )
    words = [(code(word), "`outcome`", meaning) for word, meaning in OUTCOMES.items()]
    words += [(code(word), "`direction`", meaning) for word, meaning in DIRECTIONS.items()]
    return page(
        "Log profiles", INTRODUCTION, "## Built in", shown, "## Fields of a contact",
        "Only `started_at` has to be there; what a log does not hold is said, never invented.", contact,
        rows(["word", "of", "what"], words), "## Fields of a profile",
        fields.table(Profile, only=[name for name in names if name != "id"]), *fields.rest(),
    )  # fmt: skip
