"""How does a source's record become a contact? A profile says it, in YAML."""

from __future__ import annotations

import codecs
import zoneinfo
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from touchpoints.numbers import QuantityError
from touchpoints.records.base import Name, Part, Text, YesNo

Format = Literal["delimited", "xlsx", "xes", "parquet", "json", "genesys", "ocel"]
IdentifierKind = Literal["phone", "email", "id"]
DurationUnit = Literal["s", "ms", "min", "h", "days", "hh:mm:ss", "mm:ss"]

SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
"""Words for separators that are hard to see in a file; one other character serves too."""

MISSING = ("", "?", "-", "NULL", "null", "None", "NaN", "nan", "N/A", "n/a", "NA", "#N/A")
"""What stands for 'not recorded' unless the profile says otherwise."""


def _as_tuple(value: Any) -> Any:
    """One value stands for a list of one; numbers and yes/no words are meant as written."""
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(str(item) if isinstance(item, int | float) and not isinstance(item, bool) else item for item in items)


def _as_column(value: Any) -> Any:
    return {"columns": value} if isinstance(value, str | list) else value


def _separator(value: Any) -> str:
    character = SEPARATORS.get(value, value)
    if value == "auto" or (isinstance(character, str) and len(character) == 1 and character not in '\r\n"\0'):
        return str(character)
    raise QuantityError("unknown-word", f"'{value}' is not auto, one of {', '.join(SEPARATORS)}, or one character")


def _encoding(value: Any) -> str:
    if value == "auto":
        return "auto"
    try:
        known = codecs.lookup(value)
        b"a".decode(known.name, "replace")
    except (LookupError, TypeError, ValueError):
        raise QuantityError(
            "unknown-word", f"'{value}' is not an encoding; auto, utf-8, cp1252 or utf-16, say"
        ) from None
    return str(known.name)


def _time_zone(value: Any) -> str:
    try:
        return zoneinfo.ZoneInfo(value).key
    except (zoneinfo.ZoneInfoNotFoundError, TypeError, ValueError, OSError):
        message = f"'{value}' is not a time zone; write it like Europe/Amsterdam or UTC"
        raise QuantityError("unknown-word", message) from None


_TEXT_JSON = WithJsonSchema({"type": "string"})
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
Separator = Annotated[str, PlainValidator(_separator), _TEXT_JSON]
Encoding = Annotated[str, PlainValidator(_encoding), _TEXT_JSON]
TimeZone = Annotated[str, PlainValidator(_time_zone), _TEXT_JSON]


def _country_code(value: Any) -> str:
    code = str(value).removeprefix("+").removeprefix("00")
    if not (code.isascii() and code.isdecimal() and 1 <= len(code) <= 3) or code.startswith("0"):
        raise QuantityError("unknown-word", f"'{value}' is no country code; write it like 31")
    return code


CountryCode = Annotated[str, PlainValidator(_country_code), _TEXT_JSON]


class Link(Part):
    """How a customer's identifiers (phone number, e-mail address, number) become one customer.

    What stands together on a row belongs to one customer, and so does what is linked through others. Identifiers are
    made alike and become pseudonyms first; only pseudonyms are linked.
    """

    kinds: dict[str, IdentifierKind]
    """Column: phone, email, or id (taken as it is). The first column known of a customer gives the pseudonym."""
    country_code: CountryCode = "31"
    """The country of phone numbers that state none."""
    most: int = Field(default=5, ge=1, le=1000, strict=True)
    """An identifier seen with more others of one kind is shared (a switchboard, a mailbox) and links nobody."""
    file: Text | None = None
    """A file of text (or Parquet) in which identifiers stand together, relative to the project."""
    file_columns: dict[str, Text] = {}
    """Column of the log: its name in that file, where it has another."""


class Column(Part):
    """Where a field of the contact comes from."""

    columns: Texts
    """The source's column; several are joined: day and time of day, or an id that is unique only with another."""
    until: Texts | None = None
    """The column of a later time: the field is the time from `columns` until then."""
    formats: Texts | None = None
    """How times are written here, when not as in the rest of the file."""
    plus: Text | None = None
    """Of a time: the column of a duration that is added to it."""
    unit: DurationUnit = "s"
    """The unit of a duration."""
    values: dict[str, Text] = {}
    """The source's word: our word; `*` stands for any other word."""
    unlisted: Literal["keep", "drop"] = "keep"
    """Whether a word that `values` does not list is kept as it is."""
    only_where: dict[str, Texts] = {}
    """Column: words. The field is taken only from rows that have one of the words in the column."""
    buckets: Texts = Field(default=(), min_length=0)
    """Ids that stand for many customers ('unknown', the desk's own number): no customer is known then."""
    link: Link | None = None
    """Of the customer: how several identifiers become one."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source column that the field needs."""
        added = (self.plus,) if self.plus else ()
        return tuple(dict.fromkeys((*self.columns, *(self.until or ()), *added, *self.only_where)))


class Filter(Part):
    """Rows that are no contacts, and why."""

    column: Text
    """The source's column that tells."""
    keep: Texts | None = None
    """Only rows with one of these words are contacts."""
    drop: Texts | None = None
    """Rows with one of these words are no contacts."""
    drop_with: Texts | None = None
    """Rows with one of these words among others (tags, with blanks or commas between them) are no contacts."""
    reason: Text
    """Why, in words; it stands in the accounts."""


ColumnOf = Annotated[Column, BeforeValidator(_as_column)]


class Layout(Part):
    """How a file is read, whatever its records are."""

    @property
    def required(self) -> tuple[str, ...]:
        """The source columns that a file must have."""
        return ()

    id: Text = ""
    name: Name | None = None
    """What people call the source."""
    note: Name | None = None
    """What a reader of the results should know about the source."""
    format: Format
    """The form of the file."""
    separator: Separator = "auto"
    """auto, tab, comma, semicolon, pipe, space, or one character."""
    quotes: YesNo = True
    """Whether "…" holds a value that has the separator in it."""
    encoding: Encoding = "utf-8"
    """The encoding of a text file; a byte order mark goes before it. auto: utf-8, or cp1252 when it is not that."""
    skip_lines: int = Field(default=0, ge=0, le=1000)
    """Lines above the line of column names."""
    header: Texts | None = None
    """The column names, when the file has no line of them."""
    sheet: Text | None = None
    """The worksheet; the first when not given."""
    records: Text | None = None
    """Of a JSON file that is an object: the name of the array that holds the records."""
    case_object: Text | None = None
    """Of an object-centric log: the type of object that is the case."""
    decimal: Literal[".", ","] = "."
    """The decimal sign of numbers."""
    thousands: Literal[".", ",", " ", "'"] | None = None
    """The sign between thousands, when there is one."""
    time_zone: TimeZone | None = None
    """The zone of times that state none; the project's when not given."""
    formats: Texts = ("iso",)
    """How times are written, tried in order: iso, excel, epoch, epoch_ms, or strptime's signs (%d-%m-%y %H:%M)."""
    missing: Texts = MISSING
    """What stands for 'not recorded' in every column."""
    missing_in: dict[str, Texts] = {}
    """Column: what stands for 'not recorded' in it besides."""


class Profile(Layout):
    """How the records of one kind of source become contacts."""

    source: Text | None = None
    """The name that contacts carry as their source; the profile's id when not given."""
    columns: dict[str, ColumnOf]
    """Field of the contact: where it comes from."""
    columns_optional: YesNo = False
    """Whether columns that a file lacks are simply absent fields (`started_at` never is)."""
    constants: dict[str, Text] = {}
    """Field of the contact: the value that holds for every record."""
    filters: tuple[Filter, ...] = ()
    """Rows that are no contacts."""
    identical_rows: Literal["duplicate", "keep"] = "duplicate"
    """Without a contact id: whether a row like an earlier one is the same contact again."""
    drop: Texts = Field(default=(), min_length=0)
    """Columns that must never be kept: names of staff, free text. A field that uses one is an error."""
    lacks: Texts = Field(default=(), min_length=0)
    """Fields of the contact that this source does not record; it is said wherever they are wanted."""
    free_text: Texts = Field(default=(), min_length=0)
    """Fields of words that may hold free text; the project must allow it (privacy: allow_free_text)."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every source column that is read; the others never leave the file."""
        mapped = (source for column in self.columns.values() for source in column.sources)
        return tuple(dict.fromkeys((*mapped, *(rule.column for rule in self.filters))))

    @property
    def required(self) -> tuple[str, ...]:
        """The source columns that a file must have."""
        if self.columns_optional:
            return self.columns["started_at"].sources
        return self.wanted
