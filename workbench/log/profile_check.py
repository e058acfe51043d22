"""What is wrong with a profile as a whole, though each of its values can be read?"""

from __future__ import annotations

from collections.abc import Iterator

from touchpoints.faults import Fault, hint
from workbench.log.contact import FIELDS
from workbench.log.profile import Profile


def inconsistencies(profile: Profile) -> Iterator[Fault]:
    """Every fault of a profile that was read, with its place."""
    yield from _unknown_fields(profile)
    yield from _columns(profile)
    yield from _constants(profile)
    yield from _separator(profile)
    yield from _filters(profile)
    yield from _people(profile)
    yield from _links(profile)
    yield from _lists_of_fields(profile)
    yield from _form(profile)


def _unknown_fields(profile: Profile) -> Iterator[Fault]:
    for group, names in (("columns", profile.columns), ("constants", profile.constants)):
        for name in names:
            if name not in FIELDS:
                message = f"{group}: unknown field '{name}'{hint(name, FIELDS, most=30)}"
                yield Fault(profile.where(group, name), "unknown-key", message)
    if "started_at" not in profile.columns:
        message = "columns: 'started_at' is missing; a contact without a start is none"
        yield Fault(profile.where("columns"), "missing-key", message)


def _columns(profile: Profile) -> Iterator[Fault]:
    for name, column in profile.columns.items():
        field, place = FIELDS.get(name), profile.where("columns", name)
        if field is None:
            continue
        if len(column.columns) > 1 and field.kind not in ("key", "time") and not column.until:
            message = f"{name}: only keys and times are joined of several columns; name one column"
            yield Fault(place, "wrong-type", message)
        if column.until and field.kind != "seconds":
            message = f"{name}: 'until' gives a duration, and {name} is a {field.kind}; delete it"
            yield Fault(profile.where("columns", name, "until"), "wrong-type", message)
        if column.plus and field.kind != "time":
            message = f"{name}: 'plus' adds to a time, and {name} is a {field.kind}; delete it"
            yield Fault(profile.where("columns", name, "plus"), "wrong-type", message)
        for source, word in column.values.items():
            if field.words and word not in field.words:
                message = f"{name}: value '{word}' is unknown{hint(word, field.words)}"
                yield Fault(profile.where("columns", name, "values", source), "unknown-word", message)


def _constants(profile: Profile) -> Iterator[Fault]:
    for name, word in profile.constants.items():
        field, place = FIELDS.get(name), profile.where("constants", name)
        if field is None:
            continue
        if name == "source":
            yield Fault(place, "wrong-type", "the source is written as `source: NAME`, beside constants")
        elif name in profile.columns:
            yield Fault(place, "duplicate-id", f"'{name}' stands in columns and in constants; delete one")
        elif field.kind != "word":
            message = f"{name}: a constant must be a word, and {name} is a {field.kind}; map a column"
            yield Fault(place, "wrong-type", message)
        elif field.words and word not in field.words:
            yield Fault(place, "unknown-word", f"{name}: '{word}' is unknown{hint(word, field.words)}")


def _separator(profile: Profile) -> Iterator[Fault]:
    if profile.format == "delimited" and profile.header and profile.separator == "auto":
        message = "separator: it is found in the line of column names; a profile with 'header' must state it"
        yield Fault(profile.where("header"), "missing-key", message)


def _filters(profile: Profile) -> Iterator[Fault]:
    for index, rule in enumerate(profile.filters):
        if sum(words is not None for words in (rule.keep, rule.drop, rule.drop_with)) != 1:
            message = "a filter has either 'keep' or 'drop' or 'drop_with'; give one of them"
            yield Fault(profile.where("filters", index), "missing-key", message)


def _people(profile: Profile) -> Iterator[Fault]:
    """Columns that name people stay out, or become pseudonyms."""
    key = profile.columns.get("customer_key")
    customers = set(key.columns) if key else set()
    for name, column in profile.columns.items():
        place = profile.where("columns", name)
        if gone := sorted(set(profile.drop) & set(column.sources)):
            yield Fault(place, "duplicate-id", f"{name}: uses column '{gone[0]}', which 'drop' forbids; delete one")
        if name in FIELDS and FIELDS[name].kind == "word" and (shown := sorted(customers & set(column.columns))):
            message = f"{name}: would keep column '{shown[0]}' readable, and it names customers; map another"
            yield Fault(place, "duplicate-id", message)


def _links(profile: Profile) -> Iterator[Fault]:
    for name, column in profile.columns.items():
        if column.link is None:
            continue
        place = profile.where("columns", name, "link")
        if name != "customer_key":
            yield Fault(place, "wrong-type", f"{name}: only the identifiers of a customer are linked; delete 'link'")
        for source in column.link.kinds:
            if source not in column.columns:
                message = f"link: '{source}' is none of the columns{hint(source, column.columns)}"
                yield Fault(profile.where("columns", name, "link", "kinds", source), "unknown-key", message)
        for source in set(column.link.file_columns) - set(column.columns):
            yield Fault(place, "unknown-key", f"link: '{source}' is none of the columns{hint(source, column.columns)}")


def _lists_of_fields(profile: Profile) -> Iterator[Fault]:
    for group, names in (("lacks", profile.lacks), ("free_text", profile.free_text)):
        place = profile.where(group)
        for name in names:
            if name not in FIELDS:
                yield Fault(place, "unknown-key", f"{group}: unknown field '{name}'{hint(name, FIELDS, most=30)}")
            elif group == "lacks" and name in profile.columns:
                yield Fault(place, "duplicate-id", f"lacks: '{name}' is mapped to a column; delete one")
            elif group == "free_text" and (FIELDS[name].kind != "word" or FIELDS[name].words):
                yield Fault(place, "wrong-type", f"free_text: '{name}' holds no free words; delete it")


def _form(profile: Profile) -> Iterator[Fault]:
    """Settings of one form of file in a profile of another."""
    for key, forms in (("records", ("json", "genesys")), ("case_object", ("ocel",))):
        if getattr(profile, key) is not None and profile.format not in forms:
            yield Fault(
                profile.where(key), "wrong-type", f"{key}: has no meaning in a {profile.format} file; delete it"
            )
