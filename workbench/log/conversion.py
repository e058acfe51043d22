"""How do the source's columns become the fields of a contact? Written as SQL over a table called `batch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.log import parsing
from workbench.log.contact import FIELDS, Field
from workbench.log.identifiers import identifier
from workbench.log.profile import Column, Filter, Profile
from workbench.log.pseudonym import fingerprint_sql, pseudonym_sql
from workbench.log.sql import literal, literals

_FIRST_YEAR, _LAST_YEAR = 1971, 2099
_JOINT = "chr(31)"
_PLACE = "record, line"
_DATE_FORM = "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T]+[0-9]{1,2}:[0-9]{1,2}(:[0-9.]+)?)?"
_NO_WORD = ("not a word, or names a person", "not a word")


def sql_name(profile: Profile, column: str) -> str:
    """The name in SQL of a source column, whatever signs its own name has."""
    return f"c{profile.wanted.index(column)}"


@dataclass(frozen=True, slots=True)
class Conversion:
    """The reading of one file.

    The batch has the columns `record`, `line` and, for every source column it holds, the name that `sql_name` gives.
    `select` yields `record`, `line`, all fields of the contact, `why_FIELD` (the reason a value was nulled) for each
    field in `nullable`, and `filtered`, `unusable`, `clock` and `start_text`: why the row is no contact, why it has no
    usable start, what a change of the clock did to it, and an unusable start as it is written, letters masked.
    """

    profile: Profile
    types: Mapping[str, str]
    time_zone: str

    @property
    def mapped(self) -> tuple[str, ...]:
        """The fields that come from columns of this file."""
        columns = self.profile.columns
        return tuple(name for name in FIELDS if name in columns and self._given(columns[name]))

    def _given(self, column: Column) -> bool:
        """Whether this file has the columns of a field; of identifiers that are linked one will do."""
        there = [name in self.types for name in column.columns]
        return any(there) if column.link else all(there)

    @property
    def nullable(self) -> tuple[str, ...]:
        """The fields whose unreadable values are nulled and counted."""
        return tuple(name for name in self.mapped if name not in ("started_at", "contact_id"))

    def select(self) -> str:
        """The SQL that turns a batch into contacts."""
        texts = (f"{self._input(FIELDS[name])} AS t_{name}" for name in self.mapped)
        values = (f"{self._value(FIELDS[name])} AS v_{name}" for name in self.mapped)
        return (
            f"WITH clean AS (SELECT {_list((_PLACE, *self._clean()))} FROM batch),\n"
            f"written AS (SELECT *, {_list(texts)} FROM clean),\n"
            f"read AS (SELECT *, {_list(values)} FROM written)\n"
            f"SELECT {_list((_PLACE, *self._contact()))} FROM read"
        )

    def identifiers(self) -> str:
        """The SQL of `record` and the pseudonyms i0, i1, … of a customer's identifiers, for a profile that links them.

        Nothing that is read leaves this query but as a pseudonym.
        """
        column = self.profile.columns["customer_key"]
        assert column.link is not None
        made = []
        for place, name in enumerate(column.columns):
            plain = self._text(name)
            bucket = f"{plain} IN ({literals(column.buckets)})" if column.buckets else "false"
            known = f"CASE WHEN NOT coalesce({bucket}, false) THEN {plain} END"
            alike = identifier(known, column.link.kinds.get(name, "id"), column.link.country_code)
            made.append(f"CAST({pseudonym_sql('customer_key', alike)} AS VARCHAR) AS i{place}")
        clean = _list((_PLACE, *self._clean(linked=False)))
        return f"WITH clean AS (SELECT {clean} FROM batch) SELECT record, {_list(made)} FROM clean"

    def vocabularies(self) -> dict[str, str]:
        """Field: the SQL of its words, for the fields that take any word of the source and may not hold free text."""
        columns = self.profile.columns
        return {
            name: self._text(columns[name].columns[0])
            for name in self.mapped
            if FIELDS[name].kind == "word" and not FIELDS[name].words and name not in self.profile.free_text
            if not columns[name].values
        }

    def _clean(self, *, linked: bool = True) -> Iterable[str]:
        """Each source column, NULL where nothing was recorded; then the customer, where identifiers are linked."""
        for name in self.profile.wanted:
            column, missing = self._column(name), self.profile.missing_in.get(name, ())
            if name not in self.types:
                yield f"CAST(NULL AS VARCHAR) AS {column}"
            elif self.types[name] == "VARCHAR":
                nothing = literals((*self.profile.missing, *missing))
                yield f"CASE WHEN {column} NOT IN ({nothing}) THEN {column} END AS {column}"
            elif missing:
                text = f"CAST({column} AS VARCHAR)"
                yield f"CASE WHEN {text} NOT IN ({literals(missing)}) THEN {column} END AS {column}"
            else:
                yield column
        if linked and self._links:
            yield "customer"

    @property
    def _links(self) -> bool:
        """Whether the batch has a column `customer`, in which the customer's identifiers are linked already."""
        return "customer_key" in self.mapped and self.profile.columns["customer_key"].link is not None

    def _column(self, name: str) -> str:
        return sql_name(self.profile, name)

    def _text(self, name: str) -> str:
        column = self._column(name)
        return column if self._type((name,)) == "VARCHAR" else f"CAST({column} AS VARCHAR)"

    def _type(self, names: Sequence[str]) -> str:
        """The SQL type of one column, or of several joined."""
        return self.types.get(names[0], "VARCHAR") if len(names) == 1 else "VARCHAR"

    def _joined(self, names: Sequence[str], joint: str) -> str:
        if len(names) == 1:
            return self._column(names[0])
        return f" || {joint} || ".join(self._text(name) for name in names)

    def _input(self, field: Field) -> str:
        """What the source says about a field: one column or several joined, NULL where it does not apply."""
        column = self.profile.columns[field.name]
        if column.link:
            joined = f"coalesce({', '.join(self._text(name) for name in column.columns)})"
        else:
            joined = self._joined(column.columns, "' '" if field.kind == "time" else _JOINT)
        tests = [f"{self._text(name)} IN ({literals(words)})" for name, words in column.only_where.items()]
        if column.plus:
            tests.append(f"{self._column(column.plus)} IS NOT NULL")
        return f"CASE WHEN {' AND '.join(tests)} THEN {joined} END" if tests else joined

    def _value(self, field: Field) -> str:
        """The value of a field, NULL where what the source says cannot be read."""
        column, text = self.profile.columns[field.name], f"t_{field.name}"
        kind, formats = self._type(column.columns), column.formats or self.profile.formats
        decimal, thousands = self.profile.decimal, self.profile.thousands
        if field.kind == "key":
            return self._key(field, column, f"CAST({text} AS VARCHAR)")
        if field.kind == "time" or column.until:
            moment = parsing.instant(text, kind, formats, self.time_zone)
            if column.plus:
                return f"{moment} + {self._duration(column)}"
            if not column.until:
                return moment
            end, end_kind = self._joined(column.until, "' '"), self._type(column.until)
            return f"epoch({parsing.instant(end, end_kind, formats, self.time_zone)}) - epoch({moment})"
        if field.kind == "seconds":
            return parsing.seconds(text, kind, column.unit, decimal, thousands)
        mapped = parsing.word(text, column.values, keep=column.unlisted == "keep")
        if field.kind in ("count", "number"):
            return parsing.number(*((mapped, "VARCHAR") if column.values else (text, kind)), decimal, thousands)
        if field.kind == "flag":
            return parsing.flag(mapped)
        if field.words:
            return parsing.closed(mapped, field.words)
        return parsing.plain_word(mapped, free=field.name in self.profile.free_text)

    def _duration(self, column: Column) -> str:
        """What is added to a time: milliseconds, so that fractions of a unit count."""
        name = column.plus or ""
        length = parsing.seconds(
            self._column(name), self._type((name,)), column.unit, self.profile.decimal, self.profile.thousands
        )
        return f"to_milliseconds(CAST(round(({length}) * 1000) AS BIGINT))"

    def _key(self, field: Field, column: Column, text: str) -> str:
        if column.link:
            return f"CASE WHEN {text} IS NOT NULL THEN CAST(customer AS UUID) END"
        bucket = " OR ".join(f"{self._text(name)} IN ({literals(column.buckets)})" for name in column.columns)
        unknown = f"contains({text}, chr(65533))" + (f" OR {bucket}" if column.buckets else "")
        if field.name == "contact_id":
            made = fingerprint_sql(f"{literal(self._source)} || {_JOINT} || {text}")
        else:
            made = pseudonym_sql(field.name, text)
        return f"CASE WHEN NOT ({unknown}) THEN {made} END"

    @property
    def _source(self) -> str:
        return self.profile.source or self.profile.id

    def _contact(self) -> Iterable[str]:
        """All fields of the contact with their reasons, and what decides about the row."""
        for name, field in FIELDS.items():
            yield f"CAST({self._final(field)} AS {field.sql_type}) AS {name}"
        for name in self.nullable:
            yield f"{self._reason(FIELDS[name])} AS why_{name}"
        start = self.profile.columns["started_at"]
        kind, formats = self._type(start.columns), start.formats or self.profile.formats
        yield f"{self._filtered()} AS filtered"
        yield f"{_unusable()} AS unusable"
        yield f"{parsing.clock_change('t_started_at', kind, formats, self.time_zone)} AS clock"
        yield f"CASE WHEN {_unusable()} IS NOT NULL THEN {_masked('CAST(t_started_at AS VARCHAR)')} END AS start_text"

    def _final(self, field: Field) -> str:
        name = field.name
        if name == "contact_id":
            row = fingerprint_sql(f"{literal(self._source)} || chr(30) || {self._whole_row()}")
            return f"coalesce(v_contact_id, {row})" if name in self.mapped else row
        if name == "started_at":
            return "v_started_at"
        if name in self.mapped:
            return f"CASE WHEN {self._reason(field)} IS NULL THEN v_{name} END"
        if name == "source":
            return literal(self._source)
        return literal(self.profile.constants[name]) if name in self.profile.constants else "NULL"

    def _whole_row(self) -> str:
        """Every column that is read, joined: what makes two rows without an id alike."""
        present = (name for name in self.profile.wanted if name in self.types)
        return f" || {_JOINT} || ".join(f"coalesce({self._text(name)}, '')" for name in present)

    def _reason(self, field: Field) -> str:
        """Why what the source says about a field is nulled; NULL when it is not."""
        column, value = self.profile.columns[field.name], f"v_{field.name}"
        tests = parsing.faults(field, value)
        if field.name in ("answered_at", "ended_at"):
            tests.append((f"{value} < v_started_at", "before the start"))
        if column.until:
            there = " AND ".join(f"{self._column(name)} IS NOT NULL" for name in column.until)
            tests.append((f"{value} IS NULL AND {there}", "cannot be read"))
        elif field.kind == "key":
            unread = "stands for many customers" if column.buckets else "bytes outside the encoding"
            unread = "shared by customers, or not to be read" if column.link else unread
            tests.append((f"{value} IS NULL", unread))
        elif field.kind != "word":
            tests.append((f"{value} IS NULL", "cannot be read"))
        elif column.unlisted == "keep":
            tests.append(
                (f"{value} IS NULL", "unknown word" if field.words else _NO_WORD[field.name in self.profile.free_text])
            )
        cases = " ".join(f"WHEN {test} THEN {literal(reason)}" for test, reason in tests)
        return f"CASE WHEN t_{field.name} IS NULL THEN CAST(NULL AS VARCHAR) {cases} END"

    def _filtered(self) -> str:
        cases = " ".join(f"WHEN {self._matches(rule)} THEN {literal(rule.reason)}" for rule in self.profile.filters)
        return f"CASE {cases} END" if cases else "CAST(NULL AS VARCHAR)"

    def _matches(self, rule: Filter) -> str:
        text = f"coalesce({self._text(rule.column)}, '')"
        if rule.drop_with:
            words = f"regexp_split_to_array({text}, '[\\s,;|]+')"
            return f"list_has_any({words}, [{literals(rule.drop_with)}])"
        return f"{text} NOT IN ({literals(rule.keep)})" if rule.keep else f"{text} IN ({literals(rule.drop or ())})"


def _unusable() -> str:
    return (
        "CASE WHEN t_started_at IS NULL THEN 'no start' "
        "WHEN v_started_at IS NULL THEN 'start cannot be read' "
        f"WHEN year(v_started_at) NOT BETWEEN {_FIRST_YEAR} AND {_LAST_YEAR} "
        f"THEN 'start lies outside {_FIRST_YEAR} to {_LAST_YEAR}' END"
    )


def _masked(text: str) -> str:
    """A short text without letters, and without digits unless it has the form of a date, so that it names nobody."""
    signs = f"left(regexp_replace({text}, '[^0-9 :./,+-]', 'x', 'g'), 40)"
    shape = f"regexp_replace({signs}, '[0-9]', '9', 'g')"
    return f"CASE WHEN regexp_full_match({text}, '{_DATE_FORM}') THEN {signs} ELSE {shape} END"


def _list(parts: Iterable[str]) -> str:
    return ",\n  ".join(parts)
