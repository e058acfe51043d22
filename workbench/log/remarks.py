"""Which rows and values of a file were left out, why, and where does a reader find them?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa

from workbench.log.accounts import FORGOTTEN, Kind, LeftOut
from workbench.log.conversion import Conversion
from workbench.log.profile import Profile
from workbench.log.sources.batch import Unreadable
from workbench.log.store import Connection

FIRST_LINES = 3
"""Of so many rows the line is kept."""

COLUMNS = (
    "filtered VARCHAR, unusable VARCHAR, clock VARCHAR, start_text VARCHAR, "
    "nulled STRUCT(field VARCHAR, reason VARCHAR)[]"
)
"""What the staging area notes about a row, beside the contact; hardly a row has any of it."""

_FOUND = f"""
    WITH noted AS (
        FROM contact WHERE file_id = $file_id AND record > $before
        AND (filtered IS NOT NULL OR unusable IS NOT NULL OR clock IS NOT NULL OR nulled IS NOT NULL)),
    said AS (
        SELECT 'filtered' AS kind, '' AS field, filtered AS reason, line, record, NULL AS text
        FROM noted WHERE filtered IS NOT NULL
        UNION ALL SELECT 'quarantined', '', unusable, line, record, start_text
        FROM noted WHERE filtered IS NULL AND unusable IS NOT NULL
        UNION ALL SELECT 'clock', 'started_at', clock, line, record, NULL
        FROM noted WHERE filtered IS NULL AND unusable IS NULL AND clock IS NOT NULL
        UNION ALL SELECT 'nulled', one.field, one.reason, line, record, NULL
        FROM (SELECT unnest(nulled) AS one, line, record FROM noted))
    SELECT kind, field, reason, count(*), min(line, {FIRST_LINES}), arg_min(text, record), min(record)
    FROM said GROUP BY ALL"""


def nulled_sql(conversion: Conversion) -> str:
    """The SQL of the list of fields whose value was nulled, with the reasons; NULL for nearly every row."""
    names = conversion.nullable
    if not names:
        return "NULL"
    some = " OR ".join(f"why_{name} IS NOT NULL" for name in names)
    items = ", ".join(f"{{'field': '{name}', 'reason': why_{name}}}" for name in names)
    return f"CASE WHEN {some} THEN list_filter([{items}], lambda one: one.reason IS NOT NULL) END"


def masked(text: str) -> str:
    """What could not be used, without what could name a person: letters become x, digits 9 where they are many.

    Example:
        >>> masked("-5"), masked("31-02-2026"), masked("mw. Jansen 06-12345678")
        ('-5', '31-02-2026', 'xx. xxxxxx 99-99999999')
    """
    plain = re.sub(r"[^\W\d_]", "x", text)[:40]
    return plain if sum(map(str.isdigit, plain)) <= _MOST_DIGITS else re.sub(r"\d", "9", plain)


_MOST_DIGITS = 8


class Remarks:
    """What was left out of one file, added up over its batches."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._found: dict[tuple[Kind, str, str], LeftOut] = {}

    @property
    def found(self) -> tuple[LeftOut, ...]:
        """Everything that was left out, by kind, field and reason."""
        return tuple(sorted(self._found.values(), key=lambda one: (one.kind, one.field, one.reason)))

    def total(self, *kinds: Kind) -> int:
        """The number of rows of some kinds."""
        return sum(one.n for one in self._found.values() if one.kind in kinds)

    def add(self, one: LeftOut) -> None:
        """Count some more; the first lines and the first example stay."""
        place = one.kind, one.field, one.reason
        before = self._found.get(place)
        if before:
            lines = (*before.first_lines, *one.first_lines)[:FIRST_LINES]
            one = LeftOut(*place, before.n + one.n, lines, before.example or one.example)
        self._found[place] = one

    def unreadable(self, lines: Sequence[Unreadable]) -> None:
        """Count lines that are no records."""
        for bad in lines:
            reason = "is inside an open quote" if "quote that opens" in bad.reason else bad.reason
            self.add(LeftOut("quarantined", "", reason, 1, (bad.line,)))

    def forgotten(self, rows: int) -> None:
        """Count rows of customers who asked to be forgotten; where they stand is forgotten too."""
        if rows:
            self.add(LeftOut("filtered", "", FORGOTTEN, rows))

    def batch(self, connection: Connection, file_id: int, before: int, table: pa.Table) -> None:
        """Count what was left out of the batch that was staged last.

        Args:
            connection: the staging area.
            file_id: the number of the file.
            before: the number of records before the batch.
            table: the batch as it was read.
        """
        rows = connection.execute(_FOUND, {"file_id": file_id, "before": before}).fetchall()
        for kind, field, reason, n, lines, text, record in sorted(rows, key=lambda row: row[:3]):
            seen = (kind, field, reason) in self._found
            example = text if kind != "nulled" or seen else self._example(field, table, record - before - 1)
            self.add(LeftOut(kind, field, reason, n, tuple(lines), example))

    def _example(self, field: str, table: pa.Table, row: int) -> str:
        """What the source wrote in a field, masked; of an id only the shape is shown."""
        columns: Mapping[str, object] = {
            name: table.column(name)[row].as_py()
            for name in self._profile.columns[field].sources
            if name in table.column_names
        }
        text = masked(" ".join(str(value) for value in columns.values() if value is not None))
        return re.sub(r"\d", "9", text) if field.endswith("_key") else text
