"""Which column gives which field of a contact, and from what evidence?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from workbench.log.proposing.evidence import Look
from workbench.log.proposing.sample import Sample
from workbench.log.proposing.vocabulary import BUCKET_WORDS, fit, our_words, says

DURATIONS = ("handling_time_s", "wait_s", "ivr_time_s")
_MOST_WORDS = 200


@dataclass(frozen=True)
class Guess:
    """Where a field comes from: what is written in the profile after its name, and why."""

    columns: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    """Key and value, as YAML writes them."""
    why: tuple[str, ...] = ()


def guesses(sample: Sample, looks: Mapping[str, Look]) -> dict[str, Guess]:
    """Field of the contact: the column that seems to give it."""
    found = _times(looks)
    used = {name for guess in found.values() for name in guess.columns}
    for field in DURATIONS:
        _add(found, used, field, _duration(field, looks, used))
    _add(found, used, "customer_key", _customer(looks, used))
    _add(found, used, "case_key", _case(looks, used))
    _add(found, used, "contact_id", _contact_id(sample, looks, found))
    _add(found, used, "resolved", _flag(looks, used))
    for field in ("effort_score", "layer_count"):
        _add(found, used, field, _number(field, looks, used))
    for field in ("channel", "direction", "outcome"):
        _add(found, set(), field, _closed(field, looks, used))
    shared = set(used)
    for field in ("touchpoint", "reason", "agent_group", "persona", "content_id"):
        _add(found, shared, field, _word(field, looks, shared))
    return found


def _add(found: dict[str, Guess], used: set[str], field: str, guess: Guess | None) -> None:
    if guess:
        found[field] = guess
        used.update(guess.columns)


def _best(field: str, looks: Iterable[Look]) -> Look | None:
    fitting = sorted(((fit(look.name, field), look) for look in looks), key=lambda pair: -pair[0])
    return fitting[0][1] if fitting and fitting[0][0] else None


def _times(looks: Mapping[str, Look]) -> dict[str, Guess]:
    """The start, and the answer and the end where their names say so; a day and a time of day are joined."""
    whole = [look for look in looks.values() if look.kind == "time"]
    days = [look for look in looks.values() if look.kind == "date"]
    clocks = [look for look in looks.values() if look.kind == "clock"]
    found: dict[str, Guess] = {}
    start = _best("started_at", whole) or (whole[0] if whole and not days else None)
    if start:
        found["started_at"] = _of_time(start)
    elif days:
        day = _best("started_at", days) or days[0]
        clock = _best("started_at", clocks) or (clocks[0] if clocks else None)
        found["started_at"] = _joined(day, clock) if clock else _of_time(day)
    elif whole:
        found["started_at"] = _of_time(whole[0])
    for field in ("answered_at", "ended_at"):
        other = _best(field, (look for look in whole if look.name not in found["started_at"].columns))
        late = _best(field, (look for look in clocks if look.name not in found["started_at"].columns))
        if other:
            found[field] = _of_time(other)
        elif late and days and len(found["started_at"].columns) == 2:
            found[field] = _joined(days[0], late)
    return found


def _of_time(look: Look) -> Guess:
    why = [*look.doubts, *_unfilled(look)]
    if look.kind == "date":
        why.append("it has no time of day, so nothing can be said about hours")
    if not look.zoned:
        why.append("it states no time zone; that of the project is taken")
    forms = ", ".join(map(_form, look.formats))
    return Guess((look.name,), (("formats", f"[{forms}]" if len(look.formats) > 1 else forms),), tuple(why))


def _unfilled(look: Look) -> list[str]:
    empty = look.rows - look.filled
    return [f"{empty} of {look.rows} rows say nothing here; a row without a start is quarantined"] if empty else []


def _joined(day: Look, clock: Look) -> Guess:
    seconds = any(word.count(":") == 2 for word in list(clock.words)[:50])
    date = "%Y-%m-%d" if day.formats[0] == "iso" else day.formats[0]
    form = f"{date} %H:%M{':%S' if seconds else ''}"
    return Guess((day.name, clock.name), (("formats", _form(form)),), (*day.doubts, "day and time of day are joined"))


def _form(form: str) -> str:
    return form if form.isidentifier() else f'"{form}"'


def _duration(field: str, looks: Mapping[str, Look], used: set[str]) -> Guess | None:
    look = _best(field, (one for one in looks.values() if one.kind in ("number", "length") and one.name not in used))
    if look is None:
        return None
    unit, why = _unit(look)
    said = [f"unit: {why}"]
    if look.negative:
        said.append(f"{look.negative} of {look.filled} are below zero; they are nulled and their rows kept")
    if look.zeros:
        said.append(f"{look.zeros} of {look.filled} are 0: is that no time at all, or not recorded? see `missing_in`")
    return Guess((look.name,), () if unit == "s" else (("unit", f'"{unit}"'),), tuple(said))


def _unit(look: Look) -> tuple[str, str]:
    """The unit of a duration: by how it is written, by its name, or by its size."""
    if look.kind == "length":
        return ("hh:mm:ss" if any(word.count(":") == 2 for word in look.words) else "mm:ss"), "as it is written"
    for unit, names in (("ms", ("ms", "milliseconds", "millis")), ("min", ("min", "minutes", "minuten", "mins")),
                        ("s", ("s", "sec", "secs", "seconds", "seconden")), ("h", ("hours", "uren"))):  # fmt: skip
        if says(look.name, names):
            return unit, "its name says so"
    plain = (word.replace(",", ".") for word in look.words)
    numbers = sorted(float(word) for word in plain if word.replace(".", "", 1).isdigit())
    middle = numbers[len(numbers) // 2] if numbers else 0.0
    return ("ms", "a guess by their size") if middle > 20_000 else ("s", "a guess; nothing says it is not minutes")


def _customer(looks: Mapping[str, Look], used: set[str]) -> Guess | None:
    """The customer's id; else phone number and e-mail address, linked."""
    ids = [look for look in looks.values() if look.kind in ("id", "number", "word") and look.name not in used]
    look = _best("customer_key", (one for one in ids if one.distinct > 1))
    if look:
        return Guess((look.name,), *_bucket(look))
    kinds = {"phone numbers": "phone", "e-mail addresses": "email"}
    people = [one for one in ids if one.personal in kinds and not says(one.name, ("agent", "medewerker", "employee"))]
    if not people:
        return None
    written = ", ".join(f"{quoted(one.name)}: {kinds[str(one.personal)]}" for one in people)
    why = "phone numbers and e-mail addresses become pseudonyms, and those on one row one customer"
    return Guess(tuple(one.name for one in people), (("link", f"{{kinds: {{{written}}}}}"),), (why,))


def _bucket(look: Look) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """An id that stands for many customers: shown when it names nobody."""
    word, n = look.most
    if n < 50 or n < 0.05 * look.filled:
        return (), ()
    said = f"one id stands in {n} of {look.filled} rows"
    if word.lower() in BUCKET_WORDS:
        return (("buckets", f"[{quoted(word)}]"),), (f"{said} and seems to mean 'not known'",)
    return (), (f"{said} (masked here: {len(word)} signs): if it stands for many customers, list it under `buckets`",)


def _case(looks: Mapping[str, Look], used: set[str]) -> Guess | None:
    ids = (look for look in looks.values() if look.kind in ("id", "number", "word") and look.name not in used)
    look = _best("case_key", (one for one in ids if one.distinct > 1))
    return Guess((look.name,)) if look else None


def _contact_id(sample: Sample, looks: Mapping[str, Look], found: Mapping[str, Guess]) -> Guess | None:
    """A column that differs in every row, or two that do only together; without one, rows that are alike are one."""
    barred = {name for field in ("started_at", "answered_at", "ended_at", *DURATIONS) if field in found
              for name in found[field].columns}  # fmt: skip
    able = [look for look in looks.values() if look.kind in ("id", "number", "word") and look.name not in barred]
    able = [look for look in able if look.filled == look.rows and (look.decimal is None) and not look.negative]
    alone = [look for look in able if look.unique]
    if alone:
        look = _best("contact_id", alone) or alone[0]
        return Guess((look.name,), (), (f"it differs in all {look.rows} rows",))
    several = sorted((look for look in able if look.distinct > 2), key=lambda look: -fit(look.name, "contact_id"))[:15]
    for first, second in combinations(several, 2):
        if max(first.distinct, 1) * second.distinct < first.rows:
            continue
        pairs = set(zip(sample.columns[first.name], sample.columns[second.name], strict=True))
        if len(pairs) == first.rows:
            why = f"alone neither differs in every row, together they do ({first.rows} rows)"
            return Guess((first.name, second.name), (), (why,))
    return None


def _flag(looks: Mapping[str, Look], used: set[str]) -> Guess | None:
    words = {"yes", "no", "y", "n", "true", "false", "ja", "nee", "j", "1", "0"}
    flags = [look for look in looks.values() if look.filled and {word.lower() for word in look.words} <= words]
    look = _best("resolved", (one for one in flags if one.name not in used))
    return Guess((look.name,)) if look else None


def _number(field: str, looks: Mapping[str, Look], used: set[str]) -> Guess | None:
    able = (look for look in looks.values() if look.kind == "number" and look.name not in used and look.distinct <= 101)
    look = _best(field, able)
    if look is None:
        return None
    why = ("say on which scale it is, under `constants: {effort_scale: …}`",) if field == "effort_score" else ()
    return Guess((look.name,), (), why)


def _closed(field: str, looks: Mapping[str, Look], used: set[str]) -> Guess | None:
    """A column whose words mean words of ours, by its name or because nearly all of them do."""
    best: tuple[float, Look, dict[str, str]] | None = None
    for look in looks.values():
        if look.name in used or look.kind not in ("word", "number") or not 0 < look.distinct <= 60:
            continue
        meant = our_words(field, list(look.words))
        share = sum(look.words[word] for word in meant) / max(1, look.filled)
        score = share + (fit(look.name, field) / 100 if meant else 0)
        if (share >= 0.5 and fit(look.name, field)) or (share >= 0.8 and len(set(meant.values())) > 1):
            best = max(best or (0.0, look, meant), (score, look, meant), key=lambda one: one[0])
    if best is None:
        return None
    _, look, meant = best
    values = ", ".join(f"{quoted(word)}: {ours}" for word, ours in sorted(meant.items()))
    options = [("values", f"{{{values}}}")]
    others = look.distinct - len(meant)
    why = [f"words known: {len(meant)} of {look.distinct}"]
    if others:
        why.append(f"words not known, and not shown here: {others}; add them under `values`")
        if field != "channel":
            options.append(("unlisted", "drop"))
    return Guess((look.name,), tuple(options), tuple(why))


def _word(field: str, looks: Mapping[str, Look], used: set[str]) -> Guess | None:
    able = [
        look
        for look in looks.values()
        if look.kind == "word" and look.name not in used and not look.personal
        and look.distinct <= _MOST_WORDS and (look.distinct <= 20 or look.distinct <= 0.5 * look.filled)
    ]  # fmt: skip
    look = _best(field, able)
    return Guess((look.name,), (), (f"{look.distinct} words",)) if look else None


def quoted(text: str) -> str:
    r"""A text as YAML may always write it.

    Example:
        >>> quoted("Klant: 'nr'")
        '"Klant: \'nr\'"'
    """
    return json.dumps(text, ensure_ascii=not text.isprintable())
