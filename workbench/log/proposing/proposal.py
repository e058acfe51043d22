"""Which profile fits a file nobody has described? A proposal in YAML, with what was guessed, why, and what to check.

No value of the file is shown in it but words that mean a word of ours ('Telefoon' for phone) and ids that name nobody
('0', 'onbekend').
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

from workbench.log.contact import FIELDS
from workbench.log.daily_profile import parse_daily_profile
from workbench.log.errors import LogError
from workbench.log.profile import Profile
from workbench.log.profile_files import built_in_profiles, load_profile, parse_profile
from workbench.log.proposing.evidence import Look, look_at
from workbench.log.proposing.fields import Guess, guesses, quoted
from workbench.log.proposing.sample import Sample, sample_of
from workbench.log.proposing.vocabulary import DAILY_NAMES, plain, says
from workbench.log.sources.ocel import object_types

_WIDTH = 110
_ASKED = ("customer_key", "case_key", "channel", "reason", "handling_time_s", "wait_s", "outcome")


def propose(file: str | Path, *, recognise: bool = True) -> str:
    """The text of a profile for a file: commented YAML that loads as it is.

    Args:
        file: a log of contacts, or a table of daily figures.
        recognise: whether a built-in profile is proposed where one fits.

    Raises:
        LogError: the file holds no records, or none with a time.
    """
    path = Path(file)
    sample = sample_of(path)
    known = _recognised(sample) if recognise or sample.format == "xes" else None
    if known:
        text = _extending(known, sample)
        parse_profile(text.encode(), f"{path.stem}.yaml")
        return text
    if not sample.rows:
        raise LogError(f"{path}: holds no records to look at")
    looks = {name: look_at(name, values) for name, values in sample.columns.items()}
    daily = _daily(sample, looks)
    if daily:
        parse_daily_profile(daily.encode(), f"{path.stem}.yaml")
        return daily
    if not any(look.kind in ("time", "date") for look in looks.values()):
        raise LogError(f"{path}: no column holds times, so these are no contacts; is it another table?")
    text = _written(sample, looks, guesses(sample, looks))
    parse_profile(text.encode(), f"{path.stem}.yaml")
    return text


def _recognised(sample: Sample) -> str | None:
    """The built-in profile whose columns the file has; of several the one with most."""
    names = set(sample.columns)
    if sample.format == "xes":
        return "xes"
    if {"participants", "conversationId"} <= names or sample.settings.get("records") == "conversations":
        return "genesys_conversations"
    if sample.format == "json" and any(name.startswith("conversationStart") for name in names):
        return "genesys_conversations"
    if sample.settings.get("records") in ("events", "objects", "eventTypes", "objectTypes"):
        return "ocel"
    fitting = {}
    for name in built_in_profiles():
        profile = load_profile(name)
        if profile.format == sample.format and _has_columns(profile, names):
            fitting[name] = sum(column in names for column in profile.wanted)
    return max(fitting, key=lambda name: fitting[name]) if fitting else None


def _has_columns(profile: Profile, names: set[str]) -> bool:
    there = sum(column in names for column in profile.wanted)
    start = set(profile.columns["started_at"].columns) <= names
    if profile.format == "json" or profile.columns_optional:
        least = 3 if set(profile.columns) >= set(FIELDS) - {"source"} else 0.5 * len(profile.wanted)
        return start and there >= least
    return start and there == len(profile.wanted)


def _extending(name: str, sample: Sample) -> str:
    lines = [*_comment(f"Proposed for {sample.file.name}. Its columns are those of the built-in profile '{name}'.")]
    lines += [line for seen in sample.seen for line in _comment(seen)]
    lines += [*_comment("What is written here goes before the built-in profile: maps merge, lists replace.")]
    lines.append(f"extends: {name}")
    for key, value in sample.settings.items():
        if key in ("separator", "encoding", "skip_lines"):
            lines.append(f"{key}: {value}")
    if name == "ocel":
        types = sorted(object_types(sample.file).items(), key=lambda pair: -pair[1])
        lines += _comment(
            f"Types of objects: {', '.join(f'{kind} ({n})' for kind, n in types)}. CHECK which is the case."
        )
        if types:
            lines.append(f"case_object: {quoted(types[0][0])}")
    return "\n".join(lines) + "\n"


def _written(sample: Sample, looks: Mapping[str, Look], found: Mapping[str, Guess]) -> str:
    many = "all" if sample.whole else "the first"
    lines = _comment(
        f"Proposed for {sample.file.name} after a look at {many} {sample.rows:,} records. Every guess says why; check "
        "what says CHECK, and try it with `workbench log ingest`."
    )
    lines += [line for seen in sample.seen for line in _comment(seen)]
    lines.append(f"format: {sample.format}")
    lines += [f"{key}: {value}" for key, value in sample.settings.items()]
    lines += _decimals(looks, found)
    lines += _sentinels(looks, found)
    lines.append("columns:")
    for field in FIELDS:
        if field in found:
            lines += _field(field, found[field])
    lines += _from_start_to_end(found)
    lines += _constants(found)
    lines += _left_out(looks, found)
    return "\n".join(lines) + "\n"


def _field(field: str, guess: Guess) -> list[str]:
    doubts = [f"CHECK: {why}" if "guess" in why or "could be" in why or "?" in why else why for why in guess.why]
    lines = [line for doubt in doubts for line in _comment(doubt, "  ")]
    columns = ", ".join(quoted(name) for name in guess.columns)
    columns = f"[{columns}]" if len(guess.columns) > 1 else columns
    if not guess.options:
        return [*lines, f"  {field}: {columns}"]
    return [*lines, f"  {field}:", f"    columns: {columns}", *(f"    {key}: {value}" for key, value in guess.options)]


def _decimals(looks: Mapping[str, Look], found: Mapping[str, Guess]) -> list[str]:
    used = [looks[name] for guess in found.values() for name in guess.columns]
    signs = {look.decimal for look in used if look.decimal}
    if signs == {","}:
        return [*_comment("numbers such as 12,5 were seen"), 'decimal: ","', 'thousands: "."']
    if len(signs) == 2:
        return [*_comment("CHECK: numbers with a decimal comma and with a decimal point were seen; the point is taken")]
    return []


def _sentinels(looks: Mapping[str, Look], found: Mapping[str, Guess]) -> list[str]:
    """Zeros that stand for 'not recorded' in times of day and in the ids of customers."""
    lines = []
    for field in ("answered_at", "ended_at"):
        for name in found[field].columns if field in found else ():
            zeros = [word for word in looks[name].words if set(word) <= set("0:")]
            if looks[name].kind == "clock" and zeros:
                written = ", ".join(quoted(word) for word in sorted(zeros))
                lines.append(f"  {quoted(name)}: [{written}]")
    return [*_comment("midnight sharp seems to mean that it never happened"), "missing_in:", *lines] if lines else []


def _from_start_to_end(found: Mapping[str, Guess]) -> list[str]:
    """A start and an end do not say whether anybody was at work between them."""
    if "handling_time_s" in found or "ended_at" not in found or len(found["started_at"].columns) > 1:
        return []
    start, end = found["started_at"].columns[0], found["ended_at"].columns[0]
    return _comment(
        "CHECK: from start to end may be handling time, or the time a mail waited. Where it is handling, say so, if "
        f"need be with only_where: handling_time_s: {{columns: {quoted(start)}, until: {quoted(end)}}}"
    )


def _constants(found: Mapping[str, Guess]) -> list[str]:
    missing = [field for field in ("channel", "touchpoint", "direction") if field not in found]
    if not missing:
        return []
    return _comment(
        f"Nothing tells the {', '.join(missing)}. Where it is the same for all, say so: "
        "constants: {channel: phone, touchpoint: call_centre, direction: inbound}"
    )


def _left_out(looks: Mapping[str, Look], found: Mapping[str, Guess]) -> list[str]:
    """What is not read, what must never be, and what the source lacks."""
    used = {name for guess in found.values() for name in guess.columns}
    personal = {name: look.personal for name, look in looks.items() if look.personal and name not in used}
    lines = []
    if personal:
        lines += [line for name, why in personal.items() for line in _comment(f"{name}: {why}")]
        lines.append(f"drop: [{', '.join(quoted(name) for name in personal)}]")
    rest = [name for name in looks if name not in used and name not in personal]
    if rest:
        lines += _comment(f"Not read: {', '.join(rest)}.")
    tests = [name for name in looks if says(name, ("test", "is test", "proef"))]
    if tests:
        rule = f'filters: [{{column: {quoted(tests[0])}, drop: "true", reason: test contact}}]'
        lines += _comment(f"CHECK: '{tests[0]}' may mark test contacts; leave them out with a filter: {rule}")
    lacks = [field for field in _ASKED if field not in found]
    if lacks:
        lines += [*_comment("What no column seems to give; it will be said wherever it is wanted."),
                  f"lacks: [{', '.join(lacks)}]"]  # fmt: skip
    if "contact_id" not in found:
        lines += _comment(
            "CHECK: no column, and no two together, differ in every row, so rows that are alike in all that is read "
            "count as one contact; `identical_rows: keep` counts them all."
        )
    return lines


def _daily(sample: Sample, looks: Mapping[str, Look]) -> str | None:
    """The daily profile of a table with a row a day and counts beside it."""
    days = [look for look in looks.values() if look.kind == "date" and look.unique]
    figures = {}
    for figure, names in DAILY_NAMES.items():
        for look in looks.values():
            if look.kind in ("number", "length") and plain(look.name) in names and figure not in figures:
                figures[figure] = look
    if len(days) != 1 or "offered" not in figures:
        return None
    lines = _comment(
        f"Proposed for {sample.file.name}: a row a day ({sample.rows:,} days), so no contacts but daily figures. Show "
        "them with `workbench log daily`."
    )
    lines += [line for seen in sample.seen for line in _comment(seen)]
    lines.append(f"format: {sample.format}")
    lines += [f"{key}: {value}" for key, value in sample.settings.items()]
    lines += [line for doubt in days[0].doubts for line in _comment(f"CHECK: {doubt}")]
    form = days[0].formats[0]
    lines.append(f"formats: {form if form == 'iso' else quoted(form)}")
    if any(look.decimal == "," for look in figures.values()):
        lines += ['decimal: ","', 'thousands: "."']
    level = figures.get("service_level")
    if level and any(float(word.replace(",", ".")) > 1 for word in level.words):
        lines.append("per_cent: yes")
    lines += ["figures:", f"  day: {quoted(days[0].name)}"]
    lines += [f"  {figure}: {quoted(look.name)}" for figure, look in figures.items()]
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ",
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip
