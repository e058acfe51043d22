"""How are times, durations, numbers and words read from what a source wrote? Written as SQL expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.log.contact import Field
from workbench.log.profile import DurationUnit
from workbench.log.sql import literal, literals

LONGEST_WORD = 100
ANY_OTHER = "*"
"""The word of a source that stands for every word that is not listed."""

_YEAR_S = 366 * 86_400
_MOST = 1e15
_LAST_EPOCH_US = 4_102_444_800_000_000

_NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL", "UTINYINT",
            "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")  # fmt: skip
_ISO = r"\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
_OFFSET = r" ?(Z|z|[+-]\d{2}(:?\d{2})?)"
_FACTORS: dict[DurationUnit, float] = {"s": 1, "ms": 0.001, "min": 60, "h": 3600, "days": 86_400}
_MACHINE_ID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_PERSONAL = "|".join(
    (
        r"[^@\s]@[A-Za-z0-9-]+\.[A-Za-z]",  # e-mail address
        r"(^|[^0-9])(\+|00?)[1-9]([ ().-]?[0-9]){7,}",  # phone number
        r"(^|[^0-9])[0-9]{9}($|[^0-9])",  # citizen service number
        r"[A-Z]{2}[0-9]{2}[ ]?[A-Z]{4}[ ]?([0-9][ ]?){10}",  # account number
    )
)
_YES = ("yes", "y", "true", "t", "1", "j", "ja", "x")
_NO = ("no", "n", "false", "f", "0", "nee")


def is_numeric(sql_type: str) -> bool:
    """Whether a column holds numbers already.

    Example:
        >>> is_numeric("DECIMAL(10,2)"), is_numeric("VARCHAR")
        (True, False)
    """
    return sql_type.partition("(")[0] in _NUMERIC


def instant(value: str, sql_type: str, formats: Sequence[str], time_zone: str) -> str:
    """The moment in UTC; of a wall time that occurs twice the later, one that is skipped moves forward.

    Args:
        value: the SQL of a text, a number or a time.
        sql_type: its SQL type.
        formats: how texts are written; the first that fits counts.
        time_zone: the zone of wall times.
    """
    if sql_type == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('UTC', {value})"
    local, absolute = _wall_time(value, sql_type, formats), _absolute(value, sql_type, formats)
    zoned = f"timezone('UTC', timezone({literal(time_zone)}, {local}))" if local else ""
    parts = [part for part in (absolute, zoned) if part]
    return f"coalesce({', '.join(parts)})" if parts else "CAST(NULL AS TIMESTAMP)"


def clock_change(value: str, sql_type: str, formats: Sequence[str], time_zone: str) -> str:
    """Whether a wall time is one that a change of the clock skips or repeats, in words; else NULL."""
    local = _wall_time(value, sql_type, formats)
    if not local or time_zone == "UTC" or sql_type == "TIMESTAMP WITH TIME ZONE":
        return "CAST(NULL AS VARCHAR)"
    zone = literal(time_zone)
    there_and_back = f"timezone({zone}, timezone({zone}, {local}))"
    hour_before = f"timezone({zone}, timezone({zone}, {local}) - INTERVAL 1 HOUR)"
    return (
        f"CASE WHEN {there_and_back} <> {local} THEN 'wall time skipped by the clock, moved forward' "
        f"WHEN {hour_before} = {local} THEN 'wall time that occurs twice, the later taken' END"
    )


def _wall_time(value: str, sql_type: str, formats: Sequence[str]) -> str:
    """A time without zone, or nothing when no format gives one."""
    if sql_type.startswith("TIMESTAMP") or sql_type == "DATE":
        return f"CAST({value} AS TIMESTAMP)"
    parts = []
    for form in formats:
        if form == "excel":
            days = f"TRY_CAST({value} AS DOUBLE)"
            # Serial 60 is a day that never was; 1 March 1900 is 61, so the count starts at 30 December 1899.
            seconds = f"CAST(round({days} * 86400) AS BIGINT)"
            parts.append(
                f"CASE WHEN {days} BETWEEN 61 AND 2958465 THEN TIMESTAMP '1899-12-30' + to_seconds({seconds}) END"
            )
        elif form == "iso" and sql_type == "VARCHAR":
            parts.append(f"CASE WHEN regexp_full_match({value}, '{_ISO}') THEN TRY_CAST({value} AS TIMESTAMP) END")
        elif form not in ("iso", "epoch", "epoch_ms") and "%z" not in form and sql_type == "VARCHAR":
            parts.append(f"try_strptime({value}, {literal(form)})")
    return f"coalesce({', '.join(parts)})" if parts else ""


def _absolute(value: str, sql_type: str, formats: Sequence[str]) -> str:
    """A moment in UTC of a text or number that carries its zone, or nothing when no format gives one."""
    parts = []
    for form in formats:
        if form in ("epoch", "epoch_ms"):
            factor = 1_000_000 if form == "epoch" else 1000
            number = f"TRY_CAST({value} AS DOUBLE)"
            micros = f"CAST(round({number} * {factor}) AS BIGINT)"
            parts.append(
                f"CASE WHEN abs({number}) < {4_102_444_800 * 1_000_000 // factor} THEN make_timestamp({micros}) END"
            )
        elif form == "iso" and sql_type == "VARCHAR":
            moment = f"timezone('UTC', TRY_CAST({value} AS TIMESTAMPTZ))"
            parts.append(f"CASE WHEN regexp_full_match({value}, '{_ISO}{_OFFSET}') THEN {moment} END")
        elif "%z" in form and sql_type == "VARCHAR":
            parts.append(f"timezone('UTC', try_strptime({value}, {literal(form)}))")
    return f"coalesce({', '.join(parts)})" if parts else ""


def number(value: str, sql_type: str, decimal: str = ".", thousands: str | None = None) -> str:
    """A finite number; a text with another decimal sign than the stated one is not read."""
    if is_numeric(sql_type):
        return f"CAST({value} AS DOUBLE)"
    text = f"CAST({value} AS VARCHAR)"
    sign = "\\" + decimal
    whole = r"\d+" if thousands is None else rf"(\d+|\d{{1,3}}([{thousands}]\d{{3}})+)"
    pattern = rf"[-+]?({whole}({sign}\d*)?|{sign}\d+)([eE][-+]?\d{{1,2}})?"
    bare = text if thousands is None else f"replace({text}, {literal(thousands)}, '')"
    plain = bare if decimal == "." else f"replace({bare}, ',', '.')"
    return f"CASE WHEN regexp_full_match({text}, {literal(pattern)}) THEN TRY_CAST({plain} AS DOUBLE) END"


def seconds(value: str, sql_type: str, unit: DurationUnit, decimal: str = ".", thousands: str | None = None) -> str:
    """A duration in seconds from a number in a unit or from hh:mm:ss."""
    if sql_type in ("INTERVAL", "TIME"):
        return f"CAST(epoch({value}) AS DOUBLE)"
    if unit in _FACTORS:
        factor = _FACTORS[unit]
        plain = number(value, sql_type, decimal, thousands)
        return plain if factor == 1 else f"{plain} * {factor}"
    text = f"CAST({value} AS VARCHAR)"
    parts = [f"TRY_CAST(split_part(ltrim({text}, '-'), ':', {place}) AS DOUBLE)" for place in (1, 2, 3)]
    if unit == "hh:mm:ss":
        pattern, total = r"-?\d+:[0-5]?\d:[0-5]?\d(\.\d+)?", f"{parts[0]} * 3600 + {parts[1]} * 60 + {parts[2]}"
    else:
        pattern, total = r"-?\d+:[0-5]?\d(\.\d+)?", f"{parts[0]} * 60 + {parts[1]}"
    sign = f"CASE WHEN starts_with({text}, '-') THEN -1 ELSE 1 END"
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {sign} * ({total}) END"


def word(text: str, values: Mapping[str, str], *, keep: bool = True) -> str:
    """The word of ours for a word of the source; an unlisted word is kept as it is, or dropped."""
    plain = f"CAST({text} AS VARCHAR)"
    if not values:
        return plain if keep else "CAST(NULL AS VARCHAR)"
    listed = [(source, ours) for source, ours in values.items() if source != ANY_OTHER]
    cases = " ".join(f"WHEN {literal(source)} THEN {literal(ours)}" for source, ours in listed)
    other = plain if keep else "NULL"
    if ANY_OTHER in values:
        other = f"CASE WHEN {plain} IS NOT NULL THEN {literal(values[ANY_OTHER])} END"
    return f"CASE {plain} {cases} ELSE {other} END" if cases else other


def plain_word(text: str, *, free: bool = False) -> str:
    """A word, or NULL for what is too long, has control characters or bytes outside the encoding, or names a person.

    Args:
        text: the SQL of a text.
        free: whether e-mail addresses, phone, account and citizen numbers may stand in it.
    """
    length, odd = f"length({text}) <= {LONGEST_WORD}", r"[\x00-\x1f\x7f\x{FFFD}]"
    if free:
        return f"CASE WHEN {length} AND NOT regexp_matches({text}, '{odd}') THEN {text} END"
    # Ids of machines hold long numbers too; they are looked at only in the few words that seem to name a person.
    bare = f"regexp_replace({text}, '{_MACHINE_ID}', '', 'g')"
    named = f"regexp_matches({text}, '{odd}|{_PERSONAL}')"
    still = f"(regexp_matches({text}, '{odd}') OR regexp_matches({bare}, '{_PERSONAL}'))"
    return f"CASE WHEN {length} AND NOT {named} THEN {text} WHEN {length} AND NOT {still} THEN {text} END"


def closed(text: str, words: Sequence[str]) -> str:
    """One of some words, in any case, or NULL."""
    return f"CASE WHEN lower({text}) IN ({literals(words)}) THEN lower({text}) END"


def flag(text: str) -> str:
    """Yes or no in Dutch or English, 1 or 0, true or false; else NULL."""
    yes, no = (f"lower({text}) IN ({literals(words)})" for words in (_YES, _NO))
    return f"CASE WHEN {yes} THEN true WHEN {no} THEN false END"


def faults(field: Field, value: str) -> list[tuple[str, str]]:
    """Tests on a value that was read, each with the reason to null it."""
    if field.kind == "seconds":
        return [(f"{value} < 0", "negative"), (f"{value} > {_YEAR_S}", "longer than a year")]
    if field.kind == "count":
        return [(f"{value} < 0", "negative"), (f"{value} > 1000 OR {value} <> floor({value})", "not a count")]
    if field.kind == "number":
        return [(f"abs({value}) > {_MOST:.0f} OR NOT isfinite({value})", "not a number in reach")]
    return []
