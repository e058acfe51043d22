"""What do the values of a column look like: times, durations, numbers, ids, words, free text, people?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from workbench.log.profile import MISSING
from workbench.log.proposing.vocabulary import FREE_TEXT_NAMES, PERSONAL_NAMES, says

Kind = Literal["empty", "time", "date", "clock", "length", "number", "id", "word", "text"]

_TRIED = 400
_MOST_UNFIT, _FEW, _MOST_FORMATS = 0.05, 0.02, 3
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?( ?(Z|z|[+-]\d{2}(:?\d{2})?))?")
_ZONED = re.compile(r".*[T ]\d{1,2}:\d{2}.*(Z|z|[+-]\d{2}:?\d{2})")
_CLOCK = re.compile(r"-?\d{1,3}:[0-5]?\d(:[0-5]?\d(\.\d+)?)?")
_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}([.,' ]\d{3})+)([.,]\d+)?")
_DATES = tuple(
    f"{order}{clock}"
    for clock in (" %H:%M:%S", " %H:%M", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p", "")
    for order in ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d/%m/%y", "%d.%m.%y", "%m/%d/%Y", "%m-%d-%Y",
                  "%m/%d/%y", "%Y/%m/%d", "%Y%m%d", "%y%m%d")
)  # fmt: skip
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(\+|00?)[1-9]([ ().-]?\d){7,}")
_ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z]{4}\d{10}")
_PERSON = re.compile(r"[A-Z][a-zà-ÿ'-]+( (van|de|der|den|von|el|al))*( [A-Z][a-zà-ÿ.'-]+)+")
_NAMES_OF_TIMES = ("date", "datum", "time", "tijd", "start", "begin", "end", "at", "on", "op", "created", "timestamp")
FIRST_EPOCH, LAST_EPOCH = 631_152_000, 4_102_444_800


@dataclass(frozen=True)
class Look:
    """What is seen of a column."""

    name: str
    rows: int
    filled: int
    """Rows that say something: neither empty nor a word for 'not recorded'."""
    distinct: int
    kind: Kind
    formats: tuple[str, ...] = ()
    """How its times are written."""
    doubts: tuple[str, ...] = ()
    """What somebody should check."""
    decimal: str | None = None
    """The decimal sign of its numbers, when any shows one."""
    zoned: bool = False
    most: tuple[str, int] = ("", 0)
    """The most frequent value and its number; not to be shown."""
    words: Counter[str] = field(default_factory=Counter)
    """The values and their numbers; not to be shown but for words that mean one of ours."""
    personal: str | None = None
    """Why it may name a person or be free text."""
    negative: int = 0
    zeros: int = 0

    @property
    def unique(self) -> bool:
        """Whether every row has another value."""
        return self.rows > 0 and self.distinct == self.rows == self.filled


def look_at(name: str, values: Sequence[str | None]) -> Look:
    """What a column looks like.

    Example:
        >>> look = look_at("Datum", ["1-7-26 9:05", "31-12-25 10:00", None])
        >>> look.kind, look.formats, look.filled
        ('time', ('%d-%m-%y %H:%M',), 2)
    """
    words = Counter(value for value in values if value is not None and value not in MISSING)
    filled, rows = sum(words.values()), len(values)
    if not filled:
        return Look(name, rows, 0, 0, "empty")
    kind, formats, doubts = _kind(name, words)
    numbers = [_as_number(word) for word in words] if kind == "number" else []
    return Look(
        name, rows, filled, len(words), kind, formats, doubts,
        decimal=_decimal(words) if kind == "number" else None,
        zoned=kind == "time" and all(_ZONED.fullmatch(word) for word in list(words)[:_TRIED]),
        most=words.most_common(1)[0],
        words=words,
        personal=_personal(name, kind, words),
        negative=sum(words[word] for word, number in zip(words, numbers, strict=False) if number < 0)
        + sum(n for word, n in words.items() if kind in ("clock", "length") and word.startswith("-")),
        zeros=sum(n for word, n in words.items() if re.fullmatch(r"0*[:.,0]*0", word)),
    )  # fmt: skip


def _kind(name: str, counted: Counter[str]) -> tuple[Kind, tuple[str, ...], tuple[str, ...]]:
    words = list(counted)
    tried = words[:: max(1, len(words) // _TRIED)][: 2 * _TRIED]
    if all(_CLOCK.fullmatch(word) for word in tried):
        return ("clock" if _is_time_of_day(tried) else "length"), (), ()
    if time := _time_formats(name, {word: counted[word] for word in tried}):
        return time
    if all(_NUMBER.fullmatch(word) for word in tried):
        form = _numbered_time(name, [_as_number(word) for word in tried])
        if form:
            return "time", (form,), (f"numbers that count as times ({form})",)
        whole = all(re.fullmatch(r"\d+", word) for word in tried)
        return ("id" if whole and any(len(word) > 1 and word.startswith("0") for word in tried) else "number"), (), ()
    if sum(map(len, words)) / len(words) > 40 or sum(word.count(" ") for word in words) / len(words) > 4:
        return "text", (), ()
    return "word", (), ()


def _time_formats(name: str, counted: Mapping[str, int]) -> tuple[Kind, tuple[str, ...], tuple[str, ...]] | None:
    """The ways in which nearly all rows are times, the most frequent first; None when they are not."""
    rest, formats, doubts = set(counted), list[str](), list[str]()
    rows = sum(counted.values())
    while rest and len(formats) < _MOST_FORMATS:
        if all(re.fullmatch(r"\d+", word) for word in rest) and not says(name, _NAMES_OF_TIMES):
            break
        fitting = {form: {word for word in rest if _fits(word, form)} for form in ("iso", *_DATES)}
        form = max(fitting, key=lambda form: _rows(counted, fitting[form]))
        if _rows(counted, fitting[form]) <= _FEW * rows:
            break
        doubts += _ambiguous(form, [other for other, found in fitting.items() if found == fitting[form]])
        formats.append(form)
        rest -= fitting[form]
    unfit = _rows(counted, rest) / rows
    if not formats or unfit > _MOST_UNFIT:
        return None
    if rest:
        doubts.append(f"about {unfit:.0%} are written in another way; without a start a row is quarantined")
    timed = any("%H" in form or "%I" in form for form in formats)
    timed = timed or ("iso" in formats and any(":" in word for word in counted))
    return ("time" if timed else "date"), tuple(formats), tuple(doubts)


def _rows(counted: Mapping[str, int], words: Iterable[str]) -> int:
    return sum(counted[word] for word in words)


def _fits(word: str, form: str) -> bool:
    if form == "iso":
        return bool(_ISO.fullmatch(word))
    try:
        return bool(datetime.strptime(word, form))
    except ValueError:
        return False


def _ambiguous(first: str, formats: Sequence[str]) -> list[str]:
    """Whether day and month, or day and year, could be read in another order."""
    found = []
    if first.startswith("%d") and any(form.startswith("%m") for form in formats):
        found.append("no day beyond the 12th was seen: day and month could be the other way round; day first is taken")
    if first.startswith("%d") and any(form.startswith(("%y", "%Y")) for form in formats):
        found.append("day and year could be the other way round")
    return found


def _is_time_of_day(words: Iterable[str]) -> bool:
    """Whether hh:mm tells the time and not how long: no hour beyond 23, and most hours those of a day's work."""
    hours = [int(word.split(":")[0]) for word in words]
    return all(0 <= hour <= 23 for hour in hours) and sum(hour >= 6 for hour in hours) >= 0.6 * len(hours)


def _numbered_time(name: str, numbers: Sequence[float]) -> str | None:
    """Whether numbers are seconds or milliseconds since 1970, or days of a spreadsheet."""
    if all(FIRST_EPOCH * 1000 <= number < LAST_EPOCH * 1000 for number in numbers):
        return "epoch_ms"
    named = says(name, _NAMES_OF_TIMES)
    if named and all(FIRST_EPOCH <= number < LAST_EPOCH for number in numbers):
        return "epoch"
    if named and all(20_000 <= number <= 80_000 for number in numbers):
        return "excel"
    return None


def _as_number(word: str) -> float:
    text = word.replace("'", "").replace(" ", "")
    if "," in text and "." in text:
        last = max(text.rindex(","), text.rindex("."))
        text = text[:last].replace(",", "").replace(".", "") + "." + text[last + 1 :]
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0


def _decimal(words: Iterable[str]) -> str | None:
    """The decimal sign, where it can be seen: a sign before other than three digits, or the last of two signs."""
    for word in words:
        if "," in word and "." in word:
            return "," if word.rindex(",") > word.rindex(".") else "."
        for sign in ",.":
            if sign in word and len(word.rpartition(sign)[2]) != 3:
                return sign
    return None


def _personal(name: str, kind: Kind, words: Counter[str]) -> str | None:
    """Why a column may name a person; its name or its values say so."""
    sample = [word for word, _ in words.most_common(_TRIED)]
    for what, pattern in (("e-mail addresses", _MAIL), ("account numbers", _ACCOUNT)):
        if sum(bool(pattern.search(word)) for word in sample) >= 0.1 * len(sample):
            return what
    if kind in ("word", "id", "number") and sum(bool(_PHONE.fullmatch(word)) for word in sample) >= 0.5 * len(sample):
        return "phone numbers"
    if kind in ("number", "id") and all(_citizen_number(word) for word in sample) and len(sample) >= 5:
        return "citizen service numbers"
    if kind == "text" or says(name, FREE_TEXT_NAMES):
        return "free text"
    named = sum(bool(_PERSON.fullmatch(word)) for word in sample)
    if kind == "word" and len(sample) > 20 and named >= 0.6 * len(sample):
        return "names of people"
    about = says(name, PERSONAL_NAMES) and not says(name, ("group", "team", "position"))
    if kind in ("word", "id", "number") and about:
        return "its name says it is about a person"
    return None


def _citizen_number(word: str) -> bool:
    """Whether nine digits pass the eleven test of the Dutch citizen service number."""
    if not re.fullmatch(r"\d{9}", word):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, word, strict=True)) % 11 == 0
